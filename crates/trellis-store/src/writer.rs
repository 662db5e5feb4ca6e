//! The one writer of a tenant: takes what is waiting, decides, and commits it together, so that full durability costs
//! one flush for many answers. A reply goes out only after the commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use trellis_core::catalog::Catalog;
use trellis_core::estimate::LearnerState;
use trellis_core::id::PersonId;
use trellis_core::people::Role;

use crate::at_hand::AtHand;
use crate::batch::{Answer, Asked, Batch, Done, Held, Job, Touched, Work};
use crate::content;
use crate::db::{Connection, Transaction};
use crate::error::StoreError;
use crate::figures::{Counts, QUEUE};
use crate::head::{self, Head};
use crate::place::{self, Place};
use crate::second::Second;
use crate::shown::Shown;
use crate::sqlite;

/// How much is committed together at most.
const BATCH: usize = 256;
/// After so long without work a connection is looked at before it is used.
const ASLEEP: Duration = Duration::from_secs(1);
/// How many learners' states stay in memory.
const CACHED: usize = 4096;

/// What goes through the queue.
enum Message {
    /// Work for the next transaction; several that came together stay together.
    Work(Vec<Work>),
    /// From now on all work belongs to one transaction; only in an empty journal.
    Begin(Done),
    /// Write the database anew, so that nothing erased stays anywhere in it or in the second copy.
    Clean(Done),
    /// Write a page of the database to the disk, to see whether that can be done.
    Check(Done),
    /// The end of it: keep what was done, or take all of it back.
    End { keep: bool, done: Done },
}

/// The way to the writer. Dropping it lets the writer finish what waits and end.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Option<SyncSender<Message>>,
    thread: Option<JoinHandle<()>>,
    counts: Arc<Counts>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        place: Place,
        head: Head,
        (shown, at_hand): (Arc<Shown>, Arc<AtHand>),
        second: Option<Second>,
    ) -> Result<Self, StoreError> {
        let (queue, waiting) = sync_channel(QUEUE);
        let counts = Arc::new(Counts::default());
        let desk = Desk {
            counts: Arc::clone(&counts),
            connection,
            place,
            used: Instant::now(),
            known: Known {
                head,
                cache: BTreeMap::new(),
                current: BTreeSet::new(),
                shown,
                at_hand,
            },
            second,
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
            counts,
        })
    }

    /// What the writer has done so far.
    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    fn send(&self, message: Message) -> Result<(), StoreError> {
        let queue = self.queue.as_ref().ok_or(StoreError::Busy)?;
        self.counts.comes();
        queue.try_send(message).map_err(|error| match error {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => {
                self.counts.turned_away();
                StoreError::Busy
            }
        })
    }

    /// Puts commands in the queue; each reply is called on the writer's thread after the commit.
    pub(crate) fn commands(
        &self,
        commands: impl Iterator<Item = (Asked, Answer)>,
    ) -> Result<(), StoreError> {
        let works = commands.map(|(asked, reply)| Work::Command(asked, reply));
        self.send(Message::Work(works.collect()))
    }

    /// Runs a change of rows that are no events (roster, sign-ins), whole or not at all, and waits for it.
    pub(crate) fn rows(&self, job: Job) -> Result<(), StoreError> {
        self.wait(|done| Message::Work(vec![Work::Rows(job, done)]))
    }

    /// The same for rows of which nothing is kept in memory, and without waiting for it.
    pub(crate) fn note(&self, job: Job, done: Done) -> Result<(), StoreError> {
        self.send(Message::Work(vec![Work::Note(job, done)]))
    }

    /// The same for rows of content: from the commit on the catalog is made of them.
    pub(crate) fn content(&self, job: Job) -> Result<(), StoreError> {
        self.wait(|done| Message::Work(vec![Work::Content(job, done)]))
    }

    /// Erases somebody: as [`Writer::rows`], and nothing of them stays in memory.
    pub(crate) fn erase(&self, person: PersonId, job: Job) -> Result<(), StoreError> {
        self.wait(|done| Message::Work(vec![Work::Erase(person, job, done)]))
    }

    /// Writes the database anew; commands wait meanwhile.
    pub(crate) fn clean(&self) -> Result<(), StoreError> {
        self.wait(Message::Clean)
    }

    /// Whether a page can be written to the disk now, and to the second copy.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        self.wait(Message::Check)
    }

    /// Opens one transaction for all that follows.
    pub(crate) fn begin(&self) -> Result<(), StoreError> {
        self.wait(Message::Begin)
    }

    /// Closes the transaction that [`Writer::begin`] opened.
    pub(crate) fn end(&self, keep: bool) -> Result<(), StoreError> {
        self.wait(|done| Message::End { keep, done })
    }

    fn wait(&self, message: impl FnOnce(Done) -> Message) -> Result<(), StoreError> {
        let (done, wait) = sync_channel(1);
        self.send(message(Box::new(move |result| {
            // The one who asked waits below; if it is gone there is nobody to tell.
            let _ = done.send(result);
        })))?;
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
    counts: Arc<Counts>,
    connection: Connection,
    place: Place,
    /// When the connection was used the last time.
    used: Instant,
    known: Known,
    second: Option<Second>,
}

/// What is known of the database without asking it.
struct Known {
    head: Head,
    cache: BTreeMap<PersonId, LearnerState>,
    current: BTreeSet<(PersonId, Role)>,
    shown: Arc<Shown>,
    at_hand: Arc<AtHand>,
}

impl Known {
    fn forget(&mut self) {
        self.cache.clear();
        self.current.clear();
    }

    /// Where others write too: takes the tenant for this transaction, and forgets what is of before somebody else's.
    fn meet(&mut self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        if !transaction.is_shared() {
            return Ok(());
        }
        let head = head::take(transaction)?;
        if head.content > self.shown.change() {
            let catalog = content::load(transaction)?;
            self.shown.publish(Arc::new(catalog), head.content);
        }
        if head != self.head {
            self.forget();
            self.head = head;
        }
        Ok(())
    }

    /// A batch after this.
    fn batch(&mut self) -> Batch<'_> {
        Batch {
            catalog: self.shown.now(),
            tip: self.head.tip,
            ahead: None,
            unwritten: None,
            cache: &mut self.cache,
            current: &mut self.current,
            touched: Touched::default(),
            dirty: BTreeMap::new(),
        }
    }

    /// Brings up to date what is kept in memory for those who read, now that it is on the disk.
    fn say(&mut self, head: Head, touched: &Touched, catalog: Arc<Catalog>) {
        self.head = head;
        if touched.catalog {
            self.shown.publish(catalog, head.content);
        }
        if touched.roster {
            self.at_hand.roster_changed();
        }
        for person in &touched.erased {
            self.at_hand.forget(*person);
        }
        let learners = touched.learners.iter();
        self.at_hand
            .working(learners.filter_map(|learner| self.cache.get(learner)));
    }
}

/// Where the tenant stands after a batch; written down where others write too.
fn after(
    before: Head,
    batch: &Batch<'_>,
    transaction: &Transaction<'_>,
) -> Result<Head, StoreError> {
    let head = Head {
        tip: batch.tip,
        people: before.people + u64::from(batch.touched.roster),
        content: before.content + u64::from(batch.touched.catalog),
    };
    if transaction.is_shared() {
        head::write(transaction, &head)?;
    }
    Ok(head)
}

/// Waits for the next message; none when everybody who could send one is gone.
fn wait_for(waiting: &Receiver<Message>, counts: &Counts) -> Option<Message> {
    let message = waiting.recv().ok()?;
    counts.taken();
    Some(message)
}

/// Takes what is waiting, up to about a batch; a message that is no work ends it, and comes second.
fn gather(
    mut works: Vec<Work>,
    waiting: &Receiver<Message>,
    counts: &Counts,
) -> (Vec<Work>, Option<Message>) {
    while works.len() < BATCH
        && let Ok(message) = waiting.try_recv()
    {
        counts.taken();
        match message {
            Message::Work(mut more) => works.append(&mut more),
            other => return (works, Some(other)),
        }
    }
    (works, None)
}

fn settle(held: Vec<Held>, result: &Result<(), StoreError>) {
    match result {
        Ok(()) => held.into_iter().for_each(Held::release),
        Err(error) => held.into_iter().for_each(|held| held.fail(error)),
    }
}

/// Opens a transaction, and takes the tenant where others write too.
fn open<'c>(
    connection: &'c mut Connection,
    known: &mut Known,
) -> Result<Transaction<'c>, StoreError> {
    let transaction = connection.transaction()?;
    known.meet(&transaction)?;
    Ok(transaction)
}

impl Desk {
    fn run(mut self, waiting: &Receiver<Message>) {
        let mut next = None;
        while let Some(message) = next.take().or_else(|| wait_for(waiting, &self.counts)) {
            match message {
                Message::Work(first) => {
                    let (works, after) = gather(first, waiting, &self.counts);
                    next = after;
                    self.commit(works);
                }
                Message::Begin(began) => self.provision(waiting, began),
                Message::Clean(done) => {
                    let cleaned = self.clean();
                    if let Err(error) = &cleaned {
                        stop_when_the_disk_lies(error);
                    }
                    done(cleaned);
                }
                Message::Check(done) => {
                    let checked = self.check();
                    if let Err(error) = &checked {
                        stop_when_the_disk_lies(error);
                    }
                    done(checked);
                }
                Message::End { done, .. } => done(Err(StoreError::NotNew)),
            }
        }
    }

    fn commit(&mut self, works: Vec<Work>) {
        if self.known.cache.len() > CACHED {
            self.known.cache.clear();
        }
        let (begun, count) = (Instant::now(), works.len());
        let mut held = Vec::with_capacity(count);
        let committed = match self.connected().and_then(|()| self.second_ready()) {
            Ok(()) => self.transact(works, &mut held).and_then(|()| self.follow()),
            // What the copy could not follow is not begun.
            Err(error) => {
                held.extend(works.into_iter().map(Held::unanswered));
                Err(error)
            }
        };
        self.counts
            .committed(count, begun.elapsed(), committed.is_ok());
        if let Err(error) = &committed {
            self.known.forget();
            stop_when_the_disk_lies(error);
        }
        settle(held, &committed);
    }

    /// Sees to a connection that stands: a server may have gone away, and another taken its place.
    fn connected(&mut self) -> Result<(), StoreError> {
        if let Place::Server(address) = &self.place {
            if self.used.elapsed() > ASLEEP {
                // What comes of it is told by the connection itself.
                let _ = self.connection.execute_batch("SELECT 1");
            }
            if self.connection.is_lost() {
                self.connection = place::connect(address)?;
            }
            self.used = Instant::now();
        }
        Ok(())
    }

    /// Makes the second copy anew if something has failed there.
    fn second_ready(&mut self) -> Result<(), StoreError> {
        match &mut self.second {
            Some(second) => second.ready(&self.connection),
            None => Ok(()),
        }
    }

    fn clean(&mut self) -> Result<(), StoreError> {
        // A server writes its tables anew for their owner only.
        sqlite::rewrite(self.connection.sqlite()?)?;
        match &mut self.second {
            Some(second) => second.again(&self.connection),
            None => Ok(()),
        }
    }

    fn check(&mut self) -> Result<(), StoreError> {
        self.connected()?;
        self.second_ready()?;
        if self.connection.is_shared() {
            let transaction = self.connection.transaction()?;
            let head = head::take(&transaction)?;
            head::write(&transaction, &head)?;
            return Ok(transaction.commit()?);
        }
        sqlite::write_a_page(self.connection.sqlite()?)?;
        self.follow()
    }

    /// Brings what was committed to the second copy.
    fn follow(&mut self) -> Result<(), StoreError> {
        self.second.as_mut().map_or(Ok(()), Second::follow)
    }

    fn transact(&mut self, works: Vec<Work>, held: &mut Vec<Held>) -> Result<(), StoreError> {
        let (connection, known) = (&mut self.connection, &mut self.known);
        let mut transaction = match open(connection, known) {
            Ok(transaction) => transaction,
            Err(error) => {
                held.extend(works.into_iter().map(Held::unanswered));
                return Err(error);
            }
        };
        let before = known.head;
        let mut batch = known.batch();
        batch.work(&mut transaction, works, held)?;
        batch.store_folds(&transaction)?;
        let head = after(before, &batch, &transaction)?;
        transaction.commit()?;
        let (touched, catalog) = (batch.touched, batch.catalog);
        known.say(head, &touched, catalog);
        Ok(())
    }

    /// Fills a new database in one transaction. Nobody is served from it yet, so replies need not wait for the commit.
    fn provision(&mut self, waiting: &Receiver<Message>, began: Done) {
        if self.known.head.tip.seq != 0 {
            began(Err(StoreError::NotNew));
            return;
        }
        let ready = self
            .connected()
            .and_then(|()| self.second_ready())
            .and_then(|()| self.on_file(sqlite::provisioning));
        if let Err(error) = ready {
            began(Err(error));
            return;
        }
        let ended = self.provision_within(waiting, began);
        self.known.forget();
        self.known.at_hand.roster_changed();
        let settled = self.on_file(sqlite::serving);
        if let Some((done, result)) = ended {
            if let Err(error) = &result {
                stop_when_the_disk_lies(error);
            }
            done(result.and(settled).and_then(|()| self.follow()));
        }
        // Now, and not with somebody's first answer. What stays in the log because a page is being read is brought over
        // later; it is safe where it is.
        let _ = self.on_file(sqlite::absorb_log);
    }

    /// Does what only a file needs.
    fn on_file(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self.place {
            Place::Folder(_) => work(self.connection.sqlite()?),
            Place::Server(_) => Ok(()),
        }
    }

    /// The transaction of [`Desk::provision`]; who waits for its end and what came of it. `None` when nobody ended it:
    /// then nothing was kept.
    fn provision_within(
        &mut self,
        waiting: &Receiver<Message>,
        began: Done,
    ) -> Option<(Done, Result<(), StoreError>)> {
        let (connection, known) = (&mut self.connection, &mut self.known);
        let mut transaction = match open(connection, known) {
            // Another machine may have been at it since.
            Ok(_) if known.head.tip.seq != 0 => return Some((began, Err(StoreError::NotNew))),
            Ok(transaction) => transaction,
            Err(error) => return Some((began, Err(error))),
        };
        let (before, shown) = (known.head, Arc::clone(&known.shown));
        let mut batch = known.batch();
        began(Ok(()));
        let mut state = Ok(());
        let mut next = None;
        while let Some(message) = next.take().or_else(|| wait_for(waiting, &self.counts)) {
            match message {
                Message::Work(first) => {
                    let (works, after) = gather(first, waiting, &self.counts);
                    next = after;
                    let mut held = Vec::with_capacity(works.len());
                    if state.is_ok() {
                        state = batch.work(&mut transaction, works, &mut held);
                    } else {
                        held.extend(works.into_iter().map(Held::unanswered));
                    }
                    settle(held, &state);
                    if batch.cache.len() > CACHED && state.is_ok() {
                        state = batch.store_folds(&transaction);
                        batch.cache.clear();
                    }
                }
                Message::Begin(done) => done(Err(StoreError::NotNew)),
                Message::Clean(done) | Message::Check(done) => done(Err(StoreError::Busy)),
                Message::End { keep, done } => {
                    let kept = state
                        .and_then(|()| batch.store_folds(&transaction))
                        .and_then(|()| {
                            let head = after(before, &batch, &transaction)?;
                            if !keep {
                                return Ok(before);
                            }
                            transaction.commit()?;
                            if batch.touched.catalog {
                                shown.publish(batch.catalog, head.content);
                            }
                            Ok(head)
                        });
                    return Some((done, kept.map(|head| known.head = head)));
                }
            }
        }
        None
    }
}

/// After a failed flush nobody knows what is on the disk, and asking again would not tell: the process ends, and the
/// journal is read afresh at the next start.
fn stop_when_the_disk_lies(error: &StoreError) {
    if let StoreError::Sqlite(error) = error
        && error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
    {
        std::process::abort();
    }
}
