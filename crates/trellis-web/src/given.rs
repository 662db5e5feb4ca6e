//! An answer as it was given, as HTML that is safe to show: mathematics where it reads as such, else the words that it is.

use trellis_core::item::{Entry, FileKind, Interaction, Response, upload_kind};
use trellis_math::parse::{ReadOptions, typed};

use crate::markup;

fn entry_html(entries: &[&[Entry]], key: &str) -> String {
    entries
        .iter()
        .copied()
        .flatten()
        .find(|entry| entry.key == key)
        .map_or_else(|| escaped(key), |entry| markup::line(&entry.text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    markup::escape(&mut out, text);
    out
}

/// Several parts of one answer, each kept together.
fn listed(parts: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for (place, part) in parts.enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        out.push_str(&format!("{comma}<span class=\"part\">{part}</span>"));
    }
    out
}

/// Something typed: as mathematics where it reads as such, else as the words that it is.
fn typed_html(text: &str, is_words: bool) -> String {
    let looks_like_words = !text.chars().any(|letter| letter.is_ascii_digit())
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 2;
    if is_words || looks_like_words {
        return escaped(text);
    }
    match typed(text, &ReadOptions::default()) {
        Ok(expression) => trellis_math::mathml::from_expr(&expression),
        Err(_) => escaped(text),
    }
}

/// A file that was handed in: a picture is shown, anything else can be saved.
fn file_html(name: &str, bytes: u32) -> String {
    let Some(kind) = upload_kind(name) else {
        return escaped("–");
    };
    let ending = name.rsplit('.').next().unwrap_or("").to_uppercase();
    let said = format!("{ending}, {} kB", bytes.div_ceil(1_000));
    if kind == FileKind::Picture {
        let shown = format!("<img class=\"shown\" src=\"/handed/{name}\" alt=\"{said}\">");
        return format!("<a href=\"/handed/{name}\">{shown}</a>");
    }
    format!("<a class=\"btn sm\" href=\"/handed/{name}\" download>{said}</a>")
}

/// The entry that a key stands for, as plain text; the key itself where none is known.
fn entry_text(entries: &[&[Entry]], key: &str) -> String {
    let mut all = entries.iter().copied().flatten();
    let found = all.find(|entry| entry.key == key);
    found.map_or_else(|| key.to_owned(), |entry| markup::plain(&entry.text))
}

/// The parts of an answer, with each entry that was picked as `said` says it; what was typed, and the name of a file, as they are.
fn parts(
    response: &Response,
    interaction: Option<&Interaction>,
    said: impl Fn(&[&[Entry]], &str) -> String,
) -> Vec<String> {
    let entries: Vec<&[Entry]> = match interaction {
        Some(Interaction::Choice { options } | Interaction::MultipleChoice { options }) => {
            vec![options]
        }
        Some(Interaction::Order { entries }) => vec![entries],
        Some(Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions }) => {
            vec![regions]
        }
        _ => Vec::new(),
    };
    match response {
        Response::Text(typed) | Response::Point(typed) => vec![typed.clone()],
        Response::File { name, .. } => vec![name.clone()],
        Response::Choice(key) => vec![said(&entries, key)],
        Response::Choices(keys) | Response::Order(keys) => {
            keys.iter().map(|key| said(&entries, key)).collect()
        }
        Response::Pairs(pairs) => {
            // Both sides may count their entries in the same letters.
            let (lefts, rights): (&[Entry], &[Entry]) = match interaction {
                Some(Interaction::Match { left, right }) => (left, right),
                _ => (&[], &[]),
            };
            let pair = |(left, right): &(String, String)| {
                format!("{} → {}", said(&[lefts], left), said(&[rights], right))
            };
            pairs.iter().map(pair).collect()
        }
        Response::Gaps(gaps) => {
            let gap = |(gap, given): (usize, &String)| {
                let options: Vec<&[Entry]> = match interaction {
                    Some(Interaction::InlineChoice { gaps }) => {
                        gaps.get(gap).map(Vec::as_slice).into_iter().collect()
                    }
                    Some(Interaction::GapMatch { bank, .. }) => vec![bank],
                    _ => Vec::new(),
                };
                said(&options, given)
            };
            gaps.iter().enumerate().map(gap).collect()
        }
        Response::Points(points) => {
            let point = |(x, y): &(String, String)| said(&[], &format!("({x}, {y})"));
            points.iter().map(point).collect()
        }
    }
}

/// An answer as HTML. `interaction` is how it was asked for, when that is still known; without it, options show their keys.
pub(crate) fn html(response: &Response, interaction: Option<&Interaction>) -> String {
    match response {
        Response::Text(text) if matches!(interaction, Some(Interaction::Written { .. })) => {
            let lines: Vec<String> = text.lines().map(escaped).collect();
            lines.join("<br>")
        }
        Response::Text(text) => {
            let words = matches!(interaction, Some(Interaction::Words | Interaction::Text));
            typed_html(text, words)
        }
        Response::Point(text) => typed_html(text, false),
        Response::File { name, bytes } => file_html(name, *bytes),
        Response::Choice(_) => parts(response, interaction, entry_html).concat(),
        _ => listed(parts(response, interaction, entry_html).into_iter()),
    }
}

/// An answer as plain text, for the cell of a table.
pub(crate) fn text(response: &Response, interaction: Option<&Interaction>) -> String {
    parts(response, interaction, entry_text).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_of_a_pair_is_named_by_its_own_entries() {
        let side = |words: [&str; 2]| {
            let keys = ["a", "b"].into_iter().zip(words);
            let entry = |(key, text): (&str, &str)| Entry {
                key: key.into(),
                text: text.into(),
            };
            keys.map(entry).collect::<Vec<_>>()
        };
        let interaction = Interaction::Match {
            left: side(["high", "low"]),
            right: side(["3 : 2", "2 : 3"]),
        };
        let pairs = vec![("a".into(), "b".into()), ("b".into(), "a".into())];
        let shown = html(&Response::Pairs(pairs), Some(&interaction));
        assert!(shown.contains("high → 2 : 3"), "{shown}");
        assert!(shown.contains("low → 3 : 2"), "{shown}");
        let pairs = vec![("a".into(), "b".into()), ("b".into(), "a".into())];
        let plain = text(&Response::Pairs(pairs), Some(&interaction));
        assert_eq!(plain, "high → 2 : 3, low → 3 : 2");
    }

    #[test]
    fn typed_answers_are_mathematics_or_escaped_words() {
        assert!(typed_html("2/5", false).contains("<mfrac>"));
        assert_eq!(typed_html("I don't know", false), "I don&#39;t know");
        assert_eq!(typed_html("2/5", true), "2/5");
        assert_eq!(
            typed_html("<img src=x onerror=1>", false),
            "&lt;img src=x onerror=1&gt;"
        );
        assert_eq!(html(&Response::Choice("<b>".into()), None), "&lt;b&gt;");
        let name = |ending: &str| format!("{}.{ending}", "0c".repeat(32));
        let picture = file_html(&name("jpg"), 1_200_500);
        assert!(picture.contains("<img") && picture.contains("alt=\"JPG, 1201 kB\""));
        let pdf = file_html(&name("pdf"), 10);
        assert!(pdf.contains(" download>PDF, 1 kB<") && !pdf.contains("<img"));
        assert_eq!(file_html("<script>.jpg", 1), "–");
    }
}
