//! The E-step of item calibration: how many persons of each ability answered which item right.
//!
//! Equal patterns of answers are counted once. Items are packed eight to a byte: for each of the
//! 256 bytes a table holds what its right answers add to the log-likelihood at every point of the
//! grid, so that the E-step adds one row a byte, not one an item, and collects posteriors by byte
//! too. A person's posterior stands on a part of the grid; the rest of it is passed over.

use super::{Answer, Item};
use crate::elementary::{exp, ln};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;
use libm::log1p;

/// The ability grid goes from minus this to this.
const EDGE: f64 = 6.0;
/// A posterior, the largest taken as 1, that may be left out: of forty such points the likelihood keeps fourteen digits.
const NOTHING: f64 = 1e-16;
/// Below this a point is not looked at in the next step, unless it is next to one that is.
const LITTLE: f64 = 1e-18;

/// Patterns of answers, each once, packed eight items to a byte.
pub(super) struct Patterns {
    pub(super) items: usize,
    chunks: usize,
    right: Vec<u8>,
    missing: Vec<u8>,
    pub(super) counts: Vec<f64>,
}

impl Patterns {
    /// The bytes of right and of missing answers of a pattern.
    pub(super) fn of(&self, person: usize) -> (&[u8], &[u8]) {
        let bytes = person * self.chunks..(person + 1) * self.chunks;
        (&self.right[bytes.clone()], &self.missing[bytes])
    }

    /// For each item 1 for right, 0 for wrong, `None` for no answer.
    pub(super) fn answers(&self, person: usize) -> impl Iterator<Item = Option<f64>> {
        let (right, missing) = self.of(person);
        let has = |bytes: &[u8], item: usize| bytes[item / 8] >> (item % 8) & 1 == 1;
        (0..self.items)
            .map(move |item| (!has(missing, item)).then(|| f64::from(u8::from(has(right, item)))))
    }
}

pub(super) fn pack(rows: &[Vec<Answer>]) -> Option<Patterns> {
    let items = rows.first()?.len();
    if items == 0 || rows.iter().any(|row| row.len() != items) {
        return None;
    }
    let chunks = items.div_ceil(8);
    let byte = |part: &[Answer], wanted: Answer| {
        let bits = part
            .iter()
            .enumerate()
            .map(|(bit, a)| u8::from(*a == wanted) << bit);
        bits.sum::<u8>()
    };
    let mut packed: Vec<(Vec<u8>, Vec<u8>)> = rows
        .iter()
        .map(|row| {
            let all = |wanted| row.chunks(8).map(|part| byte(part, wanted)).collect();
            (all(Answer::Right), all(Answer::Missing))
        })
        .collect();
    packed.sort_unstable();
    let mut out = Patterns {
        items,
        chunks,
        right: vec![],
        missing: vec![],
        counts: vec![],
    };
    for same in packed.chunk_by(|a, b| a == b) {
        out.right.extend_from_slice(&same[0].0);
        out.missing.extend_from_slice(&same[0].1);
        #[expect(clippy::cast_precision_loss, reason = "a count of persons")]
        out.counts.push(same.len() as f64);
    }
    Some(out)
}

/// The ability grid and all tables of the E-step.
pub(super) struct Grid {
    pub(super) points: Vec<f64>,
    log_weights: Vec<f64>,
    /// Log-odds added by each byte of right answers; then posteriors collected by the same bytes.
    right: Vec<f64>,
    collected: Vec<f64>,
    /// What each byte of missing answers takes out, and its posteriors; empty without any.
    missing: Vec<f64>,
    collected_missing: Vec<f64>,
    posterior: Vec<f64>,
    /// Where on the grid each pattern's posterior stood last.
    windows: Vec<Range<usize>>,
}

/// One pattern's posterior: where it stands, what it sums to there, and the logarithm of what was divided out.
struct Stands {
    window: Range<usize>,
    total: f64,
    most: f64,
}

/// Expected persons and expected right answers at each grid point, item by item.
pub(super) struct Expected {
    pub(super) persons: Vec<f64>,
    pub(super) right: Vec<f64>,
    pub(super) log_likelihood: f64,
}

impl Grid {
    pub(super) fn new(patterns: &Patterns, points: usize) -> Self {
        let count = points.max(20).div_ceil(4) * 4;
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let place = |at: usize| -EDGE + 2.0 * EDGE * at as f64 / (count - 1) as f64;
        let points: Vec<f64> = (0..count).map(place).collect();
        let total: f64 = points.iter().map(|x| exp(-0.5 * x * x)).sum();
        let size = patterns.chunks * 256 * count;
        let gaps = if patterns.missing.iter().any(|&byte| byte != 0) {
            size
        } else {
            0
        };
        Self {
            log_weights: points.iter().map(|x| -0.5 * x * x - ln(total)).collect(),
            right: vec![0.0; size],
            collected: vec![0.0; size],
            missing: vec![0.0; gaps],
            collected_missing: vec![0.0; gaps],
            posterior: vec![0.0; count],
            windows: vec![0..count; patterns.counts.len()],
            points,
        }
    }

    /// Fills the tables for these items; returns the log-likelihood of all wrong at each point,
    /// the grid's weights included.
    pub(super) fn tabulate(&mut self, items: &[Item]) -> Vec<f64> {
        let q = self.points.len();
        let mut base = self.log_weights.clone();
        let mut wrong = vec![0.0; q];
        let fill = |table: &mut [f64], bit: usize, row: &[f64]| {
            for byte in (1 << bit)..(2 << bit) {
                let (before, rest) = table.split_at_mut(byte * q);
                let from = &before[(byte - (1 << bit)) * q..][..q];
                for ((to, from), add) in rest[..q].iter_mut().zip(from).zip(row) {
                    *to = from + add;
                }
            }
        };
        let mut odds = vec![0.0; q];
        for (chunk, part) in items.chunks(8).enumerate() {
            let table = &mut self.right[chunk * 256 * q..(chunk + 1) * 256 * q];
            table[..q].fill(0.0);
            for (bit, item) in part.iter().enumerate() {
                for (at, x) in self.points.iter().enumerate() {
                    odds[at] = item.slope * x + item.intercept;
                    wrong[at] = softplus(odds[at]);
                    base[at] -= wrong[at];
                }
                fill(table, bit, &odds);
                if !self.missing.is_empty() {
                    fill(
                        &mut self.missing[chunk * 256 * q..(chunk + 1) * 256 * q],
                        bit,
                        &wrong,
                    );
                }
            }
        }
        base
    }

    /// A pattern's posterior, the largest taken as 1, where it stood last; on the whole grid when it has moved from there.
    fn stand(&mut self, patterns: &Patterns, person: usize, base: &[f64]) -> Stands {
        let whole = 0..self.points.len();
        let mut window = self.windows[person].clone();
        let (mut total, mut most) = self.weigh(patterns, person, base, &window);
        let cut = (window.start > 0 && self.posterior[window.start] > NOTHING)
            || (window.end < whole.end && self.posterior[window.end - 1] > NOTHING);
        if cut {
            window = whole.clone();
            (total, most) = self.weigh(patterns, person, base, &window);
        }
        let counts = |value: &f64| *value > LITTLE;
        let looked_at = &self.posterior[window.clone()];
        let first = looked_at.iter().position(counts).unwrap_or(0);
        let last = looked_at.iter().rposition(counts).unwrap_or(0);
        let from = (window.start + first).saturating_sub(1);
        let to = (window.start + last + 2).min(whole.end);
        self.windows[person] = from..to;
        Stands {
            window,
            total,
            most,
        }
    }

    /// Fills the posterior of a pattern within a window, the largest there taken as 1; gives the sum and the logarithm of
    /// what was taken as 1.
    fn weigh(
        &mut self,
        patterns: &Patterns,
        person: usize,
        base: &[f64],
        window: &Range<usize>,
    ) -> (f64, f64) {
        let q = self.points.len();
        let posterior = &mut self.posterior[window.clone()];
        posterior.copy_from_slice(&base[window.clone()]);
        let (rights, gaps) = patterns.of(person);
        for (chunk, &byte) in rights.iter().enumerate() {
            add(posterior, &self.right[row(chunk, byte, q, window)]);
        }
        for (chunk, &byte) in gaps.iter().enumerate().filter(|gap| *gap.1 != 0) {
            add(posterior, &self.missing[row(chunk, byte, q, window)]);
        }
        let most = posterior
            .iter()
            .fold(f64::NEG_INFINITY, |m, v| if *v > m { *v } else { m });
        let mut total = 0.0;
        for value in posterior.iter_mut() {
            *value = exp_of_negative(*value - most);
            total += *value;
        }
        (total, most)
    }

    /// A pattern's posterior where it stands, summing to 1; `base` comes from [`Grid::tabulate`].
    pub(super) fn posterior(
        &mut self,
        patterns: &Patterns,
        person: usize,
        base: &[f64],
    ) -> (Range<usize>, &[f64]) {
        let Stands { window, total, .. } = self.stand(patterns, person, base);
        let posterior = &mut self.posterior[window.clone()];
        posterior.iter_mut().for_each(|value| *value /= total);
        (window, posterior)
    }

    /// The E-step.
    pub(super) fn expect(&mut self, patterns: &Patterns, items: &[Item]) -> Expected {
        let q = self.points.len();
        let base = self.tabulate(items);
        self.collected.fill(0.0);
        self.collected_missing.fill(0.0);
        let mut all = vec![0.0; q];
        let mut log_likelihood = 0.0;
        for (person, &count) in patterns.counts.iter().enumerate() {
            let stands = self.stand(patterns, person, &base);
            log_likelihood += count * (stands.most + ln(stands.total));
            let scale = count / stands.total;
            let window = stands.window;
            let posterior = &mut self.posterior[window.clone()];
            for (value, sum) in posterior.iter_mut().zip(&mut all[window.clone()]) {
                *value *= scale;
                *sum += *value;
            }
            let (rights, gaps) = patterns.of(person);
            for (chunk, &byte) in rights.iter().enumerate() {
                add(&mut self.collected[row(chunk, byte, q, &window)], posterior);
            }
            for (chunk, &byte) in gaps.iter().enumerate().filter(|gap| *gap.1 != 0) {
                let at = row(chunk, byte, q, &window);
                add(&mut self.collected_missing[at], posterior);
            }
        }
        let right = unfold(&self.collected, patterns.items, q);
        let mut persons: Vec<f64> = (0..patterns.items)
            .flat_map(|_| all.iter().copied())
            .collect();
        if !self.collected_missing.is_empty() {
            let gone = unfold(&self.collected_missing, patterns.items, q);
            for (value, gone) in persons.iter_mut().zip(gone) {
                *value -= gone;
            }
        }
        Expected {
            persons,
            right,
            log_likelihood,
        }
    }
}

/// The part of a table within a window that belongs to a byte of answers.
fn row(chunk: usize, byte: u8, points: usize, window: &Range<usize>) -> Range<usize> {
    let at = (chunk * 256 + usize::from(byte)) * points;
    at + window.start..at + window.end
}

fn add(to: &mut [f64], from: &[f64]) {
    for (a, b) in to.iter_mut().zip(from) {
        *a += b;
    }
}

/// Sums by byte to sums by item.
fn unfold(collected: &[f64], items: usize, q: usize) -> Vec<f64> {
    let mut out = vec![0.0; items * q];
    for (item, row) in out.chunks_exact_mut(q).enumerate() {
        let (chunk, bit) = (item / 8, item % 8);
        for byte in (0..256).filter(|byte| byte >> bit & 1 == 1) {
            let at = (chunk * 256 + byte) * q;
            add(row, &collected[at..at + q]);
        }
    }
    out
}

pub(super) fn softplus(x: f64) -> f64 {
    if x > 0.0 {
        x + log1p(exp(-x))
    } else {
        log1p(exp(x))
    }
}

/// `exp(x)` for `x` at most 0, to 1e-14, in operations that a compiler turns into vectors: powers
/// of two by the exponent's bits, the rest by a Taylor series to the eleventh power.
#[inline]
fn exp_of_negative(x: f64) -> f64 {
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let x = if x < -700.0 { -700.0 } else { x };
    let power = (x * core::f64::consts::LOG2_E + ROUND) - ROUND;
    let r = (x - power * 6.931_471_803_691_238e-1) - power * 1.908_214_929_270_587_7e-10;
    let mut series = 1.0 + r / 11.0;
    series = 1.0 + r * series * (1.0 / 10.0);
    series = 1.0 + r * series * (1.0 / 9.0);
    series = 1.0 + r * series * (1.0 / 8.0);
    series = 1.0 + r * series * (1.0 / 7.0);
    series = 1.0 + r * series * (1.0 / 6.0);
    series = 1.0 + r * series * (1.0 / 5.0);
    series = 1.0 + r * series * (1.0 / 4.0);
    series = 1.0 + r * series * (1.0 / 3.0);
    series = 1.0 + r * series * 0.5;
    series = 1.0 + r * series;
    let bits = (power + 1023.0 + 4_503_599_627_370_496.0).to_bits() << 52;
    series * f64::from_bits(bits)
}
