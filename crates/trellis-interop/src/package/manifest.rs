//! Manifests of packages: what a package says is in it.

use crate::finding::Finding;
use crate::xml::{Element, Line};

/// A part of a package.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resource {
    /// Its name.
    pub identifier: String,
    /// Its type, such as `imsqti_item_xmlv3p0`.
    pub kind: String,
    /// Its main file.
    pub href: Option<String>,
    /// All of its files.
    pub files: Vec<String>,
    /// The parts that it needs.
    pub dependencies: Vec<String>,
    /// What is said of it, as carried.
    pub metadata: Option<Element>,
    /// Where it stands.
    pub line: Line,
}

/// A manifest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// Its name.
    pub identifier: String,
    /// The namespace of its document.
    pub space: String,
    /// The kind of package: `QTI Package`, `IMS Common Cartridge`.
    pub schema: String,
    /// Its version.
    pub schema_version: String,
    /// What else is said of the package, as carried.
    pub metadata: Vec<Element>,
    /// How the parts are put in order for people, as carried.
    pub organizations: Option<Element>,
    /// The parts.
    pub resources: Vec<Resource>,
}

/// Reads a manifest from its tree. `file` names it in findings.
#[must_use]
pub fn read(file: &str, root: &Element) -> (Manifest, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut out = Manifest {
        identifier: root.get("identifier").unwrap_or("").to_string(),
        space: root.space.clone(),
        ..Manifest::default()
    };
    if let Some(metadata) = root.first("metadata") {
        for child in metadata.elements() {
            match child.name.as_str() {
                "schema" => out.schema = child.whole_text().trim().to_string(),
                "schemaversion" => out.schema_version = child.whole_text().trim().to_string(),
                _ => out.metadata.push(child.clone().without_blanks()),
            }
        }
    }
    out.organizations = root
        .first("organizations")
        .map(|one| one.clone().without_blanks());
    let Some(resources) = root.first("resources") else {
        let what = "manifest: there are no resources";
        findings.push(Finding::error(file, root.line.0, "missing-element", what));
        return (out, findings);
    };
    for element in resources.elements().filter(|one| one.name == "resource") {
        let resource = resource(element);
        if resource.identifier.is_empty() {
            let what = "resource/@identifier: this must be given";
            findings.push(Finding::error(
                file,
                element.line.0,
                "missing-attribute",
                what,
            ));
        }
        out.resources.push(resource);
    }
    for resource in &out.resources {
        for needed in &resource.dependencies {
            if !out
                .resources
                .iter()
                .any(|other| other.identifier == *needed)
            {
                let what = format!("dependency/@identifierref: there is no resource \"{needed}\"");
                findings.push(Finding::warning(
                    file,
                    resource.line.0,
                    "unknown-resource",
                    what,
                ));
            }
        }
    }
    (out, findings)
}

fn resource(element: &Element) -> Resource {
    let named = |name: &str, attribute: &str| {
        let found = element.elements().filter(|one| one.name == name);
        found
            .filter_map(|one| one.get(attribute))
            .map(str::to_string)
            .collect()
    };
    Resource {
        identifier: element.get("identifier").unwrap_or("").to_string(),
        kind: element.get("type").unwrap_or("").to_string(),
        href: element.get("href").map(str::to_string),
        files: named("file", "href"),
        dependencies: named("dependency", "identifierref"),
        metadata: element
            .first("metadata")
            .map(|one| one.clone().without_blanks()),
        line: element.line,
    }
}

/// Says which files of a manifest are not in the package, each once. `folder` is the manifest's own, with a `/` or empty.
#[must_use]
pub fn missing(
    file: &str,
    folder: &str,
    manifest: &Manifest,
    has: &dyn Fn(&str) -> bool,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for resource in &manifest.resources {
        for href in resource.href.iter().chain(&resource.files) {
            let address = href.contains("://");
            let inside = super::zip::plain_path(&format!("{folder}{href}"));
            let there = inside.as_deref().is_some_and(has);
            let told = findings
                .iter()
                .any(|one| one.message.contains(&format!("\"{href}\"")));
            if address || there || told {
                continue;
            }
            let what = format!("file/@href: \"{href}\" is not in the package");
            findings.push(Finding::warning(
                file,
                resource.line.0,
                "missing-file",
                what,
            ));
        }
    }
    findings
}

/// A manifest as a tree: reading it gives the same manifest.
#[must_use]
pub fn write(manifest: &Manifest) -> Element {
    let plain = |name: &str, text: &str| (!text.is_empty()).then(|| Element::new(name).text(text));
    let metadata = Element::new("metadata")
        .all(plain("schema", &manifest.schema))
        .all(plain("schemaversion", &manifest.schema_version))
        .all(manifest.metadata.iter().cloned());
    let resources = manifest.resources.iter().map(|resource| {
        let files = resource
            .files
            .iter()
            .map(|href| Element::new("file").with("href", href));
        let needed = resource.dependencies.iter();
        Element::new("resource")
            .with("identifier", &resource.identifier)
            .with("type", &resource.kind)
            .with_some("href", resource.href.as_ref())
            .all(resource.metadata.clone())
            .all(files)
            .all(needed.map(|name| Element::new("dependency").with("identifierref", name)))
    });
    let mut root = Element::new("manifest")
        .with("identifier", &manifest.identifier)
        .child(metadata)
        .all(manifest.organizations.clone())
        .child(Element::new("resources").all(resources));
    in_space(&mut root, &manifest.space);
    root
}

/// Elements that have no namespace of their own get the manifest's.
fn in_space(element: &mut Element, space: &str) {
    if element.space.is_empty() {
        element.space = space.to_string();
    }
    for node in &mut element.children {
        if let crate::xml::Node::Element(child) = node {
            in_space(child, space);
        }
    }
}
