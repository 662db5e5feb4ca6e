//! Floors: which of our crates may depend on which; arrows point down only.

use super::Finding;
use super::manifest;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "floors";

/// The floor of each crate; a crate sees the floors below its own.
const FLOORS: &[(&str, u8)] = &[
    ("trellis-math", 1),
    ("trellis-stats", 1),
    ("trellis-core", 2),
    ("trellis-interop", 3),
    ("trellis-store", 3),
    ("trellis-web", 4),
    ("trellis-sim", 4),
    ("trellis", 5),
];

/// Crates beside the house, with all that they may see.
const BESIDE: &[(&str, &[&str])] = &[
    ("trellis-offline", &["trellis-core"]),
    (
        "trellis-fuzz",
        &[
            "trellis-core",
            "trellis-interop",
            "trellis-math",
            "trellis-stats",
        ],
    ),
    ("xtask", &[]),
];

fn floor(name: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(one, _)| *one == name)
        .map(|(_, floor)| *floor)
}

fn is_ours(name: &str) -> bool {
    floor(name).is_some() || name == "trellis" || name == "xtask" || name.starts_with("trellis-")
}

/// Why the arrow is wrong; none when it points down.
fn fault(from: &str, to: &str, dev: bool) -> Option<String> {
    if from == to && dev {
        // A crate may name itself to turn its own features on in its tests.
        return None;
    }
    if let Some((_, allowed)) = BESIDE.iter().find(|(one, _)| *one == from) {
        return (!allowed.contains(&to)).then(|| format!("{from} must not depend on {to}"));
    }
    let Some(upper) = floor(from) else {
        return Some(format!(
            "{from} has no floor: give it one in xtask/src/tidy/floors.rs and in ARCHITECTURE.md"
        ));
    };
    let Some(lower) = floor(to) else {
        return Some(format!(
            "{to} stands beside the house, nothing may depend on it"
        ));
    };
    // Tests may look sideways (a page's tests want a simulated school), never up.
    let ok = if dev { lower <= upper } else { lower < upper };
    (!ok).then(|| {
        format!("{from} (floor {upper}) must not depend on {to} (floor {lower}): arrows point down")
    })
}

/// Findings for every arrow that does not point down and every crate without a floor.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let (manifests, broken) = manifest::manifests(files);
    let mut found: Vec<Finding> = broken
        .iter()
        .map(|(path, why)| Finding::new(path, 1, NAME, format!("cannot be read: {why}")))
        .collect();
    for one in &manifests {
        if floor(&one.name).is_none() && BESIDE.iter().all(|(name, _)| *name != one.name) {
            let why = format!(
                "{} has no floor: give it one in xtask/src/tidy/floors.rs and in ARCHITECTURE.md",
                one.name
            );
            found.push(Finding::new(&one.path, 1, NAME, why));
            continue;
        }
        for dependency in one.dependencies.iter().filter(|one| is_ours(&one.name)) {
            if let Some(why) = fault(&one.name, &dependency.name, dependency.dev) {
                found.push(Finding::new(&one.path, dependency.line, NAME, why));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(name: &str, body: &str) -> Vec<Finding> {
        let text = format!("[package]\nname = \"{name}\"\n{body}");
        check(&[File::new(&format!("crates/{name}/Cargo.toml"), &text)])
    }

    #[test]
    fn an_arrow_down_is_quiet() {
        assert!(
            arrows(
                "trellis-web",
                "[dependencies]\ntrellis-core.workspace = true\nserde = \"1\"\n"
            )
            .is_empty()
        );
        assert!(
            arrows(
                "trellis-offline",
                "[dependencies]\ntrellis-core.workspace = true\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn an_arrow_up_or_sideways_fires_with_its_line() {
        let found = arrows(
            "trellis-core",
            "[dependencies]\ntrellis-store.workspace = true\n",
        );
        assert_eq!((found.len(), found[0].line), (1, 4), "{found:?}");
        assert_eq!(
            arrows(
                "trellis-store",
                "[dependencies]\ntrellis-interop.workspace = true\n"
            )
            .len(),
            1
        );
        assert_eq!(
            arrows("xtask", "[dependencies]\ntrellis-core.workspace = true\n").len(),
            1
        );
        assert_eq!(
            arrows(
                "trellis-offline",
                "[dependencies]\ntrellis-store.workspace = true\n"
            )
            .len(),
            1
        );
    }

    #[test]
    fn tests_may_look_sideways_but_not_up() {
        assert!(
            arrows(
                "trellis-web",
                "[dev-dependencies]\ntrellis-sim.workspace = true\n"
            )
            .is_empty()
        );
        assert!(
            arrows(
                "trellis-stats",
                "[dev-dependencies]\ntrellis-stats = { path = \".\" }\n"
            )
            .is_empty()
        );
        assert_eq!(
            arrows(
                "trellis-core",
                "[dev-dependencies]\ntrellis-sim.workspace = true\n"
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_crate_without_a_floor_fires() {
        assert_eq!(arrows("trellis-tower", "").len(), 1);
        assert_eq!(
            arrows("trellis-web", "[dependencies]\ntrellis-tower = \"1\"\n").len(),
            1
        );
    }
}
