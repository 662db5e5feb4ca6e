//! What students made and keep: their own page, and what they share on the pages of teachers and families.

mod file;

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Multipart, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::agreed::Feature;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{ArtifactId, PersonId};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::{
    Artifact, ArtifactText, LONGEST_ARTIFACT_TEXT, LONGEST_ARTIFACT_TITLE, LONGEST_WORD,
    OwnProject, SharedWith, Viewer,
};

pub(crate) use file::{FileView, new_file, read, text_of};

use crate::app::App;
use crate::choice::{Unit, units};
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::multipart::{self, Part};
use crate::pages::evidence::section_of;
use crate::pages::matters::lines;
use crate::pages::teacher_today::{Here, person_id, shell_for};
use crate::reasons::title_of;
use crate::session::SignedIn;
use crate::words::Words;

/// In how many places of the form something can be tied to a skill.
const TIES: usize = 3;

/// A word of a teacher.
struct WordView {
    who: String,
    said: Vec<String>,
}

/// Something that a student made.
struct Piece {
    id: String,
    title: String,
    when: String,
    said: Vec<String>,
    reflection: Vec<String>,
    skills: Vec<String>,
    file: Option<FileView>,
    /// Who sees it, in words; on the student's own page.
    shared: Option<String>,
    words: Vec<WordView>,
}

fn shared_words(words: &Words, shared: SharedWith) -> String {
    words.t(match (shared.school, shared.family) {
        (true, true) => "work-shared-both",
        (true, false) => "work-shared-school",
        (false, true) => "work-shared-family",
        (false, false) => "work-shared-nobody",
    })
}

fn piece(app: &App, artifact: &Artifact, own: bool) -> Piece {
    let (words, catalog) = (&app.words, app.store.catalog());
    let said = |word: &trellis_store::ArtifactWord| {
        let name = word.by.as_ref().map_or_else(
            || words.t("work-word-somebody"),
            |name| format!("{} {}", name.given, name.family),
        );
        let day = day::in_words(word.at, words);
        WordView {
            who: words.mixed("work-word-by", &[], &[("name", &name), ("day", &day)]),
            said: lines(&word.said),
        }
    };
    Piece {
        id: artifact.id.to_string(),
        title: artifact.text.title.clone(),
        when: day::in_words(artifact.made_at, words),
        said: lines(&artifact.text.said),
        reflection: lines(&artifact.text.reflection),
        skills: artifact
            .text
            .competencies
            .iter()
            .map(|id| title_of(&catalog, id))
            .collect(),
        file: artifact.file.as_ref().map(FileView::of),
        shared: own.then(|| shared_words(words, artifact.text.shared)),
        words: artifact.words.iter().map(said).collect(),
    }
}

/// A project in a list.
struct ProjectLine {
    href: String,
    title: String,
    line: String,
}

fn project_line(words: &Words, own: &OwnProject) -> ProjectLine {
    let done = own.standing.handed_in.len();
    let all = own.given.project.checkpoints.len();
    let line = match (&own.standing.score, own.given.ended_at) {
        (Some(_), _) => words.t("project-scored-line"),
        (None, Some(_)) => words.t("project-over-line"),
        (None, None) => words.mixed(
            "project-open-line",
            &[
                ("done", f64::from(crate::words::small(done))),
                ("all", f64::from(crate::words::small(all))),
            ],
            &[],
        ),
    };
    ProjectLine {
        href: format!("/projects/{}", own.given.id),
        title: own.given.project.title.clone(),
        line,
    }
}

/// What the form begins with.
struct Writing {
    id: String,
    title: String,
    said: String,
    reflection: String,
    school: bool,
    family: bool,
    file: Option<FileView>,
    /// The skills to choose from, once for each tie.
    ties: Vec<Vec<Unit>>,
    heading: String,
    longest_title: usize,
    longest_text: usize,
}

impl Writing {
    fn of(
        app: &App,
        viewer: &Viewer,
        id: ArtifactId,
        text: &ArtifactText,
        file: Option<FileView>,
        heading: &str,
    ) -> Result<Self, PageError> {
        let catalog = app.store.catalog();
        let state = app.store.learner_map(viewer, viewer.person())?.state;
        let tie = |place: usize| {
            let courses = state.courses.iter().filter_map(|id| catalog.course(id));
            units(courses, text.competencies.get(place), |_| true)
        };
        Ok(Self {
            id: id.to_string(),
            title: text.title.clone(),
            said: text.said.clone(),
            reflection: text.reflection.clone(),
            school: text.shared.school,
            family: text.shared.family,
            file,
            ties: (0..TIES.max(text.competencies.len())).map(tie).collect(),
            heading: app.words.t(heading),
            longest_title: LONGEST_ARTIFACT_TITLE,
            longest_text: LONGEST_ARTIFACT_TEXT,
        })
    }
}

#[derive(Template)]
#[template(path = "pages/work/work.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    back: Option<(String, String)>,
    lead: String,
    none: String,
    pieces: Vec<Piece>,
    /// The student's own.
    own: bool,
    projects: Vec<ProjectLine>,
    /// A new one, on the student's own page.
    writing: Option<Writing>,
    /// Where a teacher says something.
    say: Option<String>,
    longest_word: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

const DONE: [&str; 3] = ["kept", "dropped", "said"];

/// `GET /portfolio`
pub(crate) async fn own(
    State(app): State<App>,
    signed_in: SignedIn,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let words = app.words.clone();
    let seen = app.store.work(&viewer, viewer.person())?;
    let projects = match app.store.agreed()?.is_on(Feature::Projects) {
        true => app.store.own_projects(&viewer)?,
        false => Vec::new(),
    };
    let id = ArtifactId(app.new_id()?);
    let nothing = ArtifactText::default();
    let page = Page {
        done: words.done("work", &DONE, asked.done.as_deref()),
        back: None,
        lead: words.t("work-lead"),
        none: words.t("work-none"),
        pieces: seen
            .artifacts
            .iter()
            .map(|one| piece(&app, one, true))
            .collect(),
        own: true,
        projects: projects
            .iter()
            .map(|own| project_line(&words, own))
            .collect(),
        writing: Some(Writing::of(&app, &viewer, id, &nothing, None, "work-new")?),
        say: None,
        longest_word: LONGEST_WORD,
        shell: Shell::of(words.clone(), words.t("work-title"), &viewer, "/portfolio")
            .named(&seen.learner.given),
    };
    Ok(Html(page.render()?))
}

/// `GET /teach/learner/{learner}/portfolio` and `GET /family/{learner}/portfolio`: what is shared with who asks.
pub(crate) async fn of_one(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(learner): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let learner = person_id(&learner)?;
    let words = app.words.clone();
    let seen = app.store.work(&viewer, learner)?;
    let short = seen.learner.short();
    let title = words.one("work-title-of", "name", &short);
    let (shell, back, say) = match viewer.role() {
        Role::Teacher => {
            let shell = match section_of(&app, &viewer, learner)? {
                Some(section) => shell_for(&app, title, &viewer, &section, Here::Elsewhere)?,
                None => Shell::of(words.clone(), title, &viewer, ""),
            };
            let back = (format!("/teach/learner/{learner}"), short);
            let say = format!("/teach/learner/{learner}/portfolio");
            (shell, back, Some(say))
        }
        _ => {
            let shell = Shell::of(words.clone(), title, &viewer, "/family");
            let back = (format!("/family/{learner}"), words.t("plan-back-family"));
            (shell, back, None)
        }
    };
    let page = Page {
        done: words.done("work", &DONE, asked.done.as_deref()),
        back: Some(back),
        lead: words.one("work-lead-of", "name", &seen.learner.given),
        none: words.t("work-none-shared"),
        pieces: seen
            .artifacts
            .iter()
            .map(|one| piece(&app, one, false))
            .collect(),
        own: false,
        projects: Vec::new(),
        writing: None,
        say,
        longest_word: LONGEST_WORD,
        shell,
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/work/change.html")]
struct Changing {
    shell: Shell,
    writing: Writing,
}

fn artifact_id(text: &str) -> Result<ArtifactId, PageError> {
    ArtifactId::parse(text).map_err(|_| Refusal::NotFound.into())
}

/// `GET /portfolio/{artifact}`
pub(crate) async fn one(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(artifact): Path<String>,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let id = artifact_id(&artifact)?;
    let words = app.words.clone();
    let seen = app.store.work(&viewer, viewer.person())?;
    let mut artifacts = seen.artifacts.iter();
    let found = artifacts
        .find(|one| one.id == id)
        .ok_or(Refusal::NotFound)?;
    let file = found.file.as_ref().map(FileView::of);
    let page = Changing {
        writing: Writing::of(&app, &viewer, id, &found.text, file, "work-change")?,
        shell: Shell::of(
            words.clone(),
            found.text.title.clone(),
            &viewer,
            "/portfolio",
        )
        .named(&seen.learner.given),
    };
    Ok(Html(page.render()?))
}

fn artifact_text(parts: &[Part]) -> Result<ArtifactText, PageError> {
    let ticked = |name: &str| parts.iter().any(|part| part.name == name);
    let mut competencies: Vec<CompetencyId> = Vec::new();
    for part in parts.iter().filter(|part| part.name == "competency") {
        let text = std::str::from_utf8(&part.bytes).map_err(|_| PageError::BadRequest)?;
        if text.is_empty() {
            continue;
        }
        let id = CompetencyId::new(text).map_err(|_| PageError::BadRequest)?;
        if !competencies.contains(&id) {
            competencies.push(id);
        }
    }
    Ok(ArtifactText {
        title: text_of(parts, "title")?,
        said: text_of(parts, "said")?,
        reflection: text_of(parts, "reflection")?,
        competencies,
        shared: SharedWith {
            school: ticked("school"),
            family: ticked("family"),
        },
    })
}

/// `POST /portfolio`: something new, or something changed.
pub(crate) async fn keep(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let parts = multipart::parts(form).await?;
    let id = ArtifactId::parse(&text_of(&parts, "id")?).map_err(|_| PageError::BadRequest)?;
    let text = artifact_text(&parts)?;
    let file = new_file(&parts)?;
    app.store
        .keep_artifact(&viewer, id, text, file, app.now())?;
    Ok(Redirect::to(&format!("/portfolio?done=kept#a-{id}")))
}

/// `POST /portfolio/{artifact}/drop`
pub(crate) async fn drop_one(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(artifact): Path<String>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    app.store.drop_artifact(&viewer, artifact_id(&artifact)?)?;
    Ok(Redirect::to("/portfolio?done=dropped"))
}

/// A word about a piece.
#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    artifact: String,
    #[serde(default)]
    said: String,
}

/// `POST /teach/learner/{learner}/portfolio`
pub(crate) async fn say(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(learner): Path<String>,
    form: Result<Form<Said>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(said) = form?;
    let asked: PersonId = person_id(&learner)?;
    let id = artifact_id(&said.artifact)?;
    let whose = app
        .store
        .say_of_artifact(&viewer, id, &said.said, app.now())?;
    if whose != asked {
        return Err(Refusal::NotFound.into());
    }
    Ok(Redirect::to(&format!(
        "/teach/learner/{learner}/portfolio?done=said#a-{id}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_has_words() {
        for done in DONE {
            assert!(Words::english().has(&format!("work-done-{done}")));
        }
    }
}
