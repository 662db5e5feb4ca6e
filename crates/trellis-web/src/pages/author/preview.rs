//! What a question will be: as a student sees it, as it is read aloud, its key, the mix-ups that it recognises, its stories.

use askama::Template;
use trellis_core::framework::MixUpId;
use trellis_core::item::markup::{self, Block, Inline};
use trellis_core::item::{Entry, Figure, Interaction, Variant, VariantFault, grade};
use trellis_interop::course::ItemText;

use super::desk::Desk;
use super::findings::Told;
use crate::pages::practice::Preview;
use crate::words::{Words, small};
use crate::{figure, given};

/// How the preview looks.
pub(super) const LOOKS: [&str; 3] = ["full", "phone", "print"];

/// A mix-up as a variant shows it.
struct ShownMixUp {
    title: String,
    answer: Option<String>,
    says: String,
    /// Whether the answer shows this mix-up when it is graded.
    known: bool,
}

/// A variant.
pub(super) struct Shown {
    view: Preview,
    spoken: Vec<String>,
    mix_ups: Vec<ShownMixUp>,
    /// Titles of stories with the question in each.
    contexts: Vec<(String, String)>,
}

/// A choice of how the preview looks.
struct Look {
    value: &'static str,
    label: String,
    chosen: bool,
}

/// The part of the editor that follows what is typed.
#[derive(Template)]
#[template(path = "pages/author/live.html")]
pub(super) struct Live {
    words: Words,
    seed: u64,
    look: &'static str,
    looks: Vec<Look>,
    shown: Option<Shown>,
    pub(super) told: Vec<Told>,
    /// What publishing would do.
    will: String,
    publishes: bool,
    /// Whether publishing was tried and did not go through.
    blocked: bool,
}

/// What the preview is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) seed: u64,
    pub(super) look: &'static str,
    pub(super) blocked: bool,
}

impl Live {
    pub(super) fn of(
        words: &Words,
        desk: &Desk,
        read: &ItemText,
        told: Vec<Told>,
        will: String,
        asked: Asked,
    ) -> Result<Self, askama::Error> {
        let looks = LOOKS.map(|value| Look {
            value,
            label: words.t(&format!("author-look-{value}")),
            chosen: value == asked.look,
        });
        Ok(Self {
            shown: Shown::of(words, desk, read, asked.seed)?,
            words: words.clone(),
            seed: asked.seed,
            look: asked.look,
            looks: looks.into(),
            told,
            will,
            publishes: desk.may.publish,
            blocked: asked.blocked,
        })
    }

    fn errors(&self) -> u32 {
        let errors = self.told.iter().filter(|one| one.blocks).count();
        small(errors)
    }

    fn doubts(&self) -> u32 {
        let doubts = self.told.iter().filter(|one| one.doubts).count();
        small(doubts)
    }
}

impl Shown {
    /// The variant of a seed; nothing when the texts give none.
    fn of(
        words: &Words,
        desk: &Desk,
        read: &ItemText,
        seed: u64,
    ) -> Result<Option<Self>, askama::Error> {
        let Some(template) = &read.template else {
            return Ok(None);
        };
        let Ok(variant) = template.variant(seed, None) else {
            return Ok(None);
        };
        let contexts = template.source().contexts.iter();
        let contexts = contexts.filter_map(|context| {
            let told: Result<Variant, VariantFault> =
                template.variant(seed, Some(context.interest.as_str()));
            let course = desk.catalog.course(&desk.course)?;
            let title = course.interest(&context.interest)?.title.clone();
            let stem = told.ok()?.presentation.stem;
            Some((title, crate::markup::html(&stem)))
        });
        Ok(Some(Self {
            contexts: contexts.collect(),
            spoken: spoken(words, &variant),
            mix_ups: mix_ups(desk, read, &variant),
            view: Preview::of(words, &variant)?,
        }))
    }
}

fn title_of(desk: &Desk, read: &ItemText, id: &MixUpId) -> String {
    let own = read.mix_ups.iter().find(|mix_up| mix_up.id == *id);
    let known = own.or_else(|| desk.catalog.mix_up(id));
    known.map_or_else(|| id.to_string(), |mix_up| mix_up.title.clone())
}

fn mix_ups(desk: &Desk, read: &ItemText, variant: &Variant) -> Vec<ShownMixUp> {
    let interaction = Some(&variant.presentation.interaction);
    let shown = variant.mix_ups.iter().map(|mix_up| {
        let response = variant.response_of(&mix_up.pattern);
        let graded = response.as_ref().map(|response| grade(variant, response));
        ShownMixUp {
            title: title_of(desk, read, &mix_up.id),
            known: graded.is_some_and(|graded| graded.mix_up.as_ref() == Some(&mix_up.id)),
            answer: response.map(|response| given::html(&response, interaction)),
            says: crate::markup::html(&mix_up.feedback),
        }
    });
    shown.collect()
}

/// The question as it is read aloud: the stem, the figure, what there is to choose.
fn spoken(words: &Words, variant: &Variant) -> Vec<String> {
    let shown = &variant.presentation;
    let mut out = text_aloud(&shown.body);
    out.extend(text_aloud(&shown.stem));
    out.extend(
        shown
            .figure
            .as_ref()
            .map(|figure| figure_aloud(figure, words)),
    );
    let entries: Vec<&Entry> = match &shown.interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => {
            options.iter().collect()
        }
        Interaction::Order { entries } => entries.iter().collect(),
        Interaction::Match { left, right } => left.iter().chain(right).collect(),
        Interaction::GapMatch { bank, .. } => bank.iter().collect(),
        Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions } => {
            regions.iter().collect()
        }
        _ => Vec::new(),
    };
    out.extend(
        entries
            .into_iter()
            .flat_map(|entry| text_aloud(&entry.text)),
    );
    out
}

/// A text in words, one for each paragraph and line.
fn text_aloud(text: &str) -> Vec<String> {
    let Ok(blocks) = markup::read(text) else {
        return vec![text.to_owned()];
    };
    let lines = blocks.into_iter().flat_map(|block| match block {
        Block::Paragraph(line) => vec![line],
        Block::List(lines) => lines,
    });
    lines.map(|line| line_aloud(&line)).collect()
}

fn line_aloud(line: &[Inline]) -> String {
    let parts = line.iter().map(|part| match part {
        Inline::Words(words) | Inline::Bold(words) | Inline::Emphasis(words) => words.clone(),
        Inline::Math(latex) => {
            trellis_math::speech::from_latex(latex).unwrap_or_else(|_| latex.clone())
        }
        Inline::Media { says, .. } => says.clone(),
        Inline::Gap(_) => "…".to_owned(),
    });
    parts.collect()
}

/// A figure in words. A picture carries them as its name; a table is read cell by cell.
fn figure_aloud(figure: &Figure, words: &Words) -> String {
    if let Figure::Table { columns, rows } = figure {
        let rows = std::iter::once(columns).chain(rows);
        let lines = rows.map(|row| {
            row.iter()
                .flat_map(|cell| text_aloud(cell))
                .collect::<Vec<_>>()
                .join(", ")
        });
        return lines.collect::<Vec<_>>().join("; ");
    }
    figure::name(figure, words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trellis_core::item::{Bar, Number};

    #[test]
    fn mathematics_and_pictures_are_said_in_words() {
        let said = text_aloud("Work out $\\frac{1}{2}$.\n\n- **one**\n- two");
        assert_eq!(said.len(), 3);
        assert!(!said[0].contains('\\'), "{said:?}");
        let bars = Figure::Bars {
            bars: vec![Bar {
                parts: Number::whole(3),
                shaded: Number::whole(2),
                label: Some("<it's>".to_owned()),
            }],
        };
        let said = figure_aloud(&bars, &Words::english());
        assert!(
            said.contains("3 equal parts") && !said.contains('&'),
            "{said}"
        );
    }
}
