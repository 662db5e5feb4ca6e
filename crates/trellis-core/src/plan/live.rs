//! What a learner is at during a lesson, by what the journal knows of this day: nothing here watches anybody.

use crate::estimate::LearnerState;
use crate::framework::CompetencyId;
use crate::policy::is_stop_done;
use crate::time::Timestamp;

/// After so many milliseconds without an answer or a new question somebody counts as idle. A long question takes its time.
pub const IDLE_MS: i64 = 5 * 60_000;
/// Judged responses to one question, all wrong so far, from which on somebody counts as stuck.
const STUCK_TRIES: u32 = 2;
/// Wrong first tries in a row from which on somebody counts as stuck.
const STUCK_MISSES: u32 = 3;

/// What somebody is at, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Tries and does not get on.
    Stuck,
    /// Here, and no sign of work for a while.
    Idle,
    /// Works.
    Working,
    /// Has done the stops of the day.
    Done,
    /// Has not signed in to this class session.
    Away,
}

impl Doing {
    /// All, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Stuck,
        Self::Idle,
        Self::Working,
        Self::Done,
        Self::Away,
    ];

    /// The name in translation files and style sheets.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Stuck => "stuck",
            Self::Idle => "idle",
            Self::Working => "working",
            Self::Done => "done",
            Self::Away => "away",
        }
    }
}

/// One learner of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// What they are at.
    pub doing: Doing,
    /// What the question is about that they began or answered last, today.
    pub competency: Option<CompetencyId>,
    /// The last sign of work of today: a question begun, or an answer.
    pub last: Option<Timestamp>,
}

/// The last sign of work of today, with what it was about.
fn last_sign(state: &LearnerState, now: Timestamp) -> Option<(Timestamp, &CompetencyId)> {
    let open = state.open.iter().map(|it| (it.started_at, &it.competency));
    let recent = state.recent.iter().map(|it| (it.at, &it.competency));
    let waiting = state.waiting.iter().map(|it| (it.at, &it.competency));
    let met = state.competencies.iter();
    let met = met.map(|it| (it.last_at, &it.competency));
    let today = open.chain(recent).chain(waiting).chain(met);
    today
        .filter(|(at, _)| at.day() == now.day())
        .max_by_key(|(at, _)| *at)
}

/// Whether all stops of today's advice that are not the learner's own pick are done.
fn is_done(state: &LearnerState, now: Timestamp) -> bool {
    let Some((at, advice)) = &state.advice else {
        return false;
    };
    let mut stops = advice.stops.iter().filter(|it| it.competency.is_some());
    at.day() == now.day()
        && stops.clone().next().is_some()
        && stops.all(|stop| is_stop_done(state, stop, now))
}

fn is_stuck(state: &LearnerState, about: &CompetencyId) -> bool {
    let mut open = state.open.iter().filter(|it| it.competency == *about);
    let misses = state.competency(about).map_or(0, |it| it.misses);
    open.any(|it| it.tries >= STUCK_TRIES) || misses >= STUCK_MISSES
}

/// What a learner is at. `here` says whether they have signed in to the class session.
#[must_use]
pub fn seat(state: &LearnerState, here: bool, now: Timestamp) -> Seat {
    let last = last_sign(state, now);
    let quiet = last.is_none_or(|(at, _)| now.0.saturating_sub(at.0) >= IDLE_MS);
    let doing = match last {
        _ if !here => Doing::Away,
        _ if is_done(state, now) => Doing::Done,
        _ if quiet => Doing::Idle,
        Some((_, about)) if is_stuck(state, about) => Doing::Stuck,
        _ => Doing::Working,
    };
    Seat {
        doing,
        competency: last.map(|(_, about)| about.clone()),
        last: last.map(|(at, _)| at),
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::estimate::OpenAttempt;
    use crate::framework::ItemId;
    use crate::id::{AttemptId, Seq};
    use crate::plan::cards::tests::{NOW, answered, id, learner};
    use crate::recommendation::{Purpose, Reason, Recommendation, Stop, Versions};

    fn begun(state: &mut LearnerState, about: &str, tries: u32, at: Timestamp) {
        state.open.push(OpenAttempt {
            id: AttemptId(1),
            item: ItemId::new("i").unwrap(),
            competency: id(about),
            purpose: Purpose::Learn,
            seed: 1,
            interest: None,
            hints: 0,
            tries,
            started_at: at,
        });
    }

    fn doing(state: &LearnerState) -> Doing {
        seat(state, true, NOW).doing
    }

    #[test]
    fn a_question_begun_is_work_and_five_quiet_minutes_are_idle() {
        let mut state = LearnerState::new(crate::id::PersonId(1));
        assert_eq!(doing(&state), Doing::Idle);
        begun(&mut state, "add", 0, NOW.plus_ms(-IDLE_MS + 1));
        let found = seat(&state, true, NOW);
        assert_eq!(found.doing, Doing::Working);
        assert_eq!(found.competency, Some(id("add")));
        assert_eq!(doing(&state), Doing::Working);
        state.open[0].started_at = NOW.plus_ms(-IDLE_MS);
        assert_eq!(doing(&state), Doing::Idle);
        // Who has not signed in to the class is away, whatever they did at home.
        assert_eq!(seat(&state, false, NOW).doing, Doing::Away);
        // Yesterday's work is no sign of today.
        state.open[0].started_at = NOW.plus_days(-1);
        assert_eq!(seat(&state, true, NOW).competency, None);
    }

    #[test]
    fn wrong_again_and_again_is_stuck_until_something_is_right() {
        let mut state = LearnerState::new(crate::id::PersonId(1));
        begun(&mut state, "add", 1, NOW);
        assert_eq!(doing(&state), Doing::Working);
        state.open[0].tries = 2;
        assert_eq!(doing(&state), Doing::Stuck);
        let mut state = learner(1, "add", &[false, false, false], 0, NOW);
        state.competencies[0].misses = 2;
        assert_eq!(doing(&state), Doing::Working);
        state.competencies[0].misses = 3;
        assert_eq!(doing(&state), Doing::Stuck);
        // Trouble with something else is not trouble with this.
        answered(&mut state, "compare", &[true], 0, NOW.plus_ms(1));
        assert_eq!(seat(&state, true, NOW.plus_ms(2)).doing, Doing::Working);
    }

    #[test]
    fn done_is_when_all_advised_stops_of_today_are_done() {
        let mut state = learner(1, "add", &[true; 5], 0, NOW);
        let stop = |name: &str| Stop {
            purpose: Purpose::Learn,
            competency: Some(id(name)),
            choices: vec![],
            minutes: 5,
            reasons: vec![Reason::YouPick],
        };
        let advice = |stops| Recommendation {
            stops,
            considered: vec![],
            state: Seq(0),
            versions: Versions {
                policy: "p".into(),
                model: "m".into(),
                content: 1,
            },
            propensity: 1.0,
        };
        state.advice = Some((NOW, advice(vec![stop("add"), stop("compare")])));
        assert_eq!(doing(&state), Doing::Working);
        state.advice = Some((NOW, advice(vec![stop("add")])));
        assert_eq!(doing(&state), Doing::Done);
        state.advice = Some((NOW, advice(vec![])));
        assert_eq!(doing(&state), Doing::Working);
        state.advice = Some((NOW.plus_days(-1), advice(vec![stop("add")])));
        assert_eq!(doing(&state), Doing::Working);
    }
}
