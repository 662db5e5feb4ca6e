//! OATutor's format: samples written for this test, broken ones, and the real pool where it is present.

use std::path::{Path, PathBuf};

use trellis_core::item::{Interaction, Item, ItemBody, Key, Outcome, Response, grade};
use trellis_interop::oatutor::{Pool, PoolFault, PoolFile, read_files, read_pool};

const PLAN: &str = r#"[{"courseName": "Sample: First Steps", "language": "en", "courseOER": NaN,
  "courseLicense": "https://creativecommons.org/licenses/by/4.0/ <CC BY 4.0>",
  "lessons": [
    {"id": "lesson-one", "name": "Lesson 1.1", "topics": "Adding", "learningObjectives": {"add_numbers": 0.85}},
    {"id": "lesson-two", "name": "Lesson 1.2", "topics": "Words", "learningObjectives": {"name_things": 0.85, "add_numbers": 0.85}}]},
 {"courseName": "Sample: Again", "language": "se", "courseOER": "https://example.org/book <A Book>", "courseLicense": "",
  "lessons": [{"id": "lesson-one", "name": "Lesson 1", "topics": "", "learningObjectives": {"add_numbers": 0.85}}]}]"#;
const SKILLS: &str = r#"{"sum1a": ["add_numbers"], "sum1b": ["add_numbers", "name_things"], "pick2a": ["name_things"],
  "fig3a": ["name_things"], "one4a": ["name_things"], "gap5a": ["add_numbers"], "lost6a": ["add_numbers"]}"#;

fn file(path: &str, text: &str) -> PoolFile {
    (format!("pool/{path}"), text.as_bytes().to_vec())
}

fn problem(id: &str, lesson: &str, body: &str) -> PoolFile {
    let text = serde_json::json!({
        "id": id, "title": "A title", "body": body, "variabilization": {},
        "oer": "https://example.org/page <Example>", "license": "CC4.0",
        "lesson": "", "lessonId": lesson, "courseName": "Sample: First Steps",
    });
    file(&format!("content-pool/{id}/{id}.json"), &text.to_string())
}

fn step(
    problem: &str,
    id: &str,
    title: &str,
    kind: (&str, &str),
    answer: &str,
    choices: &[&str],
) -> PoolFile {
    let mut text = serde_json::json!({
        "id": id, "stepAnswer": [answer], "problemType": kind.0, "answerType": kind.1,
        "stepTitle": title, "stepBody": "", "variabilization": {},
    });
    if !choices.is_empty() {
        text["choices"] = serde_json::json!(choices);
    }
    file(
        &format!("content-pool/{problem}/steps/{id}/{id}.json"),
        &text.to_string(),
    )
}

fn hints(problem: &str, step: &str, text: &str) -> PoolFile {
    let path = format!("content-pool/{problem}/steps/{step}/tutoring/{step}DefaultPathway.json");
    file(&path, text)
}

const ALGEBRA: (&str, &str) = ("TextBox", "arithmetic");
const CHOICE: (&str, &str) = ("MultipleChoice", "string");

fn sample() -> Vec<PoolFile> {
    let mut files = vec![
        file("coursePlans.json", PLAN),
        file("skillModel.json", SKILLS),
        file(
            "bkt-params/defaultBKTParams.json",
            r#"{"add_numbers": {"probMastery": 0.1, "probTransit": 0.1, "probSlip": 0.1, "probGuess": 0.1}}"#,
        ),
        problem(
            "sum1",
            "lesson-one",
            "Two numbers are $$2$$ and $$\\frac{1}{2}$$.",
        ),
        step(
            "sum1",
            "sum1a",
            "Add them.",
            ALGEBRA,
            "$$\\frac{5}{2}$$",
            &[],
        ),
        step("sum1", "sum1b", "Solve $$x-2=1$$.", ALGEBRA, "$$x=3$$", &[]),
        hints(
            "sum1",
            "sum1a",
            r#"[
          {"id": "h1", "type": "hint", "dependencies": [], "title": "Common parts", "text": "Write $$2$$ as halves.", "variabilization": {}},
          {"id": "h2", "type": "scaffold", "dependencies": ["h1"], "title": "Halves", "text": "How many halves are $$2$$?",
           "problemType": "TextBox", "answerType": "arithmetic", "hintAnswer": ["$$4$$"], "variabilization": {},
           "subHints": [{"id": "h2-s1", "type": "hint", "dependencies": [], "title": "", "text": "Twice two.", "variabilization": {}}]},
          {"id": "h3", "type": "hint", "dependencies": ["h9"], "title": "", "text": "Add.", "variabilization": {}},
          {"id": "h4", "type": "song", "dependencies": [], "title": "", "text": "La.", "variabilization": {}}]"#,
        ),
        problem("pick2", "lesson-two", ""),
        step(
            "pick2",
            "pick2a",
            "Which one?",
            CHOICE,
            "$$3$$",
            &["$$3$$", "$$4$$", "$$5$$", "$$4$$"],
        ),
        problem("fig3", "lesson-two", "Look: ##figure1.gif##"),
        step("fig3", "fig3a", "How many?", ALGEBRA, "$$3$$", &[]),
        problem("one4", "lesson-two", ""),
        step("one4", "one4a", "Which?", CHOICE, "a", &["a", "a"]),
        problem("gap5", "lesson-one", ""),
        step("gap5", "gap5a", "Add @{a} and 1.", ALGEBRA, "$$2$$", &[]),
        problem("lost6", "lesson-nine", ""),
        step("lost6", "lost6a", "Add 1 and 1.", ALGEBRA, "$$2$$", &[]),
        file(
            "content-pool/broken7/broken7.json",
            "{\n\"id\": \"broken7\",\n\"title\": ",
        ),
    ];
    files.sort();
    files
}

fn read(files: &[PoolFile]) -> Result<Pool, PoolFault> {
    read_pool(Path::new("sample"), files, hash, &|_, _| {})
}

fn hash(bytes: &[u8]) -> String {
    format!("{:064x}", bytes.len())
}

fn item<'a>(pool: &'a Pool, id: &str) -> &'a Item {
    let mut items = pool.courses.iter().flat_map(|one| &one.items);
    items.find(|item| item.id.as_str() == id).expect(id)
}

#[test]
fn a_pool_becomes_courses_of_lessons() {
    let pool = read(&sample()).unwrap();
    let [first, again] = pool.courses.as_slice() else {
        panic!("{:?}", pool.courses);
    };
    assert_eq!(first.course.id.as_str(), "oatutor.sample-first-steps");
    assert_eq!(first.course.licence, "CC-BY-4.0");
    assert_eq!(first.course.units[0].title, "Lesson 1.1: Adding");
    let ids: Vec<&str> = first.course.units[0]
        .items
        .iter()
        .map(|id| id.as_str())
        .collect();
    assert_eq!(ids, ["oatutor.sum1a", "oatutor.sum1b"]);
    // A skill of two lessons is taught once; a lesson of two courses keeps its items in one.
    let sequence: Vec<&str> = first.course.sequence().map(|id| id.as_str()).collect();
    assert_eq!(sequence, ["oatutor.add_numbers", "oatutor.name_things"]);
    assert_eq!(again.course.units[0].items, first.course.units[0].items);
    assert_eq!(again.course.language, "sv");
    assert!(again.items.is_empty());
    assert_eq!((pool.report.items, pool.report.held_back), (4, 3));
}

#[test]
fn a_step_becomes_an_item_with_its_source_hints_and_smaller_questions() {
    let pool = read(&sample()).unwrap();
    let item = item(&pool, "oatutor.sum1a");
    let ItemBody::Fixed(fixed) = &item.body else {
        panic!("{item:?}");
    };
    let body = &fixed.presentation.body;
    assert_eq!(
        body,
        "**A title**\n\nTwo numbers are $2$ and $\\frac{1}{2}$."
    );
    assert_eq!(fixed.presentation.stem, "Add them.");
    let source = fixed.source.as_ref().unwrap();
    assert_eq!(
        (
            source.url.as_str(),
            source.author.as_str(),
            source.licence.as_str()
        ),
        ("https://example.org/page", "Example", "CC4.0")
    );
    let needs: Vec<&[usize]> = fixed
        .hints
        .iter()
        .map(|hint| hint.needs.as_slice())
        .collect();
    assert_eq!(needs, [&[][..], &[0], &[1], &[]]);
    let scaffold = fixed.hints[1].scaffold.as_ref().unwrap();
    assert!(matches!(scaffold.key, Key::Number { .. }), "{scaffold:?}");
    let variant = item.variant(0, None).unwrap();
    for (typed, right) in [
        ("5/2", true),
        ("2 1/2", true),
        ("2.5", true),
        ("3/2", false),
    ] {
        let graded = grade(&variant, &Response::Text(typed.into()));
        assert_eq!(graded.outcome == Outcome::Right, right, "{typed}");
    }
}

#[test]
fn what_cannot_be_used_is_said_with_its_file() {
    let pool = read(&sample()).unwrap();
    for (rule, part) in [
        ("figure", "fig3a.json"),
        ("one-option", "one4a.json"),
        ("gap", "gap5a.json"),
        ("no-lesson", "lost6.json"),
        ("syntax", "broken7.json"),
        ("repeated-option", "pick2a.json"),
        ("more-skills", "sum1b.json"),
        ("unknown-dependency", "sum1aDefaultPathway.json"),
        ("unknown-hint", "sum1aDefaultPathway.json"),
        ("language", "coursePlans.json"),
        ("nan", "coursePlans.json"),
        ("learner-model", "defaultBKTParams.json"),
    ] {
        let found = pool.findings.iter().find(|finding| finding.rule == rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {:#?}", pool.findings));
        assert!(found.file.ends_with(part), "{rule}: {found}");
    }
    let syntax = pool
        .findings
        .iter()
        .find(|finding| finding.rule == "syntax");
    assert_eq!(syntax.unwrap().line, 3);
    let pick = item(&pool, "oatutor.pick2a");
    let ItemBody::Fixed(fixed) = &pick.body else {
        panic!("{pick:?}");
    };
    assert!(
        matches!(&fixed.presentation.interaction, Interaction::Choice { options } if options.len() == 3)
    );
}

#[test]
fn without_a_pool_or_a_plan_nothing_is_read() {
    for (without, word) in [
        ("pool/content-pool", "content-pool"),
        ("pool/coursePlans.json", "coursePlans.json"),
        ("pool/skillModel.json", "skillModel.json"),
    ] {
        let mut files = sample();
        files.retain(|(path, _)| !path.starts_with(without));
        let fault = read(&files).unwrap_err();
        assert!(matches!(fault, PoolFault::NoPool { .. }), "{fault}");
        assert!(fault.to_string().contains(word), "{fault}");
    }
    let mut files = sample();
    let plan = files
        .iter_mut()
        .find(|(path, _)| path.ends_with("coursePlans.json"));
    plan.unwrap().1.truncate(40);
    let fault = read(&files).unwrap_err().to_string();
    assert!(
        fault.contains("coursePlans.json") && fault.contains("line"),
        "{fault}"
    );
}

fn folder(name: &str) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("trellis-oatutor-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

#[test]
fn a_folder_is_read_like_an_archive_and_other_files_are_refused() {
    let folder = folder("folder");
    for (path, bytes) in sample() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(folder.join("pool/figure.gif"), b"GIF89a").unwrap();
    assert_eq!(read_files(&folder, &mut |_| {}).unwrap(), sample());
    let file = folder.join("pool.tar.xz");
    std::fs::write(&file, b"PK\x03\x04 a zip, or anything").unwrap();
    let fault = read_files(&file, &mut |_| {}).unwrap_err();
    assert!(matches!(fault, PoolFault::NotAnArchive { .. }), "{fault}");
    std::fs::write(&file, b"\xfd7zXZ\0\0\x04 and then nothing").unwrap();
    let fault = read_files(&file, &mut |_| {}).unwrap_err();
    assert!(matches!(fault, PoolFault::Damaged { .. }), "{fault}");
    let fault = read_files(&folder.join("nowhere"), &mut |_| {}).unwrap_err();
    assert!(matches!(fault, PoolFault::Folder(_)), "{fault}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// The real pool, where it is present.
fn corpus() -> Option<PathBuf> {
    let data = std::env::var_os("TRELLIS_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = data.unwrap_or(beside).join("oatutor.tar.xz");
    path.exists().then_some(path)
}

/// Whether a text names a figure, as `##figure.gif##`.
fn names_figure(text: &str) -> bool {
    text.split("##").skip(1).any(|behind| {
        let end = behind.find(|c: char| c.is_whitespace() || matches!(c, '#' | '"' | '\\'));
        behind[..end.unwrap_or(behind.len())].contains('.')
    })
}

/// The steps that are held back for a figure are exactly those that name one, found here in another way: in the text of
/// the files, without reading them.
fn held_back_for_figures(files: &[PoolFile], pool: &Pool) {
    let text = |path: &str| {
        let found = files.binary_search_by(|(name, _)| name.as_str().cmp(path));
        found.map_or("", |at| std::str::from_utf8(&files[at].1).expect("text"))
    };
    let mut expected = Vec::new();
    for (path, bytes) in files {
        let Some((problem, step)) = path.split_once("/steps/") else {
            continue;
        };
        let id = step.split('/').next().expect("a part");
        if step != format!("{id}/{id}.json") {
            continue;
        }
        let name = problem.rsplit('/').next().expect("a part");
        let own = std::str::from_utf8(bytes).expect("text");
        let option_elsewhere = own.contains("MultipleChoice") && own.contains("\"http");
        if names_figure(own)
            || option_elsewhere
            || names_figure(text(&format!("{problem}/{name}.json")))
        {
            expected.push(path.as_str());
        }
    }
    let found = pool.findings.iter().filter(|found| found.rule == "figure");
    let mut found: Vec<&str> = found.map(|found| found.file.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert!(expected.len() > 1_700, "{}", expected.len());
}

#[test]
fn the_real_pool_is_read_whole() {
    let Some(path) = corpus() else {
        eprintln!("skipped: oatutor.tar.xz is not here");
        return;
    };
    let files = read_files(&path, &mut |_| {}).unwrap();
    let pool = read_pool(&path, &files, hash, &|_, _| {}).unwrap();
    let report = &pool.report;
    let counts = report.counts;
    assert_eq!((counts.problems, counts.steps), (12_814, 16_362));
    assert_eq!(
        (report.skills, report.lessons, report.courses),
        (1_233, 626, 18)
    );
    // Five choices have one option only and are typed. The 45 that are compared letter by letter are reactions and
    // ions, primes, values without a sign between them, and formulas that are broken in the pool.
    assert_eq!(report.accepted, counts.steps, "{report:#?}");
    assert!(report.as_letters <= 45, "{report:#?}");
    assert!(report.as_declared <= report.accepted && report.as_declared > 15_000);
    held_back_for_figures(&files, &pool);
    // Each step is an item, or an error says why not.
    let reasons: usize = [
        "figure",
        "gap",
        "no-key",
        "no-question",
        "no-skill",
        "no-lesson",
    ]
    .iter()
    .filter_map(|rule| report.findings.get(*rule))
    .sum();
    assert!(report.held_back <= reasons, "{report:#?}");
    for item in pool.courses.iter().flat_map(|one| &one.items) {
        let ItemBody::Fixed(fixed) = &item.body else {
            panic!("{item:?}");
        };
        let texts = [&fixed.presentation.body, &fixed.presentation.stem];
        let hints = fixed.hints.iter().map(|hint| &hint.text);
        for text in texts.into_iter().chain(hints).chain(&fixed.solution) {
            assert!(
                trellis_core::item::markup::read(text).is_ok(),
                "{}: {text}",
                item.id
            );
        }
    }
    // An archive that is cut anywhere is refused whole.
    let whole = std::fs::read(&path).unwrap();
    let folder = folder("cut");
    let cut = folder.join("cut.tar.xz");
    for part in [1, 50, 99] {
        std::fs::write(&cut, &whole[..whole.len() * part / 100]).unwrap();
        let fault = read_files(&cut, &mut |_| {}).unwrap_err();
        assert!(
            matches!(fault, PoolFault::Damaged { .. }),
            "{part} %: {fault}"
        );
    }
    std::fs::write(&cut, &whole[..whole.len() - 8]).unwrap();
    assert!(
        read_files(&cut, &mut |_| {}).is_err(),
        "the end of the stream is missing"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// The rules of what was found about the problem with a figure.
fn rules(pool: &Pool) -> Vec<&str> {
    let own = pool
        .findings
        .iter()
        .filter(|one| one.file.contains("/fig3/"));
    own.map(|one| one.rule.as_str()).collect()
}

#[test]
fn figures_come_along_where_they_are() {
    let gif = b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;".to_vec();
    let at = |name: &str| format!("pool/content-pool/fig3/figures/{name}");
    let alone = read(&sample()).unwrap();
    assert_eq!(rules(&alone), ["figure"]);
    assert!(alone.media.is_empty());

    let mut files = sample();
    files.push((at("figure1.gif"), gif.clone()));
    files.push((at("unused.gif"), gif[..20].to_vec()));
    files.push(problem("opt8", "lesson-two", ""));
    let options = ["##a.gif##", "##b.gif##"];
    files.push(step(
        "opt8",
        "opt8a",
        "Which?",
        CHOICE,
        "##a.gif##",
        &options,
    ));
    files.push((at("a.gif").replace("fig3", "opt8"), gif.clone()));
    files.push((
        at("b.gif").replace("fig3", "opt8"),
        [
            &gif[..10],
            b"\x00\x00",
            &gif[12..gif.len() - 1],
            b"!\xf9\x04\x00\x00\x00\x00\x00;",
        ]
        .concat(),
    ));
    let plan = files
        .iter_mut()
        .find(|(name, _)| name.ends_with("skillModel.json"))
        .unwrap();
    plan.1 = SKILLS
        .replace("\"one4a\"", "\"opt8a\": [\"name_things\"], \"one4a\"")
        .into_bytes();
    files.sort();
    let pool = read(&files).unwrap();
    assert_eq!(rules(&pool), ["no-alternative"]);
    let ItemBody::Fixed(fixed) = &item(&pool, "oatutor.fig3a").body else {
        panic!("a fixed item");
    };
    let name = format!("{}.gif", hash(&gif));
    let image = format!("![A figure. Nobody has described it yet.]({name})");
    assert!(
        fixed.presentation.body.ends_with(&image),
        "{}",
        fixed.presentation.body
    );
    assert!(
        pool.media
            .iter()
            .any(|one| one.name == name && one.bytes == gif)
    );
    let ItemBody::Fixed(fixed) = &item(&pool, "oatutor.opt8a").body else {
        panic!("a fixed item");
    };
    let Interaction::Choice { options } = &fixed.presentation.interaction else {
        panic!("a choice");
    };
    assert!(
        options.len() == 2
            && options
                .iter()
                .all(|one| one.text.starts_with("![A figure."))
    );
    assert_eq!(pool.media.len(), 2, "what nothing shows stays where it is");

    let broken = files
        .iter_mut()
        .find(|(path, _)| *path == at("figure1.gif"))
        .unwrap();
    broken.1 = b"<html>".to_vec();
    let pool = read(&files).unwrap();
    assert_eq!(rules(&pool), ["figure"]);
}
