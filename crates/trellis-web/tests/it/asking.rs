//! What people raise reaches a person, who answers; and nobody else reads it.

use axum::http::StatusCode;
use trellis_core::id::PersonId;

use crate::teacher_class::{
    GUARDIAN, LEADER, LEARNERS, OTHER_SECTION, OTHER_TEACHER, Page, SECTION, STRANGER, School,
    TEACHER,
};

/// The value of the first field of this name.
fn value(page: &Page, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let (_, after) = page.body.split_once(&field).expect(name);
    after.split('"').next().unwrap().to_owned()
}

async fn seen(school: &School, path: &str, person: PersonId) -> Page {
    let page = school.get(path, Some(person)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    page
}

async fn raised(school: &School, path: &str, form: &str, person: PersonId) -> Page {
    let page = seen(school, path, person).await;
    let form = format!("id={}&{form}", value(&page, "id"));
    let sent = school.post(path, &form, person).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    // A reload sends it again: nothing more happens.
    school.post(path, &form, person).await;
    seen(school, &sent.location, person).await
}

#[tokio::test]
async fn a_student_disagrees_with_a_level_and_a_person_answers() {
    let school = School::new();
    let (id, _) = school.beginning();
    school.answer(LEARNERS[0], &id, 1, None);
    let path = format!("/map/{id}/say");
    let said = raised(&school, &path, "said=I+did+this+last+year", LEARNERS[0]).await;
    assert!(said.body.contains("I did this last year"));
    assert!(
        said.body.contains("Waits for an answer since today"),
        "{}",
        said.body
    );
    // The card, and the page that it leads to.
    let today = seen(&school, &format!("/teach/{SECTION}"), TEACHER).await;
    assert!(
        today.body.contains("does not agree with a level"),
        "{}",
        today.body
    );
    let matters = format!("/teach/{SECTION}/matters");
    assert!(today.body.contains(&format!("href=\"{matters}\"")));
    let page = seen(&school, &matters, TEACHER).await;
    assert_eq!(page.body.matches("I did this last year").count(), 1);
    let form = format!("matter={}&said=Show+me+tomorrow", value(&page, "matter"));
    for nobody_asked in [OTHER_TEACHER, LEARNERS[1], LEADER, GUARDIAN] {
        let page = school.post(&matters, &form, nobody_asked).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{nobody_asked}");
    }
    // Also not by way of a class of one's own.
    let own = format!("/teach/{OTHER_SECTION}/matters");
    assert_eq!(
        school.post(&own, &form, OTHER_TEACHER).await.status,
        StatusCode::FORBIDDEN
    );
    let empty = format!("matter={}&said=+", value(&page, "matter"));
    assert_eq!(
        school.post(&matters, &empty, TEACHER).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let sent = school.post(&matters, &form, TEACHER).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(
        seen(&school, &path, LEARNERS[0])
            .await
            .body
            .contains("Show me tomorrow")
    );
    let today = seen(&school, &format!("/teach/{SECTION}"), TEACHER).await;
    assert!(!today.body.contains("does not agree with a level"));
    // Others see nothing of it.
    assert!(
        !seen(&school, &path, LEARNERS[1])
            .await
            .body
            .contains("Show me")
    );
    assert!(
        !seen(&school, &path, STRANGER)
            .await
            .body
            .contains("Show me")
    );
}

#[tokio::test]
async fn a_family_asks_and_sees_how_long_it_waits() {
    let school = School::new();
    let path = format!("/family/{}/ask", LEARNERS[0]);
    let said = raised(
        &school,
        &path,
        "kind=objection&said=No+tablet+at+home",
        GUARDIAN,
    )
    .await;
    assert!(said.body.contains("No tablet at home"));
    assert!(said.body.contains("Waits for an answer since today"));
    let other = format!("/family/{}/ask", LEARNERS[1]);
    for (path, person) in [(&other, GUARDIAN), (&path, TEACHER), (&path, LEARNERS[0])] {
        assert_eq!(
            school.get(path, Some(person)).await.status,
            StatusCode::FORBIDDEN
        );
    }
    for form in [
        "kind=support&said=x",
        "kind=disagreement&said=x",
        "kind=x&said=x",
    ] {
        let form = format!("id={:032x}&{form}", 77);
        let sent = school.post(&path, &form, GUARDIAN).await;
        assert!(sent.status.is_client_error(), "{form} {}", sent.status);
    }
    let leader = seen(&school, "/district/support", LEADER).await;
    assert!(
        leader
            .body
            .contains("5A Mathematics: 1 family question waits, since today"),
        "{}",
        leader.body
    );
    assert!(!leader.body.contains("tablet") && !leader.body.contains("Amara"));
    // Three questions may wait, and no fourth.
    for (number, status) in [(1, 303), (2, 303), (3, 303), (4, 409)] {
        let form = format!("id={number:032x}&kind=question&said=More");
        let sent = school.post(&path, &form, GUARDIAN).await;
        assert_eq!(sent.status.as_u16(), status, "{number}");
    }
    let page = seen(&school, &format!("/teach/{SECTION}/matters"), TEACHER).await;
    let form = format!("matter={}&said=Paper+comes+home", value(&page, "matter"));
    school
        .post(&format!("/teach/{SECTION}/matters"), &form, TEACHER)
        .await;
    assert!(
        seen(&school, &path, GUARDIAN)
            .await
            .body
            .contains("Paper comes home")
    );
}

#[tokio::test]
async fn a_teacher_asks_for_help_and_a_leader_answers() {
    let school = School::new();
    let path = format!("/teach/{SECTION}/support");
    let form = format!("id={:032x}&said=Half+my+class+is+stuck", 9);
    assert_eq!(
        school.post(&path, &form, OTHER_TEACHER).await.status,
        StatusCode::FORBIDDEN
    );
    let sent = school.post(&path, &form, TEACHER).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = seen(&school, "/district/support", LEADER).await;
    assert!(page.body.contains("Half my class is stuck"));
    assert!(
        page.body.contains("Ngozi Okafor, 5A Mathematics"),
        "{}",
        page.body
    );
    // Colleagues do not see it; the card of the day is not about it.
    assert!(
        !seen(
            &school,
            &format!("/teach/{OTHER_SECTION}/matters"),
            OTHER_TEACHER
        )
        .await
        .body
        .contains("stuck")
    );
    let form = format!("matter={}&said=I+come+on+Tuesday", value(&page, "matter"));
    assert_eq!(
        school
            .post("/district/support", &form, TEACHER)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let sent = school.post("/district/support", &form, LEADER).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let own = seen(&school, &format!("/teach/{SECTION}/matters"), TEACHER).await;
    assert!(own.body.contains("I come on Tuesday"));
}
