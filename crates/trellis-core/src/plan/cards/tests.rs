//! Small classes, and the cards that they give.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::detect::school_days_between;
use super::*;
use crate::estimate::{CompetencyState, Recent};
use crate::event::Evidence;
use crate::framework::{
    Competency, CompetencyId, Course, CourseId, Framework, FrameworkId, ItemId, MixUpId, Unit,
    UnitId,
};
use crate::mastery;

/// Wednesday, 18 November 2026, noon.
pub(crate) const NOW: Timestamp = Timestamp(1_795_003_200_000);

pub(crate) fn id(text: &str) -> CompetencyId {
    CompetencyId::new(text).unwrap()
}

pub(crate) fn catalog() -> Catalog {
    let names = ["add", "compare", "volume"];
    let competency = |name: &&str| Competency {
        id: id(name),
        title: (*name).to_string(),
        can: String::new(),
        family: String::new(),
        home: String::new(),
        codes: vec![],
    };
    let (framework, faults) = Framework::new(
        FrameworkId::new("f").unwrap(),
        "F".into(),
        names.iter().map(competency).collect(),
        vec![],
    );
    assert!(faults.is_empty());
    let unit = Unit {
        id: UnitId::new("u").unwrap(),
        title: "U".into(),
        summary: String::new(),
        competencies: names.iter().map(|name| id(name)).collect(),
        items: Vec::new(),
    };
    let course = Course {
        id: CourseId::new("c").unwrap(),
        title: "C".into(),
        grades: vec![],
        subject: "mathematics".into(),
        language: "en".into(),
        licence: "CC0-1.0".into(),
        authors: vec![],
        framework,
        interests: vec![],
        units: vec![unit],
    };
    Catalog::new(vec![course], vec![], vec![], 1)
}

/// A learner who answered `rights` on a competency, one a minute, the last at `last`.
pub(crate) fn learner(
    number: u128,
    competency: &str,
    rights: &[bool],
    hints: u32,
    last: Timestamp,
) -> LearnerState {
    let mut state = LearnerState::new(PersonId(number));
    answered(&mut state, competency, rights, hints, last);
    state
}

pub(crate) fn answered(
    state: &mut LearnerState,
    competency: &str,
    rights: &[bool],
    hints: u32,
    last: Timestamp,
) {
    let place = state.competencies.len();
    state.competencies.push(CompetencyState {
        first_tries: u32::try_from(rights.len()).unwrap(),
        right_alone: u32::try_from(rights.iter().filter(|right| **right).count()).unwrap(),
        items: 3,
        ..CompetencyState::met(id(competency), last)
    });
    let count = i64::try_from(rights.len()).unwrap();
    for (at, right) in (0i64..).zip(rights) {
        let evidence = Evidence {
            guess: 0.02,
            slip: 0.08,
            difficulty: None,
            hints: 0,
            earlier: 0,
            gap_s: Some(60),
            right: *right,
        };
        mastery::revise(
            state,
            &id(competency),
            &ItemId::new("i").unwrap(),
            &evidence,
        );
        state.recent.push(Recent {
            item: ItemId::new("i").unwrap(),
            competency: id(competency),
            at: last.plus_ms((at + 1 - count) * 60_000),
            right_alone: *right,
            hints,
            mix_up: None,
        });
    }
    assert_eq!(state.competencies[place].competency, id(competency));
}

fn shown(states: &[LearnerState], dismissed: &[String]) -> Vec<Card> {
    let learners: Vec<_> = states.iter().map(|state| (state.learner, state)).collect();
    cards(&learners, &[], &catalog(), dismissed, NOW)
}

fn kinds(cards: &[Card]) -> Vec<CardKind> {
    cards.iter().map(|card| card.kind).collect()
}

#[test]
fn two_with_one_mix_up_make_a_card_and_one_alone_does_not() {
    let mut states = vec![
        learner(1, "add", &[false, false], 0, NOW),
        learner(2, "add", &[false, false], 0, NOW),
        learner(3, "add", &[true, true], 0, NOW),
    ];
    let mix_up = MixUpId::new("adds-bottoms").unwrap();
    states[0].recent[1].mix_up = Some(mix_up.clone());
    states[1].recent[0].mix_up = Some(mix_up.clone());
    states[1].recent[1].mix_up = Some(mix_up.clone());
    // The first has shown it once: that may be chance.
    assert_eq!(kinds(&shown(&states, &[])), []);
    states[0].recent[0].mix_up = Some(mix_up.clone());
    let again = Recent {
        at: NOW,
        ..states[1].recent[1].clone()
    };
    states[1].recent.push(again);
    let found = shown(&states, &[]);
    assert_eq!(kinds(&found), [CardKind::SharedMixUp]);
    assert_eq!(found[0].mix_up, Some(mix_up));
    assert_eq!(found[0].competency, Some(id("add")));
    // Who showed it most often comes first.
    assert_eq!(found[0].findings[0].learner, PersonId(2));
    assert_eq!(
        found[0].findings[0].seen,
        Seen::MixUp {
            times: 3,
            last_at: NOW
        }
    );
}

#[test]
fn a_mix_up_that_was_overcome_is_over() {
    let after = |last: bool| {
        [1, 2].map(|number| {
            let mut state = learner(number, "add", &[false, false, last], 0, NOW);
            for recent in &mut state.recent[..2] {
                recent.mix_up = Some(MixUpId::new("adds-bottoms").unwrap());
            }
            state
        })
    };
    assert_eq!(kinds(&shown(&after(true), &[])), []);
    assert_eq!(kinds(&shown(&after(false), &[])), [CardKind::SharedMixUp]);
}

#[test]
fn many_tries_without_a_rise_are_stuck_and_a_rise_is_not() {
    let wrong = [false; 8];
    let mut rising = wrong;
    rising[6..].fill(true);
    let found = shown(&[learner(1, "compare", &wrong, 1, NOW)], &[]);
    assert_eq!(kinds(&found), [CardKind::Stuck]);
    let Seen::Stuck {
        tries,
        right_alone,
        hints,
        next_right_tenths,
    } = found[0].findings[0].seen
    else {
        panic!("{:?}", found[0]);
    };
    assert_eq!((tries, right_alone, hints), (8, 0, 5));
    assert!(next_right_tenths <= 3, "{next_right_tenths}");
    assert_eq!(
        kinds(&shown(&[learner(1, "compare", &rising, 1, NOW)], &[])),
        []
    );
    assert_eq!(
        kinds(&shown(&[learner(1, "compare", &wrong[..5], 1, NOW)], &[])),
        []
    );
}

#[test]
fn wrong_without_a_hint_over_several_competencies_is_not_asking() {
    let mut state = learner(1, "add", &[false, false, true], 0, NOW);
    answered(&mut state, "compare", &[false, false, false], 0, NOW);
    let found = shown(core::slice::from_ref(&state), &[]);
    assert_eq!(kinds(&found), [CardKind::NotAsking]);
    assert_eq!(
        found[0].findings[0].seen,
        Seen::NotAsking { wrong: 5, of: 6 }
    );
    state.recent[0].hints = 1;
    assert_eq!(kinds(&shown(&[state], &[])), []);
}

#[test]
fn idle_counts_school_days_and_keeps_silent_about_holidays() {
    let friday = NOW.plus_days(-5);
    assert_eq!(school_days_between(friday, NOW), 3);
    assert_eq!(school_days_between(NOW.plus_days(-7), NOW), 5);
    assert_eq!(school_days_between(NOW.plus_days(-28), NOW), 20);
    assert_eq!(school_days_between(NOW, NOW), 0);
    let week_ago = NOW.plus_days(-7);
    // Two work on each day of the last week but the last; one came a week ago for the last time.
    let at_work = |number| {
        let mut state = learner(number, "add", &[true], 0, NOW);
        for days in 1..=7 {
            let at = NOW.plus_days(days - 8);
            let recent = state.recent[0].clone();
            state
                .recent
                .insert(state.recent.len() - 1, Recent { at, ..recent });
        }
        state
    };
    let states = [
        learner(1, "add", &[true], 0, week_ago),
        at_work(2),
        at_work(3),
        learner(4, "add", &[true], 0, friday),
    ];
    let found = shown(&states, &[]);
    assert_eq!(kinds(&found), [CardKind::Idle]);
    assert_eq!(found[0].findings.len(), 1);
    assert_eq!(
        found[0].findings[0].seen,
        Seen::Idle {
            school_days: Some(5)
        }
    );
    // Somebody who stayed away for as long before may come back as before.
    let mut often_away = states.clone();
    let mut earlier = often_away[0].recent[0].clone();
    earlier.at = NOW.plus_days(-12);
    often_away[0].recent.insert(0, earlier);
    for state in &mut often_away[1..3] {
        let recent = state.recent[0].clone();
        for days in 8..=12 {
            let at = NOW.plus_days(-days);
            state.recent.insert(
                0,
                Recent {
                    at,
                    ..recent.clone()
                },
            );
        }
    }
    assert_eq!(kinds(&shown(&often_away, &[])), []);
    // Nobody came since: a holiday.
    let away: Vec<_> = (1..=3)
        .map(|number| learner(number, "add", &[true], 0, week_ago))
        .collect();
    assert_eq!(kinds(&shown(&away, &[])), []);
}

#[test]
fn doubt_and_fresh_mastery_are_told() {
    let mut states: Vec<_> = (1..=4)
        .map(|number| learner(number, "volume", &[true, true], 0, NOW))
        .collect();
    for state in &mut states[..3] {
        state.competencies[0].mastered_at = Some(NOW.plus_days(-1));
    }
    states[3].competencies[0].doubted_at = Some(NOW.plus_days(-2));
    // A right answer since is no news to worry about.
    states[3].competencies[0].run = 1;
    assert_eq!(kinds(&shown(&states, &[])), [CardKind::ReadyToCheck]);
    // One slip of somebody who knows is none either.
    states[3].competencies[0].run = 0;
    states[3].competencies[0].misses = 1;
    assert_eq!(kinds(&shown(&states, &[])), [CardKind::ReadyToCheck]);
    states[3] = learner(4, "volume", &[true, false, false, false], 0, NOW);
    states[3].competencies[0].doubted_at = Some(NOW.plus_days(-2));
    states[3].competencies[0].misses = 2;
    let found = shown(&states, &[]);
    assert_eq!(kinds(&found), [CardKind::Doubted, CardKind::ReadyToCheck]);
    assert_eq!(found[0].findings[0].seen, Seen::Doubted { days: 2 });
    assert_eq!(found[1].findings.len(), 3);
}

#[test]
fn what_was_put_away_returns_only_with_news() {
    let wrong = [false; 8];
    let mut states = vec![learner(1, "compare", &wrong, 1, NOW)];
    let away: Vec<String> = shown(&states, &[])[0].dismissals().collect();
    assert_eq!(away, ["stuck:compare:00000000000000000000000000000001"]);
    assert_eq!(shown(&states, &away), []);
    states.push(learner(2, "compare", &wrong, 1, NOW));
    let found = shown(&states, &away);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "stuck:compare");
    assert_eq!(found[0].findings.len(), 1);
    assert_eq!(found[0].findings[0].learner, PersonId(2));
}

#[test]
fn never_more_than_five_and_two_of_a_kind_and_dearest_first() {
    let wrong = [false; 8];
    let mut states: Vec<_> = ["add", "compare", "volume"]
        .iter()
        .zip(1..)
        .map(|(competency, number)| learner(number, competency, &wrong, 1, NOW))
        .collect();
    states.push(learner(4, "volume", &wrong, 1, NOW));
    let found = shown(&states, &[]);
    // Two share a trouble; the other two have theirs alone, and stand on one card.
    assert_eq!(kinds(&found), [CardKind::Stuck, CardKind::Stuck]);
    let by_subject = |about: Option<CompetencyId>| {
        let card = found.iter().find(|card| card.competency == about);
        card.map(|card| {
            card.findings
                .iter()
                .map(|one| one.learner.0)
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(by_subject(Some(id("volume"))), Some(vec![3, 4]));
    assert_eq!(by_subject(None), Some(vec![1, 2]));
    let own: Vec<_> = found
        .iter()
        .filter(|card| card.competency.is_none())
        .flat_map(|card| card.findings.iter().map(|one| one.competency.clone()))
        .collect();
    assert_eq!(own, [Some(id("add")), Some(id("compare"))]);
    assert!(found[0].cost >= found[1].cost);
    assert!(found.len() <= MOST_CARDS);
}
