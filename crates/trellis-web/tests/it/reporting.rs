//! The report of a term: for the family and the teachers of the child alone, of the days that were chosen, with what teachers
//! said and what the child shares.

use axum::http::StatusCode;
use trellis_core::command::Command;
use trellis_core::goals::PlanNote;
use trellis_core::id::{ArtifactId, CheckInId};
use trellis_core::people::Role;
use trellis_store::{ArtifactText, SharedWith};

use crate::teacher_class::{GUARDIAN, LEARNERS, NOW, OTHER_TEACHER, STRANGER, School, TEACHER};

#[tokio::test]
async fn a_report_tells_what_is_new_and_what_was_said_in_its_days() {
    let school = School::new();
    let child = LEARNERS[0];
    let page = format!("/family/{child}/term");
    let week = school
        .get(&format!("/family/{child}"), Some(GUARDIAN))
        .await;
    assert!(week.body.contains(&format!("href=\"{page}\"")));
    let before = school.get(&page, Some(GUARDIAN)).await;
    assert!(before.body.contains("No new step was finished"));
    let (id, _) = school.beginning();
    school.answer_all(child, &id);
    let talk = Command::NotePlan {
        learner: child,
        note: PlanNote::CheckedIn {
            check_in: CheckInId(1),
            said: "We looked at <b>halves</b>.".to_owned(),
            next: "Thirds.".to_owned(),
        },
    };
    school.command(TEACHER, Role::Teacher, talk);
    let after = school.get(&page, Some(GUARDIAN)).await;
    assert!(
        after.body.contains("We looked at &#60;b&#62;halves"),
        "{}",
        after.body
    );
    assert!(after.body.contains("Next: Thirds."));
    assert!(
        after.body.contains("did 4 questions on one day"),
        "{}",
        after.body
    );
    // What was before or after the chosen days is not in it.
    let other = school
        .get(
            &format!("{page}?from=2026-01-01&to=2026-02-01"),
            Some(GUARDIAN),
        )
        .await;
    assert!(!other.body.contains("halves") && other.body.contains("did no questions"));
    let fault = school
        .get(
            &format!("{page}?from=2026-02-01&to=2026-01-01"),
            Some(GUARDIAN),
        )
        .await;
    assert_eq!(fault.status, StatusCode::OK);
    assert!(fault.body.contains("Those days do not fit"));
}

#[tokio::test]
async fn nobody_else_reads_a_report() {
    let school = School::new();
    let page = format!("/family/{}/term", LEARNERS[0]);
    let teachers = school.get(&page, Some(TEACHER)).await;
    assert_eq!(teachers.status, StatusCode::OK);
    for who in [OTHER_TEACHER, LEARNERS[0], LEARNERS[1], STRANGER] {
        let refused = school.get(&page, Some(who)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{who}");
    }
}

#[tokio::test]
async fn a_report_holds_the_work_that_the_child_shares_with_the_family() {
    let school = School::new();
    let child = LEARNERS[0];
    let viewer = school.viewer(child);
    for (number, title, family, teachers) in [
        (1, "Bridge", true, false),
        (2, "Secret", false, false),
        (3, "Tower", false, true),
    ] {
        let text = ArtifactText {
            title: title.to_owned(),
            said: "A model".to_owned(),
            reflection: "It holds".to_owned(),
            competencies: Vec::new(),
            shared: SharedWith {
                school: teachers,
                family,
            },
        };
        school
            .store
            .keep_artifact(&viewer, ArtifactId(number), text, None, NOW)
            .unwrap();
    }
    let page = format!("/family/{child}/term");
    let report = school.get(&page, Some(GUARDIAN)).await;
    assert!(report.body.contains("Bridge") && report.body.contains("It holds"));
    assert!(!report.body.contains("Secret") && !report.body.contains("Tower"));
    // Teachers who look at the family's report see no more of the work than they may see at all.
    let report = school.get(&page, Some(TEACHER)).await;
    for title in ["Bridge", "Secret", "Tower"] {
        assert!(!report.body.contains(title), "{title}");
    }
}
