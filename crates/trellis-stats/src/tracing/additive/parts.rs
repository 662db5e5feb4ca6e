//! The active parts of one prediction: which weight, times what, and what it is about.

use super::super::TermKind;
use super::Weight;

/// One active part: which weight, times what, and what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feature {
    pub(super) slot: u32,
    pub(super) value: f32,
    pub(super) kind: TermKind,
}

/// Most parts that one prediction can have.
pub(super) const MOST: usize = 96;

/// The active parts of one prediction, without allocation.
#[derive(Debug)]
pub(super) struct Features {
    list: [Feature; MOST],
    count: usize,
    shift: u32,
}

/// Families of weights; each has its own place in the hash, so that no two share by design.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(super) enum Family {
    Base = 1,
    Item,
    Skill,
    SkillAttempts,
    SkillWins,
    Counts,
    Difficulty,
    Ability,
    ItemAbility,
    SkillAbility,
    Faded,
    SkillSlow,
    SkillPattern,
    LongPattern,
    SkillOwnPattern,
    ItemPrevious,
    Gap,
    Same,
    ItemLast,
    ItemPair,
    SkillPair,
    Step,
    StepPattern,
    Elapsed,
    Hints,
    Tries,
    Transfer,
    ItemBefore,
    Expected,
    Cell,
    SkillCell,
    ItemCell,
    Earlier,
}

/// A value's size is its prior: a weight that every answer touches needs to move less for each.
/// Chosen on held-out learners.
const SHARED: f32 = 0.5;

impl Family {
    /// Whether the family has few weights that nearly every answer touches.
    const fn is_shared(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Difficulty
                | Self::Ability
                | Self::Faded
                | Self::Counts
                | Self::LongPattern
                | Self::SkillPattern
                | Self::Gap
                | Self::Expected
                | Self::Same
                | Self::ItemLast
        )
    }
}

/// Takes the active parts of a prediction one by one.
pub(super) trait Parts {
    /// One more part: a weight of a family by its two keys, times a value.
    fn add(&mut self, family: Family, a: u32, b: u32, value: f32, kind: TermKind);
}

/// The place of a weight, and the value as the family's prior scales it.
#[inline]
fn place(shift: u32, family: Family, a: u32, b: u32, value: f32) -> (u32, f32) {
    let key = (u64::from(a) << 32 | u64::from(b))
        .wrapping_add((family as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mixed = (key ^ (key >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the shift leaves at most 24 bits"
    )]
    let slot = (mixed >> shift) as u32;
    let scale = if family.is_shared() { SHARED } else { 1.0 };
    (slot, value * scale)
}

impl Features {
    pub(super) fn new(bits: u32) -> Self {
        let blank = Feature {
            slot: 0,
            value: 0.0,
            kind: TermKind::Base,
        };
        Self {
            list: [blank; MOST],
            count: 0,
            shift: 64 - bits,
        }
    }

    pub(super) fn as_slice(&self) -> &[Feature] {
        &self.list[..self.count]
    }
}

impl Parts for Features {
    #[inline]
    fn add(&mut self, family: Family, a: u32, b: u32, value: f32, kind: TermKind) {
        let (slot, value) = place(self.shift, family, a, b, value);
        if let Some(place) = self.list.get_mut(self.count) {
            *place = Feature { slot, value, kind };
            self.count += 1;
        }
    }
}

/// The sum of the parts, where nobody asks what they are.
pub(super) struct Sum<'a> {
    weights: &'a [Weight],
    shift: u32,
    pub(super) log_odds: f32,
}

impl<'a> Sum<'a> {
    pub(super) const fn new(weights: &'a [Weight], bits: u32) -> Self {
        Self {
            weights,
            shift: 64 - bits,
            log_odds: 0.0,
        }
    }
}

impl Parts for Sum<'_> {
    #[inline]
    fn add(&mut self, family: Family, a: u32, b: u32, value: f32, _: TermKind) {
        let (slot, value) = place(self.shift, family, a, b, value);
        self.log_odds += self.weights[slot as usize].value * value;
    }
}

/// Places and values of the active parts, where nobody asks what they are about: for a fit, which goes through millions.
/// Room is in whole [`WIDE`]s; what lies past the count means nothing.
#[derive(Debug)]
pub(super) struct Active {
    slots: [u32; MOST],
    values: [f32; MOST],
    count: usize,
    shift: u32,
}

/// Numbers that one instruction of a fit works on.
pub(super) const WIDE: usize = 8;

impl Active {
    pub(super) const fn new(bits: u32) -> Self {
        Self {
            slots: [0; MOST],
            values: [0.0; MOST],
            count: 0,
            shift: 64 - bits,
        }
    }

    /// Forgets all parts; values past the new count stay 0, so that they add nothing.
    pub(super) fn clear(&mut self) {
        self.values[..self.count].fill(0.0);
        self.count = 0;
    }

    pub(super) fn slots(&self) -> &[u32] {
        &self.slots[..self.count]
    }

    pub(super) const fn values(&self) -> &[f32; MOST] {
        &self.values
    }
}

impl Parts for Active {
    #[inline]
    fn add(&mut self, family: Family, a: u32, b: u32, value: f32, _: TermKind) {
        let (slot, value) = place(self.shift, family, a, b, value);
        if self.count < MOST {
            self.slots[self.count] = slot;
            self.values[self.count] = value;
            self.count += 1;
        }
    }
}
