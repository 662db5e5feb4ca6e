//! Answers on a picture from QTI: regions of a drawing, and points on the marks of a grid.

use super::{Asked, Refusal};
use crate::drawing::{self, Grid, GridGoal};
use crate::qti::declare::Declaration;
use crate::qti::interaction::{Interaction, InteractionKind};
use crate::qti::value::{Atom, Cardinality};
use crate::question::{Answer, read_number};
use crate::xml::Element;
use trellis_core::item::{Drawing, Number};

impl<'a> Asked<'a> {
    /// Regions to choose or to put in order.
    pub(super) fn regions(&mut self, interaction: &Interaction<'a>) -> Result<Answer, Refusal> {
        let drawing = self.drawing(interaction)?;
        let key = self.key()?;
        let right: Vec<String> = key.atoms().iter().map(Atom::text).collect();
        if interaction.kind == InteractionKind::GraphicOrder {
            if right.len() != interaction.choices().len() {
                let what = "only some of the regions are put in order".to_string();
                return Err(("order-shape", what));
            }
            return Ok(Answer::GraphicOrder { drawing, right });
        }
        let declaration = self.item.declaration(interaction.response);
        let several = declaration.is_some_and(|one| one.cardinality != Cardinality::Single);
        Ok(Answer::Hotspot {
            drawing,
            right,
            several,
        })
    }

    /// The picture of an interaction, which is then no part of the text.
    fn picture(&mut self, interaction: &Interaction<'a>) -> Option<(&'a Element, &'a str)> {
        let mut found = None;
        interaction.element.visit(&mut |element| {
            let address = match element.name.as_str() {
                "object" => element.get("data"),
                "img" => element.get("src"),
                _ => None,
            };
            if let (Some(address), None) = (address, &found) {
                found = Some((element, address));
            }
        });
        self.apart = found.map(|(element, _)| element);
        found
    }

    fn drawing(&mut self, interaction: &Interaction<'a>) -> Result<Drawing, Refusal> {
        let bytes = self
            .picture(interaction)
            .and_then(|(_, address)| (self.beside)(address));
        let drawing = bytes.and_then(|bytes| drawing::read(&bytes));
        drawing.ok_or_else(|| {
            let what = "its picture is not a drawing whose regions can be read aloud";
            ("picture", what.to_string())
        })
    }

    /// Points on a grid that says where its marks are.
    pub(super) fn points(
        &mut self,
        interaction: &Interaction<'a>,
        declaration: &Declaration,
    ) -> Result<Answer, Refusal> {
        let bad = |what: &str| ("grid", what.to_string());
        let number = |name: &str| interaction.element.get(name).and_then(read_number);
        let (Some(from), Some(to), Some(step)) =
            (number("data-from"), number("data-to"), number("data-step"))
        else {
            return Err(bad(
                "the picture does not say where the marks of a grid are",
            ));
        };
        let grid = Grid { from, to, step };
        if grid.steps().is_none() {
            return Err(bad("a grid has 1 to 40 whole steps"));
        }
        self.picture(interaction);
        let marks = |points: Vec<(f64, f64)>| -> Option<Vec<(Number, Number)>> {
            points.into_iter().map(|at| grid.mark(at)).collect()
        };
        let goal = if interaction.element.get("data-goal") == Some("line") {
            let areas = declaration.areas.as_ref();
            let counting = areas.map(|areas| {
                let middle = |coords: &Vec<f64>| match coords.as_slice() {
                    [x, y, ..] => Some((*x, *y)),
                    _ => None,
                };
                let each = areas.entries.iter();
                each.filter_map(|(area, _)| middle(&area.coords)).collect()
            });
            let on = counting.and_then(marks).unwrap_or_default();
            line(&on).ok_or_else(|| bad("the right points are on no line"))?
        } else {
            let key = self.key()?;
            let each = key.atoms().iter().filter_map(|atom| match atom {
                Atom::Point(x, y) => Some((*x, *y)),
                _ => None,
            });
            let right = marks(each.collect());
            GridGoal::Points(right.ok_or_else(|| bad("a right point is on no mark"))?)
        };
        Ok(Answer::Plot { grid, goal })
    }
}

/// The line through the first and last of some points.
fn line(points: &[(Number, Number)]) -> Option<GridGoal> {
    let [first, .., last] = points else {
        return None;
    };
    let slope = (&last.1 - &first.1).divided_by(&(&last.0 - &first.0))?;
    let intercept = &first.1 - &(&slope * &first.0);
    Some(GridGoal::Line(slope, intercept))
}
