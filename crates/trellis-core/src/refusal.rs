//! What the rules say no to: a closed list, each with a status for the wire and a plain sentence at the edge.

use serde::{Deserialize, Serialize};

/// A refusal by the rules. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Nobody is signed in.
    SignInFirst,
    /// The one who asks may not do or see this. Also said of things that do not exist, so that nobody can probe.
    NotYours,
    /// There is no such learner, section, item or decision.
    NotFound,
    /// This attempt is finished; a new one can be started.
    AttemptOver,
    /// The item that the attempt is about has left the course.
    ItemGone,
    /// There are no more hints for this item.
    NoMoreHints,
    /// The competency has no item that can be shown.
    NoItems,
    /// The competency is not in a course that the learner takes.
    NotInCourse,
    /// The teacher has closed this for now.
    ClosedByTeacher,
    /// What is asked for is already so.
    AlreadySo,
    /// There is nothing to undo, or it was undone before.
    NothingToUndo,
    /// The story that was asked for does not exist.
    NoSuchInterest,
    /// A section takes one course or a few that are here, each once.
    NoSuchCourses,
    /// The class session is not open.
    ClassClosed,
    /// The text is longer than the limit.
    TooLong,
    /// These are not the points of the item's rubric.
    NotInRubric,
    /// This is decided with a reason, and none was given.
    SayWhy,
    /// As many of these wait for an answer as may wait at once.
    StillWaiting,
    /// There is nothing in what was sent.
    NothingSaid,
    /// The new version asks something else or in another way; that is a new item.
    AnotherQuestion,
    /// The link would close a circle of competencies that come before each other.
    Circle,
    /// A goal wants a day from today on that is not years away.
    DayOutOfReach,
    /// There are as many of these as there can be; one has to be finished or let go first.
    EnoughForNow,
    /// The plan is another than the one that was looked at.
    PlanChanged,
    /// The file is of no kind that is taken, or cannot be read.
    NotAFile,
    /// The district has agreed that this is off.
    SwitchedOff,
    /// The district has agreed that the system decides less.
    MostIsLess,
    /// The family does not allow it.
    FamilySaysNo,
}

impl Refusal {
    /// All refusals, for tests that demand words for each.
    pub const ALL: [Self; 28] = [
        Self::SignInFirst,
        Self::NotYours,
        Self::NotFound,
        Self::AttemptOver,
        Self::ItemGone,
        Self::NoMoreHints,
        Self::NoItems,
        Self::NotInCourse,
        Self::ClosedByTeacher,
        Self::AlreadySo,
        Self::NothingToUndo,
        Self::NoSuchInterest,
        Self::NoSuchCourses,
        Self::ClassClosed,
        Self::TooLong,
        Self::NotInRubric,
        Self::SayWhy,
        Self::StillWaiting,
        Self::NothingSaid,
        Self::AnotherQuestion,
        Self::Circle,
        Self::DayOutOfReach,
        Self::EnoughForNow,
        Self::PlanChanged,
        Self::NotAFile,
        Self::SwitchedOff,
        Self::MostIsLess,
        Self::FamilySaysNo,
    ];

    /// The HTTP status that carries this refusal.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::SignInFirst => 401,
            Self::NotYours
            | Self::ClosedByTeacher
            | Self::ClassClosed
            | Self::SwitchedOff
            | Self::MostIsLess
            | Self::FamilySaysNo => 403,
            Self::NotFound
            | Self::ItemGone
            | Self::NoItems
            | Self::NotInCourse
            | Self::NoSuchInterest
            | Self::NoSuchCourses => 404,
            Self::AttemptOver
            | Self::NoMoreHints
            | Self::AlreadySo
            | Self::NothingToUndo
            | Self::StillWaiting
            | Self::Circle
            | Self::EnoughForNow
            | Self::PlanChanged => 409,
            Self::TooLong => 413,
            Self::NotInRubric
            | Self::SayWhy
            | Self::NothingSaid
            | Self::AnotherQuestion
            | Self::DayOutOfReach
            | Self::NotAFile => 422,
        }
    }

    /// The name under which the translation files keep the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SignInFirst => "refusal-sign-in-first",
            Self::NotYours => "refusal-not-yours",
            Self::NotFound => "refusal-not-found",
            Self::AttemptOver => "refusal-attempt-over",
            Self::ItemGone => "refusal-item-gone",
            Self::NoMoreHints => "refusal-no-more-hints",
            Self::NoItems => "refusal-no-items",
            Self::NotInCourse => "refusal-not-in-course",
            Self::ClosedByTeacher => "refusal-closed-by-teacher",
            Self::AlreadySo => "refusal-already-so",
            Self::NothingToUndo => "refusal-nothing-to-undo",
            Self::NoSuchInterest => "refusal-no-such-interest",
            Self::NoSuchCourses => "refusal-no-such-courses",
            Self::ClassClosed => "refusal-class-closed",
            Self::TooLong => "refusal-too-long",
            Self::NotInRubric => "refusal-not-in-rubric",
            Self::SayWhy => "refusal-say-why",
            Self::StillWaiting => "refusal-still-waiting",
            Self::NothingSaid => "refusal-nothing-said",
            Self::SwitchedOff => "refusal-switched-off",
            Self::MostIsLess => "refusal-most-is-less",
            Self::FamilySaysNo => "refusal-family-says-no",
            Self::AnotherQuestion => "refusal-another-question",
            Self::Circle => "refusal-circle",
            Self::DayOutOfReach => "refusal-day-out-of-reach",
            Self::EnoughForNow => "refusal-enough-for-now",
            Self::PlanChanged => "refusal-plan-changed",
            Self::NotAFile => "refusal-not-a-file",
        }
    }
}
