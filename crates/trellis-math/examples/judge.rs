//! Judges pairs of answers from standard input, one a line, so that other tools can be asked the same questions.
//!
//! A line is `rule TAB learner TAB key`, read as typed answers, or with `latex:` before the rule as LaTeX; `comma:` reads
//! decimal commas and `units:` single letters as units. The reply
//! is `equal`, `certified`, `different`, `undecided`, `yes`, `no` or `unread`, then the microseconds, then details.
//! Rules: value, expression, solutions, set, tuple, quantity, unit, within:SIZE, part:SHARE, figures:N, slope:LETTER,
//! form:NAME (of the learner's answer alone), plain (the answer written back).
#![allow(clippy::print_stdout, reason = "a tool that prints")]

use std::io::{BufRead, Write};
use std::time::Instant;
use trellis_math::equivalence::{Comparison, Proof, Tolerance, Verdict, compare};
use trellis_math::parse::{DecimalMark, ReadOptions, Unreadable, latex, typed};
use trellis_math::rational::parse_decimal;
use trellis_math::tree::Expr;
use trellis_math::{form, plain};

/// The comparison of this name, or `None`.
fn rule_named(name: &str) -> Option<Comparison> {
    let (head, argument) = name.split_once(':').unwrap_or((name, ""));
    Some(match head {
        "value" => Comparison::EqualValue,
        "expression" => Comparison::EquivalentExpression,
        "solutions" => Comparison::SameSolutions,
        "set" => Comparison::Set,
        "tuple" => Comparison::OrderedTuple,
        "quantity" | "unit" => Comparison::Quantity {
            unit_required: head == "unit",
            tolerance: parse_decimal(argument).map(Tolerance::Absolute),
        },
        "within" => Comparison::Within(Tolerance::Absolute(parse_decimal(argument)?)),
        "part" => Comparison::Within(Tolerance::Relative(parse_decimal(argument)?)),
        "slope" => Comparison::SameDerivative(argument.to_string()),
        "figures" => Comparison::SignificantFigures(argument.parse().ok()?),
        _ => return None,
    })
}

/// Whether an answer has the form of this name, or `None` for an unknown name.
fn has_form(name: &str, expr: &Expr) -> Option<bool> {
    Some(match name {
        "simplest" => form::is_simplest_fraction(expr),
        "mixed" => form::is_mixed_number(expr),
        "expanded" => form::is_expanded(expr),
        "factored" => form::is_factored(expr),
        "single" => form::is_single_fraction(expr),
        "scientific" => form::is_scientific(expr),
        "square" => form::is_completed_square(expr),
        "partial" => form::is_partial_fractions(expr),
        "logarithm" => form::is_single_logarithm(expr),
        "radical" => form::is_simplest_radical(expr),
        _ => return None,
    })
}

fn verdict(verdict: &Verdict) -> (&'static str, String) {
    match verdict {
        Verdict::Equal(Proof::Exact) => ("equal", String::new()),
        Verdict::Equal(Proof::Certified) => ("certified", String::new()),
        Verdict::Undecided => ("undecided", String::new()),
        Verdict::Different(None) => ("different", String::new()),
        Verdict::Different(Some(witness)) => {
            let at: Vec<String> = witness
                .at
                .iter()
                .map(|(name, value)| format!("{name} = {value}"))
                .collect();
            let at = at.join(", ");
            (
                "different",
                format!("at {at}: {} against {}", witness.learner, witness.key),
            )
        }
    }
}

fn judge(line: &str) -> (&'static str, String) {
    let (mut is_latex, mut options, mut line) = (false, ReadOptions::default(), line);
    loop {
        if let Some(rest) = line.strip_prefix("latex:") {
            (is_latex, line) = (true, rest);
        } else if let Some(rest) = line.strip_prefix("comma:") {
            (options.decimal_mark, line) = (DecimalMark::Comma, rest);
        } else if let Some(rest) = line.strip_prefix("units:") {
            (options.letter_units, line) = (true, rest);
        } else {
            break;
        }
    }
    let mut parts = line.split('\t');
    let (Some(rule), Some(learner)) = (parts.next(), parts.next()) else {
        return ("unread", "two or three columns are needed".to_string());
    };
    let read = |text: &str| -> Result<Expr, Unreadable> {
        if is_latex {
            latex(text)
        } else {
            typed(text, &options)
        }
    };
    let a = match read(learner) {
        Ok(expr) => expr,
        Err(e) => {
            return (
                "unread",
                format!("learner {:?} at {}", e.problem, e.at.start),
            );
        }
    };
    if let Some(name) = rule.strip_prefix("form:") {
        return match has_form(name, &a) {
            Some(true) => ("yes", String::new()),
            Some(false) => ("no", String::new()),
            None => ("unread", format!("no form {name}")),
        };
    }
    if rule == "plain" {
        return ("yes", plain::from_expr(&a));
    }
    let b = match read(parts.next().unwrap_or("")) {
        Ok(expr) => expr,
        Err(e) => return ("unread", format!("key {:?} at {}", e.problem, e.at.start)),
    };
    match rule_named(rule) {
        Some(rule) => verdict(&compare(&a, &b, &rule)),
        None => ("unread", format!("no rule {rule}")),
    }
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let start = Instant::now();
        let (word, details) = judge(&line);
        let spent = start.elapsed().as_micros();
        writeln!(out, "{word}\t{spent}\t{details}")?;
        out.flush()?;
    }
    Ok(())
}
