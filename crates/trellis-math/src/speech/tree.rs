//! The typed tree in words.

use super::{function_word, joined, part_word, say};
use crate::tree::{Constant, Expr, ExprKind, Function, Notation, Relation};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use num_traits::Signed;

fn is_small(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Variable(_) | ExprKind::Constant(_) => true,
        ExprKind::Neg(inner) => is_small(inner),
        _ => false,
    }
}

fn ended(expr: &Expr, end: &str, words: &mut Vec<String>) {
    expression(expr, words);
    if !is_small(expr) {
        say(words, ",");
        say(words, end);
    }
}

fn group(expr: &Expr, words: &mut Vec<String>) {
    if matches!(
        expr.kind,
        ExprKind::Add(_) | ExprKind::Relation { .. } | ExprKind::List(_)
    ) {
        say(words, "open parenthesis");
        expression(expr, words);
        say(words, "close parenthesis");
    } else {
        expression(expr, words);
    }
}

pub(super) fn expression(expr: &Expr, words: &mut Vec<String>) {
    match &expr.kind {
        ExprKind::Number(number) => spoken_number(number, words),
        ExprKind::Variable(name) => words.push(name.replace('_', " sub ")),
        ExprKind::Constant(c) => say(
            words,
            match c {
                Constant::Pi => "pi",
                Constant::E => "e",
                Constant::I => "i",
                Constant::Infinity => "infinity",
            },
        ),
        ExprKind::Neg(inner) => {
            say(words, "negative");
            group(inner, words);
        }
        ExprKind::Add(terms) => {
            for (i, term) in terms.iter().enumerate() {
                match &term.kind {
                    ExprKind::Neg(inner) if i > 0 => {
                        say(words, "minus");
                        group(inner, words);
                    }
                    _ => {
                        say(words, if i > 0 { "plus" } else { "" });
                        expression(term, words);
                    }
                }
            }
        }
        ExprKind::PlusMinus(left, right) => {
            if let Some(left) = left {
                expression(left, words);
            }
            say(words, "plus or minus");
            group(right, words);
        }
        ExprKind::Mul { factors, explicit } => {
            for (i, factor) in factors.iter().enumerate() {
                say(words, if i > 0 && *explicit { "times" } else { "" });
                group(factor, words);
            }
        }
        ExprKind::Div(top, bottom) => division(top, bottom, words),
        ExprKind::Pow(base, exponent) => power(base, exponent, words),
        ExprKind::Root { degree, radicand } => {
            words.push(match degree {
                2 => "the square root of".into(),
                3 => "the cube root of".into(),
                n => format!("the root of degree {n} of"),
            });
            ended(radicand, "end root", words);
        }
        ExprKind::Call(function, arguments) => call(*function, arguments, words),
        ExprKind::Relation { terms, relations } => {
            for (i, term) in terms.iter().enumerate() {
                if let Some(relation) = i.checked_sub(1).and_then(|i| relations.get(i)) {
                    say(words, relation_word(*relation));
                }
                expression(term, words);
            }
        }
        other => collection(other, words),
    }
}

fn spoken_number(number: &crate::tree::Number, words: &mut Vec<String>) {
    if number.value.is_negative() {
        say(words, "negative");
    }
    let size = crate::tree::Number {
        value: number.value.abs(),
        notation: number.notation,
    };
    match number.notation {
        Notation::Mixed { .. } => {
            let whole = size.value.to_integer();
            words.push(whole.to_string());
            say(words, "and");
            quotient(&(size.value - whole), words);
        }
        Notation::Fraction | Notation::Repeating => quotient(&size.value, words),
        _ => words.push(crate::plain::number(&size).replace('%', " percent")),
    }
}

fn power(base: &Expr, exponent: &Expr, words: &mut Vec<String>) {
    group(base, words);
    let mut inner = Vec::new();
    expression(exponent, &mut inner);
    match joined(&inner).as_str() {
        "2" => say(words, "squared"),
        "3" => say(words, "cubed"),
        text => {
            words.push(format!("to the power {text}"));
            if !is_small(exponent) {
                say(words, ",");
                say(words, "end power");
            }
        }
    }
}

fn call(function: Function, arguments: &[Expr], words: &mut Vec<String>) {
    match function {
        Function::Factorial => {
            series(arguments, words);
            say(words, "factorial");
        }
        Function::Ratio => separated(arguments, "to", words),
        Function::Log if arguments.len() == 2 => {
            say(words, "log base");
            expression(&arguments[1], words);
            say(words, "of");
            ended(&arguments[0], "end log", words);
        }
        _ => {
            say(words, function_word(function.name()));
            say(words, "of");
            series(arguments, words);
            if !arguments.iter().all(is_small) {
                say(words, ",");
                say(words, "end");
            }
        }
    }
}

fn collection(kind: &ExprKind, words: &mut Vec<String>) {
    match kind {
        ExprKind::And(parts) => separated(parts, "and", words),
        ExprKind::Or(parts) => separated(parts, "or", words),
        ExprKind::List(parts) => series(parts, words),
        ExprKind::Tuple(parts) => {
            say(words, "the point");
            series(parts, words);
        }
        ExprKind::Set(parts) if parts.is_empty() => say(words, "no solution"),
        ExprKind::Set(parts) => {
            say(words, "the set of");
            series(parts, words);
        }
        ExprKind::Interval {
            low,
            high,
            low_closed,
            high_closed,
        } => {
            say(words, "the interval from");
            expression(low, words);
            say(
                words,
                if *low_closed {
                    "included"
                } else {
                    "not included"
                },
            );
            say(words, "to");
            expression(high, words);
            say(
                words,
                if *high_closed {
                    "included"
                } else {
                    "not included"
                },
            );
        }
        ExprKind::Matrix { columns, entries } => {
            words.push(format!("matrix with {columns} columns,"));
            for (i, cells) in entries.chunks((*columns).max(1)).enumerate() {
                words.push(format!("row {}:", i + 1));
                series(cells, words);
                say(words, ",");
            }
            say(words, "end matrix");
        }
        ExprKind::Quantity(value, unit) => {
            expression(value, words);
            words.push(match unit.symbol.as_str() {
                "$" => "dollars".into(),
                "¢" => "cents".into(),
                "€" => "euros".into(),
                "£" => "pounds".into(),
                "°" => "degrees".into(),
                other => other
                    .replace('/', " per ")
                    .replace("^2", " squared")
                    .replace("^3", " cubed"),
            });
        }
        _ => {}
    }
}

fn quotient(value: &crate::Rational, words: &mut Vec<String>) {
    let (top, bottom) = (value.numer().to_string(), value.denom().to_string());
    if bottom == "1" {
        return words.push(top);
    }
    match part_word(&bottom, top == "1") {
        Some(part) => words.push(format!("{top} {part}")),
        None => words.push(format!("{top} over {bottom}")),
    }
}

fn division(top: &Expr, bottom: &Expr, words: &mut Vec<String>) {
    if let (ExprKind::Number(a), ExprKind::Number(b)) = (&top.kind, &bottom.kind)
        && a.notation == Notation::Integer
        && let Some(part) = part_word(&b.value.to_string(), a.value.to_string() == "1")
    {
        return words.push(format!("{} {part}", a.value));
    }
    if is_small(top) && is_small(bottom) {
        expression(top, words);
        say(words, "over");
        return expression(bottom, words);
    }
    say(words, "the fraction");
    expression(top, words);
    say(words, "over");
    expression(bottom, words);
    say(words, ",");
    say(words, "end fraction");
}

fn series(parts: &[Expr], words: &mut Vec<String>) {
    separated(parts, ",", words);
}

fn separated(parts: &[Expr], between: &str, words: &mut Vec<String>) {
    for (i, part) in parts.iter().enumerate() {
        say(words, if i > 0 { between } else { "" });
        expression(part, words);
    }
}

fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "equals",
        Relation::NotEqual => "is not equal to",
        Relation::Less => "is less than",
        Relation::LessOrEqual => "is less than or equal to",
        Relation::Greater => "is greater than",
        Relation::GreaterOrEqual => "is greater than or equal to",
    }
}
