//! Plain text: the tree as a learner would type it, and LaTeX as a line of text where no markup can be shown.

use crate::latex::{Node, NodeKind, TableStyle, read};
use crate::parse::Unreadable;
use crate::rational;
use crate::tree::{Expr, ExprKind, Function, Notation, Number};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use num_traits::Signed;

/// A LaTeX fragment as one line of text: `(x + 1)/(x - 1)`.
///
/// # Errors
/// The place and the reason when the fragment is outside the subset.
pub fn from_latex(text: &str) -> Result<String, Unreadable> {
    let mut out = String::new();
    row(&read(text)?, &mut out);
    Ok(out.trim().to_string())
}

fn row(nodes: &[Node], out: &mut String) {
    for (i, n) in nodes.iter().enumerate() {
        let next = nodes[i + 1..]
            .iter()
            .find(|n| !matches!(n.kind, NodeKind::Space(_)));
        if matches!(n.kind, NodeKind::Fraction { bar: true, .. })
            && (next.is_some_and(begins_with_number)
                || out.ends_with(|c: char| c.is_alphabetic() || c == ')'))
        {
            out.push_str(&format!(" ({})", inner(n)));
        } else {
            node(n, out);
        }
    }
}

fn begins_with_number(n: &Node) -> bool {
    match &n.kind {
        NodeKind::Digits(_) => true,
        NodeKind::Scripts { base, .. } => begins_with_number(base),
        _ => false,
    }
}

fn inner(n: &Node) -> String {
    let mut text = String::new();
    node(n, &mut text);
    text.trim().to_string()
}

/// In brackets when it is more than one sign long; `3x` under a fraction line would lose its x otherwise.
fn grouped(n: &Node) -> String {
    let text = inner(n);
    let unsigned = text.strip_prefix('−').unwrap_or(&text);
    let number = unsigned.chars().all(|c| c.is_ascii_digit() || c == '.');
    if number || text.chars().count() == 1 {
        text
    } else {
        format!("({text})")
    }
}

/// The same, but words and names stay as they are: an index, a limit.
fn index(n: &Node) -> String {
    let text = inner(n);
    if text.chars().all(char::is_alphanumeric) {
        text
    } else {
        format!("({text})")
    }
}

fn node(n: &Node, out: &mut String) {
    match &n.kind {
        NodeKind::Letter(c) => out.push(*c),
        NodeKind::Large(c) => {
            out.push(*c);
            out.push(' ');
        }
        NodeKind::Name(name) => {
            out.push_str(name);
            out.push(' ');
        }
        NodeKind::Digits(text) | NodeKind::Text(text) => out.push_str(text),
        NodeKind::Sign(c) => match c {
            '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' | '⌊' | '⌋' | '⌈' | '⌉' | '!' => {
                out.push(*c)
            }
            ',' | ';' => {
                out.push(*c);
                out.push(' ');
            }
            '−' if out.is_empty() || out.ends_with(['(', '[', '{', ' ']) => out.push('−'),
            c => {
                out.push(' ');
                out.push(*c);
                out.push(' ');
            }
        },
        NodeKind::Space(width) => {
            if *width > 0 && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        NodeKind::Row(nodes) => row(nodes, out),
        NodeKind::Fraction { top, bottom, bar } => {
            if out.ends_with(|c: char| c.is_ascii_digit()) {
                out.push(' ');
            }
            let sign = if *bar { "/" } else { " over " };
            out.push_str(&format!("{}{sign}{}", grouped(top), grouped(bottom)));
        }
        NodeKind::Root { degree, radicand } => match degree {
            None => {
                let text = grouped(radicand);
                let signed = text.starts_with('−');
                out.push_str(&if signed {
                    format!("√({text})")
                } else {
                    format!("√{text}")
                });
            }
            Some(degree) => out.push_str(&format!("root({}, {})", inner(degree), inner(radicand))),
        },
        NodeKind::Scripts {
            base, below, above, ..
        } => {
            out.push_str(inner(base).as_str());
            if let Some(below) = below {
                out.push_str(&format!("_{}", index(below)));
            }
            match above.as_deref().map(inner) {
                Some(text) if text == "∘" || text.chars().all(|c| c == '′') => {
                    out.push_str(&text.replace('∘', "°"));
                }
                Some(_) => {
                    if let Some(above) = above {
                        out.push_str(&format!("^{}", grouped(above)));
                    }
                }
                None => {}
            }
        }
        NodeKind::Fenced { open, body, close } => {
            out.extend(open);
            row(body, out);
            out.extend(close);
        }
        NodeKind::Table { style, rows } => table(*style, rows, out),
        NodeKind::Accent { base: body, .. } | NodeKind::Styled { body, .. } => node(body, out),
    }
}

fn table(style: TableStyle, rows: &[Vec<Vec<Node>>], out: &mut String) {
    let (open, close) = match style {
        TableStyle::Matrix(open, close) => (Some(open), Some(close)),
        TableStyle::Cases => (Some('{'), None),
        _ => (None, None),
    };
    out.extend(open);
    for (i, cells) in rows.iter().enumerate() {
        if i > 0 {
            out.push_str("; ");
        }
        for (j, cell) in cells.iter().enumerate() {
            if j > 0 {
                out.push_str(if style == TableStyle::Aligned {
                    " "
                } else {
                    ", "
                });
            }
            let mut text = String::new();
            row(cell, &mut text);
            out.push_str(text.trim());
        }
    }
    out.extend(close);
}

/// The tree as text that [`crate::parse::typed`] reads back to the same value.
#[must_use]
pub fn from_expr(expr: &Expr) -> String {
    let mut out = String::new();
    write(expr, 0, &mut out);
    out
}

/// How tightly a node binds: 0 statement, 1 sum, 2 product, 3 sign, 4 power, 5 whole.
fn strength(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Relation { .. } | ExprKind::And(_) | ExprKind::Or(_) | ExprKind::List(_) => 0,
        ExprKind::Add(_) | ExprKind::PlusMinus(..) => 1,
        ExprKind::Mul { .. } | ExprKind::Div(..) | ExprKind::Quantity(..) => 2,
        ExprKind::Neg(_) => 3,
        ExprKind::Pow(..) => 4,
        ExprKind::Number(n) => match n.notation {
            _ if n.value.is_negative() => 3,
            Notation::Integer | Notation::Decimal { .. } => 5,
            _ => 2,
        },
        _ => 5,
    }
}

fn write(expr: &Expr, least: u8, out: &mut String) {
    if strength(expr) < least {
        out.push('(');
        write(expr, 0, out);
        out.push(')');
        return;
    }
    match &expr.kind {
        ExprKind::Number(n) => out.push_str(&number(n)),
        ExprKind::Variable(name) => variable(name, out),
        ExprKind::Constant(c) => out.push_str(match crate::mathml::constant_sign(*c) {
            "π" => "pi",
            "∞" => "inf",
            other => other,
        }),
        ExprKind::Neg(inner) => {
            out.push('-');
            write(inner, 3, out);
        }
        ExprKind::Add(terms) => sum(terms, out),
        ExprKind::PlusMinus(left, right) => {
            if let Some(left) = left {
                write(left, 1, out);
                out.push(' ');
            }
            out.push('±');
            write(right, 2, out);
        }
        ExprKind::Mul { factors, .. } => {
            for (i, factor) in factors.iter().enumerate() {
                if i > 0 {
                    out.push('*');
                }
                write(factor, if i == 0 { 2 } else { 4 }, out);
            }
        }
        ExprKind::Div(top, bottom) => {
            write(top, 3, out);
            out.push('/');
            write(bottom, 4, out);
        }
        ExprKind::Pow(base, exponent) => {
            write(base, 5, out);
            out.push('^');
            write(exponent, 5, out);
        }
        ExprKind::Root { degree, radicand } => match degree {
            2 => enclosed("sqrt(", core::slice::from_ref(radicand), ")", out),
            degree => enclosed(
                &format!("root({degree}, "),
                core::slice::from_ref(radicand),
                ")",
                out,
            ),
        },
        ExprKind::Call(Function::Factorial, arguments) if arguments.len() == 1 => {
            write(&arguments[0], 5, out);
            out.push('!');
        }
        ExprKind::Call(Function::Ratio, parts) => ratio(parts, out),
        ExprKind::Call(f, arguments) => enclosed(&format!("{}(", f.name()), arguments, ")", out),
        statement => write_statement(statement, out),
    }
}

/// `1:2:3`, and `2:05` with both digits of the minutes.
fn ratio(parts: &[Expr], out: &mut String) {
    for (i, part) in parts.iter().enumerate() {
        out.push_str(if i > 0 { ":" } else { "" });
        let start = out.len();
        write(part, 6, out);
        if parts.len() == 2 && i == 1 && out.len() == start + 1 {
            out.insert(start, '0');
        }
    }
}

/// A name so that it reads back as one: `x_1`, `x_{max}`, `f'`.
fn variable(name: &str, out: &mut String) {
    let Some((letter, index)) = name.split_once('_') else {
        out.push_str(name);
        return;
    };
    out.push_str(letter);
    let digits = index.chars().all(|c| c.is_ascii_digit());
    if index.starts_with("prime") && index.len().is_multiple_of("prime".len()) {
        out.push_str(&"'".repeat(index.len() / "prime".len()));
    } else if digits || index.chars().count() == 1 {
        out.push_str(&format!("_{index}"));
    } else {
        out.push_str(&format!("_{{{index}}}"));
    }
}

/// Relations, collections and quantities.
fn write_statement(kind: &ExprKind, out: &mut String) {
    match kind {
        ExprKind::Relation { terms, relations } => {
            for (i, term) in terms.iter().enumerate() {
                if let Some(relation) = i.checked_sub(1).and_then(|i| relations.get(i)) {
                    out.push_str(&format!(" {} ", relation.sign()));
                }
                write(term, 1, out);
            }
        }
        ExprKind::And(parts) => joined(parts, " and ", out),
        ExprKind::Or(parts) => joined(parts, " or ", out),
        ExprKind::List(parts) => joined(parts, ", ", out),
        ExprKind::Tuple(parts) => enclosed("(", parts, ")", out),
        ExprKind::Set(parts) => enclosed("{", parts, "}", out),
        ExprKind::Interval {
            low,
            high,
            low_closed,
            high_closed,
        } => {
            out.push(if *low_closed { '[' } else { '(' });
            write(low, 1, out);
            out.push_str(", ");
            write(high, 1, out);
            out.push(if *high_closed { ']' } else { ')' });
        }
        ExprKind::Matrix { columns, entries } => {
            out.push('[');
            for (i, cells) in entries.chunks((*columns).max(1)).enumerate() {
                out.push_str(if i > 0 { "; " } else { "" });
                joined(cells, ", ", out);
            }
            out.push(']');
        }
        ExprKind::Quantity(value, unit) => {
            if unit.currency.is_some() && !unit.symbol.contains(['¢', '/']) {
                out.push_str(&unit.symbol);
                write(value, 3, out);
            } else {
                write(value, 3, out);
                out.push_str(if unit.is_degree() { "" } else { " " });
                out.push_str(&unit.symbol);
            }
        }
        _ => {}
    }
}

fn sum(terms: &[Expr], out: &mut String) {
    for (i, term) in terms.iter().enumerate() {
        match &term.kind {
            ExprKind::Neg(inner) if i > 0 => {
                out.push_str(" - ");
                write(inner, 2, out);
            }
            _ => {
                out.push_str(if i > 0 { " + " } else { "" });
                write(term, if i == 0 { 1 } else { 2 }, out);
            }
        }
    }
}

fn enclosed(open: &str, parts: &[Expr], close: &str, out: &mut String) {
    out.push_str(open);
    joined(parts, ", ", out);
    out.push_str(close);
}

fn joined(parts: &[Expr], between: &str, out: &mut String) {
    for (i, part) in parts.iter().enumerate() {
        out.push_str(if i > 0 { between } else { "" });
        write(part, 0, out);
    }
}

/// A number the way it was written, as far as that is known.
pub(crate) fn number(number: &Number) -> String {
    let value = &number.value;
    let decimal = || rational::to_decimal(value).unwrap_or_else(|| rational::to_plain(value));
    match number.notation {
        Notation::Decimal { places, .. } if places <= 10_000 => rational::to_fixed(value, places),
        Notation::Mixed { .. } => rational::to_mixed(value),
        Notation::Percent => {
            let hundredfold = value * crate::BigInt::from(100);
            let text = rational::to_decimal(&hundredfold)
                .unwrap_or_else(|| rational::to_plain(&hundredfold));
            format!("{text}%")
        }
        Notation::Integer | Notation::Scientific { .. } | Notation::Decimal { .. } => decimal(),
        Notation::Fraction | Notation::Repeating => rational::to_plain(value),
    }
}
