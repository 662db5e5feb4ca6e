//! Answers that a learner could give: the right one, and the one that a mix-up leads to.

use trellis_core::item::{Interaction, Key, MixPattern, Number, NumberForm, Response, Variant};

/// The right answer to a variant; `None` for a key that no answer can meet.
#[must_use]
pub fn of_key(variant: &Variant) -> Option<Response> {
    response_to(&variant.key)
}

fn response_to(key: &Key) -> Option<Response> {
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
        Key::Any(keys) => return keys.first().and_then(response_to),
    })
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
    }
}

/// The answer of a mix-up as text, for authors.
#[must_use]
pub fn pattern_text(pattern: &MixPattern) -> String {
    match pattern {
        MixPattern::Number(number) => number.to_string(),
        MixPattern::Typed(text) | MixPattern::Option(text) => text.clone(),
        MixPattern::Order(order) => order.join(", "),
        MixPattern::Pair(left, right) => format!("{left} -> {right}"),
    }
}
