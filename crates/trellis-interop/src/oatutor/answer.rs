//! Answers of the pool as keys: numbers, fractions, expressions, equations, words and choices.

use trellis_core::framework::ItemId;
use trellis_core::item::{
    Entry, ExpressionForm, Interaction, Key, Number, NumberForm, Presentation, Response, Variant,
    grade,
};
use trellis_math::form;
use trellis_math::parse::{ReadOptions, latex, typed};
use trellis_math::plain;
use trellis_math::tree::{Expr, ExprKind, Notation, Relation};

use super::names;
use super::text::{Marked, Values, marked, substitute};

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
    /// Whether mathematics was expected and the key is compared letter by letter only.
    pub(super) as_letters: bool,
    /// Repeated options that were left out.
    pub(super) repeated: usize,
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
        } else if piece.contains('\\') {
            // LaTeX whose dollar signs were forgotten.
            let line = plain::from_latex(&piece.replace("**", "^"));
            out.push_str(&line.unwrap_or_else(|_| piece.replace("**", "^")));
        } else {
            out.push_str(&piece.replace("**", "^"));
        }
    }
    out.trim().to_string()
}

/// The text that the key is kept as: a whole formula goes through its tree, so that nothing of its layout stays.
fn as_key(raw: &str) -> String {
    let inner = raw
        .trim()
        .strip_prefix("$$")
        .and_then(|rest| rest.strip_suffix("$$"));
    if let Some(inner) = inner.filter(|inner| !inner.contains("$$"))
        && let Ok(expr) = latex(&inner.replace("**", "^"))
    {
        let text = plain::from_expr(&expr);
        if typed(&text, &ReadOptions::default()).is_ok() {
            return text;
        }
    }
    as_typed(raw)
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
    let mut found: Vec<(String, Candidate)> = Vec::new();
    let mut shown = Vec::new();
    for raw in raws {
        let (raw, unknown) = substitute(raw, values);
        if raw.trim().is_empty() || !unknown.is_empty() {
            continue;
        }
        shown.push(marked(&raw, values).markup);
        found.push((as_typed(&raw), key_of(&raw, asked)));
    }
    let first = found.first()?;
    let (kind, interaction) = (first.1.kind, first.1.interaction.clone());
    let as_letters = first.1.as_letters;
    let mut keys: Vec<Key> = found.iter().map(|(_, one)| one.key.clone()).collect();
    let key = if keys.len() > 1 {
        Key::Any(keys)
    } else {
        keys.remove(0)
    };
    // A single key was tried when its way was chosen; several are tried as the one key that they make.
    let accepted = found.len() == 1
        || found
            .iter()
            .all(|(text, _)| accepts(&interaction, &key, asked, text));
    Some(Answer {
        kind,
        interaction,
        key,
        accepted,
        shown: shown.join(" or "),
        as_letters,
        repeated: 0,
    })
}

/// A way to understand an answer.
struct Candidate {
    kind: AnswerKind,
    interaction: Interaction,
    key: Key,
    as_letters: bool,
}

/// The first way in which the grader takes the answer as right; letter by letter when there is none.
fn key_of(raw: &str, asked: Asked<'_>) -> Candidate {
    let text = as_key(raw);
    let given = as_typed(raw);
    let expected = asked.algebraic || is_mathematical(&given);
    if expected && let Ok(expr) = typed(&text, &ReadOptions::default()) {
        let ways = ways(&expr, &text, asked);
        let works = ways
            .into_iter()
            .find(|way| accepts(&way.interaction, &way.key, asked, &given));
        if let Some(way) = works {
            return way;
        }
    }
    Candidate {
        kind: AnswerKind::Words,
        interaction: Interaction::Words,
        key: Key::Words { typed: given },
        as_letters: expected,
    }
}

/// The ways to understand a formula, the plainest first.
fn ways(expr: &Expr, text: &str, asked: Asked<'_>) -> Vec<Candidate> {
    let way = |kind, interaction, key| Candidate {
        kind,
        interaction,
        key,
        as_letters: false,
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
        return number(expr, asked).into_iter().collect();
    }
    match &expr.kind {
        ExprKind::Relation { terms, relations } => {
            let solved = match (terms.as_slice(), relations.as_slice()) {
                ([name, value], [Relation::Equal])
                    if matches!(name.kind, ExprKind::Variable(_)) =>
                {
                    number(value, asked)
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
fn number(expr: &Expr, asked: Asked<'_>) -> Option<Candidate> {
    let value = Number::from(expr.as_rational()?);
    let bare = match &expr.kind {
        ExprKind::Neg(inner) => inner,
        _ => expr,
    };
    let mut tolerance = Number::whole(0);
    // "-27/1" asks for a quotient, although its value is whole.
    let mut fraction = !value.is_whole() || matches!(bare.kind, ExprKind::Div(..));
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
        as_letters: false,
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

/// Why a choice cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ChoiceFault {
    OneOption,
    KeyMissing,
    Figure,
}

/// Reads a choice. Options are shuffled by the id, always in the same way, because authors tend to put the key first;
/// `keep_order` and options that speak of their place keep it.
pub(super) fn choice(
    id: &str,
    raws: &[String],
    choices: &[String],
    keep_order: bool,
    values: &Values,
) -> Result<Answer, ChoiceFault> {
    let mut options: Vec<Marked> = Vec::new();
    for text in choices {
        let option = marked(text, values);
        if !option.figures.is_empty() {
            return Err(ChoiceFault::Figure);
        }
        if !options.iter().any(|other| other.markup == option.markup) {
            options.push(option);
        }
    }
    let repeated = choices.len() - options.len();
    if options.len() < 2 {
        return Err(ChoiceFault::OneOption);
    }
    let rights: Vec<usize> = raws
        .iter()
        .map(|raw| marked(raw, values).markup)
        .filter_map(|right| options.iter().position(|option| option.markup == right))
        .collect();
    let first = *rights.first().ok_or(ChoiceFault::KeyMissing)?;
    let shown = options
        .get(first)
        .map(|option| option.markup.clone())
        .unwrap_or_default();
    let order = order(id, &options, keep_order);
    let mut entries = Vec::with_capacity(options.len());
    let mut right_keys = Vec::new();
    for (place, original) in order.iter().enumerate() {
        let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or(0));
        let key = match place / 26 {
            0 => letter.to_string(),
            round => format!("{letter}{round}"),
        };
        if rights.contains(original) {
            right_keys.push(Key::Choice { right: key.clone() });
        }
        let text = options.get(*original).map(|option| option.markup.clone());
        entries.push(Entry {
            key,
            text: text.unwrap_or_default(),
        });
    }
    let key = if right_keys.len() > 1 {
        Key::Any(right_keys)
    } else {
        right_keys.pop().ok_or(ChoiceFault::KeyMissing)?
    };
    Ok(Answer {
        kind: AnswerKind::Choice,
        interaction: Interaction::Choice { options: entries },
        key,
        accepted: true,
        shown,
        as_letters: false,
        repeated,
    })
}

fn order(id: &str, options: &[Marked], keep_order: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..options.len()).collect();
    let speaks_of_place = options.iter().any(|option| {
        let lower = option.markup.to_lowercase();
        ["above", "both ", "none of", "all of", "neither"]
            .iter()
            .any(|word| lower.contains(word))
    });
    if keep_order || speaks_of_place {
        return order;
    }
    let mut state = names::hash(id);
    for last in (1..order.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let span = u64::try_from(last + 1).unwrap_or(1);
        let other = usize::try_from((state >> 33) % span).unwrap_or(0);
        order.swap(last, other);
    }
    order
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

    #[test]
    fn options_are_shuffled_once_and_for_all_and_the_key_goes_along() {
        let texts: Vec<String> = ["four", "five", "six", "five"].map(String::from).to_vec();
        let mut places = std::collections::BTreeSet::new();
        for n in 0..30 {
            let id = format!("step{n}");
            let right = ["four".to_string()];
            let answer = choice(&id, &right, &texts, false, &Values::new()).expect("a choice");
            assert_eq!(answer.repeated, 1);
            let Interaction::Choice { options } = &answer.interaction else {
                panic!("{:?}", answer.interaction);
            };
            let Key::Choice { right } = &answer.key else {
                panic!("{:?}", answer.key);
            };
            let entry = options.iter().find(|entry| entry.key == *right);
            assert_eq!(entry.expect("the key is there").text, "four");
            places.insert(right.clone());
        }
        assert_eq!(places.len(), 3, "the key comes at every place");
        let one = ["x".to_string(), "x".to_string()];
        assert_eq!(
            choice("s", &one[..1], &one, false, &Values::new()).unwrap_err(),
            ChoiceFault::OneOption
        );
        assert_eq!(
            choice("s", &one[..1], &texts, false, &Values::new()).unwrap_err(),
            ChoiceFault::KeyMissing
        );
    }
}
