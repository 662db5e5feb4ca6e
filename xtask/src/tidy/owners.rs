//! Owners: each foreign crate belongs to one of ours, as the table `xtask/owners.toml` states with a reason.

use super::Finding;
use super::manifest::{self, Manifest};
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "owners";
/// The table's path.
const TABLE: &str = "xtask/owners.toml";

/// One row of the table.
struct Row<'a> {
    name: &'a str,
    /// Our crates that may use it; empty when only tests may.
    owners: Vec<&'a str>,
    line: usize,
}

/// Findings for foreign crates without a row or outside their owner, and for rows that are not true.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let (manifests, _) = manifest::manifests(files);
    let Some(file) = files.iter().find(|file| file.path == TABLE) else {
        // Files of a test without foreign crates need no table.
        return manifests
            .iter()
            .flat_map(|one| strangers(one, &[]))
            .collect();
    };
    let table = match file.text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => return vec![Finding::new(TABLE, 1, NAME, error.message().to_owned())],
    };
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for (name, value) in &table {
        let line = line_of(&file.text, name);
        match row(name, value, line) {
            Ok(row) => rows.push(row),
            Err(why) => found.push(Finding::new(TABLE, line, NAME, format!("{name}: {why}"))),
        }
    }
    found.extend(manifests.iter().flat_map(|one| strangers(one, &rows)));
    found.extend(rows.iter().filter_map(|row| idle(row, &manifests)));
    found
}

fn row<'a>(name: &'a str, value: &'a toml::Value, line: usize) -> Result<Row<'a>, String> {
    let text = |key: &str| {
        value
            .get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
    };
    if text("why").len() < 10 {
        return Err("say why it is needed (why = \"...\")".to_owned());
    }
    let owners: Vec<&str> = value
        .get("owners")
        .and_then(toml::Value::as_array)
        .map(|all| all.iter().filter_map(toml::Value::as_str).collect())
        .ok_or("name its owner (owners = [\"...\"]; an empty list for tests only)")?;
    if owners.len() > 1 && text("shared").len() < 10 {
        return Err("it has several owners: say why (shared = \"...\")".to_owned());
    }
    Ok(Row { name, owners, line })
}

/// Foreign crates that a crate of ours uses without being their owner.
fn strangers(one: &Manifest, rows: &[Row<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for dependency in &one.dependencies {
        let name = dependency.name.as_str();
        if name == "trellis" || name.starts_with("trellis-") {
            continue;
        }
        let why = match rows.iter().find(|row| row.name == name) {
            None => format!(
                "{name} is not listed in {TABLE}: add its owner and the reason, or do without it"
            ),
            // Tests may use what is listed.
            Some(row) if dependency.dev || row.owners.contains(&one.name.as_str()) => continue,
            Some(row) if row.owners.is_empty() => format!("{name} is for tests only"),
            Some(row) => format!(
                "{name} belongs to {}, not to {}",
                row.owners.join(", "),
                one.name
            ),
        };
        found.push(Finding::new(&one.path, dependency.line, NAME, why));
    }
    found
}

/// A row, or an owner in it, that no manifest bears out.
fn idle(row: &Row<'_>, manifests: &[Manifest]) -> Option<Finding> {
    let uses = |one: &Manifest, dev: bool| {
        one.dependencies
            .iter()
            .any(|dependency| dependency.name == row.name && dependency.dev == dev)
    };
    let why = if row.owners.is_empty() {
        let used = manifests.iter().any(|one| uses(one, true));
        (!used).then(|| format!("{}: no test uses it, remove the row", row.name))
    } else {
        row.owners
            .iter()
            .find(|owner| {
                !manifests
                    .iter()
                    .any(|one| one.name == **owner && uses(one, false))
            })
            .map(|owner| format!("{}: {owner} does not use it, correct the row", row.name))
    };
    why.map(|why| Finding::new(TABLE, row.line, NAME, why))
}

fn line_of(text: &str, name: &str) -> usize {
    let plain = format!("[{name}]");
    let quoted = format!("[\"{name}\"]");
    text.lines()
        .position(|line| line.trim() == plain || line.trim() == quoted)
        .map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(table: &str, manifest: &str) -> Vec<String> {
        let files = [
            File::new(
                "crates/trellis-store/Cargo.toml",
                &format!("[package]\nname = \"trellis-store\"\n{manifest}"),
            ),
            File::new(TABLE, table),
        ];
        check(&files).iter().map(ToString::to_string).collect()
    }

    const ROW: &str =
        "[rusqlite]\nowners = [\"trellis-store\"]\nwhy = \"the only crate that knows SQL\"\n";

    #[test]
    fn an_owned_crate_is_quiet() {
        let found = with(
            ROW,
            "[dependencies]\nrusqlite = \"1\"\ntrellis-core.workspace = true\n",
        );
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn an_unlisted_crate_fires() {
        let found = with("", "[dependencies]\nleft-pad = \"1\"\n");
        assert_eq!(found.len(), 1);
        assert!(
            found[0]
                .starts_with("crates/trellis-store/Cargo.toml:4: owners: left-pad is not listed"),
            "{found:?}"
        );
    }

    #[test]
    fn a_crate_in_other_hands_fires() {
        let table = ROW.replace("trellis-store", "trellis-web");
        let found = with(&table, "[dependencies]\nrusqlite = \"1\"\n");
        assert!(
            found
                .iter()
                .any(|one| one.contains("belongs to trellis-web")),
            "{found:?}"
        );
        assert!(
            found
                .iter()
                .any(|one| one.contains("trellis-web does not use it")),
            "{found:?}"
        );
    }

    #[test]
    fn tests_only_means_tests_only() {
        let table = "[proptest]\nowners = []\nwhy = \"properties over many inputs\"\n";
        assert!(with(table, "[dev-dependencies]\nproptest = \"1\"\n").is_empty());
        assert_eq!(with(table, "[dependencies]\nproptest = \"1\"\n").len(), 2);
    }

    #[test]
    fn a_row_without_reason_or_use_fires() {
        assert_eq!(
            with(
                "[rusqlite]\nowners = [\"trellis-store\"]\n",
                "[dev-dependencies]\n"
            )
            .len(),
            1
        );
        assert_eq!(with(ROW, "").len(), 1);
        let two = "[serde]\nowners = [\"trellis-store\", \"trellis-web\"]\nwhy = \"events are written\"\n";
        assert!(
            with(two, "[dependencies]\nserde = \"1\"\n")
                .iter()
                .any(|one| one.contains("several owners"))
        );
    }
}
