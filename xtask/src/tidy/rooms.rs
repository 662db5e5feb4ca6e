//! Rooms: what has no home gets a noun; names that gather the homeless are not given.

use std::collections::BTreeSet;

use super::Finding;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "rooms";

const BANNED: &[&str] = &[
    "util",
    "utils",
    "utilities",
    "common",
    "helper",
    "helpers",
    "misc",
    "manager",
    "managers",
];

/// Findings for files and folders with a banned name, and for a second test binary in a crate.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for file in files {
        let parts: Vec<&str> = file.path.split('/').collect();
        for (depth, part) in parts.iter().enumerate() {
            let folder = depth + 1 < parts.len();
            let stem = part.split('.').next().unwrap_or(part);
            if (BANNED.contains(&stem) || (folder && *part == "lib"))
                && told.insert(parts[..=depth].join("/"))
            {
                let why = format!("no room is called {part}: give it a noun of what it does");
                found.push(Finding::new(&file.path, 1, NAME, why));
            }
        }
        if let ["crates", _, "tests", name] = parts.as_slice()
            && name.ends_with(".rs")
        {
            let why = "integration tests are one binary a crate: put it under tests/it/".to_owned();
            found.push(Finding::new(&file.path, 1, NAME, why));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str) -> usize {
        check(&[File::new(path, "")]).len()
    }

    #[test]
    fn nouns_are_quiet() {
        assert_eq!(count("crates/a/src/lib.rs"), 0);
        assert_eq!(count("crates/a/tests/it/main.rs"), 0);
        assert_eq!(count("docs/src/library.md"), 0);
    }

    #[test]
    fn gathering_names_fire() {
        assert_eq!(count("crates/a/src/util.rs"), 1);
        assert_eq!(count("crates/a/src/helpers/mod.rs"), 1);
        assert_eq!(count("crates/a/src/lib/b.rs"), 1);
        assert_eq!(count("crates/a/tests/answers.rs"), 1);
    }
}
