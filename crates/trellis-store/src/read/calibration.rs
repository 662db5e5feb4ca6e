//! How often what was expected came true here: counts over everybody, without those in which few people stand.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use trellis_core::access::Read;
use trellis_core::event::Event;
use trellis_core::id::{PersonId, Seq};

use super::ReadResult;
use crate::Store;
use crate::journal::{self, COLUMNS, int};
use crate::learned;

/// Tenths of a chance.
const BINS: usize = 10;
/// Fewer answers or fewer learners than these are not shown.
pub const LEAST_ANSWERS: u32 = 20;
/// See [`LEAST_ANSWERS`].
pub const LEAST_LEARNERS: usize = 5;
/// Questions that leave more to a guesser are not counted: the chance that pages tell is that of an open question.
const MOST_GUESS: f64 = 0.05;

/// Answers for which about the same chance was told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationBin {
    /// The lower end of the chances, in tenths; the upper end is one tenth more.
    pub from_tenths: u8,
    /// How many answers.
    pub answers: u32,
    /// The mean of the chances that were told before them.
    pub expected: f64,
    /// The share that was right.
    pub right: f64,
}

#[derive(Debug, Default)]
struct Bin {
    answers: u32,
    right: u32,
    expected: f64,
    learners: BTreeSet<PersonId>,
}

/// What was counted up to a place of the journal.
#[derive(Debug, Default)]
pub(crate) struct Counted(Mutex<Counts>);

/// How many erasures there were then and who was left out, the place, and the counts.
type Counts = ((u64, BTreeSet<PersonId>), u64, [Bin; BINS]);

impl Counted {
    fn held(&self) -> MutexGuard<'_, Counts> {
        // Whoever panicked in here had added at most a part of one answer.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// How often what was expected before first tries without hints came true, for each tenth that has enough answers of
    /// enough learners. What was counted stays counted, so that only new answers are read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn calibration(&self) -> ReadResult<Vec<CalibrationBin>> {
        // Open to everybody, as the access table says.
        debug_assert!(trellis_core::access::may_read(
            trellis_core::access::Relation::Nobody,
            Read::Calibration
        ));
        self.look(|connection| {
            let mut counted = self.counted.held();
            let sql = "SELECT count(*) FROM erasure";
            let erasures: u64 = connection
                .prepare_cached(sql)?
                .query_row([], |row| row.get(0))?;
            let mut withheld = counted.0.1.clone();
            learned::note_withheld(connection, Seq(counted.1), &mut withheld)?;
            // What was counted holds those who are erased since, or whose families do not allow it any more: counted anew from
            // the beginning.
            let without = (erasures, withheld);
            if without != counted.0 {
                *counted = (without, 0, Default::default());
            }
            let ((_, withheld), upto, bins) = &mut *counted;
            let sql = format!(
                "SELECT {COLUMNS} FROM event WHERE seq > ?1 AND kind = 'responded' ORDER BY seq"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([int(*upto)])?;
            while let Some(row) = rows.next()? {
                let recorded = journal::read_row(row)?;
                *upto = recorded.seq.0;
                let learner = recorded.event.learner();
                if learner.is_none_or(|learner| !withheld.contains(&learner)) {
                    count(bins, &recorded.event);
                }
            }
            Ok(shown(bins))
        })
    }
}

fn count(bins: &mut [Bin; BINS], event: &Event) {
    let Event::Responded {
        learner,
        evidence,
        before,
        ..
    } = event
    else {
        return;
    };
    if evidence.earlier > 0 || evidence.hints > 0 || evidence.guess > MOST_GUESS {
        return;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 9"
    )]
    let place = (before.next_right * 10.0).clamp(0.0, 9.0) as usize;
    if let Some(bin) = bins.get_mut(place) {
        bin.answers += 1;
        bin.right += u32::from(evidence.right);
        bin.expected += before.next_right;
        bin.learners.insert(*learner);
    }
}

fn shown(bins: &[Bin; BINS]) -> Vec<CalibrationBin> {
    (0..)
        .zip(bins)
        .filter(|(_, bin)| bin.answers >= LEAST_ANSWERS && bin.learners.len() >= LEAST_LEARNERS)
        .map(|(from_tenths, bin)| CalibrationBin {
            from_tenths,
            answers: bin.answers,
            expected: bin.expected / f64::from(bin.answers),
            right: f64::from(bin.right) / f64::from(bin.answers),
        })
        .collect()
}
