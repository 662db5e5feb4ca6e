//! Purity: floors 1 and 2 are `no_std`, keep no unordered map and take no function from the platform's mathematics.

use super::Finding;
use crate::source;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "pure";

const CRATES: &[&str] = &["trellis-math", "trellis-stats", "trellis-core"];

/// Names that would bring the platform, the clock or an unordered map in, with what to use.
const NAMES: &[(&str, &str)] = &[
    ("std::", "use core:: or alloc::"),
    ("HashMap", "use BTreeMap or a sorted Vec"),
    ("HashSet", "use BTreeSet or a sorted Vec"),
    ("SystemTime", "time is an argument"),
    ("Instant::now", "time is an argument"),
    ("thread_rng", "chance is a seed in the arguments"),
    ("mul_add", "its result depends on the platform"),
    (".exp()", "use libm::exp"),
    (".exp2()", "use libm::exp2"),
    (".exp_m1()", "use libm::expm1"),
    (".ln()", "use libm::log"),
    (".ln_1p()", "use libm::log1p"),
    (".log2()", "use libm::log2"),
    (".log10()", "use libm::log10"),
    (".powf(", "use libm::pow"),
    (".powi(", "use libm::pow or multiply"),
    (".sqrt()", "use libm::sqrt"),
    (".cbrt()", "use libm::cbrt"),
    (".tanh()", "use libm::tanh"),
    (".sin()", "use libm::sin"),
    (".cos()", "use libm::cos"),
];

/// Findings for a missing attribute and for names that do not belong on floors 1 and 2.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| belongs(file)) {
        let code = source::shipped_code(&file.text);
        if file.path.ends_with("/src/lib.rs") && !declares_no_std(&code) {
            let why =
                "say #![no_std] (with alloc): the same bits must come out everywhere".to_owned();
            found.push(Finding::new(&file.path, 1, NAME, why));
        }
        for (name, instead) in NAMES {
            for at in source::whole_words(&code, name) {
                let line = source::line_at(&code, at);
                found.push(Finding::new(
                    &file.path,
                    line,
                    NAME,
                    format!("{name} does not belong here: {instead}"),
                ));
            }
        }
    }
    found
}

fn belongs(file: &File) -> bool {
    file.extension() == "rs"
        && file.path.contains("/src/")
        && file.crate_name().is_some_and(|name| CRATES.contains(&name))
        && !source::is_test_file(&file.path)
}

/// True for the bare attribute only: one under a condition would let a platform in.
fn declares_no_std(code: &str) -> bool {
    code.lines()
        .any(|line| line.replace(' ', "") == "#![no_std]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<String> {
        check(&[File::new(path, text)])
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_pure_crate_is_quiet() {
        let text = "//! Rules, no std::x.\n#![no_std]\nextern crate alloc;\nfn a(x: f64) -> f64 { libm::exp(x) }\n#[cfg(test)]\nmod tests { use std::collections::HashMap; fn b(x: f64) { x.exp(); } }\n";
        assert!(of("crates/trellis-core/src/lib.rs", text).is_empty());
    }

    #[test]
    fn the_attribute_must_be_there() {
        assert_eq!(of("crates/trellis-math/src/lib.rs", "//! A.\n").len(), 1);
        assert_eq!(
            of(
                "crates/trellis-math/src/lib.rs",
                "//! A.\n#![cfg_attr(not(feature = \"std\"), no_std)]\n"
            )
            .len(),
            1
        );
        assert!(of("crates/trellis-web/src/lib.rs", "//! A.\n").is_empty());
    }

    #[test]
    fn foreign_names_fire_with_their_line() {
        let found = of(
            "crates/trellis-stats/src/a.rs",
            "//! A.\nuse std::time;\nfn a(x: f64) { x.exp() + x.powf(2.0) + x.mul_add(1.0, 2.0) }\ntype M = HashMap<u8, u8>;\n",
        );
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(
            found[0].starts_with("crates/trellis-stats/src/a.rs:2: pure: std::"),
            "{found:?}"
        );
    }
}
