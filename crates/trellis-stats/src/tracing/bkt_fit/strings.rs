//! Answers of one competency as strings of right and wrong, equal ones counted once, in lanes side by side.

use super::super::{CompetencyKey, Response};
use alloc::vec;
use alloc::vec::Vec;
use wide::f64x4;

/// Strings that are worked on side by side.
pub(super) const LANES: usize = 4;

/// Strings of answers side by side, the longest first, each from its last answer to its first: all lanes begin in the
/// first row and end where their own first answer is.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) lengths: [usize; LANES],
    /// How many learners gave this very string; 0 for an unused lane.
    pub(super) counts: f64x4,
}

/// One competency's answers, ready for fitting.
#[derive(Debug)]
pub(super) struct Strings {
    /// The rows of one block after another, as many for each as its longest string has answers: 1 right, 0 wrong or past
    /// a lane's end.
    pub(super) rows: Vec<f64x4>,
    pub(super) blocks: Vec<Block>,
    pub(super) learners: f64,
    pub(super) answers: f64,
    pub(super) right: f64,
}

/// Competency, learner, whether right.
type Row = (u32, u32, bool);
/// A string of answers and how many learners gave it.
type Counted<'a> = (&'a [Row], f64);

/// The strings of every competency, in the order of their keys.
pub(super) fn by_competency(responses: &[Response]) -> Vec<(CompetencyKey, Strings)> {
    let row = |r: &Response| (r.opportunity.competency.0, r.learner, r.correct);
    let rows = sorted(responses.iter().map(row).collect());
    let competencies = rows.chunk_by(|a, b| a.0 == b.0);
    competencies
        .map(|rows| (CompetencyKey(rows[0].0), strings(rows)))
        .collect()
}

/// The rows by competency, in their own order within each.
fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    let place = |row: &Row| usize::try_from(row.0).unwrap_or(usize::MAX);
    let most = rows.iter().map(place).max().unwrap_or(0);
    if most > 4 * rows.len() {
        rows.sort_by_key(|row| row.0);
        return rows;
    }
    // Keys are numbers from 0 in most files: counted, each row goes to its place at once.
    let mut starts = vec![0_usize; most + 2];
    for row in &rows {
        starts[place(row) + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut out = vec![(0, 0, false); rows.len()];
    for row in rows {
        let next = &mut starts[place(&row)];
        out[*next] = row;
        *next += 1;
    }
    out
}

/// A string of up to 63 answers as one number, unlike that of any other string; longer ones have none.
fn packed(string: &[Row]) -> Option<u64> {
    let push = |bits, row: &Row| bits << 1 | u64::from(row.2);
    (string.len() < 64).then(|| string.iter().fold(1, push))
}

fn strings(rows: &[Row]) -> Strings {
    let of_learners = rows.chunk_by(|a, b| a.1 == b.1);
    let mut all: Vec<(Option<u64>, &[Row])> = of_learners.map(|s| (packed(s), s)).collect();
    let learners = all.len();
    let right = |row: &Row| row.2;
    // The longest first; numbers of equal length stand together, as one that is longer is larger.
    let order = |a: &(Option<u64>, &[Row]), b: &(Option<u64>, &[Row])| match (a.0, b.0) {
        (Some(a), Some(b)) => b.cmp(&a),
        _ => {
            let by_answers = || a.1.iter().map(right).cmp(b.1.iter().map(right));
            b.1.len().cmp(&a.1.len()).then_with(by_answers)
        }
    };
    all.sort_unstable_by(order);
    let mut distinct: Vec<Counted<'_>> = Vec::new();
    for equal in all.chunk_by(|a, b| order(a, b).is_eq()) {
        distinct.extend(equal.first().map(|one| (one.1, size(equal.len()))));
    }
    // Those that one learner alone gave stand together too: their logarithms can be taken of products.
    distinct.sort_by_key(|(string, count)| (usize::MAX - string.len(), *count > 1.0));
    let mut out = Strings {
        rows: Vec::with_capacity(distinct.iter().step_by(LANES).map(|one| one.0.len()).sum()),
        blocks: Vec::with_capacity(distinct.len().div_ceil(LANES)),
        learners: size(learners),
        answers: size(rows.len()),
        right: size(rows.iter().filter(|row| row.2).count()),
    };
    for strings in distinct.chunks(LANES) {
        out.push(strings);
    }
    out
}

impl Strings {
    /// Adds up to as many strings as there are lanes, the longest first.
    fn push(&mut self, strings: &[Counted<'_>]) {
        let length = |lane: usize| {
            strings
                .get(lane)
                .or(strings.last())
                .map_or(0, |one| one.0.len())
        };
        let lengths: [usize; LANES] = core::array::from_fn(length);
        let count = |lane: usize| strings.get(lane).map_or(0.0, |one| one.1);
        self.blocks.push(Block {
            lengths,
            counts: f64x4::from(core::array::from_fn(count)),
        });
        for back in 1..=lengths[0] {
            let right = |lane: usize| {
                let string = strings.get(lane).map_or(&[][..], |one| one.0);
                let answer = string.len().checked_sub(back).and_then(|at| string.get(at));
                f64::from(u8::from(answer.is_some_and(|answer| answer.2)))
            };
            self.rows.push(f64x4::from(core::array::from_fn(right)));
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of answers is far below 2^53"
)]
const fn size(count: usize) -> f64 {
    count as f64
}
