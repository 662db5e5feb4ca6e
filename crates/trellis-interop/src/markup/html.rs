//! HTML as people and tools write it, read leniently into a tree; never more than a tree: nothing runs, nothing is fetched.

use super::{HTML, MATHML};
use crate::xml::{Attribute, DEEPEST, Element, Line, Node};

/// Elements that have no end tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
/// Elements that end an open paragraph.
const BLOCK: [&str; 16] = [
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "hr",
    "dl",
];
/// Named characters that authors use.
const NAMED: [(&str, &str); 40] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("times", "×"),
    ("divide", "÷"),
    ("deg", "°"),
    ("plusmn", "±"),
    ("minus", "−"),
    ("le", "≤"),
    ("ge", "≥"),
    ("ne", "≠"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("pi", "π"),
    ("alpha", "α"),
    ("beta", "β"),
    ("theta", "θ"),
    ("middot", "·"),
    ("rarr", "→"),
    ("larr", "←"),
    ("euro", "€"),
    ("pound", "£"),
    ("cent", "¢"),
    ("copy", "©"),
    ("eacute", "é"),
    ("infin", "∞"),
    ("radic", "√"),
];

/// Reads HTML. What is not closed is closed, what closes nothing is passed over.
#[must_use]
pub fn parse(text: &str) -> Vec<Node> {
    let mut open = vec![Element::new("")];
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        push_text(&mut open, &decoded(before));
        rest = take_tag(&mut open, tag);
    }
    push_text(&mut open, &decoded(rest));
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|root| root.children).unwrap_or_default()
}

fn push_text(open: &mut [Element], text: &str) {
    if let (Some(parent), false) = (open.last_mut(), text.is_empty()) {
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => parent.children.push(Node::Text(text.to_string())),
        }
    }
}

/// Moves the innermost element into its parent.
fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let (Some(done), Some(parent)) = (open.pop(), open.last_mut())
    {
        parent.children.push(Node::Element(done));
    }
}

/// Takes what begins with `<`; gives what is behind it.
fn take_tag<'a>(open: &mut Vec<Element>, tag: &'a str) -> &'a str {
    let behind = |end: &str, length: usize| match tag.find(end) {
        Some(at) => tag.get(at + length..).unwrap_or(""),
        None => "",
    };
    if tag.starts_with("<!--") {
        return behind("-->", 3);
    }
    if tag.starts_with("<!") || tag.starts_with("<?") {
        return behind(">", 1);
    }
    let inside = tag.get(1..).unwrap_or("");
    if let Some(name) = inside.strip_prefix('/') {
        let (name, rest) = name.split_once('>').unwrap_or((name, ""));
        let name = name.trim().to_ascii_lowercase();
        if let Some(place) = open
            .iter()
            .rposition(|element| element.name == name)
            .filter(|place| *place > 0)
        {
            while open.len() > place {
                close(open);
            }
        }
        return rest;
    }
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        // "a < b" is no tag.
        push_text(open, "<");
        return inside;
    }
    let (mut element, ended, rest) = start_tag(inside);
    let name = element.name.clone();
    if BLOCK.contains(&name.as_str()) && open.last().is_some_and(|parent| parent.name == "p") {
        close(open);
    }
    if ["li", "tr", "td", "th", "option", "dt", "dd"].contains(&name.as_str())
        && open.last().is_some_and(|parent| parent.name == name)
    {
        close(open);
    }
    let in_math = open.last().is_some_and(|parent| parent.space == MATHML);
    element.space = if name == "math" || in_math {
        MATHML
    } else {
        HTML
    }
    .to_string();
    let raw = name == "script" || name == "style";
    if raw {
        // Raw text holds no tags; all of it is dropped.
        let end = rest.to_ascii_lowercase().find(&format!("</{name}"));
        let left = end.and_then(|end| rest.get(end..)).unwrap_or("");
        return left.split_once('>').map_or("", |(_, behind)| behind);
    }
    if ended || VOID.contains(&name.as_str()) || open.len() >= DEEPEST {
        if let Some(parent) = open.last_mut() {
            parent.children.push(Node::Element(element));
        }
    } else {
        open.push(element);
    }
    rest
}

/// Reads a start tag behind its `<`: the element, whether it ends itself, and what is behind.
fn start_tag(text: &str) -> (Element, bool, &str) {
    let ends = |c: char| c.is_whitespace() || c == '>' || c == '/';
    let at = text.find(ends).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(at);
    let mut element = Element {
        name: name.to_ascii_lowercase(),
        line: Line(0),
        ..Element::default()
    };
    let mut ended = false;
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('>') {
            return (element, ended, behind);
        }
        if let Some(behind) = rest.strip_prefix('/') {
            ended = true;
            rest = behind;
            continue;
        }
        if rest.is_empty() {
            return (element, ended, "");
        }
        ended = false;
        let stop = |c: char| c.is_whitespace() || c == '>' || c == '=' || c == '/';
        let at = rest.find(stop).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(at);
        let behind = behind.trim_start();
        let (value, left) = match behind.strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", behind),
        };
        if !name.is_empty() {
            element.attributes.push(Attribute {
                space: String::new(),
                name: name.to_ascii_lowercase(),
                value: decoded(value),
            });
        }
        // A stray sign such as "=" must not stop the way.
        rest = if left.len() == rest.len() {
            let mut letters = left.chars();
            letters.next();
            letters.as_str()
        } else {
            left
        };
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let at = text
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(text.len());
    text.split_at(at)
}

/// Text with its entities resolved; what is none stays.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.bytes().take(12).position(|byte| byte == b';');
        let name = end.and_then(|end| from.get(1..end));
        match (name.and_then(character), end) {
            (Some(found), Some(end)) => {
                out.push_str(&found);
                rest = from.get(end + 1..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = from.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let found = char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?;
        return Some(found.to_string());
    }
    let known = NAMED.iter().find(|(known, _)| *known == name)?;
    Some(known.1.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(nodes: &[Node]) -> String {
        let each = nodes.iter().map(|node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => format!("[{} {}]", element.name, shape(&element.children)),
        });
        each.collect()
    }

    #[test]
    fn lenient_html_becomes_a_tree() {
        for (text, expected) in [
            ("a<p>b<p>c", "a[p b][p c]"),
            ("<ul><li>x<li>y</ul>z", "[ul [li x][li y]]z"),
            ("2 < 3 &amp; 4 &unknown; &#65;", "2 < 3 & 4 &unknown; A"),
            ("<b>x</i></b></b>", "[b x]"),
            ("<img src=a.png alt='x'>t<br/>", "[img ]t[br ]"),
            (
                "a<script>if (a<b) alert('</p>')</script>b<!-- <p> -->c",
                "abc",
            ),
            ("<a href=", "[a ]"),
            ("<a ==\"\" b", "[a ]"),
            ("<script>", ""),
        ] {
            assert_eq!(shape(&parse(text)), expected, "{text}");
        }
        let deep = "<b>".repeat(100_000);
        assert_eq!(shape(&parse(&deep)).matches("[b").count(), 100_000);
    }
}
