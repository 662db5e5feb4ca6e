//! What if: easier, harder, another story. The page shows questions like those that would come, before anybody agrees; the
//! story is theirs, the mathematics is the same for everyone.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::{CompetencyId, InterestId, ItemId};
use trellis_core::people::Role;
use trellis_core::plan::Felt;
use trellis_core::policy::next_items;
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::markup;
use crate::pages::matters::known_skill;
use crate::reasons::title_of;
use crate::session::SignedIn;
use crate::words::Words;

/// Questions that are shown before somebody agrees.
const SHOWN: u8 = 3;

/// One way that it could go on.
struct Way {
    /// `too-hard` or `too-easy`; empty for as it is.
    felt: &'static str,
    title: String,
    questions: Vec<String>,
    /// Why nothing would change.
    same: Option<String>,
}

/// A story for the next question.
struct Story {
    id: String,
    title: String,
    question: String,
}

#[derive(Template)]
#[template(path = "pages/what_if/what_if.html")]
struct Page {
    shell: Shell,
    competency: String,
    notice: Option<String>,
    usual: Way,
    ways: Vec<Way>,
    stories: Vec<Story>,
}

/// What was agreed on.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What a redirect can say has been done.
const DONE: [&str; 3] = ["too-easy", "too-hard", "story"];

/// A learner's next questions under one wish after another.
struct Look<'a> {
    words: &'a Words,
    catalog: &'a Catalog,
    state: &'a LearnerState,
    id: &'a CompetencyId,
    seed: u64,
}

impl Look<'_> {
    fn items(&self, shift: i8) -> Vec<(ItemId, u64)> {
        next_items(self.state, self.catalog, self.id, shift, self.seed, SHOWN)
    }

    fn stem(&self, (item, seed): &(ItemId, u64), interest: Option<&InterestId>) -> Option<String> {
        let interest = interest.map(InterestId::as_str);
        let variant = self.catalog.item(item)?.variant(*seed, interest).ok()?;
        Some(markup::html(&variant.presentation.stem))
    }

    fn questions(&self, items: &[(ItemId, u64)]) -> Vec<String> {
        let interest = self.state.interest.as_ref();
        let items = items.iter();
        items.filter_map(|item| self.stem(item, interest)).collect()
    }

    fn way(&self, felt: Felt, usual: &[(ItemId, u64)]) -> Way {
        let items = self.items(felt.shift());
        let mut wishes = self.state.wishes.iter();
        let waits = wishes.any(|wish| wish.competency == *self.id);
        let same = if waits {
            Some("what-if-waits")
        } else {
            (items == usual).then_some("what-if-same")
        };
        Way {
            felt: felt.key(),
            title: self.words.t(match felt {
                Felt::TooEasy => "what-if-harder",
                _ => "what-if-easier",
            }),
            questions: self.questions(&items),
            same: same.map(|key| self.words.t(key)),
        }
    }

    /// The next question in each other story; nothing for a question that has none.
    fn stories(&self, usual: &[(ItemId, u64)]) -> Vec<Story> {
        let courses = self.state.courses.iter();
        let interests = courses
            .filter_map(|id| self.catalog.course(id))
            .flat_map(|course| &course.interests)
            .filter(|interest| self.state.interest.as_ref() != Some(&interest.id));
        let Some((first, plain)) = usual.iter().find_map(|item| {
            let stem = self.stem(item, None)?;
            let of = self.catalog.item(&item.0)?;
            of.interests().next().map(|_| (item, stem))
        }) else {
            return Vec::new();
        };
        interests
            .filter_map(|interest| {
                let question = self.stem(first, Some(&interest.id))?;
                (question != plain).then(|| Story {
                    id: interest.id.to_string(),
                    title: interest.title.clone(),
                    question,
                })
            })
            .collect()
    }
}

/// `GET /what-if/{competency}`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(competency): Path<String>,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = done?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let id = known_skill(&app, &competency)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let view = app.store.learner_today(&viewer, viewer.person())?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low half of the id is chance, and chance is what a seed is"
    )]
    let seed = viewer.person().0 as u64 ^ app.now().day().unsigned_abs();
    let look = Look {
        words,
        catalog: &catalog,
        state: &view.state,
        id: &id,
        seed,
    };
    let usual = look.items(0);
    let page = Page {
        competency: id.to_string(),
        notice: words.done("what-if", &DONE, done.as_deref()),
        usual: Way {
            felt: "",
            title: words.t("what-if-usual"),
            questions: look.questions(&usual),
            same: None,
        },
        ways: [Felt::TooHard, Felt::TooEasy]
            .map(|felt| look.way(felt, &usual))
            .into(),
        stories: look.stories(&usual),
        shell: Shell::of(
            words.clone(),
            words.one("what-if-title", "skill", &title_of(&catalog, &id)),
            &viewer,
            "/today",
        )
        .named(&view.name.given),
    };
    Ok(Html(page.render()?))
}

/// What is agreed on: a wish or a story.
#[derive(Debug, Deserialize)]
pub(crate) struct Agreed {
    felt: Option<String>,
    story: Option<String>,
}

/// `POST /what-if/{competency}`
pub(crate) async fn agree(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(competency): Path<String>,
    form: Result<Form<Agreed>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let learner = viewer.person();
    let competency = known_skill(&app, &competency)?;
    let felt = form.felt.as_deref().and_then(Felt::from_key);
    let to = format!("/what-if/{competency}");
    let (command, done) = match (felt.filter(|felt| !felt.is_sureness()), form.story) {
        (Some(felt), _) => (
            Command::Tell {
                learner,
                competency,
                attempt: None,
                felt,
            },
            felt.key(),
        ),
        (None, Some(story)) => {
            let interest = InterestId::new(&story).map_err(|_| Refusal::NoSuchInterest)?;
            let interest = Some(interest);
            (Command::ChooseInterest { learner, interest }, "story")
        }
        (None, None) => return Err(PageError::BadRequest),
    };
    app.execute(viewer.actor(), command).await?;
    Ok(Redirect::to(&format!("{to}?done={done}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_agreed_on_has_words() {
        for done in DONE {
            let key = format!("what-if-done-{done}");
            assert!(Words::english().has(&key), "{key}");
        }
        for felt in Felt::ALL.into_iter().filter(|felt| felt.is_sureness()) {
            for key in ["sure", "sure-said"] {
                let key = format!("{key}-{}", felt.key());
                assert!(Words::english().has(&key), "{key}");
            }
        }
    }
}
