//! What belongs together in QTI: two sets to match, one set to pair, and words for gaps.

use super::{Asked, Refusal};
use crate::qti::interaction::{Choice as QtiChoice, Interaction};
use crate::qti::value::Atom;
use crate::question::Answer;

impl Asked<'_> {
    pub(super) fn pairs(&self) -> Result<Vec<(String, String)>, Refusal> {
        let key = self.key()?;
        let pairs = key.atoms().iter().map(|atom| match atom {
            Atom::Pair(one, other) | Atom::DirectedPair(one, other) => {
                Some((one.clone(), other.clone()))
            }
            _ => None,
        });
        let pairs: Option<Vec<_>> = pairs.collect();
        pairs.ok_or_else(|| {
            (
                "base-type",
                "the right answer is not made of pairs".to_string(),
            )
        })
    }

    pub(super) fn matched(&mut self, interaction: &Interaction<'_>) -> Result<Answer, Refusal> {
        let sides = interaction.sides();
        let [left, right] = sides.as_slice() else {
            return Err(("match-shape", "a match needs two sides".to_string()));
        };
        let (lefts, rights) = (self.choices(left)?, self.choices(right)?);
        let mut pairs = Vec::new();
        let named = self.pairs()?;
        for choice in left {
            // Authors name the sides of a pair in either order.
            let mut partners = named.iter().filter_map(|(one, other)| {
                if one == choice.identifier {
                    Some(other)
                } else if other == choice.identifier {
                    Some(one)
                } else {
                    None
                }
            });
            let (Some(partner), None) = (partners.next(), partners.next()) else {
                return Err((
                    "match-shape",
                    "not every entry on the left has just one partner".to_string(),
                ));
            };
            let (Some(from), Some(to)) = (lefts.get(choice.identifier), rights.get(partner)) else {
                return Err((
                    "unknown-choice",
                    format!("the right answer names \"{partner}\", which is not there"),
                ));
            };
            pairs.push((from.clone(), to.clone()));
        }
        let extra = right
            .iter()
            .filter_map(|choice| rights.get(choice.identifier));
        let extra = extra
            .filter(|text| !pairs.iter().any(|(_, to)| to == *text))
            .cloned()
            .collect();
        Ok(Answer::Match { pairs, extra })
    }

    pub(super) fn associated(&mut self, interaction: &Interaction<'_>) -> Result<Answer, Refusal> {
        let texts = self.choices(&interaction.choices())?;
        let named = self.pairs()?;
        let mut used: Vec<&String> = Vec::new();
        let mut pairs = Vec::new();
        for (one, other) in &named {
            if used.contains(&one) || used.contains(&other) {
                return Err((
                    "match-shape",
                    "an entry belongs to several pairs".to_string(),
                ));
            }
            used.extend([one, other]);
            if let (Some(from), Some(to)) = (texts.get(one), texts.get(other)) {
                pairs.push((from.clone(), to.clone()));
            }
        }
        let extra = texts
            .iter()
            .filter(|(name, _)| !used.contains(name))
            .map(|(_, text)| text.clone())
            .collect();
        Ok(Answer::Match { pairs, extra })
    }

    pub(super) fn gaps(&mut self, interaction: &Interaction<'_>) -> Result<Answer, Refusal> {
        if let Some(answer) = self.bank(interaction)? {
            self.bank = true;
            return Ok(answer);
        }
        let choices = interaction.choices();
        let (gaps, words): (Vec<QtiChoice<'_>>, Vec<QtiChoice<'_>>) = choices
            .into_iter()
            .partition(|one| one.element.name == "gap");
        let texts = self.choices(&words)?;
        let named = self.pairs()?;
        let mut pairs = Vec::new();
        for (place, gap) in gaps.iter().enumerate() {
            let word = named.iter().find_map(|(one, other)| {
                if other == gap.identifier {
                    Some(one)
                } else {
                    (one == gap.identifier).then_some(other)
                }
            });
            match word.and_then(|word| texts.get(word)) {
                Some(text) => pairs.push((format!("({})", place + 1), text.clone())),
                None => return Err(("match-shape", "a gap has no right word".to_string())),
            }
        }
        let extra = texts
            .values()
            .filter(|text| !pairs.iter().any(|(_, to)| to == *text))
            .cloned()
            .collect();
        Ok(Answer::Match { pairs, extra })
    }
}
