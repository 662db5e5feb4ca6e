//! Files that are handed in: which kinds an item takes, and how a response names one.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::judgement::{Awaits, Graded};

/// The largest file that may be handed in, in bytes: a photograph of a phone.
pub const LARGEST_UPLOAD: u32 = 6_000_000;

/// What a file that is handed in may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A photograph or another picture.
    Picture,
    /// A document as PDF.
    Pdf,
    /// Plain text.
    Text,
    /// A recording.
    Sound,
}

impl FileKind {
    /// All kinds, with their names in the course format.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("picture", Self::Picture),
        ("pdf", Self::Pdf),
        ("text", Self::Text),
        ("sound", Self::Sound),
    ];

    /// The name in the course format.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        known.map_or("", |(name, _)| name)
    }

    /// The endings of names of such files.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Picture => &["png", "jpg", "gif", "webp"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt"],
            Self::Sound => &["mp3", "ogg", "wav", "m4a"],
        }
    }
}

/// The kind of a handed-in file by its name, 64 hexadecimal digits and an ending; `None` for a name that is none.
#[must_use]
pub fn upload_kind(file: &str) -> Option<FileKind> {
    let (hash, ending) = file.split_once('.')?;
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if hash.len() != 64 || !hash.chars().all(hexadecimal) {
        return None;
    }
    let known = FileKind::NAMES
        .iter()
        .find(|(_, kind)| kind.endings().contains(&ending));
    known.map(|(_, kind)| *kind)
}

/// What the program itself can say about a file: whether there is one, of a kind and size that is asked for.
pub(super) fn judge(takes: &[FileKind], file: &str, bytes: u32) -> Graded {
    let Some(kind) = upload_kind(file) else {
        return Graded::unreadable(0, "No file is chosen yet.");
    };
    if !takes.contains(&kind) {
        return Graded::unreadable(0, "This question asks for another kind of file.");
    }
    if bytes == 0 || bytes > LARGEST_UPLOAD {
        let most = LARGEST_UPLOAD / 1_000_000;
        return Graded::unreadable(0, &format!("A file may have {most} megabytes."));
    }
    Graded::awaits(Awaits::Rubric)
}

/// The kinds of files by their names in the course format; the first name that is none.
pub(super) fn kinds(names: &[String]) -> Result<Vec<FileKind>, String> {
    let mut out = Vec::new();
    for name in names {
        let known = FileKind::NAMES.iter().find(|(known, _)| known == name);
        match known {
            Some((_, kind)) if !out.contains(kind) => out.push(*kind),
            _ => return Err(name.clone()),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::judgement::Outcome;
    use super::*;

    #[test]
    fn a_file_that_is_asked_for_waits_for_a_person() {
        let name = |ending: &str| format!("{}.{ending}", "0f".repeat(32));
        let takes = [FileKind::Picture, FileKind::Pdf];
        for (file, bytes, waits) in [
            (name("png"), 1, true),
            (name("pdf"), LARGEST_UPLOAD, true),
            (name("pdf"), LARGEST_UPLOAD + 1, false),
            (name("png"), 0, false),
            (name("txt"), 9, false),
            (name("svg"), 9, false),
            (String::from("a.png"), 9, false),
            (String::new(), 9, false),
        ] {
            let outcome = judge(&takes, &file, bytes).outcome;
            assert_eq!(outcome == Outcome::Awaits(Awaits::Rubric), waits, "{file}");
        }
        assert_eq!(upload_kind(&name("m4a")), Some(FileKind::Sound));
        for (name, kind) in FileKind::NAMES {
            assert_eq!(kind.name(), name);
        }
    }
}
