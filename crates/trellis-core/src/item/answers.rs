//! Answers that a learner could give: the right one, and the one that a mix-up leads to.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::interaction::{Interaction, NumberForm};
use super::judgement::Response;
use super::number::Number;
use super::plot::marks_on;
use super::variant::{Key, MixPattern, Variant};

impl Key {
    /// The right answer as a learner would give it, in the form that is asked for; `None` for a key that no answer can
    /// meet.
    #[must_use]
    pub fn response(&self) -> Option<Response> {
        Some(match self {
            Self::Number {
                value,
                form: NumberForm::Mixed,
                ..
            } => Response::Text(trellis_math::rational::to_mixed(&value.rational())),
            Self::Number { value, .. } => Response::Text(value.to_string()),
            Self::Expression { typed, .. } | Self::Equation { typed } | Self::Words { typed } => {
                Response::Text(typed.clone())
            }
            Self::Choice { right } => Response::Choice(right.clone()),
            Self::Choices { right } => Response::Choices(right.clone()),
            Self::Order { right } => Response::Order(right.clone()),
            Self::Pairs { right } => Response::Pairs(right.clone()),
            Self::Point { value } => Response::Point(value.to_string()),
            Self::Any(keys) => return keys.iter().find_map(Self::response),
            Self::Text { answers, .. } => Response::Text(answers.first()?.clone()),
            Self::Gaps { right } => Response::Gaps(right.clone()),
            Self::Cells { right } => {
                let cells = right.iter().map(|key| match key.response() {
                    Some(Response::Text(text)) => Some(text),
                    _ => None,
                });
                Response::Gaps(cells.collect::<Option<_>>()?)
            }
            Self::Plot { points } => points_as_given(points),
            Self::Line { through, .. } => points_as_given(through),
            Self::Written { sample, .. } => Response::Text(sample.clone()),
        })
    }

    /// The key as text, for authors.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Number { value, .. } | Self::Point { value } => value.to_string(),
            Self::Expression { typed, .. } | Self::Equation { typed } | Self::Words { typed } => {
                typed.clone()
            }
            Self::Choice { right } => right.clone(),
            Self::Choices { right } | Self::Order { right } => right.join(", "),
            Self::Pairs { right } => {
                let pairs: Vec<String> = right.iter().map(|(l, r)| format!("{l} -> {r}")).collect();
                pairs.join(", ")
            }
            Self::Any(keys) => keys.iter().map(Self::text).collect::<Vec<_>>().join(" or "),
            Self::Text { answers, .. } => answers.join(" or "),
            Self::Gaps { right } => right.join(" ; "),
            Self::Cells { right } => right.iter().map(Self::text).collect::<Vec<_>>().join(" ; "),
            Self::Plot { points } => points_text(points),
            Self::Line {
                slope, intercept, ..
            } => line_text(slope, intercept),
            Self::Written { sample, .. } => sample.clone(),
        }
    }
}

impl MixPattern {
    /// The answer that reveals the mix-up, as text, for authors.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Typed(text) | Self::Option(text) => text.clone(),
            Self::Order(order) => order.join(", "),
            Self::Pair(left, right) => format!("{left} -> {right}"),
            Self::Phrase(phrases) => phrases.join(" or "),
            Self::Gap(gap, given) => format!("gap {} -> {given}", gap + 1),
            Self::Points(points) => points_text(points),
            Self::Line(slope, intercept) => line_text(slope, intercept),
        }
    }
}

fn points_text(points: &[(Number, Number)]) -> String {
    let points = points.iter().map(|(x, y)| format!("({x}, {y})"));
    points.collect::<Vec<_>>().join(" ; ")
}

fn line_text(slope: &Number, intercept: &Number) -> String {
    format!("y = {slope} x + {intercept}")
}

fn points_as_given(points: &[(Number, Number)]) -> Response {
    let given = points.iter().map(|(x, y)| (x.to_string(), y.to_string()));
    Response::Points(given.collect())
}

impl Variant {
    /// The answer that a mix-up leads to; `None` when the pattern does not fit the kind of answer.
    #[must_use]
    pub fn response_of(&self, pattern: &MixPattern) -> Option<Response> {
        let number = |number: &Number| match self.presentation.interaction {
            Interaction::NumberLine { .. } => Response::Point(number.to_string()),
            _ => Response::Text(number.to_string()),
        };
        Some(match pattern {
            MixPattern::Number(value) => number(value),
            MixPattern::Typed(text) => Response::Text(text.clone()),
            MixPattern::Option(option) => match &self.key {
                Key::Choice { .. } => Response::Choice(option.clone()),
                Key::Choices { right } => {
                    Response::Choices(right.iter().chain([option]).cloned().collect())
                }
                _ => return None,
            },
            MixPattern::Order(order) => Response::Order(order.clone()),
            MixPattern::Pair(left, other) => match &self.key {
                Key::Pairs { right } => Response::Pairs(exchanged(right, left, other)),
                _ => return None,
            },
            MixPattern::Phrase(phrases) => Response::Text(phrases.first()?.clone()),
            MixPattern::Gap(gap, given) => {
                let Some(Response::Gaps(mut gaps)) = self.key.response() else {
                    return None;
                };
                *gaps.get_mut(*gap)? = given.clone();
                Response::Gaps(gaps)
            }
            MixPattern::Points(points) => points_as_given(points),
            MixPattern::Line(slope, intercept) => {
                let Interaction::Plot { from, to, step, .. } = &self.presentation.interaction
                else {
                    return None;
                };
                match marks_on(slope, intercept, [from, to, step]).as_slice() {
                    [first, .., last] => points_as_given(&[first.clone(), last.clone()]),
                    _ => return None,
                }
            }
        })
    }
}

/// The right pairs with one left entry given another partner; the entry that had this partner gets the one that is
/// free now.
fn exchanged(pairs: &[(String, String)], left: &str, other: &str) -> Vec<(String, String)> {
    let own = pairs.iter().find(|(entry, _)| entry == left);
    let own = own.map(|(_, partner)| partner);
    let exchange = |(entry, partner): &(String, String)| {
        let partner = match own {
            Some(_) if entry == left => other.to_string(),
            Some(own) if partner == other => own.clone(),
            _ => partner.clone(),
        };
        (entry.clone(), partner)
    };
    pairs.iter().map(exchange).collect()
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn number(form: NumberForm) -> Key {
        Key::Number {
            value: Number::ratio(7, 2).unwrap(),
            tolerance: Number::whole(0),
            form,
        }
    }

    #[test]
    fn a_key_is_answered_in_the_form_asked_for() {
        let text = |key: &Key| key.response();
        let typed = |text: &str| Some(Response::Text(text.to_string()));
        assert_eq!(text(&number(NumberForm::Any)), typed("7/2"));
        assert_eq!(text(&number(NumberForm::Mixed)), typed("3 1/2"));
    }

    #[test]
    fn any_of_several_keys_is_answered_with_the_first_that_can_be() {
        assert_eq!(Key::Any(Vec::new()).response(), None);
        let nested = Key::Any(vec![Key::Any(Vec::new()), number(NumberForm::Any)]);
        assert_eq!(nested.response(), Some(Response::Text("7/2".to_string())));
        assert_eq!(
            Key::Any(vec![number(NumberForm::Any), number(NumberForm::Mixed)]).text(),
            "7/2 or 7/2"
        );
    }

    #[test]
    fn partners_are_exchanged() {
        let pair = |l: &str, r: &str| (l.to_string(), r.to_string());
        let right = [pair("a", "x"), pair("b", "y")];
        assert_eq!(
            exchanged(&right, "a", "y"),
            [pair("a", "y"), pair("b", "x")]
        );
        // A partner that belongs to nobody takes nothing from anybody.
        assert_eq!(
            exchanged(&right, "a", "z"),
            [pair("a", "z"), pair("b", "y")]
        );
        assert_eq!(exchanged(&right, "c", "y"), right);
    }
}
