//! Answers with several parts as HTML: menus and boxes in the gaps of a text, a table to fill, a grid to point at; and,
//! once an attempt is over, the key in their place.

use trellis_core::item::{CellKind, Entry, Interaction, Key, Number, Response, Variant};

use crate::figure;
use crate::markup::{escape, filled_line, line, plain};
use crate::words::Words;

/// What the last response holds in each gap.
fn given(last: Option<&Response>) -> &[String] {
    match last {
        Some(Response::Gaps(gaps)) => gaps,
        _ => &[],
    }
}

/// The control of each gap; none for an interaction without gaps in its stem.
pub(super) fn controls(
    interaction: &Interaction,
    last: Option<&Response>,
    words: &Words,
) -> Vec<String> {
    let given = given(last);
    let menus: Vec<&[Entry]> = match interaction {
        Interaction::InlineChoice { gaps } => gaps.iter().map(Vec::as_slice).collect(),
        Interaction::GapMatch { gaps, bank } => vec![bank.as_slice(); *gaps],
        _ => Vec::new(),
    };
    let all = menus.len();
    let menus = menus.into_iter().enumerate();
    menus
        .map(|(gap, options)| menu(gap, all, options, given.get(gap), words))
        .collect()
}

/// A menu stands in the question, outside the form; it belongs to the form by name.
fn menu(
    gap: usize,
    all: usize,
    options: &[Entry],
    given: Option<&String>,
    words: &Words,
) -> String {
    let number = gap + 1;
    let mut out =
        format!("<select class=\"gap\" name=\"gap-{number}\" form=\"answer-form\" aria-label=\"");
    let label = words.with(
        "answer-gap",
        &[("number", &number.to_string()), ("all", &all.to_string())],
    );
    escape(&mut out, &label);
    out.push_str("\"><option value=\"\">");
    escape(&mut out, &words.t("answer-gap-none"));
    out.push_str("</option>");
    for option in options {
        out.push_str("<option value=\"");
        escape(&mut out, &option.key);
        out.push('"');
        if given == Some(&option.key) {
            out.push_str(" selected");
        }
        out.push('>');
        escape(&mut out, &plain(&option.text));
        out.push_str("</option>");
    }
    out.push_str("</select>");
    out
}

/// What stands in each gap once the attempt is over: the right words, marked where the learner had others.
pub(super) fn right_gaps(variant: &Variant, last: Option<&Response>) -> Vec<String> {
    let interaction = &variant.presentation.interaction;
    let given = given(last);
    let keys: Vec<(String, bool)> = match &variant.key {
        Key::Gaps { right } => {
            let gaps = right.iter().enumerate();
            gaps.map(|(gap, key)| {
                let options: &[Entry] = match interaction {
                    Interaction::InlineChoice { gaps } => gaps.get(gap).map_or(&[], Vec::as_slice),
                    Interaction::GapMatch { bank, .. } => bank,
                    _ => &[],
                };
                let entry = options.iter().find(|option| option.key == *key);
                let text = entry.map_or_else(String::new, |entry| line(&entry.text));
                (text, given.get(gap) == Some(key))
            })
            .collect()
        }
        Key::Cells { right } => right
            .iter()
            .map(|key| {
                let mut text = String::new();
                escape(&mut text, &first_of(key));
                (text, false)
            })
            .collect(),
        _ => Vec::new(),
    };
    keys.into_iter()
        .map(|(text, was_right)| {
            let class = if was_right { "filled" } else { "filled new" };
            format!("<strong class=\"{class}\">{text}</strong>")
        })
        .collect()
}

/// A cell's key as one text.
fn first_of(key: &Key) -> String {
    match key {
        Key::Text { answers, .. } => answers.first().cloned().unwrap_or_default(),
        other => other.text(),
    }
}

/// The right answer in a line of its own, for kinds whose question does not show it; `None` for the others.
pub(super) fn answer_line(variant: &Variant) -> Option<String> {
    match (&variant.presentation.interaction, &variant.key) {
        (Interaction::Text, key) => {
            let mut out = String::new();
            escape(&mut out, &first_of(key));
            Some(out)
        }
        (Interaction::Hotspot { regions, .. }, Key::Choice { right }) => {
            listed(regions, std::slice::from_ref(right))
        }
        (Interaction::Hotspot { regions, .. }, Key::Choices { right }) => listed(regions, right),
        (Interaction::GraphicOrder { regions }, Key::Order { right }) => listed(regions, right),
        (Interaction::Plot { .. }, Key::Plot { points }) => {
            let points = points.iter().map(|(x, y)| format!("({x}, {y})"));
            Some(points.collect::<Vec<_>>().join(", "))
        }
        (Interaction::Plot { .. }, _) => match variant.key.response()? {
            Response::Points(points) => {
                let points = points.iter().map(|(x, y)| format!("({x}, {y})"));
                Some(points.collect::<Vec<_>>().join(", "))
            }
            _ => None,
        },
        _ => None,
    }
}

fn listed(regions: &[Entry], keys: &[String]) -> Option<String> {
    let texts = keys.iter().map(|key| {
        let entry = regions.iter().find(|region| region.key == *key)?;
        Some(line(&entry.text))
    });
    Some(texts.collect::<Option<Vec<_>>>()?.join(", "))
}

/// The regions that are right, to be pointed out in the figure.
pub(super) fn right_regions(variant: &Variant) -> Vec<String> {
    match (&variant.presentation.interaction, &variant.key) {
        (Interaction::Hotspot { .. }, Key::Choice { right }) => vec![right.clone()],
        (Interaction::Hotspot { .. }, Key::Choices { right }) => right.clone(),
        _ => Vec::new(),
    }
}

/// A table with what fills its gaps; `None` for another interaction.
pub(super) fn table(interaction: &Interaction, fills: &[String]) -> Option<String> {
    let Interaction::TableEntry { columns, rows, .. } = interaction else {
        return None;
    };
    let fill = |cell: &str| filled_line(cell, fills);
    Some(figure::table("facts fill", columns, rows, fill))
}

/// A box for each blank cell of a table, named after its row and column.
pub(super) fn boxes(
    interaction: &Interaction,
    last: Option<&Response>,
    words: &Words,
) -> Vec<String> {
    let Interaction::TableEntry {
        columns,
        rows,
        cells,
    } = interaction
    else {
        return Vec::new();
    };
    let given = given(last);
    let name = |gap: usize| {
        let found = rows.iter().find_map(|row| {
            let mut cells = row.iter().enumerate();
            let (column, _) =
                cells.find(|(_, cell)| trellis_core::item::markup::gaps(cell).contains(&gap))?;
            Some((row.first()?, columns.get(column)?))
        });
        let (row, column) = found.map_or((String::new(), String::new()), |(row, column)| {
            (plain(row), plain(column))
        });
        words.with("answer-cell", &[("row", &row), ("column", &column)])
    };
    let cells = cells.iter().enumerate();
    cells
        .map(|(place, kind)| {
            let gap = place + 1;
            let (size, mode) = match kind {
                CellKind::Number => (6, "text"),
                CellKind::Text => (14, "text"),
            };
            let mut out = format!(
                "<input type=\"text\" class=\"cellbox\" name=\"gap-{gap}\" size=\"{size}\" inputmode=\"{mode}\" maxlength=\"200\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" aria-label=\""
            );
            escape(&mut out, &name(gap));
            out.push_str("\" value=\"");
            escape(&mut out, given.get(place).map_or("", String::as_str));
            out.push_str("\">");
            out
        })
        .collect()
}

/// One point to set: its number and what was set last.
pub(super) struct Point {
    pub(super) number: usize,
    pub(super) label: String,
    pub(super) x: String,
    pub(super) y: String,
}

/// The points to set; empty for another interaction.
pub(super) fn points(
    interaction: &Interaction,
    last: Option<&Response>,
    words: &Words,
) -> Vec<Point> {
    let Interaction::Plot { points, .. } = interaction else {
        return Vec::new();
    };
    let given: &[(String, String)] = match last {
        Some(Response::Points(given)) => given,
        _ => &[],
    };
    (0..*points)
        .map(|place| {
            let (x, y) = given.get(place).cloned().unwrap_or_default();
            let number = place + 1;
            let label = words.one("answer-point", "number", &number.to_string());
            Point {
                number,
                label,
                x,
                y,
            }
        })
        .collect()
}

/// The grid with points on it: those of the last response, or of the key once it may be told.
pub(super) fn grid(
    interaction: &Interaction,
    shown: Option<&Response>,
    words: &Words,
) -> Option<String> {
    let Interaction::Plot {
        from,
        to,
        step,
        points,
        line,
    } = interaction
    else {
        return None;
    };
    let shown: Vec<(Number, Number)> = match shown {
        Some(Response::Points(given)) => given
            .iter()
            .filter_map(|(x, y)| Some((Number::read(x)?, Number::read(y)?)))
            .collect(),
        _ => Vec::new(),
    };
    Some(figure::plane(
        [from, to, step],
        &shown,
        *points,
        *line,
        words,
    ))
}
