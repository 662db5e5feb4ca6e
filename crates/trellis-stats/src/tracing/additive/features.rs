//! From a learner's state and an opportunity to the signed parts of a prediction.

use super::super::{Opportunity, TermKind};
use super::difficulty::Difficulty;
use super::parts::{Family, Parts};
use super::sigmoid;
use super::state::{AdditiveLearner, NONE, SkillMemory};

/// `ln(1 + n)`; the small counts that nearly all are come from a table.
#[derive(Clone)]
pub(super) struct LogTable([f32; 128]);

impl core::fmt::Debug for LogTable {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("LogTable")
    }
}

impl LogTable {
    pub(super) fn new() -> Self {
        let mut count = 0.0;
        Self(core::array::from_fn(|_| {
            count += 1.0;
            libm::logf(count)
        }))
    }

    #[inline]
    fn of(&self, n: u32) -> f32 {
        let place = usize::try_from(n).unwrap_or(usize::MAX);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a count this large needs no last digit"
        )]
        let far = || libm::logf(1.0 + n as f32);
        self.0.get(place).copied().unwrap_or_else(far)
    }
}

#[inline]
fn pattern(bits: u32, count: u32, most: u32) -> u32 {
    let kept = count.min(most);
    (1 << kept) | (bits & ((1 << kept) - 1))
}

/// Fills `out` with the active parts.
///
/// Parts that belong to one item are left out while nobody has answered it: their places in the
/// hash may be those of other weights. So are those of a competency that the model does not know.
pub(super) fn collect(
    out: &mut impl Parts,
    log: &LogTable,
    state: &AdditiveLearner,
    at: &Opportunity,
    difficulty: Difficulty,
) {
    let fresh = SkillMemory::new(at.competency.0);
    let own = state.skill(at.competency.0).unwrap_or(&fresh);
    of_the_learner(out, log, state);
    on_the_skill(out, log, state, own, difficulty.skill_known);
    on_the_item(out, log, state, own, at, difficulty);
}

/// What is the same for everything that a learner may be asked next.
pub(super) fn of_the_learner(out: &mut impl Parts, log: &LogTable, state: &AdditiveLearner) {
    out.add(Family::Base, 0, 0, 1.0, TermKind::Base);
    let ability = TermKind::Ability;
    if state.attempts > 0 {
        out.add(Family::Counts, 2, 0, log.of(state.attempts), ability);
        out.add(Family::Counts, 3, 0, log.of(state.wins), ability);
    }
    out.add(Family::Ability, 0, 0, state.ability, ability);
    let doubt = libm::sqrtf(state.variance);
    out.add(Family::Ability, 3, 0, doubt, ability);
    for (place, residual) in (0..).zip(state.residuals) {
        out.add(Family::Faded, place, 0, residual * 2.0, TermKind::Recent);
    }
    let bits = pattern(state.bits, state.attempts, 8);
    out.add(Family::LongPattern, bits, 0, 0.8, TermKind::Recent);
}

/// What is the same for every item of one competency; `known` where the model has weights for it alone.
pub(super) fn on_the_skill(
    out: &mut impl Parts,
    log: &LogTable,
    state: &AdditiveLearner,
    own: &SkillMemory,
    known: bool,
) {
    let practice = TermKind::Practice;
    let (attempts, bits) = (u32::from(own.attempts), u32::from(own.bits));
    if attempts > 0 {
        out.add(Family::Counts, 4, 0, log.of(attempts), practice);
        let wins = log.of(u32::from(own.wins));
        out.add(Family::Counts, 5, 0, wins, practice);
        let gap = state.attempts.wrapping_sub(own.last_place);
        let size = (32 - gap.leading_zeros()).min(12);
        out.add(Family::Gap, size, bits & 1, 1.0, TermKind::Forgetting);
    }
    out.add(Family::Ability, 1, 0, own.ability, practice);
    out.add(Family::Faded, 4, 0, own.fast * 2.0, practice);
    out.add(Family::Faded, 5, 0, own.slow * 2.0, practice);
    let lately = pattern(bits, attempts, 3);
    out.add(Family::SkillPattern, lately, 0, 1.0, TermKind::Recent);
    if known {
        of_the_skill(out, log, state, own);
        transfer(out, state, own.key);
    }
}

/// What differs from item to item.
pub(super) fn on_the_item(
    out: &mut impl Parts,
    log: &LogTable,
    state: &AdditiveLearner,
    own: &SkillMemory,
    at: &Opportunity,
    difficulty: Difficulty,
) {
    let item = at.item.0;
    let log_odds = difficulty.log_odds;
    out.add(Family::Difficulty, 0, 0, log_odds, TermKind::Item);
    let seen = state.item(item);
    if let Some(seen) = seen {
        let (attempts, wins) = (u32::from(seen.attempts), u32::from(seen.wins));
        out.add(Family::Counts, 0, 0, log.of(attempts), TermKind::SameItem);
        out.add(Family::Counts, 1, 0, log.of(wins), TermKind::SameItem);
    }
    let last = seen.map_or(0, |seen| u32::from(seen.last));
    out.add(Family::ItemLast, last, 0, 1.0, TermKind::SameItem);
    let expected = log_odds + state.ability + own.ability;
    let likely = sigmoid(expected) * 4.0 - 2.0;
    out.add(Family::Ability, 2, 0, likely, TermKind::Ability);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=23"
    )]
    let bucket = ((expected + 4.0) * 3.0).clamp(0.0, 23.0) as u32;
    out.add(Family::Expected, bucket, 0, 1.0, TermKind::Ability);
    sequence(out, state, item, own.key);
    if difficulty.known {
        of_the_item(out, state, item);
    }
    circumstances(out, own, at);
}

fn sequence(out: &mut impl Parts, state: &AdditiveLearner, item: u32, skill: u32) {
    if state.attempts == 0 {
        return;
    }
    let right = state.bits & 1;
    let same = if state.previous_item == item {
        0
    } else if state.previous_skill == skill {
        2
    } else {
        4
    };
    out.add(Family::Same, same + right, 0, 1.0, TermKind::Sequence);
}

/// Weights that this competency has for itself.
fn of_the_skill(out: &mut impl Parts, log: &LogTable, state: &AdditiveLearner, own: &SkillMemory) {
    let skill = own.key;
    out.add(Family::Skill, skill, 0, 1.0, TermKind::Competency);
    let ability = state.ability * 0.5;
    out.add(Family::SkillAbility, skill, 0, ability, TermKind::Ability);
    if own.attempts > 0 {
        let (attempts, wins) = (u32::from(own.attempts), u32::from(own.wins));
        let practice = TermKind::Practice;
        out.add(Family::SkillAttempts, skill, 0, log.of(attempts), practice);
        out.add(Family::SkillWins, skill, 0, log.of(wins), practice);
        out.add(Family::SkillSlow, skill, 0, own.slow, practice);
        let on_skill = pattern(u32::from(own.bits), attempts, 3);
        let recent = TermKind::Recent;
        out.add(Family::SkillOwnPattern, skill, on_skill, 0.6, recent);
    }
    if state.attempts > 0 {
        let pair = state
            .previous_skill
            .wrapping_mul(2)
            .wrapping_add(state.bits & 1);
        out.add(Family::SkillPair, skill, pair, 0.7, TermKind::Sequence);
    }
}

/// Weights that this item has for itself.
fn of_the_item(out: &mut impl Parts, state: &AdditiveLearner, item: u32) {
    out.add(Family::Item, item, 0, 1.0, TermKind::Item);
    out.add(
        Family::ItemAbility,
        item,
        0,
        state.ability * 0.5,
        TermKind::Ability,
    );
    let repeated = if state.previous_item == item {
        u32::from(state.repeats)
    } else {
        0
    };
    let recent = pattern(state.bits, state.attempts, 3);
    out.add(Family::Step, item, repeated, 0.8, TermKind::SameItem);
    out.add(
        Family::StepPattern,
        item,
        repeated.min(30) << 8 | recent,
        0.6,
        TermKind::SameItem,
    );
    if state.attempts == 0 {
        return;
    }
    let right = state.bits & 1;
    out.add(Family::ItemPrevious, item, right, 0.7, TermKind::Recent);
    let pair = state.previous_item.wrapping_mul(2).wrapping_add(right);
    out.add(Family::ItemPair, item, pair, 0.7, TermKind::Sequence);
    let item_before = state.recent_items[1];
    if item_before != NONE {
        let before = item_before
            .wrapping_mul(2)
            .wrapping_add(state.bits >> 1 & 1);
        out.add(Family::ItemBefore, item, before, 0.5, TermKind::Sequence);
    }
}

/// What the last other competencies say about this one.
fn transfer(out: &mut impl Parts, state: &AdditiveLearner, skill: u32) {
    for other in state.recent_skills {
        if other == NONE || other == skill {
            continue;
        }
        if let Some(memory) = state.skill(other) {
            out.add(
                Family::Transfer,
                skill,
                other,
                memory.slow * 2.0,
                TermKind::Ability,
            );
        }
    }
}

fn circumstances(out: &mut impl Parts, own: &SkillMemory, at: &Opportunity) {
    if let Some(seconds) = at.seconds_since_practice.filter(|_| own.attempts > 0) {
        let size = (64 - (seconds / 60).leading_zeros()).min(20);
        let right = u32::from(own.bits & 1);
        out.add(Family::Elapsed, size, right, 1.0, TermKind::Forgetting);
    }
    if at.hints_used > 0 {
        let hints = u32::from(at.hints_used.min(5));
        out.add(Family::Hints, hints, 0, 1.0, TermKind::Hints);
    }
    if at.earlier_tries > 0 {
        let tries = u32::from(at.earlier_tries.min(5));
        out.add(Family::Tries, tries, 0, 1.0, TermKind::SameItem);
    }
}
