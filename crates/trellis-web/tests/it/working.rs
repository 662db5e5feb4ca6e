//! What students make: kept for themselves, shared by choice; and projects, handed in by them and scored by a teacher.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CompetencyId;
use trellis_core::id::PersonId;
use trellis_core::mastery;

use crate::school::{ask, request};
use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, SECTION, School, TEACHER};

const BOUNDARY: &str = "----trellis-test";

/// A form with files: name, content; a field named `file` is a file.
fn multipart(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in fields {
        let file = if *name == "file" {
            "; filename=\"x\""
        } else {
            ""
        };
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// Sends such a form; the status and where it leads.
async fn send(
    school: &School,
    path: &str,
    person: PersonId,
    fields: &[(&str, &[u8])],
) -> (StatusCode, String) {
    let cookie = school.cookie(person);
    let mut request = request(
        Method::POST,
        path,
        Some(&cookie),
        Body::from(multipart(fields)),
    );
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request
        .headers_mut()
        .insert("content-type", kind.parse().unwrap());
    let reply = ask(&school.router, request).await;
    (reply.status, reply.to().to_owned())
}

/// The first text between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split_once(after).unwrap().0
}

fn id_of_form(page: &str) -> String {
    between(page, "name=\"id\" value=\"", "\"").to_owned()
}

#[tokio::test]
async fn a_piece_is_private_until_it_is_shared_and_again_when_it_is_not() {
    let school = School::new();
    let learner = LEARNERS[0];
    let page = school.get("/portfolio", Some(learner)).await;
    assert!(page.body.contains("Nothing here yet"));
    let id = id_of_form(&page.body);
    let (competency, _) = school.beginning();
    let fields = |shared: &'static [&'static str], file: &'static [u8]| {
        let mut fields: Vec<(&str, Vec<u8>)> = vec![
            ("id", id.clone().into_bytes()),
            ("title", b"My paper bridge".to_vec()),
            ("said", b"It holds two books <b>.".to_vec()),
            ("reflection", b"Folding makes it strong.".to_vec()),
            ("competency", competency.to_string().into_bytes()),
            ("competency", Vec::new()),
            ("file", file.to_vec()),
        ];
        fields.extend(shared.iter().map(|name| (*name, b"1".to_vec())));
        fields
    };
    // Without a file the one that is there stays.
    let send = async |shared: &'static [&'static str], file: &'static [u8]| {
        let fields = fields(shared, file);
        let fields: Vec<(&str, &[u8])> = fields.iter().map(|(n, v)| (*n, v.as_slice())).collect();
        send(&school, "/portfolio", learner, &fields).await
    };
    let (status, to) = send(&[], b"%PDF-1.7 a plan").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(to, format!("/portfolio?done=kept#a-{id}"));
    let own = school.get("/portfolio", Some(learner)).await;
    for said in [
        "My paper bridge",
        "It holds two books &#60;b&#62;.",
        "Only you see it",
    ] {
        assert!(own.body.contains(said), "{said} in {}", own.body);
    }
    let file = format!(
        "/portfolio/file/{}",
        between(&own.body, "/portfolio/file/", "\"")
    );
    let (teacher, family) = (
        format!("/teach/learner/{learner}/portfolio"),
        format!("/family/{learner}/portfolio"),
    );
    let sees = async |path: &str, person: PersonId| {
        let page = school.get(path, Some(person)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let file = school.get(&file, Some(person)).await.status == StatusCode::OK;
        assert_eq!(page.body.contains("My paper bridge"), file, "{path}");
        file
    };
    assert!(!sees(&teacher, TEACHER).await && !sees(&family, GUARDIAN).await);
    let word = format!("artifact={id}&said=Well+folded");
    let refused = school.post(&teacher, &word, TEACHER).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    send(&["school"], b"").await;
    assert!(sees(&teacher, TEACHER).await && !sees(&family, GUARDIAN).await);
    send(&["school", "family"], b"").await;
    assert!(sees(&teacher, TEACHER).await && sees(&family, GUARDIAN).await);
    for stranger in [LEARNERS[1], LEADER] {
        for path in [&teacher, &family, &file] {
            let page = school.get(path, Some(stranger)).await;
            assert_ne!(page.status, StatusCode::OK, "{path} {stranger:?}");
        }
    }
    let said = school.post(&teacher, &word, TEACHER).await;
    assert_eq!(said.location, format!("{teacher}?done=said#a-{id}"));
    let own = school.get("/portfolio", Some(learner)).await;
    assert!(own.body.contains("Well folded"));
    send(&[], b"").await;
    assert!(!sees(&teacher, TEACHER).await && !sees(&family, GUARDIAN).await);

    // Nobody changes or takes away what is another's.
    let drop = format!("/portfolio/{id}/drop");
    let refused = school.post(&drop, "", LEARNERS[1]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let gone = school.post(&drop, "", learner).await;
    assert_eq!(gone.location, "/portfolio?done=dropped");
    let lost = school.get(&file, Some(learner)).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND, "the file went with it");
}

#[tokio::test]
async fn what_is_no_file_or_says_nothing_is_refused_and_nothing_is_kept() {
    let school = School::new();
    let learner = LEARNERS[0];
    let id = id_of_form(&school.get("/portfolio", Some(learner)).await.body);
    let id = id.as_bytes();
    for (fields, status) in [
        (
            vec![("id", id), ("title", &b"A"[..]), ("file", b"MZ\x90\0")],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            vec![("id", id), ("title", &b"A"[..]), ("said", b" ")],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            vec![("id", &b"7"[..]), ("title", b"A"), ("said", b"x")],
            StatusCode::BAD_REQUEST,
        ),
        (
            vec![
                ("id", id),
                ("title", &b"A"[..]),
                ("said", b"x"),
                ("competency", b"not-in-any-course"),
            ],
            StatusCode::NOT_FOUND,
        ),
    ] {
        let (found, _) = send(&school, "/portfolio", learner, &fields).await;
        assert_eq!(found, status, "{fields:?}");
    }
    let fields = [("id", id), ("title", &b"A"[..]), ("said", b"x")];
    let (refused, _) = send(&school, "/portfolio", TEACHER, &fields).await;
    assert_eq!(refused, StatusCode::FORBIDDEN);
    let page = school.get("/portfolio", Some(learner)).await;
    assert!(page.body.contains("Nothing here yet"));
}

/// A project that a class was given, with the addresses of it.
struct Given {
    school: School,
    learner: PersonId,
    competency: CompetencyId,
    /// Where the student finds it.
    own: String,
    /// Where the teacher scores it.
    scoring: String,
}

const SKETCH: [(&str, &[u8]); 2] = [("checkpoint", b"0"), ("said", b"Two towers")];

impl Given {
    async fn new() -> Self {
        let school = School::new();
        let (competency, _) = school.beginning();
        let projects = format!("/teach/{SECTION}/projects");
        let id = id_of_form(&school.get(&projects, Some(TEACHER)).await.body);
        let form = format!(
            "id={id}&title=A+bridge&about=Of+paper&checkpoint1=A+sketch&due1=2026-12-01&checkpoint2=The+bridge\
             &skill=explain&criterion1=Fractions&about1={competency}&levels1=none%0Asome%0Aall"
        );
        let refused = school.post(&projects, &form, LEARNERS[1]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let without = form.replace("skill=explain", "").replace("criterion1", "x");
        let nothing = school.post(&projects, &without, TEACHER).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let given = school.post(&projects, &form, TEACHER).await;
        assert_eq!(given.location, format!("{projects}?done=given"));
        Self {
            school,
            learner: LEARNERS[0],
            competency,
            own: format!("/projects/{id}"),
            scoring: format!("{projects}/{id}"),
        }
    }

    /// Hands something in; the status.
    async fn hand_in(&self, person: PersonId, fields: &[(&str, &[u8])]) -> StatusCode {
        let path = format!("{}/hand-in", self.own);
        send(&self.school, &path, person, fields).await.0
    }

    fn state(&self) -> LearnerState {
        self.school.store.learner_state(self.learner).unwrap()
    }

    fn known(&self, state: &LearnerState) -> f64 {
        mastery::known(state, &self.competency)
    }

    fn is_sound(&self) {
        assert_eq!(self.school.store.verify(|_| {}).unwrap().mismatches, []);
    }
}

#[tokio::test]
async fn a_project_is_handed_in_and_seen_by_the_student_and_becomes_a_piece_of_their_own() {
    let given = Given::new().await;
    let Given {
        school,
        learner,
        own,
        scoring,
        ..
    } = &given;
    let learner = *learner;
    let page = school.get(own, Some(learner)).await;
    assert!(page.body.contains("A sketch") && page.body.contains("It also counts for"));
    let status = given.hand_in(learner, &SKETCH).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let third = [("checkpoint", &b"2"[..]), ("said", b"x")];
    assert_eq!(given.hand_in(learner, &third).await, StatusCode::NOT_FOUND);
    // How the student sees it moves nothing.
    let before = given.state();
    let seen = school
        .post(&format!("{own}/score"), "c0=7&c1=2", learner)
        .await;
    assert_eq!(seen.location, format!("{own}?done=scored-self"));
    assert_eq!(given.state(), before);
    let path = format!("{scoring}?learner={learner}");
    let page = school.get(&path, Some(TEACHER)).await;
    for said in [
        "Two towers",
        "own view: Step 8 of 8",
        "Nothing handed in yet",
    ] {
        assert!(page.body.contains(said), "{said} in {}", page.body);
    }
    // What was handed in becomes a piece of one's own, once.
    for _ in 0..2 {
        let kept = school.post(&format!("{own}/keep"), "", learner).await;
        assert!(kept.location.starts_with("/portfolio/"));
    }
    let work = school.get("/portfolio", Some(learner)).await;
    assert_eq!(work.body.matches("Two towers").count(), 1);
    school
        .post(&format!("{scoring}/end"), "over=yes", TEACHER)
        .await;
    let late = [("checkpoint", &b"1"[..]), ("said", b"late")];
    let status = given.hand_in(learner, &late).await;
    assert_eq!(status, StatusCode::CONFLICT, "the project is over");
    let again = school
        .post(&format!("{scoring}/end"), "over=no", TEACHER)
        .await;
    assert!(again.location.ends_with("done=again"));
    assert_eq!(given.hand_in(learner, &late).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_score_of_a_project_moves_the_estimate_until_it_is_taken_back() {
    let given = Given::new().await;
    let (school, learner) = (&given.school, given.learner);
    given.hand_in(learner, &SKETCH).await;
    let before = given.state();
    let score = format!("learner={learner}&c0=5&c1=2&comment=It+stands");
    for wrong in [
        format!("learner={learner}&c0=5"),
        format!("learner={learner}&c0=5&c1=3"),
    ] {
        let refused = school.post(&given.scoring, &wrong, TEACHER).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let scored = school.post(&given.scoring, &score, TEACHER).await;
    assert!(scored.location.contains("done=scored"));
    let after = given.state();
    assert!(given.known(&after) > given.known(&before));
    let kept = after.competency(&given.competency).unwrap();
    assert_eq!(kept.right_alone, 0, "never an answer of one's own");
    given.is_sound();
    let page = school.get(&given.own, Some(learner)).await;
    assert!(page.body.contains("It stands") && page.body.contains("Step 3 of 3: all"));
    let status = given.hand_in(learner, &SKETCH).await;
    assert_eq!(status, StatusCode::CONFLICT, "scored already");
    let evidence = format!("/teach/learner/{learner}?competency={}", given.competency);
    let page = school.get(&evidence, Some(TEACHER)).await;
    assert!(page.body.contains("Project scored: A bridge"));

    // Sent twice it counts once; taken back, all that followed is gone.
    school.post(&given.scoring, &score, TEACHER).await;
    assert_eq!(given.state(), after);
    let (undo, who) = (
        format!("{}/undo", given.scoring),
        format!("learner={learner}"),
    );
    let refused = school.post(&undo, &who, LEARNERS[1]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    school.post(&undo, &who, TEACHER).await;
    let back = given.state();
    assert_eq!(given.known(&back).to_bits(), given.known(&before).to_bits());
    given.is_sound();
    let lower = score.replace("c1=2", "c1=0");
    school.post(&given.scoring, &lower, TEACHER).await;
    assert!(given.known(&given.state()) < given.known(&after));
    given.is_sound();
}

#[tokio::test]
async fn a_student_asks_to_show_what_they_can_and_is_answered() {
    let school = School::new();
    let learner = LEARNERS[0];
    let (competency, _) = school.beginning();
    let say = format!("/map/{competency}/say");
    let page = school.get(&say, Some(learner)).await;
    assert!(page.body.contains("I want to show my teacher what I can"));
    let id = id_of_form(&page.body);
    let form = format!("id={id}&kind=assessment&said=I+practised+at+home");
    school.post(&say, &form, learner).await;
    let odd = school
        .post(&say, &format!("id={id}&kind=nonsense"), learner)
        .await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    let today = school
        .get(&format!("/teach/{SECTION}"), Some(TEACHER))
        .await;
    assert!(today.body.contains("wants to show what they can"));
    let matters = format!("/teach/{SECTION}/matters");
    let answer = format!("matter={id}&said=Three+questions+tomorrow");
    let answered = school.post(&matters, &answer, TEACHER).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);
    let page = school.get(&say, Some(learner)).await;
    assert!(page.body.contains("Three questions tomorrow"));
}
