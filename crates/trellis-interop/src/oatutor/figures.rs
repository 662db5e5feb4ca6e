//! The figures of one problem: files in its folder `figures`, which its texts name as `##figure1.gif##`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::PoolFile;
use super::text::Marked;
use crate::package::shelf::Hash;
use crate::package::{Media, Shelf};

/// What stands for the words of a figure: its pool says of none what it shows.
const UNDESCRIBED: &str = "A figure. Nobody has described it yet.";

/// What a problem can show, and what of it its texts have shown so far.
#[derive(Debug)]
pub(super) struct Figures {
    shelf: Shelf,
    /// The problem's own file, from which figures are named.
    from: String,
    shown: RefCell<BTreeMap<String, Media>>,
}

impl Figures {
    /// The figures among the files of a problem, cleaned.
    pub(super) fn new(from: &str, files: &[PoolFile], hash: Hash) -> Self {
        Self {
            shelf: Shelf::new(files, hash),
            from: from.to_string(),
            shown: RefCell::default(),
        }
    }

    /// Puts the figures that a text names behind it. Those that cannot be shown stay among its figures, with the reason.
    pub(super) fn put(&self, text: &mut Marked) {
        for name in std::mem::take(&mut text.figures) {
            let found = self.shelf.find(&self.from, &format!("figures/{name}"), &[]);
            let media = found.and_then(|media| match media.kind.is_picture() {
                true => Ok(media),
                false => Err("it is no picture".to_string()),
            });
            match media {
                Ok(media) => {
                    let gap = if text.markup.is_empty() { "" } else { "\n\n" };
                    let image = format!("{gap}![{UNDESCRIBED}]({})", media.name);
                    text.markup.push_str(&image);
                    self.shown.borrow_mut().insert(media.name.clone(), media);
                }
                Err(why) => text.figures.push(format!("{name}: {why}")),
            }
        }
    }

    /// Whether a text shows a figure.
    pub(super) fn stand_in(markup: &str) -> bool {
        markup.contains(UNDESCRIBED)
    }

    /// What was shown, each once.
    pub(super) fn into_shown(self) -> impl Iterator<Item = Media> {
        self.shown.into_inner().into_values()
    }
}
