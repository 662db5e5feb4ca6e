//! What a chance is made of, in words: the parts of the running model's sum, for each reader.

use trellis_core::catalog::Catalog;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CompetencyId;
use trellis_core::mastery;
use trellis_core::model::{Prediction, RunningModel, Term, TermKind};

use crate::chance;
use crate::reasons::Reader;
use crate::words::Words;

/// Most parts that a page names.
const MOST: usize = 3;
/// Right answers of the sentence that looks ahead.
const MORE_RIGHT: u8 = 2;

/// The name under which the words of a part are kept.
fn name(kind: TermKind) -> &'static str {
    match kind {
        TermKind::Base => "base",
        TermKind::Item => "item",
        TermKind::Competency => "competency",
        TermKind::Ability => "ability",
        TermKind::Practice => "practice",
        TermKind::Recent => "recent",
        TermKind::Forgetting => "forgetting",
        TermKind::SameItem => "same-item",
        TermKind::Sequence => "sequence",
        TermKind::Hints => "hints",
    }
}

fn line(words: &Words, reader: Reader<'_>, term: &Term) -> String {
    let way = if term.log_odds > 0.0 { "up" } else { "down" };
    let key = format!("part-{}-{}-{way}", reader.key(), name(term.kind));
    words.one(&key, "name", reader.name())
}

/// The strongest parts of a prediction, each as a sentence.
pub(crate) fn said(words: &Words, reader: Reader<'_>, prediction: &Prediction) -> Vec<String> {
    let parts = mastery::because(prediction, MOST);
    parts.iter().map(|part| line(words, reader, part)).collect()
}

/// The strongest parts of the chance to be right next as it is believed now; none before the first answer.
pub(crate) fn lines(
    words: &Words,
    catalog: &Catalog,
    reader: Reader<'_>,
    state: &LearnerState,
    id: &CompetencyId,
) -> Vec<String> {
    if state.competency(id).is_none() {
        return Vec::new();
    }
    said(
        words,
        reader,
        &mastery::explained(catalog.model(), state, id),
    )
}

/// "After two more right answers we would expect the next one right 9 times out of 10."
pub(crate) fn ahead(
    words: &Words,
    model: &RunningModel,
    reader: Reader<'_>,
    state: &LearnerState,
    id: &CompetencyId,
) -> String {
    let chance = mastery::after_right(model, state, id, MORE_RIGHT);
    let times = chance::times(words, chance);
    words.with(
        &format!("part-{}-ahead", reader.key()),
        &[("times", &times), ("name", reader.name())],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_part_has_words_for_every_reader_in_every_language() {
        for language in [Language::English, Language::Spanish] {
            let words = Words::of(language);
            for reader in [Reader::Student, Reader::Teacher, Reader::Family("Maya")] {
                for kind in TermKind::ALL {
                    let [up, down] = [0.5, -0.5].map(|log_odds| {
                        let said = line(&words, reader, &Term { kind, log_odds });
                        assert!(said.ends_with('.') && !said.contains('{'), "{said}");
                        assert!(!said.starts_with("part-"), "{said}");
                        said
                    });
                    assert_ne!(up, down, "{kind:?}");
                }
                let key = format!("part-{}-ahead", reader.key());
                assert!(words.has(&key), "{key}");
            }
        }
    }
}
