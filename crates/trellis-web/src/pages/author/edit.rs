//! The editor: one form that works without scripts, and the part beside it that follows what is typed.

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::DraftId;
use trellis_core::item::{InteractionKind, MixUp, TemplateText};
use trellis_core::refusal::Refusal;
use trellis_interop::course::{CheckOptions, ItemText, check_item};
use trellis_interop::finding::Finding;
use trellis_store::SaveDraft;

use super::desk::{Desk, frame};
use super::fields::{MixRow, WITH_FIELDS, mix_rows, option_rows, text_of};
use super::findings::{self, Told};
use super::preview::{Asked, LOOKS, Live};
use super::publish::{self, Plan};
use crate::app::App;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::practice::MOST_SEED;
use crate::pages::teacher_today::said_by;
use crate::session::SignedIn;
use crate::words::Words;

/// So many seeds are tried while somebody writes.
const SEEDS_WRITING: u64 = 20;
/// So many before a question is published, as when a course is checked.
const SEEDS_PUBLISHING: u64 = 100;

/// Something to choose.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// A row of text.
struct Row {
    row: usize,
    label: String,
    text: String,
}

/// A row of a mix-up with its label.
struct Mix {
    row: MixRow,
    label: String,
}

/// A story.
struct Story {
    row: usize,
    label: String,
    interest: String,
    stem: String,
}

/// The fields of a kind of answer that has some.
struct Comfort {
    text: TemplateText,
    kind: &'static str,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    forms: Vec<Choice>,
    minutes: String,
    parameters: String,
    conditions: String,
    entries: String,
    pairs: String,
    options: Vec<Mix>,
    hints: Vec<Row>,
    steps: Vec<Row>,
    mix_ups: Vec<Mix>,
    stories: Vec<Story>,
    /// Mix-ups to choose from: id and title.
    known: Vec<(String, String)>,
    /// Interests to choose from: id and title.
    interests: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/author/edit.html")]
struct Page {
    shell: Shell,
    path: String,
    skill: String,
    course: String,
    notice: Option<String>,
    /// "Version 3, Ngozi O., today".
    saved: Option<String>,
    versions: Option<String>,
    text: String,
    view: &'static str,
    comfort: Option<Comfort>,
    /// Whether the fields were wanted, and the text has none.
    no_fields: bool,
    seed: u64,
    writes: bool,
    live: String,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What is in the editor.
struct Editing {
    text: String,
    view: &'static str,
    asked: Asked,
    ticked: Vec<String>,
    notice: Option<String>,
}

/// `GET /author/{course}/{competency}/new`
pub(crate) async fn new(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((course, competency)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let desk = Desk::new(&app, signed_in, &course, &competency)?;
    begin(&app, desk, None).await
}

/// `GET /author/item/{item}`
pub(crate) async fn item(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(item): Path<String>,
) -> Result<Response, PageError> {
    let desk = Desk::of_item(&app, signed_in, &item)?;
    let changes = desk.changes.clone().ok_or(Refusal::NotFound)?;
    if let Some(draft) = app.store.draft_of(&changes)? {
        return Ok(Redirect::to(&format!("/author/draft/{draft}")).into_response());
    }
    begin(&app, desk, None).await
}

/// `GET /author/draft/{draft}`
pub(crate) async fn draft(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(draft): Path<String>,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Response, PageError> {
    let Query(Done { done }) = query?;
    let desk = Desk::of_draft(&app, signed_in, &draft)?;
    let known = ["saved", "published", "back"];
    let notice = app.words.done("author", &known, done.as_deref());
    begin(&app, desk, notice).await
}

/// The editor as it opens.
async fn begin(app: &App, desk: Desk, notice: Option<String>) -> Result<Response, PageError> {
    let state = Editing {
        text: desk.text()?,
        view: "fields",
        asked: Asked {
            seed: 0,
            look: LOOKS[0],
            blocked: false,
        },
        ticked: Vec::new(),
        notice,
    };
    let checked = checked(app, &desk, state.text.clone(), SEEDS_WRITING).await?;
    Ok(Html(page(app, &desk, state, checked)?).into_response())
}

/// `POST /author/{course}/{competency}/new`
pub(crate) async fn act_new(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((course, competency)): Path<(String, String)>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(fields) = form?;
    let desk = Desk::new(&app, signed_in, &course, &competency)?;
    act(&app, desk, &fields).await
}

/// `POST /author/item/{item}`
pub(crate) async fn act_item(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(item): Path<String>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(fields) = form?;
    let desk = Desk::of_item(&app, signed_in, &item)?;
    act(&app, desk, &fields).await
}

/// `POST /author/draft/{draft}`
pub(crate) async fn act_draft(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(draft): Path<String>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(fields) = form?;
    let desk = Desk::of_draft(&app, signed_in, &draft)?;
    act(&app, desk, &fields).await
}

/// What was sent, as the editor keeps it.
fn sent(desk: &Desk, fields: &Fields) -> Result<Editing, PageError> {
    let text = match field(fields, "view") {
        Some("fields") => {
            let base = field(fields, "base").ok_or(PageError::BadRequest)?;
            text_of(fields, &base.replace("\r\n", "\n"), &desk.competency)
        }
        _ => field(fields, "text")
            .ok_or(PageError::BadRequest)?
            .replace("\r\n", "\n"),
    };
    let look = field(fields, "look").unwrap_or_default();
    let seed = field(fields, "seed").and_then(|seed| seed.parse::<u64>().ok());
    let ticked = fields.iter().filter(|(name, _)| name == "seen");
    Ok(Editing {
        text,
        view: if field(fields, "view") == Some("fields") {
            "fields"
        } else {
            "text"
        },
        asked: Asked {
            seed: seed.unwrap_or(0).min(MOST_SEED),
            look: LOOKS
                .into_iter()
                .find(|known| *known == look)
                .unwrap_or(LOOKS[0]),
            blocked: false,
        },
        ticked: ticked.map(|(_, name)| name.clone()).collect(),
        notice: None,
    })
}

/// Does what the pressed button says.
async fn act(app: &App, desk: Desk, fields: &Fields) -> Result<Response, PageError> {
    let mut state = sent(&desk, fields)?;
    match field(fields, "action").unwrap_or_default() {
        "save" => {
            let (draft, _) = save(app, &desk, &state.text)?;
            let to = format!("/author/draft/{draft}?done=saved");
            return Ok(Redirect::to(&to).into_response());
        }
        "publish" => return publish_it(app, desk, state).await,
        "discard" => {
            if let Some(draft) = &desk.draft {
                app.store.discard_draft(&desk.viewer, draft.id)?;
            }
            return Ok(Redirect::to("/author?done=discarded").into_response());
        }
        "another" => state.asked.seed = (state.asked.seed + 1) % MOST_SEED,
        "as-text" => state.view = "text",
        "as-fields" => state.view = "fields",
        _ => {}
    }
    let checked = checked(app, &desk, state.text.clone(), SEEDS_WRITING).await?;
    let page = match field(fields, "part") {
        Some("live") => live(&app.words, &desk, &checked, &state)?.render()?,
        _ => page(app, &desk, state, checked)?,
    };
    Ok(Html(page).into_response())
}

/// Saves a version of the draft, which is made when there is none.
fn save(app: &App, desk: &Desk, text: &str) -> Result<(DraftId, u32), PageError> {
    let id = match &desk.draft {
        Some(draft) => draft.id,
        None => DraftId(app.new_id()?),
    };
    let save = SaveDraft {
        id,
        course: desk.course.clone(),
        competency: desk.competency.clone(),
        changes: desk.changes.clone(),
        text: text.to_owned(),
    };
    let number = app.store.save_draft(&desk.viewer, save, app.now())?;
    Ok((id, number))
}

/// A text, read and checked.
struct Checked {
    read: ItemText,
    findings: Vec<Finding>,
    /// What publishing it would do; nothing where it cannot be published.
    plan: Option<Plan>,
}

/// Reads and checks a text on a thread of its own: all variants are made and answered.
async fn checked(app: &App, desk: &Desk, text: String, seeds: u64) -> Result<Checked, PageError> {
    if text.len() > trellis_store::LONGEST_DRAFT {
        return Err(Refusal::TooLong.into());
    }
    let (catalog, id, mix_ups) = (app.store.catalog(), desk.course.clone(), desk.mix_ups());
    let check = move || {
        let course = catalog.course(&id)?;
        Some(check_item(&text, course, &mix_ups, CheckOptions { seeds }))
    };
    let checked = tokio::task::spawn_blocking(check).await;
    let checked = checked.map_err(|error| PageError::failed(&error))?;
    let (read, mut findings) = checked.ok_or(Refusal::NotFound)?;
    let plan = publish::plan(desk, &read);
    let plan = plan.map_err(|finding| findings.insert(0, *finding)).ok();
    Ok(Checked {
        read,
        findings,
        plan,
    })
}

fn live(
    words: &Words,
    desk: &Desk,
    checked: &Checked,
    state: &Editing,
) -> Result<Live, askama::Error> {
    let told = findings::told(words, &checked.read, &checked.findings, &state.ticked);
    let will = checked.plan.as_ref();
    let will = will.map_or_else(String::new, |plan| plan.will(words));
    Live::of(words, desk, &checked.read, told, will, state.asked)
}

fn page(app: &App, desk: &Desk, state: Editing, checked: Checked) -> Result<String, PageError> {
    let words = &app.words;
    let live = live(words, desk, &checked, &state)?;
    let wanted = state.view == "fields";
    let read = checked.read;
    let source = read.source.filter(|_| wanted);
    let source = source.filter(|text| WITH_FIELDS.contains(&text.kind));
    let no_fields = wanted && source.is_none();
    let comfort = match source {
        Some(source) => Some(Comfort::of(words, desk, source, read.mix_ups)?),
        None => None,
    };
    let saved = desk.draft.as_ref().map(|draft| {
        let (name, when) = said_by(words, draft.last.by.as_ref(), app.now(), draft.last.at);
        let number = [("number", f64::from(draft.last.number))];
        words.mixed("author-saved", &number, &[("name", &name), ("when", &when)])
    });
    let title = words.t(match desk.changes {
        Some(_) => "author-title-change",
        None => "author-title-new",
    });
    let page = Page {
        path: desk.path.clone(),
        skill: desk.skill(),
        course: desk.course()?.title.clone(),
        notice: state.notice,
        saved,
        versions: desk
            .draft
            .as_ref()
            .map(|draft| format!("/author/draft/{}/versions", draft.id)),
        view: if comfort.is_some() { "fields" } else { "text" },
        comfort,
        no_fields,
        text: state.text,
        seed: state.asked.seed,
        writes: desk.may.write,
        live: live.render()?,
        shell: frame(app, &desk.viewer, title)?.with_script("author.js"),
    };
    Ok(page.render()?)
}

/// Publishes, when nothing stands against it; else the page says what does.
async fn publish_it(app: &App, desk: Desk, mut state: Editing) -> Result<Response, PageError> {
    if !desk.may.publish {
        return Err(Refusal::NotYours.into());
    }
    let checked = checked(app, &desk, state.text.clone(), SEEDS_PUBLISHING).await?;
    let told: Vec<Told> =
        findings::told(&app.words, &checked.read, &checked.findings, &state.ticked);
    if findings::clear(&told)
        && let Some(plan) = checked.plan
    {
        let (draft, version) = save(app, &desk, &plan.text)?;
        let command = plan.command(&desk, draft, version);
        app.execute(desk.viewer.actor(), command).await?;
        let to = format!("/author/draft/{draft}?done=published");
        return Ok(Redirect::to(&to).into_response());
    }
    state.asked.blocked = true;
    let page = page(app, &desk, state, checked)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

fn choice(value: &str, label: String, chosen: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        chosen,
    }
}

impl Comfort {
    /// The fields of a question, and its own mix-ups, which may be chosen beside those of all courses.
    fn of(
        words: &Words,
        desk: &Desk,
        text: TemplateText,
        own: Vec<MixUp>,
    ) -> Result<Self, PageError> {
        let numbered = |key: &str, row: usize| {
            words.count(key, "number", u32::try_from(row + 1).unwrap_or(u32::MAX))
        };
        let rows = |key: &str, texts: &[String]| -> Vec<Row> {
            let blank = String::new();
            let all = texts.iter().chain([&blank]).enumerate();
            all.map(|(row, text)| Row {
                row,
                label: numbered(key, row),
                text: text.clone(),
            })
            .collect()
        };
        let mixes = |key: &str, rows: Vec<MixRow>| -> Vec<Mix> {
            let all = rows.into_iter().map(|row| Mix {
                label: numbered(key, row.row),
                row,
            });
            all.collect()
        };
        let kinds = WITH_FIELDS.into_iter().map(|kind| {
            let label = words.t(&format!("author-kind-{}", kind.name()));
            choice(kind.name(), label, kind == text.kind)
        });
        let levels = (1..=3_u8).map(|level| {
            let label = words.t(&format!("author-level-{level}"));
            choice(&level.to_string(), label, level == text.level)
        });
        let course = desk.course()?;
        let all = desk.mix_ups().into_iter().chain(own);
        let mut known: Vec<(String, String)> = all
            .map(|mix_up| (mix_up.id.to_string(), mix_up.title))
            .collect();
        known.sort_by(|a, b| a.0.cmp(&b.0));
        known.dedup_by(|a, b| a.0 == b.0);
        known.sort_by(|a, b| a.1.cmp(&b.1));
        let blank = [(String::new(), String::new())];
        let stories = text.contexts.iter();
        let stories = stories.map(|context| (context.interest.to_string(), context.stem.clone()));
        let stories = stories.chain(blank).enumerate();
        let lines = |pairs: &[(String, String)], sign: &str| -> String {
            let lines = pairs.iter().map(|(a, b)| format!("{a}{sign}{b}"));
            lines.collect::<Vec<_>>().join("\n")
        };
        Ok(Self {
            kind: text.kind.name(),
            kinds: kinds.collect(),
            levels: levels.collect(),
            forms: forms(words, &text),
            minutes: minutes(text.usual_seconds),
            parameters: lines(&text.parameters, ": "),
            conditions: text.conditions.join("\n"),
            entries: match text.sort.is_empty() {
                true => text.sequence.join("\n"),
                false => text.sort.join("\n"),
            },
            pairs: lines(&text.pairs, " -> "),
            options: mixes("author-option-number", option_rows(&text)),
            hints: rows("author-hint-number", &text.hints),
            steps: rows("author-step-number", &text.solution),
            mix_ups: mixes("author-mixup-number", mix_rows(&text)),
            stories: stories
                .map(|(row, (interest, stem))| Story {
                    row,
                    label: numbered("author-story-number", row),
                    interest,
                    stem,
                })
                .collect(),
            interests: course
                .interests
                .iter()
                .map(|interest| (interest.id.to_string(), interest.title.clone()))
                .collect(),
            known,
            text,
        })
    }
}

impl Comfort {
    /// Whether the answer is typed as mathematics.
    fn is_typed(&self) -> bool {
        matches!(
            self.text.kind,
            InteractionKind::Numeric
                | InteractionKind::Fraction
                | InteractionKind::Expression
                | InteractionKind::Equation
        )
    }

    /// Whether the key is a text with values in it, and not an expression over the parameters.
    fn is_expression(&self) -> bool {
        matches!(
            self.text.kind,
            InteractionKind::Expression | InteractionKind::Equation
        )
    }

    /// Whether mix-ups belong to options.
    fn has_options(&self) -> bool {
        matches!(
            self.text.kind,
            InteractionKind::Choice | InteractionKind::MultipleChoice
        )
    }

    /// Whether slips of the pen are forgiven.
    fn is_close(&self) -> bool {
        self.text.parts.spelling.as_deref() == Some("close")
    }
}

/// The forms that may be asked for.
fn forms(words: &Words, text: &TemplateText) -> Vec<Choice> {
    let names: &[&str] = match text.kind {
        InteractionKind::Fraction => &["any", "simplest", "mixed"],
        InteractionKind::Expression => &["any", "expanded", "factored"],
        _ => &[],
    };
    let now = text.form.as_deref().unwrap_or("any");
    let all = names.iter().map(|name| {
        let label = words.t(&format!("author-form-{name}"));
        choice(name, label, *name == now)
    });
    all.collect()
}

/// Minutes with as many decimals as are needed.
fn minutes(seconds: u32) -> String {
    let text = format!("{:.2}", f64::from(seconds) / 60.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
