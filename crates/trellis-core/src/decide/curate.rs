//! What people decide about content: items held back and given again, findings settled, bad items reported.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{LONGEST_NOTE, Snapshot};
use crate::audit::{Settlement, Subject};
use crate::catalog::Catalog;
use crate::command::Command;
use crate::curation::Curation;
use crate::event::Event;
use crate::framework::{CompetencyId, ItemId};
use crate::id::Seq;
use crate::item::Item;
use crate::refusal::Refusal;
use crate::tag::{MOST_TAGS, Tag};

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

/// The last revision of an item, taken back.
fn unrevise(
    catalog: &Catalog,
    curation: &Curation,
    item: &ItemId,
    revision: Seq,
) -> Result<Event, Refusal> {
    let last = curation.last_revision(item).ok_or(Refusal::NothingToUndo)?;
    let now = catalog.item(item).ok_or(Refusal::ItemGone)?;
    // What it counts for may have been decided since.
    let with_tag = |item: &Item| Item {
        competency: now.competency.clone(),
        ..item.clone()
    };
    // A later revision, or an import since, made something else of it.
    if last.seq != revision || *now != with_tag(&last.after) {
        return Err(Refusal::NothingToUndo);
    }
    Ok(Event::ItemRevised {
        before: Box::new(now.clone()),
        after: Box::new(with_tag(&last.before)),
        note: String::new(),
        undoes: Some(revision),
    })
}

/// Whether items may count for these competencies.
fn tag(catalog: &Catalog, curation: &Curation, tags: &[Tag]) -> Result<Event, Refusal> {
    if tags.is_empty() {
        return Err(Refusal::NothingSaid);
    }
    if tags.len() > MOST_TAGS {
        return Err(Refusal::TooLong);
    }
    for (place, Tag { item, competency }) in tags.iter().enumerate() {
        let now = catalog.item(item).ok_or(Refusal::NotFound)?;
        let repeated = tags[..place].iter().any(|earlier| earlier.item == *item);
        match competency {
            Some(competency) => {
                catalog.competency(competency).ok_or(Refusal::NotFound)?;
                if repeated || now.competency == *competency {
                    return Err(Refusal::AlreadySo);
                }
            }
            None => {
                let tagged = curation.tags.iter().any(|tagged| tagged.item == *item);
                if repeated || !tagged {
                    return Err(Refusal::NothingToUndo);
                }
            }
        }
    }
    Ok(Event::ItemsTagged {
        tags: tags.to_vec(),
    })
}

/// Whether a link may be decided so.
fn link(
    catalog: &Catalog,
    curation: &Curation,
    [first, then]: [&CompetencyId; 2],
    holds: Option<bool>,
    note: String,
) -> Result<Event, Refusal> {
    let course = catalog.course_with(first, then).ok_or(Refusal::NotFound)?;
    let now = course.framework.comes_before(first, then);
    let wanted = match holds {
        Some(_) if note.is_empty() => return Err(Refusal::SayWhy),
        Some(holds) if holds == now => return Err(Refusal::AlreadySo),
        Some(holds) => holds,
        None => {
            curation.link(first, then).ok_or(Refusal::NothingToUndo)?;
            catalog.was_before(first, then)
        }
    };
    if wanted && !now && course.framework.circle_closed_by(first, then).is_some() {
        return Err(Refusal::Circle);
    }
    Ok(Event::LinkSet {
        first: first.clone(),
        then: then.clone(),
        holds,
        note,
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
        Command::TagItems { tags } => tag(catalog, curation, tags)?,
        Command::SetLink {
            first,
            then,
            holds,
            note: why,
        } => link(catalog, curation, [first, then], *holds, note(why)?)?,
        Command::UndoRevision { item, revision } => unrevise(catalog, curation, item, *revision)?,
        _ => return Err(Refusal::NotFound),
    };
    Ok(vec![event])
}
