//! What who leads the district opens, and what may be told of it when it is over.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::{SectionId, SurveyId};
use trellis_core::people::Role;
use trellis_core::people::survey::{Form as Ready, STATEMENTS};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::{ReadError, TaughtSection};
use trellis_store::{NewSurvey, Opened, SurveyView};

use super::{Table, all_as_csv, statement, survey_id, table};
use crate::app::App;
use crate::choice::{self, Choice};
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::section_id;
use crate::session::SignedIn;
use crate::words::Words;

/// For how many days a form is open, where nothing else is chosen.
const USUAL_DAYS: i64 = 13;
/// What a redirect can say has been done, or why it was not.
const DONE: [&str; 5] = ["opened", "withdrawn", "days", "same", "whole"];

/// A survey in the list.
struct Row {
    id: String,
    title: String,
    days: String,
    state: String,
    tables: Vec<Table>,
    hidden: Option<String>,
    comments: Vec<String>,
    open: bool,
    withdraw: String,
}

#[derive(Template)]
#[template(path = "pages/surveys/surveys.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    forms: Vec<Choice>,
    sections: Vec<Choice>,
    first: String,
    last: String,
    /// The statements of each form.
    texts: Vec<(String, Vec<String>)>,
    rows: Vec<Row>,
    /// Whether counts are shown, which can be taken along.
    told: bool,
}

/// What was done just before.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

fn title(words: &Words, form: Ready) -> String {
    words.t(&format!("survey-form-{}", form.key()))
}

fn state(words: &Words, view: &SurveyView) -> String {
    let told = !view.parts.is_empty();
    match view.opened {
        Opened::Later => words.t("survey-state-later"),
        Opened::Now => words.count("survey-state-now", "count", view.answered),
        Opened::Over => words.t("survey-state-over"),
        Opened::Counted if told => words.t("survey-state-counted"),
        Opened::Counted => words.t("survey-state-few"),
    }
}

fn row(words: &Words, view: &SurveyView) -> Row {
    let whole = words.t("survey-whole");
    let whom = view.section.as_deref().unwrap_or(&whole);
    let title = words.with(
        "survey-row",
        &[("form", &*title(words, view.form)), ("whom", whom)],
    );
    let day = |at| day::in_words(at, words);
    let tables = view.parts.iter().map(|part| {
        let of = part.section.as_deref().unwrap_or(whom);
        table(words, view.form, &part.counts, of)
    });
    // Where a district's students are asked, classes stand beside the whole.
    let by_class = view.form == Ready::Belonging && view.section.is_none();
    let open = view.opened != Opened::Counted;
    Row {
        id: view.id.to_string(),
        days: words.with(
            "survey-days",
            &[("first", &day(view.first)), ("last", &day(view.last))],
        ),
        state: state(words, view),
        tables: tables.collect(),
        hidden: (by_class && !view.parts.is_empty()).then(|| words.t("survey-hidden")),
        comments: view.comments.clone(),
        open,
        withdraw: words.one("survey-withdraw-label", "title", &title),
        title,
    }
}

fn section_choice(section: &TaughtSection) -> Choice {
    Choice {
        id: section.id.to_string(),
        title: section.title.clone(),
        chosen: false,
    }
}

/// `GET /district/surveys`
pub(crate) async fn all(
    State(app): State<App>,
    signed_in: SignedIn,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = done?;
    let viewer = signed_in.with_role(Role::Leader)?;
    let (words, now) = (&app.words, app.now());
    let views = app.store.surveys(&viewer, now)?;
    let forms: Vec<&str> = Ready::ALL.iter().map(|form| form.key()).collect();
    let statements = |form: Ready| {
        let all = (0..STATEMENTS).map(|number| statement(words, form, number));
        (title(words, form), all.collect())
    };
    let sections = app.store.sections_of(&viewer)?;
    let page = Page {
        done: words.done("survey", &DONE, done.as_deref()),
        forms: choice::named(words, "survey-form", &forms, ""),
        sections: sections.iter().map(section_choice).collect(),
        first: day::in_digits(now),
        last: day::in_digits(now.plus_days(USUAL_DAYS)),
        texts: Ready::ALL.map(statements).into(),
        told: views.iter().any(|view| !view.parts.is_empty()),
        rows: views.iter().map(|view| row(words, view)).collect(),
        shell: Shell::of(words.clone(), words.t("survey-title"), &viewer, "/district")
            .named(&app.store.own_name(&viewer)?.given),
    };
    Ok(Html(page.render()?))
}

/// `GET /district/surveys.csv`: all counts that the page shows.
pub(crate) async fn csv(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Leader)?;
    let words = &app.words;
    let views = app.store.surveys(&viewer, app.now())?;
    let rows: Vec<Row> = views.iter().map(|view| row(words, view)).collect();
    let tables = rows.iter().flat_map(|row| {
        let about = vec![row.title.clone(), row.days.clone()];
        row.tables.iter().map(move |table| (about.clone(), table))
    });
    let table = all_as_csv(words, &["survey-form", "survey-open-days"], tables);
    Ok(table.saved_as("surveys"))
}

/// What to open.
#[derive(Debug, Deserialize)]
pub(crate) struct New {
    form: String,
    section: String,
    first: String,
    last: String,
}

fn section_of(text: &str) -> Result<Option<SectionId>, PageError> {
    match text {
        "" => Ok(None),
        id => section_id(id).map(Some),
    }
}

fn back(done: &str) -> Redirect {
    Redirect::to(&format!("/district/surveys?done={done}"))
}

/// `POST /district/surveys`
pub(crate) async fn open(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<New>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(new) = form?;
    let viewer = signed_in.with_role(Role::Leader)?;
    let form = Ready::from_key(&new.form).ok_or(PageError::BadRequest)?;
    let section = section_of(&new.section)?;
    if section.is_some() && !form.can_ask_one_section() {
        return Ok(back("whole"));
    }
    let days = (
        Timestamp::of_date(&new.first),
        Timestamp::of_date(&new.last),
    );
    let (Some(first), Some(last)) = days else {
        return Ok(back("days"));
    };
    let new = NewSurvey {
        id: SurveyId(app.new_id()?),
        form,
        section,
        first,
        last,
    };
    match app.store.open_survey(&viewer, new, app.now()) {
        Ok(()) => Ok(back("opened")),
        Err(ReadError::Refused(Refusal::DayOutOfReach)) => Ok(back("days")),
        Err(ReadError::Refused(Refusal::AlreadySo)) => Ok(back("same")),
        Err(error) => Err(error.into()),
    }
}

/// Which survey to take back.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    survey: String,
}

/// `POST /district/surveys/withdraw`
pub(crate) async fn withdraw(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Which>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Which { survey }) = form?;
    let viewer = signed_in.with_role(Role::Leader)?;
    app.store.withdraw_survey(&viewer, survey_id(&survey)?)?;
    Ok(back("withdrawn"))
}
