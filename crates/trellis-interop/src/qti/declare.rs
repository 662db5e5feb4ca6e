//! Declarations: the variables of an item or test, with their defaults, right answers and tables of scores.

use std::collections::BTreeMap;

use super::reader::{MOST_VALUES, Reader};
use super::value::{Atom, BaseType, Cardinality, Value, float_text};
use crate::xml::{Element, Line};

/// What a declaration declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclarationKind {
    /// What a learner answers.
    Response,
    /// What comes of it.
    Outcome,
    /// What a seed draws.
    Template,
    /// What the surroundings tell.
    Context,
}

impl DeclarationKind {
    /// All, with the names of their elements.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("response-declaration", Self::Response),
        ("outcome-declaration", Self::Outcome),
        ("template-declaration", Self::Template),
        ("context-declaration", Self::Context),
    ];
}

/// One entry of a table from keys to scores.
#[derive(Debug, Clone, PartialEq)]
pub struct MapEntry {
    /// The answer.
    pub key: Atom,
    /// Its score.
    pub score: f64,
    /// Whether upper and lower case differ.
    pub case_sensitive: bool,
}

/// Scores of answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The least that all together give.
    pub lower: Option<f64>,
    /// The most that all together give.
    pub upper: Option<f64>,
    /// What an answer gives that is not in the table.
    pub default: f64,
    /// The table.
    pub entries: Vec<MapEntry>,
}

/// A region of a picture, in its pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// `circle`, `rect`, `poly`, `ellipse` or `default`.
    pub shape: String,
    /// As QTI lists them for the shape.
    pub coords: Vec<f64>,
}

/// Scores of points.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaMapping {
    /// The least that all together give.
    pub lower: Option<f64>,
    /// The most that all together give.
    pub upper: Option<f64>,
    /// What a point gives that is in no region.
    pub default: f64,
    /// Regions with their scores.
    pub entries: Vec<(Area, f64)>,
}

/// A table from numbers to values.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// Whole numbers to values.
    Match {
        /// For numbers that are not listed.
        default: Option<Atom>,
        /// Number and value.
        entries: Vec<(i64, Atom)>,
    },
    /// The first entry whose bound is below.
    Interpolation {
        /// For numbers below all bounds.
        default: Option<Atom>,
        /// Bound, whether the bound itself counts, value.
        entries: Vec<(f64, bool, Atom)>,
    },
}

/// A variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// What it declares.
    pub kind: DeclarationKind,
    /// Its name.
    pub identifier: String,
    /// How many values it holds.
    pub cardinality: Cardinality,
    /// Of which type; none for records.
    pub base: Option<BaseType>,
    /// What it holds at first.
    pub default: Value,
    /// The right answer.
    pub correct: Value,
    /// Scores of answers.
    pub mapping: Option<Mapping>,
    /// Scores of points.
    pub areas: Option<AreaMapping>,
    /// A table for `lookup-outcome-value`.
    pub lookup: Option<Lookup>,
    /// What else is said of it: bounds, view, interpretation.
    pub attributes: Vec<(String, String)>,
    /// Where it stands.
    pub line: Line,
}

impl Declaration {
    /// A declaration of one value without anything else.
    #[must_use]
    pub fn new(
        kind: DeclarationKind,
        identifier: &str,
        cardinality: Cardinality,
        base: BaseType,
    ) -> Self {
        Self {
            kind,
            identifier: identifier.to_string(),
            cardinality,
            base: Some(base),
            default: Value::Null,
            correct: Value::Null,
            mapping: None,
            areas: None,
            lookup: None,
            attributes: Vec::new(),
            line: Line::default(),
        }
    }

    /// An attribute that is not part of every declaration.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads a declaration; `None` when the element is none.
pub(super) fn read(reader: &mut Reader, element: &Element) -> Option<Declaration> {
    let (_, kind) = DeclarationKind::NAMES
        .iter()
        .find(|(name, _)| *name == element.name)?;
    let cardinality = reader.cardinality(element);
    let base = reader.base(element);
    if base.is_none() && cardinality != Cardinality::Record && element.get("base-type").is_none() {
        let what = "a variable that is no record needs a type";
        reader.error(element, "base-type", "missing-attribute", what);
    }
    let mut out = Declaration {
        kind: *kind,
        identifier: reader.needed(element, "identifier"),
        cardinality,
        base,
        default: Value::Null,
        correct: Value::Null,
        mapping: None,
        areas: None,
        lookup: None,
        attributes: Vec::new(),
        line: element.line,
    };
    for one in &element.attributes {
        if one.space.is_empty()
            && !["identifier", "cardinality", "base-type"].contains(&one.name.as_str())
        {
            out.attributes.push((one.name.clone(), one.value.clone()));
        }
    }
    for child in element.elements() {
        match child.name.as_str() {
            "default-value" => out.default = values(reader, child, &out),
            "correct-response" => out.correct = values(reader, child, &out),
            "mapping" => out.mapping = Some(mapping(reader, child, base)),
            "area-mapping" => out.areas = Some(areas(reader, child)),
            "match-table" => out.lookup = Some(match_table(reader, child, base)),
            "interpolation-table" => out.lookup = Some(interpolation(reader, child, base)),
            _ => reader.misplaced(element, child),
        }
    }
    Some(out)
}

fn values(reader: &mut Reader, element: &Element, of: &Declaration) -> Value {
    let mut atoms = Vec::new();
    let mut fields = BTreeMap::new();
    for child in element.elements() {
        if child.name != "value" {
            reader.misplaced(element, child);
            continue;
        }
        if atoms.len() >= MOST_VALUES {
            reader.error(
                child,
                "",
                "too-many",
                format!("more than {MOST_VALUES} values"),
            );
            break;
        }
        let base = reader.base(child).or(of.base).unwrap_or(BaseType::String);
        let Some(atom) = reader.atom(child, base, &child.whole_text()) else {
            continue;
        };
        match child.get("field-identifier") {
            Some(field) if of.cardinality == Cardinality::Record => {
                fields.insert(field.to_string(), atom);
            }
            _ => atoms.push(atom),
        }
    }
    if of.cardinality == Cardinality::Record {
        return if fields.is_empty() {
            Value::Null
        } else {
            Value::Record(fields)
        };
    }
    if of.cardinality == Cardinality::Single && atoms.len() > 1 {
        let what = format!(
            "{} values for a single variable; the first is taken",
            atoms.len()
        );
        reader.error(element, "", "cardinality", what);
    }
    Value::container(of.cardinality, atoms)
}

fn mapping(reader: &mut Reader, element: &Element, base: Option<BaseType>) -> Mapping {
    let mut entries = Vec::new();
    for child in element.elements() {
        if child.name != "map-entry" {
            reader.misplaced(element, child);
            continue;
        }
        // An empty key is the empty answer; it cannot be asked for as "missing".
        let text = child.get("map-key").map(str::to_string);
        let text = text.unwrap_or_else(|| reader.needed(child, "map-key"));
        let key = reader.atom(child, base.unwrap_or(BaseType::String), &text);
        if child.get("mapped-value").is_none() {
            reader.needed(child, "mapped-value");
        }
        let score = reader.float(child, "mapped-value");
        let case_sensitive = reader.flag(child, "case-sensitive", true);
        if let (Some(key), Some(score)) = (key, score) {
            entries.push(MapEntry {
                key,
                score,
                case_sensitive,
            });
        }
    }
    Mapping {
        lower: reader.float(element, "lower-bound"),
        upper: reader.float(element, "upper-bound"),
        default: reader.float(element, "default-value").unwrap_or(0.0),
        entries,
    }
}

/// The region of an element with `shape` and `coords`.
pub(super) fn area(reader: &mut Reader, element: &Element) -> Area {
    let shape = reader.needed(element, "shape");
    let known = ["circle", "rect", "poly", "ellipse", "default"];
    if !shape.is_empty() && !known.contains(&shape.as_str()) {
        let what = format!("\"{shape}\" is no shape");
        reader.error(element, "shape", "attribute-value", what);
    }
    let text = element.get("coords").unwrap_or("").trim();
    let mut coords = Vec::new();
    for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
        match part.trim_end_matches('%').parse::<f64>() {
            Ok(number) if number.is_finite() => coords.push(number),
            _ => {
                let what = format!("\"{text}\" is not a list of numbers");
                reader.error(element, "coords", "attribute-value", what);
                break;
            }
        }
    }
    let fits = match shape.as_str() {
        "circle" => coords.len() == 3,
        "rect" | "ellipse" => coords.len() == 4,
        "poly" => coords.len() >= 6 && coords.len().is_multiple_of(2),
        _ => true,
    };
    if !fits {
        let what = format!("{} numbers do not make a {shape}", coords.len());
        reader.error(element, "coords", "attribute-value", what);
    }
    Area { shape, coords }
}

fn areas(reader: &mut Reader, element: &Element) -> AreaMapping {
    let mut entries = Vec::new();
    for child in element.elements() {
        if child.name == "area-map-entry" {
            let area = area(reader, child);
            let score = reader.float(child, "mapped-value");
            entries.extend(score.map(|score| (area, score)));
        } else {
            reader.misplaced(element, child);
        }
    }
    AreaMapping {
        lower: reader.float(element, "lower-bound"),
        upper: reader.float(element, "upper-bound"),
        default: reader.float(element, "default-value").unwrap_or(0.0),
        entries,
    }
}

fn target(
    reader: &mut Reader,
    element: &Element,
    name: &str,
    base: Option<BaseType>,
) -> Option<Atom> {
    let text = element.get(name)?;
    reader.atom(element, base.unwrap_or(BaseType::String), text)
}

fn match_table(reader: &mut Reader, element: &Element, base: Option<BaseType>) -> Lookup {
    let mut entries = Vec::new();
    for child in element.elements() {
        let source = reader.read(child, "source-value", "a whole number", |text| {
            text.parse().ok()
        });
        let value = target(reader, child, "target-value", base);
        entries.extend(source.zip(value));
    }
    Lookup::Match {
        default: target(reader, element, "default-value", base),
        entries,
    }
}

fn interpolation(reader: &mut Reader, element: &Element, base: Option<BaseType>) -> Lookup {
    let mut entries = Vec::new();
    for child in element.elements() {
        let source = reader.float(child, "source-value");
        let included = reader.flag(child, "include-boundary", true);
        if let (Some(source), Some(value)) = (source, target(reader, child, "target-value", base)) {
            entries.push((source, included, value));
        }
    }
    Lookup::Interpolation {
        default: target(reader, element, "default-value", base),
        entries,
    }
}

/// A declaration as an element.
pub(super) fn write(declaration: &Declaration) -> Element {
    let known = DeclarationKind::NAMES
        .iter()
        .find(|(_, kind)| *kind == declaration.kind);
    let mut out = Element::new(known.map_or("outcome-declaration", |(name, _)| name))
        .with("identifier", &declaration.identifier)
        .with("cardinality", declaration.cardinality.name())
        .with_some("base-type", declaration.base.map(BaseType::name));
    for (name, value) in &declaration.attributes {
        out.set(name, value);
    }
    let values = |name: &str, value: &Value| {
        (*value != Value::Null).then(|| Element::new(name).all(write_values(value)))
    };
    out = out
        .all(values("default-value", &declaration.default))
        .all(values("correct-response", &declaration.correct));
    if let Some(map) = &declaration.mapping {
        let entries = map.entries.iter().map(|entry| {
            let out = Element::new("map-entry")
                .with("map-key", entry.key.text())
                .with("mapped-value", float_text(entry.score));
            out.with_some("case-sensitive", (!entry.case_sensitive).then_some("false"))
        });
        out = out.child(bounded("mapping", map.lower, map.upper, map.default).all(entries));
    }
    if let Some(map) = &declaration.areas {
        let entries = map.entries.iter().map(|(area, score)| {
            write_area(Element::new("area-map-entry"), area)
                .with("mapped-value", float_text(*score))
        });
        out = out.child(bounded("area-mapping", map.lower, map.upper, map.default).all(entries));
    }
    out.all(declaration.lookup.as_ref().map(write_lookup))
}

fn write_values(value: &Value) -> Vec<Element> {
    match value {
        Value::Record(fields) => fields
            .iter()
            .map(|(name, atom)| {
                Element::new("value")
                    .with("field-identifier", name)
                    .with("base-type", atom.base().name())
                    .text(atom.text())
            })
            .collect(),
        other => {
            let atoms = other.atoms().iter();
            atoms
                .map(|atom| Element::new("value").text(atom.text()))
                .collect()
        }
    }
}

/// `shape` and `coords` of a region.
pub(super) fn write_area(element: Element, area: &Area) -> Element {
    let coords: Vec<String> = area
        .coords
        .iter()
        .map(|number| float_text(*number))
        .collect();
    let element = element.with("shape", &area.shape);
    if coords.is_empty() {
        element
    } else {
        element.with("coords", coords.join(","))
    }
}

fn bounded(name: &str, lower: Option<f64>, upper: Option<f64>, default: f64) -> Element {
    Element::new(name)
        .with_some("lower-bound", lower.map(float_text))
        .with_some("upper-bound", upper.map(float_text))
        .with("default-value", float_text(default))
}

fn write_lookup(lookup: &Lookup) -> Element {
    match lookup {
        Lookup::Match { default, entries } => Element::new("match-table")
            .with_some("default-value", default.as_ref().map(Atom::text))
            .all(entries.iter().map(|(source, value)| {
                Element::new("match-table-entry")
                    .with("source-value", source.to_string())
                    .with("target-value", value.text())
            })),
        Lookup::Interpolation { default, entries } => Element::new("interpolation-table")
            .with_some("default-value", default.as_ref().map(Atom::text))
            .all(entries.iter().map(|(source, included, value)| {
                Element::new("interpolation-table-entry")
                    .with("source-value", float_text(*source))
                    .with("include-boundary", included.to_string())
                    .with("target-value", value.text())
            })),
    }
}
