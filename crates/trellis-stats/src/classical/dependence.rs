//! Items that hang together more than ability explains: Yen's Q3.
//!
//! Two items about the same picture, or one whose answer is in the other's question, share more than what they are meant to
//! measure. Q3 is the correlation of what the Rasch model did not expect of both. Its expected value without dependence
//! is a little below 0 (about minus 1 over the number of items less 1), so flags stand on the distance from the mean of all pairs.

use alloc::vec::Vec;

use super::{FirstAnswer, Rasch, correlation};

/// How far two items hang together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dependence {
    /// The one with the lower number.
    pub first: u32,
    /// The other.
    pub second: u32,
    /// Learners who answered both.
    pub learners: u32,
    /// Correlation of the residuals, -1 to 1.
    pub q3: f64,
}

/// The pairs of items that at least `fewest` learners answered both of, by falling Q3. Work grows with the square of the
/// items that one learner answered; of each learner the first `most_items` by number count.
#[must_use]
pub fn dependence(
    answers: &[FirstAnswer],
    rasch: &Rasch,
    fewest: u32,
    most_items: usize,
) -> Vec<Dependence> {
    let mut rows: Vec<(u32, u32, f64)> = answers
        .iter()
        .map(|answer| {
            let residual = f64::from(u8::from(answer.right)) - rasch.chance(answer);
            (answer.learner, answer.item, residual)
        })
        .collect();
    rows.sort_by_key(|row| (row.0, row.1));
    let mut pairs: Vec<(u32, u32, f64, f64)> = Vec::new();
    for own in rows.chunk_by(|a, b| a.0 == b.0) {
        let own = &own[..own.len().min(most_items)];
        for (place, first) in own.iter().enumerate() {
            for second in &own[place + 1..] {
                pairs.push((first.1, second.1, first.2, second.2));
            }
        }
    }
    // Residuals are ordered too, so that the order in which learners are numbered changes no bit.
    pairs.sort_by(|a, b| {
        let items = (a.0, a.1).cmp(&(b.0, b.1));
        items.then(a.2.total_cmp(&b.2)).then(a.3.total_cmp(&b.3))
    });
    let mut found: Vec<Dependence> = pairs
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter_map(|same| {
            let learners = u32::try_from(same.len()).ok().filter(|n| *n >= fewest)?;
            let x: Vec<f64> = same.iter().map(|pair| pair.2).collect();
            let y: Vec<f64> = same.iter().map(|pair| pair.3).collect();
            Some(Dependence {
                first: same[0].0,
                second: same[0].1,
                learners,
                q3: correlation(&x, &y)?,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        b.q3.total_cmp(&a.q3)
            .then((a.first, a.second).cmp(&(b.first, b.second)))
    });
    found
}
