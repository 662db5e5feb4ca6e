//! Banks of imported questions: made into a course with a unit and a competency for each group, with counts.

use std::collections::{BTreeMap, BTreeSet};
use trellis_core::fnv;

use serde::Serialize;
use trellis_core::framework::{
    Competency, CompetencyId, Course, CourseId, Framework, FrameworkId, ItemId, Unit, UnitId,
};
use trellis_core::item::Item;

use crate::finding::Finding;
use crate::package::{Media, Shelf};
use crate::question::{Place, Question, into_item};

/// How long a question is taken to last, in seconds, until answers tell.
const USUAL_SECONDS: u32 = 60;

/// A question with the file that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced {
    /// The file, relative to what was read.
    pub file: String,
    /// The question.
    pub question: Question,
}

/// What is said of a bank as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// What read it: `qti`, `moodle`, `gift`, `perseus`, `anki` or `cartridge`.
    pub format: String,
    /// Its name, which becomes the title of the course and a part of its id.
    pub name: String,
    /// The language of its words, as a BCP 47 tag; empty when none is said.
    pub language: String,
    /// Its licence, for questions that have none of their own.
    pub licence: String,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Questions read.
    pub questions: usize,
    /// Items made of them.
    pub items: usize,
    /// Questions of which no item was made; a finding says why for each.
    pub held_back: usize,
    /// Items by kind of answer.
    pub kinds: BTreeMap<String, usize>,
    /// Findings by rule.
    pub findings: BTreeMap<String, usize>,
}

/// A bank ready to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    /// A course with the items in groups.
    pub course: Course,
    /// The items, in the order of their files.
    pub items: Vec<Item>,
    /// What a person should look at.
    pub findings: Vec<Finding>,
    /// What was counted.
    pub report: Report,
    /// The pictures and sounds of the items, each once.
    pub media: Vec<Media>,
}

/// Makes a bank. `findings` are those of reading; a question that cannot be an item adds one.
#[must_use]
pub fn bank(
    about: &About,
    questions: Vec<Sourced>,
    mut findings: Vec<Finding>,
    shelf: &Shelf,
) -> Bank {
    let mut kept: BTreeMap<String, Media> = BTreeMap::new();
    let prefix = format!("{}.{}", about.format, slug(&about.name));
    let prefix: String = prefix.chars().take(60).collect();
    let mut items: Vec<Item> = Vec::new();
    let mut groups: Vec<(CompetencyId, String, Vec<ItemId>)> = Vec::new();
    let mut seen: BTreeSet<ItemId> = BTreeSet::new();
    let mut report = Report {
        questions: questions.len(),
        ..Report::default()
    };
    for Sourced { file, mut question } in questions {
        if question.licence.is_empty() {
            question.licence.clone_from(&about.licence);
        }
        let media = shelved(&mut question, &file, shelf);
        let item = media.and_then(|media| {
            let made = made(&prefix, about, &question, &mut seen)?;
            kept.extend(media.into_iter().map(|one| (one.name.clone(), one)));
            Ok(made)
        });
        match item {
            Ok((item, title)) => {
                *report
                    .kinds
                    .entry(item.kind().name().to_string())
                    .or_default() += 1;
                match groups.iter_mut().find(|(id, ..)| *id == item.competency) {
                    Some((_, _, ids)) => ids.push(item.id.clone()),
                    None => groups.push((item.competency.clone(), title, vec![item.id.clone()])),
                }
                items.push(item);
            }
            Err((rule, what)) => {
                let named = if question.title.is_empty() {
                    &question.id
                } else {
                    &question.title
                };
                let what = format!("the question \"{named}\" is held back: {what}");
                findings.push(Finding::error(&file, question.line, rule, what));
            }
        }
    }
    report.items = items.len();
    report.held_back = report.questions - report.items;
    findings.sort_by(|a, b| (&a.file, a.line, &a.rule).cmp(&(&b.file, b.line, &b.rule)));
    for finding in &findings {
        *report.findings.entry(finding.rule.clone()).or_default() += 1;
    }
    Bank {
        course: course(about, &prefix, groups),
        items,
        findings,
        report,
        media: kept.into_values().collect(),
    }
}

/// Finds the pictures and sounds of a question and puts their names into its texts. One that is not there or cannot be
/// kept holds the question back, and so does a picture of which nobody says what it shows.
fn shelved(
    question: &mut Question,
    file: &str,
    shelf: &Shelf,
) -> Result<Vec<Media>, (&'static str, String)> {
    let mut out = Vec::new();
    for picture in std::mem::take(&mut question.pictures) {
        let short: String = picture.path.chars().take(80).collect();
        let media = shelf.find(file, &picture.path, &question.files);
        let media = media.map_err(|why| {
            let what = if picture.sound { "plays" } else { "shows" };
            ("picture", format!("it {what} \"{short}\": {why}"))
        })?;
        if media.kind.is_picture() == picture.sound {
            return Err((
                "media-type",
                format!("\"{short}\" is not what it is used as"),
            ));
        }
        if !picture.described {
            let what = format!("nobody says what the picture \"{short}\" shows");
            return Err(("no-alt", what));
        }
        let (mark, named) = (picture.mark(), picture.named(&media.name));
        for text in question.texts_mut() {
            if text.contains(&mark) {
                *text = text.replace(&mark, &named);
            }
        }
        out.push(media);
    }
    Ok(out)
}

fn made(
    prefix: &str,
    about: &About,
    question: &Question,
    seen: &mut BTreeSet<ItemId>,
) -> Result<(Item, String), (&'static str, String)> {
    let title = if question.group.trim().is_empty() {
        about.name.as_str()
    } else {
        question.group.trim()
    };
    let bad = |fault: trellis_core::framework::BadContentId| ("id", fault.to_string());
    let competency = CompetencyId::new(&format!("{prefix}.{}", short(title))).map_err(bad)?;
    let mut id = ItemId::new(&format!("{prefix}.{}", short(&question.id))).map_err(bad)?;
    let mut round = 2;
    while seen.contains(&id) {
        id = ItemId::new(&format!("{prefix}.{}-{round}", short(&question.id))).map_err(bad)?;
        round += 1;
    }
    let place = Place {
        id: id.clone(),
        competency,
        level: 2,
        usual_seconds: USUAL_SECONDS,
    };
    let item = into_item(question, place)?;
    seen.insert(id);
    Ok((item, title.to_string()))
}

/// The words of a name joined by hyphens, lower case.
#[must_use]
pub fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "bank".to_string()
    } else {
        words.join("-")
    }
}

/// A name as the last part of an id: itself where it can be one, else cut and with a hash that keeps such names apart.
fn short(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && name.len() <= 40 && name.chars().all(plain) {
        return name.to_string();
    }
    let hash = fnv::hash(name.as_bytes());
    let cut: String = slug(name).chars().take(30).collect();
    format!("{cut}.{:08x}", hash >> 32)
}

fn course(about: &About, prefix: &str, groups: Vec<(CompetencyId, String, Vec<ItemId>)>) -> Course {
    let competencies = groups.iter().map(|(id, title, _)| Competency {
        id: id.clone(),
        title: title.chars().take(40).collect(),
        can: format!("I can answer questions about this: {title}."),
        family: format!("Your child practises this: {title}."),
        home: "Ask your child to show you one question of this kind and to explain each step."
            .to_string(),
        codes: Vec::new(),
    });
    let framework = FrameworkId::new(prefix).unwrap_or_default();
    let (framework, _) = Framework::new(
        framework,
        about.name.clone(),
        competencies.collect(),
        Vec::new(),
    );
    let units = groups.into_iter().filter_map(|(competency, title, items)| {
        Some(Unit {
            id: UnitId::new(competency.as_str()).ok()?,
            title,
            summary: String::new(),
            competencies: vec![competency],
            items,
        })
    });
    Course {
        id: CourseId::new(prefix).unwrap_or_default(),
        title: about.name.clone(),
        grades: Vec::new(),
        subject: String::new(),
        language: if about.language.is_empty() {
            "en".to_string()
        } else {
            about.language.clone()
        },
        licence: about.licence.clone(),
        authors: Vec::new(),
        framework,
        interests: Vec::new(),
        units: units.collect(),
    }
}
