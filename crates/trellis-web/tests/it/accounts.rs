//! How an adult signs in is theirs to change: another password wants the present one and ends every other sign-in.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use trellis_core::id::PersonId;
use trellis_web::hash_secret;

use trellis_core::time::Timestamp;

use crate::school::{ask, request};
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

/// Somebody whose password was right.
struct Half {
    location: String,
    cookie: String,
}

async fn half_way(school: &School, sign_in: &str) -> Half {
    let body = Body::from(sign_in.to_owned());
    let request = request(Method::POST, "/sign-in/staff", None, body);
    let reply = ask(&school.router, request).await;
    let cookie = reply.header("set-cookie").split(';').next().unwrap();
    Half {
        location: reply.to().to_owned(),
        cookie: cookie.to_owned(),
    }
}

/// What came of a code: the status and where it leads.
struct Came {
    status: StatusCode,
    location: String,
}

impl Half {
    async fn type_in(&self, school: &School, code: &str) -> Came {
        let body = Body::from(format!("code={code}"));
        let request = request(Method::POST, "/sign-in/code", Some(&self.cookie), body);
        let reply = ask(&school.router, request).await;
        Came {
            status: reply.status,
            location: reply.to().to_owned(),
        }
    }
}

/// The text between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split_once(after).unwrap().0
}

/// What an app shows that was given these letters.
fn shown(letters: &str, at: Timestamp) -> String {
    let secret = totp_rs::Secret::try_from_base32(letters.replace(' ', "")).unwrap();
    let app = totp_rs::Builder::new()
        .with_secret(secret)
        .build_noncompliant();
    app.generate(u64::try_from(at.0 / 1000).unwrap())
        .to_string()
}

#[tokio::test]
async fn a_code_is_asked_for_beside_the_password_and_each_opens_once() {
    let school = school();
    let wrong = "do=begin&password=not+the+password+at+all";
    let refused = school.post("/account/second", wrong, TEACHER).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let begin = format!("do=begin&password={}", OLD.replace(' ', "+"));
    let begun = school.post("/account/second", &begin, TEACHER).await;
    assert_eq!(begun.location, "/account/second");
    let page = school.get("/account/second", Some(TEACHER)).await;
    let letters = between(&page.body, "<span class=\"mono\">", "</span>").to_owned();
    let sign_in = format!("login=ngozi&password={}", OLD.replace(' ', "+"));
    let entered = school.post("/sign-in/staff", &sign_in, GUARDIAN).await;
    assert_eq!(
        entered.location, "/",
        "not asked for before it is confirmed"
    );

    let refused = school
        .post("/account/second", "do=confirm&code=000000", TEACHER)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = shown(&letters, NOW);
    let confirm = format!("do=confirm&code={code}");
    let page = school.post("/account/second", &confirm, TEACHER).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.body.matches("<li class=\"mono\">").count(), 10);
    let paper = between(&page.body, "<li class=\"mono\">", "</li>").to_owned();
    let later = school.get("/account/second", Some(TEACHER)).await;
    assert!(!later.body.contains(&paper), "shown once");
    assert!(later.body.contains("10 codes on paper are left"));

    // The password alone leads to the code and signs nobody in.
    let half = half_way(&school, &sign_in).await;
    assert_eq!(half.location, "/sign-in/code");
    assert!(!half.cookie.contains("__Host-trellis="));
    let again = half.type_in(&school, &code).await;
    assert_eq!(
        again.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "used already"
    );
    let next = shown(&letters, NOW.plus_ms(30_000));
    let entered = half.type_in(&school, &next).await;
    assert_eq!(entered.location, "/", "a clock may be half a minute ahead");
    let over = half.type_in(&school, &paper.replace(' ', "+")).await;
    assert!(
        over.location.starts_with("/sign-in?"),
        "the waiting is over"
    );

    // A code on paper opens once; five wrong tries lock.
    let half = half_way(&school, &sign_in).await;
    let paper = paper.replace(' ', "+").to_lowercase();
    assert_eq!(half.type_in(&school, &paper).await.location, "/");
    let half = half_way(&school, &sign_in).await;
    for _ in 0..4 {
        let again = half.type_in(&school, &paper).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let locked = half.type_in(&school, &paper).await;
    assert!(locked.location.starts_with("/sign-in?"));
    let locked = school.post("/sign-in/staff", &sign_in, GUARDIAN).await;
    assert_eq!(locked.location, "/sign-in?staff=refused#staff");
}

#[tokio::test]
async fn nobody_comes_in_by_a_code_alone_and_the_factor_ends_with_both() {
    let school = school();
    let alone = school.post("/sign-in/code", "code=123456", GUARDIAN).await;
    assert!(alone.location.starts_with("/sign-in?"));
    let begin = format!("do=begin&password={}", OLD.replace(' ', "+"));
    school.post("/account/second", &begin, TEACHER).await;
    let page = school.get("/account/second", Some(TEACHER)).await;
    let letters = between(&page.body, "<span class=\"mono\">", "</span>").to_owned();
    let confirm = format!("do=confirm&code={}", shown(&letters, NOW));
    school.post("/account/second", &confirm, TEACHER).await;
    let end = |password: &str, code: &str| {
        format!("do=end&password={}&code={code}", password.replace(' ', "+"))
    };
    let next = shown(&letters, NOW.plus_ms(30_000));
    for refused in [end(OLD, "000000"), end("not the password at all", &next)] {
        let refused = school.post("/account/second", &refused, TEACHER).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let ended = school
        .post("/account/second", &end(OLD, &next), TEACHER)
        .await;
    assert_eq!(ended.location, "/account/second?done=ended");
    let sign_in = format!("login=ngozi&password={}", OLD.replace(' ', "+"));
    let entered = school.post("/sign-in/staff", &sign_in, GUARDIAN).await;
    assert_eq!(entered.location, "/");
}

#[tokio::test]
async fn a_sign_in_that_nobody_uses_ends_and_one_in_use_does_not() {
    let school = school();
    let (staff, learner) = (elsewhere(&school, TEACHER), b"a device of the class");
    let until = NOW.plus_days(1);
    (school.store)
        .sign_in(learner, LEARNERS[0], None, NOW, until)
        .unwrap();
    let minute = |minutes: i64| NOW.plus_ms(minutes * 60_000);
    let used = |token: &[u8], at: Timestamp| school.store.viewer(token, at).unwrap().is_some();
    let asked =
        |token: &[u8], at: Timestamp| (school.store.viewer_of_device(token, at).unwrap()).is_some();
    // Within the hour, and from each use on again; what a page asks for by itself is no use.
    for at in [50, 110, 170] {
        assert!(used(staff, minute(at)), "{at}");
    }
    assert!(asked(staff, minute(220)));
    assert!(!used(staff, minute(240)));
    // The same when nothing is kept in memory: a change of people makes everything be looked up again.
    assert!(used(learner, minute(19)));
    school.enroll(trellis_core::id::PersonId(7_777));
    assert!(used(learner, minute(38)), "written down as well");
    assert!(asked(learner, minute(57)) && !used(learner, minute(64)));
    // A clock that goes back does not end anything.
    assert!(used(learner, minute(30)));
}

#[tokio::test]
async fn where_staff_need_a_code_nothing_else_opens_before_it_is_set_up() {
    let mut school = school();
    let app = trellis_web::App::new(std::sync::Arc::clone(&school.store)).unwrap();
    school.router = trellis_web::router(app.with_clock(|| NOW).with_code_for_staff(true));
    for path in ["/teach", "/kept", "/teach/support"] {
        let sent = school.get(path, Some(TEACHER)).await;
        assert_eq!(sent.location, "/account/second", "{path}");
    }
    let page = school.get("/account/second", Some(TEACHER)).await;
    assert!(page.body.contains("Your district asks this of all staff"));
    let open = school.get("/account", Some(TEACHER)).await;
    assert_eq!(open.status, StatusCode::OK);
    // Families may, and who has no password has nothing to set up.
    for other in [GUARDIAN, LEADER, LEARNERS[0]] {
        let page = school.get("/kept", Some(other)).await;
        assert_eq!(page.status, StatusCode::OK, "{other:?}");
    }
    let begin = format!("do=begin&password={}", OLD.replace(' ', "+"));
    school.post("/account/second", &begin, TEACHER).await;
    let page = school.get("/account/second", Some(TEACHER)).await;
    let letters = between(&page.body, "<span class=\"mono\">", "</span>").to_owned();
    let confirm = format!("do=confirm&code={}", shown(&letters, NOW));
    school.post("/account/second", &confirm, TEACHER).await;
    let page = school.get("/kept", Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK);
}
