//! The lesson as it goes: who is at what, names hidden, the pause that students see, and the events that follow it.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use futures_util::StreamExt as _;
use tower::ServiceExt as _;
use trellis_core::command::Command;
use trellis_core::people::Role;

use crate::school::{ask, request};
use crate::teacher_class::{
    GUARDIAN, LEADER, LEARNERS, NOW, OTHER_TEACHER, Page, SECTION, STRANGER, School, TEACHER,
};

const HOUR_MS: i64 = 3_600_000;

fn live(rest: &str) -> String {
    format!("/teach/{SECTION}/live{rest}")
}

/// A school whose class is open, with the first two learners in it.
fn open() -> School {
    let school = School::new();
    let until = NOW.plus_ms(HOUR_MS);
    let command = Command::OpenClass {
        section: SECTION,
        until,
    };
    school.command(TEACHER, Role::Teacher, command);
    for learner in &LEARNERS[..2] {
        let token = format!("{:032x}", learner.0);
        let signed_in = school
            .store
            .sign_in(token.as_bytes(), *learner, Some(SECTION), NOW, until);
        signed_in.unwrap();
    }
    school
}

async fn seen(school: &School, path: &str) -> Page {
    let page = school.get(path, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    for key in [">live-", ">teach-", ">paused-"] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    page
}

/// What stands under one heading of the board.
fn row<'a>(page: &'a str, key: &str) -> &'a str {
    let (_, after) = page.split_once(&format!("id=\"live-{key}\"")).expect(key);
    after.split("</section>").next().unwrap()
}

#[tokio::test]
async fn everybody_stands_where_their_answers_put_them() {
    let school = open();
    let (id, mix_up) = school.beginning();
    for number in 1..=3 {
        school.answer(LEARNERS[0], &id, number, Some(&mix_up));
    }
    let page = seen(&school, &live("")).await;
    let skill = school
        .store
        .catalog()
        .competency(&id)
        .unwrap()
        .title
        .clone();
    let stuck = row(&page.body, "stuck");
    assert!(
        stuck.contains("1 is stuck") && stuck.contains("Amara M."),
        "{stuck}"
    );
    assert!(stuck.contains("just now"), "{stuck}");
    assert!(
        page.body.contains(&skill) || stuck.contains("&#"),
        "{stuck}"
    );
    assert!(row(&page.body, "idle").contains("Ben M."));
    assert!(row(&page.body, "away").contains("4 have not signed in"));
    assert!(row(&page.body, "done").contains("Nobody is done"));
    // A right answer, and the first one is back at work.
    school.answer(LEARNERS[0], &id, 4, None);
    let page = seen(&school, &live("")).await;
    assert!(
        row(&page.body, "working").contains("Amara M."),
        "{}",
        page.body
    );
    assert!(row(&page.body, "stuck").contains("Nobody is stuck"));
}

#[tokio::test]
async fn hidden_names_are_nowhere_on_the_page_and_the_cover_stays() {
    let school = open();
    let (id, _) = school.beginning();
    let page = seen(&school, &live("?names=no")).await;
    let board = page.body.split_once("id=\"live\"").unwrap().1;
    for name in [
        "Amara",
        "Ben",
        "Chloe",
        "Diego",
        "Elif",
        "Farid",
        "/teach/learner/",
    ] {
        assert!(!board.contains(name), "{name} in {board}");
    }
    for number in 1..=6 {
        assert!(board.contains(&format!(">Student {number}<")), "{board}");
    }
    // Who moves on keeps the number: the one that leaves the idle is the one that comes to the working.
    let idle = row(&page.body, "idle").to_owned();
    school.answer(LEARNERS[0], &id, 1, None);
    let page = seen(&school, &live("?names=no")).await;
    let working = row(&page.body, "working");
    let (_, cover) = working.split_once("<span class=\"b\">").unwrap();
    let cover = cover.split('<').next().unwrap();
    assert!(idle.contains(cover), "{cover} in {idle}");
}

#[tokio::test]
async fn only_teachers_of_the_class_follow_it() {
    let school = open();
    for other in [OTHER_TEACHER, LEARNERS[0], GUARDIAN, LEADER] {
        for path in [live(""), live("/events")] {
            let page = school.get(&path, Some(other)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            assert!(!page.body.contains("Amara"));
        }
        let sent = school.post(&live(""), "pause=yes", other).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
    let today = school.get("/today", Some(LEARNERS[0])).await;
    assert!(!today.body.contains("Please look up"), "{}", today.body);
}

#[tokio::test]
async fn a_pause_asks_the_students_of_the_lesson_to_look_up_and_loses_nothing() {
    let school = open();
    let paused = |body: &str| body.contains("<h1>Please look up</h1>");
    let sent = school.post(&live(""), "pause=yes", TEACHER).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for path in ["/today", "/map", "/lessons", "/what-if/add"] {
        let page = school.get(path, Some(LEARNERS[0])).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(paused(&page.body), "{path}: {}", page.body);
    }
    let said = school.get("/paused.json", Some(LEARNERS[0])).await;
    assert!(said.body.contains("\"paused\":true"), "{}", said.body);
    // What is sent meanwhile counts.
    let sent = school.post("/interest", "interest=", LEARNERS[0]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    // Who is not in this class session goes on, and so does the teacher.
    for other in [LEARNERS[4], STRANGER] {
        assert!(!paused(&school.get("/today", Some(other)).await.body));
    }
    let page = seen(&school, &live("")).await;
    assert!(page.body.contains("Paused: students see"), "{}", page.body);
    let wrong = school.post(&live(""), "pause=perhaps", TEACHER).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    school.post(&live(""), "pause=no", TEACHER).await;
    assert!(!paused(&school.get("/today", Some(LEARNERS[0])).await.body));
    let said = school.get("/paused.json", Some(LEARNERS[0])).await;
    assert!(said.body.contains("\"paused\":false"), "{}", said.body);
    // A class that is closed has no lesson to pause.
    let command = Command::CloseClass { section: SECTION };
    school.command(TEACHER, Role::Teacher, command);
    let sent = school.post(&live(""), "pause=yes", TEACHER).await;
    assert_ne!(sent.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn events_follow_what_happens_and_end_with_the_class() {
    let school = open();
    let (id, _) = school.beginning();
    let cookie = school.cookie(TEACHER);
    let asked = Request::builder()
        .method(Method::GET)
        .uri(live("/events"))
        .header(header::COOKIE, &cookie)
        .body(Body::empty())
        .unwrap();
    let reply = school.router.clone().oneshot(asked).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut stream = reply.into_body().into_data_stream();
    let mut next = async || {
        let frame = tokio::time::timeout(Duration::from_secs(60), stream.next()).await;
        let bytes = frame.unwrap().map(Result::unwrap)?;
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    };
    let first = next().await.unwrap();
    assert!(first.contains("event: board"), "{first}");
    assert!(row(&first, "idle").contains("Amara M."), "{first}");
    school.answer(LEARNERS[0], &id, 1, None);
    let second = next().await.unwrap();
    assert!(row(&second, "working").contains("Amara M."), "{second}");
    let command = Command::CloseClass { section: SECTION };
    school.command(TEACHER, Role::Teacher, command);
    let last = next().await.unwrap();
    assert!(
        last.contains("event: end") && last.contains("The class is closed"),
        "{last}"
    );
    assert_eq!(next().await, None);
    // Whoever comes now hears the end at once.
    let path = live("/events");
    let reply = ask(
        &school.router,
        request(Method::GET, &path, Some(&cookie), Body::empty()),
    )
    .await;
    assert_eq!(reply.body.matches("event: ").count(), 1, "{}", reply.body);
}
