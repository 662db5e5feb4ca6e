//! A learner's plan: a fold of its own over what was noted in it, and what the rules say to the next note. It moves no
//! belief and no advice.

use alloc::string::String;
use alloc::vec::Vec;

use crate::context::Actor;
use crate::event::{Event, Recorded};
use crate::framework::CompetencyId;
use crate::id::{CheckInId, GoalId, PersonId, Seq, StepId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

pub use crate::noted::{LONGEST_CHECK_IN, LONGEST_GOAL, PlanNote, Standing};

/// Most goals that may be open at once: a plan with more is a list of wishes.
pub const MOST_GOALS: usize = 6;
/// Most steps of a goal that were not let go.
pub const MOST_STEPS: usize = 10;
/// Most goals, and most steps of one goal, that a plan ever holds, with those that were let go.
pub const MOST_EVER: usize = 200;
/// The last day for a goal, in days from now.
pub const LONGEST_AHEAD_DAYS: i64 = 3 * 366;

/// A small step towards a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// What is to be done.
    pub text: String,
    /// How it stands.
    pub standing: Standing,
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// What is to be reached.
    pub text: String,
    /// The day until which.
    pub due: Timestamp,
    /// The competency that it is about.
    pub competency: Option<CompetencyId>,
    /// How it stands.
    pub standing: Standing,
    /// Since when it stands so.
    pub since: Timestamp,
    /// Its steps, oldest first.
    pub steps: Vec<Step>,
}

/// A talk of a teacher with the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Its id.
    pub id: CheckInId,
    /// What was talked about.
    pub said: String,
    /// What comes next; may be empty.
    pub next: String,
    /// Who talked with the learner.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// That somebody agreed with the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Who, in which role.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// The last change of the plan that was signed.
    pub version: Seq,
}

/// A learner's plan as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// All goals, oldest first.
    pub goals: Vec<Goal>,
    /// All talks, oldest first.
    pub check_ins: Vec<CheckIn>,
    /// The last signature of each who signed, oldest first.
    pub signatures: Vec<Signature>,
    /// The last change of what was agreed: a goal or a step that came, went, came back, or is said in other words. What was done towards them, and
    /// talks, change nothing of it. 0 for an empty plan.
    pub version: Seq,
}

impl Plan {
    /// The plan that a learner's events tell, oldest first; others than notes in it are passed over.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut plan = Self::default();
        for recorded in events {
            if let Event::PlanNoted { note, .. } = &recorded.event {
                plan.take(note, recorded);
            }
        }
        plan
    }

    /// Whether a signature is for the plan as it stands.
    #[must_use]
    pub fn is_current(&self, signature: &Signature) -> bool {
        signature.version == self.version
    }

    /// The goals that are open.
    pub fn open(&self) -> impl Iterator<Item = &Goal> {
        self.goals
            .iter()
            .filter(|goal| goal.standing == Standing::Open)
    }

    fn goal(&self, id: GoalId) -> Option<&Goal> {
        self.goals.iter().find(|goal| goal.id == id)
    }

    fn goal_mut(&mut self, id: GoalId) -> Option<&mut Goal> {
        self.goals.iter_mut().find(|goal| goal.id == id)
    }

    fn take(&mut self, note: &PlanNote, recorded: &Recorded) {
        let (at, by) = (recorded.at, recorded.actor);
        let mut changed = false;
        match note {
            PlanNote::GoalSet {
                goal,
                text,
                due,
                competency,
            } => {
                changed = true;
                self.goals.push(Goal {
                    id: *goal,
                    text: text.clone(),
                    due: *due,
                    competency: competency.clone(),
                    standing: Standing::Open,
                    since: at,
                    steps: Vec::new(),
                });
            }
            PlanNote::GoalReworded { goal, text } => {
                if let Some(goal) = self.goal_mut(*goal) {
                    changed = true;
                    goal.text.clone_from(text);
                }
            }
            PlanNote::StepAdded { goal, step, text } => {
                if let Some(goal) = self.goal_mut(*goal) {
                    changed = true;
                    goal.steps.push(Step {
                        id: *step,
                        text: text.clone(),
                        standing: Standing::Open,
                    });
                }
            }
            PlanNote::GoalStands { goal, standing } => {
                if let Some(goal) = self.goal_mut(*goal) {
                    changed = is_change(goal.standing, *standing);
                    (goal.standing, goal.since) = (*standing, at);
                }
            }
            PlanNote::StepStands {
                goal,
                step,
                standing,
            } => {
                let goal = self.goal_mut(*goal);
                let found = goal.and_then(|goal| goal.steps.iter_mut().find(|it| it.id == *step));
                if let Some(step) = found {
                    changed = is_change(step.standing, *standing);
                    step.standing = *standing;
                }
            }
            PlanNote::CheckedIn {
                check_in,
                said,
                next,
            } => self.check_ins.push(CheckIn {
                id: *check_in,
                said: said.clone(),
                next: next.clone(),
                by: by.person,
                at,
            }),
            PlanNote::Signed { version } => {
                self.signatures.retain(|old| old.by.person != by.person);
                let version = *version;
                self.signatures.push(Signature { by, at, version });
            }
        }
        if changed {
            self.version = recorded.seq;
        }
    }

    /// Whether this may be noted now by this person. Who may note what at all is asked before.
    ///
    /// # Errors
    /// A refusal when the text is missing or too long, when the day is past or far away, when there are as many goals or
    /// steps as there can be, when it is so already, and when the plan is another than the one that was looked at.
    pub fn allows(&self, note: &PlanNote, by: Actor, now: Timestamp) -> Result<(), Refusal> {
        match note {
            PlanNote::GoalSet { goal, due, .. } => {
                if self.goal(*goal).is_some() {
                    return Err(Refusal::AlreadySo);
                }
                // Where the day begins later than in UTC, today is still yesterday there.
                let (first, last) = (now.plus_days(-1).day(), now.plus_days(LONGEST_AHEAD_DAYS));
                if !(first..=last.day()).contains(&due.day()) {
                    return Err(Refusal::DayOutOfReach);
                }
                self.room_for_a_goal()?;
                room_ever(self.goals.len())
            }
            PlanNote::GoalReworded { goal, text } => {
                let goal = self.goal_at_work(*goal)?;
                (goal.text != *text).then_some(()).ok_or(Refusal::AlreadySo)
            }
            PlanNote::GoalStands { goal, standing } => {
                let goal = self.goal(*goal).ok_or(Refusal::NotFound)?;
                if goal.standing == *standing {
                    return Err(Refusal::AlreadySo);
                }
                match standing {
                    Standing::Open => self.room_for_a_goal(),
                    Standing::Reached | Standing::LetGo => Ok(()),
                }
            }
            PlanNote::StepAdded { goal, step, .. } => {
                let goal = self.goal_at_work(*goal)?;
                if goal.steps.iter().any(|old| old.id == *step) {
                    return Err(Refusal::AlreadySo);
                }
                room_for_a_step(goal)?;
                room_ever(goal.steps.len())
            }
            PlanNote::StepStands {
                goal,
                step,
                standing,
            } => {
                let goal = self.goal_at_work(*goal)?;
                let step = goal.steps.iter().find(|found| found.id == *step);
                let step = step.ok_or(Refusal::NotFound)?;
                if step.standing == *standing {
                    return Err(Refusal::AlreadySo);
                }
                match step.standing {
                    Standing::LetGo => room_for_a_step(goal),
                    Standing::Open | Standing::Reached => Ok(()),
                }
            }
            PlanNote::CheckedIn { check_in, .. } => {
                let known = self.check_ins.iter().any(|old| old.id == *check_in);
                (!known).then_some(()).ok_or(Refusal::AlreadySo)
            }
            PlanNote::Signed { version } => {
                if self.goals.is_empty() {
                    return Err(Refusal::NothingSaid);
                }
                if *version != self.version {
                    return Err(Refusal::PlanChanged);
                }
                let mut signed = self.signatures.iter();
                let same = |old: &Signature| old.by == by && self.is_current(old);
                match signed.any(same) {
                    true => Err(Refusal::AlreadySo),
                    false => Ok(()),
                }
            }
        }
    }

    /// A goal that steps can be noted for.
    fn goal_at_work(&self, id: GoalId) -> Result<&Goal, Refusal> {
        let goal = self.goal(id).ok_or(Refusal::NotFound)?;
        match goal.standing {
            Standing::Open => Ok(goal),
            Standing::Reached | Standing::LetGo => Err(Refusal::PlanChanged),
        }
    }

    fn room_for_a_goal(&self) -> Result<(), Refusal> {
        match self.open().count() < MOST_GOALS {
            true => Ok(()),
            false => Err(Refusal::EnoughForNow),
        }
    }
}

/// Whether what was agreed is another then: what is done was agreed before.
fn is_change(was: Standing, is: Standing) -> bool {
    was == Standing::LetGo || is == Standing::LetGo
}

fn room_for_a_step(goal: &Goal) -> Result<(), Refusal> {
    let steps = goal.steps.iter();
    let kept = steps.filter(|step| step.standing != Standing::LetGo);
    match kept.count() < MOST_STEPS {
        true => Ok(()),
        false => Err(Refusal::EnoughForNow),
    }
}

fn room_ever(held: usize) -> Result<(), Refusal> {
    match held < MOST_EVER {
        true => Ok(()),
        false => Err(Refusal::EnoughForNow),
    }
}
