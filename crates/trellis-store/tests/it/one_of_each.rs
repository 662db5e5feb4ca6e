//! An event of every kind with every field filled. The chain from one kind to the next is a match without a rest, so a new
//! kind of event does not compile here until it has its place.

use trellis_core::audit::{Observed, Settlement, Subject};
use trellis_core::consent::Use;
use trellis_core::estimate::{Believed, Circumstances};
use trellis_core::event::{Event, Evidence, Mark, Rescoring, Score};
use trellis_core::framework::{CompetencyId, CourseId, InterestId, ItemId, MixUpId};
use trellis_core::goals::PlanNote;
use trellis_core::id::{
    AnswerId, AttemptId, CheckInId, DirectiveId, DraftId, PersonId, ProjectId, Seq,
};
use trellis_core::item::{Awaits, Response};
use trellis_core::placement::{self, Placed, WhyOver};
use trellis_core::plan::{Directive, DirectiveKind, Felt, Mode};
use trellis_core::project::{Says, ScoredCriterion};
use trellis_core::recommendation::{
    Considered, Purpose, Reason, Recommendation, Stop, Term, Versions,
};
use trellis_core::tag::Tag;

use crate::school::{FIRST, START, TEACHER};

/// What is put into the events.
#[derive(Debug, Clone)]
pub(crate) struct Fill {
    /// Whose record they stand in.
    pub(crate) learner: PersonId,
    /// The attempt of them.
    pub(crate) attempt: AttemptId,
    /// Stands in every text that somebody could have typed, and in every name of content.
    pub(crate) mark: String,
}

impl Fill {
    fn competency(&self) -> CompetencyId {
        CompetencyId::new(&format!("competency-{}", self.mark)).expect("an id")
    }

    fn item(&self) -> ItemId {
        ItemId::new(&format!("item-{}", self.mark)).expect("an id")
    }

    fn course(&self) -> CourseId {
        CourseId::new(&format!("course-{}", self.mark)).expect("an id")
    }

    fn interest(&self) -> Option<InterestId> {
        InterestId::new(&format!("interest-{}", self.mark)).ok()
    }

    fn response(&self) -> Response {
        Response::Text(format!("an answer {}", self.mark))
    }

    fn words(&self) -> String {
        format!("some words {}", self.mark)
    }

    fn score(&self) -> Score {
        Score {
            right: false,
            share: 0.5,
            mix_up: MixUpId::new(&format!("mix-up-{}", self.mark)).ok(),
        }
    }

    fn recommendation(&self) -> Recommendation {
        let competency = self.competency();
        Recommendation {
            stops: vec![Stop {
                purpose: Purpose::Learn,
                competency: Some(competency.clone()),
                choices: vec![competency.clone()],
                minutes: 4,
                reasons: vec![Reason::Ready {
                    after: vec![competency.clone()],
                }],
            }],
            considered: vec![Considered {
                competency,
                purpose: Purpose::Learn,
                score: 0.25,
                terms: vec![Term::Gain(0.25)],
            }],
            state: Seq(0),
            versions: Versions {
                policy: self.words(),
                model: self.words(),
                content: 7,
            },
            propensity: 1.0,
        }
    }
}

const BELIEVED: Believed = Believed {
    known: 0.5,
    low: 0.25,
    high: 0.75,
    next_right: 0.5,
};

const EVIDENCE: Evidence = Evidence {
    guess: 0.25,
    slip: 0.125,
    difficulty: Some(0.5),
    hints: 1,
    earlier: 1,
    gap_s: Some(60),
    right: false,
};

const CIRCUMSTANCES: Circumstances = Circumstances {
    guess: 0.25,
    slip: 0.125,
    difficulty: Some(0.5),
    hints: 1,
    earlier: 1,
    gap_s: Some(60),
};

/// The event that comes after one, of the next kind; the first after none. `number` gives each answer an id of its own.
fn next(event: Option<&Event>, fill: &Fill, number: u128) -> Option<Event> {
    let &Fill {
        learner, attempt, ..
    } = fill;
    let answer = AnswerId(attempt.0 + number);
    let (item, competency, before, after) = (fill.item(), fill.competency(), BELIEVED, BELIEVED);
    Some(match event {
        None => Event::CourseTaken {
            learner,
            course: fill.course(),
        },
        Some(Event::CourseTaken { .. }) => Event::CourseLeft {
            learner,
            course: fill.course(),
        },
        Some(Event::CourseLeft { .. }) => Event::Advised {
            learner,
            recommendation: fill.recommendation(),
        },
        Some(Event::Advised { .. }) => Event::Started {
            learner,
            attempt,
            item,
            competency,
            purpose: Purpose::Learn,
            seed: 5,
            interest: fill.interest(),
            among: 3,
            content: 7,
        },
        Some(Event::Started { .. }) => Event::HintShown {
            learner,
            attempt,
            index: 0,
        },
        Some(Event::HintShown { .. }) => Event::HintAnswered {
            learner,
            attempt,
            index: 0,
            answer,
            response: fill.response(),
            right: false,
            problem: Some(fill.words()),
        },
        Some(Event::HintAnswered { .. }) => Event::NotUnderstood {
            learner,
            attempt,
            answer,
            response: fill.response(),
            at: 3,
            problem: fill.words(),
        },
        Some(Event::NotUnderstood { .. }) => Event::Responded {
            learner,
            attempt,
            answer,
            item,
            competency,
            response: fill.response(),
            score: fill.score(),
            evidence: EVIDENCE,
            before,
            after,
            over: false,
            elapsed_ms: 1500,
            said_at: Some(START),
        },
        Some(Event::Responded { .. }) => Event::HandedIn {
            learner,
            attempt,
            answer,
            item,
            competency,
            response: fill.response(),
            awaits: Awaits::Rubric,
            circumstances: CIRCUMSTANCES,
            elapsed_ms: 1500,
            said_at: Some(START),
        },
        other => return next_of_the_rest(other?, fill),
    })
}

/// The second half of the chain.
fn next_of_the_rest(event: &Event, fill: &Fill) -> Option<Event> {
    let &Fill {
        learner, attempt, ..
    } = fill;
    let (item, competency) = (fill.item(), fill.competency());
    let (before, after) = (BELIEVED, BELIEVED);
    Some(match event {
        Event::HandedIn { .. } => Event::Scored {
            learner,
            attempt,
            item,
            competency,
            points: vec![1],
            most: vec![3],
            comment: fill.words(),
            score: fill.score(),
            evidence: EVIDENCE,
            before,
            after,
        },
        Event::Scored { .. } => Event::ScoreUndone {
            learner,
            attempt,
            competency,
            decision: Seq(1),
            before,
            after,
        },
        Event::ScoreUndone { .. } => Event::Revealed {
            learner,
            attempt,
            item,
            competency,
            evidence: Some(EVIDENCE),
            before,
            after,
        },
        Event::Revealed { .. } => Event::Mastered {
            learner,
            competency: competency.clone(),
            bound: 0.1,
            opens: vec![competency],
        },
        Event::Mastered { .. } => Event::Doubted {
            learner,
            competency,
        },
        Event::Doubted { .. } => Event::ProofBegun {
            learner,
            competency,
        },
        Event::ProofBegun { .. } => Event::ProofEnded {
            learner,
            competency,
            right: 2,
            done: 5,
            mastered: false,
        },
        Event::ProofEnded { .. } => Event::InterestChosen {
            learner,
            interest: fill.interest(),
        },
        other => return next_of_staff(other, fill),
    })
}

/// The last part of the chain: what staff do.
fn next_of_staff(event: &Event, fill: &Fill) -> Option<Event> {
    let section = FIRST;
    let (learner, competency) = (fill.learner, fill.competency());
    Some(match event {
        Event::InterestChosen { .. } => Event::Directed {
            learner,
            directive: Directive {
                id: DirectiveId(fill.attempt.0),
                kind: DirectiveKind::DoNext(competency),
                by: TEACHER,
                at: START,
                note: fill.words(),
            },
        },
        Event::Directed { .. } => Event::DirectiveUndone {
            learner,
            directive: DirectiveId(fill.attempt.0 + 1),
        },
        Event::DirectiveUndone { .. } => Event::Felt {
            learner,
            competency,
            attempt: Some(fill.attempt),
            felt: Felt::TooHard,
        },
        Event::Felt { .. } => Event::ModeSet {
            learner,
            mode: Mode::Suggest,
            note: fill.words(),
        },
        Event::ModeSet { .. } => Event::ClassOpened {
            section,
            until: START,
        },
        Event::ClassOpened { .. } => Event::ClassClosed { section },
        Event::ClassClosed { .. } => Event::CoursesChosen {
            section,
            courses: vec![fill.course()],
        },
        other => return next_of_content(other, fill),
    })
}

/// The last of the chain: what people decide about content.
fn next_of_content(event: &Event, fill: &Fill) -> Option<Event> {
    let learner = fill.learner;
    let (item, competency) = (fill.item(), fill.competency());
    let about = Subject::Item(item.clone());
    Some(match event {
        Event::CoursesChosen { .. } => Event::ItemHeld {
            item,
            note: fill.words(),
        },
        Event::ItemHeld { .. } => Event::ItemReleased { item },
        Event::ItemReleased { .. } => Event::FindingSettled {
            about,
            seen: Observed::NoHint,
            how: Settlement::Dismissed,
            note: fill.words(),
        },
        Event::FindingSettled { .. } => Event::FindingReopened {
            about,
            rule: Observed::NoHint.rule().to_owned(),
        },
        Event::FindingReopened { .. } => Event::ItemReported {
            item,
            note: fill.words(),
        },
        Event::ItemReported { .. } => Event::ItemPublished {
            course: fill.course(),
            item,
            draft: DraftId(5),
            version: 2,
        },
        Event::ItemPublished { .. } => Event::PlacementBegun {
            learner,
            course: fill.course(),
            seed: 7,
        },
        Event::PlacementBegun { .. } => Event::PlacementEnded {
            learner,
            course: fill.course(),
            why: WhyOver::Sure,
            asked: vec![placement::Asked {
                competency: competency.clone(),
                right: true,
                guess: 0.02,
            }],
            known: vec![Placed {
                competency,
                chance: 0.9,
            }],
        },
        Event::PlacementEnded { .. } => Event::PlacementSet {
            learner,
            offered: false,
        },
        Event::PlacementSet { .. } => Event::Consented {
            learner,
            purpose: Use::Improving,
            allowed: false,
        },
        Event::Consented { .. } => Event::ModelInstalled {
            version: "site-1".to_owned(),
            hash: "0".repeat(64),
        },
        other => return next_of_revisions(other, fill),
    })
}

/// The very last part: questions that are revised, and what follows.
fn next_of_revisions(event: &Event, fill: &Fill) -> Option<Event> {
    Some(match event {
        Event::ModelInstalled { .. } => {
            let question = Box::new(crate::school::import().items.remove(0));
            Event::ItemRevised {
                before: question.clone(),
                after: question,
                note: fill.words(),
                undoes: Some(Seq(1)),
            }
        }
        Event::ItemRevised { .. } => Event::Rescored {
            learner: fill.learner,
            item: fill.item(),
            competency: fill.competency(),
            revision: Seq(1),
            undoes: false,
            answers: vec![Rescoring {
                answer: AnswerId(fill.attempt.0 + 1),
                score: fill.score(),
            }],
            better: 1,
            worse: 0,
            marks: vec![Mark {
                at: Seq(1),
                mastered: true,
            }],
            before: BELIEVED,
            after: BELIEVED,
        },
        Event::Rescored { .. } => Event::ItemsTagged {
            tags: vec![Tag {
                item: fill.item(),
                competency: Some(fill.competency()),
            }],
        },
        Event::ItemsTagged { .. } => Event::LinkSet {
            first: fill.competency(),
            then: fill.competency(),
            holds: Some(true),
            note: fill.words(),
        },
        Event::LinkSet { .. } => plan_noted(fill),
        Event::PlanNoted { .. } => project_scored(fill),
        Event::ProjectScored { .. } => score_undone(fill),
        Event::ProjectScoreUndone { .. }
        // Handled before; named, so that a new kind does not fall through.
        | Event::CourseTaken { .. }
        | Event::CourseLeft { .. }
        | Event::Advised { .. }
        | Event::Started { .. }
        | Event::HintShown { .. }
        | Event::HintAnswered { .. }
        | Event::Responded { .. }
        | Event::HandedIn { .. }
        | Event::Scored { .. }
        | Event::ScoreUndone { .. }
        | Event::NotUnderstood { .. }
        | Event::Revealed { .. }
        | Event::Mastered { .. }
        | Event::Doubted { .. }
        | Event::ProofBegun { .. }
        | Event::ProofEnded { .. }
        | Event::InterestChosen { .. }
        | Event::Directed { .. }
        | Event::DirectiveUndone { .. }
        | Event::ClassOpened { .. }
        | Event::ClassClosed { .. }
        | Event::CoursesChosen { .. }
        | Event::ItemHeld { .. }
        | Event::ItemReleased { .. }
        | Event::FindingSettled { .. }
        | Event::FindingReopened { .. }
        | Event::PlacementBegun { .. }
        | Event::PlacementEnded { .. }
        | Event::PlacementSet { .. }
        | Event::Consented { .. }
        | Event::ItemReported { .. }
        | Event::Felt { .. }
        | Event::ModeSet { .. }
        | Event::ItemPublished { .. } => return None,
    })
}

fn plan_noted(fill: &Fill) -> Event {
    let note = PlanNote::CheckedIn {
        check_in: CheckInId(6),
        said: fill.words(),
        next: fill.words(),
    };
    let learner = fill.learner;
    Event::PlanNoted { learner, note }
}

fn project_scored(fill: &Fill) -> Event {
    let says = Says {
        competency: fill.competency(),
        evidence: EVIDENCE,
        before: BELIEVED,
        after: BELIEVED,
    };
    Event::ProjectScored {
        learner: fill.learner,
        project: ProjectId(9),
        title: fill.words(),
        criteria: vec![ScoredCriterion {
            title: fill.words(),
            points: 1,
            most: 3,
            says: Some(says),
        }],
        comment: fill.words(),
    }
}

fn score_undone(fill: &Fill) -> Event {
    Event::ProjectScoreUndone {
        learner: fill.learner,
        project: ProjectId(9),
        decision: Seq(1),
    }
}

/// An event of every kind.
pub(crate) fn events(fill: &Fill) -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    while let Some(event) = next(all.last(), fill, all.len() as u128) {
        all.push(event);
    }
    all
}
