//! The measurement itself: every stage runs for real, and every figure that has a target is there.

use std::process::Command;

/// Figures with a target, which the documents promise; the import is measured only where a pool is given.
const PROMISED: [&str; 10] = [
    "demo_first_page",
    "memory_at_rest",
    "class_map_cpu",
    "page_cold",
    "page_warm",
    "badge_storm",
    "answer_cpu",
    "answers_per_s",
    "answer_p99",
    "memory_after_load",
];

#[test]
fn a_small_measurement_gives_every_figure() {
    let done = Command::new(env!("CARGO_BIN_EXE_trellis"))
        .args([
            "bench",
            "--learners",
            "6",
            "--connections",
            "3",
            "--rounds",
            "1",
            "--badges",
            "40",
            "--json",
        ])
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let figures = report["figures"].as_array().expect("a list");
    for key in PROMISED {
        let figure = figures.iter().find(|figure| figure["key"] == key);
        let figure = figure.unwrap_or_else(|| panic!("{key} is missing"));
        assert!(figure["target"].is_number(), "{figure}");
        // Processor time and memory come from the operating system, in a way that only Linux has.
        if cfg!(target_os = "linux") {
            assert!(figure["measured"].is_number(), "{figure}");
        }
    }
    // What does not depend on the machine is right on every machine.
    for key in ["page_cold", "page_warm"] {
        let figure = figures.iter().find(|figure| figure["key"] == key);
        assert_eq!(figure.expect("it is there")["met"], true, "{key}");
    }
}

#[test]
fn nobody_measures_nothing() {
    let done = Command::new(env!("CARGO_BIN_EXE_trellis"))
        .args(["bench", "--learners", "0"])
        .output()
        .expect("the program starts");
    assert!(!done.status.success());
    assert!(String::from_utf8_lossy(&done.stderr).contains("--learners"));
}
