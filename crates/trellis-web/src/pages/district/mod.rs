//! The district in figures, for its leaders: sections, never learners; too few people are not shown.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::read::SectionFigures;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::words::Words;

/// With fewer active learners than this, figures would speak about single children.
const LEAST_ACTIVE: u32 = 5;

/// A section's row.
struct Row {
    title: String,
    learners: String,
    /// Active learners, responses, mastered; `None` when too few are active.
    figures: Option<[String; 3]>,
}

#[derive(Template)]
#[template(path = "pages/district/district.html")]
struct Page {
    shell: Shell,
    lead: String,
    rows: Vec<Row>,
    few: String,
}

/// `GET /district`
pub(crate) async fn page(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
) -> Result<Html<String>, PageError> {
    if !matches!(viewer.role(), Role::Leader | Role::Operator) {
        return Err(Refusal::NotYours.into());
    }
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
        few: words.count("district-few-note", "least", LEAST_ACTIVE),
        shell: Shell::of(words, title, &viewer, "/district"),
    };
    Ok(Html(page.render()?))
}

fn row(words: &Words, section: &SectionFigures) -> Row {
    let figures = (section.active >= LEAST_ACTIVE).then(|| {
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
        ]
    });
    Row {
        title: section.title.clone(),
        learners: section.learners.to_string(),
        figures,
    }
}

/// One sentence about all sections that may be shown. Sections with too few active learners are left out of the sums,
/// since a sum and its parts would give them away.
fn lead(words: &Words, sections: &[SectionFigures]) -> String {
    let shown = sections
        .iter()
        .filter(|section| section.active >= LEAST_ACTIVE);
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
            responses: 777,
            mastered: 33,
        }
    }

    #[test]
    fn too_few_active_learners_are_shown_nowhere() {
        let words = Words::english();
        assert!(row(&words, &section(4)).figures.is_none());
        assert!(row(&words, &section(5)).figures.is_some());
        let told = lead(&words, &[section(4), section(6)]);
        assert!(told.contains("777") && told.contains("33"), "{told}");
        assert!(!told.contains("1,554") && !told.contains("1554"), "{told}");
        assert!(!lead(&words, &[section(4)]).contains("777"));
    }
}
