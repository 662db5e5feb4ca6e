//! What a server does once a day beside answering: it ends what is over, and looks whether the system may go on deciding alone.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use trellis_core::time::Timestamp;
use trellis_store::{Store, StoreError};
use trellis_web::log;
use trellis_web::words::Words;

use super::clock::now;

/// How often a look is taken whether a new day has begun.
const LOOK: Duration = Duration::from_secs(600);
/// The hour of the day, UTC, at which a day begins here: at night in the Americas, before school in Europe.
const HOUR: i64 = 4;

fn once(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.end_what_is_over(now)?;
    store.keep_to_what_was_agreed(now)?;
    let note = Words::english().t("mode-stopped-note");
    let stopped = store.stop_where_trust_is_lost(&note, now)?;
    if !stopped.is_empty() {
        log::note(&format!(
            "The rule of doubted calls has stopped the system from deciding alone in {} of the classes.",
            stopped.len()
        ));
    }
    Ok(())
}

/// Ends what is over, now and then once a day, on a thread of its own that goes with the process. A computer that is switched
/// off at night does it when it is switched on.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn begin(store: &Arc<Store>) -> io::Result<()> {
    let store = Arc::downgrade(store);
    let look = move || {
        let mut done = None;
        // When the server has ended there is nothing more to do.
        while let Some(store) = store.upgrade() {
            let day = now().map(|now| (now, now.plus_ms(-HOUR * 3_600_000).day()));
            if let Ok((now, day)) = day
                && done != Some(day)
            {
                match once(&store, now) {
                    Ok(()) => done = Some(day),
                    // Tried again at the next look.
                    Err(error) => log::error(&format!("the work of the night: {error}")),
                }
            }
            drop(store);
            std::thread::sleep(LOOK);
        }
    };
    std::thread::Builder::new()
        .name("daily".into())
        .spawn(look)?;
    Ok(())
}
