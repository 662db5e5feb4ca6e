//! What can be asked of Trellis: the one way in for everything that changes a learner's record.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::access::Deed;
use crate::audit::{Observed, Settlement, Subject};
use crate::framework::{CompetencyId, CourseId, InterestId, ItemId};
use crate::id::{AnswerId, AttemptId, DirectiveId, DraftId, PersonId, ProjectId, SectionId, Seq};
use crate::item::{Item, MixUp, Response};
use crate::noted::PlanNote;
use crate::plan::{DirectiveKind, Felt, Mode};
use crate::project::Scored;
use crate::recommendation::Purpose;
use crate::tag::Tag;
use crate::time::Timestamp;

/// A wish to change something. The rules turn it into events, or refuse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// A learner takes a course, because a section of theirs does.
    TakeCourse {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
    },
    /// A learner takes a course no longer. What was learned in it stays.
    LeaveCourse {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
    },
    /// Ask what to do today. Answered from the last advice when that is still of today and nothing has changed.
    Advise {
        /// The learner.
        learner: PersonId,
    },
    /// Begin an attempt at an item for a competency.
    Start {
        /// The learner.
        learner: PersonId,
        /// The attempt's id, made by the caller.
        attempt: AttemptId,
        /// What to practise; without it the first stop of the last advice.
        competency: Option<CompetencyId>,
        /// Why: a stop of today, the learner's own pick, or a proof.
        purpose: Purpose,
        /// One particular item, when the learner works through a lesson in order.
        item: Option<ItemId>,
    },
    /// Answer.
    Respond {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// The answer's id, made by the client and kept until the reply.
        answer: AnswerId,
        /// The answer as given.
        response: Response,
        /// How long the learner took, in milliseconds, as the client says.
        elapsed_ms: u32,
        /// When the client says that it was given.
        said_at: Option<Timestamp>,
    },
    /// Show the next hint.
    TakeHint {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// How many hints the learner has seen, so that a repeated click shows no second one.
        seen: u32,
    },
    /// Answer the smaller question that a hint asks. It says nothing about the competency: the hint has counted.
    AnswerHint {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
        /// Which hint, counted from 0; it must be shown.
        index: u32,
        /// The answer's id, made by the client and kept until the reply.
        answer: AnswerId,
        /// The answer as given.
        response: Response,
    },
    /// Show the worked solution and end the attempt.
    Reveal {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
    },
    /// "I know this, let me prove it": a few items without hints, until mastery is decided.
    Prove {
        /// The learner.
        learner: PersonId,
        /// The competency.
        competency: CompetencyId,
    },
    /// Choose the kind of stories, or none.
    ChooseInterest {
        /// The learner.
        learner: PersonId,
        /// The interest; `None` for no story.
        interest: Option<InterestId>,
    },
    /// A learner says how a question feels, or how sure they are of an answer.
    Tell {
        /// The learner.
        learner: PersonId,
        /// The competency that the question is about.
        competency: CompetencyId,
        /// The attempt; must be open for saying how sure one is.
        attempt: Option<AttemptId>,
        /// What is said.
        felt: Felt,
    },
    /// A teacher scores a response that waits for it.
    Score {
        /// The learner.
        learner: PersonId,
        /// The attempt in which it was handed in.
        attempt: AttemptId,
        /// The points, for each criterion of the rubric.
        points: Vec<u8>,
        /// What to say to the learner; may be empty. At most 500 characters.
        comment: String,
    },
    /// A teacher takes a score back; the response waits again.
    UndoScore {
        /// The learner.
        learner: PersonId,
        /// The attempt.
        attempt: AttemptId,
    },
    /// A teacher decides something for a learner.
    Direct {
        /// The learner.
        learner: PersonId,
        /// The directive's id, made by the caller.
        directive: DirectiveId,
        /// What is decided.
        kind: DirectiveKind,
        /// Why, in the teacher's words; may be empty. At most 500 characters.
        note: String,
    },
    /// A teacher takes a directive back.
    UndoDirective {
        /// The learner.
        learner: PersonId,
        /// The directive.
        directive: DirectiveId,
    },
    /// A teacher decides what the system may decide alone for a learner.
    SetMode {
        /// The learner.
        learner: PersonId,
        /// What it may.
        mode: Mode,
        /// Why; may be empty. At most 500 characters.
        note: String,
    },
    /// A rule, or who leads the district, takes back what the system decides alone for a learner.
    StandBack {
        /// The learner.
        learner: PersonId,
        /// The most that it may from now on.
        most: Mode,
        /// Why. At most 500 characters.
        note: String,
    },
    /// A family allows that something of a learner is used for a purpose, or takes that back.
    Consent {
        /// The learner.
        learner: PersonId,
        /// For what.
        purpose: crate::consent::Use,
        /// Whether it may be.
        allowed: bool,
    },
    /// Note something in a learner's plan.
    NotePlan {
        /// The learner.
        learner: PersonId,
        /// What.
        note: PlanNote,
    },
    /// A teacher scores a learner's project.
    ScoreProject {
        /// The learner.
        learner: PersonId,
        /// The project.
        project: ProjectId,
        /// Its title.
        title: String,
        /// The points for each criterion, as [`crate::project::Project::scored`] gives them.
        scored: Vec<Scored>,
        /// What the teacher says to the learner; may be empty. At most 500 characters.
        comment: String,
    },
    /// A teacher takes the score of a project back.
    UndoProjectScore {
        /// The learner.
        learner: PersonId,
        /// The project.
        project: ProjectId,
    },
    /// Open a class session, in which learners can sign in.
    OpenClass {
        /// The section.
        section: SectionId,
        /// When it closes by itself.
        until: Timestamp,
    },
    /// Close a class session.
    CloseClass {
        /// The section.
        section: SectionId,
    },
    /// Choose the courses of a section.
    ChooseCourses {
        /// The section.
        section: SectionId,
        /// The courses, the main one first; at least one.
        courses: Vec<CourseId>,
    },
    /// Find where to start in a course, by a few questions.
    BeginPlacement {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
    },
    /// Stop finding where to start, or do not begin.
    EndPlacement {
        /// The learner.
        learner: PersonId,
        /// The course.
        course: CourseId,
    },
    /// A teacher says whether placements are offered to a learner.
    SetPlacement {
        /// The learner.
        learner: PersonId,
        /// Whether they are.
        offered: bool,
    },
    /// Run another learner model from now on, for everybody. Its file is in the store already.
    InstallModel {
        /// The name of its version.
        version: String,
        /// The BLAKE3 hash of its file, in hexadecimal digits.
        hash: String,
    },
    /// Hold an item back.
    HoldItem {
        /// The item.
        item: ItemId,
        /// Why; may be empty. At most 500 characters.
        note: String,
    },
    /// Give an item again that was held back.
    ReleaseItem {
        /// The item.
        item: ItemId,
    },
    /// Decide about a finding of an audit.
    SettleFinding {
        /// What it is about.
        about: Subject,
        /// What was seen.
        seen: Observed,
        /// What is decided.
        how: Settlement,
        /// Why, at most 500 characters; not empty to put it away.
        note: String,
    },
    /// Take a decision about a finding back.
    ReopenFinding {
        /// What it is about.
        about: Subject,
        /// The name of its rule.
        rule: String,
    },
    /// Say that an item is bad.
    ReportItem {
        /// The item.
        item: ItemId,
        /// What is wrong with it, at most 500 characters; not empty.
        note: String,
    },
    /// Put another version in the place of an item. Answers to it that count otherwise then are judged anew.
    ReviseItem {
        /// The item as it shall be. Its competency and its kind of answer stay.
        item: Box<Item>,
        /// Why; may be empty. At most 500 characters.
        note: String,
    },
    /// Let items count for other competencies.
    TagItems {
        /// Each item once, with what it counts for; at most [`MOST_TAGS`](crate::curation::MOST_TAGS).
        tags: Vec<Tag>,
    },
    /// Decide whether one competency comes before another.
    SetLink {
        /// What comes first.
        first: CompetencyId,
        /// What comes after it.
        then: CompetencyId,
        /// Whether it does; nothing to let the course's own word count again.
        holds: Option<bool>,
        /// Why, at most 500 characters; not empty where `holds` says something.
        note: String,
    },
    /// Take the last revision of an item back.
    UndoRevision {
        /// The item.
        item: ItemId,
        /// The event that revised it.
        revision: Seq,
    },
    /// Give a written item to the learners of a course: a new one, or one that asks the same as before with other help.
    PublishItem {
        /// The course.
        course: CourseId,
        /// The item.
        item: Box<Item>,
        /// The mix-ups that it names and the course may not have.
        mix_ups: Vec<MixUp>,
        /// The item in whose place it comes, which is held back then.
        replaces: Option<ItemId>,
        /// The draft that it comes from.
        draft: DraftId,
        /// Which version of the draft, counted from 1.
        version: u32,
    },
}

impl Command {
    /// The learner whose record the command is about; `None` for a command about a section or about
    /// content.
    #[must_use]
    pub fn learner(&self) -> Option<PersonId> {
        match self {
            Self::TakeCourse { learner, .. }
            | Self::LeaveCourse { learner, .. }
            | Self::Advise { learner }
            | Self::Start { learner, .. }
            | Self::Respond { learner, .. }
            | Self::TakeHint { learner, .. }
            | Self::AnswerHint { learner, .. }
            | Self::Reveal { learner, .. }
            | Self::Prove { learner, .. }
            | Self::ChooseInterest { learner, .. }
            | Self::Tell { learner, .. }
            | Self::Score { learner, .. }
            | Self::UndoScore { learner, .. }
            | Self::Direct { learner, .. }
            | Self::UndoDirective { learner, .. }
            | Self::BeginPlacement { learner, .. }
            | Self::EndPlacement { learner, .. }
            | Self::SetPlacement { learner, .. }
            | Self::NotePlan { learner, .. }
            | Self::ScoreProject { learner, .. }
            | Self::UndoProjectScore { learner, .. }
            | Self::SetMode { learner, .. }
            | Self::Consent { learner, .. }
            | Self::StandBack { learner, .. } => Some(*learner),
            Self::OpenClass { .. }
            | Self::CloseClass { .. }
            | Self::ChooseCourses { .. }
            | Self::InstallModel { .. }
            | Self::HoldItem { .. }
            | Self::ReleaseItem { .. }
            | Self::SettleFinding { .. }
            | Self::ReopenFinding { .. }
            | Self::ReportItem { .. }
            | Self::ReviseItem { .. }
            | Self::UndoRevision { .. }
            | Self::TagItems { .. }
            | Self::SetLink { .. }
            | Self::PublishItem { .. } => None,
        }
    }

    /// The section that the command is about.
    #[must_use]
    pub fn section(&self) -> Option<SectionId> {
        match self {
            Self::OpenClass { section, .. }
            | Self::CloseClass { section }
            | Self::ChooseCourses { section, .. } => Some(*section),
            _ => None,
        }
    }

    /// The content that the command is about; whoever asks must have a say about all of it. Empty for a command that is
    /// about none.
    #[must_use]
    pub fn content(&self) -> Vec<Subject> {
        let one = match self {
            Self::HoldItem { item, .. }
            | Self::ReleaseItem { item }
            | Self::ReportItem { item, .. }
            | Self::UndoRevision { item, .. } => Some(Subject::Item(item.clone())),
            Self::ReviseItem { item, .. } => Some(Subject::Item(item.id.clone())),
            Self::SettleFinding { about, .. } | Self::ReopenFinding { about, .. } => {
                Some(about.clone())
            }
            // Where they stand, and where they come to.
            Self::TagItems { tags } => {
                let from = tags.iter().map(|tag| Subject::Item(tag.item.clone()));
                let to = tags.iter().filter_map(|tag| tag.competency.clone());
                return from.chain(to.map(Subject::Competency)).collect();
            }
            Self::SetLink { first, then, .. } => {
                let both = [first, then].into_iter().cloned();
                return both.map(Subject::Competency).collect();
            }
            Self::PublishItem { course, .. } => Some(Subject::Course(course.clone())),
            _ => None,
        };
        one.into_iter().collect()
    }

    /// The id that makes a repetition harmless: the same id again gets the first reply again.
    #[must_use]
    pub fn answer(&self) -> Option<AnswerId> {
        match self {
            Self::Respond { answer, .. } | Self::AnswerHint { answer, .. } => Some(*answer),
            _ => None,
        }
    }

    /// Whether the rules need all that happened to the learner, and not what is believed alone: to take something back
    /// is to fold the rest again, and a plan is a fold of its own.
    #[must_use]
    pub fn needs_history(&self) -> bool {
        matches!(
            self,
            Self::UndoScore { .. }
                | Self::NotePlan { .. }
                | Self::ScoreProject { .. }
                | Self::UndoProjectScore { .. }
        )
    }

    /// The right that the command needs.
    #[must_use]
    pub fn deed(&self) -> Deed {
        match self {
            Self::TakeCourse { .. } | Self::LeaveCourse { .. } | Self::ChooseCourses { .. } => {
                Deed::GiveCourses
            }
            Self::Advise { .. }
            | Self::Start { .. }
            | Self::Respond { .. }
            | Self::TakeHint { .. }
            | Self::AnswerHint { .. }
            | Self::Reveal { .. }
            | Self::Prove { .. }
            | Self::ChooseInterest { .. }
            | Self::BeginPlacement { .. }
            | Self::EndPlacement { .. }
            | Self::Tell { .. } => Deed::Practise,
            Self::Score { .. }
            | Self::UndoScore { .. }
            | Self::ScoreProject { .. }
            | Self::UndoProjectScore { .. } => Deed::Score,
            Self::Direct { .. }
            | Self::UndoDirective { .. }
            | Self::SetPlacement { .. }
            | Self::SetMode { .. } => Deed::Direct,
            Self::StandBack { .. } => Deed::StandBack,
            Self::Consent { .. } => Deed::Consent,
            Self::NotePlan { note, .. } => note.deed(),
            Self::OpenClass { .. } | Self::CloseClass { .. } => Deed::RunClass,
            Self::InstallModel { .. } => Deed::Provision,
            Self::HoldItem { .. }
            | Self::ReleaseItem { .. }
            | Self::SettleFinding { .. }
            | Self::ReopenFinding { .. }
            | Self::ReportItem { .. }
            | Self::ReviseItem { .. }
            | Self::UndoRevision { .. }
            | Self::TagItems { .. }
            | Self::SetLink { .. } => Deed::Curate,
            Self::PublishItem { .. } => Deed::Publish,
        }
    }
}
