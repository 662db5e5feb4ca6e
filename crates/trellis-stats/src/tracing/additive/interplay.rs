//! How two things work together: cells of small tables, each a weight of its own, so that an
//! interplay stays a part of the sum with a name.
//!
//! Which pairs: those by which boosted trees, fitted to what the plain sum left over, gained most on
//! held-out learners of train rows.

use super::super::{Opportunity, TermKind};
use super::difficulty::Difficulty;
use super::parts::{Family, Parts};
use super::state::{AdditiveLearner, NONE, SkillMemory};

/// Size of a cell's value, which is its prior: many answers touch each cell of a table.
const CELL: f32 = 0.25;
/// The same for the cells that a competency or an item has for itself.
const OWN_CELL: f32 = 0.35;
/// The same for an answer to a single other item, some answers back.
const EARLIER: f32 = 0.7;
/// Answers back from which an earlier item counts whatever its exact place; nearer ones have
/// weights of their own.
const NEAR: usize = 2;

/// The part of `from..to` in which `x` lies, of `count` equal parts; outside, the nearest.
fn part(x: f32, from: f32, to: f32, count: u8) -> u32 {
    let scaled = (x - from) / (to - from) * f32::from(count);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the parts; a cast of a float saturates, and of no number gives 0"
    )]
    let place = scaled.clamp(0.0, f32::from(count) - 1.0) as u32;
    place
}

/// A count by its size in powers of two, at most `most`.
const fn size(count: u32, most: u32) -> u32 {
    let bits = u32::BITS - count.leading_zeros();
    if bits < most { bits } else { most }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count; a cast of a float saturates"
)]
const fn whole(count: f32) -> u32 {
    count as u32
}

/// Where a learner, an item and a competency stand, each as a number of few values.
struct Standing {
    difficulty: u32,
    item_answers: u32,
    skill_answers: u32,
    skill_difficulty: u32,
    on_skill: u32,
    tries_on_skill: u32,
    wins_on_skill: u32,
    share: u32,
    ability: u32,
    own_ability: u32,
    now: u32,
    lately: u32,
    answers: u32,
    skills: u32,
    /// How far the item's number is from the one before: banks number what belongs together side
    /// by side.
    step: u32,
}

/// The step of a learner's first item.
const NO_STEP: u32 = 17;

impl Standing {
    fn new(state: &AdditiveLearner, own: &SkillMemory, item: u32, about: &Difficulty) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a share of few parts needs no last digit"
        )]
        let share = (state.wins as f32 + 2.0) / (state.attempts as f32 + 3.0);
        let step = if state.attempts == 0 {
            NO_STEP
        } else if item >= state.previous_item {
            8 + (item - state.previous_item).min(8)
        } else {
            8 - (state.previous_item - item).min(8)
        };
        Self {
            difficulty: part(about.log_odds, -3.0, 3.0, 12),
            item_answers: size(whole(about.answers), 9),
            skill_answers: size(whole(about.skill_answers), 15),
            skill_difficulty: part(about.skill_log_odds, -2.0, 3.0, 10),
            on_skill: if own.attempts == 0 {
                10
            } else {
                part(own.slow, -0.5, 0.5, 10)
            },
            tries_on_skill: size(u32::from(own.attempts), 6),
            wins_on_skill: size(u32::from(own.wins), 6),
            share: part(share, 0.2, 1.0, 12),
            ability: part(state.ability, -2.0, 2.0, 12),
            own_ability: part(own.ability, -1.5, 1.5, 10),
            now: part(state.residuals[0], -0.8, 0.8, 12),
            lately: part(state.residuals[3], -0.4, 0.4, 12),
            answers: size(state.attempts, 12),
            skills: size(u32::try_from(state.skills.len()).unwrap_or(u32::MAX), 9),
            step,
        }
    }
}

/// Adds the cells in which this learner and this opportunity stand.
pub(super) fn interplay(
    out: &mut impl Parts,
    state: &AdditiveLearner,
    opportunity: &Opportunity,
    about: &Difficulty,
) {
    let (item, skill) = (opportunity.item.0, opportunity.competency.0);
    let fresh = SkillMemory::new(skill);
    let own = state.skill(skill).unwrap_or(&fresh);
    let at = Standing::new(state, own, item, about);
    for (number, (a, b, kind)) in (0..).zip([
        (at.step, state.bits & 1, TermKind::Sequence),
        (at.step, at.lately, TermKind::Sequence),
        (at.step, at.skills, TermKind::Sequence),
        (at.step, at.item_answers, TermKind::Sequence),
        (at.difficulty, at.skill_answers, TermKind::Item),
        (at.difficulty, at.skill_difficulty, TermKind::Item),
        (at.difficulty, at.item_answers, TermKind::Item),
        (at.item_answers, at.lately, TermKind::Recent),
        (at.item_answers, at.now, TermKind::Recent),
        (at.on_skill, at.share, TermKind::Practice),
        (at.on_skill, at.lately, TermKind::Practice),
        (at.on_skill, at.skills, TermKind::Practice),
        (at.wins_on_skill, at.difficulty, TermKind::Practice),
        (at.tries_on_skill, at.own_ability, TermKind::Practice),
    ]) {
        out.add(Family::Cell, number, a << 8 | b, CELL, kind);
    }
    for (number, (a, kind)) in (0..).zip([
        (at.ability, TermKind::Ability),
        (at.difficulty, TermKind::Item),
        (at.answers, TermKind::Ability),
        (at.tries_on_skill, TermKind::Practice),
        (at.step, TermKind::Sequence),
        (at.now, TermKind::Recent),
        (at.on_skill, TermKind::Practice),
        (at.skills, TermKind::Ability),
    ]) {
        out.add(Family::SkillCell, own.key, number << 8 | a, OWN_CELL, kind);
    }
    if about.known {
        for (number, a) in (0..).zip([at.on_skill, at.tries_on_skill]) {
            let cell = number << 8 | a;
            out.add(Family::ItemCell, item, cell, OWN_CELL, TermKind::Practice);
        }
        earlier(out, state, item);
    }
}

/// What single items some answers back say about this one, their exact place aside.
fn earlier(out: &mut impl Parts, state: &AdditiveLearner, item: u32) {
    for (back, other) in state.recent_items.into_iter().enumerate().skip(NEAR) {
        if other == NONE {
            break;
        }
        if other != item {
            let outcome = state.bits >> back & 1;
            let pair = other.wrapping_mul(2).wrapping_add(outcome);
            out.add(Family::Earlier, item, pair, EARLIER, TermKind::Sequence);
        }
    }
}
