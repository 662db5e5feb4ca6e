//! Everything that can be learned here: courses and their items, ready for the rules to look up.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::framework::{Competency, CompetencyId, Course, CourseId, ItemId, MixUpId};
use crate::item::{Item, MixUp};

/// What the policy asks about a competency again and again, looked up once.
#[derive(Debug)]
struct Place {
    /// More than one when courses share the competency.
    courses: Vec<usize>,
    before: Vec<CompetencyId>,
    after: Vec<CompetencyId>,
    minutes: f64,
}

/// The courses and items of a tenant. Built once and shared; a change makes a new one.
#[derive(Debug, Default)]
pub struct Catalog {
    courses: Vec<Course>,
    items: BTreeMap<ItemId, Item>,
    by_competency: BTreeMap<CompetencyId, Vec<ItemId>>,
    places: BTreeMap<CompetencyId, Place>,
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
        catalog.places = catalog.find_places();
        catalog
    }

    fn find_places(&self) -> BTreeMap<CompetencyId, Place> {
        let mut places: BTreeMap<CompetencyId, Place> = BTreeMap::new();
        for (number, course) in self.courses.iter().enumerate() {
            for id in course.sequence() {
                let place = places.entry(id.clone()).or_insert_with(|| Place {
                    courses: Vec::new(),
                    before: course.framework.before(id).cloned().collect(),
                    after: course.framework.after(id).cloned().collect(),
                    minutes: self.mean_minutes(id),
                });
                place.courses.push(number);
            }
        }
        places
    }

    /// How long an item of a competency takes, in minutes: the mean of its items, at least half a minute.
    fn mean_minutes(&self, id: &CompetencyId) -> f64 {
        let (sum, count) = self.items_of(id).fold((0u32, 0u32), |(sum, count), item| {
            (sum.saturating_add(item.usual_seconds), count + 1)
        });
        (f64::from(sum) / f64::from(count.max(1)) / 60.0).max(0.5)
    }

    /// What comes directly before a competency.
    #[must_use]
    pub fn before(&self, id: &CompetencyId) -> &[CompetencyId] {
        self.places.get(id).map_or(&[], |place| &place.before)
    }

    /// What waits directly for a competency.
    #[must_use]
    pub fn after(&self, id: &CompetencyId) -> &[CompetencyId] {
        self.places.get(id).map_or(&[], |place| &place.after)
    }

    /// How long an item of a competency takes, in minutes.
    #[must_use]
    pub fn minutes(&self, id: &CompetencyId) -> f64 {
        self.places.get(id).map_or(0.5, |place| place.minutes)
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
        self.courses.get(*self.places.get(id)?.courses.first()?)
    }

    /// The course in which a learner of these courses meets a competency; `None` when none of them has it.
    #[must_use]
    pub fn course_among(&self, id: &CompetencyId, taken: &[CourseId]) -> Option<&Course> {
        let courses = &self.places.get(id)?.courses;
        let mut courses = courses.iter().filter_map(|place| self.courses.get(*place));
        courses.find(|course| taken.contains(&course.id))
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
