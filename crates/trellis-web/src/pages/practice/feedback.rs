//! What is told of a response: how it was judged and what it changed.

use trellis_core::event::Event;

use crate::chance;
use crate::words::Words;

/// How a response is told.
pub(super) struct Feedback {
    /// `right`, `not-yet`, `unread`, `shown`, `waiting` or `scored`.
    pub(super) kind: &'static str,
    pub(super) title: String,
    /// What the author or we say to it, as HTML.
    pub(super) html: String,
    /// What was typed, and where reading stopped.
    pub(super) marked: Option<(String, String)>,
    /// What it changed, in sentences.
    pub(super) changed: Vec<String>,
    /// The number of the decision, for "why".
    pub(super) decision: u64,
}

/// What a response changed in what we believe, as a sentence: never a bare number, never a loss that frightens.
pub(super) fn changed(words: &Words, event: &Event) -> Vec<String> {
    let (before, after, counted) = match event {
        Event::Responded {
            before,
            after,
            evidence,
            ..
        }
        | Event::Scored {
            before,
            after,
            evidence,
            ..
        } => (before, after, evidence.earlier == 0),
        Event::Revealed {
            before,
            after,
            evidence,
            ..
        } => (before, after, evidence.is_some()),
        _ => return Vec::new(),
    };
    let (from, to) = (
        chance::tenths(before.next_right),
        chance::tenths(after.next_right),
    );
    let key = match () {
        () if !counted => "changed-first-counts",
        () if to > from => "changed-up",
        () if to < from => "changed-down",
        () => "changed-same",
    };
    let from = chance::times(words, before.next_right);
    let to = chance::times(words, after.next_right);
    vec![words.with(key, &[("from", &from), ("to", &to)])]
}
