//! The one writer of a tenant: takes what is waiting, decides, and commits it together, so that full durability costs
//! one flush for many answers. A reply goes out only after the commit.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, RwLock};
use std::thread::JoinHandle;

use rusqlite::{Connection, ErrorCode, Savepoint, Transaction};
use trellis_core::access::Relation;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::context::{Actor, Context};
use trellis_core::decide::{Snapshot, decide};
use trellis_core::estimate::LearnerState;
use trellis_core::event::Recorded;
use trellis_core::id::{PersonId, Seq};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::error::StoreError;
use crate::fold::{self, Changed};
use crate::journal::{self, Tip};
use crate::relation;

/// How much is committed together at most.
const BATCH: usize = 256;
/// How much may wait. Beyond it the caller is told to come again, instead of waiting without end.
const QUEUE: usize = 4096;
/// How many learners' states stay in memory.
const CACHED: usize = 4096;

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

type Job = Box<dyn FnOnce(&Savepoint<'_>) -> Result<(), StoreError> + Send>;

enum Work {
    Command(Asked, Box<dyn FnOnce(Reply) + Send>),
    Rows(Job, Box<dyn FnOnce(Result<(), StoreError>) + Send>),
}

/// The way to the writer. Dropping it lets the writer finish what waits and end.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Option<SyncSender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        catalog: Arc<RwLock<Arc<Catalog>>>,
    ) -> Result<Self, StoreError> {
        let tip = journal::tip(&connection)?;
        let (queue, waiting) = sync_channel(QUEUE);
        let desk = Desk {
            connection,
            catalog,
            tip,
            cache: BTreeMap::new(),
        };
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || desk.run(&waiting))
            .map_err(|source| StoreError::File {
                path: "writer thread".into(),
                source,
            })?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    fn send(&self, work: Work) -> Result<(), StoreError> {
        let queue = self.queue.as_ref().ok_or(StoreError::Busy)?;
        queue.try_send(work).map_err(|error| match error {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => StoreError::Busy,
        })
    }

    /// Puts a command in the queue; `reply` is called on the writer's thread after the commit.
    pub(crate) fn command(
        &self,
        asked: Asked,
        reply: Box<dyn FnOnce(Reply) + Send>,
    ) -> Result<(), StoreError> {
        self.send(Work::Command(asked, reply))
    }

    /// Runs a change of rows that are no events (roster, content, sign-ins), whole or not at all, and waits for it.
    pub(crate) fn rows(&self, job: Job) -> Result<(), StoreError> {
        let (done, wait) = sync_channel(1);
        self.send(Work::Rows(
            job,
            Box::new(move |result| {
                // The one who asked waits below; if it is gone there is nobody to tell.
                let _ = done.send(result);
            }),
        ))?;
        wait.recv().map_err(|_| StoreError::Busy)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has already said so; there is nothing more to wait for.
            let _ = thread.join();
        }
    }
}

struct Desk {
    connection: Connection,
    catalog: Arc<RwLock<Arc<Catalog>>>,
    tip: Tip,
    cache: BTreeMap<PersonId, LearnerState>,
}

/// What happens in one transaction.
struct Batch<'a> {
    catalog: &'a Catalog,
    tip: Tip,
    cache: &'a mut BTreeMap<PersonId, LearnerState>,
    dirty: BTreeMap<PersonId, Changed>,
}

/// A reply that waits for the commit.
enum Held {
    Command(Result<Outcome, Refusal>, Box<dyn FnOnce(Reply) + Send>),
    Rows(
        Result<(), StoreError>,
        Box<dyn FnOnce(Result<(), StoreError>) + Send>,
    ),
}

impl Desk {
    fn run(mut self, waiting: &Receiver<Work>) {
        while let Ok(first) = waiting.recv() {
            let mut works = vec![first];
            while works.len() < BATCH
                && let Ok(work) = waiting.try_recv()
            {
                works.push(work);
            }
            self.commit(works);
        }
    }

    fn commit(&mut self, works: Vec<Work>) {
        let catalog = match self.catalog.read() {
            Ok(catalog) => Arc::clone(&catalog),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        };
        if self.cache.len() > CACHED {
            self.cache.clear();
        }
        let mut held = Vec::with_capacity(works.len());
        let mut batch = Batch {
            catalog: &catalog,
            tip: self.tip,
            cache: &mut self.cache,
            dirty: BTreeMap::new(),
        };
        let committed = run_batch(&mut self.connection, &mut batch, works, &mut held);
        let tip = batch.tip;
        match committed {
            Ok(()) => {
                self.tip = tip;
                held.into_iter().for_each(Held::release);
            }
            Err(error) => {
                self.cache.clear();
                stop_when_the_disk_lies(&error);
                let full = matches!(error, StoreError::DiskFull);
                for held in held {
                    held.fail(if full {
                        StoreError::DiskFull
                    } else {
                        StoreError::Corrupt(error.to_string())
                    });
                }
            }
        }
    }
}

/// After a failed flush nobody knows what is on the disk, and asking again would not tell: the process ends, and the
/// journal is read afresh at the next start.
fn stop_when_the_disk_lies(error: &StoreError) {
    if let StoreError::Sqlite(error) = error
        && error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
    {
        std::process::abort();
    }
}

impl Held {
    fn release(self) {
        match self {
            Self::Command(result, reply) => reply(Ok(result)),
            Self::Rows(result, reply) => reply(result),
        }
    }

    fn fail(self, error: StoreError) {
        match self {
            Self::Command(_, reply) => reply(Err(error)),
            Self::Rows(_, reply) => reply(Err(error)),
        }
    }
}

fn run_batch(
    connection: &mut Connection,
    batch: &mut Batch<'_>,
    works: Vec<Work>,
    held: &mut Vec<Held>,
) -> Result<(), StoreError> {
    let mut failure = None;
    let mut transaction = match connection.transaction() {
        Ok(transaction) => Some(transaction),
        Err(error) => {
            failure = Some(error.into());
            None
        }
    };
    for work in works {
        match work {
            Work::Command(asked, reply) => {
                let result = match (&transaction, &failure) {
                    (Some(transaction), None) => batch.command(transaction, &asked),
                    _ => Ok(Err(Refusal::NotFound)),
                };
                // The refusal stands in for a reply that will not be sent: a failed batch fails every reply in it.
                let result = result.unwrap_or_else(|error| {
                    failure = Some(error);
                    Err(Refusal::NotFound)
                });
                held.push(Held::Command(result, reply));
            }
            Work::Rows(job, reply) => {
                let result = match (&mut transaction, &failure) {
                    (Some(transaction), None) => {
                        let result = savepoint(transaction, job);
                        // A full disk can take the whole transaction back, not the savepoint alone. What came before
                        // in this batch is gone then, and what comes after would be written outside of any.
                        if transaction.is_autocommit() {
                            failure = Some(StoreError::DiskFull);
                        }
                        result
                    }
                    _ => Err(StoreError::Busy),
                };
                held.push(Held::Rows(result, reply));
            }
        }
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    let Some(transaction) = transaction else {
        return Err(StoreError::Busy);
    };
    for (learner, changed) in &batch.dirty {
        if let Some(state) = batch.cache.get(learner) {
            fold::store(&transaction, state, changed)?;
        }
    }
    transaction.commit()?;
    Ok(())
}

fn savepoint(transaction: &mut Transaction<'_>, job: Job) -> Result<(), StoreError> {
    let savepoint = transaction.savepoint()?;
    job(&savepoint)?;
    savepoint.commit()?;
    Ok(())
}

impl Batch<'_> {
    fn command(
        &mut self,
        transaction: &Transaction<'_>,
        asked: &Asked,
    ) -> Result<Result<Outcome, Refusal>, StoreError> {
        let Asked {
            command,
            actor,
            now,
            seed,
        } = asked;
        let relation = match (command.learner(), command.section()) {
            (Some(learner), _) => relation::to_learner(transaction, *actor, learner)?,
            (None, Some(section)) => relation::to_section(transaction, *actor, section)?,
            (None, None) => Relation::Nobody,
        };
        let context = Context {
            now: *now,
            seed: *seed,
            actor: *actor,
            relation,
        };
        if let (Some(learner), Some(answer), Relation::Own) =
            (command.learner(), command.answer(), relation)
            && let Some(decision) = journal::decision_of_answer(transaction, learner, answer)?
        {
            let events = journal::decision(transaction, decision)?;
            return Ok(Ok(Outcome {
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
            Command::Start { attempt, .. } => journal::has_attempt(transaction, *attempt)?,
            _ => false,
        };
        let learner = command.learner().and_then(|id| self.cache.get(&id));
        let snapshot = Snapshot {
            catalog: self.catalog,
            learner,
            class,
            attempt_taken,
        };
        let decision = match decide(&snapshot, command, &context) {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if decision.events.is_empty() {
            return Ok(Ok(Outcome {
                decision: Seq(0),
                events: Vec::new(),
                repeated: false,
            }));
        }
        let events = journal::append(transaction, &mut self.tip, decision.events, *now, *actor)?;
        for recorded in &events {
            match recorded.event.learner() {
                Some(learner) => {
                    self.dirty.entry(learner).or_default().note(&recorded.event);
                    if let Some(state) = self.cache.get_mut(&learner) {
                        state.apply(recorded);
                    }
                }
                None => fold::class(transaction, recorded)?,
            }
        }
        let decision = events.first().map_or(Seq(0), |first| first.decision);
        Ok(Ok(Outcome {
            decision,
            events,
            repeated: false,
        }))
    }

    fn load(&mut self, transaction: &Transaction<'_>, learner: PersonId) -> Result<(), StoreError> {
        if let Entry::Vacant(place) = self.cache.entry(learner) {
            place.insert(
                fold::load(transaction, learner)?.unwrap_or_else(|| LearnerState::new(learner)),
            );
        }
        Ok(())
    }
}
