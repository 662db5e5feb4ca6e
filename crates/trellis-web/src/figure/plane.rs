//! The grid on which a learner sets points: marks along both axes, and the points set so far.

use std::fmt::Write as _;

use trellis_core::item::Number;

use super::svg::{Picture, WIDTH, stroke, text};
use crate::words::Words;

/// The grid's side, in units of which a figure is 640 wide.
const SIDE: f64 = 400.0;
/// The grid's top.
const TOP: f64 = 22.0;

/// The plane of a grid: from marks to places in the picture.
struct Plane {
    low: f64,
    high: f64,
    step: f64,
    left: f64,
}

impl Plane {
    fn unit(&self) -> f64 {
        SIDE / (self.high - self.low).max(f64::MIN_POSITIVE)
    }

    fn across(&self, x: f64) -> f64 {
        self.left + (x - self.low) * self.unit()
    }

    fn up(&self, y: f64) -> f64 {
        TOP + SIDE - (y - self.low) * self.unit()
    }

    /// Where the axes are: at 0, or at the left and lower edges where the grid has no 0.
    fn axis(&self) -> f64 {
        if self.low <= 0.0 && self.high >= 0.0 {
            0.0
        } else {
            self.low
        }
    }

    /// The lines of the grid with the numbers of some.
    fn lines(&self, out: &mut String, from: &Number, step: &Number) {
        let (left, axis) = (self.left, self.axis());
        let marks = ((self.high - self.low) / self.step.max(f64::MIN_POSITIVE)).round();
        let marks = marks.clamp(1.0, 40.0);
        let every = match marks {
            few if few <= 12.0 => 1.0,
            some if some <= 20.0 => 2.0,
            _ => 5.0,
        };
        let mut mark = 0.0;
        let mut number = from.clone();
        while mark <= marks {
            let at = self.low + mark * self.step;
            let on_axis = (at - axis).abs() < self.step / 1e3;
            let class = if on_axis { "f-axis" } else { "f-grid" };
            let (x, y) = (self.across(at), self.up(at));
            stroke(out, [x, TOP, x, TOP + SIDE], class);
            stroke(out, [left, y, left + SIDE, y], class);
            let steps_from_axis = ((at - axis) / self.step).round();
            if (steps_from_axis / every).fract().abs() < 1e-9 {
                let shown = number.decimal().unwrap_or_else(|| number.to_string());
                text(out, x, TOP + SIDE + 22.0, "middle", &shown);
                text(out, left - 10.0, y + 6.0, "end", &shown);
            }
            number = &number + step;
            mark += 1.0;
        }
        text(out, left + SIDE + 14.0, self.up(axis) + 6.0, "start", "x");
        text(out, self.across(axis), TOP - 7.0, "middle", "y");
    }

    /// A dot for each point to set; those that are not set are there, unseen, for the module to move.
    fn dots(&self, out: &mut String, set: &[(Number, Number)], points: usize) {
        for place in 0..points {
            let at = set.get(place);
            let (x, y) = at.map_or((self.low, self.low), |(x, y)| (x.to_f64(), y.to_f64()));
            let class = if at.is_some() {
                "f-point"
            } else {
                "f-point unset"
            };
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"8\" class=\"{class}\" data-dot=\"{}\"/>",
                self.across(x),
                self.up(y),
                place + 1
            );
        }
    }
}

/// A grid from the lowest to the highest mark with the points of `set`; `points` is how many a learner sets, and `line`
/// whether they stand for the line through them. A module moves the points when the grid is clicked.
pub(crate) fn html(
    [from, to, step]: [&Number; 3],
    set: &[(Number, Number)],
    points: usize,
    line: bool,
    words: &Words,
) -> String {
    let plane = Plane {
        low: from.to_f64(),
        high: to.to_f64(),
        step: step.to_f64(),
        left: (WIDTH - SIDE) / 2.0,
    };
    let mut shapes = String::new();
    plane.lines(&mut shapes, from, step);
    if let ([(x1, y1), .., (x2, y2)], true) = (set, line) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(Number::to_f64);
        let ends = [
            plane.across(x1),
            plane.up(y1),
            plane.across(x2),
            plane.up(y2),
        ];
        stroke(&mut shapes, ends, "f-line");
    }
    plane.dots(&mut shapes, set, points);
    let marks = [from, to, step].map(ToString::to_string);
    let mut name = words.with(
        "figure-plane",
        &[("from", &marks[0]), ("to", &marks[1]), ("step", &marks[2])],
    );
    if !set.is_empty() {
        let set = set.iter().map(|(x, y)| format!("({x}, {y})"));
        let set = set.collect::<Vec<_>>().join(", ");
        name.push(' ');
        name.push_str(&words.one("figure-line-points", "points", &set));
    }
    let picture = Picture::new(TOP + SIDE + 34.0, name, shapes).html();
    let left = plane.left;
    format!(
        "<div class=\"plane\" data-plane data-marks=\"{}\" data-left=\"{left}\" data-top=\"{TOP}\" data-side=\"{SIDE}\">{picture}</div>",
        exact_marks(from, to, step)
    )
}

/// All marks as they are typed, for the module that sets points by a click.
fn exact_marks(from: &Number, to: &Number, step: &Number) -> String {
    let mut marks = Vec::new();
    let mut at = from.clone();
    while at <= *to && marks.len() < 145 {
        marks.push(at.to_string());
        at = &at + step;
    }
    marks.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_its_marks_and_points() {
        let number = |text| Number::read(text).unwrap();
        let (from, to, step) = (number("-2"), number("2"), number("1"));
        let set = [(number("1"), number("-2"))];
        let html = html([&from, &to, &step], &set, 2, false, &Words::english());
        assert_eq!(html.matches("f-axis").count(), 2, "{html}");
        assert_eq!(html.matches("f-grid").count(), 8);
        assert!(
            html.contains("cx=\"420.0\" cy=\"422.0\" r=\"8\" class=\"f-point\""),
            "{html}"
        );
        assert!(html.contains("f-point unset"));
        assert!(html.contains("Points at: (1, -2)."));
        assert!(html.contains("data-marks=\"-2 -1 0 1 2\""));
    }
}
