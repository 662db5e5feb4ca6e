//! Ranking: which competencies are worth this learner's next minutes, and why.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{
    FIXED_VERSION, MOST_STOPS, POLICY_VERSION, STOP_ITEMS, assigned, beyond, in_order, is_beyond,
    is_ready, path_directive,
};
use crate::catalog::{Catalog, Place};
use crate::consent;
use crate::estimate::{CompetencyState, LearnerState};
use crate::framework::CompetencyId;
use crate::mastery::{self, Mastery};
use crate::plan::{Assignment, DirectiveKind, Mode};
use crate::recommendation::{Considered, Purpose, Reason, Recommendation, Stop, Term, Versions};
use crate::time::Timestamp;

/// Days within which something begun counts as begun lately.
const LATELY_DAYS: f64 = 14.0;
/// What having begun is worth, in gain per minute.
const CONTINUING: f64 = 0.04;
/// What each competency that waits directly is worth, and the most of it.
const OPENING_EACH: f64 = 0.005;
const OPENING_MOST: f64 = 0.02;
/// A teacher's wish outweighs every sum of the other terms, which stay below 2.
const ASKED: f64 = 10.0;
/// Questions that a teacher chose outweigh a competency that a teacher asked for.
const ASSIGNED: f64 = 20.0;
/// Minutes of a thing that the learner picks, an item.
const PICK_MINUTES: u32 = 2;
/// So many right answers from mastery counts as close.
const CLOSE: u8 = 3;
/// How many things the learner can pick from.
const PICKS: usize = 3;

/// A learner's record beside the catalog, with every competency looked up once: the policy weighs all of a course, and
/// asks the same of each again and again.
struct Look<'a> {
    state: &'a LearnerState,
    now: Timestamp,
    catalog: &'a Catalog,
    places: &'a [Place],
    /// By number: the place in the state's list.
    standing: Vec<Option<usize>>,
    /// By number: how it counts.
    mastery: Vec<Mastery>,
    /// By number: the chance that it is known, where a placement takes it so.
    placed: Vec<Option<f64>>,
    /// By number: whether it comes after the place up to which the learner may go.
    beyond: Vec<bool>,
    /// Whether choosing by the learner's answers is off.
    is_fixed: bool,
}

impl<'a> Look<'a> {
    fn new(state: &'a LearnerState, catalog: &'a Catalog, now: Timestamp) -> Self {
        let places = catalog.places();
        let mut standing = vec![None; places.len()];
        let mut mastery = vec![Mastery::NotYet; places.len()];
        let directed = state.directives.iter();
        let directed = directed.filter_map(|given| given.kind.competency());
        for number in directed.filter_map(|id| catalog.number(id)) {
            mastery[number] = mastery::mastery(state, &places[number].id, now);
        }
        for (at, competency) in state.competencies.iter().enumerate() {
            let id = &competency.competency;
            if let Some(number) = catalog.number(id) {
                standing[number] = Some(at);
                mastery[number] = mastery::mastery_of(state, id, Some(competency), now);
            }
        }
        let mut placed = vec![None; places.len()];
        for known in &state.placed {
            if let Some(number) = catalog.number(&known.competency) {
                placed[number] = Some(known.chance);
            }
        }
        let mut is_beyond = vec![false; places.len()];
        let courses = state.courses.iter();
        for number in courses.flat_map(|course| beyond(state, catalog, course)) {
            is_beyond[*number] = true;
        }
        Self {
            state,
            now,
            catalog,
            places,
            standing,
            mastery,
            placed,
            beyond: is_beyond,
            is_fixed: state.is_fixed(),
        }
    }

    fn competency(&self, number: usize) -> Option<&CompetencyState> {
        self.state.competencies.get(self.standing[number]?)
    }

    /// As [`super::is_open`]; on a fixed path without what was merely begun, and without what a placement takes as known.
    fn is_open(&self, number: usize) -> bool {
        match path_directive(self.state, &self.places[number].id) {
            Some(DirectiveKind::Close(_)) => return false,
            Some(DirectiveKind::Open(_) | DirectiveKind::DoNext(_)) => return true,
            _ => {}
        }
        let begun = self.competency(number);
        begun.is_some_and(|begun| !self.is_fixed && begun.first_tries > 0)
            || !self.beyond[number]
                && self.places[number].before_numbers.iter().all(|before| {
                    (!self.is_fixed && self.placed[*before].is_some())
                        || self.mastery[*before] != Mastery::NotYet
                        || self.is_skipped(*before)
                })
    }

    fn is_skipped(&self, number: usize) -> bool {
        // A catalog may be large and directives are few: most learners have none.
        !self.state.directives.is_empty() && super::is_skipped(self.state, &self.places[number].id)
    }

    /// What one competency is worth now; `None` when there is nothing to do in it.
    fn weigh(&self, number: usize) -> Option<Considered> {
        let place = &self.places[number];
        if !self.catalog.has_items(number) || self.is_skipped(number) || !self.is_open(number) {
            return None;
        }
        let asked = matches!(
            path_directive(self.state, &place.id),
            Some(DirectiveKind::DoNext(_))
        );
        let purpose = match self.mastery[number] {
            Mastery::NotYet => Purpose::Learn,
            // When something is forgotten is guessed from the answers.
            Mastery::Fading if self.is_fixed && !asked => return None,
            Mastery::Fading => Purpose::Review,
            Mastery::Mastered => return None,
        };
        let mut terms = match purpose {
            _ if self.is_fixed => Vec::new(),
            Purpose::Review => vec![Term::Averted(self.averted(number))],
            _ => self.learn_terms(number),
        };
        if asked {
            terms.push(Term::Asked(ASKED));
        }
        let score = terms.iter().map(|term| term.value()).sum();
        Some(Considered {
            competency: place.id.clone(),
            purpose,
            score,
            terms,
        })
    }

    /// Expected gain per minute: the part of "does not know" that one more item is expected to turn, which is largest in
    /// the middle, where a learner neither always fails nor already knows.
    fn learn_terms(&self, number: usize) -> Vec<Term> {
        let place = &self.places[number];
        let by_answers = mastery::known_at(self.state, self.standing[number]);
        // What a placement takes as known has little to gain: others come first.
        let known = self.placed[number].map_or(by_answers, |placed| placed.max(by_answers));
        let mut terms = vec![Term::Gain(
            4.0 * known * (1.0 - known) * 0.12 / place.minutes,
        )];
        let waiting = place.after.len();
        if waiting > 0 {
            let worth = OPENING_EACH * f64::from(u32::try_from(waiting).unwrap_or(u32::MAX));
            terms.push(Term::Opening(worth.min(OPENING_MOST)));
        }
        if self
            .competency(number)
            .is_some_and(|begun| self.now.days_since(begun.last_at) <= LATELY_DAYS)
        {
            terms.push(Term::Continuing(CONTINUING));
        }
        terms
    }

    /// Expected forgetting averted per minute: what is known times the chance that it would be forgotten.
    fn averted(&self, number: usize) -> f64 {
        let recall = self
            .competency(number)
            .and_then(|competency| mastery::recall(competency, self.now))
            .unwrap_or(1.0);
        mastery::known_at(self.state, self.standing[number]) * (1.0 - recall)
            / self.places[number].minutes
    }
}

/// All that could be done now, best first. Ties keep the order of the course.
#[must_use]
pub fn candidates(state: &LearnerState, catalog: &Catalog, now: Timestamp) -> Vec<Considered> {
    let look = Look::new(state, catalog, now);
    let mut seen = vec![false; catalog.places().len()];
    let mut found: Vec<Considered> = assigned_first(state, catalog);
    for considered in &found {
        if let Some(number) = catalog.number(&considered.competency) {
            seen[number] = true;
        }
    }
    for number in state.courses.iter().flat_map(|id| catalog.way(id)) {
        // Courses may share a competency.
        if !core::mem::replace(&mut seen[*number], true) {
            found.extend(look.weigh(*number));
        }
    }
    found.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
    found
}

/// What teachers assigned and is not done, once for each competency: before everything else, what is due first.
fn assigned_first(state: &LearnerState, catalog: &Catalog) -> Vec<Considered> {
    let mut found: Vec<Considered> = Vec::new();
    for (_, assignment) in assigned::to_do(state, catalog) {
        let id = &assignment.competency;
        if found.iter().all(|earlier| earlier.competency != *id) {
            found.push(Considered {
                competency: id.clone(),
                purpose: Purpose::Assigned,
                score: ASSIGNED,
                terms: vec![Term::Asked(ASSIGNED)],
            });
        }
    }
    found
}

/// The advice for a day: what the teacher asked for, one review when one is due, the best to learn, and a pick.
#[must_use]
pub fn recommend(state: &LearnerState, catalog: &Catalog, now: Timestamp) -> Recommendation {
    let considered = candidates(state, catalog, now);
    let mut chosen: Vec<&Considered> = Vec::new();
    let decides = state.mode == Mode::Assist;
    let review = considered
        .iter()
        .find(|candidate| decides && candidate.purpose == Purpose::Review);
    chosen.extend(
        considered
            .iter()
            .filter(|candidate| is_asked(candidate))
            .take(2),
    );
    if let Some(review) = review
        && !chosen
            .iter()
            .any(|taken| taken.competency == review.competency)
    {
        chosen.push(review);
    }
    let to_learn = considered
        .iter()
        .filter(|candidate| candidate.purpose == Purpose::Learn);
    let mut to_learn: Vec<&Considered> = to_learn.collect();
    let ordered = ordered(state, catalog);
    if !ordered.is_empty() {
        // What is weighed is kept as ever, and the order of the course decides.
        to_learn.sort_by_cached_key(|candidate| place_among(&ordered, catalog, candidate));
    }
    for candidate in to_learn {
        if chosen.len() >= MOST_STOPS - 1
            || chosen
                .iter()
                .filter(|taken| taken.purpose == Purpose::Learn)
                .count()
                >= 2
        {
            break;
        }
        if !chosen
            .iter()
            .any(|taken| taken.competency == candidate.competency)
        {
            chosen.push(candidate);
        }
    }
    let mut stops: Vec<Stop> = chosen
        .iter()
        .map(|candidate| stop(state, catalog, candidate, &ordered, now))
        .collect();
    let picks: Vec<CompetencyId> = considered
        .iter()
        .filter(|candidate| {
            !chosen
                .iter()
                .any(|taken| taken.competency == candidate.competency)
        })
        .map(|candidate| candidate.competency.clone())
        .take(PICKS)
        .collect();
    if !picks.is_empty() {
        let minutes = STOP_ITEMS * PICK_MINUTES;
        stops.push(Stop {
            purpose: Purpose::Choice,
            competency: None,
            choices: picks,
            minutes,
            reasons: vec![Reason::YouPick],
        });
    }
    Recommendation {
        stops,
        considered,
        state: state.seq,
        versions: versions(state, catalog),
        propensity: 1.0,
    }
}

/// Which rules and data make advice now.
fn versions(state: &LearnerState, catalog: &Catalog) -> Versions {
    let policy = match state.is_fixed() {
        true => FIXED_VERSION,
        false => POLICY_VERSION,
    };
    Versions {
        policy: policy.to_string(),
        model: catalog.model().version().to_string(),
        content: catalog.content(),
    }
}

/// What is learned in the order of the courses, first things first: all of it where the system does not decide alone or the
/// learner goes a fixed path, or what comes up to where a teacher wants it so.
fn ordered(state: &LearnerState, catalog: &Catalog) -> Vec<usize> {
    let courses = state.courses.iter();
    if state.mode == Mode::Assist && !state.is_fixed() {
        let parts = courses.flat_map(|course| in_order(state, catalog, course));
        return parts.copied().collect();
    }
    let all = courses.flat_map(|course| catalog.way(course));
    all.copied().collect()
}

/// Why the order of the course holds: the family's word goes before a teacher's, since the teacher cannot take it back.
fn why_in_order(state: &LearnerState) -> Reason {
    if state.withholds(consent::Use::Choosing) {
        return Reason::FamilysPath;
    }
    let fixed = state.fixed_path();
    fixed.map_or(Reason::CourseOrder, |given| Reason::FixedPath {
        directive: given.id,
    })
}

/// Where a candidate stands among what is ordered; what is not comes after it.
fn place_among(ordered: &[usize], catalog: &Catalog, candidate: &Considered) -> usize {
    let number = catalog.number(&candidate.competency);
    let mut places = ordered.iter();
    places
        .position(|place| Some(*place) == number)
        .unwrap_or(usize::MAX)
}

fn is_asked(candidate: &Considered) -> bool {
    candidate
        .terms
        .iter()
        .any(|term| matches!(term, Term::Asked(_)))
}

fn stop(
    state: &LearnerState,
    catalog: &Catalog,
    candidate: &Considered,
    ordered: &[usize],
    now: Timestamp,
) -> Stop {
    let items = match candidate.purpose {
        Purpose::Review => 2,
        Purpose::Assigned => {
            let about = |(_, one): &(_, &Assignment)| one.competency == candidate.competency;
            let given = assigned::to_do(state, catalog).into_iter().filter(about);
            let left = given.map(|one| assigned::left(state, catalog, one).count());
            u32::try_from(left.sum::<usize>()).unwrap_or(u32::MAX)
        }
        _ => STOP_ITEMS,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few minutes, never negative"
    )]
    let minutes = libm::round(catalog.minutes(&candidate.competency) * f64::from(items))
        .clamp(1.0, 60.0) as u32;
    Stop {
        purpose: candidate.purpose,
        competency: Some(candidate.competency.clone()),
        choices: Vec::new(),
        minutes,
        reasons: reasons(state, catalog, candidate, ordered, now),
    }
}

/// That a teacher asked for a competency, or opened it early, where that is the last that was decided about it.
fn by_teacher(state: &LearnerState, id: &CompetencyId) -> Option<Reason> {
    let mut decided = state.directives.iter().rev();
    let last = decided.find(|given| {
        !matches!(given.kind, DirectiveKind::Assigned(_)) && given.kind.competency() == Some(id)
    })?;
    let directive = last.id;
    match last.kind {
        DirectiveKind::DoNext(_) => Some(Reason::TeacherAsked { directive }),
        DirectiveKind::Open(_) => Some(Reason::TeacherOpened { directive }),
        _ => None,
    }
}

/// The reasons for one candidate, weightiest first; `ordered` is what is learned in the order of the courses. Each is a fact that the state holds, not a guess at motives.
fn reasons(
    state: &LearnerState,
    catalog: &Catalog,
    candidate: &Considered,
    ordered: &[usize],
    now: Timestamp,
) -> Vec<Reason> {
    let id = &candidate.competency;
    let mut reasons = Vec::new();
    if candidate.purpose == Purpose::Assigned {
        let mut given = assigned::to_do(state, catalog).into_iter();
        let first = given.find(|(_, one)| one.competency == *id);
        let asked = first.map(|(given, _)| Reason::TeacherAsked {
            directive: given.id,
        });
        return asked.into_iter().collect();
    }
    if candidate.purpose == Purpose::Learn
        && !is_asked(candidate)
        && place_among(ordered, catalog, candidate) != usize::MAX
    {
        reasons.push(why_in_order(state));
    }
    reasons.extend(by_teacher(state, id));
    if state.is_fixed() {
        return reasons;
    }
    let competency = state.competency(id);
    if candidate.purpose == Purpose::Review
        && let Some(competency) = competency
    {
        let recall = mastery::recall(competency, now).unwrap_or(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 10, and days since 1970 at most"
        )]
        let (days, recall_tenths) = (
            now.days_since(competency.last_at) as u32,
            libm::round(recall * 10.0) as u8,
        );
        reasons.push(Reason::ReviewDue {
            days,
            recall_tenths,
        });
        return reasons;
    }
    match competency {
        Some(competency) => {
            if let Some(right_needed) = mastery::right_needed(state, id, CLOSE) {
                reasons.push(Reason::Close { right_needed });
            }
            reasons.push(Reason::Begun {
                tries: competency.first_tries,
            });
        }
        // Opened early by the teacher: not everything before it is mastered, so this would not be true.
        None if !is_ready(state, catalog, id, now) || is_beyond(state, catalog, id) => {}
        None => {
            let after = catalog.before(id).iter();
            let after = after.filter(|before| !super::is_skipped(state, before));
            let after = after.cloned().collect();
            reasons.push(Reason::Ready { after });
        }
    }
    let count = catalog.after(id).len();
    if count > 0 {
        reasons.push(Reason::Opens {
            count: u32::try_from(count).unwrap_or(u32::MAX),
        });
    }
    reasons
}
