//! Common Cartridge 1.0 to 1.3: its question banks and assessments, which are a small part of QTI 1.2, read only.

use crate::bank::Sourced;
use crate::finding::Finding;
use crate::markup::{Picture, Reader, parse_html};
use crate::package::PackageFile;
use crate::package::manifest;
use crate::question::{Answer, Choice, Question};
use crate::xml::{self, Element, Node};

/// The title of a cartridge and its questions, with findings. What is no question is told by kind.
#[must_use]
pub fn read(files: &[PackageFile]) -> (String, Vec<Sourced>, Vec<Finding>) {
    let (mut questions, mut findings, mut title) = (Vec::new(), Vec::new(), String::new());
    for (name, bytes) in files {
        if !name.to_ascii_lowercase().ends_with(".xml") {
            continue;
        }
        let root = match xml::parse_bytes(bytes) {
            Ok(root) => root,
            Err(fault) => {
                findings.push(Finding::error(name, fault.line, fault.rule, fault.what));
                continue;
            }
        };
        match root.name.as_str() {
            "manifest" => {
                let (read, found) = manifest::read(name, &root);
                findings.extend(found);
                others(name, &read, &mut findings);
                if title.is_empty() {
                    title = title_of(&root);
                }
            }
            "questestinterop" => document(name, &root, &mut questions, &mut findings),
            _ => {}
        }
    }
    (title, questions, findings)
}

/// The first title that the manifest's metadata gives.
fn title_of(root: &Element) -> String {
    let mut title = String::new();
    if let Some(metadata) = root.first("metadata") {
        metadata.visit(&mut |element| {
            if element.name == "title" && title.is_empty() {
                title = element.whole_text().trim().to_string();
            }
        });
    }
    title
}

/// Pages, links and discussions are not questions; how many there are is told.
fn others(file: &str, manifest: &manifest::Manifest, findings: &mut Vec<Finding>) {
    let mut kinds: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for resource in &manifest.resources {
        if !resource.kind.contains("imsqti") {
            *kinds.entry(&resource.kind).or_default() += 1;
        }
    }
    for (kind, count) in kinds {
        let what = format!(
            "resource/@type: {count} of the kind \"{kind}\" are no questions and are left out"
        );
        findings.push(Finding::warning(file, 0, "not-a-question", what));
    }
}

fn document(file: &str, root: &Element, questions: &mut Vec<Sourced>, findings: &mut Vec<Finding>) {
    let mut items: Vec<&Element> = Vec::new();
    let mut group = String::new();
    root.visit(&mut |element| match element.name.as_str() {
        "item" => items.push(element),
        "assessment" | "objectbank" if group.is_empty() => {
            group = element.get("title").unwrap_or("").to_string();
        }
        _ => {}
    });
    for element in items {
        match item(element) {
            Ok(mut question) => {
                question.group.clone_from(&group);
                let file = file.to_string();
                questions.push(Sourced { file, question });
            }
            Err((rule, what)) => {
                let what = format!("item \"{}\": {what}", element.get("ident").unwrap_or(""));
                findings.push(Finding::error(file, element.line.0, rule, what));
            }
        }
    }
}

#[derive(Default)]
struct Texts {
    pictures: Vec<Picture>,
}

impl Texts {
    /// The text of the `material` in an element.
    fn of(&mut self, element: &Element, line: bool) -> String {
        let mut nodes: Vec<Node> = Vec::new();
        for material in element.elements().filter(|one| one.name == "material") {
            for text in material.elements().filter(|one| one.name == "mattext") {
                let html = text
                    .get("texttype")
                    .is_none_or(|kind| kind.contains("html"));
                let text = text.whole_text();
                nodes.extend(if html {
                    parse_html(&text)
                } else {
                    vec![Node::Text(text)]
                });
            }
        }
        let mut reader = Reader {
            tex: true,
            ..Reader::default()
        };
        let mut out = reader.read_as(&nodes, line);
        for mut picture in reader.pictures {
            if let Some(path) = from_files(&picture.path) {
                let mark = picture.mark();
                picture.path = path;
                out = out.replace(&mark, &picture.mark());
            }
            self.pictures.push(picture);
        }
        out
    }
}

/// The path in the package of a file that a cartridge names by the place where its files will be.
fn from_files(path: &str) -> Option<String> {
    let places = [
        "$IMS-CC-FILEBASE$",
        "$IMS_CC_FILEBASE$",
        "%24IMS-CC-FILEBASE%24",
    ];
    let found = places.iter().find_map(|place| path.strip_prefix(place))?;
    Some(format!("/web_resources/{}", found.trim_start_matches('/')))
}

fn profile(element: &Element) -> String {
    let mut profile = String::new();
    element.visit(&mut |one| {
        if one.name == "qtimetadatafield" {
            let label = one
                .first("fieldlabel")
                .map(Element::whole_text)
                .unwrap_or_default();
            if label.trim() == "cc_profile" {
                profile = one
                    .first("fieldentry")
                    .map(Element::whole_text)
                    .unwrap_or_default()
                    .trim()
                    .to_string();
            }
        }
    });
    profile
}

/// What a condition asks: names or texts that are right. Those that must not be chosen are all others.
#[derive(Default)]
struct Condition {
    wanted: Vec<String>,
}

fn condition(element: &Element, negated: bool, out: &mut Condition) {
    for part in element.elements() {
        match part.name.as_str() {
            "varequal" if !negated => {
                out.wanted.push(part.whole_text().trim().to_string());
            }
            "not" => condition(part, !negated, out),
            "and" | "or" => condition(part, negated, out),
            _ => {}
        }
    }
}

/// The condition that gives the full score.
fn key(element: &Element) -> Condition {
    let mut out = Condition::default();
    let processing = element.first("resprocessing");
    for rule in processing.into_iter().flat_map(Element::elements) {
        let full = rule.elements().any(|one| {
            one.name == "setvar"
                && one
                    .whole_text()
                    .trim()
                    .parse::<f64>()
                    .is_ok_and(|score| score >= 100.0)
        });
        if let (true, Some(asked)) = (
            full && rule.name == "respcondition",
            rule.first("conditionvar"),
        ) {
            condition(asked, false, &mut out);
        }
    }
    out
}

fn item(element: &Element) -> Result<Question, (&'static str, String)> {
    let mut texts = Texts::default();
    let id = element.get("ident").unwrap_or("").to_string();
    let Some(presentation) = element.first("presentation") else {
        return Err((
            "no-question",
            "presentation: this must be given".to_string(),
        ));
    };
    let stem = texts.of(presentation, false);
    let key = key(element);
    let profile = profile(element);
    let answer = if let Some(choices) = presentation.first("response_lid") {
        let several = choices
            .get("rcardinality")
            .is_some_and(|one| one.eq_ignore_ascii_case("multiple"));
        let labels = choices
            .first("render_choice")
            .into_iter()
            .flat_map(Element::elements);
        let choices = labels
            .filter(|one| one.name == "response_label")
            .map(|label| Choice {
                text: texts.of(label, true),
                right: label
                    .get("ident")
                    .is_some_and(|ident| key.wanted.iter().any(|wanted| wanted == ident)),
                feedback: String::new(),
            });
        let choices = choices.collect();
        let shuffle = !profile.contains("true_false");
        if several {
            Answer::MultipleChoice { choices, shuffle }
        } else {
            Answer::Choice { choices, shuffle }
        }
    } else if presentation.first("response_str").is_some() && !profile.contains("essay") {
        if key.wanted.is_empty() {
            return Err((
                "no-key",
                "conditionvar: no right answer is given".to_string(),
            ));
        }
        Answer::Words(key.wanted)
    } else {
        return Err((
            "no-kind",
            format!("there is no kind of item yet for the profile \"{profile}\""),
        ));
    };
    let mut out = Question::new(id, stem, answer);
    out.title = element.get("title").unwrap_or("").to_string();
    for feedback in element.elements().filter(|one| one.name == "itemfeedback") {
        if feedback.get("ident") == Some("general_fb") {
            let material = feedback.first("flow_mat").unwrap_or(feedback);
            out.solution.push(texts.of(material, false));
        }
    }
    out.solution.retain(|text| !text.is_empty());
    out.pictures = texts.pictures;
    out.line = element.line.0;
    Ok(out)
}
