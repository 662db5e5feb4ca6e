//! Learners at work over HTTP, as their pages let them: sign in, look at the day, begin what it offers, read the
//! question, answer it wrong or right.

use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use trellis_core::framework::InterestId;
use trellis_core::id::{AnswerId, AttemptId, PersonId, time_ordered};
use trellis_core::item::Response;
use trellis_core::time::Timestamp;
use trellis_sim::{Random, right_response, wrong_response};
use trellis_store::Store;

use super::crowd::crowd;
use super::http::Browser;
use super::page::forms;

/// The share of attempts in which a wrong answer comes first.
const WRONG_FIRST: f64 = 0.3;
/// Attempts that a learner may have open at once.
const MOST_OPEN: usize = 4;

/// A learner who is signed in.
#[derive(Debug, Clone)]
pub(super) struct SignedIn {
    pub(super) person: PersonId,
    pub(super) cookie: String,
}

/// An attempt that was begun, and the id that its page gives to the answer.
#[derive(Debug, Clone)]
struct Begun {
    learner: SignedIn,
    attempt: AttemptId,
    answer: AnswerId,
}

/// Answers to one attempt, ready to be sent: the last is right.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    learner: SignedIn,
    attempt: AttemptId,
    forms: Vec<Vec<(String, String)>>,
}

/// What came of answering.
#[derive(Debug, Default)]
pub(super) struct Answered {
    /// How long each reply took, shortest first.
    pub(super) latencies: Vec<Duration>,
    /// From the first answer to the last reply.
    pub(super) wall: Duration,
}

pub(super) fn expect(status: u16, wanted: u16, what: &str) -> Result<(), Box<dyn Error>> {
    if status == wanted {
        Ok(())
    } else {
        Err(format!("{what}: status {status} instead of {wanted}").into())
    }
}

/// Signs one person in with the demonstration's button; gives the cookie.
pub(super) fn sign_in(browser: &mut Browser, person: PersonId) -> Result<SignedIn, Box<dyn Error>> {
    let picked = [("person".to_owned(), person.to_string())];
    let reply = browser.post("/sign-in/demo", "", &picked)?;
    expect(reply.status, 303, "signing in")?;
    let cookie = reply.cookie.ok_or("signing in: no cookie")?;
    Ok(SignedIn { person, cookie })
}

/// Opens a learner's day and begins what it offers.
fn begin(browser: &mut Browser, learner: &SignedIn) -> Result<Vec<Begun>, Box<dyn Error>> {
    let today = browser.get("/today", &learner.cookie)?;
    expect(today.status, 200, "today")?;
    let offered = forms(&today.text());
    let mut begun = Vec::new();
    for form in offered
        .iter()
        .filter(|form| form.action == "/practice")
        .take(MOST_OPEN)
    {
        let reply = browser.post("/practice", &learner.cookie, &form.hidden)?;
        expect(reply.status, 303, "beginning")?;
        let path = reply.location.ok_or("beginning: no address")?;
        let page = browser.get(&path, &learner.cookie)?;
        expect(page.status, 200, "the question")?;
        let answer = forms(&page.text())
            .into_iter()
            .find(|form| form.action == path)
            .and_then(|form| AnswerId::parse(form.value("answer")?).ok())
            .ok_or("the question: no form to answer")?;
        let id = path.strip_prefix("/practice/").unwrap_or_default();
        let attempt = AttemptId::parse(id).map_err(|error| error.to_string())?;
        begun.push(Begun {
            learner: learner.clone(),
            attempt,
            answer,
        });
    }
    Ok(begun)
}

/// Attempts of all learners, and how many requests that took.
#[derive(Debug)]
pub(super) struct Opened {
    begun: Vec<Begun>,
    pub(super) requests: u32,
}

/// All learners look at their day and begin what it offers.
pub(super) fn begin_all(
    address: SocketAddr,
    connections: usize,
    learners: &[SignedIn],
) -> Result<Opened, Box<dyn Error>> {
    let begun: Vec<Begun> = crowd(address, connections, learners, begin)?
        .into_iter()
        .flatten()
        .collect();
    let requests = u32::try_from(learners.len() + 2 * begun.len())?;
    Ok(Opened { begun, requests })
}

/// Looks the keys up, in a store that no server holds, and fills in the forms.
pub(super) fn fill_in(
    store: &Store,
    opened: &Opened,
    now: Timestamp,
    random: &mut Random,
) -> Result<Vec<Sheet>, Box<dyn Error>> {
    let catalog = store.catalog();
    let mut sheets = Vec::with_capacity(opened.begun.len());
    for begun in &opened.begun {
        let state = store.learner_state(begun.learner.person)?;
        let open = state.attempt(begun.attempt).ok_or("an attempt was lost")?;
        let interest = open.interest.as_ref().map(InterestId::as_str);
        let item = catalog.item(&open.item).ok_or("an item was lost")?;
        let variant = item
            .variant(open.seed, interest)
            .map_err(|fault| fault.to_string())?;
        let mut forms = Vec::new();
        let mut answer = begun.answer;
        if random.chance(WRONG_FIRST) {
            forms.push(fields(answer, &wrong_response(&variant, &[], random)));
            let chance = (u128::from(random.next_u64()) << 64) | u128::from(random.next_u64());
            answer = AnswerId(time_ordered(now.0, chance));
        }
        forms.push(fields(answer, &right_response(&variant)));
        sheets.push(Sheet {
            learner: begun.learner.clone(),
            attempt: begun.attempt,
            forms,
        });
    }
    Ok(sheets)
}

/// A response as the page's form sends it.
fn fields(answer: AnswerId, response: &Response) -> Vec<(String, String)> {
    let mut fields = vec![
        ("answer".to_owned(), answer.to_string()),
        ("elapsed".to_owned(), "30000".to_owned()),
    ];
    let mut add = |name: String, value: &str| fields.push((name, value.to_owned()));
    match response {
        Response::Text(text) => add("text".to_owned(), text),
        Response::Choice(key) => add("choice".to_owned(), key),
        Response::Choices(keys) => keys.iter().for_each(|key| add("choice".to_owned(), key)),
        Response::Order(keys) => {
            for (place, key) in (1..).zip(keys) {
                add(format!("place-{key}"), &place.to_string());
            }
        }
        Response::Pairs(pairs) => {
            for (left, right) in pairs {
                add(format!("pair-{left}"), right);
            }
        }
        Response::Point(point) => add("point".to_owned(), point),
        Response::Gaps(gaps) => {
            for (place, given) in (1..).zip(gaps) {
                add(format!("gap-{place}"), given);
            }
        }
        Response::Points(points) => {
            for (place, (x, y)) in (1..).zip(points) {
                add(format!("x-{place}"), x);
                add(format!("y-{place}"), y);
            }
        }
        // A file goes by a form of its own, which is not timed here.
        Response::File { .. } => {}
    }
    fields
}

/// Sends all answers, each learner's in order, and takes the time of each reply.
pub(super) fn answer_all(
    address: SocketAddr,
    connections: usize,
    sheets: &[Sheet],
) -> Result<Answered, Box<dyn Error>> {
    let begun = Instant::now();
    let times = crowd(address, connections, sheets, |browser, sheet| {
        let path = format!("/practice/{}", sheet.attempt);
        let mut times = Vec::with_capacity(sheet.forms.len());
        for form in &sheet.forms {
            let begun = Instant::now();
            let reply = browser.post(&path, &sheet.learner.cookie, form)?;
            times.push(begun.elapsed());
            expect(reply.status, 303, "answering")?;
        }
        Ok(times)
    })?;
    let wall = begun.elapsed();
    let mut latencies: Vec<Duration> = times.into_iter().flatten().collect();
    latencies.sort_unstable();
    Ok(Answered { latencies, wall })
}

/// Whether every attempt is over, as it is after a right answer; an error that says how many are not.
pub(super) fn check_over(store: &Store, sheets: &[Sheet]) -> Result<(), Box<dyn Error>> {
    let mut open = 0;
    for sheet in sheets {
        let state = store.learner_state(sheet.learner.person)?;
        open += u32::from(state.attempt(sheet.attempt).is_some());
    }
    if open == 0 {
        Ok(())
    } else {
        Err(format!(
            "{open} of {} attempts are still open after a right answer",
            sheets.len()
        )
        .into())
    }
}
