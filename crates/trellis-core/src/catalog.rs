//! Everything that can be learned here: courses and their items, ready for the rules to look up, with the published
//! model that says how hard the items are.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use trellis_stats::fnv;

use crate::curation::Decided;
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
}

/// How long an item takes where nothing says so, in minutes; no mean is less.
const LEAST_MINUTES: f64 = 0.5;

/// Everything that was imported, looked up once.
#[derive(Debug, Default)]
struct Shelves {
    courses: Vec<Course>,
    items: BTreeMap<ItemId, Arc<Item>>,
    /// The items in the order in which they came.
    order: Vec<ItemId>,
    by_competency: BTreeMap<CompetencyId, Vec<ItemId>>,
    numbers: BTreeMap<CompetencyId, usize>,
    places: Vec<Place>,
    /// For each course the numbers of its competencies in order of teaching, each once.
    ways: Vec<Vec<usize>>,
    mix_ups: BTreeMap<MixUpId, MixUp>,
    /// The hash of all this as it was imported.
    content: u64,
}

impl Shelves {
    /// These courses and items in order; of two items with one id the first stays.
    fn of(
        courses: Vec<Course>,
        items: impl IntoIterator<Item = Arc<Item>>,
        mix_ups: BTreeMap<MixUpId, MixUp>,
        content: u64,
    ) -> Self {
        let mut shelves = Self {
            courses,
            content,
            mix_ups,
            ..Self::default()
        };
        for item in items {
            if !shelves.items.contains_key(&item.id) {
                let of = shelves.by_competency.entry(item.competency.clone());
                of.or_default().push(item.id.clone());
                shelves.order.push(item.id.clone());
                shelves.items.insert(item.id.clone(), item);
            }
        }
        shelves.find_places();
        shelves
    }

    /// The same with items that count for other competencies, and other links. What names something that is not here is
    /// left out.
    fn with(&self, decided: &Decided) -> Self {
        let mut courses = self.courses.clone();
        for (first, then, holds) in &decided.links {
            for course in &mut courses {
                course.framework.set_before(first, then, *holds);
            }
        }
        let taught =
            |id: &CompetencyId| courses.iter().any(|course| course.competency(id).is_some());
        let items = self.order.iter().filter_map(|id| self.items.get(id));
        let items: Vec<Arc<Item>> = items
            .map(|item| match decided.tags.get(&item.id) {
                Some(competency) if taught(competency) => Arc::new(Item {
                    competency: competency.clone(),
                    ..(**item).clone()
                }),
                _ => Arc::clone(item),
            })
            .collect();
        Self::of(courses, items, self.mix_ups.clone(), self.content)
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
        };
        self.places.push(place);
        self.numbers.insert(id.clone(), number);
        number
    }

    /// How long an item of a competency takes, in minutes: the mean of its items, at least half a minute.
    fn mean_minutes(&self, id: &CompetencyId) -> f64 {
        let ids = self.by_competency.get(id).into_iter().flatten();
        let all = ids.filter_map(|id| self.items.get(id));
        let (sum, count) = all.fold((0u32, 0u32), |(sum, count), item| {
            (sum.saturating_add(item.usual_seconds), count + 1)
        });
        (f64::from(sum) / f64::from(count.max(1)) / 60.0).max(LEAST_MINUTES)
    }
}

/// The hash of content about which something was decided; where nothing was it is the content's own.
fn decided_content(content: u64, decided: &Decided) -> u64 {
    // Each id with an end of its own, and each kind of decision too.
    let held = decided.held.iter();
    let held = held.flat_map(|id| id.as_str().bytes().chain([0]));
    let tags = decided.tags.iter().flat_map(|(item, competency)| {
        let item = item.as_str().bytes().chain([1]);
        item.chain(competency.as_str().bytes()).chain([0])
    });
    let links = decided.links.iter().flat_map(|(first, then, holds)| {
        let first = first.as_str().bytes().chain([2]);
        let then = then.as_str().bytes().chain([u8::from(*holds) + 2]);
        first.chain(then).chain([0])
    });
    fnv::more(content, held.chain(tags).chain(links))
}

/// The courses and items of a tenant, as people decided that they are given out. Built once and shared; a change makes a
/// new one.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// As it was imported.
    imported: Arc<Shelves>,
    /// As it is given out.
    shelves: Arc<Shelves>,
    decided: Arc<Decided>,
    /// By number: whether there is an item of the competency that can be given.
    stocked: Arc<Vec<bool>>,
    content: u64,
    model: Arc<RunningModel>,
}

impl Catalog {
    /// Puts courses and their items together. Of two items with one id the first stays; the importers refuse such
    /// input before it comes here. `content` is a hash over all of it, made by whoever read it.
    #[must_use]
    pub fn new(courses: Vec<Course>, items: Vec<Item>, mix_ups: Vec<MixUp>, content: u64) -> Self {
        let mix_ups = mix_ups
            .into_iter()
            .map(|mix_up| (mix_up.id.clone(), mix_up))
            .collect();
        let items = items.into_iter().map(Arc::new);
        let shelves = Arc::new(Shelves::of(courses, items, mix_ups, content));
        let all = Self {
            content,
            imported: Arc::clone(&shelves),
            shelves,
            ..Self::default()
        };
        all.with_decided(Decided::default())
    }

    /// The same as it is given out after these decisions, whatever was decided before: no learner is given what is held
    /// back, and those who are in it finish it; items count for what they are tagged with; links are as decided.
    #[must_use]
    pub fn with_decided(&self, decided: Decided) -> Self {
        let same = decided.tags == self.decided.tags && decided.links == self.decided.links;
        let none = decided.tags.is_empty() && decided.links.is_empty();
        let shelves = match (same, none) {
            (true, _) => Arc::clone(&self.shelves),
            (false, true) => Arc::clone(&self.imported),
            (false, false) => Arc::new(self.imported.with(&decided)),
        };
        let mut catalog = Self {
            content: decided_content(self.imported.content, &decided),
            shelves,
            decided: Arc::new(decided),
            ..self.clone()
        };
        let places = catalog.places().iter();
        let stocked = places.map(|place| catalog.items_of(&place.id).next().is_some());
        catalog.stocked = Arc::new(stocked.collect());
        catalog
    }

    /// What was decided about it.
    #[must_use]
    pub fn decided(&self) -> &Decided {
        &self.decided
    }

    /// The competency that an item counted for when it was imported.
    #[must_use]
    pub fn imported_competency(&self, id: &ItemId) -> Option<&CompetencyId> {
        self.imported.items.get(id).map(|item| &item.competency)
    }

    /// A course that has both competencies.
    #[must_use]
    pub fn course_with(&self, first: &CompetencyId, then: &CompetencyId) -> Option<&Course> {
        let has = |course: &&Course| {
            course.competency(first).is_some() && course.competency(then).is_some()
        };
        self.courses().iter().find(has)
    }

    /// Whether one competency comes before another by the word of a course that was imported.
    #[must_use]
    pub fn was_before(&self, first: &CompetencyId, then: &CompetencyId) -> bool {
        let mut courses = self.imported.courses.iter();
        courses.any(|course| course.framework.comes_before(first, then))
    }

    /// Whether an item is held back.
    #[must_use]
    pub fn is_held(&self, id: &ItemId) -> bool {
        self.decided.held.contains(id)
    }

    /// Whether there is an item to give for the competency with this number.
    pub(crate) fn has_items(&self, number: usize) -> bool {
        self.stocked.get(number).copied().unwrap_or(false)
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

    fn place(&self, id: &CompetencyId) -> Option<&Place> {
        self.shelves.places.get(self.number(id)?)
    }

    /// The number of a competency.
    pub(crate) fn number(&self, id: &CompetencyId) -> Option<usize> {
        self.shelves.numbers.get(id).copied()
    }

    /// All that has a number, by number.
    pub(crate) fn places(&self) -> &[Place] {
        &self.shelves.places
    }

    /// The numbers of a course's competencies in order of teaching, each once.
    pub(crate) fn way(&self, id: &CourseId) -> &[usize] {
        let at = self
            .shelves
            .courses
            .iter()
            .position(|course| course.id == *id);
        at.and_then(|at| self.shelves.ways.get(at))
            .map_or(&[], Vec::as_slice)
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
        &self.shelves.courses
    }

    /// A course by id.
    #[must_use]
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.shelves.courses.iter().find(|course| course.id == *id)
    }

    /// The course that a competency belongs to: the first, when several share it.
    #[must_use]
    pub fn course_of(&self, id: &CompetencyId) -> Option<&Course> {
        self.shelves.courses.get(*self.place(id)?.courses.first()?)
    }

    /// The course in which a learner of these courses meets a competency; `None` when none of them has it.
    #[must_use]
    pub fn course_among(&self, id: &CompetencyId, taken: &[CourseId]) -> Option<&Course> {
        let courses = &self.place(id)?.courses;
        let mut courses = courses
            .iter()
            .filter_map(|place| self.shelves.courses.get(*place));
        courses.find(|course| taken.contains(&course.id))
    }

    /// A competency by id.
    #[must_use]
    pub fn competency(&self, id: &CompetencyId) -> Option<&Competency> {
        self.course_of(id)?.competency(id)
    }

    /// An item by id, also one that is held back.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.shelves.items.get(id).map(Arc::as_ref)
    }

    /// The items of a competency that can be given, in the order in which the course gives them; what is held back is
    /// not among them.
    pub fn items_of(&self, id: &CompetencyId) -> impl Iterator<Item = &Item> {
        self.shelves
            .by_competency
            .get(id)
            .into_iter()
            .flatten()
            .filter(|item| !self.is_held(item))
            .filter_map(|item| self.item(item))
    }

    /// All items, also those that are held back.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.shelves.items.values().map(Arc::as_ref)
    }

    /// A mix-up by id.
    #[must_use]
    pub fn mix_up(&self, id: &MixUpId) -> Option<&MixUp> {
        self.shelves.mix_ups.get(id)
    }

    /// All mix-ups, by id.
    pub fn mix_ups(&self) -> impl Iterator<Item = &MixUp> {
        self.shelves.mix_ups.values()
    }

    /// How many items there are.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.shelves.items.len()
    }
}
