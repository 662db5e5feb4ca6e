//! Other programs that answer the same questions: where they are, and how they are asked.
#![allow(
    clippy::print_stdout,
    reason = "a test says what it measured or why it skipped"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A file of the material that is never part of the project, or `None` with a printed word.
pub(crate) fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TRELLIS_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(name);
    if !path.exists() {
        println!("skipped: no {name} in {}", folder.display());
        return None;
    }
    Some(path)
}

/// A script of `tests/oracles`.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/oracles")
        .join(name)
}

/// Whether a program runs; prints a word when it does not.
pub(crate) fn is_there(program: &str, arguments: &[&str]) -> bool {
    let found = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success());
    if !found {
        println!(
            "skipped: {program} {} does not run here",
            arguments.join(" ")
        );
    }
    found
}

/// What a program writes when it is given a text; panics when it fails.
pub(crate) fn asked(command: &mut Command, text: String) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    let sent = writer.join().expect("the writer ends");
    assert!(
        output.status.success() && sent.is_ok(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Of a whole pool, how many to go on by: `TRELLIS_STEP`, 8 when not said, so that the tests stay short.
pub(crate) fn step() -> usize {
    let said = std::env::var("TRELLIS_STEP")
        .ok()
        .and_then(|n| n.parse().ok());
    said.filter(|n| *n > 0).unwrap_or(8)
}
