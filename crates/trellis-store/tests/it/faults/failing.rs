//! A disk that is full, fails, tears or is slow, and a process that dies at the worst moment or is stopped for a while.

use super::disk::Fault;
use super::load::{Lives, Run};
use super::scale;

/// Lives through a fault at each of the places, on one database.
fn at_each(name: &str, places: impl Iterator<Item = Fault>) -> Lives {
    let mut lives = Lives::new(name);
    for fault in places {
        lives.live(Run {
            answers: 2,
            fault: Some(fault),
            ..Run::default()
        });
    }
    lives.say(name);
    lives
}

/// So many places, evenly from the first to about the last.
fn places(count: u32, last: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |number| 1 + number * last / count)
}

#[test]
fn the_disk_is_full_at_a_write() {
    // Forty writes fail, then somebody makes room: nobody is told that an answer is kept which is not.
    let faults = places(scale(8, 300), 300).map(|at| Fault::Full(at, 40));
    let lives = at_each("disk-full", faults);
    assert!(lives.refused > 0, "the disk was never full");
    assert_eq!(lives.broken_off, 0, "a full disk ends no process");
}

#[test]
fn a_write_fails() {
    let faults = places(scale(6, 300), 300).map(|at| Fault::Write(at, 2));
    let lives = at_each("write-fails", faults);
    assert!(lives.broken_off > 0, "a write that fails ends the process");
}

#[test]
fn a_read_fails() {
    let faults = places(scale(6, 100), 100).map(|at| Fault::Read(at, 1));
    at_each("read-fails", faults);
}

#[test]
fn a_flush_fails() {
    let faults = places(scale(6, 24), 16).map(|at| Fault::Flush(at, 1));
    let lives = at_each("flush-fails", faults);
    assert!(lives.broken_off > 0, "a flush that fails ends the process");
}

#[test]
fn it_dies_between_commit_and_reply() {
    let faults = places(scale(8, 400), 16).map(Fault::DieAfterFlush);
    let mut lives = at_each("dies-after-flush", faults);
    assert!(lives.broken_off > 0);
    // How many answers share a flush, and so which flush has one, is up to the machine: a few more lives where none had.
    for at in (4..16).cycle().take(48) {
        if lives.tally.of_those_committed > 0 {
            break;
        }
        lives.live(Run {
            answers: 2,
            fault: Some(Fault::DieAfterFlush(at)),
            ..Run::default()
        });
    }
    lives.say("dies-after-flush, with lives more");
    assert!(
        lives.tally.of_those_committed > 0,
        "no answer was on the disk and unacknowledged"
    );
}

#[test]
fn it_dies_before_a_write() {
    let faults = places(scale(8, 400), 320).map(Fault::DieBefore);
    let lives = at_each("dies-before-write", faults);
    assert!(lives.broken_off > 0);
}

#[test]
fn a_write_is_torn() {
    let faults = places(scale(8, 400), 320).map(Fault::Torn);
    let lives = at_each("torn-write", faults);
    assert!(lives.broken_off > 0);
}

#[test]
fn the_disk_is_slow() {
    let mut lives = Lives::new("slow");
    for ms in [2, 10, 50] {
        let ran = lives.live(Run {
            answers: scale(2, 20),
            fault: Some(Fault::Slow(ms)),
            ..Run::default()
        });
        assert!(ran.status.success() && ran.refused == 0);
    }
    lives.say("slow disk");
}

#[test]
fn it_is_stopped_for_a_while_and_goes_on() {
    let mut lives = Lives::new("stopped");
    for _ in 0..scale(1, 10) {
        let ran = lives.live(Run {
            answers: 4,
            stopped_ms: u64::from(scale(300, 30_000)),
            ..Run::default()
        });
        assert!(ran.status.success() && ran.refused == 0);
    }
    lives.say("stopped and continued");
}
