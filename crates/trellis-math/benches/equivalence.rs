//! Prints median and p99 of comparing school answers, hard pairs, and of LaTeX to MathML. Run with
//! `cargo bench -p trellis-math`.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "fixed inputs")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use trellis_math::equivalence::{Comparison, Verdict, compare};
use trellis_math::mathml;
use trellis_math::parse::{ReadOptions, typed};

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

const HARD: &[(&str, &str)] = &[
    ("sqrt(3+2sqrt(2))", "1+sqrt(2)"),
    ("cbrt(2+sqrt(5))", "(1+sqrt(5))/2"),
    ("sqrt(2)+sqrt(3)", "sqrt(5+2sqrt(6))"),
    ("sqrt(2)+sqrt(3)", "3.14626436994197"),
    ("sin(pi/12)", "(sqrt(6)-sqrt(2))/4"),
    ("cos(pi/5)", "(1+sqrt(5))/4"),
    ("tan(pi/8)", "sqrt(2)-1"),
    ("arctan(1)", "pi/4"),
    ("4arctan(1/5)-arctan(1/239)", "pi/4"),
    ("(x-1)^6000", "(1-x)^6000"),
    ("(x+y)^20", "(y+x)^20+1"),
    ("sin(x)^2+cos(x)^2", "1"),
    ("sin(5x)", "16sin(x)^5-20sin(x)^3+5sin(x)"),
    ("cos(x/2)^2", "(1+cos(x))/2"),
    ("ln(x^2)", "2ln(x)"),
    ("e^(pi*sqrt(163))", "262537412640768744"),
    ("sqrt(x)*sqrt(y)", "sqrt(x*y)"),
    ("(x^3)^(1/3)", "x"),
    ("arcsin(x)+arccos(x)", "pi/2"),
    ("sinh(2x)", "2sinh(x)cosh(x)"),
    ("log_2(x)", "ln(x)/ln(2)"),
    ("sqrt(1-sin(x)^2)", "|cos(x)|"),
    ("1/(sqrt(x+1)-sqrt(x))", "sqrt(x+1)+sqrt(x)"),
    ("tan(x/2)", "sin(x)/(1+cos(x))"),
];

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

fn main() {
    pairs("school answers", SCHOOL, 400);
    pairs("hard pairs", HARD, 40);
    let mut times = Vec::new();
    for text in FRAGMENTS {
        for _ in 0..1_000 {
            let start = Instant::now();
            black_box(mathml::from_latex(text).expect("in the subset"));
            times.push(start.elapsed());
        }
    }
    report("LaTeX to MathML", times);
}
