//! Why: one decision in words, from what was stored with it.

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Html;
use trellis_core::catalog::Catalog;
use trellis_core::estimate::{Believed, LearnerState};
use trellis_core::event::Event;
use trellis_core::framework::CompetencyId;
use trellis_core::id::Seq;
use trellis_core::mastery;
use trellis_core::model::RunningModel;
use trellis_core::people::Role;
use trellis_core::recommendation::{Purpose, Recommendation};

use crate::app::App;
use crate::chance::{self, filled, tenths};
use crate::error::PageError;
use crate::layout::Shell;
use crate::parts;
use crate::reasons::{self, Reader, title_of};
use crate::session::SignedIn;
use crate::words::{Words, small};

/// Something that was weighed.
struct Weighed {
    title: String,
    purpose: String,
    /// 0 to 10, against the best.
    blocks: Vec<bool>,
    worth: String,
    chosen: bool,
}

/// A stop that was advised.
struct Stop {
    title: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/why/why.html")]
struct WhyPage {
    shell: Shell,
    number: String,
    facts: Vec<String>,
    stops: Vec<Stop>,
    weighed: Vec<Weighed>,
    versions: Option<String>,
    /// What moved the chance that stands in the decision.
    parts: Option<Parts>,
}

/// What a chance is made of.
struct Parts {
    title: String,
    lines: Vec<String>,
    ahead: Option<String>,
    /// Said where another model ran then.
    note: Option<String>,
}

/// `GET /why/{decision}`
pub(crate) async fn page(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    decision: Result<Path<u64>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(number) = decision?;
    // The number may be that of any event in the decision.
    let found = app.store.decision(Seq(number))?;
    let decision = found.first().map_or(Seq(number), |first| first.decision);
    let events = app.store.explanation(&viewer, decision)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let facts = events
        .iter()
        .filter_map(|recorded| fact(words, &catalog, &recorded.event))
        .collect();
    let believed = events.iter().find_map(|recorded| believed(&recorded.event));
    let parts = match believed {
        Some((competency, after)) => {
            let state = app.store.believed_after(&viewer, decision)?;
            // Only a family is told of the child by name.
            let name = match viewer.role() {
                Role::Guardian => {
                    let week = app.store.family_week(&viewer, state.learner, app.now())?;
                    week.learner.name.given
                }
                _ => String::new(),
            };
            let reader = match viewer.role() {
                Role::Teacher => Reader::Teacher,
                Role::Guardian => Reader::Family(&name),
                _ => Reader::Student,
            };
            let model = app.store.model_as_of(decision)?;
            let title = title_of(&catalog, competency);
            Some(made_of(
                words,
                &model,
                reader,
                &state,
                (competency, title.as_str()),
                after,
            ))
        }
        None => None,
    };
    let advice = events.iter().find_map(|recorded| match &recorded.event {
        Event::Advised { recommendation, .. } => Some(recommendation),
        _ => None,
    });
    let page = WhyPage {
        shell: Shell::of(
            app.words.clone(),
            words.t("why-page-title"),
            &viewer,
            "/why",
        )
        .named(&app.store.own_name(&viewer)?.given),
        number: words.one("why-number", "number", &decision.to_string()),
        facts,
        stops: advice
            .map(|advice| stops(words, &catalog, advice))
            .unwrap_or_default(),
        weighed: advice
            .map(|advice| weighed(words, &catalog, advice))
            .unwrap_or_default(),
        versions: advice.map(|advice| {
            let parts = [
                ("policy", advice.versions.policy.as_str()),
                ("model", advice.versions.model.as_str()),
            ];
            words.with("why-versions", &parts)
        }),
        parts,
    };
    Ok(Html(page.render()?))
}

/// What was believed after an event that says so, and about what.
fn believed(event: &Event) -> Option<(&CompetencyId, &Believed)> {
    match event {
        Event::Responded {
            competency, after, ..
        }
        | Event::Scored {
            competency, after, ..
        }
        | Event::ScoreUndone {
            competency, after, ..
        }
        | Event::Revealed {
            competency, after, ..
        } => Some((competency, after)),
        _ => None,
    }
}

/// The parts of a stored chance, said again from the events before it by the model that ran then; nothing where that does
/// not come to the very same chance.
fn made_of(
    words: &Words,
    model: &RunningModel,
    reader: Reader<'_>,
    state: &LearnerState,
    (id, title): (&CompetencyId, &str),
    stored: &Believed,
) -> Parts {
    let title = words.one("part-heading-of", "title", title);
    let prediction = mastery::explained(model, state, id);
    if prediction.probability.get().to_bits() != stored.next_right.to_bits() {
        return Parts {
            title,
            lines: Vec::new(),
            ahead: None,
            note: Some(words.t("part-other-model")),
        };
    }
    Parts {
        title,
        lines: parts::said(words, reader, &prediction),
        ahead: Some(parts::ahead(words, model, reader, state, id)),
        note: None,
    }
}

fn fact(words: &Words, catalog: &Catalog, event: &Event) -> Option<String> {
    let told = |key: &str, id: &CompetencyId| Some(words.one(key, "title", &title_of(catalog, id)));
    match event {
        Event::Responded {
            competency,
            score,
            before,
            after,
            ..
        } => {
            let key = if score.right {
                "why-responded-right"
            } else {
                "why-responded-not-yet"
            };
            let texts = [
                ("from", chance::figure(words, before.next_right)),
                ("to", chance::figure(words, after.next_right)),
                ("title", title_of(catalog, competency)),
            ];
            Some(words.with(
                key,
                &texts.each_ref().map(|(name, text)| (*name, text.as_str())),
            ))
        }
        Event::HandedIn { competency, .. } => told("why-handed-in", competency),
        Event::Scored {
            competency,
            before,
            after,
            ..
        } => {
            let (from, to) = (
                chance::figure(words, before.next_right),
                chance::figure(words, after.next_right),
            );
            let title = title_of(catalog, competency);
            let texts = [("from", from.as_str()), ("to", &to), ("title", &title)];
            Some(words.with("why-scored", &texts))
        }
        Event::ScoreUndone { competency, .. } => told("why-score-undone", competency),
        Event::ProjectScored { title, .. } => Some(words.one("why-project", "title", title)),
        Event::Rescored { competency, .. } => told("why-rescored", competency),
        Event::Revealed { competency, .. } => told("why-revealed", competency),
        Event::Mastered { competency, .. } => told("why-mastered", competency),
        Event::Doubted { competency, .. } => told("why-doubted", competency),
        Event::Consented { .. } => Some(words.t("why-consented")),
        Event::Directed { directive, .. } => match directive.kind.competency() {
            Some(about) => told("why-directed", about),
            None => Some(words.t("why-fixed-path")),
        },
        Event::ProofEnded {
            competency,
            right,
            done,
            ..
        } => Some(words.mixed(
            "why-proof",
            &[("right", f64::from(*right)), ("done", f64::from(*done))],
            &[("title", &title_of(catalog, competency))],
        )),
        Event::PlacementEnded { asked, known, .. } if !asked.is_empty() => {
            let count = |number: usize| f64::from(small(number));
            let numbers = [("asked", count(asked.len())), ("known", count(known.len()))];
            Some(words.mixed("placement-fact", &numbers, &[]))
        }
        _ => None,
    }
}

fn stops(words: &Words, catalog: &Catalog, advice: &Recommendation) -> Vec<Stop> {
    let title = |stop: &trellis_core::recommendation::Stop| match &stop.competency {
        Some(id) => title_of(catalog, id),
        None => words.t("today-pick"),
    };
    advice
        .stops
        .iter()
        .map(|stop| Stop {
            title: title(stop),
            lines: reasons::lines(words, catalog, Reader::Student, &stop.reasons),
        })
        .collect()
}

fn weighed(words: &Words, catalog: &Catalog, advice: &Recommendation) -> Vec<Weighed> {
    let best = advice
        .considered
        .first()
        .map_or(1.0, |best| best.score)
        .max(f64::MIN_POSITIVE);
    let considered = advice.considered.iter().take(12);
    considered
        .map(|considered| Weighed {
            title: title_of(catalog, &considered.competency),
            purpose: words.t(if considered.purpose == Purpose::Review {
                "why-to-review"
            } else {
                "why-to-learn"
            }),
            blocks: filled(tenths(considered.score / best)),
            worth: words.count("why-worth", "tenths", tenths(considered.score / best)),
            chosen: advice
                .stops
                .iter()
                .any(|stop| stop.competency.as_ref() == Some(&considered.competency)),
        })
        .collect()
}
