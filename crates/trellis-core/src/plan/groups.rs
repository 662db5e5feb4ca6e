//! Groups by need: who would gain from ten minutes together, on what, and why each of them. And what the ten minutes are
//! made of: a worked solution of the course, and questions to try.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::cards::mix_ups_of_learner;
use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::framework::{CompetencyId, MixUpId};
use crate::id::PersonId;
use crate::mastery::{self, Mastery};
use crate::paper::{self, Question};
use crate::time::Timestamp;

/// Most groups of a morning.
pub const MOST_GROUPS: usize = 4;
/// Fewest members that are suggested.
pub const LEAST_MEMBERS: usize = 2;
/// Most members that are suggested: one teacher, one table.
pub const MOST_MEMBERS: usize = 6;
/// Questions to try at the end of the ten minutes.
pub const CARDS: usize = 6;
/// Days that count as lately.
const LATELY_DAYS: f64 = 7.0;
/// First tries after which somebody without a rise is called stuck here.
const MANY_TRIES: u32 = 6;
/// First tries from which on a low estimate says something.
const SOME_TRIES: u32 = 2;
/// Below this probability of knowing, ten minutes with a person pay.
const LOW: f64 = 0.6;

/// Why somebody is in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Shows a misconception, so many times lately.
    MixUp {
        /// Which.
        mix_up: MixUpId,
        /// How often.
        times: u32,
    },
    /// Tried many times without a rise.
    Stuck {
        /// First tries.
        tries: u32,
        /// Of those, right without help.
        right_alone: u32,
    },
    /// Began lately and does not know it yet.
    Begun {
        /// First tries.
        tries: u32,
        /// Of those, right without help.
        right_alone: u32,
    },
    /// The teacher put them there.
    Placed,
}

impl Why {
    /// The name in tables and translation files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::MixUp { .. } => "mix-up",
            Self::Stuck { .. } => "stuck",
            Self::Begun { .. } => "begun",
            Self::Placed => "placed",
        }
    }

    /// The names of all reasons.
    pub const KEYS: [&'static str; 4] = ["mix-up", "stuck", "begun", "placed"];

    /// What ten minutes are worth for somebody with this reason: an ordering, not a measurement.
    fn weight(&self) -> u32 {
        match self {
            Self::MixUp { times, .. } => 4 + (*times).min(4),
            Self::Stuck { tries, .. } => 4 + (tries / 4).min(4),
            Self::Begun { .. } => 1,
            Self::Placed => 0,
        }
    }
}

/// Somebody in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The learner.
    pub learner: PersonId,
    /// Why.
    pub why: Why,
}

/// A group that is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is about.
    pub competency: CompetencyId,
    /// The misconception that most of its members show.
    pub mix_up: Option<MixUpId>,
    /// Its members, the most pressing first.
    pub members: Vec<Member>,
}

/// What a learner would need a group for, by competency.
fn needs(state: &LearnerState, catalog: &Catalog, now: Timestamp) -> BTreeMap<CompetencyId, Why> {
    let mut needs = BTreeMap::new();
    let mix_ups = mix_ups_of_learner(state, catalog, now);
    for begun in &state.competencies {
        let id = &begun.competency;
        let lately = now.days_since(begun.last_at) <= LATELY_DAYS;
        if !lately
            || catalog.competency(id).is_none()
            || mastery::mastery(state, id, now) != Mastery::NotYet
            || mastery::known(state, id) >= LOW
        {
            continue;
        }
        let shown = mix_ups.iter().filter(|(_, about, _)| about == id);
        let (tries, right_alone) = (begun.first_tries, begun.right_alone);
        let why = match shown.max_by_key(|(_, _, times)| *times) {
            Some((mix_up, _, times)) => Why::MixUp {
                mix_up: mix_up.clone(),
                times: *times,
            },
            None if tries >= MANY_TRIES => Why::Stuck { tries, right_alone },
            None if tries >= SOME_TRIES && right_alone < tries => Why::Begun { tries, right_alone },
            None => continue,
        };
        needs.insert(id.clone(), why);
    }
    needs
}

/// Groups of a section, the most pressing first: each learner in one at most, at the place where the group needs it most.
/// With `about`, the group for this competency comes first when anybody needs it.
#[must_use]
pub fn groups(
    learners: &[(PersonId, &LearnerState)],
    catalog: &Catalog,
    about: Option<&CompetencyId>,
    now: Timestamp,
) -> Vec<Group> {
    let mut waiting: BTreeMap<CompetencyId, Vec<Member>> = BTreeMap::new();
    for (learner, state) in learners {
        for (id, why) in needs(state, catalog, now) {
            let learner = *learner;
            waiting.entry(id).or_default().push(Member { learner, why });
        }
    }
    let mut taken: BTreeSet<PersonId> = BTreeSet::new();
    let mut found = Vec::new();
    while found.len() < MOST_GROUPS {
        let candidates = waiting.iter().map(|(id, members)| {
            let free = members.iter().filter(|one| !taken.contains(&one.learner));
            let mut free: Vec<&Member> = free.collect();
            free.sort_by_key(|one| Reverse(one.why.weight()));
            free.truncate(MOST_MEMBERS);
            let worth: u32 = free.iter().map(|one| one.why.weight()).sum();
            let asked = found.is_empty() && about == Some(id) && !free.is_empty();
            ((asked, worth), id, free)
        });
        let best = candidates
            .filter(|((asked, _), _, free)| *asked || free.len() >= LEAST_MEMBERS)
            // Of equals the first by name: the same morning gives the same groups.
            .max_by_key(|(worth, id, _)| (*worth, Reverse((*id).clone())));
        let Some((_, id, members)) = best else {
            break;
        };
        let members: Vec<Member> = members.into_iter().cloned().collect();
        taken.extend(members.iter().map(|one| one.learner));
        found.push(Group {
            competency: id.clone(),
            mix_up: shared(&members),
            members,
        });
    }
    found
}

/// The misconception that most members show, when two or more do.
fn shared(members: &[Member]) -> Option<MixUpId> {
    let mut counts: BTreeMap<&MixUpId, usize> = BTreeMap::new();
    for member in members {
        if let Why::MixUp { mix_up, .. } = &member.why {
            *counts.entry(mix_up).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (most.1 >= 2).then(|| most.0.clone())
}

/// Ten minutes for a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// A question with its worked solution; one that shows the misconception where there is one.
    pub worked: Question,
    /// Questions to try, each another.
    pub cards: Vec<Question>,
}

/// The ten minutes on a competency; `None` when the course has no worked solution for it that fits on paper. The same seed
/// draws the same questions.
#[must_use]
pub fn lesson(
    catalog: &Catalog,
    id: &CompetencyId,
    mix_up: Option<&MixUpId>,
    seed: u64,
) -> Option<Lesson> {
    let items = paper::items(catalog, id, None);
    let shows = |question: &Question| {
        let mut known = question.variant.mix_ups.iter();
        mix_up.is_none_or(|mix_up| known.any(|known| known.id == *mix_up))
    };
    let worked: Vec<Question> = items
        .iter()
        .filter_map(|item| paper::drawn(item, seed))
        .filter(|question| !question.variant.solution.is_empty())
        .collect();
    let worked = worked
        .iter()
        .find(|question| shows(question))
        .or_else(|| worked.first())?
        .clone();
    let cards = paper::different(&items, Some(&worked), CARDS, seed);
    Some(Lesson { worked, cards })
}

#[cfg(test)]
mod tests;
