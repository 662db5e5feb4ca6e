//! Today's advice for a student as the teacher reads it: the stops with their reasons, and what else was weighed.

use trellis_core::catalog::Catalog;
use trellis_core::event::{Event, Recorded};
use trellis_core::id::Seq;
use trellis_core::recommendation::{Purpose, Recommendation, Stop, Term};

use crate::reasons::{self, Reader, title_of, titles_of};
use crate::words::{Words, small};

/// Candidates that the page lists; the rest is counted.
const CONSIDERED_SHOWN: usize = 12;

/// A stop of today.
pub(crate) struct StopView {
    pub(crate) purpose: String,
    pub(crate) title: String,
    pub(crate) minutes: String,
    pub(crate) reasons: Vec<String>,
}

/// Something that was weighed.
pub(crate) struct ConsideredView {
    pub(crate) title: String,
    pub(crate) purpose: String,
    pub(crate) score: String,
    pub(crate) terms: String,
    pub(crate) taken: bool,
}

/// The advice.
pub(crate) struct AdviceView {
    pub(crate) stops: Vec<StopView>,
    pub(crate) considered: Vec<ConsideredView>,
    pub(crate) more: Option<String>,
    pub(crate) versions: String,
}

/// What a change did to the stops.
pub(crate) struct Change {
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
}

fn purpose_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Learn => "teach-purpose-learn",
        Purpose::Review => "teach-purpose-review",
        Purpose::Choice => "teach-purpose-choice",
        Purpose::Proof => "teach-purpose-proof",
        Purpose::Lesson => "teach-purpose-lesson",
        Purpose::Placement => "teach-purpose-placement",
        Purpose::Assigned => "teach-purpose-assigned",
    }
}

fn stop_title(words: &Words, catalog: &Catalog, stop: &Stop) -> String {
    match &stop.competency {
        Some(id) => title_of(catalog, id),
        None => words.one(
            "teach-stop-choice",
            "skills",
            &titles_of(catalog, &stop.choices),
        ),
    }
}

fn term_words(words: &Words, term: Term) -> String {
    let key = match term {
        Term::Gain(_) => "teach-term-gain",
        Term::Averted(_) => "teach-term-averted",
        Term::Opening(_) => "teach-term-opening",
        Term::Continuing(_) => "teach-term-continuing",
        Term::Asked(_) => "teach-term-asked",
    };
    words.one(key, "value", &format!("{:.3}", term.value()))
}

/// The advice in words.
pub(crate) fn view(words: &Words, catalog: &Catalog, advice: &Recommendation) -> AdviceView {
    let stops = advice
        .stops
        .iter()
        .map(|stop| StopView {
            purpose: words.t(purpose_key(stop.purpose)),
            title: match &stop.competency {
                Some(id) => title_of(catalog, id),
                None => titles_of(catalog, &stop.choices),
            },
            minutes: words.count("teach-about-minutes", "minutes", stop.minutes),
            reasons: reasons::lines(words, catalog, Reader::Teacher, &stop.reasons),
        })
        .collect();
    let considered = advice
        .considered
        .iter()
        .take(CONSIDERED_SHOWN)
        .map(|candidate| {
            let terms: Vec<String> = candidate
                .terms
                .iter()
                .map(|term| term_words(words, *term))
                .collect();
            let taken = advice
                .stops
                .iter()
                .any(|stop| stop.competency.as_ref() == Some(&candidate.competency));
            ConsideredView {
                title: title_of(catalog, &candidate.competency),
                purpose: words.t(purpose_key(candidate.purpose)),
                score: format!("{:.3}", candidate.score),
                terms: match terms.is_empty() {
                    true => words.t("teach-term-none"),
                    false => terms.join("; "),
                },
                taken,
            }
        })
        .collect();
    let more = advice.considered.len().saturating_sub(CONSIDERED_SHOWN);
    AdviceView {
        stops,
        considered,
        more: (more > 0).then(|| {
            let count = small(more);
            words.count("teach-considered-more", "count", count)
        }),
        versions: words.with(
            "teach-advice-versions",
            &[
                ("policy", &advice.versions.policy),
                ("model", &advice.versions.model),
            ],
        ),
    }
}

/// The stops before and after a decision, both as they were stored.
pub(crate) fn change(
    words: &Words,
    catalog: &Catalog,
    events: &[Recorded],
    decision: Seq,
) -> Option<Change> {
    let advice = |recorded: &Recorded| match &recorded.event {
        Event::Advised { recommendation, .. } => Some(
            recommendation
                .stops
                .iter()
                .map(|stop| stop_title(words, catalog, stop))
                .collect::<Vec<String>>(),
        ),
        _ => None,
    };
    let after = events
        .iter()
        .filter(|recorded| recorded.decision == decision)
        .find_map(advice)?;
    // Newest first: the next advice further down is the one that held before.
    let before = events
        .iter()
        .filter(|recorded| recorded.decision < decision)
        .find_map(advice)
        .unwrap_or_default();
    Some(Change { before, after })
}
