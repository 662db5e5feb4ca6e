//! Figures of items as SVG with a text alternative. Colours come from classes, so that they follow the theme.

mod chart;
mod drawing;
mod plane;
mod svg;

use std::fmt::Write as _;

use trellis_core::item::{Bar, Figure, GridPoint, LinePoint, Number, TapeRow};

use crate::markup::{line, plain};
use crate::words::Words;
use svg::{Picture, WIDTH, dot, rect, stroke, text};

pub(crate) use plane::html as plane;

/// A figure as HTML: an SVG with a name that says what it shows, or a table. `regions` are those of a drawing that are
/// marked: the right ones, once that may be told.
pub(crate) fn html(figure: &Figure, regions: &[String], words: &Words) -> String {
    match figure {
        Figure::Table { columns, rows } => table("facts", columns, rows, line),
        _ => picture(figure, regions, words).map_or_else(String::new, |picture| picture.html()),
    }
}

/// What a picture shows, in words; nothing for a table, which is text itself.
pub(crate) fn name(figure: &Figure, words: &Words) -> Option<String> {
    picture(figure, &[], words).map(|picture| picture.name)
}

fn picture(figure: &Figure, regions: &[String], words: &Words) -> Option<Picture> {
    Some(match figure {
        Figure::Drawing(drawing) => drawing::picture(drawing, regions, words),
        Figure::BarChart(chart) => chart::bars(chart, words),
        Figure::LineChart(chart) => chart::line(chart, words),
        Figure::Bars { bars } => bars_svg(bars, words),
        Figure::NumberLine {
            from,
            to,
            step,
            points,
        } => number_line(from, to, step, points, words),
        Figure::Area {
            rows,
            columns,
            shaded_rows,
            shaded_columns,
        } => area(
            [rows, columns, shaded_rows, shaded_columns].map(count),
            words,
        ),
        Figure::Grid { size, points, line } => grid(count(size), points, line.as_ref(), words),
        Figure::Balance { left, right } => balance(left, right, words),
        Figure::Tape { rows, part_label } => tape(rows, part_label.as_deref(), words),
        Figure::Table { .. } => return None,
    })
}

fn count(number: &Number) -> u32 {
    number
        .to_i64()
        .and_then(|whole| u32::try_from(whole).ok())
        .unwrap_or(0)
}

fn bars_svg(bars: &[Bar], words: &Words) -> Picture {
    let mut shapes = String::new();
    let mut names = Vec::new();
    let mut y = 6.0;
    for bar in bars {
        let (parts, shaded) = (count(&bar.parts).max(1), count(&bar.shaded));
        let wholes = shaded.div_ceil(parts).max(1);
        let gap = 12.0;
        let width = ((WIDTH - 20.0 - gap * f64::from(wholes - 1)) / f64::from(wholes)).min(420.0);
        for whole in 0..wholes {
            let left = 10.0 + f64::from(whole) * (width + gap);
            let part = width / f64::from(parts);
            for place in 0..parts {
                let class = if whole * parts + place < shaded {
                    "f-on"
                } else {
                    "f-off"
                };
                rect(
                    &mut shapes,
                    [left + f64::from(place) * part, y, part, 46.0],
                    class,
                );
            }
        }
        y += 54.0;
        let label = bar.label.as_deref().map(plain);
        if let Some(label) = &label {
            text(&mut shapes, 10.0, y + 12.0, "start", label);
            y += 22.0;
        }
        y += 8.0;
        let numbers = [("parts", f64::from(parts)), ("shaded", f64::from(shaded))];
        let name = words.mixed("figure-bar", &numbers, &[]);
        names.push(label.map_or(name.clone(), |label| format!("{label}: {name}")));
    }
    Picture::new(y, names.join(" "), shapes)
}

fn number_line(
    from: &Number,
    to: &Number,
    step: &Number,
    points: &[LinePoint],
    words: &Words,
) -> Picture {
    let (low, high, step_size) = (from.to_f64(), to.to_f64(), step.to_f64());
    let place = |at: f64| 24.0 + (at - low) / (high - low).max(f64::MIN_POSITIVE) * (WIDTH - 48.0);
    let mut shapes = String::new();
    stroke(&mut shapes, [10.0, 44.0, WIDTH - 10.0, 44.0], "f-axis");
    let marks = ((high - low) / step_size.max(f64::MIN_POSITIVE))
        .round()
        .clamp(1.0, 144.0);
    let mut at = 0.0;
    while at <= marks {
        let x = place(low + at * step_size);
        let value = low + at * step_size;
        let whole = (value - value.round()).abs() < 1e-9;
        stroke(
            &mut shapes,
            [
                x,
                if whole { 32.0 } else { 37.0 },
                x,
                if whole { 56.0 } else { 51.0 },
            ],
            "f-axis",
        );
        if whole && (marks <= 24.0 || (value.round() / 5.0).fract().abs() < 1e-9) {
            text(
                &mut shapes,
                x,
                76.0,
                "middle",
                &format!("{}", value.round()),
            );
        }
        at += 1.0;
    }
    let mut named = Vec::new();
    for point in points {
        let x = place(point.at.to_f64());
        dot(&mut shapes, x, 44.0);
        let label = point.label.as_deref().map(plain);
        if let Some(label) = &label {
            text(&mut shapes, x, 24.0, "middle", label);
        }
        named.push(label.unwrap_or_else(|| point.at.to_string()));
    }
    let parts = [
        ("from", from.to_string()),
        ("to", to.to_string()),
        ("step", step.to_string()),
    ];
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let mut name = words.with("figure-line", &parts);
    if !named.is_empty() {
        name.push(' ');
        name.push_str(&words.one("figure-line-points", "points", &named.join(", ")));
    }
    Picture::new(88.0, name, shapes)
}

fn area([rows, columns, shaded_rows, shaded_columns]: [u32; 4], words: &Words) -> Picture {
    let (rows, columns) = (rows.max(1), columns.max(1));
    let size = 220.0;
    let (width, height) = (size / f64::from(columns), size / f64::from(rows));
    let mut shapes = String::new();
    for row in 0..rows {
        for column in 0..columns {
            let class = match (row < shaded_rows, column < shaded_columns) {
                (true, true) => "f-both",
                (true, false) | (false, true) => "f-some",
                (false, false) => "f-off",
            };
            rect(
                &mut shapes,
                [
                    210.0 + f64::from(column) * width,
                    6.0 + f64::from(row) * height,
                    width,
                    height,
                ],
                class,
            );
        }
    }
    let numbers = [
        ("rows", rows),
        ("columns", columns),
        ("shadedrows", shaded_rows),
        ("shadedcolumns", shaded_columns),
    ];
    let numbers: Vec<(&str, f64)> = numbers
        .iter()
        .map(|(name, value)| (*name, f64::from(*value)))
        .collect();
    Picture::new(232.0, words.mixed("figure-area", &numbers, &[]), shapes)
}

fn grid(
    size: u32,
    points: &[GridPoint],
    slope_and_start: Option<&(Number, Number)>,
    words: &Words,
) -> Picture {
    let size = f64::from(size.clamp(1, 20));
    let unit = 300.0 / (2.0 * size);
    let (cx, cy) = (WIDTH / 2.0, 158.0);
    let mut shapes = String::new();
    let mut at = -size;
    while at <= size {
        let class = if at == 0.0 { "f-axis" } else { "f-grid" };
        stroke(
            &mut shapes,
            [cx + at * unit, cy - 150.0, cx + at * unit, cy + 150.0],
            class,
        );
        stroke(
            &mut shapes,
            [cx - 150.0, cy + at * unit, cx + 150.0, cy + at * unit],
            class,
        );
        at += 1.0;
    }
    text(&mut shapes, cx + 150.0 + 12.0, cy + 5.0, "start", "x");
    text(&mut shapes, cx, cy - 150.0 - 2.0, "middle", "y");
    text(&mut shapes, cx + unit, cy + 16.0, "middle", "1");
    let mut names = vec![words.count("figure-grid", "size", size)];
    if let Some((slope, start)) = slope_and_start {
        let y_at = |x: f64| slope.to_f64() * x + start.to_f64();
        let mut ends = Vec::new();
        let mut x = -size;
        while x <= size {
            if y_at(x).abs() <= size {
                ends.push((x, y_at(x)));
            }
            x += size / 200.0;
        }
        if let (Some((x1, y1)), Some((x2, y2))) = (ends.first(), ends.last()) {
            stroke(
                &mut shapes,
                [
                    cx + x1 * unit,
                    cy - y1 * unit,
                    cx + x2 * unit,
                    cy - y2 * unit,
                ],
                "f-line",
            );
        }
        let start = start.to_string();
        let at_one = Number::whole(1).to_f64();
        let rise = format!("{}", y_at(at_one));
        names.push(words.with("figure-grid-line", &[("start", &start), ("rise", &rise)]));
    }
    for point in points {
        let (x, y) = (cx + point.x.to_f64() * unit, cy - point.y.to_f64() * unit);
        dot(&mut shapes, x, y);
        let label = point.label.as_deref().map(plain).unwrap_or_default();
        text(&mut shapes, x + 10.0, y - 9.0, "start", &label);
        names.push(words.with(
            "figure-grid-point",
            &[
                ("label", &label),
                ("x", &point.x.to_string()),
                ("y", &point.y.to_string()),
            ],
        ));
    }
    Picture::new(318.0, names.join(" "), shapes)
}

fn balance(left: &str, right: &str, words: &Words) -> Picture {
    let (left_words, right_words) = (plain(left), plain(right));
    let name = words.with(
        "figure-balance",
        &[("left", &left_words), ("right", &right_words)],
    );
    let mut shapes = String::new();
    stroke(&mut shapes, [120.0, 84.0, 520.0, 84.0], "f-line");
    stroke(&mut shapes, [320.0, 84.0, 320.0, 122.0], "f-line");
    shapes.push_str("<path d=\"M284 124h72\" class=\"f-line\"/>");
    for (x, side) in [(200.0, &left_words), (440.0, &right_words)] {
        rect(&mut shapes, [x - 100.0, 24.0, 200.0, 46.0], "f-some");
        text(&mut shapes, x, 54.0, "middle", side);
        stroke(&mut shapes, [x - 70.0, 72.0, x + 70.0, 72.0], "f-axis");
        stroke(&mut shapes, [x, 72.0, x, 84.0], "f-axis");
    }
    Picture::new(132.0, name, shapes)
}

fn tape(rows: &[TapeRow], part_label: Option<&str>, words: &Words) -> Picture {
    let most = rows
        .iter()
        .map(|row| count(&row.parts))
        .max()
        .unwrap_or(1)
        .max(1);
    let width = ((WIDTH - 190.0) / f64::from(most)).min(64.0);
    let mut shapes = String::new();
    let mut names = Vec::new();
    let mut y = 6.0;
    for row in rows {
        let label = plain(&row.label);
        text(&mut shapes, 150.0, y + 28.0, "end", &label);
        let parts = count(&row.parts);
        for place in 0..parts {
            rect(
                &mut shapes,
                [164.0 + f64::from(place) * width, y, width, 42.0],
                "f-some",
            );
            if let Some(part) = part_label {
                text(
                    &mut shapes,
                    164.0 + (f64::from(place) + 0.5) * width,
                    y + 27.0,
                    "middle",
                    &plain(part),
                );
            }
        }
        names.push(words.mixed(
            "figure-tape",
            &[("parts", f64::from(parts))],
            &[("label", &label)],
        ));
        y += 52.0;
    }
    Picture::new(y, names.join(" "), shapes)
}

/// A table that scrolls by itself where it is wide. `classes` are of the style sheet; `cell` writes a cell as HTML.
pub(crate) fn table(
    classes: &str,
    columns: &[String],
    rows: &[Vec<String>],
    cell: impl Fn(&str) -> String,
) -> String {
    let mut out = format!("<div class=\"scroll\"><table class=\"{classes}\"><thead><tr>");
    for column in columns {
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, "<th scope=\"col\">{}</th>", line(column));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for text in row {
            let _ = write!(out, "<td>{}</td>", cell(text));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_says_what_it_shows_and_shades_as_many_parts() {
        let bar = Bar {
            parts: Number::whole(3),
            shaded: Number::whole(2),
            label: None,
        };
        let html = html(&Figure::Bars { bars: vec![bar] }, &[], &Words::english());
        assert_eq!(html.matches("f-on").count(), 2);
        assert_eq!(html.matches("f-off").count(), 1);
        assert!(
            html.contains("aria-label=\"A bar in 3 equal parts, 2 of them shaded.\""),
            "{html}"
        );
    }

    #[test]
    fn labels_are_escaped() {
        let figure = Figure::Balance {
            left: "<b>".to_owned(),
            right: "x & y".to_owned(),
        };
        let html = html(&figure, &[], &Words::english());
        assert!(
            !html.contains("<b>") && html.contains("&lt;b&gt;") && html.contains("x &amp; y"),
            "{html}"
        );
    }
}
