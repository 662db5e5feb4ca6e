//! Answers in writing and files to hand in: how an item asks for them, with a rubric and a sample, and what fits.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::compiler::Compiler;
use super::interaction::{Interaction, InteractionKind};
use super::judgement::{Awaits, Graded};
use super::rubric::{Criterion, Rubric, RubricLevel};
use super::source::{CriterionText, TemplateText};
use super::text::Text;
use super::upload::{self, FileKind};
use super::variant::{Key, VariantFault};
use super::writer::Writer;

/// The most characters of an answer in writing, where the author says nothing.
pub const USUAL_WRITTEN: u32 = 1_200;
/// The most characters that an author may allow: a page of text.
pub const LONGEST_WRITTEN: u32 = 3_000;
/// The fewest characters that an author may ask an answer to fit into: a sentence.
const SHORTEST_WRITTEN: u32 = 80;
/// The most criteria of a rubric.
pub const MOST_CRITERIA: usize = 4;
/// The most levels of a criterion.
pub const MOST_LEVELS: usize = 6;
/// The most points that one criterion gives.
const MOST_POINTS: u8 = 10;

/// A level, understood.
#[derive(Debug, Clone, PartialEq)]
struct LevelTemplate {
    points: u8,
    says: Text,
}

/// An answer in writing, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    criteria: Vec<(Text, Vec<LevelTemplate>)>,
    sample: Text,
    asks: Interaction,
}

/// Understands `written` and `upload`.
pub(super) fn compile(c: &mut Compiler, source: &TemplateText) -> Option<Written> {
    let parts = &source.parts;
    let count = parts.criteria.len();
    if !(1..=MOST_CRITERIA).contains(&count) {
        let kind = source.kind.name();
        let what = format!(
            "kind \"{kind}\" needs rubric = [{{ points = 0, says = \"..\" }}, ..] or one to {MOST_CRITERIA} [[item.criterion]]"
        );
        c.fault("kind", what);
        return None;
    }
    let mut criteria = Vec::with_capacity(count);
    for (index, criterion) in parts.criteria.iter().enumerate() {
        criteria.push(compile_criterion(c, index, count, criterion));
    }
    let Some(sample) = parts.sample.as_deref() else {
        let kind = source.kind.name();
        let what = format!("kind \"{kind}\" needs sample = \"..\": an answer that gets all points");
        c.fault("kind", what);
        return None;
    };
    let sample = c.text("sample", sample)?;
    let asks = match source.kind {
        InteractionKind::Upload => takes(c, &parts.takes)?,
        _ => asks_for_words(c, parts.longest.as_deref())?,
    };
    if !source.mix_ups.is_empty() {
        c.fault(
            "mixup",
            "what a person scores shows no mix-up: leave it out",
        );
    }
    let criteria = criteria.into_iter().collect::<Option<_>>()?;
    Some(Written {
        criteria,
        sample,
        asks,
    })
}

/// Understands `takes`.
fn takes(c: &mut Compiler, names: &[String]) -> Option<Interaction> {
    match upload::kinds(names) {
        Ok(takes) if !takes.is_empty() => Some(Interaction::Upload { takes }),
        _ => {
            let known: Vec<&str> = FileKind::NAMES.iter().map(|(name, _)| *name).collect();
            let known = known.join(", ");
            let field = if names.is_empty() { "kind" } else { "takes" };
            c.fault(
                field,
                format!("kind \"upload\" needs takes = [\"..\"], each once: {known}"),
            );
            None
        }
    }
}

/// Understands `longest`.
fn asks_for_words(c: &mut Compiler, longest: Option<&str>) -> Option<Interaction> {
    let longest = match longest.map(str::parse::<u32>) {
        None => USUAL_WRITTEN,
        Some(Ok(longest)) if (SHORTEST_WRITTEN..=LONGEST_WRITTEN).contains(&longest) => longest,
        Some(_) => {
            let what = format!(
                "longest is a number of characters from {SHORTEST_WRITTEN} to {LONGEST_WRITTEN}"
            );
            c.fault("longest", what);
            return None;
        }
    };
    Some(Interaction::Written { longest })
}

fn compile_criterion(
    c: &mut Compiler,
    index: usize,
    count: usize,
    source: &CriterionText,
) -> Option<(Text, Vec<LevelTemplate>)> {
    let field = if count == 1 && source.name.is_empty() {
        String::from("rubric")
    } else {
        format!("criterion[{index}]")
    };
    if count > 1 && source.name.trim().is_empty() {
        c.fault(&field, "each of several criteria needs a name");
    }
    let levels = &source.levels;
    if !(2..=MOST_LEVELS).contains(&levels.len()) {
        c.fault(&field, format!("a criterion has 2 to {MOST_LEVELS} levels"));
        return None;
    }
    let mut out = Vec::with_capacity(levels.len());
    let mut last = None;
    for level in levels {
        let points = level.points.parse::<u8>().ok();
        let Some(points) = points.filter(|points| *points <= MOST_POINTS) else {
            let what = format!("points are a whole number from 0 to {MOST_POINTS}");
            c.fault(&field, what);
            return None;
        };
        if last.is_some_and(|last| points <= last) || (last.is_none() && points != 0) {
            c.fault(&field, "points begin with 0 and rise from level to level");
        }
        last = Some(points);
        out.push(LevelTemplate {
            points,
            says: c.text(&field, &level.says)?,
        });
    }
    Some((c.text(&field, &source.name)?, out))
}

impl Written {
    /// Writes the rubric and the sample of a draw.
    pub(super) fn write(&self, writer: &Writer<'_>) -> Result<(Interaction, Key), VariantFault> {
        let mut criteria = Vec::with_capacity(self.criteria.len());
        for (name, levels) in &self.criteria {
            let mut out = Vec::with_capacity(levels.len());
            for level in levels {
                out.push(RubricLevel {
                    points: level.points,
                    says: writer.markup("rubric", &level.says)?,
                });
            }
            criteria.push(Criterion {
                name: writer.markup("criterion", name)?,
                levels: out,
            });
        }
        let interaction = self.asks.clone();
        let key = Key::Written {
            rubric: Rubric { criteria },
            sample: writer.markup("sample", &self.sample)?,
        };
        Ok((interaction, key))
    }
}

/// What the program itself can say about an answer in writing: whether there is one, and whether it fits.
pub(super) fn judge(longest: u32, text: &str) -> Graded {
    if text.trim().is_empty() {
        return Graded::unreadable(0, "Nothing is written yet.");
    }
    let most = usize::try_from(longest).unwrap_or(usize::MAX);
    match text.char_indices().nth(most) {
        Some((at, _)) => Graded::unreadable(
            at,
            &format!("This is longer than {longest} characters. Say it in fewer words."),
        ),
        None => Graded::awaits(Awaits::Rubric),
    }
}

#[cfg(test)]
mod tests {
    use super::super::judgement::Outcome;
    use super::*;

    #[test]
    fn what_is_there_and_fits_waits_for_a_person() {
        let outcome = |text: &str| judge(5, text).outcome;
        assert_eq!(outcome("äöü"), Outcome::Awaits(Awaits::Rubric));
        assert_eq!(outcome("äöüäö"), Outcome::Awaits(Awaits::Rubric));
        assert!(matches!(outcome(" \n "), Outcome::Unreadable { at: 0, .. }));
        // The sixth letter begins after ten bytes.
        assert!(matches!(
            outcome("äöüäöü"),
            Outcome::Unreadable { at: 10, .. }
        ));
    }
}
