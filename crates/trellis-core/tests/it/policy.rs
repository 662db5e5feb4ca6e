//! What the policy weighs, looked up once for a whole course, is what the plain rules say of each competency.

use trellis_core::framework::CompetencyId;
use trellis_core::mastery::{self, Mastery};
use trellis_core::plan::DirectiveKind;
use trellis_core::plan::preview::preview;
use trellis_core::policy::{candidates, is_open, recommend};
use trellis_core::recommendation::{Purpose, Reason, Term};

use crate::school::{Node, School, competency};

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
