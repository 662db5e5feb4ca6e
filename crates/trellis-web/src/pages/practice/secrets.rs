//! The key, the solution and hints that were not asked for are in no page before they are due: every template is looked at.

use std::collections::BTreeSet;
use std::path::Path;

use askama::Template;
use trellis_core::catalog::Catalog;
use trellis_core::id::AnswerId;
use trellis_core::item::Key;
use trellis_core::time::Timestamp;
use trellis_interop::course::{read_course, read_folder};

use super::PracticePage;
use super::kinds::attempt_at;
use super::view::PracticeView;
use crate::layout::Shell;
use crate::markup;
use crate::words::Words;

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses/fractions-to-equations");
    let (read, _) = read_course(&read_folder(&folder).unwrap());
    let pack = read.pack;
    Catalog::new(
        vec![pack.course],
        pack.bank.items().to_vec(),
        pack.bank.mix_ups().to_vec(),
        1,
    )
}

/// The main part of a text as it would stand in a page, when it is long enough to be told from chance.
fn trace(text: &str) -> Option<String> {
    let html = markup::html(text);
    (html.len() > 40).then_some(html)
}

#[test]
fn no_page_tells_what_is_not_due() {
    let catalog = catalog();
    let mut pages = 0;
    let mut largest = 0;
    for item in catalog.items() {
        for seed in [1, 2] {
            let variant = item.variant(seed, None).unwrap();
            let attempt = attempt_at(item, seed, Vec::new());
            let words = Words::english();
            let now = Timestamp(1_700_000_000_000);
            let answer = || Ok(AnswerId(9));
            let view =
                PracticeView::of(&words, &catalog, &attempt, &variant, &[], answer, true, now)
                    .unwrap();
            let shell = Shell::plain(words, "item-question");
            let html = PracticePage { shell, view }.render().unwrap();
            pages += 1;
            largest = largest.max(html.len());
            for text in variant
                .solution
                .iter()
                .chain(variant.hints.iter().map(|hint| &hint.text))
            {
                if let Some(trace) = trace(text) {
                    assert!(!html.contains(&trace), "{}: {trace}", item.id);
                }
            }
            for mix_up in &variant.mix_ups {
                if let Some(trace) = trace(&mix_up.feedback) {
                    assert!(!html.contains(&trace), "{}: {trace}", item.id);
                }
            }
            assert!(
                !html.contains(" checked") && !html.contains(" selected"),
                "{}: something is picked already",
                item.id
            );
            keys_look_alike(&variant.key, &html, item.id.as_str());
        }
    }
    assert!(pages >= 400, "{pages}");
    // Raw bytes; on the wire a quarter of it.
    assert!(largest < 30_000, "the largest page has {largest} bytes");
}

/// Options differ in nothing but their key and text: each stands in the same frame.
fn keys_look_alike(key: &Key, html: &str, item: &str) {
    if let Key::Choice { .. } | Key::Choices { .. } = key {
        let frames: BTreeSet<String> = html
            .lines()
            .flat_map(|line| line.split("<label class=\"option\">").skip(1))
            .filter(|label| label.contains("name=\"choice\""))
            .map(|label| {
                let (frame, _) = label.split_once("<span>").unwrap();
                let (before, after) = frame.split_once("value=\"").unwrap();
                format!("{before}{}", after.split_once('"').unwrap().1)
            })
            .collect();
        assert_eq!(frames.len(), 1, "{item}: {frames:?}");
    }
}
