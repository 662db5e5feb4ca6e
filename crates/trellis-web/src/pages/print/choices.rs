//! What can be asked of the print centre, read from an address and offered in its form.

use trellis_core::catalog::Catalog;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{GroupId, PersonId};
use trellis_core::paper::fits_paper;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::SavedGroup;
use trellis_store::read::{ClassMap, TaughtSection};

use crate::app::App;
use crate::choice::{Choice, Unit, units};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::pages::teacher_today::{courses_of, person_id};
use crate::reasons::title_of;
use crate::words::Words;

/// How many questions a sheet can have.
const COUNTS: [u32; 5] = [4, 6, 8, 10, 12];
/// How many it has unless somebody chooses.
const USUAL_COUNT: u32 = 6;

/// Whose sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Everybody,
    Group(GroupId),
    One(PersonId),
}

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
    pub(super) who: Who,
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
pub(super) fn fresh_seed() -> Result<u32, PageError> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "32 of 128 random bits are random bits"
    )]
    let seed = App::chance()? as u32;
    Ok(seed)
}

fn who_of(text: &str) -> Result<Who, PageError> {
    match text.split_once(':') {
        Some(("group", id)) => GroupId::parse(id)
            .map(Who::Group)
            .map_err(|_| Refusal::NotFound.into()),
        Some(("student", id)) => Ok(Who::One(person_id(id)?)),
        _ if text == "class" => Ok(Who::Everybody),
        _ => Err(Refusal::NotFound.into()),
    }
}

fn number<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<T, PageError> {
    let found = field(fields, name).and_then(|text| text.parse().ok());
    found.ok_or(PageError::BadRequest)
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
        let what = match what {
            "next" => None,
            id => {
                let id = CompetencyId::new(id).map_err(|_| Refusal::NotFound)?;
                catalog.competency(&id).ok_or(Refusal::NotFound)?;
                Some(id)
            }
        };
        let part = field(fields, "part").unwrap_or("both");
        let part = Part::ALL.into_iter().find(|(_, name)| *name == part);
        let count: u32 = number(fields, "count")?;
        if !COUNTS.contains(&count) {
            return Err(PageError::BadRequest);
        }
        Ok(Some(Self {
            who: who_of(field(fields, "who").unwrap_or("class"))?,
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

    fn who_value(&self) -> String {
        match self.who {
            Who::Everybody => "class".to_owned(),
            Who::Group(id) => format!("group:{id}"),
            Who::One(id) => format!("student:{id}"),
        }
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
            self.who_value(),
            self.count,
            at.0
        )
    }
}

/// The class, its groups, its students.
pub(super) fn who(
    words: &Words,
    catalog: &Catalog,
    map: &ClassMap,
    groups: &[SavedGroup],
    asked: Option<&Asked>,
) -> Vec<Choice> {
    let chosen = asked.map_or_else(|| "class".to_owned(), Asked::who_value);
    let everybody = ("class".to_owned(), words.t("paper-who-class"));
    let groups = groups.iter().map(|group| {
        let names: Vec<String> = group.members.iter().map(|one| one.name.short()).collect();
        let texts = [
            ("skill", &*title_of(catalog, &group.competency)),
            ("names", &*names.join(", ")),
        ];
        (
            format!("group:{}", group.id),
            words.with("paper-who-group", &texts),
        )
    });
    let students = map
        .learners
        .iter()
        .map(|name| (format!("student:{}", name.id), name.short()));
    let all = std::iter::once(everybody).chain(groups).chain(students);
    all.map(|(value, title)| Choice {
        chosen: value == chosen,
        id: value,
        title,
    })
    .collect()
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

fn named(words: &Words, prefix: &str, names: &[&str], chosen: &str) -> Vec<Choice> {
    let choice = |name: &&str| Choice {
        id: (*name).to_owned(),
        title: words.t(&format!("{prefix}-{name}")),
        chosen: *name == chosen,
    };
    names.iter().map(choice).collect()
}

/// The same numbers for all, or others for each.
pub(super) fn numbers(words: &Words, asked: Option<&Asked>) -> Vec<Choice> {
    let same = asked.is_some_and(|asked| asked.same);
    let chosen = if same { "same" } else { "own" };
    named(words, "paper-numbers", &["own", "same"], chosen)
}

/// How many questions.
pub(super) fn counts(words: &Words, asked: Option<&Asked>) -> Vec<Choice> {
    let chosen = asked.map_or(USUAL_COUNT, |asked| asked.count);
    let choice = |count: u32| Choice {
        id: count.to_string(),
        title: words.count("paper-count", "count", count),
        chosen: count == chosen,
    };
    COUNTS.into_iter().map(choice).collect()
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
