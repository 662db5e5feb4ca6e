//! The teacher's and the leader's pages: who may see them, and what each button does.

use axum::http::StatusCode;
use trellis_core::command::Command;
use trellis_core::framework::CompetencyId;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::read::ReadError;

use crate::school::COURSE;
use crate::teacher_class::{
    LEADER, LEARNERS, NOW, OPERATOR, OTHER_SECTION, OTHER_TEACHER, Page, SECTION, STRANGER, School,
    TEACHER,
};

/// A page of the teacher's class.
pub(crate) fn section(rest: &str) -> String {
    format!("/teach/{SECTION}{rest}")
}

fn student(id: PersonId, rest: &str) -> String {
    format!("/teach/learner/{id}{rest}")
}

/// No key of the translation files stands where its words should.
pub(crate) fn reads_well(page: &Page) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for key in [
        ">teach-",
        ">reason-",
        ">district-",
        "\"teach-",
        "\"district-",
    ] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    assert_eq!(page.body.matches("<h1").count(), 1);
    assert!(!page.body.contains("style="));
}

#[tokio::test]
async fn a_teacher_sees_own_classes_only() {
    let school = School::new();
    let home = school.get("/teach", Some(TEACHER)).await;
    assert_eq!(
        (home.status, home.location),
        (StatusCode::SEE_OTHER, section(""))
    );
    for path in [
        section(""),
        section("/map"),
        section("/map?unit=all&sort=need"),
        student(LEARNERS[0], ""),
    ] {
        reads_well(&school.get(&path, Some(TEACHER)).await);
        for stranger in [OTHER_TEACHER, LEARNERS[0], LEADER] {
            let page = school.get(&path, Some(stranger)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {stranger}");
            assert!(!page.body.contains("Amara"));
        }
        let page = school.get(&path, None).await;
        assert_eq!(
            (page.status, page.location.as_str()),
            (StatusCode::SEE_OTHER, "/sign-in")
        );
    }
    let forms = [
        (section("/open"), "minutes=60".to_owned()),
        (section("/close"), String::new()),
        (section("/dismiss"), "card=stuck:x&reason=done".to_owned()),
        (section("/release"), format!("learner={}", LEARNERS[0])),
        (
            student(LEARNERS[0], "/undo"),
            format!("directive={}", LEARNERS[0]),
        ),
    ];
    for (path, form) in &forms {
        let page = school.post(path, form, OTHER_TEACHER).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
    for (path, form) in [
        (section("/open"), "minutes=99999"),
        (section("/open"), "minutes=x"),
        (section("/dismiss"), "card=stuck:x&reason=because"),
        (section("/dismiss"), "nonsense"),
        (
            student(LEARNERS[0], "/direct"),
            "directive=1&competency=&kind=open",
        ),
    ] {
        let page = school.post(&path, form, TEACHER).await;
        assert!(
            page.status.is_client_error(),
            "{path} {form} {}",
            page.status
        );
    }
    for path in ["/teach/zzz", "/teach/learner/zzz", "/teach/zzz/map"] {
        assert_eq!(
            school.get(path, Some(TEACHER)).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_shared_mix_up_is_a_card_until_it_is_put_away() {
    let school = School::new();
    let (id, mix_up) = school.beginning();
    for learner in LEARNERS {
        school.answer(learner, &id, 1, None);
    }
    reads_well(&school.get(&section(""), Some(TEACHER)).await);
    for learner in &LEARNERS[..2] {
        school.answer(*learner, &id, 2, Some(&mix_up));
    }
    // Once may be chance.
    let page = school.get(&section(""), Some(TEACHER)).await;
    assert!(!page.body.contains("share a mix-up"), "{}", page.body);
    for learner in &LEARNERS[..2] {
        school.answer(*learner, &id, 3, Some(&mix_up));
    }
    let page = school.get(&section(""), Some(TEACHER)).await;
    reads_well(&page);
    let title = school
        .store
        .catalog()
        .mix_up(&mix_up)
        .unwrap()
        .title
        .clone();
    assert!(
        page.body.contains("1 thing needs you today"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("2 students share a mix-up"),
        "{}",
        page.body
    );
    // The title may hold letters that HTML escapes; its first words do not.
    let words: Vec<&str> = title.split(' ').take(3).collect();
    assert!(page.body.contains(&words.join(" ")), "{title}");
    assert!(page.body.contains("One answer"), "{}", page.body);
    let name = format!("shared-mix-up:{}", mix_up.as_str());
    assert!(page.body.contains(&format!("value=\"{name}\"")));
    let form = format!("card={name}&reason=done");
    let done = school.post(&section("/dismiss"), &form, TEACHER).await;
    assert_eq!(
        (done.status, done.location),
        (StatusCode::SEE_OTHER, section("?done=dismissed"))
    );
    let page = school.get(&section("?done=dismissed"), Some(TEACHER)).await;
    reads_well(&page);
    assert!(
        page.body.contains("Nothing needs you today"),
        "{}",
        page.body
    );
    // Two findings were put away, and one card was judged.
    assert!(page.body.contains("judged 1 card so far"), "{}", page.body);
    // Sent again by a reload: nothing more happens.
    let again = school.post(&section("/dismiss"), &form, TEACHER).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    // Two more with the same mix-up are news.
    for learner in &LEARNERS[2..4] {
        school.answer(*learner, &id, 2, Some(&mix_up));
        school.answer(*learner, &id, 3, Some(&mix_up));
    }
    let page = school.get(&section(""), Some(TEACHER)).await;
    assert!(
        page.body.contains("2 students share a mix-up"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn the_page_says_how_often_its_cards_were_right() {
    let school = School::new();
    let names: Vec<String> = (0..7)
        .flat_map(|card| {
            let of = LEARNERS[..2].iter();
            of.map(move |learner| format!("stuck:skill-{card}:{learner}"))
        })
        .collect();
    let viewer = school.viewer(TEACHER);
    for (place, name) in names.iter().enumerate() {
        let reason = match place / 2 {
            0..=4 => "done",
            5 => "wrong",
            _ => "later",
        };
        let (name, reason) = (name.clone(), reason.to_owned());
        school
            .store
            .dismiss_card(&viewer, SECTION, name, reason, NOW)
            .unwrap();
    }
    let page = school.get(&section(""), Some(TEACHER)).await;
    reads_well(&page);
    assert!(
        page.body
            .contains("Of the last 6 cards that you put away and judged, 5 were so."),
        "{}",
        page.body
    );
}

/// The competencies of the learner's stops for today, in order.
fn stops(school: &School, learner: PersonId) -> Vec<CompetencyId> {
    school.command(learner, Role::Learner, Command::Advise { learner });
    let state = school.store.learner_state(learner).unwrap();
    let (_, advice) = state.advice.unwrap();
    advice
        .stops
        .into_iter()
        .filter_map(|stop| stop.competency)
        .collect()
}

#[tokio::test]
async fn a_decision_changes_today_and_undo_changes_it_back() {
    let school = School::new();
    let learner = LEARNERS[0];
    let before = stops(&school, learner);
    let catalog = school.store.catalog();
    let far = catalog.courses()[0].sequence().last().unwrap().clone();
    assert!(!before.contains(&far));
    let decide = |kind: &str| {
        format!(
            "directive={learner}&competency={}&kind={kind}&note=We+did+this+%3Cb%3Etogether%3C%2Fb%3E",
            far.as_str()
        )
    };
    let page = school
        .post(&student(learner, "/direct"), &decide("do-next"), TEACHER)
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(stops(&school, learner).first(), Some(&far));
    let page = school.get(&page.location, Some(TEACHER)).await;
    reads_well(&page);
    for words in [
        "Before",
        "Now",
        "Do this next",
        "By you, today",
        "&lt;b&gt;together&lt;/b&gt;",
    ] {
        let escaped = words.replace("&lt;", "&#60;").replace("&gt;", "&#62;");
        assert!(
            page.body.contains(words) || page.body.contains(&escaped),
            "{words}: {}",
            page.body
        );
    }
    assert!(!page.body.contains("<b>together"));
    // The same again is refused calmly.
    let again = school
        .post(&student(learner, "/direct"), &decide("do-next"), TEACHER)
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let directive = school.store.learner_state(learner).unwrap().directives[0].id;
    let form = format!("directive={directive}");
    let page = school
        .post(&student(learner, "/undo"), &form, TEACHER)
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(stops(&school, learner), before);
    let page = school.get(&page.location, Some(TEACHER)).await;
    reads_well(&page);
    assert!(page.body.contains("You took back"), "{}", page.body);
    assert!(
        school
            .store
            .learner_state(learner)
            .unwrap()
            .directives
            .is_empty()
    );
    let again = school
        .post(&student(learner, "/undo"), &form, TEACHER)
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_map_and_the_student_show_what_counts_as_mastered() {
    let school = School::new();
    let (id, _) = school.beginning();
    let learner = LEARNERS[2];
    let form = format!(
        "directive={learner}&competency={}&kind=count-as-mastered&note=",
        id.as_str()
    );
    school
        .post(&student(learner, "/direct"), &form, TEACHER)
        .await;
    school.answer(LEARNERS[0], &id, 1, None);
    let unit = school.store.catalog().courses()[0]
        .unit_of(&id)
        .unwrap()
        .id
        .clone();
    let path = section(&format!("/map?unit={}", unit.as_str()));
    let page = school.get(&path, Some(TEACHER)).await;
    reads_well(&page);
    let cell = format!(
        "{learner}?competency={}\"><i class=\"ball\"></i><span class=\"vh\">Mastered<",
        id.as_str()
    );
    assert!(page.body.contains(&cell), "{}", page.body);
    let all = school.get(&section("/map?unit=all"), Some(TEACHER)).await;
    let competencies = school.store.catalog().courses()[0].sequence().count();
    assert_eq!(
        all.body.matches("?competency=").count(),
        competencies * LEARNERS.len()
    );
    let about = student(LEARNERS[0], &format!("?competency={}", id.as_str()));
    let page = school.get(&about, Some(TEACHER)).await;
    reads_well(&page);
    for words in [
        "We expect the next one right",
        "1 first try",
        "Answered:",
        "Expected right:",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
}

#[tokio::test]
async fn a_class_opens_and_closes() {
    let school = School::new();
    let is_open = || match school.store.class_names("5AMA", NOW) {
        Ok(names) => names.names.len() == LEARNERS.len(),
        Err(ReadError::Refused(Refusal::ClassClosed)) => false,
        Err(other) => panic!("{other}"),
    };
    assert!(!is_open());
    let page = school.post(&section("/open"), "minutes=60", TEACHER).await;
    assert_eq!(page.location, section("?done=opened"));
    assert!(is_open());
    let page = school.get(&page.location, Some(TEACHER)).await;
    reads_well(&page);
    assert!(
        page.body.contains("5AMA") && page.body.contains("more minutes"),
        "{}",
        page.body
    );
    for _ in 0..2 {
        // The second time it is closed already, which is what was wanted.
        let page = school.post(&section("/close"), "", TEACHER).await;
        assert_eq!(page.location, section("?done=closed"));
        assert!(!is_open());
    }
}

#[tokio::test]
async fn a_teacher_releases_own_students_only() {
    let school = School::new();
    for (learner, name) in [(LEARNERS[1], "b"), (STRANGER, "z")] {
        school
            .store
            .set_credentials(vec![(learner, "pictures", Some(name.into()), "x".into())])
            .unwrap();
        for _ in 0..5 {
            school.store.count_failure(learner).unwrap();
        }
    }
    let page = school.get(&section(""), Some(TEACHER)).await;
    reads_well(&page);
    assert!(
        page.body.contains("Ben M. picked the wrong pictures"),
        "{}",
        page.body
    );
    let form = |learner| format!("learner={learner}");
    let page = school
        .post(&section("/release"), &form(STRANGER), TEACHER)
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let page = school
        .post(&section("/release"), &form(LEARNERS[1]), TEACHER)
        .await;
    assert_eq!(page.location, section("?done=released"));
    let failures = |learner| school.store.credential(learner).unwrap().unwrap().failures;
    assert_eq!((failures(LEARNERS[1]), failures(STRANGER)), (0, 5));
}

#[tokio::test]
async fn the_district_is_told_in_figures_without_names() {
    let school = School::new();
    let (id, _) = school.beginning();
    let empty = school.get("/district", Some(LEADER)).await;
    reads_well(&empty);
    assert!(
        empty.body.contains("too few students answered"),
        "{}",
        empty.body
    );
    for learner in LEARNERS {
        school.answer(learner, &id, 1, None);
    }
    school.answer(STRANGER, &id, 1, None);
    // Six students are few, whatever they did.
    let page = school.get("/district", Some(LEADER)).await;
    assert!(!page.body.contains("6 of 6"), "{}", page.body);
    assert_eq!(page.body.matches("Too few students to show").count(), 2);
    school.grow(SECTION, 4);
    let page = school.get("/district", Some(LEADER)).await;
    reads_well(&page);
    assert!(page.body.contains("6 of 10"), "{}", page.body);
    // One active student of the other section: no figure about them.
    assert!(page.body.contains("Too few students to show"));
    assert!(page.body.contains("no two classes of one course"));
    for name in ["Amara", "Zoe", &OTHER_SECTION.to_string()] {
        assert!(!page.body.contains(name), "{name}");
    }
    for person in [TEACHER, LEARNERS[0]] {
        assert_eq!(
            school.get("/district", Some(person)).await.status,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn classes_of_a_course_are_compared_where_each_is_large_enough() {
    let school = School::new();
    let (id, _) = school.beginning();
    for learner in LEARNERS {
        school.answer_all(learner, &id);
    }
    let mastered = |learner: &PersonId| {
        let state = school
            .store
            .learner_today(&school.viewer(*learner), *learner);
        let state = state.expect("their own").state;
        let known = state.competencies.iter();
        known.filter(|known| known.mastered_at.is_some()).count()
    };
    let sum: usize = LEARNERS.iter().map(mastered).sum();
    assert!(sum > 0, "somebody has mastered something");
    school.grow(SECTION, 6);
    school.grow(OTHER_SECTION, 8);
    let page = school.get("/district", Some(LEADER)).await;
    assert!(page.body.contains("no two classes of one course"));
    // With a tenth, the other class is large enough, and stands beside the first.
    school.grow(OTHER_SECTION, 9);
    let page = school.get("/district", Some(LEADER)).await;
    reads_well(&page);
    let mean = sum as f64 / 12.0;
    let both = format!("This class {mean:.1}, the others 0.0");
    assert_eq!(page.body.matches(&both).count(), 2, "{both}: {}", page.body);
    let both = format!("This class 0.0, the others {mean:.1}");
    assert_eq!(page.body.matches(&both).count(), 2, "{both}");
    // Somebody in both: who subtracts one class from a third would find them, so the smaller class is not shown.
    school.enroll(STRANGER);
    let page = school.get("/district", Some(LEADER)).await;
    assert!(page.body.contains("no two classes of one course"));
    assert_eq!(page.body.matches("Too few students to show").count(), 1);
}

#[tokio::test]
async fn a_learner_without_a_course_has_calm_lessons() {
    let school = School::new();
    school.leave(LEARNERS[0]);
    let page = school.get("/lessons", Some(LEARNERS[0])).await;
    assert_eq!(page.status, StatusCode::OK);
    let words = trellis_web::words::Words::english();
    assert!(
        page.body.contains(&words.t("lessons-none")),
        "{}",
        page.body
    );
    assert_eq!(
        school.get("/today", Some(LEARNERS[0])).await.status,
        StatusCode::OK
    );
    assert_eq!(
        school.get("/map", Some(LEARNERS[0])).await.status,
        StatusCode::OK
    );
    // With one course its lessons come at once.
    let page = school.get("/lessons", Some(LEARNERS[1])).await;
    assert_eq!(page.location, format!("/lessons/{COURSE}"));
}

#[tokio::test]
async fn who_leads_the_district_lets_staff_try_again() {
    let school = School::new();
    let hash = trellis_web::hash_secret("x").unwrap();
    let credential = |person, name: &str| (person, "password", Some(name.to_owned()), hash.clone());
    school
        .store
        .set_credentials(vec![
            credential(TEACHER, "ngozi"),
            credential(LEADER, "denise"),
        ])
        .unwrap();
    let failures = |person| school.store.credential(person).unwrap().unwrap().failures;
    // Signing in sets the count back, so everybody does that first.
    for person in [TEACHER, OTHER_TEACHER, LEARNERS[0], LEADER, OPERATOR] {
        school.get("/how", Some(person)).await;
    }
    for person in [TEACHER, LEADER] {
        for _ in 0..5 {
            school.store.count_failure(person).unwrap();
        }
    }
    let page = school.get("/district", Some(OPERATOR)).await;
    reads_well(&page);
    assert!(page.body.contains("Ngozi Okafor, teacher"), "{}", page.body);
    assert!(
        page.body.contains("Denise Carter, leads the district"),
        "{}",
        page.body
    );
    let form = format!("person={TEACHER}");
    for stranger in [TEACHER, OTHER_TEACHER, LEARNERS[0]] {
        let page = school.post("/district/release", &form, stranger).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
    }
    // A teacher's own door does not open for colleagues either.
    let form_of_class = format!("learner={TEACHER}");
    let page = school
        .post(&section("/release"), &form_of_class, TEACHER)
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let own = format!("person={LEADER}");
    let page = school.post("/district/release", &own, LEADER).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(failures(TEACHER), 5);
    let page = school.post("/district/release", &form, LEADER).await;
    assert_eq!(page.location, "/district?released=true");
    assert_eq!((failures(TEACHER), failures(LEADER)), (0, 5));
    let page = school
        .post("/district/release", &format!("person={LEADER}"), OPERATOR)
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(failures(LEADER), 0);
    let page = school.get("/district", Some(LEADER)).await;
    assert!(!page.body.contains("Ngozi"), "{}", page.body);
}
