//! The bytes of a fitted additive model, so that a running system can load what a command fitted.

use super::difficulty::{Difficulties, Tally};
use super::{Additive, Weight};
use crate::fnv;
use alloc::vec::Vec;

/// Opens every file; the digit is the version of the layout and of the families of weights.
const MAGIC: &[u8; 8] = b"trellA-2";

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadModel {
    /// The bytes are not an additive model at all, or one of another version.
    NotAModel,
    /// The bytes end early or go on too long.
    Length,
    /// The check sum disagrees: the bytes were changed.
    Changed,
    /// A number is out of its range.
    Range,
}

impl core::fmt::Display for BadModel {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(match self {
            Self::NotAModel => "not an additive model, or one of another version",
            Self::Length => "the file is cut short or too long",
            Self::Changed => "the file was changed after it was written",
            Self::Range => "a number in the file is out of its range",
        })
    }
}

impl core::error::Error for BadModel {}

fn put_tallies(out: &mut Vec<u8>, tallies: &[Tally]) {
    put(out, u32::try_from(tallies.len()).unwrap_or(u32::MAX));
    for tally in tallies {
        put(out, tally.count.to_bits());
        put(out, tally.right.to_bits());
    }
}

fn put(out: &mut Vec<u8>, word: u32) {
    out.extend_from_slice(&word.to_le_bytes());
}

fn take(bytes: &mut &[u8]) -> Result<u32, BadModel> {
    let (word, rest) = bytes.split_first_chunk::<4>().ok_or(BadModel::Length)?;
    *bytes = rest;
    Ok(u32::from_le_bytes(*word))
}

fn take_real(bytes: &mut &[u8], least: f32) -> Result<f32, BadModel> {
    let value = f32::from_bits(take(bytes)?);
    if (least..=1e9).contains(&value) {
        Ok(value)
    } else {
        Err(BadModel::Range)
    }
}

fn take_tallies(bytes: &mut &[u8]) -> Result<Vec<Tally>, BadModel> {
    let count = take(bytes)?;
    let mut tallies = Vec::new();
    for _ in 0..count {
        let (count, right) = (take_real(bytes, 0.0)?, take_real(bytes, 0.0)?);
        if right > count {
            return Err(BadModel::Range);
        }
        tallies.push(Tally { count, right });
    }
    Ok(tallies)
}

impl Additive {
    /// The model as bytes: only weights that were ever moved, so the size follows the data.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::from(*MAGIC);
        put(&mut out, self.bits);
        put(&mut out, u32::from(self.interplay));
        let moved = || {
            (0_u32..)
                .zip(&self.weights)
                .filter(|(_, w)| w.information != 0.0)
        };
        put(&mut out, u32::try_from(moved().count()).unwrap_or(u32::MAX));
        for (slot, weight) in moved() {
            put(&mut out, slot);
            put(&mut out, weight.value.to_bits());
            put(&mut out, weight.information.to_bits());
        }
        let (items, skills, whole) = self.difficulties.parts();
        put_tallies(&mut out, items);
        put_tallies(&mut out, skills);
        put_tallies(&mut out, &[whole]);
        let sum = fnv::hash(&out);
        out.extend_from_slice(&sum.to_le_bytes());
        out
    }

    /// The model that [`Self::to_bytes`] wrote, equal to the last bit.
    ///
    /// # Errors
    /// Anything else than such bytes: see [`BadModel`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadModel> {
        if !bytes.starts_with(MAGIC) {
            return Err(BadModel::NotAModel);
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(BadModel::Length)?;
        if fnv::hash(body) != u64::from_le_bytes(*sum) {
            return Err(BadModel::Changed);
        }
        let mut rest = body.get(MAGIC.len()..).ok_or(BadModel::Length)?;
        let bits = take(&mut rest)?;
        if !(10..=24).contains(&bits) {
            return Err(BadModel::Range);
        }
        let mut model = Self::new(bits);
        model.interplay = match take(&mut rest)? {
            0 => false,
            1 => true,
            _ => return Err(BadModel::Range),
        };
        for _ in 0..take(&mut rest)? {
            let slot = usize::try_from(take(&mut rest)?).map_err(|_| BadModel::Range)?;
            let (value, information) = (take_real(&mut rest, -1e9)?, take_real(&mut rest, 0.0)?);
            let place = model.weights.get_mut(slot).ok_or(BadModel::Range)?;
            *place = Weight { value, information };
        }
        let items = take_tallies(&mut rest)?;
        let skills = take_tallies(&mut rest)?;
        let whole = take_tallies(&mut rest)?;
        let whole = whole.first().copied().ok_or(BadModel::Range)?;
        model.difficulties = Difficulties::from_parts(items, skills, whole);
        if rest.is_empty() {
            Ok(model)
        } else {
            Err(BadModel::Length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::Probability;
    use crate::tracing::{CompetencyKey, ItemKey, LearnerModel, Opportunity};

    #[test]
    fn a_model_survives_its_bytes_and_no_damage_passes() {
        let mut model = Additive::new(12);
        let mut state = model.start();
        for item in 0..40 {
            let competency = CompetencyKey(item % 3);
            let at = Opportunity::first_try(competency, ItemKey(item), Probability::ZERO);
            model.learn(&mut state, &at, item % 4 != 0);
        }
        let bytes = model.to_bytes();
        let back = Additive::from_bytes(&bytes).unwrap();
        assert_eq!(back.to_bytes(), bytes);
        let at = Opportunity::first_try(CompetencyKey(1), ItemKey(1), Probability::ZERO);
        assert_eq!(back.predict(&state, &at), model.predict(&state, &at));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert!(Additive::from_bytes(&damaged).is_err(), "byte {at}");
            assert!(Additive::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
        }
    }
}
