//! A template as its author wrote it: plain texts, before they are understood.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::interaction::InteractionKind;
use crate::framework::{CompetencyId, InterestId, ItemId, MixUpId};

/// An option of a `choice` or `multiple-choice` template.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OptionText {
    /// What the learner reads.
    pub text: String,
    /// An expression that says whether it is right; `None` is wrong.
    pub right: Option<String>,
    /// What choosing it when it is wrong reveals.
    pub mix_up: Option<MixUpId>,
    /// What to say then.
    pub feedback: Option<String>,
}

/// The line of a `number-line` template, as expressions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineText {
    /// Left end.
    pub from: String,
    /// Right end.
    pub to: String,
    /// Distance between marks.
    pub step: String,
}

/// A mix-up of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MixUpText {
    /// Which.
    pub id: MixUpId,
    /// The answer that it leads to, in the form of the item's kind.
    pub answer: String,
    /// What to say to the learner.
    pub feedback: String,
    /// The answers that it leads to, for a `text` item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// The points that it leads to, for a `plot` item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<(String, String)>,
    /// Slope and intercept of the line that it leads to, for a `plot` item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<(String, String)>,
}

/// A gap of an `inline-choice`, `gap-match` or `table-entry` template.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GapText {
    /// The right option or word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// The wrong options of a menu.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<OptionText>,
    /// An expression: the number of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The words that are right in a cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// How far a number may be from the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
}

/// A level of a rubric, as written.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LevelText {
    /// What it gives: a whole number.
    pub points: String,
    /// What an answer at this level does.
    pub says: String,
}

/// A criterion of a rubric, as written.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CriterionText {
    /// Its name; may be empty where there is only one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// From the fewest points to the most.
    pub levels: Vec<LevelText>,
}

/// The keys of the kinds of answer that are no mathematics, and of those with several parts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PartsText {
    /// All right words or phrases, or all right regions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// `close` or `exact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelling: Option<String>,
    /// `matter`, where capitals do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capitals: Option<String>,
    /// The gaps, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<GapText>,
    /// Heads of the columns of a table to fill.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Its rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<String>>,
    /// The marks of a grid, along both axes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<LineText>,
    /// The points to plot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<(String, String)>,
    /// Slope and intercept of the line to plot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<(String, String)>,
    /// The rubric of an answer in writing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<CriterionText>,
    /// An answer in writing that gets all points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// The most characters of an answer in writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<String>,
    /// What a file that is handed in may be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<String>,
    /// Whether the item says that it has few variants, so that it is not asked again soon.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub few: bool,
}

impl TemplateText {
    /// An item of a kind with nothing in it yet: of middle difficulty, for two minutes.
    #[must_use]
    pub fn empty(id: ItemId, competency: CompetencyId, kind: InteractionKind) -> Self {
        Self {
            id,
            competency,
            kind,
            level: 2,
            usual_seconds: 120,
            stem: String::new(),
            answer: None,
            form: None,
            tolerance: None,
            unit: None,
            conditions: Vec::new(),
            parameters: Vec::new(),
            hints: Vec::new(),
            solution: Vec::new(),
            result: None,
            options: Vec::new(),
            shuffle: true,
            sequence: Vec::new(),
            sort: Vec::new(),
            pairs: Vec::new(),
            extra: Vec::new(),
            line: None,
            mix_ups: Vec::new(),
            contexts: Vec::new(),
            figure: None,
            parts: PartsText::default(),
        }
    }

    /// Whether a seed draws the same question with the same answer from both: they may differ in the help and in what is
    /// said to wrong answers. Then one may take the place of the other while learners are in the middle of it.
    #[must_use]
    pub fn asks_the_same(&self, other: &Self) -> bool {
        self.hints.len() == other.hints.len() && self.question() == other.question()
    }

    /// The mix-ups that it names, in options, gaps and on their own.
    pub fn mix_up_ids(&self) -> impl Iterator<Item = &MixUpId> {
        let gaps = self.parts.gaps.iter().flat_map(|gap| &gap.wrong);
        let options = self.options.iter().chain(gaps);
        let options = options.filter_map(|option| option.mix_up.as_ref());
        options.chain(self.mix_ups.iter().map(|mix_up| &mix_up.id))
    }

    /// The texts without those that only help.
    fn question(&self) -> Self {
        let mut text = self.clone();
        text.level = 0;
        text.usual_seconds = 0;
        text.hints.clear();
        text.solution.clear();
        text.result = None;
        text.mix_ups.clear();
        let gaps = text.parts.gaps.iter_mut();
        let options = gaps.flat_map(|gap| &mut gap.wrong);
        for option in text.options.iter_mut().chain(options) {
            option.mix_up = None;
            option.feedback = None;
        }
        text
    }
}

impl PartsText {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The same question in another story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextText {
    /// Whose story.
    pub interest: InterestId,
    /// The stem that replaces the item's own.
    pub stem: String,
}

/// A template as written. [`super::Template::compile`] understands it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemplateText {
    /// Unique in the bank.
    pub id: ItemId,
    /// What it shows.
    pub competency: CompetencyId,
    /// Its kind of answer.
    pub kind: InteractionKind,
    /// 1 easy, 2 middle, 3 hard, within the competency.
    pub level: u8,
    /// How long it takes most learners, in seconds.
    pub usual_seconds: u32,
    /// The question.
    pub stem: String,
    /// The key, for kinds that have one.
    pub answer: Option<String>,
    /// The form asked for.
    pub form: Option<String>,
    /// How far a number may be from the key.
    pub tolerance: Option<String>,
    /// Shown behind the box.
    pub unit: Option<String>,
    /// Conditions of every variant.
    pub conditions: Vec<String>,
    /// Names and texts of parameters, in the order of drawing.
    pub parameters: Vec<(String, String)>,
    /// From a nudge to nearly done.
    pub hints: Vec<String>,
    /// The worked steps.
    pub solution: Vec<String>,
    /// Where the worked solution arrives, as typed.
    pub result: Option<String>,
    /// Options.
    pub options: Vec<OptionText>,
    /// Whether options are shuffled.
    pub shuffle: bool,
    /// Texts in the right order.
    pub sequence: Vec<String>,
    /// Expressions to sort, smallest first.
    pub sort: Vec<String>,
    /// Left and right sides that belong together.
    pub pairs: Vec<(String, String)>,
    /// Right sides without a partner.
    pub extra: Vec<String>,
    /// The line to point at.
    pub line: Option<LineText>,
    /// Named misconceptions and their answers.
    pub mix_ups: Vec<MixUpText>,
    /// Other stories.
    pub contexts: Vec<ContextText>,
    /// A picture.
    pub figure: Option<Figure<String, String>>,
    /// The keys of further kinds of answer. Left out where there are none, so that the stored form of older items,
    /// and with it the name of their content, stays as it was.
    #[serde(default, skip_serializing_if = "PartsText::is_default")]
    pub parts: PartsText,
}
