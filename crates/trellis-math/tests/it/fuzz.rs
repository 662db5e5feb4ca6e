//! Texts bent at random from kept seeds: reading, showing and comparing them must never panic, leave its limits or
//! contradict itself. The short run is a test; `cargo run --release -p trellis-math --example fuzz` goes on for minutes.

use trellis_math::equivalence::{Comparison, Tolerance, compare};
use trellis_math::parse::{DecimalMark, ReadOptions, Unreadable, latex, typed};
use trellis_math::tree::{Expr, HEIGHT_LIMIT};
use trellis_math::{Rational, form, mathml, plain, speech};

/// The kept seeds, one a line. A text that once broke something is added here.
const SEEDS: &str = include_str!("../fuzz/seeds.txt");

/// Pieces that mutations put in.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "^",
    "_",
    "'",
    "+",
    "-",
    "*",
    "/",
    "=",
    "<",
    ">=",
    ",",
    ";",
    ".",
    "!",
    "%",
    "&",
    "$",
    "°",
    "±",
    "∞",
    "√",
    "²",
    "½",
    "\\frac",
    "\\sqrt",
    "\\left(",
    "\\right)",
    "\\left|",
    "\\right.",
    "\\begin{cases}",
    "\\end{cases}",
    "\\\\",
    "\\text{",
    "\\operatorname{",
    "\\overline",
    "\\toa",
    " or ",
    " and ",
    " U ",
    "sqrt(",
    "root(",
    "sin",
    "ln(",
    "log_",
    "arccot",
    "floor(",
    "gcd(",
    "max(",
    "e",
    "i",
    "pi",
    "x",
    "y",
    "inf",
    "0",
    "1",
    "2",
    "10",
    "99999999",
    "0.5",
    ".5",
    "1e9",
    "(3)",
    " cm",
    " m/s",
    "\u{202e}",
    "\u{0}",
    "é",
    "😀",
    "\u{a0}",
    "٣",
    "，",
    "−",
];

/// Numbers from a seed, the same on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(n.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

fn place(text: &str, chance: &mut Chance) -> usize {
    let mut at = chance.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A seed with some pieces put in, taken out, doubled or exchanged.
fn bent(chance: &mut Chance) -> String {
    let seeds: Vec<&str> = SEEDS.lines().collect();
    let mut text = seeds[chance.below(seeds.len())].to_string();
    for _ in 0..1 + chance.below(6) {
        let (a, b) = (place(&text, chance), place(&text, chance));
        let (low, high) = (a.min(b), a.max(b));
        match chance.below(6) {
            0 => text.replace_range(low..high, ""),
            1 => {
                let part = text[low..high].to_string();
                text.insert_str(low, &part);
            }
            2 => text.insert_str(a, seeds[chance.below(seeds.len())]),
            3 => text.replace_range(low..high, PIECES[chance.below(PIECES.len())]),
            4 => {
                let piece = PIECES[chance.below(PIECES.len())].repeat(1 + chance.below(80));
                text.insert_str(a, &piece);
            }
            _ => text.insert_str(a, PIECES[chance.below(PIECES.len())]),
        }
    }
    text
}

/// Where a text was refused lies in the text, and its marks do not cut a letter.
fn refused(text: &str, e: &Unreadable) {
    assert!(
        text.get(e.at.start..e.at.end).is_some(),
        "{e:?} in {text:?}"
    );
}

fn shown(expr: &Expr, text: &str) {
    assert!(expr.height() <= HEIGHT_LIMIT, "{text:?}");
    let markup = mathml::from_expr(expr);
    assert!(
        !markup.contains("<script") && !markup.contains("style="),
        "{text:?}"
    );
    let _ = (speech::from_expr(expr), plain::from_expr(expr));
    let _ = (
        form::is_expanded(expr),
        form::is_factored(expr),
        form::is_simplest_fraction(expr),
        form::is_single_fraction(expr),
        form::is_scientific(expr),
        form::decimal_places(expr),
    );
    assert!(form::is_same_but_for_order(expr, expr), "{text:?}");
}

/// One round: two bent texts are read in every way, shown, and compared by some rule; says what they were. `compared` is
/// told before each comparison and after it.
pub(crate) fn round(chance: &mut Chance, mut compared: impl FnMut()) -> String {
    let texts = [bent(chance), bent(chance)];
    let options = ReadOptions {
        imaginary: chance.below(4) == 0,
        letter_units: chance.below(4) == 0,
        decimal_mark: if chance.below(4) == 0 {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        },
    };
    let mut read = Vec::new();
    for text in &texts {
        for (result, markup) in [
            (latex(text), mathml::from_latex(text)),
            (typed(text, &options), Ok(String::new())),
        ] {
            if let Err(e) = &markup {
                refused(text, e);
            }
            match result {
                Ok(expr) => {
                    shown(&expr, text);
                    read.push(expr);
                }
                Err(e) => refused(text, &e),
            }
        }
        let _ = (speech::from_latex(text), plain::from_latex(text));
    }
    let half = Rational::new(1.into(), 2.into());
    let rules = [
        Comparison::EqualValue,
        Comparison::EquivalentExpression,
        Comparison::SameSolutions,
        Comparison::Set,
        Comparison::OrderedTuple,
        Comparison::SignificantFigures(3),
        Comparison::Within(Tolerance::Relative(half.clone())),
        Comparison::Quantity {
            unit_required: false,
            tolerance: Some(Tolerance::Absolute(half)),
        },
    ];
    let rule = &rules[chance.below(rules.len())];
    if let (Some(a), Some(b)) = (read.first(), read.last()) {
        compared();
        let verdict = compare(a, b, rule);
        compared();
        let again = compare(a, b, rule);
        assert_eq!(verdict, again, "{texts:?} by {rule:?}");
        let itself = compare(a, a, &Comparison::EquivalentExpression);
        assert!(
            itself.is_equal(),
            "{:?} is not itself: {itself:?}",
            texts[0]
        );
    }
    format!("{texts:?} by {rule:?}, read with {options:?}")
}

#[test]
fn bent_texts_break_nothing() {
    let mut chance = Chance::new(crate::rewriting::from_env("TRELLIS_SEED", 1));
    for _ in 0..crate::rewriting::from_env("TRELLIS_ROUNDS", 300) {
        round(&mut chance, || ());
    }
}
