//! Assessment items and stimuli: declarations, processing and body, read from and written to their documents.

use super::declare::{self, Declaration, DeclarationKind};
use super::names::{HTML, SVG, Version, XINCLUDE};
use super::reader::Reader;
use super::rules::{self, Family, Rule};
use crate::xml::{Attribute, Element, Line, Node};

/// How answers become outcomes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResponseProcessing {
    /// The address of a standard template; never fetched.
    pub template: Option<String>,
    /// Where else the template may be.
    pub location: Option<String>,
    /// Rules of the item's own.
    pub rules: Vec<Rule>,
}

/// What is said after an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ModalFeedback {
    /// The outcome that decides.
    pub outcome: String,
    /// The value of the outcome that is meant.
    pub identifier: String,
    /// Whether the value shows it; else it hides it.
    pub show: bool,
    /// Its title.
    pub title: Option<String>,
    /// What it says.
    pub content: Vec<Node>,
    /// Where it stands.
    pub line: Line,
}

/// A text that items share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StimulusRef {
    /// Its name.
    pub identifier: String,
    /// Its file.
    pub href: String,
    /// Its title.
    pub title: Option<String>,
}

/// An item.
#[derive(Debug, Clone, PartialEq)]
pub struct AssessmentItem {
    /// How its document is written.
    pub version: Version,
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Whether it goes on over several answers.
    pub adaptive: bool,
    /// Whether the time counts.
    pub time_dependent: bool,
    /// What else its root says, such as the language.
    pub attributes: Vec<Attribute>,
    /// Its variables: context, responses, outcomes, templates, each in order.
    pub declarations: Vec<Declaration>,
    /// How its template is drawn.
    pub template_processing: Option<Vec<Rule>>,
    /// The texts that it shares.
    pub stimuli: Vec<StimulusRef>,
    /// What the learner sees; HTML with interactions in it.
    pub body: Option<Element>,
    /// How it is scored.
    pub processing: Option<ResponseProcessing>,
    /// What is said after an answer.
    pub feedback: Vec<ModalFeedback>,
    /// Style sheets, catalogs and materials, as carried.
    pub extra: Vec<Element>,
    /// Where it begins.
    pub line: Line,
}

impl AssessmentItem {
    /// A variable by its name.
    #[must_use]
    pub fn declaration(&self, identifier: &str) -> Option<&Declaration> {
        self.declarations
            .iter()
            .find(|one| one.identifier == identifier)
    }

    /// The variables of a kind.
    pub fn of(&self, kind: DeclarationKind) -> impl Iterator<Item = &Declaration> {
        self.declarations.iter().filter(move |one| one.kind == kind)
    }

    /// The language of its words, if it says one.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        let found = self.attributes.iter().find(|one| one.name == "lang");
        found.map(|one| one.value.as_str())
    }
}

/// A text that items share.
#[derive(Debug, Clone, PartialEq)]
pub struct Stimulus {
    /// How its document is written.
    pub version: Version,
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// What else its root says.
    pub attributes: Vec<Attribute>,
    /// What it shows.
    pub body: Option<Element>,
    /// Style sheets and catalogs, as carried.
    pub extra: Vec<Element>,
}

/// Attributes of a root that have no field of their own.
pub(super) fn other_attributes(root: &Element, known: &[&str]) -> Vec<Attribute> {
    let other = |one: &&Attribute| !one.space.is_empty() || !known.contains(&one.name.as_str());
    root.attributes.iter().filter(other).cloned().collect()
}

const ROOT: [&str; 4] = ["identifier", "title", "adaptive", "time-dependent"];

/// Reads an item from its plain tree.
pub(super) fn read(reader: &mut Reader, root: &Element, version: Version) -> AssessmentItem {
    let mut item = AssessmentItem {
        version,
        identifier: reader.needed(root, "identifier"),
        title: root.get("title").unwrap_or("").to_string(),
        adaptive: reader.flag(root, "adaptive", false),
        time_dependent: reader.flag(root, "time-dependent", false),
        attributes: other_attributes(root, &ROOT),
        declarations: Vec::new(),
        template_processing: None,
        stimuli: Vec::new(),
        body: None,
        processing: None,
        feedback: Vec::new(),
        extra: Vec::new(),
        line: root.line,
    };
    for child in root.elements() {
        if let Some(declaration) = declare::read(reader, child) {
            if item.declaration(&declaration.identifier).is_some() {
                let what = format!(
                    "the variable \"{}\" is declared twice",
                    declaration.identifier
                );
                reader.error(child, "identifier", "duplicate", what);
            }
            item.declarations.push(declaration);
            continue;
        }
        match child.name.as_str() {
            "template-processing" => {
                item.template_processing = Some(rules::read(reader, child, Family::Template));
            }
            "assessment-stimulus-ref" => item.stimuli.push(StimulusRef {
                identifier: reader.needed(child, "identifier"),
                href: reader.needed(child, "href"),
                title: child.get("title").map(str::to_string),
            }),
            "item-body" => item.body = Some(body(reader, child)),
            "response-processing" => item.processing = Some(processing(reader, child)),
            "modal-feedback" => item.feedback.push(feedback(reader, child)),
            "stylesheet" | "catalog-info" | "companion-materials-info" | "interaction-modules" => {
                item.extra.push(child.clone().without_blanks());
            }
            _ => reader.misplaced(root, child),
        }
    }
    item.declarations.sort_by_key(|one| place(one.kind));
    item.extra.sort_by_key(|one| one.name == "catalog-info");
    item
}

/// The place of a kind of declaration in a document.
fn place(kind: DeclarationKind) -> u8 {
    match kind {
        DeclarationKind::Context => 0,
        DeclarationKind::Response => 1,
        DeclarationKind::Outcome => 2,
        DeclarationKind::Template => 3,
    }
}

/// Reads `response-processing`.
pub(super) fn processing(reader: &mut Reader, element: &Element) -> ResponseProcessing {
    let address = |name: &str| {
        let text = element.get(name).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_string)
    };
    ResponseProcessing {
        template: address("template"),
        location: address("template-location"),
        rules: rules::read(reader, element, Family::Response),
    }
}

fn feedback(reader: &mut Reader, element: &Element) -> ModalFeedback {
    let content = body(reader, element).children;
    ModalFeedback {
        outcome: reader.needed(element, "outcome-identifier"),
        identifier: reader.needed(element, "identifier"),
        show: element.get("show-hide") != Some("hide"),
        title: element.get("title").map(str::to_string),
        content,
        line: element.line,
    }
}

/// Content without anything that could run; what is taken out is told.
pub(super) fn body(reader: &mut Reader, element: &Element) -> Element {
    let mut body = element.clone();
    calm(reader, &mut body);
    body
}

fn calm(reader: &mut Reader, element: &mut Element) {
    let mut odd: Vec<String> = Vec::new();
    element.attributes.retain(|one| {
        let name = one.name.to_ascii_lowercase();
        let value: String = one
            .value
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let value = value.to_ascii_lowercase();
        let runs = (name.starts_with("on") && name.len() > 3)
            || value.starts_with("javascript:")
            || value.starts_with("vbscript:")
            || value.starts_with("data:text/html");
        if runs {
            odd.push(one.name.clone());
        }
        !runs
    });
    for name in odd {
        let what = "what could run in a browser is taken out";
        reader.error(element, &name, "active-content", what);
    }
    let mut kept = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        match node {
            Node::Element(mut child) => {
                let runs = (child.space == HTML || child.space == SVG)
                    && child.name.eq_ignore_ascii_case("script");
                if runs {
                    reader.error(&child, "", "active-content", "a script is taken out");
                    continue;
                }
                if child.space == XINCLUDE {
                    let what = format!("\"{}\" is not fetched", child.get("href").unwrap_or(""));
                    reader.warn(&child, "href", "include", what);
                }
                calm(reader, &mut child);
                kept.push(Node::Element(child));
            }
            text @ Node::Text(_) => kept.push(text),
        }
    }
    element.children = kept;
}

/// Reads a stimulus from its plain tree.
pub(super) fn read_stimulus(reader: &mut Reader, root: &Element, version: Version) -> Stimulus {
    let mut out = Stimulus {
        version,
        identifier: reader.needed(root, "identifier"),
        title: root.get("title").unwrap_or("").to_string(),
        attributes: other_attributes(root, &["identifier", "title"]),
        body: None,
        extra: Vec::new(),
    };
    for child in root.elements() {
        match child.name.as_str() {
            "stimulus-body" => out.body = Some(body(reader, child)),
            "stylesheet" | "catalog-info" => out.extra.push(child.clone().without_blanks()),
            _ => reader.misplaced(root, child),
        }
    }
    if out.body.is_none() {
        reader.error(
            root,
            "",
            "missing-element",
            "a stimulus needs a stimulus-body",
        );
    }
    out.extra.sort_by_key(|one| one.name == "catalog-info");
    out
}

/// An item as a plain tree.
pub(super) fn write(item: &AssessmentItem) -> Element {
    let mut out = Element::new("assessment-item")
        .with("identifier", &item.identifier)
        .with("title", &item.title)
        .with("adaptive", item.adaptive.to_string())
        .with("time-dependent", item.time_dependent.to_string());
    out.attributes.extend(item.attributes.iter().cloned());
    let stimuli = item.stimuli.iter().map(|one| {
        Element::new("assessment-stimulus-ref")
            .with("identifier", &one.identifier)
            .with("href", &one.href)
            .with_some("title", one.title.as_ref())
    });
    let template = item
        .template_processing
        .as_ref()
        .map(|all| Element::new("template-processing").all(rules::write(all, Family::Template)));
    let (after, before): (Vec<&Element>, Vec<&Element>) = item
        .extra
        .iter()
        .partition(|one| one.name == "catalog-info");
    out.all(item.declarations.iter().map(declare::write))
        .all(template)
        .all(stimuli)
        .all(before.into_iter().cloned())
        .all(item.body.clone())
        .all(after.into_iter().cloned())
        .all(item.processing.as_ref().map(write_processing))
        .all(item.feedback.iter().map(write_feedback))
}

/// `response-processing` as an element.
pub(super) fn write_processing(processing: &ResponseProcessing) -> Element {
    Element::new("response-processing")
        .with_some("template", processing.template.as_ref())
        .with_some("template-location", processing.location.as_ref())
        .all(rules::write(&processing.rules, Family::Response))
}

fn write_feedback(feedback: &ModalFeedback) -> Element {
    let mut out = Element::new("modal-feedback")
        .with("outcome-identifier", &feedback.outcome)
        .with("identifier", &feedback.identifier)
        .with("show-hide", if feedback.show { "show" } else { "hide" })
        .with_some("title", feedback.title.as_ref());
    out.children.clone_from(&feedback.content);
    out
}

/// A stimulus as a plain tree.
pub(super) fn write_stimulus(stimulus: &Stimulus) -> Element {
    let mut out = Element::new("assessment-stimulus")
        .with("identifier", &stimulus.identifier)
        .with("title", &stimulus.title);
    out.attributes.extend(stimulus.attributes.iter().cloned());
    let (after, before): (Vec<&Element>, Vec<&Element>) = stimulus
        .extra
        .iter()
        .partition(|one| one.name == "catalog-info");
    out.all(before.into_iter().cloned())
        .all(stimulus.body.clone())
        .all(after.into_iter().cloned())
}
