//! The published logistic models that look at counts of answers: AFM, PFA, Best-LR, DAS3H and
//! LKT-AOA, to compare with.
//!
//! Sources: AFM, Cen, Koedinger and Junker 2006; PFA, Pavlik, Cen and Koedinger 2009; DAS3H,
//! Choffin and others 2019; Best-LR, Gervet and others 2020; LKT-AOA, OLI Torus's proficiency
//! model (its learning and success weights are fixed, its intercepts fitted).

use super::{Belief, CompetencyKey, ItemKey, LearnerModel, Opportunity, Prediction, Response};
use super::{Term, TermKind};
use crate::logistic::{SparseRows, fit_logistic};
use crate::probability::{LogOdds, Probability};
use alloc::vec::Vec;

/// Which counts a model looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Competency, and its number of attempts with a slope of its own.
    Afm,
    /// Competency, and its numbers of right and wrong answers with slopes of their own.
    Pfa,
    /// Item and competency, logarithms of right answers and attempts by competency, item and in
    /// total.
    BestLr,
    /// Item and competency, and logarithms of right answers and attempts within an hour, a day, a
    /// week, a month and ever.
    Das3h,
    /// Item and competency, plus 0.1 ln(n + 1) + ln((s + 1) / (f + 1)) with successes and failures
    /// decayed by 0.9 an attempt.
    LktAoa,
}

/// Ends of DAS3H's windows, in seconds.
const WINDOWS: [u64; 5] = [3_600, 86_400, 7 * 86_400, 30 * 86_400, u64::MAX];

/// Counts on one competency.
#[derive(Clone, Debug, PartialEq)]
struct Tally {
    key: u32,
    attempts: u32,
    wins: u32,
    successes: f64,
    failures: f64,
    /// Seconds since the first answer, as far as times are known.
    clock: u64,
    /// Every answer with its time on the clock; kept for DAS3H only.
    history: Vec<(u64, bool)>,
}

/// One learner's counts.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Counts {
    skills: Vec<Tally>,
    /// Item, attempts, right answers.
    items: Vec<(u32, u32, u32)>,
    attempts: u32,
    wins: u32,
}

/// A fitted model of one of the forms.
#[derive(Clone, Debug, PartialEq)]
pub struct Counting {
    form: Form,
    /// Items and competencies with keys under these have weights.
    items: u32,
    skills: u32,
    weights: Vec<f64>,
}

/// One cell of a prediction: column, value, what it is about.
type Cell = (u32, f32, TermKind);

fn log1p(count: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
    let count = count as f32;
    libm::log1pf(count)
}

impl Counting {
    /// Fits the form to answers grouped by learner, with this quadratic penalty (1 is what
    /// scikit-learn uses when told nothing).
    #[must_use]
    pub fn fit(form: Form, responses: &[Response], penalty: f64) -> Self {
        let most = |key: fn(&Response) -> u32| {
            let keys = responses.iter().map(key).filter(|key| *key < 1 << 24);
            keys.max().map_or(0, |most| most + 1)
        };
        let mut model = Self {
            form,
            items: most(|r| r.opportunity.item.0),
            skills: most(|r| r.opportunity.competency.0),
            weights: Vec::new(),
        };
        let mut rows = SparseRows::default();
        let mut cells = Vec::new();
        for learner in responses.chunk_by(|a, b| a.learner == b.learner) {
            let mut counts = Counts::default();
            for response in learner {
                let at = &response.opportunity;
                let offset = model.cells(&counts, at, &mut cells);
                let bare: Vec<(u32, f32)> = cells.iter().map(|cell| (cell.0, cell.1)).collect();
                rows.push(&bare, offset, response.correct);
                model.update(&mut counts, at, response.correct);
            }
        }
        model.weights = fit_logistic(&rows, penalty, 200).weights;
        model
    }

    /// The cells of a prediction; returns the part that is not fitted.
    fn cells(&self, counts: &Counts, at: &Opportunity, cells: &mut Vec<Cell>) -> f64 {
        cells.clear();
        cells.push((0, 1.0, TermKind::Base));
        let (item, skill) = (at.item.0, at.competency.0);
        let known_skill = skill < self.skills;
        let first_item = 10 + 12 * self.skills;
        if known_skill {
            cells.push((10 + skill, 1.0, TermKind::Competency));
        }
        if item < self.items && !matches!(self.form, Form::Afm | Form::Pfa) {
            cells.push((first_item + item, 1.0, TermKind::Item));
        }
        let tally = counts.skill(skill);
        let mut own = |place: u32, value: f32| {
            if known_skill && value != 0.0 {
                let column = 10 + self.skills * (1 + place) + skill;
                cells.push((column, value, TermKind::Practice));
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let plain = |count: u32| count as f32;
        let (attempts, wins) = tally.map_or((0, 0), |t| (t.attempts, t.wins));
        match self.form {
            Form::Afm => own(0, plain(attempts)),
            Form::Pfa => {
                own(0, plain(wins));
                own(1, plain(attempts - wins));
            }
            Form::BestLr => {
                own(0, log1p(wins));
                own(1, log1p(attempts));
                let (on_item, right) = counts.item(item);
                cells.push((1, log1p(right), TermKind::SameItem));
                cells.push((2, log1p(on_item), TermKind::SameItem));
                cells.push((3, log1p(counts.wins), TermKind::Ability));
                cells.push((4, log1p(counts.attempts), TermKind::Ability));
            }
            Form::Das3h => {
                for (place, (attempts, wins)) in (0..).zip(windows(tally, at)) {
                    own(2 * place, log1p(wins));
                    own(2 * place + 1, log1p(attempts));
                }
            }
            Form::LktAoa => {}
        }
        match (self.form, tally) {
            (Form::LktAoa, Some(t)) => {
                let balance = libm::log((t.successes + 1.0) / (t.failures + 1.0));
                0.1 * libm::log1p(f64::from(t.attempts)) + balance
            }
            _ => 0.0,
        }
    }
}

/// Attempts and right answers within each window before now.
fn windows(tally: Option<&Tally>, at: &Opportunity) -> [(u32, u32); WINDOWS.len()] {
    let mut counts = [(0, 0); WINDOWS.len()];
    if let Some(tally) = tally {
        let now = tally
            .clock
            .saturating_add(at.seconds_since_practice.unwrap_or(0));
        for &(time, correct) in &tally.history {
            let age = now.saturating_sub(time);
            for (count, end) in counts.iter_mut().zip(WINDOWS) {
                if age <= end {
                    count.0 += 1;
                    count.1 += u32::from(correct);
                }
            }
        }
    }
    counts
}

impl Counts {
    fn skill(&self, key: u32) -> Option<&Tally> {
        let place = self.skills.binary_search_by_key(&key, |tally| tally.key);
        place.ok().map(|at| &self.skills[at])
    }

    fn item(&self, key: u32) -> (u32, u32) {
        let place = self.items.binary_search_by_key(&key, |item| item.0);
        place.map_or((0, 0), |at| (self.items[at].1, self.items[at].2))
    }
}

impl LearnerModel for Counting {
    type State = Counts;

    fn start(&self) -> Counts {
        Counts::default()
    }

    fn predict(&self, state: &Counts, at: &Opportunity) -> Prediction {
        let mut cells = Vec::new();
        let offset = self.cells(state, at, &mut cells);
        let mut parts = [0.0; TermKind::ALL.len()];
        parts[TermKind::Practice as usize] = offset;
        for (column, value, kind) in cells {
            let weight = self.weights.get(column as usize).copied().unwrap_or(0.0);
            parts[kind as usize] += weight * f64::from(value);
        }
        let sum: f64 = parts.iter().sum();
        // Raw counts can carry AFM and PFA anywhere; no prediction is certain.
        parts[TermKind::Base as usize] += sum.clamp(-13.8, 13.8) - sum;
        let terms = TermKind::ALL.iter().zip(parts);
        Prediction::from_terms(
            terms
                .map(|(&kind, log_odds)| Term { kind, log_odds })
                .collect(),
        )
    }

    fn update(&self, state: &mut Counts, at: &Opportunity, correct: bool) {
        let (item, skill, win) = (at.item.0, at.competency.0, u32::from(correct));
        let place = state.skills.binary_search_by_key(&skill, |tally| tally.key);
        let place = place.unwrap_or_else(|place| {
            let fresh = Tally {
                key: skill,
                attempts: 0,
                wins: 0,
                successes: 0.0,
                failures: 0.0,
                clock: 0,
                history: Vec::new(),
            };
            state.skills.insert(place, fresh);
            place
        });
        let tally = &mut state.skills[place];
        tally.clock = tally
            .clock
            .saturating_add(at.seconds_since_practice.unwrap_or(0));
        tally.attempts = tally.attempts.saturating_add(1);
        tally.wins = tally.wins.saturating_add(win);
        tally.successes = 0.9 * tally.successes + f64::from(win);
        tally.failures = 0.9 * tally.failures + f64::from(1 - win);
        if self.form == Form::Das3h {
            tally.history.push((tally.clock, correct));
        }
        let place = state.items.binary_search_by_key(&item, |entry| entry.0);
        let place = place.unwrap_or_else(|place| {
            state.items.insert(place, (item, 0, 0));
            place
        });
        let seen = &mut state.items[place];
        *seen = (item, seen.1.saturating_add(1), seen.2.saturating_add(win));
        state.attempts = state.attempts.saturating_add(1);
        state.wins = state.wins.saturating_add(win);
    }

    /// The chance of a right answer to an item that nobody has answered. These models know no
    /// doubt; the interval is that of a share seen in so many attempts plus two.
    fn belief(&self, state: &Counts, competency: CompetencyKey) -> Belief {
        let fresh = Opportunity::first_try(competency, ItemKey(u32::MAX), Probability::ZERO);
        let value = self.predict(state, &fresh).probability;
        let evidence = state
            .skill(competency.0)
            .map_or(0.0, |tally| f64::from(tally.attempts));
        let p = value.get();
        let doubt = 1.28 / libm::sqrt((evidence + 2.0) * p * (1.0 - p));
        let centre = value.log_odds().get();
        let moved = |by: f64| LogOdds::new(centre + by).map_or(value, LogOdds::probability);
        Belief {
            value,
            low: moved(-doubt),
            high: moved(doubt),
            evidence,
        }
    }

    fn encode(&self, state: &Counts, out: &mut Vec<u8>) {
        let mut word = |value: u64| out.extend_from_slice(&value.to_le_bytes());
        word(u64::from(state.attempts));
        word(u64::from(state.wins));
        word(state.skills.len() as u64);
        for tally in &state.skills {
            word(u64::from(tally.key));
            word(u64::from(tally.attempts));
            word(u64::from(tally.wins));
            word(tally.successes.to_bits());
            word(tally.failures.to_bits());
            word(tally.clock);
            word(tally.history.len() as u64);
            for &(time, correct) in &tally.history {
                word(time);
                word(u64::from(correct));
            }
        }
        for &(key, attempts, wins) in &state.items {
            [key, attempts, wins]
                .iter()
                .for_each(|&value| word(u64::from(value)));
        }
    }

    fn decode(&self, bytes: &[u8]) -> Option<Counts> {
        let mut rest = bytes;
        let mut word = || {
            let (first, after) = rest.split_first_chunk::<8>()?;
            rest = after;
            Some(u64::from_le_bytes(*first))
        };
        let small = |value: u64| u32::try_from(value).ok();
        let finite = |bits: u64| Some(f64::from_bits(bits)).filter(|v| (0.0..1e9).contains(v));
        let mut state = Counts {
            attempts: small(word()?)?,
            wins: small(word()?)?,
            ..Counts::default()
        };
        for _ in 0..word()? {
            let mut tally = Tally {
                key: small(word()?)?,
                attempts: small(word()?)?,
                wins: small(word()?)?,
                successes: finite(word()?)?,
                failures: finite(word()?)?,
                clock: word()?,
                history: Vec::new(),
            };
            for _ in 0..word()? {
                tally.history.push((word()?, word()? == 1));
            }
            state.skills.push(tally);
        }
        while let Some(key) = word() {
            state
                .items
                .push((small(key)?, small(word()?)?, small(word()?)?));
        }
        let sorted = state.skills.is_sorted_by(|a, b| a.key < b.key)
            && state.items.is_sorted_by(|a, b| a.0 < b.0)
            && state
                .skills
                .iter()
                .all(|tally| tally.wins <= tally.attempts);
        (sorted && rest.is_empty()).then_some(state)
    }
}
