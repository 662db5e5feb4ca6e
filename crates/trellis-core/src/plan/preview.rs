//! What a decision would do, before it is made: the policy as it runs, put to copies. Nothing is stored.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Directive, DirectiveKind};
use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::event::Event;
use crate::framework::CompetencyId;
use crate::id::{DirectiveId, PersonId};
use crate::policy;
use crate::recommendation::Recommendation;
use crate::time::Timestamp;

/// What a decision would do to one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The learner.
    pub learner: PersonId,
    /// Whether it is so already, so that nothing would happen.
    pub already: bool,
    /// The stops as they would be advised now.
    pub before: Vec<CompetencyId>,
    /// The stops as they would be advised then.
    pub after: Vec<CompetencyId>,
    /// What could be worked on only then.
    pub opens: u32,
    /// What could be worked on only now.
    pub closes: u32,
}

impl Effect {
    /// Whether the stops change.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.before != self.after
    }
}

fn stops(advice: &Recommendation) -> Vec<CompetencyId> {
    let stops = advice.stops.iter();
    stops.filter_map(|stop| stop.competency.clone()).collect()
}

/// How many of these are not among those.
fn missing(these: &Recommendation, those: &Recommendation) -> u32 {
    let is_there = |id: &CompetencyId| those.considered.iter().any(|other| other.competency == *id);
    let missing = these.considered.iter();
    let missing = missing.filter(|candidate| !is_there(&candidate.competency));
    u32::try_from(missing.count()).unwrap_or(u32::MAX)
}

/// What a directive would do to each of these learners.
#[must_use]
pub fn preview(
    learners: &[(PersonId, &LearnerState)],
    catalog: &Catalog,
    kind: &DirectiveKind,
    now: Timestamp,
) -> Vec<Effect> {
    let effect = |(learner, state): &(PersonId, &LearnerState)| {
        let directive = Directive {
            id: DirectiveId(u128::MAX),
            kind: kind.clone(),
            by: *learner,
            at: now,
            note: String::new(),
        };
        let mut then = (*state).clone();
        let directed = Event::Directed {
            learner: *learner,
            directive,
        };
        then.apply_event(&directed, now);
        let before = policy::recommend(state, catalog, now);
        let after = policy::recommend(&then, catalog, now);
        Effect {
            learner: *learner,
            already: state.directives.iter().any(|old| old.kind == *kind),
            before: stops(&before),
            after: stops(&after),
            opens: missing(&after, &before),
            closes: missing(&before, &after),
        }
    };
    learners.iter().map(effect).collect()
}
