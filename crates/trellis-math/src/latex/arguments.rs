//! Commands with arguments: fractions, roots, fences, environments, marks and styles.

use super::commands::{Simple, double_struck, simple};
use super::reader::{Read, Reader, is_command};
use super::{Mark, Node, NodeKind, Style, TableStyle};
use crate::parse::{Problem, Unreadable};
use crate::tree::Span;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

impl<'t> Reader<'t> {
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

    pub(super) fn command(&mut self) -> Read<Option<Node>> {
        let start = self.at;
        let name = self.command_name();
        if name.is_empty() {
            // A backslash at the very end was a space before somebody trimmed it.
            return Ok(None);
        }
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
        match name {
            "color" | "hspace" | "vspace" | "tag" | "label" => {
                self.words()?;
                return Ok(None);
            }
            "textcolor" | "colorbox" => {
                self.words()?;
                return self.argument().map(Some);
            }
            "not" => return self.negated(start).map(Some),
            _ => {}
        }
        let kind = self.built(name, start)?;
        Ok(Some(self.node(start, kind)))
    }

    /// A command that takes arguments and makes one piece.
    fn built(&mut self, name: &str, start: usize) -> Read<NodeKind> {
        Ok(match name {
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
            _ => match (mark(name), style(name), glued(name)) {
                (Some(mark), ..) => NodeKind::Accent {
                    mark,
                    base: Box::new(self.argument()?),
                },
                (_, Some(style), _) => NodeKind::Styled {
                    style,
                    body: Box::new(self.argument()?),
                },
                (.., Some((kind, length))) => {
                    self.at = start + 1 + length;
                    kind
                }
                _ => return Err(self.fail_from(start, Problem::UnknownCommand)),
            },
        })
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

/// An arrow or a degree sign with letters glued to it, as in `\toa` for `\to a`; its kind and its length.
fn glued(name: &str) -> Option<(NodeKind, usize)> {
    ["to", "degree", "infty"].iter().find_map(|known| {
        let rest = name.strip_prefix(known)?;
        match simple(known)? {
            Simple::Sign(c) if rest.len() == 1 => Some((NodeKind::Sign(c), known.len())),
            Simple::Letter(c) if rest.len() == 1 => Some((NodeKind::Letter(c), known.len())),
            _ => None,
        }
    })
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
