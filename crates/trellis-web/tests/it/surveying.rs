//! Surveys on pages: a leader opens one, who is asked sees one quiet line, answers once or says "not now", and counts come when it
//! is over.

use axum::http::StatusCode;
use trellis_core::id::{PersonId, SurveyId};
use trellis_core::people::survey::Form;
use trellis_core::time::Timestamp;
use trellis_store::{NewSurvey, Viewer};
use trellis_web::words::Words;

use crate::school::{School, now};

const ALL: &str = "s1=5&s2=4&s3=3&s4=2&s5=0";
const LINE: &str = "How is it for you at school? Five short questions";

fn viewer(school: &School, who: PersonId) -> Viewer {
    let token = format!("behind {who}");
    let until = now().plus_ms(3_600_000);
    let signed = school
        .store
        .sign_in(token.as_bytes(), who, None, now(), until);
    signed.unwrap();
    let found = school.store.viewer(token.as_bytes(), now());
    found.unwrap().unwrap()
}

#[tokio::test]
async fn a_student_answers_once() {
    let school = School::with(false, Words::english());
    let own = school.sign_in_as(school.learner);
    let form = format!("/survey/{}", school.survey);
    assert!(school.get("/today", Some(&own)).await.body.contains(LINE));
    let page = school.get(&form, Some(&own)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("type=\"radio\"").count(), 30);
    assert!(!page.body.contains("<textarea"), "children write nothing");
    // A line without a choice, and a step that there is not, are no answers.
    for (sent, status) in [
        ("s1=5&s2=4", StatusCode::UNPROCESSABLE_ENTITY),
        ("s1=5&s2=4&s3=3&s4=2&s5=6", StatusCode::UNPROCESSABLE_ENTITY),
        ("s1=5&s2=4&s3=3&s4=2&s5=x", StatusCode::BAD_REQUEST),
    ] {
        let refused = school.post(&form, Some(&own), sent).await;
        assert_eq!(refused.status, status, "{sent}");
    }
    for _ in 0..2 {
        let sent = school.post(&form, Some(&own), ALL).await;
        assert_eq!(sent.to(), form);
    }
    let thanks = school.get(&form, Some(&own)).await;
    assert!(thanks.body.contains("Your answer is counted") && !thanks.body.contains("<input"));
    assert!(!school.get("/today", Some(&own)).await.body.contains(LINE));
    // Counted once.
    let leader = school.sign_in_as(school.leader);
    let list = school.get("/district/surveys", Some(&leader)).await;
    assert!(list.body.contains("One person has answered so far"));
    assert!(
        !list.body.contains("<caption>"),
        "no counts before it is over"
    );
    // It asks the students of this class, and nobody else.
    let (strange, teacher) = (school.other_learner, school.teacher);
    for other in [
        school.sign_in_as(strange),
        school.sign_in_as(teacher),
        leader,
    ] {
        let page = school.get(&form, Some(&other)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let sent = school.post(&form, Some(&other), ALL).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn not_now_is_an_answer_too() {
    let school = School::with(false, Words::english());
    let own = school.sign_in_as(school.learner);
    let later = format!("/survey/{}/later", school.survey);
    let sent = school.post(&later, Some(&own), "").await;
    assert_eq!(sent.to(), "/");
    assert!(!school.get("/today", Some(&own)).await.body.contains(LINE));
    let form = format!("/survey/{}", school.survey);
    assert_eq!(school.get(&form, Some(&own)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_leader_opens_and_takes_back() {
    let school = School::with(false, Words::english());
    let leader = school.sign_in_as(school.leader);
    let (year, month, day) = now().civil();
    let today = format!("{year:04}-{month:02}-{day:02}");
    let open = |form: &str, section: &str, last: &str| {
        format!("form={form}&section={section}&first={today}&last={last}")
    };
    let section = school.section.to_string();
    for (sent, done) in [
        (open("heard", "", "2020-01-01"), "days"),
        (open("heard", "", "soon"), "days"),
        (open("support", &section, &today), "whole"),
        (open("belonging", "", &today), "same"),
        (open("heard", &section, &today), "opened"),
        (open("support", "", &today), "opened"),
    ] {
        let reply = school.post("/district/surveys", Some(&leader), &sent).await;
        let to = format!("/district/surveys?done={done}");
        assert_eq!(reply.to(), to, "{sent}");
        assert_eq!(school.get(&to, Some(&leader)).await.status, StatusCode::OK);
    }
    // Families and teachers see it on their first pages, and can write a comment.
    let family = school.sign_in_as(school.guardian);
    let week = format!("/family/{}", school.learner);
    let page = school.get(&week, Some(&family)).await.body;
    assert!(page.contains("Does the school listen to you?"), "{page}");
    let teacher = school.sign_in_as(school.teacher);
    let day = format!("/teach/{section}");
    let page = school.get(&day, Some(&teacher)).await.body;
    let href = page.split("href=\"/survey/").nth(1).unwrap();
    let form = format!("/survey/{}", href.split('"').next().unwrap());
    let shown = school.get(&form, Some(&teacher)).await.body;
    assert!(shown.contains("name=\"comment\" rows=\"4\" maxlength=\"500\""));
    let sent = format!("{ALL}&comment=More+time");
    let sent = school.post(&form, Some(&teacher), &sent).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    // A teacher who looks at a family's week is not asked there.
    let seen = school.get(&week, Some(&teacher)).await.body;
    assert!(!seen.contains("href=\"/survey/"));
    let which = format!("survey={}", form.trim_start_matches("/survey/"));
    let back = "/district/surveys/withdraw";
    let reply = school.post(back, Some(&leader), &which).await;
    assert_eq!(reply.to(), "/district/surveys?done=withdrawn");
    let page = school.get(&form, Some(&teacher)).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let reply = school.post(back, Some(&teacher), &which).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}

/// The whole district was asked a week ago, since the survey of the school's own begins today, and one class answered; how many
/// they are.
pub(crate) fn a_class_answered(school: &School) -> usize {
    let leads = viewer(school, school.leader);
    let begun = Timestamp(0).plus_days(now().day() - 7);
    let id = SurveyId(0x5f);
    let survey = NewSurvey {
        id,
        form: Form::Belonging,
        section: None,
        first: begun,
        last: begun.plus_days(1),
    };
    school.store.open_survey(&leads, survey, begun).unwrap();
    let teaches = viewer(school, school.teacher);
    let class = school.store.class_map(&teaches, school.section).unwrap();
    for name in &class.learners {
        let own = viewer(school, name.id);
        let steps = ([4, 4, 4, 4, 0], "");
        school.store.answer_survey(&own, id, steps, begun).unwrap();
    }
    class.learners.len()
}

#[tokio::test]
async fn counts_come_when_it_is_over() {
    let school = School::with(false, Words::english());
    let count = a_class_answered(&school);
    let teacher = school.sign_in_as(school.teacher);
    let today = format!("/teach/{}", school.section);
    let link = format!("{today}/surveys");
    let before = school.get(&link, Some(&teacher)).await.body;
    assert!(before.contains("There is nothing to show yet"));
    let first = school.get(&today, Some(&teacher)).await.body;
    assert!(!first.contains(&format!("href=\"{link}\"")));
    school.store.end_what_is_over(now()).unwrap();
    let first = school.get(&today, Some(&teacher)).await.body;
    assert!(first.contains(&format!("href=\"{link}\"")));
    assert!(count >= 5);
    for (path, who) in [
        (link.as_str(), &teacher),
        ("/district/surveys", &school.sign_in_as(school.leader)),
    ] {
        let page = school.get(path, Some(who)).await.body;
        assert!(
            page.contains(&format!(": {count} answers</caption>")),
            "{page}"
        );
        let row = format!("<td>0</td><td>0</td><td>0</td><td>{count}</td><td>0</td><td>0</td>");
        assert!(page.contains(&row), "{page}");
    }
    // The other classes have not answered, and the teacher of one reads nothing.
    let other = school.sign_in_as(school.other_teacher);
    let page = school.get(&link, Some(&other)).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}
