//! Placement on first entry to a course: which of its competencies a learner knows, from at most [`MOST_QUESTIONS`]
//! questions, each of which halves what is open (Doignon and Falmagne's knowledge spaces; see
//! [`trellis_stats::adaptive::Placement`]).
//!
//! The answers are evidence like any other. What the questions say about competencies that were not asked masters
//! nothing: it opens what comes after, and advice goes there first, until a wrong answer says otherwise.

use alloc::vec::Vec;

use trellis_stats::adaptive::{Placement, PlacementOptions, Prerequisites};
use trellis_stats::random::Random;

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::framework::{CompetencyId, CourseId};
pub use crate::placed::{Asked, Placed, Placing, WhyOver};

/// Most questions of a placement.
pub const MOST_QUESTIONS: u8 = 20;
/// From this chance on a competency is taken as known.
pub const KNOWN_FROM: f64 = 0.8;
/// A course with fewer competencies has its beginning in sight, and needs no placement.
pub const LEAST_COMPETENCIES: usize = 6;
/// States of knowledge that stand for the belief.
const CROWD: usize = 1024;

/// A course as placement sees it: its competencies in order of teaching, each after those that it needs.
struct Ground<'a> {
    competencies: Vec<&'a CompetencyId>,
    can_ask: Vec<bool>,
    graph: Prerequisites,
}

impl<'a> Ground<'a> {
    /// The ground of a course. A link that leads back against the order of teaching is left out.
    fn of(catalog: &'a Catalog, course: &CourseId) -> Option<Self> {
        let mut competencies: Vec<&CompetencyId> = Vec::new();
        for id in catalog.course(course)?.sequence() {
            if !competencies.contains(&id) {
                competencies.push(id);
            }
        }
        let place = |id: &CompetencyId, before: usize| {
            let found = competencies[..before].iter().position(|one| *one == id)?;
            u32::try_from(found).ok()
        };
        let before = (0..competencies.len())
            .map(|own| {
                let needed = catalog.before(competencies[own]).iter();
                needed.filter_map(|id| place(id, own)).collect()
            })
            .collect();
        let can_ask = competencies
            .iter()
            .map(|id| {
                let mut items = catalog.items_of(id);
                items.any(|item| !item.kind().waits_for_person())
            })
            .collect();
        Some(Self {
            graph: Prerequisites::new(before)?,
            competencies,
            can_ask,
        })
    }

    /// The belief after all answers so far. The same answers give the same belief.
    fn after(&self, placing: &Placing) -> Placement<'_> {
        let options = PlacementOptions {
            crowd: CROWD,
            most_questions: usize::from(MOST_QUESTIONS),
            ..PlacementOptions::default()
        };
        let mut random = Random::labelled(placing.seed, "placement");
        let mut placement = Placement::new(&self.graph, options, &mut random);
        for asked in &placing.asked {
            let mut all = self.competencies.iter();
            // A competency that the course has lost since is no question any more.
            if let Some(place) = all.position(|id| **id == asked.competency) {
                placement.answer_guessable(place, asked.right, asked.guess, &mut random);
            }
        }
        placement
    }
}

/// Where a placement stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// This is asked next.
    Ask(CompetencyId),
    /// It is over, and takes these as known, in order of teaching.
    Over(WhyOver, Vec<Placed>),
}

/// What comes next.
#[must_use]
pub fn step(placing: &Placing, catalog: &Catalog) -> Step {
    let Some(ground) = Ground::of(catalog, &placing.course) else {
        return Step::Over(WhyOver::Sure, Vec::new());
    };
    let placement = ground.after(placing);
    let all_asked = placing.asked.len() >= usize::from(MOST_QUESTIONS);
    let next = if all_asked || placement.is_over() {
        None
    } else {
        placement.next_question_of(|place| ground.can_ask[place])
    };
    match next {
        Some(place) => Step::Ask(ground.competencies[place].clone()),
        None if all_asked => Step::Over(WhyOver::Asked, known(&ground, &placement)),
        None => Step::Over(WhyOver::Sure, known(&ground, &placement)),
    }
}

/// What a placement takes as known after the answers so far, in order of teaching.
#[must_use]
pub fn so_far(placing: &Placing, catalog: &Catalog) -> Vec<Placed> {
    // Nothing asked, nothing known: what most learners know says nothing about this one.
    if placing.asked.is_empty() {
        return Vec::new();
    }
    Ground::of(catalog, &placing.course)
        .map_or_else(Vec::new, |ground| known(&ground, &ground.after(placing)))
}

fn known(ground: &Ground<'_>, placement: &Placement<'_>) -> Vec<Placed> {
    let chances = ground.competencies.iter().zip(placement.chances());
    let known = chances.filter(|(_, chance)| **chance >= KNOWN_FROM);
    known
        .map(|(id, chance)| Placed {
            competency: (*id).clone(),
            chance: *chance,
        })
        .collect()
}

/// Whether a learner is offered a placement in a course: on first entry, once, where the course has an order, and unless
/// a teacher turned it off or the learner goes a fixed path.
#[must_use]
pub fn is_offered(state: &LearnerState, catalog: &Catalog, course: &CourseId) -> bool {
    let Some(found) = catalog.course(course) else {
        return false;
    };
    let taken = state.courses.contains(course) && !state.placements.contains(course);
    taken
        && !state.no_placement
        && !state.is_fixed()
        && state.placing.is_none()
        && !found.framework.associations().is_empty()
        && found.sequence().count() >= LEAST_COMPETENCIES
        && found.sequence().all(|id| state.competency(id).is_none())
}
