//! `trellis fit --model memory`: the weights of FSRS-6, fitted to recorded answers by its own project's optimiser.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;

use fsrs::{ComputeParametersInput, FSRSItem, FSRSReview, compute_parameters};
use serde_json::{Value, json};
use trellis_stats::evaluation::deal;
use trellis_stats::memory::{DEFAULT_WEIGHTS, Memory, Recall};

use super::evaluate_input::{self, Answers};

/// Seconds in a day.
const DAY_S: u64 = 86_400;
/// Rounds of practice that a fit wants at least; with fewer the optimiser gives its defaults back.
const LEAST_REVIEWS: usize = 400;
/// The optimiser's ratings of a failed and of a good recall.
const FAILED: u32 = 1;
const GOOD: u32 = 3;

/// The first answer of each day of one student on one skill: the day, and whether it was right. What comes later on a day
/// says nothing about memory, and never goes through FSRS.
type Card = Vec<(u64, bool)>;

/// The cards of some students, in order.
fn cards(answers: &Answers, takes: impl Fn(u32) -> bool) -> Vec<Card> {
    let mut cards: BTreeMap<(u32, u32), Card> = BTreeMap::new();
    for row in &answers.file.rows {
        let Some(time) = row.time_s.filter(|_| takes(row.student)) else {
            continue;
        };
        let card = cards.entry((row.student, row.skill)).or_default();
        let day = time / DAY_S;
        if card.last().is_none_or(|(last, _)| *last < day) {
            card.push((day, row.correct));
        }
    }
    let practised_again = |card: &Card| card.len() > 1;
    cards.into_values().filter(practised_again).collect()
}

/// Each round of practice after the first, with all that came before it, as the optimiser takes them.
fn reviews(cards: &[Card]) -> (Vec<FSRSItem>, Vec<i64>) {
    let (mut items, mut ids) = (Vec::new(), Vec::new());
    for (id, card) in (0i64..).zip(cards) {
        let mut before = None;
        let mut reviews = Vec::with_capacity(card.len());
        for (day, right) in card {
            let gap = before.map_or(0, |before: u64| day.saturating_sub(before));
            reviews.push(FSRSReview {
                rating: if *right { GOOD } else { FAILED },
                delta_t: u32::try_from(gap).unwrap_or(u32::MAX),
            });
            before = Some(*day);
            if reviews.len() > 1 {
                items.push(FSRSItem {
                    reviews: reviews.clone(),
                });
                ids.push(id);
            }
        }
    }
    (items, ids)
}

/// The mean log loss of what a memory expects of each round of practice after the first, and how many there are.
fn log_loss(memory: &Memory, cards: &[Card]) -> Option<(f64, usize)> {
    let (mut sum, mut count) = (0.0, 0usize);
    for card in cards {
        let start = card.first().map_or(0, |(day, _)| *day);
        let mut state = None;
        for (day, right) in card {
            let day = u32::try_from(day - start).ok()?;
            if let Some(state) = &state {
                let expected = memory
                    .retrievability(state, day)
                    .get()
                    .clamp(1e-6, 1.0 - 1e-6);
                sum -= if *right { expected } else { 1.0 - expected }.ln();
                count += 1;
            }
            let recall = if *right { Recall::Good } else { Recall::Failed };
            state = Some(memory.review(state.as_ref(), recall, day));
        }
    }
    let rounds = u32::try_from(count).ok().filter(|count| *count > 0)?;
    Some((sum / f64::from(rounds), count))
}

fn fitted(cards: &[Card]) -> Result<Memory, Box<dyn Error>> {
    let (train_set, card_ids) = reviews(cards);
    if train_set.len() < LEAST_REVIEWS {
        return Err(format!(
            "there are {} rounds of practice on a later day, and a fit wants {LEAST_REVIEWS}. Give a file with times over more days",
            train_set.len()
        )
        .into());
    }
    let weights = compute_parameters(ComputeParametersInput {
        train_set,
        card_ids: Some(card_ids),
        enable_short_term: false,
        ..ComputeParametersInput::default()
    })?;
    let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
    let memory = <[f64; 21]>::try_from(weights).ok().and_then(Memory::new);
    memory.ok_or_else(|| "the optimiser gave weights that no memory can have".into())
}

/// Fits, measures on a fifth of the students that it did not see, and gives the file's text and a summary in words.
pub(crate) fn fit(
    answers: &Answers,
    seed: u64,
    out: &mut impl Write,
    quiet: bool,
) -> Result<Value, Box<dyn Error>> {
    let students = answers.file.students.len();
    let folds = deal(students, 5, seed);
    let is_held = |student: u32| {
        let fold = usize::try_from(student)
            .ok()
            .and_then(|place| folds.get(place));
        students >= 5 && fold.is_some_and(|fold| *fold == 0)
    };
    let held = cards(answers, is_held);
    let measured = match fitted(&cards(answers, |student| !is_held(student))) {
        Ok(memory) => log_loss(&memory, &held).zip(log_loss(&Memory::default(), &held)),
        Err(_) => None,
    };
    let all = cards(answers, |_| true);
    let memory = fitted(&all)?;
    let (held_out, of_defaults) = (
        measured.map(|((own, _), _)| own),
        measured.map(|(_, (defaults, _))| defaults),
    );
    if !quiet {
        let rounds = measured.map_or(0, |((_, count), _)| count);
        let words =
            |loss: Option<f64>| loss.map_or("unknown".to_owned(), |loss| format!("{loss:.4}"));
        writeln!(
            out,
            "FSRS-6 fitted to {} cards of {} students; log loss on {} rounds of practice of a fifth of the students, held out: {} (published weights {})",
            evaluate_input::count(all.len()),
            evaluate_input::count(students),
            evaluate_input::count(rounds),
            words(held_out),
            words(of_defaults),
        )?;
    }
    Ok(json!({
        "format": "trellis memory 1",
        "weights": memory.weights(),
        "published": DEFAULT_WEIGHTS,
        "source": answers.name,
        "cards": all.len(),
        "students": students,
        "held_out_log_loss": held_out,
        "held_out_log_loss_of_published": of_defaults,
        "trellis": env!("CARGO_PKG_VERSION"),
    }))
}
