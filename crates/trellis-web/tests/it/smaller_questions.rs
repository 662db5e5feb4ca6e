//! The smaller questions of hints, as imported problems have them: shown with their hint, answered, judged.

use axum::http::StatusCode;
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::framework::{
    Competency, CompetencyId, Course, CourseId, Framework, FrameworkId, ItemId, Unit, UnitId,
};
use trellis_core::id::AttemptId;
use trellis_core::item::{
    Entry, Fixed, Hint, Interaction, Item, ItemBody, Key, Number, NumberForm, Presentation,
    Scaffold,
};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_store::{Asked, Import, Source};

use crate::school::{School, now};

fn number(value: i64) -> Key {
    Key::Number {
        value: Number::whole(value),
        tolerance: Number::whole(0),
        form: NumberForm::Any,
    }
}

fn hints() -> Vec<Hint> {
    let options = ["add", "take away"].map(|text| Entry {
        key: text[..1].to_owned(),
        text: text.to_owned(),
    });
    let scaffold = |interaction, key| Some(Scaffold { interaction, key });
    vec![
        Hint {
            text: "How many halves are 2?".to_owned(),
            needs: Vec::new(),
            scaffold: scaffold(Interaction::Numeric { unit: None }, number(4)),
        },
        Hint {
            text: "What comes next?".to_owned(),
            needs: vec![0],
            scaffold: scaffold(
                Interaction::Choice {
                    options: options.to_vec(),
                },
                Key::Choice {
                    right: "a".to_owned(),
                },
            ),
        },
    ]
}

fn import(competency: &CompetencyId, item: &ItemId) -> Import {
    let described = Competency {
        id: competency.clone(),
        title: "Halves".to_owned(),
        can: String::new(),
        family: String::new(),
        home: String::new(),
        codes: Vec::new(),
    };
    let framework = FrameworkId::new("book").unwrap();
    let (framework, _) = Framework::new(framework, "Book".to_owned(), vec![described], Vec::new());
    let fixed = Fixed {
        presentation: Presentation {
            body: String::new(),
            stem: "How much are 2 and a half?".to_owned(),
            figure: None,
            interaction: Interaction::Numeric { unit: None },
        },
        key: Key::Number {
            value: Number::ratio(5, 2).unwrap(),
            tolerance: Number::whole(0),
            form: NumberForm::Any,
        },
        hints: hints(),
        solution: Vec::new(),
        mix_ups: Vec::new(),
        source: None,
    };
    let unit = Unit {
        id: UnitId::new("one").unwrap(),
        title: "One".to_owned(),
        summary: String::new(),
        competencies: vec![competency.clone()],
        items: vec![item.clone()],
    };
    Import {
        course: Course {
            id: CourseId::new("book").unwrap(),
            title: "Book".to_owned(),
            grades: Vec::new(),
            subject: "mathematics".to_owned(),
            language: "en".to_owned(),
            licence: "CC-BY-4.0".to_owned(),
            authors: Vec::new(),
            framework,
            interests: Vec::new(),
            units: vec![unit],
        },
        items: vec![Item {
            id: item.clone(),
            competency: competency.clone(),
            level: 2,
            usual_seconds: 60,
            body: ItemBody::Fixed(Box::new(fixed)),
        }],
        mix_ups: Vec::new(),
    }
}

/// A school whose first learner has begun the problem.
fn begun(attempt: AttemptId) -> School {
    let school = School::open();
    let competency = CompetencyId::new("book.halves").unwrap();
    let item = ItemId::new("book.sum").unwrap();
    let source = Source {
        format: "oatutor".to_owned(),
        name: "pool".to_owned(),
    };
    let course = import(&competency, &item);
    school.store.import(&source, vec![course]).unwrap();
    let learner = school.learner;
    let take = Command::TakeCourse {
        learner,
        course: CourseId::new("book").unwrap(),
    };
    let start = Command::Start {
        learner,
        attempt,
        competency: Some(competency),
        purpose: Purpose::Lesson,
        item: Some(item),
    };
    for (person, role, command) in [
        (school.operator, Role::Operator, take),
        (learner, Role::Learner, start),
    ] {
        let asked = Asked {
            command,
            actor: Actor { person, role },
            now: now(),
            seed: 1,
        };
        school.store.execute(asked).unwrap().unwrap();
    }
    school
}

#[tokio::test]
async fn a_smaller_question_is_asked_judged_and_left() {
    let attempt = AttemptId(0xabc);
    let school = begun(attempt);
    let cookie = school.sign_in(school.learner).await;
    let cookie = Some(cookie.as_str());
    let page = format!("/practice/{attempt}");
    let (first, second) = (format!("{page}/hint/0"), format!("{page}/hint/1"));
    let before = school.get(&page, cookie).await;
    assert!(!before.body.contains("How many halves"), "not asked for");
    let early = school.post(&first, cookie, "text=4").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "not shown yet");
    school.post(&format!("{page}/hint"), cookie, "seen=0").await;
    let asked = school.get(&page, cookie).await.body;
    assert!(asked.contains("How many halves"), "{asked}");
    assert!(asked.contains(&format!("action=\"{first}\"")), "{asked}");
    for (form, words) in [
        ("text=5", "Not yet. Try once more"),
        ("text=((", "said unread"),
        ("text=4", "Yes. Use it for the question above."),
    ] {
        let reply = school.post(&first, cookie, form).await;
        assert_eq!(reply.to(), format!("{page}#hint-0"));
        let body = school.get(&page, cookie).await.body;
        assert!(body.contains(words), "{form}: {body}");
    }
    let solved = school.get(&page, cookie).await.body;
    assert!(
        !solved.contains(&format!("action=\"{first}\"")),
        "asked again"
    );
    school.post(&format!("{page}/hint"), cookie, "seen=1").await;
    let choice = school.get(&page, cookie).await.body;
    assert!(choice.contains("take away"), "{choice}");
    school.post(&second, cookie, "choice=t").await;
    let body = school.get(&page, cookie).await.body;
    assert!(body.contains("Not yet. Try once more"), "{body}");
    // The problem itself is still open, and ends the asking.
    school.post(&page, cookie, "text=5/2").await;
    let over = school.get(&page, cookie).await.body;
    assert!(!over.contains(&format!("action=\"{second}\"")), "{over}");
}

#[tokio::test]
async fn nobody_answers_for_another_or_what_is_not_there() {
    let attempt = AttemptId(0xabc);
    let school = begun(attempt);
    let own = school.sign_in(school.learner).await;
    let other = school.sign_in(school.other_learner).await;
    let teacher = school.sign_in(school.teacher).await;
    let page = format!("/practice/{attempt}");
    let hint = format!("{page}/hint");
    school.post(&hint, Some(own.as_str()), "seen=0").await;
    for (who, path, status) in [
        (&other, format!("{hint}/0"), StatusCode::FORBIDDEN),
        (&teacher, format!("{hint}/0"), StatusCode::FORBIDDEN),
        (&own, format!("{hint}/9"), StatusCode::NOT_FOUND),
        (
            &own,
            format!("/practice/{}/hint/0", AttemptId(0xdef)),
            StatusCode::FORBIDDEN,
        ),
    ] {
        let reply = school.post(&path, Some(who.as_str()), "text=4").await;
        assert_eq!(reply.status, status, "{path}");
    }
    let odd = school
        .post(&format!("{hint}/x"), Some(own.as_str()), "text=4")
        .await;
    assert!(odd.status.is_client_error(), "{}", odd.status);
    // A teacher who looks on sees the question, and no form.
    let seen = school.get(&page, Some(teacher.as_str())).await.body;
    assert!(seen.contains("How many halves") && !seen.contains("/hint/0\""));
}
