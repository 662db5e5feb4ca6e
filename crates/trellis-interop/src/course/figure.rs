//! Reading `[item.figure]`.

use toml::de::DeTable;

use trellis_core::item::{Bar, BarChart, Figure, GridPoint, LineChart, LinePoint, TapeRow};

use super::drawing;
use super::keys::{File, Keys, Places, nearest};

type FigureText = Figure<String, String>;

const KINDS: [&str; 10] = [
    "bars",
    "number-line",
    "area",
    "grid",
    "balance",
    "tape",
    "table",
    "drawing",
    "bar-chart",
    "line-chart",
];

pub(super) fn read(
    file: &mut File<'_>,
    places: &mut Places,
    table: &DeTable<'_>,
    line: usize,
) -> Option<FigureText> {
    let kind = table
        .get("kind")
        .and_then(|kind| kind.get_ref().as_str())
        .unwrap_or("");
    let known: &[&str] = match kind {
        "bars" => &["kind", "bars", "parts", "shaded", "labels"],
        "number-line" => &["kind", "from", "to", "step", "points", "labels"],
        "area" => &["kind", "rows", "columns", "shaded_rows", "shaded_columns"],
        "grid" => &["kind", "points", "size", "labels", "line"],
        "balance" => &["kind", "left", "right"],
        "tape" => &["kind", "rows", "part_label"],
        "table" => &["kind", "columns", "rows"],
        "drawing" => &["kind", "title", "size", "shape"],
        "bar-chart" => &["kind", "title", "unit", "labels", "values"],
        "line-chart" => &["kind", "title", "x_label", "y_label", "x", "y"],
        _ => {
            let near = nearest(kind, &KINDS).map(|near| format!(" (did you mean \"{near}\"?)"));
            let message = format!(
                "there is no figure \"{kind}\"{}; there are {}",
                near.unwrap_or_default(),
                KINDS.join(", ")
            );
            file.error(line, "figure", message);
            return None;
        }
    };
    let keys = Keys::new(file, table, line, "figure", known);
    Some(match kind {
        "bars" => bars(file, places, &keys),
        "number-line" => {
            let points = keys.texts(file, places, "points");
            let mut labels = keys.texts(file, places, "labels").into_iter();
            let points = points.into_iter().map(|at| LinePoint {
                at,
                label: labels.next(),
            });
            Figure::NumberLine {
                points: points.collect(),
                from: keys.needed(file, places, "from"),
                to: keys.needed(file, places, "to"),
                step: keys.needed(file, places, "step"),
            }
        }
        "area" => Figure::Area {
            rows: keys.needed(file, places, "rows"),
            columns: keys.needed(file, places, "columns"),
            shaded_rows: keys.needed(file, places, "shaded_rows"),
            shaded_columns: keys.needed(file, places, "shaded_columns"),
        },
        "grid" => grid(file, places, &keys),
        "balance" => Figure::Balance {
            left: keys.needed(file, places, "left"),
            right: keys.needed(file, places, "right"),
        },
        "tape" => {
            let mut rows = Vec::new();
            for (row, line) in keys.tables(file, "rows") {
                let row = Keys::new(file, row, line, "figure.rows", &["label", "parts"]);
                rows.push(TapeRow {
                    label: row.needed(file, places, "label"),
                    parts: row.needed(file, places, "parts"),
                });
            }
            Figure::Tape {
                rows,
                part_label: keys.text(file, places, "part_label"),
            }
        }
        "drawing" => Figure::Drawing(drawing::read(file, places, &keys)),
        "bar-chart" => bar_chart(file, places, &keys),
        "line-chart" => line_chart(file, places, &keys),
        _ => Figure::Table {
            columns: keys.texts(file, places, "columns"),
            rows: lists(file, &keys, "rows"),
        },
    })
}

fn bar_chart(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> FigureText {
    Figure::BarChart(BarChart {
        title: keys.text(file, places, "title"),
        unit: keys.text(file, places, "unit"),
        labels: keys.texts(file, places, "labels"),
        values: keys.texts(file, places, "values"),
    })
}

fn line_chart(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> FigureText {
    Figure::LineChart(LineChart {
        title: keys.text(file, places, "title"),
        x_label: keys.text(file, places, "x_label"),
        y_label: keys.text(file, places, "y_label"),
        x: keys.texts(file, places, "x"),
        y: keys.texts(file, places, "y"),
    })
}

fn bars(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> FigureText {
    let mut labels = keys.texts(file, places, "labels").into_iter();
    let whole = keys.texts(file, places, "bars");
    let parts = keys.texts(file, places, "parts");
    let shaded = keys.texts(file, places, "shaded");
    if parts.len() != shaded.len() || (whole.is_empty() && parts.is_empty()) {
        let message = "bars need bars = [..], or parts = [..] and shaded = [..] of the same length";
        file.error(keys.line, "figure", message);
    }
    let whole = whole
        .iter()
        .map(|value| (format!("den({value})"), format!("num({value})")));
    let all = whole.chain(parts.into_iter().zip(shaded));
    let bars = all
        .map(|(parts, shaded)| Bar {
            parts,
            shaded,
            label: labels.next(),
        })
        .collect();
    Figure::Bars { bars }
}

fn grid(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> FigureText {
    let mut labels = keys.texts(file, places, "labels").into_iter();
    let mut points = Vec::new();
    for point in lists(file, keys, "points") {
        match <[String; 2]>::try_from(point) {
            Ok([x, y]) => points.push(GridPoint {
                x,
                y,
                label: labels.next(),
            }),
            Err(_) => file.error(
                keys.line_of(file, "points"),
                "figure",
                "a point is [\"x\", \"y\"]",
            ),
        }
    }
    let line = keys.texts(file, places, "line");
    let line = match <[String; 2]>::try_from(line) {
        Ok([slope, intercept]) => Some((slope, intercept)),
        Err(other) => {
            if !other.is_empty() {
                let message = "a line is [\"slope\", \"intercept\"]";
                file.error(keys.line_of(file, "line"), "figure", message);
            }
            None
        }
    };
    Figure::Grid {
        size: keys.needed(file, places, "size"),
        points,
        line,
    }
}

/// A list of lists of texts.
fn lists(file: &mut File<'_>, keys: &Keys<'_, '_>, key: &str) -> Vec<Vec<String>> {
    let rows = keys.value(key).and_then(|value| value.get_ref().as_array());
    let mut out = Vec::new();
    for row in rows.into_iter().flatten() {
        let cells = row.get_ref().as_array().into_iter().flatten();
        let cells: Vec<String> = cells
            .filter_map(|cell| super::keys::scalar(cell.get_ref()))
            .collect();
        if cells.is_empty() {
            let line = file.line(row.span().start);
            file.error(
                line,
                "wrong-type",
                format!("\"{key}\" must be lists of texts: [[\"..\", \"..\"]]"),
            );
        }
        out.push(cells);
    }
    out
}
