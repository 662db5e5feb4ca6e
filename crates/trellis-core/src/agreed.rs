//! What a district agrees on for all of its classes: how much the system may decide at most, what is on, by when a course is
//! planned to be through, what graduation asks for, and what levels are called. None of it touches what "mastered" takes.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::about::taken_back;
use crate::event::{Event, Recorded};
use crate::framework::{CompetencyId, CourseId};
use crate::mastery::Mastery;
use crate::plan::{DirectiveKind, Mode};
use crate::time::Timestamp;

/// Longest name of a level, in characters.
pub const LONGEST_LEVEL: usize = 40;
/// Longest reason for a change, in characters.
pub const LONGEST_REASON: usize = 500;
/// For so many days something must have stayed mastered to be kept.
pub const KEPT_DAYS: f64 = 30.0;

/// What can be switched off for all classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Projects with checkpoints and rubric.
    Projects,
    /// Sets of questions that teachers share.
    Sharing,
    /// The page on which students look at an easier, a harder or another kind of question before they agree.
    WhatIf,
}

impl Feature {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Projects, Self::Sharing, Self::WhatIf];

    /// The name in forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Sharing => "sharing",
            Self::WhatIf => "what-if",
        }
    }
}

/// By when a course is planned to be through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The course.
    pub course: CourseId,
    /// The day on which it begins.
    pub first: Timestamp,
    /// The day on which all of its steps are planned to be mastered.
    pub last: Timestamp,
}

impl Pace {
    /// How many of a course's steps are planned to be mastered by now: evenly over the days, rounded down.
    #[must_use]
    pub fn planned(&self, steps: usize, now: Timestamp) -> usize {
        let (first, last) = (self.first.day(), self.last.day());
        let length = u128::try_from(last - first).unwrap_or(0).max(1);
        let gone = u128::try_from((now.day() - first).max(0)).unwrap_or(0);
        let planned = steps as u128 * gone.min(length) / length;
        usize::try_from(planned).unwrap_or(steps)
    }
}

/// How somebody stands to a pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// More steps than planned.
    Ahead,
    /// About as many: a step, or a twentieth of the course, more or less says nothing.
    AsPlanned,
    /// Fewer.
    Behind,
}

impl Track {
    /// Compares what is mastered with what was planned, of a course with this many steps.
    #[must_use]
    pub fn of(planned: usize, mastered: usize, steps: usize) -> Self {
        let slack = (steps / 20).max(1);
        if mastered > planned + slack {
            Self::Ahead
        } else if mastered + slack < planned {
            Self::Behind
        } else {
            Self::AsPlanned
        }
    }
}

/// A kind of evidence for a competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Answers that the program judged.
    Answers,
    /// A written answer that a teacher scored.
    Scored,
    /// A project that a teacher scored.
    Project,
    /// A teacher's own word that it is mastered.
    Word,
}

/// The kinds of evidence that a learner's events hold for each competency. What was taken back holds none.
#[must_use]
pub fn body_of_evidence(events: &[Recorded]) -> BTreeMap<CompetencyId, BTreeSet<Evidence>> {
    let taken_back = taken_back(events);
    let undone: BTreeSet<_> = events
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::DirectiveUndone { directive, .. } => Some(*directive),
            _ => None,
        })
        .collect();
    let mut body: BTreeMap<CompetencyId, BTreeSet<Evidence>> = BTreeMap::new();
    let mut add = |id: &CompetencyId, kind: Evidence| {
        body.entry(id.clone()).or_default().insert(kind);
    };
    let counts = |recorded: &&Recorded| !taken_back.contains(&recorded.decision);
    for recorded in events.iter().filter(counts) {
        match &recorded.event {
            Event::Responded { competency, .. } => add(competency, Evidence::Answers),
            Event::Scored { competency, .. } => add(competency, Evidence::Scored),
            Event::ProjectScored { criteria, .. } => {
                let about = criteria
                    .iter()
                    .filter_map(|one| Some(&one.says.as_ref()?.competency));
                about.for_each(|id| add(id, Evidence::Project));
            }
            Event::Directed { directive, .. } if !undone.contains(&directive.id) => {
                if let DirectiveKind::CountAsMastered(id) = &directive.kind {
                    add(id, Evidence::Word);
                }
            }
            _ => {}
        }
    }
    body
}

/// What graduation asks for in a course: so many steps mastered, each by so many kinds of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// The course.
    pub course: CourseId,
    /// How many steps; more than the course has means all.
    pub steps: u16,
    /// How many kinds of evidence each of them needs, from 1 to 3.
    pub kinds: u8,
}

/// How far somebody is with a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps that count.
    pub counted: usize,
    /// Steps that are mastered and lack a kind of evidence.
    pub lacking: usize,
    /// Steps that are asked for.
    pub asked: usize,
}

impl Requirement {
    /// How far somebody is who has mastered some of the course's steps, by this evidence.
    #[must_use]
    pub fn progress<'c>(
        &self,
        steps: usize,
        mastered: impl Iterator<Item = &'c CompetencyId>,
        body: &BTreeMap<CompetencyId, BTreeSet<Evidence>>,
    ) -> Progress {
        let (mut counted, mut lacking) = (0, 0);
        for id in mastered {
            let kinds = body.get(id).map_or(0, BTreeSet::len);
            if kinds >= usize::from(self.kinds) {
                counted += 1;
            } else {
                lacking += 1;
            }
        }
        Progress {
            counted,
            lacking,
            asked: steps.min(usize::from(self.steps)),
        }
    }
}

/// The steps of the scale in which levels are spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing was tried.
    NotBegun,
    /// Something was tried, and it is not mastered.
    Working,
    /// Mastered, or a look back is due.
    Mastered,
    /// Mastered a month ago or longer, and remembered.
    Kept,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 4] = [Self::NotBegun, Self::Working, Self::Mastered, Self::Kept];

    /// The name in forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotBegun => "not-begun",
            Self::Working => "working",
            Self::Mastered => "mastered",
            Self::Kept => "kept",
        }
    }

    /// The level of what counts so, was tried or not, and is mastered since then.
    #[must_use]
    pub fn of(mastery: Mastery, tried: bool, since: Option<Timestamp>, now: Timestamp) -> Self {
        match mastery {
            Mastery::NotYet if tried => Self::Working,
            Mastery::NotYet => Self::NotBegun,
            Mastery::Mastered if since.is_some_and(|at| now.days_since(at) >= KEPT_DAYS) => {
                Self::Kept
            }
            Mastery::Mastered | Mastery::Fading => Self::Mastered,
        }
    }
}

/// All that a district has agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreed {
    /// The most that the system may decide in any class.
    pub most: Mode,
    /// What is off.
    pub off: BTreeSet<Feature>,
    /// By when courses are planned to be through, one for each at most.
    pub paces: Vec<Pace>,
    /// What graduation asks for, one for each course at most.
    pub required: Vec<Requirement>,
    /// What levels are called, by language; a level or a language without a name keeps ours.
    pub names: BTreeMap<String, BTreeMap<Level, String>>,
}

/// What is wrong with what somebody wants to agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A course ends before it begins.
    Days,
    /// A course is named twice, or nothing is asked for.
    Requirement,
    /// A name is too long, or two levels have one name.
    Names,
}

impl Agreed {
    /// Whether something is on.
    #[must_use]
    pub fn is_on(&self, feature: Feature) -> bool {
        !self.off.contains(&feature)
    }

    /// The pace of a course.
    #[must_use]
    pub fn pace(&self, course: &CourseId) -> Option<&Pace> {
        self.paces.iter().find(|pace| pace.course == *course)
    }

    /// What a level is called in a language, where the district has a name for it.
    #[must_use]
    pub fn name(&self, language: &str, level: Level) -> Option<&str> {
        self.names.get(language)?.get(&level).map(String::as_str)
    }

    /// Looks whether it hangs together.
    ///
    /// # Errors
    /// [`Wrong`] that says what does not.
    pub fn check(&self) -> Result<(), Wrong> {
        let days = |pace: &Pace| pace.first.day() < pace.last.day();
        let paced: BTreeSet<_> = self.paces.iter().map(|pace| &pace.course).collect();
        if !self.paces.iter().all(days) || paced.len() != self.paces.len() {
            return Err(Wrong::Days);
        }
        let asks = |one: &Requirement| one.steps > 0 && (1..=3).contains(&one.kinds);
        let required: BTreeSet<_> = self.required.iter().map(|one| &one.course).collect();
        if !self.required.iter().all(asks) || required.len() != self.required.len() {
            return Err(Wrong::Requirement);
        }
        for names in self.names.values() {
            let different: BTreeSet<_> = names.values().collect();
            let fits = |name: &String| (1..=LONGEST_LEVEL).contains(&name.trim().chars().count());
            if different.len() != names.len() || !names.values().all(fits) {
                return Err(Wrong::Names);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec;

    fn course() -> CourseId {
        CourseId::new("course").unwrap()
    }

    fn id(name: &str) -> CompetencyId {
        CompetencyId::new(name).unwrap()
    }

    fn pace(days: i64) -> Pace {
        Pace {
            course: course(),
            first: Timestamp(0),
            last: Timestamp(0).plus_days(days),
        }
    }

    #[test]
    fn a_plan_grows_evenly_from_nothing_to_all() {
        let planned = |day| pace(100).planned(40, Timestamp(0).plus_days(day));
        assert_eq!(
            [-5, 0, 1, 50, 99, 100, 300].map(planned),
            [0, 0, 0, 20, 39, 40, 40]
        );
        assert_eq!(pace(0).planned(40, Timestamp(0)), 0);
        assert_eq!(pace(1).planned(usize::MAX, Timestamp(i64::MAX)), usize::MAX);
    }

    #[test]
    fn a_step_or_a_twentieth_is_as_planned() {
        for (planned, mastered, steps, track) in [
            (10, 11, 40, Track::AsPlanned),
            (10, 12, 40, Track::AsPlanned),
            (10, 13, 40, Track::Ahead),
            (10, 8, 40, Track::AsPlanned),
            (10, 7, 40, Track::Behind),
            (0, 1, 5, Track::AsPlanned),
            (0, 2, 5, Track::Ahead),
            (2, 0, 5, Track::Behind),
        ] {
            assert_eq!(
                Track::of(planned, mastered, steps),
                track,
                "{planned} {mastered}"
            );
        }
    }

    #[test]
    fn what_lacks_a_kind_of_evidence_does_not_count() {
        let body = BTreeMap::from([
            (
                id("a"),
                BTreeSet::from([Evidence::Answers, Evidence::Project]),
            ),
            (id("b"), BTreeSet::from([Evidence::Answers])),
        ]);
        let mastered = [id("a"), id("b"), id("c")];
        let progress = |kinds, steps| {
            Requirement {
                course: course(),
                steps,
                kinds,
            }
            .progress(30, mastered.iter(), &body)
        };
        let of = |counted, lacking, asked| Progress {
            counted,
            lacking,
            asked,
        };
        assert_eq!(progress(1, 20), of(2, 1, 20));
        assert_eq!(progress(2, 20), of(1, 2, 20));
        assert_eq!(progress(1, 500), of(2, 1, 30));
    }

    #[test]
    fn levels_follow_mastery_and_time() {
        let now = Timestamp(0).plus_days(100);
        let since = |days| Some(Timestamp(0).plus_days(days));
        for (mastery, tried, since, level) in [
            (Mastery::NotYet, false, None, Level::NotBegun),
            (Mastery::NotYet, true, None, Level::Working),
            (Mastery::Mastered, true, since(71), Level::Mastered),
            (Mastery::Mastered, true, since(70), Level::Kept),
            (Mastery::Mastered, false, None, Level::Mastered),
            (Mastery::Fading, true, since(0), Level::Mastered),
        ] {
            assert_eq!(Level::of(mastery, tried, since, now), level);
        }
    }

    #[test]
    fn what_does_not_hang_together_is_told() {
        let requirement = |steps, kinds| Requirement {
            course: course(),
            steps,
            kinds,
        };
        let with = |change: &dyn Fn(&mut Agreed)| {
            let mut agreed = Agreed::default();
            change(&mut agreed);
            agreed.check()
        };
        assert_eq!(with(&|_| {}), Ok(()));
        assert_eq!(with(&|all| all.paces = vec![pace(1)]), Ok(()));
        assert_eq!(with(&|all| all.paces = vec![pace(0)]), Err(Wrong::Days));
        assert_eq!(
            with(&|all| all.paces = vec![pace(1), pace(2)]),
            Err(Wrong::Days)
        );
        for (steps, kinds) in [(0, 1), (1, 0), (1, 4)] {
            let wrong = with(&|all| all.required = vec![requirement(steps, kinds)]);
            assert_eq!(wrong, Err(Wrong::Requirement));
        }
        let named = |names: &[(Level, &str)]| {
            let names = names
                .iter()
                .map(|(level, name)| (*level, (*name).to_string()));
            let names: BTreeMap<_, _> = names.collect();
            with(&|all| {
                all.names.insert("en".into(), names.clone());
            })
        };
        assert_eq!(named(&[(Level::Working, "On the way")]), Ok(()));
        assert_eq!(named(&[(Level::Working, " ")]), Err(Wrong::Names));
        let same = [(Level::Working, "One"), (Level::Kept, "One")];
        assert_eq!(named(&same), Err(Wrong::Names));
    }
}
