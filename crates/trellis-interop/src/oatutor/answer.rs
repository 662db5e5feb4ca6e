//! Open answers of the pool as keys: numbers, fractions, expressions, equations and words.

use trellis_core::framework::ItemId;
use trellis_core::item::{
    ExpressionForm, Interaction, Key, Number, NumberForm, Presentation, Response, Variant, grade,
};
use trellis_math::form;
use trellis_math::parse::{ReadOptions, typed};
use trellis_math::plain;
use trellis_math::tree::{Expr, ExprKind, Notation, Relation};

use super::formula;
use super::text::{Values, marked, substitute};

/// What an answer is like, for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AnswerKind {
    Number,
    Fraction,
    Expression,
    Equation,
    Values,
    Words,
    Choice,
}

impl AnswerKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Fraction => "fraction",
            Self::Expression => "expression",
            Self::Equation => "equation or inequality",
            Self::Values => "list, point, interval or set",
            Self::Words => "words",
            Self::Choice => "choice",
        }
    }

    /// What most learners need for it, in seconds: a guess until there are answers.
    pub(super) fn usual_seconds(self) -> u32 {
        match self {
            Self::Choice => 45,
            Self::Words => 60,
            Self::Number | Self::Fraction => 75,
            Self::Expression | Self::Equation | Self::Values => 90,
        }
    }
}

/// An answer understood.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) kind: AnswerKind,
    pub(super) interaction: Interaction,
    pub(super) key: Key,
    /// Whether the grader takes the key, typed as given, as right.
    pub(super) accepted: bool,
    /// The answer as markup, for the worked solution.
    pub(super) shown: String,
    /// Why the key is compared letter by letter only, where mathematics was expected.
    pub(super) as_letters: Option<&'static str>,
    /// Whether it was read as the pool declares it: "arithmetic" as mathematics, "string" as words.
    pub(super) as_declared: bool,
    /// Whether the first way to understand it was the one that is kept.
    pub(super) first_way: bool,
    /// Repeated options that were left out.
    pub(super) repeated: usize,
    /// Whether an option is a figure.
    pub(super) needs_figure: bool,
}

/// What is asked, as far as it decides the form of the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The text of the question.
    pub(super) stem: &'a str,
    /// Whether the pool says that the answer is algebraic.
    pub(super) algebraic: bool,
}

impl Asked<'_> {
    fn rounding(self) -> bool {
        let lower = self.stem.to_lowercase();
        const WORDS: [&str; 6] = [
            "round",
            "nearest",
            "decimal place",
            "approximat",
            "estimate",
            "significant",
        ];
        WORDS.iter().any(|word| lower.contains(word))
    }

    fn orders(self, word: &str) -> bool {
        let lower = self.stem.to_lowercase();
        let mut lines = lower.lines();
        lines.any(|line| line.trim_start_matches(['*', ' ']).starts_with(word))
    }
}

/// An answer as the pool writes it, as a learner would type it: LaTeX is turned into a line of text.
pub(super) fn as_typed(raw: &str) -> String {
    let pieces: Vec<&str> = raw.split("$$").collect();
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index % 2 == 1 {
            let line = plain::from_latex(&piece.replace("**", "^"));
            out.push_str(&line.unwrap_or_else(|_| (*piece).to_string()));
        } else {
            out.push_str(&piece.replace("**", "^"));
        }
    }
    out.trim().to_string()
}

/// The text that a key of mathematics is kept as: a formula goes through its tree, so that nothing of its layout stays.
fn as_key(raw: &str) -> String {
    let text = formula::whole(raw).map(|expr| plain::from_expr(&expr));
    text.filter(|text| typed(text, &ReadOptions::default()).is_ok())
        .unwrap_or_else(|| {
            let bare = formula::unwrapped(raw);
            as_typed(if bare.contains('\\') { raw } else { bare })
        })
}

/// Words that are code or prose are no mathematics, even where each letter could be a variable.
fn is_mathematical(text: &str) -> bool {
    const NAMES: [&str; 28] = [
        "inf",
        "infinity",
        "infty",
        "oo",
        "pi",
        "sqrt",
        "ln",
        "log",
        "sin",
        "cos",
        "tan",
        "sec",
        "csc",
        "cot",
        "arcsin",
        "arccos",
        "arctan",
        "exp",
        "abs",
        "or",
        "and",
        "none",
        "dne",
        "theta",
        "alpha",
        "beta",
        "no solution",
        "cbrt",
    ];
    let mut runs = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|run| !run.is_empty());
    let known =
        runs.all(|run| run.chars().count() == 1 || NAMES.contains(&run.to_lowercase().as_str()));
    let signs = text
        .chars()
        .any(|c| c.is_ascii_digit() || "()[]{}<>=∞π".contains(c));
    known && signs && !text.contains(['"', '\'', '_'])
}

/// Reads an open answer; several answers are all right.
pub(super) fn open(raws: &[String], asked: Asked<'_>, values: &Values) -> Option<Answer> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut shown = Vec::new();
    for raw in raws {
        let (raw, unknown) = substitute(raw, values);
        if raw.trim().is_empty() || !unknown.is_empty() {
            continue;
        }
        shown.push(marked(&raw, values).markup);
        found.push(key_of(&raw, asked));
    }
    let first = found.first()?;
    let (kind, interaction) = (first.kind, first.interaction.clone());
    let as_letters = first.as_letters;
    let first_way = found.iter().all(|one| one.first_way);
    let mut keys: Vec<Key> = found.iter().map(|one| one.key.clone()).collect();
    let key = if keys.len() > 1 {
        Key::Any(keys)
    } else {
        keys.remove(0)
    };
    // A single key was tried when its way was chosen; several are tried as the one key that they make.
    let accepted = found.len() == 1
        || found
            .iter()
            .all(|one| accepts(&interaction, &key, asked, &one.given));
    Some(Answer {
        kind,
        interaction,
        key,
        accepted,
        shown: shown.join(" or "),
        as_letters,
        as_declared: (kind == AnswerKind::Words) != asked.algebraic,
        first_way,
        repeated: 0,
        needs_figure: false,
    })
}

/// A way to understand an answer.
struct Candidate {
    kind: AnswerKind,
    interaction: Interaction,
    key: Key,
    /// The answer as a learner would type it.
    given: String,
    as_letters: Option<&'static str>,
    first_way: bool,
}

/// The first way in which the grader takes the answer as right; letter by letter when there is none.
fn key_of(raw: &str, asked: Asked<'_>) -> Candidate {
    let given = as_typed(raw);
    let expected = asked.algebraic || is_mathematical(&given);
    let mut why = "";
    if expected {
        if let Some(angle) = formula::without_degrees(raw).and_then(|angle| degrees(angle, asked)) {
            return angle;
        }
        if let Some(union) = union(&given, asked) {
            return union;
        }
        let text = as_key(raw);
        match typed(&text, &ReadOptions::default()) {
            Ok(expr) => {
                let ways = ways(&expr, &text, asked).into_iter().enumerate();
                let mut works =
                    ways.filter(|(_, way)| accepts(&way.interaction, &way.key, asked, &text));
                if let Some((place, way)) = works.next() {
                    let first_way = place == 0;
                    return Candidate { first_way, ..way };
                }
                why = "The grader does not take it as right.";
            }
            Err(unreadable) => why = unreadable.problem.sentence(),
        }
    }
    Candidate {
        kind: AnswerKind::Words,
        interaction: Interaction::Words,
        key: Key::Words {
            typed: given.clone(),
        },
        given,
        as_letters: expected.then_some(why),
        first_way: !expected,
    }
}

/// An angle: a number with its sign behind the box, which a learner may type or not.
fn degrees(angle: &str, asked: Asked<'_>) -> Option<Candidate> {
    let expr = typed(angle, &ReadOptions::default()).ok()?;
    let number = number(&expr, angle, asked)?;
    let unit = Some("°".to_string());
    let angle = Candidate {
        kind: AnswerKind::Number,
        interaction: Interaction::Numeric { unit },
        given: format!("{angle}°"),
        ..number
    };
    accepts(&angle.interaction, &angle.key, asked, &angle.given).then_some(angle)
}

/// Two intervals that the pool joins by `&`. The text itself stays right, since its learners were told to type it so.
fn union(given: &str, asked: Asked<'_>) -> Option<Candidate> {
    if !given.contains('&') {
        return None;
    }
    let text = given.replace('&', " ∪ ");
    let form = ExpressionForm::Any;
    let keys = vec![
        Key::Expression {
            typed: text.clone(),
            form,
        },
        Key::Words {
            typed: given.to_string(),
        },
    ];
    let union = Candidate {
        kind: AnswerKind::Values,
        interaction: Interaction::Expression { form },
        key: Key::Any(keys),
        given: given.to_string(),
        as_letters: None,
        first_way: true,
    };
    let both = [text.as_str(), given];
    both.iter()
        .all(|text| accepts(&union.interaction, &union.key, asked, text))
        .then_some(union)
}

/// The ways to understand a formula, the plainest first.
fn ways(expr: &Expr, text: &str, asked: Asked<'_>) -> Vec<Candidate> {
    let way = |kind, interaction, key| Candidate {
        kind,
        interaction,
        key,
        given: text.to_string(),
        as_letters: None,
        first_way: true,
    };
    let equation = |kind| {
        let typed = text.to_string();
        way(kind, Interaction::Equation, Key::Equation { typed })
    };
    let expression = |kind, form| {
        let typed = text.to_string();
        let key = Key::Expression { typed, form };
        way(kind, Interaction::Expression { form }, key)
    };
    if expr.as_rational().is_some() {
        let Some(number) = number(expr, text, asked) else {
            return Vec::new();
        };
        // "-27/1" is what is asked for where a whole number is to be written as a ratio.
        let ratio = way(
            AnswerKind::Fraction,
            Interaction::Fraction {
                form: NumberForm::Any,
            },
            number.key.clone(),
        );
        return vec![number, ratio];
    }
    match &expr.kind {
        ExprKind::Relation { terms, relations } => {
            let solved = match (terms.as_slice(), relations.as_slice()) {
                ([name, value], [Relation::Equal])
                    if matches!(name.kind, ExprKind::Variable(_)) =>
                {
                    number(value, text, asked)
                }
                _ => None,
            };
            let whole = equation(AnswerKind::Equation);
            let asks_equation = asked.stem.to_lowercase().contains("equation of");
            match solved {
                // "x = 3" may be answered with 3, unless an equation is what is asked for.
                Some(number) if !asks_equation => vec![
                    way(
                        AnswerKind::Equation,
                        Interaction::Equation,
                        Key::Any(vec![number.key, whole.key]),
                    ),
                    equation(AnswerKind::Equation),
                ],
                _ => vec![whole],
            }
        }
        ExprKind::And(_) | ExprKind::Or(_) => vec![
            equation(AnswerKind::Equation),
            expression(AnswerKind::Values, ExpressionForm::Any),
        ],
        ExprKind::Tuple(_)
        | ExprKind::List(_)
        | ExprKind::Set(_)
        | ExprKind::Interval { .. }
        | ExprKind::Matrix { .. }
        | ExprKind::PlusMinus(..) => vec![
            expression(AnswerKind::Values, ExpressionForm::Any),
            equation(AnswerKind::Values),
        ],
        _ => {
            let mut ways = Vec::new();
            if asked.orders("factor") && form::is_factored(expr) {
                ways.push(expression(AnswerKind::Expression, ExpressionForm::Factored));
            }
            if (asked.orders("expand") || asked.orders("multiply")) && form::is_expanded(expr) {
                ways.push(expression(AnswerKind::Expression, ExpressionForm::Expanded));
            }
            ways.push(expression(AnswerKind::Expression, ExpressionForm::Any));
            ways
        }
    }
}

/// A number: a box for fractions where the key is one. A rounded decimal allows half of its last place.
fn number(expr: &Expr, text: &str, asked: Asked<'_>) -> Option<Candidate> {
    let value = Number::from(expr.as_rational()?);
    let bare = match &expr.kind {
        ExprKind::Neg(inner) => inner,
        _ => expr,
    };
    let mut tolerance = Number::whole(0);
    let mut fraction = !value.is_whole();
    if let ExprKind::Number(number) = &bare.kind {
        fraction = matches!(number.notation, Notation::Mixed { .. });
        if let Notation::Decimal { places, .. } = number.notation
            && asked.rounding()
            && places <= 15
        {
            let half = Number::ratio(1, 2 * 10_i64.pow(places));
            tolerance = half.unwrap_or(tolerance);
        }
    }
    let form = NumberForm::Any;
    let (kind, interaction) = if fraction {
        (AnswerKind::Fraction, Interaction::Fraction { form })
    } else {
        (AnswerKind::Number, Interaction::Numeric { unit: None })
    };
    Some(Candidate {
        kind,
        interaction,
        key: Key::Number {
            value,
            tolerance,
            form,
        },
        given: text.to_string(),
        as_letters: None,
        first_way: true,
    })
}

/// Whether the grader takes a typed text as right.
fn accepts(interaction: &Interaction, key: &Key, asked: Asked<'_>, text: &str) -> bool {
    let variant = Variant {
        item: ItemId::default(),
        seed: 0,
        interest: None,
        presentation: Presentation {
            body: String::new(),
            stem: asked.stem.to_string(),
            figure: None,
            interaction: interaction.clone(),
        },
        key: key.clone(),
        hints: Vec::new(),
        solution: Vec::new(),
        result: None,
        mix_ups: Vec::new(),
    };
    grade(&variant, &Response::Text(text.to_string())).is_right()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str, stem: &str, algebraic: bool) -> Answer {
        let asked = Asked { stem, algebraic };
        open(&[raw.to_string()], asked, &Values::new()).expect("an answer")
    }

    #[test]
    fn answers_find_their_kind() {
        for (raw, algebraic, kind) in [
            ("$$7$$", true, AnswerKind::Number),
            ("$$-0.25$$", true, AnswerKind::Number),
            ("$$\\frac{3}{4}$$", true, AnswerKind::Fraction),
            ("$$3x+\\frac{1}{2}$$", true, AnswerKind::Expression),
            ("2*x**2", true, AnswerKind::Expression),
            ("up", false, AnswerKind::Words),
            ("make_list(3)", false, AnswerKind::Words),
            ("y", false, AnswerKind::Words),
        ] {
            let answer = read(raw, "What is it?", algebraic);
            assert_eq!(answer.kind, kind, "{raw}");
            assert!(answer.accepted, "{raw}: {:?}", answer.key);
        }
    }

    #[test]
    fn a_rounded_answer_allows_half_of_its_last_place() {
        let tolerance = |stem| match read("$$2.35$$", stem, true).key {
            Key::Number { tolerance, .. } => tolerance.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(tolerance("Round to the nearest hundredth."), "1/200");
        assert_eq!(tolerance("How much is it?"), "0");
    }

    #[test]
    fn a_solved_equation_may_be_answered_with_its_number() {
        let answer = read("$$n=4$$", "Solve.", true);
        let asked = Asked {
            stem: "Solve.",
            algebraic: true,
        };
        for (text, right) in [("n = 4", true), ("4", true), ("5", false)] {
            let is = accepts(&answer.interaction, &answer.key, asked, text);
            assert_eq!(is, right, "{text}");
        }
    }
}
