//! What a simulated learner writes: the key as a learner would type it, a mix-up that the item knows, or a slip.

use trellis_core::framework::MixUpId;
use trellis_core::item::{
    Interaction, Key, MixPattern, Response, Variant, answers, grade, response_from_text,
};
use trellis_stats::random::Random;

/// A right response to a variant: its key as a learner would type it, in the form that the item asks for.
#[must_use]
pub fn right_response(variant: &Variant) -> Response {
    let key = match &variant.key {
        Key::Text { .. }
        | Key::Gaps { .. }
        | Key::Cells { .. }
        | Key::Plot { .. }
        | Key::Line { .. } => {
            return answers::of_key(variant).unwrap_or_else(|| Response::Text(String::new()));
        }
        key => from_key(key),
    };
    if grade(variant, &key).is_right() {
        return key;
    }
    // A mixed number, say: the worked solution's last line has the form that is asked for.
    let result = variant
        .result
        .as_deref()
        .and_then(|text| response_from_text(variant, text).ok());
    result.unwrap_or(key)
}

fn from_key(key: &Key) -> Response {
    match key {
        Key::Number { value, .. } => Response::Text(value.to_string()),
        Key::Expression { typed, .. } | Key::Equation { typed } | Key::Words { typed } => {
            Response::Text(typed.clone())
        }
        Key::Choice { right } => Response::Choice(right.clone()),
        Key::Choices { right } => Response::Choices(right.clone()),
        Key::Order { right } => Response::Order(right.clone()),
        Key::Pairs { right } => Response::Pairs(right.clone()),
        Key::Point { value } => Response::Point(value.to_string()),
        Key::Any(keys) => keys
            .first()
            .map_or_else(|| Response::Text(String::new()), from_key),
        Key::Text { .. }
        | Key::Gaps { .. }
        | Key::Cells { .. }
        | Key::Plot { .. }
        | Key::Line { .. } => Response::Text(String::new()),
    }
}

/// A wrong response: one of the learner's own mix-ups where the item knows it, else any mix-up of the item, else
/// something else that is wrong.
#[must_use]
pub fn wrong_response(variant: &Variant, own: &[MixUpId], random: &mut Random) -> Response {
    let known = variant
        .mix_ups
        .iter()
        .find(|mix_up| own.contains(&mix_up.id));
    let any =
        || (!variant.mix_ups.is_empty()).then(|| &variant.mix_ups[random_place(variant, random)]);
    let chosen = known
        .or_else(any)
        .and_then(|mix_up| from_pattern(variant, &mix_up.pattern));
    chosen
        .into_iter()
        .chain(astray(variant))
        .find(|response| {
            let graded = grade(variant, response);
            graded.costs_attempt() && !graded.is_right()
        })
        .unwrap_or_else(|| Response::Text("0".to_owned()))
}

fn random_place(variant: &Variant, random: &mut Random) -> usize {
    random.index(variant.mix_ups.len())
}

fn from_pattern(variant: &Variant, pattern: &MixPattern) -> Option<Response> {
    Some(match pattern {
        MixPattern::Number(value) => match variant.presentation.interaction {
            Interaction::NumberLine { .. } => Response::Point(value.to_string()),
            _ => Response::Text(value.to_string()),
        },
        MixPattern::Typed(text) => Response::Text(text.clone()),
        MixPattern::Option(key) => match variant.presentation.interaction {
            Interaction::MultipleChoice { .. } | Interaction::Hotspot { several: true, .. } => {
                Response::Choices(vec![key.clone()])
            }
            _ => Response::Choice(key.clone()),
        },
        MixPattern::Order(keys) => Response::Order(keys.clone()),
        MixPattern::Pair(left, right) => {
            let Key::Pairs { right: pairs } = &variant.key else {
                return None;
            };
            Response::Pairs(swapped(pairs, left, right))
        }
        MixPattern::Phrase(_)
        | MixPattern::Gap(..)
        | MixPattern::Points(_)
        | MixPattern::Line(..) => return answers::of_mix_up(variant, pattern),
    })
}

/// The right pairs with one left entry given another partner, and the two partners exchanged.
fn swapped(pairs: &[(String, String)], left: &str, right: &str) -> Vec<(String, String)> {
    let own = pairs
        .iter()
        .find(|(entry, _)| entry == left)
        .map(|(_, partner)| partner.clone());
    pairs
        .iter()
        .map(|(entry, partner)| match &own {
            Some(_) if entry == left => (entry.clone(), right.to_owned()),
            Some(own) if partner == right => (entry.clone(), own.clone()),
            _ => (entry.clone(), partner.clone()),
        })
        .collect()
}

/// Other responses that may be wrong, to try in order.
fn astray(variant: &Variant) -> Vec<Response> {
    match &variant.presentation.interaction {
        Interaction::Choice { options }
        | Interaction::Hotspot {
            regions: options,
            several: false,
        } => options
            .iter()
            .map(|option| Response::Choice(option.key.clone()))
            .collect(),
        Interaction::MultipleChoice { options }
        | Interaction::Hotspot {
            regions: options,
            several: true,
        } => options
            .iter()
            .map(|option| Response::Choices(vec![option.key.clone()]))
            .collect(),
        Interaction::Order { entries } | Interaction::GraphicOrder { regions: entries } => {
            let shown: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
            let reversed = shown.iter().rev().cloned().collect();
            vec![Response::Order(shown), Response::Order(reversed)]
        }
        Interaction::Match { left, right } => {
            let keys = |offset: usize| {
                let partners = right.iter().cycle().skip(offset);
                Response::Pairs(
                    left.iter()
                        .zip(partners)
                        .map(|(l, r)| (l.key.clone(), r.key.clone()))
                        .collect(),
                )
            };
            vec![keys(0), keys(1)]
        }
        Interaction::NumberLine { from, to, .. } => {
            vec![
                Response::Point(from.to_string()),
                Response::Point(to.to_string()),
            ]
        }
        Interaction::InlineChoice { gaps } => (0..2)
            .map(|place| {
                let keys = gaps.iter().filter_map(|menu| menu.get(place));
                Response::Gaps(keys.map(|entry| entry.key.clone()).collect())
            })
            .collect(),
        Interaction::GapMatch { gaps, bank } => (0..2)
            .map(|offset| {
                let keys = bank.iter().cycle().skip(offset).take(*gaps);
                Response::Gaps(keys.map(|entry| entry.key.clone()).collect())
            })
            .collect(),
        Interaction::TableEntry { cells, .. } => ["0", "1"]
            .map(|text| Response::Gaps(vec![text.to_owned(); cells.len()]))
            .to_vec(),
        Interaction::Plot {
            from, step, points, ..
        } => {
            let mut at = from.clone();
            let mut set = Vec::with_capacity(*points);
            for _ in 0..*points {
                set.push((at.to_string(), from.to_string()));
                at = &at + step;
            }
            let turned = set.iter().map(|(x, y)| (y.clone(), x.clone())).collect();
            vec![Response::Points(set), Response::Points(turned)]
        }
        Interaction::Equation => vec![
            Response::Text("x = 0".to_owned()),
            Response::Text("x = 1000".to_owned()),
        ],
        _ => ["0", "1", "7", "x + 1", "yes"]
            .map(|text| Response::Text(text.to_owned()))
            .to_vec(),
    }
}
