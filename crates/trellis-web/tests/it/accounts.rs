//! How an adult signs in is theirs to change: another password wants the present one and ends every other sign-in.

use axum::http::StatusCode;
use trellis_core::id::PersonId;
use trellis_web::hash_secret;

use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, NOW, School, TEACHER};

const OLD: &str = "my cat sleeps on the piano";
const NEW: &str = "the piano stands under my cat";

fn school() -> School {
    let school = School::new();
    let hash = hash_secret(OLD).unwrap();
    let login = Some("ngozi".to_owned());
    school
        .store
        .set_credentials(vec![(TEACHER, "password", login, hash)])
        .unwrap();
    school
}

fn form(present: &str, new: &str, again: &str) -> String {
    let plus = |text: &str| text.replace(' ', "+");
    format!(
        "present={}&password={}&again={}",
        plus(present),
        plus(new),
        plus(again)
    )
}

/// Signs somebody in on another device.
fn elsewhere(school: &School, person: PersonId) -> &'static [u8] {
    let token = b"another device";
    school
        .store
        .sign_in(token, person, None, NOW, NOW.plus_days(1))
        .unwrap();
    token
}

fn is_in(school: &School, token: &[u8]) -> bool {
    school.store.viewer(token, NOW).unwrap().is_some()
}

#[tokio::test]
async fn a_password_is_changed_with_the_present_one_and_other_sign_ins_end() {
    let school = school();
    let other = elsewhere(&school, TEACHER);
    let page = school.get("/account", Some(TEACHER)).await;
    assert!(page.body.contains("You sign in as ngozi") && page.body.contains("On another device"));
    for (typed, said) in [
        (
            form("wrong but long enough", NEW, NEW),
            "That is not your password now",
        ),
        (
            form(OLD, NEW, "another one altogether"),
            "The two passwords are not the same",
        ),
        (form(OLD, "short", "short"), "too short"),
        (
            form(OLD, "ngozi.okafor.2026", "ngozi.okafor.2026"),
            "Others would try",
        ),
    ] {
        let refused = school.post("/account", &typed, TEACHER).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(refused.body.contains(said), "{said} in {}", refused.body);
    }
    assert!(is_in(&school, other), "nothing has changed yet");
    let changed = school.post("/account", &form(OLD, NEW, NEW), TEACHER).await;
    assert_eq!(changed.location, "/account?done=changed");
    assert!(!is_in(&school, other));
    assert_eq!(
        school.get("/account", Some(TEACHER)).await.status,
        StatusCode::OK
    );
    let again = school.post("/account", &form(OLD, NEW, NEW), TEACHER).await;
    assert_eq!(
        again.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the old one is over"
    );
    let back = school.post("/account", &form(NEW, OLD, OLD), TEACHER).await;
    assert_eq!(back.location, "/account?done=changed");
}

#[tokio::test]
async fn five_wrong_tries_lock_the_change_too() {
    let school = school();
    let wrong = form("not it, not it, not it", NEW, NEW);
    for _ in 0..5 {
        school.post("/account", &wrong, TEACHER).await;
    }
    let right = school.post("/account", &form(OLD, NEW, NEW), TEACHER).await;
    assert!(
        right.body.contains("Too many wrong tries"),
        "{}",
        right.body
    );
}

#[tokio::test]
async fn sign_ins_elsewhere_are_ended_by_oneself_or_by_a_leader() {
    let school = school();
    let other = elsewhere(&school, TEACHER);
    let ended = school.post("/account/end", "", TEACHER).await;
    assert_eq!(ended.location, "/account?done=ended");
    assert!(!is_in(&school, other));

    let other = elsewhere(&school, TEACHER);
    let people = school.store.people().unwrap();
    let of = |person: PersonId| {
        let found = people.iter().find(|one| one.id == person).unwrap();
        format!("person={}", found.sourced_id)
    };
    for by in [TEACHER, GUARDIAN, LEARNERS[0]] {
        let refused = school
            .post("/district/end-sign-ins", &of(TEACHER), by)
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    assert!(is_in(&school, other));
    let nobody = school
        .post("/district/end-sign-ins", &of(LEARNERS[0]), LEADER)
        .await;
    assert_eq!(nobody.location, "/district?done=nobody");
    let ended = school
        .post("/district/end-sign-ins", &of(TEACHER), LEADER)
        .await;
    assert_eq!(ended.location, "/district?done=ended");
    assert!(!is_in(&school, other));
}

#[tokio::test]
async fn students_have_no_such_page_and_others_without_a_password_are_told() {
    let school = school();
    let refused = school.get("/account", Some(LEARNERS[0])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let told = school.get("/account", Some(GUARDIAN)).await;
    assert!(told.body.contains("You sign in without a password"));
    let refused = school
        .post("/account", &form(OLD, NEW, NEW), GUARDIAN)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
