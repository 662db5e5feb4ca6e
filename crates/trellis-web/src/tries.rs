//! Tries at a secret: counted before they are judged, so that many at once win nothing; slow on purpose, a few at a time.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::sync::Semaphore;
use trellis_core::id::PersonId;
use trellis_store::{Credential, MOST_FAILURES, Store, StoreError};

use crate::app::App;
use crate::error::PageError;
use crate::password;
use crate::session::{hash_secret, secret_fits};

/// How many secrets are hashed at once: each takes a core and 19 MiB for a while.
static HASHING: Semaphore = Semaphore::const_new(2);
/// How long somebody waits for a turn before being asked to come again.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Whose secret is tried.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
    /// A learner's three pictures.
    Pictures(PersonId),
    /// The password that belongs to a login name.
    Password(String),
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It fits.
    Fits(PersonId),
    /// It does not fit, or there is nothing that could.
    No,
    /// Too many wrong tries: somebody has to let the person in.
    Locked,
}

/// Tries a secret.
pub(crate) async fn try_secret(
    app: &App,
    whose: Whose,
    secret: String,
) -> Result<Tried, PageError> {
    let turn = tokio::time::timeout(LONGEST_WAIT, HASHING.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(PageError::Busy);
    };
    let store = Arc::clone(&app.store);
    let judged = tokio::task::spawn_blocking(move || judge(&store, &whose, &secret)).await;
    Ok(judged.map_err(|error| PageError::failed(&error))??)
}

/// The slow hash of a secret that somebody has chosen, when there is a turn.
pub(crate) async fn slow_hash(secret: String) -> Result<String, PageError> {
    let mut hashes = slow_hashes(vec![secret]).await?;
    hashes.pop().ok_or(PageError::Busy)
}

/// The slow hashes of many, one after another in one turn.
pub(crate) async fn slow_hashes(secrets: Vec<String>) -> Result<Vec<String>, PageError> {
    let turn = tokio::time::timeout(LONGEST_WAIT, HASHING.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(PageError::Busy);
    };
    let hash = move || {
        secrets
            .iter()
            .map(|secret| hash_secret(secret))
            .collect::<Result<_, _>>()
    };
    let hashed: Result<Vec<String>, String> = tokio::task::spawn_blocking(hash)
        .await
        .map_err(|error| PageError::failed(&error))?;
    hashed.map_err(|error| PageError::failed(&error))
}

fn judge(store: &Store, whose: &Whose, secret: &str) -> Result<Tried, StoreError> {
    let found = count(store, whose)?;
    let Some(credential) = found else {
        // As slow as a real one, so that the time does not tell whether there is such a login.
        secret_fits(secret, nobodys_hash());
        return Ok(Tried::No);
    };
    if credential.failures >= MOST_FAILURES {
        secret_fits("", nobodys_hash());
        return Ok(Tried::Locked);
    }
    if secret.len() <= password::MOST && secret_fits(secret, &credential.hash) {
        // The sign-in that follows sets the count back to nothing.
        Ok(Tried::Fits(credential.person))
    } else {
        Ok(Tried::No)
    }
}

/// Finds the credential and counts the try as wrong until it is known to be right. One at a time, so that twenty tries
/// sent at once are not judged against the same count.
fn count(store: &Store, whose: &Whose) -> Result<Option<Credential>, StoreError> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    // The lock guards no data, so a panic of its last holder left nothing half done.
    let _one = ONE_AT_A_TIME
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let (kind, found) = match whose {
        Whose::Pictures(person) => ("pictures", store.credential(*person)?),
        Whose::Password(login) => ("password", store.credential_by_login(login)?),
    };
    let found = found.filter(|credential| credential.kind == kind);
    if let Some(credential) = &found
        && credential.failures < MOST_FAILURES
    {
        store.count_failure(credential.person)?;
    }
    Ok(found)
}

fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash_secret("nobody").unwrap_or_default())
}
