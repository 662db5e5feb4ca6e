//! What a simulated learner writes: the key as a learner would type it, a mix-up that the item knows, or a slip.

use trellis_core::framework::MixUpId;
use trellis_core::item::{Interaction, Response, Variant, grade, response_from_text};
use trellis_stats::random::Random;

/// A right response to a variant: its key as a learner would type it, in the form that the item asks for.
#[must_use]
pub fn right_response(variant: &Variant) -> Response {
    if let Interaction::Upload { takes } = &variant.presentation.interaction {
        // The name of a file that a person would have: a school in memory keeps none.
        let ending = takes.first().and_then(|kind| kind.endings().first());
        let name = format!("{}.{}", "0".repeat(64), ending.unwrap_or(&"jpg"));
        return Response::File { name, bytes: 1 };
    }
    let key = variant
        .key
        .response()
        .unwrap_or_else(|| Response::Text(String::new()));
    if grade(variant, &key).is_right() {
        return key;
    }
    // A factored expression, say: the worked solution's last line has the form that is asked for.
    let result = variant
        .result
        .as_deref()
        .and_then(|text| response_from_text(variant, text).ok());
    result.unwrap_or(key)
}

/// A wrong response: one of the learner's own mix-ups where the item knows it, else any mix-up of the item, else
/// something else that is wrong.
#[must_use]
pub fn wrong_response(variant: &Variant, own: &[MixUpId], random: &mut Random) -> Response {
    wrong_response_of(variant, own, false, random)
}

/// As [`wrong_response`]; `astray_else` for somebody whose errors are known mix-ups only where they are their own.
pub(crate) fn wrong_response_of(
    variant: &Variant,
    own: &[MixUpId],
    astray_else: bool,
    random: &mut Random,
) -> Response {
    let known = variant
        .mix_ups
        .iter()
        .find(|mix_up| own.contains(&mix_up.id));
    let any = || {
        (!astray_else && !variant.mix_ups.is_empty())
            .then(|| &variant.mix_ups[random_place(variant, random)])
    };
    let chosen = known
        .or_else(any)
        .and_then(|mix_up| variant.response_of(&mix_up.pattern));
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
