//! Surveys: ready forms that people answer without their names, and which counts of them may be told. What somebody answered
//! is added to counts at once and stands nowhere by itself.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::id::{PersonId, SectionId};
use crate::people::Role;
use crate::shown::may_be_shown;
use crate::time::Timestamp;

/// Statements of a form.
pub const STATEMENTS: usize = 5;
/// Steps that somebody can choose for a statement: the first is "rather not say", then five from "no" to "yes". There is always
/// one, so that every statement has as many answers as the form.
pub const STEPS: usize = 6;
/// Fewest people whose answers are told together.
pub const LEAST_TOLD: usize = 5;
/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 500;
/// Most days for which a form can be open.
pub const MOST_DAYS: i64 = 60;
/// How many days ahead a form can be opened.
const MOST_DAYS_AHEAD: i64 = 365;
/// For so many days nobody is reminded who said "not now".
pub const PUT_OFF_DAYS: i64 = 3;

/// A ready form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Students: whether they belong.
    Belonging,
    /// Teachers: support and workload.
    Support,
    /// Families: whether they are heard.
    Heard,
}

impl Form {
    /// All forms, for choices and for tests that demand words for each.
    pub const ALL: [Self; 3] = [Self::Belonging, Self::Support, Self::Heard];

    /// The name in tables, addresses and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Belonging => "belonging",
            Self::Support => "support",
            Self::Heard => "heard",
        }
    }

    /// Reads what [`Form::key`] writes.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }

    /// Who is asked.
    #[must_use]
    pub fn asks(self) -> Role {
        match self {
            Self::Belonging => Role::Learner,
            Self::Support => Role::Teacher,
            Self::Heard => Role::Guardian,
        }
    }

    /// Whether a comment can be written. Children's words would give them away.
    #[must_use]
    pub fn takes_comment(self) -> bool {
        self.asks() != Role::Learner
    }

    /// Whether the people of one section can be asked alone. A section has too few teachers for that.
    #[must_use]
    pub fn can_ask_one_section(self) -> bool {
        self.asks() != Role::Teacher
    }
}

/// Whether a form can be open on these days, asked for now: from today on or later, and not for too long.
#[must_use]
pub fn fits_days(first: Timestamp, last: Timestamp, now: Timestamp) -> bool {
    let (first, last, today) = (first.day(), last.day(), now.day());
    let ahead = first.saturating_sub(today);
    (0..=MOST_DAYS_AHEAD).contains(&ahead) && (0..MOST_DAYS).contains(&last.saturating_sub(first))
}

/// One step for each statement.
pub type Answers = [u8; STATEMENTS];

/// The steps, when they are steps.
#[must_use]
pub fn answers(steps: Answers) -> Option<Answers> {
    let all = steps.iter().all(|step| usize::from(*step) < STEPS);
    all.then_some(steps)
}

/// How often each step was chosen for each statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts(pub [[u32; STEPS]; STATEMENTS]);

impl Counts {
    /// How many people these are.
    #[must_use]
    pub fn people(&self) -> usize {
        self.0[0].iter().map(|count| *count as usize).sum()
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        for (own, others) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *own = own.saturating_add(*others);
        }
    }
}

/// The classes that somebody is in, in order.
pub type Classes = Vec<SectionId>;

/// What may be told: everybody together as `None`, then each section.
pub type Told = BTreeMap<Option<SectionId>, Counts>;

/// What may be told of a form that is over, from the counts of those who are in the same classes: nothing that speaks about fewer
/// than [`LEAST_TOLD`], and nothing of which a sum or difference would. All else is to be forgotten.
#[must_use]
pub fn told(lots: &BTreeMap<Classes, Counts>) -> Told {
    let mut groups: BTreeMap<Option<SectionId>, (BTreeSet<PersonId>, Counts)> = BTreeMap::new();
    let mut next = 0_u128;
    for (classes, counts) in lots {
        // Nobody knows who it was: people of a lot are told apart by number alone.
        let people = counts.people() as u128;
        let people: BTreeSet<PersonId> = (next..next + people).map(PersonId).collect();
        next += people.len() as u128;
        let whole = core::iter::once(None);
        for group in whole.chain(classes.iter().copied().map(Some)) {
            let (of, sum) = groups.entry(group).or_default();
            of.extend(&people);
            sum.add(counts);
        }
    }
    let people: Vec<_> = groups.values().map(|(of, _)| of.clone()).collect();
    let shown = may_be_shown(&people, LEAST_TOLD);
    let kept = groups.into_iter().zip(shown).filter(|(_, shown)| *shown);
    kept.map(|((group, (_, counts)), _)| (group, counts))
        .collect()
}

/// The classes of a lot as a table keeps them.
#[must_use]
pub fn lot_key(classes: &[SectionId]) -> String {
    let mut key = String::new();
    for (place, class) in classes.iter().enumerate() {
        if place > 0 {
            key.push(' ');
        }
        key.push_str(&alloc::format!("{class}"));
    }
    key
}

/// Reads what [`lot_key`] writes.
#[must_use]
pub fn lot_classes(key: &str) -> Option<Classes> {
    let ids = key.split(' ').filter(|part| !part.is_empty());
    ids.map(|part| SectionId::parse(part).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// So many people who all chose one step.
    fn people(count: u32, step: usize) -> Counts {
        let mut counts = Counts::default();
        for statement in &mut counts.0 {
            statement[step] = count;
        }
        counts
    }

    fn section(number: u128) -> SectionId {
        SectionId(number)
    }

    /// How many people stand behind each group that is told; 0 is everybody.
    fn sizes(lots: &[(&[u128], u32)]) -> Vec<(u128, usize)> {
        let mut all: BTreeMap<Classes, Counts> = BTreeMap::new();
        for (classes, count) in lots {
            let classes = classes.iter().copied().map(section).collect();
            all.entry(classes).or_default().add(&people(*count, 3));
        }
        let told = told(&all);
        let size = |(group, counts): (&Option<SectionId>, &Counts)| {
            (group.map_or(0, |section| section.0), counts.people())
        };
        told.iter().map(size).collect()
    }

    #[test]
    fn nothing_is_told_of_fewer_than_five() {
        assert_eq!(sizes(&[]), []);
        assert_eq!(sizes(&[(&[1], 4)]), []);
        assert_eq!(sizes(&[(&[1], 5)]), [(0, 5), (1, 5)]);
        // A small class is in the sum of all, and could be found by subtraction where one class alone is left out.
        assert_eq!(sizes(&[(&[1], 9), (&[2], 4)]), [(0, 13)]);
        assert_eq!(sizes(&[(&[1], 9), (&[2], 5)]), [(0, 14), (1, 9), (2, 5)]);
        // Two small ones hide in each other.
        assert_eq!(sizes(&[(&[1], 9), (&[2], 4), (&[3], 3)]), [(0, 16), (1, 9)]);
        // One student is in both classes: the two less everybody would be that one.
        assert_eq!(
            sizes(&[(&[1], 9), (&[2], 9), (&[1, 2], 1)]),
            [(0, 19), (1, 10)]
        );
    }

    #[test]
    fn lots_add_up_to_what_is_told() {
        let mut lots = BTreeMap::new();
        lots.insert(vec![section(1)], people(6, 1));
        lots.insert(vec![section(2)], people(7, 5));
        let told = told(&lots);
        assert_eq!(told[&None].0[4], [0, 6, 0, 0, 0, 7]);
        assert_eq!(told[&Some(section(2))].0[0], [0, 0, 0, 0, 0, 7]);
    }

    #[test]
    fn days_and_steps_have_limits() {
        let now = Timestamp(0).plus_days(20_779).plus_ms(3_600_000);
        let day = |days| Timestamp(0).plus_days(20_779 + days);
        assert!(fits_days(day(0), day(0), now));
        assert!(fits_days(day(3), day(3 + MOST_DAYS - 1), now));
        assert!(!fits_days(day(3), day(3 + MOST_DAYS), now));
        assert!(!fits_days(day(-1), day(3), now));
        assert!(!fits_days(day(2), day(1), now));
        assert!(!fits_days(day(400), day(401), now));
        assert!(!fits_days(Timestamp(i64::MIN), Timestamp(i64::MAX), now));
        assert_eq!(answers([0, 1, 2, 3, 5]), Some([0, 1, 2, 3, 5]));
        assert_eq!(answers([0, 1, 2, 3, 6]), None);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for form in Form::ALL {
            assert_eq!(Form::from_key(form.key()), Some(form));
            assert_eq!(form.takes_comment(), form.asks() != Role::Learner);
        }
        assert_eq!(Form::from_key("grades"), None);
        let classes = vec![section(7), section(9)];
        assert_eq!(lot_classes(&lot_key(&classes)), Some(classes));
        assert_eq!(lot_classes(""), Some(Vec::new()));
        assert_eq!(lot_classes("x"), None);
    }
}
