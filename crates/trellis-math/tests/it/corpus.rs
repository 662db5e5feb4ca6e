//! The mathematics of a real pool of items, where it is present: what renders, what is refused, and whether every
//! key is equal to itself. The pool is never part of the project.
#![allow(
    clippy::print_stdout,
    reason = "a test says what it measured or why it skipped"
)]

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Instant;
use trellis_math::equivalence::{Comparison, compare};
use trellis_math::tree::{Expr, ExprKind};
use trellis_math::{Rational, mathml, parse, plain, speech};

/// All documents of the pool one after the other, or `None` with a printed word.
fn pool() -> Option<Vec<u8>> {
    let archive = crate::oracles::data("oatutor.tar.xz")?;
    let output = Command::new("tar")
        .args(["--wildcards", "-xOf"])
        .arg(&archive)
        .arg("*/content-pool/*.json")
        .output();
    match output {
        Ok(output) if output.status.success() => Some(output.stdout),
        _ => {
            println!("skipped: tar could not read {}", archive.display());
            None
        }
    }
}

fn texts(value: &serde_json::Value, fragments: &mut BTreeSet<String>, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            for (i, part) in text.split("$$").enumerate() {
                if i % 2 == 1 {
                    fragments.insert(part.to_string());
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|v| texts(v, fragments, keys)),
        serde_json::Value::Object(map) => {
            if map.get("answerType").and_then(|v| v.as_str()) == Some("arithmetic")
                && let Some(answers) = map.get("stepAnswer").and_then(|v| v.as_array())
            {
                keys.extend(
                    answers
                        .iter()
                        .filter_map(|a| a.as_str())
                        .map(|a| a.replace("$$", "")),
                );
            }
            map.values().for_each(|v| texts(v, fragments, keys));
        }
        _ => {}
    }
}

/// The LaTeX fragments of the pool and its keys.
pub(crate) fn fragments_and_keys() -> Option<(BTreeSet<String>, BTreeSet<String>)> {
    let pool = pool()?;
    let (mut fragments, mut keys) = (BTreeSet::new(), BTreeSet::new());
    let documents = serde_json::Deserializer::from_slice(&pool).into_iter::<serde_json::Value>();
    for document in documents {
        texts(
            &document.expect("a document of the pool"),
            &mut fragments,
            &mut keys,
        );
    }
    Some((fragments, keys))
}

#[test]
fn a_real_pool_renders() {
    let Some((fragments, keys)) = fragments_and_keys() else {
        return;
    };
    let (mut shown, mut refused) = (0_usize, Vec::new());
    for text in &fragments {
        match mathml::from_latex(text) {
            Ok(_) => {
                shown += 1;
                assert!(
                    speech::from_latex(text).is_ok() && plain::from_latex(text).is_ok(),
                    "{text}"
                );
            }
            Err(e) => {
                assert!(text.get(e.at.start..e.at.end).is_some(), "{text}: {e:?}");
                refused.push((text, e));
            }
        }
    }
    println!(
        "{} fragments: {shown} rendered, {} refused",
        fragments.len(),
        refused.len()
    );
    let mut reasons = std::collections::BTreeMap::new();
    for (_, e) in &refused {
        *reasons.entry(e.problem).or_insert(0_usize) += 1;
    }
    println!("  reasons: {reasons:?}");
    for (text, e) in refused.iter().take(show()) {
        println!("  refused {text:?}: {e:?}");
    }
    assert!(
        shown * 1_000 >= fragments.len() * 991,
        "{shown} of {}",
        fragments.len()
    );
    keys_hold(&keys);
}

/// Every readable key is equal to itself and to no wrong answer made from it.
fn keys_hold(keys: &BTreeSet<String>) {
    let (mut equal, mut unread, mut doubtful) = (0_usize, Vec::new(), Vec::new());
    let mut wrong = 0_usize;
    let start = Instant::now();
    for key in keys {
        match parse::latex(key) {
            Err(e) => unread.push((key, e)),
            Ok(expr) => {
                let value = !matches!(expr.kind, ExprKind::Relation { .. });
                if value {
                    let one = Expr::number(Rational::from_integer(1.into()));
                    let off = Expr::made(ExprKind::Add(vec![expr.clone(), one]));
                    wrong += usize::from(compare(&off, &expr, &Comparison::EqualValue).is_equal());
                    let half = Expr::made(ExprKind::Mul {
                        factors: vec![Expr::number(Rational::new(1.into(), 2.into())), off],
                        explicit: true,
                    });
                    // x + 1 halved is x only at 1.
                    let one = expr
                        .as_rational()
                        .is_some_and(|v| v == Rational::from_integer(1.into()));
                    wrong += usize::from(
                        !one && compare(&half, &expr, &Comparison::EqualValue).is_equal(),
                    );
                }
                let verdict = compare(&expr, &expr, &Comparison::EqualValue);
                if verdict.is_equal() {
                    equal += 1
                } else {
                    doubtful.push((key, verdict))
                }
            }
        }
    }
    let spent = start.elapsed();
    assert_eq!(wrong, 0, "wrong answers taken as right");
    println!(
        "{} distinct keys: {equal} equal to themselves, {} unread, {} in doubt, {spent:?}",
        keys.len(),
        unread.len(),
        doubtful.len()
    );
    for (key, e) in unread.iter().take(show()) {
        println!("  unread {key:?}: {e:?}");
    }
    for (key, verdict) in doubtful.iter().take(show()) {
        println!("  in doubt {key:?}: {verdict:?}");
    }
    assert!(equal * 100 >= keys.len() * 97, "{equal} of {}", keys.len());
}

/// How many refusals to print; TRELLIS_SHOW raises it.
fn show() -> usize {
    std::env::var("TRELLIS_SHOW")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(5)
}
