//! Names: what QTI 2.x writes in camel case and QTI 3.0 with hyphens is one name here, without the prefix `qti-`.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::xml::{Element, Node};

/// The namespace that HTML has in our tree; QTI gives HTML its own namespace.
pub const HTML: &str = "http://www.w3.org/1999/xhtml";
/// The namespace of MathML.
pub const MATHML: &str = "http://www.w3.org/1998/Math/MathML";
/// The namespace of XInclude.
pub const XINCLUDE: &str = "http://www.w3.org/2001/XInclude";
/// The namespaces of CSS-free speech hints and the like are carried; this one is drawn.
pub const SVG: &str = "http://www.w3.org/2000/svg";

/// A version of QTI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Version {
    /// QTI 2.0 or 2.1.
    V2p1,
    /// QTI 2.2.
    V2p2,
    /// QTI 3.0.
    V3p0,
}

impl Version {
    /// All, oldest first.
    pub const ALL: [Self; 3] = [Self::V2p1, Self::V2p2, Self::V3p0];

    /// Its number.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::V2p1 => "2.1",
            Self::V2p2 => "2.2",
            Self::V3p0 => "3.0",
        }
    }

    /// The namespace of its items and tests.
    #[must_use]
    pub fn namespace(self) -> &'static str {
        match self {
            Self::V2p1 => "http://www.imsglobal.org/xsd/imsqti_v2p1",
            Self::V2p2 => "http://www.imsglobal.org/xsd/imsqti_v2p2",
            Self::V3p0 => "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        }
    }

    /// The version that a root element says: by its namespace, else by the way its name is written.
    #[must_use]
    pub fn of(root: &Element) -> Self {
        if root.space.contains("imsqti_v2p2") {
            Self::V2p2
        } else if root.name.starts_with("qti-") || root.space.contains("v3p0") {
            Self::V3p0
        } else {
            Self::V2p1
        }
    }
}

/// All names of QTI's own elements, as 3.0 writes them without `qti-`; HTML, MathML and SVG have their own.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "a11y-content", "adaptive-engine-ref", "adaptive-selection", "adaptive-settings-ref", "and", "any-n",
    "area-map-entry", "area-mapping", "assessment-item", "assessment-item-ref", "assessment-section",
    "assessment-section-ref", "assessment-stimulus", "assessment-stimulus-ref", "assessment-test",
    "associable-hotspot", "associate-interaction", "base-value", "branch-rule", "calculator", "calculator-info",
    "calculator-type", "card", "card-entry", "catalog", "catalog-info", "choice-interaction",
    "companion-materials-info", "container-size", "contains", "content-body", "context-declaration", "correct",
    "correct-response", "custom-interaction", "custom-operator", "default", "default-value", "delete",
    "description", "digital-material", "divide", "drawing-interaction", "duration-gte", "duration-lt",
    "end-attempt-interaction", "equal", "equal-rounded", "exit-response", "exit-template", "exit-test",
    "extended-text-interaction", "feedback-block", "feedback-inline", "field-value", "file-href", "gap",
    "gap-img", "gap-match-interaction", "gap-text", "gcd", "graphic-associate-interaction",
    "graphic-gap-match-interaction", "graphic-order-interaction", "gt", "gte", "hotspot-choice",
    "hotspot-interaction", "hottext", "hottext-interaction", "html-content", "index", "info-control",
    "inline-choice", "inline-choice-interaction", "inside", "integer-divide", "integer-modulus",
    "integer-to-float", "interaction-markup", "interaction-module", "interaction-modules",
    "interpolation-table", "interpolation-table-entry", "is-null", "item-body", "item-file-info",
    "item-session-control", "lcm", "lookup-outcome-value", "lt", "lte", "map-entry", "map-response",
    "map-response-point", "mapping", "match", "match-interaction", "match-table", "match-table-entry",
    "math-constant", "math-operator", "max", "media-interaction", "member", "min", "modal-feedback", "multiple",
    "not", "null", "number-correct", "number-incorrect", "number-presented", "number-responded",
    "number-selected", "or", "order-interaction", "ordered", "ordering", "outcome-condition",
    "outcome-declaration", "outcome-else", "outcome-else-if", "outcome-if", "outcome-maximum",
    "outcome-minimum", "outcome-processing", "outcome-processing-fragment", "pattern-match",
    "physical-material", "portable-custom-interaction", "position-object-interaction", "position-object-stage",
    "power", "pre-condition", "printed-variable", "product", "prompt", "protractor", "random",
    "random-float", "random-integer", "record", "repeat", "resource-icon", "response-condition",
    "response-declaration", "response-else", "response-else-if", "response-if", "response-processing",
    "response-processing-fragment", "round", "round-to", "rubric-block", "rule", "rule-system-metric",
    "rule-system-si", "rule-system-us", "select-point-interaction", "selection", "set-correct-response",
    "set-default-value", "set-outcome-value", "set-template-value", "simple-associable-choice",
    "simple-choice", "simple-match-set", "slider-interaction", "stats-operator", "stimulus-body",
    "string-match", "stylesheet", "substring", "subtract", "sum", "template-block",
    "template-block-feedback", "template-condition", "template-constraint", "template-declaration",
    "template-default", "template-else", "template-else-if", "template-if", "template-inline",
    "template-processing", "template-variable", "test-feedback", "test-part", "test-rubric-block",
    "test-variables", "text-entry-interaction", "time-limits", "truncate", "upload-interaction",
    "usagedata-ref", "value", "variable", "variable-mapping", "weight", "context-variable",
];

/// Whether a hyphenated name without `qti-` is an element of QTI.
#[must_use]
pub fn is_known(name: &str) -> bool {
    sorted().binary_search(&name).is_ok()
}

fn sorted() -> &'static [&'static str] {
    static SORTED: std::sync::LazyLock<Vec<&'static str>> = std::sync::LazyLock::new(|| {
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        names
    });
    &SORTED
}

/// `responseIf` as `response-if`.
#[must_use]
pub fn hyphened(camel: &str) -> String {
    let mut out = String::with_capacity(camel.len() + 4);
    for c in camel.chars() {
        // A capital at the front begins no second word: `Adaptive` stays what it is, a stranger's name.
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// `response-if` as `responseIf`.
#[must_use]
pub fn camel(hyphened: &str) -> String {
    let mut out = String::with_capacity(hyphened.len());
    let mut letters = hyphened.chars().peekable();
    while let Some(c) = letters.next() {
        match letters.peek() {
            // A hyphen before anything else is a part of the name.
            Some(next) if c == '-' && next.is_ascii_lowercase() => {
                out.push(next.to_ascii_uppercase());
                letters.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Elements whose content stands in a `content-body` of its own in QTI 3.0.
fn holds_body(name: &str) -> bool {
    [
        "modal-feedback",
        "feedback-block",
        "template-block",
        "rubric-block",
        "test-feedback",
    ]
    .contains(&name)
}

/// Attributes that both versions write in the same way.
fn is_shared_attribute(name: &str) -> bool {
    name.starts_with("data-") || name.starts_with("aria-")
}

/// Makes the tree of a document one that does not say which version it was: QTI's own elements have no namespace and
/// hyphenated names, HTML has HTML's namespace, all else keeps its own. Calls `unknown` with each element that has the
/// prefix of QTI but no meaning.
pub fn to_plain(element: &mut Element, version: Version, unknown: &mut dyn FnMut(&Element)) {
    let own = element.space.is_empty() || element.space.contains("imsqti");
    if own {
        let plain = match version {
            Version::V3p0 => element.name.strip_prefix("qti-").map(str::to_string),
            _ => Some(hyphened(&element.name)).filter(|name| is_known(name)),
        };
        match plain {
            Some(name) => {
                element.space.clear();
                element.name = name;
                if !is_known(&element.name) {
                    unknown(element);
                }
                // Tools write names of 2.x in documents of 3.0 too: what they mean is plain.
                for one in &mut element.attributes {
                    if one.space.is_empty() && !is_shared_attribute(&one.name) {
                        one.name = hyphened(&one.name);
                    }
                }
                if element.attributes.len() > 1 {
                    let mut seen = BTreeSet::new();
                    element
                        .attributes
                        .retain(|one| seen.insert((one.space.clone(), one.name.clone())));
                }
            }
            None => element.space = HTML.to_string(),
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            to_plain(child, version, unknown);
        }
    }
    if element.space.is_empty() && holds_body(&element.name) {
        unwrap_body(element);
    }
}

/// Whether a `content-body` is all that an element holds.
fn is_body_alone(element: &Element) -> bool {
    let only = element.children.iter().all(|node| match node {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(child) => child.space.is_empty() && child.name == "content-body",
    });
    only && element.elements().count() == 1
}

/// Takes the content out of a `content-body` that stands alone.
fn unwrap_body(element: &mut Element) {
    if is_body_alone(element) {
        let parts = std::mem::take(&mut element.children);
        let body = parts.into_iter().find_map(|node| match node {
            Node::Element(body) => Some(body),
            Node::Text(_) => None,
        });
        element.children = body.map(|body| body.children).unwrap_or_default();
    }
}

/// The opposite of [`to_plain`]: the tree as a version writes it.
pub fn to_version(element: &mut Element, version: Version) {
    let html = element.space == HTML;
    let own = element.space.is_empty();
    if own || html {
        element.space = version.namespace().to_string();
    }
    if own {
        if holds_body(&element.name) && (version == Version::V3p0 || is_body_alone(element)) {
            wrap_body(element);
        }
        if version == Version::V3p0 {
            element.name.insert_str(0, "qti-");
        } else {
            element.name = camel(&element.name);
            for one in &mut element.attributes {
                if one.space.is_empty() && !is_shared_attribute(&one.name) {
                    one.name = camel(&one.name);
                }
            }
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            to_version(child, version);
        }
    }
}

fn wrap_body(element: &mut Element) {
    let has = element
        .elements()
        .any(|child| child.space.is_empty() && child.name == "content-body");
    if !has || is_body_alone(element) {
        let mut body = Element::new("content-body");
        body.children = std::mem::take(&mut element.children);
        element.children.push(Node::Element(body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{parse, write};

    #[test]
    fn versions_differ_only_in_writing() {
        let two = r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" timeDependent="false"><itemBody data-aB="1"><p class="x">a<feedbackBlock showHide="show"><em>b</em></feedbackBlock></p></itemBody></assessmentItem>"#;
        let mut tree = parse(two).unwrap();
        let version = Version::of(&tree);
        assert_eq!(version, Version::V2p2);
        to_plain(&mut tree, version, &mut |odd| panic!("{}", odd.name));
        assert_eq!(tree.get("time-dependent"), Some("false"));
        let plain = tree.clone();
        to_version(&mut tree, Version::V3p0);
        let three = write(&tree);
        assert!(
            three.contains("<qti-feedback-block show-hide=\"show\"><qti-content-body><em>"),
            "{three}"
        );
        let mut again = parse(&three).unwrap().without_blanks();
        to_plain(&mut again, Version::V3p0, &mut |odd| panic!("{}", odd.name));
        assert_eq!(again, plain);
        to_version(&mut again, Version::V2p2);
        assert_eq!(again, parse(two).unwrap());
    }

    #[test]
    fn names_go_there_and_back() {
        for name in NAMES {
            assert_eq!(hyphened(&camel(name)), *name);
        }
        assert!(is_known("match") && !is_known("span"));
        assert_eq!(hyphened("Adaptive"), "Adaptive");
    }
}
