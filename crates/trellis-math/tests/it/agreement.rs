//! Agreement with other programs on the same pairs: Khan Academy's KAS on a real pool of answers and wrong answers
//! made from them, SymPy and Maxima on random rewritings.
//!
//! Each test skips with a word where its program or the pool is not there. `TRELLIS_PAIRS` raises the number of
//! random pairs and `TRELLIS_SEED` starts elsewhere.
#![allow(
    clippy::print_stdout,
    reason = "a test says what it measured or why it skipped"
)]

use crate::oracles::{asked, is_there, script};
use crate::rewriting::{from_env, pair};
use crate::{corpus, oracles};
use std::process::Command;
use trellis_math::equivalence::{Comparison, Verdict, compare};
use trellis_math::tree::{Expr, ExprKind};
use trellis_math::{Rational, parse, plain};

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Equal(_) => "equal",
        Verdict::Different(_) => "different",
        Verdict::Undecided => "unknown",
    }
}

/// Random pairs judged by both; a contradiction fails the test.
fn agrees_on_random_pairs(name: &str, mut oracle: Command) {
    let (count, first) = (from_env("TRELLIS_PAIRS", 120), from_env("TRELLIS_SEED", 1));
    let pairs: Vec<(Expr, Expr)> = (first..first + count)
        .map(|seed| {
            let (twin, original, _) = pair(seed);
            (twin, original)
        })
        .collect();
    let lines: String = pairs
        .iter()
        .map(|(a, b)| format!("{}\t{}\n", plain::from_expr(a), plain::from_expr(b)))
        .collect();
    let answers = asked(&mut oracle, lines);
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), pairs.len(), "{name} answers each pair");
    let (mut agree, mut open) = (0, 0);
    let mut against = Vec::new();
    for ((a, b), answer) in pairs.iter().zip(answers) {
        let ours = compare(a, b, &Comparison::EquivalentExpression);
        match (word(&ours), answer) {
            (x, y) if x == y && x != "unknown" => agree += 1,
            ("unknown", _) | (_, "unknown") => open += 1,
            _ => against.push(format!(
                "{} | {}: {ours:?}, {name} says {answer}",
                plain::from_expr(a),
                plain::from_expr(b)
            )),
        }
    }
    println!(
        "{name}: {agree} pairs alike, {open} left open by one, {} against",
        against.len()
    );
    assert!(against.is_empty(), "{}", against.join("\n"));
    assert!(2 * agree > pairs.len(), "too few decided by both: {agree}");
}

#[test]
fn sympy_agrees_on_random_pairs() {
    if is_there("python3", &["-c", "import sympy, mpmath"]) {
        let mut command = Command::new("python3");
        command.arg(script("sympy_pairs.py"));
        agrees_on_random_pairs("SymPy", command);
    }
}

#[test]
fn maxima_agrees_on_random_pairs() {
    if is_there("maxima", &["--version"]) && is_there("python3", &["--version"]) {
        let mut command = Command::new("python3");
        command.arg(script("maxima_pairs.py"));
        agrees_on_random_pairs("Maxima", command);
    }
}

/// A pair for KAS: the learner's text, the key's text, and what was done to the key.
struct Made {
    learner: String,
    key: String,
    how: &'static str,
}

fn made_from(key: &str) -> Vec<Made> {
    let key = key.replace("**", "^");
    let mut out = vec![Made {
        learner: key.clone(),
        key: key.clone(),
        how: "as given",
    }];
    let Ok(expr) = parse::latex(&key) else {
        return out;
    };
    let scalar = !matches!(
        expr.kind,
        ExprKind::Relation { .. }
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Tuple(_)
            | ExprKind::List(_)
            | ExprKind::Set(_)
            | ExprKind::Interval { .. }
            | ExprKind::Matrix { .. }
            | ExprKind::PlusMinus(..)
            | ExprKind::Quantity(..)
    );
    if !scalar {
        return out;
    }
    let mut wrong = |learner: String, how| {
        out.push(Made {
            learner,
            key: key.clone(),
            how,
        });
    };
    wrong(format!("-({key})"), "sign flipped");
    wrong(format!("({key})+1"), "off by one");
    if let ExprKind::Div(top, bottom) = &expr.kind
        && let (Some(top), Some(bottom)) = (
            key.get(top.span.start..top.span.end),
            key.get(bottom.span.start..bottom.span.end),
        )
        && !top.contains(['{', '}'])
        && !bottom.contains(['{', '}'])
    {
        wrong(format!("\\frac{{{bottom}}}{{{top}}}"), "fraction swapped");
    }
    out
}

/// Which heading of `kas-differences.md` holds for a pair on which KAS says something else.
fn reason(key: &Expr, how: &str, ours: &Verdict, theirs: &str) -> Option<&'static str> {
    // -k and k + 1 differ from k wherever k has a value other than nought.
    let wrongly_equal = how != "as given" && ours.is_different() && theirs == "equal";
    if !wrongly_equal {
        return None;
    }
    if has_negative_root(key) {
        return Some("no real value");
    }
    let size = key.as_rational().or_else(|| match ours {
        Verdict::Different(Some(witness)) if witness.at.is_empty() => {
            trellis_math::rational::parse_decimal(&witness.key)
        }
        _ => None,
    });
    let ten = |n: i32| Rational::from_integer(10.into()).pow(n);
    let zero = Rational::from_integer(0.into());
    match size.map(|v| if v < zero { -v } else { v }) {
        Some(size) if how == "off by one" && size >= ten(9) => Some("large"),
        Some(size) if how == "sign flipped" && size < ten(-9) => Some("small"),
        None if matches!(ours, Verdict::Different(Some(w)) if !w.at.is_empty()) => {
            Some("narrow domain")
        }
        _ => None,
    }
}

fn has_negative_root(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Root { degree: 2, radicand } if radicand.as_rational().is_some_and(|v| v < Rational::from_integer(0.into())))
        || expr.children().any(has_negative_root)
}

/// Each pair on which KAS said "equal" and Trellis "different": SymPy must find a difference too.
fn proved_by_sympy(pairs: &[(Expr, Expr)]) {
    if pairs.is_empty() || !is_there("python3", &["-c", "import sympy, mpmath"]) {
        return;
    }
    let lines: String = pairs
        .iter()
        .map(|(a, b)| format!("{}\t{}\n", plain::from_expr(a), plain::from_expr(b)))
        .collect();
    let answers = asked(
        Command::new("python3").arg(script("sympy_apart.py")),
        lines.clone(),
    );
    let different = answers.lines().filter(|l| *l == "different").count();
    println!(
        "SymPy finds a difference in {different} of these {}",
        pairs.len()
    );
    let open = lines
        .lines()
        .zip(answers.lines())
        .filter(|(_, told)| *told != "different");
    let open: Vec<String> = open.map(|(pair, told)| format!("{pair}: {told}")).collect();
    assert!(open.is_empty(), "{}", open.join("\n"));
}

#[test]
fn kas_agrees_on_the_pool() {
    let Some((_, keys)) = corpus::fragments_and_keys() else {
        return;
    };
    let kas = script("node_modules/@khanacademy/kas");
    if !kas.exists() || !is_there("node", &["--version"]) {
        println!("skipped: KAS is not installed; `npm ci` in tests/oracles does it");
        return;
    }
    let explained = std::fs::read_to_string(oracles::script("kas-differences.md"))
        .expect("the list of differences");
    let pairs: Vec<Made> = keys
        .iter()
        .step_by(oracles::step())
        .flat_map(|k| made_from(k))
        .collect();
    let lines: String = pairs
        .iter()
        .map(|p| format!("{}\n", serde_json::json!([p.learner, p.key])))
        .collect();
    let answers = asked(Command::new("node").arg(script("kas.mjs")), lines);
    let (mut both, mut alike, mut zero) = (0_usize, 0_usize, 0_usize);
    let mut to_prove = Vec::new();
    let mut by_reason = std::collections::BTreeMap::new();
    let mut unexplained = Vec::new();
    for (pair, theirs) in pairs.iter().zip(answers.lines()) {
        let (Ok(a), Ok(b)) = (parse::latex(&pair.learner), parse::latex(&pair.key)) else {
            continue;
        };
        if matches!(theirs, "unread" | "failed") {
            continue;
        }
        let rule = if matches!(b.kind, ExprKind::Relation { .. }) {
            Comparison::SameSolutions
        } else {
            Comparison::EquivalentExpression
        };
        let ours = compare(&a, &b, &rule);
        both += 1;
        // Nought is its own opposite, 1 and -1 are their own inverses.
        let same_anyway = pair.how != "as given"
            && a.as_rational().is_some()
            && a.as_rational() == b.as_rational();
        zero += usize::from(same_anyway);
        assert!(
            pair.how == "as given"
                || same_anyway
                || !ours.is_equal()
                || pair.how == "fraction swapped",
            "{} taken for {}",
            pair.learner,
            pair.key
        );
        if word(&ours) == theirs {
            alike += 1;
            continue;
        }
        match reason(&b, pair.how, &ours, theirs) {
            Some(name) => {
                assert!(
                    explained.contains(&format!("## {name}")),
                    "{name} is not explained"
                );
                *by_reason.entry(name).or_insert(0_usize) += 1;
                to_prove.push((a, b));
            }
            None => unexplained.push(format!(
                "{} | {}: {ours:?}, KAS says {theirs}",
                pair.learner, pair.key
            )),
        }
    }
    println!(
        "KAS: {alike} of {both} pairs alike ({} are equal by nature), explained {by_reason:?}, unexplained {}",
        zero,
        unexplained.len()
    );
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    proved_by_sympy(&to_prove);
    let explained: usize = by_reason.values().sum();
    assert!((alike + explained) * 1_000 >= both * 999);
}
