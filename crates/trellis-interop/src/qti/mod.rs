//! QTI 3.0, 2.2 and 2.1: items, tests and stimuli, read into a model of ours, scored, and written back.
//!
//! Documents become a value and findings; nothing is fetched and nothing runs. See [`read`] and [`write`].

pub mod bank;
pub mod check;
pub mod convert;
pub mod declare;
pub mod evaluate;
pub mod export;
pub mod expression;
pub mod interaction;
pub mod item;
pub mod names;
pub mod outcome;
pub mod package;
mod reader;
pub mod rules;
pub mod session;
pub mod templates;
pub mod test;
mod tolerance;
pub mod value;

pub use interaction::{Interaction, InteractionKind};
pub use item::{AssessmentItem, Stimulus};
pub use names::Version;
pub use session::{Responses, Session};
pub use test::AssessmentTest;
pub use value::{Atom, BaseType, Cardinality, Value};

use crate::finding::Finding;
use crate::xml::{self, Element};
use reader::Reader;

/// A document of QTI.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// An item.
    Item(Box<AssessmentItem>),
    /// A test.
    Test(Box<AssessmentTest>),
    /// A section that tests refer to.
    Section(Version, Box<test::Section>),
    /// A text that items share.
    Stimulus(Box<Stimulus>),
    /// Response processing on its own, as templates are.
    Processing(Version, Box<item::ResponseProcessing>),
}

impl Document {
    /// How the document is written.
    #[must_use]
    pub fn version(&self) -> Version {
        match self {
            Self::Item(item) => item.version,
            Self::Test(test) => test.version,
            Self::Stimulus(stimulus) => stimulus.version,
            Self::Section(version, _) | Self::Processing(version, _) => *version,
        }
    }

    /// The same document in another version.
    #[must_use]
    pub fn in_version(mut self, to: Version) -> Self {
        match &mut self {
            Self::Item(item) => item.version = to,
            Self::Test(test) => test.version = to,
            Self::Stimulus(stimulus) => stimulus.version = to,
            Self::Section(version, _) | Self::Processing(version, _) => *version = to,
        }
        self
    }
}

/// Reads a document. `None` when it is no XML or no document of QTI; then a finding says so.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> (Option<Document>, Vec<Finding>) {
    match xml::parse_bytes(bytes) {
        Ok(root) => read_tree(file, root),
        Err(fault) => (
            None,
            vec![Finding::error(file, fault.line, fault.rule, fault.what)],
        ),
    }
}

/// Reads a document whose XML is read already.
#[must_use]
pub fn read_tree(file: &str, mut root: Element) -> (Option<Document>, Vec<Finding>) {
    let mut reader = Reader::new(file);
    let version = Version::of(&root);
    if root.name == "questestinterop" {
        let what = "this is QTI 1.2, which is not read; export the bank as QTI 2.1 or newer";
        reader.error(&root, "", "old-version", what);
        return (None, reader.findings);
    }
    let mut unknown = Vec::new();
    names::to_plain(&mut root, version, &mut |element| {
        unknown.push((element.line.0, element.name.clone()));
    });
    for (line, name) in unknown {
        let what = format!("{name}: QTI {} has no such element", version.number());
        reader
            .findings
            .push(Finding::error(file, line, "unknown-element", what));
    }
    let document = match (root.space.as_str(), root.name.as_str()) {
        ("", "assessment-item") => {
            let item = item::read(&mut reader, &root, version);
            check::item(&mut reader, &item, &root);
            Some(Document::Item(Box::new(item)))
        }
        ("", "assessment-test") => Some(Document::Test(Box::new(test::read(
            &mut reader,
            &root,
            version,
        )))),
        ("", "assessment-section") => {
            let section = test::section(&mut reader, &root);
            Some(Document::Section(version, Box::new(section)))
        }
        ("", "assessment-stimulus") => {
            let stimulus = item::read_stimulus(&mut reader, &root, version);
            Some(Document::Stimulus(Box::new(stimulus)))
        }
        ("", "response-processing") => {
            let processing = item::processing(&mut reader, &root);
            Some(Document::Processing(version, Box::new(processing)))
        }
        _ => {
            let what = "this is no item, test, section, stimulus or response processing of QTI";
            reader.warn(&root, "", "other-document", what);
            None
        }
    };
    (document, reader.findings)
}

/// Writes a document in its version: reading it back gives the same document.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut root = match document {
        Document::Item(item) => item::write(item),
        Document::Test(test) => test::write(test),
        Document::Section(_, section) => test::write_section(section),
        Document::Stimulus(stimulus) => item::write_stimulus(stimulus),
        Document::Processing(_, processing) => item::write_processing(processing),
    };
    names::to_version(&mut root, document.version());
    keep_spaces(&mut root);
    xml::write(&root)
}

/// An element of content without any text must not be indented: white space there is content.
fn keep_spaces(element: &mut Element) {
    let content = [
        "itemBody",
        "qti-item-body",
        "stimulusBody",
        "qti-stimulus-body",
        "modalFeedback",
        "qti-modal-feedback",
        "rubricBlock",
        "qti-rubric-block",
        "testFeedback",
        "qti-test-feedback",
        "testRubricBlock",
        "qti-test-rubric-block",
    ];
    if content.contains(&element.name.as_str()) {
        let texts = element
            .children
            .iter()
            .any(|node| matches!(node, xml::Node::Text(_)));
        if !texts {
            element.children.insert(0, xml::Node::Text(String::new()));
        }
        return;
    }
    for node in &mut element.children {
        if let xml::Node::Element(child) = node {
            keep_spaces(child);
        }
    }
}
