//! Writes a tree as XML text: what it says is what a reader gets back, element by element.

use super::{Attribute, Element, Node, XML_SPACE};

/// The document of a tree, with a declaration. Elements that hold no text are indented.
#[must_use]
pub fn write(root: &Element) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(&mut out, root, "", 0, true);
    out.push('\n');
    out
}

/// A text with `&`, `<`, `>` and quotes as entities.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text, true);
    out
}

fn escape(out: &mut String, text: &str, quotes: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quotes => out.push_str("&quot;"),
            // A reader makes a space of these in an attribute, and a line feed of a carriage return in text.
            '\n' if quotes => out.push_str("&#10;"),
            '\t' if quotes => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            // What XML has no way to write.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            other => out.push(other),
        }
    }
}

fn element(out: &mut String, this: &Element, space: &str, depth: usize, indent: bool) {
    out.push('<');
    out.push_str(&this.name);
    if this.space != space {
        out.push_str(" xmlns=\"");
        escape(out, &this.space, true);
        out.push('"');
    }
    attributes(out, &this.attributes);
    if this.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    let texts = this
        .children
        .iter()
        .any(|node| matches!(node, Node::Text(_)));
    let indent = indent && !texts;
    for node in &this.children {
        if indent {
            line(out, depth + 1);
        }
        match node {
            Node::Text(text) => escape(out, text, false),
            Node::Element(child) => element(out, child, &this.space, depth + 1, indent),
        }
    }
    if indent {
        line(out, depth);
    }
    out.push_str("</");
    out.push_str(&this.name);
    out.push('>');
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn attributes(out: &mut String, attributes: &[Attribute]) {
    for (place, one) in attributes.iter().enumerate() {
        out.push(' ');
        if one.space == XML_SPACE {
            out.push_str("xml:");
        } else if !one.space.is_empty() {
            let prefix = format!("a{place}");
            out.push_str("xmlns:");
            out.push_str(&prefix);
            out.push_str("=\"");
            escape(out, &one.space, true);
            out.push_str("\" ");
            out.push_str(&prefix);
            out.push(':');
        }
        out.push_str(&one.name);
        out.push_str("=\"");
        escape(out, &one.value, true);
        out.push('"');
    }
}
