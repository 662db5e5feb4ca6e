//! What is believed about a learner: one belief with its doubt for each competency, and what the policy needs to know.
//! All of it is a fold of the learner's events; nothing else writes here.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use trellis_stats::memory::MemoryState;

use crate::consent::Use;
use crate::framework::{CompetencyId, CourseId, InterestId, ItemId, MixUpId};
use crate::id::{AttemptId, DirectiveId, PersonId, Seq};
use crate::item::Awaits;
use crate::model::{ModelState, RuleState};
use crate::placed::{Placed, Placing};
use crate::plan::assignment::Over;
use crate::plan::{Assignment, Directive, DirectiveKind, Mode, Wish};
use crate::recommendation::{Purpose, Recommendation};
use crate::time::Timestamp;

/// A belief about one competency, as events and pages carry it. `known` is what the mastery rule says, the rest what the
/// running model says.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Believed {
    /// The probability of knowing, 0 to 1.
    pub known: f64,
    /// Lower end of the 80 % interval around `next_right`; around `known` where knowledge tracing alone runs.
    pub low: f64,
    /// Upper end of that interval.
    pub high: f64,
    /// The chance that the next such item is answered right without help, 0 to 1.
    pub next_right: f64,
}

/// Where a learner stands with a competency, in five steps for pages. Only the server decides; only the rule of
/// [`crate::mastery`] or a teacher gives the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// No response yet.
    NotStarted,
    /// Begun.
    Starting,
    /// About even.
    Growing,
    /// Likely known; the doubt is still above the bound.
    Strong,
    /// Mastered by the rule, or counted as mastered by a teacher.
    Mastered,
}

impl Level {
    /// All levels in rising order.
    pub const ALL: [Self; 5] = [
        Self::NotStarted,
        Self::Starting,
        Self::Growing,
        Self::Strong,
        Self::Mastered,
    ];

    /// 0 to 4.
    #[must_use]
    pub fn step(self) -> u8 {
        match self {
            Self::NotStarted => 0,
            Self::Starting => 1,
            Self::Growing => 2,
            Self::Strong => 3,
            Self::Mastered => 4,
        }
    }
}

/// A memory with the moment of the review that last moved it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// The memory, stored as the bytes that [`MemoryState`] gives, so that every bit comes back.
    #[serde(with = "memory_bytes")]
    pub state: MemoryState,
    /// When it was last moved.
    pub at: Timestamp,
}

mod memory_bytes {
    //! A memory as its 20 bytes.
    use alloc::vec::Vec;

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};
    use trellis_stats::memory::MemoryState;

    pub(super) fn serialize<S: Serializer>(state: &MemoryState, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&state.to_bytes())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<MemoryState, D::Error> {
        let bytes = Vec::<u8>::deserialize(from)?;
        let state = <[u8; 20]>::try_from(bytes.as_slice()).ok();
        state
            .and_then(|bytes| MemoryState::from_bytes(&bytes))
            .ok_or_else(|| D::Error::custom("not a memory of 20 bytes"))
    }
}

/// All that is kept of a learner about one competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompetencyState {
    /// The competency.
    pub competency: CompetencyId,
    /// First tries, without regard to hints.
    pub first_tries: u32,
    /// First tries that were right without a hint.
    pub right_alone: u32,
    /// Different items tried.
    pub items: u32,
    /// Right answers in a row at first tries without hints.
    pub run: u32,
    /// Wrong first tries in a row.
    pub misses: u32,
    /// When the last response came.
    pub last_at: Timestamp,
    /// When the rule for mastery was met; `None` before, and after doubt.
    pub mastered_at: Option<Timestamp>,
    /// When it was doubted after having been mastered; `None` when never, and after mastering it again.
    pub doubted_at: Option<Timestamp>,
    /// What the mastery rule remembers.
    pub rule: RuleState,
    /// When it will fade.
    pub memory: Option<Remembered>,
}

impl CompetencyState {
    /// A competency that was met at this moment and not answered yet.
    #[must_use]
    pub fn met(competency: CompetencyId, at: Timestamp) -> Self {
        Self {
            competency,
            first_tries: 0,
            right_alone: 0,
            items: 0,
            run: 0,
            misses: 0,
            last_at: at,
            mastered_at: None,
            doubted_at: None,
            rule: RuleState::default(),
            memory: None,
        }
    }
}

/// An attempt that is not over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenAttempt {
    /// The attempt.
    pub id: AttemptId,
    /// The item.
    pub item: ItemId,
    /// The competency that it is evidence for.
    pub competency: CompetencyId,
    /// What it is for.
    pub purpose: Purpose,
    /// What draws the variant.
    pub seed: u64,
    /// The story that was asked for.
    pub interest: Option<InterestId>,
    /// Hints shown.
    pub hints: u32,
    /// Responses judged.
    pub tries: u32,
    /// When it began.
    pub started_at: Timestamp,
}

/// A proof that is not over: a few items without hints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The competency.
    pub competency: CompetencyId,
    /// Items done.
    pub done: u8,
    /// Of those, right at the first try.
    pub right: u8,
}

/// How an attempt ended, kept for the last few.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// The item.
    pub item: ItemId,
    /// The competency.
    pub competency: CompetencyId,
    /// When.
    pub at: Timestamp,
    /// Right at the first try without a hint.
    pub right_alone: bool,
    /// Hints seen in it.
    pub hints: u32,
    /// The misconception that the last wrong answer showed.
    pub mix_up: Option<MixUpId>,
}

/// How a response came about that a person still has to judge: all of its [evidence](crate::event::Evidence) but whether it is right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Circumstances {
    /// The chance of full credit without knowing, 0 to 1.
    pub guess: f64,
    /// The chance of no credit although knowing, 0 to 1.
    pub slip: f64,
    /// How hard the item was said to be: see [`crate::event::Evidence`].
    #[serde(default)]
    pub difficulty: Option<f64>,
    /// Hints seen before this response.
    pub hints: u8,
    /// Earlier responses in this attempt.
    pub earlier: u8,
    /// Seconds since the last response on the competency; `None` for the first.
    pub gap_s: Option<u64>,
}

/// A response that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// The attempt in which it was handed in.
    pub attempt: AttemptId,
    /// The item.
    pub item: ItemId,
    /// The competency.
    pub competency: CompetencyId,
    /// What draws the variant.
    pub seed: u64,
    /// The story that was asked for.
    pub interest: Option<InterestId>,
    /// What the person has to judge.
    pub awaits: Awaits,
    /// What it will count with.
    pub circumstances: Circumstances,
    /// When it was handed in.
    pub at: Timestamp,
}

/// A response that a person has scored, kept for the learner's day and for taking the score back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The response as it waited.
    pub waited: Waiting,
    /// The points given.
    pub points: u32,
    /// The most points.
    pub most: u32,
    /// When it was scored.
    pub at: Timestamp,
}

/// That answers of the learner to an item were judged anew, kept so that the learner and their teachers are told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    /// The item.
    pub item: ItemId,
    /// The competency.
    pub competency: CompetencyId,
    /// The event that revised the item.
    pub revision: Seq,
    /// How many answers are right now and were not.
    pub better: u32,
    /// How many were right and are not now.
    pub worse: u32,
    /// When.
    pub at: Timestamp,
}

/// How many of these are remembered; the oldest gives way.
pub const CORRECTED_KEPT: usize = 8;

/// How many scored responses are remembered; the oldest gives way, and its score stays for good.
pub const CHECKED_KEPT: usize = 16;

/// How many ended attempts are remembered for the policy and the progress marks.
pub const RECENT_KEPT: usize = 24;

/// How many replaced directives are remembered; the oldest gives way.
pub const REPLACED_KEPT: usize = 32;

/// How many attempts may be open at once, one for each tab; the oldest gives way.
pub const OPEN_KEPT: usize = 4;

/// Everything believed about one learner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearnerState {
    /// The learner.
    pub learner: PersonId,
    /// The last event folded in.
    pub seq: Seq,
    /// The courses that the learner takes.
    pub courses: Vec<CourseId>,
    /// What the additive model remembers, by the keys of [`crate::model`].
    pub model: ModelState,
    /// One entry for each competency that was ever answered, in the order of first contact.
    pub competencies: Vec<CompetencyState>,
    /// Attempts that are not over.
    pub open: Vec<OpenAttempt>,
    /// The proof that is not over.
    pub proof: Option<Proof>,
    /// The stories chosen.
    pub interest: Option<InterestId>,
    /// Teachers' directives in force.
    pub directives: Vec<Directive>,
    /// The last ended attempts, oldest first.
    pub recent: Vec<Recent>,
    /// How often each item was begun, by item.
    pub begun: Vec<(ItemId, u32)>,
    /// The last advice and when it was given.
    pub advice: Option<(Timestamp, Recommendation)>,
    /// Directives that a later one replaced, oldest first: undoing the later one brings its earlier one back.
    pub replaced: Vec<Directive>,
    /// Responses that wait for a person, oldest first.
    pub waiting: Vec<Waiting>,
    /// The last responses that a person scored, oldest first.
    pub checked: Vec<Checked>,
    /// The last items of which answers were judged anew, oldest first.
    pub corrected: Vec<Corrected>,
    /// The placement that is not over.
    pub placing: Option<Placing>,
    /// Courses in which a placement is over or was not wanted.
    pub placements: Vec<CourseId>,
    /// What placements take as known, until a wrong answer says otherwise.
    pub placed: Vec<Placed>,
    /// Whether a teacher turned placements off.
    pub no_placement: bool,
    /// What the learner wished for, one for each competency while it counts.
    pub wishes: Vec<Wish>,
    /// What the system may decide alone.
    pub mode: Mode,
    /// The questions that teachers assigned and that are over, oldest first.
    pub over: Vec<Over>,
    /// What the family does not allow, in the order of the purposes.
    pub withheld: Vec<Use>,
}

impl LearnerState {
    /// A learner about whom nothing is known.
    #[must_use]
    pub fn new(learner: PersonId) -> Self {
        Self {
            learner,
            seq: Seq(0),
            courses: Vec::new(),
            model: ModelState::default(),
            competencies: Vec::new(),
            open: Vec::new(),
            proof: None,
            interest: None,
            directives: Vec::new(),
            recent: Vec::new(),
            begun: Vec::new(),
            advice: None,
            replaced: Vec::new(),
            waiting: Vec::new(),
            checked: Vec::new(),
            corrected: Vec::new(),
            placing: None,
            placements: Vec::new(),
            placed: Vec::new(),
            no_placement: false,
            wishes: Vec::new(),
            mode: Mode::default(),
            over: Vec::new(),
            withheld: Vec::new(),
        }
    }

    /// The chance that a competency is known, where a placement takes it as known.
    #[must_use]
    pub fn placed(&self, id: &CompetencyId) -> Option<f64> {
        let mut placed = self.placed.iter();
        let found = placed.find(|placed| placed.competency == *id);
        found.map(|placed| placed.chance)
    }

    /// What is kept about a competency; `None` before the first response.
    #[must_use]
    pub fn competency(&self, id: &CompetencyId) -> Option<&CompetencyState> {
        self.competencies
            .iter()
            .find(|state| state.competency == *id)
    }

    /// By how many levels the learner wished the next question on a competency to be moved.
    #[must_use]
    pub fn wished_shift(&self, id: &CompetencyId) -> i8 {
        let mut wishes = self.wishes.iter();
        let wish = wishes.find(|wish| wish.competency == *id);
        wish.map_or(0, |wish| wish.shift)
    }

    /// An attempt that is not over.
    #[must_use]
    pub fn attempt(&self, id: AttemptId) -> Option<&OpenAttempt> {
        self.open.iter().find(|attempt| attempt.id == id)
    }

    /// Whether nothing is chosen by the learner's answers: a teacher turned that off, or the family does not allow it.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.withholds(Use::Choosing) || self.fixed_path().is_some()
    }

    /// Whether the family does not allow it.
    #[must_use]
    pub fn withholds(&self, purpose: Use) -> bool {
        self.withheld.contains(&purpose)
    }

    /// The directive that turned choosing by the learner's answers off, while it is in force.
    #[must_use]
    pub fn fixed_path(&self) -> Option<&Directive> {
        let mut given = self.directives.iter();
        given.find(|given| given.kind == DirectiveKind::FixedPath)
    }

    /// The assignments in force, each with its directive.
    pub fn assignments(&self) -> impl Iterator<Item = (&Directive, &Assignment)> {
        let given = self.directives.iter();
        given.filter_map(|given| match &given.kind {
            DirectiveKind::Assigned(assignment) => Some((given, assignment)),
            _ => None,
        })
    }

    /// How the question at a place of an assignment ended; `None` while it is not over.
    #[must_use]
    pub fn over_at(&self, directive: DirectiveId, place: usize) -> Option<&Over> {
        let place = u32::try_from(place).ok()?;
        let mut over = self.over.iter();
        over.find(|over| over.directive == directive && over.place == place)
    }

    /// How many questions of an assignment are over.
    #[must_use]
    pub fn over_of(&self, given: &Directive, assignment: &Assignment) -> usize {
        let places = 0..assignment.questions.len();
        let over = places.filter(|place| self.over_at(given.id, *place).is_some());
        over.count()
    }

    /// How often an item was begun.
    #[must_use]
    pub fn times_begun(&self, item: &ItemId) -> u32 {
        match self.begun.binary_search_by(|(id, _)| id.cmp(item)) {
            Ok(place) => self.begun[place].1,
            Err(_) => 0,
        }
    }
}
