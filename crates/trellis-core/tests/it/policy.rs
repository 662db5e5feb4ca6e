//! What the policy weighs, looked up once for a whole course, is what the plain rules say of each competency.

use proptest::prelude::*;
use trellis_core::command::Command;
use trellis_core::consent::Use;
use trellis_core::framework::{CompetencyId, InterestId};
use trellis_core::id::DirectiveId;
use trellis_core::mastery::{self, Mastery};
use trellis_core::plan::DirectiveKind;
use trellis_core::plan::preview::preview;
use trellis_core::policy::{FIXED_VERSION, POLICY_VERSION, candidates, is_open, recommend};
use trellis_core::recommendation::{Purpose, Reason, Term};
use trellis_core::refusal::Refusal;

use crate::school::{LEARNER, Node, School, TEACHER, competency};

/// Two roots, a chain and a diamond.
fn nodes() -> Vec<Node> {
    [
        ("a", &[][..]),
        ("b", &[]),
        ("c", &["a"]),
        ("d", &["a", "b"]),
        ("e", &["c", "d"]),
        ("f", &["e"]),
    ]
    .into_iter()
    .map(node)
    .collect()
}

fn node((id, before): (&str, &[&str])) -> Node {
    Node {
        id: competency(id),
        before: before.iter().map(|id| competency(id)).collect(),
    }
}

/// Each competency by the plain rules: what for, and the first part of its score.
fn plainly(school: &School) -> Vec<(CompetencyId, Purpose, f64)> {
    let (state, catalog, now) = (&school.state, school.catalog(), school.now);
    let mut found = Vec::new();
    for id in catalog.courses()[0].sequence() {
        let left_out = DirectiveKind::Skip(id.clone());
        if !is_open(state, catalog, id, now)
            || state.directives.iter().any(|given| given.kind == left_out)
        {
            continue;
        }
        let (purpose, worth) = match mastery::mastery(state, id, now) {
            Mastery::Mastered => continue,
            Mastery::NotYet => {
                let known = mastery::known(state, id);
                (
                    Purpose::Learn,
                    4.0 * known * (1.0 - known) * 0.12 / catalog.minutes(id),
                )
            }
            Mastery::Fading => {
                let recall = state
                    .competency(id)
                    .and_then(|known| mastery::recall(known, now));
                let lost = 1.0 - recall.unwrap_or(1.0);
                (
                    Purpose::Review,
                    mastery::known(state, id) * lost / catalog.minutes(id),
                )
            }
        };
        found.push((id.clone(), purpose, worth));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn weighed(school: &School) -> Vec<(CompetencyId, Purpose, f64)> {
    let all = candidates(&school.state, school.catalog(), school.now);
    let first = |terms: &[Term]| terms.first().map_or(0.0, |term| term.value());
    let mut found: Vec<_> = all
        .into_iter()
        .map(|one| (one.competency, one.purpose, first(&one.terms)))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn what_is_looked_up_once_is_what_the_rules_say() {
    let mut school = School::new(&nodes());
    let (mut reviews, mut open) = (0, 0);
    for step in 0..400_usize {
        let plain = plainly(&school);
        assert_eq!(weighed(&school), plain, "step {step}");
        reviews += plain
            .iter()
            .filter(|(_, purpose, _)| *purpose == Purpose::Review)
            .count();
        open = open.max(plain.len());
        match step {
            60 => school.direct(&competency("f"), "open"),
            90 => school.direct(&competency("b"), "count-as-mastered"),
            120 => school.direct(&competency("a"), "not-yet"),
            150 => school.direct(&competency("c"), "close"),
            180 => school.direct(&competency("e"), "do-next"),
            200 => school.direct(&competency("d"), "up-to"),
            260 => school.direct(&competency("a"), "skip"),
            _ if step % 40 == 39 => school.wait(20),
            _ => {
                let Some((about, _, _)) = plain.get(step % plain.len().max(1)) else {
                    school.wait(30);
                    continue;
                };
                let attempt = school.begin(about, "numeric");
                school.respond(attempt, "numeric", step % 7 != 3);
            }
        }
    }
    assert!(reviews > 20 && open >= 4, "{reviews} {open}");
}

fn advised(school: &School) -> Vec<(CompetencyId, Vec<Reason>)> {
    let advice = recommend(&school.state, school.catalog(), school.now);
    let stops = advice.stops.into_iter();
    stops
        .filter_map(|stop| Some((stop.competency?, stop.reasons)))
        .collect()
}

#[test]
fn a_pace_closes_what_comes_later_until_it_is_opened_or_the_pace_moves() {
    let mut school = School::new(&nodes());
    let open = |school: &School| -> Vec<CompetencyId> {
        weighed(school).into_iter().map(|one| one.0).collect()
    };
    assert_eq!(open(&school), [competency("a"), competency("b")]);
    school.direct(&competency("a"), "up-to");
    assert_eq!(open(&school), [competency("a")]);
    school.direct(&competency("b"), "open");
    assert_eq!(open(&school), [competency("a"), competency("b")]);
    // The latest pace in a course counts, and it leaves alone what was decided of the same skill.
    school.direct(&competency("c"), "up-to");
    school.direct(&competency("a"), "count-as-mastered");
    assert_eq!(open(&school), [competency("b"), competency("c")]);
}

#[test]
fn an_order_puts_what_comes_first_in_the_course_first_and_says_so() {
    let graph = [("a", &[][..]), ("b", &[]), ("c", &["b"]), ("d", &["b"])];
    let mut school = School::new(&graph.map(node));
    let usual = advised(&school);
    assert_eq!(usual[0].0, competency("b"), "more waits for it");
    school.direct(&competency("b"), "in-order");
    let ordered = advised(&school);
    assert_eq!(ordered[0].0, competency("a"));
    for (id, reasons) in ordered {
        assert!(reasons.contains(&Reason::CourseOrder), "{id}: {reasons:?}");
    }
}

#[test]
fn a_preview_tells_what_a_decision_would_do_and_changes_nothing() {
    let mut school = School::new(&nodes());
    let shown = |school: &School, kind: DirectiveKind| {
        let learners = [(school.state.learner, &school.state)];
        let mut effects = preview(&learners, school.catalog(), &kind, school.now);
        effects.remove(0)
    };
    let before = school.state.clone();
    let pace = DirectiveKind::UpTo(competency("a"));
    let effect = shown(&school, pace.clone());
    assert_eq!(effect.after, [competency("a")]);
    assert!(effect.changes() && !effect.already, "{effect:?}");
    assert_eq!((effect.opens, effect.closes), (0, 1));
    let early = shown(&school, DirectiveKind::Open(competency("f")));
    assert_eq!((early.opens, early.closes), (1, 0));
    assert_eq!(school.state, before);
    // What is shown is what then happens.
    school.direct(&competency("a"), "up-to");
    let then: Vec<_> = advised(&school).into_iter().map(|stop| stop.0).collect();
    assert_eq!(then, effect.after);
    let again = shown(&school, pace);
    assert!(again.already && !again.changes(), "{again:?}");
}

/// A school whose teacher has turned choosing off, after what a learner did.
fn fixed_after(done: &[u8]) -> School {
    let mut school = answered(done);
    school.fix_path();
    school
}

/// A school after what a learner did: for each digit one attempt at one of the steps that are open, right or wrong.
fn answered(done: &[u8]) -> School {
    let mut school = School::new(&nodes());
    for what in done {
        let open: Vec<_> = nodes()
            .into_iter()
            .map(|node| node.id)
            .filter(|id| is_open(&school.state, school.catalog(), id, school.now))
            .collect();
        let about = &open[usize::from(what / 2) % open.len()];
        let attempt = school.begin(about, "numeric");
        school.respond(attempt, "numeric", what % 2 == 0);
    }
    school
}

/// What is finished, in the order of the course.
fn finished(school: &School) -> Vec<CompetencyId> {
    let all = nodes().into_iter().map(|node| node.id);
    let finished =
        |id: &CompetencyId| mastery::mastery(&school.state, id, school.now) != Mastery::NotYet;
    all.filter(finished).collect()
}

/// A stop: what for, what is in it, and why.
type Offer = (Purpose, Vec<CompetencyId>, Vec<Reason>);

/// What a learner is offered: the stops, what they can pick from, and all that was weighed.
fn offered(school: &School) -> (Vec<Offer>, Vec<CompetencyId>) {
    let advice = recommend(&school.state, school.catalog(), school.now);
    assert_eq!(advice.versions.policy, FIXED_VERSION);
    let stops = advice.stops.into_iter().map(|stop| {
        let what = stop.competency.into_iter().chain(stop.choices).collect();
        (stop.purpose, what, stop.reasons)
    });
    let weighed = advice.considered.into_iter().map(|one| one.competency);
    (stops.collect(), weighed.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn on_a_fixed_path_only_what_is_finished_changes_what_is_offered(
        one in proptest::collection::vec(0u8..12, 0..14),
        days in 0i64..200,
    ) {
        let mut school = fixed_after(&one);
        school.wait(days);
        // Another learner, who finished the same by a teacher's word and has answered nothing.
        let mut other = School::new(&nodes());
        for id in finished(&school) {
            other.direct(&id, "count-as-mastered");
        }
        other.fix_path();
        // The ids of the two directives differ; nothing else may.
        let plain = |school: &School| {
            let (mut stops, weighed) = offered(school);
            for reason in stops.iter_mut().flat_map(|(_, _, reasons)| reasons) {
                if let Reason::FixedPath { directive } = reason {
                    prop_assert_eq!(*directive, school.state.fixed_path().unwrap().id);
                    *directive = DirectiveId(0);
                }
            }
            Ok((stops, weighed))
        };
        prop_assert_eq!(plain(&school)?, plain(&other)?);
    }

    #[test]
    fn on_a_fixed_path_questions_come_in_their_set_order_whatever_is_answered(
        answers in proptest::collection::vec(any::<bool>(), 1..10),
    ) {
        let asked = |answers: &[bool]| {
            let mut school = School::new(&nodes());
            school.fix_path();
            let mut items = Vec::new();
            for right in answers {
                let attempt = school.start(Some(competency("a")), Purpose::Learn);
                let item = school.state.attempt(attempt).unwrap().item.clone();
                let kind = if item.as_str().contains("numeric") { "numeric" } else { "choice of 4" };
                school.respond(attempt, kind, *right);
                items.push(item);
            }
            items
        };
        let right = vec![true; answers.len()];
        prop_assert_eq!(asked(&answers), asked(&right));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn a_family_that_says_no_gets_what_a_fixed_path_gives_and_yes_brings_all_back(
        one in proptest::collection::vec(0u8..12, 0..14),
        days in 0i64..100,
    ) {
        let mut teachers = fixed_after(&one);
        let mut familys = answered(&one);
        let before = recommend(&familys.state, familys.catalog(), familys.now);
        familys.consent(Use::Choosing, false).unwrap();
        prop_assert_eq!(familys.consent(Use::Choosing, false), Err(Refusal::AlreadySo));
        for school in [&mut teachers, &mut familys] {
            school.wait(days);
        }
        let plain = |school: &School| {
            let (mut stops, weighed) = offered(school);
            for reason in stops.iter_mut().flat_map(|(_, _, reasons)| reasons) {
                if matches!(reason, Reason::FixedPath { .. } | Reason::FamilysPath) {
                    *reason = Reason::CourseOrder;
                }
            }
            (stops, weighed)
        };
        let (stops, _) = offered(&familys);
        let mut reasons = stops.iter().flat_map(|(_, _, reasons)| reasons);
        let by_a_teacher = reasons.any(|reason| matches!(reason, Reason::FixedPath { .. }));
        prop_assert!(!by_a_teacher);
        prop_assert_eq!(plain(&familys), plain(&teachers));
        // What was believed never changed: with a yes the advice is that of before.
        familys.wait(-days);
        familys.consent(Use::Choosing, true).unwrap();
        let after = recommend(&familys.state, familys.catalog(), familys.now);
        prop_assert_eq!(after.stops, before.stops);
    }
}

#[test]
fn no_story_is_chosen_where_the_family_says_no() {
    let mut school = School::new(&nodes());
    school.consent(Use::Stories, false).unwrap();
    assert_eq!(school.state.interest, None);
    let choose = Command::ChooseInterest {
        learner: LEARNER,
        interest: Some(InterestId::new("sports").unwrap()),
    };
    assert_eq!(school.ask(LEARNER, &choose), Err(Refusal::FamilySaysNo));
    for other in [LEARNER, TEACHER] {
        let said = Command::Consent {
            learner: LEARNER,
            purpose: Use::Stories,
            allowed: true,
        };
        assert_eq!(
            school.ask(other, &said),
            Err(Refusal::NotYours),
            "{other:?}"
        );
    }
    school.consent(Use::Stories, true).unwrap();
    assert_eq!(school.ask(LEARNER, &choose), Err(Refusal::NoSuchInterest));
}

#[test]
fn a_fixed_path_goes_on_by_what_is_finished_and_gives_way_to_a_teacher() {
    let mut school = fixed_after(&[2, 3, 3]);
    let begun_second = offered(&school).0;
    assert_eq!(
        begun_second[0].1,
        [competency("a")],
        "b was begun, a comes first"
    );
    for (purpose, _, reasons) in &begun_second {
        let directive = school.state.fixed_path().unwrap().id;
        match purpose {
            Purpose::Learn => assert_eq!(*reasons, [Reason::FixedPath { directive }]),
            _ => assert_eq!(*reasons, [Reason::YouPick]),
        }
    }
    for _ in 0..4 {
        let attempt = school.begin(&competency("a"), "numeric");
        school.respond(attempt, "numeric", true);
    }
    assert_eq!(finished(&school), [competency("a")], "mastery runs on");
    assert_eq!(offered(&school).1, [competency("b"), competency("c")]);
    school.direct(&competency("c"), "do-next");
    assert_eq!(offered(&school).0[0].1, [competency("c")]);
    // Nothing is reviewed by a guess at what was forgotten, and undone it is as before.
    school.wait(300);
    assert!(
        offered(&school)
            .0
            .iter()
            .all(|stop| stop.0 != Purpose::Review)
    );
    let directive = school.state.fixed_path().unwrap().id;
    let undo = Command::UndoDirective {
        learner: LEARNER,
        directive,
    };
    school.ask(TEACHER, &undo).unwrap();
    let advice = recommend(&school.state, school.catalog(), school.now);
    assert_eq!(advice.versions.policy, POLICY_VERSION);
    assert!(
        advice
            .stops
            .iter()
            .any(|stop| stop.purpose == Purpose::Review)
    );
}
