//! Bits that flip by themselves in a file at rest.

use std::fs;

use trellis_store::{Store, examine};

use super::load::{Lives, Run};
use super::{Numbers, scale};

/// What a flipped bit came to.
#[derive(Debug, Default)]
struct Flipped {
    bits: u32,
    not_opened: u32,
    found: u32,
    /// In room that nothing uses, or in rows that no event is made of: every answer is there and everything folds.
    nothing_changed: u32,
}

#[test]
fn a_flipped_bit_is_found_or_changes_no_answer() {
    let mut lives = Lives::new("rot");
    lives.live(Run {
        answers: 3,
        ..Run::default()
    });
    let file = lives.folder.database();
    let good = fs::read(&file).expect("there");
    let events = journal(&lives);
    let mut numbers = Numbers(91);
    let mut flipped = Flipped::default();
    for _ in 0..scale(40, 4_000) {
        let mut bytes = good.clone();
        let place = usize::try_from(numbers.next() % good.len() as u64).expect("small");
        bytes[place] ^= 1 << (numbers.next() % 8);
        fs::write(&file, &bytes).expect("written");
        for beside in ["trellis.db-wal", "trellis.db-shm"] {
            let _ = fs::remove_file(lives.folder.path().join(beside));
        }
        flipped.bits += 1;
        let Ok(found) = examine(lives.folder.path()) else {
            flipped.not_opened += 1;
            continue;
        };
        let clean = found.structure.is_empty()
            && found.schema == found.newest_schema
            && found.format_current
            && found
                .verified
                .is_ok_and(|verified| verified.mismatches.is_empty());
        if clean {
            flipped.nothing_changed += 1;
            assert_eq!(
                journal(&lives),
                events,
                "byte {place}: an answer changed unseen"
            );
        } else {
            flipped.found += 1;
        }
    }
    eprintln!("flipped bits: {flipped:?}");
    assert!(flipped.found + flipped.not_opened > 0);
}

/// Every event in the journal, as it reads.
fn journal(lives: &Lives) -> Vec<trellis_core::event::Recorded> {
    let store = Store::open(lives.folder.path(), false).expect("it opens");
    let last = store.last_seq().expect("it can be read").0;
    let mut events = Vec::new();
    let mut next = 1;
    while next <= last {
        let decision = store
            .decision(trellis_core::id::Seq(next))
            .expect("it can be read");
        next += decision.len().max(1) as u64;
        events.extend(decision);
    }
    events
}
