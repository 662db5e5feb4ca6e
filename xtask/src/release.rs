//! `cargo xtask release`: the program as it is given out, built so that whoever builds the same commit with the same tools gets
//! the same bytes: no path of the machine, no hour of the build. `--twice` builds it in two places and compares.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::program::said;

/// What rustc takes between two flags (`CARGO_ENCODED_RUSTFLAGS`).
const BETWEEN: &str = "\u{1f}";

/// Builds it into `--to FOLDER`, or in two places of `--to FOLDER` to compare them.
pub(crate) fn run(words: &[String], out: &mut dyn Write) -> io::Result<ExitCode> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (folder, places) = match words.as_slice() {
        ["--to", folder] => (folder, &["release"][..]),
        // Names of different lengths, so that a path that got into the program moves what stands behind it.
        ["--twice", "--to", folder] => (folder, &["one", "another-place"][..]),
        _ => {
            writeln!(out, "cargo xtask release [--twice] --to FOLDER")?;
            return Ok(ExitCode::from(2));
        }
    };
    let root = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    let folder = std::path::absolute(folder)?;
    let mut built = Vec::new();
    for place in places {
        let program = build(&root, &folder.join(place))?;
        let sum = said(Command::new("sha256sum").arg(&program))?;
        write!(out, "{sum}")?;
        built.push(fs::read(program)?);
    }
    let [one, other] = built.as_slice() else {
        return Ok(ExitCode::SUCCESS);
    };
    Ok(match first_difference(one, other) {
        None => {
            writeln!(out, "the same, byte for byte: {} bytes", one.len())?;
            ExitCode::SUCCESS
        }
        Some(at) => {
            writeln!(out, "they differ, first at byte {at}")?;
            ExitCode::FAILURE
        }
    })
}

/// Where two files differ first; behind the shorter one where that is how the longer begins.
fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    let differs = one.iter().zip(other).position(|(one, other)| one != other);
    differs.or_else(|| (one.len() != other.len()).then(|| one.len().min(other.len())))
}

/// Builds the last commit in a folder of its own, in which nothing of the working tree is; the program's path.
fn build(root: &Path, place: &Path) -> io::Result<PathBuf> {
    let (source, target) = (place.join("source"), place.join("target"));
    if source.exists() {
        fs::remove_dir_all(&source)?;
    }
    fs::create_dir_all(&source)?;
    let git = || {
        let mut git = Command::new("git");
        git.arg("-C").arg(root);
        git
    };
    let archive = place.join("source.tar");
    said(
        git()
            .args(["archive", "--format=tar", "-o"])
            .arg(&archive)
            .arg("HEAD"),
    )?;
    said(
        Command::new("tar")
            .arg("-xf")
            .arg(&archive)
            .arg("-C")
            .arg(&source),
    )?;
    fs::remove_file(&archive)?;
    let hour = said(git().args(["log", "-1", "--format=%ct"]))?;
    let home = cargo_home()?;
    let places = [
        (source.as_path(), "trellis"),
        (target.as_path(), "target"),
        (home.as_path(), "cargo"),
    ];
    let done = Command::new("cargo")
        .args(["build", "--release", "--locked", "--quiet", "-p", "trellis"])
        .current_dir(&source)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_INCREMENTAL", "0")
        .env("SOURCE_DATE_EPOCH", hour.trim())
        .env_remove("RUSTFLAGS")
        .env(
            "CARGO_ENCODED_RUSTFLAGS",
            flags("--remap-path-prefix=", &places, BETWEEN),
        )
        .env("CFLAGS", flags("-ffile-prefix-map=", &places, " "))
        .status()?;
    if !done.success() {
        return Err(io::Error::other("it could not be built"));
    }
    Ok(target.join("release").join("trellis"))
}

/// Where cargo keeps the sources of other crates.
fn cargo_home() -> io::Result<PathBuf> {
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        return Ok(home.into());
    }
    let home = std::env::var_os("HOME").ok_or_else(|| io::Error::other("HOME is not set"))?;
    Ok(Path::new(&home).join(".cargo"))
}

/// Flags that write each of these folders as its short name.
fn flags(flag: &str, places: &[(&Path, &str)], between: &str) -> OsString {
    let mut flags = OsString::new();
    for (path, name) in places {
        if !flags.is_empty() {
            flags.push(between);
        }
        flags.push(flag);
        flags.push(path);
        flags.push("=");
        flags.push(name);
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_gets_its_short_name() {
        let places = [(Path::new("/a b"), "x"), (Path::new("/c"), "y")];
        let flags = flags("--p=", &places, BETWEEN);
        assert_eq!(flags, "--p=/a b=x\u{1f}--p=/c=y");
    }

    #[test]
    fn the_first_difference_is_found() {
        assert_eq!(first_difference(b"abc", b"abc"), None);
        assert_eq!(first_difference(b"abc", b"abd"), Some(2));
        assert_eq!(first_difference(b"abc", b"ab"), Some(2));
        assert_eq!(first_difference(b"", b""), None);
    }
}
