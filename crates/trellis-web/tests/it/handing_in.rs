//! Files that learners hand in, from the form to the teacher's queue: who sees them, and what is never kept.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use trellis_core::command::Command;
use trellis_core::framework::{CompetencyId, CourseId, ItemId};
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_store::Source;

use crate::school::{PICTURE, ask, course_in, request, request_with_file};
use crate::teacher_class::{
    GUARDIAN, LEADER, LEARNERS, OPERATOR, OTHER_TEACHER, SECTION, STRANGER, School, TEACHER,
};

const ANA: PersonId = LEARNERS[0];

/// A school in which a learner is asked for a file.
fn asked() -> (School, String) {
    let school = School::new();
    let source = Source {
        format: "course".to_owned(),
        name: "kinds".to_owned(),
    };
    let course = vec![course_in("testdata/kinds")];
    school.store.import(&source, course).unwrap();
    let take = Command::TakeCourse {
        learner: ANA,
        course: CourseId::new("kinds").unwrap(),
    };
    school.command(OPERATOR, Role::Operator, take);
    let attempt = AttemptId(70);
    let start = Command::Start {
        learner: ANA,
        attempt,
        competency: Some(CompetencyId::new("kinds").unwrap()),
        purpose: Purpose::Lesson,
        item: Some(ItemId::new("kinds-upload").unwrap()),
    };
    school.command(ANA, Role::Learner, start);
    (school, format!("/practice/{attempt}"))
}

/// Hands a file in; gives the status.
async fn hand_in(school: &School, path: &str, bytes: &[u8], person: PersonId) -> StatusCode {
    let cookie = school.cookie(person);
    let path = format!("{path}/file");
    let request = request_with_file(&path, Some(&cookie), bytes);
    ask(&school.router, request).await.status
}

/// A picture that tells where it was taken, behind its end.
fn photograph() -> Vec<u8> {
    [PICTURE, b"GPS SECRET"].concat()
}

#[tokio::test]
async fn a_picture_goes_to_those_who_may_see_it() {
    let (school, path) = asked();
    let page = school.get(&path, Some(ANA)).await;
    assert!(page.body.contains("type=\"file\""), "{}", page.body);
    assert!(
        page.body.contains("It may be: a picture, a PDF."),
        "{}",
        page.body
    );
    let status = hand_in(&school, &path, &photograph(), ANA).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let handed = school.get(&path, Some(ANA)).await;
    let file = format!("/handed/{}.gif", trellis_store::media_hash(PICTURE));
    assert!(handed.body.contains(&file), "{}", handed.body);
    for (person, sees) in [
        (ANA, true),
        (TEACHER, true),
        (GUARDIAN, true),
        (LEARNERS[1], false),
        (OTHER_TEACHER, false),
        (LEADER, false),
        (OPERATOR, false),
        (STRANGER, false),
    ] {
        let cookie = school.cookie(person);
        let reply = ask(
            &school.router,
            request(Method::GET, &file, Some(&cookie), Body::empty()),
        )
        .await;
        assert_eq!(reply.status == StatusCode::OK, sees, "{person}");
        if sees {
            assert_eq!(reply.header("content-type"), "image/gif");
            assert_eq!(reply.header("cache-control"), "no-store");
            assert!(reply.header("content-security-policy").contains("sandbox"));
            assert!(!reply.body.contains("SECRET"));
        }
    }
    let queue = school
        .get(&format!("/teach/{SECTION}/check"), Some(TEACHER))
        .await;
    assert!(
        queue
            .body
            .contains(&format!("<img class=\"shown\" src=\"{file}\"")),
        "{}",
        queue.body
    );
    assert!(queue.body.contains("without its food"), "{}", queue.body);
}

#[tokio::test]
async fn anything_else_is_saved_and_never_shown() {
    let (school, path) = asked();
    hand_in(&school, &path, b"%PDF-1.7 a page", ANA).await;
    let file = format!(
        "/handed/{}.pdf",
        trellis_store::media_hash(b"%PDF-1.7 a page")
    );
    let cookie = school.cookie(TEACHER);
    let reply = ask(
        &school.router,
        request(Method::GET, &file, Some(&cookie), Body::empty()),
    )
    .await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("content-disposition"), "attachment");
    assert_eq!(reply.header("content-type"), "application/octet-stream");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn what_is_not_asked_for_is_not_kept() {
    let (school, path) = asked();
    for (bytes, said) in [
        (&b""[..], "No file is chosen yet."),
        (b"MZ\x90\0 a program", "No file is chosen yet."),
        (
            b"Only words.",
            "This question asks for another kind of file.",
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>",
            "No file is chosen yet.",
        ),
    ] {
        let status = hand_in(&school, &path, bytes, ANA).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let page = school.get(&path, Some(ANA)).await;
        assert!(page.body.contains(said), "{said}: {}", page.body);
        assert!(page.body.contains("type=\"file\""), "it costs no try");
        let file = format!("/handed/{}.txt", trellis_store::media_hash(bytes));
        let reply = school.get(&file, Some(ANA)).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
    }
    let large = [b"%PDF-".to_vec(), vec![b'x'; 6_100_000]].concat();
    assert!(hand_in(&school, &path, &large, ANA).await.is_client_error());
    assert!(
        hand_in(&school, &path, PICTURE, LEARNERS[1])
            .await
            .is_client_error()
    );
}
