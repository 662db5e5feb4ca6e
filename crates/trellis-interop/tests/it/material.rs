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
    println!("skipped: {} is not there", path.display());
    None
}

/// The files of a `.tar.xz`, sorted by path.
pub(crate) fn unpack(path: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let packed = std::fs::File::open(path).unwrap();
    let mut archive = tar::Archive::new(lzma_rust2::XzReader::new(packed, true));
    let mut files = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        if entry.header().entry_type().is_file() {
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            files.push((name, bytes));
        }
    }
    files.sort();
    files
}
