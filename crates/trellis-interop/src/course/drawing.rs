//! Reading `[item.figure]` of kind `drawing` and its `[[item.figure.shape]]`.

use trellis_core::item::{Drawing, Fill, Form, Shape};

use super::keys::{File, Keys, Places, nearest, scalar};

type ShapeText = Shape<String, String>;
type FormText = Form<String, String>;

/// The keys that every shape may have.
const EVERY: [&str; 5] = ["kind", "fill", "region", "name", "label"];

/// The shapes with their own keys.
const SHAPES: [(&str, &[&str]); 7] = [
    ("circle", &["at", "r"]),
    ("ellipse", &["at", "rx", "ry"]),
    ("rectangle", &["at", "w", "h"]),
    ("line", &["from", "to"]),
    ("arrow", &["from", "to"]),
    ("polygon", &["points"]),
    ("text", &["at", "text"]),
];

pub(super) fn read(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
) -> Drawing<String, String> {
    let (width, height) = pair(file, keys, "size");
    let mut shapes = Vec::new();
    for (index, (table, line)) in keys.tables(file, "shape").into_iter().enumerate() {
        let path = format!("figure.shape[{index}]");
        let kind = table.get("kind").and_then(|kind| kind.get_ref().as_str());
        let kind = kind.unwrap_or("");
        let Some((_, own)) = SHAPES.iter().find(|(name, _)| *name == kind) else {
            let names = SHAPES.map(|(name, _)| name);
            let near = nearest(kind, &names).map(|near| format!(" (did you mean \"{near}\"?)"));
            let near = near.unwrap_or_default();
            let known = names.join(", ");
            let message = format!("there is no shape \"{kind}\"{near}; there are {known}");
            file.error(line, "figure", message);
            continue;
        };
        let known: Vec<&str> = EVERY.iter().chain(own.iter()).copied().collect();
        let shape = Keys::new(file, table, line, &path, &known);
        shapes.extend(read_shape(file, places, &shape, kind));
    }
    Drawing {
        title: keys.text(file, places, "title"),
        width,
        height,
        shapes,
    }
}

fn read_shape(
    file: &mut File<'_>,
    places: &mut Places,
    shape: &Keys<'_, '_>,
    kind: &str,
) -> Option<ShapeText> {
    let form = form(file, places, shape, kind)?;
    let region = shape.text(file, places, "region");
    let name = shape.text(file, places, "name");
    let label = shape.text(file, places, "label");
    if region.is_none() && name.is_some() {
        file.error(shape.line, "figure", "a name needs a region beside it");
    }
    Some(Shape {
        form,
        fill: fill(file, places, shape),
        region,
        name,
        label,
    })
}

fn form(
    file: &mut File<'_>,
    places: &mut Places,
    shape: &Keys<'_, '_>,
    kind: &str,
) -> Option<FormText> {
    Some(match kind {
        "circle" => Form::Circle {
            at: pair(file, shape, "at"),
            r: shape.needed(file, places, "r"),
        },
        "ellipse" => Form::Ellipse {
            at: pair(file, shape, "at"),
            rx: shape.needed(file, places, "rx"),
            ry: shape.needed(file, places, "ry"),
        },
        "rectangle" => Form::Rectangle {
            at: pair(file, shape, "at"),
            w: shape.needed(file, places, "w"),
            h: shape.needed(file, places, "h"),
        },
        "line" => Form::Line {
            from: pair(file, shape, "from"),
            to: pair(file, shape, "to"),
        },
        "arrow" => Form::Arrow {
            from: pair(file, shape, "from"),
            to: pair(file, shape, "to"),
        },
        "polygon" => Form::Polygon {
            points: corners(file, shape)?,
        },
        _ => Form::Text {
            at: pair(file, shape, "at"),
            text: shape.needed(file, places, "text"),
        },
    })
}

fn fill(file: &mut File<'_>, places: &mut Places, shape: &Keys<'_, '_>) -> Option<Fill> {
    let given = shape.text(file, places, "fill")?;
    let known = Fill::NAMES.iter().find(|(name, _)| *name == given);
    if known.is_none() {
        let names = Fill::NAMES.map(|(name, _)| name).join(", ");
        let line = shape.line_of(file, "fill");
        file.error(
            line,
            "figure",
            format!("there is no fill \"{given}\"; there are {names}"),
        );
    }
    known.map(|(_, fill)| *fill)
}

/// `[x, y]`, numbers or expressions.
fn pair(file: &mut File<'_>, keys: &Keys<'_, '_>, key: &str) -> (String, String) {
    let list = keys.value(key).and_then(|value| value.get_ref().as_array());
    let texts: Vec<String> = list
        .into_iter()
        .flatten()
        .filter_map(|element| scalar(element.get_ref()))
        .collect();
    match <[String; 2]>::try_from(texts) {
        Ok([x, y]) => (x, y),
        Err(_) => {
            let message = format!("\"{key}\" must be two numbers: {key} = [20, 30]");
            file.error(keys.line_of(file, key), "figure", message);
            ("0".to_string(), "0".to_string())
        }
    }
}

fn corners(file: &mut File<'_>, keys: &Keys<'_, '_>) -> Option<Vec<(String, String)>> {
    let list = keys
        .value("points")
        .and_then(|value| value.get_ref().as_array());
    let mut out = Vec::new();
    for point in list.into_iter().flatten() {
        let point = point.get_ref().as_array().into_iter().flatten();
        let texts: Vec<String> = point.filter_map(|part| scalar(part.get_ref())).collect();
        out.extend(<[String; 2]>::try_from(texts).ok().map(|[x, y]| (x, y)));
    }
    if out.len() < 3 || list.is_some_and(|list| list.len() != out.len()) {
        let message = "a polygon needs at least three points: points = [[0, 0], [10, 0], [5, 8]]";
        file.error(keys.line_of(file, "points"), "figure", message);
        return None;
    }
    Some(out)
}
