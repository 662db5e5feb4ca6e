//! `trellis evaluate`, `fit` and `simulate` as a person runs them: the real binary on real files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use trellis_stats::random::Random;

/// A folder for one test, emptied.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for tests");
    path
}

fn trellis(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trellis"));
    command.args(arguments).output().expect("the binary runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Answers of invented students whose ability matters, so that there is something to find.
fn answers(students: u32, each: u32) -> String {
    let mut random = Random::labelled(5, "answers");
    let mut out = String::from("user_id,item_id,timestamp,correct,skill_id\n");
    for student in 0..students {
        let ability = random.normal();
        for place in 0..each {
            let item = random.below(25);
            let odds =
                1.4 * ability + f64::from(u32::try_from(item % 5).expect("a small number")) - 2.0;
            let correct = u8::from(random.chance(1.0 / (1.0 + (-odds).exp())));
            let time = 1_000_000 + place * 60;
            writeln!(out, "s{student},i{item},{time},{correct},k{}", item % 3).expect("a text");
        }
    }
    out
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{error}: {}{}",
            words(&output.stdout),
            words(&output.stderr)
        )
    })
}

#[test]
fn models_are_compared_on_held_out_students() {
    let folder = folder("compare");
    let (file, page) = (folder.join("answers.csv"), folder.join("report.html"));
    fs::write(&file, answers(36, 25)).unwrap();
    let file = file.to_str().unwrap();
    let output = trellis(&[
        "evaluate",
        file,
        "--models",
        "all",
        "--folds",
        "3",
        "--rounds",
        "50",
        "--mastery",
        "--json",
        "--html",
        page.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let found = json(&output);
    assert_eq!(found["file"]["rows_used"], 900);
    let models = found["models"].as_array().unwrap();
    assert_eq!(models.len(), 10);
    for model in models {
        let figures = &model["figures"];
        assert_eq!(figures["rows"], 900, "each row is scored once: {model}");
        let auc = figures["auc"].as_f64().unwrap();
        let interval = &model["intervals"]["auc"];
        assert!(interval["low"].as_f64() <= Some(auc) && Some(auc) <= interval["high"].as_f64());
        assert_eq!(model["checks"]["passed"], true, "{model}");
        assert!(model["fit_cpu_s"].as_f64().is_some());
    }
    // Ability matters and items differ, so whoever looks at both must beat who looks at neither.
    let auc_of = |name: &str| {
        let one = models.iter().find(|one| one["model"] == name).unwrap();
        one["figures"]["auc"].as_f64().unwrap()
    };
    assert!(auc_of("additive") > 0.7 && auc_of("additive") > auc_of("afm") + 0.05);
    let page = fs::read_to_string(page).unwrap();
    assert_eq!(page.matches("<svg").count(), 10);
    // The same again gives the same, but for what the machine took.
    let again = trellis(&[
        "evaluate", file, "--folds", "3", "--models", "additive", "--json",
    ]);
    let (a, b) = (&json(&again)["models"][0]["figures"], &models[0]["figures"]);
    assert_eq!(a, b);
}

#[test]
fn the_files_own_split_is_used_and_odd_rows_are_counted() {
    let folder = folder("split");
    let file = folder.join("answers.csv");
    let mut text = String::from("student,item,skill,correct,part\n");
    for student in 0..12 {
        for item in 0..10 {
            let part = if student % 3 == 0 { "test" } else { "train" };
            let correct = (student * 7 + item * 3) % 4 != 0;
            writeln!(text, "{student},{item},{},{correct},{part}", item % 2).unwrap();
        }
    }
    text.push_str("x,1,1,perhaps,train\n,1,1,1,train\nx,1,1,0.5,train\n");
    fs::write(&file, text).unwrap();
    let output = trellis(&[
        "evaluate",
        file.to_str().unwrap(),
        "--models",
        "elo",
        "--rounds",
        "20",
    ]);
    let shown = words(&output.stdout);
    assert!(output.status.success(), "{shown}{}", words(&output.stderr));
    for part in [
        "123 rows read, 120 used",
        "the file's own split: 80 rows to fit, 40 to score",
        "1 rows have an answer that is neither right nor wrong",
        "1 rows name no student",
        "1 rows have an answer that is partly right",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn what_cannot_be_evaluated_says_why_and_fails() {
    let folder = folder("odd");
    let table = [
        ("", "empty"),
        ("a,b\n1,2\n", "columns are missing"),
        ("student,item,correct\n", "none of 0 rows"),
        ("student,item,correct\na,i,maybe\n", "none of 1 rows"),
        ("student,item,correct\na,i,1\na,j,0\n", "a single student"),
        ("\0\u{1}\u{2}", "bytes that no text has"),
    ];
    for (number, (text, expected)) in table.iter().enumerate() {
        let file = folder.join(format!("{number}.csv"));
        fs::write(&file, text).unwrap();
        for command in ["evaluate", "fit"] {
            if command == "fit" && expected.contains("single") {
                continue;
            }
            let (file, out) = (file.to_str().unwrap(), folder.join("model"));
            let mut arguments = vec![command, file];
            if command == "fit" {
                arguments.extend(["--out", out.to_str().unwrap()]);
            }
            let output = trellis(&arguments);
            let said = words(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{text:?} {said}");
            assert!(said.contains(expected), "{text:?} {said}");
            assert!(!out.exists());
        }
    }
    let missing = folder.join("nothing.csv");
    let output = trellis(&["evaluate", missing.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let output = trellis(&["evaluate", missing.to_str().unwrap(), "--models", "oracle"]);
    assert!(words(&output.stderr).contains("there is no model `oracle`"));
}

/// One-class skills, two students, all answers alike: figures that mean little, and no panic.
#[test]
fn poor_files_are_no_panic() {
    let folder = folder("poor");
    for (name, text) in [
        ("alike", "student,item,correct\na,i,1\nb,j,1\nb,k,1\n"),
        ("two", "student,skill,correct\na,s,1\nb,s,0\n"),
        (
            "backwards",
            "student,item,skill,correct,time\na,i,s,1,9\na,j,s,0,3\nb,i,s,1,9\nb,i,s,1,9\n",
        ),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let output = trellis(&["evaluate", file.to_str().unwrap(), "--models", "all"]);
        assert!(output.status.success(), "{name}: {}", words(&output.stderr));
        assert!(words(&output.stdout).contains("warning"), "{name}");
    }
}

#[test]
fn a_fitted_model_says_where_it_is_from_and_shows_damage() {
    let folder = folder("fit");
    let (file, model) = (folder.join("answers.csv"), folder.join("model.trellis"));
    fs::write(&file, answers(30, 30)).unwrap();
    let (file, model) = (file.to_str().unwrap(), model.to_str().unwrap());
    let output = trellis(&["fit", file, "--out", model]);
    let said = words(&output.stdout);
    assert!(output.status.success(), "{}", words(&output.stderr));
    assert!(
        said.contains("fitted to 900 rows of 30 students in answers.csv"),
        "{said}"
    );
    assert!(said.contains("held out: AUC 0."), "{said}");
    let about = json(&trellis(&["fit", model, "--show", "--json"]));
    assert_eq!(about["rows_used"], 900);
    assert_eq!(about["items"], 25);
    let mut bytes = fs::read(model).unwrap();
    let middle = bytes.len() - 100;
    bytes[middle] ^= 1;
    fs::write(model, bytes).unwrap();
    let output = trellis(&["fit", model, "--show"]);
    assert!(words(&output.stderr).contains("changed after it was written"));
    assert_eq!(output.status.code(), Some(2));
    let output = trellis(&["fit", file, "--show"]);
    assert!(words(&output.stderr).contains("not a model file"));
}

#[test]
fn predictions_say_why() {
    let folder = folder("why");
    let file = folder.join("answers.csv");
    fs::write(&file, answers(20, 20)).unwrap();
    let file = file.to_str().unwrap();
    let found = json(&trellis(&["evaluate", file, "--explain", "s3", "--json"]));
    let explained = found.as_array().unwrap();
    assert_eq!(explained.len(), 5);
    for one in explained {
        let parts = one["terms"].as_array().unwrap();
        let sum: f64 = parts
            .iter()
            .map(|part| part["log_odds"].as_f64().unwrap())
            .sum();
        let whole = one["log_odds"].as_f64().unwrap();
        assert!((sum - whole).abs() < 1e-6, "{one}");
        assert_eq!(one["strongest"].as_array().unwrap().len(), 3);
        let outlook = one["after_two_right_answers"].as_f64().unwrap();
        assert!(outlook > 0.0 && outlook < 1.0);
        assert_ne!(one["after_two_right_answers"], one["predicted"]);
    }
    let output = trellis(&["evaluate", file, "--explain", "s3"]);
    let said = words(&output.stdout);
    assert!(
        said.contains("times in ten") && said.contains("more right answers"),
        "{said}"
    );
    let output = trellis(&["evaluate", file, "--explain", "nobody"]);
    assert!(words(&output.stderr).contains("there is no student `nobody`"));
}

#[test]
fn rates_of_knowledge_tracing_go_to_pybkt() {
    let folder = folder("pybkt");
    let (file, rates) = (folder.join("answers.csv"), folder.join("params.csv"));
    fs::write(&file, answers(30, 30)).unwrap();
    let out = rates.to_str().unwrap();
    let output = trellis(&[
        "fit",
        file.to_str().unwrap(),
        "--model",
        "bkt",
        "--out",
        out,
    ]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let text = fs::read_to_string(rates).unwrap();
    let (skills, findings) = trellis_interop::pybkt::read(text.as_bytes(), "params.csv").unwrap();
    assert_eq!((skills.len(), findings.len()), (3, 0));
}

#[test]
fn the_mastery_table_has_every_rule_and_says_what_contradicts() {
    let output = trellis(&["simulate", "mastery", "--learners", "20", "--json"]);
    let found = json(&output);
    // 15 rules, 6 populations, 3 kinds of items.
    assert_eq!(found["cells"].as_array().unwrap().len(), 15 * 6 * 3);
    let output = trellis(&["simulate", "mastery", "--learners", "5", "--markdown"]);
    let text = words(&output.stdout);
    assert!(text.starts_with("# Mastery rules side by side"));
    assert!(text.contains("| OATutor as shipped |") && text.contains("contradict"));
}

/// Students who forget within days: right the next day, mostly wrong after a week.
fn forgetful(students: u32) -> String {
    let mut random = Random::new(7);
    let mut text = String::from("student,item,skill,correct,time\n");
    for student in 0..students {
        for skill in 0u64..4 {
            let mut day = u64::from(student % 7);
            for round in 0..8 {
                let gap = if random.uniform() < 0.5 { 1 } else { 8 };
                let chance = if round == 0 || gap == 1 { 0.95 } else { 0.3 };
                day += gap;
                let right = u8::from(random.uniform() < chance);
                let time = day * 86_400 + 40_000 + skill;
                writeln!(text, "s{student},i{skill},k{skill},{right},{time}").expect("a text");
                // A second answer of the same day says nothing about memory.
                writeln!(text, "s{student},j{skill},k{skill},1,{}", time + 60).expect("a text");
            }
        }
    }
    text
}

#[test]
fn the_memory_of_forgetful_students_is_fitted_and_beats_the_published_one() {
    let folder = folder("memory");
    let [file, few, to] = ["answers.csv", "few.csv", "memory.json"].map(|name| folder.join(name));
    fs::write(&file, forgetful(40)).unwrap();
    fs::write(&few, forgetful(3)).unwrap();
    let [file, few, to] = [&file, &few, &to].map(|path| path.to_str().unwrap());
    let output = trellis(&["fit", file, "--model", "memory", "--out", to]);
    let said = words(&output.stdout);
    assert!(output.status.success(), "{}", words(&output.stderr));
    assert!(
        said.contains("FSRS-6 fitted to 160 cards of 40 students"),
        "{said}"
    );
    let text = fs::read_to_string(to).unwrap();
    let written: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written["weights"].as_array().unwrap().len(), 21);
    let loss = |name: &str| written[name].as_f64().unwrap();
    let own = loss("held_out_log_loss");
    let published = loss("held_out_log_loss_of_published");
    assert!(own + 0.02 < published, "{own} beside {published}");

    let refused = trellis(&["fit", few, "--model", "memory", "--out", to]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(words(&refused.stderr).contains("wants 400"));
    assert_eq!(
        fs::read_to_string(to).unwrap(),
        text,
        "nothing was written over"
    );
}
