//! Where material that is not part of the project is found, and how its archives are opened.

use std::io::Read;
use std::path::PathBuf;

/// The path of a file of the material; `None`, with a printed word, when it is not there.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TRELLIS_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = folder.join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// The files of a `.tar.xz`, sorted by path.
pub(crate) fn unpack(path: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let packed = std::fs::File::open(path).expect("the archive opens");
    let mut archive = tar::Archive::new(lzma_rust2::XzReader::new(packed, true));
    let mut files = Vec::new();
    for entry in archive.entries().expect("it is an archive") {
        let mut entry = entry.expect("the archive is whole");
        if entry.header().entry_type().is_file() {
            let name = entry
                .path()
                .expect("the path is text")
                .to_string_lossy()
                .into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("the entry is whole");
            files.push((name, bytes));
        }
    }
    files.sort();
    files
}
