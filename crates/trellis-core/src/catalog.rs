//! Everything that can be learned here: courses and their items, ready for the rules to look up, with the published
//! model that says how hard the items are.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::framework::{Competency, CompetencyId, Course, CourseId, ItemId, MixUpId};
use crate::item::{Item, MixUp};
use crate::model::RunningModel;

/// What the policy asks about a competency again and again, looked up once. A competency's number is its place in the
/// catalog's list of these.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) id: CompetencyId,
    /// More than one when courses share the competency; none when it only stands before others.
    courses: Vec<usize>,
    before: Vec<CompetencyId>,
    /// The numbers of `before`.
    pub(crate) before_numbers: Vec<usize>,
    pub(crate) after: Vec<CompetencyId>,
    pub(crate) minutes: f64,
    pub(crate) has_items: bool,
}

/// How long an item takes where nothing says so, in minutes; no mean is less.
const LEAST_MINUTES: f64 = 0.5;

/// The courses and items of a tenant. Built once and shared; a change makes a new one.
#[derive(Debug, Default)]
pub struct Catalog {
    courses: Vec<Course>,
    items: BTreeMap<ItemId, Item>,
    by_competency: BTreeMap<CompetencyId, Vec<ItemId>>,
    numbers: BTreeMap<CompetencyId, usize>,
    places: Vec<Place>,
    /// For each course the numbers of its competencies in order of teaching, each once.
    ways: Vec<Vec<usize>>,
    mix_ups: BTreeMap<MixUpId, MixUp>,
    content: u64,
    model: Arc<RunningModel>,
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
        catalog.find_places();
        catalog
    }

    /// The same with another model.
    #[must_use]
    pub fn with_model(self, model: Arc<RunningModel>) -> Self {
        Self { model, ..self }
    }

    /// The running learner model.
    #[must_use]
    pub fn model(&self) -> &Arc<RunningModel> {
        &self.model
    }

    fn find_places(&mut self) {
        let courses = core::mem::take(&mut self.courses);
        for (at, course) in courses.iter().enumerate() {
            let mut way = Vec::new();
            for id in course.sequence() {
                let number = self.number_of(id);
                let place = &mut self.places[number];
                if place.courses.is_empty() {
                    place.before = course.framework.before(id).cloned().collect();
                    place.after = course.framework.after(id).cloned().collect();
                }
                if place.courses.last() != Some(&at) {
                    place.courses.push(at);
                    // A textbook may come back to a competency in a later unit.
                    way.push(number);
                }
            }
            self.ways.push(way);
        }
        self.courses = courses;
        for at in 0..self.places.len() {
            let before = core::mem::take(&mut self.places[at].before);
            let numbers = before.iter().map(|id| self.number_of(id)).collect();
            self.places[at].before_numbers = numbers;
            self.places[at].before = before;
        }
    }

    /// The number of a competency, given now when it has none yet.
    fn number_of(&mut self, id: &CompetencyId) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.places.len();
        let place = Place {
            id: id.clone(),
            courses: Vec::new(),
            before: Vec::new(),
            before_numbers: Vec::new(),
            after: Vec::new(),
            minutes: self.mean_minutes(id),
            has_items: self.items_of(id).next().is_some(),
        };
        self.places.push(place);
        self.numbers.insert(id.clone(), number);
        number
    }

    fn place(&self, id: &CompetencyId) -> Option<&Place> {
        self.places.get(self.number(id)?)
    }

    /// The number of a competency.
    pub(crate) fn number(&self, id: &CompetencyId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// All that has a number, by number.
    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The numbers of a course's competencies in order of teaching, each once.
    pub(crate) fn way(&self, id: &CourseId) -> &[usize] {
        let at = self.courses.iter().position(|course| course.id == *id);
        at.and_then(|at| self.ways.get(at))
            .map_or(&[], Vec::as_slice)
    }

    /// How long an item of a competency takes, in minutes: the mean of its items, at least half a minute.
    fn mean_minutes(&self, id: &CompetencyId) -> f64 {
        let (sum, count) = self.items_of(id).fold((0u32, 0u32), |(sum, count), item| {
            (sum.saturating_add(item.usual_seconds), count + 1)
        });
        (f64::from(sum) / f64::from(count.max(1)) / 60.0).max(LEAST_MINUTES)
    }

    /// What comes directly before a competency.
    #[must_use]
    pub fn before(&self, id: &CompetencyId) -> &[CompetencyId] {
        self.place(id).map_or(&[], |place| &place.before)
    }

    /// What waits directly for a competency.
    #[must_use]
    pub fn after(&self, id: &CompetencyId) -> &[CompetencyId] {
        self.place(id).map_or(&[], |place| &place.after)
    }

    /// How long an item of a competency takes, in minutes.
    #[must_use]
    pub fn minutes(&self, id: &CompetencyId) -> f64 {
        self.place(id).map_or(LEAST_MINUTES, |place| place.minutes)
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
        self.courses.get(*self.place(id)?.courses.first()?)
    }

    /// The course in which a learner of these courses meets a competency; `None` when none of them has it.
    #[must_use]
    pub fn course_among(&self, id: &CompetencyId, taken: &[CourseId]) -> Option<&Course> {
        let courses = &self.place(id)?.courses;
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
