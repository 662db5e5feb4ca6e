//! Sentences with gaps: a menu in each, or words of a bank; how they are understood and written.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use trellis_stats::random::Random;

use super::compiler::Compiler;
use super::interaction::Interaction;
use super::markup;
use super::source::{GapText, TemplateText};
use super::text::Text;
use super::variant::{Key, MixPattern, VariantFault, VariantMixUp};
use super::writer::{Writer, distinct, enter, shuffled};
use crate::framework::MixUpId;

/// A wrong option of a menu, with what choosing it reveals.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wrong {
    text: Text,
    mix_up: Option<(MixUpId, Text)>,
}

/// The gaps of a template, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Gaps {
    /// For each gap its right option and its wrong ones.
    Menus(Vec<(Text, Vec<Wrong>)>),
    /// The right word of each gap, and words without a gap.
    Bank { right: Vec<Text>, extra: Vec<Text> },
}

/// What a variant asks, its key, and the mix-ups that stand at its options.
pub(super) type Written = (Interaction, Key, Vec<VariantMixUp>);

/// Understands `inline-choice`.
pub(super) fn menus(c: &mut Compiler, source: &TemplateText) -> Option<Gaps> {
    gaps_of_stems(c, source)?;
    let mut out = Vec::new();
    for (index, gap) in source.parts.gaps.iter().enumerate() {
        let right = right(c, index, gap);
        if gap.wrong.is_empty() {
            let field = format!("gap[{index}].wrong");
            c.fault(&field, "a menu needs at least one wrong option");
        }
        let mut wrongs = Vec::new();
        for (place, option) in gap.wrong.iter().enumerate() {
            let field = format!("gap[{index}].wrong[{place}]");
            let feedback = option.feedback.as_deref();
            if option.mix_up.is_some() != feedback.is_some() {
                c.fault(&field, "a mixup and its feedback stand together");
            }
            let text = c.text(&field, &option.text);
            let feedback = feedback.and_then(|text| c.text(&format!("{field}.feedback"), text));
            wrongs.extend(text.map(|text| Wrong {
                text,
                mix_up: option.mix_up.clone().zip(feedback),
            }));
        }
        out.extend(right.map(|right| (right, wrongs)));
    }
    (out.len() == source.parts.gaps.len()).then_some(Gaps::Menus(out))
}

/// Understands `gap-match`.
pub(super) fn bank(c: &mut Compiler, source: &TemplateText) -> Option<Gaps> {
    gaps_of_stems(c, source)?;
    let mut rights = Vec::new();
    for (index, gap) in source.parts.gaps.iter().enumerate() {
        rights.extend(right(c, index, gap));
    }
    if rights.len() + source.extra.len() < 2 {
        c.fault(
            "gap",
            "the bank needs at least two words: add extra = [\"..\"]",
        );
        return None;
    }
    let extra = c.texts("extra", &source.extra);
    (rights.len() == source.parts.gaps.len()).then_some(Gaps::Bank {
        right: rights,
        extra,
    })
}

fn right(c: &mut Compiler, index: usize, gap: &GapText) -> Option<Text> {
    let field = format!("gap[{index}].right");
    match gap.right.as_deref() {
        Some(text) => c.text(&field, text),
        None => {
            c.fault(&field, "this gap needs right = \"..\"");
            None
        }
    }
}

/// The stem and each story hold every gap once, and no other.
fn gaps_of_stems(c: &mut Compiler, source: &TemplateText) -> Option<()> {
    let count = source.parts.gaps.len();
    if count == 0 {
        c.fault(
            "kind",
            format!("kind \"{}\" needs [[item.gap]]", source.kind.name()),
        );
        return None;
    }
    let stories = source.contexts.iter().enumerate();
    let stories = stories.map(|(index, story)| (format!("context[{index}].stem"), &story.stem));
    for (field, stem) in [("stem".to_string(), &source.stem)]
        .into_iter()
        .chain(stories)
    {
        if let Err(what) = check_numbers(markup::gaps(stem), count) {
            c.fault(&field, what);
        }
    }
    Some(())
}

/// Says which gap is missing, twice there or unknown, if one is.
pub(super) fn check_numbers(mut found: Vec<usize>, count: usize) -> Result<(), String> {
    found.sort_unstable();
    for number in 1..=count {
        match found.iter().filter(|other| **other == number).count() {
            0 => return Err(format!("the gap [[{number}]] is missing here")),
            1 => {}
            _ => return Err(format!("the gap [[{number}]] is here twice")),
        }
    }
    match found.last() {
        Some(last) if *last > count => Err(format!("there is no [[item.gap]] for [[{last}]]")),
        _ => Ok(()),
    }
}

/// Reads `gap 2 -> text` of a mix-up: the gap, counted from 0, and the text.
pub(super) fn gap_and_text(text: &str, count: usize) -> Result<(usize, &str), String> {
    let (gap, given) = text.split_once("->").ok_or("write gap 1 -> text")?;
    let number = gap.trim().strip_prefix("gap").map(str::trim);
    let number: usize = number
        .and_then(|number| number.parse().ok())
        .ok_or("write gap 1 -> text")?;
    if number == 0 || number > count {
        return Err(format!("there is no gap {number}; there are {count}"));
    }
    Ok((number - 1, given.trim()))
}

impl Gaps {
    /// Writes the menus or the bank of a draw.
    pub(super) fn write(
        &self,
        writer: &Writer<'_>,
        shuffles: &mut Random,
    ) -> Result<Written, VariantFault> {
        match self {
            Self::Menus(menus) => write_menus(writer, shuffles, menus),
            Self::Bank { right, extra } => {
                let mut texts = Vec::with_capacity(right.len() + extra.len());
                for (index, text) in right.iter().enumerate() {
                    texts.push(writer.markup(&format!("gap[{index}].right"), text)?);
                }
                texts.extend(writer.all("extra", extra)?);
                distinct(writer, "gap", &texts)?;
                let order = shuffled(texts.len(), shuffles, &[]);
                let (bank, mut keys) = enter(texts, &order);
                keys.truncate(right.len());
                let gaps = right.len();
                Ok((
                    Interaction::GapMatch { gaps, bank },
                    Key::Gaps { right: keys },
                    Vec::new(),
                ))
            }
        }
    }
}

fn write_menus(
    writer: &Writer<'_>,
    shuffles: &mut Random,
    menus: &[(Text, Vec<Wrong>)],
) -> Result<Written, VariantFault> {
    let mut gaps = Vec::with_capacity(menus.len());
    let mut rights = Vec::with_capacity(menus.len());
    let mut mix_ups = Vec::new();
    for (index, (right, wrongs)) in menus.iter().enumerate() {
        let mut texts = vec![writer.markup(&format!("gap[{index}].right"), right)?];
        for (place, wrong) in wrongs.iter().enumerate() {
            texts.push(writer.markup(&format!("gap[{index}].wrong[{place}]"), &wrong.text)?);
        }
        distinct(writer, &format!("gap[{index}]"), &texts)?;
        // The right one stands first in the file: a menu is always shuffled.
        let order = shuffled(texts.len(), shuffles, &[]);
        let (entries, keys) = enter(texts, &order);
        let mut keys = keys.into_iter();
        rights.extend(keys.next());
        for (place, (wrong, key)) in wrongs.iter().zip(keys).enumerate() {
            if let Some((id, feedback)) = &wrong.mix_up {
                let field = format!("gap[{index}].wrong[{place}].feedback");
                mix_ups.push(VariantMixUp {
                    id: id.clone(),
                    pattern: MixPattern::Gap(index, key),
                    feedback: writer.markup(&field, feedback)?,
                });
            }
        }
        gaps.push(entries);
    }
    Ok((
        Interaction::InlineChoice { gaps },
        Key::Gaps { right: rights },
        mix_ups,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_stands_once() {
        for (found, count, said) in [
            (vec![1, 2], 2, None),
            (vec![2, 1], 2, None),
            (vec![1], 2, Some("the gap [[2]] is missing here")),
            (vec![1, 1, 2], 2, Some("the gap [[1]] is here twice")),
            (vec![1, 2, 5], 2, Some("there is no [[item.gap]] for [[5]]")),
        ] {
            let result = check_numbers(found.clone(), count);
            assert_eq!(result.err().as_deref(), said, "{found:?}");
        }
    }

    #[test]
    fn a_mix_up_names_its_gap() {
        assert_eq!(gap_and_text("gap 2 -> the sun", 2), Ok((1, "the sun")));
        for text in [
            "gap 3 -> x",
            "gap 0 -> x",
            "gap -> x",
            "2 -> x",
            "gap 1",
            "",
        ] {
            assert!(gap_and_text(text, 2).is_err(), "{text}");
        }
    }
}
