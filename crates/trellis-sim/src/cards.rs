//! How often the cards of a teacher's morning are right, and how much they miss, in classes of which it is known who
//! needs what. Beside them the rule of Kolibri, which flags a student after four wrong answers.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::catalog::Catalog;
use trellis_core::framework::{CompetencyId, CourseId, MixUpId};
use trellis_core::id::PersonId;
use trellis_core::mastery::{self, Mastery};
use trellis_core::plan::cards::{CardKind, cards};
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;

use crate::classroom::{Met, Pupil};
use crate::history::mix_ups_of;
use crate::learner::SimLearner;

/// Monday, 31 August 2026, half past eight.
const FIRST_MORNING: Timestamp = Timestamp(1_788_165_000_000);
/// Days that count as lately, as for the cards.
const LATELY_DAYS: f64 = 7.0;
/// First tries after which somebody who does not know needs a person.
const NEEDS_AFTER: usize = 6;
/// Questions of a week, not known and without a hint, that show somebody who does not ask.
const NOT_ASKED: usize = 5;
/// Questions of a week that know a mix-up and were not known, so that a mix-up that is held can show.
const OCCASIONS: usize = 2;
/// Learners who must share a mix-up.
const SHARED_BY: usize = 2;
/// Days for which somebody has left for good when it is time to ask.
const AWAY_DAYS: i64 = 4;
/// The least that a learner comes of the days of a class that practises at school.
const LEAST_COMING: f64 = 0.8;
/// Things due for a review and truly lost from which on nobody should miss it; a card is right from the first on.
const LOST: usize = 3;
/// School days that a need must last to count as one that could be missed.
const LASTS: u32 = 3;
/// Days for which a card that was put away stays away.
const AWAY_FOR_DAYS: i64 = 7;
/// Wrong answers after which Kolibri says that a student needs help.
const KOLIBRI_WRONG: u32 = 4;
/// Days at the beginning on which nothing is judged: nobody can need anything yet.
const BEGINNING_DAYS: i64 = 7;

/// The classes to live through.
#[derive(Debug, Clone, Copy)]
pub struct ClassPlan {
    /// Chance.
    pub seed: u64,
    /// Learners of a class.
    pub learners: usize,
    /// Weeks of five days.
    pub weeks: u32,
    /// Attempts of a learner on a day.
    pub attempts_a_day: u32,
}

/// Something that a learner needs, or is said to need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    kind: CardKind,
    learner: PersonId,
    competency: Option<CompetencyId>,
    mix_up: Option<MixUpId>,
}

/// How one kind of card, or one rule, did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Findings that were shown, each once a week.
    pub shown: u32,
    /// Of those, true.
    pub right: u32,
    /// Needs that lasted three school days or more.
    pub needs: u32,
    /// Of those, shown while they lasted.
    pub found: u32,
}

impl Told {
    fn add(&mut self, other: &Self) {
        self.shown += other.shown;
        self.right += other.right;
        self.needs += other.needs;
        self.found += other.found;
    }

    /// Of what was shown, the share that was true; `None` when nothing was shown.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        (self.shown > 0).then(|| f64::from(self.right) / f64::from(self.shown))
    }

    /// Of what was needed, the share that was shown; `None` when nothing was needed.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        (self.needs > 0).then(|| f64::from(self.found) / f64::from(self.needs))
    }
}

/// What came of simulated classes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardFigures {
    /// By kind. Answers that wait and objections are facts, no guesses: they are not judged.
    pub kinds: BTreeMap<CardKind, Told>,
    /// Who is stuck where, by the cards.
    pub stuck: Told,
    /// Who is stuck where, by four wrong answers.
    pub four_wrong: Told,
    /// Mornings on which a teacher looked.
    pub mornings: u32,
}

impl CardFigures {
    /// All kinds together, but for good news.
    #[must_use]
    pub fn all(&self) -> Told {
        let mut all = Told::default();
        let needs = self.kinds.iter();
        for (_, told) in needs.filter(|(kind, _)| **kind != CardKind::ReadyToCheck) {
            all.add(told);
        }
        all
    }

    /// Takes in the figures of another class.
    pub fn add(&mut self, other: &Self) {
        for (kind, told) in &other.kinds {
            self.kinds.entry(*kind).or_default().add(told);
        }
        self.stuck.add(&other.stuck);
        self.four_wrong.add(&other.four_wrong);
        self.mornings += other.mornings;
    }
}

/// What was put away, until which day, and what it said.
type Away = BTreeMap<String, (i64, Need)>;

/// What is true of a class on a morning.
#[derive(Default)]
struct Truths {
    /// What is so.
    so: BTreeSet<Need>,
    /// Of that, what somebody should not miss.
    needs: BTreeSet<Need>,
}

/// Follows needs from morning to morning, and what was shown of them.
#[derive(Default)]
struct Watch {
    open: BTreeMap<Need, (u32, bool)>,
    told: BTreeMap<CardKind, Told>,
}

impl Watch {
    /// A morning with these needs, and what the teacher has been told, today or within the week. `judged` are what is newly
    /// shown, and what is so.
    fn morning(
        &mut self,
        needs: &BTreeSet<Need>,
        told: &BTreeSet<Need>,
        judged: [&BTreeSet<Need>; 2],
    ) {
        let [new, so] = judged;
        for need in new {
            let told = self.told.entry(need.kind).or_default();
            told.shown += 1;
            told.right += u32::from(so.contains(need));
        }
        let ended: Vec<Need> = self
            .open
            .keys()
            .filter(|need| !needs.contains(*need))
            .cloned()
            .collect();
        for need in ended {
            self.end(&need);
        }
        for need in needs {
            let open = self.open.entry(need.clone()).or_default();
            open.0 += 1;
            open.1 |= told.contains(need);
        }
    }

    fn end(&mut self, need: &Need) {
        if let Some((days, shown)) = self.open.remove(need)
            && days >= LASTS
        {
            let told = self.told.entry(need.kind).or_default();
            told.needs += 1;
            told.found += u32::from(shown);
        }
    }

    fn finish(mut self) -> BTreeMap<CardKind, Told> {
        let rest: Vec<Need> = self.open.keys().cloned().collect();
        for need in rest {
            self.end(&need);
        }
        self.told
    }
}

/// Lives through a class and judges each morning's cards against what is true.
#[must_use]
pub fn judge_cards(catalog: &Catalog, course: &CourseId, plan: &ClassPlan) -> CardFigures {
    let mut pupils = class(catalog, course, plan);
    let (mut cards_watch, mut kolibri_watch, mut stuck_watch) =
        (Watch::default(), Watch::default(), Watch::default());
    // What was put away, and until which day.
    let mut away = Away::new();
    let mut flagged: BTreeMap<Need, i64> = BTreeMap::new();
    let mut mornings = 0;
    for number in 0..i64::from(plan.weeks) * 7 {
        let morning = FIRST_MORNING.plus_days(number);
        for pupil in &mut pupils {
            pupil.night(1.0);
        }
        if number % 7 >= 5 {
            continue;
        }
        if number >= BEGINNING_DAYS {
            mornings += 1;
            let truth = truths(&pupils, catalog, morning);
            let new = shown(&pupils, catalog, &mut away, morning);
            let told: BTreeSet<Need> = away.values().map(|(_, need)| need.clone()).collect();
            cards_watch.morning(&truth.needs, &told, [&new, &truth.so]);
            let stuck = |all: &BTreeSet<Need>| -> BTreeSet<Need> {
                let of = all.iter().filter(|need| need.kind == CardKind::Stuck);
                of.cloned().collect()
            };
            let needs = stuck(&truth.needs);
            stuck_watch.morning(&needs, &stuck(&told), [&stuck(&new), &needs]);
            let wrong = four_wrong(&pupils);
            flagged.retain(|_, until| *until > morning.day());
            let new: BTreeSet<Need> = wrong
                .iter()
                .filter(|need| !flagged.contains_key(*need))
                .cloned()
                .collect();
            for need in &new {
                flagged.insert(need.clone(), morning.day() + AWAY_FOR_DAYS);
            }
            kolibri_watch.morning(&needs, &wrong, [&new, &needs]);
        }
        for pupil in &mut pupils {
            // The teacher has read what waited.
            pupil.state.waiting.clear();
            pupil.day(catalog, morning, plan.attempts_a_day);
        }
    }
    let of_stuck = |watch: Watch| watch.finish().remove(&CardKind::Stuck).unwrap_or_default();
    CardFigures {
        kinds: cards_watch.finish(),
        stuck: of_stuck(stuck_watch),
        four_wrong: of_stuck(kolibri_watch),
        mornings,
    }
}

/// A class: some cannot learn without a person, some never ask, some leave, and mix-ups are held by a few or by many.
fn class(catalog: &Catalog, course: &CourseId, plan: &ClassPlan) -> Vec<Pupil> {
    let mut random = Random::labelled(plan.seed, "class");
    let mut mix_ups: Vec<(MixUpId, f64)> = Vec::new();
    for id in catalog.items().flat_map(mix_ups_of) {
        if !mix_ups.iter().any(|(known, _)| *known == id) {
            mix_ups.push((id, 0.5 * random.uniform()));
        }
    }
    (0..plan.learners)
        .map(|number| {
            let held = mix_ups
                .iter()
                .filter(|(_, share)| random.chance(*share))
                .map(|(id, _)| id.clone());
            let held = held.collect();
            let mut mind = SimLearner::new(plan.seed, number, &[]).holding(held, 0.75);
            if number % 12 == 3 {
                mind = mind.stuck();
            }
            mind = mind.coming(LEAST_COMING + (1.0 - LEAST_COMING) * random.uniform());
            if number % 8 == 5 {
                mind = mind.silent();
            }
            let mut pupil = Pupil::new(plan.seed, number, mind, course);
            if number % 13 == 7 {
                let weeks = u64::from(plan.weeks.saturating_sub(3).max(1));
                let day = i64::try_from(14 + random.below(weeks * 7)).unwrap_or(14);
                pupil.leaves = Some(FIRST_MORNING.day() + day);
            }
            pupil
        })
        .collect()
}

/// What this morning's cards say, each finding as a need; all of it is put away.
fn shown(
    pupils: &[Pupil],
    catalog: &Catalog,
    away: &mut Away,
    morning: Timestamp,
) -> BTreeSet<Need> {
    away.retain(|_, (until, _)| *until > morning.day());
    let dismissed: Vec<String> = away.keys().cloned().collect();
    let learners: Vec<_> = pupils
        .iter()
        .map(|pupil| (pupil.seat.person, &pupil.state))
        .collect();
    let mut shown = BTreeSet::new();
    for card in cards(&learners, &[], catalog, &dismissed, morning) {
        for finding in &card.findings {
            let need = Need {
                kind: card.kind,
                learner: finding.learner,
                competency: finding.competency.clone(),
                mix_up: card.mix_up.clone(),
            };
            let until = morning.day() + AWAY_FOR_DAYS;
            away.insert(finding.name.clone(), (until, need.clone()));
            shown.insert(need);
        }
    }
    shown.retain(|need| need.kind != CardKind::ToCheck);
    shown
}

/// Who is flagged by four wrong answers, and where.
fn four_wrong(pupils: &[Pupil]) -> BTreeSet<Need> {
    let flagged = |pupil: &Pupil| {
        let wrong = pupil.wrong.iter();
        let many = wrong.filter(|(_, count)| **count >= KOLIBRI_WRONG);
        let person = pupil.seat.person;
        many.map(move |(id, _)| need(CardKind::Stuck, person, id))
            .collect::<Vec<_>>()
    };
    pupils.iter().flat_map(flagged).collect()
}

fn need(kind: CardKind, learner: PersonId, competency: &CompetencyId) -> Need {
    Need {
        kind,
        learner,
        competency: Some(competency.clone()),
        mix_up: None,
    }
}

fn lately(pupil: &Pupil, now: Timestamp) -> impl Iterator<Item = &Met> {
    let met = pupil.met.iter();
    met.filter(move |met| now.days_since(met.at) <= LATELY_DAYS)
}

/// Who holds which mix-up, where.
type Held = BTreeMap<(MixUpId, CompetencyId), Vec<PersonId>>;

impl Truths {
    /// Where somebody works without knowing: stuck after many tries; and the mix-ups that they hold there. Whether they are
    /// stuck anywhere.
    fn work(&mut self, pupil: &Pupil, catalog: &Catalog, now: Timestamp, held: &mut Held) -> bool {
        let learner = pupil.seat.person;
        let worked: BTreeSet<&CompetencyId> =
            lately(pupil, now).map(|met| &met.competency).collect();
        let mut stuck = false;
        for id in worked.into_iter().filter(|id| !pupil.knows(id)) {
            let tries = pupil.met.iter().filter(|met| met.competency == *id).count();
            // What counts as mastered and was lost is told of elsewhere.
            let works_on = mastery::mastery(&pupil.state, id, now) == Mastery::NotYet;
            if works_on && tries >= NEEDS_AFTER {
                stuck = true;
                self.needs.insert(need(CardKind::Stuck, learner, id));
            }
            let wrong = lately(pupil, now).filter(|met| met.competency == *id && !met.knew);
            let occasions: Vec<MixUpId> = wrong
                .filter_map(|met| catalog.item(&met.item))
                .flat_map(mix_ups_of)
                .collect();
            for mix_up in &occasions {
                let often = occasions.iter().filter(|other| *other == mix_up).count();
                if often >= OCCASIONS && pupil.seat.mind.mix_ups().contains(mix_up) {
                    let holders = held.entry((mix_up.clone(), id.clone())).or_default();
                    if !holders.contains(&learner) {
                        holders.push(learner);
                    }
                }
            }
        }
        stuck
    }

    /// What somebody does not ask for, and whether they have left.
    fn habits(&mut self, pupil: &Pupil, now: Timestamp, stuck: bool) {
        let learner = pupil.seat.person;
        let unknown = lately(pupil, now).filter(|met| !met.knew).count();
        let asked = lately(pupil, now).any(|met| met.hints > 0);
        if unknown >= NOT_ASKED && !asked {
            self.so.insert(nowhere(CardKind::NotAsking, learner));
            // Who is stuck is told of there.
            if !stuck {
                self.needs.insert(nowhere(CardKind::NotAsking, learner));
            }
        }
        if pupil.leaves.is_some_and(|day| now.day() - day >= AWAY_DAYS) {
            self.needs.insert(nowhere(CardKind::Idle, learner));
        }
    }

    /// What was mastered and is so no more, or still is.
    fn memories(&mut self, pupil: &Pupil, now: Timestamp) {
        let learner = pupil.seat.person;
        let mut lost = 0;
        for begun in &pupil.state.competencies {
            let (id, knows) = (&begun.competency, pupil.knows(&begun.competency));
            let due = mastery::mastery(&pupil.state, id, now) == Mastery::Fading;
            lost += usize::from(due && !knows);
            let doubted = begun.doubted_at;
            if doubted.is_some_and(|at| now.days_since(at) <= LATELY_DAYS) && !knows {
                self.needs.insert(need(CardKind::Doubted, learner, id));
            }
            if begun.mastered_at.is_some() && knows {
                self.so.insert(need(CardKind::ReadyToCheck, learner, id));
            }
        }
        if lost >= 1 {
            self.so.insert(nowhere(CardKind::Slipping, learner));
        }
        if lost >= LOST {
            self.needs.insert(nowhere(CardKind::Slipping, learner));
        }
    }
}

fn nowhere(kind: CardKind, learner: PersonId) -> Need {
    Need {
        kind,
        learner,
        competency: None,
        mix_up: None,
    }
}

/// What is truly so this morning.
fn truths(pupils: &[Pupil], catalog: &Catalog, now: Timestamp) -> Truths {
    let mut truths = Truths::default();
    let mut held = Held::new();
    for pupil in pupils {
        let stuck = truths.work(pupil, catalog, now, &mut held);
        truths.habits(pupil, now, stuck);
        truths.memories(pupil, now);
    }
    for ((mix_up, id), holders) in held {
        if holders.len() >= SHARED_BY {
            truths.needs.extend(holders.into_iter().map(|learner| Need {
                mix_up: Some(mix_up.clone()),
                ..need(CardKind::SharedMixUp, learner, &id)
            }));
        }
    }
    truths.so.extend(truths.needs.iter().cloned());
    truths
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use super::*;
    use trellis_interop::course::{read_course, read_folder};

    pub(crate) fn course() -> (Catalog, CourseId) {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses/fractions-to-equations");
        let (folder, _) = read_course(&read_folder(&folder).unwrap());
        let (bank, course) = (folder.pack.bank, folder.pack.course);
        let id = course.id.clone();
        let (items, mix_ups) = (bank.items().to_vec(), bank.mix_ups().to_vec());
        (Catalog::new(vec![course], items, mix_ups, 1), id)
    }

    #[test]
    fn cards_are_mostly_right_and_find_most_of_what_is_needed() {
        let (catalog, course) = course();
        let mut figures = CardFigures::default();
        for seed in 0..3 {
            let plan = ClassPlan {
                seed,
                learners: 26,
                weeks: 8,
                attempts_a_day: 6,
            };
            figures.add(&judge_cards(&catalog, &course, &plan));
        }
        let all = figures.all();
        for (kind, told) in &figures.kinds {
            eprintln!(
                "{kind:?} {told:?} {:?} {:?}",
                told.precision(),
                told.recall()
            );
        }
        eprintln!("{:?} {:?}", all.precision(), all.recall());
        eprintln!("{:?}\n{:?}", figures.stuck, figures.four_wrong);
        // A bound with room for three classes; `trellis simulate cards` prints the figures over more.
        assert!(all.precision().unwrap() >= 0.78, "{figures:#?}");
        assert!(all.recall().unwrap() >= 0.70, "{figures:#?}");
        assert!(figures.stuck.precision() > figures.four_wrong.precision());
    }

    #[test]
    fn the_same_seed_tells_the_same() {
        let (catalog, course) = course();
        let plan = ClassPlan {
            seed: 5,
            learners: 6,
            weeks: 3,
            attempts_a_day: 4,
        };
        let first = judge_cards(&catalog, &course, &plan);
        assert_eq!(first, judge_cards(&catalog, &course, &plan));
        assert_eq!(first.mornings, 10);
    }
}
