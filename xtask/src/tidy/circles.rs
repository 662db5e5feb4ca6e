//! Circles: files of one crate that name each other in a ring through `crate::` and `super::` paths.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Finding;
use crate::source;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "circles";

/// A module's path inside its crate; the crate's root is the empty path.
type Module = Vec<String>;

/// Files of one crate by module, each with the modules that it names and the line of the first mention.
type Graph<'a> = BTreeMap<Module, (&'a str, BTreeMap<Module, usize>)>;

/// Findings for every ring of files, told once at the ring's first file.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut crates: BTreeMap<&str, Vec<(&File, Module)>> = BTreeMap::new();
    for file in files {
        if let (Some(name), Some(module)) = (file.crate_name(), module_of(&file.path)) {
            crates.entry(name).or_default().push((file, module));
        }
    }
    crates
        .values()
        .flat_map(|members| rings(&graph(members)))
        .collect()
}

/// The module that a source file is; none for tests, build scripts and other files.
fn module_of(path: &str) -> Option<Module> {
    if source::is_test_file(path) {
        return None;
    }
    let (_, inside) = path.split_once("/src/")?;
    let mut parts: Module = inside
        .strip_suffix(".rs")?
        .split('/')
        .map(str::to_owned)
        .collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    } else if parts.len() == 1 && matches!(parts[0].as_str(), "lib" | "main") {
        parts.clear();
    }
    Some(parts)
}

fn graph<'a>(members: &[(&'a File, Module)]) -> Graph<'a> {
    let known: BTreeSet<&Module> = members.iter().map(|(_, module)| module).collect();
    let mut graph = Graph::new();
    for (file, module) in members {
        let code = source::shipped_code(&file.text);
        let mut named = BTreeMap::new();
        for (offset, path) in mentions(&code, module) {
            // The longest beginning of the path that is a file; the rest are names inside it.
            let target = (0..=path.len())
                .rev()
                .map(|length| path[..length].to_vec())
                .find(|part| known.contains(part));
            if let Some(target) = target.filter(|target| target != module) {
                named
                    .entry(target)
                    .or_insert_with(|| source::line_at(&code, offset));
            }
        }
        graph.insert(module.clone(), (file.path.as_str(), named));
    }
    graph
}

/// Every path that starts at `crate::` or `super::`, made absolute, with its offset.
fn mentions(code: &str, module: &Module) -> Vec<(usize, Module)> {
    let mut all = Vec::new();
    for at in source::whole_words(code, "crate::") {
        all.extend(
            spread(&code[at + 7..], &[])
                .into_iter()
                .map(|path| (at, path)),
        );
    }
    let mut skip_until = 0;
    for at in source::whole_words(code, "super::") {
        if at < skip_until {
            continue;
        }
        let rest = &code[at..];
        let ups = rest
            .as_bytes()
            .chunks(7)
            .take_while(|chunk| *chunk == b"super::")
            .count();
        skip_until = at + 7 * ups;
        let base = &module[..module.len().saturating_sub(ups)];
        all.extend(
            spread(&rest[7 * ups..], base)
                .into_iter()
                .map(|path| (at, path)),
        );
    }
    all
}

/// The paths of a use tree such as `a::{b, c::d}`, each behind `base`.
fn spread(tree: &str, base: &[String]) -> Vec<Module> {
    let mut path = base.to_vec();
    let mut rest = tree.trim_start();
    loop {
        let length = rest
            .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .unwrap_or(rest.len());
        if length > 0 {
            path.push(rest[..length].to_owned());
            rest = &rest[length..];
        } else if let Some(inside) = rest.strip_prefix('{') {
            return parts_of_braces(inside)
                .into_iter()
                .flat_map(|part| spread(part, &path))
                .collect();
        }
        match rest.strip_prefix("::") {
            Some(next) if length > 0 => rest = next.trim_start(),
            _ => return vec![path],
        }
    }
}

/// The pieces between the commas of a brace group whose opening brace is already read.
fn parts_of_braces(inside: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b'}' => {
                parts.push(&inside[start..at]);
                break;
            }
            b',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// One finding for each group of files that reach each other.
fn rings(graph: &Graph<'_>) -> Vec<Finding> {
    let mut told: BTreeSet<&Module> = BTreeSet::new();
    let mut found = Vec::new();
    for (start, (path, named)) in graph {
        if told.contains(start) {
            continue;
        }
        let Some(ring) = way_back(graph, start) else {
            continue;
        };
        told.extend(
            graph
                .keys()
                .filter(|other| reaches(graph, start, other) && reaches(graph, other, start)),
        );
        let line = ring
            .first()
            .and_then(|next| named.get(*next))
            .copied()
            .unwrap_or(1);
        let mut names: Vec<String> = vec![spoken(start)];
        names.extend(ring.iter().map(|module| spoken(module)));
        found.push(Finding::new(
            path,
            line,
            NAME,
            format!("a circle: {}", names.join(" -> ")),
        ));
    }
    found
}

fn spoken(module: &Module) -> String {
    if module.is_empty() {
        "the crate's root".to_owned()
    } else {
        module.join("::")
    }
}

/// The shortest way from a module back to itself, without its first step's start.
fn way_back<'a>(graph: &'a Graph<'_>, start: &'a Module) -> Option<Vec<&'a Module>> {
    let mut came: BTreeMap<&Module, &Module> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        let Some((_, named)) = graph.get(here) else {
            continue;
        };
        for next in named.keys() {
            if came.contains_key(next) {
                continue;
            }
            came.insert(next, here);
            if next == start {
                let mut way = vec![next];
                let mut step = here;
                while step != start {
                    way.push(step);
                    step = came.get(step).copied()?;
                }
                way.reverse();
                return Some(way);
            }
            waiting.push_back(next);
        }
    }
    None
}

fn reaches(graph: &Graph<'_>, from: &Module, to: &Module) -> bool {
    let mut seen: BTreeSet<&Module> = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(here) = waiting.pop() {
        if let Some((_, named)) = graph.get(here) {
            for next in named.keys() {
                if next == to {
                    return true;
                }
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = files
            .iter()
            .map(|(path, text)| File::new(&format!("crates/c/src/{path}"), text))
            .collect();
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_ring_fires_once() {
        let found = of(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "//! A.\nuse crate::b::X;"),
            ("b.rs", "use crate::{c::{Y, Z}, d};"),
            ("c.rs", "fn f() { crate::a::g(); }"),
        ]);
        assert_eq!(
            found,
            ["crates/c/src/a.rs:2: circles: a circle: a -> b -> c -> a"]
        );
    }

    #[test]
    fn arrows_one_way_are_quiet() {
        assert!(
            of(&[
                ("lib.rs", "pub use a::X;"),
                ("a/mod.rs", "mod deep; use deep::D; pub struct X;"),
                ("a/deep.rs", "use super::X; use crate::b::Y;"),
                (
                    "b.rs",
                    "// use crate::a::X;\n#[cfg(test)] mod tests { use crate::a::X; }"
                ),
            ])
            .is_empty()
        );
    }

    #[test]
    fn super_paths_are_followed() {
        let found = of(&[
            ("a/mod.rs", ""),
            ("a/x.rs", "use super::y::Y;"),
            ("a/y.rs", "use super::super::a::x::X;"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
