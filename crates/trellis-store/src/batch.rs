//! What happens inside one transaction: who may ask, what the rules decide, what is appended. Commands about different
//! learners do not touch each other, so that many of them are decided side by side; what is written keeps its order.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use trellis_core::access::Relation;
use trellis_core::audit::Subject;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::context::{Actor, Context};
use trellis_core::curation::Curation;
use trellis_core::decide::{ClassSession, Snapshot, decide};
use trellis_core::estimate::LearnerState;
use trellis_core::event::{Event, Recorded};
use trellis_core::id::{AttemptId, PersonId, Seq};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::ahead::Ahead;
use crate::content;
use crate::curation;
use crate::db::{Savepoint, Transaction};
use crate::error::StoreError;
use crate::fold::{self, Changed};
use crate::journal::{self, Tip, Unwritten};
use crate::models;
use crate::refold;
use crate::relation;

/// How many commands are worth being taken over by another thread.
const WORTH_A_THREAD: usize = 6;

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The decision's name: the place of its first event. [`Seq`] 0 when nothing had to happen.
    pub decision: Seq,
    /// The events, in order.
    pub events: Vec<Recorded>,
    /// Whether this is the first reply to the same answer, given again.
    pub repeated: bool,
}

/// What the caller gets: the outcome, a refusal by the rules, or a failure of the world.
pub type Reply = Result<Result<Outcome, Refusal>, StoreError>;

/// A command with who asks and when.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The command.
    pub command: Command,
    /// Who asks, as the session says.
    pub actor: Actor,
    /// The server's time.
    pub now: Timestamp,
    /// Chance, for drawing.
    pub seed: u64,
}

pub(crate) type Job = Box<dyn FnOnce(&Savepoint<'_>) -> Result<(), StoreError> + Send>;
pub(crate) type Answer = Box<dyn FnOnce(Reply) + Send>;
pub(crate) type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Something that waits to be written.
pub(crate) enum Work {
    /// A command for the rules.
    Command(Asked, Answer),
    /// A change of rows that are no events.
    Rows(Job, Done),
    /// The same for rows of which nothing is kept in memory.
    Note(Job, Done),
    /// The same for rows of content, which are read again then.
    Content(Job, Done),
    /// A change of rows after which nothing of this person may be left, in memory neither.
    Erase(PersonId, Job, Done),
}

/// A reply that waits for the commit.
pub(crate) enum Held {
    Command(Result<Outcome, Refusal>, Answer),
    Rows(Result<(), StoreError>, Done),
}

impl Held {
    pub(crate) fn release(self) {
        match self {
            Self::Command(result, reply) => reply(Ok(result)),
            Self::Rows(result, reply) => reply(result),
        }
    }

    /// The place of a reply to work that was never done.
    pub(crate) fn unanswered(work: Work) -> Self {
        match work {
            Work::Command(_, answer) => Self::Command(Err(Refusal::NotFound), answer),
            Work::Rows(_, done)
            | Work::Note(_, done)
            | Work::Content(_, done)
            | Work::Erase(_, _, done) => Self::Rows(Err(StoreError::Busy), done),
        }
    }

    /// Tells a failure of the whole transaction.
    pub(crate) fn fail(self, error: &StoreError) {
        let error = match error {
            StoreError::DiskFull => StoreError::DiskFull,
            StoreError::Second { path, detail } => StoreError::Second {
                path: path.clone(),
                detail: detail.clone(),
            },
            other => StoreError::Corrupt(other.to_string()),
        };
        match self {
            Self::Command(_, reply) => reply(Err(error)),
            Self::Rows(_, reply) => reply(Err(error)),
        }
    }
}

/// What a transaction looked at or changed, for what is kept in memory beside the database.
#[derive(Default)]
pub(crate) struct Touched {
    /// Learners whose states were loaded.
    pub(crate) learners: BTreeSet<PersonId>,
    /// Whether people, sections or sign-ins may have changed.
    pub(crate) roster: bool,
    /// People who were erased.
    pub(crate) erased: Vec<PersonId>,
    /// Whether the catalog is another than before.
    pub(crate) catalog: bool,
}

/// What happens in one transaction.
pub(crate) struct Batch<'a> {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) tip: Tip,
    /// What a wave will ask of a server.
    pub(crate) ahead: Option<Ahead>,
    /// What waits to be sent to a server.
    pub(crate) unwritten: Option<Unwritten>,
    pub(crate) cache: &'a mut BTreeMap<PersonId, LearnerState>,
    /// People who are known to be in the roster with this role; emptied when rows change.
    pub(crate) current: &'a mut BTreeSet<(PersonId, Role)>,
    pub(crate) touched: Touched,
    pub(crate) dirty: BTreeMap<PersonId, Changed>,
}

/// What commands of one wave must not share, since each is decided without sight of the others.
#[derive(Default)]
struct Apart {
    learners: BTreeSet<PersonId>,
    attempts: BTreeSet<AttemptId>,
}

impl Apart {
    /// Whether a command may join; a command about a section may not.
    fn takes(&mut self, command: &Command) -> bool {
        let attempt = match command {
            Command::Start { attempt, .. } => Some(*attempt),
            _ => None,
        };
        command
            .learner()
            .is_some_and(|learner| self.learners.insert(learner))
            && attempt.is_none_or(|attempt| self.attempts.insert(attempt))
    }
}

/// A command that may be put to the rules, with all that they look at but the learner's state.
struct Ready {
    context: Context,
    class: Option<ClassSession>,
    attempt_taken: bool,
    /// What happened to the learner, for a command that needs it.
    history: Vec<Recorded>,
    /// What was decided about content, for a command that is about content.
    curation: Option<Box<Curation>>,
}

/// What is known of a command before the rules are asked.
enum Prepared {
    /// The same answer was decided before.
    Repeated(Outcome),
    Ready(Ready),
}

/// What the rules said, with each event as it will stand in the journal.
type Decided = Result<Result<Vec<(Event, String)>, Refusal>, StoreError>;

/// Does all of a job or nothing, and reads what came of it.
fn savepoint<T>(
    transaction: &mut Transaction<'_>,
    job: Job,
    look: impl FnOnce(&Savepoint<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let savepoint = transaction.savepoint()?;
    job(&savepoint)?;
    let seen = look(&savepoint)?;
    savepoint.commit()?;
    Ok(seen)
}

/// Events, each as it will stand in the journal.
pub(crate) fn with_bodies(events: Vec<Event>) -> Result<Vec<(Event, String)>, StoreError> {
    let events = events.into_iter().map(|event| {
        let body = journal::body(&event)?;
        Ok((event, body))
    });
    events.collect()
}

impl Batch<'_> {
    /// Does all of it, in order. Replies are held: they count only when the transaction does. After a failure nothing
    /// more is done, and every reply of the transaction must be a failure.
    pub(crate) fn work(
        &mut self,
        transaction: &mut Transaction<'_>,
        works: Vec<Work>,
        held: &mut Vec<Held>,
    ) -> Result<(), StoreError> {
        let mut works = works.into_iter().peekable();
        let mut failure = None;
        while let Some(work) = works.next() {
            match work {
                Work::Command(asked, answer) => {
                    let mut apart = Apart::default();
                    let first = apart.takes(&asked.command);
                    let (mut wave, mut answers) = (vec![asked], vec![answer]);
                    let fits = |work: &Work| match work {
                        Work::Command(asked, _) => first && apart.takes(&asked.command),
                        Work::Rows(..) | Work::Note(..) | Work::Content(..) | Work::Erase(..) => {
                            false
                        }
                    };
                    let mut fits = fits;
                    while let Some(Work::Command(asked, answer)) = works.next_if(&mut fits) {
                        wave.push(asked);
                        answers.push(answer);
                    }
                    let mut outcomes = Vec::with_capacity(wave.len());
                    if failure.is_none() {
                        failure = self.wave(transaction, &wave, &mut outcomes).err();
                    }
                    // A refusal stands in for replies that will not be sent: a failure fails every reply.
                    outcomes.resize(answers.len(), Err(Refusal::NotFound));
                    held.extend(
                        outcomes
                            .into_iter()
                            .zip(answers)
                            .map(|(outcome, answer)| Held::Command(outcome, answer)),
                    );
                }
                Work::Rows(job, done) => {
                    let result = self.rows(transaction, &mut failure, |batch, transaction| {
                        batch.people(transaction, job)
                    });
                    held.push(Held::Rows(result, done));
                }
                Work::Note(job, done) => {
                    let result = self.rows(transaction, &mut failure, |_, transaction| {
                        savepoint(transaction, job, |_| Ok(()))
                    });
                    held.push(Held::Rows(result, done));
                }
                Work::Erase(person, job, done) => {
                    let result = self.rows(transaction, &mut failure, |batch, transaction| {
                        batch.people(transaction, job)?;
                        // What was decided before in this batch went with the rows.
                        batch.cache.remove(&person);
                        batch.dirty.remove(&person);
                        batch.touched.learners.remove(&person);
                        batch.touched.erased.push(person);
                        Ok(())
                    });
                    held.push(Held::Rows(result, done));
                }
                Work::Content(job, done) => {
                    let result = self.rows(transaction, &mut failure, |batch, transaction| {
                        let catalog = savepoint(transaction, job, |rows| content::load(rows))?;
                        batch.take_catalog(catalog);
                        Ok(())
                    });
                    held.push(Held::Rows(result, done));
                }
            }
        }
        failure.map_or(Ok(()), Err)
    }

    /// Changes rows, unless something has failed before.
    fn rows(
        &mut self,
        transaction: &mut Transaction<'_>,
        failure: &mut Option<StoreError>,
        change: impl FnOnce(&mut Self, &mut Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if failure.is_some() {
            return Err(StoreError::Busy);
        }
        let result = change(self, transaction);
        // A full disk can take the whole transaction back, not the savepoint alone. What came before in this batch is
        // gone then, and what comes after would be written outside of any.
        if transaction.is_autocommit() {
            *failure = Some(StoreError::DiskFull);
        }
        result
    }

    /// Changes rows of people, places and sign-ins.
    fn people(&mut self, transaction: &mut Transaction<'_>, job: Job) -> Result<(), StoreError> {
        self.touched.roster = true;
        self.current.clear();
        savepoint(transaction, job, |_| Ok(()))
    }

    /// From now on commands see this content; everybody else once it is committed.
    pub(crate) fn take_catalog(&mut self, catalog: Catalog) {
        self.catalog = Arc::new(catalog);
        self.touched.catalog = true;
    }

    /// Commands about different learners, or one about a section: what one decides, no other looks at.
    fn wave(
        &mut self,
        transaction: &Transaction<'_>,
        wave: &[Asked],
        outcomes: &mut Vec<Result<Outcome, Refusal>>,
    ) -> Result<(), StoreError> {
        if transaction.is_shared() {
            self.look_ahead(transaction, wave)?;
        }
        let prepared = wave
            .iter()
            .map(|asked| self.prepare(transaction, asked))
            .collect::<Result<Vec<_>, _>>()?;
        let decided = self.decide(wave, &prepared);
        for ((asked, prepared), decided) in wave.iter().zip(prepared).zip(decided) {
            outcomes.push(match (prepared, decided) {
                (Prepared::Repeated(outcome), _) => Ok(outcome),
                (Prepared::Ready(_), None) => Err(Refusal::NotFound),
                (Prepared::Ready(_), Some(decided)) => match decided? {
                    Ok(events) => Ok(self.append(transaction, asked, events)?),
                    Err(refusal) => Err(refusal),
                },
            });
        }
        self.send_events(transaction)
    }

    /// Whether the actor still has the role that they signed in with; asked of the database once, until rows change.
    fn is_current(
        &mut self,
        transaction: &Transaction<'_>,
        actor: Actor,
    ) -> Result<bool, StoreError> {
        let known = (actor.person, actor.role);
        if !self.current.contains(&known) && relation::is_current(transaction, actor)? {
            self.current.insert(known);
        }
        Ok(self.current.contains(&known))
    }

    /// How an actor stands to all of some content; to the district where there is none.
    fn to_content(
        &self,
        transaction: &Transaction<'_>,
        actor: Actor,
        content: &[Subject],
    ) -> Result<Relation, StoreError> {
        let mut relation = None;
        for about in content {
            let courses = curation::courses_with(&self.catalog, about);
            let to_this = relation::to_courses(transaction, actor, &courses)?;
            // An actor has one role, so what differs is that they are a stranger to some of it.
            if to_this == Relation::Stranger || relation.is_none() {
                relation = Some(to_this);
            }
        }
        match relation {
            Some(relation) => Ok(relation),
            None => relation::to_district(transaction, actor),
        }
    }

    fn prepare(
        &mut self,
        transaction: &Transaction<'_>,
        asked: &Asked,
    ) -> Result<Prepared, StoreError> {
        let Asked {
            command,
            actor,
            now,
            seed,
        } = asked;
        let relation = match (command.learner(), command.section()) {
            (Some(learner), _) if self.is_current(transaction, *actor)? => {
                relation::of_current_to_learner(transaction, *actor, learner)?
            }
            (Some(_), _) => Relation::Nobody,
            (None, Some(section)) => relation::to_section(transaction, *actor, section)?,
            (None, None) => self.to_content(transaction, *actor, &command.content())?,
        };
        if let (Some(learner), Some(answer), Relation::Own) =
            (command.learner(), command.answer(), relation)
            && let Some(decision) = match &self.ahead {
                Some(ahead) => ahead.decision(learner, answer),
                None => journal::decision_of_answer(transaction, learner, answer)?,
            }
        {
            let events = journal::decision(transaction, decision)?;
            return Ok(Prepared::Repeated(Outcome {
                decision,
                events,
                repeated: true,
            }));
        }
        if let Some(learner) = command.learner() {
            self.load(transaction, learner)?;
        }
        let class = match command.section() {
            Some(section) => fold::class_session(transaction, section)?,
            None => None,
        };
        let attempt_taken = match command {
            Command::Start { attempt, .. } => match &self.ahead {
                Some(ahead) => ahead.has_attempt(*attempt),
                None => journal::has_attempt(transaction, *attempt)?,
            },
            _ => false,
        };
        let history = match command.learner() {
            Some(learner) if command.needs_history() => {
                journal::of_learner(transaction, learner, None)?
            }
            _ => Vec::new(),
        };
        let curation = match command.content().is_empty() {
            false => Some(Box::new(curation::load(transaction)?)),
            true => None,
        };
        let context = Context {
            now: *now,
            seed: *seed,
            actor: *actor,
            relation,
        };
        Ok(Prepared::Ready(Ready {
            context,
            class,
            attempt_taken,
            history,
            curation,
        }))
    }

    /// Puts commands to the rules, on several threads where there are many. `None` for what was decided before.
    fn decide(&self, wave: &[Asked], prepared: &[Prepared]) -> Vec<Option<Decided>> {
        let one = |(asked, prepared): (&Asked, &Prepared)| match prepared {
            Prepared::Repeated(_) => None,
            Prepared::Ready(ready) => Some(self.ask_rules(&asked.command, ready)),
        };
        if wave.len() < 2 * WORTH_A_THREAD {
            return wave.iter().zip(prepared).map(one).collect();
        }
        let both = wave.par_iter().zip(prepared);
        both.with_min_len(WORTH_A_THREAD).map(one).collect()
    }

    fn ask_rules(&self, command: &Command, ready: &Ready) -> Decided {
        let learner = command.learner().and_then(|id| self.cache.get(&id));
        let snapshot = Snapshot {
            catalog: &self.catalog,
            learner,
            class: ready.class,
            attempt_taken: ready.attempt_taken,
            history: &ready.history,
            curation: ready.curation.as_deref(),
        };
        let decision = match decide(&snapshot, command, &ready.context) {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        with_bodies(decision.events).map(Ok)
    }

    fn append(
        &mut self,
        transaction: &Transaction<'_>,
        asked: &Asked,
        events: Vec<(Event, String)>,
    ) -> Result<Outcome, StoreError> {
        if events.is_empty() {
            return Ok(Outcome {
                decision: Seq(0),
                events: Vec::new(),
                repeated: false,
            });
        }
        let events = self.write(transaction, asked, events)?;
        for recorded in &events {
            if let Event::ItemRevised {
                before,
                after,
                undoes,
                ..
            } = &recorded.event
            {
                let seq = recorded.seq;
                self.revised(transaction, asked, [before, after], seq, undoes.is_some())?;
            }
        }
        let decision = events.first().map_or(Seq(0), |first| first.decision);
        Ok(Outcome {
            decision,
            events,
            repeated: false,
        })
    }

    /// Writes the events of one decision and folds them.
    pub(crate) fn write(
        &mut self,
        transaction: &Transaction<'_>,
        asked: &Asked,
        events: Vec<(Event, String)>,
    ) -> Result<Vec<Recorded>, StoreError> {
        let when_and_who = (asked.now, asked.actor);
        let unwritten = self.unwritten.as_mut();
        let events = journal::append(transaction, &mut self.tip, events, when_and_who, unwritten)?;
        for recorded in &events {
            match recorded.event.learner() {
                Some(learner) => {
                    self.dirty.entry(learner).or_default().note(&recorded.event);
                    if recorded.event.rewrites() {
                        self.send_events(transaction)?;
                        let upto = Some(recorded.seq);
                        let again = refold::from_journal(transaction, learner, upto)?;
                        self.cache.insert(learner, again);
                    } else if let Some(state) = self.cache.get_mut(&learner) {
                        state.apply(recorded);
                    }
                }
                None if recorded.event.is_curation() => self.curate(transaction, recorded)?,
                None if matches!(recorded.event, Event::ItemPublished { .. }) => {
                    content::publish(transaction, &asked.command)?;
                    self.take_catalog(content::load(transaction)?);
                }
                None => {
                    // Closing a class signs its learners out.
                    self.touched.roster = true;
                    fold::class(transaction, recorded)?;
                    if let Event::ModelInstalled { hash, .. } = &recorded.event {
                        // What is decided after it is decided by it.
                        let model = models::by_hash(transaction, hash)?;
                        self.take_catalog(Catalog::clone(&self.catalog).with_model(model));
                    }
                }
            }
        }
        Ok(events)
    }

    /// Folds an event about content.
    fn curate(
        &mut self,
        transaction: &Transaction<'_>,
        recorded: &Recorded,
    ) -> Result<(), StoreError> {
        let mut curation = curation::load(transaction)?;
        curation.apply(recorded);
        curation::store(transaction, &curation)?;
        let decided = curation.decided();
        if decided != *self.catalog.decided() {
            self.take_catalog(self.catalog.with_decided(decided));
        }
        Ok(())
    }

    pub(crate) fn load(
        &mut self,
        transaction: &Transaction<'_>,
        learner: PersonId,
    ) -> Result<(), StoreError> {
        self.touched.learners.insert(learner);
        if let Entry::Vacant(place) = self.cache.entry(learner) {
            place.insert(fold::state_of(transaction, learner)?);
        }
        Ok(())
    }
}
