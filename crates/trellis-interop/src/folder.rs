//! Reading a stranger's folder into memory: no link is followed, nothing is larger than a stated limit, and nothing that
//! would be content is left out in silence.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of a folder: its path below the folder, with `/`, and its bytes.
pub type FolderFile = (String, Vec<u8>);

/// How much is read at most.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Files and folders, of any kind.
    pub(crate) entries: usize,
    /// Bytes of one file that is read.
    pub(crate) file_bytes: u64,
    /// Bytes of all files that are read.
    pub(crate) bytes: u64,
    /// Folders in folders.
    pub(crate) depth: usize,
}

/// Why a folder cannot be read. Each names the file or folder and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum FolderFault {
    /// It is not there, or may not be read.
    #[error("{path}: {source}. Check that it is there and that you may read it.", path = .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A link stands in the place of a file or folder.
    #[error("{path}: this is a link, and links are not followed. Put the file itself in its place; nothing was imported.", path = .path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// One file is larger than any of its kind.
    #[error("{path}: this file is larger than {} MB. Cut it into smaller ones, or take it out; nothing was imported.", .limit / 1_000_000, path = .path.display())]
    FileTooLarge {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// The files together are more than any course or pool.
    #[error("{path}: the files in it are more than {} MB together. Is this the right folder? Nothing was imported.", .limit / 1_000_000, path = .path.display())]
    TooMuch {
        /// The folder.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// There are more files than in any course or pool.
    #[error("{path}: there are more than {limit} files and folders in it. Is this the right folder? Nothing was imported.", path = .path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// Folders in folders without end.
    #[error("{path}: this folder is more than {limit} folders deep. Take it out, or give the right folder; nothing was imported.", path = .path.display())]
    TooDeep {
        /// The innermost folder that was seen.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
}

/// Reads the files whose names are wanted, sorted by path. What begins with a dot is left alone. `progress` hears how
/// many were read.
pub(crate) fn read(
    folder: &Path,
    wanted: impl Fn(&str) -> bool,
    limits: Limits,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<FolderFile>, FolderFault> {
    let mut files = Vec::new();
    let (mut entries, mut bytes) = (0_usize, 0_u64);
    let mut open = vec![(folder.to_path_buf(), String::new(), 0_usize)];
    while let Some((path, name, depth)) = open.pop() {
        let unreadable = |source| FolderFault::Unreadable {
            path: path.clone(),
            source,
        };
        for entry in std::fs::read_dir(&path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let own = entry.file_name().to_string_lossy().into_owned();
            if own.starts_with('.') {
                continue;
            }
            entries += 1;
            if entries > limits.entries {
                return Err(FolderFault::TooMany {
                    path: folder.to_path_buf(),
                    limit: limits.entries,
                });
            }
            let kind = entry.file_type().map_err(unreadable)?;
            let path = entry.path();
            let name = if name.is_empty() {
                own
            } else {
                format!("{name}/{own}")
            };
            if kind.is_symlink() {
                return Err(FolderFault::Link { path });
            }
            if kind.is_dir() {
                if depth >= limits.depth {
                    return Err(FolderFault::TooDeep {
                        path,
                        limit: limits.depth,
                    });
                }
                open.push((path, name, depth + 1));
            } else if kind.is_file() && wanted(&name) {
                let read = read_file(&path, limits.file_bytes)?;
                bytes += read.len() as u64;
                if bytes > limits.bytes {
                    return Err(FolderFault::TooMuch {
                        path: folder.to_path_buf(),
                        limit: limits.bytes,
                    });
                }
                files.push((name, read));
                progress(files.len());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Reads one file, and never more of it than the limit, whatever the system says about its length.
fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, FolderFault> {
    let mut read = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut read))
        .map_err(|source| FolderFault::Unreadable {
            path: path.to_path_buf(),
            source,
        })?;
    if read.len() as u64 > limit {
        return Err(FolderFault::FileTooLarge {
            path: path.to_path_buf(),
            limit,
        });
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        entries: 6,
        file_bytes: 10,
        bytes: 25,
        depth: 2,
    };

    /// A folder that is gone when dropped.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str, files: &[(&str, usize)]) -> Self {
            let path =
                std::env::temp_dir().join(format!("trellis-folder-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            for (name, length) in files {
                let file = path.join(name);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, vec![b'a'; *length]).unwrap();
            }
            Self(path)
        }

        fn read(&self) -> Result<Vec<FolderFile>, FolderFault> {
            read(&self.0, |name| name.ends_with(".txt"), SMALL, &mut |_| {})
        }

        fn said(&self) -> String {
            let said = self.read().unwrap_err().to_string();
            assert!(said.contains("othing was imported"), "{said}");
            said
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            // A folder that stays behind in the system's temporary place harms nobody.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn wanted_files_are_read_and_others_left() {
        let folder = Scratch::new(
            "plain",
            &[
                ("b.txt", 10),
                ("x/y/a.txt", 5),
                ("x.gif", 99),
                (".git/c/d/e/f.txt", 99),
            ],
        );
        let names: Vec<String> = folder
            .read()
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["b.txt", "x/y/a.txt"]);
    }

    #[test]
    fn each_limit_names_what_is_too_much() {
        let files = |count: usize| -> Vec<(String, usize)> {
            (0..count).map(|n| (format!("{n}.txt"), 9)).collect()
        };
        let owned = [files(3), files(7)];
        for (name, files, part) in [
            ("large", vec![("d/big.txt", 11)], "big.txt"),
            ("deep", vec![("a/b/c/d.txt", 1)], "a/b/c"),
            (
                "much",
                owned[0].iter().map(|(n, l)| (n.as_str(), *l)).collect(),
                "together",
            ),
            (
                "many",
                owned[1].iter().map(|(n, _)| (n.as_str(), 0)).collect(),
                "more than 6",
            ),
        ] {
            let said = Scratch::new(name, &files).said();
            assert!(said.contains(part), "{name}: {said}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        for (name, to) in [("file", "/etc/hostname"), ("folder", "/"), ("circle", ".")] {
            let folder = Scratch::new(name, &[("a.txt", 1)]);
            std::os::unix::fs::symlink(to, folder.0.join("link.txt")).unwrap();
            let said = folder.said();
            assert!(said.contains("link.txt"), "{said}");
        }
    }
}
