//! Questions to items: checked so that an item is only made when the grader takes its own key.

use trellis_core::fnv;
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::item::{
    Awaits, ExpressionForm, Fixed, Hint, Interaction, Item, ItemBody, Key, MixPattern, Number,
    NumberForm, Outcome, Presentation, Response, Source, VariantMixUp, grade, markup,
};

use super::drawn::{self, plot};
use super::entries::{Answered, differ, enough, entries, shuffled};
use super::filled::{table, upload, written};
use super::{Answer, Choice, Question};

/// Where an item goes, and what its file says for all of its questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The item's id.
    pub id: ItemId,
    /// What it shows.
    pub competency: CompetencyId,
    /// 1 easy, 2 middle, 3 hard.
    pub level: u8,
    /// How long it takes most learners, in seconds.
    pub usual_seconds: u32,
}

/// The longest text of an item, in bytes.
const LONGEST_TEXT: usize = 20_000;

/// Makes an item of a question.
///
/// # Errors
/// A rule and a sentence: what of the question cannot be shown or graded.
pub fn into_item(question: &Question, place: Place) -> Result<Item, (&'static str, String)> {
    for text in texts(question) {
        if text.len() > LONGEST_TEXT {
            return Err((
                "too-long",
                format!("a text is longer than {LONGEST_TEXT} bytes"),
            ));
        }
        if let Err(fault) = markup::read(text) {
            return Err(("markup", format!("a text cannot be shown: {}", fault.what)));
        }
    }
    if question.stem.trim().is_empty() && question.body.trim().is_empty() {
        return Err(("no-question", "there is no question".to_string()));
    }
    let gaps = match &question.answer {
        Answer::Menus(menus) => menus.len(),
        Answer::Bank { right, .. } => right.len(),
        _ => 0,
    };
    let mut found = markup::gaps(&question.stem);
    found.sort_unstable();
    if gaps > 0 && !found.iter().copied().eq(1..=gaps) {
        let what = format!("the text does not hold each of its {gaps} gaps once");
        return Err(("gap-shape", what));
    }
    let seed = fnv::hash(place.id.as_str().as_bytes());
    let (figure, (interaction, key, right)) = match drawn::answered(&question.answer, seed) {
        Some(drawn) => drawn?,
        None => (None, answered(&question.answer, seed)?),
    };
    let mix_ups = said_when_wrong(&question.answer, &interaction);
    let item = Item {
        id: place.id,
        competency: place.competency,
        level: place.level.clamp(1, 3),
        usual_seconds: place.usual_seconds,
        body: ItemBody::Fixed(Box::new(Fixed {
            presentation: Presentation {
                body: question.body.clone(),
                stem: question.stem.clone(),
                figure,
                interaction,
            },
            key,
            hints: question.hints.iter().map(|text| hint(text)).collect(),
            solution: question.solution.clone(),
            mix_ups,
            source: Some(Source {
                url: String::new(),
                licence: question.licence.clone(),
                author: question.author.clone(),
            }),
        })),
    };
    let variant = item
        .variant(0, None)
        .map_err(|fault| ("variant", fault.to_string()))?;
    match grade(&variant, &right).outcome {
        Outcome::Right => Ok(item),
        Outcome::Awaits(Awaits::Rubric) => Ok(item),
        Outcome::Awaits(Awaits::Comparison) => Err((
            "key-refused",
            "the right answer cannot be compared with itself".to_string(),
        )),
        Outcome::Wrong => Err((
            "key-refused",
            "the right answer is not taken as right".to_string(),
        )),
        Outcome::Unreadable { what, .. } => Err((
            "key-refused",
            format!("the right answer cannot be read: {what}"),
        )),
    }
}

fn texts(question: &Question) -> Vec<&str> {
    let mut all = vec![question.body.as_str(), question.stem.as_str()];
    all.extend(question.hints.iter().map(String::as_str));
    all.extend(question.solution.iter().map(String::as_str));
    match &question.answer {
        Answer::Choice { choices, .. } | Answer::MultipleChoice { choices, .. } => {
            all.extend(
                choices
                    .iter()
                    .flat_map(|one| [one.text.as_str(), one.feedback.as_str()]),
            );
        }
        Answer::Order(entries) => all.extend(entries.iter().map(String::as_str)),
        Answer::Match { pairs, extra } => {
            all.extend(
                pairs
                    .iter()
                    .flat_map(|(left, right)| [left.as_str(), right.as_str()]),
            );
            all.extend(extra.iter().map(String::as_str));
        }
        Answer::Menus(menus) => {
            all.extend(menus.iter().flatten().map(|one| one.text.as_str()));
        }
        Answer::Bank { right, extra } => {
            all.extend(right.iter().chain(extra).map(String::as_str));
        }
        Answer::Hotspot { drawing, .. } | Answer::GraphicOrder { drawing, .. } => {
            all.extend(drawing.texts());
        }
        Answer::Table { columns, rows, .. } => {
            all.extend(
                columns
                    .iter()
                    .chain(rows.iter().flatten())
                    .map(String::as_str),
            );
        }
        Answer::Written { rubric, sample, .. } | Answer::Upload { rubric, sample, .. } => {
            all.push(sample);
            for criterion in &rubric.criteria {
                all.push(&criterion.name);
                all.extend(criterion.levels.iter().map(|level| level.says.as_str()));
            }
        }
        _ => {}
    }
    all
}

fn hint(text: &str) -> Hint {
    Hint {
        text: text.to_string(),
        needs: Vec::new(),
        scaffold: None,
    }
}

/// What is said of a wrong choice has no misconception with a name; it follows the option.
fn said_when_wrong(answer: &Answer, interaction: &Interaction) -> Vec<VariantMixUp> {
    let (Answer::Choice { choices, .. }, Interaction::Choice { options }) = (answer, interaction)
    else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (place, choice) in choices.iter().enumerate() {
        let option = options.iter().find(|option| option.text == choice.text);
        let id = trellis_core::framework::MixUpId::new(&format!("imported.choice-{}", place + 1));
        if let (Some(option), Ok(id), false) =
            (option, id, choice.right || choice.feedback.is_empty())
        {
            out.push(VariantMixUp {
                id,
                pattern: MixPattern::Option(option.key.clone()),
                feedback: choice.feedback.clone(),
            });
        }
    }
    out
}

fn answered(answer: &Answer, seed: u64) -> Result<Answered, (&'static str, String)> {
    match answer {
        Answer::Choice { choices, shuffle } => choice(choices, *shuffle, seed, false),
        Answer::MultipleChoice { choices, shuffle } => choice(choices, *shuffle, seed, true),
        Answer::Words(accepted) => {
            let keys = accepted.iter().filter(|text| !text.trim().is_empty());
            let keys: Vec<Key> = keys
                .map(|text| Key::Words {
                    typed: text.clone(),
                })
                .collect();
            let right = accepted.first().cloned().unwrap_or_default();
            Ok((Interaction::Words, any(keys)?, Response::Text(right)))
        }
        Answer::Number { accepted, unit } => {
            let key = |one: &super::Accepted| Key::Number {
                value: one.value.clone(),
                tolerance: one.tolerance.clone(),
                form: NumberForm::Any,
            };
            let keys = accepted.iter().map(key).collect();
            let right = accepted.first().map(|one| super::number_text(&one.value));
            let interaction = Interaction::Numeric { unit: unit.clone() };
            Ok((
                interaction,
                any(keys)?,
                Response::Text(right.unwrap_or_default()),
            ))
        }
        Answer::Expression(typed) => {
            let form = ExpressionForm::Any;
            let key = Key::Expression {
                typed: typed.clone(),
                form,
            };
            Ok((
                Interaction::Expression { form },
                key,
                Response::Text(typed.clone()),
            ))
        }
        Answer::Equation(typed) => {
            let key = Key::Equation {
                typed: typed.clone(),
            };
            Ok((Interaction::Equation, key, Response::Text(typed.clone())))
        }
        Answer::Order(texts) => {
            enough(texts.len())?;
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            differ(&texts)?;
            let (entries, keys) = entries(&texts, &shuffled(texts.len(), seed));
            let key = Key::Order {
                right: keys.clone(),
            };
            Ok((Interaction::Order { entries }, key, Response::Order(keys)))
        }
        Answer::Match { pairs, extra } => matched(pairs, extra, seed),
        Answer::Menus(menus) => self::menus(menus, seed),
        Answer::Bank { right, extra } => bank(right, extra, seed),
        Answer::NumberLine { from, to, step, at } => number_line(from, to, step, at),
        Answer::Plot { grid, goal } => plot(grid, goal),
        Answer::Table {
            columns,
            rows,
            cells,
        } => table(columns, rows, cells),
        Answer::Written {
            longest,
            rubric,
            sample,
        } => written(*longest, rubric, sample),
        Answer::Upload {
            takes,
            rubric,
            sample,
        } => upload(takes, rubric, sample),
        Answer::Hotspot { .. } | Answer::GraphicOrder { .. } => {
            Err(("figure", "the drawing is not there".to_string()))
        }
    }
}

fn any(mut keys: Vec<Key>) -> Result<Key, (&'static str, String)> {
    match keys.len() {
        0 => Err(("no-key", "no right answer is given".to_string())),
        1 => Ok(keys.remove(0)),
        _ => Ok(Key::Any(keys)),
    }
}

fn choice(
    choices: &[Choice],
    shuffle: bool,
    seed: u64,
    several: bool,
) -> Result<Answered, (&'static str, String)> {
    enough(choices.len())?;
    let texts: Vec<&str> = choices.iter().map(|one| one.text.as_str()).collect();
    differ(&texts)?;
    let order = if shuffle {
        shuffled(texts.len(), seed)
    } else {
        (0..texts.len()).collect()
    };
    let (options, keys) = entries(&texts, &order);
    let right = choices
        .iter()
        .zip(keys)
        .filter(|(one, _)| one.right)
        .map(|(_, key)| key);
    let mut right: Vec<String> = right.collect();
    right.sort();
    let first = right
        .first()
        .cloned()
        .ok_or_else(|| ("no-key", "no choice is right".to_string()))?;
    if several {
        let key = Key::Choices {
            right: right.clone(),
        };
        return Ok((
            Interaction::MultipleChoice { options },
            key,
            Response::Choices(right),
        ));
    }
    let key = any(right
        .into_iter()
        .map(|right| Key::Choice { right })
        .collect())?;
    Ok((
        Interaction::Choice { options },
        key,
        Response::Choice(first),
    ))
}

fn matched(
    pairs: &[(String, String)],
    extra: &[String],
    seed: u64,
) -> Result<Answered, (&'static str, String)> {
    enough(pairs.len())?;
    let lefts: Vec<&str> = pairs.iter().map(|(left, _)| left.as_str()).collect();
    differ(&lefts)?;
    let mut rights: Vec<&str> = Vec::new();
    for right in pairs.iter().map(|(_, right)| right).chain(extra) {
        if !rights.contains(&right.as_str()) {
            rights.push(right);
        }
    }
    enough(rights.len())?;
    differ(&rights)?;
    let (left, left_keys) = entries(&lefts, &(0..lefts.len()).collect::<Vec<_>>());
    let (right, right_keys) = entries(&rights, &shuffled(rights.len(), seed));
    let mut key: Vec<(String, String)> = Vec::new();
    for ((_, text), left) in pairs.iter().zip(left_keys) {
        let place = rights.iter().position(|right| right == text);
        let found = place.and_then(|place| right_keys.get(place));
        key.extend(found.map(|right| (left, right.clone())));
    }
    key.sort();
    Ok((
        Interaction::Match { left, right },
        Key::Pairs { right: key.clone() },
        Response::Pairs(key),
    ))
}

fn menus(menus: &[Vec<Choice>], seed: u64) -> Result<Answered, (&'static str, String)> {
    let (mut gaps, mut right) = (Vec::new(), Vec::new());
    for (place, menu) in menus.iter().enumerate() {
        enough(menu.len())?;
        let texts: Vec<&str> = menu.iter().map(|one| one.text.as_str()).collect();
        differ(&texts)?;
        let place = u64::try_from(place).unwrap_or(u64::MAX);
        let order = shuffled(texts.len(), seed.wrapping_add(place));
        let (entries, keys) = entries(&texts, &order);
        let mut fitting = menu.iter().zip(keys).filter(|(one, _)| one.right);
        match (fitting.next(), fitting.next()) {
            (Some((_, key)), None) => right.push(key),
            _ => {
                let what = "a menu has not just one right choice".to_string();
                return Err(("gap-shape", what));
            }
        }
        gaps.push(entries);
    }
    Ok((
        Interaction::InlineChoice { gaps },
        Key::Gaps {
            right: right.clone(),
        },
        Response::Gaps(right),
    ))
}

fn bank(right: &[String], extra: &[String], seed: u64) -> Result<Answered, (&'static str, String)> {
    let texts: Vec<&str> = right.iter().chain(extra).map(String::as_str).collect();
    enough(texts.len())?;
    differ(&texts)?;
    let (bank, mut keys) = entries(&texts, &shuffled(texts.len(), seed));
    keys.truncate(right.len());
    let gaps = right.len();
    Ok((
        Interaction::GapMatch { gaps, bank },
        Key::Gaps {
            right: keys.clone(),
        },
        Response::Gaps(keys),
    ))
}

fn number_line(
    from: &Number,
    to: &Number,
    step: &Number,
    at: &Number,
) -> Result<Answered, (&'static str, String)> {
    let bad = |what: &str| Err(("number-line", what.to_string()));
    let steps = (to - from).divided_by(step);
    let Some(steps) = steps.filter(|steps| !steps.is_negative() && !steps.is_zero()) else {
        return bad("the line needs a right end beyond its left end, and a step above 0");
    };
    if steps > Number::whole(144) {
        return bad("the line has more than 144 marks");
    }
    let on_mark = (at - from)
        .divided_by(step)
        .is_some_and(|place| place.is_whole());
    if !on_mark || at < from || at > to {
        return bad("the right point is not on a mark");
    }
    let interaction = Interaction::NumberLine {
        from: from.clone(),
        to: to.clone(),
        step: step.clone(),
    };
    Ok((
        interaction,
        Key::Point { value: at.clone() },
        Response::Point(at.to_string()),
    ))
}
