//! The suite that every learner model passes: what a page may rely on whichever model runs.

use super::{CompetencyKey, ItemKey, LearnerModel, Opportunity};
use crate::probability::{Probability, logit};
use crate::random::Random;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// One answer of an invented learner.
type Answer = (Opportunity, bool);

/// Runs every check on invented learners made from `seed`; the first broken promise is the error,
/// in words.
///
/// # Errors
/// The promise that the model broke, and where.
pub fn check_model<M: LearnerModel>(model: &M, seed: u64) -> Result<(), String> {
    let mut random = Random::labelled(seed, "conformance");
    let learners: Vec<Vec<Answer>> = (0..12).map(|_| invented_learner(&mut random)).collect();
    check_cold_start(model)?;
    let mut alone = Vec::new();
    for learner in &learners {
        alone.push(check_learner(model, learner)?);
    }
    check_past_only(model, &learners[0])?;
    check_interleaved(model, &learners, &alone)
}

fn invented_learner(random: &mut Random) -> Vec<Answer> {
    let ability = random.normal();
    let guesses = [0.02, 0.25, 0.5];
    let length = 40 + random.index(40);
    let key = |random: &mut Random, n: u64| u32::try_from(random.below(n)).unwrap_or(0);
    let mut answers = Vec::new();
    for _ in 0..length {
        let competency = CompetencyKey(key(random, 7));
        let item = ItemKey(key(random, 30));
        let guess = Probability::clamped(guesses[random.index(3)]);
        let mut opportunity = Opportunity::first_try(competency, item, guess);
        opportunity.hints_used = u8::from(random.chance(0.2));
        opportunity.earlier_tries = u8::from(random.chance(0.15));
        opportunity.seconds_since_practice = match random.below(4) {
            0 => None,
            1 => Some(random.below(100)),
            _ => Some(random.below(90 * 86_400)),
        };
        let right = Probability::clamped(0.5 + 0.2 * ability).get();
        answers.push((opportunity, random.chance(right)));
    }
    answers
}

fn extremes() -> Vec<Opportunity> {
    let mut all = Vec::new();
    for guess in [0.0, 0.5, 1.0] {
        for slip in [0.0, 0.5, 1.0] {
            for seconds in [None, Some(0), Some(u64::MAX)] {
                for count in [0, u8::MAX] {
                    all.push(Opportunity {
                        competency: CompetencyKey(u32::MAX),
                        item: ItemKey(u32::MAX),
                        guess: Probability::clamped(guess),
                        slip: Probability::clamped(slip),
                        hints_used: count,
                        earlier_tries: count,
                        seconds_since_practice: seconds,
                    });
                }
            }
        }
    }
    all
}

/// A new learner on an unknown item of an unknown competency, with every extreme of the rest.
fn check_cold_start<M: LearnerModel>(model: &M) -> Result<(), String> {
    for opportunity in extremes() {
        for correct in [false, true] {
            let mut state = model.start();
            for _ in 0..3 {
                check_prediction(model, &state, &opportunity)?;
                model.update(&mut state, &opportunity, correct);
            }
            check_belief(model, &state, opportunity.competency)?;
        }
    }
    Ok(())
}

/// The prediction's probability, after its range, its terms and its repetition were checked.
fn check_prediction<M: LearnerModel>(
    model: &M,
    state: &M::State,
    opportunity: &Opportunity,
) -> Result<f64, String> {
    let prediction = model.predict(state, opportunity);
    let p = prediction.probability.get();
    if !(p > 0.0 && p < 1.0) {
        return Err(format!("a certain prediction, {p}, at {opportunity:?}"));
    }
    let sum: f64 = prediction.terms.iter().map(|term| term.log_odds).sum();
    if !sum.is_finite() || libm::fabs(sum - logit(p)) > 1e-6 {
        return Err(format!("terms sum to {sum}, the log-odds are {}", logit(p)));
    }
    if !prediction.terms.is_sorted_by(|a, b| a.kind < b.kind) {
        return Err(format!(
            "terms out of order or doubled: {:?}",
            prediction.terms
        ));
    }
    let counted = prediction.counted_from(&model.predict(&model.start(), opportunity));
    let sum: f64 = counted.terms.iter().map(|term| term.log_odds).sum();
    if libm::fabs(sum - logit(p)) > 1e-6 || counted.probability != prediction.probability {
        return Err(format!(
            "counted from a start, terms sum to {sum}, the log-odds are {}",
            logit(p)
        ));
    }
    if model.predict(state, opportunity) != prediction {
        return Err(format!("two predictions differ at {opportunity:?}"));
    }
    Ok(p)
}

fn check_belief<M: LearnerModel>(
    model: &M,
    state: &M::State,
    competency: CompetencyKey,
) -> Result<(), String> {
    let belief = model.belief(state, competency);
    let inside = belief.low <= belief.value && belief.value <= belief.high;
    if !inside || !(0.0..f64::MAX).contains(&belief.evidence) {
        return Err(format!("a belief outside its own interval: {belief:?}"));
    }
    Ok(())
}

/// Follows one learner: sound predictions, a state that survives its bytes at every step, and the
/// same end when folded again. Returns the predictions.
fn check_learner<M: LearnerModel>(model: &M, answers: &[Answer]) -> Result<Vec<f64>, String> {
    let mut state = model.start();
    let mut predictions = Vec::new();
    for (place, (opportunity, correct)) in answers.iter().enumerate() {
        predictions.push(check_prediction(model, &state, opportunity)?);
        model.update(&mut state, opportunity, *correct);
        check_belief(model, &state, opportunity.competency)?;
        let mut bytes = Vec::new();
        model.encode(&state, &mut bytes);
        let back = model
            .decode(&bytes)
            .ok_or_else(|| format!("own bytes refused after answer {place}"))?;
        let mut again = Vec::new();
        model.encode(&back, &mut again);
        if back != state || again != bytes {
            return Err(format!("state changed by its bytes after answer {place}"));
        }
        // Going on from the bytes must be going on from the state.
        state = back;
    }
    let mut refolded = model.start();
    for (opportunity, correct) in answers {
        model.update(&mut refolded, opportunity, *correct);
    }
    if refolded != state {
        return Err(String::from("refolding the answers gave another state"));
    }
    Ok(predictions)
}

/// A prediction may not change when later answers do.
fn check_past_only<M: LearnerModel>(model: &M, answers: &[Answer]) -> Result<(), String> {
    let middle = answers.len() / 2;
    let follow = |flip: bool| {
        let mut state = model.start();
        let mut early = Vec::new();
        for (place, (opportunity, correct)) in answers.iter().enumerate() {
            if place <= middle {
                early.push(model.predict(&state, opportunity).probability);
            }
            model.update(
                &mut state,
                opportunity,
                *correct != (flip && place >= middle),
            );
        }
        early
    };
    if follow(false) == follow(true) {
        Ok(())
    } else {
        Err(String::from("a prediction changed with a later answer"))
    }
}

/// Learners served in turn and in reverse get what each gets alone.
fn check_interleaved<M: LearnerModel>(
    model: &M,
    learners: &[Vec<Answer>],
    alone: &[Vec<f64>],
) -> Result<(), String> {
    let mut states: Vec<M::State> = learners.iter().map(|_| model.start()).collect();
    let longest = learners.iter().map(Vec::len).max().unwrap_or(0);
    for place in 0..longest {
        for (who, (answers, alone)) in learners.iter().zip(alone).enumerate().rev() {
            let (Some((opportunity, correct)), Some(expected)) =
                (answers.get(place), alone.get(place))
            else {
                continue;
            };
            let p = model.predict(&states[who], opportunity).probability.get();
            if p.to_bits() != expected.to_bits() {
                return Err(format!("learner {who} depends on others at answer {place}"));
            }
            model.update(&mut states[who], opportunity, *correct);
        }
    }
    Ok(())
}
