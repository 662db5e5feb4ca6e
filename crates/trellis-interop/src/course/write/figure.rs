//! Writing `[item.figure]`.

use trellis_core::item::{Bar, Drawing, Figure, Fill, Form, Shape};

use super::Sheet;
use super::value::{bare, inline, list, one_line, pair, quoted, texts};

type FigureText = Figure<String, String>;

pub(super) fn write(sheet: &mut Sheet, figure: &FigureText) {
    sheet.table("[item.figure]");
    match figure {
        Figure::Bars { bars } => write_bars(sheet, bars),
        Figure::NumberLine {
            from,
            to,
            step,
            points,
        } => {
            sheet.text("kind", "number-line");
            sheet.text("from", from);
            sheet.text("to", to);
            sheet.text("step", step);
            sheet.put(
                "points",
                &list(points.iter().map(|point| quoted(&point.at))),
            );
            labels(sheet, points.iter().map(|point| point.label.as_ref()));
        }
        Figure::Area {
            rows,
            columns,
            shaded_rows,
            shaded_columns,
        } => {
            sheet.text("kind", "area");
            sheet.text("rows", rows);
            sheet.text("columns", columns);
            sheet.text("shaded_rows", shaded_rows);
            sheet.text("shaded_columns", shaded_columns);
        }
        Figure::Grid { size, points, line } => {
            sheet.text("kind", "grid");
            sheet.text("size", size);
            let pairs = points.iter().map(|point| {
                let place = (point.x.clone(), point.y.clone());
                pair(&place, quoted)
            });
            sheet.put("points", &list(pairs));
            labels(sheet, points.iter().map(|point| point.label.as_ref()));
            sheet.slope(line.as_ref());
        }
        Figure::Balance { left, right } => {
            sheet.text("kind", "balance");
            sheet.text("left", left);
            sheet.text("right", right);
        }
        Figure::Tape { rows, part_label } => {
            sheet.text("kind", "tape");
            let rows = rows.iter().map(|row| {
                inline(&[
                    ("label", one_line(&row.label)),
                    ("parts", one_line(&row.parts)),
                ])
            });
            sheet.put("rows", &list(rows));
            sheet.maybe("part_label", part_label.as_ref());
        }
        Figure::Table { columns, rows } => {
            sheet.text("kind", "table");
            sheet.texts("columns", columns);
            sheet.put("rows", &list(rows.iter().map(|row| texts(row))));
        }
        Figure::Drawing(drawing) => write_drawing(sheet, drawing),
        Figure::BarChart(chart) => {
            sheet.text("kind", "bar-chart");
            sheet.maybe("title", chart.title.as_ref());
            sheet.maybe("unit", chart.unit.as_ref());
            sheet.texts("labels", &chart.labels);
            sheet.texts("values", &chart.values);
        }
        Figure::LineChart(chart) => {
            sheet.text("kind", "line-chart");
            sheet.maybe("title", chart.title.as_ref());
            sheet.maybe("x_label", chart.x_label.as_ref());
            sheet.maybe("y_label", chart.y_label.as_ref());
            sheet.texts("x", &chart.x);
            sheet.texts("y", &chart.y);
        }
    }
}

/// Labels belong to the first things of a list, in order; the rest have none.
fn labels<'a>(sheet: &mut Sheet, labels: impl Iterator<Item = Option<&'a String>>) {
    let labels: Vec<String> = labels.map_while(|label| label.cloned()).collect();
    sheet.texts("labels", &labels);
}

fn write_bars(sheet: &mut Sheet, bars: &[Bar<String, String>]) {
    sheet.text("kind", "bars");
    let whole: Option<Vec<String>> = bars.iter().map(value_of).collect();
    match whole {
        Some(whole) => sheet.texts("bars", &whole),
        None => {
            sheet.put("parts", &list(bars.iter().map(|bar| quoted(&bar.parts))));
            sheet.put("shaded", &list(bars.iter().map(|bar| quoted(&bar.shaded))));
        }
    }
    labels(sheet, bars.iter().map(|bar| bar.label.as_ref()));
}

/// The value of a bar that was given as one: `bars = ["a/b"]`.
fn value_of(bar: &Bar<String, String>) -> Option<String> {
    let value = bar.parts.strip_prefix("den(")?.strip_suffix(')')?;
    (bar.shaded == format!("num({value})")).then(|| value.to_owned())
}

fn write_drawing(sheet: &mut Sheet, drawing: &Drawing<String, String>) {
    sheet.text("kind", "drawing");
    sheet.maybe("title", drawing.title.as_ref());
    let size = (drawing.width.clone(), drawing.height.clone());
    sheet.put("size", &pair(&size, bare));
    for shape in &drawing.shapes {
        sheet.table("[[item.figure.shape]]");
        write_shape(sheet, shape);
    }
}

fn write_shape(sheet: &mut Sheet, shape: &Shape<String, String>) {
    write_form(sheet, &shape.form);
    if let Some(fill) = shape.fill {
        let name = Fill::NAMES.iter().find(|(_, known)| *known == fill);
        sheet.text("fill", name.map_or("one", |(name, _)| name));
    }
    sheet.maybe("region", shape.region.as_ref());
    sheet.maybe("name", shape.name.as_ref());
    sheet.maybe("label", shape.label.as_ref());
}

fn write_form(sheet: &mut Sheet, form: &Form<String, String>) {
    let mut put = |kind: &str, places: &[(&str, &(String, String))], sizes: &[(&str, &String)]| {
        sheet.text("kind", kind);
        for (name, place) in places {
            sheet.put(name, &pair(place, bare));
        }
        for (name, size) in sizes {
            sheet.put(name, &bare(size));
        }
    };
    match form {
        Form::Circle { at, r } => put("circle", &[("at", at)], &[("r", r)]),
        Form::Ellipse { at, rx, ry } => put("ellipse", &[("at", at)], &[("rx", rx), ("ry", ry)]),
        Form::Rectangle { at, w, h } => put("rectangle", &[("at", at)], &[("w", w), ("h", h)]),
        Form::Line { from, to } => put("line", &[("from", from), ("to", to)], &[]),
        Form::Arrow { from, to } => put("arrow", &[("from", from), ("to", to)], &[]),
        Form::Text { at, text } => {
            put("text", &[("at", at)], &[]);
            sheet.text("text", text);
        }
        Form::Polygon { points } => {
            put("polygon", &[], &[]);
            sheet.put(
                "points",
                &list(points.iter().map(|point| pair(point, bare))),
            );
        }
    }
}
