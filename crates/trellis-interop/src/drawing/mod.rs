//! Drawings of items as SVG, there and back: the picture that other programs show holds all that we read again.

mod grid;

use trellis_core::item::{Drawing, Fill, Form, Number, Shape};

use crate::decimal::read_number;
use crate::xml::{self, Element};

pub use grid::{Grid, GridGoal};

/// The namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";
/// How wide a drawing is shown at least, in pixels.
const SHOWN_WIDTH: f64 = 600.0;
/// Colours of the palette for programs that do not know ours.
const COLOURS: [&str; 6] = [
    "#9ecae1", "#fdd0a2", "#a1d99b", "#dadaeb", "#fcbba1", "#d9d9d9",
];

/// A region of a drawing as QTI names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its id in the drawing.
    pub region: String,
    /// `circle`, `ellipse`, `rect` or `poly`.
    pub shape: &'static str,
    /// In pixels of the picture, as QTI lists them for the shape.
    pub coords: Vec<i64>,
}

fn element(name: &str) -> Element {
    Element {
        space: SVG.to_string(),
        ..Element::new(name)
    }
}

/// Writes a number; one that no decimal ends is also kept as it is.
fn put(to: &mut Element, name: &str, number: &Number) {
    match number.decimal() {
        Some(decimal) => to.set(name, decimal),
        None => {
            to.set(name, format!("{:.4}", number.to_f64()));
            to.set(&format!("data-{name}"), number.to_string());
        }
    }
}

fn get(from: &Element, name: &str) -> Option<Number> {
    let exact = from.get(&format!("data-{name}"));
    exact.or_else(|| from.get(name)).and_then(read_number)
}

fn put_point(to: &mut Element, names: [&str; 2], (x, y): &(Number, Number)) {
    put(to, names[0], x);
    put(to, names[1], y);
}

fn get_point(from: &Element, names: [&str; 2]) -> Option<(Number, Number)> {
    Some((get(from, names[0])?, get(from, names[1])?))
}

/// How many pixels a unit of a drawing takes when it is shown: a whole number.
fn pixels(drawing: &Drawing) -> f64 {
    (SHOWN_WIDTH / drawing.width.to_f64()).ceil().max(1.0)
}

/// The width and height of the picture, in pixels.
#[must_use]
pub fn size(drawing: &Drawing) -> (i64, i64) {
    let scale = pixels(drawing);
    (
        rounded(drawing.width.to_f64() * scale),
        rounded(drawing.height.to_f64() * scale),
    )
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a drawing is at most 1000 units wide and high; a larger number would only be cut"
)]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}

/// The drawing as a picture.
#[must_use]
pub fn svg(drawing: &Drawing) -> Vec<u8> {
    let (width, height) = size(drawing);
    let view = format!("0 0 {} {}", drawing.width.to_f64(), drawing.height.to_f64());
    let mut root = element("svg")
        .with("data-trellis", "drawing")
        .with("data-width", drawing.width.to_string())
        .with("data-height", drawing.height.to_string())
        .with("viewBox", view)
        .with("width", width.to_string())
        .with("height", height.to_string());
    if let Some(title) = &drawing.title {
        root = root.child(element("title").text(title));
    }
    let head = element("path")
        .with("d", "M0 0L6 3L0 6z")
        .with("fill", "#333333");
    let marker = element("marker")
        .with("id", "head")
        .with("refX", "5")
        .with("refY", "3")
        .with("markerWidth", "6")
        .with("markerHeight", "6")
        .with("orient", "auto")
        .child(head);
    root = root.child(element("defs").child(marker));
    for shape in &drawing.shapes {
        root = root.child(drawn(shape));
        if let (Some(label), Some((x, y))) = (&shape.label, middle(&shape.form)) {
            let mut text = element("text").with("data-part", "label");
            put_point(&mut text, ["x", "y"], &(x, y));
            root = root.child(worded(text, label));
        }
    }
    xml::write(&root).into_bytes()
}

fn worded(element: Element, text: &str) -> Element {
    element
        .with("text-anchor", "middle")
        .with("font-size", "4")
        .with("font-family", "sans-serif")
        .with("fill", "#222222")
        .text(text)
}

fn drawn(shape: &Shape) -> Element {
    let mut out = match &shape.form {
        Form::Circle { at, r } => {
            let mut out = element("circle");
            put_point(&mut out, ["cx", "cy"], at);
            put(&mut out, "r", r);
            out
        }
        Form::Ellipse { at, rx, ry } => {
            let mut out = element("ellipse");
            put_point(&mut out, ["cx", "cy"], at);
            put(&mut out, "rx", rx);
            put(&mut out, "ry", ry);
            out
        }
        Form::Rectangle { at, w, h } => {
            let mut out = element("rect");
            put_point(&mut out, ["x", "y"], at);
            put(&mut out, "width", w);
            put(&mut out, "height", h);
            out
        }
        Form::Line { from, to } | Form::Arrow { from, to } => {
            let mut out = element("line");
            put_point(&mut out, ["x1", "y1"], from);
            put_point(&mut out, ["x2", "y2"], to);
            if matches!(shape.form, Form::Arrow { .. }) {
                out = out
                    .with("data-head", "true")
                    .with("marker-end", "url(#head)");
            }
            out
        }
        Form::Polygon { points } => polygon(points),
        Form::Text { at, text } => {
            let mut out = element("text");
            put_point(&mut out, ["x", "y"], at);
            worded(out, text)
        }
    };
    if !matches!(shape.form, Form::Text { .. }) {
        let colour = shape.fill.and_then(|fill| {
            let place = Fill::NAMES.iter().position(|(_, known)| *known == fill);
            place.and_then(|place| COLOURS.get(place))
        });
        out.set("fill", colour.copied().unwrap_or("none"));
        out.set("stroke", "#333333");
        out.set("stroke-width", "0.5");
    }
    let fill = Fill::NAMES
        .iter()
        .find(|(_, fill)| Some(*fill) == shape.fill);
    out.with_some("data-fill", fill.map(|(name, _)| *name))
        .with_some("data-region", shape.region.as_deref())
        .with_some("data-name", shape.name.as_deref())
        .with_some("data-label", shape.label.as_deref())
}

fn polygon(points: &[(Number, Number)]) -> Element {
    let listed = |text: fn(&Number) -> String| {
        let each = points
            .iter()
            .map(|(x, y)| format!("{},{}", text(x), text(y)));
        each.collect::<Vec<_>>().join(" ")
    };
    let exact = listed(|number| number.decimal().unwrap_or_else(|| number.to_string()));
    let shown = listed(|number| {
        number
            .decimal()
            .unwrap_or_else(|| format!("{:.4}", number.to_f64()))
    });
    let inexact = (exact != shown).then_some(exact);
    element("polygon")
        .with("points", shown)
        .with_some("data-points", inexact)
}

/// The middle of a shape.
fn middle(form: &Form) -> Option<(Number, Number)> {
    let half = Number::ratio(1, 2)?;
    let between =
        |(a, b): &(Number, Number), (c, d): &(Number, Number)| (&(a + c) * &half, &(b + d) * &half);
    Some(match form {
        Form::Circle { at, .. } | Form::Ellipse { at, .. } | Form::Text { at, .. } => at.clone(),
        Form::Rectangle { at: (x, y), w, h } => (x + &(w * &half), y + &(h * &half)),
        Form::Line { from, to } | Form::Arrow { from, to } => between(from, to),
        Form::Polygon { points } => {
            let count = Number::whole(i64::try_from(points.len()).ok()?);
            let sum = |of: fn(&(Number, Number)) -> &Number| {
                let zero = Number::whole(0);
                points.iter().map(of).fold(zero, |sum, next| &sum + next)
            };
            (
                sum(|point| &point.0).divided_by(&count)?,
                sum(|point| &point.1).divided_by(&count)?,
            )
        }
    })
}

/// Reads a picture that [`svg`] wrote; `None` for any other.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Drawing> {
    let root = xml::parse_bytes(bytes).ok()?;
    if root.name != "svg" || root.get("data-trellis") != Some("drawing") {
        return None;
    }
    let title = root.elements().find(|one| one.name == "title");
    let shapes = root.elements().filter(|one| {
        !matches!(one.name.as_str(), "title" | "defs") && one.get("data-part").is_none()
    });
    let drawing = Drawing {
        title: title.map(Element::whole_text),
        width: read_number(root.get("data-width")?)?,
        height: read_number(root.get("data-height")?)?,
        shapes: shapes.map(shape).collect::<Option<_>>()?,
    };
    drawing.check().ok().map(|()| drawing)
}

fn shape(from: &Element) -> Option<Shape> {
    let form = match from.name.as_str() {
        "circle" => Form::Circle {
            at: get_point(from, ["cx", "cy"])?,
            r: get(from, "r")?,
        },
        "ellipse" => Form::Ellipse {
            at: get_point(from, ["cx", "cy"])?,
            rx: get(from, "rx")?,
            ry: get(from, "ry")?,
        },
        "rect" => Form::Rectangle {
            at: get_point(from, ["x", "y"])?,
            w: get(from, "width")?,
            h: get(from, "height")?,
        },
        "line" => {
            let (begin, end) = (
                get_point(from, ["x1", "y1"])?,
                get_point(from, ["x2", "y2"])?,
            );
            if from.get("data-head").is_some() {
                Form::Arrow {
                    from: begin,
                    to: end,
                }
            } else {
                Form::Line {
                    from: begin,
                    to: end,
                }
            }
        }
        "polygon" => {
            let listed = from.get("data-points").or_else(|| from.get("points"))?;
            let point = |pair: &str| {
                let (x, y) = pair.split_once(',')?;
                Some((read_number(x)?, read_number(y)?))
            };
            Form::Polygon {
                points: listed.split(' ').map(point).collect::<Option<_>>()?,
            }
        }
        "text" => Form::Text {
            at: get_point(from, ["x", "y"])?,
            text: from.whole_text(),
        },
        _ => return None,
    };
    let fill = from.get("data-fill");
    let fill = Fill::NAMES.iter().find(|(name, _)| Some(*name) == fill);
    let said = |name: &str| from.get(name).map(str::to_string);
    Some(Shape {
        form,
        fill: fill.map(|(_, fill)| *fill),
        region: said("data-region"),
        name: said("data-name"),
        label: said("data-label"),
    })
}

/// Where the regions of a drawing are in its picture. A region of several shapes is where the first closed one is.
#[must_use]
pub fn areas(drawing: &Drawing) -> Vec<Area> {
    let scale = pixels(drawing);
    let px = |number: &Number| rounded(number.to_f64() * scale);
    let of = |form: &Form| -> (&'static str, Vec<i64>) {
        match form {
            Form::Circle { at: (x, y), r } => ("circle", vec![px(x), px(y), px(r)]),
            Form::Ellipse { at: (x, y), rx, ry } => ("ellipse", vec![px(x), px(y), px(rx), px(ry)]),
            Form::Rectangle { at: (x, y), w, h } => {
                ("rect", vec![px(x), px(y), px(&(x + w)), px(&(y + h))])
            }
            Form::Polygon { points } => {
                let each = points.iter().flat_map(|(x, y)| [px(x), px(y)]);
                ("poly", each.collect())
            }
            Form::Line {
                from: (a, b),
                to: (c, d),
            }
            | Form::Arrow {
                from: (a, b),
                to: (c, d),
            } => {
                let room = rounded(2.0 * scale);
                let (left, right) = (px(a).min(px(c)), px(a).max(px(c)));
                let (top, foot) = (px(b).min(px(d)), px(b).max(px(d)));
                (
                    "rect",
                    vec![left - room, top - room, right + room, foot + room],
                )
            }
            Form::Text { at: (x, y), .. } => ("circle", vec![px(x), px(y), rounded(4.0 * scale)]),
        }
    };
    let closed = |form: &Form| {
        !matches!(
            form,
            Form::Line { .. } | Form::Arrow { .. } | Form::Text { .. }
        )
    };
    let mut out = Vec::new();
    for region in drawing.region_ids() {
        let mut own = drawing
            .shapes
            .iter()
            .filter(|shape| shape.region.as_ref() == Some(&region));
        let first = own.clone().find(|shape| closed(&shape.form));
        if let Some(found) = first.or_else(|| own.next()) {
            let (shape, coords) = of(&found.form);
            out.push(Area {
                region,
                shape,
                coords,
            });
        }
    }
    out
}
