//! Answers as an author writes them in a text, read as responses: `one ; two`, `left -> right`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::interaction::{Entry, Interaction};
use super::judgement::Response;
use super::variant::Variant;

pub(super) fn key_of(entries: &[Entry], text: &str) -> Result<String, String> {
    let found = entries
        .iter()
        .find(|entry| entry.text.trim() == text.trim());
    found
        .map(|entry| entry.key.clone())
        .ok_or_else(|| format!("there is no entry \"{}\"", text.trim()))
}

/// Reads texts joined by ` ; ` as keys of entries.
pub(super) fn keys_of_order(interaction: &Interaction, text: &str) -> Result<Vec<String>, String> {
    let entries: &[Entry] = match interaction {
        Interaction::Order { entries } => entries,
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => options,
        Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions } => regions,
        _ => &[],
    };
    text.split(" ; ")
        .map(|part| key_of(entries, part))
        .collect()
}

/// Reads `left -> right` as two keys.
pub(super) fn keys_of_pair(
    interaction: &Interaction,
    text: &str,
) -> Result<(String, String), String> {
    let Interaction::Match { left, right } = interaction else {
        return Err("this item has no pairs".to_string());
    };
    let (one, other) = text.split_once("->").ok_or("write left -> right")?;
    Ok((key_of(left, one)?, key_of(right, other)?))
}

/// The key of the option or word that a text names for a gap; the text itself for a cell of a table.
pub(super) fn key_in_gap(
    interaction: &Interaction,
    gap: usize,
    text: &str,
) -> Result<String, String> {
    match interaction {
        Interaction::InlineChoice { gaps } => {
            key_of(gaps.get(gap).map_or(&[], Vec::as_slice), text)
        }
        Interaction::GapMatch { bank, .. } => key_of(bank, text),
        _ => Ok(text.trim().to_string()),
    }
}

/// Reads `(1, 2) ; (3, 4)` as points.
fn points(text: &str) -> Result<Vec<(String, String)>, String> {
    let point = |text: &str| {
        let inside = text.trim().strip_prefix('(')?.strip_suffix(')')?;
        let (x, y) = inside.split_once(',')?;
        Some((x.trim().to_string(), y.trim().to_string()))
    };
    text.split(" ; ")
        .map(|part| point(part).ok_or_else(|| format!("write points as (1, 2), not \"{part}\"")))
        .collect()
}

/// Reads a text as a response, as `result` of the course format is written: option texts, gaps and points joined
/// by ` ; `, pairs as `left -> right`, anything else as typed.
///
/// # Errors
/// A sentence that names the text that is no option.
pub fn response_from_text(variant: &Variant, text: &str) -> Result<Response, String> {
    let interaction = &variant.presentation.interaction;
    Ok(match interaction {
        Interaction::Choice { .. } | Interaction::Hotspot { several: false, .. } => {
            let keys = keys_of_order(interaction, text)?;
            match <[String; 1]>::try_from(keys) {
                Ok([key]) => Response::Choice(key),
                Err(_) => return Err("only one option can be chosen".to_string()),
            }
        }
        Interaction::MultipleChoice { .. } | Interaction::Hotspot { .. } => {
            Response::Choices(keys_of_order(interaction, text)?)
        }
        Interaction::Order { .. } | Interaction::GraphicOrder { .. } => {
            Response::Order(keys_of_order(interaction, text)?)
        }
        Interaction::InlineChoice { .. }
        | Interaction::GapMatch { .. }
        | Interaction::TableEntry { .. } => {
            let parts = text.split(" ; ").enumerate();
            let keys = parts.map(|(gap, part)| key_in_gap(interaction, gap, part));
            Response::Gaps(keys.collect::<Result<_, _>>()?)
        }
        Interaction::Plot { .. } => Response::Points(points(text)?),
        Interaction::Match { .. } => {
            let pairs = text
                .split(" ; ")
                .map(|pair| keys_of_pair(interaction, pair));
            Response::Pairs(pairs.collect::<Result<_, _>>()?)
        }
        Interaction::NumberLine { .. } => Response::Point(text.to_string()),
        _ => Response::Text(text.to_string()),
    })
}
