//! Answers on a picture as interactions of QTI: regions to choose or put in order, and points to set on a grid.

use super::{Made, interaction, response, template};
use crate::drawing::{self, Grid, GridGoal};
use crate::markup::HTML;
use crate::package::PackageFile;
use crate::qti::declare::{Area, AreaMapping};
use crate::qti::value::{Atom, BaseType, Cardinality};
use crate::question::{Answer, Question, marks_on, number_text};
use crate::xml::{Element, Node};
use trellis_core::item::{Drawing, Number};

use super::{MAP_RESPONSE, MATCH_CORRECT, identifier, map_all};

const MAP_POINT: &str =
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response_point.xml";

/// The picture of a question, at its path in a package.
pub(in crate::qti) fn picture(question: &Question) -> Option<PackageFile> {
    let bytes = match &question.answer {
        Answer::Hotspot { drawing, .. } | Answer::GraphicOrder { drawing, .. } => {
            drawing::svg(drawing)
        }
        Answer::Plot { grid, .. } => grid.svg(),
        _ => return None,
    };
    Some((path(question), bytes))
}

fn path(question: &Question) -> String {
    format!("pictures/{}.svg", identifier(&question.id))
}

/// The picture in an interaction; items stand in a folder beside that of pictures.
fn object(question: &Question, (width, height): (i64, i64), words: &str) -> Element {
    let mut out = Element::new("object")
        .with("data", format!("../{}", path(question)))
        .with("type", "image/svg+xml")
        .with("width", width.to_string())
        .with("height", height.to_string())
        .text(words);
    out.space = HTML.to_string();
    out
}

fn drawn(question: &Question, drawing: &Drawing, name: &str, shown: &[String]) -> Element {
    let regions = drawing.regions();
    let choices = drawing::areas(drawing)
        .into_iter()
        .filter(|area| shown.is_empty() || shown.contains(&area.region));
    let choices = choices.map(|area| {
        let text = regions.iter().find(|region| region.id == area.region);
        let coords: Vec<String> = area.coords.iter().map(i64::to_string).collect();
        Element::new("hotspot-choice")
            .with("identifier", identifier(&area.region))
            .with("shape", area.shape)
            .with("coords", coords.join(","))
            .with_some(
                "hotspot-label",
                text.map(|region| region.text.replace("**", "")),
            )
    });
    let words = drawing.title.clone().unwrap_or_default();
    interaction(name)
        .child(object(question, drawing::size(drawing), &words))
        .all(choices)
}

/// Regions to choose.
pub(super) fn hotspot(
    question: &Question,
    drawing: &Drawing,
    right: &[String],
    several: bool,
) -> Made {
    let element = drawn(question, drawing, "hotspot-interaction", &[])
        .with("max-choices", if several { "0" } else { "1" });
    let names: Vec<String> = right.iter().map(|id| identifier(id)).collect();
    let atoms = names.iter().cloned().map(Atom::Identifier).collect();
    let (declaration, address) = if several {
        let mut out = response(Cardinality::Multiple, BaseType::Identifier, atoms);
        out.mapping = Some(map_all(&names));
        (out, MAP_RESPONSE)
    } else {
        let out = response(Cardinality::Single, BaseType::Identifier, atoms);
        (out, MATCH_CORRECT)
    };
    Made::new(declaration, template(address), vec![Node::Element(element)])
}

/// Regions to put in order.
pub(super) fn order(question: &Question, drawing: &Drawing, right: &[String]) -> Made {
    let element = drawn(question, drawing, "graphic-order-interaction", right);
    let atoms = right.iter().map(|id| Atom::Identifier(identifier(id)));
    Made::new(
        response(Cardinality::Ordered, BaseType::Identifier, atoms.collect()),
        template(MATCH_CORRECT),
        vec![Node::Element(element)],
    )
}

#[allow(
    clippy::cast_precision_loss,
    reason = "pixels of a picture that is at most some thousands wide"
)]
fn pixel((x, y): (i64, i64)) -> (f64, f64) {
    (x as f64, y as f64)
}

type Points = Vec<(Number, Number)>;

/// Points to set: a region around each mark that counts.
pub(super) fn plot(question: &Question, grid: &Grid, goal: &GridGoal) -> Made {
    let (right, counting): (Points, Points) = match goal {
        GridGoal::Points(points) => (points.clone(), points.clone()),
        GridGoal::Line(slope, intercept) => {
            let marks = marks_on(grid, slope, intercept);
            let ends = [marks.first(), marks.last()];
            (ends.into_iter().flatten().cloned().collect(), marks)
        }
    };
    let each = 1.0 / f64::from(u32::try_from(right.len().max(1)).unwrap_or(u32::MAX));
    let at = |point: &(Number, Number)| grid.pixel(point).map(pixel);
    let reach = pixel((grid.reach(), 0)).0;
    let atoms = right.iter().filter_map(at).map(|(x, y)| Atom::Point(x, y));
    let mut declaration = response(Cardinality::Multiple, BaseType::Point, atoms.collect());
    let entries = counting.iter().filter_map(at).map(|(x, y)| {
        let area = Area {
            shape: "circle".to_string(),
            coords: vec![x, y, reach],
        };
        (area, each)
    });
    declaration.areas = Some(AreaMapping {
        lower: Some(0.0),
        upper: Some(1.0),
        default: 0.0,
        entries: entries.collect(),
    });
    let size = grid.size();
    let element = interaction("select-point-interaction")
        .with("max-choices", right.len().to_string())
        .with("min-choices", right.len().to_string())
        .with("data-from", number_text(&grid.from))
        .with("data-to", number_text(&grid.to))
        .with("data-step", number_text(&grid.step))
        .with_some(
            "data-goal",
            matches!(goal, GridGoal::Line(..)).then_some("line"),
        )
        .child(object(question, (size, size), &grid.words()));
    Made::new(
        declaration,
        template(MAP_POINT),
        vec![Node::Element(element)],
    )
}
