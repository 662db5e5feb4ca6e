//! The second copy: each committed batch stands on another disk too before anybody gets a reply.
//!
//! SQLite's write-ahead log holds every changed page of every commit. After a commit its new frames are appended to a log
//! beside a copy of the database, and flushed. When SQLite begins its log anew, which it does only after all of it was brought
//! into the file, the copy's log is brought into the copy's file first. So the copy is a database like the first at any
//! moment: its file, and a log of whole commits. The format of the log is <https://www.sqlite.org/fileformat2.html#walformat>.

use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use trellis_core::id::Seq;

use crate::db::Connection;
use crate::error::StoreError;
use crate::{journal, private_file, sqlite};

/// The length of the log's header, in bytes.
const HEADER: usize = 32;
/// The length of a frame's header, in bytes; a page follows.
const FRAME: usize = 24;
/// What the log begins with; the last bit says in which order the bytes of a sum's words stand.
const MAGIC: u32 = 0x377f_0682;
/// The largest page that SQLite knows, in bytes.
const LARGEST_PAGE: usize = 65_536;
/// How much of two files is compared at a time, in bytes.
const PIECE: usize = 1 << 20;

/// The second copy of one database.
#[derive(Debug)]
pub(crate) struct Second {
    own: PathBuf,
    dir: PathBuf,
    _lock: sqlite::Lock,
    /// Where the copy stands; `None` when it has to be made anew, since something failed.
    followed: Option<Followed>,
}

/// How far the copy has followed.
#[derive(Debug)]
struct Followed {
    /// The log that is followed, and its end in the copy. `None` before the first commit.
    log: Option<Log>,
}

/// One generation of the log.
#[derive(Debug)]
struct Log {
    header: [u8; HEADER],
    copy: File,
    /// How much was copied, in bytes: always the end of a commit.
    place: u64,
    sum: (u32, u32),
}

fn word(bytes: &[u8], place: usize) -> u32 {
    let word = bytes
        .get(place..place + 4)
        .and_then(|word| word.try_into().ok());
    word.map_or(0, u32::from_be_bytes)
}

/// The running sum of SQLite's log over whole pairs of words.
fn add(mut sum: (u32, u32), bytes: &[u8], big_endian: bool) -> (u32, u32) {
    let (pairs, _) = bytes.as_chunks::<8>();
    for [a, b, c, d, e, f, g, h] in pairs {
        let read = if big_endian {
            u32::from_be_bytes
        } else {
            u32::from_le_bytes
        };
        sum.0 = sum
            .0
            .wrapping_add(read([*a, *b, *c, *d]))
            .wrapping_add(sum.1);
        sum.1 = sum
            .1
            .wrapping_add(read([*e, *f, *g, *h]))
            .wrapping_add(sum.0);
    }
    sum
}

impl Log {
    fn page(&self) -> usize {
        match word(&self.header, 8) {
            1 => LARGEST_PAGE,
            page => {
                usize::try_from(page).map_or(LARGEST_PAGE, |page| page.clamp(512, LARGEST_PAGE))
            }
        }
    }

    /// The number of this generation: each new beginning of the log adds one.
    fn number(&self) -> u32 {
        word(&self.header, 12)
    }

    /// The frames of the log from `place` on up to the end of the last commit, and the sum there.
    fn new_commits(&self, own: &mut File) -> io::Result<(Vec<u8>, (u32, u32))> {
        own.seek(SeekFrom::Start(self.place))?;
        let big_endian = word(&self.header, 0) & 1 == 1;
        let mut input = BufReader::with_capacity(PIECE, own);
        let mut frames = Vec::new();
        let (mut whole, mut whole_sum, mut sum) = (0, self.sum, self.sum);
        let mut frame = vec![0; FRAME + self.page()];
        loop {
            match input.read_exact(&mut frame) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
            // What follows the last commit is of an earlier generation, or was taken back.
            if frame[8..16] != self.header[16..24] {
                break;
            }
            sum = add(
                add(sum, &frame[..8], big_endian),
                &frame[FRAME..],
                big_endian,
            );
            if sum != (word(&frame, 16), word(&frame, 20)) {
                break;
            }
            frames.extend_from_slice(&frame);
            if word(&frame, 4) != 0 {
                (whole, whole_sum) = (frames.len(), sum);
            }
        }
        frames.truncate(whole);
        Ok((frames, whole_sum))
    }
}

impl Second {
    /// Takes the folder for the copy and brings it to where the database is.
    ///
    /// # Errors
    /// [`StoreError::Second`] when the folder cannot be used, or is the database's own; [`StoreError::InUse`] when another
    /// process has it.
    pub(crate) fn begin(
        connection: &Connection,
        own: &Path,
        dir: &Path,
    ) -> Result<Self, StoreError> {
        let failed = |error| failed(dir, &error);
        private_file::make_folder(dir).map_err(failed)?;
        let whole = |path: &Path| path.canonicalize().map_err(failed);
        if whole(own)? == whole(dir)? {
            let same = io::Error::new(io::ErrorKind::InvalidInput, "it is the same folder");
            return Err(failed(same));
        }
        let mut second = Self {
            own: own.to_path_buf(),
            dir: dir.to_path_buf(),
            _lock: sqlite::lock(dir)?,
            followed: None,
        };
        second.refuse_when_ahead(connection)?;
        second.ready(connection)?;
        Ok(second)
    }

    /// A copy that holds what the database does not is never written over: it may be all that is left of it.
    fn refuse_when_ahead(&self, connection: &Connection) -> Result<(), StoreError> {
        let path = self.dir.join(sqlite::FILE);
        // What cannot be read holds nothing that could be brought back from it.
        let Ok(copy) = sqlite::open_ours(&path).and_then(|copy| journal::tip(&copy)) else {
            return Ok(());
        };
        if journal::goes_through(connection, Seq(copy.seq), &copy.chain)? {
            return Ok(());
        }
        Err(StoreError::Behind {
            path: self.dir.clone(),
            copy: copy.seq,
            own: journal::tip(connection)?.seq,
        })
    }

    /// Makes the copy anew if something has failed. Nothing may be committed before this has succeeded: a commit that the copy
    /// cannot follow must not be acknowledged.
    pub(crate) fn ready(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.followed.is_some() {
            return Ok(());
        }
        let (busy, ..): (i64, i64, i64) =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        if busy != 0 {
            return Err(failed(
                &self.dir,
                &io::Error::other("somebody has been reading for too long"),
            ));
        }
        self.make_equal()
            .map_err(|error| failed(&self.dir, &error))?;
        self.followed = Some(Followed { log: None });
        Ok(())
    }

    /// Makes the copy equal to the database once more, with nothing left of what stood in it before.
    pub(crate) fn again(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.followed = None;
        self.ready(connection)
    }

    /// Brings what was committed since the last time to the copy's disk.
    pub(crate) fn follow(&mut self) -> Result<(), StoreError> {
        let Some(mut followed) = self.followed.take() else {
            return Err(failed(
                &self.dir,
                &io::Error::other("it has to be made anew"),
            ));
        };
        self.follow_log(&mut followed)
            .map_err(|error| failed(&self.dir, &error))?;
        self.followed = Some(followed);
        Ok(())
    }

    fn follow_log(&self, followed: &mut Followed) -> io::Result<()> {
        let mut own = match File::open(sqlite::log_of(&self.own)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut header = [0; HEADER];
        match own.read_exact(&mut header) {
            Ok(()) => {}
            // Nothing was written since the log was brought into the file.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
        let log = match followed.log.take() {
            Some(log) if log.header == header => log,
            before => {
                let log = self.new_log(header, before.is_some())?;
                let follows = |before: &Log| log.number() == before.number().wrapping_add(1);
                if !before.as_ref().is_none_or(follows) {
                    return Err(io::Error::other("a part of the log was never seen"));
                }
                log
            }
        };
        let log = followed.log.insert(log);
        let (frames, sum) = log.new_commits(&mut own)?;
        if !frames.is_empty() {
            log.copy.write_all(&frames)?;
            log.copy.sync_data()?;
            log.place += frames.len() as u64;
            log.sum = sum;
        }
        Ok(())
    }

    /// Begins a new log beside the copy, after the one before was brought into the file.
    fn new_log(&self, header: [u8; HEADER], after_another: bool) -> io::Result<Log> {
        if word(&header, 0) & !1 != MAGIC {
            return Err(io::Error::other("the log has an unknown format"));
        }
        if after_another {
            self.absorb()?;
        }
        let path = sqlite::log_of(&self.dir);
        remove(&path)?;
        let mut copy = private_file::create_new(&path)?;
        copy.write_all(&header)?;
        private_file::sync_folder(&self.dir)?;
        Ok(Log {
            header,
            copy,
            place: HEADER as u64,
            sum: (word(&header, 24), word(&header, 28)),
        })
    }

    /// Brings the copy's log into its file.
    fn absorb(&self) -> io::Result<()> {
        let absorbed = || -> rusqlite::Result<i64> {
            let connection = rusqlite::Connection::open(self.dir.join(sqlite::FILE))?;
            connection.execute_batch("PRAGMA synchronous = FULL")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        };
        match absorbed() {
            Ok(0) => Ok(()),
            Ok(_) => Err(io::Error::other("another program has the copy open")),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// Makes the copy's file the same as the database's, which has no log now. A copy that is the same already is left.
    fn make_equal(&self) -> io::Result<()> {
        let (own, copy) = (self.own.join(sqlite::FILE), self.dir.join(sqlite::FILE));
        let log = sqlite::log_of(&self.dir);
        if copy.exists() {
            // A copy that cannot take its own log in is no copy: then it is made anew.
            let absorbed = !log.exists() || self.absorb().is_ok();
            if absorbed && same(&own, &copy)? {
                return Ok(());
            }
        }
        let part = self.dir.join(format!("{}.part", sqlite::FILE));
        remove(&part)?;
        let mut out = private_file::create_new(&part)?;
        io::copy(&mut File::open(&own)?, &mut out)?;
        out.sync_all()?;
        remove(&log)?;
        remove(&self.dir.join(format!("{}-shm", sqlite::FILE)))?;
        fs::rename(&part, &copy)?;
        private_file::sync_folder(&self.dir)
    }
}

fn failed(dir: &Path, error: &io::Error) -> StoreError {
    StoreError::Second {
        path: dir.to_path_buf(),
        detail: error.to_string(),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether two files hold the same bytes.
fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let (one, other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        (&one).take(PIECE as u64).read_to_end(&mut left)?;
        (&other).take(PIECE as u64).read_to_end(&mut right)?;
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}
