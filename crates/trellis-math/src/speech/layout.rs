//! The layout of LaTeX in words.

use super::{function_word, joined, part_word, say};
use crate::latex::{Mark, Node, NodeKind, Style};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn row(nodes: &[Node], words: &mut Vec<String>) {
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
