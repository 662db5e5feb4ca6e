//! Asking another program.

use std::io;
use std::process::Command;

/// What a command printed; an error with its own words when it failed.
pub(crate) fn said(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(io::Error::other(why))
    }
}
