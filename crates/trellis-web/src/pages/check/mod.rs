//! Answers that wait for a person: one after the other, the oldest first, with the rubric beside it.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::decide::{LONGEST_NOTE, rubric_of};
use trellis_core::estimate::{Checked, Waiting};
use trellis_core::framework::InterestId;
use trellis_core::id::{AttemptId, SectionId};
use trellis_core::item::{Awaits, Criterion, Key, RubricLevel, Variant};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::{CheckQueue, Name, ToScore};

use crate::app::App;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::practice::points_words;
use crate::pages::teacher_today::{Here, InClass, person_id, shell_for, since_words};
use crate::reasons::title_of;
use crate::words::{Words, small};
use crate::{figure, given, markup};

/// How many of the scores given last can be taken back from this page.
const LATELY: usize = 6;

/// One level to choose.
struct Level {
    points: u8,
    points_words: String,
    says: String,
}

/// One criterion with its levels.
struct Choice {
    /// The name of its field in the form.
    field: String,
    name: String,
    levels: Vec<Level>,
}

/// The answer to look at.
struct Look {
    learner: String,
    attempt: String,
    by: String,
    skill: String,
    place: String,
    waited: String,
    body: String,
    stem: Option<String>,
    figure: Option<String>,
    answer: String,
    /// What is said of the way the answer came about, or of an item that is gone.
    notes: Vec<String>,
    key_label: String,
    key: Option<String>,
    criteria: Vec<Choice>,
    comment_label: String,
    comment_help: String,
    keys: String,
    /// The one that follows in the queue.
    next: Option<String>,
}

impl Look {
    /// Whether one press decides.
    fn is_one(&self) -> bool {
        self.criteria.len() == 1
    }
}

/// A score that can be taken back.
struct Given {
    learner: String,
    attempt: String,
    name: String,
    line: String,
    label: String,
}

/// What was just done.
struct Notice {
    words: String,
    undo: Option<Given>,
}

#[derive(Template)]
#[template(path = "pages/check/check.html")]
struct Page {
    shell: Shell,
    base: String,
    heading: String,
    notice: Option<Notice>,
    look: Option<Look>,
    lately: Vec<Given>,
    comment_most: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    at: Option<String>,
    done: Option<String>,
    #[serde(default)]
    undone: bool,
}

fn attempt_id(text: &str) -> Option<AttemptId> {
    AttemptId::parse(text).ok()
}

/// `GET /teach/{section}/check`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = query?;
    let at = asked.at.as_deref().and_then(attempt_id);
    let queue = app.store.check_queue(&viewer, section, at)?;
    let desk = Desk {
        words: &app.words,
        catalog: &app.store.catalog(),
        now: app.now(),
    };
    let done = asked.done.as_deref().and_then(attempt_id);
    let title = app
        .words
        .one("check-title", "section", &queue.section.title);
    let waiting = small(queue.waiting.len());
    let page = Page {
        base: format!("/teach/{section}/check"),
        heading: app.words.count("check-heading", "count", waiting),
        notice: desk.notice(&queue, done, asked.undone),
        look: queue.shown.as_ref().map(|shown| desk.look(&queue, shown)),
        lately: desk.lately(&queue),
        comment_most: LONGEST_NOTE,
        shell: shell_for(&app, title, &viewer, &queue.section, Here::Check)?
            .with_script("check.js"),
    };
    Ok(Html(page.render()?))
}

/// What the page is written from.
struct Desk<'a> {
    words: &'a Words,
    catalog: &'a Catalog,
    now: Timestamp,
}

impl Desk<'_> {
    fn notice(&self, queue: &CheckQueue, done: Option<AttemptId>, undone: bool) -> Option<Notice> {
        if undone {
            return Some(Notice {
                words: self.words.t("check-undone"),
                undo: None,
            });
        }
        let mut checked = queue.checked.iter();
        let (name, checked) = checked.find(|(_, checked)| Some(checked.waited.attempt) == done)?;
        let points = points_words(self.words, checked.points, checked.most);
        let told = [("points", points.as_str()), ("name", &name.short())];
        Some(Notice {
            words: self.words.with("check-done", &told),
            undo: Some(self.given(name, checked)),
        })
    }

    fn given(&self, name: &Name, checked: &Checked) -> Given {
        let points = points_words(self.words, checked.points, checked.most);
        let when = since_words(self.words, self.now, checked.at);
        let short = name.short();
        Given {
            learner: name.id.to_string(),
            attempt: checked.waited.attempt.to_string(),
            line: self
                .words
                .with("check-lately-line", &[("points", &points), ("when", &when)]),
            label: self
                .words
                .with("check-undo-label", &[("name", &short), ("points", &points)]),
            name: short,
        }
    }

    fn lately(&self, queue: &CheckQueue) -> Vec<Given> {
        let lately = queue.checked.iter().take(LATELY);
        lately
            .map(|(name, checked)| self.given(name, checked))
            .collect()
    }

    fn variant(&self, waiting: &Waiting) -> Option<Variant> {
        let interest = waiting.interest.as_ref().map(InterestId::as_str);
        let item = self.catalog.item(&waiting.item)?;
        item.variant(waiting.seed, interest).ok()
    }

    fn look(&self, queue: &CheckQueue, shown: &ToScore) -> Look {
        let of = &queue.waiting[shown.place];
        let (words, waiting, name) = (self.words, &of.waiting, of.learner.short());
        let variant = self.variant(waiting);
        let presentation = variant.as_ref().map(|variant| &variant.presentation);
        let count = |count: usize| f64::from(small(count));
        let days = self.now.day().saturating_sub(waiting.at.day()).max(0);
        let most = u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX);
        let next = queue.waiting.get(shown.place + 1);
        let criteria = self.criteria(waiting);
        let (key_label, key) = self.key(variant.as_ref());
        Look {
            learner: of.learner.id.to_string(),
            attempt: waiting.attempt.to_string(),
            by: words.with(
                "check-by",
                &[
                    ("name", &name),
                    ("since", &since_words(words, self.now, waiting.at)),
                ],
            ),
            skill: title_of(self.catalog, &waiting.competency),
            place: words.mixed(
                "check-place",
                &[
                    ("place", count(shown.place + 1)),
                    ("all", count(queue.waiting.len())),
                ],
                &[],
            ),
            waited: words.count("check-waited", "days", u32::try_from(days).unwrap_or(0)),
            body: presentation.map_or_else(String::new, |shown| markup::html(&shown.body)),
            stem: presentation.map(|shown| markup::html(&shown.stem)),
            figure: presentation
                .and_then(|shown| shown.figure.as_ref())
                .map(|shown| figure::html(shown, &[], words)),
            answer: given::html(
                &shown.response,
                presentation.map(|shown| &shown.interaction),
            ),
            notes: self.notes(waiting, variant.is_some()),
            key_label,
            key,
            comment_label: words.one("check-comment", "name", &name),
            comment_help: words.mixed(
                "check-comment-help",
                &[("count", f64::from(most))],
                &[("name", &name)],
            ),
            keys: self.keys(&criteria),
            criteria,
            next: next.map(|next| next.waiting.attempt.to_string()),
        }
    }

    fn keys(&self, criteria: &[Choice]) -> String {
        let levels = criteria.first().map_or(&[][..], |choice| &choice.levels);
        let key = |level: Option<&Level>| level.map_or(0, |level| level.points).to_string();
        let (first, last) = (key(levels.first()), key(levels.last()));
        self.words
            .with("check-keys", &[("first", &first), ("last", &last)])
    }

    fn notes(&self, waiting: &Waiting, known: bool) -> Vec<String> {
        let mut notes = Vec::new();
        if !known {
            notes.push(self.words.t("check-gone"));
        } else if waiting.awaits == Awaits::Comparison {
            notes.push(self.words.t("check-compare"));
        }
        if waiting.circumstances.hints > 0 {
            let hints = waiting.circumstances.hints;
            notes.push(self.words.count("teach-event-hints", "count", hints));
        }
        notes
    }

    fn key(&self, variant: Option<&Variant>) -> (String, Option<String>) {
        let Some(variant) = variant else {
            return (String::new(), None);
        };
        match &variant.key {
            Key::Written { sample, .. } => {
                (self.words.t("check-sample"), Some(markup::html(sample)))
            }
            key => {
                let interaction = Some(&variant.presentation.interaction);
                let html = key.response().map(|key| given::html(&key, interaction));
                let html = html.map(|html| format!("<p class=\"typed\">{html}</p>"));
                (self.words.t("check-key"), html)
            }
        }
    }

    fn criteria(&self, waiting: &Waiting) -> Vec<Choice> {
        let rubric = rubric_of(self.catalog, waiting);
        let one = rubric.criteria.len() == 1;
        let choice = |(place, criterion): (usize, &Criterion)| Choice {
            field: if one {
                "points".to_owned()
            } else {
                format!("points-{place}")
            },
            name: if criterion.name.is_empty() {
                self.words.t("check-rubric")
            } else {
                markup::plain(&criterion.name)
            },
            levels: criterion
                .levels
                .iter()
                .map(|level| self.level(level))
                .collect(),
        };
        rubric.criteria.iter().enumerate().map(choice).collect()
    }

    fn level(&self, level: &RubricLevel) -> Level {
        // A rubric without an author knows right and not right alone.
        let says = match (level.says.is_empty(), level.points) {
            (false, _) => markup::line(&level.says),
            (true, 0) => self.words.t("check-not-right"),
            (true, _) => self.words.t("check-right"),
        };
        Level {
            points: level.points,
            points_words: self.words.count("check-points", "points", level.points),
            says,
        }
    }
}

/// Back to the queue, at a place of it, with what was done.
fn back(section: SectionId, at: Option<&str>, done: &str) -> Redirect {
    let at = at.and_then(attempt_id);
    let at = at.map_or_else(String::new, |at| format!("&at={at}"));
    Redirect::to(&format!("/teach/{section}/check?{done}{at}"))
}

/// The points of all criteria in their order.
fn points_of(fields: &Fields) -> Option<Vec<u8>> {
    if let Some(one) = field(fields, "points") {
        return one.parse().ok().map(|points| vec![points]);
    }
    let places = (0..).map(|place| field(fields, &format!("points-{place}")));
    places
        .map_while(|points| points)
        .map(|points| points.parse().ok())
        .collect()
}

/// `POST /teach/{section}/check`: score one answer.
pub(crate) async fn score(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let learner = person_id(field(&fields, "learner").ok_or(PageError::BadRequest)?)?;
    let attempt = field(&fields, "attempt").and_then(attempt_id);
    let attempt = attempt.ok_or(PageError::BadRequest)?;
    let command = Command::Score {
        learner,
        attempt,
        points: points_of(&fields).ok_or(PageError::BadRequest)?,
        comment: field(&fields, "comment")
            .unwrap_or_default()
            .replace("\r\n", "\n"),
    };
    PageError::unless_already_so(app.execute(viewer.actor(), command).await)?;
    let next = field(&fields, "next");
    Ok(back(section, next, &format!("done={attempt}")))
}

/// Which score to take back.
#[derive(Debug, Deserialize)]
pub(crate) struct Undo {
    learner: String,
    attempt: String,
}

/// `POST /teach/{section}/check/undo`
pub(crate) async fn undo(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Undo>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let learner = person_id(&form.learner)?;
    let attempt = attempt_id(&form.attempt).ok_or(PageError::BadRequest)?;
    let command = Command::UndoScore { learner, attempt };
    match app.execute(viewer.actor(), command).await {
        Ok(_) | Err(PageError::Refused(Refusal::NothingToUndo)) => {}
        Err(error) => return Err(error),
    }
    Ok(back(section, Some(&form.attempt), "undone=true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn points_are_read_in_the_order_of_the_criteria() {
        for (sent, points) in [
            (&[("points", "2")][..], Some(vec![2])),
            (&[("points-1", "3"), ("points-0", "1")], Some(vec![1, 3])),
            (&[("points-0", "1"), ("points-2", "1")], Some(vec![1])),
            (&[("points", "-1")], None),
            (&[("points", "many")], None),
            (&[("points-0", "1"), ("points-1", "x")], None),
            (&[], Some(Vec::new())),
        ] {
            assert_eq!(points_of(&fields(sent)), points, "{sent:?}");
        }
    }
}
