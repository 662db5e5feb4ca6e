//! The file of a published model: a first line, a line of JSON that says where it is from, then numbers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use trellis_stats::fnv;

use trellis_stats::tracing::additive::{Additive, BadModel};
use trellis_stats::tracing::{CompetencyKey, ItemKey};

use super::{CompetencyRates, ItemRates, LEVELS, RunningModel, Tracing};

/// The first line; the number is the version of this layout.
const FIRST_LINE: &[u8] = b"trellis running model 1";
/// Longest name of a version, in bytes.
const LONGEST_VERSION: usize = 60;
/// No log-odds in a file are further from 0.
const MOST_LOG_ODDS: f32 = 20.0;

/// Why bytes are no published model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadModelFile {
    /// The first line is another.
    NotAModel,
    /// The bytes end early or go on too long.
    Length,
    /// The check sum disagrees: the bytes were changed.
    Changed,
    /// A number or a name is out of its range.
    Range,
    /// The weights are none.
    Weights(BadModel),
}

impl fmt::Display for BadModelFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAModel => {
                f.write_str("not a model that Trellis can run, or one of another version")
            }
            Self::Length => f.write_str("the file is cut short or too long"),
            Self::Changed => f.write_str("the file was changed after it was written"),
            Self::Range => f.write_str("a number or a name in the file is out of its range"),
            Self::Weights(why) => write!(f, "{why}"),
        }
    }
}

impl core::error::Error for BadModelFile {}

fn put(out: &mut Vec<u8>, word: u32) {
    out.extend_from_slice(&word.to_le_bytes());
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    put(out, u32::try_from(count).unwrap_or(u32::MAX));
}

/// Reads numbers one after another.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn word(&mut self) -> Result<u32, BadModelFile> {
        let (word, rest) = self
            .0
            .split_first_chunk::<4>()
            .ok_or(BadModelFile::Length)?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*word))
    }

    fn real(&mut self, least: f32, most: f32) -> Result<f32, BadModelFile> {
        let value = f32::from_bits(self.word()?);
        if (least..=most).contains(&value) {
            Ok(value)
        } else {
            Err(BadModelFile::Range)
        }
    }

    fn log_odds(&mut self) -> Result<f32, BadModelFile> {
        self.real(-MOST_LOG_ODDS, MOST_LOG_ODDS)
    }

    fn bytes(&mut self) -> Result<&'a [u8], BadModelFile> {
        let length = usize::try_from(self.word()?).map_err(|_| BadModelFile::Length)?;
        let (bytes, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(BadModelFile::Length)?;
        self.0 = rest;
        Ok(bytes)
    }

    /// A line without its end.
    fn line(&mut self) -> Result<&'a [u8], BadModelFile> {
        let end = self.0.iter().position(|byte| *byte == b'\n');
        let (line, rest) = self.0.split_at(end.ok_or(BadModelFile::NotAModel)?);
        self.0 = &rest[1..];
        Ok(line)
    }
}

fn text(bytes: &[u8]) -> Result<String, BadModelFile> {
    let text = core::str::from_utf8(bytes).map_err(|_| BadModelFile::Range)?;
    Ok(String::from(text))
}

fn version(bytes: &[u8]) -> Result<String, BadModelFile> {
    let version = text(bytes)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if version.is_empty() || version.len() > LONGEST_VERSION || !version.chars().all(plain) {
        return Err(BadModelFile::Range);
    }
    Ok(version)
}

impl RunningModel {
    /// The bytes of the file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::from(FIRST_LINE);
        out.push(b'\n');
        out.extend(self.about.bytes().filter(|byte| *byte != b'\n'));
        out.push(b'\n');
        put_count(&mut out, self.version.len());
        out.extend_from_slice(self.version.as_bytes());
        let weights = match &self.tracing {
            Tracing::Additive(additive) => additive.to_bytes(),
            Tracing::Knowledge => Vec::new(),
        };
        put_count(&mut out, weights.len());
        out.extend(weights);
        self.levels
            .iter()
            .for_each(|level| put(&mut out, level.to_bits()));
        put_count(&mut out, self.items.len());
        for item in &self.items {
            put(&mut out, item.key.0);
            put(&mut out, item.difficulty.to_bits());
            put(&mut out, item.guess.to_bits());
        }
        put_count(&mut out, self.competencies.len());
        for competency in &self.competencies {
            put(&mut out, competency.key.0);
            put(&mut out, competency.difficulty.to_bits());
        }
        let sum = fnv::hash(&out);
        out.extend_from_slice(&sum.to_le_bytes());
        out
    }

    /// The model that [`Self::to_bytes`] wrote, equal to the last bit.
    ///
    /// # Errors
    /// Anything else than such bytes: see [`BadModelFile`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadModelFile> {
        if !bytes.starts_with(FIRST_LINE) {
            return Err(BadModelFile::NotAModel);
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(BadModelFile::Length)?;
        if fnv::hash(body) != u64::from_le_bytes(*sum) {
            return Err(BadModelFile::Changed);
        }
        let mut from = Reader(body);
        if from.line()? != FIRST_LINE {
            return Err(BadModelFile::NotAModel);
        }
        let about = text(from.line()?)?;
        let version = version(from.bytes()?)?;
        let tracing = match from.bytes()? {
            [] => Tracing::Knowledge,
            weights => {
                let additive = Additive::from_bytes(weights).map_err(BadModelFile::Weights)?;
                Tracing::Additive(Box::new(additive))
            }
        };
        let mut levels = [0.0; LEVELS];
        for level in &mut levels {
            *level = from.log_odds()?;
        }
        let mut items = Vec::new();
        for _ in 0..from.word()? {
            items.push(ItemRates {
                key: ItemKey(from.word()?),
                difficulty: from.log_odds()?,
                guess: from.real(0.0, 1.0)?,
            });
        }
        let mut competencies = Vec::new();
        for _ in 0..from.word()? {
            competencies.push(CompetencyRates {
                key: CompetencyKey(from.word()?),
                difficulty: from.log_odds()?,
            });
        }
        let sorted = items.is_sorted_by(|a, b| a.key < b.key)
            && competencies.is_sorted_by(|a, b| a.key < b.key);
        match (sorted, from.0.is_empty()) {
            (false, _) => Err(BadModelFile::Range),
            (_, false) => Err(BadModelFile::Length),
            _ => Ok(Self {
                version,
                about,
                tracing,
                levels,
                items,
                competencies,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{competency_key, item_key};
    use super::*;
    use crate::framework::{CompetencyId, ItemId};

    fn small() -> RunningModel {
        let item = ItemId::new("fractions-1").expect("an id");
        let competency = CompetencyId::new("fractions").expect("an id");
        let items = alloc::vec![ItemRates {
            key: item_key(&item),
            difficulty: 0.5,
            guess: 0.25
        }];
        let competencies = alloc::vec![CompetencyRates {
            key: competency_key(&competency),
            difficulty: -0.5
        }];
        RunningModel::knowledge().with_rates(items, competencies)
    }

    #[test]
    fn a_model_survives_its_bytes_and_no_damage_passes() {
        let bytes = small().to_bytes();
        let back = RunningModel::from_bytes(&bytes).expect("its own bytes");
        assert_eq!(back.to_bytes(), bytes);
        assert_eq!(back.items(), small().items());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert!(RunningModel::from_bytes(&damaged).is_err(), "byte {at}");
            assert!(
                RunningModel::from_bytes(&bytes[..at]).is_err(),
                "cut at {at}"
            );
        }
    }

    #[test]
    fn the_model_that_ships_can_be_read_and_is_additive() {
        let shipped = RunningModel::from_bytes(super::super::SHIPPED).expect("the shipped file");
        assert_eq!(shipped.version(), "additive-1");
        assert!(matches!(shipped.tracing(), Tracing::Additive(_)));
        let [easy, middle, hard] = shipped.levels();
        assert!(easy > middle && middle > hard, "{:?}", shipped.levels());
    }
}
