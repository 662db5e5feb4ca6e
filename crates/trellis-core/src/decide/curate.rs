//! What people decide about content: items held back and given again, findings settled, bad items reported.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{LONGEST_NOTE, Snapshot};
use crate::audit::{Settlement, Subject};
use crate::catalog::Catalog;
use crate::command::Command;
use crate::event::Event;
use crate::framework::ItemId;
use crate::item::Item;
use crate::refusal::Refusal;

/// A note that may be kept.
fn note(text: &str) -> Result<String, Refusal> {
    if text.chars().count() > LONGEST_NOTE {
        return Err(Refusal::TooLong);
    }
    Ok(text.trim().to_string())
}

fn item<'a>(catalog: &Catalog, id: &'a ItemId) -> Result<&'a ItemId, Refusal> {
    catalog.item(id).map(|_| id).ok_or(Refusal::NotFound)
}

/// Whether content has what a finding is about.
fn exists(catalog: &Catalog, about: &Subject) -> bool {
    match about {
        Subject::Item(id) => catalog.item(id).is_some(),
        Subject::Competency(id) => catalog.competency(id).is_some(),
        Subject::Course(id) => catalog.course(id).is_some(),
    }
}

fn revise(catalog: &Catalog, item: &Item, note: String) -> Result<Event, Refusal> {
    let before = catalog.item(&item.id).ok_or(Refusal::NotFound)?;
    if before == item {
        return Err(Refusal::AlreadySo);
    }
    if before.competency != item.competency || before.kind() != item.kind() {
        return Err(Refusal::AnotherQuestion);
    }
    // A version that nobody could be asked would leave learners with an error.
    item.variant(0, None)
        .map_err(|_| Refusal::AnotherQuestion)?;
    Ok(Event::ItemRevised {
        before: Box::new(before.clone()),
        after: Box::new(item.clone()),
        note,
        undoes: None,
    })
}

pub(super) fn decide(snapshot: &Snapshot<'_>, command: &Command) -> Result<Vec<Event>, Refusal> {
    let catalog = snapshot.catalog;
    let curation = snapshot.curation.ok_or(Refusal::NotFound)?;
    let event = match command {
        Command::HoldItem {
            item: id,
            note: why,
        } => {
            let item = item(catalog, id)?.clone();
            if curation.held(id).is_some() {
                return Err(Refusal::AlreadySo);
            }
            Event::ItemHeld {
                item,
                note: note(why)?,
            }
        }
        // Also when the item has left the course: what was held back can always be given again.
        Command::ReleaseItem { item: id } => {
            curation.held(id).ok_or(Refusal::NothingToUndo)?;
            Event::ItemReleased { item: id.clone() }
        }
        Command::SettleFinding {
            about,
            seen,
            how,
            note: why,
        } => {
            if !exists(catalog, about) {
                return Err(Refusal::NotFound);
            }
            let note = note(why)?;
            if *how == Settlement::Dismissed && note.is_empty() {
                return Err(Refusal::SayWhy);
            }
            Event::FindingSettled {
                about: about.clone(),
                seen: seen.clone(),
                how: *how,
                note,
            }
        }
        Command::ReopenFinding { about, rule } => {
            curation
                .settled(about, rule)
                .ok_or(Refusal::NothingToUndo)?;
            Event::FindingReopened {
                about: about.clone(),
                rule: rule.clone(),
            }
        }
        Command::ReportItem {
            item: id,
            note: why,
        } => {
            let item = item(catalog, id)?.clone();
            let note = note(why)?;
            if note.is_empty() {
                return Err(Refusal::SayWhy);
            }
            Event::ItemReported { item, note }
        }
        Command::ReviseItem { item, note: why } => revise(catalog, item, note(why)?)?,
        Command::UndoRevision { item, revision } => {
            let last = curation.last_revision(item).ok_or(Refusal::NothingToUndo)?;
            let now = catalog.item(item).ok_or(Refusal::ItemGone)?;
            // A later revision, or an import since, made something else of it.
            if last.seq != *revision || *now != *last.after {
                return Err(Refusal::NothingToUndo);
            }
            Event::ItemRevised {
                before: last.after.clone(),
                after: last.before.clone(),
                note: String::new(),
                undoes: Some(*revision),
            }
        }
        _ => return Err(Refusal::NotFound),
    };
    Ok(vec![event])
}
