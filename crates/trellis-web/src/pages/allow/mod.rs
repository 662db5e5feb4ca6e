//! What a family allows: each use of what is known about their child, what follows from yes and from no, and a button for the
//! other. Two presses from the week: the link there, and the button here.

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::command::Command;
use trellis_core::consent::Use;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::read::{Name, Said};

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::family::full_name;
use crate::session::SignedIn;
use crate::words::Words;

/// A use, in words.
struct Row {
    key: &'static str,
    title: String,
    /// What it is.
    what: String,
    /// What happens without it.
    without: String,
    allowed: bool,
    /// How it stands, since when and by whom.
    stands: String,
    /// What the button says.
    button: String,
}

impl Row {
    fn of(words: &Words, child: &Name, purpose: Use, said: Option<&Said>) -> Self {
        let key = purpose.key();
        let name = child.given.as_str();
        let allowed = said.is_none_or(|said| said.allowed);
        let word = if allowed { "yes" } else { "no" };
        let stands = match said {
            None => words.t("allow-stands-unsaid"),
            Some(said) => {
                let by = said.by.as_ref();
                let by = by.map_or_else(|| words.t("allow-somebody"), full_name);
                let day = day::in_words(said.at, words);
                let texts = [("day", day.as_str()), ("by", by.as_str())];
                words.with(&format!("allow-stands-{word}"), &texts)
            }
        };
        Self {
            key,
            title: words.t(&format!("allow-{key}-title")),
            what: words.one(&format!("allow-{key}-what"), "name", name),
            without: words.one(&format!("allow-{key}-without"), "name", name),
            allowed,
            stands,
            button: words.t(if allowed { "allow-stop" } else { "allow-again" }),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/allow/allow.html")]
struct Page {
    shell: Shell,
    here: String,
    back: String,
    done: Option<String>,
    rows: Vec<Row>,
    lead: String,
    /// Whether the one who reads may change it.
    may_say: bool,
}

/// What was done just before.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    done: Option<String>,
}

/// `GET /family/{learner}/allow`. Teachers of the child see what the family said.
pub(crate) async fn page(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let (Path(learner), Query(before)) = (learner?, before?);
    let view = app.store.consents(&viewer, learner)?;
    let words = &app.words;
    let rows = Use::ALL.into_iter().map(|purpose| {
        let said = view.said.iter().find(|said| said.purpose == purpose);
        Row::of(words, &view.learner, purpose, said)
    });
    let title = words.one("allow-title", "name", &view.learner.given);
    let page = Page {
        here: format!("/family/{learner}/allow"),
        back: format!("/family/{learner}"),
        done: words.done(
            "allow",
            &["stopped", "again", "same"],
            before.done.as_deref(),
        ),
        rows: rows.collect(),
        lead: words.one("allow-lead", "name", &view.learner.given),
        may_say: viewer.role() == Role::Guardian,
        shell: Shell::of(words.clone(), title, &viewer, "/family"),
    };
    Ok(Html(page.render()?))
}

/// What the family says.
#[derive(Debug, Deserialize)]
pub(crate) struct Says {
    purpose: String,
    allowed: String,
}

/// `POST /family/{learner}/allow`. Guardians of the child alone.
pub(crate) async fn say(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
    form: Result<Form<Says>, FormRejection>,
) -> Result<Response, PageError> {
    let (Path(learner), Form(says)) = (learner?, form?);
    let purpose = Use::from_key(&says.purpose).ok_or(PageError::BadRequest)?;
    let allowed = match says.allowed.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::BadRequest),
    };
    let command = Command::Consent {
        learner,
        purpose,
        allowed,
    };
    let done = match app.execute(viewer.actor(), command).await {
        Ok(_) if allowed => "again",
        Ok(_) => "stopped",
        // Both parents pressed, or one pressed twice: it is as they want it.
        Err(PageError::Refused(trellis_core::refusal::Refusal::AlreadySo)) => "same",
        Err(error) => return Err(error),
    };
    let page = format!("/family/{learner}/allow?done={done}");
    Ok(Redirect::to(&page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_use_has_words_in_every_language() {
        for language in [Language::English, Language::Spanish] {
            let words = Words::of(language);
            for purpose in Use::ALL {
                let key = purpose.key();
                for word in [
                    format!("allow-{key}-title"),
                    format!("allow-{key}-what"),
                    format!("allow-{key}-without"),
                    format!("teach-withheld-{key}"),
                ] {
                    assert!(words.has(&word), "{language:?} {word}");
                }
                assert_eq!(Use::from_key(key), Some(purpose));
            }
        }
    }
}
