//! The questions of an assignment that is being made, with their keys.

use trellis_core::catalog::Catalog;
use trellis_core::id::{AssignmentId, PersonId};
use trellis_core::plan::assignment::Question;
use trellis_core::plan::questions;
use trellis_core::time::Timestamp;
use trellis_store::read::{LearnerView, SectionView};

use super::asked::{Asked, question_value};
use crate::paper::PaperQuestion;
use crate::reasons::title_of;
use crate::words::{Words, small};

/// One question with its key, and what a form says of it.
pub(super) struct Card {
    pub(super) value: String,
    pub(super) place: usize,
    /// What tells buttons of one question from those of another.
    pub(super) label: String,
    pub(super) card: PaperQuestion,
}

/// The own questions of one student.
pub(super) struct Own {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) cards: Vec<Card>,
}

/// An assignment that is being made.
pub(super) struct Made {
    pub(super) set: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) learners: Vec<String>,
    /// What the form carries on, as names and values.
    pub(super) fields: Vec<(&'static str, String)>,
    /// For all; empty where each student has their own.
    pub(super) same: Vec<Card>,
    pub(super) own: Vec<Own>,
}

impl Made {
    /// Whether there is nothing to ask.
    pub(super) fn is_empty(&self) -> bool {
        self.same.is_empty() && self.own.is_empty()
    }
}

fn cards(
    words: &Words,
    catalog: &Catalog,
    questions: &[Question],
    learner: Option<PersonId>,
) -> Vec<Card> {
    let card = |(place, question): (usize, &Question)| {
        let variant = catalog.item(&question.item)?.variant(question.seed, None);
        let label = words.count("paper-question", "number", small(place + 1));
        Some(Card {
            value: question_value(question, learner),
            place,
            card: PaperQuestion::of(label.clone(), &variant.ok()?, words),
            label,
        })
    };
    questions.iter().enumerate().filter_map(card).collect()
}

fn own_of(
    words: &Words,
    catalog: &Catalog,
    learner: &LearnerView,
    asked: &Asked,
    now: Timestamp,
) -> Option<Own> {
    let count = usize::try_from(asked.count).unwrap_or(0);
    let seed = u64::from(asked.seed);
    let about = asked.what.as_ref();
    let (id, questions) = questions::own(&learner.state, catalog, about, count, seed, now)?;
    Some(Own {
        name: learner.name.short(),
        title: title_of(catalog, &id),
        cards: cards(words, catalog, &questions, Some(learner.name.id)),
    })
}

/// Draws what is asked for, or shows what is chosen already.
pub(super) fn make(
    words: &Words,
    catalog: &Catalog,
    view: &SectionView,
    who: &[PersonId],
    asked: &Asked,
    set: AssignmentId,
    now: Timestamp,
) -> Made {
    let learners = view.learners.iter();
    let learners = learners.filter(|learner| who.contains(&learner.name.id));
    let count = usize::try_from(asked.count).unwrap_or(0);
    let same = match &asked.what {
        Some(id) if asked.same => match asked.chosen.as_slice() {
            [] => questions::draw(catalog, id, None, count, u64::from(asked.seed)),
            chosen => chosen.to_vec(),
        },
        _ => Vec::new(),
    };
    let own = if asked.same {
        Vec::new()
    } else {
        let own = learners.clone();
        own.filter_map(|learner| own_of(words, catalog, learner, asked, now))
            .collect()
    };
    let numbers = if asked.same { "same" } else { "own" };
    let what = asked.what.as_ref();
    Made {
        set: set.to_string(),
        title: match what {
            Some(id) => title_of(catalog, id),
            None => words.t("assign-next-title"),
        },
        about: words.count("assign-for", "count", small(learners.clone().count())),
        learners: learners.map(|one| one.name.id.to_string()).collect(),
        fields: vec![
            ("who", asked.who.value()),
            ("what", what.map_or("next".to_owned(), ToString::to_string)),
            ("numbers", numbers.to_owned()),
            ("count", asked.count.to_string()),
            ("due", asked.due.clone()),
            ("seed", asked.seed.to_string()),
        ],
        same: cards(words, catalog, &same, None),
        own,
    }
}
