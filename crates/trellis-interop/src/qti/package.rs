//! Questions as a package of QTI: a manifest, a test that holds all, and an item in each file.

use super::export;
use super::names::Version;
use super::test::{AssessmentTest, Gate, ItemRef, Section, SectionPart, TestPart};
use super::{Document, write};
use crate::markup::MEDIA;
use crate::package::manifest::{self, Manifest, Resource};
use crate::package::{Kept, PackageFile};
use crate::question::Question;
use crate::xml::{self, Element, Line, Node};

/// The files of a package in a version, sorted by path. Pictures and sounds of the questions come along.
#[must_use]
pub fn files(
    title: &str,
    language: &str,
    questions: &[Question],
    version: Version,
    media: &Kept<'_>,
) -> Vec<PackageFile> {
    let mut out: Vec<PackageFile> = Vec::new();
    let mut manifest = Manifest {
        identifier: export::identifier(&format!("package-{title}")),
        space: match version {
            Version::V3p0 => "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
            _ => "http://www.imsglobal.org/xsd/imscp_v1p1",
        }
        .to_string(),
        schema: match version {
            Version::V3p0 => "QTI Package".to_string(),
            other => format!("QTIv{} Package", other.number()),
        },
        schema_version: if version == Version::V3p0 {
            "3.0.0"
        } else {
            "1.0.0"
        }
        .to_string(),
        ..Manifest::default()
    };
    let kind = |what: &str| format!("imsqti_{what}_xmlv{}", version.number().replace('.', "p"));
    let mut parts = Vec::new();
    for question in questions {
        let mut item = export::item(question, language);
        let name = item.identifier.clone();
        let path = format!("items/{name}.xml");
        parts.push(SectionPart::Item(Box::new(reference(&name, &path))));
        let mut own = vec![path.clone()];
        if let Some(body) = &mut item.body {
            in_folder(body);
        }
        for name in question.media_names() {
            let path = format!("media/{name}");
            if !out.iter().any(|(known, _)| *known == path)
                && let Some(bytes) = media(&name)
            {
                out.push((path.clone(), bytes));
            }
            own.push(path);
        }
        if let Some(picture) = export::picture(question) {
            own.push(picture.0.clone());
            out.push(picture);
        }
        let document = Document::Item(Box::new(item)).in_version(version);
        out.push((path.clone(), write(&document).into_bytes()));
        manifest.resources.push(Resource {
            identifier: format!("r-{name}"),
            kind: kind("item"),
            href: Some(path),
            files: own,
            ..Resource::default()
        });
    }
    let test = Document::Test(Box::new(test(title, parts))).in_version(version);
    out.push(("test.xml".to_string(), write(&test).into_bytes()));
    manifest.resources.push(Resource {
        identifier: "r-test".to_string(),
        kind: kind("test"),
        href: Some("test.xml".to_string()),
        files: vec!["test.xml".to_string()],
        dependencies: manifest
            .resources
            .iter()
            .map(|one| one.identifier.clone())
            .collect(),
        ..Resource::default()
    });
    let text = xml::write(&manifest::write(&manifest));
    out.push(("imsmanifest.xml".to_string(), text.into_bytes()));
    out.sort();
    out
}

/// Items stand in a folder beside that of pictures and sounds.
fn in_folder(element: &mut Element) {
    for one in &mut element.attributes {
        if let Some(name) = one.value.strip_prefix(MEDIA) {
            one.value = format!("../media/{name}");
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            in_folder(child);
        }
    }
}

fn reference(name: &str, path: &str) -> ItemRef {
    ItemRef {
        identifier: name.to_string(),
        href: path.to_string(),
        categories: Vec::new(),
        required: false,
        fixed: false,
        gate: Gate::default(),
        weights: Vec::new(),
        mappings: Vec::new(),
        template_defaults: Vec::new(),
        line: Line(0),
    }
}

fn test(title: &str, parts: Vec<SectionPart>) -> AssessmentTest {
    let section = Section {
        identifier: "section".to_string(),
        title: title.to_string(),
        visible: true,
        required: false,
        fixed: false,
        keep_together: true,
        select: None,
        shuffle: None,
        gate: Gate::default(),
        extra: Vec::new(),
        parts,
        line: Line(0),
    };
    AssessmentTest {
        version: Version::V3p0,
        identifier: "test".to_string(),
        title: title.to_string(),
        attributes: Vec::new(),
        outcomes: Vec::new(),
        limits: None,
        parts: vec![TestPart {
            identifier: "part".to_string(),
            linear: false,
            simultaneous: false,
            gate: Gate::default(),
            sections: vec![SectionPart::Section(Box::new(section))],
            extra: Vec::new(),
        }],
        processing: None,
        extra: Vec::new(),
    }
}
