//! Reasons in words: one place for every reader, since the reasons themselves are the same for all of them.

use trellis_core::catalog::Catalog;
use trellis_core::framework::CompetencyId;
use trellis_core::recommendation::Reason;

use crate::chance;
use crate::words::Words;

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader<'a> {
    /// The student.
    Student,
    /// A teacher.
    Teacher,
    /// A family, about the child of this name.
    Family(&'a str),
}

impl<'a> Reader<'a> {
    /// The child's name, where the reader is a family; empty for others.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Family(name) => name,
            Self::Student | Self::Teacher => "",
        }
    }

    /// The name of the reader in the keys of words.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Teacher => "teacher",
            Self::Family(_) => "family",
        }
    }
}

/// The title of a competency; its id when the course has lost it.
pub(crate) fn title_of(catalog: &Catalog, id: &CompetencyId) -> String {
    catalog
        .competency(id)
        .map_or_else(|| id.to_string(), |competency| competency.title.clone())
}

/// The titles of several competencies, in one line.
pub(crate) fn titles_of(catalog: &Catalog, ids: &[CompetencyId]) -> String {
    let titles: Vec<String> = ids.iter().map(|id| title_of(catalog, id)).collect();
    titles.join(", ")
}

/// Reasons in the reader's words.
pub(crate) fn lines(
    words: &Words,
    catalog: &Catalog,
    reader: Reader<'_>,
    reasons: &[Reason],
) -> Vec<String> {
    reasons
        .iter()
        .map(|reason| line(words, catalog, reader, reason))
        .collect()
}

fn line(words: &Words, catalog: &Catalog, reader: Reader<'_>, reason: &Reason) -> String {
    let key = format!("reason-{}-{}", reader.key(), reason.key());
    let name = reader.name();
    let told = |numbers: &[(&str, f64)], texts: &[(&str, &str)]| {
        let mut texts = texts.to_vec();
        texts.push(("name", name));
        words.mixed(&key, numbers, &texts)
    };
    match reason {
        Reason::Ready { after } if after.is_empty() => {
            words.one(&format!("{key}-first"), "name", name)
        }
        Reason::Ready { after } => told(&[], &[("after", &titles_of(catalog, after))]),
        Reason::ReviewDue {
            days,
            recall_tenths,
        } => {
            let times = chance::times(words, f64::from(*recall_tenths) / 10.0);
            told(&[("days", f64::from(*days))], &[("times", &times)])
        }
        Reason::Close { right_needed } => told(&[("right", f64::from(*right_needed))], &[]),
        Reason::Begun { tries } => told(&[("tries", f64::from(*tries))], &[]),
        Reason::Opens { count } => told(&[("count", f64::from(*count))], &[]),
        Reason::TeacherAsked { .. }
        | Reason::TeacherOpened { .. }
        | Reason::CourseOrder
        | Reason::FixedPath { .. }
        | Reason::FamilysPath
        | Reason::YouPick
        | Reason::YouProve => told(&[], &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_for_every_reader() {
        let words = Words::english();
        for reader in [Reader::Student, Reader::Teacher, Reader::Family("Maya")] {
            for key in Reason::KEYS.into_iter().chain(["ready-first"]) {
                let key = format!("reason-{}-{key}", reader.key());
                assert!(words.has(&key), "{key}");
            }
        }
    }
}
