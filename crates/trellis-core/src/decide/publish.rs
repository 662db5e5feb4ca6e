//! Giving a written item to learners.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::Snapshot;
use crate::command::Command;
use crate::event::Event;
use crate::framework::MixUpId;
use crate::item::Item;
use crate::refusal::Refusal;

pub(super) fn decide(snapshot: &Snapshot<'_>, command: &Command) -> Result<Vec<Event>, Refusal> {
    let Command::PublishItem {
        course,
        item,
        mix_ups,
        replaces,
        draft,
        version,
    } = command
    else {
        return Err(Refusal::NotFound);
    };
    let catalog = snapshot.catalog;
    let curation = snapshot.curation.ok_or(Refusal::NotFound)?;
    let of = catalog.course(course).ok_or(Refusal::NotFound)?;
    of.competency(&item.competency)
        .ok_or(Refusal::NotInCourse)?;
    let text = item.template().ok_or(Refusal::NotFound)?.source();
    let known = |id: &MixUpId| {
        catalog.mix_up(id).is_some() || mix_ups.iter().any(|mix_up| mix_up.id == *id)
    };
    if !text.mix_up_ids().all(known) {
        return Err(Refusal::NotFound);
    }
    if let Some(old) = catalog.item(&item.id) {
        stays_the_same(old, item)?;
    }
    let mut events = vec![Event::ItemPublished {
        course: course.clone(),
        item: item.id.clone(),
        draft: *draft,
        version: *version,
    }];
    if let Some(old) = replaces {
        catalog.item(old).ok_or(Refusal::NotFound)?;
        if curation.held(old).is_none() {
            events.push(Event::ItemHeld {
                item: old.clone(),
                note: item.id.to_string(),
            });
        }
    }
    Ok(events)
}

/// Learners may be in the middle of it, and what they answered was about the question as it is.
fn stays_the_same(old: &Item, new: &Item) -> Result<(), Refusal> {
    let both = old.template().zip(new.template());
    let same = both.is_some_and(|(old, new)| old.source().asks_the_same(new.source()));
    if same && old.competency == new.competency {
        Ok(())
    } else {
        Err(Refusal::AnotherQuestion)
    }
}
