//! Reads LaTeX into the layout tree: one pass, a depth limit, and a refusal with its place for all that is unknown.

use super::commands::{Simple, double_struck, simple};
use super::{Mark, Node, NodeKind, Style, TableStyle};
use crate::parse::{Problem, Unreadable};
use crate::tree::{DEPTH_LIMIT, LENGTH_LIMIT, Span};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

type Read<V> = Result<V, Unreadable>;

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

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn looking_at(&self, sign: &str) -> bool {
        self.rest().starts_with(sign)
    }

    fn first(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fail_here(&self, problem: Problem) -> Unreadable {
        let length = self.first().map_or(0, char::len_utf8);
        Unreadable {
            at: Span::new(self.at, self.at + length),
            problem,
        }
    }

    fn fail_from(&self, start: usize, problem: Problem) -> Unreadable {
        Unreadable {
            at: Span::new(start, self.at),
            problem,
        }
    }

    fn skip_space(&mut self) {
        while let Some(c) = self.first() {
            if c == '%' && !self.text[..self.at].ends_with('\\') {
                break;
            }
            if !c.is_whitespace() {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn deeper<V>(&mut self, inner: impl FnOnce(&mut Self) -> Read<V>) -> Read<V> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.fail_here(Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn node(&self, start: usize, kind: NodeKind) -> Node {
        Node {
            span: Span::new(start, self.at),
            kind,
        }
    }

    /// Pieces up to a closing sign, which is left in place.
    fn row(&mut self) -> Read<Vec<Node>> {
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
            (1, Some(only)) => Ok(only),
            (_, last) => {
                body.extend(last);
                Ok(self.node(start, NodeKind::Row(body)))
            }
        }
    }

    /// What a command or script takes: a group, a command, or one sign.
    fn argument(&mut self) -> Read<Node> {
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
    fn words(&mut self) -> Read<String> {
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

    fn command_name(&mut self) -> &'t str {
        let rest = self.rest();
        let letters = rest
            .as_bytes()
            .iter()
            .skip(1)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let length = if letters > 0 {
            letters
        } else {
            rest.chars().nth(1).map_or(0, char::len_utf8)
        };
        self.at += 1 + length;
        &rest[1..=length]
    }

    fn command(&mut self) -> Read<Option<Node>> {
        let start = self.at;
        let name = self.command_name();
        if let Some(found) = simple(name) {
            let kind = match found {
                Simple::Letter(c) => NodeKind::Letter(c),
                Simple::Sign(c) => NodeKind::Sign(c),
                Simple::Large(c) => NodeKind::Large(c),
                Simple::Name(n) | Simple::Limit(n) => NodeKind::Name(String::from(n)),
                Simple::Space(w) => NodeKind::Space(w),
                Simple::Nothing => return Ok(None),
            };
            return Ok(Some(self.node(start, kind)));
        }
        let kind = match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => self.fraction(true)?,
            "binom" | "dbinom" | "tbinom" => {
                let kind = self.fraction(false)?;
                let inner = self.node(start, kind);
                NodeKind::Fenced {
                    open: Some('('),
                    body: vec![inner],
                    close: Some(')'),
                }
            }
            "sqrt" => self.root()?,
            "left" => self.fenced(start)?,
            "begin" => self.environment(start)?,
            "text" | "textrm" | "textsf" | "texttt" | "textnormal" | "mbox" | "hbox" | "textit"
            | "textup" => NodeKind::Text(self.words()?),
            "textbf" => self.styled_text(Style::Bold)?,
            "operatorname" => {
                if self.looking_at("*") {
                    self.at += 1;
                }
                NodeKind::Name(String::from(self.words()?.trim()))
            }
            "color" => {
                self.words()?;
                return Ok(None);
            }
            "textcolor" | "colorbox" => {
                self.words()?;
                return self.argument().map(Some);
            }
            "hspace" | "vspace" | "tag" | "label" => {
                self.words()?;
                return Ok(None);
            }
            "mathbb" => self.double_struck()?,
            "overset" | "underset" | "stackrel" => self.stacked(name)?,
            "xrightarrow" => {
                let above = Some(Box::new(self.argument()?));
                let base = Box::new(self.node(start, NodeKind::Sign('→')));
                NodeKind::Scripts {
                    base,
                    below: None,
                    above,
                    limits: true,
                }
            }
            "pmod" => {
                let inner = self.argument()?;
                let name = self.node(start, NodeKind::Name(String::from("mod")));
                let space = self.node(start, NodeKind::Space(25));
                NodeKind::Fenced {
                    open: Some('('),
                    body: vec![name, space, inner],
                    close: Some(')'),
                }
            }
            "not" => return self.negated(start).map(Some),
            _ => match (mark(name), style(name)) {
                (Some(mark), _) => NodeKind::Accent {
                    mark,
                    base: Box::new(self.argument()?),
                },
                (_, Some(style)) => NodeKind::Styled {
                    style,
                    body: Box::new(self.argument()?),
                },
                _ => return Err(self.fail_from(start, Problem::UnknownCommand)),
            },
        };
        Ok(Some(self.node(start, kind)))
    }

    fn styled_text(&mut self, style: Style) -> Read<NodeKind> {
        let start = self.at;
        let text = self.words()?;
        let body = Box::new(self.node(start, NodeKind::Text(text)));
        Ok(NodeKind::Styled { style, body })
    }

    fn negated(&mut self, start: usize) -> Read<Node> {
        let inner = self.argument()?;
        let sign = match inner.kind {
            NodeKind::Sign('=') => '≠',
            NodeKind::Sign('∈') => '∉',
            NodeKind::Sign('<') => '≮',
            NodeKind::Sign('>') => '≯',
            NodeKind::Sign('≡') => '≢',
            NodeKind::Sign('⊂') => '⊄',
            _ => return Err(self.fail_from(start, Problem::UnknownCommand)),
        };
        Ok(self.node(start, NodeKind::Sign(sign)))
    }

    fn fraction(&mut self, bar: bool) -> Read<NodeKind> {
        let top = Box::new(self.deeper(Self::argument)?);
        let bottom = Box::new(self.deeper(Self::argument)?);
        Ok(NodeKind::Fraction { top, bottom, bar })
    }

    fn root(&mut self) -> Read<NodeKind> {
        self.skip_space();
        let mut degree = None;
        if self.looking_at("[") {
            let start = self.at;
            let Some(end) = self.rest().find(']') else {
                return Err(self.fail_here(Problem::Unbalanced));
            };
            // The degree is read by itself, so that its "]" ends it and nothing nests in it.
            let inner = &self.text[..self.at + end];
            let mut part = Reader {
                text: inner,
                at: start + 1,
                depth: self.depth + 1,
            };
            let row = part.deeper(Self::row)?;
            if part.at < inner.len() {
                return Err(part.fail_here(Problem::Unbalanced));
            }
            self.at += end + 1;
            degree = Some(Box::new(self.node(start, NodeKind::Row(row))));
        }
        let radicand = Box::new(self.deeper(Self::argument)?);
        Ok(NodeKind::Root { degree, radicand })
    }

    /// A bracket after `\left` or `\right`; a point means none.
    fn delimiter(&mut self) -> Read<Option<char>> {
        self.skip_space();
        let start = self.at;
        let Some(c) = self.first() else {
            return Err(self.fail_here(Problem::EndedEarly));
        };
        if c == '\\' {
            let name = self.command_name();
            return match simple(name) {
                Some(Simple::Sign(c)) => Ok(Some(c)),
                _ => Err(self.fail_from(start, Problem::UnknownCommand)),
            };
        }
        self.at += c.len_utf8();
        match c {
            '.' => Ok(None),
            '<' => Ok(Some('⟨')),
            '>' => Ok(Some('⟩')),
            '(' | ')' | '[' | ']' | '|' | '/' | '‖' | '⌊' | '⌋' | '⌈' | '⌉' => {
                Ok(Some(c))
            }
            _ => Err(self.fail_from(start, Problem::UnknownSign)),
        }
    }

    fn fenced(&mut self, start: usize) -> Read<NodeKind> {
        let open = self.delimiter()?;
        let mut body = self.deeper(Self::row)?;
        while self.looking_at("\\middle") {
            let from = self.at;
            self.at += "\\middle".len();
            if let Some(sign) = self.delimiter()? {
                body.push(self.node(from, NodeKind::Sign(sign)));
            }
            body.extend(self.deeper(Self::row)?);
        }
        if !is_command(self.rest(), "\\right") {
            let at = Span::new(start, start + "\\left".len());
            return Err(Unreadable {
                at,
                problem: Problem::Unbalanced,
            });
        }
        self.at += "\\right".len();
        let close = self.delimiter()?;
        Ok(NodeKind::Fenced { open, body, close })
    }

    fn environment(&mut self, start: usize) -> Read<NodeKind> {
        let name = self.words()?;
        let style = match name.trim_end_matches('*') {
            "matrix" | "smallmatrix" => TableStyle::Plain,
            "bmatrix" => TableStyle::Matrix('[', ']'),
            "pmatrix" => TableStyle::Matrix('(', ')'),
            "vmatrix" => TableStyle::Matrix('|', '|'),
            "Vmatrix" => TableStyle::Matrix('‖', '‖'),
            "Bmatrix" => TableStyle::Matrix('{', '}'),
            "cases" => TableStyle::Cases,
            "array" => {
                self.words()?;
                TableStyle::Plain
            }
            "aligned" | "align" | "split" | "gathered" | "gather" | "eqnarray" => {
                TableStyle::Aligned
            }
            _ => return Err(self.fail_from(start, Problem::UnknownCommand)),
        };
        let mut rows: Vec<Vec<Vec<Node>>> = vec![Vec::new()];
        loop {
            let cell = self.deeper(Self::row)?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            if self.looking_at("&") {
                self.at += 1;
            } else if self.looking_at("\\\\") {
                self.at += 2;
                rows.push(Vec::new());
            } else if self.looking_at("\\end") {
                self.at += "\\end".len();
                break;
            } else {
                let at = Span::new(start, start + "\\begin".len());
                return Err(Unreadable {
                    at,
                    problem: Problem::Unbalanced,
                });
            }
        }
        if self.words()? != name {
            return Err(self.fail_from(start, Problem::Unbalanced));
        }
        // A trailing row separator makes no row.
        if rows.len() > 1 && rows.last().is_some_and(|r| r.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        Ok(NodeKind::Table { style, rows })
    }

    fn double_struck(&mut self) -> Read<NodeKind> {
        let start = self.at;
        let argument = self.argument()?;
        match argument.kind {
            NodeKind::Letter(c) => double_struck(c)
                .map(NodeKind::Letter)
                .ok_or_else(|| self.fail_from(start, Problem::UnknownSign)),
            kind => Ok(kind),
        }
    }

    fn stacked(&mut self, name: &str) -> Read<NodeKind> {
        let mark = Some(Box::new(self.argument()?));
        let base = Box::new(self.argument()?);
        Ok(if name == "underset" {
            NodeKind::Scripts {
                base,
                below: mark,
                above: None,
                limits: true,
            }
        } else {
            NodeKind::Scripts {
                base,
                below: None,
                above: mark,
                limits: true,
            }
        })
    }
}

fn is_command(rest: &str, name: &str) -> bool {
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

fn mark(name: &str) -> Option<Mark> {
    Some(match name {
        "hat" | "widehat" => Mark::Hat,
        "bar" | "overline" => Mark::Bar,
        "tilde" | "widetilde" => Mark::Tilde,
        "vec" | "overrightarrow" | "overleftrightarrow" => Mark::Arrow,
        "dot" => Mark::Dot,
        "ddot" => Mark::DoubleDot,
        "underline" => Mark::Underline,
        "overbrace" => Mark::Overbrace,
        "underbrace" => Mark::Underbrace,
        _ => return None,
    })
}

fn style(name: &str) -> Option<Style> {
    Some(match name {
        "boxed" | "fbox" => Style::Boxed,
        "cancel" | "bcancel" | "xcancel" | "sout" => Style::Cancelled,
        "mathbf" | "boldsymbol" | "bm" => Style::Bold,
        "mathrm" | "mathsf" | "mathtt" | "mathit" | "mathnormal" => Style::Upright,
        "mathcal" | "mathscr" | "mathfrak" => Style::Script,
        "phantom" | "hphantom" | "vphantom" => Style::Phantom,
        _ => return None,
    })
}
