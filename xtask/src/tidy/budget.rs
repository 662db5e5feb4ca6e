//! Budget: the lock file holds at most so many packages.

use super::Finding;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "budget";
/// The most packages that Cargo.lock may hold, ours included.
const PACKAGES: usize = 400;

/// A finding when the lock file is over its budget.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.path == "Cargo.lock")
        .map(|file| {
            file.text
                .lines()
                .filter(|line| *line == "[[package]]")
                .count()
        })
        .filter(|count| *count > PACKAGES)
        .map(|count| {
            Finding::new(
                "Cargo.lock",
                1,
                NAME,
                format!("{count} packages, the budget is {PACKAGES}"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lock_over_budget_fires() {
        let lock = |count: usize| {
            [File::new(
                "Cargo.lock",
                &"[[package]]\nname = \"a\"\n".repeat(count),
            )]
        };
        assert!(check(&lock(PACKAGES)).is_empty());
        assert_eq!(check(&lock(PACKAGES + 1)).len(), 1);
    }
}
