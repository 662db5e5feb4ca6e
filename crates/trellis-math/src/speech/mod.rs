//! Spoken English for screen readers and read-aloud: short for small pieces, with a marked end for long ones.

mod layout;
mod tree;

use crate::latex::read;
use crate::parse::Unreadable;
use crate::tree::Expr;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A LaTeX fragment in words: "x squared plus 1".
///
/// # Errors
/// The place and the reason when the fragment is outside the subset.
pub fn from_latex(text: &str) -> Result<String, Unreadable> {
    let mut words = Vec::new();
    layout::row(&read(text)?, &mut words);
    Ok(joined(&words))
}

/// The tree in words.
#[must_use]
pub fn from_expr(expr: &Expr) -> String {
    let mut words = Vec::new();
    tree::expression(expr, &mut words);
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
