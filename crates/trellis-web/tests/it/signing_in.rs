//! Every way in, and every way in that stays shut.

use axum::http::StatusCode;
use trellis_core::id::PersonId;
use trellis_web::words::Words;

use crate::school::{PASSWORD, PICTURES, School};

fn three(pictures: [&str; 3]) -> String {
    let [first, second, third] = pictures;
    format!("first={first}&second={second}&third={third}")
}

#[tokio::test]
async fn each_role_lands_on_its_own_first_page() {
    let school = School::open();
    assert_eq!(school.get("/", None).await.to(), "/sign-in");
    for (person, first) in [
        (school.learner, "/today"),
        (school.teacher, "/teach"),
        (school.guardian, "/family"),
        (school.leader, "/district"),
        (school.operator, "/district"),
    ] {
        let cookie = school.sign_in(person).await;
        assert_eq!(school.get("/", Some(&cookie)).await.to(), first);
        let out = school.post("/sign-out", Some(&cookie), "").await;
        assert_eq!(out.to(), "/sign-in");
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        // The cookie of before is worth nothing now.
        assert_eq!(school.get("/", Some(&cookie)).await.to(), "/sign-in");
    }
}

#[tokio::test]
async fn nobody_picks_a_person_in_a_real_school() {
    let school = School::with(false, Words::english());
    let page = school.get("/sign-in", None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/sign-in/demo"));
    let form = format!("person={}", school.learner);
    let reply = school.post("/sign-in/demo", None, &form).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(reply.cookie(), None);
}

#[tokio::test]
async fn a_learner_comes_in_by_class_name_and_pictures_while_the_class_is_open() {
    let school = School::with(false, Words::english());
    let (code, learner) = (school.code.clone(), school.learner);
    let mine = format!("/class/{code}/{learner}");
    // Closed, unknown and not a code at all: the same answer.
    for typed in [code.as_str(), "ZZZZ", "..%2F", ""] {
        let reply = school
            .post("/sign-in/class", None, &format!("code={typed}"))
            .await;
        assert_eq!(reply.to(), "/sign-in?class=closed#student", "{typed}");
    }
    assert_eq!(school.get(&mine, None).await.status, StatusCode::FORBIDDEN);
    let shut = school.post(&mine, None, &three(PICTURES)).await;
    assert_eq!(shut.status, StatusCode::FORBIDDEN);

    school.open_class();
    let typed = format!("code=+{}+", code.to_lowercase());
    let found = school.post("/sign-in/class", None, &typed).await;
    assert_eq!(found.to(), format!("/class/{code}"));
    let names = school.get(found.to(), None).await;
    assert!(names.body.contains(&mine));
    // Only the learners of this class, whatever the address says.
    for stranger in [school.other_learner, school.teacher, PersonId(7)] {
        let theirs = format!("/class/{code}/{stranger}");
        assert_eq!(
            school.get(&theirs, None).await.status,
            StatusCode::FORBIDDEN
        );
        let tried = school.post(&theirs, None, &three(PICTURES)).await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(school.get(&mine, None).await.status, StatusCode::OK);
    let wrong = school
        .post(&mine, None, &three(["sun", "cat", "boat"]))
        .await;
    assert_eq!(wrong.to(), format!("{mine}?again=1"));
    assert_eq!(wrong.cookie(), None);
    let right = school.post(&mine, None, &three(PICTURES)).await;
    assert_eq!(right.to(), "/", "{}", right.body);
    let cookie = right.cookie().expect("signed in");
    assert_eq!(school.get("/", Some(&cookie)).await.to(), "/today");
}

#[tokio::test]
async fn after_five_wrong_tries_only_a_teacher_opens() {
    let school = School::open();
    school.open_class();
    let mine = format!("/class/{}/{}", school.code, school.learner);
    for _ in 0..5 {
        school
            .post(&mine, None, &three(["moon", "moon", "moon"]))
            .await;
    }
    let locked = school.post(&mine, None, &three(PICTURES)).await;
    assert_eq!(locked.cookie(), None, "the right pictures came too late");
    let words = Words::english();
    let page = school.get(&mine, None).await;
    assert!(
        page.body.contains(&words.t("pictures-locked")),
        "{}",
        page.body
    );
    assert!(!page.body.contains("name=\"first\""));
    let cookie = school.sign_in_as(school.teacher);
    let release = format!("/teach/{}/release", school.section);
    let form = format!("learner={}", school.learner);
    let released = school.post(&release, Some(&cookie), &form).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    let right = school.post(&mine, None, &three(PICTURES)).await;
    assert!(right.cookie().is_some());
    // Right pictures set the count back to nothing.
    let credential = school.store.credential(school.learner).unwrap().unwrap();
    assert_eq!(credential.failures, 0);
}

#[tokio::test]
async fn a_password_lets_staff_in_and_every_refusal_looks_alike() {
    let school = School::with(false, Words::english());
    let mut seen = Vec::new();
    for form in [
        "login=nobody&password=x".to_owned(),
        "login=teacher&password=x".to_owned(),
        format!("login=teacher&password={}", "y".repeat(5_000)),
        "login=&password=".to_owned(),
    ] {
        let reply = school.post("/sign-in/staff", None, &form).await;
        assert_eq!(reply.cookie(), None);
        seen.push((reply.status, reply.to().to_owned(), reply.body));
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
    let form = format!("login=Teacher&password={}", PASSWORD.replace(' ', "+"));
    let right = school.post("/sign-in/staff", None, &form).await;
    let cookie = right.cookie().expect("signed in");
    assert_eq!(school.get("/", Some(&cookie)).await.to(), "/teach");
    // A learner's pictures are no password: they have no login.
    for _ in 0..5 {
        school
            .post("/sign-in/staff", None, "login=teacher&password=x")
            .await;
    }
    let late = school.post("/sign-in/staff", None, &form).await;
    assert_eq!(late.cookie(), None, "locked after five wrong tries");
    assert_eq!(late.to(), seen[0].1);
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_sent_at_once_are_counted_one_by_one() {
    let school = std::sync::Arc::new(School::open());
    school.open_class();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..9 {
        let school = std::sync::Arc::clone(&school);
        running.spawn(async move {
            let mine = format!("/class/{}/{}", school.code, school.learner);
            school
                .post(&mine, None, &three(["key", "key", "key"]))
                .await
                .status
        });
    }
    while let Some(done) = running.join_next().await {
        assert_eq!(done.unwrap(), StatusCode::SEE_OTHER);
    }
    let credential = school.store.credential(school.learner).unwrap().unwrap();
    assert_eq!(credential.failures, 5);
}

#[tokio::test]
async fn a_family_sees_its_own_child_only() {
    let school = School::open();
    let cookie = school.sign_in(school.guardian).await;
    let own = format!("/family/{}", school.learner);
    assert_eq!(school.get("/family", Some(&cookie)).await.to(), own);
    let page = school.get(&own, Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("on track for the grade?"));
    let other = format!("/family/{}", school.other_learner);
    let refused = school.get(&other, Some(&cookie)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // The child's teacher sees what the family sees; another teacher and a leader do not.
    let cookie = school.sign_in(school.teacher).await;
    assert_eq!(school.get(&own, Some(&cookie)).await.status, StatusCode::OK);
    for person in [school.other_teacher, school.leader, school.other_learner] {
        let cookie = school.sign_in(person).await;
        let refused = school.get(&own, Some(&cookie)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}
