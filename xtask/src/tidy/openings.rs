//! Opening sentences: a Rust file says its purpose first, a document has a heading and a sentence.

use super::Finding;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "openings";

/// Findings for files that do not open as they should.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter_map(|file| {
            let why = match file.extension() {
                "rs" => rust(&file.text),
                // mdBook reads its table of contents as a bare list.
                "md" if file.name() != "SUMMARY.md" => document(&file.text),
                _ => None,
            };
            why.map(|why| Finding::new(&file.path, 1, NAME, why.to_owned()))
        })
        .collect()
}

fn ends_a_sentence(text: &str) -> bool {
    text.match_indices(['.', '!', '?', ':']).any(|(at, mark)| {
        text[at + mark.len()..].is_empty()
            || text[at + mark.len()..].starts_with([' ', '*', ')', '"'])
    })
}

fn rust(text: &str) -> Option<&'static str> {
    let first: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    if first.is_empty() {
        return Some("open with `//!` and one sentence of purpose");
    }
    (!ends_a_sentence(&first.join(" "))).then_some("end the opening sentence with a full stop")
}

fn document(text: &str) -> Option<&'static str> {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    if !lines
        .next()
        .is_some_and(|line| line.starts_with("# ") && line.len() > 3)
    {
        return Some("open with a heading (`# Title`)");
    }
    let sentence: Vec<&str> = lines
        .skip_while(|line| line.trim().is_empty() || line.starts_with("<!--"))
        .take_while(|line| !line.trim().is_empty())
        .collect();
    let plain = sentence.first().is_some_and(|line| {
        line.starts_with(|letter: char| {
            letter.is_alphanumeric() || matches!(letter, '*' | '_' | '`' | '[' | '"')
        })
    });
    if !plain || !ends_a_sentence(&sentence.join(" ")) {
        return Some("say in a sentence after the heading what the page is for");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fires(path: &str, text: &str) -> bool {
        !check(&[File::new(path, text)]).is_empty()
    }

    #[test]
    fn rust_files_open_with_a_sentence() {
        assert!(!fires("a.rs", "//! Adds.\nfn a() {}"));
        assert!(!fires(
            "a.rs",
            "//! Adds numbers that\n//! people write: all of them.\n"
        ));
        assert!(fires("a.rs", "fn a() {}"));
        assert!(fires("a.rs", "//! Adds\n//!\n//! More.\n"));
        assert!(fires("a.rs", "//! See v1.2 of it\n"));
        assert!(fires("a.rs", ""));
    }

    #[test]
    fn documents_open_with_heading_and_sentence() {
        assert!(!fires("a.md", "# Title\n\nThis page\nsays it.\n"));
        assert!(fires("a.md", "Title\n\nThis page says it.\n"));
        assert!(fires("a.md", "# Title\n\n- a list.\n"));
        assert!(fires("a.md", "# Title\n\n## Another\n\nA sentence.\n"));
        assert!(!fires("docs/src/SUMMARY.md", "# Summary\n\n- [a](a.md)\n"));
    }
}
