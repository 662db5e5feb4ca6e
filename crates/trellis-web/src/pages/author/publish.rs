//! Publishing: what becomes of a written question among those that learners get.

use trellis_core::command::Command;
use trellis_core::framework::ItemId;
use trellis_core::id::DraftId;
use trellis_core::item::{Item, MixUp, Template};
use trellis_interop::course::{ItemText, write_item};
use trellis_interop::finding::Finding;

use super::desk::{Desk, free};
use crate::words::Words;

/// What publishing does.
pub(super) struct Plan {
    item: Item,
    mix_ups: Vec<MixUp>,
    /// The item in whose place it comes.
    replaces: Option<ItemId>,
    /// The text that is kept as the published version.
    pub(super) text: String,
    how: How,
}

/// How a question comes among the others.
enum How {
    /// There was none.
    New,
    /// It asks the same as the one of its name: only the help is another.
    Help,
    /// It asks something else than the one that it changes, and gets a name of its own.
    Beside,
}

impl Plan {
    /// The command that does it.
    pub(super) fn command(self, desk: &Desk, draft: DraftId, version: u32) -> Command {
        Command::PublishItem {
            course: desk.course.clone(),
            item: Box::new(self.item),
            mix_ups: self.mix_ups,
            replaces: self.replaces,
            draft,
            version,
        }
    }

    /// What it would do, as a sentence.
    pub(super) fn will(&self, words: &Words) -> String {
        let new = self.item.id.as_str();
        match (&self.how, &self.replaces) {
            (How::Help, _) => words.one("author-will-help", "item", new),
            (How::Beside, Some(old)) => words.with(
                "author-will-replace",
                &[("new", new), ("old", old.as_str())],
            ),
            _ => words.one("author-will-new", "item", new),
        }
    }
}

/// The name after this one that no item has: `x-2` after `x`.
fn next_id(desk: &Desk, id: &ItemId) -> Option<ItemId> {
    let (name, number) = match id.as_str().rsplit_once('-') {
        Some((name, number)) => match number.parse::<u32>() {
            Ok(number) if number < 1_000_000 => (name, number),
            _ => (id.as_str(), 1),
        },
        None => (id.as_str(), 1),
    };
    free(&desk.catalog, name, number + 1)
}

/// What publishing this text does; a finding when its name belongs to another question.
pub(super) fn plan(desk: &Desk, read: &ItemText) -> Result<Plan, Box<Finding>> {
    let taken = |id: &ItemId| {
        let message = format!("another item has the id \"{id}\"");
        Box::new(Finding::error("", 0, "id-taken", message))
    };
    let Some(template) = &read.template else {
        // What is wrong with it is told elsewhere.
        return Err(Box::new(Finding::note("", 0, "other", "")));
    };
    let mut source = template.source().clone();
    let published = desk
        .draft
        .as_ref()
        .and_then(|draft| draft.published.clone());
    let published = published.map(|(item, _)| item);
    let own = |id: &ItemId| published.as_ref() == Some(id) || desk.changes.as_ref() == Some(id);
    let before = published.as_ref().or(desk.changes.as_ref());
    let before = before.filter(|id| desk.catalog.item(id).is_some());
    let (replaces, how) = match desk.catalog.item(&source.id) {
        None => (before.cloned(), before.map_or(How::New, |_| How::Beside)),
        Some(old) if own(&old.id) => {
            let same = old.template().is_some_and(|old| {
                old.source().asks_the_same(&source) && old.source().competency == source.competency
            });
            if same {
                (None, How::Help)
            } else {
                let old = old.id.clone();
                source.id = next_id(desk, &old).ok_or_else(|| taken(&old))?;
                (Some(old), How::Beside)
            }
        }
        Some(other) => return Err(taken(&other.id)),
    };
    let mix_ups = source.mix_up_ids().filter_map(|id| {
        let own = read.mix_ups.iter().find(|mix_up| mix_up.id == *id);
        own.or_else(|| desk.catalog.mix_up(id)).cloned()
    });
    let mix_ups: Vec<MixUp> = mix_ups.collect();
    let text = write_item(&source, &read.mix_ups);
    let Ok(template) = Template::compile(source) else {
        return Err(Box::new(Finding::note("", 0, "other", "")));
    };
    Ok(Plan {
        item: Item::from_template(template),
        mix_ups,
        replaces,
        text,
        how,
    })
}
