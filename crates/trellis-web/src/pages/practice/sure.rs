//! How sure somebody is of an answer: asked before the first one, and never a must.

use trellis_core::event::Event;
use trellis_core::plan::Felt;
use trellis_store::read::AttemptView;

use crate::words::Words;

/// What can be said of a first answer; nothing after it.
pub(super) fn ways(words: &Words, attempt: &AttemptView, own: bool) -> Vec<(&'static str, String)> {
    if !own || attempt.last_response().is_some() {
        return Vec::new();
    }
    let ways = Felt::ALL.into_iter().filter(|felt| felt.is_sureness());
    ways.map(|felt| (felt.key(), words.t(&format!("sure-{}", felt.key()))))
        .collect()
}

/// What was said, once the attempt is over.
pub(super) fn said(words: &Words, attempt: &AttemptView, over: bool) -> Option<String> {
    let mut events = attempt.events.iter();
    let felt = events.find_map(|recorded| match &recorded.event {
        Event::Felt { felt, .. } if felt.is_sureness() => Some(*felt),
        _ => None,
    })?;
    over.then(|| words.t(&format!("sure-said-{}", felt.key())))
}
