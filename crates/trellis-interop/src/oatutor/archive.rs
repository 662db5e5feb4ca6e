//! Getting at the files of a content pool: a `.tar.xz` archive or a folder, with limits, as paths and bytes.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use lzma_rust2::XzReader;

use crate::folder::{self, FolderFault, FolderFile, Limits};
use crate::package::media;

/// A file of the pool: its path with `/`, as in the archive or below the folder, and its bytes.
pub type PoolFile = FolderFile;

/// How much of a pool is read. The pool of today has 46 MB of text in 45,500 files, the largest of 1.3 MB, and its figures.
const LIMITS: Limits = Limits {
    entries: 500_000,
    file_bytes: 8_000_000,
    bytes: 500_000_000,
    depth: 10,
};
/// The most bytes that an archive may unpack to, with what is not read.
const MOST_UNPACKED: u64 = 1_000_000_000;
/// The most memory that unpacking may ask for, in KiB: twice what the strongest usual setting of xz needs.
const MOST_MEMORY_KIB: u32 = 131_072;
/// How an xz archive begins.
const XZ_MAGIC: [u8; 6] = [0xfd, b'7', b'z', b'X', b'Z', 0];

/// Why a pool cannot be read. Each names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PoolFault {
    /// The folder, or the archive itself, cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderFault),
    /// It is a file of another kind.
    #[error("{path}: this is not a .tar.xz archive. Give OATutor's content pool as a .tar.xz file or as a folder.", path = .path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
    },
    /// The archive ends early or is damaged.
    #[error("{path}: the archive is cut off or damaged ({source}). Get it again; nothing was imported.", path = .path.display())]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// What the reader said.
        source: std::io::Error,
    },
    /// An entry would land outside of the archive's own folder, is there twice, or is a link or a device.
    #[error("{path}: the entry \"{entry}\" {what}. Do not trust this file; nothing was imported.", path = .path.display())]
    Trick {
        /// The archive.
        path: PathBuf,
        /// The entry.
        entry: String,
        /// What is the matter with it.
        what: &'static str,
    },
    /// One entry is larger than any file of a pool.
    #[error("{path}: the entry \"{entry}\" has more than {} MB. That is no content pool; nothing was imported.", .limit / 1_000_000, path = .path.display())]
    EntryTooLarge {
        /// The archive.
        path: PathBuf,
        /// The entry.
        entry: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// It is larger than any pool.
    #[error("{path}: this holds more than {limit}. That is no content pool; nothing was imported.", path = .path.display())]
    TooLarge {
        /// The archive.
        path: PathBuf,
        /// The limit, in words.
        limit: String,
    },
    /// There is no content pool in it.
    #[error("{path}: there is no {missing} in it. Give the folder or archive that holds content-pool, coursePlans.json and skillModel.json.", path = .path.display())]
    NoPool {
        /// The archive or folder.
        path: PathBuf,
        /// What is missing.
        missing: String,
    },
}

/// Reads the JSON files and figures of a pool from an archive or a folder, sorted by path. `progress` hears how many were read.
///
/// # Errors
/// [`PoolFault`] when it cannot be read whole, is no archive, or breaks a limit.
pub fn read_files(
    path: &Path,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<PoolFile>, PoolFault> {
    let unreadable = |source| FolderFault::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Ok(folder::read(path, is_content, LIMITS, progress)?);
    }
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
    let mut magic = Vec::new();
    file.by_ref()
        .take(XZ_MAGIC.len() as u64)
        .read_to_end(&mut magic)
        .map_err(unreadable)?;
    if magic != XZ_MAGIC {
        return Err(PoolFault::NotAnArchive {
            path: path.to_path_buf(),
        });
    }
    let whole = std::io::Cursor::new(magic).chain(file);
    let archive = Archive {
        path,
        limits: LIMITS,
        unpacked: MOST_UNPACKED,
    };
    archive.read(whole, progress)
}

/// JSON and the figures of problems are content; films and programs stay where they are.
fn is_content(name: &str) -> bool {
    name.ends_with(".json") || is_figure(name)
}

/// Whether a file lies where problems have their figures.
pub(super) fn is_figure(name: &str) -> bool {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.ends_with("/figures") && media::is_media(name)
}

/// Stops after so many bytes, whatever the archive unpacks to.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(buffer)?;
        let left = self.left.checked_sub(got as u64);
        self.left = left.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::FileTooLarge))?;
        Ok(got)
    }
}

/// A `.tar.xz` while its entries are read.
struct Archive<'a> {
    path: &'a Path,
    limits: Limits,
    unpacked: u64,
}

impl Archive<'_> {
    fn read(
        &self,
        packed: impl Read,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Vec<PoolFile>, PoolFault> {
        let mut archive = tar::Archive::new(Limited {
            inner: XzReader::new_mem_limit(packed, true, MOST_MEMORY_KIB),
            left: self.unpacked,
        });
        let mut files: Vec<PoolFile> = Vec::new();
        let (mut entries, mut bytes) = (0_usize, 0_u64);
        for entry in archive.entries().map_err(|fault| self.fault(fault))? {
            let entry = entry.map_err(|fault| match fault.kind() {
                ErrorKind::Other if entries == 0 => PoolFault::NotAnArchive {
                    path: self.path.to_path_buf(),
                },
                _ => self.fault(fault),
            })?;
            entries += 1;
            if entries > self.limits.entries {
                return Err(self.too_large(format!("{} files", self.limits.entries)));
            }
            let Some(name) = self.wanted(&entry)? else {
                continue;
            };
            bytes += entry.size();
            if bytes > self.limits.bytes {
                return Err(self.too_large(megabytes(self.limits.bytes)));
            }
            let mut read = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or(0));
            entry
                .take(self.limits.file_bytes)
                .read_to_end(&mut read)
                .map_err(|fault| self.fault(fault))?;
            files.push((name, read));
            progress(files.len());
        }
        // The checksum stands at the end of the stream: a cut behind the last entry shows only here.
        std::io::copy(&mut archive.into_inner(), &mut std::io::sink())
            .map_err(|fault| self.fault(fault))?;
        files.sort();
        let twice = files.windows(2).find(|two| two[0].0 == two[1].0);
        match twice {
            Some(two) => Err(self.trick(&two[0].0, "is there twice")),
            None => Ok(files),
        }
    }

    /// The path of an entry that is to be read; `None` for a folder, a program or the archive's own notes.
    fn wanted<R: Read>(&self, entry: &tar::Entry<'_, R>) -> Result<Option<String>, PoolFault> {
        let kind = entry.header().entry_type();
        if kind.is_pax_global_extensions() {
            return Ok(None);
        }
        let inside = entry.path().map_err(|fault| self.fault(fault))?;
        let Some(name) = plain_path(&inside) else {
            let entry = inside.display().to_string();
            return Err(self.trick(&entry, "points outside of the archive"));
        };
        if kind.is_dir() {
            return Ok(None);
        }
        if !kind.is_file() {
            return Err(self.trick(&name, "is a link or a device, and no file"));
        }
        if !is_content(&name) {
            return Ok(None);
        }
        if entry.size() > self.limits.file_bytes {
            return Err(PoolFault::EntryTooLarge {
                path: self.path.to_path_buf(),
                entry: name,
                limit: self.limits.file_bytes,
            });
        }
        Ok(Some(name))
    }

    fn trick(&self, entry: &str, what: &'static str) -> PoolFault {
        PoolFault::Trick {
            path: self.path.to_path_buf(),
            entry: entry.to_string(),
            what,
        }
    }

    fn too_large(&self, limit: String) -> PoolFault {
        PoolFault::TooLarge {
            path: self.path.to_path_buf(),
            limit,
        }
    }

    fn fault(&self, source: std::io::Error) -> PoolFault {
        match source.kind() {
            ErrorKind::FileTooLarge => self.too_large(megabytes(self.unpacked)),
            _ => PoolFault::Damaged {
                path: self.path.to_path_buf(),
                source,
            },
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

/// A path with `/` that stays inside; `None` for one that is absolute, climbs out or is no text.
fn plain_path(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use lzma_rust2::{XzOptions, XzWriter};
    use tar::{Builder, EntryType, Header};

    use super::*;

    const SMALL: Limits = Limits {
        entries: 20,
        file_bytes: 1_000,
        bytes: 3_000,
        depth: 10,
    };

    fn packed(tar: &[u8]) -> Vec<u8> {
        let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(1)).unwrap();
        writer.write_all(tar).unwrap();
        writer.finish().unwrap()
    }

    /// Name, kind and length.
    type Entry<'a> = (&'a str, EntryType, usize);

    /// An archive of entries; a name is written as it stands, whatever it says.
    fn archive(entries: &[Entry<'_>]) -> Vec<u8> {
        let mut builder = Builder::new(Vec::new());
        for (name, kind, length) in entries {
            let mut header = Header::new_ustar();
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_mode(0o644);
            header.set_size(*length as u64);
            header.set_cksum();
            builder.append(&header, &*vec![b'1'; *length]).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn read(packed: &[u8]) -> Result<Vec<PoolFile>, PoolFault> {
        let archive = Archive {
            path: Path::new("pool.tar.xz"),
            limits: SMALL,
            unpacked: 100_000,
        };
        archive.read(packed, &mut |_| {})
    }

    const FILE: EntryType = EntryType::Regular;

    #[test]
    fn content_is_read_and_the_rest_left() {
        let tar = archive(&[
            ("pool/", EntryType::Directory, 0),
            ("pool/b.json", FILE, 3),
            ("pool/figure.gif", FILE, 50_000),
            ("./pool/a.json", FILE, 1_000),
        ]);
        let files = read(&packed(&tar)).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["pool/a.json", "pool/b.json"]);
    }

    #[test]
    fn tricks_and_bombs_are_refused_by_name() {
        let many: Vec<String> = (0..21).map(|n| format!("{n}.gif")).collect();
        let many: Vec<Entry<'_>> = many.iter().map(|name| (name.as_str(), FILE, 0)).collect();
        let cases: [(&[Entry<'_>], &str); 11] = [
            (&[("../a.json", FILE, 1)], "\"../a.json\" points outside"),
            (
                &[("a/../../b.gif", FILE, 1)],
                "\"a/../../b.gif\" points outside",
            ),
            (
                &[("/etc/a.json", FILE, 1)],
                "\"/etc/a.json\" points outside",
            ),
            (
                &[("../d", EntryType::Directory, 0)],
                "\"../d\" points outside",
            ),
            (&[("a.json", EntryType::Symlink, 0)], "\"a.json\" is a link"),
            (&[("a.json", EntryType::Link, 0)], "\"a.json\" is a link"),
            (
                &[("a.json", EntryType::Fifo, 0)],
                "\"a.json\" is a link or a device",
            ),
            (
                &[("a.json", FILE, 1), ("./a.json", FILE, 2)],
                "\"a.json\" is there twice",
            ),
            (&[("a.json", FILE, 1_001)], "\"a.json\" has more than"),
            (
                &[
                    ("a.json", FILE, 999),
                    ("b.json", FILE, 999),
                    ("c.json", FILE, 999),
                    ("d.json", FILE, 9),
                ],
                "more than 0 MB",
            ),
            (&many, "more than 20 files"),
        ];
        for (entries, part) in cases {
            let said = read(&packed(&archive(entries))).unwrap_err().to_string();
            assert!(
                said.starts_with("pool.tar.xz: ") && said.contains(part),
                "{said}"
            );
            assert!(said.contains("nothing was imported"), "{said}");
        }
    }

    #[test]
    fn a_small_archive_does_not_unpack_to_gigabytes() {
        // The bytes come in figures, which are never kept, and behind the last entry, where nobody looks for them.
        let figures = archive(&[("a.gif", FILE, 99_000), ("b.gif", FILE, 99_000)]);
        let mut tail = archive(&[("a.json", FILE, 1)]);
        tail.resize(200_000, 0);
        for tar in [figures, tail] {
            let packed = packed(&tar);
            assert!(packed.len() < 1_000, "{}", packed.len());
            let fault = read(&packed).unwrap_err();
            assert!(matches!(fault, PoolFault::TooLarge { .. }), "{fault}");
        }
    }

    #[test]
    fn an_archive_that_asks_for_much_memory_is_refused() {
        let mut options = XzOptions::with_preset(1);
        options.lzma_options.dict_size = 1 << 29;
        let mut writer = XzWriter::new(Vec::new(), options).unwrap();
        writer.write_all(&archive(&[("a.json", FILE, 1)])).unwrap();
        let fault = read(&writer.finish().unwrap()).unwrap_err();
        assert!(matches!(fault, PoolFault::Damaged { .. }), "{fault}");
        assert!(fault.to_string().contains("memory"), "{fault}");
    }

    #[test]
    fn what_is_cut_or_no_archive_is_said_so() {
        let whole = packed(&archive(&[("a.json", FILE, 900), ("b.json", FILE, 900)]));
        assert_eq!(read(&whole).unwrap().len(), 2);
        for end in 1..whole.len() {
            let fault = read(&whole[..end]).unwrap_err();
            assert!(matches!(fault, PoolFault::Damaged { .. }), "{end}: {fault}");
        }
        let text = packed("no tar at all, but much text ".repeat(100).as_bytes());
        let fault = read(&text).unwrap_err();
        assert!(matches!(fault, PoolFault::NotAnArchive { .. }), "{fault}");
        let mut flipped = whole.clone();
        for place in (12..whole.len()).step_by(7) {
            flipped[place] ^= 0x20;
            assert!(read(&flipped).is_err(), "byte {place} is flipped");
            flipped[place] ^= 0x20;
        }
    }
}
