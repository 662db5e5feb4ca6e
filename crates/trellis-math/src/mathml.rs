//! MathML Core for pages: escaped by construction, classes only, never a style attribute.

use crate::latex::{Mark, Node, NodeKind, Style, TableStyle, read};
use crate::parse::Unreadable;
use crate::rational;
use crate::tree::{Constant, Expr, ExprKind, Function, Notation, Number, Relation};
use alloc::format;
use alloc::string::{String, ToString};
use num_traits::Signed;

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
struct Writer {
    out: String,
}

impl Writer {
    fn text(&mut self, text: &str) {
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

    fn leaf(&mut self, tag: &'static str, text: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        self.text(text);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn sign(&mut self, sign: char, attributes: &'static str) {
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
        for node in nodes {
            self.node(node);
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
    fn words(&mut self, words: &str) {
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

    fn fence(&mut self, sign: Option<char>, attributes: &'static str) {
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

/// How tightly a piece holds together, to know where brackets are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Statement,
    Sum,
    Product,
    Sign,
    Power,
    Whole,
}

fn binding(expr: &Expr) -> Binding {
    match &expr.kind {
        ExprKind::Relation { .. } | ExprKind::And(_) | ExprKind::Or(_) | ExprKind::List(_) => {
            Binding::Statement
        }
        ExprKind::Add(_) | ExprKind::PlusMinus(..) => Binding::Sum,
        ExprKind::Mul { .. } | ExprKind::Quantity(..) => Binding::Product,
        ExprKind::Neg(_) => Binding::Sign,
        ExprKind::Div(..) | ExprKind::Pow(..) => Binding::Power,
        ExprKind::Call(Function::Abs | Function::Floor | Function::Ceil, _) => Binding::Whole,
        ExprKind::Call(..) => Binding::Product,
        ExprKind::Number(n) => match n.notation {
            Notation::Integer | Notation::Decimal { .. } if !n.value.is_negative() => {
                Binding::Whole
            }
            Notation::Scientific { .. } => Binding::Product,
            _ if n.value.is_negative() => Binding::Sign,
            _ => Binding::Power,
        },
        _ => Binding::Whole,
    }
}

impl Writer {
    fn bracketed(&mut self, expr: &Expr, least: Binding) {
        if binding(expr) >= least {
            self.expr(expr);
        } else {
            self.enclosed('(', core::slice::from_ref(expr), ')');
        }
    }

    fn enclosed(&mut self, open: char, parts: &[Expr], close: char) {
        self.element("mrow", "", |w| {
            w.sign(open, " fence=\"true\" form=\"prefix\"");
            for (i, part) in parts.iter().enumerate() {
                if i > 0 {
                    w.sign(',', "");
                }
                w.expr(part);
            }
            w.sign(close, " fence=\"true\" form=\"postfix\"");
        });
    }

    fn joined(&mut self, parts: &[Expr], word: &str) {
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                self.words(word);
            }
            self.expr(part);
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(number) => self.number(number),
            ExprKind::Variable(name) => self.variable(name),
            ExprKind::Constant(constant) => self.leaf("mi", constant_sign(*constant)),
            ExprKind::Neg(inner) => self.element("mrow", "", |w| {
                w.sign('−', " form=\"prefix\"");
                w.bracketed(inner, Binding::Product);
            }),
            ExprKind::Add(terms) => self.element("mrow", "", |w| w.sum(terms)),
            ExprKind::PlusMinus(left, right) => self.element("mrow", "", |w| {
                if let Some(left) = left {
                    w.bracketed(left, Binding::Sum);
                }
                w.sign('±', "");
                w.bracketed(right, Binding::Product);
            }),
            ExprKind::Mul { factors, explicit } => {
                self.element("mrow", "", |w| w.product(factors, *explicit))
            }
            ExprKind::Div(top, bottom) => self.element("mfrac", "", |w| {
                w.element("mrow", "", |w| w.expr(top));
                w.element("mrow", "", |w| w.expr(bottom));
            }),
            ExprKind::Pow(base, exponent) => self.element("msup", "", |w| {
                w.element("mrow", "", |w| w.bracketed(base, Binding::Whole));
                w.element("mrow", "", |w| w.expr(exponent));
            }),
            ExprKind::Root {
                degree: 2,
                radicand,
            } => self.element("msqrt", "", |w| w.expr(radicand)),
            ExprKind::Root { degree, radicand } => self.element("mroot", "", |w| {
                w.element("mrow", "", |w| w.expr(radicand));
                w.leaf("mn", &degree.to_string());
            }),
            ExprKind::Call(function, arguments) => self.call(*function, arguments),
            ExprKind::Relation { terms, relations } => self.relation(terms, relations),
            ExprKind::And(parts) => self.joined(parts, " and "),
            ExprKind::Or(parts) => {
                let sets = parts
                    .iter()
                    .any(|p| matches!(p.kind, ExprKind::Interval { .. } | ExprKind::Set(_)));
                self.joined(parts, if sets { " ∪ " } else { " or " });
            }
            ExprKind::List(parts) => self.joined(parts, ", "),
            ExprKind::Tuple(parts) => self.enclosed('(', parts, ')'),
            ExprKind::Set(parts) if parts.is_empty() => self.leaf("mi", "∅"),
            ExprKind::Set(parts) => self.enclosed('{', parts, '}'),
            ExprKind::Interval {
                low,
                high,
                low_closed,
                high_closed,
            } => {
                let ends = [(**low).clone(), (**high).clone()];
                let open = if *low_closed { '[' } else { '(' };
                self.enclosed(open, &ends, if *high_closed { ']' } else { ')' });
            }
            ExprKind::Matrix { columns, entries } => self.matrix(*columns, entries),
            ExprKind::Quantity(value, unit) => self.quantity(value, unit),
        }
    }

    fn matrix(&mut self, columns: usize, entries: &[Expr]) {
        self.element("mrow", "", |w| {
            w.fence(Some('['), " fence=\"true\" form=\"prefix\"");
            w.element("mtable", " class=\"math-matrix\"", |w| {
                for row in entries.chunks(columns.max(1)) {
                    w.element("mtr", "", |w| {
                        for cell in row {
                            w.element("mtd", "", |w| w.expr(cell));
                        }
                    });
                }
            });
            w.fence(Some(']'), " fence=\"true\" form=\"postfix\"");
        });
    }

    fn quantity(&mut self, value: &Expr, unit: &crate::units::Unit) {
        self.element("mrow", "", |w| {
            if unit.currency.is_some() && !unit.symbol.contains(['¢', '/']) {
                w.leaf("mtext", &unit.symbol);
                w.bracketed(value, Binding::Sign);
            } else {
                w.bracketed(value, Binding::Sign);
                let narrow = if unit.is_degree() { "" } else { "\u{a0}" };
                w.leaf("mtext", &format!("{narrow}{}", unit.symbol));
            }
        });
    }

    fn number(&mut self, number: &Number) {
        let value = &number.value;
        if value.is_negative() {
            self.sign('−', " form=\"prefix\"");
        }
        let size = value.abs();
        match number.notation {
            Notation::Integer
            | Notation::Decimal { .. }
            | Notation::Percent
            | Notation::Scientific { .. } => {
                self.leaf(
                    "mn",
                    &crate::plain::number(&Number {
                        value: size,
                        notation: number.notation,
                    }),
                );
            }
            Notation::Mixed { .. } => {
                let whole = size.to_integer();
                self.leaf("mn", &whole.to_string());
                self.fraction(&(size - whole));
            }
            Notation::Fraction | Notation::Repeating => self.fraction(&size),
        }
    }

    fn fraction(&mut self, value: &crate::Rational) {
        if value.is_integer() {
            return self.leaf("mn", &rational::to_plain(value));
        }
        self.element("mfrac", "", |w| {
            w.leaf("mn", &value.numer().to_string());
            w.leaf("mn", &value.denom().to_string());
        });
    }

    fn variable(&mut self, name: &str) {
        let (base, index) = name.split_once('_').unwrap_or((name, ""));
        let letter =
            crate::parse::greek_letter(base).map_or_else(|| base.to_string(), String::from);
        if index.is_empty() {
            return self.leaf("mi", &letter);
        }
        self.element("msub", "", |w| {
            w.leaf("mi", &letter);
            let tag = if index.bytes().all(|b| b.is_ascii_digit()) {
                "mn"
            } else {
                "mi"
            };
            w.leaf(tag, index);
        });
    }

    fn sum(&mut self, terms: &[Expr]) {
        for (i, term) in terms.iter().enumerate() {
            match &term.kind {
                ExprKind::Neg(inner) if i > 0 => {
                    self.sign('−', "");
                    self.bracketed(inner, Binding::Product);
                }
                _ => {
                    if i > 0 {
                        self.sign('+', "");
                    }
                    self.bracketed(
                        term,
                        if i == 0 {
                            Binding::Sum
                        } else {
                            Binding::Product
                        },
                    );
                }
            }
        }
    }

    fn product(&mut self, factors: &[Expr], explicit: bool) {
        for (i, factor) in factors.iter().enumerate() {
            let digit_next = matches!(factor.kind, ExprKind::Number(_) | ExprKind::Quantity(..))
                || matches!(&factor.kind, ExprKind::Pow(b, _) if matches!(b.kind, ExprKind::Number(_)));
            if i > 0 {
                self.sign(
                    if explicit || digit_next {
                        '⋅'
                    } else {
                        '\u{2062}'
                    },
                    "",
                );
            }
            let least = if i == 0 {
                Binding::Sign
            } else {
                Binding::Power
            };
            let bare_call = matches!(factor.kind, ExprKind::Call(..));
            if bare_call {
                self.expr(factor)
            } else {
                self.bracketed(factor, least)
            }
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) {
        match (function, arguments) {
            (Function::Abs, arguments) => self.enclosed('|', arguments, '|'),
            (Function::Floor, arguments) => self.enclosed('⌊', arguments, '⌋'),
            (Function::Ceil, arguments) => self.enclosed('⌈', arguments, '⌉'),
            (Function::Factorial, [only]) => {
                self.bracketed(only, Binding::Whole);
                self.sign('!', "");
            }
            (Function::Exp, [only]) => self.element("msup", "", |w| {
                w.leaf("mi", "e");
                w.element("mrow", "", |w| w.expr(only));
            }),
            (Function::Log, [value, base]) => {
                self.element("msub", "", |w| {
                    w.leaf("mi", "log");
                    w.element("mrow", "", |w| w.expr(base));
                });
                self.sign('\u{2061}', "");
                self.enclosed('(', core::slice::from_ref(value), ')');
            }
            _ => {
                self.leaf("mi", function.name());
                self.sign('\u{2061}', "");
                self.enclosed('(', arguments, ')');
            }
        }
    }

    fn relation(&mut self, terms: &[Expr], relations: &[Relation]) {
        for (i, term) in terms.iter().enumerate() {
            if let Some(relation) = i.checked_sub(1).and_then(|i| relations.get(i)) {
                self.leaf("mo", relation.sign());
            }
            self.bracketed(term, Binding::Sum);
        }
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
