//! Badges: they open an open class and nothing else, the newest alone, and after five wrong tries a teacher has to help.

use axum::http::StatusCode;
use trellis_core::id::PersonId;
use trellis_web::words::Words;

use crate::school::{Reply, School};

/// What stands on the badges of a printed sheet, as typed.
fn letters(sheet: &Reply) -> Vec<String> {
    let parts = sheet.body.split("class=\"badgeletters\">").skip(1);
    parts
        .map(|part| part.split('<').next().unwrap().to_owned())
        .collect()
}

/// A school, and its teacher who is signed in.
struct Class {
    school: School,
    teacher: String,
}

impl std::ops::Deref for Class {
    type Target = School;

    fn deref(&self) -> &School {
        &self.school
    }
}

impl Class {
    fn new() -> Self {
        let school = School::with(false, Words::english());
        Self {
            teacher: school.sign_in_as(school.teacher),
            school,
        }
    }
}

/// Asks for something to be done about badges as the teacher.
async fn ask(school: &Class, what: &str, learners: &[PersonId]) -> Reply {
    let chosen = learners.iter().map(|id| format!("learner={id}&"));
    let form = format!("{}do={what}", chosen.collect::<String>());
    let path = format!("/teach/{}/badges", school.section);
    school.post(&path, Some(&school.teacher), &form).await
}

/// Makes a new badge for the first learner.
async fn badge(school: &Class) -> String {
    let sheet = ask(school, "print", &[school.learner]).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.body);
    let letters = letters(&sheet);
    assert_eq!(letters.len(), 1);
    letters[0].clone()
}

async fn show(school: &Class, letters: &str) -> Reply {
    let form = format!("badge={}", letters.replace(' ', "+"));
    school.post("/badge", None, &form).await
}

/// The same letters but for the last, which is of the secret.
fn wrong(letters: &str) -> String {
    let (rest, last) = letters.split_at(letters.len() - 1);
    format!("{rest}{}", if last == "0" { "1" } else { "0" })
}

#[tokio::test]
async fn a_badge_opens_the_open_class_and_nothing_else() {
    let school = Class::new();
    let letters = badge(&school).await;
    let closed = show(&school, &letters).await;
    assert_eq!((closed.to(), closed.cookie()), ("/badge?again=1", None));
    school.open_class();
    // What the camera opens: nothing happens until the button is pressed.
    let address = format!("/badge/{}", letters.replace(' ', ""));
    let page = school.get(&address, None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.cookie(), None);
    assert!(
        page.body.contains("type=\"hidden\" name=\"badge\""),
        "{}",
        page.body
    );
    let entered = show(&school, &letters.to_lowercase()).await;
    let cookie = entered.cookie().expect("signed in");
    let home = school.get("/", Some(&cookie)).await;
    assert_eq!(home.to(), "/today");
    // A stray address asks for the letters, and an unknown badge is refused as every other.
    let stray = school.get("/badge/nonsense", None).await;
    assert_eq!(stray.status, StatusCode::OK);
    assert!(stray.body.contains("name=\"badge\" type=\"text\""));
    for typed in ["", "x", &"Z".repeat(36), &"Z".repeat(5_000)] {
        let refused = show(&school, typed).await;
        assert_eq!((refused.to(), refused.cookie()), ("/badge?again=1", None));
    }
}

#[tokio::test]
async fn a_new_badge_makes_the_old_one_worthless_and_none_is_kept() {
    let school = Class::new();
    school.open_class();
    let old = badge(&school).await;
    let new = badge(&school).await;
    assert_ne!(old, new);
    assert_eq!(show(&school, &old).await.cookie(), None);
    let cookie = show(&school, &new).await.cookie().expect("signed in");
    // The list tells that there is one, and not what is on it.
    let path = format!("/teach/{}/badges", school.section);
    let list = school.get(&path, Some(&school.teacher)).await;
    assert!(list.body.contains("no badge yet") && letters(&list).is_empty());
    assert!(!list.body.contains(&new));
    // Taken away, it opens nothing, and who came in with it is out.
    let gone = ask(&school, "withdraw", &[school.learner]).await;
    assert_eq!(gone.to(), format!("{path}?done=withdrawn"));
    assert_eq!(show(&school, &new).await.cookie(), None);
    assert_eq!(school.get("/", Some(&cookie)).await.to(), "/sign-in");
}

#[tokio::test]
async fn after_five_wrong_tries_the_teacher_lets_a_badge_in_again() {
    let school = Class::new();
    let letters = badge(&school).await;
    // While the class is closed no try counts, so nobody can lock a class out at night.
    for _ in 0..9 {
        show(&school, &wrong(&letters)).await;
    }
    school.open_class();
    let entered = show(&school, &letters).await;
    assert!(entered.cookie().is_some(), "nothing was counted");
    for _ in 0..4 {
        show(&school, &wrong(&letters)).await;
    }
    assert!(
        show(&school, &letters).await.cookie().is_some(),
        "four wrong tries"
    );
    for _ in 0..5 {
        show(&school, &wrong(&letters)).await;
    }
    assert_eq!(
        show(&school, &letters).await.cookie(),
        None,
        "five wrong tries"
    );
    let today = format!("/teach/{}", school.section);
    let page = school.get(&today, Some(&school.teacher)).await;
    assert!(page.body.contains(&format!("value=\"{}\"", school.learner)));
    let release = format!("{today}/release");
    let form = format!("learner={}", school.learner);
    let released = school.post(&release, Some(&school.teacher), &form).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    assert!(show(&school, &letters).await.cookie().is_some());
}

#[tokio::test]
async fn only_a_teacher_of_the_class_gives_badges_to_its_learners() {
    let school = Class::new();
    let path = format!("/teach/{}/badges", school.section);
    let form = format!("learner={}&do=print", school.learner);
    for person in [
        school.other_teacher,
        school.leader,
        school.guardian,
        school.learner,
    ] {
        let cookie = school.sign_in_as(person);
        for form in [&form, "do=print", &form.replace("print", "withdraw")] {
            let refused = school.post(&path, Some(&cookie), form).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{form}");
        }
    }
    let stranger = ask(&school, "print", &[school.learner, school.other_learner]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let stranger = ask(&school, "withdraw", &[school.other_learner]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ask(&school, "print", &[]).await.to(),
        format!("{path}?done=none")
    );
    let odd = ask(&school, "burn", &[school.learner]).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    // The code on the sheet leads to this server.
    let sheet = ask(&school, "print", &[school.learner]).await;
    assert!(
        sheet.body.contains("https://school.test/badge"),
        "{}",
        sheet.body
    );
    assert!(sheet.body.contains("<svg class=\"qr\""));
}
