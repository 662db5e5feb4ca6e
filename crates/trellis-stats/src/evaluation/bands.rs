//! Where predictions are good: early and late in a learner's answers, and by skill.

use super::size;
use crate::metrics::{Figures, Scored, figures};
use crate::tracing::Response;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use libm::{fabs, sqrt};

/// Figures of answers at certain places of each learner's own order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// First place, counted from 1.
    pub from: usize,
    /// Last place; `None` for no end.
    pub to: Option<usize>,
    /// Mean prediction minus the share of right answers: over 0 is too hopeful.
    pub bias: f64,
    /// The figures.
    pub figures: Figures,
}

/// Ends of the bands.
const ENDS: [(usize, Option<usize>); 4] =
    [(1, Some(10)), (11, Some(50)), (51, Some(200)), (201, None)];

fn bias(scored: &[Scored]) -> f64 {
    let gaps = scored.iter().map(|&(p, y)| p - f64::from(u8::from(y)));
    gaps.sum::<f64>() / size(scored.len()).max(1.0)
}

/// Answers 1 to 10, 11 to 50, 51 to 200 and later. `rows` and `predicted` run side by side, each
/// learner's rows together; an empty band is left out.
#[must_use]
pub fn position_bands(rows: &[Response], predicted: &[f64]) -> Vec<Band> {
    let mut places = Vec::with_capacity(rows.len());
    for learner in rows.chunk_by(|a, b| a.learner == b.learner) {
        places.extend(1..=learner.len());
    }
    let band = |&(from, to): &(usize, Option<usize>)| {
        let inside = |place: usize| place >= from && to.is_none_or(|to| place <= to);
        let scored: Vec<Scored> = rows
            .iter()
            .zip(predicted)
            .zip(&places)
            .filter(|(_, place)| inside(**place))
            .map(|((row, p), _)| (*p, row.correct))
            .collect();
        Some(Band {
            from,
            to,
            bias: bias(&scored),
            figures: figures(&scored)?,
        })
    };
    ENDS.iter().filter_map(band).collect()
}

/// Figures of each learner's first answer on each skill: what is known of somebody who starts
/// something new.
#[must_use]
pub fn first_on_skill(rows: &[Response], predicted: &[f64]) -> Option<Figures> {
    let mut seen = BTreeSet::new();
    let first: Vec<Scored> = rows
        .iter()
        .zip(predicted)
        .filter(|(row, _)| seen.insert((row.learner, row.opportunity.competency)))
        .map(|(row, p)| (*p, row.correct))
        .collect();
    figures(&first)
}

/// Calibration by skill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkillReport {
    /// Skills with at least 200 answers.
    pub skills: usize,
    /// Those whose share of right answers is within the 95 % band around the mean prediction, as
    /// if answers were independent; learners are alike within themselves, so fewer than 95 % is
    /// no wonder.
    pub within: usize,
    /// The largest distance of the two, over these skills.
    pub worst: f64,
}

/// Compares mean prediction and share of right answers for each skill with 200 answers or more.
#[must_use]
pub fn skills(rows: &[Response], predicted: &[f64]) -> SkillReport {
    let mut by_skill: BTreeMap<u32, [f64; 4]> = BTreeMap::new();
    for (row, &p) in rows.iter().zip(predicted) {
        let sums = by_skill.entry(row.opportunity.competency.0).or_default();
        sums[0] += 1.0;
        sums[1] += p;
        sums[2] += f64::from(u8::from(row.correct));
        sums[3] += p * (1.0 - p);
    }
    let mut out = SkillReport {
        skills: 0,
        within: 0,
        worst: 0.0,
    };
    for [count, predicted, right, variance] in by_skill.into_values() {
        if count >= 200.0 {
            let gap = fabs(predicted - right);
            out.skills += 1;
            out.within += usize::from(gap <= 1.96 * sqrt(variance));
            out.worst = f64::max(out.worst, gap / count);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::Probability;
    use crate::tracing::{CompetencyKey, ItemKey, Opportunity};

    #[test]
    fn bands_hold_every_answer_once() {
        let at = Opportunity::first_try(CompetencyKey(1), ItemKey(1), Probability::ZERO);
        let row = |at_place: u32| Response {
            learner: at_place / 260,
            opportunity: at,
            correct: at_place.is_multiple_of(4),
        };
        let rows: Vec<Response> = (0..520).map(row).collect();
        let predicted: Vec<f64> = rows.iter().map(|_| 0.25).collect();
        let bands = position_bands(&rows, &predicted);
        let counts: Vec<usize> = bands.iter().map(|band| band.figures.count).collect();
        assert_eq!(counts, [20, 80, 300, 120]);
        assert_eq!(first_on_skill(&rows, &predicted).unwrap().count, 2);
        let report = skills(&rows, &predicted);
        assert_eq!((report.skills, report.within), (1, 1));
        assert!(report.worst < 1e-12);
    }
}
