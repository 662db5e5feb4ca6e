//! What an event is about: whose record it stands in, what it answers, what it takes back.

use alloc::collections::BTreeSet;

use crate::event::{Event, Recorded};
use crate::id::{AnswerId, AttemptId, PersonId, Seq};

/// The decisions that no longer count because of one of these events.
#[must_use]
pub fn taken_back(events: &[Recorded]) -> BTreeSet<Seq> {
    let events = events.iter();
    events
        .filter_map(|recorded| recorded.event.takes_back())
        .collect()
}

impl Event {
    /// The learner in whose record the event stands; `None` for events of a section or of the whole district.
    #[must_use]
    pub fn learner(&self) -> Option<PersonId> {
        match self {
            Self::CourseTaken { learner, .. }
            | Self::CourseLeft { learner, .. }
            | Self::Advised { learner, .. }
            | Self::Started { learner, .. }
            | Self::HintShown { learner, .. }
            | Self::HintAnswered { learner, .. }
            | Self::Responded { learner, .. }
            | Self::HandedIn { learner, .. }
            | Self::Scored { learner, .. }
            | Self::ScoreUndone { learner, .. }
            | Self::NotUnderstood { learner, .. }
            | Self::Revealed { learner, .. }
            | Self::Mastered { learner, .. }
            | Self::Doubted { learner, .. }
            | Self::ProofBegun { learner, .. }
            | Self::ProofEnded { learner, .. }
            | Self::InterestChosen { learner, .. }
            | Self::Directed { learner, .. }
            | Self::DirectiveUndone { learner, .. }
            | Self::PlacementBegun { learner, .. }
            | Self::PlacementEnded { learner, .. }
            | Self::PlacementSet { learner, .. }
            | Self::Consented { learner, .. }
            | Self::Rescored { learner, .. }
            | Self::Felt { learner, .. }
            | Self::PlanNoted { learner, .. }
            | Self::ProjectScored { learner, .. }
            | Self::ProjectScoreUndone { learner, .. }
            | Self::ModeSet { learner, .. } => Some(*learner),
            Self::ClassOpened { .. }
            | Self::ClassClosed { .. }
            | Self::CoursesChosen { .. }
            | Self::ModelInstalled { .. }
            | Self::ItemHeld { .. }
            | Self::ItemReleased { .. }
            | Self::FindingSettled { .. }
            | Self::FindingReopened { .. }
            | Self::ItemReported { .. }
            | Self::ItemRevised { .. }
            | Self::ItemsTagged { .. }
            | Self::LinkSet { .. }
            | Self::ItemPublished { .. } => None,
        }
    }

    /// The client's id of a response, by which a repetition is known.
    #[must_use]
    pub fn answer(&self) -> Option<AnswerId> {
        match self {
            Self::Responded { answer, .. }
            | Self::HandedIn { answer, .. }
            | Self::NotUnderstood { answer, .. }
            | Self::HintAnswered { answer, .. } => Some(*answer),
            _ => None,
        }
    }

    /// The attempt that the event belongs to.
    #[must_use]
    pub fn attempt(&self) -> Option<AttemptId> {
        match self {
            Self::Started { attempt, .. }
            | Self::HintShown { attempt, .. }
            | Self::HintAnswered { attempt, .. }
            | Self::Responded { attempt, .. }
            | Self::HandedIn { attempt, .. }
            | Self::Scored { attempt, .. }
            | Self::ScoreUndone { attempt, .. }
            | Self::NotUnderstood { attempt, .. }
            | Self::Revealed { attempt, .. } => Some(*attempt),
            Self::Felt { attempt, .. } => *attempt,
            _ => None,
        }
    }

    /// Whether earlier events count otherwise because of this one, so that what is believed about the learner has to be
    /// folded again from their first event; see [`crate::estimate::LearnerState::refold`].
    #[must_use]
    pub fn rewrites(&self) -> bool {
        self.takes_back().is_some() || matches!(self, Self::Rescored { .. })
    }

    /// The earlier decision that no longer counts because of this event.
    #[must_use]
    pub fn takes_back(&self) -> Option<Seq> {
        match self {
            Self::ScoreUndone { decision, .. } | Self::ProjectScoreUndone { decision, .. } => {
                Some(*decision)
            }
            _ => None,
        }
    }

    /// Whether it is folded into the [curation](crate::curation::Curation) of the content.
    #[must_use]
    pub fn is_curation(&self) -> bool {
        matches!(
            self,
            Self::ItemHeld { .. }
                | Self::ItemReleased { .. }
                | Self::FindingSettled { .. }
                | Self::FindingReopened { .. }
                | Self::ItemReported { .. }
                | Self::ItemRevised { .. }
                | Self::ItemsTagged { .. }
                | Self::LinkSet { .. }
        )
    }
}
