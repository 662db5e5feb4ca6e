//! What needs a teacher: findings about single learners, gathered into cards and ranked by what waiting costs.
//!
//! A card must be right more often than it is interesting. A card says what happened, as data; words are made at the edge.

mod detect;
mod draft;

use alloc::string::String;
use alloc::vec::Vec;

pub(crate) use detect::mix_ups_of_learner;
use draft::Drafts;
pub use draft::{Card, CardKind, Finding, MOST_CARDS, MOST_OF_A_KIND, Seen};

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::id::PersonId;
use crate::people::Matter;
use crate::time::Timestamp;

/// The cards of a section, dearest first, at most [`MOST_CARDS`]. Findings that were put away are left out before
/// learners are counted, so that a card returns only with news. `matters` are those about these learners.
#[must_use]
pub fn cards(
    learners: &[(PersonId, &LearnerState)],
    matters: &[Matter],
    catalog: &Catalog,
    dismissed: &[String],
    now: Timestamp,
) -> Vec<Card> {
    let mut drafts = Drafts::new(dismissed);
    for (learner, state) in learners {
        detect::waiting(&mut drafts, *learner, state, now);
        let stuck = detect::competencies(&mut drafts, *learner, state, catalog, now);
        if !stuck {
            detect::not_asking(&mut drafts, *learner, state, now);
        }
    }
    detect::mix_ups(&mut drafts, learners, catalog, now);
    detect::idle(&mut drafts, learners, now);
    detect::raised(&mut drafts, matters, now);
    drafts.ranked()
}

#[cfg(test)]
pub(crate) mod tests;
