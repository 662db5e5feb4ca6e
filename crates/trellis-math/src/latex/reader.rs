//! Reads LaTeX into the layout tree: one pass, a depth limit, and a refusal with its place for all that is unknown.

use super::{Mark, Node, NodeKind};
use crate::parse::{Problem, Unreadable};
use crate::tree::{DEPTH_LIMIT, LENGTH_LIMIT, Span};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

pub(super) type Read<V> = Result<V, Unreadable>;

/// Reads a fragment without its dollar signs into pieces in a row.
///
/// # Errors
/// The place and the reason when the text is too long, too deep, unbalanced or outside the subset.
pub fn read(text: &str) -> Result<Vec<Node>, Unreadable> {
    if text.len() > LENGTH_LIMIT {
        return Err(Unreadable {
            at: Span::new(LENGTH_LIMIT, text.len()),
            problem: Problem::TooLong,
        });
    }
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    let row = reader.row()?;
    if reader.at < text.len() {
        let problem = if reader.looking_at("&") {
            Problem::UnknownSign
        } else {
            Problem::Unbalanced
        };
        return Err(reader.fail_here(problem));
    }
    Ok(row)
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) depth: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn looking_at(&self, sign: &str) -> bool {
        self.rest().starts_with(sign)
    }

    pub(super) fn first(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn fail_here(&self, problem: Problem) -> Unreadable {
        let length = self.first().map_or(0, char::len_utf8);
        Unreadable {
            at: Span::new(self.at, self.at + length),
            problem,
        }
    }

    pub(super) fn fail_from(&self, start: usize, problem: Problem) -> Unreadable {
        Unreadable {
            at: Span::new(start, self.at),
            problem,
        }
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(c) = self.first() {
            if c == '%' && !self.text[..self.at].ends_with('\\') {
                break;
            }
            // Invisible signs of multiplication and application come with formulas copied from pages.
            if !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{2061}'..='\u{2064}' | '\u{feff}')
            {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    pub(super) fn deeper<V>(&mut self, inner: impl FnOnce(&mut Self) -> Read<V>) -> Read<V> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.fail_here(Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(super) fn node(&self, start: usize, kind: NodeKind) -> Node {
        Node {
            span: Span::new(start, self.at),
            kind,
        }
    }

    /// Pieces up to a closing sign, which is left in place.
    pub(super) fn row(&mut self) -> Read<Vec<Node>> {
        let mut nodes: Vec<Node> = Vec::new();
        loop {
            self.skip_space();
            let Some(c) = self.first() else {
                return Ok(nodes);
            };
            if matches!(c, '}' | '&') || ends_row(self.rest()) {
                return Ok(nodes);
            }
            if self.looking_at("__") {
                nodes.push(self.blank());
                continue;
            }
            match c {
                '^' | '_' | '\'' | '′' => self.scripts(&mut nodes)?,
                _ => {
                    if let Some(node) = self.piece()? {
                        nodes.push(node);
                    }
                }
            }
        }
    }

    /// A line to fill in, typed as underscores.
    fn blank(&mut self) -> Node {
        let start = self.at;
        self.at += self.rest().bytes().take_while(|b| *b == b'_').count();
        self.node(start, NodeKind::Text(String::from("____")))
    }

    /// Scripts belong to the piece before; two of a kind on one base are refused, as in TeX.
    fn scripts(&mut self, nodes: &mut Vec<Node>) -> Read<()> {
        let start = self.at;
        let last = nodes.pop();
        let (base, mut below, mut above, limits) = match last {
            Some(Node {
                kind:
                    NodeKind::Scripts {
                        base,
                        below,
                        above,
                        limits,
                    },
                ..
            }) => (base, below, above, limits),
            Some(node) => {
                let limits = match &node.kind {
                    NodeKind::Large(c) => !matches!(c, '∫' | '∬' | '∮'),
                    NodeKind::Name(n) => {
                        matches!(n.as_str(), "lim" | "max" | "min" | "sup" | "inf")
                    }
                    NodeKind::Accent { mark, .. } => {
                        matches!(mark, Mark::Overbrace | Mark::Underbrace)
                    }
                    _ => false,
                };
                (Box::new(node), None, None, limits)
            }
            None => (
                Box::new(self.node(start, NodeKind::Row(Vec::new()))),
                None,
                None,
                false,
            ),
        };
        let slot = if self.looking_at("_") {
            &mut below
        } else {
            &mut above
        };
        if slot.is_some() && !self.rest().starts_with(['\'', '′']) {
            return Err(self.fail_here(Problem::Leftover));
        }
        if self.rest().starts_with(['\'', '′']) {
            let mut primes: Vec<Node> = slot.take().map(|n| vec![*n]).unwrap_or_default();
            while self.rest().starts_with(['\'', '′']) {
                let from = self.at;
                self.at += self.first().map_or(1, char::len_utf8);
                primes.push(self.node(from, NodeKind::Letter('′')));
            }
            // f'^2 puts both into one script.
            if self.looking_at("^") {
                self.at += 1;
                primes.push(self.argument()?);
            }
            *slot = Some(Box::new(self.node(start, NodeKind::Row(primes))));
        } else {
            self.at += 1;
            *slot = Some(Box::new(self.argument()?));
        }
        let span = Span::new(base.span.start, self.at);
        nodes.push(Node {
            span,
            kind: NodeKind::Scripts {
                base,
                below,
                above,
                limits,
            },
        });
        Ok(())
    }

    /// One piece; `None` for what shows nothing.
    fn piece(&mut self) -> Read<Option<Node>> {
        let start = self.at;
        let Some(c) = self.first() else {
            return Err(self.fail_here(Problem::EndedEarly));
        };
        if c == '\\' {
            return self.command();
        }
        if c == '{' {
            return self.group().map(Some);
        }
        if c.is_ascii_digit() || (c == '.' && self.digit_after(1)) {
            return Ok(Some(self.digits()));
        }
        self.at += c.len_utf8();
        let kind = match c {
            '~' => NodeKind::Space(25),
            '$' | '#' => return Err(self.fail_from(start, Problem::UnknownSign)),
            '%' | '°' | '∞' | '∅' | '…' => NodeKind::Letter(c),
            '-' => NodeKind::Sign('−'),
            '*' => NodeKind::Sign('∗'),
            c if c.is_control() || is_unprintable(c) => {
                return Err(self.fail_from(start, Problem::UnknownSign));
            }
            c if c.is_alphanumeric() => NodeKind::Letter(c),
            c => NodeKind::Sign(c),
        };
        Ok(Some(self.node(start, kind)))
    }

    fn digit_after(&self, offset: usize) -> bool {
        self.rest()
            .as_bytes()
            .get(offset)
            .is_some_and(u8::is_ascii_digit)
    }

    /// Digits with a mark and groups of three; `{,}` counts as a comma.
    fn digits(&mut self) -> Node {
        let start = self.at;
        let mut text = String::new();
        let mut marked = false;
        loop {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            let group = if rest.starts_with("{,}") { 3 } else { 1 };
            let three = |from: usize| {
                bytes.len() >= from + 3
                    && bytes[from..from + 3].iter().all(u8::is_ascii_digit)
                    && !bytes.get(from + 3).is_some_and(u8::is_ascii_digit)
            };
            let whole = text.rsplit(',').next().unwrap_or("");
            let head = if text.contains(',') {
                whole.len() == 3
            } else {
                (1..=3).contains(&whole.len())
            };
            match bytes.first() {
                Some(b) if b.is_ascii_digit() => {
                    text.push(char::from(*b));
                    self.at += 1;
                }
                Some(b'.') if !marked && self.digit_after(1) => {
                    marked = true;
                    text.push('.');
                    self.at += 1;
                }
                Some(b',' | b'{')
                    if !marked && head && (group == 3 || bytes[0] == b',') && three(group) =>
                {
                    text.push(',');
                    self.at += group;
                }
                _ => return self.node(start, NodeKind::Digits(text)),
            }
        }
    }

    /// A group in braces, as one piece.
    fn group(&mut self) -> Read<Node> {
        let start = self.at;
        self.at += 1;
        let mut body = self.deeper(Self::row)?;
        if !self.looking_at("}") {
            return Err(Unreadable {
                at: Span::new(start, start + 1),
                problem: Problem::Unbalanced,
            });
        }
        self.at += 1;
        match (body.len(), body.pop()) {
            // Braces around a piece with scripts keep further scripts apart: {x'}^2.
            (1, Some(only)) if !matches!(only.kind, NodeKind::Scripts { .. }) => Ok(only),
            (_, last) => {
                body.extend(last);
                Ok(self.node(start, NodeKind::Row(body)))
            }
        }
    }

    /// What a command or script takes: a group, a command, or one sign.
    pub(super) fn argument(&mut self) -> Read<Node> {
        self.skip_space();
        let start = self.at;
        match self.first() {
            None => Err(self.fail_here(Problem::EndedEarly)),
            Some('{') => self.group(),
            Some('}' | '&' | '^' | '_') => Err(self.fail_here(Problem::ValueExpected)),
            Some(c) if c.is_ascii_digit() => {
                self.at += 1;
                Ok(self.node(start, NodeKind::Digits(String::from(c))))
            }
            Some(_) if ends_row(self.rest()) => Err(self.fail_here(Problem::ValueExpected)),
            Some(_) => {
                let piece = self.deeper(Self::piece)?;
                Ok(piece.unwrap_or_else(|| self.node(start, NodeKind::Row(Vec::new()))))
            }
        }
    }

    /// Raw text in braces, for words, names and colours.
    pub(super) fn words(&mut self) -> Read<String> {
        self.skip_space();
        let start = self.at;
        if !self.looking_at("{") {
            return Err(self.fail_here(Problem::ValueExpected));
        }
        let mut depth = 0_usize;
        let mut text = String::new();
        let mut escaped = false;
        for (offset, c) in self.rest().char_indices() {
            match c {
                _ if escaped => {
                    escaped = false;
                    if !c.is_control() {
                        text.push(c);
                    }
                }
                '\\' => escaped = true,
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += offset + 1;
                        return Ok(text);
                    }
                }
                '$' => {}
                c if c.is_control() || is_unprintable(c) => text.push(' '),
                c => text.push(if c == '~' { ' ' } else { c }),
            }
        }
        Err(Unreadable {
            at: Span::new(start, start + 1),
            problem: Problem::Unbalanced,
        })
    }
}

pub(super) fn is_command(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name)
        .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// What ends a row from outside: the end of a cell, an environment or a bracket.
fn ends_row(rest: &str) -> bool {
    rest.starts_with("\\\\")
        || ["\\right", "\\end", "\\middle"]
            .iter()
            .any(|name| is_command(rest, name))
}

/// Signs that must not reach a page: direction controls and private or unassigned planes.
fn is_unprintable(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}')
        || u32::from(c) >= 0xE_0000
        || u32::from(c) & 0xFFFE == 0xFFFE
}
