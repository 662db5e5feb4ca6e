//! Course folders: text files that a person writes, read into a course and a bank of items.

mod check;
mod draft;
mod drawing;
mod figure;
mod item;
mod keys;
mod parts;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use trellis_core::framework::{
    Association, AssociationKind, Competency, CompetencyId, Course, CourseId, Framework,
    FrameworkId, GraphFault, Interest, InterestId, ItemId, MixUpId, Unit, UnitId,
};
use trellis_core::item::{Item, ItemBank, MixUp};

pub use check::{CheckOptions, Summary, check};
pub use draft::{ItemText, check_item, read_item};
pub use item::PlacedItem;
pub use keys::{Place, Places};
pub use write::{write_course, write_item};

use crate::finding::Finding;
use crate::folder::{self, FolderFault, FolderFile, Limits};
use keys::{File, Keys, content_id, nearest};

/// The longest title of a competency, in characters.
pub const LONGEST_TITLE: usize = 40;
/// The format that `course.toml` may name: the only one so far.
pub const FORMAT: u32 = 1;
/// How much of a course folder is read.
const LIMITS: Limits = Limits {
    entries: 20_000,
    file_bytes: 4_000_000,
    bytes: 100_000_000,
    depth: 8,
};

/// A file of a course folder: its path with `/`, relative to the folder, and its bytes.
pub type CourseFile = FolderFile;

/// A course with its items: what is stored, shipped and served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoursePack {
    /// Scope and sequence.
    pub course: Course,
    /// The items and mix-ups.
    pub bank: ItemBank,
}

impl CoursePack {
    /// The one compact stored form: JSON without spaces.
    ///
    /// # Errors
    /// Never for a pack that was read from a folder.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads the stored form; templates are compiled again.
    ///
    /// # Errors
    /// When the bytes are not a pack.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

/// A course as read from a folder, with the places of everything in it.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseFolder {
    /// The course and its items.
    pub pack: CoursePack,
    /// Where each item stands.
    pub items: BTreeMap<ItemId, PlacedItem>,
    /// File and line of each competency.
    pub competencies: BTreeMap<CompetencyId, (String, usize)>,
    /// File and line of each mix-up, by unit and id.
    pub mix_ups: BTreeMap<(String, MixUpId), (String, usize)>,
}

/// Everything gathered while the files of a course are read.
#[derive(Debug, Default)]
struct Reader {
    findings: Vec<Finding>,
    units: Vec<Unit>,
    interests: Vec<Interest>,
    competencies: Vec<Competency>,
    associations: Vec<Association>,
    places: BTreeMap<CompetencyId, (String, usize)>,
    items: Vec<Item>,
    item_places: BTreeMap<ItemId, PlacedItem>,
    mix_ups: Vec<MixUp>,
    mix_up_places: BTreeMap<(String, MixUpId), (String, usize)>,
}

/// Reads the files of a course folder. What is odd becomes a finding; the rest is still read.
#[must_use]
pub fn read_course(files: &[CourseFile]) -> (CourseFolder, Vec<Finding>) {
    let mut reader = Reader::default();
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, bytes) in files {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                texts.insert(name, text);
            }
            Err(_) => {
                let finding = Finding::error(name, 0, "syntax", "this file is not UTF-8 text");
                reader.findings.push(finding);
            }
        }
    }
    let (mut course, unit_lines) = reader.read_head(texts.get("course.toml").copied());
    for (unit, line) in &unit_lines {
        reader.read_unit(unit, *line, &texts);
    }
    reader.report_strays(&texts, &unit_lines);
    let (framework, faults) = Framework::new(
        course.framework.id.clone(),
        course.framework.title.clone(),
        std::mem::take(&mut reader.competencies),
        std::mem::take(&mut reader.associations),
    );
    reader.report_graph(faults);
    course.framework = framework;
    course.interests = std::mem::take(&mut reader.interests);
    course.units = std::mem::take(&mut reader.units);
    let (bank, _, _) = ItemBank::new(
        std::mem::take(&mut reader.items),
        std::mem::take(&mut reader.mix_ups),
    );
    let folder = CourseFolder {
        pack: CoursePack { course, bank },
        items: reader.item_places,
        competencies: reader.places,
        mix_ups: reader.mix_up_places,
    };
    (folder, reader.findings)
}

/// Reads all `.toml` files of a folder from disk, sorted by path.
///
/// # Errors
/// [`FolderFault`] when the folder or a file in it cannot be read, is a link, or breaks a limit.
pub fn read_folder(folder: &Path) -> Result<Vec<CourseFile>, FolderFault> {
    folder::read(folder, |name| name.ends_with(".toml"), LIMITS, &mut |_| {})
}

/// The id of a framework that has only a name: its words joined by hyphens.
fn framework_id(title: &str) -> FrameworkId {
    let words = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let joined = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    FrameworkId::new(&joined).unwrap_or_default()
}

/// A course that names a later format may mean things that cannot be read here.
fn check_format(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) {
    let Some(format) = keys.text(file, places, "format") else {
        return;
    };
    let known = format
        .parse()
        .is_ok_and(|format: u32| (1..=FORMAT).contains(&format));
    if !known {
        let line = keys.line_of(file, "format");
        let what = format!(
            "the course has the format \"{format}\"; this Trellis reads formats up to {FORMAT}"
        );
        file.error(line, "newer-format", what);
        if let Some(last) = file.findings.last_mut() {
            last.advice = "Use a newer Trellis.".to_string();
        }
    }
}

impl Reader {
    /// Reads `course.toml`; gives the course, still without units, and the unit names with lines.
    fn read_head(&mut self, text: Option<&str>) -> (Course, Vec<(String, usize)>) {
        const KEYS: [&str; 11] = [
            "format",
            "id",
            "title",
            "grades",
            "subject",
            "language",
            "licence",
            "authors",
            "framework",
            "units",
            "interest",
        ];
        let mut file = File::new("course.toml", text.unwrap_or(""));
        if text.is_none() {
            file.error(0, "missing-file", "course.toml is missing");
        }
        let table = file.parse();
        let mut places = Places::new();
        let keys = Keys::new(&mut file, table.get_ref(), 1, "", &KEYS);
        check_format(&mut file, &mut places, &keys);
        let quiet = text.is_none();
        let before = file.findings.len();
        let id = keys.needed(&mut file, &mut places, "id");
        let framework = keys.needed(&mut file, &mut places, "framework");
        let id_line = keys.line_of(&file, "id");
        let course_id = content_id(&mut file, id_line, &id, CourseId::new);
        let course = Course {
            id: course_id.unwrap_or_default(),
            title: keys.needed(&mut file, &mut places, "title"),
            grades: keys.texts(&mut file, &mut places, "grades"),
            subject: keys.needed(&mut file, &mut places, "subject"),
            language: keys.needed(&mut file, &mut places, "language"),
            licence: keys.needed(&mut file, &mut places, "licence"),
            authors: keys.texts(&mut file, &mut places, "authors"),
            framework: Framework::new(framework_id(&framework), framework, Vec::new(), Vec::new())
                .0,
            interests: Vec::new(),
            units: Vec::new(),
        };
        let names = keys.texts(&mut file, &mut places, "units");
        let lines = names.into_iter().enumerate().map(|(index, name)| {
            let line = places
                .get(&format!("units[{index}]"))
                .map_or(1, |place| place.line);
            (name, line)
        });
        let lines = lines.collect();
        for (table, line) in keys.tables(&mut file, "interest") {
            let keys = Keys::new(&mut file, table, line, "interest", &["id", "title"]);
            let id = keys.needed(&mut file, &mut places, "id");
            let title = keys.needed(&mut file, &mut places, "title");
            if let Some(id) = content_id(&mut file, line, &id, InterestId::new) {
                if id.as_str() == "none" || self.interests.iter().any(|other| other.id == id) {
                    file.error(
                        line,
                        "duplicate-id",
                        format!("the interest \"{id}\" is there already"),
                    );
                } else {
                    self.interests.push(Interest { id, title });
                }
            }
        }
        if quiet {
            file.findings.truncate(before);
        }
        self.findings.append(&mut file.findings);
        (course, lines)
    }

    fn read_unit(&mut self, name: &str, line: usize, texts: &BTreeMap<&str, &str>) {
        let prefix = format!("units/{name}/");
        let unit_file = format!("{prefix}unit.toml");
        let (Ok(id), Some(text)) = (UnitId::new(name), texts.get(unit_file.as_str())) else {
            let message = format!("the unit \"{name}\" has no file {unit_file}");
            self.findings
                .push(Finding::error("course.toml", line, "missing-file", message));
            return;
        };
        self.read_unit_file(id, &unit_file, text);
        let inside = texts.range::<str, _>((
            std::ops::Bound::Excluded(prefix.as_str()),
            std::ops::Bound::Unbounded,
        ));
        for (path, text) in inside.take_while(|(path, _)| path.starts_with(&prefix)) {
            if *path != unit_file {
                self.read_items_file(name, path, text);
            }
        }
    }

    fn read_unit_file(&mut self, id: UnitId, name: &str, text: &str) {
        let mut file = File::new(name, text);
        let table = file.parse();
        let mut places = Places::new();
        let keys = Keys::new(
            &mut file,
            table.get_ref(),
            1,
            "",
            &["title", "summary", "competency"],
        );
        let title = keys.needed(&mut file, &mut places, "title");
        let summary = keys.needed(&mut file, &mut places, "summary");
        let mut competencies = Vec::new();
        for (table, line) in keys.tables(&mut file, "competency") {
            competencies.extend(self.read_competency(&mut file, table, line));
        }
        if competencies.is_empty() {
            file.error(1, "missing-key", "a unit needs at least one [[competency]]");
        }
        self.units.push(Unit {
            id,
            title,
            summary,
            competencies,
            items: Vec::new(),
        });
        self.findings.append(&mut file.findings);
    }

    fn read_competency(
        &mut self,
        file: &mut File<'_>,
        table: &DeTable<'_>,
        line: usize,
    ) -> Option<CompetencyId> {
        const KEYS: [&str; 7] = ["id", "title", "can", "family", "home", "codes", "before"];
        let mut places = Places::new();
        let keys = Keys::new(file, table, line, "", &KEYS);
        let id = keys.needed(file, &mut places, "id");
        let title = keys.needed(file, &mut places, "title");
        let length = title.chars().count();
        if length > LONGEST_TITLE {
            let message = format!("the title has {length} characters; {LONGEST_TITLE} fit");
            file.error(keys.line_of(file, "title"), "title-length", message);
        }
        let can = keys.needed(file, &mut places, "can");
        let family = keys.needed(file, &mut places, "family");
        let home = keys.needed(file, &mut places, "home");
        let codes = keys.texts(file, &mut places, "codes");
        let before = keys.texts(file, &mut places, "before");
        let id = content_id(file, line, &id, CompetencyId::new)?;
        if let Some((other, at)) = self.places.get(&id) {
            let message = format!("the competency \"{id}\" is already in {other}, line {at}");
            file.error(line, "duplicate-id", message);
            return None;
        }
        for earlier in before {
            let line = keys.line_of(file, "before");
            let from = content_id(file, line, &earlier, CompetencyId::new);
            self.associations.extend(from.map(|from| Association {
                from,
                to: id.clone(),
                kind: AssociationKind::ComesBefore,
            }));
        }
        self.places
            .insert(id.clone(), (file.name.to_string(), line));
        self.competencies.push(Competency {
            id: id.clone(),
            title,
            can,
            family,
            home,
            codes,
        });
        Some(id)
    }

    fn read_items_file(&mut self, unit: &str, name: &str, text: &str) {
        let mut file = File::new(name, text);
        let table = file.parse();
        let keys = Keys::new(&mut file, table.get_ref(), 1, "", &["item", "mixup"]);
        for (table, line) in keys.tables(&mut file, "mixup") {
            self.read_mix_up(&mut file, unit, table, line);
        }
        for (table, line) in keys.tables(&mut file, "item") {
            let read = item::read(&mut file, table, line);
            let (Some(template), placed) = (read.template, read.placed) else {
                continue;
            };
            let item = Item::from_template(template);
            if let Some(other) = self.item_places.get(&item.id) {
                let message = format!(
                    "the item \"{}\" is already in {}, line {}",
                    item.id, other.file, other.line
                );
                file.error(line, "duplicate-id", message);
                continue;
            }
            self.item_places.insert(item.id.clone(), placed);
            self.items.push(item);
        }
        self.findings.append(&mut file.findings);
    }

    fn read_mix_up(&mut self, file: &mut File<'_>, unit: &str, table: &DeTable<'_>, line: usize) {
        let mut places = Places::new();
        let keys = Keys::new(file, table, line, "mixup", &["id", "title"]);
        let id = keys.needed(file, &mut places, "id");
        let title = keys.needed(file, &mut places, "title");
        let Some(id) = content_id(file, line, &id, MixUpId::new) else {
            return;
        };
        let here = (unit.to_string(), id.clone());
        if let Some((other, at)) = self.mix_up_places.get(&here) {
            let message = format!("the mix-up \"{id}\" is already in {other}, line {at}");
            file.error(line, "duplicate-id", message);
            return;
        }
        self.mix_up_places
            .insert(here, (file.name.to_string(), line));
        // Units may name the same misconception; the course keeps it once, with the first title.
        if let Some(other) = self.mix_ups.iter().find(|other| other.id == id) {
            if other.title != title {
                let message = format!(
                    "the mix-up \"{id}\" has another title in another unit: \"{}\"",
                    other.title
                );
                let finding = Finding::warning(file.name, line, "mixup-title", message);
                file.findings
                    .push(finding.advise("Use the same title in every unit, or another id."));
            }
        } else {
            self.mix_ups.push(MixUp { id, title });
        }
    }

    /// Files that belong to no unit of the course.
    fn report_strays(&mut self, texts: &BTreeMap<&str, &str>, units: &[(String, usize)]) {
        let names: Vec<&str> = units.iter().map(|(name, _)| name.as_str()).collect();
        let mut said = std::collections::BTreeSet::new();
        for path in texts.keys().filter(|path| **path != "course.toml") {
            let unit = path
                .strip_prefix("units/")
                .and_then(|rest| rest.split_once('/'));
            let unit = unit.map_or("", |(unit, _)| unit);
            if names.contains(&unit) || !said.insert(unit) {
                continue;
            }
            let message = if unit.is_empty() {
                "this file belongs to no unit and is not read".to_string()
            } else {
                format!("the unit \"{unit}\" is not in units of course.toml and is not read")
            };
            let finding = Finding::warning(path, 0, "stray-file", message);
            let near = nearest(unit, &names).map(|near| format!("The course names \"{near}\"."));
            self.findings.push(finding.advise(near.unwrap_or_default()));
        }
    }

    fn report_graph(&mut self, faults: Vec<GraphFault>) {
        for fault in faults {
            let (of, rule, message) = match &fault {
                // Reported with both places when it was read.
                GraphFault::Duplicate(_) => continue,
                GraphFault::Unknown { of, unknown } => {
                    let known: Vec<&str> = self.places.keys().map(CompetencyId::as_str).collect();
                    let near = nearest(unknown.as_str(), &known);
                    let near = near.map(|near| format!(" (did you mean \"{near}\"?)"));
                    let near = near.unwrap_or_default();
                    let message = format!(
                        "\"{of}\" comes after \"{unknown}\", which is no competency of this course{near}"
                    );
                    (of, "unknown-competency", message)
                }
                GraphFault::Circle(around) => {
                    let Some(first) = around.first() else {
                        continue;
                    };
                    let names: Vec<&str> = around.iter().map(CompetencyId::as_str).collect();
                    let message = format!(
                        "these come before each other in a circle: {} -> {first}",
                        names.join(" -> ")
                    );
                    (first, "circle", message)
                }
                GraphFault::Unreachable(id) => {
                    let message = format!(
                        "\"{id}\" can never be reached: something before it is unknown or in a circle"
                    );
                    (id, "unreachable", message)
                }
            };
            let (file, line) = self.places.get(of).cloned().unwrap_or_default();
            self.findings
                .push(Finding::error(&file, line, rule, message));
        }
    }
}
