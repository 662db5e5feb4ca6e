//! `trellis evaluate FILE --explain STUDENT`: why the additive model predicted what it did, in
//! plain words.

use std::io::{self, Write};

use serde_json::{Value, json};
use trellis_stats::tracing::additive::{Additive, FitOptions};
use trellis_stats::tracing::{
    LearnerModel, Prediction, Response, Term, TermKind, after_right_answers, strongest,
};

use super::evaluate_input::Answers;

/// How many of a student's last answers are explained.
const SHOWN: usize = 5;
/// Right answers that the outlook supposes.
const OUTLOOK: u32 = 2;

/// What a part says, for somebody who does not know the model.
const fn words(kind: TermKind, raises: bool) -> &'static str {
    match (kind, raises) {
        (TermKind::Base, _) => "where everybody starts",
        (TermKind::Item, true) => "this question is easier than most",
        (TermKind::Item, false) => "this question is harder than most",
        (TermKind::Competency, true) => "this skill is easier than most",
        (TermKind::Competency, false) => "this skill is harder than most",
        (TermKind::Ability, true) => "their answers in general are strong",
        (TermKind::Ability, false) => "their answers in general are weak so far",
        (TermKind::Practice, true) => "their answers on this skill went well",
        (TermKind::Practice, false) => "their answers on this skill did not go well yet",
        (TermKind::Recent, true) => "their last few answers were right",
        (TermKind::Recent, false) => "their last few answers were wrong",
        (TermKind::Forgetting, true) => "they practised this a short while ago",
        (TermKind::Forgetting, false) => "time or other work has passed since they practised this",
        (TermKind::SameItem, true) => "they have met this very question before, and it helps",
        (TermKind::SameItem, false) => "this is the kind of step on which many stumble",
        (TermKind::Sequence, true) => "what came just before leads up to this",
        (TermKind::Sequence, false) => "what came just before does not help here",
        (TermKind::Hints, true) => "hints were shown",
        (TermKind::Hints, false) => "hints were needed",
    }
}

/// One explained answer.
struct Explained {
    place: usize,
    response: Response,
    prediction: Prediction,
    outlook: Prediction,
}

/// The student's last answers, predicted by a model that was fitted to all others.
fn explain(answers: &Answers, student: u32) -> Vec<Explained> {
    let (own, others): (Vec<Response>, Vec<Response>) =
        answers.rows.iter().partition(|row| row.learner == student);
    let bits = Additive::bits_for(others.len());
    let model = Additive::fit(&others, bits, &FitOptions::default());
    let mut state = model.start();
    let mut out = Vec::new();
    for (place, response) in own.iter().enumerate() {
        let at = &response.opportunity;
        if place + SHOWN >= own.len() {
            out.push(Explained {
                place: place + 1,
                response: *response,
                prediction: model.predict(&state, at),
                outlook: after_right_answers(&model, &state, at, OUTLOOK),
            });
        }
        model.update(&mut state, at, response.correct);
    }
    out
}

fn name(list: &[String], key: u32) -> &str {
    let place = usize::try_from(key).unwrap_or(usize::MAX);
    list.get(place).map_or("", String::as_str)
}

fn term(one: &Term) -> Value {
    json!({
        "kind": format!("{:?}", one.kind),
        "log_odds": one.log_odds,
        "words": words(one.kind, one.log_odds > 0.0),
    })
}

/// Prints the explanations of a student's last answers.
pub(crate) fn run(
    out: &mut impl Write,
    answers: &Answers,
    student: &str,
    json: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let known = answers.file.students.iter().position(|one| one == student);
    let key = known.ok_or_else(|| format!("{}: there is no student `{student}`", answers.name))?;
    let explained = explain(answers, u32::try_from(key)?);
    if json {
        let all: Vec<Value> = explained.iter().map(|one| to_json(answers, one)).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(());
    }
    for one in &explained {
        text(out, answers, one)?;
    }
    Ok(())
}

fn to_json(answers: &Answers, one: &Explained) -> Value {
    let at = &one.response.opportunity;
    json!({
        "place": one.place,
        "item": name(&answers.file.items, at.item.0),
        "skill": name(&answers.file.skills, at.competency.0),
        "correct": one.response.correct,
        "predicted": one.prediction.probability.get(),
        "log_odds": one.prediction.probability.log_odds().get(),
        "terms": one.prediction.terms.iter().map(term).collect::<Vec<_>>(),
        "strongest": strongest(&one.prediction, 3).iter().map(term).collect::<Vec<_>>(),
        "after_two_right_answers": one.outlook.probability.get(),
    })
}

fn text(out: &mut impl Write, answers: &Answers, one: &Explained) -> io::Result<()> {
    let at = &one.response.opportunity;
    writeln!(
        out,
        "answer {}: item {} on {}: right about {:.0} times in ten ({:.3}); it was {}",
        one.place,
        name(&answers.file.items, at.item.0),
        name(&answers.file.skills, at.competency.0),
        10.0 * one.prediction.probability.get(),
        one.prediction.probability.get(),
        if one.response.correct {
            "right"
        } else {
            "wrong"
        }
    )?;
    for term in strongest(&one.prediction, 3) {
        let said = words(term.kind, term.log_odds > 0.0);
        writeln!(out, "  {:+.2}  {said}", term.log_odds)?;
    }
    let rest = one.prediction.terms.len().saturating_sub(3);
    let shown: f64 = strongest(&one.prediction, 3)
        .iter()
        .map(|term| term.log_odds)
        .sum();
    let all = one.prediction.probability.log_odds().get();
    writeln!(
        out,
        "  {:+.2}  {rest} smaller parts and the start; together {all:+.2} in log-odds",
        all - shown
    )?;
    writeln!(
        out,
        "  after {OUTLOOK} more right answers to it: about {:.0} times in ten",
        10.0 * one.outlook.probability.get()
    )
}
