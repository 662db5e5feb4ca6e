//! XML from strangers as a tree of our own: no DTD, no entities but the five, limits on size, nodes and depth.

mod write;

use std::fmt;

pub use write::{text as escape, write};

/// The largest document that is read, in bytes.
pub const LARGEST_DOCUMENT: usize = 8_000_000;
/// The most nodes of a document.
pub const MOST_NODES: u32 = 400_000;
/// The deepest element in an element.
pub const DEEPEST: usize = 128;
/// The namespace of the prefix `xml`.
pub const XML_SPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of `xsi:schemaLocation`, which is for validators and not kept.
const SCHEMA_SPACE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A line of a file, counted from 1. Two lines are always equal: a document is the same wherever its parts stand.
#[derive(Clone, Copy, Default, Eq)]
pub struct Line(pub usize);

impl PartialEq for Line {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.0)
    }
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its namespace; empty for none.
    pub space: String,
    /// Its local name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// An element with all that is in it. Comments and processing instructions are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Its namespace; empty for none.
    pub space: String,
    /// Its local name.
    pub name: String,
    /// In the order of the document.
    pub attributes: Vec<Attribute>,
    /// In the order of the document.
    pub children: Vec<Node>,
    /// Where it begins.
    pub line: Line,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlFault {
    /// The line, counted from 1; 0 for the document as a whole.
    pub line: usize,
    /// A rule for findings: `syntax`, `doctype`, `too-large`, `too-deep` or `encoding`.
    pub rule: &'static str,
    /// What is wrong.
    pub what: String,
}

impl Element {
    /// A new element without namespace.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_string(),
            ..Self::default()
        }
    }

    /// The same with one more attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// The same with one more attribute where there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with text behind what it holds.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// The same with an element behind what it holds.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// The same with elements behind what it holds.
    #[must_use]
    pub fn all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds an attribute without namespace.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.attributes.push(Attribute {
            space: String::new(),
            name: name.to_string(),
            value: value.into(),
        });
    }

    /// The value of an attribute without namespace.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|one| one.space.is_empty() && one.name == name);
        found.map(|one| one.value.as_str())
    }

    /// The elements in it, without the text between them.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it of this local name, whatever its namespace.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// All text in it, at any depth, as it stands.
    #[must_use]
    pub fn whole_text(&self) -> String {
        let mut out = String::new();
        self.gather_text(&mut out);
        out
    }

    fn gather_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.gather_text(out),
            }
        }
    }

    /// Calls a function with this element and all in it, in the order of the document.
    pub fn visit<'a>(&'a self, look: &mut dyn FnMut(&'a Self)) {
        look(self);
        for element in self.elements() {
            element.visit(look);
        }
    }

    /// The same without the white space between elements; text beside other text stays.
    #[must_use]
    pub fn without_blanks(mut self) -> Self {
        let blank = |node: &Node| matches!(node, Node::Text(text) if text.trim().is_empty());
        let mixed = self
            .children
            .iter()
            .any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
        let parts = std::mem::take(&mut self.children);
        let kept = parts.into_iter().filter(|node| mixed || !blank(node));
        self.children = kept
            .map(|node| match node {
                Node::Element(element) => Node::Element(element.without_blanks()),
                text @ Node::Text(_) => text,
            })
            .collect();
        self
    }
}

/// Reads a document of bytes: UTF-8, or UTF-16 with a byte order mark.
///
/// # Errors
/// [`XmlFault`] with the line.
pub fn parse_bytes(bytes: &[u8]) -> Result<Element, XmlFault> {
    if bytes.len() > LARGEST_DOCUMENT {
        return Err(too_large());
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => parse(&utf16(rest, u16::from_le_bytes)?),
        [0xfe, 0xff, rest @ ..] => parse(&utf16(rest, u16::from_be_bytes)?),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => parse(text),
            Err(fault) => {
                let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
                let breaks = before.iter().filter(|byte| **byte == b'\n').count();
                Err(XmlFault {
                    line: breaks + 1,
                    rule: "encoding",
                    what: "this is not UTF-8 text".to_string(),
                })
            }
        },
    }
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Result<String, XmlFault> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| read(*pair)).collect();
    match String::from_utf16(&units) {
        // The declaration still says UTF-16, which is no matter to a reader of characters.
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err(XmlFault {
            line: 0,
            rule: "encoding",
            what: "this is neither UTF-8 nor UTF-16 text".to_string(),
        }),
    }
}

fn too_large() -> XmlFault {
    XmlFault {
        line: 0,
        rule: "too-large",
        what: format!("a document may have {LARGEST_DOCUMENT} bytes and {MOST_NODES} parts"),
    }
}

/// Reads a document.
///
/// # Errors
/// [`XmlFault`] with the line: it is not well formed, has a document type, or breaks a limit.
pub fn parse(text: &str) -> Result<Element, XmlFault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST_DOCUMENT {
        return Err(too_large());
    }
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options)
        .map_err(|fault| explained(text, &fault))?;
    let lines = Lines::new(text);
    build(document.root_element(), &lines)
}

fn explained(text: &str, fault: &roxmltree::Error) -> XmlFault {
    use roxmltree::Error;
    match fault {
        Error::NodesLimitReached => too_large(),
        Error::DtdDetected => {
            let before = text.find("<!DOCTYPE").and_then(|at| text.get(..at));
            XmlFault {
                line: before.map_or(0, |before| before.matches('\n').count() + 1),
                rule: "doctype",
                what: "a document type is refused: it can name files and addresses, or grow without end"
                    .to_string(),
            }
        }
        other => XmlFault {
            line: usize::try_from(other.pos().row).unwrap_or(0),
            rule: "syntax",
            what: other.to_string(),
        },
    }
}

/// Where lines begin, so that each place is found by halving.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn of(&self, at: usize) -> Line {
        Line(self.0.partition_point(|end| *end < at) + 1)
    }
}

/// Refuses names such as `:-title`, which have nothing before the colon and cannot be written again.
fn names_are_names(node: roxmltree::Node<'_, '_>, lines: &Lines) -> Result<(), XmlFault> {
    let is_name = |name: &str| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let names = node.attributes().map(|one| one.name());
    for name in names.chain([node.tag_name().name()]) {
        if !is_name(name) {
            return Err(XmlFault {
                line: lines.of(node.range().start).0,
                rule: "syntax",
                what: format!("\"{name}\" is no name"),
            });
        }
    }
    Ok(())
}

/// Builds the tree without recursion: a stack of elements that are open.
fn build(root: roxmltree::Node<'_, '_>, lines: &Lines) -> Result<Element, XmlFault> {
    names_are_names(root, lines)?;
    let mut open: Vec<(Element, Option<roxmltree::Node<'_, '_>>)> =
        vec![(opened(root, lines), root.first_child())];
    loop {
        let Some((_, next)) = open.last_mut() else {
            return Ok(Element::default());
        };
        let Some(node) = *next else {
            let done = open.pop().map(|(element, _)| element).unwrap_or_default();
            match open.last_mut() {
                Some((parent, _)) => parent.children.push(Node::Element(done)),
                None => return Ok(done),
            }
            continue;
        };
        *next = node.next_sibling();
        if node.is_element() {
            names_are_names(node, lines)?;
            let element = opened(node, lines);
            if open.len() >= DEEPEST {
                return Err(XmlFault {
                    line: element.line.0,
                    rule: "too-deep",
                    what: format!("elements stand in each other more than {DEEPEST} deep"),
                });
            }
            open.push((element, node.first_child()));
        } else if node.is_text()
            && let (Some(text), Some((parent, _))) = (node.text(), open.last_mut())
            && !text.is_empty()
        {
            match parent.children.last_mut() {
                // A comment between two texts leaves one text.
                Some(Node::Text(before)) => before.push_str(text),
                _ => parent.children.push(Node::Text(text.to_string())),
            }
        }
    }
}

fn opened(node: roxmltree::Node<'_, '_>, lines: &Lines) -> Element {
    let tag = node.tag_name();
    let kept = node
        .attributes()
        .filter(|one| one.namespace() != Some(SCHEMA_SPACE));
    Element {
        space: tag.namespace().unwrap_or("").to_string(),
        name: tag.name().to_string(),
        attributes: kept
            .map(|one| Attribute {
                space: one.namespace().unwrap_or("").to_string(),
                name: one.name().to_string(),
                value: one.value().to_string(),
            })
            .collect(),
        children: Vec::new(),
        line: lines.of(node.range().start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_become_trees_with_lines() {
        let root = parse("<a x='1'>\n <b xmlns='urn:b'>t<!-- no -->&lt;<![CDATA[<u>]]></b>\n</a>")
            .unwrap();
        assert_eq!((root.name.as_str(), root.get("x")), ("a", Some("1")));
        let b = root.first("b").unwrap();
        assert_eq!((b.space.as_str(), b.line.0), ("urn:b", 2));
        assert_eq!(b.children, vec![Node::Text("t<<u>".into())]);
        assert_eq!(parse(&write(&root)).unwrap(), root);
    }

    #[test]
    fn a_name_begins_with_a_letter() {
        for text in ["<a :-b='1'/>", "<a><:-b/></a>"] {
            if let Ok(root) = parse(text) {
                panic!("{text} gives {root:?}");
            }
        }
        assert!(parse("<a _b='1' é='2'/>").is_ok());
    }

    #[test]
    fn an_empty_section_leaves_no_text() {
        let root = parse("<a><b><![CDATA[]]><c/></b></a>").unwrap();
        let b = root.first("b").unwrap();
        assert!(matches!(b.children.as_slice(), [Node::Element(_)]));
        let again = parse(&write(&root)).unwrap();
        assert!(again.first("b").unwrap().first("c").is_some());
    }

    #[test]
    fn attacks_are_refused_with_their_rule() {
        let deep = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
        let wide = format!("<a>{}</a>", "<b/>".repeat(500_000));
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
        let outside = "\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
        for (text, rule, line) in [
            (deep.as_str(), "too-deep", 1),
            (wide.as_str(), "too-large", 0),
            (bomb, "doctype", 1),
            (outside, "doctype", 2),
            ("<a>\n&x;</a>", "syntax", 2),
            ("<a>\n\n<b></a>", "syntax", 3),
            ("", "syntax", 1),
        ] {
            let fault = parse(text).unwrap_err();
            assert_eq!((fault.rule, fault.line), (rule, line), "{}", fault.what);
        }
        let fault = parse_bytes(b"<a>\n\xff</a>").unwrap_err();
        assert_eq!((fault.rule, fault.line), ("encoding", 2));
    }

    #[test]
    fn two_byte_text_is_read() {
        let text = "<?xml version='1.0' encoding='UTF-16'?><a>é</a>";
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(parse_bytes(&bytes).unwrap().whole_text(), "é");
        bytes.pop();
        assert!(parse_bytes(&bytes).is_err());
    }
}
