//! Understanding a template: every text of it parsed once, with all faults found and their places.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::cells::{self, Cells};
use super::compiler::{Compiler, TemplateFault};
use super::draw::{Parameters, VariantCount};
use super::expression::{self, Expression};
use super::figure::Figure;
use super::gaps::{self, Gaps};
use super::interaction::{ExpressionForm, InteractionKind, NumberForm};
use super::plot::{self, Goal, Plot};
use super::regions::{self, Regions};
use super::source::{MixUpText, OptionText, TemplateText};
use super::text::{Text, parse_value};
use super::wording::Strictness;
use super::written::{self, Written};
use crate::framework::{InterestId, MixUpId};

/// An option, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OptionTemplate {
    pub(super) text: Text,
    pub(super) right: Expression,
    pub(super) mix_up: Option<(MixUpId, Option<Text>)>,
}

/// The key of a template, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    Number {
        value: Expression,
        tolerance: Option<Expression>,
        form: NumberForm,
        unit: Option<Text>,
    },
    Expression {
        typed: Text,
        form: ExpressionForm,
    },
    Equation {
        typed: Text,
    },
    Options {
        options: Vec<OptionTemplate>,
        multiple: bool,
    },
    Sequence(Vec<Text>),
    Sort(Vec<(Expression, Text)>),
    Match {
        pairs: Vec<(Text, Text)>,
        extra: Vec<Text>,
    },
    Point {
        value: Expression,
        from: Expression,
        to: Expression,
        step: Expression,
    },
    Text {
        answers: Vec<Text>,
        how: Strictness,
    },
    Gaps(Gaps),
    Cells(Cells),
    Regions(Regions),
    Plot(Plot),
    Written(Written),
}

/// The answer of a mix-up, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MixAnswer {
    Value(Expression),
    Typed(Text),
    Reversed,
    Sequence(Text),
    Pair(Text),
    Phrase(Vec<Text>),
    /// The gap, counted from 0, and what it holds.
    Gap(usize, Text),
    /// The same for a number in a cell.
    Number(usize, Expression),
    Region(Text),
    Regions(Text),
    Plot(Goal),
}

/// A mix-up of a template, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MixUpTemplate {
    pub(super) id: MixUpId,
    pub(super) answer: MixAnswer,
    pub(super) feedback: Text,
}

/// An item that a seed turns into variants. Stored as its author's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "TemplateText", into = "TemplateText")]
pub struct Template {
    source: TemplateText,
    pub(super) parameters: Parameters,
    pub(super) stem: Text,
    pub(super) contexts: Vec<(InterestId, Text)>,
    pub(super) answer: Answer,
    pub(super) figure: Option<Figure<Expression, Text>>,
    pub(super) hints: Vec<Text>,
    pub(super) solution: Vec<Text>,
    pub(super) result: Option<Text>,
    pub(super) mix_ups: Vec<MixUpTemplate>,
}

impl TryFrom<TemplateText> for Template {
    type Error = TemplateFault;
    fn try_from(source: TemplateText) -> Result<Self, TemplateFault> {
        Self::compile(source).map_err(|faults| {
            faults.into_iter().next().unwrap_or_else(|| TemplateFault {
                field: "stem".to_string(),
                at: 0,
                what: "this template cannot be read".to_string(),
            })
        })
    }
}

impl From<Template> for TemplateText {
    fn from(template: Template) -> Self {
        template.source
    }
}

impl Compiler {
    fn answer(&mut self, source: &TemplateText) -> Option<Answer> {
        match source.kind {
            InteractionKind::Numeric | InteractionKind::Fraction => {
                let value = self.answer_expression(source)?;
                let tolerance = source.tolerance.as_deref();
                let tolerance = match tolerance {
                    Some(text) => Some(self.expression("tolerance", text)?),
                    None => None,
                };
                let unit = match source.unit.as_deref() {
                    Some(text) => Some(self.text("unit", text)?),
                    None => None,
                };
                let form = match source.form.as_deref() {
                    None | Some("any") => NumberForm::Any,
                    Some("simplest") => NumberForm::Simplest,
                    Some("mixed") => NumberForm::Mixed,
                    Some(other) => return self.bad_form(other, "any, simplest, mixed"),
                };
                Some(Answer::Number {
                    value,
                    tolerance,
                    form,
                    unit,
                })
            }
            InteractionKind::Expression => {
                let typed = self.answer_text(source)?;
                let form = match source.form.as_deref() {
                    None | Some("any") => ExpressionForm::Any,
                    Some("expanded") => ExpressionForm::Expanded,
                    Some("factored") => ExpressionForm::Factored,
                    Some(other) => return self.bad_form(other, "any, expanded, factored"),
                };
                Some(Answer::Expression { typed, form })
            }
            InteractionKind::Equation => Some(Answer::Equation {
                typed: self.answer_text(source)?,
            }),
            InteractionKind::Choice => self.options(&source.options, false),
            InteractionKind::MultipleChoice => self.options(&source.options, true),
            InteractionKind::Order => self.order(source),
            InteractionKind::Match => self.pairs(source),
            InteractionKind::NumberLine => self.point(source),
            InteractionKind::Text => self.phrases(source),
            InteractionKind::InlineChoice => gaps::menus(self, source).map(Answer::Gaps),
            InteractionKind::GapMatch => gaps::bank(self, source).map(Answer::Gaps),
            InteractionKind::Hotspot => regions::hotspot(self, source).map(Answer::Regions),
            InteractionKind::GraphicOrder => regions::order(self, source).map(Answer::Regions),
            InteractionKind::Plot => plot::compile(self, source).map(Answer::Plot),
            InteractionKind::TableEntry => cells::compile(self, source).map(Answer::Cells),
            InteractionKind::Written | InteractionKind::Upload => {
                written::compile(self, source).map(Answer::Written)
            }
            InteractionKind::Words => {
                self.fault("kind", "\"words\" is for imported items only");
                None
            }
        }
    }

    fn phrases(&mut self, source: &TemplateText) -> Option<Answer> {
        if source.parts.answers.is_empty() {
            self.fault("kind", "kind \"text\" needs answers = [\"..\"]");
            return None;
        }
        let how = cells::spelling(self, source);
        let answers = self.texts("answers", &source.parts.answers);
        Some(Answer::Text { answers, how })
    }

    fn options(&mut self, options: &[OptionText], multiple: bool) -> Option<Answer> {
        if options.len() < 2 {
            self.fault("option", "at least two [[item.option]] are needed");
            return None;
        }
        let mut out = Vec::with_capacity(options.len());
        for (index, option) in options.iter().enumerate() {
            let text = self.text(&format!("option[{index}].text"), &option.text);
            let right = option.right.as_deref().unwrap_or("false");
            let right = self.expression(&format!("option[{index}].right"), right);
            let feedback = match option.feedback.as_deref() {
                Some(text) => Some(self.text(&format!("option[{index}].feedback"), text)?),
                None => None,
            };
            if option.mix_up.is_none() && feedback.is_some() {
                let field = format!("option[{index}].feedback");
                self.fault(&field, "feedback needs a mixup beside it");
            }
            let mix_up = option.mix_up.clone().map(|id| (id, feedback));
            out.push(OptionTemplate {
                text: text?,
                right: right?,
                mix_up,
            });
        }
        Some(Answer::Options {
            options: out,
            multiple,
        })
    }

    fn order(&mut self, source: &TemplateText) -> Option<Answer> {
        match (source.sequence.len(), source.sort.len()) {
            (2.., 0) => Some(Answer::Sequence(self.texts("sequence", &source.sequence))),
            (0, 2..) => {
                let mut out = Vec::new();
                for (index, text) in source.sort.iter().enumerate() {
                    let parsed = parse_value(text, &self.parameters.names);
                    out.extend(self.keep(&format!("sort[{index}]"), parsed));
                }
                Some(Answer::Sort(out))
            }
            _ => {
                self.fault(
                    "kind",
                    "order needs \"sequence\" or \"sort\" with at least two entries",
                );
                None
            }
        }
    }

    fn pairs(&mut self, source: &TemplateText) -> Option<Answer> {
        if source.pairs.len() < 2 {
            self.fault("pair", "at least two [[item.pair]] are needed");
            return None;
        }
        let mut pairs = Vec::new();
        for (index, (left, right)) in source.pairs.iter().enumerate() {
            let left = self.text(&format!("pair[{index}].left"), left);
            let right = self.text(&format!("pair[{index}].right"), right);
            pairs.push((left?, right?));
        }
        Some(Answer::Match {
            pairs,
            extra: self.texts("extra", &source.extra),
        })
    }

    fn point(&mut self, source: &TemplateText) -> Option<Answer> {
        let value = self.answer_expression(source)?;
        let Some(line) = &source.line else {
            self.fault(
                "kind",
                "number-line needs line = { from = .., to = .., step = .. }",
            );
            return None;
        };
        Some(Answer::Point {
            value,
            from: self.expression("line.from", &line.from)?,
            to: self.expression("line.to", &line.to)?,
            step: self.expression("line.step", &line.step)?,
        })
    }

    fn mix_up(
        &mut self,
        index: usize,
        source: &TemplateText,
        mix_up: &MixUpText,
    ) -> Option<MixUpTemplate> {
        let answer = self.mix_answer(index, source, mix_up);
        let feedback = self.text(&format!("mixup[{index}].feedback"), &mix_up.feedback);
        Some(MixUpTemplate {
            id: mix_up.id.clone(),
            answer: answer?,
            feedback: feedback?,
        })
    }

    fn mix_answer(
        &mut self,
        index: usize,
        source: &TemplateText,
        mix_up: &MixUpText,
    ) -> Option<MixAnswer> {
        let field = format!("mixup[{index}].answer");
        let text = mix_up.answer.as_str();
        match source.kind {
            InteractionKind::Numeric | InteractionKind::Fraction if text.contains("@{") => {
                self.text(&field, text).map(MixAnswer::Typed)
            }
            InteractionKind::Numeric | InteractionKind::Fraction | InteractionKind::NumberLine => {
                self.expression(&field, text).map(MixAnswer::Value)
            }
            InteractionKind::Expression | InteractionKind::Equation | InteractionKind::Words => {
                self.text(&field, text).map(MixAnswer::Typed)
            }
            InteractionKind::Order | InteractionKind::GraphicOrder if text.trim() == "reversed" => {
                Some(MixAnswer::Reversed)
            }
            InteractionKind::Order => self.text(&field, text).map(MixAnswer::Sequence),
            InteractionKind::Match => self.text(&field, text).map(MixAnswer::Pair),
            // The item is at fault already: an answer in writing has no mix-ups.
            InteractionKind::Written | InteractionKind::Upload => None,
            InteractionKind::Choice | InteractionKind::MultipleChoice => {
                self.fault(
                    &field,
                    "for options, set mixup and feedback on the [[item.option]]",
                );
                None
            }
            InteractionKind::Text => self.mix_phrases(&field, mix_up),
            InteractionKind::Hotspot => self.text(&field, text).map(MixAnswer::Region),
            InteractionKind::GraphicOrder => self.text(&field, text).map(MixAnswer::Regions),
            InteractionKind::Plot => {
                let prefix = format!("mixup[{index}].");
                let goal = plot::goal(self, &prefix, &mix_up.points, mix_up.line.as_ref());
                goal.map(MixAnswer::Plot)
            }
            InteractionKind::InlineChoice
            | InteractionKind::GapMatch
            | InteractionKind::TableEntry => self.mix_gap(&field, source, text),
        }
    }

    /// One word as `answer`, or several as `answers`.
    fn mix_phrases(&mut self, field: &str, mix_up: &MixUpText) -> Option<MixAnswer> {
        let one = core::iter::once(&mix_up.answer).filter(|text| !text.is_empty());
        let all: Vec<&String> = one.chain(&mix_up.answers).collect();
        if all.is_empty() {
            self.fault(field, "this mix-up needs answers = [\"..\"]");
            return None;
        }
        Some(MixAnswer::Phrase(self.texts(field, all)))
    }

    fn mix_gap(&mut self, field: &str, source: &TemplateText, text: &str) -> Option<MixAnswer> {
        match gaps::gap_and_text(text, source.parts.gaps.len()) {
            Ok((gap, given)) => {
                let cell = source.parts.gaps.get(gap);
                if cell.is_some_and(|cell| cell.answer.is_some()) {
                    let value = self.expression(field, given)?;
                    return Some(MixAnswer::Number(gap, value));
                }
                self.text(field, given)
                    .map(|text| MixAnswer::Gap(gap, text))
            }
            Err(what) => {
                self.fault(field, what);
                None
            }
        }
    }

    fn figure(&mut self, figure: &Figure<String, String>) -> Option<Figure<Expression, Text>> {
        let names = &self.parameters.names;
        let understood = figure.try_map(
            |text| expression::parse(text, names),
            |text| Text::parse(text, names),
        );
        self.keep("figure", understood)
    }
}

impl Template {
    /// Understands an author's text.
    ///
    /// # Errors
    /// All faults, in the order of the course format's page. Never panics, whatever the text.
    pub fn compile(source: TemplateText) -> Result<Self, Vec<TemplateFault>> {
        let mut compiler = Compiler {
            parameters: Parameters::default(),
            faults: Vec::new(),
        };
        let c = &mut compiler;
        for (name, text) in &source.parameters {
            let added = c.parameters.add(name, text);
            c.keep(&format!("parameters.{name}"), added);
        }
        for (index, condition) in source.conditions.iter().enumerate() {
            let added = c.parameters.require(condition);
            c.keep(&format!("where[{index}]"), added);
        }
        let stem = c.text("stem", &source.stem);
        let answer = c.answer(&source);
        let hints = c.texts("hints", &source.hints);
        let solution = c.texts("solution", &source.solution);
        let result = source
            .result
            .as_deref()
            .and_then(|text| c.text("result", text));
        let mut mix_ups = Vec::new();
        for (index, mix_up) in source.mix_ups.iter().enumerate() {
            mix_ups.extend(c.mix_up(index, &source, mix_up));
        }
        let mut contexts = Vec::new();
        for (index, context) in source.contexts.iter().enumerate() {
            let text = c.text(&format!("context[{index}].stem"), &context.stem);
            contexts.extend(text.map(|text| (context.interest.clone(), text)));
        }
        let figure = source.figure.as_ref().and_then(|figure| c.figure(figure));
        let Compiler { parameters, faults } = compiler;
        match (stem, answer) {
            (Some(stem), Some(answer)) if faults.is_empty() => Ok(Self {
                source,
                parameters,
                stem,
                contexts,
                answer,
                figure,
                hints,
                solution,
                result,
                mix_ups,
            }),
            _ => Err(faults),
        }
    }

    /// The author's text.
    #[must_use]
    pub fn source(&self) -> &TemplateText {
        &self.source
    }

    /// Counts different draws of the parameters, up to `most`.
    ///
    /// # Errors
    /// A sentence for an author when some values cannot be computed.
    pub fn count_variants(&self, most: usize) -> Result<VariantCount, String> {
        self.parameters.count(most)
    }
}
