//! Writing a whole course as the files of its folder: reading them gives the same course.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::framework::{Course, ItemId, MixUpId, Unit};
use trellis_core::item::{ItemBank, MixUp};

use super::value::texts;
use super::{Sheet, define, item};
use crate::course::CourseFile;

/// Writes a course with its items; gives also the items that have no text, such as those of other formats.
#[must_use]
pub fn write_course(course: &Course, bank: &ItemBank) -> (Vec<CourseFile>, Vec<ItemId>) {
    let mut files = vec![("course.toml".to_owned(), head(course).into_bytes())];
    let mut without = Vec::new();
    let mut written = BTreeSet::new();
    let mut defined = BTreeSet::new();
    for unit in &course.units {
        let folder = format!("units/{}", unit.id);
        files.push((format!("{folder}/unit.toml"), unit_text(course, unit)));
        let mut by_file: BTreeMap<String, Sheet> = BTreeMap::new();
        let mut named: BTreeSet<&MixUpId> = BTreeSet::new();
        let own = unit.competencies.iter().filter(|id| {
            let first = course.unit_of(id);
            first.is_some_and(|first| first.id == unit.id)
        });
        for competency in own {
            for one in bank.of(competency) {
                let Some(template) = one.template() else {
                    without.push(one.id.clone());
                    continue;
                };
                let sheet = by_file.entry(format!("{folder}/items-{competency}.toml"));
                item(sheet.or_default(), template.source());
                named.extend(template.source().mix_up_ids());
                written.insert(&one.id);
            }
        }
        let mix_ups: Vec<&MixUp> = named.iter().filter_map(|id| bank.mix_up(id)).collect();
        defined.extend(mix_ups.iter().map(|mix_up| mix_up.id.clone()));
        push_mix_ups(&mut files, &folder, "mixups", &mix_ups);
        let sheets = by_file.into_iter();
        files.extend(sheets.map(|(name, sheet)| (name, sheet.out.into_bytes())));
    }
    // Those that no item names stand in the first unit.
    let unused = bank.mix_ups().iter();
    let unused: Vec<&MixUp> = unused
        .filter(|mix_up| !defined.contains(&mix_up.id))
        .collect();
    if let Some(first) = course.units.first() {
        push_mix_ups(
            &mut files,
            &format!("units/{}", first.id),
            "mixups-unused",
            &unused,
        );
    }
    // Items of competencies that no unit teaches have no place in the files.
    let placeless = bank
        .items()
        .iter()
        .filter(|one| one.template().is_some() && !written.contains(&one.id));
    without.extend(placeless.map(|one| one.id.clone()));
    (files, without)
}

fn push_mix_ups(files: &mut Vec<CourseFile>, folder: &str, name: &str, mix_ups: &[&MixUp]) {
    if mix_ups.is_empty() {
        return;
    }
    let mut sheet = Sheet::default();
    for mix_up in mix_ups {
        define(&mut sheet, mix_up);
    }
    files.push((format!("{folder}/{name}.toml"), sheet.out.into_bytes()));
}

fn head(course: &Course) -> String {
    let mut sheet = Sheet::default();
    sheet.text("id", course.id.as_str());
    sheet.text("title", &course.title);
    sheet.put("grades", &texts(&course.grades));
    sheet.text("subject", &course.subject);
    sheet.text("language", &course.language);
    sheet.text("licence", &course.licence);
    sheet.put("authors", &texts(&course.authors));
    sheet.text("framework", &course.framework.title);
    let units: Vec<String> = course
        .units
        .iter()
        .map(|unit| unit.id.to_string())
        .collect();
    sheet.put("units", &texts(&units));
    for interest in &course.interests {
        sheet.table("[[interest]]");
        sheet.text("id", interest.id.as_str());
        sheet.text("title", &interest.title);
    }
    sheet.out
}

fn unit_text(course: &Course, unit: &Unit) -> Vec<u8> {
    let mut sheet = Sheet::default();
    sheet.text("title", &unit.title);
    sheet.text("summary", &unit.summary);
    for id in &unit.competencies {
        // A competency that comes back in a later unit is defined in the first.
        let first = course.unit_of(id).is_some_and(|first| first.id == unit.id);
        let Some(competency) = course.competency(id).filter(|_| first) else {
            continue;
        };
        sheet.table("[[competency]]");
        sheet.text("id", id.as_str());
        sheet.text("title", &competency.title);
        sheet.text("can", &competency.can);
        sheet.text("family", &competency.family);
        sheet.text("home", &competency.home);
        sheet.put("codes", &texts(&competency.codes));
        let before = course.framework.before(id).map(ToString::to_string);
        sheet.put("before", &texts(&before.collect::<Vec<_>>()));
    }
    sheet.out.into_bytes()
}
