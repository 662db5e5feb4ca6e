//! What teachers share with each other: sets of questions, with what others say of them, to take over into one's own class.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::id::{AssignmentId, SectionId};
use trellis_core::plan::assignment::Question;
use trellis_core::refusal::Refusal;
use trellis_store::{LONGEST_SHARED_COMMENT, LONGEST_SHARED_TITLE, NewSharedSet, SharedSet};

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::assign::{question_of, question_value};
use crate::pages::matters::lines;
use crate::pages::teacher_today::{Here, InClass, shell_for, taught};
use crate::reasons::title_of;
use crate::sign_on::form;
use crate::words::{Words, small};

/// A comment.
struct CommentView {
    who: String,
    said: Vec<String>,
}

/// A set on the page.
struct SetView {
    id: String,
    title: String,
    about: String,
    word: Vec<String>,
    comments: Vec<CommentView>,
    /// Where it is looked at and given, with its questions chosen.
    take: String,
    own: bool,
}

#[derive(Template)]
#[template(path = "pages/shared/shared.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    base: String,
    searched: String,
    found: String,
    sets: Vec<SetView>,
    longest: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
    #[serde(default)]
    q: String,
}

const DONE: [&str; 3] = ["shared", "said", "withdrawn"];

/// Where a set's questions are looked at in one's own class, to give them there.
fn take(section: SectionId, set: &NewSharedSet) -> String {
    let count = set.questions.len().to_string();
    let questions: Vec<String> = set
        .questions
        .iter()
        .map(|question| question_value(question, None))
        .collect();
    let count = if crate::pages::assign::offers(&count) {
        count
    } else {
        "5".to_owned()
    };
    let mut fields = vec![
        ("who", "class"),
        ("what", set.competency.as_str()),
        ("numbers", "same"),
        ("count", count.as_str()),
        ("due", ""),
        ("seed", "1"),
    ];
    fields.extend(questions.iter().map(|question| ("q", question.as_str())));
    format!("/teach/{section}/assign?{}", form(&fields))
}

fn view(words: &Words, catalog: &Catalog, section: SectionId, shared: &SharedSet) -> SetView {
    let name = |name: Option<&trellis_store::read::Name>| {
        name.map_or_else(
            || words.t("work-word-somebody"),
            |name| format!("{} {}", name.given, name.family),
        )
    };
    let (by, day) = (name(shared.by.as_ref()), day::in_words(shared.at, words));
    let comment = |one: &trellis_store::SharedComment| {
        let texts = [
            ("name", name(one.by.as_ref())),
            ("day", day::in_words(one.at, words)),
        ];
        let texts = texts.each_ref().map(|(key, text)| (*key, text.as_str()));
        CommentView {
            who: words.with("work-word-by", &texts),
            said: lines(&one.said),
        }
    };
    SetView {
        id: shared.set.id.to_string(),
        title: shared.set.title.clone(),
        about: words.mixed(
            "shared-about",
            &[("count", f64::from(small(shared.set.questions.len())))],
            &[
                ("skill", &title_of(catalog, &shared.set.competency)),
                ("name", &by),
                ("day", &day),
            ],
        ),
        word: lines(&shared.set.word),
        comments: shared.comments.iter().map(comment).collect(),
        take: take(section, &shared.set),
        own: shared.own,
    }
}

/// `GET /teach/{section}/shared`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let (words, catalog) = (app.words.clone(), app.store.catalog());
    let all = app.store.shared_sets(&viewer, section)?;
    let taught = taught(&app, &viewer, section)?;
    let wanted = asked.q.trim().to_lowercase();
    let mut sets: Vec<SetView> = all
        .iter()
        .map(|shared| view(&words, &catalog, section, shared))
        .collect();
    sets.retain(|one| {
        let text = format!("{} {}", one.title, one.about).to_lowercase();
        text.contains(&wanted)
    });
    let page = Page {
        done: words.done("shared", &DONE, asked.done.as_deref()),
        base: format!("/teach/{section}/shared"),
        found: words.count("shared-found", "count", small(sets.len())),
        sets,
        searched: asked.q,
        longest: LONGEST_SHARED_COMMENT,
        shell: shell_for(
            &app,
            words.t("shared-title"),
            &viewer,
            &taught,
            Here::Elsewhere,
        )?,
    };
    Ok(Html(page.render()?))
}

fn set_id(fields: &Fields) -> Result<AssignmentId, PageError> {
    let text = field(fields, "set").ok_or(PageError::BadRequest)?;
    AssignmentId::parse(text).map_err(|_| PageError::BadRequest)
}

/// `POST /teach/{section}/shared`: shares the questions of the form.
pub(crate) async fn share(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    fields: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = fields?;
    let id = set_id(&fields)?;
    let chosen = fields.iter().filter(|(key, _)| key == "q");
    let questions = chosen.map(|(_, value)| question_of(value).map(|(question, _)| question));
    let questions: Vec<Question> = questions.collect::<Result<_, _>>()?;
    let first = questions.first().ok_or(Refusal::NothingSaid)?;
    let catalog = app.store.catalog();
    let item = catalog.item(&first.item).ok_or(Refusal::ItemGone)?;
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    let shared = NewSharedSet {
        id,
        title: text("title").chars().take(LONGEST_SHARED_TITLE).collect(),
        word: text("note"),
        competency: item.competency.clone(),
        questions,
    };
    app.store.share_set(&viewer, section, shared, app.now())?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/shared?done=shared"
    )))
}

/// `POST /teach/{section}/shared/say`
pub(crate) async fn say(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    fields: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = fields?;
    let said = field(&fields, "said").unwrap_or_default();
    app.store
        .comment_on_set(&viewer, section, set_id(&fields)?, said, app.now())?;
    Ok(Redirect::to(&format!("/teach/{section}/shared?done=said")))
}

/// `POST /teach/{section}/shared/withdraw`
pub(crate) async fn withdraw(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    fields: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = fields?;
    app.store
        .withdraw_set(&viewer, set_id(&fields)?, app.now())?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/shared?done=withdrawn"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_has_words() {
        for done in DONE {
            assert!(Words::english().has(&format!("shared-done-{done}")));
        }
    }
}
