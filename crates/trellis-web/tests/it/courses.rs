//! Which courses a teacher gives to a class, and what its students get of them.

use axum::http::StatusCode;

use crate::school::COURSE;
use crate::teacher::{reads_well, section};
use crate::teacher_class::{LEADER, LEARNERS, OTHER_TEACHER, STRANGER, School, TEACHER};

#[tokio::test]
async fn a_kind_of_story_of_two_courses_is_offered_once() {
    let school = School::new();
    let both = format!("course={COURSE}&course={}", school.second_course());
    let page = school.post(&section("/courses"), &both, TEACHER).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let today = school.get("/today", Some(LEARNERS[0])).await;
    for interest in &school.store.catalog().courses()[0].interests {
        let offered = format!("name=\"interest\" value=\"{}\"", interest.id);
        assert_eq!(today.body.matches(&offered).count(), 1, "{}", today.body);
    }
}

#[tokio::test]
async fn a_teacher_gives_courses_out_by_the_one_door() {
    let school = School::new();
    let second = school.second_course();
    let path = section("/courses");
    let page = school.get(&path, Some(TEACHER)).await;
    reads_well(&page);
    assert!(
        page.body.contains(&format!("value=\"{second}\"")),
        "{}",
        page.body
    );
    for stranger in [OTHER_TEACHER, LEADER, LEARNERS[0]] {
        let page = school.get(&path, Some(stranger)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let page = school
            .post(&path, &format!("course={second}"), stranger)
            .await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
    }
    for form in [
        "",
        "course=none-of-ours",
        "course=%20",
        &format!("course={second}&course={second}"),
    ] {
        let page = school.post(&path, form, TEACHER).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{form}");
    }
    let takes = |learner| {
        let state = school.store.learner_state(learner).unwrap();
        state
            .courses
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(takes(LEARNERS[0]), [COURSE]);
    // Both, the old one first: given to the whole class, and to nobody else.
    let both = format!("course={COURSE}&course={second}");
    let page = school.post(&path, &both, TEACHER).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    reads_well(&school.get(&page.location, Some(TEACHER)).await);
    for learner in LEARNERS {
        assert_eq!(takes(learner), [COURSE, second.as_str()]);
    }
    assert_eq!(takes(STRANGER), [COURSE]);
    let lessons = school.get("/lessons", Some(LEARNERS[0])).await;
    assert!(
        lessons.body.contains(&format!("/lessons/{second}")),
        "{}",
        lessons.body
    );
    let map = school
        .get(&section(&format!("/map?course={second}")), Some(TEACHER))
        .await;
    reads_well(&map);
    assert!(map.body.contains("Second course"), "{}", map.body);
    // The new one alone; and a repetition changes nothing.
    let events = school.store.last_seq().unwrap();
    for _ in 0..2 {
        let page = school
            .post(&path, &format!("course={second}"), TEACHER)
            .await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
    let left = u64::try_from(LEARNERS.len()).unwrap();
    assert_eq!(school.store.last_seq().unwrap().0, events.0 + 1 + left);
    assert_eq!(takes(LEARNERS[0]), [second.as_str()]);
    reads_well(&school.get(&section(""), Some(TEACHER)).await);
    // Somebody who joins later takes it once the teacher gives it out again.
    school.enroll(STRANGER);
    let page = school.get(&path, Some(TEACHER)).await;
    assert!(
        page.body.contains("1 student joined later"),
        "{}",
        page.body
    );
    school
        .post(&path, &format!("course={second}"), TEACHER)
        .await;
    assert_eq!(takes(STRANGER), [COURSE, second.as_str()]);
    assert!(school.store.verify(|_| ()).unwrap().mismatches.is_empty());
}
