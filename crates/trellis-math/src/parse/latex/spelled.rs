//! What LaTeX leaves to the eye: names spelled letter by letter and brackets raised by a single `^`.

use super::{Read, Signs, fail, meaning};
use crate::latex::{Node, NodeKind};
use crate::parse::Problem;
use crate::parse::token::{TokenKind as T, greek_word};
use crate::rational::parse_decimal;
use crate::tree::{Constant, Expr, Function, Span};
use crate::units::Unit;
use alloc::string::String;

impl Signs {
    /// A name spelled letter by letter, as in `cos^2 x` or `2pi`; the last letter may carry scripts.
    pub(super) fn spelled(&mut self, nodes: &[Node]) -> Read<Option<usize>> {
        let letters = run_of_letters(nodes);
        if self.upright
            && letters.len() > 1
            && nodes[..letters.len()]
                .iter()
                .all(|n| matches!(n.kind, NodeKind::Letter(_)))
            && let Some(unit) = Unit::named(&letters)
        {
            let span = nodes[0].span.to(nodes[letters.len() - 1].span);
            self.push(T::Unit(unit), span);
            return Ok(Some(letters.len()));
        }
        for taken in (2..=letters.len().min(8)).rev() {
            let Some(kind) = spelled_name(&letters[..taken]) else {
                continue;
            };
            let last = &nodes[taken - 1];
            let span = nodes[0].span.to(last.span);
            let NodeKind::Scripts { below, above, .. } = &last.kind else {
                self.push(kind, span);
                return Ok(Some(taken));
            };
            match (kind, below) {
                (T::Function(Function::Log), Some(below)) => {
                    let below = self.inner(below)?;
                    self.push(T::LogBase(below), span);
                }
                (_, Some(below)) => return fail(below.span, Problem::NotMathematics),
                (kind, None) => self.push(kind, span),
            }
            if above
                .as_ref()
                .is_some_and(|a| a.kind == NodeKind::Sign('('))
            {
                let used = self.bracketed_exponent(&nodes[taken - 1..])?;
                return Ok(Some(taken - 1 + used));
            }
            self.raised(above.as_deref())?;
            return Ok(Some(taken));
        }
        Ok(None)
    }

    /// `x^(1/2)`, where TeX raises the bracket alone: people mean all of it.
    pub(super) fn raised_bracket(&mut self, nodes: &[Node]) -> Read<Option<usize>> {
        let Some(Node {
            kind:
                NodeKind::Scripts {
                    base,
                    below,
                    above: Some(above),
                    limits,
                },
            span,
        }) = nodes.first()
        else {
            return Ok(None);
        };
        if above.kind != NodeKind::Sign('(') {
            return Ok(None);
        }
        match below {
            None => self.node(base)?,
            Some(_) => self.node(&Node {
                span: *span,
                kind: NodeKind::Scripts {
                    base: base.clone(),
                    below: below.clone(),
                    above: None,
                    limits: *limits,
                },
            })?,
        }
        self.bracketed_exponent(nodes).map(Some)
    }

    /// The exponent from a raised `(` to its partner; gives the number of nodes used.
    fn bracketed_exponent(&mut self, nodes: &[Node]) -> Read<usize> {
        let mut open = 1_usize;
        for (i, node) in nodes.iter().enumerate().skip(1) {
            match node.kind {
                NodeKind::Sign('(') => open += 1,
                NodeKind::Sign(')') => open -= 1,
                _ => {}
            }
            if open == 0 {
                let span = nodes[0].span.to(node.span);
                let exponent = meaning(&nodes[1..i], node.span.start, self.depth + 1)?;
                self.push(T::Caret, span);
                self.push(T::Atom(exponent), span);
                return Ok(i + 1);
            }
        }
        fail(nodes[0].span, Problem::Unbalanced)
    }
}

/// The letters at the start that stand close together; the last may carry scripts.
fn run_of_letters(nodes: &[Node]) -> String {
    let mut letters = String::new();
    let mut end = nodes.first().map_or(0, |n| n.span.start);
    for node in nodes {
        let (base, is_last) = match &node.kind {
            NodeKind::Scripts { base, .. } => (&base.kind, true),
            kind => (kind, false),
        };
        match base {
            NodeKind::Letter(c) if c.is_ascii_alphabetic() && node.span.start == end => {
                letters.push(*c);
            }
            _ => break,
        }
        end = node.span.end;
        if is_last {
            break;
        }
    }
    letters
}

/// The function, root or constant of a name spelled in letters. Short Greek names stay letters: `xi` may be x times i.
fn spelled_name(name: &str) -> Option<T> {
    Some(match name {
        "pi" => T::Constant(Constant::Pi),
        "sqrt" => T::Root(2),
        "cbrt" => T::Root(3),
        "inf" | "infty" | "infinity" => T::Constant(Constant::Infinity),
        "lg" => return None,
        _ => match greek_word(name).filter(|_| name.len() > 3) {
            Some(greek) => T::Variable(String::from(greek)),
            None => T::Function(Function::named(name)?),
        },
    })
}

/// What stands in `\operatorname`: a root, a number, or a logarithm with its base.
pub(super) fn operator_name(name: &str, span: Span) -> Option<T> {
    if let Some(base) = name.strip_prefix("log_") {
        let kind = match parse_decimal(base) {
            Some(value) => Expr::number(value).kind,
            None => Expr::variable(base).kind,
        };
        return (!base.is_empty()).then(|| T::LogBase(Expr::new(kind, span)));
    }
    match name {
        "sqrt" => Some(T::Root(2)),
        "cbrt" => Some(T::Root(3)),
        _ => parse_decimal(name).map(|value| T::Atom(Expr::new(Expr::number(value).kind, span))),
    }
}
