//! Puts the courses that Trellis ships into the binary, so that it needs no folder beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let courses = Path::new("../../courses").canonicalize()?;
    println!("cargo::rerun-if-changed={}", courses.display());
    let mut table = String::from("pub(crate) static COURSES: &[ShippedCourse] = &[\n");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&courses)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.retain(|path| path.join("course.toml").exists());
    folders.sort();
    for folder in folders {
        let id = folder
            .file_name()
            .and_then(|name| name.to_str())
            .ok_or("a course folder's name is not UTF-8")?;
        writeln!(table, "    ({id:?}, &[")?;
        let mut files = Vec::new();
        walk(&folder, &mut files)?;
        files.sort();
        for file in files {
            let name = file
                .strip_prefix(&folder)?
                .to_str()
                .ok_or("a course file's name is not UTF-8")?
                .replace('\\', "/");
            writeln!(table, "        ({name:?}, include_bytes!({file:?})),")?;
        }
        table.push_str("    ]),\n");
    }
    table.push_str("];\n");
    std::fs::write(
        PathBuf::from(std::env::var("OUT_DIR")?).join("courses.rs"),
        table,
    )?;
    Ok(())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
