//! The record of one learner, opened with a reason; the records of all, which take two; and whose looks stand out.

use askama::Template;
use axum::Form;
use axum::body::Body;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures_util::stream;
use serde::Deserialize;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;
use trellis_store::personal::LOOKS_KEPT_DAYS;
use trellis_store::read::{
    AllRecords, LONGEST_REASON, MANY_LEARNERS, ManyLooks, Name, OPEN_MINUTES, Opening, ReadError,
    SHORTEST_REASON, TAKEN_WITHIN_HOURS,
};

use super::leads;
use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::log;
use crate::session::SignedIn;
use crate::words::{Words, small};

/// How far back looks are counted, in days.
const COUNTED_DAYS: u16 = 28;

/// An opening, in words.
struct Opened {
    line: String,
    reason: String,
    /// Where the record is, while it is open to the reader.
    open: Option<(String, String)>,
}

/// A request for all records, in words.
struct Asked {
    number: i64,
    line: String,
    reason: String,
    state: String,
    may_agree: bool,
    may_take: bool,
}

#[derive(Template)]
#[template(path = "pages/district/records.html")]
struct Page {
    shell: Shell,
    /// What just happened, in words.
    done: Option<String>,
    lead: String,
    opened: Vec<Opened>,
    kept: String,
    many: Vec<String>,
    many_text: String,
    asked: Vec<Asked>,
    all_text: String,
    shortest: usize,
    longest: usize,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What can have happened.
const DONE: [&str; 3] = ["asked", "agreed", "nobody"];

fn full(words: &Words, name: Option<&Name>) -> String {
    name.map_or_else(
        || words.t("looked-gone"),
        |name| format!("{} {}", name.given, name.family),
    )
}

fn opened(words: &Words, one: &Opening) -> Opened {
    let name = full(words, Some(&one.learner));
    let parts = [
        ("day", day::in_words(one.at, words)),
        ("who", full(words, one.reader.as_ref())),
        ("name", name.clone()),
    ];
    Opened {
        line: words.with(
            "records-opened",
            &parts.each_ref().map(|(key, text)| (*key, text.as_str())),
        ),
        reason: words.one("records-reason-was", "reason", &one.reason),
        open: one.open.then(|| {
            (
                format!("/kept/{}", one.learner.id),
                words.one("records-open-now", "name", &name),
            )
        }),
    }
}

fn asked(words: &Words, one: &AllRecords) -> Asked {
    let (who, asked_day) = (
        full(words, one.asked_by.as_ref()),
        day::in_words(one.asked_at, words),
    );
    let state = match &one.agreed {
        Some((by, at)) => {
            let (by, at) = (full(words, by.as_ref()), day::in_words(*at, words));
            words.with("records-all-agreed", &[("who", &by), ("day", &at)])
        }
        None if one.own => words.t("records-all-own"),
        None => words.t("records-all-waits"),
    };
    Asked {
        number: one.number,
        line: words.with("records-all-asked", &[("who", &who), ("day", &asked_day)]),
        reason: words.one("records-reason-was", "reason", &one.reason),
        state,
        may_agree: one.agreed.is_none() && !one.own,
        may_take: one.may_take,
    }
}

fn many(words: &Words, one: &ManyLooks) -> String {
    let (who, day) = (
        full(words, one.reader.as_ref()),
        day::in_words(one.day, words),
    );
    let role = words.t(&format!("erase-role-{}", one.role.name()));
    words.mixed(
        "records-many",
        &[("learners", f64::from(one.learners))],
        &[("who", &who), ("role", &role), ("day", &day)],
    )
}

/// Whether looks of somebody stood out lately: said on the first page too. Only leaders are told.
pub(super) fn stands_out(app: &App, viewer: &Viewer) -> Result<bool, PageError> {
    if viewer.role() != trellis_core::people::Role::Leader {
        return Ok(false);
    }
    Ok(!app.store.many_looks(viewer, 7, app.now())?.is_empty())
}

/// `GET /district/records`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = leads(signed_in)?;
    let Query(Done { done }) = query?;
    let words = app.words.clone();
    let openings = app.store.openings(&viewer)?;
    let requests = app.store.all_records_requests(&viewer)?;
    let looks = app.store.many_looks(&viewer, COUNTED_DAYS, app.now())?;
    let number = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
    let counted = [
        ("learners", f64::from(MANY_LEARNERS)),
        ("days", f64::from(COUNTED_DAYS)),
    ];
    let page = Page {
        done: words.done("records", &DONE, done.as_deref()),
        lead: words.mixed("records-lead", &[("minutes", number(OPEN_MINUTES))], &[]),
        opened: openings.iter().map(|one| opened(&words, one)).collect(),
        kept: words.count("records-kept", "days", LOOKS_KEPT_DAYS),
        many: looks.iter().map(|one| many(&words, one)).collect(),
        many_text: words.mixed("records-many-text", &counted, &[]),
        asked: requests.iter().map(|one| asked(&words, one)).collect(),
        all_text: words.mixed(
            "records-all-text",
            &[("hours", number(TAKEN_WITHIN_HOURS))],
            &[],
        ),
        shortest: SHORTEST_REASON,
        longest: LONGEST_REASON,
        shell: Shell::of(
            words.clone(),
            words.t("records-title"),
            &viewer,
            "/district",
        ),
    };
    Ok(Html(page.render()?))
}

/// Whose record is to open, by the school's own id, and why.
#[derive(Debug, Deserialize)]
pub(crate) struct Open {
    person: String,
    reason: String,
}

/// `POST /district/records`
pub(crate) async fn open(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Open>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Open { person, reason }) = form?;
    let viewer = leads(signed_in)?;
    let opened = app
        .store
        .open_record(&viewer, person.trim(), &reason, app.now());
    let learner = match opened {
        Err(ReadError::Refused(Refusal::NotFound)) => {
            return Ok(Redirect::to("/district/records?done=nobody"));
        }
        opened => opened?,
    };
    log::note("the record of a student was opened with a reason");
    Ok(Redirect::to(&format!("/kept/{learner}")))
}

/// Why all records are asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    reason: String,
}

/// `POST /district/records/all`
pub(crate) async fn ask_all(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Ask>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Ask { reason }) = form?;
    let viewer = leads(signed_in)?;
    app.store.ask_all_records(&viewer, &reason, app.now())?;
    Ok(Redirect::to("/district/records?done=asked"))
}

/// Which request it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    number: i64,
}

/// `POST /district/records/agree`
pub(crate) async fn agree(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Which>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Which { number }) = form?;
    let viewer = leads(signed_in)?;
    app.store.agree_to_all_records(&viewer, number, app.now())?;
    Ok(Redirect::to("/district/records?done=agreed"))
}

/// `GET /district/records/{number}`: a record a line, as they are read, so that memory holds one at a time.
pub(crate) async fn take(
    State(app): State<App>,
    signed_in: SignedIn,
    number: Result<Path<i64>, PathRejection>,
) -> Result<Response, PageError> {
    let Path(number) = number?;
    let viewer = leads(signed_in)?;
    let learners = app.store.take_all_records(&viewer, number, app.now())?;
    let count = small(learners.len());
    log::note(&format!(
        "the records of all {count} students were taken, which two had agreed to"
    ));
    let lines = learners.into_iter().map(move |learner| {
        // A failure here cuts the file off, so that nobody takes a part for the whole.
        let record = app.store.taken_record(&viewer, number, learner, app.now());
        let record = record.map_err(|error| std::io::Error::other(error.to_string()))?;
        let mut line = serde_json::to_string(&record)?;
        line.push('\n');
        Ok::<_, std::io::Error>(line)
    });
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"records.jsonl\"",
        ),
    ];
    Ok((headers, Body::from_stream(stream::iter(lines))).into_response())
}
