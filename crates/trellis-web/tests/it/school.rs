//! A school in a temporary folder with one week of history, and a browser's way to ask it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use tower::ServiceExt as _;
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::id::{AttemptId, DraftId, PersonId, SectionId, Seq, SurveyId, time_ordered};
use trellis_core::people::Role;
use trellis_core::people::survey::Form;
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_interop::course::{read_course, read_folder, write_item};
use trellis_sim::{History, demonstration, live};
use trellis_store::{Asked, District, Import, NewSurvey, SaveDraft, Source, Store};
use trellis_web::words::Words;
use trellis_web::{App, hash_secret, router};

/// The course that the school takes.
pub(crate) const COURSE: &str = "fractions-to-equations";
/// A picture of one pixel that items could show.
pub(crate) const PICTURE: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
/// The pictures of the first learner.
pub(crate) const PICTURES: [&str; 3] = ["cat", "sun", "boat"];
/// The password of the first teacher, whose login is `teacher`.
pub(crate) const PASSWORD: &str = "an old trellis";

/// A school that is gone when the test is over.
pub(crate) struct School {
    pub(crate) router: Router,
    pub(crate) store: Arc<Store>,
    pub(crate) teacher: PersonId,
    pub(crate) other_teacher: PersonId,
    pub(crate) leader: PersonId,
    pub(crate) operator: PersonId,
    /// The first learner of the first section, a child of `guardian`.
    pub(crate) learner: PersonId,
    /// A learner of another teacher's section.
    pub(crate) other_learner: PersonId,
    pub(crate) guardian: PersonId,
    pub(crate) section: SectionId,
    pub(crate) code: String,
    /// An attempt that the first learner is in.
    pub(crate) attempt: AttemptId,
    /// A survey that the first section's learners are asked to answer.
    pub(crate) survey: SurveyId,
    /// An item of the course that everybody takes.
    pub(crate) item: String,
    /// The decision that began it.
    pub(crate) decision: Seq,
    _folder: Folder,
}

/// A folder that goes with the test.
pub(crate) struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind in the folder for temporary files when it cannot be removed.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A store in a folder of its own, with the course in it: the ground of every school.
pub(crate) fn opened() -> (Arc<Store>, Folder) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("trellis-web-it-{}-{number}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    // A run that was killed leaves its folder behind, and the system gives its number to another.
    let _ = std::fs::remove_dir_all(&folder.0);
    // On a server, where somebody names one: each school is a district of its own there.
    let place = match std::env::var("TRELLIS_TEST_DATABASE") {
        Ok(server) => format!("{server}&tenant={}{number:03}", std::process::id()).into(),
        Err(_) => folder.0.clone(),
    };
    let place = trellis_store::Place::parse(&place).unwrap();
    let store = Arc::new(Store::open_in(&place, true).unwrap());
    let source = Source {
        format: "course".to_owned(),
        name: COURSE.to_owned(),
    };
    let picture = vec![(picture(), PICTURE.to_vec())];
    store
        .import_with_media(&source, vec![course()], picture)
        .unwrap();
    (store, folder)
}

/// The name of [`PICTURE`].
pub(crate) fn picture() -> String {
    format!("{}.gif", trellis_store::media_hash(PICTURE))
}

/// Sends any request and reads the whole reply.
pub(crate) async fn ask(router: &Router, request: Request<Body>) -> Reply {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 16 << 20).await.unwrap();
    Reply {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// The time of the system, as the pages see it.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap())
}

/// The course as it ships.
pub(crate) fn course() -> Import {
    course_in(&format!("courses/{COURSE}"))
}

/// A course of the repository.
pub(crate) fn course_in(folder: &str) -> Import {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder);
    let (folder, _) = read_course(&read_folder(&folder).unwrap());
    let pack = folder.pack;
    let mut items = Vec::new();
    for competency in pack.course.sequence() {
        items.extend(pack.bank.of(competency).cloned());
    }
    Import {
        items,
        mix_ups: pack.bank.mix_ups().to_vec(),
        course: pack.course,
    }
}

/// A draft that somebody has saved.
pub(crate) const DRAFT: DraftId = DraftId(0xd4af);

/// Saves a draft of the first question of the course.
fn write_a_draft(store: &Store, who: PersonId) {
    let token = b"to write with";
    let until = now().plus_ms(60_000);
    store.sign_in(token, who, None, now(), until).unwrap();
    let viewer = store.viewer(token, now()).unwrap().unwrap();
    let catalog = store.catalog();
    let text = catalog.items().next().unwrap().template().unwrap().source();
    let draft = SaveDraft {
        id: DRAFT,
        course: catalog.courses()[0].id.clone(),
        competency: text.competency.clone(),
        changes: Some(text.id.clone()),
        text: write_item(text, &[]),
    };
    store.save_draft(&viewer, draft, now()).unwrap();
    store.sign_out(token).unwrap();
}

/// Opens a survey for the learners of a section, today and tomorrow.
fn open_a_survey(store: &Store, who: PersonId, section: SectionId) -> SurveyId {
    let token = b"to ask with";
    let until = now().plus_ms(60_000);
    store.sign_in(token, who, None, now(), until).unwrap();
    let viewer = store.viewer(token, now()).unwrap().unwrap();
    let today = Timestamp(0).plus_days(now().day());
    let survey = NewSurvey {
        id: SurveyId(0x5e),
        form: Form::Belonging,
        section: Some(section),
        first: today,
        last: today.plus_days(1),
    };
    store.open_survey(&viewer, survey, now()).unwrap();
    store.sign_out(token).unwrap();
    survey.id
}

/// Begins an attempt at the first stop of the learner's day.
fn start(store: &Store, learner: PersonId, attempt: AttemptId) -> Seq {
    let ask = |command, seed| {
        let actor = Actor {
            person: learner,
            role: Role::Learner,
        };
        let now = now();
        let asked = Asked {
            command,
            actor,
            now,
            seed,
        };
        store.execute(asked).unwrap().unwrap()
    };
    ask(Command::Advise { learner }, 1);
    let begin = Command::Start {
        learner,
        attempt,
        competency: None,
        purpose: Purpose::Learn,
        item: None,
    };
    ask(begin, 2).decision
}

impl School {
    /// A school that is a demonstration, in English.
    pub(crate) fn open() -> Self {
        Self::with(true, Words::english())
    }

    /// A school; a demonstration or a real one, in these words.
    pub(crate) fn with(demo: bool, words: Words) -> Self {
        let (store, folder) = opened();
        let district = District {
            name: "Willow Creek".to_owned(),
            demo,
        };
        store.set_district(district).unwrap();
        let school = demonstration(5, COURSE);
        store.add_roster(school.roster.clone()).unwrap();
        let history = History {
            seed: 5,
            now: now(),
            weeks: 1,
            attempts_a_day: 3,
            days_a_week: 2,
        };
        live(&store, &school, &history).unwrap();
        let of_role = |role| {
            let mut people = school.roster.people.iter();
            people.find(|person| person.role == role).unwrap().id
        };
        let learner = school.learners[0];
        let ties = &school.roster.guardianships;
        let guardian = ties
            .iter()
            .find(|tie| tie.learner == learner)
            .unwrap()
            .guardian;
        let pictures = hash_secret(&PICTURES.join(" ")).unwrap();
        let password = hash_secret(PASSWORD).unwrap();
        let teacher = school.teaches[0].0;
        let section = &school.roster.sections[0];
        store
            .set_credentials(vec![
                (learner, "pictures", None, pictures),
                (teacher, "password", Some("teacher".to_owned()), password),
            ])
            .unwrap();
        write_a_draft(&store, of_role(Role::Leader));
        let survey = open_a_survey(&store, of_role(Role::Leader), section.id);
        let attempt = AttemptId(time_ordered(now().0, 1));
        let decision = start(&store, learner, attempt);
        let app = App::new(Arc::clone(&store)).unwrap().with_words(words);
        Self {
            router: router(app),
            store,
            teacher,
            other_teacher: school.teaches[1].0,
            leader: of_role(Role::Leader),
            operator: of_role(Role::Operator),
            learner,
            other_learner: *school.learners.last().unwrap(),
            guardian,
            section: section.id,
            code: section.class_code.clone(),
            attempt,
            survey,
            item: course().items[0].id.to_string(),
            decision,
            _folder: folder,
        }
    }

    /// Opens the first section for an hour.
    pub(crate) fn open_class(&self) {
        let asked = Asked {
            command: Command::OpenClass {
                section: self.section,
                until: now().plus_ms(3_600_000),
            },
            actor: Actor {
                person: self.teacher,
                role: Role::Teacher,
            },
            now: now(),
            seed: 1,
        };
        self.store.execute(asked).unwrap().unwrap();
    }

    /// Signs a person in as the demonstration does; the cookie to send from then on.
    pub(crate) async fn sign_in(&self, person: PersonId) -> String {
        let reply = self
            .post("/sign-in/demo", None, &format!("person={person}"))
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        reply.cookie().expect("a sign-in sets the cookie")
    }

    /// Signs a person in behind the pages, in a school where nobody picks a person; the cookie to send from then on.
    pub(crate) fn sign_in_as(&self, person: PersonId) -> String {
        let token = format!("{:032x}", person.0);
        let until = now().plus_ms(3_600_000);
        self.store
            .sign_in(token.as_bytes(), person, None, now(), until)
            .unwrap();
        format!("__Host-trellis={token}")
    }

    /// Sends any request.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        ask(&self.router, request).await
    }

    /// Reads a page.
    pub(crate) async fn get(&self, path: &str, cookie: Option<&str>) -> Reply {
        self.send(request(Method::GET, path, cookie, Body::empty()))
            .await
    }

    /// Sends a form from a page of our own.
    pub(crate) async fn post(&self, path: &str, cookie: Option<&str>, form: &str) -> Reply {
        self.send(request(
            Method::POST,
            path,
            cookie,
            Body::from(form.to_owned()),
        ))
        .await
    }
}

/// A request as a browser at the school would send it.
pub(crate) fn request(
    method: Method,
    path: &str,
    cookie: Option<&str>,
    body: Body,
) -> Request<Body> {
    let mut request = Request::builder()
        .method(method.clone())
        .uri(path)
        .header(header::HOST, "school.test");
    if method == Method::POST {
        request = request
            .header(header::ORIGIN, "http://school.test")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(body).unwrap()
}

/// The same with a file in the form.
pub(crate) fn request_with_file(path: &str, cookie: Option<&str>, file: &[u8]) -> Request<Body> {
    let body = [
        &b"--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.exe\"\r\n\r\n"[..],
        file,
        b"\r\n--line--\r\n",
    ]
    .concat();
    let mut request = request(Method::POST, path, cookie, Body::from(body));
    let kind = HeaderValue::from_static("multipart/form-data; boundary=line");
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    request
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    /// One header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Where a redirect goes.
    pub(crate) fn to(&self) -> &str {
        self.header("location")
    }

    /// The cookie that was set, as it is sent back.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.header("set-cookie");
        set.split(';')
            .next()
            .filter(|pair| !pair.is_empty())
            .map(str::to_owned)
    }
}
