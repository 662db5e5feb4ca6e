//! The rule that stops the system from deciding alone: what came of its own calls of mastery.

use crate::estimate::LearnerState;
use crate::time::Timestamp;

/// What is measured of the system's own calls in a section: it said "mastered", and later answers spoke against it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trust {
    /// Competencies called mastered in the last four weeks.
    pub called: u32,
    /// Of those, doubted since by the learners' own answers.
    pub doubted: u32,
}

impl Trust {
    /// Days that it looks back.
    pub const DAYS: u32 = 28;
    /// Calls before it says anything.
    pub const LEAST: u32 = 20;
    /// The share, in hundredths, above which the system stops deciding alone.
    pub const MOST_HUNDREDTHS: u32 = 15;

    /// Counts over learners.
    #[must_use]
    pub fn of<'a>(learners: impl IntoIterator<Item = &'a LearnerState>, now: Timestamp) -> Self {
        let mut trust = Self::default();
        let lately = |at: Option<Timestamp>| {
            u32::from(at.is_some_and(|at| now.days_since(at) <= f64::from(Self::DAYS)))
        };
        for begun in learners.into_iter().flat_map(|state| &state.competencies) {
            let doubted = lately(begun.doubted_at);
            trust.called += lately(begun.mastered_at).max(doubted);
            trust.doubted += doubted;
        }
        trust
    }

    /// Whether it is time that the system no longer decides alone.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.called >= Self::LEAST
            && self.doubted.saturating_mul(100) > self.called.saturating_mul(Self::MOST_HUNDREDTHS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::CompetencyState;
    use crate::framework::CompetencyId;
    use crate::id::PersonId;

    #[test]
    fn trust_is_lost_above_the_bound_and_never_by_a_few() {
        let lost = |called, doubted| Trust { called, doubted }.is_lost();
        assert!(!lost(19, 19));
        assert!(!lost(20, 3));
        assert!(lost(20, 4));
    }

    #[test]
    fn only_calls_of_the_last_four_weeks_are_counted() {
        let now = Timestamp(0).plus_days(100);
        let mut state = LearnerState::new(PersonId(1));
        for (mastered, doubted) in [
            (Some(2), None),
            (None, Some(3)),
            (Some(40), None),
            (None, None),
        ] {
            let at = |days: Option<i64>| days.map(|days| now.plus_days(-days));
            state.competencies.push(CompetencyState {
                mastered_at: at(mastered),
                doubted_at: at(doubted),
                ..CompetencyState::met(CompetencyId::new("x").unwrap(), now)
            });
        }
        let trust = Trust::of([&state], now);
        assert_eq!((trust.called, trust.doubted), (2, 1));
    }
}
