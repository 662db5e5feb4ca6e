//! The running learner model: published weights, how hard each item is, and the chance that a learner is right next,
//! as a sum of parts that have names.
//!
//! A model is published, never changed: each version is read from a file, and two servers with the same file say the
//! same to the last bit. What is remembered of a learner ([`ModelState`]) depends on no weight; see there.

mod file;
mod state;

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use trellis_stats::fnv;

pub use file::BadModelFile;
pub use state::{ModelState, RuleState};

use trellis_stats::probability::{Probability, logistic, logit};
use trellis_stats::tracing::additive::{Additive, Difficulty};
use trellis_stats::tracing::bkt::{self, BktState, Parameters};
use trellis_stats::tracing::{CompetencyKey, ItemKey, Opportunity};
pub use trellis_stats::tracing::{Prediction, Term, TermKind};

use crate::framework::{CompetencyId, ItemId};

/// The model that ships: fitted to simulated histories alone; the second line of the file says which.
const SHIPPED: &[u8] = include_bytes!("../../priors/additive-1.model");
/// The chance that somebody without any idea is right on an open item.
pub const OPEN_GUESS: f64 = 0.02;
/// The chance of a wrong answer although knowing, before an item has its own.
pub const SLIP: f64 = 0.08;
/// Levels that an author can declare an item to have: 1 easy, 2 middle, 3 hard.
const LEVELS: usize = 3;
/// Log-odds that an average learner is right, where not even the level of an item is known and nobody guesses.
const UNKNOWN: f32 = 0.0;

/// The key of an item in every version of every model: 32 bits of a hash of its id. Two items of one learner share a
/// key once in four thousand million pairs; then they share a memory of earlier answers, and nothing else happens.
#[must_use]
pub fn item_key(id: &ItemId) -> ItemKey {
    ItemKey(hashed(id.as_str()))
}

/// The key of a competency, made as [`item_key`] makes one.
#[must_use]
pub fn competency_key(id: &CompetencyId) -> CompetencyKey {
    CompetencyKey(hashed(id.as_str()))
}

/// FNV-1a in 64 bits, folded to 32. The largest number stands for "none" in the models and is never given.
fn hashed(text: &str) -> u32 {
    let hash = fnv::hash(text.as_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "both halves go in")]
    let folded = (hash ^ (hash >> 32)) as u32;
    folded.min(u32::MAX - 1)
}

/// What a model knows of one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemRates {
    /// The item.
    pub key: ItemKey,
    /// Log-odds of a right answer by an average learner, lucky guesses included.
    pub difficulty: f32,
    /// The chance that somebody without any idea is right.
    pub guess: f32,
}

/// What a model knows of one competency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompetencyRates {
    /// The competency.
    pub key: CompetencyKey,
    /// Log-odds that an average learner answers an average item of it right without guessing.
    pub difficulty: f32,
}

/// Where the chance of a right answer comes from.
#[derive(Debug, Clone)]
pub enum Tracing {
    /// The additive model.
    Additive(Box<Additive>),
    /// Knowledge tracing, with the numbers of the mastery rule.
    Knowledge,
}

/// A published model.
#[derive(Debug, Clone)]
pub struct RunningModel {
    version: String,
    about: String,
    tracing: Tracing,
    levels: [f32; LEVELS],
    items: Vec<ItemRates>,
    competencies: Vec<CompetencyRates>,
}

impl Default for RunningModel {
    /// The model that ships. A test holds that its file can be read; were it ever not, learners go on by knowledge tracing,
    /// under that model's own version, and a server says so at its start.
    fn default() -> Self {
        Self::shipped().unwrap_or_else(|_| Self::knowledge())
    }
}

impl RunningModel {
    /// The model that ships.
    ///
    /// # Errors
    /// When the program was built with a file that it cannot read. A server says so at its start.
    pub fn shipped() -> Result<Self, BadModelFile> {
        Self::from_bytes(SHIPPED)
    }

    /// Knowledge tracing without an additive part: each competency by itself, no item with a difficulty.
    #[must_use]
    pub fn knowledge() -> Self {
        Self {
            version: "bkt-1".to_string(),
            about: "{}".to_string(),
            tracing: Tracing::Knowledge,
            levels: [UNKNOWN; LEVELS],
            items: Vec::new(),
            competencies: Vec::new(),
        }
    }

    /// A model with these parts. `about` is one line of JSON that says where it is from; `levels` are the log-odds that
    /// an average learner answers an item of each level right without guessing.
    #[must_use]
    pub fn new(version: &str, about: &str, tracing: Tracing, levels: [f32; LEVELS]) -> Self {
        Self {
            version: version.to_string(),
            about: about.to_string(),
            tracing,
            levels,
            items: Vec::new(),
            competencies: Vec::new(),
        }
    }

    /// The same model, knowing these items and competencies; of two with one key the last counts.
    #[must_use]
    pub fn with_rates(self, items: Vec<ItemRates>, competencies: Vec<CompetencyRates>) -> Self {
        let (mut items, mut competencies) = (items, competencies);
        items.reverse();
        items.sort_by_key(|rates| rates.key);
        items.dedup_by_key(|rates| rates.key);
        competencies.reverse();
        competencies.sort_by_key(|rates| rates.key);
        competencies.dedup_by_key(|rates| rates.key);
        Self {
            items,
            competencies,
            ..self
        }
    }

    /// The name of the version, stored with every advice.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where it is from: one line of JSON.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Where the chance of a right answer comes from.
    #[must_use]
    pub fn tracing(&self) -> &Tracing {
        &self.tracing
    }

    /// Log-odds that an average learner answers an item of each level right without guessing.
    #[must_use]
    pub fn levels(&self) -> [f32; LEVELS] {
        self.levels
    }

    /// What is known of single items, by key.
    #[must_use]
    pub fn items(&self) -> &[ItemRates] {
        &self.items
    }

    /// What is known of single competencies, by key.
    #[must_use]
    pub fn competencies(&self) -> &[CompetencyRates] {
        &self.competencies
    }

    fn item(&self, key: ItemKey) -> Option<&ItemRates> {
        let place = self.items.binary_search_by_key(&key, |rates| rates.key);
        self.items.get(place.ok()?)
    }

    fn competency(&self, key: CompetencyKey) -> Option<&CompetencyRates> {
        let place = self
            .competencies
            .binary_search_by_key(&key, |rates| rates.key);
        self.competencies.get(place.ok()?)
    }

    /// The chance that somebody without any idea is right: what answers showed, else what the kind of item says.
    #[must_use]
    pub fn guess(&self, item: ItemKey, of_its_kind: f64) -> f64 {
        self.item(item)
            .map_or(of_its_kind, |rates| f64::from(rates.guess))
    }

    /// How hard an item is: what answers showed, else what its level, its kind and its competency say.
    #[must_use]
    pub fn difficulty(
        &self,
        item: ItemKey,
        competency: CompetencyKey,
        level: u8,
        guess: f64,
    ) -> Difficulty {
        let own = self.item(item);
        let about = self.competency(competency);
        let log_odds = own.map_or_else(
            || lifted(self.expected(about, level), guess),
            |rates| rates.difficulty,
        );
        Difficulty {
            known: own.is_some(),
            skill_known: about.is_some(),
            ..Difficulty::shared(log_odds)
        }
    }

    /// Log-odds without guessing that an item of this level has before anyone has answered it.
    fn expected(&self, competency: Option<&CompetencyRates>, level: u8) -> f32 {
        let middle = self.levels[LEVELS / 2];
        let place = usize::from(level.saturating_sub(1)).min(LEVELS - 1);
        let level = self.levels[place];
        competency.map_or(level, |rates| rates.difficulty + level - middle)
    }

    /// The chance that a fresh open item of the middle level is answered right without help, and what it is made of.
    #[must_use]
    pub fn next(
        &self,
        state: &ModelState,
        competency: &CompetencyId,
        knows: &BktState,
    ) -> Prediction {
        let key = competency_key(competency);
        let guess = Probability::clamped(OPEN_GUESS);
        let mut fresh = Opportunity::first_try(key, ItemKey(u32::MAX), guess);
        fresh.slip = Probability::clamped(SLIP);
        match &self.tracing {
            Tracing::Additive(additive) => {
                let difficulty = self.difficulty(fresh.item, key, 2, OPEN_GUESS);
                additive.predict_given(state.learner(), &fresh, difficulty)
            }
            Tracing::Knowledge => bkt::predict(&Parameters::default(), knows, &fresh),
        }
    }

    /// The 80 % interval around a chance on this competency.
    #[must_use]
    pub fn interval(
        &self,
        state: &ModelState,
        competency: &CompetencyId,
        knows: &BktState,
        chance: Probability,
    ) -> (Probability, Probability) {
        match &self.tracing {
            Tracing::Additive(_) => state.learner().interval(competency_key(competency), chance),
            Tracing::Knowledge => knows.interval(),
        }
    }
}

/// How hard an item is for a state, when the event does not say: events of an older program did not.
pub(crate) fn unsaid(guess: f64) -> f32 {
    lifted(UNKNOWN, guess)
}

/// The chance of a right answer without guessing, where the log-odds with it are these.
#[must_use]
pub fn without_guessing(lifted: f32, guess: f64) -> f64 {
    (logistic(f64::from(lifted)) - guess) / (1.0 - guess)
}

/// Log-odds without guessing as log-odds with it.
fn lifted(log_odds: f32, guess: f64) -> f32 {
    let alone = logistic(f64::from(log_odds));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "single precision is what models keep"
    )]
    let lifted = logit((guess + (1.0 - guess) * alone).clamp(1e-4, 1.0 - 1e-4)) as f32;
    lifted
}
