//! LaTeX to the tree: the layout is read first, then turned into the same signs as a typed answer.

mod spelled;

use self::spelled::operator_name;
use super::signs::single_sign;
use super::token::{Token, TokenKind as T};
use super::written::{repeating_value, significant, whole_phrase};
use super::{Problem, Unreadable, grammar, values};
use crate::latex::{Mark, Node, NodeKind, Style, TableStyle, read};
use crate::rational::parse_decimal;
use crate::tree::{Constant, Expr, ExprKind, Function, Notation, Number, Relation, Span};
use crate::units::Unit;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

type Read<V> = Result<V, Unreadable>;

/// Reads a LaTeX fragment, without its dollar signs, as mathematics.
///
/// # Errors
/// The place and the reason when it is outside the subset or shows something that has no value.
pub fn latex(text: &str) -> Result<Expr, Unreadable> {
    let inner = text.trim().trim_start_matches('$').trim_end_matches('$');
    if text.trim().starts_with('$') && inner.len() + 2 <= text.len() && !inner.contains('$') {
        let offset = text.find(inner).unwrap_or(0);
        return latex(inner).map_err(|e| Unreadable {
            at: Span::new(e.at.start + offset, e.at.end + offset),
            ..e
        });
    }
    let nodes = read(text)?;
    let nodes = match nodes.as_slice() {
        // A full stop ends the sentence, not the formula.
        [
            rest @ ..,
            Node {
                kind: NodeKind::Sign('.'),
                ..
            },
        ] if !rest.is_empty() => rest,
        all => all,
    };
    if let [
        Node {
            kind: NodeKind::Text(words),
            span,
        },
    ] = nodes
        && let Some(mut phrase) = whole_phrase(words)
    {
        phrase.span = *span;
        return Ok(phrase);
    }
    meaning(nodes, text.len(), 0)
}

fn meaning(nodes: &[Node], end: usize, depth: usize) -> Read<Expr> {
    let mut signs = Signs {
        tokens: Vec::new(),
        spaced: false,
        depth,
        upright: false,
    };
    signs.row(nodes)?;
    grammar::statement(&signs.tokens, end, depth)
}

struct Signs {
    tokens: Vec<Token>,
    spaced: bool,
    depth: usize,
    /// Inside `\mathrm`, where letters make words.
    upright: bool,
}

fn fail<V>(at: Span, problem: Problem) -> Read<V> {
    Err(Unreadable { at, problem })
}

impl Signs {
    fn push(&mut self, kind: T, span: Span) {
        self.tokens.push(Token {
            kind,
            span,
            spaced: self.spaced,
        });
        self.spaced = false;
    }

    fn inner(&self, node: &Node) -> Read<Expr> {
        let nodes = match &node.kind {
            NodeKind::Row(nodes) => nodes.as_slice(),
            _ => core::slice::from_ref(node),
        };
        meaning(nodes, node.span.end, self.depth + 1)
    }

    fn row(&mut self, nodes: &[Node]) -> Read<()> {
        let mut i = 0;
        while i < nodes.len() {
            i += self.word(&nodes[i..])?;
        }
        Ok(())
    }

    /// Takes one sign, or several that belong together; says how many nodes were used.
    fn word(&mut self, nodes: &[Node]) -> Read<usize> {
        if let Some(used) = self.repeating(nodes)? {
            return Ok(used);
        }
        if let [
            Node {
                kind: NodeKind::Sign('∗'),
                span,
            },
            Node {
                kind: NodeKind::Sign('∗'),
                ..
            },
            rest @ ..,
        ] = nodes
        {
            // "**" is a power in many imported keys; before a circle it only raises it.
            if !matches!(rest.first().map(|n| &n.kind), Some(NodeKind::Sign('∘'))) {
                self.push(T::Caret, *span);
            }
            return Ok(2);
        }
        if let Some(used) = self.spelled(nodes)? {
            return Ok(used);
        }
        if let Some(used) = self.raised_bracket(nodes)? {
            return Ok(used);
        }
        self.node(&nodes[0])?;
        Ok(1)
    }

    /// `0.\overline{3}` and `0.1\overline{6}`.
    fn repeating(&mut self, nodes: &[Node]) -> Read<Option<usize>> {
        let [
            Node {
                kind: NodeKind::Digits(digits),
                span,
            },
            rest @ ..,
        ] = nodes
        else {
            return Ok(None);
        };
        let (used, rest) = match rest {
            [
                Node {
                    kind: NodeKind::Sign('.'),
                    ..
                },
                rest @ ..,
            ] => (3, rest),
            rest => (2, rest),
        };
        let Some(Node {
            kind:
                NodeKind::Accent {
                    mark: Mark::Bar,
                    base,
                },
            span: end,
        }) = rest.first()
        else {
            return Ok(None);
        };
        let NodeKind::Digits(period) = &base.kind else {
            return Ok(None);
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let span = span.to(*end);
        let value = repeating_value(&whole.replace(',', ""), part, period).ok_or(Unreadable {
            at: span,
            problem: Problem::BadNumber,
        })?;
        self.push(
            T::Number(Number {
                value,
                notation: Notation::Repeating,
            }),
            span,
        );
        Ok(Some(used))
    }

    fn node(&mut self, node: &Node) -> Read<()> {
        let span = node.span;
        match &node.kind {
            NodeKind::Digits(text) => self.digits(text, span),
            NodeKind::Letter(c) => self.letter(*c, span),
            NodeKind::Name(name) => self.name(name, span),
            NodeKind::Sign(c) => self.sign(*c, span),
            NodeKind::Text(words) => self.text(words, span),
            NodeKind::Space(_) => {
                self.spaced = true;
                Ok(())
            }
            NodeKind::Row(nodes) if nodes.is_empty() => Ok(()),
            NodeKind::Row(_) => {
                let inner = self.inner(node)?;
                self.push(T::Atom(inner), span);
                Ok(())
            }
            NodeKind::Fraction {
                top,
                bottom,
                bar: true,
            } => {
                let (top, bottom) = (self.inner(top)?, self.inner(bottom)?);
                let quotient = ExprKind::Div(Box::new(top), Box::new(bottom));
                self.push(T::Fraction(grammar::checked(quotient, span)?), span);
                Ok(())
            }
            NodeKind::Root { degree, radicand } => {
                let radicand = self.inner(radicand)?;
                let root = match degree {
                    None => grammar::checked(
                        ExprKind::Root {
                            degree: 2,
                            radicand: Box::new(radicand),
                        },
                        span,
                    )?,
                    Some(degree) => values::root_of(&self.inner(degree)?, radicand, span)?,
                };
                self.push(T::Atom(root), span);
                Ok(())
            }
            NodeKind::Scripts {
                base, below, above, ..
            } => self.scripts(base, below.as_deref(), above.as_deref(), span),
            NodeKind::Fenced { open, body, close } => self.fenced(*open, body, *close, span),
            NodeKind::Table {
                style: TableStyle::Matrix(..),
                rows,
            } => self.matrix(rows, span),
            NodeKind::Accent { mark, base } => self.accent(*mark, base, span),
            NodeKind::Styled { style, body } => self.styled(*style, body, span),
            _ => fail(span, Problem::NotMathematics),
        }
    }

    fn digits(&mut self, text: &str, span: Span) -> Read<()> {
        let plain = text.replace(',', "");
        let value = parse_decimal(&plain).ok_or(Unreadable {
            at: span,
            problem: Problem::BadNumber,
        })?;
        let notation = match plain.split_once('.') {
            Some((whole, part)) => Notation::Decimal {
                places: u32::try_from(part.len()).unwrap_or(u32::MAX),
                figures: significant(whole, part),
            },
            None => Notation::Integer,
        };
        // A number behind a letter: `m1` has an index, `p 3q` and `\frac{1}{8} 2^x` are products.
        if let Some(Token {
            kind: T::Variable(name),
            span: before,
            ..
        }) = self.tokens.last_mut()
            && before.end == span.start
            && notation == Notation::Integer
            && !name.contains('_')
        {
            name.push('_');
            name.push_str(&plain);
            *before = before.to(span);
            return Ok(());
        }
        if matches!(
            self.tokens.last().map(|t| &t.kind),
            Some(T::Variable(_) | T::Constant(_) | T::Fraction(_) | T::Atom(_))
        ) {
            self.push(T::Times, Span::new(span.start, span.start));
        }
        self.push(T::Number(Number { value, notation }), span);
        Ok(())
    }

    fn letter(&mut self, c: char, span: Span) -> Read<()> {
        let kind = match c {
            'π' => T::Constant(Constant::Pi),
            'e' => T::Constant(Constant::E),
            '∞' => T::Constant(Constant::Infinity),
            '%' => T::Percent,
            '°' => T::Unit(Unit::degree()),
            '∅' => T::Atom(Expr::new(ExprKind::Set(Vec::new()), span)),
            'ℝ' => match whole_phrase("ℝ") {
                Some(all) => T::Atom(all),
                None => return fail(span, Problem::NotMathematics),
            },
            '$' | '£' => match Unit::money(if c == '$' { "$" } else { "£" }) {
                Some(money) => T::Money(money),
                None => return fail(span, Problem::UnknownSign),
            },
            c if c.is_alphabetic() => T::Variable(letter_name(c)),
            _ => return fail(span, Problem::NotMathematics),
        };
        self.push(kind, span);
        Ok(())
    }

    fn name(&mut self, name: &str, span: Span) -> Read<()> {
        if let Some(function) = Function::named(name) {
            self.push(T::Function(function), span);
            return Ok(());
        }
        if let Some(kind) = operator_name(name, span) {
            self.push(kind, span);
            return Ok(());
        }
        match Unit::named(name) {
            Some(unit) if self.after_number() => self.push(T::Unit(unit), span),
            _ => return fail(span, Problem::NotMathematics),
        }
        Ok(())
    }

    fn after_number(&self) -> bool {
        let last = self.tokens.last().map(|t| &t.kind);
        matches!(
            last,
            Some(T::Number(_) | T::Fraction(_) | T::Atom(_) | T::Close(_) | T::Slash | T::Times)
        )
    }

    fn sign(&mut self, c: char, span: Span) -> Read<()> {
        let kind = match c {
            '∘' => T::Unit(Unit::degree()),
            '.' => return fail(span, Problem::UnknownSign),
            c => single_sign(c).ok_or(Unreadable {
                at: span,
                problem: Problem::NotMathematics,
            })?,
        };
        self.push(kind, span);
        Ok(())
    }

    fn text(&mut self, words: &str, span: Span) -> Read<()> {
        let word = words.trim();
        let kind = match word {
            "" => {
                self.spaced = true;
                return Ok(());
            }
            "or" => T::Or,
            "and" => T::And,
            "," => T::Comma,
            "=" => T::Relation(Relation::Equal),
            _ => match (Unit::money(word), Unit::named(word)) {
                (Some(money), _) => T::Money(money),
                (_, Some(unit)) => T::Unit(unit),
                _ if word.chars().count() == 1 => {
                    return self.letter(word.chars().next().unwrap_or('x'), span);
                }
                _ => return fail(span, Problem::NotMathematics),
            },
        };
        self.push(kind, span);
        Ok(())
    }

    fn scripts(
        &mut self,
        base: &Node,
        below: Option<&Node>,
        above: Option<&Node>,
        span: Span,
    ) -> Read<()> {
        if let (NodeKind::Letter(c), None, Some(NodeKind::Row(primes))) =
            (&base.kind, below, above.map(|n| &n.kind))
            && !primes.is_empty()
            && primes.iter().all(|p| p.kind == NodeKind::Letter('′'))
        {
            let name = format!("{}_{}", letter_name(*c), "prime".repeat(primes.len()));
            self.push(T::Variable(name), span);
            return Ok(());
        }
        match (&base.kind, below) {
            // Braces are not seen: {xy}^2 shows as x y², and people read what they see.
            (NodeKind::Row(nodes), None) if above.is_some() => self.row(nodes)?,
            (_, None) => self.node(base)?,
            (NodeKind::Name(name), Some(below)) if name == "log" => {
                let below = self.inner(below)?;
                self.push(T::LogBase(below), span);
            }
            (NodeKind::Letter(c), Some(below)) if c.is_alphabetic() => {
                let index = index_text(below).ok_or(Unreadable {
                    at: below.span,
                    problem: Problem::NotMathematics,
                })?;
                self.push(
                    T::Variable(format!("{}_{index}", letter_name(*c))),
                    base.span.to(below.span),
                );
            }
            (_, Some(below)) => return fail(below.span, Problem::NotMathematics),
        }
        self.raised(above)
    }

    /// What stands higher: a degree sign or an exponent.
    fn raised(&mut self, above: Option<&Node>) -> Read<()> {
        let Some(above) = above else { return Ok(()) };
        let circle = match &above.kind {
            NodeKind::Row(inner) => inner.as_slice(),
            _ => core::slice::from_ref(above),
        };
        if let [
            Node {
                kind: NodeKind::Sign('∘') | NodeKind::Letter('°'),
                ..
            },
        ] = circle
        {
            self.push(T::Unit(Unit::degree()), above.span);
            return Ok(());
        }
        let exponent = self.inner(above)?;
        self.push(T::Caret, above.span);
        self.push(T::Atom(exponent), above.span);
        Ok(())
    }

    fn fenced(
        &mut self,
        open: Option<char>,
        body: &[Node],
        close: Option<char>,
        span: Span,
    ) -> Read<()> {
        let Some((open, close)) = open.zip(close) else {
            return fail(span, Problem::NotMathematics);
        };
        if (open, close) == ('|', '|') {
            let inner = meaning(body, span.end, self.depth + 1)?;
            let absolute = grammar::checked(ExprKind::Call(Function::Abs, vec![inner]), span)?;
            self.push(T::Atom(absolute), span);
            return Ok(());
        }
        for (sign, at) in [(open, span.start), (close, span.end)] {
            match single_sign(sign) {
                Some(T::Open(_) | T::Close(_)) => {}
                _ => return fail(Span::new(at, at), Problem::NotMathematics),
            }
        }
        self.sign(open, Span::new(span.start, span.start + 5))?;
        self.row(body)?;
        self.sign(close, Span::new(span.end.saturating_sub(1), span.end))
    }

    fn matrix(&mut self, rows: &[Vec<Vec<Node>>], span: Span) -> Read<()> {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 || rows.iter().any(|r| r.len() != columns) {
            return fail(span, Problem::NotMathematics);
        }
        let mut entries = Vec::new();
        for cell in rows.iter().flatten() {
            entries.push(meaning(
                cell,
                cell.last().map_or(span.end, |n| n.span.end),
                self.depth + 1,
            )?);
        }
        let matrix = grammar::checked(ExprKind::Matrix { columns, entries }, span)?;
        self.push(T::Atom(matrix), span);
        Ok(())
    }

    fn accent(&mut self, mark: Mark, base: &Node, span: Span) -> Read<()> {
        let (NodeKind::Letter(c), word) = (
            &base.kind,
            match mark {
                Mark::Hat => "hat",
                Mark::Bar => "bar",
                Mark::Arrow => "vec",
                Mark::Tilde => "tilde",
                _ => return fail(span, Problem::NotMathematics),
            },
        ) else {
            return fail(span, Problem::NotMathematics);
        };
        self.push(T::Variable(format!("{}_{word}", letter_name(*c))), span);
        Ok(())
    }

    fn styled(&mut self, style: Style, body: &Node, span: Span) -> Read<()> {
        let nodes = match &body.kind {
            NodeKind::Row(nodes) => nodes.as_slice(),
            _ => core::slice::from_ref(body),
        };
        match style {
            Style::Phantom => Ok(()),
            Style::Cancelled => fail(span, Problem::NotMathematics),
            Style::Boxed => {
                let inner = meaning(nodes, span.end, self.depth + 1)?;
                self.push(T::Atom(inner), span);
                Ok(())
            }
            Style::Upright => {
                let before = core::mem::replace(&mut self.upright, true);
                let result = self.row(nodes);
                self.upright = before;
                result
            }
            Style::Bold | Style::Script => self.row(nodes),
        }
    }
}

fn letter_name(c: char) -> String {
    super::token::greek_name(c).map_or_else(|| String::from(c), String::from)
}

/// The letters and digits of an index, in order.
fn index_text(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Letter(c) => Some(String::from(*c)),
        NodeKind::Digits(d) => Some(d.clone()),
        NodeKind::Text(t) => Some(t.chars().filter(|c| c.is_alphanumeric()).collect()),
        NodeKind::Row(nodes) => nodes.iter().map(index_text).collect(),
        NodeKind::Styled { body, .. } => index_text(body),
        _ => None,
    }
}
