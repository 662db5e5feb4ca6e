//! Grading: a response against the key of a variant, with partial credit and the mix-up it reveals.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use trellis_math::equivalence::{Comparison, Tolerance, Verdict, compare};
use trellis_math::form;
use trellis_math::parse::{ReadOptions, typed};
use trellis_math::plain;
use trellis_math::tree::{Expr, ExprKind, Notation, Relation};

use super::interaction::{Entry, ExpressionForm, Interaction, NumberForm};
use super::judgement::{Awaits, Graded, MissedForm, Outcome, Response, share};
use super::number::Number;
use super::variant::{Key, MixPattern, Variant};
use super::wording::Strictness;
use super::{plot, upload, wording, written};

/// What is said of "5 cm" where 5 is asked for: it is neither that nor anything else.
const NO_UNIT: &str = "Write it without a unit.";

/// Judges a response to a variant. Never panics, whatever was sent.
#[must_use]
pub fn grade(variant: &Variant, response: &Response) -> Graded {
    let mut graded = grade_key(variant, &variant.key, response);
    if graded.outcome == Outcome::Wrong {
        let read = graded.read_as.clone();
        let found = variant
            .mix_ups
            .iter()
            .find(|mix_up| reveals(variant, &mix_up.pattern, response, read.as_ref()));
        if let Some(found) = found {
            graded.mix_up = Some(found.id.clone());
            graded.feedback.clone_from(&found.feedback);
        }
    }
    graded
}

/// One option is chosen: the right one, another, or one that is not there.
fn choice(interaction: &Interaction, right: &str, chosen: &str) -> Graded {
    if !options(interaction)
        .iter()
        .any(|option| option.key == chosen)
    {
        Graded::unreadable(0, "This option is not there.")
    } else if right == chosen {
        Graded::right()
    } else {
        Graded::wrong(0.0)
    }
}

fn grade_key(variant: &Variant, key: &Key, response: &Response) -> Graded {
    let interaction = &variant.presentation.interaction;
    match (key, response) {
        (Key::Any(keys), _) => any(variant, keys, response),
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
        (Key::Words { typed }, Response::Text(text)) => words(typed, text),
        (Key::Choice { right }, Response::Choice(chosen)) => choice(interaction, right, chosen),
        (Key::Choices { right }, Response::Choices(ticked)) => choices(interaction, right, ticked),
        (Key::Order { right }, Response::Order(given)) => order(right, given),
        (Key::Pairs { right }, Response::Pairs(given)) => pairs(interaction, right, given),
        (
            Key::Text {
                answers,
                close,
                cased,
            },
            Response::Text(text),
        ) => {
            let (close, cased) = (*close, *cased);
            let how = Strictness { close, cased };
            wording::judge(answers, how, &phrases_of_mix_ups(variant), text)
        }
        (Key::Written { .. }, Response::Text(text)) => match interaction {
            Interaction::Written { longest } => written::judge(*longest, text),
            Interaction::Upload { takes } => upload::judge(takes, "", 0),
            _ => Graded::awaits(Awaits::Rubric),
        },
        (Key::Written { .. }, Response::File { name, bytes }) => match interaction {
            Interaction::Upload { takes } => upload::judge(takes, name, *bytes),
            _ => Graded::unreadable(0, "This question does not ask for a file."),
        },
        (Key::Gaps { right }, Response::Gaps(given)) => gaps(interaction, right, given),
        (Key::Cells { right }, Response::Gaps(given)) => cells(variant, right, given),
        (Key::Plot { points }, Response::Points(given)) => match plot::read(interaction, given) {
            Ok(given) => plot::judge_points(points, &given),
            Err(what) => Graded::unreadable(0, what),
        },
        (
            Key::Line {
                slope, intercept, ..
            },
            Response::Points(given),
        ) => match plot::read(interaction, given) {
            Ok(given) => plot::judge_line(slope, intercept, &given),
            Err(what) => Graded::unreadable(0, what),
        },
        _ => Graded::unreadable(
            0,
            "This is another kind of answer than the question asks for.",
        ),
    }
}

/// The best of several keys. What one of them leaves undecided is not wrong because another differs.
fn any(variant: &Variant, keys: &[Key], response: &Response) -> Graded {
    let all = keys.iter().map(|key| grade_key(variant, key, response));
    let better = |next: &Graded, best: &Graded| {
        next.score > best.score || (!best.is_right() && matches!(next.outcome, Outcome::Awaits(_)))
    };
    let best = all.reduce(|best, next| if better(&next, &best) { next } else { best });
    best.unwrap_or_else(|| Graded::unreadable(0, "This question has no answer."))
}

fn words(key: &str, text: &str) -> Graded {
    if text.trim().is_empty() {
        Graded::unreadable(0, "Nothing is written yet.")
    } else if plain_words(key) == plain_words(text) {
        Graded::right()
    } else {
        Graded::wrong(0.0)
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
        Interaction::Hotspot { regions, .. } => regions,
        _ => &[],
    }
}

/// The words that a mix-up leads to: none of them is a slip of the pen.
fn phrases_of_mix_ups(variant: &Variant) -> Vec<&String> {
    let phrases = variant.mix_ups.iter().map(|mix_up| match &mix_up.pattern {
        MixPattern::Phrase(phrases) => phrases.as_slice(),
        _ => &[],
    });
    phrases.flatten().collect()
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
        (Verdict::Undecided, _) => Graded::awaits(Awaits::Comparison),
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
    if let ExprKind::Quantity(..) = answer.kind {
        return Graded::unreadable(0, NO_UNIT);
    }
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
        Interaction::Numeric { .. } | Interaction::TableEntry { .. }
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
    let key = Expr::number(value.rational());
    let rule = if tolerance.is_zero() {
        Comparison::EqualValue
    } else {
        Comparison::Within(Tolerance::Absolute(tolerance.rational()))
    };
    compare(answer, &key, &rule)
}

fn expression(expr: &Expr, key: &str, asked: ExpressionForm) -> Graded {
    let Ok(key) = typed(key, &ReadOptions::default()) else {
        return Graded::unreadable(0, "The answer of this question cannot be read.");
    };
    let has_unit = |expr: &Expr| matches!(expr.kind, ExprKind::Quantity(..));
    if has_unit(expr) && !has_unit(&key) {
        return Graded::unreadable(0, NO_UNIT);
    }
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

fn gaps(interaction: &Interaction, right: &[String], given: &[String]) -> Graded {
    let known = |gap: usize, key: &String| match interaction {
        Interaction::InlineChoice { gaps } => gaps
            .get(gap)
            .is_some_and(|menu| menu.iter().any(|entry| entry.key == *key)),
        Interaction::GapMatch { bank, .. } => bank.iter().any(|entry| entry.key == *key),
        _ => false,
    };
    let all_known = given.iter().enumerate().all(|(gap, key)| known(gap, key));
    if given.len() != right.len() || !all_known {
        return Graded::unreadable(0, "Fill every gap.");
    }
    let hits = right
        .iter()
        .zip(given)
        .filter(|(right, given)| right == given);
    Graded::of_parts(hits.count(), right.len())
}

/// Every cell is judged as if it were an answer by itself. One that cannot be read makes the whole unreadable: nothing
/// is lost by writing it again.
fn cells(variant: &Variant, right: &[Key], given: &[String]) -> Graded {
    if given.len() != right.len() || given.iter().any(|text| text.trim().is_empty()) {
        return Graded::unreadable(0, "Fill every cell.");
    }
    let mut hits = 0;
    let mut spelled = None;
    let mut missed = None;
    let (mut awaits, mut wrong) = (None, false);
    for (key, text) in right.iter().zip(given) {
        let cell = grade_key(variant, key, &Response::Text(text.clone()));
        match cell.outcome {
            Outcome::Unreadable { .. } => {
                return Graded::unreadable(0, "A cell cannot be read as a number.");
            }
            Outcome::Awaits(what) => awaits = awaits.or(Some(what)),
            Outcome::Wrong => wrong = true,
            Outcome::Right => {}
        }
        hits += usize::from(cell.is_right());
        spelled = spelled.or(cell.spelled);
        missed = missed.or(cell.missed_form);
    }
    // Beside a wrong cell the whole is not right, whatever a person says of the undecided one.
    if let (Some(what), false) = (awaits, wrong) {
        return Graded::awaits(what);
    }
    Graded {
        spelled,
        missed_form: missed,
        ..Graded::of_parts(hits, right.len())
    }
}

fn capitals_matter(key: &Key) -> bool {
    matches!(key, Key::Text { cased: true, .. })
}

/// Whether a cell holds what a mix-up leads to.
fn cell_holds(key: &Key, gap: usize, wanted: &str, given: &[String]) -> bool {
    let Some(given) = given.get(gap) else {
        return false;
    };
    let Key::Cells { right } = key else {
        return given == wanted;
    };
    match right.get(gap) {
        Some(Key::Number { .. }) => {
            let number = |text: &str| {
                let read = typed(text.trim(), &ReadOptions::default()).ok()?;
                read.as_rational()
            };
            number(given).is_some_and(|given| number(wanted) == Some(given))
        }
        Some(key) => wording::same(wanted, given, capitals_matter(key)),
        None => false,
    }
}

/// Whether a wrong response is the answer that a mix-up leads to.
fn reveals(
    variant: &Variant,
    pattern: &MixPattern,
    response: &Response,
    read: Option<&Expr>,
) -> bool {
    let (key, interaction) = (&variant.key, &variant.presentation.interaction);
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
        (MixPattern::Phrase(phrases), Response::Text(given)) => {
            let cased = capitals_matter(key);
            phrases
                .iter()
                .any(|phrase| wording::same(phrase, given, cased))
        }
        (MixPattern::Gap(gap, wanted), Response::Gaps(given)) => {
            cell_holds(key, *gap, wanted, given)
        }
        (MixPattern::Points(wanted), Response::Points(given)) => plot::read(interaction, given)
            .is_ok_and(|given| {
                given.len() == wanted.len() && given.iter().all(|point| wanted.contains(point))
            }),
        (MixPattern::Line(slope, intercept), Response::Points(given)) => {
            plot::read(interaction, given).is_ok_and(|given| {
                given
                    .iter()
                    .all(|point| plot::is_on(slope, intercept, point))
            })
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
        Key::Number { value, .. } => Some(Expr::number(value.rational())),
        Key::Expression { typed: text, .. } | Key::Equation { typed: text } => {
            typed(text, &ReadOptions::default()).ok()
        }
        _ => None,
    };
    let same_as_key = of_key.is_some_and(|of_key| compare(pattern, &of_key, &rule).is_equal());
    !same_as_key || plain::from_expr(pattern) == plain::from_expr(read)
}
