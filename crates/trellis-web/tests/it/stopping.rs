//! The rule that stops the system from deciding alone, looked at in the night with nobody at the page.

use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::plan::Mode;

use crate::teacher_class::{NOW, SECTION, School, TEACHER};

const NOTE: &str = "Stopped by its own rule";
/// So many learners are called to have mastered something; from twenty on the rule says anything.
const CLASS: u128 = 21;

fn modes(school: &School) -> Vec<Mode> {
    let viewer = school.viewer(TEACHER);
    let view = school.store.teacher_today(&viewer, SECTION, NOW).unwrap();
    view.learners.iter().map(|one| one.state.mode).collect()
}

#[tokio::test]
async fn the_rule_stops_the_system_at_night_and_the_class_page_tells_by_whom() {
    let school = School::new();
    let (id, mix_up) = school.beginning();
    school.grow(SECTION, CLASS);
    let grown = (0..CLASS).map(|number| PersonId((SECTION.0 << 32) | number));
    for learner in grown.clone() {
        school.join(learner);
        school.answer_all(learner, &id);
    }
    let stopped = || school.store.stop_where_trust_is_lost(NOTE, NOW).unwrap();
    assert_eq!(stopped(), [], "nobody has doubted anything");
    assert!(modes(&school).iter().all(|mode| *mode == Mode::Assist));
    for learner in grown.take(5) {
        for number in 100..106 {
            school.answer(learner, &id, number, Some(&mix_up));
        }
    }
    assert_eq!(stopped(), [SECTION]);
    assert!(modes(&school).iter().all(|mode| *mode == Mode::Suggest));
    assert_eq!(stopped(), [], "once");
    // Who did it stands with it: not the teacher. It is told until a teacher says otherwise.
    let viewer = school.viewer(TEACHER);
    let first = PersonId(SECTION.0 << 32);
    let told = school.store.stood_back(&viewer, first).unwrap().unwrap();
    assert_eq!((told.by, told.note.as_str()), (Role::Operator, NOTE));
    let today = format!("/teach/{SECTION}");
    let page = school.get(&today, Some(TEACHER)).await;
    assert!(page.body.contains(NOTE), "{}", page.body);
    let mode = format!("/teach/{SECTION}/mode");
    school.post(&mode, "mode=shadow&note=", TEACHER).await;
    let page = school.get(&today, Some(TEACHER)).await;
    assert!(!page.body.contains(NOTE));
}
