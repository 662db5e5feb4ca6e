//! Damaged files from a seed: each is fed to the reader of its format, which must neither panic nor grow without end.

use trellis_interop::bank::{About, Sourced, bank};
use trellis_interop::package::{Shelf, media, zip};
use trellis_interop::qti::check::key_fate;
use trellis_interop::qti::{self, Document};
use trellis_interop::question::Question;
use trellis_interop::{cartridge, gift, markup, moodle, perseus};
use trellis_stats::random::Random;

use super::samples;

/// Pieces that make trouble.
const TOKENS: [&str; 30] = [
    "<",
    ">",
    "&",
    "&#0;",
    "]]>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<![CDATA[",
    "\"",
    "'",
    "{",
    "}",
    "=",
    "~",
    "#",
    "\\",
    "->",
    "$$",
    "\\(",
    "**",
    "\u{0}",
    "\u{feff}",
    "99999999999999999999",
    "-1",
    "1e308",
    "NaN",
    "INF",
    "<qti-repeat number-repeats=\"99999\">",
    "</qti-repeat>",
    "<p>",
    "é😀",
];

/// What is fed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Qti,
    Moodle,
    Gift,
    Perseus,
    Cartridge,
    Html,
    Zip,
    Media,
}

/// The files that damage begins with, each with its reader.
pub(crate) fn corpus() -> Vec<(Target, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let files = vec![
        (
            "imsmanifest.xml".to_string(),
            text("<manifest><resources/></manifest>"),
        ),
        ("a/item.xml".to_string(), text(samples::QTI_CHOICE)),
    ];
    vec![
        (Target::Qti, text(samples::QTI_CHOICE)),
        (Target::Qti, text(samples::QTI_TEMPLATE)),
        (Target::Moodle, text(samples::MOODLE)),
        (Target::Gift, text(samples::GIFT)),
        (Target::Perseus, text(samples::PERSEUS)),
        (Target::Cartridge, text(samples::CARTRIDGE)),
        (
            Target::Html,
            text("<p>a<b>b<ul><li>x<sup>2</sup><table><tr><td>1</table>&amp;<img src=x alt='y'>"),
        ),
        (Target::Zip, zip::write(&files).unwrap_or_default()),
        (Target::Media, samples::png()),
        (Target::Media, samples::jpeg()),
        (Target::Media, samples::gif()),
        (Target::Media, samples::webp()),
        (Target::Media, samples::wav()),
        (Target::Media, samples::mp3()),
        (Target::Media, text(samples::SVG)),
    ]
}

/// A damaged copy.
pub(crate) fn damaged(random: &mut Random, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=random.index(6) {
        let at = random.index(out.len() + 1);
        let end = (at + random.index(40)).min(out.len());
        match random.index(7) {
            0 => {
                let byte = u8::try_from(random.below(256)).unwrap_or(0);
                if let Some(place) = out.get_mut(at) {
                    *place = byte;
                }
            }
            1 => drop(out.drain(at..end)),
            2 => {
                let piece = out[at..end].repeat(1 + random.index(30));
                out.splice(at..at, piece);
            }
            3 => {
                let token = TOKENS[random.index(TOKENS.len())];
                out.splice(at..at, token.bytes());
            }
            4 => {
                let from = random.index(other.len() + 1);
                let to = (from + random.index(200)).min(other.len());
                out.splice(at..end, other[from..to].iter().copied());
            }
            5 => out.truncate(at),
            _ => {
                let digit = out.iter().skip(at).position(u8::is_ascii_digit);
                if let Some(place) = digit {
                    out.splice(
                        at + place..=at + place,
                        TOKENS[21 + random.index(5)].bytes(),
                    );
                }
            }
        }
    }
    out.truncate(200_000);
    out
}

fn questions(all: Vec<Question>) {
    let (text, _) = moodle::write(&all, &|_| None);
    let (again, _) = moodle::read("f", text.as_bytes());
    let (text, _) = gift::write(&again);
    let _ = gift::read("f", text.as_bytes());
    let sourced = all.into_iter().map(|question| Sourced {
        file: "f".into(),
        question,
    });
    let about = About {
        format: "fuzz".into(),
        name: "Fuzz".into(),
        ..About::default()
    };
    let shelf = Shelf::empty(|bytes| format!("{:064x}", bytes.len()));
    let _ = bank(&about, sourced.collect(), Vec::new(), &shelf);
}

/// Where two texts part, with what stands around. The lines of a file, which nothing is compared by, are left out.
fn parting(a: &str, b: &str) -> String {
    let without_lines = |text: &str| -> String {
        let digits = |c: char| c.is_ascii_digit();
        let parts = text.split("line: line ");
        parts.map(|part| part.trim_start_matches(digits)).collect()
    };
    let (a, b) = (&*without_lines(a), &*without_lines(b));
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let around = |text: &str| -> String {
        let bytes = text.as_bytes();
        let (from, to) = (
            same.saturating_sub(120).min(bytes.len()),
            (same + 120).min(bytes.len()),
        );
        String::from_utf8_lossy(&bytes[from..to]).into_owned()
    };
    format!("{}\n  against {}", around(a), around(b))
}

/// Feeds bytes to a reader, and what it gives to all that comes after.
pub(crate) fn feed(target: Target, bytes: &[u8]) {
    match target {
        Target::Qti => {
            let (document, _) = qti::read("f.xml", bytes);
            if let Some(document) = document {
                if let Document::Item(item) = &document {
                    let _ = (key_fate(item, 1), key_fate(item, 2));
                }
                let written = qti::write(&document);
                let (again, _) = qti::read("f.xml", written.as_bytes());
                assert!(
                    again.as_ref() == Some(&document),
                    "not the same when read again: {}\n{written}\n  from {}",
                    parting(&format!("{:?}", Some(&document)), &format!("{again:?}")),
                    String::from_utf8_lossy(bytes)
                );
            }
            let read = qti::bank::read(&[("f.xml".to_string(), bytes.to_vec())]);
            questions(read.questions.into_iter().map(|one| one.question).collect());
        }
        Target::Moodle => questions(moodle::read("f", bytes).0),
        Target::Gift => questions(gift::read("f", bytes).0),
        Target::Perseus => questions(perseus::read("f", bytes).0),
        Target::Cartridge => {
            let (_, read, _) = cartridge::read(&[("f.xml".to_string(), bytes.to_vec())]);
            questions(read.into_iter().map(|one| one.question).collect());
        }
        Target::Html => {
            let text = String::from_utf8_lossy(bytes);
            let mut reader = markup::Reader {
                tex: true,
                ..markup::Reader::default()
            };
            let read = reader.read_html(&text);
            assert!(trellis_core::item::markup::read(&read).is_ok(), "{read:?}");
        }
        Target::Zip => {
            let (files, _) = zip::read("f.zip", bytes);
            let _ = qti::bank::read(&files);
        }
        Target::Media => {
            let Ok((kind, kept, _)) = media::checked("f", bytes) else {
                return;
            };
            let again = media::checked("f", &kept);
            let again = again.unwrap_or_else(|fault| panic!("{kind:?}: {fault}"));
            assert!(again.0 == kind && again.1 == kept, "{kind:?} is not clean");
        }
    }
}

/// Feeds damaged files until `go_on` says no; gives how many.
pub(crate) fn run(seed: u64, go_on: &mut dyn FnMut(u64) -> bool) -> u64 {
    let corpus = corpus();
    let mut random = Random::new(seed);
    let mut count = 0;
    while go_on(count) {
        let (target, bytes) = &corpus[random.index(corpus.len())];
        let (_, other) = &corpus[random.index(corpus.len())];
        feed(*target, &damaged(&mut random, bytes, other));
        count += 1;
    }
    count
}
