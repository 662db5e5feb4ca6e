//! Findings of an import, written to a file for somebody to work through.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use trellis_interop::finding::Finding;

/// Writes findings to a file, one a line; as JSON lines when its name ends in .jsonl.
pub(super) fn write_findings(to: &Path, findings: &[Finding]) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(to)?);
    let lines = to.extension().is_some_and(|name| name == "jsonl");
    for finding in findings {
        if lines {
            serde_json::to_writer(&mut out, finding)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{finding}")?;
        }
    }
    out.flush()
}
