//! The typed tree as MathML, with brackets only where they are needed.

use super::{Writer, constant_sign};
use crate::tree::{Expr, ExprKind, Function, Notation, Number, Relation};
use crate::{plain, rational};
use alloc::format;
use alloc::string::{String, ToString};
use num_traits::Signed;

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

    pub(super) fn expr(&mut self, expr: &Expr) {
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
            (Function::Ratio, _) => self.leaf(
                "mtext",
                &plain::from_expr(&Expr::made(ExprKind::Call(
                    Function::Ratio,
                    arguments.to_vec(),
                ))),
            ),
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
