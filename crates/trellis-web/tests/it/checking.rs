//! Answers that a person scores, from the learner's box to the teacher's queue and back.

use axum::http::StatusCode;
use trellis_core::command::Command;
use trellis_core::framework::{CompetencyId, CourseId, ItemId};
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_store::Source;

use crate::school::course_in;
use crate::teacher_class::{LEADER, LEARNERS, OPERATOR, OTHER_TEACHER, SECTION, School, TEACHER};

/// A school whose learners take the course with every kind of answer.
fn school() -> School {
    let school = School::new();
    let source = Source {
        format: "course".to_owned(),
        name: "kinds".to_owned(),
    };
    school
        .store
        .import(&source, vec![course_in("testdata/kinds")])
        .unwrap();
    for learner in LEARNERS {
        let course = CourseId::new("kinds").unwrap();
        let take = Command::TakeCourse { learner, course };
        school.command(OPERATOR, Role::Operator, take);
    }
    school
}

fn begin(school: &School, learner: PersonId, number: u128) -> AttemptId {
    let attempt = AttemptId(number);
    let start = Command::Start {
        learner,
        attempt,
        competency: Some(CompetencyId::new("kinds").unwrap()),
        purpose: Purpose::Lesson,
        item: Some(ItemId::new("kinds-written").unwrap()),
    };
    school.command(learner, Role::Learner, start);
    attempt
}

fn queue(rest: &str) -> String {
    format!("/teach/{SECTION}/check{rest}")
}

#[tokio::test]
async fn what_is_handed_in_waits() {
    let school = school();
    let ana = LEARNERS[0];
    let first = begin(&school, ana, 70);
    let path = format!("/practice/{first}");
    let asked = school.get(&path, Some(ana)).await;
    assert!(asked.body.contains("<textarea id=\"a\""), "{}", asked.body);
    let empty = school.post(&path, "text=++", ana).await;
    assert_eq!(empty.status, StatusCode::SEE_OTHER);
    let again = school.get(&path, Some(ana)).await;
    assert!(
        again.body.contains("Nothing is written yet."),
        "{}",
        again.body
    );
    let long = format!("text={}", "word+".repeat(100));
    school.post(&path, &long, ana).await;
    let again = school.get(&path, Some(ana)).await;
    assert!(again.body.contains("longer than 300 characters"));
    assert!(again.body.contains("word word"), "nothing is lost");
    let text = "text=Bats+eat+%3Cinsects%3E%0D%0Aoutside.";
    school.post(&path, text, ana).await;
    let handed = school.get(&path, Some(ana)).await;
    assert!(handed.body.contains("Handed in"), "{}", handed.body);
    assert!(handed.body.contains("Bats eat &lt;insects&gt;<br>outside."));
    let today = school.get("/today", Some(ana)).await;
    assert!(today.body.contains("One answer waits for your teacher."));
}

#[tokio::test]
async fn a_teacher_reads_scores_and_takes_back() {
    let school = school();
    let [ana, ben, ..] = LEARNERS;
    let first = begin(&school, ana, 70);
    let path = format!("/practice/{first}");
    school.post(&path, "text=Plants.", ana).await;
    let second = begin(&school, ben, 71);
    let by_ben = format!("/practice/{second}");
    school.post(&by_ben, "text=Plants+make+food.", ben).await;

    let card = school
        .get(&format!("/teach/{SECTION}"), Some(TEACHER))
        .await;
    let said = "2 answers wait for your check, the oldest since today";
    assert!(card.body.contains(said), "{}", card.body);
    let page = school.get(&queue(""), Some(TEACHER)).await;
    assert!(page.body.contains("Amara M. wrote, today"), "{}", page.body);
    assert!(page.body.contains("Answer 1 of 2, waiting since today"));
    assert!(page.body.contains("Says that plants make food."));
    assert!(
        !page.body.contains(">check-"),
        "a key stands where words should"
    );
    let skipped = school
        .get(&queue(&format!("?at={second}")), Some(TEACHER))
        .await;
    assert!(skipped.body.contains("Ben M. wrote, today"));

    let form = format!(
        "learner={ana}&attempt={first}&next={second}&points-0=2&points-1=0&comment=Good.+And+how%3F"
    );
    let scored = school.post(&queue(""), &form, TEACHER).await;
    assert_eq!(
        scored.location,
        queue(&format!("?done={first}&at={second}"))
    );
    let next = school.get(&scored.location, Some(TEACHER)).await;
    assert!(
        next.body.contains("Saved: 2 of 3 points for Amara M."),
        "{}",
        next.body
    );
    assert!(
        next.body.contains("Ben M. wrote, today"),
        "the next one comes by itself"
    );
    let told = school.get(&path, Some(ana)).await;
    assert!(
        told.body
            .contains("Your teacher has read it: 2 of 3 points"),
        "{}",
        told.body
    );
    assert!(
        told.body
            .contains("Says that plants make food with the energy of light.")
    );
    assert!(told.body.contains("Good. And how?"));
    let today = school.get("/today", Some(ana)).await;
    assert!(today.body.contains("2 of 3 points"), "{}", today.body);
    let evidence = format!("/teach/learner/{ana}");
    let timeline = school.get(&evidence, Some(TEACHER)).await;
    assert!(
        timeline
            .body
            .contains("You or a colleague read it: 2 of 3 points")
    );
    assert!(timeline.body.contains("Handed in, for you to read"));

    let undo = format!("learner={ana}&attempt={first}");
    let undone = school.post(&queue("/undo"), &undo, TEACHER).await;
    let page = school.get(&undone.location, Some(TEACHER)).await;
    assert!(page.body.contains("Taken back. The answer waits again."));
    assert!(page.body.contains("Amara M. wrote, today"));
    let told = school.get(&path, Some(ana)).await;
    assert!(told.body.contains("Handed in") && !told.body.contains("2 of 3 points"));
}

#[tokio::test]
async fn nobody_but_their_teachers_reads_or_scores() {
    let school = school();
    let ana = LEARNERS[0];
    let attempt = begin(&school, ana, 70);
    school
        .post(&format!("/practice/{attempt}"), "text=Because.", ana)
        .await;
    let form = format!("learner={ana}&attempt={attempt}&points-0=2&points-1=1");
    for person in [ana, LEARNERS[1], LEADER, OTHER_TEACHER] {
        let page = school.get(&queue(""), Some(person)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{person}");
        assert!(!page.body.contains("Because."));
        let scored = school.post(&queue(""), &form, person).await;
        assert_eq!(scored.status, StatusCode::FORBIDDEN, "{person}");
    }
    for (form, status) in [
        ("learner=1", StatusCode::NOT_FOUND),
        (&*format!("learner={ana}"), StatusCode::BAD_REQUEST),
        ("", StatusCode::BAD_REQUEST),
        (
            &*form.replace("points-0=2", "points-0=x"),
            StatusCode::BAD_REQUEST,
        ),
        (
            &*form.replace("points-0=2", "points-0=9"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            &*form.replace("points-0=2&", ""),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ] {
        let page = school.post(&queue(""), form, TEACHER).await;
        assert_eq!(page.status, status, "{form}");
    }
    let nothing = school.store.learner_state(ana).unwrap();
    assert_eq!((nothing.waiting.len(), nothing.checked.len()), (1, 0));
}
