//! Prints the figures of the mathematics: school answers, hard pairs, a whole pool of keys, LaTeX to MathML beside
//! KaTeX, and random rewritings. Run with `cargo bench -p trellis-math`.
//!
//! The pool is looked for in `TRELLIS_DATA`; `TRELLIS_PAIRS` sets the number of rewritings, and `npm ci` in
//! `tests/oracles` brings KaTeX.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "fixed inputs")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use trellis_math::equivalence::{Comparison, Verdict, compare};
use trellis_math::parse::{ReadOptions, typed};
use trellis_math::{mathml, parse};

#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
#[path = "../tests/it/corpus.rs"]
mod corpus;
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
#[path = "../tests/it/oracles.rs"]
mod oracles;
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
#[path = "../tests/it/rewriting.rs"]
mod rewriting;

const SCHOOL: &[(&str, &str)] = &[
    ("8/3", "2 2/3"),
    ("0.75", "3/4"),
    ("12", "13"),
    ("3x+1", "1+3x"),
    ("2(x+3)", "2x+6"),
    ("(x+2)(x+3)", "x^2+5x+6"),
    ("x^2+5x+5", "x^2+5x+6"),
    ("4x-7", "-7+4x"),
    ("(a+b)^2", "a^2+2ab+b^2"),
    ("5x^3y", "5y*x^3"),
    ("(3x+5)/(4x-5)", "(5+3x)/(4x-5)"),
    ("x/2+x/3", "5x/6"),
    ("n^12", "(n^3)^4"),
    ("81x^2-16", "(9x-4)(9x+4)"),
    ("1.5e3", "1500"),
    ("1/(x+1)+1/(x-1)", "2x/(x^2-1)"),
];

const HARD: &str = include_str!("hard-pairs.txt");

const FRAGMENTS: &[&str] = &[
    r"\frac{-\sqrt{15}}{4}",
    r"\left(8a+5\right) \left(a-1\right)",
    r"8\sqrt{x^2+y^2}-8x=3",
    r"\ln\left(\frac{15}{24}\right)",
    r"g(x)=2\left(\frac{1}{4}\right)^x",
    r"\begin{bmatrix} -800 & 500 \\ -300 & 800 \end{bmatrix}",
    r"235200",
    r"y=\frac{1}{2} \left(x+2\right)^2-3",
    r"\frac{\sqrt{6}-\sqrt{2}}{4}",
    r"x^{\frac{4}{3}}",
];

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{name:<34} median {:>10.2?}   p99 {:>10.2?}   most {:>10.2?}   n {}",
        at(50),
        at(99),
        at(100),
        times.len()
    );
}

fn pairs(name: &str, pairs: &[(&str, &str)], rounds: usize) {
    let options = ReadOptions::default();
    let (mut whole, mut alone) = (Vec::new(), Vec::new());
    let mut open = 0;
    for (a, b) in pairs {
        for _ in 0..rounds {
            let start = Instant::now();
            let (x, y) = (
                typed(a, &options).expect("readable"),
                typed(b, &options).expect("readable"),
            );
            let middle = Instant::now();
            let verdict = black_box(compare(&x, &y, &Comparison::EquivalentExpression));
            alone.push(middle.elapsed());
            whole.push(start.elapsed());
            open += usize::from(verdict == Verdict::Undecided);
        }
    }
    report(&format!("{name}, read and compared"), whole);
    report(&format!("{name}, compared"), alone);
    println!("{name}: {} of {} undecided", open / rounds, pairs.len());
}

/// The hard pairs with what is right.
fn hard() -> Vec<(&'static str, &'static str, bool)> {
    HARD.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let equal = line.split_once("  ==  ").map(|(a, b)| (a, b, true));
            equal.or_else(|| line.split_once("  !=  ").map(|(a, b)| (a, b, false)))
        })
        .collect()
}

fn hard_pairs() {
    let (mut right, mut wrongly_equal, mut wrongly_different, mut open) = (0, 0, 0, 0);
    let options = ReadOptions::default();
    let list = hard();
    let mut times = Vec::new();
    for (a, b, equal) in &list {
        let (x, y) = (
            typed(a, &options).expect("readable"),
            typed(b, &options).expect("readable"),
        );
        for round in 0..20 {
            let start = Instant::now();
            let verdict = black_box(compare(&x, &y, &Comparison::EquivalentExpression));
            times.push(start.elapsed());
            if round > 0 {
                continue;
            }
            match (&verdict, equal) {
                (Verdict::Undecided, _) => open += 1,
                (Verdict::Equal(_), false) => wrongly_equal += 1,
                (Verdict::Different(_), true) => wrongly_different += 1,
                _ => right += 1,
            }
        }
    }
    report("hard pairs, compared", times);
    println!(
        "hard pairs: {right} of {} right, {wrongly_equal} wrongly equal, {wrongly_different} wrongly different, {open} left open",
        list.len()
    );
}

/// Every key of the pool against itself, and against itself and one more.
fn pool() {
    let Some((fragments, keys)) = corpus::fragments_and_keys() else {
        return;
    };
    let start = Instant::now();
    let (mut equal, mut wrong, mut read) = (0_usize, 0_usize, 0_usize);
    for key in &keys {
        let Ok(expr) = parse::latex(key) else {
            continue;
        };
        read += 1;
        equal += usize::from(compare(&expr, &expr, &Comparison::EqualValue).is_equal());
    }
    let same = start.elapsed();
    for key in &keys {
        let more = format!("({key})+1");
        let (Ok(key), Ok(more)) = (parse::latex(key), parse::latex(&more)) else {
            continue;
        };
        let value = !matches!(key.kind, trellis_math::tree::ExprKind::Relation { .. });
        wrong += usize::from(value && compare(&more, &key, &Comparison::EqualValue).is_equal());
    }
    println!(
        "pool, key against key: {equal} of {read} equal in {same:.2?}; with key + 1 against key: {wrong} equal, {:.2?} in all",
        start.elapsed()
    );
    let mut times = Vec::new();
    let mut drawn = 0_usize;
    for text in &fragments {
        let start = Instant::now();
        drawn += usize::from(black_box(mathml::from_latex(text)).is_ok());
        times.push(start.elapsed());
    }
    report("LaTeX to MathML, the pool", times);
    println!("fragments: {drawn} of {} drawn", fragments.len());
}

fn katex() {
    if !oracles::script("node_modules/katex").exists() || !oracles::is_there("node", &["--version"])
    {
        println!("KaTeX is not installed: `npm ci` in tests/oracles");
        return;
    }
    let lines: String = FRAGMENTS
        .iter()
        .map(|t| format!("{}\n", serde_json::json!(t)))
        .collect();
    let mut command = std::process::Command::new("node");
    command.arg(oracles::script("katex.mjs")).arg("--time");
    let median = oracles::asked(&mut command, lines);
    println!(
        "KaTeX on the same fragments        median {:>8} µs",
        median.trim()
    );
}

fn rewritings() {
    let count = rewriting::from_env("TRELLIS_PAIRS", 20_000);
    let (mut equal, mut different, mut open, mut wrong) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut times = Vec::new();
    for seed in 1..=count {
        let (twin, original, apart) = rewriting::pair(seed);
        let start = Instant::now();
        let verdict = compare(&twin, &original, &Comparison::EquivalentExpression);
        times.push(start.elapsed());
        match verdict {
            Verdict::Undecided => open += 1,
            Verdict::Equal(_) if !apart => equal += 1,
            Verdict::Different(_) if apart => different += 1,
            _ => wrong += 1,
        }
    }
    report("random rewritings", times);
    println!(
        "rewritings: {count} pairs, {equal} equal, {different} different, {open} left open, {wrong} wrong"
    );
}

fn main() {
    pairs("school answers", SCHOOL, 400);
    hard_pairs();
    let mut times = Vec::new();
    for text in FRAGMENTS {
        for _ in 0..1_000 {
            let start = Instant::now();
            black_box(mathml::from_latex(text).expect("in the subset"));
            times.push(start.elapsed());
        }
    }
    report("LaTeX to MathML", times);
    katex();
    pool();
    rewritings();
}
