//! What is asked for, read from an address: whom it is for, what about, and the questions that are chosen so far.

use trellis_core::catalog::Catalog;
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::id::PersonId;
use trellis_core::plan::assignment::{MOST_QUESTIONS, Question};
use trellis_core::plan::questions;

use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::pages::print::{number, skill_of};
use crate::pages::teacher_today::person_id;
use crate::whom::Whom;

pub(super) use crate::pages::print::fresh_seed;

/// How many questions an assignment can have at first.
pub(super) const COUNTS: [u32; 7] = [1, 3, 4, 5, 6, 8, 10];

/// Whether this many questions are offered at first.
pub(crate) fn offers(count: &str) -> bool {
    count
        .parse()
        .is_ok_and(|count: u32| COUNTS.contains(&count))
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) who: Whom,
    /// The competency; `None` for what is next for each student.
    pub(super) what: Option<CompetencyId>,
    /// Whether all get the same questions.
    pub(super) same: bool,
    pub(super) count: u32,
    /// The day until which it should be done, as forms write it; may be empty.
    pub(super) due: String,
    pub(super) seed: u32,
    /// The questions for all, where they are chosen already.
    pub(super) chosen: Vec<Question>,
}

/// Reads `item seed` or `item seed learner`; ids have no spaces.
pub(crate) fn question_of(text: &str) -> Result<(Question, Option<PersonId>), PageError> {
    let mut parts = text.split(' ');
    let item = parts.next().and_then(|id| ItemId::new(id).ok());
    let seed = parts.next().and_then(|seed| seed.parse().ok());
    let learner = parts.next().map(person_id).transpose()?;
    match (item, seed, parts.next()) {
        (Some(item), Some(seed), None) => Ok((Question { item, seed }, learner)),
        _ => Err(PageError::BadRequest),
    }
}

/// Writes what [`question_of`] reads.
pub(crate) fn question_value(question: &Question, learner: Option<PersonId>) -> String {
    let Question { item, seed } = question;
    match learner {
        None => format!("{item} {seed}"),
        Some(learner) => format!("{item} {seed} {learner}"),
    }
}

/// What a button does to the question at a place: `numbers:0`, `other:2`, `drop:1`, `earlier:3`, `one-more:0`.
fn change(catalog: &Catalog, chosen: &mut Vec<Question>, wish: &str) -> Result<(), PageError> {
    let (what, place) = wish.split_once(':').ok_or(PageError::BadRequest)?;
    let place: usize = place.parse().map_err(|_| PageError::BadRequest)?;
    let old = chosen.get(place).ok_or(PageError::BadRequest)?.clone();
    match what {
        "numbers" => chosen[place] = questions::again(&old),
        "other" => {
            if let Some(other) = questions::other(catalog, chosen, place) {
                chosen[place] = other;
            }
        }
        "drop" if chosen.len() > 1 => drop(chosen.remove(place)),
        "earlier" if place > 0 => chosen.swap(place - 1, place),
        "one-more" if chosen.len() < MOST_QUESTIONS => {
            let more = questions::other(catalog, chosen, place);
            chosen.push(more.unwrap_or_else(|| questions::again(&old)));
        }
        "drop" | "earlier" | "one-more" => {}
        _ => return Err(PageError::BadRequest),
    }
    Ok(())
}

impl Asked {
    /// Reads an address; `None` when it asks for no questions.
    pub(super) fn of(fields: &Fields, catalog: &Catalog) -> Result<Option<Self>, PageError> {
        let Some(what) = field(fields, "what") else {
            return Ok(None);
        };
        let what = skill_of(what, catalog)?;
        let count: u32 = number(fields, "count")?;
        let due = field(fields, "due").unwrap_or_default();
        super::due_of(due)?;
        let chosen = fields.iter().filter(|(key, _)| key == "q");
        let chosen = chosen.map(|(_, value)| match question_of(value)? {
            (question, None) if catalog.item(&question.item).is_some() => Ok(question),
            _ => Err(PageError::BadRequest),
        });
        let mut chosen = chosen.collect::<Result<Vec<_>, _>>()?;
        if !COUNTS.contains(&count) || chosen.len() > MOST_QUESTIONS {
            return Err(PageError::BadRequest);
        }
        if let Some(wish) = field(fields, "change") {
            change(catalog, &mut chosen, wish)?;
        }
        Ok(Some(Self {
            who: Whom::of(field(fields, "who"))?,
            // What is next differs from one to the other.
            same: what.is_some() && field(fields, "numbers") != Some("own"),
            what,
            count,
            due: due.to_owned(),
            seed: number(fields, "seed")?,
            chosen,
        }))
    }
}
