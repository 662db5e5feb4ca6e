//! The strokes that all figures are made of, in units of which a figure is 640 wide.

use std::fmt::Write as _;

use crate::markup::escape;

/// The width of a figure, in its own units.
pub(super) const WIDTH: f64 = 640.0;

/// A picture of this height: its shapes, and what it shows in words.
pub(super) struct Picture {
    height: f64,
    pub(super) name: String,
    shapes: String,
}

impl Picture {
    pub(super) const fn new(height: f64, name: String, shapes: String) -> Self {
        Self {
            height,
            name,
            shapes,
        }
    }

    /// The SVG.
    pub(super) fn html(&self) -> String {
        let height = self.height;
        let mut out = format!(
            "<svg class=\"figure\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\""
        );
        escape(&mut out, &self.name);
        out.push_str("\">");
        out.push_str(&self.shapes);
        out.push_str("</svg>");
        out
    }
}

pub(super) fn rect(out: &mut String, [x, y, width, height]: [f64; 4], class: &str) {
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" class=\"{class}\"/>"
    );
}

pub(super) fn stroke(out: &mut String, [x1, y1, x2, y2]: [f64; 4], class: &str) {
    let _ = write!(
        out,
        "<path d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\" class=\"{class}\"/>"
    );
}

pub(super) fn dot(out: &mut String, x: f64, y: f64) {
    let _ = write!(
        out,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"7\" class=\"f-point\"/>"
    );
}

pub(super) fn text(out: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = write!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">"
    );
    escape(out, words);
    out.push_str("</text>");
}
