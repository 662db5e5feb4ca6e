//! Questions that are answered on a picture: regions of a drawing and points of a grid, to items and back.

use trellis_core::item::{
    Drawing, Entry, Figure, Interaction, Key, Number, Region, Response, Variant,
};

use super::Answer;
use super::entries::{Answered, Refusal, differ, enough, entries, shuffled};
use crate::drawing::{Grid, GridGoal};

/// The answer of a variant whose regions are chosen or put in order.
pub(super) fn from_variant(variant: &Variant) -> Option<Answer> {
    let Some(Figure::Drawing(drawing)) = &variant.presentation.figure else {
        return None;
    };
    let drawing = drawing.clone();
    Some(match (&variant.presentation.interaction, &variant.key) {
        (Interaction::Hotspot { several, .. }, Key::Choice { right }) => Answer::Hotspot {
            drawing,
            right: vec![right.clone()],
            several: *several,
        },
        (Interaction::Hotspot { several, .. }, Key::Choices { right }) => Answer::Hotspot {
            drawing,
            right: right.clone(),
            several: *several,
        },
        (Interaction::GraphicOrder { .. }, Key::Order { right }) => Answer::GraphicOrder {
            drawing,
            right: right.clone(),
        },
        _ => return None,
    })
}

/// The figure, interaction, key and right answer of regions; `None` for another kind of answer.
pub(super) fn answered(
    answer: &Answer,
    seed: u64,
) -> Option<Result<(Option<Figure>, Answered), Refusal>> {
    let (Answer::Hotspot { drawing, right, .. } | Answer::GraphicOrder { drawing, right }) = answer
    else {
        return None;
    };
    Some(
        keyed(drawing, right, seed).map(|(drawing, regions, mut keys)| {
            let answered = match answer {
                Answer::Hotspot { several: true, .. } => {
                    keys.sort();
                    (
                        Interaction::Hotspot {
                            regions,
                            several: true,
                        },
                        Key::Choices {
                            right: keys.clone(),
                        },
                        Response::Choices(keys),
                    )
                }
                Answer::Hotspot { .. } => {
                    let right = keys.first().cloned().unwrap_or_default();
                    (
                        Interaction::Hotspot {
                            regions,
                            several: false,
                        },
                        Key::Choice {
                            right: right.clone(),
                        },
                        Response::Choice(right),
                    )
                }
                _ => (
                    Interaction::GraphicOrder {
                        regions: placed(regions, &keys),
                    },
                    Key::Order {
                        right: keys.clone(),
                    },
                    Response::Order(keys),
                ),
            };
            (Some(Figure::Drawing(drawing)), answered)
        }),
    )
}

/// Only what is put in order.
fn placed(mut regions: Vec<Entry>, keys: &[String]) -> Vec<Entry> {
    regions.retain(|region| keys.contains(&region.key));
    regions
}

/// A drawing whose regions have keys that say nothing, the regions as shown, and the keys of the right ones: in the
/// order of their labels where all have one, else shuffled.
fn keyed(
    drawing: &Drawing,
    right: &[String],
    seed: u64,
) -> Result<(Drawing, Vec<Entry>, Vec<String>), Refusal> {
    drawing.check().map_err(|what| ("drawing", what))?;
    let regions: Vec<Region> = drawing.regions();
    enough(regions.len())?;
    let texts: Vec<&str> = regions.iter().map(|region| region.text.as_str()).collect();
    differ(&texts)?;
    let order = if regions.iter().all(|region| region.label.is_some()) {
        let mut order: Vec<usize> = (0..regions.len()).collect();
        order.sort_by_key(|place| {
            let region = regions.get(*place);
            region.map(|region| (&region.label, &region.id))
        });
        order
    } else {
        shuffled(regions.len(), seed)
    };
    let (shown, keys) = entries(&texts, &order);
    let names: Vec<(String, String)> = regions
        .into_iter()
        .zip(keys)
        .map(|(region, key)| (region.id, key))
        .collect();
    let mut wanted: Vec<String> = Vec::new();
    for id in right {
        let known = names.iter().find(|(name, _)| name == id);
        let Some((_, key)) = known else {
            return Err(("unknown-choice", format!("there is no region \"{id}\"")));
        };
        if wanted.contains(key) {
            return Err(("duplicate", format!("the region \"{id}\" is right twice")));
        }
        wanted.push(key.clone());
    }
    if wanted.is_empty() {
        return Err(("no-key", "no region is right".to_string()));
    }
    let mut drawing = drawing.clone();
    drawing.rename_regions(&names);
    Ok((drawing, shown, wanted))
}

/// Points on a grid, each of them on a mark.
pub(super) fn plot(grid: &Grid, goal: &GridGoal) -> Result<Answered, Refusal> {
    let bad = |what: &str| ("grid", what.to_string());
    if grid.steps().is_none() {
        return Err(bad(
            "a grid has 1 to 40 whole steps from its lowest mark to its highest",
        ));
    }
    let (key, right, line) = match goal {
        GridGoal::Points(points) => {
            if !(1..=12).contains(&points.len()) {
                return Err(bad("1 to 12 points can be plotted"));
            }
            for (place, point) in points.iter().enumerate() {
                if grid.pixel(point).is_none() {
                    return Err(bad("a right point is on no mark of the grid"));
                }
                if points.iter().take(place).any(|other| other == point) {
                    return Err(bad("a right point is there twice"));
                }
            }
            let points = points.clone();
            (
                Key::Plot {
                    points: points.clone(),
                },
                points,
                false,
            )
        }
        GridGoal::Line(slope, intercept) => {
            let marks = marks_on(grid, slope, intercept);
            let [first, .., last] = marks.as_slice() else {
                return Err(bad("the line meets fewer than two marks of the grid"));
            };
            let through = vec![first.clone(), last.clone()];
            let key = Key::Line {
                slope: slope.clone(),
                intercept: intercept.clone(),
                through: through.clone(),
            };
            (key, through, true)
        }
    };
    let interaction = Interaction::Plot {
        from: grid.from.clone(),
        to: grid.to.clone(),
        step: grid.step.clone(),
        points: right.len(),
        line,
    };
    let given = right
        .iter()
        .map(|(x, y)| (x.to_string(), y.to_string()))
        .collect();
    Ok((interaction, key, Response::Points(given)))
}

/// The marks of a grid on a line, from left to right.
pub(crate) fn marks_on(grid: &Grid, slope: &Number, intercept: &Number) -> Vec<(Number, Number)> {
    let each = grid.marks().into_iter().map(|x| {
        let y = &(slope * &x) + intercept;
        (x, y)
    });
    each.filter(|point| grid.pixel(point).is_some()).collect()
}
