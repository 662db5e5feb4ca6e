//! What a Cargo.toml says about its dependencies, in the few words that the rules need.

use crate::tree::File;

/// One dependency of one crate of ours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// The package's name at its registry, or our crate's name.
    pub(crate) name: String,
    /// True when only tests see it.
    pub(crate) dev: bool,
    /// The line of the manifest.
    pub(crate) line: usize,
}

/// One crate of ours.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// The package's name.
    pub(crate) name: String,
    /// The manifest's path from the root.
    pub(crate) path: String,
    /// Its dependencies of every kind and platform.
    pub(crate) dependencies: Vec<Dependency>,
}

/// Reads the manifests of all crates; a manifest that cannot be read is given as (path, why).
pub(crate) fn manifests(files: &[File]) -> (Vec<Manifest>, Vec<(String, String)>) {
    let mut read = Vec::new();
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| file.name() == "Cargo.toml") {
        match file.text.parse::<toml::Table>() {
            Ok(table) => read.extend(manifest(file, &table)),
            Err(error) => broken.push((file.path.clone(), error.message().to_owned())),
        }
    }
    (read, broken)
}

/// None for the workspace's own manifest, which has no package.
fn manifest(file: &File, table: &toml::Table) -> Option<Manifest> {
    let name = table.get("package")?.get("name")?.as_str()?.to_owned();
    let mut dependencies = sections(file, table);
    let targets = table.get("target").and_then(toml::Value::as_table);
    for target in targets.into_iter().flat_map(|all| all.values()) {
        if let Some(target) = target.as_table() {
            dependencies.extend(sections(file, target));
        }
    }
    Some(Manifest {
        name,
        path: file.path.clone(),
        dependencies,
    })
}

fn sections(file: &File, table: &toml::Table) -> Vec<Dependency> {
    let kinds = [
        ("dependencies", false),
        ("build-dependencies", false),
        ("dev-dependencies", true),
    ];
    let mut all = Vec::new();
    for (section, dev) in kinds {
        let entries = table.get(section).and_then(toml::Value::as_table);
        for (key, value) in entries.into_iter().flatten() {
            let renamed = value.get("package").and_then(toml::Value::as_str);
            all.push(Dependency {
                name: renamed.unwrap_or(key).to_owned(),
                dev,
                line: line_of(&file.text, section, key),
            });
        }
    }
    all
}

/// The line where a section names a key; 1 when it is written in a way not foreseen.
fn line_of(text: &str, section: &str, key: &str) -> usize {
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            if header.ends_with(&format!("{section}.{key}")) {
                return index + 1;
            }
            inside = header == section || header.ends_with(&format!(".{section}"));
        } else if inside
            && line
                .strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
        {
            return index + 1;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds_of_dependencies_are_read() {
        let text = "[package]\nname = \"a\"\n[dependencies]\nx.workspace = true\ny = { package = \"real\", version = \"1\" }\n[dev-dependencies]\nz = \"1\"\n[target.'cfg(unix)'.dependencies]\nu = \"1\"\n";
        let (read, broken) = manifests(&[File::new("crates/a/Cargo.toml", text)]);
        assert!(broken.is_empty());
        let found: Vec<(&str, bool, usize)> = read[0]
            .dependencies
            .iter()
            .map(|one| (one.name.as_str(), one.dev, one.line))
            .collect();
        assert_eq!(
            found,
            [
                ("x", false, 4),
                ("real", false, 5),
                ("z", true, 7),
                ("u", false, 9)
            ]
        );
    }

    #[test]
    fn a_broken_manifest_is_told() {
        let (read, broken) = manifests(&[File::new("crates/a/Cargo.toml", "[package")]);
        assert!(read.is_empty());
        assert_eq!(broken.len(), 1);
    }
}
