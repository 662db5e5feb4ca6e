//! Decisions for a class are shown before they are made and undone for all; and what the system may decide alone.

use axum::http::StatusCode;
use trellis_core::framework::CompetencyId;
use trellis_core::plan::Mode;
use trellis_core::policy::{FIXED_VERSION, POLICY_VERSION};

use crate::teacher_class::{LEARNERS, OTHER_TEACHER, Page, SECTION, STRANGER, School, TEACHER};

async fn seen(school: &School, path: &str) -> Page {
    let page = school.get(path, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    for key in [">decide-", ">mode-", ">teach-", "\"decide-"] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    page
}

fn directives(school: &School) -> usize {
    let of = |learner| {
        school
            .store
            .learner_state(learner)
            .unwrap()
            .directives
            .len()
    };
    LEARNERS.into_iter().map(of).sum()
}

/// The competencies with nothing before them, in the order of the course.
fn beginnings(school: &School) -> Vec<CompetencyId> {
    let catalog = school.store.catalog();
    let course = &catalog.courses()[0];
    let open = course
        .sequence()
        .filter(|id| course.framework.before(id).next().is_none());
    open.cloned().collect()
}

#[tokio::test]
async fn a_class_is_decided_for_after_a_look_and_undone_at_once() {
    let school = School::new();
    // Far ahead, so that it is nobody's next step.
    let catalog = school.store.catalog();
    let id = catalog.courses()[0].sequence().last().unwrap().clone();
    let base = format!("/teach/{SECTION}/decide");
    let page = seen(&school, &base).await;
    assert!(!page.body.contains("Nothing has happened yet"));
    let page = seen(&school, &format!("{base}?competency={id}&kind=do-next")).await;
    assert!(
        page.body
            .contains("Of 6 students the next stops change for 6."),
        "{}",
        page.body
    );
    assert_eq!(directives(&school), 0, "a look changes nothing");
    let who: String = LEARNERS[..4]
        .iter()
        .map(|id| format!("&learner={id}"))
        .collect();
    let form = format!("competency={id}&kind=do-next&note=Fair+on+Friday{who}");
    let refused = school.post(&base, &form, OTHER_TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let stranger = format!("competency={id}&kind=do-next&learner={STRANGER}");
    let refused = school.post(&base, &stranger, TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let done = school.post(&base, &form, TEACHER).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(directives(&school), 4);
    // Sent again by a reload: nothing more happens.
    school.post(&base, &form, TEACHER).await;
    assert_eq!(directives(&school), 4);
    let page = seen(&school, &done.location).await;
    assert!(page.body.contains("4 students"), "{}", page.body);
    let undo = format!("competency={id}&kind=do-next");
    let undone = school.post(&format!("{base}/undo"), &undo, TEACHER).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert_eq!(directives(&school), 0);
    for form in [
        "kind=do-next",
        "competency=x&kind=rename&learner=1",
        "competency=&kind=open",
    ] {
        let refused = school.post(&base, form, TEACHER).await;
        assert!(
            refused.status.is_client_error(),
            "{form} {}",
            refused.status
        );
    }
}

#[tokio::test]
async fn what_is_left_out_is_not_advised_and_opens_what_waits() {
    let school = School::new();
    let catalog = school.store.catalog();
    // Something that waits for a beginning alone.
    let (first, next) = beginnings(&school)
        .into_iter()
        .find_map(|first| {
            let mut after = catalog.after(&first).iter();
            let next = after.find(|id| catalog.before(id) == [first.clone()])?;
            Some((first.clone(), next.clone()))
        })
        .expect("the course has a simple step");
    let next = &next;
    let form = format!("competency={first}&kind=skip&learner={}", LEARNERS[0]);
    let path = format!("/teach/{SECTION}/decide");
    // Keeping a step from students wants a reason.
    for empty in ["", "&note=", "&note=+++"] {
        let sent = school.post(&path, &format!("{form}{empty}"), TEACHER).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{empty}");
    }
    let asked = format!("{path}?competency={first}&kind=skip");
    let page = school.get(&asked, Some(TEACHER)).await;
    assert!(page.body.contains("Why? It stands in the record"));
    let form = format!("{form}&note=We+did+it+last+year");
    assert_eq!(
        school.post(&path, &form, TEACHER).await.status,
        StatusCode::SEE_OTHER
    );
    let state = school.store.learner_state(LEARNERS[0]).unwrap();
    assert_eq!(state.directives[0].note, "We did it last year");
    let now = crate::teacher_class::NOW;
    assert!(trellis_core::policy::is_open(&state, &catalog, next, now));
    let considered = trellis_core::policy::candidates(&state, &catalog, now);
    assert!(considered.iter().all(|one| one.competency != first));
    assert!(considered.iter().any(|one| one.competency == *next));
    assert_eq!(
        trellis_core::mastery::mastery(&state, &first, now),
        trellis_core::mastery::Mastery::NotYet,
        "nobody said that it is mastered"
    );
}

#[tokio::test]
async fn the_mode_of_a_class_decides_who_orders_the_steps() {
    let school = School::new();
    let path = format!("/teach/{SECTION}/mode");
    let refused = school.post(&path, "mode=shadow", OTHER_TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        school
            .post(&path, "mode=reign", TEACHER)
            .await
            .status
            .is_client_error()
    );
    let set = school
        .post(&path, "mode=suggest&note=First+weeks", TEACHER)
        .await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let catalog = school.store.catalog();
    let first = beginnings(&school)[0].clone();
    for learner in LEARNERS {
        let state = school.store.learner_state(learner).unwrap();
        assert_eq!(state.mode, Mode::Suggest);
        let (_, advice) = state.advice.as_ref().unwrap();
        let stop = advice.stops[0].competency.clone().unwrap();
        let order = |id: &CompetencyId| catalog.courses()[0].sequence().position(|of| of == id);
        assert_eq!(order(&stop), order(&first), "the course's own order");
        assert!(
            !advice.considered.is_empty(),
            "what it would have advised is kept"
        );
    }
    let page = seen(&school, &set.location).await;
    assert!(
        page.body.contains("value=\"suggest\" required checked"),
        "{}",
        page.body
    );
    assert!(page.body.contains("of 6 students") || page.body.contains("all 6 students"));
    // Nothing was called mastered: the rule has nothing to say, and opening the class stops nothing.
    let opened = school
        .post(&format!("/teach/{SECTION}/open"), "minutes=60", TEACHER)
        .await;
    assert_eq!(opened.location, format!("/teach/{SECTION}?done=opened"));
}

fn policies(school: &School) -> Vec<String> {
    let advice = |learner| school.store.learner_state(learner).unwrap().advice;
    let policy = |learner| advice(learner).map_or_else(String::new, |(_, it)| it.versions.policy);
    LEARNERS.into_iter().map(policy).collect()
}

#[tokio::test]
async fn choosing_by_the_answers_is_turned_off_for_some_and_for_one_and_on_again() {
    let school = School::new();
    let base = format!("/teach/{SECTION}/decide");
    let page = seen(&school, &format!("{base}?kind=fixed-path")).await;
    assert!(
        page.body.contains("Nothing has happened yet"),
        "{}",
        page.body
    );
    assert_eq!(directives(&school), 0, "a look changes nothing");
    let form = format!(
        "kind=fixed-path&competency=&note=Asked+at+home&learner={}&learner={}",
        LEARNERS[0], LEARNERS[1]
    );
    let refused = school.post(&base, &form, OTHER_TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let done = school.post(&base, &form, TEACHER).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(policies(&school)[..2], [FIXED_VERSION, FIXED_VERSION]);
    assert_eq!(directives(&school), 2);
    let page = seen(&school, &done.location).await;
    assert!(page.body.contains("2 students"), "{}", page.body);

    // The page of one student says so with its reason, and has the way back; another's has the switch.
    let page = school
        .get(&format!("/teach/learner/{}", LEARNERS[0]), Some(TEACHER))
        .await;
    let said = "The path is fixed, so answers choose nothing.";
    assert!(page.body.contains(said) && page.body.contains("Asked at home"));
    assert!(!page.body.contains("Turn choosing off"));
    let other = format!("/teach/learner/{}", LEARNERS[2]);
    let page = school.get(&other, Some(TEACHER)).await;
    assert!(page.body.contains("Turn choosing off"), "{}", page.body);
    let direct = "directive=0000000000000000000000000000000a&kind=fixed-path";
    let refused = school
        .post(&format!("{other}/direct"), direct, OTHER_TEACHER)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let done = school
        .post(&format!("{other}/direct"), direct, TEACHER)
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(policies(&school)[2], FIXED_VERSION);
    let page = school.get(&done.location, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("In all courses"), "{}", page.body);

    let undone = school
        .post(&format!("{base}/undo"), "kind=fixed-path", TEACHER)
        .await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert_eq!(directives(&school), 0);
    assert_eq!(policies(&school)[..3], [POLICY_VERSION; 3]);
}
