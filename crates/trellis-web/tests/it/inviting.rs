//! Invitations: a paper lets one adult choose a name and a password, once, and a card of pictures lets a learner in.

use axum::http::StatusCode;
use trellis_core::id::PersonId;
use trellis_web::words::Words;

use crate::school::{Reply, School};

/// The letters of the only invitation on a printed sheet, without spaces.
fn letters(sheet: &Reply) -> String {
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.body);
    let mut parts = sheet.body.split("class=\"badgeletters\">").skip(1);
    let one = parts.next().unwrap().split('<').next().unwrap();
    assert!(parts.next().is_none(), "one invitation");
    one.replace(' ', "")
}

fn school() -> School {
    School::with(false, Words::english())
}

/// A new invitation for the guardian, printed by the teacher.
async fn paper(school: &School, teacher: &str) -> String {
    let path = format!("/teach/{}/invitations", school.section);
    let form = format!("person={}", school.guardian);
    letters(&school.post(&path, Some(teacher), &form).await)
}

const PASSWORD: &str = "my+cat+sleeps+on+the+piano";

async fn join(school: &School, code: &str, login: &str, password: &str, again: &str) -> Reply {
    let form = format!("code={code}&login={login}&password={password}&again={again}");
    school.post("/join", None, &form).await
}

async fn sign_in(school: &School, login: &str, password: &str) -> Reply {
    let form = format!("login={login}&password={password}");
    school.post("/sign-in/staff", None, &form).await
}

#[tokio::test]
async fn a_family_chooses_how_it_signs_in_once() {
    let school = school();
    let teacher = school.sign_in_as(school.teacher);
    let code = paper(&school, &teacher).await;
    let opened = school.get(&format!("/join/{code}"), None).await;
    assert_eq!((opened.status, opened.cookie()), (StatusCode::OK, None));
    assert!(opened.body.contains("autocomplete=\"new-password\""));
    // What is wrong is said, and nothing is used up.
    for (login, password, again, said) in [
        ("x", PASSWORD, PASSWORD, "3 to 60 letters"),
        ("a+b", PASSWORD, PASSWORD, "3 to 60 letters"),
        ("rosa", PASSWORD, "another", "not the same"),
        ("rosa", "short", "short", "too short"),
        ("rosa", "password1234", "password1234", "Others would try"),
    ] {
        let refused = join(&school, &code, login, password, again).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
        assert!(!refused.body.contains(PASSWORD) && refused.cookie().is_none());
    }
    let joined = join(&school, &code, "Rosa.Lopez", PASSWORD, PASSWORD).await;
    let cookie = joined.cookie().expect("signed in");
    assert_eq!(school.get("/", Some(&cookie)).await.to(), "/family");
    // Once: the same paper opens nothing, and the password lets in from now on.
    let again = join(&school, &code, "thief", PASSWORD, PASSWORD).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.cookie().is_none());
    assert!(
        sign_in(&school, "rosa.lopez", PASSWORD)
            .await
            .cookie()
            .is_some()
    );
    assert!(
        sign_in(&school, "rosa.lopez", "wrong+wrong+wrong")
            .await
            .cookie()
            .is_none()
    );
}

#[tokio::test]
async fn a_newer_paper_makes_the_older_worthless_and_ends_what_was_open() {
    let school = school();
    let teacher = school.sign_in_as(school.teacher);
    let first = paper(&school, &teacher).await;
    let second = paper(&school, &teacher).await;
    assert_ne!(first, second);
    let old = join(&school, &first, "rosa", PASSWORD, PASSWORD).await;
    assert!(old.cookie().is_none());
    let joined = join(&school, &second, "rosa", PASSWORD, PASSWORD).await;
    let before = joined.cookie().expect("signed in");
    // Forgotten: a third paper, another password; the old one and old sign-ins are over.
    let third = paper(&school, &teacher).await;
    assert!(
        sign_in(&school, "rosa", PASSWORD).await.cookie().is_some(),
        "until it is used"
    );
    let other = "the+piano+sleeps+on+my+cat";
    let joined = join(&school, &third, "rosa", other, other).await;
    assert!(joined.cookie().is_some());
    assert_eq!(school.get("/", Some(&before)).await.to(), "/sign-in");
    assert!(sign_in(&school, "rosa", PASSWORD).await.cookie().is_none());
    assert!(sign_in(&school, "rosa", other).await.cookie().is_some());
}

#[tokio::test]
async fn two_people_never_have_one_name_to_sign_in_with() {
    let school = school();
    let leader = school.sign_in_as(school.leader);
    let form = format!("person={}", school.teacher);
    let sheet = school
        .post("/district/invitations", Some(&leader), &form)
        .await;
    let staff = letters(&sheet);
    let family = paper(&school, &school.sign_in_as(school.teacher)).await;
    assert!(
        join(&school, &staff, "moss", PASSWORD, PASSWORD)
            .await
            .cookie()
            .is_some()
    );
    let taken = join(&school, &family, "MOSS", PASSWORD, PASSWORD).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("Somebody else here"), "{}", taken.body);
    assert!(
        join(&school, &family, "moss2", PASSWORD, PASSWORD)
            .await
            .cookie()
            .is_some()
    );
}

#[tokio::test]
async fn nobody_invites_whom_they_do_not_answer_for() {
    let school = school();
    let families = format!("/teach/{}/invitations", school.section);
    let tries: [(PersonId, &str, PersonId); 7] = [
        (school.other_teacher, &families, school.guardian),
        (school.guardian, &families, school.guardian),
        (school.learner, &families, school.guardian),
        (school.teacher, "/district/invitations", school.leader),
        (school.guardian, "/district/invitations", school.teacher),
        // Families come from their teachers, learners from nobody's paper.
        (school.leader, "/district/invitations", school.guardian),
        (school.teacher, &families, school.learner),
    ];
    let people = [
        school.teacher,
        school.other_teacher,
        school.guardian,
        school.learner,
        school.leader,
    ];
    let cookies = people.map(|person| (person, school.sign_in_as(person)));
    let cookie_of = |who| {
        cookies
            .iter()
            .find(|one| one.0 == who)
            .map(|one| one.1.as_str())
    };
    for (who, path, whom) in tries {
        let refused = school
            .post(path, cookie_of(who), &format!("person={whom}"))
            .await;
        let known = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        assert!(
            known.contains(&refused.status),
            "{who} {path}: {}",
            refused.status
        );
        assert!(!refused.body.contains("badgeletters"));
    }
    // The list tells how it stands, and no letters.
    let list = school.get(&families, cookie_of(school.teacher)).await;
    assert!(list.body.contains("not invited yet") && !list.body.contains("badgeletters"));
    for typed in ["", "x", &"Z".repeat(36), &"Z".repeat(5_000)] {
        let refused = join(&school, typed, "someone", PASSWORD, PASSWORD).await;
        assert!(refused.cookie().is_none(), "{typed}");
    }
}

#[tokio::test]
async fn a_card_of_new_pictures_lets_a_learner_in_and_the_old_ones_no_more() {
    let school = school();
    let teacher = school.sign_in_as(school.teacher);
    let path = format!("/teach/{}/badges", school.section);
    let form = format!("learner={}&do=pictures", school.learner);
    let stranger = school.sign_in_as(school.other_teacher);
    let refused = school.post(&path, Some(&stranger), &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let sheet = school.post(&path, Some(&teacher), &form).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.body);
    let card = sheet.body.split("threepictures").nth(1).unwrap();
    let card = card.split("</ol>").next().unwrap();
    let three: Vec<&str> = card
        .split('#')
        .skip(1)
        .map(|part| part.split('"').next().unwrap())
        .collect();
    assert_eq!(three.len(), 3, "{card}");
    school.open_class();
    let door = format!("/class/{}/{}", school.code, school.learner);
    let form = format!("first={}&second={}&third={}", three[0], three[1], three[2]);
    let entered = school.post(&door, None, &form).await;
    assert!(entered.cookie().is_some(), "{}", entered.body);
}
