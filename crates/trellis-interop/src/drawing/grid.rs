//! The grid of a question about points as a picture, and where its marks are in the pixels of the picture.

use trellis_core::item::Number;

use super::{element, rounded};
use crate::decimal::number_text;
use crate::xml;

/// Pixels around the grid, with room for the numbers.
const ROOM: i64 = 32;
/// How wide the grid is at least, in pixels, unless its marks would be wider apart than they need.
const WIDTH: i64 = 400;

/// What is to be plotted.
#[derive(Debug, Clone, PartialEq)]
pub enum GridGoal {
    /// These points, in any order.
    Points(Vec<(Number, Number)>),
    /// Two points of the line with this slope and intercept.
    Line(Number, Number),
}

/// A grid with the same marks along both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The lowest mark.
    pub from: Number,
    /// The highest mark.
    pub to: Number,
    /// Distance between marks.
    pub step: Number,
}

impl Grid {
    /// How many steps there are from the lowest mark to the highest; `None` unless they are whole and 1 to 40.
    #[must_use]
    pub fn steps(&self) -> Option<i64> {
        let steps = (&self.to - &self.from).divided_by(&self.step)?;
        let steps = steps.to_i64().filter(|_| steps.is_whole())?;
        (1..=40).contains(&steps).then_some(steps)
    }

    /// The marks, from the lowest.
    #[must_use]
    pub fn marks(&self) -> Vec<Number> {
        let steps = self.steps().unwrap_or(0);
        let each = (0..=steps).map(|place| &self.from + &(&Number::whole(place) * &self.step));
        each.collect()
    }

    fn cell(&self) -> i64 {
        let steps = self.steps().unwrap_or(1);
        (WIDTH / steps).clamp(16, 48)
    }

    /// The width and height of the picture, in pixels.
    #[must_use]
    pub fn size(&self) -> i64 {
        2 * ROOM + self.steps().unwrap_or(1) * self.cell()
    }

    /// Half the distance between marks in which a point counts as on a mark, in pixels.
    #[must_use]
    pub fn reach(&self) -> i64 {
        self.cell() * 2 / 5
    }

    /// Where a mark is in the picture, to the right and down; `None` for what is on no mark.
    #[must_use]
    pub fn pixel(&self, (x, y): &(Number, Number)) -> Option<(i64, i64)> {
        let steps = self.steps()?;
        let place = |at: &Number| {
            let place = (at - &self.from).divided_by(&self.step)?;
            let whole = place.to_i64().filter(|_| place.is_whole())?;
            (0..=steps).contains(&whole).then_some(whole)
        };
        let (across, up) = (place(x)?, place(y)?);
        let down = steps - up;
        Some((ROOM + across * self.cell(), ROOM + down * self.cell()))
    }

    /// The mark at a place of the picture.
    #[must_use]
    pub fn mark(&self, (x, y): (f64, f64)) -> Option<(Number, Number)> {
        let cell = self.cell();
        let place = |pixel: f64| {
            let far = rounded(pixel) - ROOM;
            let place = far / cell;
            (far % cell == 0 && far >= 0 && place <= self.steps()?).then_some(place)
        };
        let up = self.steps()? - place(y)?;
        let at = |place: i64| &self.from + &(&Number::whole(place) * &self.step);
        Some((at(place(x)?), at(up)))
    }

    /// What it shows, for those who do not see it.
    #[must_use]
    pub fn words(&self) -> String {
        let (from, to) = (number_text(&self.from), number_text(&self.to));
        format!("({from}, {from}) – ({to}, {to})")
    }

    /// The grid as a picture.
    #[must_use]
    pub fn svg(&self) -> Vec<u8> {
        let size = self.size();
        let text = |number: i64| number.to_string();
        let mut root = element("svg")
            .with("viewBox", format!("0 0 {size} {size}"))
            .with("width", text(size))
            .with("height", text(size))
            .child(element("title").text(self.words()));
        let far = size - ROOM;
        let marks = self.marks();
        // Numbers stand at every mark, or at some where there are many.
        let every = marks.len() / 12 + 1;
        for (place, mark) in marks.iter().enumerate() {
            let own = i64::try_from(place).unwrap_or(0) * self.cell();
            let (right, up) = (ROOM + own, far - own);
            let width = if mark.is_zero() { "2" } else { "0.5" };
            let line = |ends: [i64; 4]| {
                let mut out = element("line");
                for (name, at) in ["x1", "y1", "x2", "y2"].iter().zip(ends) {
                    out.set(name, text(at));
                }
                out.with("stroke", "#333333").with("stroke-width", width)
            };
            root = root
                .child(line([right, ROOM, right, far]))
                .child(line([ROOM, up, far, up]));
            if place % every == 0 {
                let number = |x: i64, y: i64| {
                    element("text")
                        .with("x", text(x))
                        .with("y", text(y))
                        .with("text-anchor", "middle")
                        .with("font-size", "11")
                        .with("font-family", "sans-serif")
                        .text(number_text(mark))
                };
                root = root
                    .child(number(right, far + 16))
                    .child(number(ROOM / 2, up + 4));
            }
        }
        xml::write(&root).into_bytes()
    }
}
