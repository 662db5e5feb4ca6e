//! Groups by need: from the card of the day to a plan on paper, moved by menu, kept, and looked at later.

use axum::http::StatusCode;
use trellis_core::id::PersonId;

use crate::teacher_class::{LEARNERS, OTHER_TEACHER, Page, SECTION, STRANGER, School, TEACHER};

async fn seen(school: &School, path: &str, person: PersonId) -> Page {
    let page = school.get(path, Some(person)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    for key in [">group", ">teach-", "\"group"] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    page
}

/// The value of the first field of this name.
fn value(page: &Page, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let (_, after) = page.body.split_once(&field).expect(name);
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn three_clicks_lead_from_today_to_a_plan_on_paper() {
    let school = School::new();
    let (id, mix_up) = school.beginning();
    for learner in &LEARNERS[..2] {
        for number in 1..=3 {
            school.answer(*learner, &id, number, Some(&mix_up));
        }
    }
    // The first click: the card's button.
    let today = seen(&school, &format!("/teach/{SECTION}"), TEACHER).await;
    let groups = format!("/teach/{SECTION}/groups?about={id}");
    assert!(
        today.body.contains(&format!("href=\"{groups}\"")),
        "{}",
        today.body
    );
    let page = seen(&school, &groups, TEACHER).await;
    assert!(
        page.body.contains("Amara M") && page.body.contains("3 times this week"),
        "{}",
        page.body
    );
    // The second: the group is made.
    let form = format!(
        "id={}&competency={id}&learner={}&learner={}",
        value(&page, "id"),
        LEARNERS[0],
        LEARNERS[1]
    );
    let path = format!("/teach/{SECTION}/groups");
    for stranger in [OTHER_TEACHER, LEARNERS[0]] {
        let sent = school.post(&path, &form, stranger).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
    let made = school.post(&path, &form, TEACHER).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let again = school.post(&path, &form, TEACHER).await;
    assert_eq!(again.location, made.location);
    // The third is the print button of this page.
    let plan = seen(&school, &made.location, TEACHER).await;
    assert!(plan.body.contains("data-print"));
    for part in [
        "Ten minutes on",
        "class=\"papercard\"",
        "Answers, for you",
        "3 times this week",
    ] {
        assert!(plan.body.contains(part), "{part} in {}", plan.body);
    }
    assert_eq!(plan.body.matches("class=\"papercard\"").count(), 6);
    let other = school.get(&made.location, Some(OTHER_TEACHER)).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let list = seen(&school, &path, TEACHER).await;
    assert!(list.body.contains("Amara M., Ben M."), "{}", list.body);
    assert!(list.body.contains("So far 0 of 2 stand higher"));
}

#[tokio::test]
async fn members_are_moved_by_menu_and_nobody_of_another_class_comes_in() {
    let school = School::new();
    let (id, _) = school.beginning();
    let path = format!("/teach/{SECTION}/groups");
    let make = |number: u32, learner: PersonId| {
        format!("id={number:032x}&competency={id}&learner={learner}")
    };
    let first = school
        .post(&path, &make(1, LEARNERS[0]), TEACHER)
        .await
        .location;
    let second = school
        .post(&path, &make(2, LEARNERS[1]), TEACHER)
        .await
        .location;
    assert_eq!(
        school.post(&path, &make(3, STRANGER), TEACHER).await.status,
        StatusCode::FORBIDDEN
    );
    let to_second = format!("learner={}&to={:032x}", LEARNERS[0], 2);
    let moved = school
        .post(&format!("{first}/move"), &to_second, TEACHER)
        .await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    assert!(
        seen(&school, &first, TEACHER)
            .await
            .body
            .contains("Nobody is in this group now")
    );
    let page = seen(&school, &second, TEACHER).await;
    assert!(page.body.contains("You put them here") && page.body.contains("scope=\"row\">Amara M"));
    for (form, status) in [
        (format!("learner={STRANGER}&to=in"), StatusCode::FORBIDDEN),
        (
            format!("learner={}&to=nowhere", LEARNERS[0]),
            StatusCode::NOT_FOUND,
        ),
        (
            format!("learner={}&to=out", LEARNERS[0]),
            StatusCode::SEE_OTHER,
        ),
    ] {
        let sent = school.post(&format!("{second}/move"), &form, TEACHER).await;
        assert_eq!(sent.status, status, "{form}");
    }
    let form = format!("learner={}&to=in", LEARNERS[2]);
    let sent = school
        .post(&format!("{second}/move"), &form, OTHER_TEACHER)
        .await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert!(
        !seen(&school, &second, TEACHER)
            .await
            .body
            .contains("scope=\"row\">Amara M")
    );
}
