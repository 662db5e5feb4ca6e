//! Writing a variant: every text of a template filled with the values that a seed draws.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use trellis_stats::random::Random;

use super::cells::phrases;
use super::evaluate::Value;
use super::expression::Expression;
use super::figure::{Figure, check_line};
use super::interaction::{Interaction, Presentation};
use super::number::Number;
use super::plot::Plotted;
use super::reading::{key_in_gap, keys_of_order, keys_of_pair};
use super::regions::Known;
use super::template::{Answer, MixAnswer, OptionTemplate, Template};
use super::text::Text;
use super::variant::{Hint, Key, MixPattern, Variant, VariantFault, VariantMixUp};
use super::writer::{Writer, distinct, enter, shuffled};
use crate::framework::InterestId;

/// The values of one draw, from which every text of the variant is written.
#[derive(Debug, Clone)]
pub struct Drawn {
    seed: u64,
    values: Vec<Value>,
    shuffles: Random,
}

/// All that an answer is judged by.
struct Judged {
    interaction: Interaction,
    key: Key,
    mix_ups: Vec<VariantMixUp>,
    /// The regions of the drawing, as the learner sees them.
    regions: Known,
}

impl Template {
    /// Random values for a seed.
    ///
    /// # Errors
    /// [`VariantFault`] when the parameters cannot be drawn or no values meet the conditions.
    pub fn draw(&self, seed: u64) -> Result<Drawn, VariantFault> {
        let mut draws = Random::new(seed);
        let values = self.parameters.draw(&mut draws).map_err(|what| {
            let (field, values) = ("parameters".to_string(), format!("seed {seed}"));
            VariantFault {
                field,
                values,
                what,
            }
        })?;
        Ok(Drawn {
            seed,
            values,
            shuffles: draws,
        })
    }

    /// "a = 2, b = 3": the values of a draw, for an author.
    #[must_use]
    pub fn describe(&self, drawn: &Drawn) -> String {
        self.parameters.describe(&drawn.values)
    }

    /// The variant of a seed, in the story of an interest where the item has one.
    ///
    /// # Errors
    /// [`VariantFault`]: the item has a fault; a checked course has none.
    pub fn variant(&self, seed: u64, interest: Option<&str>) -> Result<Variant, VariantFault> {
        self.write(&self.draw(seed)?, interest)
    }

    /// What judging an answer to the variant of a seed needs: how it is answered, its key and its mix-ups, all as in
    /// [`Template::variant`]; its other texts stay empty. The story changes none of it.
    ///
    /// # Errors
    /// As [`Template::variant`].
    pub fn variant_to_judge(&self, seed: u64) -> Result<Variant, VariantFault> {
        let drawn = self.draw(seed)?;
        let writer = Writer {
            parameters: &self.parameters,
            values: &drawn.values,
        };
        // Regions of a drawing are answers; of other figures no answer depends.
        let mut figure = match &self.figure {
            Some(Figure::Drawing { .. }) => self.write_figure(&writer)?,
            _ => None,
        };
        let Judged {
            interaction,
            key,
            mix_ups,
            ..
        } = self.write_judged(&writer, figure.as_mut(), drawn.shuffles)?;
        Ok(Variant {
            item: self.source().id.clone(),
            seed,
            interest: None,
            presentation: Presentation {
                body: String::new(),
                stem: String::new(),
                figure: None,
                interaction,
            },
            key,
            hints: Vec::new(),
            solution: Vec::new(),
            result: None,
            mix_ups,
        })
    }

    /// The stem of a draw in the story of an interest.
    ///
    /// # Errors
    /// As [`Template::variant`].
    pub fn write_stem(
        &self,
        drawn: &Drawn,
        interest: Option<&str>,
    ) -> Result<String, VariantFault> {
        let writer = Writer {
            parameters: &self.parameters,
            values: &drawn.values,
        };
        match self.context(interest) {
            Some((index, (_, text))) => writer.markup(&format!("context[{index}].stem"), text),
            None => writer.markup("stem", &self.stem),
        }
    }

    fn context(&self, interest: Option<&str>) -> Option<(usize, &(InterestId, Text))> {
        let interest = interest?;
        self.contexts
            .iter()
            .enumerate()
            .find(|(_, (id, _))| id.as_str() == interest)
    }

    /// Writes all texts of a draw.
    ///
    /// # Errors
    /// As [`Template::variant`].
    pub fn write(&self, drawn: &Drawn, interest: Option<&str>) -> Result<Variant, VariantFault> {
        let writer = Writer {
            parameters: &self.parameters,
            values: &drawn.values,
        };
        let stem = self.write_stem(drawn, interest)?;
        let mut figure = self.write_figure(&writer)?;
        let Judged {
            interaction,
            key,
            mix_ups,
            regions,
        } = self.write_judged(&writer, figure.as_mut(), drawn.shuffles.clone())?;
        let result = self.write_result(&writer, &regions)?;
        let hints = writer.all("hints", &self.hints)?;
        let hints = hints.into_iter().map(|text| Hint {
            text,
            needs: Vec::new(),
            scaffold: None,
        });
        Ok(Variant {
            item: self.source().id.clone(),
            seed: drawn.seed,
            interest: self.context(interest).map(|(_, (id, _))| id.clone()),
            presentation: Presentation {
                body: String::new(),
                stem,
                figure,
                interaction,
            },
            key,
            hints: hints.collect(),
            solution: writer.all("solution", &self.solution)?,
            result,
            mix_ups,
        })
    }

    fn write_judged(
        &self,
        writer: &Writer<'_>,
        figure: Option<&mut Figure>,
        mut shuffles: Random,
    ) -> Result<Judged, VariantFault> {
        let regions = Known::of(writer, figure, &mut shuffles)?;
        let (interaction, key, mut mix_ups) = self.write_answer(writer, &mut shuffles, &regions)?;
        let asked = Asked {
            interaction: &interaction,
            key: &key,
            regions: &regions,
        };
        self.write_mix_ups(writer, &asked, &mut mix_ups)?;
        Ok(Judged {
            interaction,
            key,
            mix_ups,
            regions,
        })
    }

    fn write_figure(&self, writer: &Writer<'_>) -> Result<Option<Figure>, VariantFault> {
        let Some(figure) = &self.figure else {
            return Ok(None);
        };
        let figure = figure.try_map(
            |expression| writer.number("figure", expression),
            |text| writer.markup("figure", text),
        )?;
        figure
            .check()
            .map_err(|what| writer.fault("figure", what))?;
        Ok(Some(figure))
    }

    fn write_result(
        &self,
        writer: &Writer<'_>,
        regions: &Known,
    ) -> Result<Option<String>, VariantFault> {
        let Some(text) = &self.result else {
            return Ok(None);
        };
        let result = match &self.answer {
            Answer::Options { .. }
            | Answer::Sequence(_)
            | Answer::Match { .. }
            | Answer::Gaps(_)
            | Answer::Written(_)
            | Answer::Text { .. } => writer.markup("result", text)?,
            Answer::Regions(_) => {
                let ids = writer.markup("result", text)?;
                let texts = regions.texts(&ids);
                texts.map_err(|what| writer.fault("result", what))?
            }
            _ => writer.typed("result", text)?,
        };
        Ok(Some(result))
    }

    fn write_answer(
        &self,
        writer: &Writer<'_>,
        shuffles: &mut Random,
        regions: &Known,
    ) -> Result<(Interaction, Key, Vec<VariantMixUp>), VariantFault> {
        let (interaction, key) = match &self.answer {
            Answer::Number { .. } => self.write_number(writer)?,
            Answer::Expression { typed, form } => {
                let typed = writer.typed("answer", typed)?;
                (
                    Interaction::Expression { form: *form },
                    Key::Expression { typed, form: *form },
                )
            }
            Answer::Equation { typed } => (
                Interaction::Equation,
                Key::Equation {
                    typed: writer.typed("answer", typed)?,
                },
            ),
            Answer::Options { options, multiple } => {
                return self.write_options(writer, shuffles, options, *multiple);
            }
            Answer::Sequence(texts) => order(writer.all("sequence", texts)?, shuffles),
            Answer::Sort(entries) => order(sorted(writer, entries)?, shuffles),
            Answer::Match { pairs, extra } => write_pairs(writer, shuffles, pairs, extra)?,
            Answer::Point {
                value,
                from,
                to,
                step,
            } => write_point(writer, value, [from, to, step])?,
            Answer::Text { answers, how } => {
                let answers = phrases(writer, "answers", answers)?;
                let (close, cased) = (how.close, how.cased);
                let key = Key::Text {
                    answers,
                    close,
                    cased,
                };
                (Interaction::Text, key)
            }
            Answer::Gaps(gaps) => return gaps.write(writer, shuffles),
            Answer::Cells(cells) => cells.write(writer)?,
            Answer::Regions(answer) => answer.write(writer, regions)?,
            Answer::Plot(plot) => plot.write(writer)?,
            Answer::Written(written) => written.write(writer)?,
        };
        Ok((interaction, key, Vec::new()))
    }

    fn write_number(&self, writer: &Writer<'_>) -> Result<(Interaction, Key), VariantFault> {
        let Answer::Number {
            value,
            tolerance,
            form,
            unit,
        } = &self.answer
        else {
            return Err(writer.fault("answer", "this item has no number to find".to_string()));
        };
        let value = writer.number("answer", value)?;
        let tolerance = match tolerance {
            Some(expression) => writer.number("tolerance", expression)?,
            None => Number::whole(0),
        };
        let unit = unit
            .as_ref()
            .map(|text| writer.markup("unit", text))
            .transpose()?;
        let interaction = match self.source().kind {
            super::InteractionKind::Fraction => Interaction::Fraction { form: *form },
            _ => Interaction::Numeric { unit },
        };
        Ok((
            interaction,
            Key::Number {
                value,
                tolerance,
                form: *form,
            },
        ))
    }

    fn write_options(
        &self,
        writer: &Writer<'_>,
        shuffles: &mut Random,
        options: &[OptionTemplate],
        multiple: bool,
    ) -> Result<(Interaction, Key, Vec<VariantMixUp>), VariantFault> {
        let mut texts = Vec::with_capacity(options.len());
        let mut rights = Vec::with_capacity(options.len());
        for (index, option) in options.iter().enumerate() {
            texts.push(writer.markup(&format!("option[{index}].text"), &option.text)?);
            let right = option.right.truth(writer.values);
            let field = format!("option[{index}].right");
            rights.push(right.map_err(|what| writer.fault(&field, what))?);
        }
        distinct(writer, "option", &texts)?;
        let order = if self.source().shuffle {
            shuffled(texts.len(), shuffles, &[])
        } else {
            (0..texts.len()).collect()
        };
        let (shown, keys) = enter(texts, &order);
        let mut mix_ups = Vec::new();
        let mut right_keys = Vec::new();
        for (index, ((option, right), key)) in options.iter().zip(rights).zip(keys).enumerate() {
            if right {
                right_keys.push(key);
            } else if let Some((id, feedback)) = &option.mix_up {
                let field = format!("option[{index}].feedback");
                let feedback = feedback.as_ref().map(|text| writer.markup(&field, text));
                let feedback = feedback.transpose()?.unwrap_or_default();
                let pattern = MixPattern::Option(key);
                mix_ups.push(VariantMixUp {
                    id: id.clone(),
                    pattern,
                    feedback,
                });
            }
        }
        right_keys.sort();
        if multiple {
            if right_keys.is_empty() {
                return Err(writer.fault("option", "no option is right".to_string()));
            }
            let interaction = Interaction::MultipleChoice { options: shown };
            return Ok((interaction, Key::Choices { right: right_keys }, mix_ups));
        }
        let right = match right_keys.as_slice() {
            [right] => right.clone(),
            all => {
                let what = format!("exactly one option must be right, not {}", all.len());
                return Err(writer.fault("option", what));
            }
        };
        Ok((
            Interaction::Choice { options: shown },
            Key::Choice { right },
            mix_ups,
        ))
    }

    fn write_mix_ups(
        &self,
        writer: &Writer<'_>,
        asked: &Asked<'_>,
        out: &mut Vec<VariantMixUp>,
    ) -> Result<(), VariantFault> {
        for (index, mix_up) in self.mix_ups.iter().enumerate() {
            let field = format!("mixup[{index}].answer");
            let Some(pattern) = asked.pattern(writer, &field, &mix_up.answer)? else {
                continue;
            };
            let feedback = writer.markup(&format!("mixup[{index}].feedback"), &mix_up.feedback)?;
            out.push(VariantMixUp {
                id: mix_up.id.clone(),
                pattern,
                feedback,
            });
        }
        Ok(())
    }
}

/// What a variant asks: where the answers of mix-ups are looked up.
struct Asked<'a> {
    interaction: &'a Interaction,
    key: &'a Key,
    regions: &'a Known,
}

impl Asked<'_> {
    /// The pattern of a mix-up's answer; `None` where the item has nothing to turn round.
    fn pattern(
        &self,
        writer: &Writer<'_>,
        field: &str,
        answer: &MixAnswer,
    ) -> Result<Option<MixPattern>, VariantFault> {
        let fault = |what| writer.fault(field, what);
        let interaction = self.interaction;
        Ok(Some(match answer {
            MixAnswer::Value(expression) => MixPattern::Number(writer.number(field, expression)?),
            MixAnswer::Typed(text) => MixPattern::Typed(writer.typed(field, text)?),
            MixAnswer::Reversed => {
                let Key::Order { right } = self.key else {
                    return Ok(None);
                };
                MixPattern::Order(right.iter().rev().cloned().collect())
            }
            MixAnswer::Sequence(text) => {
                let text = writer.markup(field, text)?;
                MixPattern::Order(keys_of_order(interaction, &text).map_err(fault)?)
            }
            MixAnswer::Pair(text) => {
                let text = writer.markup(field, text)?;
                let (left, right) = keys_of_pair(interaction, &text).map_err(fault)?;
                MixPattern::Pair(left, right)
            }
            MixAnswer::Phrase(texts) => MixPattern::Phrase(phrases(writer, field, texts)?),
            MixAnswer::Gap(gap, text) => {
                let text = writer.markup(field, text)?;
                MixPattern::Gap(*gap, key_in_gap(interaction, *gap, &text).map_err(fault)?)
            }
            MixAnswer::Number(gap, expression) => {
                MixPattern::Gap(*gap, writer.number(field, expression)?.to_string())
            }
            MixAnswer::Region(text) => {
                let id = writer.markup(field, text)?;
                MixPattern::Option(self.regions.key(&id).map_err(fault)?)
            }
            MixAnswer::Regions(text) => {
                let ids = writer.markup(field, text)?;
                MixPattern::Order(self.regions.keys(&ids).map_err(fault)?)
            }
            MixAnswer::Plot(goal) => match goal.write(writer, field)? {
                Plotted::Points(points) => MixPattern::Points(points),
                Plotted::Line(slope, intercept) => MixPattern::Line(slope, intercept),
            },
        }))
    }
}

/// Entries whose right order is the one given.
fn order(texts: Vec<String>, shuffles: &mut Random) -> (Interaction, Key) {
    let in_order: Vec<usize> = (0..texts.len()).collect();
    let shown = shuffled(texts.len(), shuffles, &in_order);
    let (entries, right) = enter(texts, &shown);
    (Interaction::Order { entries }, Key::Order { right })
}

/// The texts of entries, sorted by their values.
fn sorted(
    writer: &Writer<'_>,
    entries: &[(Expression, Text)],
) -> Result<Vec<String>, VariantFault> {
    let mut sorted = Vec::with_capacity(entries.len());
    for (index, (expression, text)) in entries.iter().enumerate() {
        let field = format!("sort[{index}]");
        sorted.push((
            writer.number(&field, expression)?,
            writer.markup(&field, text)?,
        ));
    }
    sorted.sort();
    if sorted
        .windows(2)
        .any(|two| matches!(two, [a, b] if a.0 == b.0))
    {
        return Err(writer.fault("sort", "two entries have the same value".to_string()));
    }
    Ok(sorted.into_iter().map(|(_, text)| text).collect())
}

/// The key must be on a mark of the line: a learner can point at nothing else.
fn write_point(
    writer: &Writer<'_>,
    value: &Expression,
    [from, to, step]: [&Expression; 3],
) -> Result<(Interaction, Key), VariantFault> {
    let value = writer.number("answer", value)?;
    let from = writer.number("line.from", from)?;
    let to = writer.number("line.to", to)?;
    let step = writer.number("line.step", step)?;
    check_line(&from, &to, &step).map_err(|what| writer.fault("line", what))?;
    let on_mark = (&value - &from)
        .divided_by(&step)
        .is_some_and(|s| s.is_whole());
    if value < from || value > to || !on_mark {
        let what = format!("{value} is not a mark of the line from {from} to {to} by {step}");
        return Err(writer.fault("answer", what));
    }
    Ok((
        Interaction::NumberLine { from, to, step },
        Key::Point { value },
    ))
}

fn write_pairs(
    writer: &Writer<'_>,
    shuffles: &mut Random,
    pairs: &[(Text, Text)],
    extra: &[Text],
) -> Result<(Interaction, Key), VariantFault> {
    let mut lefts = Vec::with_capacity(pairs.len());
    let mut rights = Vec::with_capacity(pairs.len() + extra.len());
    for (index, (left, right)) in pairs.iter().enumerate() {
        lefts.push(writer.markup(&format!("pair[{index}].left"), left)?);
        rights.push(writer.markup(&format!("pair[{index}].right"), right)?);
    }
    rights.extend(writer.all("extra", extra)?);
    distinct(writer, "pair", &lefts)?;
    distinct(writer, "pair", &rights)?;
    let left_order = shuffled(lefts.len(), shuffles, &[]);
    let right_order = shuffled(rights.len(), shuffles, &left_order);
    let (left, left_keys) = enter(lefts, &left_order);
    let (right, right_keys) = enter(rights, &right_order);
    let mut keys: Vec<(String, String)> = left_keys.into_iter().zip(right_keys).collect();
    keys.sort();
    Ok((
        Interaction::Match { left, right },
        Key::Pairs { right: keys },
    ))
}
