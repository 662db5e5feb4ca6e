//! `cargo xtask sbom`: what the program is made of, as a bill of materials (CycloneDX 1.6, JSON), from what cargo resolves
//! and the checksums of `Cargo.lock`. The same sources give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::{Value, json};

use crate::program::said;

/// The package that becomes the program.
const PROGRAM: &str = "trellis";
/// The crate that carries the C source of SQLite, and where in it the version is said.
const SQLITE: (&str, &str) = ("libsqlite3-sys", "sqlite3/sqlite3.h");

/// Writes the bill to standard output, or into `--to FILE`.
pub(crate) fn run(words: &[String], out: &mut dyn Write) -> io::Result<ExitCode> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match words.as_slice() {
        [] => out.write_all(text(&root)?.as_bytes())?,
        ["--to", file] => fs::write(file, text(&root)?)?,
        _ => {
            writeln!(out, "cargo xtask sbom [--to FILE]")?;
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The bill as text.
pub(crate) fn text(root: &Path) -> io::Result<String> {
    let mut text = serde_json::to_string_pretty(&bill(root)?).map_err(io::Error::other)?;
    text.push('\n');
    Ok(text)
}

/// Asks cargo, without a network and without changing the lock file.
fn cargo(root: &Path, words: &[&str]) -> io::Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(words).args(["--locked", "--offline"]);
    said(command.current_dir(root))
}

/// The platform that is built for when nothing else is said.
fn host(root: &Path) -> io::Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = said(Command::new(rustc).arg("-vV").current_dir(root))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| io::Error::other("the compiler names no host"))
}

fn strings<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What a package needs to run or to be built, by its id.
fn needs(node: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    for need in list(&node["deps"]) {
        let mut kinds = list(&need["dep_kinds"]).iter();
        if kinds.any(|kind| kind["kind"].as_str() != Some("dev")) {
            found.push(strings(need, "pkg"));
        }
    }
    found
}

/// The packages that the program is built from with its own settings, by name and version. Cargo's other list settles the
/// features of all packages of the workspace together, and so names more.
fn members(root: &Path, host: &str, kinds: &str) -> io::Result<BTreeSet<(String, String)>> {
    let words = ["tree", "-p", PROGRAM, "--target", host, "-e", kinds];
    let form = ["--prefix", "none", "--format", "{p}"];
    let text = cargo(root, &[&words[..], &form[..]].concat())?;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            found.insert((name.to_owned(), version.trim_start_matches('v').to_owned()));
        }
    }
    Ok(found)
}

/// The checksums of `Cargo.lock`, by name and version.
fn checksums(root: &Path) -> io::Result<BTreeMap<(String, String), String>> {
    let lock = fs::read_to_string(root.join("Cargo.lock"))?;
    let lock: toml::Table = lock.parse().map_err(io::Error::other)?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let mut found = BTreeMap::new();
    for package in packages.into_iter().flatten() {
        let said = |key: &str| package.get(key).and_then(toml::Value::as_str);
        if let (Some(name), Some(version), Some(checksum)) =
            (said("name"), said("version"), said("checksum"))
        {
            found.insert((name.to_owned(), version.to_owned()), checksum.to_owned());
        }
    }
    Ok(found)
}

/// The name of a package that all such bills share (purl).
fn purl(package: &Value) -> String {
    format!(
        "pkg:cargo/{}@{}",
        strings(package, "name"),
        strings(package, "version")
    )
}

/// One package. Old packages write a licence of two as `A/B`, which the list of licences spells `A OR B`.
fn component(package: &Value, kind: &str, runs: bool, checksum: Option<&String>) -> Value {
    let mut component = json!({
        "type": kind,
        "bom-ref": purl(package),
        "name": strings(package, "name"),
        "version": strings(package, "version"),
        "scope": if runs { "required" } else { "excluded" },
        "purl": purl(package),
    });
    if let Some(license) = package["license"].as_str() {
        component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
    }
    if let Some(checksum) = checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// SQLite, which is compiled in as C: no package names it.
fn sqlite(package: &Value) -> io::Result<Value> {
    let folder = Path::new(strings(package, "manifest_path")).with_file_name(SQLITE.1);
    let header = fs::read_to_string(folder)?;
    let said = header
        .lines()
        .find_map(|line| line.strip_prefix("#define SQLITE_VERSION "));
    let version = said.map(|said| said.trim().trim_matches('"'));
    let version = version.ok_or_else(|| io::Error::other("SQLite does not say its version"))?;
    let name = format!("pkg:generic/sqlite@{version}");
    Ok(json!({
        "type": "library",
        "bom-ref": name,
        "name": "sqlite",
        "version": version,
        "scope": "required",
        "purl": name,
        "licenses": [{ "license": { "name": "Public Domain" } }],
    }))
}

fn bill(root: &Path) -> io::Result<Value> {
    let host = host(root)?;
    let words = [
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        &host,
    ];
    let metadata: Value = serde_json::from_str(&cargo(root, &words)?).map_err(io::Error::other)?;
    let nodes = list(&metadata["resolve"]["nodes"]).iter();
    let nodes: BTreeMap<&str, &Value> = nodes.map(|node| (strings(node, "id"), node)).collect();
    let packages = list(&metadata["packages"]).iter();
    let packages: BTreeMap<&str, &Value> = packages.map(|one| (strings(one, "id"), one)).collect();
    let all = members(root, &host, "normal,build")?;
    let running = members(root, &host, "normal")?;
    let checksums = checksums(root)?;
    let key_of = |package: &Value| {
        (
            strings(package, "name").to_owned(),
            strings(package, "version").to_owned(),
        )
    };
    let mut whole = None;
    let mut components = BTreeMap::new();
    let mut dependencies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, package) in &packages {
        let key = key_of(package);
        if !all.contains(&key) {
            continue;
        }
        let after = nodes
            .get(id)
            .map_or_else(Vec::new, |node| needs(node))
            .into_iter();
        let after = after.filter_map(|need| packages.get(need));
        let after = after.filter(|need| all.contains(&key_of(need)));
        let mut after: BTreeSet<String> = after.map(|need| purl(need)).collect();
        if key.0 == SQLITE.0 {
            let sqlite = sqlite(package)?;
            let name = strings(&sqlite, "bom-ref").to_owned();
            after.insert(name.clone());
            components.insert(name, sqlite);
        }
        dependencies.insert(purl(package), after);
        if key.0 == PROGRAM {
            whole = Some(component(package, "application", true, None));
        } else {
            let runs = running.contains(&key);
            let one = component(package, "library", runs, checksums.get(&key));
            components.insert(purl(package), one);
        }
    }
    let whole = whole.ok_or_else(|| io::Error::other("the program is not here"))?;
    let dependencies = dependencies.into_iter();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": whole },
        "components": components.into_values().collect::<Vec<_>>(),
        "dependencies": dependencies
            .map(|(name, after)| json!({ "ref": name, "dependsOn": after }))
            .collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn the_bill_names_what_our_crates_ask_for_and_nothing_of_tests() {
        let bill = bill(&root()).unwrap();
        let components = list(&bill["components"]).iter();
        let scopes: BTreeMap<&str, &str> = components
            .map(|one| (strings(one, "name"), strings(one, "scope")))
            .collect();
        let (mut asked, mut tested) = (0, 0);
        for folder in fs::read_dir(root().join("crates")).unwrap() {
            let manifest = folder.unwrap().path().join("Cargo.toml");
            let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
            let names = |part: &str| -> Vec<String> {
                let part = manifest.get(part).and_then(toml::Value::as_table);
                part.into_iter()
                    .flat_map(toml::Table::keys)
                    .cloned()
                    .collect()
            };
            for name in names("dependencies") {
                assert_eq!(scopes.get(name.as_str()), Some(&"required"), "{name}");
                asked += 1;
            }
            tested += names("dev-dependencies").len();
        }
        assert!(asked > 30 && tested > 5, "{asked} {tested}");
        for name in ["proptest", "latex2mathml", "xtask", "trellis"] {
            assert_eq!(scopes.get(name), None, "{name}");
        }
        // What only builds it is marked so.
        assert_eq!(scopes.get("cc"), Some(&"excluded"));
    }

    #[test]
    fn every_stranger_has_a_licence_and_the_checksum_of_the_lock_file() {
        let bill = bill(&root()).unwrap();
        let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
        let mut strangers = 0;
        for one in list(&bill["components"]) {
            let (name, version) = (strings(one, "name"), strings(one, "version"));
            assert!(!list(&one["licenses"]).is_empty(), "{name} has no licence");
            if name.starts_with("trellis-") || name == "sqlite" {
                continue;
            }
            // Read from the text of the lock file, and not as the bill reads it.
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            let (_, rest) = lock.split_once(&entry).expect("it is in the lock file");
            let rest = rest.split("[[package]]").next().unwrap();
            let checksum = strings(&one["hashes"][0], "content");
            assert!(
                rest.contains(&format!("checksum = \"{checksum}\"")),
                "{name}"
            );
            assert_eq!(checksum.len(), 64, "{name}");
            strangers += 1;
        }
        assert!(strangers > 50, "{strangers}");
    }

    #[test]
    fn every_arrow_leads_to_something_in_the_bill_and_the_form_is_the_one_of_1_6() {
        let bill = bill(&root()).unwrap();
        assert_eq!(strings(&bill, "bomFormat"), "CycloneDX");
        assert_eq!(strings(&bill, "specVersion"), "1.6");
        let whole = strings(&bill["metadata"]["component"], "bom-ref");
        let components = list(&bill["components"]).iter();
        let mut names: BTreeSet<&str> = components.map(|one| strings(one, "bom-ref")).collect();
        assert_eq!(
            names.len(),
            list(&bill["components"]).len(),
            "no name stands twice"
        );
        assert!(
            names.insert(whole) && whole.starts_with("pkg:cargo/trellis@"),
            "{whole}"
        );
        let mut reached = BTreeSet::from([whole]);
        for one in list(&bill["dependencies"]) {
            assert!(names.contains(strings(one, "ref")), "{one}");
            for after in list(&one["dependsOn"]) {
                assert!(names.contains(after.as_str().unwrap()), "{one}");
                reached.insert(after.as_str().unwrap());
            }
        }
        assert_eq!(reached, names, "something leads to each");
        assert!(
            names
                .iter()
                .any(|name| name.starts_with("pkg:generic/sqlite@3."))
        );
        assert_eq!(text(&root()).unwrap(), text(&root()).unwrap());
    }
}
