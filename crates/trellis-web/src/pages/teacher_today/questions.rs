//! The card about questions that may be doing harm: what the last audit found, and nobody has settled.

use trellis_core::audit::AuditFinding;
use trellis_core::curation::finding_name;
use trellis_core::fnv;
use trellis_core::id::SectionId;
use trellis_core::plan::cards::MOST_CARDS;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;
use trellis_store::read::{ReadError, Worklist};

use super::cards::{CardView, Name};
use crate::app::App;
use crate::error::PageError;
use crate::pages::audit::{about, says};
use crate::words::small;

/// From this harm on a finding is worth a card: below it no learner is marked wrong, shut out or given an answer away.
const HARM: u8 = 4;
/// Findings named on the card.
const NAMED: usize = 3;

/// What the card is about: the harmful findings of the last audit that still holds. Where there is none yet, one is made
/// meanwhile, so that nobody waits for this page.
fn harmful(app: &App, viewer: &Viewer, section: SectionId) -> Result<Vec<AuditFinding>, PageError> {
    let now = app.now();
    if app.store.audit_at_hand(now)?.is_none() {
        let store = app.store.clone();
        // What fails here fails again, and is told, when somebody opens the worklist.
        tokio::task::spawn_blocking(move || store.audited(now).map(|_| ()));
        return Ok(Vec::new());
    }
    match app.store.audit_worklist(viewer, Some(section), now) {
        Ok(Worklist { mut open, .. }) => {
            let catalog = app.store.catalog();
            open.retain(|finding| finding.observed.harm() >= HARM);
            // What is held back harms nobody meanwhile.
            open.retain(|finding| match &finding.about {
                trellis_core::audit::Subject::Item(id) => !catalog.is_held(id),
                _ => true,
            });
            Ok(open)
        }
        Err(ReadError::Refused(Refusal::NotYours)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// The name of the card: another as soon as anything else is found, so that one that was put away comes back then.
fn card_name(found: &[AuditFinding]) -> String {
    let names = found.iter().map(finding_name);
    let hash = names.fold(fnv::BASIS, |hash, name| {
        fnv::more(hash, name.bytes().chain([0]))
    });
    format!("audit-{hash:016x}")
}

/// Whether a card that is put away is this one.
pub(super) fn is_ours(name: &str) -> bool {
    name.strip_prefix("audit-")
        .is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The card, when there is something, it was not put away, and the day has room for it.
pub(super) fn card(
    app: &App,
    viewer: &Viewer,
    section: SectionId,
    others: usize,
    dismissed: &[String],
) -> Result<Option<CardView>, PageError> {
    if others >= MOST_CARDS {
        return Ok(None);
    }
    let found = harmful(app, viewer, section)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let name = card_name(&found);
    let Some(first) = found.first().filter(|_| !dismissed.contains(&name)) else {
        return Ok(None);
    };
    let base = format!("/teach/{section}");
    let heading = words.count("teach-card-audit", "count", small(found.len()));
    let named = found.iter().take(NAMED).map(|finding| Name {
        name: about(&catalog, &finding.about),
        href: match &finding.about {
            trellis_core::audit::Subject::Item(id) => format!("{base}/items/{id}"),
            _ => format!("{base}/audit"),
        },
        skill: None,
        seen: words.t(&format!("audit-rule-{}", finding.observed.rule())),
    });
    let more = found.len().saturating_sub(NAMED);
    Ok(Some(CardView {
        name,
        tint: "clay",
        icon: "circle-help",
        kind: words.t("teach-kind-audit"),
        dismiss_label: words.one("teach-dismiss-label", "card", &heading),
        heading,
        evidence: says(words, &catalog, first),
        example: None,
        names: named.collect(),
        more: (more > 0).then(|| words.count("teach-more-names", "count", small(more))),
        action: words.t("teach-act-audit"),
        href: format!("{base}/audit"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_was_made_here_is_ours() {
        assert!(is_ours(&card_name(&[])));
        for other in ["audit-", "audit-xyz", "to-check", "audit-00000000000000zz"] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
