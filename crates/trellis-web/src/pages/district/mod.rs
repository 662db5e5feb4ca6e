//! The district in figures, for its leaders: sections, never learners; too few people are not shown. And who of the
//! staff and the families is locked out, to let them in again.

pub(crate) mod erase;
mod gaps;
pub(crate) mod records;

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{Html, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::shown::LEAST_SHOWN;
use trellis_store::Viewer;
use trellis_store::read::{LockedOut, ReadError, SectionFigures};

use crate::app::App;
use crate::csv::Csv;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::words::{Words, small};

/// With fewer active learners than this, figures would speak about single children.
const LEAST_ACTIVE: u32 = 5;

/// So many standard errors on each side hold 8 of 10 averages, where they spread as a bell.
const EIGHT_IN_TEN: f64 = 1.2816;

/// A section's row.
struct Row {
    title: String,
    learners: String,
    /// Active learners, responses, mastered, growth with its doubt; `None` when too few are active.
    figures: Option<[String; 4]>,
}

#[derive(Template)]
#[template(path = "pages/district/district.html")]
struct Page {
    shell: Shell,
    lead: String,
    rows: Vec<Row>,
    few: String,
    courses: Vec<gaps::Course>,
    released: bool,
    ended: Option<String>,
    stands_out: bool,
    /// Whether the reader leads the district, and does not run its machine.
    leads: bool,
    locked: Vec<Locked>,
}

/// Somebody who cannot sign in until a leader says so.
struct Locked {
    id: String,
    words: String,
    label: String,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    released: bool,
    done: Option<String>,
}

/// What can have come of ending sign-ins.
const DONE: [&str; 2] = ["ended", "nobody"];

/// The viewer, when they lead the district or run its machine.
pub(crate) fn leads(SignedIn(viewer): SignedIn) -> Result<Viewer, PageError> {
    match viewer.role() {
        Role::Leader | Role::Operator => Ok(viewer),
        Role::Learner | Role::Guardian | Role::Teacher => Err(Refusal::NotYours.into()),
    }
}

/// `GET /district`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = leads(signed_in)?;
    let Query(Done { released, done }) = query?;
    let view = app.store.district_view(&viewer, app.now())?;
    let words = app.words.clone();
    let title = words.t("district-title");
    let page = Page {
        lead: lead(&words, &view.sections),
        rows: view
            .sections
            .iter()
            .map(|section| row(&words, section))
            .collect(),
        released,
        ended: words.done("district-signed", &DONE, done.as_deref()),
        stands_out: records::stands_out(&app, &viewer)?,
        locked: app
            .store
            .locked_out(&viewer)?
            .iter()
            .map(|found| locked(&words, found))
            .collect(),
        few: few(&words),
        leads: viewer.role() == Role::Leader,
        courses: gaps::courses(&words, &view.gaps),
        shell: Shell::of(words, title, &viewer, "/district")
            .named(&app.store.own_name(&viewer)?.given),
    };
    Ok(Html(page.render()?))
}

/// `GET /district/sections.csv`: the first table of the page, with the same gaps.
pub(crate) async fn sections(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = leads(signed_in)?;
    let view = app.store.district_view(&viewer, app.now())?;
    Ok(csv(&app.words, &view.sections).saved_as("classes"))
}

/// A line for each class; where the page hides figures, so does the table.
fn csv(words: &Words, sections: &[SectionFigures]) -> Csv {
    let mut table = Csv::new(&words.all(&[
        "district-section",
        "district-students",
        "district-active-heading",
        "district-responses",
        "district-mastered",
        "district-growth-heading",
    ]));
    for section in sections {
        let Row {
            title,
            learners,
            figures,
        } = row(words, section);
        let few = || [(); 4].map(|()| words.t("district-few"));
        let mut line = vec![title, learners];
        line.extend(figures.unwrap_or_else(few));
        table.row(&line);
    }
    table
}

/// `GET /district/gaps.csv`: how classes of the same course differ.
pub(crate) async fn gaps_csv(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = leads(signed_in)?;
    let view = app.store.district_view(&viewer, app.now())?;
    let courses = gaps::courses(&app.words, &view.gaps);
    Ok(gaps::csv(&app.words, &courses).saved_as("gaps"))
}

/// What is left out.
fn few(words: &Words) -> String {
    let numbers = [
        ("least", f64::from(small(LEAST_SHOWN))),
        ("active", f64::from(LEAST_ACTIVE)),
    ];
    words.mixed("district-few-note", &numbers, &[])
}

/// Whether figures of a section would speak about enough learners, and not of those alone who answered.
fn may_show(section: &SectionFigures) -> bool {
    section.shown && section.active >= LEAST_ACTIVE
}

fn locked(words: &Words, found: &LockedOut) -> Locked {
    let name = format!("{} {}", found.name.given, found.name.family);
    let key = format!("district-locked-{}", found.role.name());
    Locked {
        id: found.name.id.to_string(),
        words: words.one(&key, "name", &name),
        label: words.one("district-release-label", "name", &name),
    }
}

/// Whom to let try again.
#[derive(Debug, Deserialize)]
pub(crate) struct Release {
    person: String,
}

/// `POST /district/release`
pub(crate) async fn release(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Release>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Release { person }) = form?;
    let viewer = leads(signed_in)?;
    let person = PersonId::parse(&person).map_err(|_| Refusal::NotFound)?;
    app.store.release(&viewer, person)?;
    Ok(Redirect::to("/district?released=true"))
}

/// Whose sign-ins end, by the school's own id.
#[derive(Debug, Deserialize)]
pub(crate) struct EndOf {
    person: String,
}

/// `POST /district/end-sign-ins`
pub(crate) async fn end_sign_ins(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<EndOf>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(EndOf { person }) = form?;
    let viewer = leads(signed_in)?;
    let done = match app.store.end_sign_ins_of(&viewer, person.trim()) {
        Err(ReadError::Refused(Refusal::NotFound)) => "nobody",
        ended => {
            ended?;
            "ended"
        }
    };
    Ok(Redirect::to(&format!("/district?done={done}")))
}

fn row(words: &Words, section: &SectionFigures) -> Row {
    let figures = may_show(section).then(|| {
        [
            words.mixed(
                "district-active",
                &[
                    ("active", f64::from(section.active)),
                    ("all", f64::from(section.learners)),
                ],
                &[],
            ),
            section.responses.to_string(),
            section.mastered.to_string(),
            growth(words, &section.grown),
        ]
    });
    Row {
        title: section.title.clone(),
        learners: section.learners.to_string(),
        figures,
    }
}

/// What a student of a section has mastered in four weeks, on average, with the range in which the average of other four
/// weeks like these would lie 8 times in 10. A few students leave a wide range, and that is what it says.
fn growth(words: &Words, grown: &[u32]) -> String {
    let count = grown.len() as f64;
    if grown.len() < 2 {
        return words.t("district-few");
    }
    let mean = grown.iter().map(|one| f64::from(*one)).sum::<f64>() / count;
    let squares = grown.iter().map(|one| (f64::from(*one) - mean).powi(2));
    let error = (squares.sum::<f64>() / (count - 1.0) / count).sqrt();
    let said = |number: f64| format!("{:.1}", number.max(0.0));
    let range = EIGHT_IN_TEN * error;
    words.with(
        "district-growth",
        &[
            ("mean", &said(mean)),
            ("low", &said(mean - range)),
            ("high", &said(mean + range)),
        ],
    )
}

/// One sentence about all sections that may be shown. The others are left out of the sums, since a sum and its parts would give them away.
fn lead(words: &Words, sections: &[SectionFigures]) -> String {
    let shown = sections.iter().filter(|section| may_show(section));
    let mut sums = [0f64; 4];
    for section in shown {
        let parts = [
            section.active,
            section.learners,
            section.responses,
            section.mastered,
        ];
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += f64::from(part);
        }
    }
    if sums[1] == 0.0 {
        return words.t("district-lead-none");
    }
    let numbers = [
        ("active", sums[0]),
        ("all", sums[1]),
        ("responses", sums[2]),
        ("mastered", sums[3]),
    ];
    words.mixed("district-lead", &numbers, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use trellis_core::id::SectionId;

    fn section(active: u32) -> SectionFigures {
        SectionFigures {
            id: SectionId(1),
            title: "5A".into(),
            learners: 20,
            active,
            shown: true,
            responses: 777,
            mastered: 33,
            grown: vec![1, 2, 3, 4, 5],
        }
    }

    #[test]
    fn growth_says_how_sure_it_is() {
        let words = Words::english();
        // Mean 3, deviation 1.58, standard error 0.707: 0.91 on each side.
        assert_eq!(growth(&words, &[1, 2, 3, 4, 5]), "3.0 (2.1 to 3.9)");
        assert_eq!(growth(&words, &[3; 40]), "3.0 (3.0 to 3.0)");
        assert_eq!(growth(&words, &[9]), words.t("district-few"));
    }

    #[test]
    fn too_few_active_learners_are_shown_nowhere() {
        let words = Words::english();
        assert!(row(&words, &section(4)).figures.is_none());
        assert!(row(&words, &section(5)).figures.is_some());
        let hidden = SectionFigures {
            shown: false,
            ..section(20)
        };
        assert!(row(&words, &hidden).figures.is_none());
        assert!(!lead(&words, &[hidden]).contains("777"));
        let told = lead(&words, &[section(4), section(6)]);
        assert!(told.contains("777") && told.contains("33"), "{told}");
        assert!(!told.contains("1,554") && !told.contains("1554"), "{told}");
        assert!(!lead(&words, &[section(4)]).contains("777"));
        let table = csv(&words, &[section(4), section(5)]).into_text();
        let few = words.t("district-few");
        let hidden = format!("\"5A\",\"20\"{}", format!(",\"{few}\"").repeat(4));
        assert_eq!(table.lines().nth(1), Some(hidden.as_str()), "{table}");
        assert_eq!(table.matches("777").count(), 1, "{table}");
    }
}
