//! Everything that can be learned here: courses and their items, ready for the rules to look up.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::framework::{Competency, CompetencyId, Course, CourseId, ItemId, MixUpId};
use crate::item::{Item, MixUp};

/// The courses and items of a tenant. Built once and shared; a change makes a new one.
#[derive(Debug, Default)]
pub struct Catalog {
    courses: Vec<Course>,
    items: BTreeMap<ItemId, Item>,
    by_competency: BTreeMap<CompetencyId, Vec<ItemId>>,
    homes: BTreeMap<CompetencyId, Vec<usize>>,
    mix_ups: BTreeMap<MixUpId, MixUp>,
    content: u64,
}

impl Catalog {
    /// Puts courses and their items together. Of two items with one id the first stays; the importers refuse such
    /// input before it comes here. `content` is a hash over all of it, made by whoever read it.
    #[must_use]
    pub fn new(courses: Vec<Course>, items: Vec<Item>, mix_ups: Vec<MixUp>, content: u64) -> Self {
        let mut catalog = Self {
            courses,
            content,
            ..Self::default()
        };
        catalog.mix_ups = mix_ups
            .into_iter()
            .map(|mix_up| (mix_up.id.clone(), mix_up))
            .collect();
        for (place, course) in catalog.courses.iter().enumerate() {
            for id in course.sequence() {
                catalog.homes.entry(id.clone()).or_default().push(place);
            }
        }
        for item in items {
            if !catalog.items.contains_key(&item.id) {
                catalog
                    .by_competency
                    .entry(item.competency.clone())
                    .or_default()
                    .push(item.id.clone());
                catalog.items.insert(item.id.clone(), item);
            }
        }
        catalog
    }

    /// A hash over the whole content, to know whether an advice can be replayed.
    #[must_use]
    pub fn content(&self) -> u64 {
        self.content
    }

    /// The courses.
    #[must_use]
    pub fn courses(&self) -> &[Course] {
        &self.courses
    }

    /// A course by id.
    #[must_use]
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == *id)
    }

    /// The course that a competency belongs to: the first, when several share it.
    #[must_use]
    pub fn course_of(&self, id: &CompetencyId) -> Option<&Course> {
        self.courses.get(*self.homes.get(id)?.first()?)
    }

    /// The course in which a learner of these courses meets a competency; `None` when none of them has it.
    #[must_use]
    pub fn course_among(&self, id: &CompetencyId, taken: &[CourseId]) -> Option<&Course> {
        let homes = self.homes.get(id).into_iter().flatten();
        homes
            .filter_map(|place| self.courses.get(*place))
            .find(|course| taken.contains(&course.id))
    }

    /// A competency by id.
    #[must_use]
    pub fn competency(&self, id: &CompetencyId) -> Option<&Competency> {
        self.course_of(id)?.competency(id)
    }

    /// An item by id.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.get(id)
    }

    /// The items of a competency, in the order in which the course gives them.
    pub fn items_of(&self, id: &CompetencyId) -> impl Iterator<Item = &Item> {
        self.by_competency
            .get(id)
            .into_iter()
            .flatten()
            .filter_map(|item| self.items.get(item))
    }

    /// All items.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// A mix-up by id.
    #[must_use]
    pub fn mix_up(&self, id: &MixUpId) -> Option<&MixUp> {
        self.mix_ups.get(id)
    }

    /// How many items there are.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.items.len()
    }
}
