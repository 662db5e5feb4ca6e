//! The rule that calls a competency mastered, with its stated bound, and what is believed by it and by the running model.
//!
//! The rule is [`LowerBoundMastery::running`]: a right answer of one's own after which it is 90 % sure that a fresh average
//! item would be answered right at least [`FRESH_RIGHT`] of the time, whichever way the learner learns; the probability of
//! not knowing is at most [`bound`]; at least [`LEAST_RIGHT_ALONE`] answers were right at the first try without hints, on
//! at least [`LEAST_ITEMS`] different items.

mod credit;
mod explain;

use trellis_stats::memory::Memory;
use trellis_stats::probability::Probability;
use trellis_stats::tracing::Opportunity;
use trellis_stats::tracing::bkt::BktState;
use trellis_stats::tracing::mastery::LowerBoundMastery;

pub use credit::{RIGHT_FROM, credit, weighed_credit};
pub use explain::{LEAST_PART, after_right, because, explained, next};

use crate::estimate::{Believed, CompetencyState, LearnerState, Level};
use crate::event::Evidence;
use crate::framework::{CompetencyId, ItemId};
use crate::model::{self, OPEN_GUESS, RuleState, RunningModel, SLIP};
use crate::plan::DirectiveKind;
use crate::time::Timestamp;

/// From this chance of a right answer on a fresh average item on, one has mastered.
pub const FRESH_RIGHT: f64 = 0.8;
/// How sure the rule is of it.
pub const SURENESS: f64 = 0.9;
/// First tries that must have been right without hints.
pub const LEAST_RIGHT_ALONE: u32 = 3;
/// Different items that the rule needs.
pub const LEAST_ITEMS: u32 = 2;
/// Below this probability of knowing, a mastered competency is doubted.
pub const DOUBT_BELOW: f64 = 0.60;
/// After this many wrong first tries in a row, a mastered competency is doubted.
pub const DOUBT_AFTER_MISSES: u32 = 2;
/// From this chance of remembering downwards a review is due.
pub const REVIEW_BELOW: f64 = 0.90;
/// What an answer counts for in the interval around a probability of knowing: that of an open one, for all.
const EVIDENCE_EACH: f64 = 0.77;

/// The rule that runs.
fn rule() -> LowerBoundMastery {
    LowerBoundMastery {
        threshold: FRESH_RIGHT,
        doubt: 1.0 - SURENESS,
        least_independent: LEAST_RIGHT_ALONE,
        ..LowerBoundMastery::running()
    }
}

/// The most that the probability of not knowing may be when a right answer to an item with this guess rate decides.
#[must_use]
pub fn bound(guess: f64) -> f64 {
    rule().bounds.at(Probability::clamped(guess)).get()
}

/// One answer as the models of `trellis-stats` read it.
#[must_use]
pub fn opportunity(id: &CompetencyId, item: &ItemId, evidence: &Evidence) -> Opportunity {
    Opportunity {
        competency: model::competency_key(id),
        item: model::item_key(item),
        guess: Probability::clamped(evidence.guess),
        slip: Probability::clamped(evidence.slip),
        hints_used: evidence.hints,
        earlier_tries: evidence.earlier,
        seconds_since_practice: evidence.gap_s,
    }
}

/// What knowledge tracing says of a competency, in its own terms.
fn knows(competency: Option<&CompetencyState>) -> BktState {
    let tries = competency.map_or(0, |competency| competency.first_tries);
    BktState {
        known: known_of(competency),
        evidence: EVIDENCE_EACH * f64::from(tries),
        opportunities: tries,
        independent: competency.map_or(0, |competency| competency.right_alone.min(tries)),
    }
}

fn known_of(competency: Option<&CompetencyState>) -> f64 {
    let rule_state = competency.map_or_else(RuleState::default, |competency| competency.rule);
    rule().known(rule_state.get()).get()
}

/// What is believed about a competency, and the chance that a fresh open item on it is answered right without help.
#[must_use]
pub fn believed(model: &RunningModel, state: &LearnerState, id: &CompetencyId) -> Believed {
    let knows = knows(state.competency(id));
    let next = model.next(&state.model, id, &knows).probability;
    let (low, high) = model.interval(&state.model, id, &knows, next);
    Believed {
        known: knows.known,
        low: low.get(),
        high: high.get(),
        next_right: next.get(),
    }
}

/// Takes one piece of evidence into the rule and into the model's memory. The competency must be in the state's list.
pub fn revise(state: &mut LearnerState, id: &CompetencyId, item: &ItemId, evidence: &Evidence) {
    let at = opportunity(id, item, evidence);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "single precision is what the model keeps, and what it wrote"
    )]
    let said = evidence.difficulty.map(|log_odds| log_odds as f32);
    let difficulty = said.unwrap_or_else(|| model::unsaid(evidence.guess));
    state.model.follow(&at, difficulty, evidence.right);
    let competency = state
        .competencies
        .iter_mut()
        .find(|known| known.competency == *id);
    if let Some(competency) = competency {
        competency.rule.observe(&rule(), &at, evidence.right);
    }
}

/// The probability of knowing alone, for rules that weigh many competencies and need no interval.
#[must_use]
pub fn known(state: &LearnerState, id: &CompetencyId) -> f64 {
    known_of(state.competency(id))
}

/// The probability of knowing the competency at a place of the state's list; of one without a place as [`known`] says.
#[must_use]
pub(crate) fn known_at(state: &LearnerState, place: Option<usize>) -> f64 {
    known_of(place.and_then(|place| state.competencies.get(place)))
}

/// How many right answers in a row, at first tries on items that are new, would meet the rule; `None` when more than
/// `most` are needed.
#[must_use]
pub fn right_needed(state: &LearnerState, id: &CompetencyId, most: u8) -> Option<u8> {
    let competency = state.competency(id)?;
    let guess = Probability::clamped(OPEN_GUESS);
    let mut at = Opportunity::first_try(
        model::competency_key(id),
        model::item_key(&ItemId::default()),
        guess,
    );
    at.slip = Probability::clamped(SLIP);
    at.seconds_since_practice = Some(60);
    let mut ahead = competency.rule;
    (1..=most).find(|count| {
        ahead.observe(&rule(), &at, true);
        rule().holds(ahead.get(), guess) && competency.items + u32::from(*count) >= LEAST_ITEMS
    })
}

/// Whether the rule for mastery holds after an answer to an item with this guess rate, by evidence alone.
#[must_use]
pub fn rule_holds(state: &LearnerState, id: &CompetencyId, guess: f64) -> bool {
    let Some(competency) = state.competency(id) else {
        return false;
    };
    rule().holds(competency.rule.get(), Probability::clamped(guess))
        && competency.items >= LEAST_ITEMS
        && competency.run >= 1
}

/// Whether a mastered competency has become doubtful: the estimate fell, or the last first tries were wrong, one after
/// the other. The second matters after long mastery, where the estimate alone would need many wrong answers to move.
#[must_use]
pub fn is_doubtful(state: &LearnerState, id: &CompetencyId) -> bool {
    let misses = state
        .competency(id)
        .map_or(0, |competency| competency.misses);
    known(state, id) < DOUBT_BELOW || misses >= DOUBT_AFTER_MISSES
}

/// The chance of remembering now, 0 to 1; `None` when nothing was ever right.
#[must_use]
pub fn recall(competency: &CompetencyState, now: Timestamp) -> Option<f64> {
    let remembered = competency.memory?;
    let days = now.days_since(remembered.at);
    Some(
        Memory::default()
            .retrievability_after(&remembered.state, days)
            .get(),
    )
}

/// When the chance of remembering falls to [`REVIEW_BELOW`]; `None` when nothing was ever right.
#[must_use]
pub fn due_at(competency: &CompetencyState) -> Option<Timestamp> {
    let remembered = competency.memory?;
    let bound = Probability::clamped(REVIEW_BELOW);
    let days = Memory::default().next_interval_days(&remembered.state, bound);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most a few hundred years of milliseconds"
    )]
    let after_ms = libm::floor(days * 86_400_000.0) as i64;
    Some(remembered.at.plus_ms(after_ms))
}

/// How a competency counts: by the rule, unless a teacher decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mastery {
    /// Not mastered.
    NotYet,
    /// Mastered and remembered.
    Mastered,
    /// Mastered; a review is due.
    Fading,
}

/// How a competency counts now.
#[must_use]
pub fn mastery(state: &LearnerState, id: &CompetencyId, now: Timestamp) -> Mastery {
    mastery_of(state, id, state.competency(id), now)
}

/// How a competency counts now, for those who have looked up what is kept about it.
#[must_use]
pub(crate) fn mastery_of(
    state: &LearnerState,
    id: &CompetencyId,
    competency: Option<&CompetencyState>,
    now: Timestamp,
) -> Mastery {
    let decided = state
        .directives
        .iter()
        .rev()
        .find_map(|directive| match &directive.kind {
            DirectiveKind::CountAsMastered(about) if about == id => Some(true),
            DirectiveKind::NotYet(about) if about == id => Some(false),
            _ => None,
        });
    let by_rule = competency.is_some_and(|competency| competency.mastered_at.is_some());
    if !decided.unwrap_or(by_rule) {
        return Mastery::NotYet;
    }
    match competency.and_then(|competency| recall(competency, now)) {
        Some(recall) if recall < REVIEW_BELOW => Mastery::Fading,
        _ => Mastery::Mastered,
    }
}

/// Where a learner stands, in the five steps that pages show.
#[must_use]
pub fn level(state: &LearnerState, id: &CompetencyId, now: Timestamp) -> Level {
    if mastery(state, id, now) != Mastery::NotYet {
        return Level::Mastered;
    }
    if state.competency(id).is_none() {
        return Level::NotStarted;
    }
    match known(state, id) {
        known if known < 0.40 => Level::Starting,
        known if known < 0.75 => Level::Growing,
        _ => Level::Strong,
    }
}
