//! Spoken English for screen readers and read-aloud: short for small pieces, with a marked end for long ones.

use crate::latex::{Mark, Node, NodeKind, Style, read};
use crate::parse::Unreadable;
use crate::tree::{Constant, Expr, ExprKind, Function, Notation, Relation};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use num_traits::Signed;

/// A LaTeX fragment in words: "x squared plus 1".
///
/// # Errors
/// The place and the reason when the fragment is outside the subset.
pub fn from_latex(text: &str) -> Result<String, Unreadable> {
    let mut words = Vec::new();
    row(&read(text)?, &mut words);
    Ok(joined(&words))
}

/// The tree in words.
#[must_use]
pub fn from_expr(expr: &Expr) -> String {
    let mut words = Vec::new();
    tree(expr, &mut words);
    joined(&words)
}

fn joined(words: &[String]) -> String {
    let mut out = String::new();
    for word in words.iter().filter(|w| !w.is_empty()) {
        if !out.is_empty() && word != "," {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn say(words: &mut Vec<String>, text: &str) {
    words.push(String::from(text));
}

fn row(nodes: &[Node], words: &mut Vec<String>) {
    let mut i = 0;
    while i < nodes.len() {
        // A whole number right before a fraction of whole numbers is a mixed number.
        if let [
            Node {
                kind: NodeKind::Digits(_),
                ..
            },
            Node {
                kind:
                    NodeKind::Fraction {
                        top,
                        bottom,
                        bar: true,
                    },
                ..
            },
            ..,
        ] = &nodes[i..]
            && is_digits(top)
            && is_digits(bottom)
        {
            node(&nodes[i], words);
            say(words, "and");
            node(&nodes[i + 1], words);
            i += 2;
            continue;
        }
        let starts = i == 0
            || matches!(
                nodes[i - 1].kind,
                NodeKind::Sign('(' | '=' | '[' | ',' | '<' | '>' | '≤' | '≥')
            );
        match &nodes[i].kind {
            NodeKind::Sign('−') if starts => say(words, "negative"),
            _ => node(&nodes[i], words),
        }
        i += 1;
    }
}

fn is_digits(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Digits(_))
}

fn is_short(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Digits(_) | NodeKind::Letter(_) | NodeKind::Name(_) | NodeKind::Text(_) => true,
        NodeKind::Row(nodes) => match nodes.as_slice() {
            [only] => is_short(only),
            [
                Node {
                    kind: NodeKind::Sign('−'),
                    ..
                },
                last,
            ] => is_short(last),
            [
                Node {
                    kind: NodeKind::Digits(_),
                    ..
                },
                last,
            ] => matches!(last.kind, NodeKind::Letter(_)),
            _ => false,
        },
        _ => false,
    }
}

fn node(node_: &Node, words: &mut Vec<String>) {
    match &node_.kind {
        NodeKind::Letter(c) => letter(*c, words),
        NodeKind::Name(name) => say(words, function_word(name)),
        NodeKind::Digits(text) => words.push(text.replace(',', "")),
        NodeKind::Sign(c) => sign(*c, words),
        NodeKind::Large(c) => say(words, large(*c)),
        NodeKind::Text(text) if text == "____" => say(words, "blank"),
        NodeKind::Text(text) => say(words, text.trim()),
        NodeKind::Space(_) => {}
        NodeKind::Row(nodes) => row(nodes, words),
        NodeKind::Fraction { top, bottom, bar } => fraction(top, bottom, *bar, words),
        NodeKind::Root { degree, radicand } => {
            match degree.as_deref() {
                None => say(words, "the square root of"),
                Some(degree) => {
                    let mut inner = Vec::new();
                    node(degree, &mut inner);
                    words.push(match joined(&inner).as_str() {
                        "3" => "the cube root of".into(),
                        other => format!("the root of degree {other} of"),
                    });
                }
            }
            long(radicand, "end root", words);
        }
        NodeKind::Scripts {
            base, below, above, ..
        } => {
            scripts(base, below.as_deref(), above.as_deref(), words);
        }
        NodeKind::Fenced { open, body, close } => fenced(*open, body, *close, words),
        NodeKind::Table { rows, .. } => {
            let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
            words.push(format!(
                "table with {} rows and {columns} columns,",
                rows.len()
            ));
            for (i, cells) in rows.iter().enumerate() {
                words.push(format!("row {}:", i + 1));
                for cell in cells {
                    row(cell, words);
                    say(words, ",");
                }
            }
            say(words, "end table");
        }
        NodeKind::Accent { mark, base } => {
            node(base, words);
            say(words, mark_word(*mark));
        }
        NodeKind::Styled {
            style: Style::Phantom,
            ..
        } => {}
        NodeKind::Styled {
            style: Style::Cancelled,
            body,
        } => {
            say(words, "crossed out");
            node(body, words);
        }
        NodeKind::Styled { body, .. } => node(body, words),
    }
}

fn long(body: &Node, end: &str, words: &mut Vec<String>) {
    node(body, words);
    if !is_short(body) {
        say(words, ",");
        say(words, end);
    }
}

fn fraction(top: &Node, bottom: &Node, bar: bool, words: &mut Vec<String>) {
    if !bar {
        node(top, words);
        say(words, "choose");
        return node(bottom, words);
    }
    if let (NodeKind::Digits(t), NodeKind::Digits(b)) = (&top.kind, &bottom.kind)
        && let Some(part) = part_word(b, t == "1")
    {
        words.push(t.clone());
        return words.push(part);
    }
    if is_short(top) && is_short(bottom) {
        node(top, words);
        say(words, "over");
        return node(bottom, words);
    }
    say(words, "the fraction");
    node(top, words);
    say(words, "over");
    node(bottom, words);
    say(words, ",");
    say(words, "end fraction");
}

/// "third", "thirds" for denominators up to a hundred that have a short name.
fn part_word(denominator: &str, single: bool) -> Option<String> {
    let word = match denominator {
        "2" => return Some(if single { "half" } else { "halves" }.into()),
        "3" => "third",
        "4" => "fourth",
        "5" => "fifth",
        "6" => "sixth",
        "7" => "seventh",
        "8" => "eighth",
        "9" => "ninth",
        "10" => "tenth",
        "12" => "twelfth",
        "20" => "twentieth",
        "100" => "hundredth",
        _ => return None,
    };
    Some(format!("{word}{}", if single { "" } else { "s" }))
}

fn scripts(base: &Node, below: Option<&Node>, above: Option<&Node>, words: &mut Vec<String>) {
    if let NodeKind::Large(c) = base.kind {
        say(words, large(c));
        if let Some(below) = below {
            say(words, "from");
            node(below, words);
        }
        if let Some(above) = above {
            say(words, "to");
            node(above, words);
        }
        return say(words, "of");
    }
    node(base, words);
    if let Some(below) = below {
        let is_limit = matches!(&base.kind, NodeKind::Name(n) if n != "log" && n != "ln");
        let is_log = matches!(&base.kind, NodeKind::Name(n) if n == "log");
        say(
            words,
            if is_log {
                "base"
            } else if is_limit {
                "as"
            } else {
                "sub"
            },
        );
        node(below, words);
        if is_log && above.is_none() {
            say(words, "of");
        }
    }
    let Some(above) = above else { return };
    let mut inner = Vec::new();
    node(above, &mut inner);
    match joined(&inner).as_str() {
        "2" => say(words, "squared"),
        "3" => say(words, "cubed"),
        "prime" => say(words, "prime"),
        "composed with" | "degrees" => say(words, "degrees"),
        text => {
            words.push(format!("to the power {text}"));
            if !is_short(above) {
                say(words, ",");
                say(words, "end power");
            }
        }
    }
}

fn fenced(open: Option<char>, body: &[Node], close: Option<char>, words: &mut Vec<String>) {
    if (open, close) == (Some('|'), Some('|')) {
        say(words, "the absolute value of");
        row(body, words);
        say(words, ",");
        return say(words, "end absolute value");
    }
    if let Some(open) = open {
        sign(open, words);
    }
    row(body, words);
    if let Some(close) = close {
        sign(close, words);
    }
}

fn letter(c: char, words: &mut Vec<String>) {
    let word = match c {
        'π' => "pi",
        '∞' => "infinity",
        '°' => "degrees",
        '%' => "percent",
        '$' => "dollars",
        '£' => "pounds",
        '&' => "and",
        '∅' => "the empty set",
        '…' | '⋯' => "and so on",
        '′' => "prime",
        '∠' | '∡' => "angle",
        '△' => "triangle",
        'ℝ' => "the real numbers",
        'ℤ' => "the integers",
        'ℕ' => "the natural numbers",
        'ℚ' => "the rational numbers",
        'ℂ' => "the complex numbers",
        '∂' => "partial",
        '□' | '◯' => "blank",
        _ => {
            let greek = crate::parse::greek_name(c);
            return words.push(greek.map_or_else(|| capital(c), String::from));
        }
    };
    say(words, word);
}

fn capital(c: char) -> String {
    if c.is_uppercase() {
        format!("capital {c}")
    } else {
        String::from(c)
    }
}

fn sign(c: char, words: &mut Vec<String>) {
    let word = match c {
        '+' => "plus",
        '−' => "minus",
        '±' => "plus or minus",
        '∓' => "minus or plus",
        '×' | '⋅' | '∗' | '•' => "times",
        '÷' => "divided by",
        '/' => "over",
        '=' => "equals",
        '≠' => "is not equal to",
        '<' => "is less than",
        '>' => "is greater than",
        '≤' => "is less than or equal to",
        '≥' => "is greater than or equal to",
        '≈' | '∼' | '≃' => "is about",
        '≅' => "is congruent to",
        '≡' => "is equivalent to",
        '∝' => "is proportional to",
        '(' => "open parenthesis",
        ')' => "close parenthesis",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        '⌊' => "floor of",
        '⌋' => "end floor",
        '⌈' => "ceiling of",
        '⌉' => "end ceiling",
        '|' | '∣' => "vertical bar",
        ',' => ",",
        ':' => "to",
        '!' => "factorial",
        '∘' => "composed with",
        '∪' => "union",
        '∩' => "intersection",
        '∈' => "is in",
        '∉' => "is not in",
        '⊂' | '⊆' => "is a subset of",
        '∧' => "and",
        '∨' => "or",
        '⊥' => "is perpendicular to",
        '∥' => "is parallel to",
        '→' | '⟶' | '⇌' => "goes to",
        '⇒' => "implies",
        '⇔' => "if and only if",
        '∴' => "therefore",
        other => return words.push(String::from(other)),
    };
    say(words, word);
}

fn large(c: char) -> &'static str {
    match c {
        '∑' => "the sum",
        '∏' => "the product",
        '⋃' => "the union",
        '⋂' => "the intersection",
        _ => "the integral",
    }
}

fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Hat => "hat",
        Mark::Bar => "bar",
        Mark::Tilde => "tilde",
        Mark::Arrow => "vector",
        Mark::Dot => "dot",
        Mark::DoubleDot => "double dot",
        Mark::Underline => "underlined",
        Mark::Overbrace | Mark::Underbrace => "with brace",
    }
}

fn function_word(name: &str) -> &str {
    match name {
        "sin" => "sine",
        "cos" => "cosine",
        "tan" => "tangent",
        "cot" => "cotangent",
        "sec" => "secant",
        "csc" => "cosecant",
        "arcsin" => "inverse sine",
        "arccos" => "inverse cosine",
        "arctan" => "inverse tangent",
        "ln" => "natural log",
        "log" => "log",
        "lim" => "the limit",
        "abs" => "the absolute value",
        "gcd" => "the greatest common divisor",
        "lcm" => "the least common multiple",
        other => other,
    }
}

fn is_small(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Variable(_) | ExprKind::Constant(_) => true,
        ExprKind::Neg(inner) => is_small(inner),
        _ => false,
    }
}

fn ended(expr: &Expr, end: &str, words: &mut Vec<String>) {
    tree(expr, words);
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
        tree(expr, words);
        say(words, "close parenthesis");
    } else {
        tree(expr, words);
    }
}

fn tree(expr: &Expr, words: &mut Vec<String>) {
    match &expr.kind {
        ExprKind::Number(number) => {
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
                        tree(term, words);
                    }
                }
            }
        }
        ExprKind::PlusMinus(left, right) => {
            if let Some(left) = left {
                tree(left, words);
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
        ExprKind::Pow(base, exponent) => {
            group(base, words);
            let mut inner = Vec::new();
            tree(exponent, &mut inner);
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
        ExprKind::Root { degree, radicand } => {
            words.push(match degree {
                2 => "the square root of".into(),
                3 => "the cube root of".into(),
                n => format!("the root of degree {n} of"),
            });
            ended(radicand, "end root", words);
        }
        ExprKind::Call(Function::Factorial, arguments) => {
            series(arguments, words);
            say(words, "factorial");
        }
        ExprKind::Call(Function::Log, arguments) if arguments.len() == 2 => {
            say(words, "log base");
            tree(&arguments[1], words);
            say(words, "of");
            ended(&arguments[0], "end log", words);
        }
        ExprKind::Call(function, arguments) => {
            say(words, function_word(function.name()));
            say(words, "of");
            series(arguments, words);
            if !arguments.iter().all(is_small) {
                say(words, ",");
                say(words, "end");
            }
        }
        ExprKind::Relation { terms, relations } => {
            for (i, term) in terms.iter().enumerate() {
                if let Some(relation) = i.checked_sub(1).and_then(|i| relations.get(i)) {
                    say(words, relation_word(*relation));
                }
                tree(term, words);
            }
        }
        other => collection(other, words),
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
            tree(low, words);
            say(
                words,
                if *low_closed {
                    "included"
                } else {
                    "not included"
                },
            );
            say(words, "to");
            tree(high, words);
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
            tree(value, words);
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
        tree(top, words);
        say(words, "over");
        return tree(bottom, words);
    }
    say(words, "the fraction");
    tree(top, words);
    say(words, "over");
    tree(bottom, words);
    say(words, ",");
    say(words, "end fraction");
}

fn series(parts: &[Expr], words: &mut Vec<String>) {
    separated(parts, ",", words);
}

fn separated(parts: &[Expr], between: &str, words: &mut Vec<String>) {
    for (i, part) in parts.iter().enumerate() {
        say(words, if i > 0 { between } else { "" });
        tree(part, words);
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
