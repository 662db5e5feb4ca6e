//! Documents: every path that a document names exists, and the book lists every chapter.

use std::collections::BTreeSet;

use super::Finding;
use crate::tree::File;

/// The rule about paths.
pub(crate) const NAME: &str = "documents";
/// The rule about the book's table of contents.
pub(crate) const BOOK: &str = "book";

const EXTENSIONS: &[&str] = &[
    "rs", "md", "toml", "sql", "html", "css", "mjs", "js", "json", "csv", "sh", "yml", "lock",
    "png", "svg", "py", "R",
];

/// Every file and every folder that the project has, and the names of files alone.
struct Places<'a> {
    paths: BTreeSet<&'a str>,
    names: BTreeSet<&'a str>,
}

impl<'a> Places<'a> {
    fn new(files: &'a [File]) -> Self {
        let mut paths = BTreeSet::new();
        for file in files {
            paths.insert(file.path.as_str());
            paths.extend(file.path.match_indices('/').map(|(at, _)| &file.path[..at]));
        }
        let names = files.iter().map(File::name).collect();
        Self { paths, names }
    }

    fn has(&self, path: &str) -> bool {
        path.is_empty() || self.paths.contains(path)
    }

    /// True when the path leads somewhere from the root or from the document's folder.
    fn leads(&self, document: &str, path: &str) -> bool {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        [path.to_owned(), format!("{folder}/{path}")]
            .iter()
            .filter_map(|path| resolved(path))
            .any(|path| self.has(&path))
    }
}

/// The path without `.` and `..`; none when it climbs out of the project.
fn resolved(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Findings for backticked paths and links in documents that lead nowhere.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let places = Places::new(files);
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "md") {
        for (line, text) in prose(&file.text) {
            for path in quoted(text).filter(|path| is_path(path, &places)) {
                let known = places.leads(&file.path, path)
                    || (!path.contains('/') && places.names.contains(path));
                if !known {
                    found.push(Finding::new(
                        &file.path,
                        line,
                        NAME,
                        format!("`{path}` does not exist"),
                    ));
                }
            }
            for link in links(text) {
                if !places.leads(&file.path, link) {
                    found.push(Finding::new(
                        &file.path,
                        line,
                        NAME,
                        format!("the link to {link} leads nowhere"),
                    ));
                }
            }
        }
    }
    found
}

/// The lines outside of fenced blocks, counted from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            return None;
        }
        (!fenced).then_some((index + 1, line))
    })
}

/// The texts between backticks.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// True when a backticked text means a file or folder of the project.
fn is_path(text: &str, places: &Places<'_>) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_');
    if text.starts_with('/') || text.is_empty() || !text.chars().all(plain) {
        return false;
    }
    let last = text.rsplit('/').next().unwrap_or_default();
    let known_kind = last
        .rsplit_once('.')
        .is_some_and(|(stem, end)| !stem.is_empty() && EXTENSIONS.contains(&end));
    match text.split_once('/') {
        None => known_kind,
        Some((first, _)) => {
            known_kind || matches!(first, "." | "..") || places.has(first) || text.ends_with('/')
        }
    }
}

/// The targets of Markdown links that stay inside the project, without their anchors.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', ' ']).next()?;
        let path = target.split('#').next()?;
        let outside = path.is_empty() || path.contains(':') || path.starts_with('/');
        (!outside).then_some(path)
    })
}

/// Findings for chapters that the book's table of contents forgets.
pub(crate) fn check_book(files: &[File]) -> Vec<Finding> {
    const FOLDER: &str = "docs/src/";
    const SUMMARY: &str = "docs/src/SUMMARY.md";
    let Some(summary) = files.iter().find(|file| file.path == SUMMARY) else {
        return Vec::new();
    };
    let listed: BTreeSet<String> = summary
        .text
        .lines()
        .flat_map(links)
        .filter_map(resolved)
        .collect();
    files
        .iter()
        .filter(|file| file.extension() == "md" && file.path != SUMMARY)
        .filter_map(|file| {
            let chapter = file.path.strip_prefix(FOLDER)?;
            (!listed.contains(chapter)).then(|| {
                Finding::new(
                    &file.path,
                    1,
                    BOOK,
                    format!("{SUMMARY} does not list this chapter"),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let files = [
            File::new("docs/src/a.md", text),
            File::new("docs/src/deep/b.md", ""),
            File::new("crates/trellis-core/src/lib.rs", ""),
        ];
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paths_that_exist_are_quiet() {
        let found = of(
            "`crates/trellis-core/src/lib.rs`, `crates/trellis-core/`, `deep/b.md`, `../src/a.md`, `lib.rs`, [b](deep/b.md#part)",
        );
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn paths_that_do_not_exist_fire() {
        let found = of(
            "# T\n`crates/trellis-core/src/gone.rs` and `gone.sql`\nand `docs/gone/` [x](gone.md)",
        );
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(
            found[0].starts_with("docs/src/a.md:2: documents:"),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_no_path_is_quiet() {
        let found = of(
            "`8/3` `a/b + c/d` `/practice/{id}` `text/html` `https://x.org/a.md` [w](https://x.org) [h](#here)\n```\n`gone.rs`\n```\n",
        );
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn the_book_lists_every_chapter() {
        let summary = File::new("docs/src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
        let a = File::new("docs/src/a.md", "");
        assert!(check_book(&[summary.clone(), a.clone()]).is_empty());
        assert_eq!(
            check_book(&[summary, a, File::new("docs/src/b.md", "")]).len(),
            1
        );
    }
}
