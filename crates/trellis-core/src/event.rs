//! What happened: the stored truth. Kinds are added, never changed; everything else is a fold of these.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::audit::{Observed, Settlement, Subject};
use crate::context::Actor;
use crate::estimate::{Believed, Circumstances};
use crate::framework::{CompetencyId, CourseId, InterestId, ItemId};
use crate::id::{AnswerId, AttemptId, DirectiveId, DraftId, PersonId, ProjectId, SectionId, Seq};
use crate::item::{Awaits, Item, Response};
use crate::placed::{Asked, Placed, WhyOver};
use crate::plan::{Directive, Felt, Mode};
use crate::project::ScoredCriterion;
use crate::recommendation::{Purpose, Recommendation};
use crate::tag::Tag;
use crate::time::Timestamp;

pub use crate::score::{Evidence, Mark, Rescoring, Score};

fn three() -> u8 {
    3
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn is_three(done: &u8) -> bool {
    *done == 3
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// A learner takes a course.
    CourseTaken {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
    },
    /// A learner takes a course no longer.
    CourseLeft {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
    },
    /// Advice was given.
    Advised {
        /// The learner.
        learner: PersonId,
        /// The advice, whole.
        recommendation: Recommendation,
    },
    /// An attempt began.
    Started {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The item.
        item: ItemId,
        /// The competency that it is evidence for.
        competency: CompetencyId,
        /// What it is for.
        purpose: Purpose,
        /// What draws the variant.
        seed: u64,
        /// The story that was asked for; the item may have none of this kind.
        interest: Option<InterestId>,
        /// How many items were equally fit; chance chose among them.
        among: u32,
        /// The content that the item came from: a hash over the catalog.
        content: u64,
    },
    /// A hint was shown.
    HintShown {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// Which one, counted from 0.
        index: u32,
    },
    /// The smaller question of a hint was answered. It moves no belief.
    HintAnswered {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// Which hint, counted from 0.
        index: u32,
        /// The response's id from the client.
        answer: AnswerId,
        /// The response as given.
        response: Response,
        /// Whether it is right.
        right: bool,
        /// What was in the way, as the grader said it, when it could not be read.
        problem: Option<String>,
    },
    /// A response was given and judged.
    Responded {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The response's id from the client.
        answer: AnswerId,
        /// The item.
        item: ItemId,
        /// The competency.
        competency: CompetencyId,
        /// The response as given.
        response: Response,
        /// How it was judged.
        score: Score,
        /// What it says about the competency.
        evidence: Evidence,
        /// What was believed before.
        before: Believed,
        /// What is believed now.
        after: Believed,
        /// Whether the attempt is finished with it.
        over: bool,
        /// How long it took, in milliseconds, as the client says.
        elapsed_ms: u32,
        /// When it was given, as the client says.
        said_at: Option<Timestamp>,
    },
    /// A response was given that a person has to judge. It ends the attempt and moves no belief until then.
    HandedIn {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The response's id from the client.
        answer: AnswerId,
        /// The item.
        item: ItemId,
        /// The competency.
        competency: CompetencyId,
        /// The response as given.
        response: Response,
        /// What the person has to judge.
        awaits: Awaits,
        /// What the response will count with.
        circumstances: Circumstances,
        /// How long it took, in milliseconds, as the client says.
        elapsed_ms: u32,
        /// When it was given, as the client says.
        said_at: Option<Timestamp>,
    },
    /// A person judged a response that was handed in.
    Scored {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The item.
        item: ItemId,
        /// The competency.
        competency: CompetencyId,
        /// The points given, for each criterion of the rubric.
        points: Vec<u8>,
        /// The most points, for each criterion.
        most: Vec<u8>,
        /// What the person says to the learner; may be empty.
        comment: String,
        /// How it counts: right from half of the points on.
        score: Score,
        /// What it says about the competency; a middling score says little.
        evidence: Evidence,
        /// What was believed before.
        before: Believed,
        /// What is believed now.
        after: Believed,
    },
    /// A score was taken back: all that its decision said no longer counts, and the response waits again.
    ScoreUndone {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The competency.
        competency: CompetencyId,
        /// The decision in which the score was given.
        decision: Seq,
        /// What was believed before.
        before: Believed,
        /// What is believed now.
        after: Believed,
    },
    /// A response could not be read. It costs nothing; it is kept so that the learner can be helped to write.
    NotUnderstood {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The response's id from the client.
        answer: AnswerId,
        /// The response as given.
        response: Response,
        /// Where reading failed, in bytes from the start.
        at: u32,
        /// What was in the way, as the grader said it.
        problem: String,
    },
    /// The worked solution was shown, and the attempt ended.
    Revealed {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The item.
        item: ItemId,
        /// The competency.
        competency: CompetencyId,
        /// What it says about the competency; `None` when a response had said it before.
        evidence: Option<Evidence>,
        /// What was believed before.
        before: Believed,
        /// What is believed now.
        after: Believed,
    },
    /// A competency was mastered by the rule.
    Mastered {
        /// The learner.
        learner: PersonId,
        /// The competency.
        competency: CompetencyId,
        /// The rule's bound on false mastery that was met.
        bound: f64,
        /// The competencies that are open now because of it.
        opens: Vec<CompetencyId>,
    },
    /// A competency that was mastered is doubtful again; it will be practised, not punished.
    Doubted {
        /// The learner.
        learner: PersonId,
        /// The competency.
        competency: CompetencyId,
    },
    /// A learner asked to prove a competency.
    ProofBegun {
        /// The learner.
        learner: PersonId,
        /// The competency.
        competency: CompetencyId,
    },
    /// A proof is decided, or its items are done.
    ProofEnded {
        /// The learner.
        learner: PersonId,
        /// The competency.
        competency: CompetencyId,
        /// How many were right at the first try.
        right: u8,
        /// How many were asked; programs that always asked three did not say.
        #[serde(default = "three", skip_serializing_if = "is_three")]
        done: u8,
        /// Whether the rule for mastery holds now.
        mastered: bool,
    },
    /// A learner chose stories.
    InterestChosen {
        /// The learner.
        learner: PersonId,
        /// The kind of stories; `None` for none.
        interest: Option<InterestId>,
    },
    /// A teacher decided.
    Directed {
        /// The learner.
        learner: PersonId,
        /// What was decided.
        directive: Directive,
    },
    /// A teacher took a decision back.
    DirectiveUndone {
        /// The learner.
        learner: PersonId,
        /// Which one.
        directive: DirectiveId,
    },
    /// A learner said how a question feels, or how sure they are. It moves no belief.
    Felt {
        /// The learner.
        learner: PersonId,
        /// The competency.
        competency: CompetencyId,
        /// The attempt that it was said in.
        attempt: Option<AttemptId>,
        /// What was said.
        felt: Felt,
    },
    /// It was decided what the system may decide alone for a learner.
    ModeSet {
        /// The learner.
        learner: PersonId,
        /// What it may.
        mode: Mode,
        /// Why, in the teacher's words; may be empty.
        note: String,
    },
    /// A class session was opened.
    ClassOpened {
        /// The section.
        section: SectionId,
        /// When it closes by itself.
        until: Timestamp,
    },
    /// A class session was closed.
    ClassClosed {
        /// The section.
        section: SectionId,
    },
    /// The courses of a section were chosen.
    CoursesChosen {
        /// The section.
        section: SectionId,
        /// The courses, the main one first.
        courses: Vec<CourseId>,
    },
    /// A learner began to find where to start in a course.
    PlacementBegun {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
        /// What the crowd of states is drawn with.
        seed: u64,
    },
    /// A placement is over, or was not wanted.
    PlacementEnded {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
        /// Why it is over.
        why: WhyOver,
        /// The questions, with what was answered: the reasons.
        asked: Vec<Asked>,
        /// What is taken as known because of them, in order of teaching.
        known: Vec<Placed>,
    },
    /// A teacher turned placements on or off for a learner.
    PlacementSet {
        /// The learner.
        learner: PersonId,
        /// Whether they are offered.
        offered: bool,
    },
    /// A family allowed that something of the learner is used for a purpose, or took that back.
    Consented {
        /// The learner.
        learner: PersonId,
        /// For what.
        purpose: crate::consent::Use,
        /// Whether it may be.
        allowed: bool,
    },
    /// Another learner model runs from here on, for everybody.
    ModelInstalled {
        /// The name of its version.
        version: String,
        /// The BLAKE3 hash of its file, in hexadecimal digits.
        hash: String,
    },
    /// An item was held back: no learner is given it until it is released.
    ItemHeld {
        /// The item.
        item: ItemId,
        /// Why; may be empty.
        note: String,
    },
    /// An item that was held back is given again.
    ItemReleased {
        /// The item.
        item: ItemId,
    },
    /// Somebody decided about a finding of an audit.
    FindingSettled {
        /// What it is about.
        about: Subject,
        /// What was seen.
        seen: Observed,
        /// What was decided.
        how: Settlement,
        /// Why; never empty where it was put away.
        note: String,
    },
    /// A finding that was settled is open again.
    FindingReopened {
        /// What it is about.
        about: Subject,
        /// The name of its rule.
        rule: String,
    },
    /// Somebody of the staff said that an item is bad.
    ItemReported {
        /// The item.
        item: ItemId,
        /// What is wrong with it.
        note: String,
    },
    /// An item was revised: from now on it is another. Answers that count otherwise now are judged anew by events of their
    /// own.
    ItemRevised {
        /// The item as it was.
        before: alloc::boxed::Box<Item>,
        /// The item as it is now.
        after: alloc::boxed::Box<Item>,
        /// Why; may be empty.
        note: String,
        /// The revision that this one takes back.
        undoes: Option<Seq>,
    },
    /// Items count for other competencies than their import says, from now on.
    ItemsTagged {
        /// Each item with what it counts for.
        tags: Vec<Tag>,
    },
    /// Somebody decided whether one competency comes before another.
    LinkSet {
        /// What comes first.
        first: CompetencyId,
        /// What comes after it.
        then: CompetencyId,
        /// Whether it does; nothing where the course's own word counts again.
        holds: Option<bool>,
        /// Why.
        note: String,
    },
    /// Answers of a learner were judged anew after a revision. What is believed about them follows as if the answers had
    /// counted so from the start.
    Rescored {
        /// The learner.
        learner: PersonId,
        /// The item.
        item: ItemId,
        /// The competency.
        competency: CompetencyId,
        /// The event that revised the item.
        revision: Seq,
        /// Whether that took an earlier revision back.
        undoes: bool,
        /// Each answer that counts otherwise, oldest first.
        answers: Vec<Rescoring>,
        /// How many of them are right now and were not.
        better: u32,
        /// How many were right and are not now.
        worse: u32,
        /// All moments up to this event at which the competency was mastered or doubted, as its answers count now; they
        /// stand in place of what earlier events say of it.
        marks: Vec<Mark>,
        /// What was believed before.
        before: Believed,
        /// What is believed now.
        after: Believed,
    },
    /// A written item was given to the learners of a course.
    ItemPublished {
        /// The course.
        course: CourseId,
        /// The item.
        item: ItemId,
        /// The draft that it comes from.
        draft: DraftId,
        /// Which version of the draft, counted from 1.
        version: u32,
    },
    /// Something was noted in a learner's plan. It moves no belief.
    PlanNoted {
        /// The learner.
        learner: PersonId,
        /// What.
        note: crate::noted::PlanNote,
    },
    /// A teacher scored a learner's project by its rubric.
    ProjectScored {
        /// The learner.
        learner: PersonId,
        /// The project.
        project: ProjectId,
        /// Its title.
        title: String,
        /// The points for each criterion, with what they say.
        criteria: Vec<ScoredCriterion>,
        /// What the teacher says to the learner; may be empty.
        comment: String,
    },
    /// The score of a project was taken back: all that its decision said no longer counts.
    ProjectScoreUndone {
        /// The learner.
        learner: PersonId,
        /// The project.
        project: ProjectId,
        /// The decision in which it was scored.
        decision: Seq,
    },
}

/// An event with what the journal adds: its place, its time, who caused it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place in the journal.
    pub seq: Seq,
    /// The first event of the decision that it belongs to.
    pub decision: Seq,
    /// When the server decided.
    pub at: Timestamp,
    /// Who asked.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}
