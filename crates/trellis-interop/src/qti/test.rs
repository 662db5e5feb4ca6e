//! Assessment tests: parts, sections and references to items, with selection, order and outcome processing.

use super::declare::{self, Declaration};
use super::expression::{self, Expression};
use super::item::{body, other_attributes};
use super::names::Version;
use super::reader::Reader;
use super::rules::{self, Family, Rule};
use super::value::float_text;
use crate::xml::{Attribute, Element, Line};

/// What parts, sections and references have in common.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gate {
    /// All must be true for it to be shown.
    pub conditions: Vec<Expression>,
    /// Where to go on, and when.
    pub branches: Vec<(String, Expression)>,
    /// How often it may be tried and what may be seen, as written.
    pub control: Option<Element>,
    /// How long it may take, as written.
    pub limits: Option<Element>,
}

/// A reference to an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRef {
    /// Its name in this test.
    pub identifier: String,
    /// The item's file.
    pub href: String,
    /// Words that it is counted under.
    pub categories: Vec<String>,
    /// Whether it must be chosen when some are.
    pub required: bool,
    /// Whether it keeps its place when others are shuffled.
    pub fixed: bool,
    /// When and how it is shown.
    pub gate: Gate,
    /// Names and factors.
    pub weights: Vec<(String, f64)>,
    /// Names of the item's variables, and their names in the test.
    pub mappings: Vec<(String, String)>,
    /// Template variables that the test sets.
    pub template_defaults: Vec<(String, Expression)>,
    /// Where it stands.
    pub line: Line,
}

/// Something in a section.
#[derive(Debug, Clone, PartialEq)]
pub enum SectionPart {
    /// A section in the section.
    Section(Box<Section>),
    /// A section of another file.
    Reference {
        /// Its name.
        identifier: String,
        /// Its file.
        href: String,
    },
    /// An item.
    Item(Box<ItemRef>),
}

/// A section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Whether a learner sees that it is there.
    pub visible: bool,
    /// Whether it must be chosen when some are.
    pub required: bool,
    /// Whether it keeps its place.
    pub fixed: bool,
    /// Whether its items stay beside each other.
    pub keep_together: bool,
    /// How many are chosen, and whether one may come twice.
    pub select: Option<(u32, bool)>,
    /// Whether the order is left to chance.
    pub shuffle: Option<bool>,
    /// When and how it is shown.
    pub gate: Gate,
    /// Instructions, and what is carried as it is.
    pub extra: Vec<Element>,
    /// What is in it.
    pub parts: Vec<SectionPart>,
    /// Where it stands.
    pub line: Line,
}

/// A part of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestPart {
    /// Its name.
    pub identifier: String,
    /// Whether items come one after the other.
    pub linear: bool,
    /// Whether all is handed in together.
    pub simultaneous: bool,
    /// When and how it is shown.
    pub gate: Gate,
    /// Its sections.
    pub sections: Vec<SectionPart>,
    /// What is carried as it is.
    pub extra: Vec<Element>,
}

/// A test.
#[derive(Debug, Clone, PartialEq)]
pub struct AssessmentTest {
    /// How its document is written.
    pub version: Version,
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// What else its root says.
    pub attributes: Vec<Attribute>,
    /// Its outcomes.
    pub outcomes: Vec<Declaration>,
    /// How long it may take, as written.
    pub limits: Option<Element>,
    /// Its parts.
    pub parts: Vec<TestPart>,
    /// How its outcomes are made.
    pub processing: Option<Vec<Rule>>,
    /// Feedback, style sheets and the like, as carried.
    pub extra: Vec<Element>,
}

impl AssessmentTest {
    /// Calls a function with each reference to an item, with the names of the sections around it.
    pub fn visit<'a>(&'a self, look: &mut dyn FnMut(&[&'a str], &'a ItemRef)) {
        fn each<'a>(
            around: &mut Vec<&'a str>,
            parts: &'a [SectionPart],
            look: &mut dyn FnMut(&[&'a str], &'a ItemRef),
        ) {
            for part in parts {
                match part {
                    SectionPart::Item(item) => look(around, item),
                    SectionPart::Section(section) => {
                        around.push(&section.identifier);
                        each(around, &section.parts, look);
                        around.pop();
                    }
                    SectionPart::Reference { .. } => {}
                }
            }
        }
        for part in &self.parts {
            each(&mut Vec::new(), &part.sections, look);
        }
    }
}

/// Reads a test from its plain tree.
pub(super) fn read(reader: &mut Reader, root: &Element, version: Version) -> AssessmentTest {
    let mut out = AssessmentTest {
        version,
        identifier: reader.needed(root, "identifier"),
        title: root.get("title").unwrap_or("").to_string(),
        attributes: other_attributes(root, &["identifier", "title"]),
        outcomes: Vec::new(),
        limits: None,
        parts: Vec::new(),
        processing: None,
        extra: Vec::new(),
    };
    for child in root.elements() {
        match child.name.as_str() {
            "outcome-declaration" | "context-declaration" => {
                out.outcomes.extend(declare::read(reader, child));
            }
            "time-limits" => out.limits = Some(child.clone().without_blanks()),
            "test-part" => out.parts.push(part(reader, child)),
            "outcome-processing" => {
                out.processing = Some(rules::read(reader, child, Family::Outcome))
            }
            "test-feedback" | "rubric-block" | "test-rubric-block" => {
                out.extra.push(body(reader, child))
            }
            "stylesheet" => out.extra.push(child.clone().without_blanks()),
            _ => reader.misplaced(root, child),
        }
    }
    if out.parts.is_empty() {
        reader.error(root, "", "missing-element", "a test needs a test-part");
    }
    out
}

fn part(reader: &mut Reader, element: &Element) -> TestPart {
    let mut out = TestPart {
        identifier: reader.needed(element, "identifier"),
        linear: reader.needed(element, "navigation-mode") != "nonlinear",
        simultaneous: reader.needed(element, "submission-mode") == "simultaneous",
        gate: Gate::default(),
        sections: Vec::new(),
        extra: Vec::new(),
    };
    for child in element.elements() {
        if gate(reader, &mut out.gate, child) {
            continue;
        }
        match section_part(reader, child) {
            Some(part) => out.sections.push(part),
            None if child.name == "test-feedback" || child.name == "rubric-block" => {
                out.extra.push(body(reader, child));
            }
            None => reader.misplaced(element, child),
        }
    }
    out
}

/// Takes an element that belongs to a gate; says whether it was one.
fn gate(reader: &mut Reader, gate: &mut Gate, child: &Element) -> bool {
    match child.name.as_str() {
        "pre-condition" => gate.conditions.extend(
            child
                .elements()
                .next()
                .map(|one| expression::read(reader, one)),
        ),
        "branch-rule" => {
            let target = reader.needed(child, "target");
            let when = child
                .elements()
                .next()
                .map(|one| expression::read(reader, one));
            gate.branches.extend(when.map(|when| (target, when)));
        }
        "item-session-control" => gate.control = Some(child.clone().without_blanks()),
        "time-limits" => gate.limits = Some(child.clone().without_blanks()),
        _ => return false,
    }
    true
}

fn section_part(reader: &mut Reader, element: &Element) -> Option<SectionPart> {
    match element.name.as_str() {
        "assessment-section" => Some(SectionPart::Section(Box::new(section(reader, element)))),
        "assessment-section-ref" => Some(SectionPart::Reference {
            identifier: reader.needed(element, "identifier"),
            href: reader.needed(element, "href"),
        }),
        "assessment-item-ref" => Some(SectionPart::Item(Box::new(item_ref(reader, element)))),
        _ => None,
    }
}

/// Reads a section.
pub(super) fn section(reader: &mut Reader, element: &Element) -> Section {
    let mut out = Section {
        identifier: reader.needed(element, "identifier"),
        title: element.get("title").unwrap_or("").to_string(),
        visible: reader.flag(element, "visible", true),
        required: reader.flag(element, "required", false),
        fixed: reader.flag(element, "fixed", false),
        keep_together: reader.flag(element, "keep-together", true),
        select: None,
        shuffle: None,
        gate: Gate::default(),
        extra: Vec::new(),
        parts: Vec::new(),
        line: element.line,
    };
    for child in element.elements() {
        if gate(reader, &mut out.gate, child) {
            continue;
        }
        if let Some(part) = section_part(reader, child) {
            out.parts.push(part);
            continue;
        }
        match child.name.as_str() {
            "selection" => {
                let select = reader.count(child, "select");
                if select.is_none() {
                    reader.needed(child, "select");
                }
                let again = reader.flag(child, "with-replacement", false);
                out.select = select.map(|select| (select, again));
            }
            "ordering" => out.shuffle = Some(reader.flag(child, "shuffle", false)),
            "rubric-block" => out.extra.push(body(reader, child)),
            "adaptive-selection" | "stylesheet" | "test-feedback" => {
                out.extra.push(child.clone().without_blanks());
            }
            _ => reader.misplaced(element, child),
        }
    }
    out
}

fn item_ref(reader: &mut Reader, element: &Element) -> ItemRef {
    let categories = element.get("category").unwrap_or("").split_whitespace();
    let mut out = ItemRef {
        identifier: reader.needed(element, "identifier"),
        href: reader.needed(element, "href"),
        categories: categories.map(str::to_string).collect(),
        required: reader.flag(element, "required", false),
        fixed: reader.flag(element, "fixed", false),
        gate: Gate::default(),
        weights: Vec::new(),
        mappings: Vec::new(),
        template_defaults: Vec::new(),
        line: element.line,
    };
    for child in element.elements() {
        if gate(reader, &mut out.gate, child) {
            continue;
        }
        match child.name.as_str() {
            "weight" => {
                let name = reader.needed(child, "identifier");
                let value = reader.float(child, "value");
                out.weights.extend(value.map(|value| (name, value)));
            }
            "variable-mapping" => {
                let from = reader.needed(child, "source-identifier");
                out.mappings
                    .push((from, reader.needed(child, "target-identifier")));
            }
            "template-default" => {
                let name = reader.needed(child, "template-identifier");
                let value = child
                    .elements()
                    .next()
                    .map(|one| expression::read(reader, one));
                out.template_defaults
                    .extend(value.map(|value| (name, value)));
            }
            _ => reader.misplaced(element, child),
        }
    }
    out
}

/// A test as a plain tree.
pub(super) fn write(test: &AssessmentTest) -> Element {
    let mut out = Element::new("assessment-test")
        .with("identifier", &test.identifier)
        .with("title", &test.title);
    out.attributes.extend(test.attributes.iter().cloned());
    let parts = test.parts.iter().map(|part| {
        Element::new("test-part")
            .with("identifier", &part.identifier)
            .with(
                "navigation-mode",
                if part.linear { "linear" } else { "nonlinear" },
            )
            .with(
                "submission-mode",
                if part.simultaneous {
                    "simultaneous"
                } else {
                    "individual"
                },
            )
            .all(write_gate(&part.gate))
            .all(part.sections.iter().map(write_part))
            .all(part.extra.iter().cloned())
    });
    let processing = test.processing.as_ref();
    out.all(test.outcomes.iter().map(declare::write))
        .all(test.limits.clone())
        .all(parts)
        .all(
            processing.map(|all| {
                Element::new("outcome-processing").all(rules::write(all, Family::Outcome))
            }),
        )
        .all(test.extra.iter().cloned())
}

fn write_gate(gate: &Gate) -> Vec<Element> {
    let conditions = gate.conditions.iter();
    let mut out: Vec<Element> = conditions
        .map(|when| Element::new("pre-condition").child(expression::write(when)))
        .collect();
    out.extend(gate.branches.iter().map(|(target, when)| {
        Element::new("branch-rule")
            .with("target", target)
            .child(expression::write(when))
    }));
    out.extend(gate.control.clone());
    out.extend(gate.limits.clone());
    out
}

fn write_part(part: &SectionPart) -> Element {
    match part {
        SectionPart::Section(section) => write_section(section),
        SectionPart::Reference { identifier, href } => Element::new("assessment-section-ref")
            .with("identifier", identifier)
            .with("href", href),
        SectionPart::Item(item) => write_ref(item),
    }
}

/// A section as a plain tree.
pub(super) fn write_section(section: &Section) -> Element {
    let selection = section.select.map(|(select, again)| {
        Element::new("selection")
            .with("select", select.to_string())
            .with("with-replacement", again.to_string())
    });
    let ordering = section.shuffle;
    Element::new("assessment-section")
        .with("identifier", &section.identifier)
        .with("title", &section.title)
        .with("visible", section.visible.to_string())
        .with("required", section.required.to_string())
        .with("fixed", section.fixed.to_string())
        .with("keep-together", section.keep_together.to_string())
        .all(write_gate(&section.gate))
        .all(selection)
        .all(ordering.map(|shuffle| Element::new("ordering").with("shuffle", shuffle.to_string())))
        .all(section.extra.iter().cloned())
        .all(section.parts.iter().map(write_part))
}

fn write_ref(item: &ItemRef) -> Element {
    let weights = item.weights.iter().map(|(name, value)| {
        Element::new("weight")
            .with("identifier", name)
            .with("value", float_text(*value))
    });
    let mappings = item.mappings.iter().map(|(from, to)| {
        Element::new("variable-mapping")
            .with("source-identifier", from)
            .with("target-identifier", to)
    });
    let defaults = item.template_defaults.iter().map(|(name, value)| {
        Element::new("template-default")
            .with("template-identifier", name)
            .child(expression::write(value))
    });
    let categories = (!item.categories.is_empty()).then(|| item.categories.join(" "));
    Element::new("assessment-item-ref")
        .with("identifier", &item.identifier)
        .with("href", &item.href)
        .with_some("category", categories)
        .with("required", item.required.to_string())
        .with("fixed", item.fixed.to_string())
        .all(write_gate(&item.gate))
        .all(mappings)
        .all(weights)
        .all(defaults)
}
