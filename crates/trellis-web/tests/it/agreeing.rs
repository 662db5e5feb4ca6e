//! What the district agrees on: by those who lead it alone, with a reason, and with what follows from it on the pages of others.

use axum::http::StatusCode;
use trellis_core::agreed::Evidence;
use trellis_core::command::Command;
use trellis_core::id::DirectiveId;
use trellis_core::people::Role;
use trellis_core::plan::{DirectiveKind, Mode};

use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, NOW, SECTION, School, TEACHER};

const PAGE: &str = "/district/agreed";
/// What the form says where nothing is changed.
const AS_IT_IS: &str = "most=assist&projects=on&sharing=on&what-if=on&kinds0=1";

async fn agrees(school: &School, form: &str) -> String {
    let reply = school.post(PAGE, form, LEADER).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let (_, done) = reply.location.split_once("done=").unwrap();
    done.to_owned()
}

fn modes(school: &School) -> Vec<Mode> {
    let viewer = school.viewer(TEACHER);
    let view = school.store.teacher_today(&viewer, SECTION, NOW).unwrap();
    view.learners.iter().map(|one| one.state.mode).collect()
}

#[tokio::test]
async fn only_who_leads_agrees_and_every_change_stays_with_its_reason() {
    let school = School::new();
    for other in [TEACHER, GUARDIAN, LEARNERS[0]] {
        let form = format!("{AS_IT_IS}&reason=mine");
        for reply in [
            school.get(PAGE, Some(other)).await,
            school.post(PAGE, &form, other).await,
        ] {
            assert_eq!(reply.status, StatusCode::FORBIDDEN);
        }
    }
    for (form, done) in [
        (format!("{AS_IT_IS}&reason=so"), "same"),
        (format!("{AS_IT_IS}&first0=2026-09-01&reason=so"), "days"),
        (
            format!("{AS_IT_IS}&first0=2026-09-01&last0=2026-08-01&reason=so"),
            "days",
        ),
        (format!("{AS_IT_IS}&first0=x&last0=y&reason=so"), "days"),
        (format!("{AS_IT_IS}&steps0=many&reason=so"), "requirement"),
        (
            format!("{AS_IT_IS}&kept-en=One&working-en=One&reason=so"),
            "names",
        ),
        (format!("{AS_IT_IS}&steps0=3&reason=+"), "reason"),
        (
            format!("{AS_IT_IS}&steps0=3&kept-en=Strong&reason=The+board,+12+May"),
            "agreed",
        ),
    ] {
        assert_eq!(agrees(&school, &form).await, done, "{form}");
    }
    let page = school.get(PAGE, Some(LEADER)).await;
    assert!(page.body.contains("The board, 12 May"), "{}", page.body);
    assert!(page.body.contains("value=\"Strong\"") && page.body.contains("value=\"3\""));
    let held = school.store.agreements(&school.viewer(LEADER)).unwrap();
    assert_eq!(held.len(), 1);
    assert!(school.store.agreements(&school.viewer(TEACHER)).is_err());
}

#[tokio::test]
async fn what_is_off_is_gone_from_pages_and_addresses() {
    let school = School::new();
    let assign = format!("/teach/{SECTION}/assign");
    let places = [
        (format!("/teach/{SECTION}/projects"), "projects"),
        (format!("/teach/{SECTION}/shared"), "sharing"),
    ];
    for (place, feature) in &places {
        let page = school.get(&assign, Some(TEACHER)).await;
        assert!(page.body.contains(place), "{place}");
        let open = school.get(place, Some(TEACHER)).await;
        assert_eq!(open.status, StatusCode::OK);
        let form = AS_IT_IS.replace(&format!("&{feature}=on"), "");
        assert_eq!(
            agrees(&school, &format!("{form}&reason=off")).await,
            "agreed"
        );
        let page = school.get(&assign, Some(TEACHER)).await;
        assert!(!page.body.contains(place), "{place}");
        let held = school.get(place, Some(TEACHER)).await;
        assert_eq!(held.status, StatusCode::FORBIDDEN);
        assert!(held.body.contains("Your district has switched this off"));
    }
}

#[tokio::test]
async fn no_class_has_more_than_was_agreed() {
    let school = School::new();
    assert!(modes(&school).iter().all(|mode| *mode == Mode::Assist));
    let less = AS_IT_IS.replace("most=assist", "most=suggest");
    let form = format!("{less}&reason=First+a+year+of+looking");
    assert_eq!(agrees(&school, &form).await, "agreed");
    assert!(modes(&school).iter().all(|mode| *mode == Mode::Suggest));
    let today = school
        .get(&format!("/teach/{SECTION}"), Some(TEACHER))
        .await;
    assert!(today.body.contains("First a year of looking"));
    let decide = format!("/teach/{SECTION}/decide");
    let page = school.get(&decide, Some(TEACHER)).await;
    assert!(page.body.contains("value=\"shadow\"") && !page.body.contains("value=\"assist\""));
    let mode = format!("/teach/{SECTION}/mode");
    let refused = school.post(&mode, "mode=assist&note=", TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("decides less than this"));
    let done = school.post(&mode, "mode=shadow&note=", TEACHER).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    // Who joins later is held to it too, from the next night on.
    school.grow(SECTION, 1);
    assert!(modes(&school).contains(&Mode::Assist));
    assert_eq!(school.store.keep_to_what_was_agreed(NOW).unwrap(), 1);
    assert!(!modes(&school).contains(&Mode::Assist));
    assert_eq!(school.store.keep_to_what_was_agreed(NOW).unwrap(), 0);
    // More does not come by itself: the teacher chooses it.
    assert_eq!(
        agrees(&school, &format!("{AS_IT_IS}&reason=More")).await,
        "agreed"
    );
    let found = modes(&school);
    let of = |mode: Mode| found.iter().filter(|one| **one == mode).count();
    assert_eq!((of(Mode::Shadow), of(Mode::Suggest)), (LEARNERS.len(), 1));
    assert_eq!(of(Mode::Assist), 0);
    assert_eq!(school.store.keep_to_what_was_agreed(NOW).unwrap(), 0);
}

#[tokio::test]
async fn graduation_asks_for_kinds_of_evidence_and_the_plan_says_how_far_it_is() {
    let school = School::new();
    let (id, _) = school.beginning();
    school.answer_all(LEARNERS[0], &id);
    let kinds = school
        .store
        .body_of_evidence(&school.viewer(TEACHER), LEARNERS[0])
        .unwrap();
    assert_eq!(kinds[&id], [Evidence::Answers].into());
    // A teacher's word is another kind, until it is taken back.
    let directive = DirectiveId(7);
    let word = Command::Direct {
        learner: LEARNERS[0],
        directive,
        kind: DirectiveKind::CountAsMastered(id.clone()),
        note: String::new(),
    };
    let back = Command::UndoDirective {
        learner: LEARNERS[0],
        directive,
    };
    for (command, expected) in [
        (word, vec![Evidence::Answers, Evidence::Word]),
        (back, vec![Evidence::Answers]),
    ] {
        school.command(TEACHER, Role::Teacher, command);
        let viewer = school.viewer(TEACHER);
        let kinds = school.store.body_of_evidence(&viewer, LEARNERS[0]).unwrap();
        assert_eq!(kinds[&id], expected.into_iter().collect());
    }
    let plan = async || school.get("/plan", Some(LEARNERS[0])).await.body;
    assert!(!plan().await.contains("For graduation"));
    let form = format!("{AS_IT_IS}&steps0=9&reason=so");
    assert_eq!(agrees(&school, &form).await, "agreed");
    let body = plan().await;
    assert!(body.contains("1 of 9 steps count so far"), "{body}");
    let form = form.replace("kinds0=1", "kinds0=2");
    assert_eq!(agrees(&school, &form).await, "agreed");
    let body = plan().await;
    assert!(body.contains("0 of 9 steps count so far"), "{body}");
    assert!(body.contains("needs another kind of evidence"), "{body}");
    let family = format!("/family/{}/plan", LEARNERS[0]);
    let page = school.get(&family, Some(GUARDIAN)).await;
    assert!(page.body.contains("0 of 9 steps"), "{}", page.status);
}
