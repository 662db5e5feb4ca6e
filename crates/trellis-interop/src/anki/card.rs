//! Questions as cards: what is asked on the front, the key and the worked steps on the back.

use super::Card;
use crate::finding::Finding;
use crate::markup::{MEDIA, TexStyle, html};
use crate::question::{Answer, Cell, Choice, Question, number_text};
use crate::xml::escape;

/// The cards of questions, and a finding for each that no card can ask.
#[must_use]
pub fn cards(questions: &[Question]) -> (Vec<Card>, Vec<Finding>) {
    let (mut out, mut findings) = (Vec::new(), Vec::new());
    for question in questions {
        match card(question) {
            Some(card) => out.push(card),
            None => {
                let what = format!(
                    "the question \"{}\" is left out: a card cannot ask for a place on a picture or for a file",
                    question.id
                );
                findings.push(Finding::error("", question.line, "kind", what));
            }
        }
    }
    (out, findings)
}

/// The card of a question; `None` when it is answered on a picture or by a file.
#[must_use]
pub fn card(question: &Question) -> Option<Card> {
    let mut front: String = [&question.body, &question.stem]
        .map(|text| block(text))
        .concat();
    let (more, mut back) = sides(&question.answer)?;
    front.push_str(&more);
    for step in &question.solution {
        back.push_str(&block(step));
    }
    Some(Card {
        name: question.id.clone(),
        front: beside(&front),
        back: beside(&back),
        media: question.media_names(),
        tag: question.group.replace(char::is_whitespace, "_"),
    })
}

/// Anki's media lie in one folder, and its sounds stand in brackets.
fn beside(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let sound = format!("<audio src=\"{MEDIA}");
    while let Some((before, behind)) = rest.split_once(&sound) {
        let (name, after) = behind.split_once('"').unwrap_or((behind, ""));
        out.push_str(&format!("{before}[sound:{name}]"));
        rest = after.split_once("</audio>").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace(MEDIA, "")
}

fn block(text: &str) -> String {
    html(text, TexStyle::Brackets, false)
}

/// What an answer adds to the front, and what stands on the back.
fn sides(answer: &Answer) -> Option<(String, String)> {
    let back = |text: String| (String::new(), text);
    Some(match answer {
        Answer::Choice { choices, .. } | Answer::MultipleChoice { choices, .. } => (
            list(choices.iter()),
            list(choices.iter().filter(|one| one.right)),
        ),
        Answer::Match { pairs, .. } => {
            let lines = pairs
                .iter()
                .map(|(left, right)| block(&format!("{left} → {right}")));
            back(lines.collect())
        }
        Answer::Order(entries) => back(entries.iter().map(|one| block(one)).collect()),
        Answer::Words(accepted) => back(escape(&accepted.join(" / "))),
        Answer::Number { accepted, unit } => {
            let first = accepted.first().map(|one| number_text(&one.value));
            let text = format!(
                "{} {}",
                first.unwrap_or_default(),
                unit.as_deref().unwrap_or("")
            );
            back(escape(text.trim()))
        }
        Answer::Expression(typed) | Answer::Equation(typed) => back(escape(typed)),
        Answer::Menus(menus) => (
            menus.iter().map(|menu| list(menu.iter())).collect(),
            list(menus.iter().flatten().filter(|one| one.right)),
        ),
        Answer::Bank { right, extra } => {
            let mut words: Vec<&str> = right.iter().chain(extra).map(String::as_str).collect();
            words.sort_unstable();
            (block(&words.join(", ")), block(&right.join(", ")))
        }
        Answer::NumberLine { at, .. } => back(number_text(at)),
        Answer::Table {
            columns,
            rows,
            cells,
        } => {
            let lines = std::iter::once(columns).chain(rows);
            let keys = cells.iter().map(|cell| match cell {
                Cell::Number(accepted) => number_text(&accepted.value),
                Cell::Text { answers, .. } => answers.first().cloned().unwrap_or_default(),
            });
            (
                lines.map(|line| block(&line.join(" | "))).collect(),
                escape(&keys.collect::<Vec<_>>().join(", ")),
            )
        }
        Answer::Written { sample, .. } => back(block(sample)),
        Answer::Hotspot { .. }
        | Answer::GraphicOrder { .. }
        | Answer::Plot { .. }
        | Answer::Upload { .. } => return None,
    })
}

fn list<'a>(choices: impl Iterator<Item = &'a Choice>) -> String {
    let lines =
        choices.map(|choice| format!("<li>{}</li>", html(&choice.text, TexStyle::Brackets, true)));
    format!("<ul>{}</ul>", lines.collect::<String>())
}
