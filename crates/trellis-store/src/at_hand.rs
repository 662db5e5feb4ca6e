//! What is kept at hand in memory, so that an answer looks nothing up twice: who is signed in, and what learners at
//! work have open. The writer alone says when people or sign-ins have changed, after the commit and before any reply.

use std::collections::BTreeMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicU64, Ordering};

use trellis_core::estimate::LearnerState;
use trellis_core::framework::ItemId;
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::time::Timestamp;

use crate::session::SignedIn;

/// How many sign-ins and how many learners are kept. Beyond it all are forgotten, and looked up again.
const MOST: usize = 16_384;

/// A sign-in as it was when it was looked up.
#[derive(Debug, Clone, Copy)]
struct Known {
    sign_in: SignedIn,
    /// The roster that it was read from.
    roster: u64,
}

/// What an attempt was begun with. It never changes.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    attempt: AttemptId,
    pub(crate) item: ItemId,
    pub(crate) seed: u64,
}

/// Shared by the writer and those who read.
#[derive(Debug)]
pub(crate) struct AtHand {
    /// Whether anything is kept. Where other machines write too, everything is looked up each time.
    keeps: bool,
    /// Counts the commits that may have changed people, sections or sign-ins.
    roster: AtomicU64,
    signed_in: RwLock<BTreeMap<[u8; 32], Known>>,
    open: RwLock<BTreeMap<PersonId, Vec<Begun>>>,
}

impl AtHand {
    pub(crate) fn new(keeps: bool) -> Self {
        Self {
            keeps,
            roster: AtomicU64::default(),
            signed_in: RwLock::default(),
            open: RwLock::default(),
        }
    }

    /// The roster as of now. Who reads a sign-in asks before reading, and hands it to [`AtHand::remember`].
    pub(crate) fn roster(&self) -> u64 {
        self.roster.load(Ordering::Acquire)
    }

    /// From now on every sign-in is looked up again.
    pub(crate) fn roster_changed(&self) {
        self.roster.fetch_add(1, Ordering::AcqRel);
    }

    /// Forgets what somebody has open.
    pub(crate) fn forget(&self, person: PersonId) {
        if let Ok(mut open) = self.open.write() {
            open.remove(&person);
        }
        if let Ok(mut signed_in) = self.signed_in.write() {
            signed_in.retain(|_, known| known.sign_in.viewer.person() != person);
        }
    }

    /// The sign-in of a token's hash, unless anything about people has changed since it was read.
    pub(crate) fn signed_in(&self, token: &[u8; 32]) -> Option<SignedIn> {
        let known = *self.signed_in.read().ok()?.get(token)?;
        (known.roster == self.roster()).then_some(known.sign_in)
    }

    /// A sign-in was used.
    pub(crate) fn seen(&self, token: &[u8; 32], now: Timestamp) {
        if let Ok(mut signed_in) = self.signed_in.write()
            && let Some(known) = signed_in.get_mut(token)
        {
            known.sign_in.seen = known.sign_in.seen.max(now);
        }
    }

    /// Remembers a sign-in that was read when the roster was `roster`.
    pub(crate) fn remember(&self, token: [u8; 32], sign_in: SignedIn, roster: u64) {
        if self.keeps
            && let Ok(mut signed_in) = self.signed_in.write()
        {
            if signed_in.len() >= MOST {
                signed_in.clear();
            }
            signed_in.insert(token, Known { sign_in, roster });
        }
    }

    /// What the learner has open under this id, when the learner was at work lately.
    pub(crate) fn begun(&self, learner: PersonId, attempt: AttemptId) -> Option<Begun> {
        let open = self.open.read().ok()?;
        let begun = open.get(&learner)?;
        begun.iter().find(|begun| begun.attempt == attempt).cloned()
    }

    /// Says what learners have open, as committed. Who read a little earlier may say it after the writer: then an attempt
    /// is not found here, or one that is over, whose beginning is still what it was.
    pub(crate) fn working<'a>(&self, states: impl Iterator<Item = &'a LearnerState>) {
        if !self.keeps {
            return;
        }
        let Ok(mut open) = self.open.write() else {
            return;
        };
        for state in states {
            if open.len() >= MOST {
                open.clear();
            }
            let begun = state.open.iter().map(|attempt| Begun {
                attempt: attempt.id,
                item: attempt.item.clone(),
                seed: attempt.seed,
            });
            open.insert(state.learner, begun.collect());
        }
    }
}
