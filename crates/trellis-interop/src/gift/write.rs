//! Writes questions as GIFT: reading it gives the same questions.

use crate::finding::Finding;
use crate::markup::{TexStyle, html};
use crate::question::{Answer, Choice, Question, number_text};

/// The file of questions; a finding for each that GIFT cannot say.
#[must_use]
pub fn write(questions: &[Question]) -> (String, Vec<Finding>) {
    let mut out = String::new();
    let mut findings = Vec::new();
    let mut group = "";
    for question in questions {
        if !question.media_names().is_empty() {
            let what = format!(
                "GIFT carries no pictures and no sounds (\"{}\")",
                question.id
            );
            findings.push(Finding::warning("", question.line, "picture", what));
            continue;
        }
        let Some(answer) = answer(&question.answer) else {
            let what = format!(
                "GIFT has no way to ask for {} (\"{}\")",
                question.answer.name(),
                question.id
            );
            findings.push(Finding::warning("", question.line, "no-kind", what));
            continue;
        };
        if question.group != group {
            group = &question.group;
            out.push_str(&format!(
                "$CATEGORY: $course$/{}\n\n",
                group.replace(['\n', '/'], " ")
            ));
        }
        if !question.title.is_empty() {
            out.push_str(&format!(
                "::{}::",
                escaped(&question.title.replace('\n', " "))
            ));
        }
        let stem = [question.body.as_str(), question.stem.as_str()];
        let stem: Vec<String> = stem
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| text_of(text, false))
            .collect();
        out.push_str(&format!("[html]{} {{\n{answer}", stem.concat()));
        if !question.solution.is_empty() {
            let all: Vec<String> = question
                .solution
                .iter()
                .map(|text| text_of(text, false))
                .collect();
            out.push_str(&format!("####{}\n", all.concat()));
        }
        out.push_str("}\n\n");
    }
    (out, findings)
}

fn text_of(markup: &str, inline: bool) -> String {
    escaped(&html(markup, TexStyle::Brackets, inline)).replace('\n', " ")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if ['~', '=', '#', '{', '}', ':', '\\'].contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn answer(answer: &Answer) -> Option<String> {
    Some(match answer {
        Answer::Choice { choices, .. } => choices
            .iter()
            .map(|one| choice(one, if one.right { "=" } else { "~" }))
            .collect(),
        Answer::MultipleChoice { choices, .. } => {
            let right = choices.iter().filter(|one| one.right).count().max(1);
            let share = 100.0 / f64::from(u32::try_from(right).unwrap_or(u32::MAX));
            choices
                .iter()
                .map(|one| {
                    choice(
                        one,
                        &format!("~%{:.5}%", if one.right { share } else { -100.0 }),
                    )
                })
                .collect()
        }
        Answer::Words(accepted) => accepted
            .iter()
            .map(|text| format!("={}\n", escaped(text)))
            .collect(),
        Answer::Expression(typed) | Answer::Equation(typed) => format!("={}\n", escaped(typed)),
        Answer::Number { accepted, .. } => {
            let each = accepted.iter().map(|one| {
                let value = decimal(&one.value)?;
                Some(format!("={value}:{}\n", decimal(&one.tolerance)?))
            });
            format!("#{}", each.collect::<Option<String>>()?)
        }
        Answer::Match { pairs, extra } => {
            let pair = |left: &str, right: &str| {
                format!("={} -> {}\n", text_of(left, true), text_of(right, true))
            };
            let mut out: String = pairs
                .iter()
                .map(|(left, right)| pair(left, right))
                .collect();
            out.extend(extra.iter().map(|right| pair("", right)));
            out
        }
        _ => return None,
    })
}

/// A number that ends; GIFT has no fractions.
fn decimal(number: &trellis_core::item::Number) -> Option<String> {
    let text = number_text(number);
    (!text.contains('/')).then_some(text)
}

fn choice(choice: &Choice, sign: &str) -> String {
    let mut out = format!("{sign}{}", text_of(&choice.text, true));
    if !choice.feedback.is_empty() {
        out.push('#');
        out.push_str(&text_of(&choice.feedback, true));
    }
    out.push('\n');
    out
}
