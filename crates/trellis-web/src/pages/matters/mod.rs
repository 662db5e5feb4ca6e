//! Raising and answering: a student who disagrees with a level, a family that asks or objects, a teacher who needs help.
//! Everybody sees how long what they raised has waited, and who answers sees it too.

mod answer;
mod raise;

use trellis_core::catalog::Catalog;
use trellis_core::id::MatterId;
use trellis_core::people::{Matter, MatterKind};
use trellis_core::time::Timestamp;

pub(crate) use answer::{
    answer, answer_support, ask_support, of_district as support, of_section as section,
};
pub(crate) use raise::{ask, child, disagree, known_skill, skill};

use crate::pages::teacher_today::since_words;
use crate::reasons::title_of;
use crate::words::Words;

/// A matter in words.
struct Told {
    id: String,
    kind: String,
    skill: Option<String>,
    said: Vec<String>,
    when: String,
    /// When and what, once somebody has answered.
    answer: Option<(String, Vec<String>)>,
}

impl Told {
    fn of(words: &Words, catalog: &Catalog, now: Timestamp, matter: &Matter) -> Self {
        let since = since_words(words, now, matter.at);
        let answer = matter.answered.as_ref().map(|answered| {
            let when = words.one(
                "matter-answered",
                "when",
                &since_words(words, now, answered.at),
            );
            (when, lines(&answered.said))
        });
        let when = match &answer {
            Some(_) => words.one("matter-said", "when", &since),
            None => words.one("matter-waits", "when", &since),
        };
        Self {
            id: matter.id.to_string(),
            kind: words.t(kind_key(matter.kind)),
            skill: matter.competency.as_ref().map(|id| title_of(catalog, id)),
            said: lines(&matter.said),
            when,
            answer,
        }
    }
}

fn kind_key(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Disagreement => "matter-kind-disagreement",
        MatterKind::Assessment => "matter-kind-assessment",
        MatterKind::Question => "matter-kind-question",
        MatterKind::Objection => "matter-kind-objection",
        MatterKind::Support => "matter-kind-support",
    }
}

pub(crate) fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn matter_id(text: &str) -> Option<MatterId> {
    MatterId::parse(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words() {
        for kind in MatterKind::ALL {
            assert!(Words::english().has(kind_key(kind)), "{kind:?}");
        }
    }
}
