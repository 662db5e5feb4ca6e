//! Assigning: questions with their keys before they are given, what students find on their day, how far everybody is, and
//! taking it back.

use axum::http::StatusCode;
use trellis_core::id::PersonId;
use trellis_core::plan::assignment::Question;

use crate::teacher_class::{LEARNERS, OTHER_TEACHER, Page, SECTION, STRANGER, School, TEACHER};

const BASE: &str = "/teach/00000000000000000000000000000064/assign";

async fn seen(school: &School, path: &str) -> Page {
    let page = school.get(path, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    for key in [">assign", ">paper-", ">teach-", "\"assign-"] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    page
}

/// The values of all hidden fields of a name, as the page has them.
fn hidden<'a>(page: &'a Page, name: &str) -> Vec<&'a str> {
    let begin = format!("name=\"{name}\" value=\"");
    let parts = page.body.split(&begin).skip(1);
    parts.map(|part| part.split('"').next().unwrap()).collect()
}

/// The form that the page would send.
fn form(page: &Page, more: &str) -> String {
    let mut form = format!("set={}{more}", hidden(page, "set")[0]);
    for name in ["learner", "q"] {
        for value in hidden(page, name) {
            form.push_str(&format!("&{name}={}", value.replace(' ', "+")));
        }
    }
    form
}

fn assigned(school: &School, learner: PersonId) -> Vec<Vec<Question>> {
    let state = school.store.learner_state(learner).unwrap();
    let given = state.assignments();
    given.map(|(_, one)| one.questions.clone()).collect()
}

#[tokio::test]
async fn questions_are_chosen_with_their_keys_given_done_and_taken_back() {
    let school = School::new();
    assert_eq!(BASE, format!("/teach/{SECTION}/assign"));
    let (id, _) = school.beginning();
    let asked = format!("{BASE}?who=class&what={id}&numbers=same&count=3&due=2026-11-20&seed=5");
    let page = seen(&school, &asked).await;
    let chosen = hidden(&page, "q");
    assert_eq!(chosen.len(), 3);
    assert_eq!(page.body.matches("class=\"typed\"").count(), 3);
    assert_eq!(hidden(&page, "learner").len(), LEARNERS.len());
    // Another question in place of the second, other numbers for the first, the third earlier, and one left out.
    let with = |questions: &[&str], change: &str| {
        let all: String = questions
            .iter()
            .map(|question| format!("&q={}", question.replace(' ', "+")))
            .collect();
        format!("{asked}{all}&change={change}")
    };
    for (change, differs) in [("other:1", 1), ("numbers:0", 0)] {
        let changed = seen(&school, &with(&chosen, change)).await;
        let now = hidden(&changed, "q");
        for place in 0..3 {
            assert_eq!(now[place] == chosen[place], place != differs, "{change}");
        }
    }
    let moved = seen(&school, &with(&chosen, "earlier:2")).await;
    assert_eq!(hidden(&moved, "q"), [chosen[0], chosen[2], chosen[1]]);
    let fewer = seen(&school, &with(&chosen, "drop:0")).await;
    assert_eq!(hidden(&fewer, "q"), chosen[1..]);
    let more = seen(&school, &with(&chosen, "one-more:2")).await;
    assert_eq!(hidden(&more, "q").len(), 4);
    for wrong in ["drop", "drop:9", "paint:0", "other:x"] {
        let refused = school.get(&with(&chosen, wrong), Some(TEACHER)).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    // A look gives nothing; nobody else may give; a stranger is not of this class.
    assert_eq!(assigned(&school, LEARNERS[0]), Vec::<Vec<_>>::new());
    let form = form(&page, "&due=2026-11-20&note=For+our+fair");
    let refused = school.post(BASE, &form, OTHER_TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let stranger = format!("{form}&learner={STRANGER}");
    let refused = school.post(BASE, &stranger, TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let done = school.post(BASE, &form, TEACHER).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Sent again by a reload: nothing more happens.
    school.post(BASE, &form, TEACHER).await;
    let first = assigned(&school, LEARNERS[0]);
    assert_eq!(first.len(), 1);
    assert_eq!(first, assigned(&school, LEARNERS[5]));
    done_by_one(&school, &first[0]).await;
    let page = seen(&school, &done.location).await;
    assert!(
        page.body.contains("0 of 6 students are done."),
        "{}",
        page.body
    );
    assert!(page.body.contains("1 of 3 done."), "{}", page.body);
    assert!(page.body.contains("1: not right yet"), "{}", page.body);
    assert!(page.body.contains("To be done by 20 November 2026."));
    let set = format!("set={}", hidden(&page, "set")[0]);
    let taken = school.post(&format!("{BASE}/undo"), &set, TEACHER).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    for learner in LEARNERS {
        assert_eq!(assigned(&school, learner), Vec::<Vec<_>>::new());
    }
}

/// The first learner finds it on their day and gives up on the first question.
async fn done_by_one(school: &School, questions: &[Question]) {
    let learner = LEARNERS[0];
    let today = school.get("/today", Some(learner)).await;
    assert!(today.body.contains("Your teacher asked you to do this."));
    for line in [
        "0 of 3 done.",
        "To be done by 20 November 2026.",
        "For our fair",
        "value=\"assigned\"",
    ] {
        assert!(today.body.contains(line), "{line} in {}", today.body);
    }
    let state = school.store.learner_state(learner).unwrap();
    let (_, one) = state.assignments().next().unwrap();
    let press = format!("competency={}&purpose=assigned", one.competency);
    let begun = school.post("/practice", &press, learner).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let page = school.get(&begun.location, Some(learner)).await;
    assert!(
        page.body.contains("From your teacher: question 1 of 3"),
        "{}",
        page.body
    );
    let open = school.store.learner_state(learner).unwrap().open;
    let open = open.last().unwrap();
    assert_eq!(
        (&open.item, open.seed),
        (&questions[0].item, questions[0].seed)
    );
    // A second press goes on with the same question.
    let again = school.post("/practice", &press, learner).await;
    assert_eq!(again.location, begun.location);
    let solution = format!("{}/solution", begun.location);
    school.post(&solution, "", learner).await;
    let page = school.get(&begun.location, Some(learner)).await;
    assert!(page.body.contains("value=\"assigned\""), "{}", page.body);
    let state = school.store.learner_state(learner).unwrap();
    assert_eq!(state.over.len(), 1);
    // Its teacher can look at the answer.
    let looked = school.get(&begun.location, Some(TEACHER)).await;
    assert_eq!(looked.status, StatusCode::OK);
}

#[tokio::test]
async fn each_student_gets_their_own() {
    let school = School::new();
    let (id, _) = school.beginning();
    for what in [id.to_string(), "next".to_owned()] {
        let asked = format!("{BASE}?who=class&what={what}&numbers=own&count=4&due=&seed=9");
        let page = seen(&school, &asked).await;
        assert_eq!(hidden(&page, "q").len(), 24, "{}", page.body);
        let done = school.post(BASE, &form(&page, ""), TEACHER).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let [mine, other] = [0, 1].map(|at| assigned(&school, LEARNERS[at]).pop().unwrap());
        assert_eq!(mine.len(), 4);
        assert_ne!(mine, other);
    }
    assert_eq!(assigned(&school, LEARNERS[3]).len(), 2);
    let one = format!(
        "{BASE}?who=student:{}&what={id}&numbers=own&count=1&due=&seed=2",
        LEARNERS[2]
    );
    let page = seen(&school, &one).await;
    assert_eq!(hidden(&page, "learner"), [LEARNERS[2].to_string()]);
    // An address that is not one.
    for wrong in [
        "count=99",
        "due=someday",
        "seed=x",
        "q=1",
        "numbers=own&what=no-such",
    ] {
        let address = format!("{BASE}?{wrong}&who=class&what={id}&count=4&due=&seed=2");
        let refused = school.get(&address, Some(TEACHER)).await;
        assert!(
            refused.status.is_client_error(),
            "{wrong}: {}",
            refused.status
        );
    }
    let empty = school.post(BASE, "set=1", TEACHER).await;
    assert!(empty.status.is_client_error());
}
