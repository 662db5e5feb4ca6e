//! Sizes: a Rust file is a sitting's reading at most; clippy watches the functions.

use super::Finding;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "sizes";
/// The longest Rust file, in lines, tests included.
const LIMIT: usize = 600;

/// Findings for Rust files over the limit.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.extension() == "rs")
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .map(|(file, lines)| {
            let why = format!(
                "{lines} lines, the limit is {LIMIT}: find the second noun in it and give it a file"
            );
            Finding::new(&file.path, LIMIT + 1, NAME, why)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_rust_files_fire() {
        assert!(
            check(&[
                File::new("a.rs", &"\n".repeat(LIMIT)),
                File::new("a.md", &"\n".repeat(9000))
            ])
            .is_empty()
        );
        assert_eq!(
            check(&[File::new("a.rs", &"\n".repeat(LIMIT + 1))]).len(),
            1
        );
    }
}
