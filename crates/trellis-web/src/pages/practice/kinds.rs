//! The page of every kind of answer: what is asked, how it is sent, and what is told when it is over.

use std::path::Path;

use askama::Template;
use trellis_core::catalog::Catalog;
use trellis_core::context::Actor;
use trellis_core::estimate::{Believed, Circumstances, LearnerState};
use trellis_core::event::{Event, Evidence, Recorded, Score};
use trellis_core::framework::ItemId;
use trellis_core::id::{AnswerId, AttemptId, PersonId, Seq};
use trellis_core::item::{Awaits, Interaction, Item, Key, Outcome, Response, Variant, grade};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_interop::course::{read_course, read_folder};
use trellis_store::read::{AttemptView, LearnerView, Name};

use super::PracticePage;
use super::answer;
use super::view::PracticeView;
use crate::layout::Shell;
use crate::words::Words;

const CIRCUMSTANCES: Circumstances = Circumstances {
    guess: 0.05,
    slip: 0.08,
    difficulty: None,
    hints: 0,
    earlier: 0,
    gap_s: None,
};
const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/kinds");
    let (read, findings) = read_course(&read_folder(&folder).unwrap());
    assert!(findings.is_empty(), "{findings:?}");
    let (items, mix_ups) = (read.pack.bank.items(), read.pack.bank.mix_ups());
    Catalog::new(vec![read.pack.course], items.to_vec(), mix_ups.to_vec(), 1)
}

/// One item of the catalog, and what was answered last.
struct Page {
    catalog: Catalog,
    item: ItemId,
    last: Option<(Response, bool)>,
}

/// A learner's attempt at an item, as the page's view is made of it.
pub(super) fn attempt_at(item: &Item, seed: u64, events: Vec<Recorded>) -> AttemptView {
    AttemptView {
        id: AttemptId(7),
        learner: LearnerView {
            name: Name {
                id: PersonId(1),
                given: "Maya".to_owned(),
                family: "Lind".to_owned(),
            },
            state: LearnerState::new(PersonId(1)),
        },
        item: item.id.clone(),
        competency: item.competency.clone(),
        purpose: Purpose::Learn,
        seed,
        interest: None,
        content: 1,
        events,
    }
}

impl Page {
    fn of(item: &str) -> Self {
        Self {
            catalog: catalog(),
            item: ItemId::new(item).unwrap(),
            last: None,
        }
    }

    fn after(mut self, response: Response, over: bool) -> Self {
        self.last = Some((response, over));
        self
    }

    fn variant(&self) -> Variant {
        let item = self.catalog.item(&self.item).unwrap();
        item.variant(1, None).unwrap()
    }

    fn responded(&self, variant: &Variant, response: &Response, over: bool) -> Recorded {
        let graded = grade(variant, response);
        let (learner, attempt, answer) = (PersonId(1), AttemptId(7), AnswerId(3));
        let believed = Believed {
            known: 0.5,
            low: 0.4,
            high: 0.6,
            next_right: 0.5,
        };
        let event = if let Outcome::Awaits(awaits) = graded.outcome {
            Event::HandedIn {
                learner,
                attempt,
                answer,
                item: self.item.clone(),
                competency: self.catalog.item(&self.item).unwrap().competency.clone(),
                response: response.clone(),
                awaits,
                circumstances: CIRCUMSTANCES,
                elapsed_ms: 1,
                said_at: None,
            }
        } else if graded.costs_attempt() {
            Event::Responded {
                learner,
                attempt,
                answer,
                item: self.item.clone(),
                competency: self.catalog.item(&self.item).unwrap().competency.clone(),
                response: response.clone(),
                score: Score {
                    right: graded.is_right(),
                    share: graded.score,
                    mix_up: graded.mix_up.clone(),
                },
                evidence: Evidence {
                    guess: variant.presentation.interaction.guess_rate(),
                    slip: 0.1,
                    difficulty: None,
                    hints: 0,
                    earlier: 0,
                    gap_s: None,
                    right: graded.is_right(),
                },
                before: believed,
                after: believed,
                over,
                elapsed_ms: 1,
                said_at: None,
            }
        } else {
            Event::NotUnderstood {
                learner,
                attempt,
                answer,
                response: response.clone(),
                at: 0,
                problem: "test".to_owned(),
            }
        };
        Recorded {
            seq: Seq(5),
            decision: Seq(5),
            at: NOW,
            actor: Actor {
                person: learner,
                role: Role::Learner,
            },
            event,
        }
    }

    fn html(&self, own: bool) -> String {
        let variant = self.variant();
        let item = self.catalog.item(&self.item).unwrap();
        let events = self.last.iter();
        let events = events.map(|(response, over)| self.responded(&variant, response, *over));
        let attempt = attempt_at(item, 1, events.collect());
        let words = Words::english();
        let new_id = || Ok(AnswerId(9));
        let view = PracticeView::of(
            &words,
            &self.catalog,
            &attempt,
            &variant,
            &[],
            new_id,
            own,
            NOW,
        )
        .unwrap();
        let shell = Shell::plain(words, "item-question");
        PracticePage { shell, view }.render().unwrap()
    }
}

/// The fields that a browser would send for a response: the names in the page, with the values of the response.
fn sent(response: &Response) -> Vec<(String, String)> {
    match response {
        Response::Text(text) => vec![("text".to_owned(), text.clone())],
        Response::Choice(key) => vec![("choice".to_owned(), key.clone())],
        Response::Choices(keys) => keys
            .iter()
            .map(|key| ("choice".to_owned(), key.clone()))
            .collect(),
        Response::Order(keys) => (1..)
            .zip(keys)
            .map(|(place, key)| (format!("place-{key}"), place.to_string()))
            .collect(),
        Response::Gaps(gaps) => (1..)
            .zip(gaps)
            .map(|(gap, given)| (format!("gap-{gap}"), given.clone()))
            .collect(),
        Response::Points(points) => (1..)
            .zip(points)
            .flat_map(|(point, (x, y))| {
                [
                    (format!("x-{point}"), x.clone()),
                    (format!("y-{point}"), y.clone()),
                ]
            })
            .collect(),
        other => panic!("{other:?} is not of these kinds"),
    }
}

#[test]
fn every_kind_can_be_answered_with_what_stands_in_its_page() {
    let catalog = catalog();
    for item in catalog.items() {
        let page = Page::of(item.id.as_str());
        let html = page.html(true);
        let variant = page.variant();
        if let Interaction::Upload { .. } = variant.presentation.interaction {
            assert!(
                html.contains("/file\" enctype=\"multipart/form-data\""),
                "{html}"
            );
            assert!(
                html.contains("accept=\".png,.jpg,.jpeg,.gif,.webp,.pdf\""),
                "{html}"
            );
            continue;
        }
        let key = variant.key.response().unwrap();
        let fields = sent(&key);
        for (name, value) in &fields {
            assert!(html.contains(&format!("name=\"{name}\"")), "{name}: {html}");
            let picked = name.starts_with("gap-") && html.contains("<select class=\"gap\"");
            if picked || name == "choice" || name.starts_with("place-") {
                assert!(
                    html.contains(&format!("value=\"{value}\"")),
                    "{name}={value}"
                );
            }
        }
        let read = answer::response(&variant.presentation.interaction, &fields);
        let outcome = grade(&variant, &read).outcome;
        let expected = match variant.key {
            Key::Written { .. } => Outcome::Awaits(Awaits::Rubric),
            _ => Outcome::Right,
        };
        assert_eq!(outcome, expected, "{}: {read:?}", item.id);
        // Nothing sent at all is nothing lost.
        let nothing = answer::response(&variant.presentation.interaction, &Vec::new());
        assert!(!grade(&variant, &nothing).costs_attempt(), "{}", item.id);
    }
}

#[test]
fn the_key_is_told_only_when_it_is_over() {
    for (item, told) in [
        ("kinds-text", "<strong>mitochondrion</strong>"),
        (
            "kinds-inline-choice",
            "<strong class=\"filled new\">carbon dioxide</strong>",
        ),
        (
            "kinds-gap-match",
            "<strong class=\"filled new\">water</strong>",
        ),
        ("kinds-hotspot", "d-key"),
        ("kinds-graphic-order", "<strong>M</strong> a smooth oval, "),
        ("kinds-plot", "<strong>(1, "),
        (
            "kinds-table-entry",
            "<strong class=\"filled new\">bean</strong>",
        ),
    ] {
        let page = Page::of(item);
        assert!(!page.html(true).contains(told), "{item}");
        let empty = Response::Text(String::new());
        let wrong = page
            .variant()
            .mix_ups
            .first()
            .and_then(|mix_up| page.variant().response_of(&mix_up.pattern))
            .unwrap_or(empty);
        let again = Page::of(item).after(wrong.clone(), false).html(true);
        assert!(
            !again.contains(told) || item == "kinds-inline-choice",
            "{item} again"
        );
        let over = Page::of(item).after(wrong, true).html(true);
        let told = if item == "kinds-gap-match" || item == "kinds-table-entry" {
            // The gap that was right is not marked as new.
            told.split('>').nth(1).unwrap_or(told)
        } else {
            told
        };
        assert!(over.contains(told), "{item}: {over}");
    }
}

#[test]
fn what_is_written_is_kept_and_the_sample_waits_for_the_end() {
    let page = Page::of("kinds-written");
    let asked = page.html(true);
    assert!(asked.contains("maxlength=\"300\""), "{asked}");
    assert!(!asked.contains("with the energy of light"), "{asked}");
    // Too much is said and kept, so that it can be made shorter.
    let long = "Light is food. ".repeat(30);
    let again = page.after(Response::Text(long), false).html(true);
    assert!(again.contains("longer than 300 characters"), "{again}");
    assert!(again.contains("Light is food. Light is food."), "{again}");
    assert!(!again.contains("with the energy of light"), "{again}");
    let given = Response::Text("Plants make food.\n<i>Bats</i> bring it.".to_owned());
    let over = Page::of("kinds-written").after(given, true).html(true);
    assert!(over.contains("Handed in"), "{over}");
    let own = "Plants make food.<br>&lt;i&gt;Bats&lt;/i&gt; bring it.";
    assert!(over.contains(own), "{over}");
    assert!(
        over.contains("Plants make sugar with the energy of light."),
        "{over}"
    );
    assert!(
        !over.contains("Says that plants make food."),
        "the rubric is the teacher's"
    );
}

#[test]
fn a_slip_of_the_pen_is_right_and_told() {
    let response = Response::Text("mitocondrion".to_owned());
    let html = Page::of("kinds-text").after(response, true).html(true);
    assert!(html.contains("It is spelled mitochondrion."), "{html}");
}

#[test]
fn what_was_chosen_stays_chosen_and_others_see_blanks() {
    let page = Page::of("kinds-gap-match");
    let Some(Response::Gaps(mut gaps)) = page.variant().key.response() else {
        panic!("no gaps")
    };
    gaps[1] = String::new();
    let html = page.after(Response::Gaps(gaps), false).html(true);
    assert_eq!(html.matches(" selected").count(), 1, "{html}");
    assert!(html.contains("Fill every gap."), "{html}");
    let other = Page::of("kinds-gap-match").html(false);
    assert!(
        other.contains("_____") && !other.contains("<select class=\"gap\""),
        "{other}"
    );
}

#[test]
fn some_right_parts_are_counted() {
    let page = Page::of("kinds-inline-choice");
    let Some(Response::Gaps(mut gaps)) = page.variant().key.response() else {
        panic!("no gaps")
    };
    gaps[0] = ["a", "b", "c"]
        .into_iter()
        .find(|key| *key != gaps[0])
        .unwrap()
        .to_owned();
    let html = page.after(Response::Gaps(gaps), false).html(true);
    assert!(html.contains("1 of 2 is right."), "{html}");
}
