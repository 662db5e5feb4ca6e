//! The audit worklist and the page of a question: what staff see and decide, and that nobody else does.

use axum::http::StatusCode;
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::id::PersonId;
use trellis_core::item::InteractionKind;

use crate::teacher_class::{LEADER, LEARNERS, OTHER_TEACHER, SECTION, School, TEACHER};

fn item(school: &School) -> ItemId {
    school.store.catalog().items().next().unwrap().id.clone()
}

fn page_of(item: &ItemId) -> String {
    format!("/teach/{SECTION}/items/{item}")
}

#[tokio::test]
async fn a_question_that_is_reported_lands_in_the_list_and_can_be_held_back() {
    let school = School::new();
    let id = item(&school);
    let list = format!("/teach/{SECTION}/audit");
    let page = school.get(&page_of(&id), Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("As a student sees it"));
    let form = format!("scope={SECTION}&item={id}&note=The+picture+is+missing.&here=true");
    let said = school.post("/audit/report", &form, TEACHER).await;
    assert_eq!(said.location, format!("{}?done=reported", page_of(&id)));
    let told = school.get(&said.location, Some(TEACHER)).await;
    assert!(told.body.contains("Thank you. It stands in the list"));
    let page = school.get(&list, Some(TEACHER)).await;
    assert!(
        page.body
            .contains("Somebody of the staff said: The picture is missing.")
    );
    assert!(page.body.contains("Read it as a student would."));
    // It is dear enough for a card of today, once there is an audit; opening the list made one.
    let today = school
        .get(&format!("/teach/{SECTION}"), Some(TEACHER))
        .await;
    assert!(
        today.body.contains("A question may be doing harm"),
        "{}",
        today.body
    );
    let hold = format!("scope={SECTION}&item={id}&note=No+picture");
    let held = school.post("/audit/hold", &hold, TEACHER).await;
    assert_eq!(held.location, format!("{list}?done=held"));
    assert!(school.store.catalog().is_held(&id));
    // Twice is once.
    let again = school.post("/audit/hold", &hold, TEACHER).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let page = school.get(&list, Some(TEACHER)).await;
    assert!(page.body.contains("Held back:") && page.body.contains("Ngozi O., today: No picture"));
    // The other teacher takes the same course, and sees who decided.
    let release = format!("scope=&item={id}");
    school.post("/audit/release", &release, OTHER_TEACHER).await;
    assert!(!school.store.catalog().is_held(&id));
}

#[tokio::test]
async fn a_finding_is_settled_with_a_reason_and_taken_back() {
    let school = School::new();
    let id = item(&school);
    let report = format!("scope={SECTION}&item={id}&note=Wrong.&here=true");
    school.post("/audit/report", &report, TEACHER).await;
    let list = format!("/teach/{SECTION}/audit");
    let finding = format!("reported/item/{id}");
    let without = format!("scope={SECTION}&finding={finding}&how=dismissed&note=+");
    let refused = school.post("/audit/settle", &without, TEACHER).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Please say why"));
    let put_away = format!("scope={SECTION}&finding={finding}&how=dismissed&note=It+is+fine.");
    let done = school.post("/audit/settle", &put_away, TEACHER).await;
    assert_eq!(done.location, format!("{list}?done=dismissed"));
    let page = school.get(&done.location, Some(TEACHER)).await;
    assert!(!page.body.contains("Somebody of the staff said"));
    assert!(page.body.contains("Ngozi O., today: It is fine."));
    let back = format!("scope={SECTION}&finding={finding}");
    school.post("/audit/reopen", &back, TEACHER).await;
    let page = school.get(&list, Some(TEACHER)).await;
    assert!(page.body.contains("Somebody of the staff said: Wrong."));
    assert_eq!(school.store.verify(|_| ()).unwrap().mismatches, []);
}

#[tokio::test]
async fn only_staff_see_and_decide() {
    let school = School::new();
    let id = item(&school);
    let hold = format!("scope={SECTION}&item={id}");
    for (person, status) in [
        (LEARNERS[0], StatusCode::FORBIDDEN),
        (PersonId(77), StatusCode::SEE_OTHER),
    ] {
        for path in [
            format!("/teach/{SECTION}/audit"),
            page_of(&id),
            "/district/audit".into(),
        ] {
            let page = school.get(&path, (person.0 != 77).then_some(person)).await;
            assert_eq!(page.status, status, "{path}");
        }
    }
    for path in ["hold", "release", "report", "settle", "reopen"] {
        let form = format!("{hold}&finding=no-hint/item/{id}&how=checked&note=x");
        let refused = school
            .post(&format!("/audit/{path}"), &form, LEARNERS[0])
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!school.store.catalog().is_held(&id));
    // A colleague of another section sees its list through their own section alone; a leader sees all.
    let page = school.get(&page_of(&id), Some(OTHER_TEACHER)).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let leader = school
        .get(&format!("/district/items/{id}"), Some(LEADER))
        .await;
    assert_eq!(leader.status, StatusCode::OK);
    let held = school
        .post(
            "/audit/hold",
            &format!("scope=&item={id}&here=true"),
            LEADER,
        )
        .await;
    assert_eq!(held.location, format!("/district/items/{id}?done=held"));
    for (path, form, status) in [
        ("hold", "item=no-such".to_owned(), StatusCode::NOT_FOUND),
        ("hold", "item=".to_owned(), StatusCode::NOT_FOUND),
        ("hold", String::new(), StatusCode::BAD_REQUEST),
        (
            "settle",
            format!("finding=no-hint/item/{id}&how=x"),
            StatusCode::BAD_REQUEST,
        ),
        ("reopen", "finding=x".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let refused = school.post(&format!("/audit/{path}"), &form, LEADER).await;
        assert_eq!(refused.status, status, "{path} {form}");
    }
    let unknown = school.get("/district/items/no-such", Some(LEADER)).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// A competency that is open to everybody and whose first item asks for a number; with that item.
fn number_item(school: &School) -> (CompetencyId, ItemId) {
    let catalog = school.store.catalog();
    let course = &catalog.courses()[0];
    let mut open = course.sequence().filter(|id| catalog.before(id).is_empty());
    let found = open.find_map(|id| {
        let item = catalog.items_of(id).next()?;
        let source = item.template()?.source();
        let fits = source.kind == InteractionKind::Numeric && source.answer.is_some();
        fits.then(|| (id.clone(), item.id.clone()))
    });
    found.expect("the course has one")
}

#[tokio::test]
async fn a_key_is_mended_after_a_look_and_people_are_told() {
    let school = School::new();
    let (competency, id) = number_item(&school);
    let ana = LEARNERS[0];
    school.answer(ana, &competency, 1, None);
    let page = school.get(&page_of(&id), Some(TEACHER)).await;
    assert!(
        page.body
            .contains("In this class 1 of 1 first answers were right.")
    );
    let bad = school
        .get(&format!("{}?key=%28%28", page_of(&id)), Some(TEACHER))
        .await;
    assert!(
        bad.body
            .contains("The question cannot be drawn with this key:"),
        "{}",
        bad.status
    );
    let look = school
        .get(&format!("{}?key=12345", page_of(&id)), Some(TEACHER))
        .await;
    assert!(look.body.contains("New key") && look.body.contains("12345"));
    assert!(
        school.store.curation().unwrap().revisions.is_empty(),
        "looking changes nothing"
    );
    let form = format!("scope={SECTION}&item={id}&key=12345&note=Misprint");
    for person in [ana, OTHER_TEACHER] {
        let sent = school.post("/audit/mend", &form, person).await;
        let allowed = person == OTHER_TEACHER;
        assert_eq!(sent.status == StatusCode::SEE_OTHER, allowed, "{person}");
    }
    let page = school.get(&page_of(&id), Some(TEACHER)).await;
    assert!(page.body.contains("Mended by Erik L., today. Misprint"));
    assert!(
        page.body
            .contains("Amara M.: one answer is not right after all")
    );
    assert!(
        page.body
            .contains("In this class 0 of 1 first answers were right.")
    );
    let today = school.get("/today", Some(ana)).await;
    assert!(today.body.contains("We fixed a mistake"));
    let evidence = school
        .get(&format!("/teach/learner/{ana}"), Some(TEACHER))
        .await;
    assert!(
        evidence
            .body
            .contains("A question was mended; answers were judged anew")
    );
    assert!(evidence.body.contains(&format!("/teach/items/{id}")));
    let revision = school.store.curation().unwrap().revisions[0].seq;
    let undo = format!("scope={SECTION}&item={id}&revision={revision}&here=true");
    school.post("/audit/unmend", &undo, TEACHER).await;
    let page = school.get(&page_of(&id), Some(TEACHER)).await;
    assert!(
        page.body
            .contains("In this class 1 of 1 first answers were right.")
    );
    let today = school.get("/today", Some(ana)).await;
    assert!(!today.body.contains("We fixed a mistake"));
    assert_eq!(school.store.verify(|_| ()).unwrap().mismatches, []);
}

#[tokio::test]
async fn wrong_answers_are_taken_along_by_the_teacher_of_the_class_alone() {
    let school = School::new();
    let (competency, mix_up) = school.beginning();
    for learner in &LEARNERS[..3] {
        school.answer(*learner, &competency, 1, Some(&mix_up));
    }
    let catalog = school.store.catalog();
    let id = catalog
        .items_of(&competency)
        .find(|item| {
            let variant = item.variant(7, None).unwrap();
            variant.mix_ups.iter().any(|known| known.id == mix_up)
        })
        .map(|item| item.id.clone())
        .unwrap();
    let page = school.get(&page_of(&id), Some(TEACHER)).await;
    let link = format!("{}/answers.csv", page_of(&id));
    assert!(
        page.body.contains(&format!("href=\"{link}\"")),
        "{}",
        page.body
    );
    let table = school.get(&link, Some(TEACHER)).await;
    let title = &catalog.mix_up(&mix_up).unwrap().title;
    let lines: Vec<&str> = table.body.lines().skip(1).collect();
    assert!(
        lines.iter().all(|line| line.contains(title.as_str())),
        "{lines:?}"
    );
    let counted = lines.iter().map(|line| {
        let (_, count) = line.trim_end_matches('"').rsplit_once('"').unwrap();
        count.parse::<u32>().unwrap()
    });
    assert_eq!(counted.sum::<u32>(), 3);
    for other in [OTHER_TEACHER, LEADER, LEARNERS[0]] {
        let refused = school.get(&link, Some(other)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let none = format!("{}/answers.csv", page_of(&ItemId::new("none").unwrap()));
    assert_eq!(
        school.get(&none, Some(TEACHER)).await.status,
        StatusCode::NOT_FOUND
    );
}
