//! A plan in words: goals, talks and signatures as they stand, what is known around them, and what happened, newest first.

use trellis_core::catalog::Catalog;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::CompetencyId;
use trellis_core::goals::{Goal, MOST_EVER, Plan, PlanNote, Signature, Standing, Step};
use trellis_core::id::{GoalId, StepId};
use trellis_core::mastery::{self, Mastery};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::Viewer;
use trellis_store::read::{Name, PlanView};

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::pages::today::level_key;
use crate::reasons::title_of;
use crate::words::{Words, small};

/// How many strengths and choices are listed.
const LISTED: usize = 6;

/// A button that says how a goal or a step stands: its value and its words.
type Turn = (&'static str, String);

/// A step in words.
pub(super) struct StepView {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) icon: &'static str,
    pub(super) standing: String,
    pub(super) turns: Vec<Turn>,
}

/// A goal in words.
pub(super) struct GoalView {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) standing: String,
    pub(super) due: String,
    pub(super) skill: Option<String>,
    pub(super) steps: Vec<StepView>,
    pub(super) turns: Vec<Turn>,
    /// The id that the next step would get; none where no step can be added.
    pub(super) new_step: Option<String>,
}

/// A talk in words.
pub(super) struct TalkView {
    pub(super) who: String,
    pub(super) said: Vec<String>,
    pub(super) next: Option<String>,
}

/// Who signed, of one role.
pub(super) struct SignedView {
    pub(super) role: String,
    /// Its tint and its words.
    pub(super) chip: Option<(&'static str, String)>,
    pub(super) line: String,
}

/// What a plan is put into words with.
pub(super) struct Teller<'a> {
    pub(super) app: &'a App,
    pub(super) catalog: &'a Catalog,
    pub(super) view: &'a PlanView,
    pub(super) now: Timestamp,
}

fn full(name: &Name) -> String {
    format!("{} {}", name.given, name.family).trim().to_owned()
}

/// The ways a goal or a step can stand from here on, the likeliest first.
fn turns(words: &Words, what: &str, standing: Standing) -> Vec<Turn> {
    let next = match standing {
        Standing::Open => vec![Standing::Reached, Standing::LetGo],
        Standing::Reached | Standing::LetGo => vec![Standing::Open],
    };
    let said = next.into_iter().map(|next| {
        let key = format!("plan-{what}-turn-{}-{}", standing.key(), next.key());
        (next.key(), words.t(&key))
    });
    said.collect()
}

impl Teller<'_> {
    fn words(&self) -> &Words {
        &self.app.words
    }

    /// Who noted something; by role where the roster has the person no longer.
    fn who(&self, recorded: &Recorded) -> String {
        let actor = recorded.actor;
        match self.view.names.get(&actor.person) {
            Some(name) if actor.role == Role::Learner => name.short(),
            Some(name) => full(name),
            None => self.words().t(role_key(actor.role)),
        }
    }

    fn step(&self, step: &Step, may_turn: bool) -> StepView {
        let words = self.words();
        StepView {
            id: step.id.to_string(),
            text: step.text.clone(),
            icon: match step.standing {
                Standing::Open => "footprints",
                Standing::Reached => "check",
                Standing::LetGo => "undo-2",
            },
            standing: words.t(&format!("plan-step-{}", step.standing.key())),
            turns: match may_turn {
                true => turns(words, "step", step.standing),
                false => Vec::new(),
            },
        }
    }

    fn goal(&self, goal: &Goal) -> Result<GoalView, PageError> {
        let words = self.words();
        let open = goal.standing == Standing::Open;
        let date = match goal.standing {
            Standing::Open => goal.due,
            Standing::Reached | Standing::LetGo => goal.since,
        };
        let key = match goal.standing {
            Standing::Open if goal.due.day() < self.now.day() => "plan-due-past",
            Standing::Open => "plan-due",
            Standing::Reached => "plan-since-reached",
            Standing::LetGo => "plan-since-let-go",
        };
        Ok(GoalView {
            id: goal.id.to_string(),
            text: goal.text.clone(),
            class: match goal.standing {
                Standing::Open => "sun",
                Standing::Reached => "leaf",
                Standing::LetGo => "",
            },
            standing: words.t(&format!("plan-goal-{}", goal.standing.key())),
            due: words.one(key, "date", &day::in_words(date, words)),
            skill: goal.competency.as_ref().map(|id| self.skill(id)),
            steps: goal
                .steps
                .iter()
                .map(|step| self.step(step, open))
                .collect(),
            turns: turns(words, "goal", goal.standing),
            new_step: match open && goal.steps.len() < MOST_EVER {
                true => Some(StepId(self.app.new_id()?).to_string()),
                false => None,
            },
        })
    }

    fn skill(&self, id: &CompetencyId) -> String {
        let level = mastery::level(&self.view.learner.state, id, self.now);
        let level = self.words().t(level_key(level));
        let title = title_of(self.catalog, id);
        let texts = [("skill", title.as_str()), ("level", level.as_str())];
        self.words().with("plan-goal-about", &texts)
    }

    /// The goals that are open, the next day first, or those that are not, the latest first.
    pub(super) fn goals(&self, open: bool) -> Result<Vec<GoalView>, PageError> {
        let goals = self.view.plan.goals.iter();
        let mut goals: Vec<&Goal> = goals
            .filter(|goal| (goal.standing == Standing::Open) == open)
            .collect();
        goals.sort_by_key(|goal| match open {
            true => goal.due.0,
            false => -goal.since.0,
        });
        goals.into_iter().map(|goal| self.goal(goal)).collect()
    }

    /// The talks, newest first.
    pub(super) fn talks(&self) -> Vec<TalkView> {
        let words = self.words();
        let talks = self.view.plan.check_ins.iter().rev();
        talks
            .map(|talk| {
                let name = self.view.names.get(&talk.by);
                let who = name.map_or_else(|| words.t(role_key(Role::Teacher)), full);
                let date = day::in_words(talk.at, words);
                TalkView {
                    who: words.with("plan-talk-who", &[("who", &who), ("date", &date)]),
                    said: talk.said.lines().map(str::to_owned).collect(),
                    next: (!talk.next.is_empty()).then(|| talk.next.clone()),
                }
            })
            .collect()
    }

    /// What was done to the plan, newest first: when, and a sentence.
    pub(super) fn history(&self, most: usize) -> Vec<(String, String)> {
        let notes = self.view.notes.iter().take(most);
        let lines = notes.filter_map(|recorded| {
            let Event::PlanNoted { note, .. } = &recorded.event else {
                return None;
            };
            let (key, text) = told(&self.view.plan, note);
            let who = self.who(recorded);
            let line = self
                .words()
                .with(&key, &[("who", &who), ("text", text.unwrap_or("–"))]);
            Some((day::in_words(recorded.at, self.words()), line))
        });
        lines.collect()
    }

    fn signed_line(&self, signature: &Signature) -> String {
        let name = self.view.names.get(&signature.by.person);
        let who = name.map_or_else(|| self.words().t(role_key(signature.by.role)), full);
        let date = day::in_words(signature.at, self.words());
        let texts = [("who", who.as_str()), ("date", date.as_str())];
        self.words().with("plan-signed-line", &texts)
    }

    /// The student, the family and the teachers: who of them signed, and whether the plan has changed since.
    pub(super) fn signatures(&self) -> Vec<SignedView> {
        let plan = &self.view.plan;
        let role = |role: Role| {
            let signed: Vec<&Signature> = plan
                .signatures
                .iter()
                .filter(|one| one.by.role == role)
                .collect();
            let current = signed.iter().any(|one| plan.is_current(one));
            let lines: Vec<String> = signed.iter().map(|one| self.signed_line(one)).collect();
            SignedView {
                role: self.words().t(&format!("plan-role-{}", role.name())),
                chip: match (signed.is_empty(), current) {
                    (true, _) => None,
                    (false, true) => Some(("leaf", self.words().t("plan-signed-now"))),
                    (false, false) => Some(("sun", self.words().t("plan-signed-before"))),
                },
                line: match lines.is_empty() {
                    true => self.words().t("plan-signed-not"),
                    false => lines.join(" "),
                },
            }
        };
        [Role::Learner, Role::Guardian, Role::Teacher]
            .map(role)
            .into()
    }

    /// What the viewer would sign; none for an empty plan and where it is signed.
    pub(super) fn to_sign(&self, viewer: &Viewer) -> Option<String> {
        let plan = &self.view.plan;
        let mine = |one: &Signature| one.by == viewer.actor() && plan.is_current(one);
        let wanted = !plan.goals.is_empty() && !plan.signatures.iter().any(mine);
        wanted.then(|| plan.version.to_string())
    }

    /// What counts as mastered, the latest first, and how much more there is.
    pub(super) fn strengths(&self) -> (Vec<String>, Option<String>) {
        let state = &self.view.learner.state;
        let courses = state.courses.iter();
        let courses = courses.filter_map(|id| self.catalog.course(id));
        let mut found: Vec<&CompetencyId> = courses
            .flat_map(|course| course.sequence())
            .filter(|id| mastery::mastery(state, id, self.now) != Mastery::NotYet)
            .collect();
        let since = |id: &CompetencyId| state.competency(id).and_then(|kept| kept.mastered_at);
        found.sort_by_key(|id| std::cmp::Reverse(since(id)));
        let more = found.len().saturating_sub(LISTED);
        let more = (more > 0).then(|| {
            self.words()
                .count("plan-strengths-more", "count", small(more))
        });
        let listed = found.iter().take(LISTED);
        (listed.map(|id| title_of(self.catalog, id)).collect(), more)
    }

    /// The stories that the learner likes.
    pub(super) fn interest(&self) -> String {
        let state = &self.view.learner.state;
        let courses = state.courses.iter();
        let mut courses = courses.filter_map(|id| self.catalog.course(id));
        let title = state.interest.as_ref().and_then(|chosen| {
            courses.find_map(|course| {
                let mut known = course.interests.iter();
                known.find(|one| one.id == *chosen)
            })
        });
        match title {
            Some(interest) => self.words().one("plan-interest", "story", &interest.title),
            None => self.words().t("plan-interest-none"),
        }
    }

    /// What the learner chose to work on.
    pub(super) fn choices(&self) -> Vec<String> {
        let choices = self.view.choices.iter().take(LISTED);
        choices
            .map(|choice| {
                let key = match choice.proof {
                    true => "plan-choice-proof",
                    false => "plan-choice-practice",
                };
                let title = title_of(self.catalog, &choice.competency);
                let date = day::in_words(choice.at, self.words());
                let texts = [("skill", title.as_str()), ("date", date.as_str())];
                self.words().with(key, &texts)
            })
            .collect()
    }

    /// The adults around the learner, as the roster has them.
    pub(super) fn adults(&self) -> Vec<String> {
        let line =
            |key: &'static str| move |name: &Name| self.words().one(key, "name", &full(name));
        let teachers = self.view.teachers.iter().map(line("plan-adult-teacher"));
        let guardians = self.view.guardians.iter().map(line("plan-adult-guardian"));
        teachers.chain(guardians).collect()
    }
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Learner => "plan-someone-learner",
        Role::Guardian => "plan-someone-guardian",
        _ => "plan-someone-teacher",
    }
}

/// The key of the sentence about a note, and the text that it is about.
fn told<'a>(plan: &'a Plan, note: &'a PlanNote) -> (String, Option<&'a str>) {
    let goal = |id: &GoalId| plan.goals.iter().find(|goal| goal.id == *id);
    match note {
        PlanNote::GoalSet { text, .. } => ("plan-did-goal-set".to_owned(), Some(text)),
        PlanNote::GoalReworded { text, .. } => ("plan-did-goal-text".to_owned(), Some(text)),
        PlanNote::GoalStands { goal: id, standing } => (
            format!("plan-did-goal-{}", standing.key()),
            goal(id).map(|goal| goal.text.as_str()),
        ),
        PlanNote::StepAdded { text, .. } => ("plan-did-step-added".to_owned(), Some(text)),
        PlanNote::StepStands {
            goal: id,
            step,
            standing,
        } => {
            let step = goal(id).and_then(|goal| goal.steps.iter().find(|it| it.id == *step));
            (
                format!("plan-did-step-{}", standing.key()),
                step.map(|step| step.text.as_str()),
            )
        }
        PlanNote::CheckedIn { .. } => ("plan-did-checked-in".to_owned(), None),
        PlanNote::Signed { .. } => ("plan-did-signed".to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standing_role_and_note_has_words() {
        let notes = [
            "goal-set",
            "goal-text",
            "step-added",
            "checked-in",
            "signed",
        ];
        let mut keys: Vec<String> = notes.map(|did| format!("plan-did-{did}")).into();
        let words = Words::english();
        for standing in Standing::ALL {
            for what in ["goal", "step"] {
                keys.push(format!("plan-{what}-{}", standing.key()));
                keys.push(format!("plan-did-{what}-{}", standing.key()));
                for (_, said) in turns(&words, what, standing) {
                    assert!(!said.starts_with("plan-"), "{said}");
                }
            }
        }
        for role in [Role::Learner, Role::Guardian, Role::Teacher] {
            keys.push(role_key(role).to_owned());
            keys.push(format!("plan-role-{}", role.name()));
        }
        for key in keys {
            assert!(words.has(&key), "{key}");
        }
    }
}
