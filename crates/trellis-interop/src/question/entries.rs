//! Entries of an item: how many there may be, the order in which they are shown, and keys that say nothing.

use trellis_core::item::{Entry, Interaction, Key, Response};

/// Why a question is no item: a rule and a sentence.
pub(super) type Refusal = (&'static str, String);

/// The most choices, entries or pairs of an item.
const MOST_ENTRIES: usize = 60;

/// The places in an order that depends on the seed alone; never the order given, where there is another.
pub(super) fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order = trellis_stats::random::Random::new(seed).permutation(count);
    if count > 1 && order.iter().enumerate().all(|(place, from)| place == *from) {
        order.rotate_left(1);
    }
    order
}

/// `a`, `b`, ... `z`, `a1`, ...
fn letter(place: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or(0));
    match place / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// The entries of texts in an order, and the key of each text by its own place.
pub(super) fn entries(texts: &[&str], order: &[usize]) -> (Vec<Entry>, Vec<String>) {
    let mut keys = vec![String::new(); texts.len()];
    let mut out = Vec::with_capacity(texts.len());
    for (place, from) in order.iter().enumerate() {
        let key = letter(place);
        if let (Some(text), Some(own)) = (texts.get(*from), keys.get_mut(*from)) {
            own.clone_from(&key);
            out.push(Entry {
                key,
                text: (*text).to_string(),
            });
        }
    }
    (out, keys)
}

/// How an item asks, its key, and the answer that meets it.
pub(super) type Answered = (Interaction, Key, Response);

/// Whether there is something to choose between, and not too much.
pub(super) fn enough(count: usize) -> Result<(), Refusal> {
    if count < 2 {
        Err(("too-few", "there is nothing to choose between".to_string()))
    } else if count > MOST_ENTRIES {
        Err((
            "too-many",
            format!("an item may have {MOST_ENTRIES} entries"),
        ))
    } else {
        Ok(())
    }
}

/// Whether each text says something, and something else than the others.
pub(super) fn differ(texts: &[&str]) -> Result<(), Refusal> {
    for (place, text) in texts.iter().enumerate() {
        if text.trim().is_empty() {
            return Err(("empty-choice", "an entry has no text".to_string()));
        }
        if texts
            .get(..place)
            .is_some_and(|before| before.contains(text))
        {
            return Err(("repeated-choice", format!("two entries read \"{text}\"")));
        }
    }
    Ok(())
}
