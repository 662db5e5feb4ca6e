//! Why a number is what it is: the parts of the model's sum on the pages of student, teacher and family.

use axum::http::StatusCode;
use trellis_core::event::Event;
use trellis_core::framework::CompetencyId;
use trellis_core::id::Seq;

use crate::school::School;

/// The learner's last response: its decision, and what it is about.
fn last_response(school: &School) -> (Seq, CompetencyId) {
    let last = school.store.last_seq().unwrap().0;
    let mut seqs = (1..=last).rev();
    let found = seqs.find_map(|seq| {
        let events = school.store.decision(Seq(seq)).unwrap();
        events
            .into_iter()
            .find_map(|recorded| match recorded.event {
                Event::Responded {
                    learner,
                    competency,
                    ..
                } if learner == school.learner => Some((recorded.decision, competency)),
                _ => None,
            })
    });
    found.expect("the learner has answered something")
}

#[tokio::test]
async fn a_number_is_told_with_what_moves_it() {
    let school = School::open();
    let (decision, about) = last_response(&school);
    let teacher = school.sign_in(school.teacher).await;
    let learner = school.sign_in(school.learner).await;
    let guardian = school.sign_in(school.guardian).await;
    let evidence = format!("/teach/learner/{}?competency={about}", school.learner);
    let why = format!("/why/{decision}");
    let ahead = "After two more right answers we would expect the next one right";
    for (path, cookie, said) in [
        (
            &evidence,
            &teacher,
            vec!["What moves this number most", ahead],
        ),
        (&why, &teacher, vec!["What moves our guess about", ahead]),
        (
            &why,
            &learner,
            vec![
                "What moves our guess about",
                "Get two more right, and we expect the next one right",
            ],
        ),
        (
            &why,
            &guardian,
            vec![
                "What moves our guess about",
                "should get the next one right",
            ],
        ),
    ] {
        let page = school.get(path, Some(cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for said in said {
            assert!(page.body.contains(said), "{path}: {said}: {}", page.body);
        }
        assert!(!page.body.contains("part-"), "{path}");
    }
}
