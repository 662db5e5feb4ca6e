//! Regions of a drawing as answers: which can be chosen or put in order, under keys that say nothing.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use trellis_stats::random::Random;

use super::compiler::Compiler;
use super::drawing::Region;
use super::figure::Figure;
use super::interaction::{Entry, Interaction};
use super::source::TemplateText;
use super::text::Text;
use super::variant::{Key, VariantFault};
use super::writer::{Writer, entry_key, shuffled};

/// Regions as an answer, understood. Each text gives the id of a region in the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Regions {
    /// The right region.
    One(Text),
    /// All right regions.
    Several(Vec<Text>),
    /// The regions in order.
    Order(Vec<Text>),
}

/// The regions of a drawn figure: the id in the file, and the key under which a learner meets it.
#[derive(Debug)]
pub(super) struct Known {
    ids: Vec<(String, String)>,
    entries: Vec<Entry>,
}

/// Understands `hotspot`.
pub(super) fn hotspot(c: &mut Compiler, source: &TemplateText) -> Option<Regions> {
    needs_drawing(c, source)?;
    match (source.answer.as_deref(), source.parts.answers.as_slice()) {
        (Some(answer), []) => Some(Regions::One(c.text("answer", answer)?)),
        (None, [_, ..]) => Some(Regions::Several(c.texts("answers", &source.parts.answers))),
        _ => {
            let what = "hotspot needs answer = \"region\" or answers = [\"region\", ..]";
            c.fault("kind", what);
            None
        }
    }
}

/// Understands `graphic-order`.
pub(super) fn order(c: &mut Compiler, source: &TemplateText) -> Option<Regions> {
    needs_drawing(c, source)?;
    if source.sequence.len() < 2 {
        c.fault(
            "kind",
            "graphic-order needs \"sequence\" with at least two regions",
        );
        return None;
    }
    Some(Regions::Order(c.texts("sequence", &source.sequence)))
}

fn needs_drawing(c: &mut Compiler, source: &TemplateText) -> Option<()> {
    let regions = match &source.figure {
        Some(Figure::Drawing(drawing)) => drawing.region_ids().len(),
        _ => 0,
    };
    if regions < 2 {
        let what = "this kind needs [item.figure] of kind \"drawing\" with at least two regions";
        c.fault("kind", what);
        return None;
    }
    Some(())
}

impl Known {
    /// Gives the regions of a figure their keys: in the order of their labels where all have one, else shuffled. The
    /// ids of the file, which may tell the answer, are gone from the figure afterwards.
    pub(super) fn of(
        writer: &Writer<'_>,
        figure: Option<&mut Figure>,
        shuffles: &mut Random,
    ) -> Result<Self, VariantFault> {
        let Some(Figure::Drawing(drawing)) = figure else {
            return Ok(Self {
                ids: Vec::new(),
                entries: Vec::new(),
            });
        };
        let mut found = drawing.regions();
        if let Some(bare) = found.iter().find(|region| region.text.is_empty()) {
            let what = format!("the region \"{}\" has neither name nor label", bare.id);
            return Err(writer.fault("figure", what));
        }
        if found.iter().all(|region| region.label.is_some()) {
            found.sort_by(|a, b| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
        } else {
            let order = shuffled(found.len(), shuffles, &[]);
            let unordered = found.clone();
            found = order
                .iter()
                .filter_map(|place| unordered.get(*place).cloned())
                .collect();
        }
        let mut ids = Vec::with_capacity(found.len());
        let mut entries: Vec<Entry> = Vec::with_capacity(found.len());
        for (place, Region { id, text, .. }) in found.into_iter().enumerate() {
            if entries.iter().any(|other| other.text == text) {
                let what = format!("two regions read \"{text}\"");
                return Err(writer.fault("figure", what));
            }
            let key = entry_key(place);
            entries.push(Entry {
                key: key.clone(),
                text,
            });
            ids.push((id, key));
        }
        drawing.rename_regions(&ids);
        Ok(Self { ids, entries })
    }

    /// The key of a region by its id in the file.
    pub(super) fn key(&self, id: &str) -> Result<String, String> {
        let found = self.ids.iter().find(|(known, _)| known == id.trim());
        found
            .map(|(_, key)| key.clone())
            .ok_or_else(|| format!("there is no region \"{}\" in the drawing", id.trim()))
    }

    /// What a learner reads for regions joined by ` ; `.
    pub(super) fn texts(&self, ids: &str) -> Result<String, String> {
        let texts = self.keys(ids)?.into_iter().map(|key| {
            let entry = self.entries.iter().find(|entry| entry.key == key);
            entry.map_or(key, |entry| entry.text.clone())
        });
        Ok(texts.collect::<Vec<_>>().join(" ; "))
    }

    /// The keys of regions joined by ` ; `.
    pub(super) fn keys(&self, ids: &str) -> Result<Vec<String>, String> {
        ids.split(" ; ").map(|id| self.key(id)).collect()
    }
}

impl Regions {
    /// Writes the interaction and its key.
    pub(super) fn write(
        &self,
        writer: &Writer<'_>,
        known: &Known,
    ) -> Result<(Interaction, Key), VariantFault> {
        let key = |field: &str, text: &Text| {
            let id = writer.markup(field, text)?;
            known.key(&id).map_err(|what| writer.fault(field, what))
        };
        let keys = |field: &str, texts: &[Text]| {
            let texts = texts.iter().enumerate();
            let keys = texts.map(|(index, text)| key(&format!("{field}[{index}]"), text));
            let keys: Vec<String> = keys.collect::<Result<_, _>>()?;
            let twice = keys
                .iter()
                .enumerate()
                .any(|(at, key)| keys.iter().take(at).any(|k| k == key));
            if twice {
                return Err(writer.fault(field, "a region is there twice".to_string()));
            }
            Ok(keys)
        };
        let regions = known.entries.clone();
        Ok(match self {
            Self::One(answer) => (
                Interaction::Hotspot {
                    regions,
                    several: false,
                },
                Key::Choice {
                    right: key("answer", answer)?,
                },
            ),
            Self::Several(answers) => {
                let mut right = keys("answers", answers)?;
                right.sort();
                let several = true;
                (
                    Interaction::Hotspot { regions, several },
                    Key::Choices { right },
                )
            }
            Self::Order(sequence) => {
                let right = keys("sequence", sequence)?;
                let placed = regions.iter().filter(|region| right.contains(&region.key));
                let regions = placed.cloned().collect();
                (Interaction::GraphicOrder { regions }, Key::Order { right })
            }
        })
    }
}
