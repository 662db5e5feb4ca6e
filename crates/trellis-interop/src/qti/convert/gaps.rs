//! Sentences with gaps from QTI: menus in a text, and words of a bank that are put into it.

use super::{Asked, Refusal};
use crate::qti::interaction::{Choice as QtiChoice, Interaction, InteractionKind};
use crate::qti::value::{Atom, Value};
use crate::question::{Answer, Choice};
use crate::xml::Element;

/// The most gaps that the markup of items can number.
const MOST_GAPS: usize = 99;

impl Asked<'_> {
    /// Whether all of these are menus in the text of one item.
    pub(super) fn are_menus(asking: &[&Interaction<'_>]) -> bool {
        let menu = |one: &&Interaction<'_>| one.kind == InteractionKind::InlineChoice;
        !asking.is_empty() && asking.len() <= MOST_GAPS && asking.iter().all(menu)
    }

    /// How the markup of items writes a gap, counted from 0.
    pub(super) fn mark(place: usize) -> String {
        format!("[[{}]]", place + 1)
    }

    /// One question whose text holds a menu for each of these.
    pub(super) fn menus(&mut self, asking: &[&Interaction<'_>]) -> Result<Answer, Refusal> {
        let mut out = Vec::new();
        for interaction in asking {
            let choices = interaction.choices();
            let texts = self.choices(&choices)?;
            let key = self.session.correct(interaction.response);
            let is_right = |one: &QtiChoice<'_>| holds(&key, one.identifier);
            if !choices.iter().any(is_right) {
                return Err(("no-key", "a menu has no right choice".to_string()));
            }
            let menu = choices.iter().map(|one| Choice {
                text: texts.get(one.identifier).cloned().unwrap_or_default(),
                right: is_right(one),
                feedback: String::new(),
            });
            out.push(menu.collect());
        }
        Ok(Answer::Menus(out))
    }

    /// The place of a menu in the text, counted from 0.
    pub(super) fn menu_place(&self, element: &Element) -> Option<usize> {
        let response = element.get("response-identifier")?.trim();
        self.menus.iter().position(|one| one == response)
    }

    /// The words of a bank, when each gap has one right word of its own.
    pub(super) fn bank(
        &mut self,
        interaction: &Interaction<'_>,
    ) -> Result<Option<Answer>, Refusal> {
        let choices = interaction.choices();
        let (gaps, words): (Vec<QtiChoice<'_>>, Vec<QtiChoice<'_>>) = choices
            .into_iter()
            .partition(|one| one.element.name == "gap");
        if gaps.len() > MOST_GAPS || words.iter().any(|one| one.element.name != "gap-text") {
            return Ok(None);
        }
        let texts = self.choices(&words)?;
        let named = self.pairs()?;
        let mut used: Vec<&str> = Vec::new();
        for gap in &gaps {
            let mut fitting = words.iter().filter(|word| {
                named.iter().any(|(one, other)| {
                    let pair = (one.as_str(), other.as_str());
                    pair == (word.identifier, gap.identifier)
                        || pair == (gap.identifier, word.identifier)
                })
            });
            match (fitting.next(), fitting.next()) {
                (Some(word), None) if !used.contains(&word.identifier) => {
                    used.push(word.identifier);
                }
                _ => return Ok(None),
            }
        }
        let text = |name: &str| texts.get(name).cloned().unwrap_or_default();
        let extra = words
            .iter()
            .filter(|word| !used.contains(&word.identifier))
            .map(|word| text(word.identifier));
        Ok(Some(Answer::Bank {
            right: used.iter().map(|name| text(name)).collect(),
            extra: extra.collect(),
        }))
    }
}

fn holds(key: &Value, identifier: &str) -> bool {
    key.atoms()
        .iter()
        .map(Atom::text)
        .any(|name| name == identifier)
}
