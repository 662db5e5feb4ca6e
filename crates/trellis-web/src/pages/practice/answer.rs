//! From a form to a response: what each kind of answer sends, read without trust.

use trellis_core::item::{Interaction, Response};

use crate::fields::{Fields, field};

use super::LONGEST_ANSWER;

/// The longest field that is looked at, in bytes. Sentences that are longer than the item allows are read too, so that
/// nobody loses what they wrote: the grader says what is too much.
pub(super) fn longest(interaction: &Interaction) -> usize {
    match interaction {
        Interaction::Written { .. } => 4 * LONGEST_ANSWER,
        _ => LONGEST_ANSWER,
    }
}

/// The response that a form holds. What is missing stays empty; the grader then says that nothing could be read, which
/// costs nothing.
pub(super) fn response(interaction: &Interaction, fields: &Fields) -> Response {
    let text = || field(fields, "text").unwrap_or_default().trim().to_owned();
    match interaction {
        Interaction::Choice { .. } | Interaction::Hotspot { several: false, .. } => {
            Response::Choice(field(fields, "choice").unwrap_or_default().to_owned())
        }
        Interaction::MultipleChoice { .. } | Interaction::Hotspot { .. } => {
            let ticked = fields.iter().filter(|(key, _)| key == "choice");
            Response::Choices(ticked.map(|(_, value)| value.clone()).collect())
        }
        Interaction::Order { entries } | Interaction::GraphicOrder { regions: entries } => {
            let place = |key: &str| {
                let sent = field(fields, &format!("place-{key}"));
                sent.and_then(|place| place.parse::<u32>().ok())
            };
            let mut placed: Vec<(u32, String)> = entries
                .iter()
                .filter_map(|entry| Some((place(&entry.key)?, entry.key.clone())))
                .collect();
            placed.sort();
            let twice = placed.windows(2).any(|pair| pair[0].0 == pair[1].0);
            Response::Order(if twice {
                Vec::new()
            } else {
                placed.into_iter().map(|(_, key)| key).collect()
            })
        }
        Interaction::Match { left, .. } => {
            let partner =
                |key: &str| field(fields, &format!("pair-{key}")).filter(|value| !value.is_empty());
            Response::Pairs(
                left.iter()
                    .filter_map(|entry| Some((entry.key.clone(), partner(&entry.key)?.to_owned())))
                    .collect(),
            )
        }
        Interaction::NumberLine { .. } => {
            Response::Point(field(fields, "point").unwrap_or_default().to_owned())
        }
        Interaction::InlineChoice { gaps } => Response::Gaps(gaps_of(fields, gaps.len())),
        Interaction::GapMatch { gaps, .. } => Response::Gaps(gaps_of(fields, *gaps)),
        Interaction::TableEntry { cells, .. } => Response::Gaps(gaps_of(fields, cells.len())),
        Interaction::Plot { points, .. } => {
            let sent = |name: String| field(fields, &name).unwrap_or_default().trim().to_owned();
            let points =
                (1..=*points).map(|point| (sent(format!("x-{point}")), sent(format!("y-{point}"))));
            Response::Points(points.collect())
        }
        // Browsers send the ends of lines as the old teletypes wanted them.
        Interaction::Written { .. } => Response::Text(text().replace("\r\n", "\n")),
        _ => Response::Text(text()),
    }
}

/// What each gap holds; a gap that was not sent is empty.
fn gaps_of(fields: &Fields, count: usize) -> Vec<String> {
    let sent = |gap| field(fields, &format!("gap-{gap}")).unwrap_or_default();
    (1..=count).map(|gap| sent(gap).trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trellis_core::item::Entry;

    fn entries(keys: &[&str]) -> Vec<Entry> {
        keys.iter()
            .map(|key| Entry {
                key: (*key).to_owned(),
                text: (*key).to_owned(),
            })
            .collect()
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn an_order_follows_the_places_given_and_two_in_one_place_are_none() {
        let order = Interaction::Order {
            entries: entries(&["a", "b", "c"]),
        };
        let sent = fields(&[("place-a", "3"), ("place-b", "1"), ("place-c", "2")]);
        assert_eq!(
            response(&order, &sent),
            Response::Order(["b", "c", "a"].map(str::to_owned).to_vec())
        );
        let twice = fields(&[("place-a", "1"), ("place-b", "1"), ("place-c", "2")]);
        assert_eq!(response(&order, &twice), Response::Order(Vec::new()));
    }

    #[test]
    fn gaps_and_points_are_read_in_their_order_and_missing_ones_are_empty() {
        let gaps = Interaction::GapMatch {
            gaps: 2,
            bank: entries(&["a", "b", "c"]),
        };
        assert_eq!(
            response(&gaps, &fields(&[("gap-2", " c "), ("gap-3", "a")])),
            Response::Gaps(vec![String::new(), "c".to_owned()])
        );
        let number = |text| trellis_core::item::Number::read(text).unwrap();
        let plot = Interaction::Plot {
            from: number("0"),
            to: number("5"),
            step: number("1"),
            points: 1,
            line: false,
        };
        assert_eq!(
            response(&plot, &fields(&[("y-1", "2"), ("x-1", "4"), ("x-2", "1")])),
            Response::Points(vec![("4".to_owned(), "2".to_owned())])
        );
    }

    #[test]
    fn fields_that_do_not_belong_are_not_looked_at() {
        let choice = Interaction::Choice {
            options: entries(&["a", "b"]),
        };
        assert_eq!(
            response(&choice, &fields(&[("x", "y"), ("choice", "b")])),
            Response::Choice("b".to_owned())
        );
        assert_eq!(
            response(&choice, &fields(&[])),
            Response::Choice(String::new())
        );
        assert_eq!(
            response(&Interaction::Equation, &fields(&[("text", " x = 3 ")])),
            Response::Text("x = 3".to_owned())
        );
    }
}
