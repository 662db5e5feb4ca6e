//! What can be seen of single learners in a class: pure functions of what is believed, each with a threshold that has a
//! name. `trellis simulate cards` says how often each is right.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::draft::{CardKind, Drafts, Seen, Subject};
use crate::catalog::Catalog;
use crate::estimate::{CompetencyState, LearnerState, Recent};
use crate::framework::{CompetencyId, MixUpId};
use crate::id::PersonId;
use crate::mastery::{self, Mastery};
use crate::model::RunningModel;
use crate::people::{About, Matter, MatterKind};
use crate::time::Timestamp;

/// Days that count as lately.
const LATELY_DAYS: f64 = 7.0;
/// Times that a learner must have shown a mix-up: one wrong answer may look like one by chance.
const SHOWN_EACH: u32 = 2;
/// First tries after which someone can be called stuck.
const STUCK_TRIES: u32 = 6;
/// The last attempts on a competency that are looked at for a rise, and how many of them may be right by luck.
const STUCK_LOOK: usize = 5;
const STUCK_LUCK: usize = 2;
/// Below this probability of knowing somebody can be called stuck.
const STUCK_BELOW: f64 = 0.3;
/// Wrong attempts without one hint that show someone who does not ask, and their least share of all attempts, in tenths.
const NOT_ASKING_WRONG: u32 = 5;
const NOT_ASKING_TENTHS: u32 = 4;
/// School days without an answer.
const IDLE_SCHOOL_DAYS: u32 = 5;
/// How unlikely an absence must be for somebody who comes as often as their last answers tell: who often misses a day is
/// not away yet.
const IDLE_UNLIKELY: f64 = 0.01;
/// The part of a class that makes a day of the class by answering on it: one in so many.
const CLASS_DAY: usize = 4;
/// Below this probability of knowing, what was mastered and then missed is something that a person should look at: one slip
/// is none.
const DOUBTED_BELOW: f64 = 0.5;
/// Below this probability of knowing, a wrong answer that looks like a mix-up is taken for one and not for a slip.
const MIXED_UP_BELOW: f64 = 0.5;
/// Days in which a mastery is fresh enough to be looked at by a person.
const FRESH_DAYS: f64 = 3.0;
/// Reviews waiting before they are said to slip.
const SLIPPING: u32 = 4;
/// What is expected to be forgotten of what was mastered before reviews are said to slip, in competencies.
const SLIPPED: f64 = 1.2;

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
pub(super) fn waiting(
    drafts: &mut Drafts<'_>,
    learner: PersonId,
    state: &LearnerState,
    now: Timestamp,
) {
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

/// What a learner's last answers say about one misconception.
#[derive(Default)]
struct Shown {
    times: u32,
    /// Wrong answers where it could have shown and did not.
    otherwise: u32,
    last_at: Timestamp,
}

/// Whether it is more than chance: it shows again, and in nearly all wrong answers that could show it.
fn is_held(shown: &Shown) -> bool {
    shown.times >= SHOWN_EACH && shown.times > 2 * shown.otherwise
}

/// Misconceptions that several share. One counts for a learner while most of their wrong answers that could show it do,
/// and until an answer that is right without help.
pub(super) fn mix_ups(
    drafts: &mut Drafts<'_>,
    learners: &[(PersonId, &LearnerState)],
    catalog: &Catalog,
    now: Timestamp,
) {
    for (learner, state) in learners {
        for ((mix_up, competency), shown) in shown_by(state, catalog, now) {
            let known = || mastery::believed(catalog.model(), state, &competency).known;
            if is_held(&shown) && known() <= MIXED_UP_BELOW {
                let subject = Subject::MixUp(mix_up, competency);
                let Shown { times, last_at, .. } = shown;
                let seen = Seen::MixUp { times, last_at };
                drafts.add(CardKind::SharedMixUp, subject, *learner, times, seen);
            }
        }
    }
}

/// The misconceptions that a learner holds by their last answers, where, and how often each showed.
pub(crate) fn mix_ups_of_learner(
    state: &LearnerState,
    catalog: &Catalog,
    now: Timestamp,
) -> Vec<(MixUpId, CompetencyId, u32)> {
    let shown = shown_by(state, catalog, now).into_iter();
    shown
        .filter(|(_, shown)| is_held(shown))
        .map(|((mix_up, id), shown)| (mix_up, id, shown.times))
        .collect()
}

fn shown_by(
    state: &LearnerState,
    catalog: &Catalog,
    now: Timestamp,
) -> BTreeMap<(MixUpId, CompetencyId), Shown> {
    let mut shown: BTreeMap<(MixUpId, CompetencyId), Shown> = BTreeMap::new();
    for recent in lately(state, now) {
        if let Some(mix_up) = &recent.mix_up {
            let about = (mix_up.clone(), recent.competency.clone());
            let shown = shown.entry(about).or_default();
            shown.times += 1;
            shown.last_at = shown.last_at.max(recent.at);
        }
    }
    shown.retain(|(mix_up, competency), shown| {
        for recent in lately(state, now).filter(|recent| recent.competency == *competency) {
            let could = !recent.right_alone && recent.mix_up.as_ref() != Some(mix_up);
            if could && knows_mix_up(catalog, recent, mix_up) {
                shown.otherwise += 1;
            }
        }
        let last = state.recent.iter().rev();
        let last = last.clone().find(|recent| recent.competency == *competency);
        !last.is_some_and(|recent| recent.right_alone && recent.at > shown.last_at)
    });
    shown
}

/// Whether a wrong answer to the item of an attempt could have shown a mix-up.
fn knows_mix_up(catalog: &Catalog, recent: &Recent, mix_up: &MixUpId) -> bool {
    catalog
        .item(&recent.item)
        .and_then(|item| item.template())
        .is_some_and(|template| {
            let mut known = template.source().mix_ups.iter();
            known.any(|known| known.id == *mix_up)
        })
}

/// What single competencies tell. Returns whether the learner is stuck somewhere.
pub(super) fn competencies(
    drafts: &mut Drafts<'_>,
    learner: PersonId,
    state: &LearnerState,
    catalog: &Catalog,
    now: Timestamp,
) -> bool {
    let (mut any_stuck, mut reviews, mut forgotten) = (false, 0u32, 0.0);
    for begun in &state.competencies {
        let id = &begun.competency;
        if catalog.competency(id).is_none() {
            continue;
        }
        let subject = || Subject::Competency(id.clone());
        match mastery::mastery(state, id, now) {
            Mastery::Fading => {
                reviews += 1;
                forgotten += 1.0 - mastery::recall(begun, now).unwrap_or(1.0);
            }
            Mastery::Mastered => {}
            Mastery::NotYet => {
                if let Some(seen) = stuck(catalog.model(), state, begun, now) {
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
                    .filter(|_| begun.misses > 0 && begun.run == 0)
                    .filter(|_| {
                        mastery::believed(catalog.model(), state, id).known <= DOUBTED_BELOW
                    })
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
    if reviews >= SLIPPING && forgotten >= SLIPPED {
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

fn stuck(
    model: &RunningModel,
    state: &LearnerState,
    begun: &CompetencyState,
    now: Timestamp,
) -> Option<Seen> {
    if begun.first_tries < STUCK_TRIES || now.days_since(begun.last_at) > LATELY_DAYS {
        return None;
    }
    let believed = mastery::believed(model, state, &begun.competency);
    let last: Vec<&Recent> = state
        .recent
        .iter()
        .rev()
        .filter(|recent| recent.competency == begun.competency)
        .take(STUCK_LOOK)
        .collect();
    let right = last.iter().filter(|recent| recent.right_alone).count();
    // After a right answer luck has had its turn.
    let luck = if begun.run == 0 {
        right <= STUCK_LUCK
    } else {
        !last.is_empty() && right < STUCK_LUCK
    };
    if believed.known >= STUCK_BELOW || !luck {
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
pub(super) fn not_asking(
    drafts: &mut Drafts<'_>,
    learner: PersonId,
    state: &LearnerState,
    now: Timestamp,
) {
    let (mut wrong, mut of, mut hints) = (0u32, 0u32, 0u32);
    for recent in lately(state, now) {
        of += 1;
        wrong += u32::from(!recent.right_alone);
        hints = hints.saturating_add(recent.hints);
    }
    if hints == 0 && wrong >= NOT_ASKING_WRONG && wrong * 10 >= of * NOT_ASKING_TENTHS {
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

/// Learners who have not answered for a school week, while the class worked on more days than they
/// usually miss. When that
/// holds for more than half of the section there was a holiday or a class test, and nobody is named.
pub(super) fn idle(
    drafts: &mut Drafts<'_>,
    learners: &[(PersonId, &LearnerState)],
    now: Timestamp,
) {
    let class_days = class_days(learners);
    let missed = |after: i64, until: i64| {
        let days = class_days
            .iter()
            .filter(|day| (after + 1..until).contains(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    };
    let mut found = Vec::new();
    for (learner, state) in learners {
        let last = state.competencies.iter().map(|begun| begun.last_at).max();
        let Some(last) = last else {
            found.push((*learner, None));
            continue;
        };
        let days = active_days(state);
        let first = days.first().copied().unwrap_or(last.day());
        let attended = u32::try_from(days.len()).unwrap_or(u32::MAX);
        let of = missed(first - 1, last.day() + 1).max(attended);
        let stays_away = 1.0 - f64::from(attended) / f64::from(of.saturating_add(1));
        let away = f64::from(missed(last.day(), now.day() + 1));
        let school_days = school_days_between(last, now);
        if school_days >= IDLE_SCHOOL_DAYS && libm::pow(stays_away, away) <= IDLE_UNLIKELY {
            found.push((*learner, Some(school_days)));
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

/// The days of a learner's last answers.
fn active_days(state: &LearnerState) -> BTreeSet<i64> {
    state.recent.iter().map(|recent| recent.at.day()).collect()
}

/// The days on which a part of the class answered that makes it a day of the class, as far as last answers go back.
fn class_days(learners: &[(PersonId, &LearnerState)]) -> BTreeSet<i64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for (_, state) in learners {
        for day in active_days(state) {
            *counts.entry(day).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count * CLASS_DAY >= learners.len());
    counts.into_keys().collect()
}

/// Whole school days, Monday to Friday, after the day of `earlier` and before the day of `now`, plus today when today is
/// one. Holidays are not known here.
pub(super) fn school_days_between(earlier: Timestamp, now: Timestamp) -> u32 {
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

/// What was raised and waits for an answer: each day of waiting makes it weigh more.
pub(super) fn raised(drafts: &mut Drafts<'_>, matters: &[Matter], now: Timestamp) {
    for matter in matters.iter().filter(|matter| matter.answered.is_none()) {
        let About::Learner(learner) = matter.about else {
            continue;
        };
        let (kind, subject) = match (matter.kind, &matter.competency) {
            (MatterKind::Disagreement, Some(id)) => {
                (CardKind::Disagrees, Subject::Competency(id.clone()))
            }
            (MatterKind::Disagreement, None) => (CardKind::Disagrees, Subject::Nothing),
            (MatterKind::Assessment, Some(id)) => {
                (CardKind::AsksToShow, Subject::Competency(id.clone()))
            }
            (MatterKind::Assessment, None) => (CardKind::AsksToShow, Subject::Nothing),
            (MatterKind::Question | MatterKind::Objection, _) => {
                (CardKind::FamilyAsks, Subject::Nothing)
            }
            (MatterKind::Support, _) => continue,
        };
        let seen = Seen::Raised {
            matter: matter.id,
            since: matter.at,
        };
        drafts.add(kind, subject, learner, whole_days(now, matter.at), seen);
    }
}
