//! What a family allows: said by guardians alone, in two presses, and kept to from the next question on.

use axum::http::StatusCode;
use trellis_core::command::Command;
use trellis_core::id::PersonId;
use trellis_core::people::Role;

use crate::teacher_class::{
    GUARDIAN, LEARNERS, NOW, OTHER_TEACHER, SECTION, STRANGER, School, TEACHER,
};

fn page_of(child: PersonId) -> String {
    format!("/family/{child}/allow")
}

async fn says(school: &School, form: &str) -> String {
    let reply = school.post(&page_of(LEARNERS[0]), form, GUARDIAN).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply.location
}

#[tokio::test]
async fn a_family_says_no_in_two_presses_and_yes_again() {
    let school = School::new();
    let child = LEARNERS[0];
    let week = school
        .get(&format!("/family/{child}"), Some(GUARDIAN))
        .await;
    let page = page_of(child);
    assert!(week.body.contains(&format!("href=\"{page}\"")), "the first");
    let before = school.get(&page, Some(GUARDIAN)).await;
    assert_eq!(before.body.matches("Nobody has said yes or no").count(), 3);
    assert_eq!(before.body.matches("value=\"no\"").count(), 3, "the second");
    for (form, done) in [
        ("purpose=choosing&allowed=no", "stopped"),
        ("purpose=choosing&allowed=no", "same"),
        ("purpose=improving&allowed=no", "stopped"),
        ("purpose=improving&allowed=yes", "again"),
    ] {
        assert!(says(&school, form).await.ends_with(&format!("done={done}")));
    }
    let after = school.get(&page, Some(GUARDIAN)).await;
    assert_eq!(after.body.matches("said no on").count(), 1);
    assert_eq!(after.body.matches("said yes on").count(), 1);
    let week = school
        .get(&format!("/family/{child}"), Some(GUARDIAN))
        .await;
    assert!(week.body.contains("Your family wants it so"));
    let evidence = school
        .get(&format!("/teach/learner/{child}"), Some(TEACHER))
        .await;
    assert!(evidence.body.contains("Only the family can change this"));
    let record = school
        .get(&format!("/kept/{child}/record.txt"), Some(GUARDIAN))
        .await;
    assert!(
        record
            .body
            .contains("Answers pick the next step; Stop this")
    );
    assert_eq!(school.store.verify(|_| {}).unwrap().mismatches, []);
}

#[tokio::test]
async fn nobody_says_it_in_the_familys_place() {
    let school = School::new();
    let page = page_of(LEARNERS[0]);
    let form = "purpose=stories&allowed=no";
    for (who, read) in [
        (TEACHER, StatusCode::OK),
        (OTHER_TEACHER, StatusCode::FORBIDDEN),
        (LEARNERS[0], StatusCode::FORBIDDEN),
        (LEARNERS[1], StatusCode::FORBIDDEN),
        (STRANGER, StatusCode::FORBIDDEN),
    ] {
        let seen = school.get(&page, Some(who)).await;
        assert_eq!(seen.status, read, "{who}");
        assert!(!seen.body.contains("name=\"allowed\""), "{who}");
        let said = school.post(&page, form, who).await;
        assert_eq!(said.status, StatusCode::FORBIDDEN, "{who}");
    }
    for wrong in [
        "purpose=other&allowed=no",
        "purpose=stories&allowed=maybe",
        "purpose=stories",
    ] {
        let said = school.post(&page, wrong, GUARDIAN).await;
        assert!(said.status.is_client_error(), "{wrong}");
    }
}

#[tokio::test]
async fn without_stories_none_is_offered_and_none_can_be_chosen() {
    let school = School::new();
    let child = LEARNERS[0];
    let today = school.get("/today", Some(child)).await;
    assert!(today.body.contains("action=\"/interest\""));
    says(&school, "purpose=stories&allowed=no").await;
    let today = school.get("/today", Some(child)).await;
    assert!(!today.body.contains("action=\"/interest\""));
    let catalog = school.store.catalog();
    let interest = catalog.courses()[0].interests[0].id.clone();
    let chosen = school
        .post("/interest", &format!("interest={interest}"), child)
        .await;
    assert_eq!(chosen.status, StatusCode::FORBIDDEN);
    assert!(chosen.body.contains("Your family has said no to this"));
}

#[tokio::test]
async fn answers_are_left_out_of_what_improves_the_program() {
    let school = School::new();
    let (id, _) = school.beginning();
    // Fewer than twenty answers with about the same chance are not told at all.
    school.grow(SECTION, 20);
    let view = school
        .store
        .teacher_today(&school.viewer(TEACHER), SECTION, NOW)
        .unwrap();
    for learner in &view.learners {
        if !LEARNERS.contains(&learner.name.id) {
            school.join(learner.name.id);
        }
        school.answer_all(learner.name.id, &id);
    }
    let counted = || {
        let learned = school.store.learned().unwrap();
        let told: u32 = school
            .store
            .calibration()
            .unwrap()
            .iter()
            .map(|bin| bin.answers)
            .sum();
        (
            learned
                .iter()
                .filter(|one| one.learner == LEARNERS[0])
                .count(),
            learned.len(),
            told,
        )
    };
    let (own, all, told) = counted();
    assert!(own > 0 && told > 0, "{own} of {all}, {told}");
    says(&school, "purpose=improving&allowed=no").await;
    let (none, others, less) = counted();
    assert_eq!((none, others), (0, all - own));
    assert!(less < told, "{less} of {told}");
    says(&school, "purpose=improving&allowed=yes").await;
    assert_eq!(counted(), (own, all, told));
    // It is about more than pages: the rules say so too.
    let said = Command::Consent {
        learner: LEARNERS[0],
        purpose: trellis_core::consent::Use::Improving,
        allowed: false,
    };
    school.command(GUARDIAN, Role::Guardian, said);
    assert_eq!(counted().0, 0);
}
