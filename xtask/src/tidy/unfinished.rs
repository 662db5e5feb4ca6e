//! Unfinished: no mark that says "later" lives in the tree.

use super::Finding;
use crate::source;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "unfinished";

// Written in two halves, so that this file does not find itself.
const MARKS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("todo", "!"),
    concat!("unimplemented", "!"),
];

/// Findings for marks of unfinished work in any file.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.extension() != "lock") {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(mark) = MARKS
                .iter()
                .find(|mark| source::whole_words(line, mark).next().is_some())
            {
                let why = format!("{mark}: finish it, or write an issue and take the mark out");
                found.push(Finding::new(&file.path, index + 1, NAME, why));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_fire_and_words_do_not() {
        let count = |text: &str| check(&[File::new("a.rs", text)]).len();
        assert_eq!(count("// what is to do today; a todo list; MASTODON"), 0);
        assert_eq!(count(concat!("// TO", "DO: later")), 1);
        assert_eq!(
            count(concat!(
                "fn a() { todo",
                "!() }\nfn b() { unimplemented",
                "!(\"x\") }"
            )),
            2
        );
    }
}
