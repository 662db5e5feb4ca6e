//! Who of the school looked at something of a learner, in words.

use trellis_core::id::PersonId;
use trellis_store::Viewer;
use trellis_store::read::{Look, Opening};

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::words::Words;

/// The days that the page looks back.
const DAYS: u16 = 30;

/// One day.
pub(super) struct Day {
    pub(super) day: String,
    /// Each reader with what they opened.
    pub(super) lines: Vec<String>,
}

/// What the page says.
pub(super) struct Looked {
    pub(super) text: String,
    pub(super) days: Vec<Day>,
    /// Who opened the whole record, with the reason.
    pub(super) opened: Vec<(String, String)>,
}

/// The looks of one reader on one day stand together: they come in that order.
fn together(looks: &[Look]) -> impl Iterator<Item = &[Look]> {
    looks.chunk_by(|one, next| {
        (one.day, one.role) == (next.day, next.role) && one.reader == next.reader
    })
}

fn line(words: &Words, name: &str, looks: &[Look]) -> Option<String> {
    let first = looks.first()?;
    let who = first.reader.as_ref().map_or_else(
        || words.t("looked-gone"),
        |reader| format!("{} {}", reader.given, reader.family),
    );
    let pages: Vec<String> = looks
        .iter()
        .map(|look| words.one(&format!("looked-page-{}", look.page), "name", name))
        .collect();
    let role = words.t(&format!("erase-role-{}", first.role.name()));
    Some(words.with(
        "looked-line",
        &[("who", &who), ("role", &role), ("pages", &pages.join(", "))],
    ))
}

impl Looked {
    /// The last days of a learner.
    pub(super) fn of(
        app: &App,
        viewer: &Viewer,
        learner: PersonId,
        name: &str,
    ) -> Result<Self, PageError> {
        let (words, now) = (&app.words, app.now());
        let looks = app.store.looks(viewer, learner, DAYS, now)?;
        let days = looks.chunk_by(|one, next| one.day == next.day);
        let days = days.map(|looks| Day {
            day: looks
                .first()
                .map_or_else(String::new, |look| day::in_words(look.day, words)),
            lines: together(looks)
                .filter_map(|looks| line(words, name, looks))
                .collect(),
        });
        let opened = app.store.openings_of(viewer, learner)?;
        let key = match looks.is_empty() {
            true => "looked-none",
            false => "looked-text",
        };
        Ok(Self {
            text: words.mixed(key, &[("days", f64::from(DAYS))], &[("name", name)]),
            days: days.collect(),
            opened: opened.iter().map(|one| with_reason(words, one)).collect(),
        })
    }
}

/// That somebody opened the whole record, and why.
fn with_reason(words: &Words, one: &Opening) -> (String, String) {
    let who = one.reader.as_ref().map_or_else(
        || words.t("looked-gone"),
        |reader| format!("{} {}", reader.given, reader.family),
    );
    let day = day::in_words(one.at, words);
    let parts = [
        ("who", who.as_str()),
        ("day", &day),
        ("name", &one.learner.given),
    ];
    (
        words.with("looked-opened", &parts),
        words.one("records-reason-was", "reason", &one.reason),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_kind_of_page_has_words() {
        for language in [Language::English, Language::Spanish] {
            let words = Words::of(language);
            for page in trellis_store::LOOK_PAGES {
                assert!(words.has(&format!("looked-page-{page}")), "{page}");
            }
        }
    }
}
