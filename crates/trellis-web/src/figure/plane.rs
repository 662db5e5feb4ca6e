//! The grid on which a learner sets points: marks along both axes, and the points set so far.

use std::fmt::Write as _;

use trellis_core::item::Number;

use super::svg::{WIDTH, stroke, svg, text};
use crate::words::Words;

/// The grid's side, in units of which a figure is 640 wide.
const SIDE: f64 = 400.0;
/// The grid's top.
const TOP: f64 = 22.0;

/// A grid from the lowest to the highest mark with the points of `set`; `points` is how many a learner sets, and `line`
/// whether they stand for the line through them. A module moves the points when the grid is clicked.
pub(crate) fn html(
    [from, to, step]: [&Number; 3],
    set: &[(Number, Number)],
    points: usize,
    line: bool,
    words: &Words,
) -> String {
    let (low, high, by) = (from.to_f64(), to.to_f64(), step.to_f64());
    let unit = SIDE / (high - low).max(f64::MIN_POSITIVE);
    let left = (WIDTH - SIDE) / 2.0;
    let across = |x: f64| left + (x - low) * unit;
    let up = |y: f64| TOP + SIDE - (y - low) * unit;
    let mut shapes = String::new();
    let marks = ((high - low) / by.max(f64::MIN_POSITIVE))
        .round()
        .clamp(1.0, 40.0);
    // Where the grid has no 0, its left and lower edges are the axes.
    let axis = if low <= 0.0 && high >= 0.0 { 0.0 } else { low };
    let every = if marks > 20.0 {
        5.0
    } else if marks > 12.0 {
        2.0
    } else {
        1.0
    };
    let mut mark = 0.0;
    while mark <= marks {
        let at = low + mark * by;
        let class = if (at - axis).abs() < by / 1e3 {
            "f-axis"
        } else {
            "f-grid"
        };
        stroke(
            &mut shapes,
            [across(at), TOP, across(at), TOP + SIDE],
            class,
        );
        stroke(&mut shapes, [left, up(at), left + SIDE, up(at)], class);
        let steps_from_axis = ((at - axis) / by).round();
        if (steps_from_axis / every).fract().abs() < 1e-9 {
            let number =
                from + &(step * &Number::read(&format!("{mark:.0}")).unwrap_or(Number::whole(0)));
            let number = number.decimal().unwrap_or_else(|| number.to_string());
            text(
                &mut shapes,
                across(at),
                TOP + SIDE + 22.0,
                "middle",
                &number,
            );
            text(&mut shapes, left - 10.0, up(at) + 6.0, "end", &number);
        }
        mark += 1.0;
    }
    text(
        &mut shapes,
        left + SIDE + 14.0,
        up(axis) + 6.0,
        "start",
        "x",
    );
    text(&mut shapes, across(axis), TOP - 7.0, "middle", "y");
    if let ([(x1, y1), .., (x2, y2)], true) = (set, line) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(Number::to_f64);
        stroke(
            &mut shapes,
            [across(x1), up(y1), across(x2), up(y2)],
            "f-line",
        );
    }
    for place in 0..points {
        let at = set.get(place);
        let (x, y) = at.map_or((low, low), |(x, y)| (x.to_f64(), y.to_f64()));
        let class = if at.is_some() {
            "f-point"
        } else {
            "f-point unset"
        };
        // Writing to a string cannot fail.
        let _ = write!(
            shapes,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"8\" class=\"{class}\" data-dot=\"{}\"/>",
            across(x),
            up(y),
            place + 1
        );
    }
    let mut name = words.with(
        "figure-plane",
        &[
            ("from", &from.to_string()),
            ("to", &to.to_string()),
            ("step", &step.to_string()),
        ],
    );
    if !set.is_empty() {
        let set = set.iter().map(|(x, y)| format!("({x}, {y})"));
        let set = set.collect::<Vec<_>>().join(", ");
        name.push(' ');
        name.push_str(&words.one("figure-line-points", "points", &set));
    }
    let picture = svg(TOP + SIDE + 34.0, &name, &shapes);
    format!(
        "<div class=\"plane\" data-plane data-low=\"{low}\" data-high=\"{high}\" data-step=\"{by}\" data-left=\"{left}\" data-top=\"{TOP}\" data-side=\"{SIDE}\">{picture}</div>"
    )
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
    }
}
