//! Pairs of school answers with the verdicts they must get, one a line, in `tests/answers`.
//!
//! A line is `rule ~ learner ~ key ~ sign`, with the rules of the example `judge`. The sign is `=` for equal, `!` for
//! different, `?` for anything but equal, and `unread` when the learner's answer must be refused.

use std::path::Path;
use trellis_math::equivalence::{Comparison, Tolerance, Verdict, compare};
use trellis_math::parse::{DecimalMark, ReadOptions, typed};
use trellis_math::rational::parse_decimal;
use trellis_math::tree::Expr;
use trellis_math::{form, parse};

/// What a line asks to happen.
fn holds(sign: &str, told: &str) -> bool {
    match sign {
        "=" => told == "equal",
        "!" => told == "different",
        "?" => told != "equal",
        other => told == other,
    }
}

fn rule_named(name: &str) -> Comparison {
    let (head, size) = name.split_once(':').unwrap_or((name, ""));
    let text = size;
    let size = || parse_decimal(text).expect("a size");
    match head {
        "value" => Comparison::EqualValue,
        "expression" => Comparison::EquivalentExpression,
        "solutions" => Comparison::SameSolutions,
        "set" => Comparison::Set,
        "tuple" => Comparison::OrderedTuple,
        "quantity" | "unit" => Comparison::Quantity {
            unit_required: head == "unit",
            tolerance: None,
        },
        "within" => Comparison::Within(Tolerance::Absolute(size())),
        "part" => Comparison::Within(Tolerance::Relative(size())),
        "slope" => Comparison::SameDerivative(text.to_string()),
        "figures" => {
            let figures = size().to_integer();
            Comparison::SignificantFigures(u32::try_from(figures).expect("few figures"))
        }
        other => panic!("no rule {other}"),
    }
}

fn form_named(name: &str) -> fn(&Expr) -> bool {
    match name {
        "simplest" => form::is_simplest_fraction,
        "mixed" => form::is_mixed_number,
        "expanded" => form::is_expanded,
        "factored" => form::is_factored,
        "single" => form::is_single_fraction,
        "scientific" => form::is_scientific,
        "square" => form::is_completed_square,
        "partial" => form::is_partial_fractions,
        "logarithm" => form::is_single_logarithm,
        "radical" => form::is_simplest_radical,
        other => panic!("no form {other}"),
    }
}

fn judged(rule: &str, learner: &str, key: &str) -> &'static str {
    let (mut options, mut rule, mut in_latex) = (ReadOptions::default(), rule, false);
    loop {
        if let Some(rest) = rule.strip_prefix("comma:") {
            (options.decimal_mark, rule) = (DecimalMark::Comma, rest);
        } else if let Some(rest) = rule.strip_prefix("units:") {
            (options.letter_units, rule) = (true, rest);
        } else if let Some(rest) = rule.strip_prefix("latex:") {
            (in_latex, rule) = (true, rest);
        } else {
            break;
        }
    }
    let read = |text: &str| {
        if in_latex {
            parse::latex(text)
        } else {
            typed(text, &options)
        }
    };
    let Ok(learner) = read(learner) else {
        return "unread";
    };
    if let Some(name) = rule.strip_prefix("form:") {
        return if form_named(name)(&learner) {
            "equal"
        } else {
            "different"
        };
    }
    let Ok(key) = read(key) else {
        return "unread key";
    };
    match compare(&learner, &key, &rule_named(rule)) {
        Verdict::Equal(_) => "equal",
        Verdict::Different(_) => "different",
        Verdict::Undecided => "undecided",
    }
}

#[test]
fn school_answers_get_their_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of answers")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        for line in text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let columns: Vec<&str> = line.split('~').map(str::trim).collect();
            let [rule, learner, key, sign] = columns.as_slice() else {
                panic!("not four columns: {line}");
            };
            let told = judged(rule, learner, key);
            count += 1;
            if !holds(sign, told) {
                wrong.push(format!("{line}: {told}"));
            }
        }
    }
    assert!(count >= 900, "only {count} pairs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
