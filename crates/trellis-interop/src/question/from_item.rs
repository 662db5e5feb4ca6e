//! Items to questions: one variant of an item, for formats that have no variants.

use trellis_core::item::{Entry, Interaction, Item, Key, MixPattern, Variant};

use super::{Accepted, Answer, Cell, Choice, Question, drawn};
use crate::drawing::{Grid, GridGoal};

/// The question of an item's variant.
///
/// # Errors
/// A rule and a sentence: why the variant cannot be drawn, or has no counterpart in other formats.
pub fn from_item(item: &Item, seed: u64) -> Result<Question, (&'static str, String)> {
    let variant = item
        .variant(seed, None)
        .map_err(|fault| ("variant", fault.to_string()))?;
    if variant.presentation.figure.is_some() && !is_drawn(&variant) {
        return Err((
            "figure",
            "the figure of this item has no counterpart in the format".to_string(),
        ));
    }
    let answer = answer(&variant).ok_or_else(|| {
        let kind = item.kind().name();
        (
            "kind",
            format!("items of the kind \"{kind}\" have no counterpart in the format"),
        )
    })?;
    let mut question = Question::new(item.id.as_str(), variant.presentation.stem.clone(), answer);
    question.body.clone_from(&variant.presentation.body);
    question.hints = variant.hints.iter().map(|hint| hint.text.clone()).collect();
    question.solution.clone_from(&variant.solution);
    question.group = item.competency.as_str().to_string();
    if let trellis_core::item::ItemBody::Fixed(fixed) = &item.body
        && let Some(source) = &fixed.source
    {
        question.licence.clone_from(&source.licence);
        question.author.clone_from(&source.author);
    }
    Ok(question)
}

/// Whether the figure is what is answered on.
fn is_drawn(variant: &Variant) -> bool {
    matches!(
        variant.presentation.interaction,
        Interaction::Hotspot { .. } | Interaction::GraphicOrder { .. }
    )
}

fn any(key: &Key) -> &[Key] {
    match key {
        Key::Any(keys) => keys,
        one => std::slice::from_ref(one),
    }
}

fn text_of<'a>(entries: &'a [Entry], key: &str) -> Option<&'a str> {
    let found = entries.iter().find(|entry| entry.key == key);
    found.map(|entry| entry.text.as_str())
}

fn answer(variant: &Variant) -> Option<Answer> {
    Some(match (&variant.presentation.interaction, &variant.key) {
        (Interaction::Choice { options }, key) => {
            let right = |entry: &Entry| {
                any(key)
                    .iter()
                    .any(|key| matches!(key, Key::Choice { right } if *right == entry.key))
            };
            Answer::Choice {
                choices: options
                    .iter()
                    .map(|entry| choice(variant, entry, right(entry)))
                    .collect(),
                shuffle: true,
            }
        }
        (Interaction::MultipleChoice { options }, Key::Choices { right }) => {
            Answer::MultipleChoice {
                choices: options
                    .iter()
                    .map(|entry| choice(variant, entry, right.contains(&entry.key)))
                    .collect(),
                shuffle: true,
            }
        }
        (Interaction::Order { entries }, Key::Order { right }) => {
            let texts: Option<Vec<&str>> = right.iter().map(|key| text_of(entries, key)).collect();
            Answer::Order(texts?.into_iter().map(str::to_string).collect())
        }
        (Interaction::Match { left, right: sides }, Key::Pairs { right }) => {
            let mut pairs = Vec::new();
            for (from, to) in right {
                pairs.push((
                    text_of(left, from)?.to_string(),
                    text_of(sides, to)?.to_string(),
                ));
            }
            let extra = sides
                .iter()
                .filter(|side| !right.iter().any(|(_, to)| *to == side.key));
            Answer::Match {
                pairs,
                extra: extra.map(|side| side.text.clone()).collect(),
            }
        }
        (Interaction::NumberLine { from, to, step }, Key::Point { value }) => Answer::NumberLine {
            from: from.clone(),
            to: to.clone(),
            step: step.clone(),
            at: value.clone(),
        },
        (Interaction::InlineChoice { gaps }, Key::Gaps { right }) => {
            let menus = gaps.iter().zip(right).enumerate();
            Answer::Menus(
                menus
                    .map(|(gap, (menu, right))| {
                        let each = menu.iter().map(|entry| Choice {
                            text: entry.text.clone(),
                            right: entry.key == *right,
                            feedback: said_at(variant, gap, &entry.key),
                        });
                        each.collect()
                    })
                    .collect(),
            )
        }
        (Interaction::GapMatch { bank, .. }, Key::Gaps { right }) => {
            let rights: Option<Vec<&str>> = right.iter().map(|key| text_of(bank, key)).collect();
            let extra = bank.iter().filter(|word| !right.contains(&word.key));
            Answer::Bank {
                right: rights?.into_iter().map(str::to_string).collect(),
                extra: extra.map(|word| word.text.clone()).collect(),
            }
        }
        _ => return drawn_or_filled(variant),
    })
}

/// The answer of a variant that is answered on a picture or by writing.
fn drawn_or_filled(variant: &Variant) -> Option<Answer> {
    Some(match (&variant.presentation.interaction, &variant.key) {
        (Interaction::Hotspot { .. } | Interaction::GraphicOrder { .. }, _) => {
            return drawn::from_variant(variant);
        }
        (Interaction::Plot { from, to, step, .. }, key) => Answer::Plot {
            grid: Grid {
                from: from.clone(),
                to: to.clone(),
                step: step.clone(),
            },
            goal: match key {
                Key::Plot { points } => GridGoal::Points(points.clone()),
                Key::Line {
                    slope, intercept, ..
                } => GridGoal::Line(slope.clone(), intercept.clone()),
                _ => return None,
            },
        },
        (Interaction::TableEntry { columns, rows, .. }, Key::Cells { right }) => Answer::Table {
            columns: columns.clone(),
            rows: rows.clone(),
            cells: right.iter().map(cell).collect::<Option<_>>()?,
        },
        (Interaction::Written { longest }, Key::Written { rubric, sample }) => Answer::Written {
            longest: *longest,
            rubric: rubric.clone(),
            sample: sample.clone(),
        },
        (Interaction::Upload { takes }, Key::Written { rubric, sample }) => Answer::Upload {
            takes: takes.clone(),
            rubric: rubric.clone(),
            sample: sample.clone(),
        },
        (interaction, key) => return typed(interaction, any(key)),
    })
}

fn cell(key: &Key) -> Option<Cell> {
    match key {
        Key::Number {
            value, tolerance, ..
        } => Some(Cell::Number(Accepted {
            value: value.clone(),
            tolerance: tolerance.clone(),
        })),
        Key::Text {
            answers,
            close,
            cased,
        } => Some(Cell::Text {
            answers: answers.clone(),
            close: *close,
            cased: *cased,
        }),
        _ => None,
    }
}

/// What is said when this option is chosen in a gap.
fn said_at(variant: &Variant, gap: usize, key: &str) -> String {
    let said = variant.mix_ups.iter().find(
        |one| matches!(&one.pattern, MixPattern::Gap(place, given) if *place == gap && given == key),
    );
    said.map(|one| one.feedback.clone()).unwrap_or_default()
}

fn choice(variant: &Variant, entry: &Entry, right: bool) -> Choice {
    let said = variant
        .mix_ups
        .iter()
        .find(|mix_up| matches!(&mix_up.pattern, MixPattern::Option(key) if *key == entry.key));
    Choice {
        text: entry.text.clone(),
        right,
        feedback: said
            .map(|mix_up| mix_up.feedback.clone())
            .unwrap_or_default(),
    }
}

fn typed(interaction: &Interaction, keys: &[Key]) -> Option<Answer> {
    let mut numbers = Vec::new();
    let mut words = Vec::new();
    for key in keys {
        match key {
            Key::Number {
                value, tolerance, ..
            } => numbers.push(Accepted {
                value: value.clone(),
                tolerance: tolerance.clone(),
            }),
            Key::Words { typed } => words.push(typed.clone()),
            Key::Text { answers, .. } => words.extend(answers.iter().cloned()),
            Key::Expression { typed, .. } if keys.len() == 1 => {
                return Some(Answer::Expression(typed.clone()));
            }
            Key::Equation { typed } if keys.len() == 1 => {
                return Some(Answer::Equation(typed.clone()));
            }
            _ => return None,
        }
    }
    let unit = match interaction {
        Interaction::Numeric { unit } => unit.clone(),
        _ => None,
    };
    match (numbers.is_empty(), words.is_empty()) {
        (false, true) => Some(Answer::Number {
            accepted: numbers,
            unit,
        }),
        (true, false) => Some(Answer::Words(words)),
        _ => None,
    }
}
