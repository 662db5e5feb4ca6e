//! What the additive model remembers of one learner: sorted arrays and small counters.

use alloc::vec::Vec;

/// What is remembered on one competency: 32 bytes, key included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SkillMemory {
    pub(super) key: u32,
    /// Answers so far, and how many were right.
    pub(super) attempts: u16,
    pub(super) wins: u16,
    /// Residuals against the item's difficulty, faded fast and slowly.
    pub(super) fast: f32,
    pub(super) slow: f32,
    /// Part of the ability that is this competency's own, and its variance.
    pub(super) ability: f32,
    pub(super) variance: f32,
    /// The learner's count of answers at the last one here.
    pub(super) last_place: u32,
    /// The last eight answers, the newest in the lowest bit.
    pub(super) bits: u8,
}

impl SkillMemory {
    pub(super) const fn new(key: u32) -> Self {
        Self {
            key,
            attempts: 0,
            wins: 0,
            fast: 0.0,
            slow: 0.0,
            ability: 0.0,
            variance: 1.0,
            last_place: 0,
            bits: 0,
        }
    }
}

/// What is remembered of one item: 8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemMemory {
    pub(super) key: u32,
    pub(super) attempts: u8,
    pub(super) wins: u8,
    /// 0 never, 1 wrong, 2 right.
    pub(super) last: u8,
}

/// One learner's state in the additive model.
#[derive(Clone, Debug, PartialEq)]
pub struct AdditiveLearner {
    pub(super) skills: Vec<SkillMemory>,
    pub(super) items: Vec<ItemMemory>,
    pub(super) ability: f32,
    pub(super) variance: f32,
    pub(super) residuals: [f32; 4],
    pub(super) attempts: u32,
    pub(super) wins: u32,
    pub(super) bits: u32,
    pub(super) previous_item: u32,
    pub(super) previous_skill: u32,
    /// How often the present item was answered in a row.
    pub(super) repeats: u8,
    /// The last distinct competencies, the newest first.
    pub(super) recent_skills: [u32; 6],
    /// The items of the last answers, the newest first.
    pub(super) recent_items: [u32; 8],
}

/// Stands where there is no item or competency yet.
pub(super) const NONE: u32 = u32::MAX;

impl Default for AdditiveLearner {
    fn default() -> Self {
        Self {
            skills: Vec::new(),
            items: Vec::new(),
            ability: 0.0,
            variance: 1.0,
            residuals: [0.0; 4],
            attempts: 0,
            wins: 0,
            bits: 0,
            previous_item: NONE,
            previous_skill: NONE,
            repeats: 0,
            recent_skills: [NONE; 6],
            recent_items: [NONE; 8],
        }
    }
}

impl AdditiveLearner {
    pub(super) fn skill(&self, key: u32) -> Option<&SkillMemory> {
        let place = self.skills.binary_search_by_key(&key, |skill| skill.key);
        place.ok().and_then(|at| self.skills.get(at))
    }

    pub(super) fn item(&self, key: u32) -> Option<&ItemMemory> {
        let place = self.items.binary_search_by_key(&key, |item| item.key);
        place.ok().and_then(|at| self.items.get(at))
    }

    /// The memory of this competency, made when there is none.
    pub(super) fn skill_mut(&mut self, key: u32) -> &mut SkillMemory {
        let place = self.skills.binary_search_by_key(&key, |skill| skill.key);
        let at = place.unwrap_or_else(|at| {
            self.skills.insert(at, SkillMemory::new(key));
            at
        });
        &mut self.skills[at]
    }

    /// The memory of this item, made when there is none.
    pub(super) fn item_mut(&mut self, key: u32) -> &mut ItemMemory {
        let place = self.items.binary_search_by_key(&key, |item| item.key);
        let at = place.unwrap_or_else(|at| {
            self.items.insert(
                at,
                ItemMemory {
                    key,
                    attempts: 0,
                    wins: 0,
                    last: 0,
                },
            );
            at
        });
        &mut self.items[at]
    }

    /// Bytes that this state takes in memory.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        size_of::<Self>()
            + self.skills.len() * size_of::<SkillMemory>()
            + self.items.len() * size_of::<ItemMemory>()
    }
}

/// Writes numbers one after another, little-endian.
struct Writer<'a>(&'a mut Vec<u8>);

impl Writer<'_> {
    fn word(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn real(&mut self, value: f32) {
        self.word(value.to_bits());
    }
}

/// Reads what [`Writer`] wrote.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn half(&mut self) -> Option<u16> {
        let (first, rest) = self.0.split_first_chunk::<2>()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*first))
    }

    fn word(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*first))
    }

    /// A finite number of a size that the model can make.
    fn real(&mut self) -> Option<f32> {
        self.word().map(f32::from_bits).filter(|v| v.abs() < 1e6)
    }
}

impl AdditiveLearner {
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        let mut to = Writer(out);
        to.real(self.ability);
        to.real(self.variance);
        self.residuals.iter().for_each(|&v| to.real(v));
        to.word(self.attempts);
        to.word(self.wins);
        to.word(self.bits);
        to.word(self.previous_item);
        to.word(self.previous_skill);
        to.word(u32::from(self.repeats));
        self.recent_skills.iter().for_each(|&v| to.word(v));
        self.recent_items.iter().for_each(|&v| to.word(v));
        to.word(u32::try_from(self.skills.len()).unwrap_or(u32::MAX));
        for skill in &self.skills {
            to.word(skill.key);
            to.real(skill.fast);
            to.real(skill.slow);
            to.real(skill.ability);
            to.real(skill.variance);
            to.word(skill.last_place);
            to.0.extend_from_slice(&skill.attempts.to_le_bytes());
            to.0.extend_from_slice(&skill.wins.to_le_bytes());
            to.0.push(skill.bits);
        }
        for item in &self.items {
            to.word(item.key);
            to.0.extend_from_slice(&[item.attempts, item.wins, item.last]);
        }
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let mut state = Self {
            ability: from.real()?,
            variance: from.real()?,
            ..Self::default()
        };
        for residual in &mut state.residuals {
            *residual = from.real()?;
        }
        state.attempts = from.word()?;
        state.wins = from.word()?;
        state.bits = from.word()?;
        state.previous_item = from.word()?;
        state.previous_skill = from.word()?;
        state.repeats = u8::try_from(from.word()?).ok()?;
        let lately = state.recent_skills.iter_mut();
        for key in lately.chain(&mut state.recent_items) {
            *key = from.word()?;
        }
        for _ in 0..from.word()? {
            state.skills.push(SkillMemory {
                key: from.word()?,
                fast: from.real()?,
                slow: from.real()?,
                ability: from.real()?,
                variance: from.real()?,
                last_place: from.word()?,
                attempts: from.half()?,
                wins: from.half()?,
                bits: from.byte()?,
            });
        }
        while !from.0.is_empty() {
            let key = from.word()?;
            let (attempts, wins, last) = (from.byte()?, from.byte()?, from.byte()?);
            state.items.push(ItemMemory {
                key,
                attempts,
                wins,
                last,
            });
        }
        let sorted = state.skills.is_sorted_by(|a, b| a.key < b.key)
            && state.items.is_sorted_by(|a, b| a.key < b.key);
        let sound = state.variance >= 0.0 && state.skills.iter().all(|s| s.variance >= 0.0);
        (sorted && sound).then_some(state)
    }
}
