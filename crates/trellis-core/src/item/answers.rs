//! Answers that a learner could give: the right one, and the one that a mix-up leads to.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::interaction::{Interaction, NumberForm};
use super::judgement::Response;
use super::number::Number;
use super::plot::marks_on;
use super::variant::{Key, MixPattern, Variant};

/// The right answer to a variant; `None` for a key that no answer can meet.
#[must_use]
pub fn of_key(variant: &Variant) -> Option<Response> {
    response_to(&variant.presentation.interaction, &variant.key)
}

fn response_to(interaction: &Interaction, key: &Key) -> Option<Response> {
    Some(match key {
        Key::Number {
            value,
            form: NumberForm::Mixed,
            ..
        } => Response::Text(trellis_math::rational::to_mixed(value.rational())),
        Key::Number { value, .. } => Response::Text(value.to_string()),
        Key::Expression { typed, .. } | Key::Equation { typed } | Key::Words { typed } => {
            Response::Text(typed.clone())
        }
        Key::Choice { right } => Response::Choice(right.clone()),
        Key::Choices { right } => Response::Choices(right.clone()),
        Key::Order { right } => Response::Order(right.clone()),
        Key::Pairs { right } => Response::Pairs(right.clone()),
        Key::Point { value } => Response::Point(value.to_string()),
        Key::Any(keys) => {
            let first = keys.first();
            return first.and_then(|key| response_to(interaction, key));
        }
        Key::Text { answers, .. } => Response::Text(answers.first()?.clone()),
        Key::Gaps { right } => Response::Gaps(right.clone()),
        Key::Cells { right } => {
            let cells = right.iter().map(|key| match response_to(interaction, key) {
                Some(Response::Text(text)) => Some(text),
                _ => None,
            });
            Response::Gaps(cells.collect::<Option<_>>()?)
        }
        Key::Plot { points } => points_as_given(points),
        Key::Line { slope, intercept } => on_line(interaction, slope, intercept)?,
    })
}

fn points_as_given(points: &[(Number, Number)]) -> Response {
    let given = points.iter().map(|(x, y)| (x.to_string(), y.to_string()));
    Response::Points(given.collect())
}

/// The first and the last mark of the grid on a line; `None` when it meets fewer than two.
fn on_line(interaction: &Interaction, slope: &Number, intercept: &Number) -> Option<Response> {
    let Interaction::Plot { from, to, step, .. } = interaction else {
        return None;
    };
    match marks_on(slope, intercept, [from, to, step]).as_slice() {
        [first, .., last] => Some(points_as_given(&[first.clone(), last.clone()])),
        _ => None,
    }
}

/// The right answer with one gap holding something else.
fn with_gap(key: Option<Response>, gap: usize, given: &str) -> Option<Response> {
    let Some(Response::Gaps(mut gaps)) = key else {
        return None;
    };
    *gaps.get_mut(gap)? = given.to_string();
    Some(Response::Gaps(gaps))
}

/// The answer that a mix-up leads to; `None` when the pattern does not fit the kind of answer.
#[must_use]
pub fn of_mix_up(variant: &Variant, pattern: &MixPattern) -> Option<Response> {
    let typed = |number: &Number| match variant.presentation.interaction {
        Interaction::NumberLine { .. } => Response::Point(number.to_string()),
        _ => Response::Text(number.to_string()),
    };
    Some(match pattern {
        MixPattern::Number(number) => typed(number),
        MixPattern::Typed(text) => Response::Text(text.clone()),
        MixPattern::Option(option) => match &variant.key {
            Key::Choice { .. } => Response::Choice(option.clone()),
            Key::Choices { right } => {
                Response::Choices(right.iter().chain([option]).cloned().collect())
            }
            _ => return None,
        },
        MixPattern::Order(order) => Response::Order(order.clone()),
        MixPattern::Pair(left, other) => match &variant.key {
            Key::Pairs { right } => Response::Pairs(
                right
                    .iter()
                    .map(|(l, r)| (l.clone(), if l == left { other.clone() } else { r.clone() }))
                    .collect(),
            ),
            _ => return None,
        },
        MixPattern::Phrase(phrases) => Response::Text(phrases.first()?.clone()),
        MixPattern::Gap(gap, given) => return with_gap(of_key(variant), *gap, given),
        MixPattern::Points(points) => points_as_given(points),
        MixPattern::Line(slope, intercept) => {
            return on_line(&variant.presentation.interaction, slope, intercept);
        }
    })
}

/// A key as text, for authors.
#[must_use]
pub fn key_text(key: &Key) -> String {
    match key {
        Key::Number { value, .. } | Key::Point { value } => value.to_string(),
        Key::Expression { typed, .. } | Key::Equation { typed } | Key::Words { typed } => {
            typed.clone()
        }
        Key::Choice { right } => right.clone(),
        Key::Choices { right } | Key::Order { right } => right.join(", "),
        Key::Pairs { right } => {
            let pairs: Vec<String> = right.iter().map(|(l, r)| format!("{l} -> {r}")).collect();
            pairs.join(", ")
        }
        Key::Any(keys) => keys.iter().map(key_text).collect::<Vec<_>>().join(" or "),
        Key::Text { answers, .. } => answers.join(" or "),
        Key::Gaps { right } => right.join(" ; "),
        Key::Cells { right } => right.iter().map(key_text).collect::<Vec<_>>().join(" ; "),
        Key::Plot { points } => points_text(points),
        Key::Line { slope, intercept } => format!("y = {slope} x + {intercept}"),
    }
}

fn points_text(points: &[(Number, Number)]) -> String {
    let points = points.iter().map(|(x, y)| format!("({x}, {y})"));
    points.collect::<Vec<_>>().join(" ; ")
}

/// The answer of a mix-up as text, for authors.
#[must_use]
pub fn pattern_text(pattern: &MixPattern) -> String {
    match pattern {
        MixPattern::Number(number) => number.to_string(),
        MixPattern::Typed(text) | MixPattern::Option(text) => text.clone(),
        MixPattern::Order(order) => order.join(", "),
        MixPattern::Pair(left, right) => format!("{left} -> {right}"),
        MixPattern::Phrase(phrases) => phrases.join(" or "),
        MixPattern::Gap(gap, given) => format!("gap {} -> {given}", gap + 1),
        MixPattern::Points(points) => points_text(points),
        MixPattern::Line(slope, intercept) => format!("y = {slope} x + {intercept}"),
    }
}
