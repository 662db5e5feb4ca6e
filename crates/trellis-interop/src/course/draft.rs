//! One item by itself: the text that an author is writing, read and checked against the course that it is for.

use std::collections::BTreeMap;

use trellis_core::framework::Course;
use trellis_core::item::{Item, ItemBank, MixUp, Template, TemplateText};

use super::check::{self, CheckOptions};
use super::item::{self, PlacedItem};
use super::keys::{File, Keys, Places};
use super::{CourseFolder, CoursePack, Reader};
use crate::finding::Finding;

/// An item's text as far as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemText {
    /// The texts of the item; `None` when not even its kind could be read.
    pub source: Option<TemplateText>,
    /// Understood, when no key of it has a fault.
    pub template: Option<Template>,
    /// The mix-ups that the text defines before the item.
    pub mix_ups: Vec<MixUp>,
    /// Where everything stands.
    placed: PlacedItem,
}

impl ItemText {
    /// The key of the course format that a finding is about, such as `hints` or `mixup`; `None` where it is about the item as
    /// a whole, or about what is no key at all.
    #[must_use]
    pub fn field_of(&self, finding: &Finding) -> Option<&str> {
        let line = finding.line;
        if line <= self.placed.line || finding.rule == "syntax" {
            return None;
        }
        let places = self.placed.places.iter();
        let before = places.filter(|(_, place)| place.line <= line);
        let (name, _) = before.max_by_key(|(_, place)| place.line)?;
        name.split(['[', '.']).next()
    }
}

/// Reads a text with one `[[item]]` and the `[[mixup]]` that it defines.
#[must_use]
pub fn read_item(text: &str) -> (ItemText, Vec<Finding>) {
    let mut file = File::new("", text);
    let table = file.parse();
    let keys = Keys::new(&mut file, table.get_ref(), 1, "", &["item", "mixup"]);
    let mut reader = Reader::default();
    for (table, line) in keys.tables(&mut file, "mixup") {
        reader.read_mix_up(&mut file, "", table, line);
    }
    let mut items = keys.tables(&mut file, "item").into_iter();
    let read = match items.next() {
        Some((table, line)) => Some(item::read(&mut file, table, line)),
        None => {
            file.error(1, "missing-key", "there is no [[item]]");
            None
        }
    };
    if let Some((_, line)) = items.next() {
        file.error(line, "duplicate-id", "there is one item in a text");
    }
    let mut out = ItemText {
        source: None,
        template: None,
        mix_ups: std::mem::take(&mut reader.mix_ups),
        placed: PlacedItem {
            file: String::new(),
            line: 1,
            places: Places::new(),
        },
    };
    if let Some(read) = read {
        out.source = read.source;
        out.template = read.template;
        out.placed = read.placed;
    }
    (out, file.findings)
}

/// Reads and checks such a text for a course with these mix-ups; `seeds` as in [`CheckOptions`]. Beside what is checked
/// in the files of a course, it says what cannot be used by everybody and what can be answered without knowing.
#[must_use]
pub fn check_item(
    text: &str,
    course: &Course,
    mix_ups: &[MixUp],
    options: CheckOptions,
) -> (ItemText, Vec<Finding>) {
    let (read, mut findings) = read_item(text);
    let Some(template) = &read.template else {
        return (read, findings);
    };
    let item = Item::from_template(template.clone());
    // The text's own titles come first: they are the ones that will be kept.
    let known = read.mix_ups.iter().chain(mix_ups).cloned().collect();
    let folder = CourseFolder {
        items: BTreeMap::from([(item.id.clone(), read.placed.clone())]),
        pack: CoursePack {
            course: course.clone(),
            bank: ItemBank::new(vec![item], known).0,
        },
        competencies: BTreeMap::new(),
        mix_ups: BTreeMap::new(),
    };
    findings.extend(check::check_items(&folder, options).1);
    findings.extend(check::guard(template, &read.placed, options));
    findings.sort_by(|a, b| (a.severity, a.line, &a.rule).cmp(&(b.severity, b.line, &b.rule)));
    (read, findings)
}
