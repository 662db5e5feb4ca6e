//! Why: one decision in words, from what was stored with it.

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Html;
use trellis_core::catalog::Catalog;
use trellis_core::event::Event;
use trellis_core::framework::CompetencyId;
use trellis_core::id::Seq;
use trellis_core::recommendation::{Purpose, Recommendation};

use crate::app::App;
use crate::chance::{self, filled, tenths};
use crate::error::PageError;
use crate::layout::Shell;
use crate::reasons::{self, Reader, title_of};
use crate::session::SignedIn;
use crate::words::Words;

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
    };
    Ok(Html(page.render()?))
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
        Event::Revealed { competency, .. } => told("why-revealed", competency),
        Event::Mastered { competency, .. } => told("why-mastered", competency),
        Event::Doubted { competency, .. } => told("why-doubted", competency),
        Event::Directed { directive, .. } => told("why-directed", directive.kind.competency()),
        Event::ProofEnded {
            competency, right, ..
        } => Some(words.mixed(
            "why-proof",
            &[("right", f64::from(*right))],
            &[("title", &title_of(catalog, competency))],
        )),
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
