//! Questions of the STACK library judge Trellis: each brings its own tests, an input and the outcome it must have.
//!
//! Maxima draws the variables and works the tests out (`tests/oracles/stack.py`); the comparisons are ours. The
//! library is looked for in `TRELLIS_DATA`; without it, Maxima or Python the test skips with a word. `TRELLIS_STACK`
//! says how many questions to take, and `TRELLIS_STACK_CASES` names a file with cases already worked out.
#![allow(
    clippy::print_stdout,
    reason = "a test says what it measured or why it skipped"
)]

use crate::oracles::{self, data};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;
use trellis_math::equivalence::{Comparison, Tolerance, Verdict, compare};
use trellis_math::parse::{ReadOptions, typed};
use trellis_math::rational::parse_decimal;
use trellis_math::tree::Expr;
use trellis_math::{BigInt, Rational, form};

/// Whether a node's test holds, or why it cannot be told.
type Told = Result<bool, String>;

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or("")
}

fn read(text: &str) -> Result<Expr, String> {
    typed(text, &ReadOptions::default()).map_err(|e| format!("unread: {:?}", e.problem))
}

/// One side as typed; the letter i is the imaginary unit where Maxima said so.
fn side(value: &Value) -> Result<Expr, String> {
    let options = ReadOptions {
        imaginary: word(value, "raw").contains("%i"),
        ..ReadOptions::default()
    };
    typed(word(value, "typed"), &options).map_err(|e| format!("unread: {:?}", e.problem))
}

fn told(verdict: &Verdict) -> Told {
    match verdict {
        Verdict::Equal(_) => Ok(true),
        Verdict::Different(_) => Ok(false),
        Verdict::Undecided => Err("undecided".to_string()),
    }
}

/// The same sort of thing with the same value: what STACK calls algebraic equivalence.
fn equivalent(sans: &Value, tans: &Value) -> Told {
    let (sort, other) = (word(sans, "kind"), word(tans, "kind"));
    let solutions = |k: &str| matches!(k, "equation" | "inequality" | "logic");
    if sort != other && !(solutions(sort) && solutions(other)) {
        return Ok(false);
    }
    match sort {
        "string" | "boolean" => Ok(word(sans, "raw") == word(tans, "raw")),
        "list" | "set" | "matrix" => {
            let empty = Vec::new();
            let (a, b) = (
                sans["parts"].as_array().unwrap_or(&empty),
                tans["parts"].as_array().unwrap_or(&empty),
            );
            if a.len() != b.len() || sans["shape"] != tans["shape"] {
                return Ok(false);
            }
            let parts = |values: &[Value]| -> Result<Vec<Expr>, String> {
                values
                    .iter()
                    .map(|v| read(v.as_str().unwrap_or("")))
                    .collect()
            };
            let (a, b) = (parts(a)?, parts(b)?);
            if sort == "set" {
                let set = |parts| Expr::made(trellis_math::tree::ExprKind::Set(parts));
                return told(&compare(&set(a), &set(b), &Comparison::Set));
            }
            for (a, b) in a.iter().zip(&b) {
                if !told(&compare(a, b, &Comparison::EquivalentExpression))? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => {
            let (a, b) = (side(sans)?, side(tans)?);
            let rule = if solutions(sort) {
                Comparison::SameSolutions
            } else {
                Comparison::EquivalentExpression
            };
            told(&compare(&a, &b, &rule))
        }
    }
}

fn option_number(node: &Value) -> Result<Option<Rational>, String> {
    let text = word(node, "options").trim();
    if text.is_empty() {
        return Ok(None);
    }
    parse_decimal(text)
        .map(Some)
        .ok_or_else(|| format!("options {text}"))
}

fn whole(value: &Rational) -> Result<u32, String> {
    u32::try_from(value.to_integer()).map_err(|_| "options out of range".to_string())
}

fn judged(node: &Value) -> Told {
    let (sans, tans) = (&node["sans"], &node["tans"]);
    for side in [sans, tans] {
        if let Some(why) = side["why"].as_str() {
            return Err(format!("no text: {why}"));
        }
    }
    let expression = |value: &Value| match word(value, "kind") {
        "expression" | "equation" | "inequality" => side(value),
        sort => Err(format!("{} of a {sort}", word(node, "test"))),
    };
    let shaped =
        |has: fn(&Expr) -> bool| -> Told { Ok(has(&expression(sans)?) && equivalent(sans, tans)?) };
    match word(node, "test") {
        "AlgEquiv" | "Sets" | "Diff" => equivalent(sans, tans),
        "EqualComAss" => Ok(form::is_same_but_for_order(
            &expression(sans)?,
            &expression(tans)?,
        )),
        "CasEqual" => Ok(form::is_written_alike(
            &expression(sans)?,
            &expression(tans)?,
        )),
        "CompSquare" => shaped(form::is_completed_square),
        "PartFrac" => shaped(form::is_partial_fractions),
        "Int" => {
            let by = word(node, "options").trim();
            let (a, b) = (expression(sans)?, expression(tans)?);
            if by.is_empty() || !by.chars().all(char::is_alphanumeric) {
                return Err(format!("options {by}"));
            }
            let rule = Comparison::SameDerivative(by.to_string());
            Ok(told(&compare(&a, &b, &rule))? && form::has_constant_of_integration(&a, by))
        }
        "String" => Ok(word(sans, "raw") == word(tans, "raw")),
        "SingleFrac" => shaped(form::is_single_fraction),
        "FacForm" => shaped(form::is_factored),
        "Expanded" => Ok(form::is_expanded(&expression(sans)?)),
        "LowestTerms" => shaped(form::is_simplest_fraction),
        name @ ("NumAbsolute" | "NumRelative") => {
            let size = option_number(node)?.unwrap_or_else(|| Rational::new(5.into(), 100.into()));
            let tolerance = if name == "NumAbsolute" {
                Tolerance::Absolute(size)
            } else {
                Tolerance::Relative(size)
            };
            told(&compare(
                &expression(sans)?,
                &expression(tans)?,
                &Comparison::Within(tolerance),
            ))
        }
        "NumSigFigs" => {
            let figures = option_number(node)?.ok_or("no figures")?;
            let rule = Comparison::SignificantFigures(whole(&figures)?);
            told(&compare(&expression(sans)?, &expression(tans)?, &rule))
        }
        "NumDecPlaces" => {
            let places = whole(&option_number(node)?.ok_or("no places")?)?;
            let (a, b) = (expression(sans)?, expression(tans)?);
            let half = Rational::new(1.into(), BigInt::from(2) * BigInt::from(10).pow(places));
            let rule = Comparison::Within(Tolerance::Absolute(half));
            Ok(form::decimal_places(&a) == Some(places) && told(&compare(&a, &b, &rule))?)
        }
        other => Err(format!("test {other}")),
    }
}

/// The note and the score at the end of the way through a tree of nodes.
fn walked(case: &Value) -> Result<(String, f64), String> {
    let empty = Vec::new();
    let nodes = case["nodes"].as_array().unwrap_or(&empty);
    // A tree begins at the node that no other leads to, wherever it stands in the file.
    let is_led_to = |name: &str| {
        let leads = |n: &Value| {
            ["true", "false"]
                .iter()
                .any(|b| word(&n[*b], "next") == name)
        };
        nodes.iter().any(leads)
    };
    let first = nodes.iter().position(|n| !is_led_to(word(n, "name")));
    let (mut at, mut score, mut note) = (first.unwrap_or(0), 0.0, String::new());
    for _ in 0..=nodes.len() {
        let Some(node) = nodes.get(at) else { break };
        let branch = &node[if judged(node)? { "true" } else { "false" }];
        let step: f64 = word(branch, "score")
            .parse()
            .map_err(|_| "a score that is computed")?;
        match word(branch, "mode") {
            "+" => score += step,
            "-" => score -= step,
            _ => score = step,
        }
        note = word(branch, "note").to_string();
        let next = word(branch, "next");
        match nodes.iter().position(|n| word(n, "name") == next) {
            Some(index) => at = index,
            None => break,
        }
    }
    Ok((note, score.clamp(0.0, 1.0)))
}

#[derive(Default)]
struct Tally {
    agree: usize,
    accepted: Vec<String>,
    refused: Vec<String>,
    outside: BTreeMap<String, usize>,
}

impl Tally {
    fn share(&self) -> String {
        let all = self.agree + self.accepted.len() + self.refused.len();
        let tenths = 1_000 * self.agree / all.max(1);
        format!(
            "{} of {all} agree ({}.{} %)",
            self.agree,
            tenths / 10,
            tenths % 10
        )
    }

    fn take(&mut self, case: &Value) {
        let expected: f64 = word(&case["expected"], "score").parse().unwrap_or(0.0);
        let (note, score) = match walked(case) {
            Ok(end) => end,
            Err(why) => {
                *self.outside.entry(why).or_default() += 1;
                return;
            }
        };
        if (score - expected).abs() < 0.001 {
            self.agree += 1;
            return;
        }
        let first = &case["nodes"][0];
        let story = format!(
            "{} seed {} test {} {}: {note} {score} instead of {} {expected}: {} | {} | {}",
            word(case, "question")
                .rsplit("samplequestions/")
                .next()
                .unwrap_or(""),
            case["seed"],
            case["test"],
            word(case, "prt"),
            word(&case["expected"], "note"),
            word(first, "test"),
            word(&first["sans"], "raw"),
            word(&first["tans"], "raw"),
        );
        if score > expected {
            self.accepted.push(story);
        } else {
            self.refused.push(story);
        }
    }
}

/// The cases of a file, or of some questions of the library, worked out now.
fn cases() -> Option<Vec<Value>> {
    let lines = |text: &str| -> Vec<Value> {
        text.lines()
            .filter_map(|l| serde_json::from_str(l).ok())
            .collect()
    };
    if let Some(file) = std::env::var_os("TRELLIS_STACK_CASES") {
        return Some(lines(
            &std::fs::read_to_string(file).expect("the file of cases"),
        ));
    }
    let archive = data("stack-questions.tar.xz")?;
    if !oracles::is_there("maxima", &["--version"]) || !oracles::is_there("python3", &["--version"])
    {
        return None;
    }
    let folder = std::env::temp_dir().join(format!("trellis-stack-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let unpacked = Command::new("tar")
        .arg("-xf")
        .arg(&archive)
        .arg("-C")
        .arg(&folder)
        .status();
    assert!(unpacked.is_ok_and(|s| s.success()), "the archive unpacks");
    let most = std::env::var("TRELLIS_STACK").unwrap_or_else(|_| "12".to_string());
    let output = Command::new("python3")
        .arg(oracles::script("stack.py"))
        .arg(&folder)
        .args(["--most", &most])
        .output()
        .expect("python runs");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(lines(&String::from_utf8_lossy(&output.stdout)))
}

#[test]
fn the_stack_library_agrees() {
    let Some(cases) = cases() else { return };
    let (mut fixed, mut random) = (Tally::default(), Tally::default());
    for case in &cases {
        let tally = if case["random"] == true {
            &mut random
        } else {
            &mut fixed
        };
        if case["nodes"].is_array() {
            tally.take(case);
        }
    }
    let show = std::env::var("TRELLIS_SHOW")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(3);
    for (name, tally) in [("fixed", &fixed), ("random", &random)] {
        let outside: usize = tally.outside.values().sum();
        println!(
            "{name} questions: {}; {outside} outside of what Trellis has",
            tally.share()
        );
        println!(
            "  {} accepted against the question's word",
            tally.accepted.len()
        );
        for story in tally
            .accepted
            .iter()
            .take(show)
            .chain(tally.refused.iter().take(show))
        {
            println!("  {story}");
        }
        let mut reasons: Vec<_> = tally.outside.iter().collect();
        reasons.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        for (why, n) in reasons.into_iter().take(show) {
            println!("  outside {n}: {why}");
        }
    }
    let judged = fixed.agree + fixed.accepted.len() + fixed.refused.len();
    assert!(fixed.agree * 100 >= judged * 95, "{}", fixed.share());
    assert!(fixed.accepted.is_empty(), "{}", fixed.accepted.join("\n"));
}
