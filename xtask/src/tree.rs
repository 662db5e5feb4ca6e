//! The files of the project as (path, text) pairs, so that every rule is a pure function over them.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the project.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Path from the root, with `/` between the parts.
    pub(crate) path: String,
    /// The text; empty for a file that is not UTF-8 (a picture, a font).
    pub(crate) text: String,
}

impl File {
    /// A file of a test.
    #[cfg(test)]
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The file's name without its folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What follows the last dot of the name; empty when there is none.
    pub(crate) fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, end)| end)
    }

    /// The crate's folder name under `crates/`, or `xtask`; none for files outside of crates.
    pub(crate) fn crate_name(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match parts.next()? {
            "crates" => {
                let name = parts.next()?;
                parts.next().map(|_| name)
            }
            "xtask" => Some("xtask"),
            _ => None,
        }
    }
}

/// The root of the workspace: the folder above this crate.
pub(crate) fn root() -> PathBuf {
    // Cargo says where the crate is when it runs us; a program that was built in another checkout would look there.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent()
        .map_or_else(|| here.clone(), Path::to_path_buf)
}

/// Every file that git tracks or would track, in the order of their paths.
///
/// # Errors
/// When git cannot list the files or a listed file cannot be read.
pub(crate) fn read(root: &Path) -> io::Result<Vec<File>> {
    let listing = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()?;
    if !listing.status.success() {
        let said = String::from_utf8_lossy(&listing.stderr).into_owned();
        return Err(io::Error::other(format!("git ls-files failed: {said}")));
    }
    let mut paths: Vec<String> = String::from_utf8_lossy(&listing.stdout)
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let full = root.join(&path);
        // A tracked file that was just deleted is no longer part of the house.
        if !full.is_file() {
            continue;
        }
        let text = String::from_utf8(std::fs::read(full)?).unwrap_or_default();
        files.push(File { path, text });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_crate_and_extension() {
        let file = File::new("crates/trellis-core/src/item/mod.rs", "");
        assert_eq!(file.crate_name(), Some("trellis-core"));
        assert_eq!((file.name(), file.extension()), ("mod.rs", "rs"));
        assert_eq!(File::new("docs/src/a.md", "").crate_name(), None);
    }
}
