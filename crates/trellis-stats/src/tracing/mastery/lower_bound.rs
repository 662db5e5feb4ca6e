//! Mastery as a lower bound: 90 % sure that a fresh average item would be answered right often
//! enough, whichever way the learner learns.
//!
//! Knowledge tracing tells a story in which knowing comes all at once; where it grows little by
//! little, that story calls a learner a master who is right six times in ten. So this rule keeps
//! two stories, weighs them by how well each explains the answers, and asks both.

use super::super::Opportunity;
use super::super::bkt::{self, Parameters};
use super::{Bounds, MasteryRule};
use crate::probability::{Probability, logistic};

use libm::{erfc, exp, log, sqrt};

/// Log-odds gained an item in the two versions of the gradual story.
const GAINS: [f64; 2] = [0.03, 0.15];
/// Ability before the first answer, in log-odds of a right answer to an average open item: mean
/// and deviation of the gradual story. Wide, so that answers soon count for more.
const FIRST_MEAN: f64 = -0.8;
const FIRST_VARIANCE: f64 = 2.25;
/// Deviation of items' difficulty around the average, in log-odds.
const ITEMS_VARIANCE: f64 = 0.49;
/// Steps on either side of the mean, and their size in deviations, when a belief is multiplied by
/// an answer's likelihood.
const STEPS: i32 = 10;
const STEP: f64 = 0.35;

/// The rule. Mastered by a right, independent answer after which
///
/// 1. the probability of not knowing, by knowledge tracing, is at most the bound of the item's
///    kind, as in [`super::BoundedMastery`];
/// 2. the probability, over both stories, that a fresh average item of the competency without
///    hints would be right less often than `threshold` is at most `doubt`: with `doubt` 0.1 the
///    lower 90 % bound of that chance is over the threshold; and
/// 3. at least `least_independent` answers were right on a first try without hints.
///
/// # What no rule can do
/// Four right answers in a row look alike in both stories. In the documentation's table a rule
/// that spends 8 open items a learner where knowing comes all at once calls seven of ten wrongly
/// where it grows by 0.15 log-odds an item; [`Self::careful`] calls one of six wrongly there and
/// spends 11.5 items in the first. [`Self::prompt`] keeps to the 8 items. One cannot have both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LowerBoundMastery {
    /// How learners learn in the story of all at once.
    pub parameters: Parameters,
    /// Highest probability of not knowing in that story.
    pub bounds: Bounds,
    /// Chance of a right answer on a fresh average item from which on one has mastered.
    pub threshold: f64,
    /// Highest probability that the chance is under the threshold.
    pub doubt: f64,
    /// How likely the gradual story is before any answer.
    pub gradual: f64,
    /// Fewest right answers on a first try without hints.
    pub least_independent: u32,
}

impl LowerBoundMastery {
    /// Both stories equally likely at the start, and the lower 90 % bound.
    #[must_use]
    pub fn careful() -> Self {
        Self {
            parameters: Parameters::default(),
            bounds: Bounds::strict(),
            threshold: 0.8,
            doubt: 0.1,
            gradual: 0.5,
            least_independent: 3,
        }
    }

    /// The rule that Trellis runs: the lower 90 % bound, and at least three answers of one's own.
    /// The gradual story is one of ten before the first answer: a clean row of right answers is
    /// believed soon, a mixed one has to go on.
    #[must_use]
    pub fn running() -> Self {
        Self {
            gradual: 0.1,
            ..Self::careful()
        }
    }

    /// For competencies that are known to come all at once: the gradual story is one of ten, and
    /// the lower 80 % bound is enough.
    #[must_use]
    pub fn prompt() -> Self {
        Self {
            doubt: 0.2,
            gradual: 0.1,
            least_independent: 2,
            ..Self::careful()
        }
    }

    /// Whether a right, independent answer to an item with this guess rate, taken in last, means
    /// mastery.
    #[must_use]
    pub fn holds(&self, state: &LowerBoundState, guess: Probability) -> bool {
        state.independent_right >= self.least_independent
            && 1.0 - state.known <= self.bounds.at(guess).get()
            && self.doubt_of(state) <= self.doubt
    }

    /// The probability of knowing now, by knowledge tracing: what the last item may have taught
    /// is in it.
    #[must_use]
    pub fn known(&self, state: &LowerBoundState) -> Probability {
        let known = if state.answers == 0 {
            state.known
        } else {
            bkt::learn(state.known, self.parameters.learn.get())
        };
        Probability::clamped(known)
    }

    /// The probability, over both stories, that a fresh average item would be right less often
    /// than the threshold.
    #[must_use]
    pub fn doubt_of(&self, state: &LowerBoundState) -> f64 {
        let odds = self.gradual / (1.0 - self.gradual).max(1e-12);
        let fits: [f64; 2] = state
            .ways
            .map(|way| exp(way.log_ratio.min(600.0)) * odds / 2.0);
        let all = 1.0 + fits[0] + fits[1];
        // The threshold on the scale of ability: items differ, which pulls chances to the middle.
        let spread = sqrt(1.0 + ITEMS_VARIANCE * core::f64::consts::PI / 8.0);
        let line = spread * log(self.threshold / (1.0 - self.threshold).max(1e-12));
        let gradual: f64 = fits
            .iter()
            .zip(&state.ways)
            .map(|(fit, way)| {
                let deviations = (way.mean - line) / sqrt(2.0 * way.variance);
                fit * 0.5 * erfc(deviations)
            })
            .sum();
        ((1.0 - state.known + gradual) / all).clamp(0.0, 1.0)
    }
}

/// One version of the gradual story.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    /// Ability now.
    mean: f64,
    variance: f64,
    /// Logarithm of how much better than the other story it explains the answers.
    log_ratio: f64,
}

/// What [`LowerBoundMastery`] remembers of one learner on one competency: 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LowerBoundState {
    known: f64,
    ways: [Way; 2],
    independent_right: u32,
    answers: u32,
}

/// Takes one answer into a normal belief about ability by matching mean and variance of its
/// product with the likelihood; returns the answer's chance.
fn observe(way: &mut Way, guess: f64, correct: bool) -> f64 {
    let deviation = sqrt(way.variance);
    let spread = sqrt(1.0 + ITEMS_VARIANCE * core::f64::consts::PI / 8.0);
    let (mut before, mut total, mut first, mut second) = (0.0, 0.0, 0.0, 0.0);
    for step in -STEPS..=STEPS {
        let x = STEP * f64::from(step);
        let weight = exp(-0.5 * x * x);
        let right = guess + (1.0 - guess) * logistic((way.mean + deviation * x) / spread);
        let likelihood = weight * if correct { right } else { 1.0 - right };
        before += weight;
        total += likelihood;
        first += likelihood * x;
        second += likelihood * x * x;
    }
    let shift = first / total.max(1e-300);
    let variance = (second / total.max(1e-300) - shift * shift).max(1e-3);
    way.mean += deviation * shift;
    way.variance = (way.variance * variance).max(1e-4);
    (total / before).max(1e-12)
}

impl MasteryRule for LowerBoundMastery {
    type State = LowerBoundState;

    fn start(&self) -> LowerBoundState {
        let way = Way {
            mean: FIRST_MEAN,
            variance: FIRST_VARIANCE,
            log_ratio: 0.0,
        };
        LowerBoundState {
            known: self.parameters.prior.get(),
            ways: [way; 2],
            independent_right: 0,
            answers: 0,
        }
    }

    fn observe(&self, state: &mut LowerBoundState, at: &Opportunity, correct: bool) -> bool {
        let (guess, slip) = bkt::effective_rates(&self.parameters, at);
        let first_try = at.earlier_tries == 0;
        let taught = if state.answers == 0 || !first_try {
            state.known
        } else {
            bkt::learn(state.known, self.parameters.learn.get())
        };
        let before = taught * bkt::retention(&self.parameters, at.seconds_since_practice);
        let right = bkt::chance_of_right(before, guess, slip);
        let chance = (if correct { right } else { 1.0 - right }).max(1e-12);
        for (way, gain) in state.ways.iter_mut().zip(GAINS) {
            if state.answers > 0 && first_try {
                way.mean += gain;
            }
            let seen = observe(way, guess, correct);
            way.log_ratio = (way.log_ratio + log(seen / chance)).clamp(-600.0, 600.0);
        }
        state.known = bkt::posterior(before, guess, slip, correct);
        state.answers = state.answers.saturating_add(1);
        if !(correct && at.is_independent()) {
            return false;
        }
        state.independent_right = state.independent_right.saturating_add(1);
        self.holds(state, at.guess)
    }
}

/// Bytes of a stored state.
const STATE_BYTES: usize = 36;

impl LowerBoundState {
    /// The state with its numbers in single precision, as [`Self::to_bytes`] keeps them.
    #[must_use]
    pub fn rounded(&self) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "single precision is what is kept"
        )]
        let round = |value: f64| f64::from(value as f32);
        Self {
            known: round(self.known),
            ways: self.ways.map(|way| Way {
                mean: round(way.mean),
                variance: round(way.variance),
                log_ratio: round(way.log_ratio),
            }),
            ..*self
        }
    }

    /// The 36 bytes of a state that is [`Self::rounded`], little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; STATE_BYTES] {
        let [slow, quick] = self.ways;
        let reals = [
            self.known,
            slow.mean,
            slow.variance,
            slow.log_ratio,
            quick.mean,
            quick.variance,
            quick.log_ratio,
        ];
        #[expect(
            clippy::cast_possible_truncation,
            reason = "single precision is what is kept"
        )]
        let words = reals.map(|value| (value as f32).to_bits());
        let counts = [self.independent_right, self.answers];
        let mut bytes = [0; STATE_BYTES];
        for (place, word) in bytes
            .chunks_exact_mut(4)
            .zip(words.into_iter().chain(counts))
        {
            place.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// The state that [`Self::to_bytes`] wrote; `None` when the numbers cannot be a state.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; STATE_BYTES]) -> Option<Self> {
        let (words, _) = bytes.as_chunks::<4>();
        let word = |place: usize| u32::from_le_bytes(words[place]);
        let real = |place: usize| f64::from(f32::from_bits(word(place)));
        let way = |place: usize| Way {
            mean: real(place),
            variance: real(place + 1),
            log_ratio: real(place + 2),
        };
        let state = Self {
            known: real(0),
            ways: [way(1), way(4)],
            independent_right: word(7),
            answers: word(8),
        };
        let sound = (0.0..=1.0).contains(&state.known)
            && state.ways.iter().all(|way| {
                way.mean.is_finite()
                    && (0.0..=f64::MAX).contains(&way.variance)
                    && way.log_ratio.is_finite()
            })
            && state.independent_right <= state.answers;
        sound.then_some(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracing::{CompetencyKey, ItemKey};

    fn first_call(rule: &LowerBoundMastery, guess: f64, answers: &str) -> Option<usize> {
        let guess = Probability::clamped(guess);
        let mut at = Opportunity::first_try(CompetencyKey(0), ItemKey(0), guess);
        at.slip = Probability::clamped(0.08);
        let mut state = rule.start();
        let called = answers
            .chars()
            .map(|answer| rule.observe(&mut state, &at, answer == '1'));
        called
            .take(answers.len())
            .position(|call| call)
            .map(|place| place + 1)
    }

    /// A change from always wrong to always right is the story of all at once: few are needed.
    /// A mixed way to the same end is the gradual one: more are.
    #[test]
    fn mixed_answers_ask_for_more_than_a_clean_change() {
        let rule = LowerBoundMastery::careful();
        let clean = first_call(&rule, 0.02, "000000111111111111").map(|at| at - 6);
        let mixed = first_call(&rule, 0.02, "010010111111111111").map(|at| at - 6);
        assert!(clean < mixed && clean.is_some(), "{clean:?} {mixed:?}");
    }

    #[test]
    fn careful_asks_for_more_than_prompt() {
        let answers = "1111111111111111";
        for guess in [0.02, 0.25, 0.5] {
            let prompt = first_call(&LowerBoundMastery::prompt(), guess, answers);
            let careful = first_call(&LowerBoundMastery::careful(), guess, answers);
            assert!(
                prompt <= careful && careful.is_some(),
                "{prompt:?} {careful:?}"
            );
        }
    }

    #[test]
    fn a_rounded_state_survives_its_bytes_and_no_nonsense_passes() {
        let rule = LowerBoundMastery::running();
        let at = Opportunity::first_try(CompetencyKey(0), ItemKey(0), Probability::clamped(0.25));
        let mut state = rule.start();
        for answer in [true, false, true, true] {
            rule.observe(&mut state, &at, answer);
            state = state.rounded();
            assert_eq!(LowerBoundState::from_bytes(&state.to_bytes()), Some(state));
        }
        assert_eq!(LowerBoundState::from_bytes(&[0xff; STATE_BYTES]), None);
    }

    #[test]
    fn hinted_answers_and_odd_items_never_decide() {
        let rule = LowerBoundMastery::prompt();
        let mut state = rule.start();
        for guess in [0.0, 1.0] {
            for slip in [0.0, 1.0] {
                let mut at = Opportunity::first_try(
                    CompetencyKey(0),
                    ItemKey(0),
                    Probability::clamped(guess),
                );
                at.slip = Probability::clamped(slip);
                at.hints_used = 1;
                at.seconds_since_practice = Some(u64::MAX);
                for correct in [true, false] {
                    assert!(!rule.observe(&mut state, &at, correct));
                    assert!((0.0..=1.0).contains(&rule.doubt_of(&state)), "{state:?}");
                }
            }
        }
    }
}
