//! The markup of items as HTML, with mathematics as MathML or as LaTeX between signs that another program knows.

use trellis_core::item::markup::{Block, Inline, is_sound, read};
use trellis_math::mathml;

use super::{HTML, MATHML};
use crate::xml::{self, Attribute, Element, Node};

/// What stands before the name of a kept file until a format says where its files are.
pub const MEDIA: &str = "media:";

/// How mathematics is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TexStyle {
    /// As MathML with the LaTeX as an annotation; LaTeX that cannot be read stays text.
    MathMl,
    /// As LaTeX between `\(` and `\)`.
    Brackets,
}

/// What stands at a gap of the text, by its number from 1.
pub type GapNode<'a> = dyn Fn(usize) -> Node + 'a;

/// A text as nodes of HTML; `inline` without paragraphs. Text that is no markup stays as it is.
#[must_use]
pub fn nodes(text: &str, style: TexStyle, inline: bool) -> Vec<Node> {
    nodes_with_gaps(text, style, inline, &|_| Node::Text("____".to_string()))
}

/// The same, with something of the format's own at each gap.
#[must_use]
pub fn nodes_with_gaps(text: &str, style: TexStyle, inline: bool, gap: &GapNode<'_>) -> Vec<Node> {
    let Ok(blocks) = read(text) else {
        return vec![Node::Text(text.to_string())];
    };
    let mut out = Vec::new();
    for block in &blocks {
        match block {
            Block::Paragraph(line) if inline => {
                if !out.is_empty() {
                    out.push(Node::Text(" ".to_string()));
                }
                out.extend(line.iter().map(|part| inline_node(part, style, gap)));
            }
            Block::Paragraph(line) => out.push(element("p", line, style, gap)),
            Block::List(lines) => {
                let mut list = html_element("ul");
                list.children = lines
                    .iter()
                    .map(|line| element("li", line, style, gap))
                    .collect();
                out.push(Node::Element(list));
            }
        }
    }
    out
}

fn html_element(name: &str) -> Element {
    Element {
        space: HTML.to_string(),
        ..Element::new(name)
    }
}

fn element(name: &str, line: &[Inline], style: TexStyle, gap: &GapNode<'_>) -> Node {
    let mut out = html_element(name);
    out.children = line
        .iter()
        .map(|part| inline_node(part, style, gap))
        .collect();
    Node::Element(out)
}

fn inline_node(part: &Inline, style: TexStyle, gap: &GapNode<'_>) -> Node {
    match part {
        Inline::Words(words) => Node::Text(words.clone()),
        Inline::Bold(words) => Node::Element(html_element("strong").text(words)),
        Inline::Emphasis(words) => Node::Element(html_element("em").text(words)),
        Inline::Math(latex) => match style {
            TexStyle::Brackets => Node::Text(format!("\\({latex}\\)")),
            TexStyle::MathMl => {
                math(latex).map_or_else(|| Node::Text(latex.clone()), Node::Element)
            }
        },
        Inline::Gap(number) => gap(*number),
        Inline::Media { file, says } => {
            let address = format!("{MEDIA}{file}");
            Node::Element(if is_sound(file) {
                let title = Some(says).filter(|says| !says.is_empty());
                html_element("audio")
                    .with("src", address)
                    .with("controls", "controls")
                    .with_some("title", title)
            } else {
                html_element("img").with("src", address).with("alt", says)
            })
        }
    }
}

fn math(latex: &str) -> Option<Element> {
    let written = mathml::from_latex(latex).ok()?;
    let mut math = xml::parse(&written).ok()?;
    let mut row = Element::new("mrow");
    row.children = std::mem::take(&mut math.children);
    let annotation = Element::new("annotation")
        .with("encoding", "application/x-tex")
        .text(latex);
    math = math.child(Element::new("semantics").child(row).child(annotation));
    in_space(&mut math, MATHML);
    Some(math)
}

fn in_space(element: &mut Element, space: &str) {
    element.space = space.to_string();
    for node in &mut element.children {
        if let Node::Element(child) = node {
            in_space(child, space);
        }
    }
}

/// A text as HTML in one line.
#[must_use]
pub fn html(text: &str, style: TexStyle, inline: bool) -> String {
    let mut out = String::new();
    for node in nodes(text, style, inline) {
        write_node(&mut out, &node);
    }
    out
}

fn write_node(out: &mut String, node: &Node) {
    match node {
        Node::Text(text) => out.push_str(&xml::escape(text)),
        Node::Element(element) => {
            out.push('<');
            out.push_str(&element.name);
            for Attribute { name, value, .. } in &element.attributes {
                out.push_str(&format!(" {name}=\"{}\"", xml::escape(value)));
            }
            out.push('>');
            for child in &element.children {
                write_node(out, child);
            }
            out.push_str(&format!("</{}>", element.name));
        }
    }
}
