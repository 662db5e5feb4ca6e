//! How long an item of QTI takes: parsed, turned into an item of ours, and scored. `cargo bench -p trellis-interop`.

#[path = "../tests/it/exchange/samples.rs"]
#[allow(dead_code, reason = "the tests use more of the samples")]
mod samples;

use std::hint::black_box;
use std::time::Instant;

use trellis_interop::bank::{About, Sourced, bank};
use trellis_interop::package::Shelf;
use trellis_interop::qti::{self, Document, Session, convert};

/// Parses an item, makes our item of it, and scores its right answer by its own rules.
fn once(bytes: &[u8]) -> usize {
    let (Some(Document::Item(item)), _) = qti::read("item.xml", bytes) else {
        return 0;
    };
    let mut session = Session::begin(&item, 1);
    let key = session.key().unwrap_or_default();
    session.respond(&key);
    let questions = convert::questions(&item, "", 1, &|_| None).unwrap_or_default();
    let sourced = questions.into_iter().map(|question| Sourced {
        file: String::new(),
        question,
    });
    let about = About {
        format: "qti".into(),
        name: "Bench".into(),
        ..About::default()
    };
    let bank = bank(
        &about,
        sourced.collect(),
        Vec::new(),
        &Shelf::empty(|_| "0".repeat(64)),
    );
    bank.items.len() + usize::from(session.score() == Some(1.0))
}

#[allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() {
    println!(
        "{:<44} {:>10} {:>10} {:>10}",
        "QTI item parsed, made ours and scored", "median µs", "p99 µs", "target µs"
    );
    for (name, text) in [
        ("3.0 choice with MathML", samples::QTI_CHOICE),
        ("2.1 template with rules", samples::QTI_TEMPLATE),
    ] {
        assert_eq!(once(text.as_bytes()), 2, "{name}");
        let mut times: Vec<u128> = (0..2_000)
            .map(|_| {
                let begun = Instant::now();
                black_box(once(black_box(text.as_bytes())));
                begun.elapsed().as_nanos()
            })
            .collect();
        times.sort_unstable();
        let at = |share: usize| {
            let nanos = times.get(times.len() * share / 1_000).copied().unwrap_or(0);
            format!("{}.{:02}", nanos / 1_000, nanos % 1_000 / 10)
        };
        println!("{name:<44} {:>10} {:>10} {:>10}", at(500), at(990), 200);
    }
}
