//! Grading: a response against the key of a variant, with partial credit and the mix-up it reveals.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use trellis_math::equivalence::{Comparison, Tolerance, Verdict, compare};
use trellis_math::form;
use trellis_math::parse::{ReadOptions, typed};
use trellis_math::plain;
use trellis_math::tree::{Expr, ExprKind, Notation, Relation};

use super::interaction::{Entry, ExpressionForm, Interaction, NumberForm};
use super::number::Number;
use super::variant::{Key, MixPattern, Variant};
use super::write::{keys_of_order, keys_of_pair};
use crate::framework::MixUpId;

/// An answer as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// What was typed.
    Text(String),
    /// The key of the option chosen.
    Choice(String),
    /// The keys of all options ticked.
    Choices(Vec<String>),
    /// The keys of all entries, in the order given.
    Order(Vec<String>),
    /// Left and right keys.
    Pairs(Vec<(String, String)>),
    /// A point on a line, as a number: "3/4", "-2".
    Point(String),
}

/// The judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is right.
    Right,
    /// It is not.
    Wrong,
    /// It cannot be read or compared. This costs no attempt.
    Unreadable {
        /// Bytes from the start of what was typed.
        at: usize,
        /// What is in the way, as a plain sentence.
        what: String,
    },
}

/// A form that was asked for and not given, though the value is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MissedForm {
    /// Something is still to be worked out, as in `1/2 + 1/3` or `12/4`.
    Unfinished,
    /// A fraction not in lowest terms, or no fraction.
    NotSimplest,
    /// Not a mixed number.
    NotMixed,
    /// Brackets to multiply out or like terms to join.
    NotExpanded,
    /// Not a product, or something more to take out.
    NotFactored,
    /// The letter does not stand alone on one side.
    NotSolved,
}

/// A judged response.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// The judgement.
    pub outcome: Outcome,
    /// Credit from 0 to 1; 1 exactly when right.
    pub score: f64,
    /// The misconception that it reveals.
    pub mix_up: Option<MixUpId>,
    /// What the author says to it; empty when there is nothing to say.
    pub feedback: String,
    /// The right value in another form than asked for; the score is then one half.
    pub missed_form: Option<MissedForm>,
    /// How a typed answer was read, for "we read this as".
    pub read_as: Option<Expr>,
}

impl Graded {
    fn of(outcome: Outcome, score: f64) -> Self {
        let feedback = String::new();
        Self {
            outcome,
            score,
            mix_up: None,
            feedback,
            missed_form: None,
            read_as: None,
        }
    }

    fn right() -> Self {
        Self::of(Outcome::Right, 1.0)
    }

    fn wrong(score: f64) -> Self {
        Self::of(Outcome::Wrong, score)
    }

    fn unreadable(at: usize, what: &str) -> Self {
        Self::of(
            Outcome::Unreadable {
                at,
                what: what.to_string(),
            },
            0.0,
        )
    }

    /// Whether it is right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.outcome == Outcome::Right
    }

    /// Whether it counts as an attempt: what cannot be read does not.
    #[must_use]
    pub fn costs_attempt(&self) -> bool {
        !matches!(self.outcome, Outcome::Unreadable { .. })
    }
}

/// Judges a response to a variant. Never panics, whatever was sent.
#[must_use]
pub fn grade(variant: &Variant, response: &Response) -> Graded {
    let mut graded = grade_key(variant, &variant.key, response);
    if graded.outcome == Outcome::Wrong {
        let read = graded.read_as.clone();
        let found = variant
            .mix_ups
            .iter()
            .find(|mix_up| reveals(&variant.key, &mix_up.pattern, response, read.as_ref()));
        if let Some(found) = found {
            graded.mix_up = Some(found.id.clone());
            graded.feedback.clone_from(&found.feedback);
        }
    }
    graded
}

fn grade_key(variant: &Variant, key: &Key, response: &Response) -> Graded {
    let interaction = &variant.presentation.interaction;
    match (key, response) {
        (Key::Any(keys), _) => {
            let all = keys.iter().map(|key| grade_key(variant, key, response));
            let best = all.reduce(|best, next| if next.score > best.score { next } else { best });
            best.unwrap_or_else(|| Graded::unreadable(0, "This question has no answer."))
        }
        (
            Key::Number {
                value,
                tolerance,
                form,
            },
            Response::Text(text),
        ) => read_typed(variant, text, |expr| {
            number(variant, expr, value, tolerance, *form)
        }),
        (Key::Point { value }, Response::Point(text) | Response::Text(text)) => {
            let zero = Number::whole(0);
            read_typed(variant, text, |expr| {
                number(variant, expr, value, &zero, NumberForm::Any)
            })
        }
        (Key::Expression { typed, form }, Response::Text(text)) => {
            read_typed(variant, text, |expr| expression(expr, typed, *form))
        }
        (Key::Equation { typed }, Response::Text(text)) => {
            read_typed(variant, text, |expr| equation(expr, typed))
        }
        (Key::Words { typed }, Response::Text(text)) => {
            if text.trim().is_empty() {
                Graded::unreadable(0, "Nothing is written yet.")
            } else if plain_words(typed) == plain_words(text) {
                Graded::right()
            } else {
                Graded::wrong(0.0)
            }
        }
        (Key::Choice { right }, Response::Choice(chosen)) => {
            if !options(interaction)
                .iter()
                .any(|option| option.key == *chosen)
            {
                Graded::unreadable(0, "This option is not there.")
            } else if right == chosen {
                Graded::right()
            } else {
                Graded::wrong(0.0)
            }
        }
        (Key::Choices { right }, Response::Choices(ticked)) => choices(interaction, right, ticked),
        (Key::Order { right }, Response::Order(given)) => order(right, given),
        (Key::Pairs { right }, Response::Pairs(given)) => pairs(interaction, right, given),
        _ => Graded::unreadable(
            0,
            "This is another kind of answer than the question asks for.",
        ),
    }
}

fn plain_words(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn options(interaction: &Interaction) -> &[Entry] {
    match interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => options,
        _ => &[],
    }
}

/// Reads what was typed, without the unit that the page shows behind the box.
fn read_typed(variant: &Variant, text: &str, judge: impl FnOnce(&Expr) -> Graded) -> Graded {
    let mut text = text.trim_end();
    if let Interaction::Numeric { unit: Some(unit) } = &variant.presentation.interaction
        && let Some(bare) = text.strip_suffix(unit.trim())
        && !bare.trim().is_empty()
    {
        text = bare;
    }
    match typed(text, &ReadOptions::default()) {
        Ok(expr) => {
            let mut graded = judge(&expr);
            graded.read_as = Some(expr);
            graded
        }
        Err(unreadable) => Graded::unreadable(unreadable.at.start, unreadable.problem.sentence()),
    }
}

fn decided(verdict: &Verdict, missed: Option<MissedForm>) -> Graded {
    match (verdict, missed) {
        (Verdict::Equal(_), None) => Graded::right(),
        (Verdict::Equal(_), missed) => Graded {
            missed_form: missed,
            ..Graded::wrong(0.5)
        },
        (Verdict::Different(_), _) => Graded::wrong(0.0),
        (Verdict::Undecided, _) => Graded::unreadable(
            0,
            "This cannot be compared with the answer. Write it in another way.",
        ),
    }
}

/// The side that says the answer: `x = 5` counts as 5.
fn bare(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Relation { terms, relations } => match (terms.as_slice(), relations.as_slice()) {
            ([name, value], [Relation::Equal]) if is_letter(name) => value,
            ([value, name], [Relation::Equal]) if is_letter(name) => value,
            _ => expr,
        },
        _ => expr,
    }
}

fn is_letter(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Variable(_))
}

fn number(
    variant: &Variant,
    expr: &Expr,
    value: &Number,
    tolerance: &Number,
    asked: NumberForm,
) -> Graded {
    let answer = bare(expr);
    let given = answer.as_rational().map(Number::from);
    let equal = |given: &Number| (given - value).abs() <= *tolerance;
    let Some(given) = given else {
        // A computation that is not carried out, or something that is no number at all.
        let verdict = same_number(answer, value, tolerance);
        return decided(&verdict, Some(MissedForm::Unfinished));
    };
    if !equal(&given) {
        let percent =
            matches!(&answer.kind, ExprKind::Number(n) if n.notation == Notation::Percent);
        let stem = &variant.presentation.stem;
        let asks_percent = stem.contains('%') || stem.to_lowercase().contains("percent");
        let hundredfold = &given * &Number::whole(100);
        return if percent && asks_percent && equal(&hundredfold) {
            Graded::right()
        } else {
            Graded::wrong(0.0)
        };
    }
    let numeric = matches!(
        variant.presentation.interaction,
        Interaction::Numeric { .. }
    );
    let missed = match asked {
        NumberForm::Simplest => {
            (!form::is_simplest_fraction(answer)).then_some(MissedForm::NotSimplest)
        }
        NumberForm::Mixed => (!form::is_mixed_number(answer)).then_some(MissedForm::NotMixed),
        // Typing "12/4" back to "Work out 12 ÷ 4" is not yet an answer.
        NumberForm::Any => {
            (numeric && given.is_whole() && is_quotient(answer)).then_some(MissedForm::Unfinished)
        }
    };
    match missed {
        None => Graded::right(),
        missed => Graded {
            missed_form: missed,
            ..Graded::wrong(0.5)
        },
    }
}

fn is_quotient(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => is_quotient(inner),
        kind => matches!(kind, ExprKind::Div(..)),
    }
}

fn same_number(answer: &Expr, value: &Number, tolerance: &Number) -> Verdict {
    let key = Expr::number(value.rational().clone());
    let rule = if tolerance.is_zero() {
        Comparison::EqualValue
    } else {
        Comparison::Within(Tolerance::Absolute(tolerance.rational().clone()))
    };
    compare(answer, &key, &rule)
}

fn expression(expr: &Expr, key: &str, asked: ExpressionForm) -> Graded {
    let Ok(key) = typed(key, &ReadOptions::default()) else {
        return Graded::unreadable(0, "The answer of this question cannot be read.");
    };
    let verdict = compare(expr, &key, &Comparison::EquivalentExpression);
    let missed = match asked {
        ExpressionForm::Any => None,
        ExpressionForm::Expanded => (!form::is_expanded(expr)).then_some(MissedForm::NotExpanded),
        ExpressionForm::Factored => (!form::is_factored(expr)).then_some(MissedForm::NotFactored),
    };
    decided(&verdict, missed)
}

fn equation(expr: &Expr, key: &str) -> Graded {
    let Ok(key) = typed(key, &ReadOptions::default()) else {
        return Graded::unreadable(0, "The answer of this question cannot be read.");
    };
    let verdict = compare(expr, &key, &Comparison::SameSolutions);
    // Typing the equation back that is to be solved is not yet an answer.
    let missed = (is_solved(&key) && !is_solved(expr)).then_some(MissedForm::NotSolved);
    decided(&verdict, missed)
}

/// One letter alone between or beside numbers: `x = 3`, `x >= -1/2`, `1 < x <= 4`.
fn is_solved(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Relation { terms, .. } => {
            let letters = terms.iter().filter(|term| is_letter(term)).count();
            let numbers = terms
                .iter()
                .filter(|term| term.as_rational().is_some())
                .count();
            letters == 1 && letters + numbers == terms.len()
        }
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().all(is_solved),
        ExprKind::Set(_) | ExprKind::List(_) | ExprKind::Interval { .. } => true,
        _ => expr.as_rational().is_some(),
    }
}

fn share(part: usize, of: usize) -> f64 {
    let part = f64::from(u32::try_from(part).unwrap_or(u32::MAX));
    part / f64::from(u32::try_from(of.max(1)).unwrap_or(u32::MAX))
}

fn choices(interaction: &Interaction, right: &[String], ticked: &[String]) -> Graded {
    let ticked: BTreeSet<&String> = ticked.iter().collect();
    let options = options(interaction);
    if ticked.is_empty() {
        return Graded::unreadable(0, "Nothing is ticked yet.");
    }
    if !ticked
        .iter()
        .all(|key| options.iter().any(|option| option.key == **key))
    {
        return Graded::unreadable(0, "This option is not there.");
    }
    let hits = ticked.iter().filter(|key| right.contains(key)).count();
    let misses = ticked.len() - hits;
    if hits == right.len() && misses == 0 {
        return Graded::right();
    }
    Graded::wrong(share(hits.saturating_sub(misses), right.len()))
}

/// Credit grows with the pairs of entries that stand in the right order; half of them is chance.
fn order(right: &[String], given: &[String]) -> Graded {
    let places: Vec<Option<usize>> = right
        .iter()
        .map(|key| given.iter().position(|other| other == key))
        .collect();
    if given.len() != right.len() || places.iter().any(Option::is_none) {
        return Graded::unreadable(0, "Put all entries in order.");
    }
    if right == given {
        return Graded::right();
    }
    let mut kept = 0;
    let mut all = 0;
    for (index, earlier) in places.iter().enumerate() {
        for later in places.iter().skip(index + 1) {
            all += 1;
            kept += usize::from(earlier < later);
        }
    }
    Graded::wrong((2.0 * share(kept, all) - 1.0).max(0.0))
}

fn pairs(
    interaction: &Interaction,
    right: &[(String, String)],
    given: &[(String, String)],
) -> Graded {
    let Interaction::Match { right: sides, .. } = interaction else {
        return Graded::unreadable(0, "This question has no pairs.");
    };
    let mut sorted = given.to_vec();
    sorted.sort();
    let known = sorted
        .iter()
        .all(|(_, to)| sides.iter().any(|side| side.key == *to));
    let lefts = sorted.iter().map(|(left, _)| left);
    if !known || !lefts.eq(right.iter().map(|(left, _)| left)) {
        return Graded::unreadable(0, "Find a partner for each.");
    }
    let hits = sorted.iter().filter(|pair| right.contains(pair)).count();
    if hits == right.len() {
        Graded::right()
    } else {
        Graded::wrong(share(hits, right.len()))
    }
}

/// Whether a wrong response is the answer that a mix-up leads to.
fn reveals(key: &Key, pattern: &MixPattern, response: &Response, read: Option<&Expr>) -> bool {
    match (pattern, response) {
        (MixPattern::Number(number), _) => read.is_some_and(|read| {
            let answer = bare(read);
            let given = answer.as_rational().map(Number::from);
            given.map_or_else(
                || same_number(answer, number, &Number::whole(0)).is_equal(),
                |given| given == *number,
            )
        }),
        (MixPattern::Typed(text), Response::Text(_)) => read.is_some_and(|read| {
            let Ok(pattern) = typed(text, &ReadOptions::default()) else {
                return false;
            };
            reveals_typed(key, &pattern, read)
        }),
        (MixPattern::Typed(text), _) => read.is_some_and(|read| plain::from_expr(read) == *text),
        (MixPattern::Option(option), Response::Choice(chosen)) => option == chosen,
        (MixPattern::Option(option), Response::Choices(ticked)) => ticked.contains(option),
        (MixPattern::Order(order), Response::Order(given)) => order == given,
        (MixPattern::Pair(left, right), Response::Pairs(given)) => {
            given.iter().any(|(l, r)| l == left && r == right)
        }
        _ => false,
    }
}

fn reveals_typed(key: &Key, pattern: &Expr, read: &Expr) -> bool {
    let rule = match key {
        Key::Equation { .. } => Comparison::SameSolutions,
        Key::Number { .. } => Comparison::EqualValue,
        _ => Comparison::EquivalentExpression,
    };
    let (pattern, read) = match key {
        Key::Number { .. } => (bare(pattern), bare(read)),
        _ => (pattern, read),
    };
    if !compare(read, pattern, &rule).is_equal() {
        return false;
    }
    // A mix-up of the right value in another form must be written in that very form.
    let of_key = match key {
        Key::Number { value, .. } => Some(Expr::number(value.rational().clone())),
        Key::Expression { typed: text, .. } | Key::Equation { typed: text } => {
            typed(text, &ReadOptions::default()).ok()
        }
        _ => None,
    };
    let same_as_key = of_key.is_some_and(|of_key| compare(pattern, &of_key, &rule).is_equal());
    !same_as_key || plain::from_expr(pattern) == plain::from_expr(read)
}

/// Reads a text as a response, as `result` of the course format is written: option texts joined
/// by ` ; `, pairs as `left -> right`, anything else as typed.
///
/// # Errors
/// A sentence that names the text that is no option.
pub fn response_from_text(variant: &Variant, text: &str) -> Result<Response, String> {
    let interaction = &variant.presentation.interaction;
    Ok(match interaction {
        Interaction::Choice { .. } => {
            let keys = keys_of_order(interaction, text)?;
            match <[String; 1]>::try_from(keys) {
                Ok([key]) => Response::Choice(key),
                Err(_) => return Err("only one option can be chosen".to_string()),
            }
        }
        Interaction::MultipleChoice { .. } => Response::Choices(keys_of_order(interaction, text)?),
        Interaction::Order { .. } => Response::Order(keys_of_order(interaction, text)?),
        Interaction::Match { .. } => {
            let pairs = text
                .split(" ; ")
                .map(|pair| keys_of_pair(interaction, pair));
            Response::Pairs(pairs.collect::<Result<_, _>>()?)
        }
        Interaction::NumberLine { .. } => Response::Point(text.to_string()),
        _ => Response::Text(text.to_string()),
    })
}
