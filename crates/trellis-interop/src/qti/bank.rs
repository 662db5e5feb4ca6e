//! A set of files to questions: every item of QTI in it, with the texts that items share, and what the manifest promises.

use std::collections::BTreeMap;

use serde::Serialize;

use super::convert;
use super::{AssessmentItem, Document, Version};
use crate::bank::Sourced;
use crate::finding::Finding;
use crate::markup::Picture;
use crate::package::{Manifest, PackageFile};
use crate::package::{manifest, media, path};
use crate::xml;

/// How many variants are made of an item with a template.
const VARIANTS: u64 = 5;

/// What was read.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Counts {
    /// Documents by version and kind: "3.0 item".
    pub documents: BTreeMap<String, usize>,
    /// Interactions by version and kind: "3.0 choice-interaction".
    pub interactions: BTreeMap<String, usize>,
}

/// The questions of a set of files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadBank {
    /// Questions, in the order of the files.
    pub questions: Vec<Sourced>,
    /// What a person should look at.
    pub findings: Vec<Finding>,
    /// What was counted.
    pub counts: Counts,
    /// The first manifest, if there is one.
    pub manifest: Option<Manifest>,
    /// The language that most items say; empty when none does.
    pub language: String,
}

/// Reads files; what is no XML is passed over.
#[must_use]
pub fn read(files: &[PackageFile]) -> ReadBank {
    let mut out = ReadBank::default();
    let mut items: Vec<(&str, Box<AssessmentItem>)> = Vec::new();
    let mut shared: Shared<'_> = BTreeMap::new();
    for (name, bytes) in files {
        if media::is_media(name) {
            match media::checked(name, bytes) {
                Ok((_, _, findings)) => out.findings.extend(findings),
                Err(finding) => out.findings.push(finding),
            }
            continue;
        }
        if !name.to_ascii_lowercase().ends_with(".xml") {
            continue;
        }
        let root = match xml::parse_bytes(bytes) {
            Ok(root) => root,
            Err(fault) => {
                out.findings
                    .push(Finding::error(name, fault.line, fault.rule, fault.what));
                continue;
            }
        };
        if root.name == "manifest" {
            read_manifest(&mut out, name, &root, files);
            continue;
        }
        let (document, findings) = super::read_tree(name, root);
        out.findings.extend(findings);
        match document {
            Some(Document::Item(item)) => {
                count(&mut out.counts.documents, item.version, "item");
                for interaction in item.interactions() {
                    count(
                        &mut out.counts.interactions,
                        item.version,
                        interaction.kind.name(),
                    );
                }
                items.push((name, item));
            }
            Some(Document::Stimulus(stimulus)) => {
                count(&mut out.counts.documents, stimulus.version, "stimulus");
                if let Some(body) = &stimulus.body {
                    let (text, pictures) = convert::shared_text(body);
                    shared.insert(name, from_the_top(name, text, pictures));
                }
            }
            Some(Document::Test(test)) => count(&mut out.counts.documents, test.version, "test"),
            Some(Document::Section(version, _)) => {
                count(&mut out.counts.documents, version, "section")
            }
            Some(Document::Processing(version, _)) => {
                count(&mut out.counts.documents, version, "template")
            }
            None => {}
        }
    }
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    for (name, item) in items {
        if let Some(language) = item.language() {
            *languages.entry(language.to_string()).or_default() += 1;
        }
        match questions(name, &item, &shared, files) {
            Ok(questions) => out.questions.extend(questions),
            Err((rule, what)) => {
                let what = format!("the item \"{}\" is held back: {what}", item.identifier);
                out.findings
                    .push(Finding::error(name, item.line.0, rule, what));
            }
        }
    }
    out.language = languages
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(name, _)| name)
        .unwrap_or_default();
    out
}

fn count(counts: &mut BTreeMap<String, usize>, version: Version, what: &str) {
    *counts
        .entry(format!("{} {what}", version.number()))
        .or_default() += 1;
}

fn read_manifest(out: &mut ReadBank, name: &str, root: &xml::Element, files: &[PackageFile]) {
    let (read, findings) = manifest::read(name, root);
    let folder = path::folder(name);
    let has = |path: &str| file_of(files, path).is_some();
    out.findings.extend(findings);
    out.findings
        .extend(manifest::missing(name, folder, &read, &has));
    out.manifest.get_or_insert(read);
}

/// The texts that items share, by their files, with what they show.
type Shared<'a> = BTreeMap<&'a str, (String, Vec<Picture>)>;

/// A text whose pictures are named from the top of the package, since items in other folders show it.
fn from_the_top(
    file: &str,
    mut text: String,
    mut pictures: Vec<Picture>,
) -> (String, Vec<Picture>) {
    for picture in &mut pictures {
        if let Some(path) = path::beside(path::folder(file), &picture.path) {
            let mark = picture.mark();
            picture.path = format!("/{path}");
            text = text.replace(&mark, &picture.mark());
        }
    }
    (text, pictures)
}

/// A file of a package, whose files are sorted by path.
fn file_of<'a>(files: &'a [PackageFile], path: &str) -> Option<&'a [u8]> {
    let place = files.binary_search_by(|(other, _)| other.as_str().cmp(path));
    let found = place.ok().and_then(|place| files.get(place));
    found.map(|(_, bytes)| bytes.as_slice())
}

fn questions(
    name: &str,
    item: &AssessmentItem,
    shared: &Shared<'_>,
    files: &[PackageFile],
) -> Result<Vec<Sourced>, convert::Refusal> {
    let folder = path::folder(name);
    let lies_beside = |href: &str| {
        let path = path::beside(folder, href)?;
        file_of(files, &path).map(<[u8]>::to_vec)
    };
    let mut before: Vec<&str> = Vec::new();
    let mut shown: Vec<Picture> = Vec::new();
    for stimulus in &item.stimuli {
        let path = path::beside(folder, &stimulus.href).unwrap_or_default();
        match shared.get(path.as_str()) {
            Some((text, pictures)) => {
                before.push(text);
                shown.extend(pictures.iter().cloned());
            }
            None => {
                let what = format!("the text \"{}\" that it needs is not there", stimulus.href);
                return Err(("no-stimulus", what));
            }
        }
    }
    let before = before.join("\n\n");
    let seeds = if item.template_processing.is_some() {
        VARIANTS
    } else {
        1
    };
    let mut out: Vec<Sourced> = Vec::new();
    for seed in 0..seeds {
        for mut question in convert::questions(item, &before, seed, &lies_beside)? {
            let repeated = out.iter().any(|one| {
                one.question.stem == question.stem && one.question.answer == question.answer
            });
            if repeated {
                continue;
            }
            question.pictures.extend(shown.iter().cloned());
            if seeds > 1 {
                question.id = format!("{}.v{}", question.id, seed + 1);
            }
            let file = name.to_string();
            out.push(Sourced { file, question });
        }
    }
    Ok(out)
}
