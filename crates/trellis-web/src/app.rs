//! What every page can reach: the store, the words, the time.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::id::time_ordered;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::{Asked, Outcome, Store, StoreError, Viewer};

use crate::error::PageError;
use crate::metrics::Metrics;
use crate::passkey::Passkeys;
use crate::pauses::Pauses;
use crate::sign_on::SignOns;
use crate::words::Words;

/// The application, shared by all requests.
#[derive(Debug, Clone)]
pub struct App {
    /// The tenant's database.
    pub store: Arc<Store>,
    /// Whether this is a demonstration, in which anyone at the machine may sign in as anyone.
    pub demo: bool,
    /// The words of pages.
    pub words: Words,
    /// The lessons that are paused.
    pub(crate) pauses: Arc<Pauses>,
    /// What a monitor asks for.
    pub(crate) metrics: Arc<Metrics>,
    /// Whether staff who sign in with a password need a code beside it.
    staff_need_code: bool,
    /// Where people sign on elsewhere.
    pub(crate) sign_ons: Arc<SignOns>,
    /// What passkeys are bound to; `None` where the address of this server is not known.
    pub(crate) passkeys: Option<Arc<Passkeys>>,
    clock: fn() -> Timestamp,
}

fn system_clock() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    Timestamp(i64::try_from(since).unwrap_or(i64::MAX))
}

impl App {
    /// An application on a store.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn new(store: Arc<Store>) -> Result<Self, StoreError> {
        let demo = store.district()?.is_some_and(|district| district.demo);
        Ok(Self {
            store,
            demo,
            words: Words::english(),
            pauses: Arc::default(),
            metrics: Arc::default(),
            staff_need_code: false,
            sign_ons: Arc::default(),
            passkeys: None,
            clock: system_clock,
        })
    }

    /// The same with another clock, for tests.
    #[must_use]
    pub fn with_clock(self, clock: fn() -> Timestamp) -> Self {
        Self { clock, ..self }
    }

    /// The same with other words, for the pseudo-locale.
    #[must_use]
    pub fn with_words(self, words: Words) -> Self {
        Self { words, ..self }
    }

    /// The same, in which staff with a password alone get no further than to where they set up a code.
    #[must_use]
    pub fn with_code_for_staff(self, staff_need_code: bool) -> Self {
        Self {
            staff_need_code,
            ..self
        }
    }

    /// The same with services at which people sign on.
    #[must_use]
    pub fn with_sign_ons(self, sign_ons: Arc<SignOns>) -> Self {
        Self { sign_ons, ..self }
    }

    /// The same with passkeys that are bound to an address of ours.
    #[must_use]
    pub fn with_passkeys(self, passkeys: Option<Passkeys>) -> Self {
        Self {
            passkeys: passkeys.map(Arc::new),
            ..self
        }
    }

    /// Whether this viewer has to set up a code before anything else.
    pub(crate) fn needs_code(&self, viewer: &Viewer) -> bool {
        let staff = match viewer.role() {
            Role::Teacher | Role::Leader | Role::Operator => true,
            Role::Learner | Role::Guardian => false,
        };
        self.staff_need_code && staff && viewer.password_alone()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// 128 random bits from the system.
    pub(crate) fn chance() -> Result<u128, PageError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| PageError::failed(&error))?;
        Ok(u128::from_be_bytes(bytes))
    }

    /// A new time-ordered id.
    pub(crate) fn new_id(&self) -> Result<u128, PageError> {
        Ok(time_ordered(self.now().0, Self::chance()?))
    }

    /// Runs a command and waits for its commit.
    pub(crate) async fn execute(
        &self,
        actor: Actor,
        command: Command,
    ) -> Result<Outcome, PageError> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the low half of 128 random bits is 64 random bits"
        )]
        let seed = Self::chance()? as u64;
        let (done, wait) = tokio::sync::oneshot::channel();
        let asked = Asked {
            command,
            actor,
            now: self.now(),
            seed,
        };
        self.store.submit(asked, move |reply| {
            // The browser may have gone away; the commit stands all the same.
            let _ = done.send(reply);
        })?;
        let reply = wait.await.map_err(|_| StoreError::Busy)?;
        Ok(reply??)
    }
}
