//! Zip archives, read and written without trust: entries are checked before a byte of them is unpacked.

use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::finding::Finding;

/// The largest archive that is read, in bytes.
pub const LARGEST_ARCHIVE: usize = 500_000_000;
/// The most entries of an archive.
pub const MOST_ENTRIES: usize = 50_000;
/// The largest entry, unpacked, in bytes.
pub const LARGEST_ENTRY: u64 = 50_000_000;
/// The most bytes that all entries unpack to.
pub const MOST_BYTES: u64 = 1_000_000_000;
/// How many times its packed size an entry may unpack to, beyond the first megabyte.
const HIGHEST_RATIO: u64 = 200;

/// A file of a package: its path with `/`, and its bytes.
pub type PackageFile = (String, Vec<u8>);

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// Whether bytes begin as a zip archive does.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL) || bytes.starts_with(&END)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(two.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn size(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(bytes, at)?).ok()
}

/// An entry as the directory of the archive names it.
struct Entry {
    name: String,
    method: usize,
    encrypted: bool,
    is_link: bool,
    crc: u32,
    packed: usize,
    unpacked: u64,
    at: usize,
}

/// A path that stays inside: with `/`, not absolute, not climbing; `None` else.
#[must_use]
pub fn plain_path(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || drive || path.contains('\0') || path.len() > 1_000 {
        return None;
    }
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// Reads an archive: the entries that can be trusted, sorted by path, and a finding for each that cannot. `file` names
/// the archive in findings.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> (Vec<PackageFile>, Vec<Finding>) {
    let mut findings = Vec::new();
    let refuse = |what: String| vec![Finding::error(file, 0, "archive", what)];
    if bytes.len() > LARGEST_ARCHIVE {
        return (
            Vec::new(),
            refuse(format!("an archive may have {LARGEST_ARCHIVE} bytes")),
        );
    }
    let entries = match directory(bytes) {
        Ok(entries) => entries,
        Err(what) => return (Vec::new(), refuse(what.to_string())),
    };
    let mut total = 0_u64;
    let mut files: Vec<PackageFile> = Vec::new();
    for entry in entries {
        if entry.name.ends_with('/') {
            continue;
        }
        let mut refuse = |rule: &str, what: &str| {
            let what = format!(
                "the entry \"{}\" {what}; it is left out",
                shown(&entry.name)
            );
            findings.push(Finding::error(file, 0, rule, what));
        };
        let Some(name) = plain_path(&entry.name) else {
            refuse("path-escapes", "points outside of the archive");
            continue;
        };
        if entry.is_link {
            refuse("link", "is a link");
            continue;
        }
        if let Err((rule, what)) = allowed(&entry, total) {
            refuse(rule, what);
            continue;
        }
        match unpack(bytes, &entry) {
            Ok(content) => {
                total += content.len() as u64;
                files.push((name, content));
            }
            Err((rule, what)) => refuse(rule, what),
        }
    }
    files.sort();
    let before = files.len();
    files.dedup_by(|later, earlier| later.0 == earlier.0);
    if files.len() < before {
        let what = "two entries have the same path; one of them is left out";
        findings.push(Finding::error(file, 0, "duplicate", what));
    }
    (files, findings)
}

/// A name in a message: short, on one line.
fn shown(name: &str) -> String {
    name.chars().take(120).filter(|c| !c.is_control()).collect()
}

fn allowed(entry: &Entry, total: u64) -> Result<(), (&'static str, &'static str)> {
    let packed = entry.packed as u64;
    if entry.encrypted {
        Err(("encrypted", "is encrypted"))
    } else if entry.unpacked > LARGEST_ENTRY {
        Err(("zip-bomb", "is larger than 50 megabytes"))
    } else if entry.unpacked > 1_000_000 + packed.saturating_mul(HIGHEST_RATIO) {
        Err(("zip-bomb", "unpacks to more than 200 times its size"))
    } else if total + entry.unpacked > MOST_BYTES {
        Err(("zip-bomb", "makes the whole larger than a gigabyte"))
    } else {
        Ok(())
    }
}

fn unpack(bytes: &[u8], entry: &Entry) -> Result<Vec<u8>, (&'static str, &'static str)> {
    let damaged = ("archive", "is damaged");
    let head = entry.at;
    if bytes.get(head..head.saturating_add(4)) != Some(&LOCAL) {
        return Err(damaged);
    }
    let skip = || Some(short(bytes, head + 26)? + short(bytes, head + 28)? + 30);
    let start = skip()
        .and_then(|skip| head.checked_add(skip))
        .ok_or(damaged)?;
    let end = start.checked_add(entry.packed).ok_or(damaged)?;
    let packed = bytes.get(start..end).ok_or(damaged)?;
    let content = match entry.method {
        0 => packed.to_vec(),
        8 => {
            let mut out = Vec::new();
            // One byte more than was said is enough to know that it lied.
            let mut limited = DeflateDecoder::new(packed).take(entry.unpacked + 1);
            limited.read_to_end(&mut out).map_err(|_| damaged)?;
            out
        }
        _ => return Err(("compression", "is packed in a way that is not read")),
    };
    let mut crc = Crc::new();
    crc.update(&content);
    if content.len() as u64 != entry.unpacked || crc.sum() != entry.crc {
        return Err(damaged);
    }
    Ok(content)
}

/// The entries by the directory at the end.
fn directory(bytes: &[u8]) -> Result<Vec<Entry>, &'static str> {
    let cut = "this is no zip archive, or its end is cut off; get it again";
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..).unwrap_or_default();
    let end = tail.windows(4).rposition(|four| four == END).ok_or(cut)? + from;
    let comment = short(bytes, end + 20).ok_or(cut)?;
    if end + 22 + comment > bytes.len() {
        return Err(cut);
    }
    let count = short(bytes, end + 10).ok_or(cut)?;
    let mut at = size(bytes, end + 16).ok_or(cut)?;
    if count == 0xffff || at == 0xffff_ffff {
        return Err("archives with more than 65,534 entries or four gigabytes are not read");
    }
    if count > MOST_ENTRIES {
        return Err("an archive may have 50,000 entries");
    }
    let mut entries = Vec::with_capacity(count.min(1_000));
    for _ in 0..count {
        let (entry, next) = central(bytes, at).ok_or(cut)?;
        entries.push(entry);
        at = next;
    }
    overlaps(&entries)?;
    Ok(entries)
}

fn central(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    if bytes.get(at..at.checked_add(4)?)? != CENTRAL {
        return None;
    }
    let (name, extra, comment) = (
        short(bytes, at + 28)?,
        short(bytes, at + 30)?,
        short(bytes, at + 32)?,
    );
    let begins = at + 46;
    let text = bytes.get(begins..begins + name)?;
    let made_by_unix = bytes.get(at + 5) == Some(&3);
    let mode = long(bytes, at + 38)? >> 16;
    let entry = Entry {
        name: String::from_utf8_lossy(text).into_owned(),
        method: short(bytes, at + 10)?,
        encrypted: short(bytes, at + 8)? & 1 == 1,
        is_link: made_by_unix && mode & 0o170_000 == 0o120_000,
        crc: long(bytes, at + 16)?,
        packed: size(bytes, at + 20)?,
        unpacked: u64::from(long(bytes, at + 24)?),
        at: size(bytes, at + 42)?,
    };
    Some((entry, begins + name + extra + comment))
}

/// Entries that share their bytes are how a small archive says that it is a very large one.
fn overlaps(entries: &[Entry]) -> Result<(), &'static str> {
    let mut spans: Vec<(usize, usize)> = entries
        .iter()
        .filter(|entry| entry.packed > 0)
        .map(|entry| (entry.at, entry.at.saturating_add(entry.packed)))
        .collect();
    spans.sort_unstable();
    let apart = spans.windows(2).all(|pair| match pair {
        [(_, end), (start, _)] => end <= start,
        _ => true,
    });
    apart
        .then_some(())
        .ok_or("entries lie upon each other; this archive is made to do harm")
}

/// Writes an archive. The same files give the same bytes: all are dated 1 January 1980.
///
/// # Errors
/// When it would have more than 65,534 entries or four gigabytes.
pub fn write(files: &[PackageFile]) -> std::io::Result<Vec<u8>> {
    let too_large = || std::io::Error::from(std::io::ErrorKind::FileTooLarge);
    let mut out: Vec<u8> = Vec::new();
    let mut directory: Vec<u8> = Vec::new();
    for (name, content) in files {
        let at = u32::try_from(out.len()).map_err(|_| too_large())?;
        let name_length = u16::try_from(name.len()).map_err(|_| too_large())?;
        let mut packer = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packer, content)?;
        let packed = packer.finish()?;
        let mut crc = Crc::new();
        crc.update(content);
        // Version 2.0, names in UTF-8, deflated, midnight, 1 January 1980.
        let mut head: Vec<u8> = vec![20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0];
        head.extend(crc.sum().to_le_bytes());
        head.extend(
            u32::try_from(packed.len())
                .map_err(|_| too_large())?
                .to_le_bytes(),
        );
        head.extend(
            u32::try_from(content.len())
                .map_err(|_| too_large())?
                .to_le_bytes(),
        );
        head.extend(name_length.to_le_bytes());
        head.extend([0, 0]);
        out.extend(LOCAL);
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(CENTRAL);
        directory.extend([20, 0]);
        directory.extend(&head);
        directory.extend([0_u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len())
        .ok()
        .filter(|count| *count < u16::MAX)
        .ok_or_else(too_large)?;
    let at = u32::try_from(out.len()).map_err(|_| too_large())?;
    let length = u32::try_from(directory.len()).map_err(|_| too_large())?;
    out.extend(directory);
    out.extend(END);
    out.extend([0_u8; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, content: &[u8]) -> Vec<u8> {
        write(&[(name.to_string(), content.to_vec())]).unwrap()
    }

    /// An archive whose directory says how large its small entry is.
    fn claiming(size: u32) -> Vec<u8> {
        let mut bytes = one("bomb", &[0; 1_000]);
        if let Some(at) = bytes.windows(4).position(|four| four == CENTRAL) {
            bytes.splice(at + 24..at + 28, size.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let files = vec![
            ("a/b.xml".to_string(), b"<a/>".to_vec()),
            ("empty".to_string(), Vec::new()),
            ("é.txt".to_string(), vec![7; 10_000]),
        ];
        let packed = write(&files).unwrap();
        assert_eq!(read("x.zip", &packed), (files.clone(), Vec::new()));
        assert_eq!(write(&files).unwrap(), packed);
    }

    #[test]
    fn tricks_are_refused_with_their_rule() {
        let (mut lying, mut twice) = (one("a", &[1; 50]), one("aa", b"1"));
        // The size in the directory says less than there is.
        let at = lying.windows(4).position(|four| four == CENTRAL).unwrap();
        lying[at + 24] = 10;
        // The directory names the one entry twice.
        let at = twice.windows(4).position(|four| four == CENTRAL).unwrap();
        let entry = twice[at..at + 48].to_vec();
        twice.splice(at..at, entry);
        let end = twice.len() - 22;
        twice[end + 8] = 2;
        twice[end + 10] = 2;
        let mut secret = one("a", b"1");
        let at = secret.windows(4).position(|four| four == CENTRAL).unwrap();
        secret[at + 8] |= 1;
        for (bytes, rule) in [
            (one("../../etc/passwd", b"x"), "path-escapes"),
            (one("/etc/passwd", b"x"), "path-escapes"),
            (one("a\\..\\..\\b", b"x"), "path-escapes"),
            (one("C:/b", b"x"), "path-escapes"),
            (claiming(20_000_000), "zip-bomb"),
            (claiming(50_000_001), "zip-bomb"),
            (lying, "archive"),
            (twice, "archive"),
            (secret, "encrypted"),
            (b"PK\x03\x04".to_vec(), "archive"),
            (Vec::new(), "archive"),
        ] {
            let (files, findings) = read("x.zip", &bytes);
            assert!(files.is_empty(), "{rule}");
            assert_eq!(
                findings.first().map(|found| found.rule.as_str()),
                Some(rule)
            );
        }
        let whole = one("a", &[9; 500]);
        for cut in 0..whole.len() {
            assert!(read("x.zip", &whole[..cut]).0.is_empty(), "{cut}");
        }
    }
}
