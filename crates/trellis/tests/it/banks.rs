//! The commands that import and export banks of questions, run as the real program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const GIFT: &str = "::Half:: Which is one half? {=2/4 ~1/3 ~2/3}\n\n::Sum:: 2 + 2 {#4}\n\n::Word:: The powerhouse? {=mitochondrion}\n";

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("trellis-banks-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder is made");
        Self(path)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a file is written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn trellis(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trellis"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

#[test]
fn a_bank_goes_in_and_out_in_every_format() {
    let folder = Folder::new("round");
    let bank = folder.file("bank.txt", GIFT);
    let school = folder.0.join("school");
    let said = trellis(&[
        "import",
        "gift",
        text(&bank),
        "--dir",
        text(&school),
        "--json",
    ]);
    assert!(said.status.success(), "{said:?}");
    let said = json(&said);
    assert_eq!(said["report"]["items"], 3);
    assert_eq!(said["imported"], true);
    for (format, file) in [
        ("qti", "out.zip"),
        ("moodle", "out.xml"),
        ("gift", "out.txt"),
        ("anki", "out.apkg"),
    ] {
        let to = folder.0.join(file);
        let said = trellis(&["export", format, text(&to), "--dir", text(&school)]);
        assert!(said.status.success(), "{said:?}");
        let said = trellis(&["import", format, text(&to), "--check", "--json"]);
        assert!(said.status.success(), "{format}: {said:?}");
        let said = json(&said);
        assert_eq!(said["report"]["items"], 3, "{format}: {said}");
        assert_eq!(said["imported"], false);
    }
}

#[test]
fn all_or_nothing_unless_asked() {
    let folder = Folder::new("partial");
    let bank = folder.file("bank.txt", format!("{GIFT}\nWhy? {{}}\n"));
    let school = folder.0.join("school");
    let (bank, dir) = (text(&bank), text(&school));
    let refused = trellis(&["import", "gift", bank, "--dir", dir]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(
        said.contains("bank.txt:7: ") && said.contains("[no-kind]"),
        "{said}"
    );
    assert!(!school.exists());
    let findings = folder.0.join("findings.jsonl");
    let taken = trellis(&[
        "import",
        "gift",
        bank,
        "--dir",
        dir,
        "--partial",
        "--findings",
        text(&findings),
    ]);
    assert!(taken.status.success(), "{taken:?}");
    let lines = std::fs::read_to_string(&findings).unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (first["rule"].as_str(), first["line"].as_u64()),
        (Some("no-kind"), Some(7))
    );
}

#[test]
fn files_that_are_something_else_are_refused() {
    let folder = Folder::new("odd");
    let cut = folder.file("cut.zip", b"PK\x03\x04cut");
    let bomb = folder.file("bomb.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><quiz>&x;</quiz>");
    let empty = folder.file("empty.txt", "");
    let missing = folder.0.join("missing.zip");
    for (format, path) in [
        ("qti", &cut),
        ("anki", &cut),
        ("moodle", &bomb),
        ("gift", &empty),
        ("anki", &empty),
        ("perseus", &empty),
        ("cartridge", &empty),
        ("qti", &missing),
    ] {
        let school = folder.0.join("school");
        let said = trellis(&[
            "import",
            format,
            text(path),
            "--dir",
            text(&school),
            "--partial",
        ]);
        assert!(!said.status.success(), "{format} {path:?}");
        assert!(!said.stderr.is_empty());
        assert!(!school.exists(), "{format} {path:?}");
    }
}
