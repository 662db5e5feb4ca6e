//! The only crate that knows SQL, and the one door for writing.
//!
//! [`Store::execute`] takes a command, lets the rules decide, and commits what follows together with others that wait.
//! Reads live in [`read`]; each wants a [`Viewer`], which only a session can make.

mod agreed;
mod ahead;
mod anki;
mod answers;
mod at_hand;
mod audit;
mod authored;
pub mod backup;
mod badges;
mod batch;
mod carry;
mod chance;
mod content;
mod curation;
mod db;
mod drafts;
mod erase;
mod error;
mod examine;
mod figures;
mod fold;
mod groups;
mod head;
mod invitations;
mod journal;
mod learned;
mod looks;
mod matters;
mod media;
mod models;
mod passkeys;
pub mod personal;
mod place;
mod postgres;
pub mod private_file;
pub mod read;
mod reader;
mod refold;
mod relation;
mod replay;
mod retention;
mod revise;
mod roster;
mod roster_change;
mod second;
mod second_factor;
mod sending;
mod session;
mod shared;
mod shown;
mod sign_ins;
mod sign_on;
mod sqlite;
mod stand_back;
mod surveys;
mod together;
mod uploads;
mod work;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use trellis_core::catalog::Catalog;
use trellis_core::estimate::LearnerState;
use trellis_core::id::{PersonId, Seq};

use at_hand::AtHand;
use db::Connection;
use head::Head;

use second::Second;
use shown::Shown;

use crate::db::Savepoint;

pub use crate::db::postgres::{Address, BadAddress};
pub use agreed::Agreement;
pub use anki::{AnkiCard, AnkiCollection, AnkiNote, MOST_NOTES, read_anki, write_anki};
pub use audit::Audited;
pub use badges::{BadgeFits, BadgeHolder, NewBadge};
pub use batch::{Asked, Outcome, Reply};
pub use carry::{Carried, carry};
pub use content::{Import, Source};
pub use drafts::{Draft, DraftVersion, LONGEST_DRAFT, MayAuthor, SaveDraft};
pub use erase::Erased;
pub use error::{SealFault, StoreError, TakenItem};
pub use examine::{Examination, examine};
pub use figures::{Figures, Ready};
pub use groups::{GroupMember, OUTCOME_DAYS, Outcome as GroupOutcome, SavedGroup};
pub use invitations::{Accepted, Invitable, Invited, NewInvitation, Whom};
pub use journal::kind;
pub use learned::Learned;
pub use looks::PAGES as LOOK_PAGES;
pub use matters::{FamiliesWaiting, Raise, SupportView};
pub use media::hash as media_hash;
pub use models::KeptModel;
pub use passkeys::{NewPasskey, Passkey, PasskeyOf};
pub use place::Place;
pub use postgres::{Prepared, prepare};
pub use replay::{Mismatch, Verified};
pub use retention::Ended;
pub use roster::{District, Roster};
pub use roster_change::{Difference, Incoming, IncomingPerson, Unchanged};
pub use second_factor::{SECRET_BYTES, SecondFactor};
pub use session::{Credential, MOST_FAILURES, Viewer};
pub use shared::{
    LONGEST_COMMENT as LONGEST_SHARED_COMMENT, LONGEST_SET_TITLE as LONGEST_SHARED_TITLE,
    NewSharedSet, SharedComment, SharedSet,
};
pub use sign_ins::SignIn;
pub use sign_on::{Linked, SignOn};
pub use stand_back::StoodBack;
pub use surveys::{AskedOf, NewSurvey, Opened, SurveyPart, SurveyView};
pub use together::Together;
pub use work::{
    Artifact, ArtifactText, ArtifactWord, ClassProject, GivenProject, HandedIn,
    LONGEST_ARTIFACT_TEXT, LONGEST_ARTIFACT_TITLE, LONGEST_WORD, LearnerProject, MOST_TIES,
    NewFile, OwnProject, ProjectScore, SharedWith, WorkView,
};

/// A tenant's database: one folder, one file, one writer.
#[derive(Debug)]
pub struct Store {
    // In this order at the end: a connection that only reads must not be the last, since it could not bring the
    // write-ahead log into the file; and the folder is released only after the writer has ended.
    readers: reader::Readers,
    writer: writer::Writer,
    shown: Arc<Shown>,
    at_hand: Arc<AtHand>,
    /// How often what was expected came true, as far as it was counted.
    counted: read::Counted,
    last_audit: audit::LastAudit,
    looks: looks::Looks,
    place: Place,
    _lock: Option<sqlite::Lock>,
}

impl Store {
    /// Opens the database in a folder, and makes it when `create` is set and there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the folder cannot be used, another process has it, or the file is not ours or newer.
    pub fn open(dir: &Path, create: bool) -> Result<Self, StoreError> {
        Self::open_copied(dir, create, None)
    }

    /// Opens a database wherever it is: as [`Store::open`] or [`Store::open_at`].
    ///
    /// # Errors
    /// As these.
    pub fn open_in(place: &Place, create: bool) -> Result<Self, StoreError> {
        match place {
            Place::Folder(dir) => Self::open(dir, create),
            Place::Server(address) => Self::open_at(address, create),
        }
    }

    /// Opens the database in a folder, and keeps a second copy of it in another: from then on a reply goes out only when its
    /// commit is in both. The copy is made or brought up to date first.
    ///
    /// # Errors
    /// As [`Store::open`]; [`StoreError::Second`] when the other folder cannot be used, and [`StoreError::Behind`] when the
    /// copy holds events that this database does not.
    pub fn open_with_second(dir: &Path, second: &Path) -> Result<Self, StoreError> {
        Self::open_copied(dir, false, Some(second))
    }

    fn open_copied(dir: &Path, create: bool, second: Option<&Path>) -> Result<Self, StoreError> {
        if create {
            private_file::make_folder(dir).map_err(|source| StoreError::File {
                path: dir.to_path_buf(),
                source,
            })?;
        } else if !dir.join(sqlite::FILE).exists() {
            return Err(StoreError::Missing {
                path: dir.join(sqlite::FILE),
            });
        }
        let lock = sqlite::lock(dir)?;
        let mut connection = sqlite::open_writer(dir, create)?;
        refold::bring_up_to_date(&mut connection)?;
        let second = second
            .map(|second| Second::begin(&connection, dir, second))
            .transpose()?;
        let place = Place::Folder(dir.to_path_buf());
        let head = Head::at(journal::tip(&connection)?);
        Self::serving(connection, place, head, second, Some(lock))
    }

    /// Opens a district on a server, and begins it when `create` is set and it was never begun. Other machines may have it open
    /// too.
    ///
    /// # Errors
    /// [`StoreError::Unprepared`] when the tables are not of this version, [`StoreError::Unfenced`] when the role could see
    /// other districts, [`StoreError::NoTenant`] when this one was never begun; or the server cannot be reached.
    pub fn open_at(address: &Address, create: bool) -> Result<Self, StoreError> {
        let mut connection = place::connect(address)?;
        postgres::check(&connection, address)?;
        if create {
            head::begin(&connection)?;
        }
        let Some(head) = head::read(&connection)? else {
            return Err(StoreError::NoTenant {
                address: address.to_string(),
            });
        };
        refold::bring_up_to_date(&mut connection)?;
        Self::serving(connection, Place::Server(address.clone()), head, None, None)
    }

    fn serving(
        connection: Connection,
        place: Place,
        head: Head,
        second: Option<Second>,
        lock: Option<sqlite::Lock>,
    ) -> Result<Self, StoreError> {
        // Read before the content: should that change in between, it is read again.
        let shown = Arc::new(Shown::new(content::load(&connection)?, head.content));
        let at_hand = Arc::new(AtHand::new(!connection.is_shared()));
        let memory = (Arc::clone(&shown), Arc::clone(&at_hand));
        let writer = writer::Writer::start(connection, place.clone(), head, memory, second)?;
        let readers = reader::Readers::new(place.clone(), Arc::clone(&shown));
        Ok(Self {
            writer,
            readers,
            shown,
            at_hand,
            counted: read::Counted::default(),
            last_audit: audit::LastAudit::default(),
            looks: looks::Looks::default(),
            place,
            _lock: lock,
        })
    }

    /// The folder, where there is one.
    #[must_use]
    pub fn dir(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(dir) => Some(dir),
            Place::Server(_) => None,
        }
    }

    /// Courses and items, as they are now.
    #[must_use]
    pub fn catalog(&self) -> Arc<Catalog> {
        self.shown.now()
    }

    /// Puts a command in the queue. `reply` is called once, after the commit, on the writer's thread.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when too much waits; then `reply` is never called.
    pub fn submit(
        &self,
        asked: Asked,
        reply: impl FnOnce(Reply) + Send + 'static,
    ) -> Result<(), StoreError> {
        let reply: batch::Answer = Box::new(reply);
        self.writer.commands(std::iter::once((asked, reply)))
    }

    /// Runs commands that came together, in one transaction where they fit, and waits for the commit. The replies are
    /// in the order of the commands.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when too much waits; what failed for a single command is in its reply.
    pub fn execute_together(&self, commands: Vec<Asked>) -> Result<Vec<Reply>, StoreError> {
        self.submit_together(commands)?.wait()
    }

    /// Puts commands that came together in the queue, as one piece; their replies can be waited for.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when too much waits; then nothing was done.
    pub fn submit_together(&self, commands: Vec<Asked>) -> Result<Together, StoreError> {
        let count = commands.len();
        let (done, replies) = sync_channel(count);
        let answered = commands.into_iter().enumerate().map(|(place, asked)| {
            let done = done.clone();
            let reply: batch::Answer = Box::new(move |reply| {
                // There is room for all of them; when nobody waits any more, there is nobody to tell.
                let _ = done.send((place, reply));
            });
            (asked, reply)
        });
        self.writer.commands(answered)?;
        Ok(Together { count, replies })
    }

    /// Runs a command and waits for its commit.
    ///
    /// # Errors
    /// As [`Store::submit`], or what the commit said.
    pub fn execute(&self, asked: Asked) -> Reply {
        let (done, wait) = sync_channel(1);
        self.submit(asked, move |reply| {
            // The one who asked waits below; if it is gone there is nobody to tell.
            let _ = done.send(reply);
        })?;
        wait.recv().map_err(|_| StoreError::Busy)?
    }

    /// Fills a new database in one transaction. What `work` asks for goes through the same door as always, but replies
    /// come before the commit, since nobody is served yet: when this returns everything is in the database, or nothing
    /// is. Reads see none of it before; content must be there already.
    ///
    /// # Errors
    /// [`StoreError::NotNew`] when the journal is not empty; what `work` says, and then nothing is kept; or a failure
    /// of the transaction.
    pub fn provision<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.writer.begin()?;
        let result = work();
        let ended = self.writer.end(result.is_ok());
        let value = result?;
        ended?;
        Ok(value)
    }

    /// Whether the journal holds this event with this chain: then everything up to it is what it was when somebody noted the two.
    /// A whole chain alone cannot tell that its end is missing; a backup or a second copy can.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn goes_through(&self, seq: Seq, chain: &[u8; 32]) -> Result<bool, StoreError> {
        self.read(|connection| journal::goes_through(connection, seq, chain))
    }

    /// A learner's state, for jobs that are no page: replay, simulation, commands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn learner_state(&self, learner: PersonId) -> Result<LearnerState, StoreError> {
        self.read(|connection| fold::state_of(connection, learner))
    }

    fn rows(
        &self,
        job: impl FnOnce(&Savepoint<'_>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        self.writer.rows(Box::new(job))
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&crate::db::Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.readers.read(work)
    }
}
