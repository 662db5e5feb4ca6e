//! Drawings as SVG: shapes in the colours of the palette, with their regions marked so that a click can choose one.

use std::fmt::Write as _;

use trellis_core::item::{Drawing, Fill, Form, Number, Shape};

use super::svg::{Picture, WIDTH, text};
use crate::markup::{escape, plain};
use crate::words::Words;

/// The greatest height of a drawing, in units of which it is 640 wide.
const TALLEST: f64 = 560.0;
/// The size of an arrow's head.
const HEAD: f64 = 15.0;

/// From the units of the author to those of the figure.
#[derive(Clone, Copy)]
struct Scale {
    by: f64,
    left: f64,
}

impl Scale {
    fn point(self, (x, y): &(Number, Number)) -> (f64, f64) {
        (self.left + x.to_f64() * self.by, y.to_f64() * self.by)
    }

    fn length(self, length: &Number) -> f64 {
        length.to_f64() * self.by
    }
}

/// A drawing; `marked` are the keys of regions to point out.
pub(super) fn picture(drawing: &Drawing, marked: &[String], words: &Words) -> Picture {
    let (width, height) = (drawing.width.to_f64(), drawing.height.to_f64());
    let by = (WIDTH / width).min(TALLEST / height);
    let scale = Scale {
        by,
        left: (WIDTH - width * by) / 2.0,
    };
    let mut shapes = String::new();
    for shape in &drawing.shapes {
        draw(&mut shapes, shape, scale, marked);
    }
    // Labels lie on top of everything, so that no later shape hides one.
    for shape in &drawing.shapes {
        if let Some(label) = &shape.label {
            let (x, y) = middle(&shape.form, scale);
            badge(&mut shapes, x, y, &plain(label));
        }
    }
    Picture::new((height * by).round(), name(drawing, words), shapes)
}

/// What a drawing shows, in words: its title, its regions, its texts.
fn name(drawing: &Drawing, words: &Words) -> String {
    let title = drawing.title.as_deref().map(plain);
    let mut parts = vec![title.unwrap_or_else(|| words.t("figure-drawing"))];
    let mut seen: Vec<&str> = Vec::new();
    for shape in &drawing.shapes {
        let region = shape.region.as_deref();
        if region.is_some_and(|region| seen.contains(&region)) {
            continue;
        }
        seen.extend(region);
        let said: Vec<String> = [&shape.label, &shape.name]
            .into_iter()
            .flatten()
            .map(|text| plain(text))
            .collect();
        if !said.is_empty() {
            parts.push(format!("{}.", said.join(": ")));
        }
        if let Form::Text { text, .. } = &shape.form {
            parts.push(format!("{}.", plain(text)));
        }
    }
    parts.join(" ")
}

fn draw(out: &mut String, shape: &Shape, scale: Scale, marked: &[String]) {
    let region = shape.region.as_ref();
    let is_marked = region.is_some_and(|key| marked.contains(key));
    let fill = shape.fill.map_or("d-none", fill_class);
    let lines = matches!(
        shape.form,
        Form::Line { .. } | Form::Arrow { .. } | Form::Text { .. }
    );
    let mut class = String::from(if lines { "d-line" } else { fill });
    if let Some(key) = region {
        class.push_str(" region r-");
        escape(&mut class, key);
    }
    if is_marked {
        class.push_str(" d-key");
    }
    let mut attributes = format!("class=\"{class}\"");
    if let Some(key) = region {
        attributes.push_str(" data-region=\"");
        escape(&mut attributes, key);
        attributes.push('"');
    }
    form(out, &shape.form, scale, &attributes);
}

fn form(out: &mut String, form: &Form, scale: Scale, attributes: &str) {
    // Writing to a string cannot fail.
    let _ = match form {
        Form::Circle { at, r } => {
            let ((x, y), r) = (scale.point(at), scale.length(r));
            write!(
                out,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" {attributes}/>"
            )
        }
        Form::Ellipse { at, rx, ry } => {
            let ((x, y), rx, ry) = (scale.point(at), scale.length(rx), scale.length(ry));
            write!(
                out,
                "<ellipse cx=\"{x:.1}\" cy=\"{y:.1}\" rx=\"{rx:.1}\" ry=\"{ry:.1}\" {attributes}/>"
            )
        }
        Form::Rectangle { at, w, h } => {
            let ((x, y), w, h) = (scale.point(at), scale.length(w), scale.length(h));
            write!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"4\" {attributes}/>"
            )
        }
        Form::Line { from, to } => {
            let ((x1, y1), (x2, y2)) = (scale.point(from), scale.point(to));
            write!(
                out,
                "<path d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\" {attributes}/>"
            )
        }
        Form::Arrow { from, to } => {
            let d = arrow(scale.point(from), scale.point(to));
            write!(out, "<path d=\"{d}\" {attributes}/>")
        }
        Form::Polygon { points } => {
            let mut corners = String::new();
            for point in points {
                let (x, y) = scale.point(point);
                let _ = write!(corners, "{x:.1},{y:.1} ");
            }
            write!(
                out,
                "<polygon points=\"{}\" {attributes}/>",
                corners.trim_end()
            )
        }
        Form::Text { at, text: words } => {
            let (x, y) = scale.point(at);
            text(out, x, y, "middle", &plain(words));
            Ok(())
        }
    };
}

/// A line with a head of two strokes.
fn arrow((x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> String {
    let length = (x2 - x1).hypot(y2 - y1).max(1.0);
    let (dx, dy) = ((x2 - x1) / length * HEAD, (y2 - y1) / length * HEAD);
    let (ax, ay) = (x2 - dx - dy * 0.6, y2 - dy + dx * 0.6);
    let (bx, by) = (x2 - dx + dy * 0.6, y2 - dy - dx * 0.6);
    format!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}M{ax:.1} {ay:.1}L{x2:.1} {y2:.1}L{bx:.1} {by:.1}")
}

/// Where the label of a shape stands.
fn middle(form: &Form, scale: Scale) -> (f64, f64) {
    match form {
        Form::Circle { at, .. } | Form::Ellipse { at, .. } => scale.point(at),
        Form::Text { at, .. } => {
            let (x, y) = scale.point(at);
            (x, y - 26.0)
        }
        Form::Rectangle { at, w, h } => {
            let (x, y) = scale.point(at);
            (x + scale.length(w) / 2.0, y + scale.length(h) / 2.0)
        }
        Form::Line { from, to } | Form::Arrow { from, to } => {
            let ((x1, y1), (x2, y2)) = (scale.point(from), scale.point(to));
            ((x1 + x2) / 2.0, (y1 + y2) / 2.0)
        }
        Form::Polygon { points } => {
            let (mut x, mut y, mut count) = (0.0, 0.0, 0.0_f64);
            for point in points {
                let (px, py) = scale.point(point);
                (x, y, count) = (x + px, y + py, count + 1.0);
            }
            (x / count.max(1.0), y / count.max(1.0))
        }
    }
}

/// A label on a small disc, readable on any colour.
fn badge(out: &mut String, x: f64, y: f64, label: &str) {
    let long = label.chars().count() > 2;
    if !long {
        let _ = write!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"15\" class=\"d-badge\"/>"
        );
    }
    let _ = write!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" class=\"d-label\">",
        y + 6.0
    );
    escape(out, label);
    out.push_str("</text>");
}

fn fill_class(fill: Fill) -> &'static str {
    match fill {
        Fill::One => "d-one",
        Fill::Two => "d-two",
        Fill::Three => "d-three",
        Fill::Four => "d-four",
        Fill::Five => "d-five",
        Fill::Six => "d-six",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: i64) -> Number {
        Number::whole(value)
    }

    fn cell() -> Drawing {
        let circle = |x: i64, key: &str, label: &str| Shape {
            form: Form::Circle {
                at: (number(x), number(30)),
                r: number(10),
            },
            fill: Some(Fill::Two),
            region: Some(key.to_owned()),
            name: Some("the <round> part".to_owned()),
            label: Some(label.to_owned()),
        };
        Drawing {
            title: None,
            width: number(100),
            height: number(60),
            shapes: vec![circle(30, "a", "A"), circle(70, "b", "B")],
        }
    }

    #[test]
    fn a_drawing_says_its_regions_and_marks_only_what_it_may() {
        let words = Words::english();
        let plain = picture(&cell(), &[], &words).html();
        assert!(plain.contains("viewBox=\"0 0 640 384\""), "{plain}");
        assert!(plain.contains("A: the &lt;round&gt; part."), "{plain}");
        assert!(plain.contains("cx=\"192.0\""), "{plain}");
        assert!(!plain.contains("d-key"), "{plain}");
        let marked = picture(&cell(), &["b".to_owned()], &words).html();
        assert_eq!(marked.matches("d-key").count(), 1);
        assert!(marked.contains("r-b d-key"), "{marked}");
    }

    #[test]
    fn a_tall_drawing_is_made_to_fit() {
        let tall = Drawing {
            height: number(400),
            ..cell()
        };
        assert!(
            picture(&tall, &[], &Words::english())
                .html()
                .contains("viewBox=\"0 0 640 560\"")
        );
    }
}
