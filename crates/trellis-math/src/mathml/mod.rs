//! MathML Core for pages: escaped by construction, classes only, never a style attribute.

mod expression;

use crate::latex::{Mark, Node, NodeKind, Style, TableStyle, read};
use crate::parse::Unreadable;
use crate::tree::{Constant, Expr};
use alloc::format;
use alloc::string::String;

/// A LaTeX fragment, without its dollar signs, as one inline `math` element.
///
/// # Errors
/// The place and the reason when the fragment is outside the subset.
pub fn from_latex(text: &str) -> Result<String, Unreadable> {
    written(text, "<math>")
}

/// The same, as a block of its own.
///
/// # Errors
/// As [`from_latex`].
pub fn block_from_latex(text: &str) -> Result<String, Unreadable> {
    written(text, "<math display=\"block\">")
}

fn written(text: &str, open: &str) -> Result<String, Unreadable> {
    let nodes = read(text)?;
    let mut out = Writer {
        out: String::with_capacity(64 + 8 * text.len()),
    };
    out.out.push_str(open);
    out.row(&nodes);
    out.out.push_str("</math>");
    Ok(out.out)
}

/// The tree as one inline `math` element, for "we read this as".
#[must_use]
pub fn from_expr(expr: &Expr) -> String {
    let mut out = Writer { out: String::new() };
    out.out.push_str("<math>");
    out.expr(expr);
    out.out.push_str("</math>");
    out.out
}

/// Writes elements. Text enters only through [`Writer::text`], which escapes it.
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c => self.out.push(c),
            }
        }
    }

    pub(super) fn leaf(&mut self, tag: &'static str, text: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        self.text(text);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    pub(super) fn sign(&mut self, sign: char, attributes: &'static str) {
        self.out.push_str("<mo");
        self.out.push_str(attributes);
        self.out.push('>');
        self.text(sign.encode_utf8(&mut [0; 4]));
        self.out.push_str("</mo>");
    }

    fn element(
        &mut self,
        tag: &'static str,
        attributes: &'static str,
        inner: impl FnOnce(&mut Self),
    ) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str(attributes);
        self.out.push('>');
        inner(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn row(&mut self, nodes: &[Node]) {
        let (mut before, mut bars) = (None, 0_u32);
        for node in nodes {
            match &node.kind {
                NodeKind::Sign(c @ ('-' | '−' | '+' | '±')) if begins_number(before, bars) => {
                    self.sign(*c, " form=\"prefix\"");
                }
                _ => self.node(node),
            }
            match &node.kind {
                NodeKind::Space(_) => {}
                NodeKind::Sign(c) => {
                    bars += u32::from(*c == '|');
                    before = Some(*c);
                }
                _ => before = None,
            }
        }
    }

    fn node(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Letter(c) => self.letter(*c),
            NodeKind::Name(name) => self.leaf("mi", name),
            NodeKind::Digits(text) => self.leaf("mn", text),
            NodeKind::Sign(c) => match c {
                '(' | ')' | '[' | ']' | '{' | '}' | '|' | '‖' | '⟨' | '⟩' | '⌊' | '⌋' | '⌈'
                | '⌉' | '/' => {
                    self.sign(*c, " stretchy=\"false\"");
                }
                c => self.sign(*c, ""),
            },
            NodeKind::Large(c) => self.sign(*c, ""),
            NodeKind::Text(words) => self.words(words),
            NodeKind::Space(width) => {
                let sign = if *width < 0 { "-" } else { "" };
                let (em, part) = (width.unsigned_abs() / 100, width.unsigned_abs() % 100);
                self.out.push_str(&format!(
                    "<mspace width=\"{sign}{em}.{part:02}em\"></mspace>"
                ));
            }
            NodeKind::Row(nodes) => self.element("mrow", "", |w| w.row(nodes)),
            NodeKind::Fraction { top, bottom, bar } => {
                let attributes = if *bar { "" } else { " linethickness=\"0\"" };
                self.element("mfrac", attributes, |w| {
                    w.node(top);
                    w.node(bottom);
                });
            }
            NodeKind::Root {
                degree: None,
                radicand,
            } => self.element("msqrt", "", |w| w.node(radicand)),
            NodeKind::Root {
                degree: Some(degree),
                radicand,
            } => self.element("mroot", "", |w| {
                w.node(radicand);
                w.node(degree);
            }),
            NodeKind::Scripts {
                base,
                below,
                above,
                limits,
            } => {
                self.scripts(base, below.as_deref(), above.as_deref(), *limits);
            }
            NodeKind::Fenced { open, body, close } => self.element("mrow", "", |w| {
                w.fence(*open, " fence=\"true\" form=\"prefix\"");
                w.row(body);
                w.fence(*close, " fence=\"true\" form=\"postfix\"");
            }),
            NodeKind::Table { style, rows } => self.table(*style, rows),
            NodeKind::Accent { mark, base } => self.accent(*mark, base),
            NodeKind::Styled { style, body } => self.styled(*style, body),
        }
    }

    fn letter(&mut self, c: char) {
        match c {
            '%' | '°' | '$' | '£' | '#' | '&' | '_' => {
                self.leaf("mtext", c.encode_utf8(&mut [0; 4]))
            }
            '′' => self.sign(c, ""),
            c => self.leaf("mi", c.encode_utf8(&mut [0; 4])),
        }
    }

    /// Words keep the spaces at their ends, which a renderer would drop.
    pub(super) fn words(&mut self, words: &str) {
        let inner = words.trim_matches(' ');
        self.out.push_str("<mtext>");
        if words.starts_with(' ') {
            self.out.push('\u{a0}');
        }
        self.text(inner);
        if words.ends_with(' ') && !inner.is_empty() {
            self.out.push('\u{a0}');
        }
        self.out.push_str("</mtext>");
    }

    pub(super) fn fence(&mut self, sign: Option<char>, attributes: &'static str) {
        if let Some(sign) = sign {
            self.sign(sign, attributes);
        }
    }

    fn scripts(&mut self, base: &Node, below: Option<&Node>, above: Option<&Node>, limits: bool) {
        let tag = match (below.is_some(), above.is_some(), limits) {
            (true, true, false) => "msubsup",
            (true, false, false) => "msub",
            (_, _, false) => "msup",
            (true, true, true) => "munderover",
            (true, false, true) => "munder",
            (_, _, true) => "mover",
        };
        self.element(tag, "", |w| {
            w.node(base);
            for script in [below, above].into_iter().flatten() {
                w.node(script);
            }
        });
    }

    fn table(&mut self, style: TableStyle, rows: &[alloc::vec::Vec<alloc::vec::Vec<Node>>]) {
        let (open, close, attributes) = match style {
            TableStyle::Plain => (None, None, ""),
            TableStyle::Aligned => (None, None, " class=\"math-aligned\""),
            TableStyle::Cases => (Some('{'), None, " class=\"math-cases\""),
            TableStyle::Matrix(open, close) => (Some(open), Some(close), " class=\"math-matrix\""),
        };
        self.element("mrow", "", |w| {
            w.fence(open, " fence=\"true\" form=\"prefix\"");
            w.element("mtable", attributes, |w| {
                for row in rows {
                    w.element("mtr", "", |w| {
                        for cell in row {
                            w.element("mtd", "", |w| w.row(cell));
                        }
                    });
                }
            });
            w.fence(close, " fence=\"true\" form=\"postfix\"");
        });
    }

    fn accent(&mut self, mark: Mark, base: &Node) {
        let (tag, sign) = match mark {
            Mark::Hat => ("mover", '^'),
            Mark::Bar => ("mover", '¯'),
            Mark::Tilde => ("mover", '~'),
            Mark::Arrow => ("mover", '→'),
            Mark::Dot => ("mover", '˙'),
            Mark::DoubleDot => ("mover", '¨'),
            Mark::Overbrace => ("mover", '⏞'),
            Mark::Underline => ("munder", '_'),
            Mark::Underbrace => ("munder", '⏟'),
        };
        let attributes = if tag == "mover" {
            " accent=\"true\""
        } else {
            " accentunder=\"true\""
        };
        self.element(tag, attributes, |w| {
            w.node(base);
            w.sign(sign, "");
        });
    }

    fn styled(&mut self, style: Style, body: &Node) {
        let attributes = match style {
            Style::Boxed => " class=\"math-boxed\"",
            Style::Cancelled => " class=\"math-cancelled\"",
            Style::Bold => " class=\"math-bold\"",
            Style::Upright => " class=\"math-upright\"",
            Style::Script => " class=\"math-script\"",
            Style::Phantom => return self.element("mphantom", "", |w| w.node(body)),
        };
        if let (Style::Upright, NodeKind::Letter(c)) = (style, &body.kind) {
            // A single letter is slanted by default; this attribute is MathML Core's own way to stop it.
            self.out.push_str("<mi mathvariant=\"normal\">");
            self.text(c.encode_utf8(&mut [0; 4]));
            self.out.push_str("</mi>");
            return;
        }
        self.element("mrow", attributes, |w| w.node(body));
    }
}

/// Whether a plus or minus after this sign belongs to the number behind it, as in `x = -3` and `(-11)`; a renderer
/// would set it apart from the number like the minus of a difference. At the beginning of a row it knows by itself.
fn begins_number(before: Option<char>, bars: u32) -> bool {
    match before {
        None | Some(')' | ']' | '}' | '⟩' | '⌋' | '⌉' | '!' | '‖' | '′' | '%' | '°') => {
            false
        }
        // Bars come in pairs: after the first of two a number begins.
        Some('|') => bars % 2 == 1,
        Some(_) => true,
    }
}

/// The sign of a constant.
pub(crate) const fn constant_sign(constant: Constant) -> &'static str {
    match constant {
        Constant::Pi => "π",
        Constant::E => "e",
        Constant::I => "i",
        Constant::Infinity => "∞",
    }
}
