//! The form: five statements with a step for each, and for adults room for a comment. It is answered once, and works without
//! scripts.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use trellis_core::people::survey::{LONGEST_COMMENT, STATEMENTS};
use trellis_core::refusal::Refusal;

use super::{ORDER, statement, step, survey_id};
use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::session::SignedIn;

/// A statement with the name of its field.
struct Statement {
    name: String,
    text: String,
}

#[derive(Template)]
#[template(path = "pages/surveys/survey.html")]
struct Page {
    shell: Shell,
    here: String,
    answered: bool,
    lead: String,
    how: Vec<String>,
    statements: Vec<Statement>,
    steps: Vec<(usize, String)>,
    takes_comment: bool,
    most: usize,
}

fn name_of(number: usize) -> String {
    format!("s{}", number + 1)
}

/// `GET /survey/{survey}`
pub(crate) async fn page(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(survey): Path<String>,
) -> Result<Html<String>, PageError> {
    let id = survey_id(&survey)?;
    let asked = app.store.asked_survey(&viewer, id, app.now())?;
    let (words, form) = (&app.words, asked.form);
    let key = form.key();
    let statements = (0..STATEMENTS).map(|number| Statement {
        name: name_of(number),
        text: statement(words, form, number),
    });
    let mut how = vec![words.t("survey-how-counts"), words.t("survey-how-few")];
    if form.takes_comment() {
        how.push(words.t("survey-how-comment"));
    }
    how.push(words.t("survey-how-free"));
    let title = words.t(&format!("survey-{key}-title"));
    let page = Page {
        here: format!("/survey/{id}"),
        answered: asked.answered,
        lead: words.one("survey-until", "day", &day::in_words(asked.last, words)),
        how,
        statements: statements.collect(),
        steps: ORDER.map(|place| (place, step(words, place))).into(),
        takes_comment: form.takes_comment(),
        most: LONGEST_COMMENT,
        shell: Shell::of(words.clone(), title, &viewer, ""),
    };
    Ok(Html(page.render()?))
}

/// `POST /survey/{survey}`
pub(crate) async fn answer(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(survey): Path<String>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let id = survey_id(&survey)?;
    let mut answers = [0; STATEMENTS];
    for (number, place) in answers.iter_mut().enumerate() {
        let step = field(&fields, &name_of(number)).ok_or(Refusal::NothingSaid)?;
        *place = step.parse().map_err(|_| PageError::BadRequest)?;
    }
    let comment = field(&fields, "comment").unwrap_or_default();
    let said = (answers, comment);
    // Sent twice, because of a bad line: the first counts.
    PageError::unless_already_so(app.store.answer_survey(&viewer, id, said, app.now()))?;
    Ok(Redirect::to(&format!("/survey/{id}")))
}

/// `POST /survey/{survey}/later`
pub(crate) async fn later(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(survey): Path<String>,
) -> Result<Redirect, PageError> {
    let id = survey_id(&survey)?;
    app.store.put_off_survey(&viewer, id, app.now())?;
    Ok(Redirect::to("/"))
}
