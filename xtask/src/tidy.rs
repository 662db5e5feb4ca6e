//! `cargo xtask tidy`: the house rules, each a pure function over files that gives findings.

mod budget;
mod circles;
mod dialect;
mod documents;
mod exceptions;
mod floors;
mod manifest;
mod openings;
mod owners;
mod places;
mod pure;
mod rooms;
mod sizes;
mod templates;
mod unfinished;

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::tree::{self, File};

/// One thing that is not tidy, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Path from the root.
    pub(crate) path: String,
    /// Line, counted from 1.
    pub(crate) line: usize,
    /// The rule's name, as in [`RULES`].
    pub(crate) rule: &'static str,
    /// What is wrong and, where it is not plain, what to do.
    pub(crate) message: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, rule: &'static str, message: String) -> Self {
        Self {
            path: path.to_owned(),
            line,
            rule,
            message,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}: {}",
            self.path, self.line, self.rule, self.message
        )
    }
}

/// A rule: its name in findings and its function.
type Rule = (&'static str, fn(&[File]) -> Vec<Finding>);

/// Every rule that `tidy` checks.
const RULES: &[Rule] = &[
    (floors::NAME, floors::check),
    (owners::NAME, owners::check),
    (circles::NAME, circles::check),
    (openings::NAME, openings::check),
    (sizes::NAME, sizes::check),
    (documents::NAME, documents::check),
    (documents::BOOK, documents::check_book),
    (rooms::NAME, rooms::check),
    (pure::NAME, pure::check),
    (templates::NAME, templates::check),
    (budget::NAME, budget::check),
    (places::NAME, places::check),
    (dialect::NAME, dialect::check),
    (unfinished::NAME, unfinished::check),
];

/// All findings of all rules, less the stated exceptions, in order of path and line.
pub(crate) fn findings(files: &[File]) -> Vec<Finding> {
    let all = RULES.iter().flat_map(|(_, rule)| rule(files)).collect();
    let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
    let mut left = exceptions::apply(files, all, &names);
    left.sort();
    left.dedup();
    left
}

/// The chore: prints each finding on a line, then one line of sum.
pub(crate) fn run(out: &mut dyn io::Write) -> io::Result<ExitCode> {
    let files = tree::read(&tree::root())?;
    let findings = findings(&files);
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(
        out,
        "tidy: {} files, {} rules, {} findings",
        files.len(),
        RULES.len(),
        findings.len()
    )?;
    Ok(ExitCode::from(u8::from(!findings.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let files = tree::read(&tree::root()).unwrap();
        assert!(files.len() > 20, "only {} files were found", files.len());
        let found: Vec<String> = findings(&files).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }

    #[test]
    fn every_finding_carries_the_name_of_its_rule() {
        let files = [File::new(
            "crates/trellis-core/src/helpers.rs",
            "fn a() {}\n",
        )];
        let found = findings(&files);
        assert!(found.len() >= 2, "{found:?}");
        for finding in found {
            assert!(
                RULES.iter().any(|(name, _)| *name == finding.rule),
                "{finding}"
            );
        }
    }
}
