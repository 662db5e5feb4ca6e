//! The promises of the store in the plainest words: everything in ordered maps, one command after the other.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::access::Relation;
use trellis_core::audit::Subject;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::context::{Actor, Context};
use trellis_core::curation::Curation;
use trellis_core::decide::{ClassSession, Snapshot, decide};
use trellis_core::estimate::LearnerState;
use trellis_core::event::{Event, Recorded};
use trellis_core::id::{AnswerId, AttemptId, PersonId, SectionId, Seq};
use trellis_core::mastery;
use trellis_core::people::{Person, Role};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::EstimateCell;
use trellis_store::{Asked, Import, Mismatch, Outcome, Roster};

use crate::contract::{Engine, Map};

/// A store that is only a memory.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// The name that the content gets: it stands in every advice, so both stores must call it the same.
    content: u64,
    catalog: Catalog,
    people: BTreeMap<PersonId, Person>,
    teaches: BTreeSet<(PersonId, SectionId)>,
    learns: BTreeSet<(PersonId, SectionId)>,
    guards: BTreeSet<(PersonId, PersonId)>,
    sections: BTreeSet<SectionId>,
    events: Vec<Recorded>,
    states: BTreeMap<PersonId, LearnerState>,
    answers: BTreeMap<(PersonId, AnswerId), Seq>,
    attempts: BTreeSet<AttemptId>,
    classes: BTreeMap<SectionId, Timestamp>,
    curation: Curation,
    sessions: BTreeMap<Vec<u8>, SignIn>,
}

/// Who is signed in, until when, and when they were last seen in steps of five minutes.
#[derive(Debug)]
struct SignIn {
    who: PersonId,
    section: Option<SectionId>,
    until: Timestamp,
    seen: Timestamp,
}

/// What a class map shows of one learner.
pub(crate) fn cells(state: &LearnerState) -> Vec<(String, EstimateCell)> {
    let begun = state.competencies.iter().map(|known| &known.competency);
    let decided = state
        .directives
        .iter()
        .filter_map(|directive| directive.kind.competency());
    let all: BTreeSet<_> = begun.chain(decided).collect();
    let cell = |id| {
        let competency = state.competency(id);
        let last_at = competency.map_or(Timestamp(0), |competency| competency.last_at);
        let cell = EstimateCell {
            level: mastery::level(state, id, last_at).step(),
            known: mastery::known(state, id),
            first_tries: competency.map_or(0, |competency| competency.first_tries),
            due_at: competency.and_then(mastery::due_at),
        };
        (id.as_str().to_owned(), cell)
    };
    all.into_iter().map(cell).collect()
}

impl Model {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A model whose content has this name.
    pub(crate) fn named(content: u64) -> Self {
        Self {
            content,
            ..Self::default()
        }
    }

    fn relation(
        &self,
        actor: Actor,
        learner: Option<PersonId>,
        section: Option<SectionId>,
    ) -> Relation {
        let id = actor.person;
        if self
            .people
            .get(&id)
            .is_none_or(|person| person.role != actor.role)
        {
            return Relation::Nobody;
        }
        let is_learner = |id| {
            self.people
                .get(&id)
                .is_some_and(|person| person.role == Role::Learner)
        };
        let shares = |learner| {
            let mine = self.teaches.iter().filter(|(teacher, _)| *teacher == id);
            mine.into_iter()
                .any(|(_, section)| self.learns.contains(&(learner, *section)))
        };
        let (related, strongest) = match actor.role {
            Role::Learner => (learner == Some(id), Relation::Own),
            Role::Guardian => (
                learner.is_some_and(|learner| self.guards.contains(&(id, learner))),
                Relation::GuardianOf,
            ),
            Role::Teacher => (
                learner.is_some_and(shares)
                    || section.is_some_and(|section| self.teaches.contains(&(id, section))),
                Relation::TeacherOf,
            ),
            Role::Leader | Role::Operator => (
                learner.is_some_and(is_learner)
                    || section.is_some_and(|section| self.sections.contains(&section)),
                if actor.role == Role::Leader {
                    Relation::LeaderOf
                } else {
                    Relation::OperatorOf
                },
            ),
        };
        if related {
            strongest
        } else {
            Relation::Stranger
        }
    }

    /// Every section takes the one course that there is.
    fn relation_to_content(&self, actor: Actor, about: &Subject) -> Relation {
        let taught = match about {
            Subject::Item(id) => self.catalog.item(id).is_some(),
            Subject::Competency(id) => self.catalog.competency(id).is_some(),
            Subject::Course(id) => id.as_str() == "small",
        };
        let teaches = self.teaches.iter().any(|(id, _)| *id == actor.person);
        match actor.role {
            _ if self.relation(actor, None, None) == Relation::Nobody => Relation::Nobody,
            Role::Teacher if taught && teaches => Relation::TeacherOf,
            Role::Leader => Relation::LeaderOf,
            Role::Operator => Relation::OperatorOf,
            Role::Teacher | Role::Learner | Role::Guardian => Relation::Stranger,
        }
    }

    fn outcome(&self, decision: Seq, repeated: bool) -> Outcome {
        let of_it = self
            .events
            .iter()
            .filter(|recorded| recorded.decision == decision);
        Outcome {
            decision,
            events: of_it.cloned().collect(),
            repeated,
        }
    }

    fn record(&mut self, recorded: Recorded) {
        match &recorded.event {
            Event::ClassOpened { section, until } => {
                self.classes.insert(*section, *until);
            }
            Event::ClassClosed { section } => {
                self.classes.remove(section);
                self.sessions.retain(|_, one| one.section != Some(*section));
            }
            event if event.is_curation() => {
                self.curation.apply(&recorded);
                self.catalog = self.catalog.with_decided(self.curation.decided());
            }
            event => {
                let learner = event.learner().expect("about a learner");
                if let Some(answer) = event.answer() {
                    self.answers.insert((learner, answer), recorded.decision);
                }
                self.attempts.extend(event.attempt());
                if event.rewrites() {
                    self.events.push(recorded);
                    let again = refolded(&self.events, learner);
                    self.states.insert(learner, again);
                    return;
                }
                self.states
                    .entry(learner)
                    .or_insert_with(|| LearnerState::new(learner))
                    .apply(&recorded);
            }
        }
        self.events.push(recorded);
    }
}

impl Engine for Model {
    fn reopen(&mut self) {}

    fn import(&mut self, import: Import) {
        let content = self.content;
        self.catalog = Catalog::new(vec![import.course], import.items, import.mix_ups, content);
    }

    fn add_roster(&mut self, roster: Roster) -> bool {
        let mut people = self.people.clone();
        people.extend(roster.people.into_iter().map(|person| (person.id, person)));
        let names: BTreeSet<&str> = people
            .values()
            .map(|person| person.sourced_id.as_str())
            .collect();
        if names.len() < people.len() {
            return false;
        }
        self.people = people;
        self.sections
            .extend(roster.sections.iter().map(|section| section.id));
        for belongs in roster.enrollments {
            let place = (belongs.person, belongs.section);
            self.teaches.remove(&place);
            self.learns.remove(&place);
            match belongs.role {
                Role::Teacher => self.teaches.insert(place),
                Role::Learner => self.learns.insert(place),
                Role::Guardian | Role::Leader | Role::Operator => false,
            };
        }
        self.guards.extend(
            roster
                .guardianships
                .iter()
                .map(|of| (of.guardian, of.learner)),
        );
        true
    }

    fn execute(&mut self, asked: Asked) -> Result<Outcome, Refusal> {
        let Asked {
            command,
            actor,
            now,
            seed,
        } = asked;
        let (learner, section) = (command.learner(), command.section());
        let content = command.content();
        let to_each = content
            .iter()
            .map(|about| self.relation_to_content(actor, about));
        let to_content = to_each.reduce(|one, other| match one {
            Relation::Stranger => one,
            _ => other,
        });
        let relation = to_content.unwrap_or_else(|| self.relation(actor, learner, section));
        if let (Some(learner), Some(answer), Relation::Own) = (learner, command.answer(), relation)
            && let Some(decision) = self.answers.get(&(learner, answer))
        {
            return Ok(self.outcome(*decision, true));
        }
        let fresh = LearnerState::new(learner.unwrap_or(PersonId(0)));
        let snapshot = Snapshot {
            catalog: &self.catalog,
            learner: learner.map(|id| self.states.get(&id).unwrap_or(&fresh)),
            class: section
                .and_then(|id| self.classes.get(&id))
                .map(|until| ClassSession { until: *until }),
            history: &of_learner(&self.events, learner),
            curation: (!content.is_empty()).then_some(&self.curation),
            attempt_taken: matches!(&command, Command::Start { attempt, .. } if self.attempts.contains(attempt)),
        };
        let context = Context {
            now,
            seed,
            actor,
            relation,
        };
        let events = decide(&snapshot, &command, &context)?.events;
        let decision = Seq(self.events.len() as u64 + 1);
        if events.is_empty() {
            return Ok(Outcome {
                decision: Seq(0),
                events: Vec::new(),
                repeated: false,
            });
        }
        for event in events {
            let seq = Seq(self.events.len() as u64 + 1);
            self.record(Recorded {
                seq,
                decision,
                at: now,
                actor,
                event,
            });
        }
        Ok(self.outcome(decision, false))
    }

    fn sign_in(
        &mut self,
        token: &[u8],
        who: PersonId,
        section: Option<SectionId>,
        now: Timestamp,
        until: Timestamp,
    ) {
        let one = SignIn {
            who,
            section,
            until,
            seen: now,
        };
        self.sessions.insert(token.to_vec(), one);
    }

    fn sign_out(&mut self, token: &[u8]) {
        self.sessions.remove(token);
    }

    fn viewer(&mut self, token: &[u8], now: Timestamp) -> Option<(Actor, Option<SectionId>)> {
        const MINUTE_MS: i64 = 60_000;
        let one = self.sessions.get_mut(token)?;
        let role = self.people.get(&one.who)?.role;
        let minutes = if role == Role::Learner { 25 } else { 65 };
        if one.until.min(one.seen.plus_ms(minutes * MINUTE_MS)) <= now {
            return None;
        }
        if one.seen.plus_ms(5 * MINUTE_MS) <= now {
            one.seen = now;
        }
        let person = one.who;
        Some((Actor { person, role }, one.section))
    }

    fn class_map(
        &mut self,
        token: &[u8],
        section: SectionId,
        now: Timestamp,
    ) -> Result<Map, Refusal> {
        let (actor, _) = self.viewer(token, now).ok_or(Refusal::SignInFirst)?;
        let relation = self.relation(actor, None, Some(section));
        if relation != Relation::TeacherOf {
            return Err(Refusal::NotYours);
        }
        let mut learners: Vec<&Person> = self
            .learns
            .iter()
            .filter(|(_, of)| *of == section)
            .filter_map(|(id, _)| self.people.get(id))
            .filter(|person| person.role == Role::Learner)
            .collect();
        learners.sort_by(|a, b| (&a.given_name, a.id).cmp(&(&b.given_name, b.id)));
        let row = |person: &Person| {
            (
                person.id,
                self.states.get(&person.id).map_or_else(Vec::new, cells),
            )
        };
        Ok(learners.into_iter().map(row).collect())
    }

    fn state(&mut self, learner: PersonId) -> LearnerState {
        let known = self.states.get(&learner);
        known.cloned().unwrap_or_else(|| LearnerState::new(learner))
    }

    fn journal(&mut self) -> Vec<Recorded> {
        self.events.clone()
    }

    fn verify(&mut self) -> Vec<Mismatch> {
        let differs = |(id, state): (&PersonId, &LearnerState)| {
            (refolded(&self.events, *id) != *state).then_some(Mismatch::State(*id))
        };
        self.states.iter().filter_map(differs).collect()
    }
}

/// What happened to one learner.
fn of_learner(events: &[Recorded], learner: Option<PersonId>) -> Vec<Recorded> {
    let of_it = events
        .iter()
        .filter(|recorded| learner.is_some() && recorded.event.learner() == learner);
    of_it.cloned().collect()
}

fn refolded(events: &[Recorded], learner: PersonId) -> LearnerState {
    LearnerState::refold(learner, &of_learner(events, Some(learner)))
}
