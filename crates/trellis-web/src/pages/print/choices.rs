//! What can be asked of the print centre, read from an address and offered in its form.

use trellis_core::catalog::Catalog;
use trellis_core::framework::CompetencyId;
use trellis_core::paper::fits_paper;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::TaughtSection;

use crate::app::App;
use crate::choice::{self, Choice, Unit, named, units};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::pages::teacher_today::courses_of;
use crate::whom::Whom;
use crate::words::Words;

/// How many questions a sheet can have.
const COUNTS: [u32; 5] = [4, 6, 8, 10, 12];
/// How many it has unless somebody chooses.
const USUAL_COUNT: u32 = 6;

/// What is printed of the sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Both,
    Sheets,
    Keys,
}

impl Part {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Both, "both"),
        (Self::Sheets, "sheets"),
        (Self::Keys, "keys"),
    ];
}

/// What is asked for. It says all that decides the sheets, so that the same address prints the same.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) who: Whom,
    /// The competency, or each student's own next questions.
    what: Option<CompetencyId>,
    /// Whether all get the same numbers.
    pub(super) same: bool,
    pub(super) count: u32,
    pub(super) part: Part,
    pub(super) seed: u32,
    /// The moment whose knowledge of the students decides what is next.
    pub(super) at: Timestamp,
}

/// A seed for new sheets.
pub(crate) fn fresh_seed() -> Result<u32, PageError> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "32 of 128 random bits are random bits"
    )]
    let seed = App::chance()? as u32;
    Ok(seed)
}

pub(crate) fn number<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<T, PageError> {
    let found = field(fields, name).and_then(|text| text.parse().ok());
    found.ok_or(PageError::BadRequest)
}

/// The skill that questions are to be about; `None` for `next`, what is next for each student.
pub(crate) fn skill_of(what: &str, catalog: &Catalog) -> Result<Option<CompetencyId>, PageError> {
    if what == "next" {
        return Ok(None);
    }
    let id = CompetencyId::new(what).map_err(|_| Refusal::NotFound)?;
    catalog.competency(&id).ok_or(Refusal::NotFound)?;
    Ok(Some(id))
}

impl Asked {
    /// Reads an address; `None` when it asks for no sheets.
    pub(super) fn of(
        fields: &Fields,
        catalog: &Catalog,
        now: Timestamp,
    ) -> Result<Option<Self>, PageError> {
        let Some(what) = field(fields, "what") else {
            return Ok(None);
        };
        let what = skill_of(what, catalog)?;
        let part = field(fields, "part").unwrap_or("both");
        let part = Part::ALL.into_iter().find(|(_, name)| *name == part);
        let count: u32 = number(fields, "count")?;
        if !COUNTS.contains(&count) {
            return Err(PageError::BadRequest);
        }
        Ok(Some(Self {
            who: Whom::of(field(fields, "who"))?,
            // What is next differs from one to the other, and so do its numbers.
            same: what.is_some() && field(fields, "numbers") == Some("same"),
            what,
            count,
            part: part.ok_or(PageError::BadRequest)?.0,
            seed: number(fields, "seed")?,
            at: Timestamp(number(fields, "at")?).min(now),
        }))
    }

    /// The competency; `None` for each student's own next questions.
    pub(super) fn skill(&self) -> Option<&CompetencyId> {
        self.what.as_ref()
    }

    /// What names the sheets on paper, so that a key finds its sheets.
    pub(super) fn code(&self) -> String {
        format!("{:08x}", self.seed)
    }

    /// The query of an address that asks for the same with another seed, as things stand at `at`.
    pub(super) fn address(&self, seed: u32, at: Timestamp) -> String {
        let what = self.what.as_ref().map_or("next", CompetencyId::as_str);
        let numbers = if self.same { "same" } else { "own" };
        let part = Part::ALL.iter().find(|(part, _)| *part == self.part);
        let part = part.map_or("both", |(_, name)| name);
        format!(
            "who={}&what={what}&numbers={numbers}&count={}&part={part}&seed={seed}&at={}",
            self.who.value(),
            self.count,
            at.0
        )
    }
}

/// The skills of the section's courses that have questions for paper, unit by unit.
pub(super) fn skills(
    catalog: &Catalog,
    section: &TaughtSection,
    asked: Option<&Asked>,
) -> Vec<Unit> {
    let chosen = asked.and_then(Asked::skill);
    units(courses_of(catalog, section), chosen, |id| {
        catalog.items_of(id).any(fits_paper)
    })
}

/// The same numbers for all, or others for each.
pub(super) fn numbers(words: &Words, asked: Option<&Asked>) -> Vec<Choice> {
    let same = asked.is_some_and(|asked| asked.same);
    let chosen = if same { "same" } else { "own" };
    named(words, "paper-numbers", &["own", "same"], chosen)
}

/// How many questions.
pub(super) fn counts(words: &Words, asked: Option<&Asked>) -> Vec<Choice> {
    choice::counts(
        words,
        &COUNTS,
        asked.map_or(USUAL_COUNT, |asked| asked.count),
    )
}

/// Sheets, keys, or both.
pub(super) fn parts(words: &Words, asked: Option<&Asked>) -> Vec<Choice> {
    let part = asked.map_or(Part::Both, |asked| asked.part);
    let chosen = Part::ALL.iter().find(|(one, _)| *one == part);
    let chosen = chosen.map_or("both", |(_, name)| name);
    named(
        words,
        "paper-part",
        &Part::ALL.map(|(_, name)| name),
        chosen,
    )
}
