//! What needs a teacher: findings about single learners, gathered into cards and ranked by what waiting costs.
//!
//! A card must be right more often than it is interesting, so each kind has a threshold with a name below. A card says
//! what happened, as data; words are made at the edge.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::catalog::Catalog;
use crate::estimate::{CompetencyState, LearnerState, Recent};
use crate::framework::{CompetencyId, MixUpId};
use crate::id::PersonId;
use crate::mastery::{self, Mastery};
use crate::time::Timestamp;

/// Most cards of a day.
pub const MOST_CARDS: usize = 5;
/// Most cards of one kind, so that one trouble does not hide the others.
pub const MOST_OF_A_KIND: usize = 2;
/// Days that count as lately.
const LATELY_DAYS: f64 = 7.0;
/// Learners who must share a mix-up before it is the teacher's business.
const SHARED_BY: usize = 2;
/// First tries after which someone can be called stuck.
const STUCK_TRIES: u32 = 6;
/// The last attempts on a competency that are looked at for a rise.
const STUCK_LOOK: usize = 5;
/// Wrong attempts without one hint that show someone who does not ask.
const NOT_ASKING_WRONG: u32 = 5;
/// School days without an answer.
const IDLE_SCHOOL_DAYS: u32 = 5;
/// Days in which a mastery is fresh enough to be looked at by a person.
const FRESH_DAYS: f64 = 3.0;
/// Learners who must have mastered the same thing freshly.
const CHECK_TOGETHER: usize = 3;
/// Reviews waiting before they are said to slip.
const SLIPPING: u32 = 4;

/// Why a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardKind {
    /// Answers wait for the teacher to read them.
    ToCheck,
    /// Several learners show the same misconception.
    SharedMixUp,
    /// Many tries, low estimate, no rise.
    Stuck,
    /// Something mastered before is in doubt by the learner's own answers.
    Doubted,
    /// Wrong several times, and never a hint.
    NotAsking,
    /// No answer for a school week.
    Idle,
    /// Reviews pile up.
    Slipping,
    /// Several just mastered the same: worth a look by a person.
    ReadyToCheck,
}

impl CardKind {
    /// All kinds, for tests that demand words for each.
    pub const ALL: [Self; 8] = [
        Self::ToCheck,
        Self::SharedMixUp,
        Self::Stuck,
        Self::Doubted,
        Self::NotAsking,
        Self::Idle,
        Self::Slipping,
        Self::ReadyToCheck,
    ];

    /// A short name for dismissals and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ToCheck => "to-check",
            Self::SharedMixUp => "shared-mix-up",
            Self::Stuck => "stuck",
            Self::Doubted => "doubted",
            Self::NotAsking => "not-asking",
            Self::Idle => "idle",
            Self::Slipping => "slipping",
            Self::ReadyToCheck => "ready-to-check",
        }
    }

    /// What one more school day of waiting costs for one learner, in tenths of a lesson that goes to waste: the share of
    /// a lesson's work that teaches nothing, or the wrong thing, until someone looks. An ordering, not a measurement.
    fn cost_each(self) -> u32 {
        match self {
            // Practice makes a mix-up stronger.
            Self::SharedMixUp => 6,
            Self::Stuck => 8,
            Self::NotAsking | Self::Doubted => 4,
            // Somebody wrote, and hears nothing.
            Self::ToCheck | Self::Idle => 5,
            Self::Slipping => 2,
            Self::ReadyToCheck => 1,
        }
    }
}

/// What was seen about one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The misconception of the card showed in this many attempts lately; the last time at that moment.
    MixUp {
        /// Attempts.
        times: u32,
        /// The last of them.
        last_at: Timestamp,
    },
    /// Answers that wait.
    Waiting {
        /// How many.
        answers: u32,
        /// Since when the first of them waits.
        since: Timestamp,
    },
    /// Tries without a rise.
    Stuck {
        /// First tries so far.
        tries: u32,
        /// Of those, right without a hint.
        right_alone: u32,
        /// Hints opened in the last few attempts.
        hints: u32,
        /// The chance of getting the next one right, in tenths.
        next_right_tenths: u8,
    },
    /// Mastered, and doubted this many days ago.
    Doubted {
        /// Whole days.
        days: u32,
    },
    /// Wrong attempts lately, with no hint opened.
    NotAsking {
        /// Wrong at the first try.
        wrong: u32,
        /// Attempts.
        of: u32,
    },
    /// School days since the last answer; `None` when there never was one.
    Idle {
        /// School days.
        school_days: Option<u32>,
    },
    /// Reviews that wait.
    Slipping {
        /// How many.
        reviews: u32,
    },
    /// Mastered this many days ago.
    Mastered {
        /// Whole days.
        days: u32,
    },
}

/// What was seen about one learner, with the name under which it can be put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The learner.
    pub learner: PersonId,
    /// What was seen.
    pub seen: Seen,
    /// Stable while the same thing holds; of the form `kind:subject:learner`.
    pub name: String,
}

/// Something that needs a teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Why.
    pub kind: CardKind,
    /// Stable while the same thing holds; of the form `kind:subject`.
    pub name: String,
    /// The competency that it is about, where it is about one.
    pub competency: Option<CompetencyId>,
    /// The misconception that it is about.
    pub mix_up: Option<MixUpId>,
    /// Whom it is about, the most pressing first; never empty.
    pub findings: Vec<Finding>,
    /// What waiting costs a school day, in tenths of a lesson.
    pub cost: u32,
}

/// The cards of a section, dearest first, at most [`MOST_CARDS`]. Findings that were put away are left out before
/// learners are counted, so that a card returns only with news.
#[must_use]
pub fn cards(
    learners: &[(PersonId, &LearnerState)],
    catalog: &Catalog,
    dismissed: &[String],
    now: Timestamp,
) -> Vec<Card> {
    let mut drafts = Drafts {
        dismissed,
        gathered: BTreeMap::new(),
    };
    for (learner, state) in learners {
        waiting(&mut drafts, *learner, state, now);
        mix_ups(&mut drafts, *learner, state, now);
        let stuck = competencies(&mut drafts, *learner, state, catalog, now);
        if !stuck {
            not_asking(&mut drafts, *learner, state, now);
        }
    }
    idle(&mut drafts, learners, now);
    drafts.ranked()
}

/// What a card is about: a competency, a misconception, or nothing in particular.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Nothing,
    Competency(CompetencyId),
    MixUp(MixUpId, CompetencyId),
}

/// Cards in the making: findings by kind and subject, with what each weighs.
struct Drafts<'a> {
    dismissed: &'a [String],
    gathered: BTreeMap<(CardKind, Subject), Vec<(u32, Finding)>>,
}

impl Drafts<'_> {
    fn add(
        &mut self,
        kind: CardKind,
        subject: Subject,
        learner: PersonId,
        weight: u32,
        seen: Seen,
    ) {
        let name = format!("{}:{learner}", card_name(kind, &subject));
        if self.dismissed.contains(&name) {
            return;
        }
        let finding = Finding {
            learner,
            seen,
            name,
        };
        self.gathered
            .entry((kind, subject))
            .or_default()
            .push((weight, finding));
    }

    fn ranked(self) -> Vec<Card> {
        let mut cards: Vec<Card> = self
            .gathered
            .into_iter()
            .filter(|((kind, _), found)| found.len() >= least_learners(*kind))
            .map(|((kind, subject), found)| card(kind, &subject, found))
            .collect();
        // Equal costs keep the order of kinds, then of subjects: the same morning gives the same page.
        cards.sort_by_key(|card| Reverse(card.cost));
        let mut taken: Vec<Card> = Vec::new();
        for card in cards {
            let same = taken.iter().filter(|other| other.kind == card.kind).count();
            if same < MOST_OF_A_KIND && taken.len() < MOST_CARDS {
                taken.push(card);
            }
        }
        taken
    }
}

fn card_name(kind: CardKind, subject: &Subject) -> String {
    let subject = match subject {
        Subject::Nothing => "",
        Subject::Competency(id) => id.as_str(),
        Subject::MixUp(id, _) => id.as_str(),
    };
    format!("{}:{subject}", kind.key())
}

fn least_learners(kind: CardKind) -> usize {
    match kind {
        CardKind::SharedMixUp => SHARED_BY,
        CardKind::ReadyToCheck => CHECK_TOGETHER,
        _ => 1,
    }
}

fn card(kind: CardKind, subject: &Subject, mut found: Vec<(u32, Finding)>) -> Card {
    found.sort_by_key(|(weight, _)| Reverse(*weight));
    let learners = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let weights = found
        .iter()
        .fold(0u32, |sum, (weight, _)| sum.saturating_add(*weight));
    let cost = learners
        .saturating_mul(kind.cost_each())
        .saturating_add(weights);
    let (competency, mix_up) = match subject {
        Subject::Nothing => (None, None),
        Subject::Competency(id) => (Some(id.clone()), None),
        Subject::MixUp(mix_up, id) => (Some(id.clone()), Some(mix_up.clone())),
    };
    Card {
        kind,
        name: card_name(kind, subject),
        competency,
        mix_up,
        findings: found.into_iter().map(|(_, finding)| finding).collect(),
        cost,
    }
}

fn whole_days(now: Timestamp, earlier: Timestamp) -> u32 {
    u32::try_from(now.day().saturating_sub(earlier.day()).max(0)).unwrap_or(u32::MAX)
}

fn lately(state: &LearnerState, now: Timestamp) -> impl Iterator<Item = &Recent> {
    state
        .recent
        .iter()
        .filter(move |recent| now.days_since(recent.at) <= LATELY_DAYS)
}

/// Answers that a person has to read: each day of waiting makes them weigh more.
fn waiting(drafts: &mut Drafts<'_>, learner: PersonId, state: &LearnerState, now: Timestamp) {
    if let Some(oldest) = state.waiting.first() {
        let answers = u32::try_from(state.waiting.len()).unwrap_or(u32::MAX);
        let since = oldest.at;
        drafts.add(
            CardKind::ToCheck,
            Subject::Nothing,
            learner,
            answers.saturating_add(whole_days(now, since)),
            Seen::Waiting { answers, since },
        );
    }
}

/// A misconception counts for a learner while the last attempt on that competency was not right without help.
fn mix_ups(drafts: &mut Drafts<'_>, learner: PersonId, state: &LearnerState, now: Timestamp) {
    let mut shown: BTreeMap<(&MixUpId, &CompetencyId), (u32, Timestamp)> = BTreeMap::new();
    for recent in lately(state, now) {
        if let Some(mix_up) = &recent.mix_up {
            let entry = shown
                .entry((mix_up, &recent.competency))
                .or_insert((0, recent.at));
            *entry = (entry.0 + 1, entry.1.max(recent.at));
        }
    }
    for ((mix_up, competency), (times, last_at)) in shown {
        let overcome = state
            .recent
            .iter()
            .rev()
            .find(|recent| recent.competency == *competency)
            .is_some_and(|recent| recent.right_alone && recent.at > last_at);
        if !overcome {
            let subject = Subject::MixUp(mix_up.clone(), competency.clone());
            let seen = Seen::MixUp { times, last_at };
            drafts.add(CardKind::SharedMixUp, subject, learner, times, seen);
        }
    }
}

/// What single competencies tell. Returns whether the learner is stuck somewhere.
fn competencies(
    drafts: &mut Drafts<'_>,
    learner: PersonId,
    state: &LearnerState,
    catalog: &Catalog,
    now: Timestamp,
) -> bool {
    let (mut any_stuck, mut reviews) = (false, 0u32);
    for begun in &state.competencies {
        let id = &begun.competency;
        if catalog.competency(id).is_none() {
            continue;
        }
        let subject = || Subject::Competency(id.clone());
        match mastery::mastery(state, id, now) {
            Mastery::Fading => reviews += 1,
            Mastery::Mastered => {}
            Mastery::NotYet => {
                if let Some(seen) = stuck(state, begun, now) {
                    any_stuck = true;
                    drafts.add(
                        CardKind::Stuck,
                        subject(),
                        learner,
                        begun.first_tries / 3,
                        seen,
                    );
                } else if let Some(at) = begun
                    .doubted_at
                    .filter(|at| now.days_since(*at) <= LATELY_DAYS)
                {
                    let days = whole_days(now, at);
                    drafts.add(
                        CardKind::Doubted,
                        subject(),
                        learner,
                        0,
                        Seen::Doubted { days },
                    );
                }
            }
        }
        if let Some(at) = begun
            .mastered_at
            .filter(|at| now.days_since(*at) <= FRESH_DAYS)
        {
            let days = whole_days(now, at);
            drafts.add(
                CardKind::ReadyToCheck,
                subject(),
                learner,
                0,
                Seen::Mastered { days },
            );
        }
    }
    if reviews >= SLIPPING {
        let seen = Seen::Slipping { reviews };
        drafts.add(
            CardKind::Slipping,
            Subject::Nothing,
            learner,
            reviews / SLIPPING,
            seen,
        );
    }
    any_stuck
}

fn stuck(state: &LearnerState, begun: &CompetencyState, now: Timestamp) -> Option<Seen> {
    if begun.first_tries < STUCK_TRIES || now.days_since(begun.last_at) > LATELY_DAYS {
        return None;
    }
    let believed = mastery::believed(state, &begun.competency);
    let last: Vec<&Recent> = state
        .recent
        .iter()
        .rev()
        .filter(|recent| recent.competency == begun.competency)
        .take(STUCK_LOOK)
        .collect();
    let right = last.iter().filter(|recent| recent.right_alone).count();
    if believed.known >= 0.5 || right > 1 || last.is_empty() {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a probability in tenths is 0 to 10"
    )]
    let next_right_tenths = libm::round(believed.next_right * 10.0).clamp(0.0, 10.0) as u8;
    Some(Seen::Stuck {
        tries: begun.first_tries,
        right_alone: begun.right_alone,
        hints: last.iter().map(|recent| recent.hints).sum(),
        next_right_tenths,
    })
}

/// Wrong many times lately, and not one hint opened: shy, or guessing.
fn not_asking(drafts: &mut Drafts<'_>, learner: PersonId, state: &LearnerState, now: Timestamp) {
    let (mut wrong, mut of, mut hints) = (0u32, 0u32, 0u32);
    for recent in lately(state, now) {
        of += 1;
        wrong += u32::from(!recent.right_alone);
        hints = hints.saturating_add(recent.hints);
    }
    if hints == 0 && wrong >= NOT_ASKING_WRONG && wrong * 2 >= of {
        let seen = Seen::NotAsking { wrong, of };
        drafts.add(
            CardKind::NotAsking,
            Subject::Nothing,
            learner,
            wrong / 3,
            seen,
        );
    }
}

/// Learners who have not answered for a school week. When that holds for more than half of the section there was a
/// holiday or a class test, and nobody is named.
fn idle(drafts: &mut Drafts<'_>, learners: &[(PersonId, &LearnerState)], now: Timestamp) {
    let mut found = Vec::new();
    for (learner, state) in learners {
        let last = state.competencies.iter().map(|begun| begun.last_at).max();
        let school_days = last.map(|last| school_days_between(last, now));
        if school_days.is_none_or(|days| days >= IDLE_SCHOOL_DAYS) {
            found.push((*learner, school_days));
        }
    }
    if found.len() * 2 > learners.len() {
        return;
    }
    for (learner, school_days) in found {
        let weight = school_days.unwrap_or(IDLE_SCHOOL_DAYS).min(20) / IDLE_SCHOOL_DAYS;
        let seen = Seen::Idle { school_days };
        drafts.add(CardKind::Idle, Subject::Nothing, learner, weight, seen);
    }
}

/// Whole school days, Monday to Friday, after the day of `earlier` and before the day of `now`, plus today when today is
/// one. Holidays are not known here.
fn school_days_between(earlier: Timestamp, now: Timestamp) -> u32 {
    let (first, last) = (earlier.day().saturating_add(1), now.day());
    if first > last {
        return 0;
    }
    let span = last - first + 1;
    let whole_weeks = span / 7;
    // 1970-01-01 was a Thursday: day 0 has weekday 3, counted from Monday.
    let rest = (first + whole_weeks * 7..=last)
        .filter(|day| (day + 3).rem_euclid(7) < 5)
        .count();
    let rest = i64::try_from(rest).unwrap_or(0);
    u32::try_from(whole_weeks * 5 + rest).unwrap_or(u32::MAX)
}

impl Card {
    /// The names under which all of its findings are put away.
    pub fn dismissals(&self) -> impl Iterator<Item = String> + '_ {
        self.findings.iter().map(|finding| finding.name.to_string())
    }
}

#[cfg(test)]
mod tests;
