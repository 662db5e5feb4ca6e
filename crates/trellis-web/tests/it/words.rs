//! Words: each key that pages name exists, and every text that a reader sees comes from the files or is data.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use trellis_core::policy::POLICY_VERSION;
use trellis_web::words::{Language, Words};

use crate::school::School;

/// The calls that take a key as their first literal.
const CALLS: [&str; 6] = [
    ".t(",
    ".one(",
    ".count(",
    ".mixed(",
    ".with(",
    "Shell::plain(",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "rs" || kind == "html")
        {
            found.push(path);
        }
    }
}

/// The keys that a source names in literals: the text in quotes right after a call that takes a key.
fn keys(source: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for call in CALLS {
        for (at, _) in source.match_indices(call) {
            let rest = source[at + call.len()..].trim_start();
            let rest = match call {
                "Shell::plain(" => rest
                    .split_once(',')
                    .map_or("", |(_, rest)| rest.trim_start()),
                _ => rest,
            };
            if let Some((key, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                keys.insert(key.to_owned());
            }
        }
    }
    keys.retain(|key| key.contains('-') || key.bytes().all(|byte| byte.is_ascii_lowercase()));
    keys
}

#[test]
fn every_key_that_is_named_has_words() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let words = Words::english();
    let (mut missing, mut seen) = (Vec::new(), 0);
    for file in &files {
        let source = std::fs::read_to_string(file).unwrap();
        // Tests name keys that must not exist.
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
        for key in keys(source) {
            seen += 1;
            if !words.has(&key) {
                missing.push(format!("{}: {key}", file.display()));
            }
        }
    }
    assert!(seen > 100, "only {seen} keys found: the scan is broken");
    assert!(missing.is_empty(), "no words for:\n{}", missing.join("\n"));
}

/// The pieces of a page that a reader sees or hears: text between tags, and labels in attributes.
fn texts(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        texts.push(rest[..start].to_owned());
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        for name in ["aria-label", "title", "placeholder", "alt"] {
            if let Some((_, value)) = tag.split_once(&format!(" {name}=\"")) {
                texts.push(value.split('"').next().unwrap_or("").to_owned());
            }
        }
        rest = &rest[end..];
        // What stands in mathematics is data.
        if tag.starts_with("<math") {
            let end = rest
                .find("</math>")
                .map_or(rest.len(), |end| end + "</math>".len());
            rest = &rest[end..];
        }
    }
    texts.push(rest.to_owned());
    texts
}

/// What is left of a text when everything between the pseudo-locale's marks is taken away.
fn outside_marks(text: &str) -> String {
    let (mut depth, mut out) = (0_u32, String::new());
    for letter in text.chars() {
        match letter {
            '⟦' => depth += 1,
            '⟧' => depth = depth.saturating_sub(1),
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

fn unescape(text: &str) -> String {
    text.replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Everything that may stand on a page without coming from the files: names of people and places, and the course's texts.
fn data(school: &School) -> String {
    let catalog = school.store.catalog();
    let model = catalog.model().version();
    let mut data = format!("Trellis\nWillow Creek\n{model}\n{POLICY_VERSION}\n");
    for language in Language::OFFERED {
        data.push_str(&format!("{}\n", language.own_name()));
    }
    for person in school.store.people().unwrap() {
        data.push_str(&format!("{} {}\n", person.given_name, person.family_name));
        data.push_str(&person.given_name);
        data.push('\n');
    }
    for section in school.store.sections().unwrap() {
        data.push_str(&format!("{}\n{}\n", section.title, section.class_code));
    }
    // As JSON, but with quotes as an author wrote them.
    let course = crate::school::course();
    let text = serde_json::to_string(&course.course).unwrap()
        + &serde_json::to_string(&course.items).unwrap();
    data.push_str(&text.replace("\\\"", "\"").replace("\\n", "\n"));
    data
}

#[tokio::test]
async fn every_text_comes_from_the_files_or_is_data() {
    let school = School::with(true, Words::of(Language::Pseudo));
    school.open_class();
    let data = data(&school);
    // Each text by itself: a dollar sign that stands alone in one must not open a formula over the next.
    let known: Vec<String> = data.split(['"', '\n']).map(bare).collect();
    let known = known.join("\n");
    let learner = school.learner;
    let pages = [
        (None, "/sign-in?class=closed&staff=refused".to_owned()),
        (None, "/how".to_owned()),
        (None, format!("/class/{}", school.code)),
        (None, format!("/class/{}/{learner}?again=1", school.code)),
        (Some(school.guardian), format!("/family/{learner}")),
        (Some(school.guardian), format!("/kept/{learner}")),
        (Some(school.learner), "/kept".to_owned()),
        (Some(school.learner), "/today".to_owned()),
        (Some(school.learner), "/map".to_owned()),
        (
            Some(school.learner),
            format!("/lessons/{}", crate::school::COURSE),
        ),
        (
            Some(school.learner),
            format!("/practice/{}", school.attempt),
        ),
        (Some(school.learner), format!("/why/{}", school.decision)),
        (Some(school.teacher), "/teach".to_owned()),
        (Some(school.teacher), format!("/teach/{}", school.section)),
        (
            Some(school.teacher),
            format!("/teach/{}/map", school.section),
        ),
        (
            Some(school.teacher),
            format!("/teach/{}/courses", school.section),
        ),
        (Some(school.teacher), format!("/teach/learner/{learner}")),
        (Some(school.leader), "/district".to_owned()),
        (Some(school.leader), "/district/erase?done=asked".to_owned()),
    ];
    let mut strange = BTreeSet::new();
    let routes = crate::routes::all();
    for (person, path) in pages {
        let first = path.split(['/', '?']).nth(1).unwrap();
        let start = format!("/{first}");
        if !routes.iter().any(|route| route.pattern.starts_with(&start)) {
            continue;
        }
        let cookie = match person {
            Some(person) => Some(school.sign_in(person).await),
            None => None,
        };
        let mut page = school.get(&path, cookie.as_deref()).await;
        if page.status == StatusCode::SEE_OTHER {
            let to = page.to().to_owned();
            page = school.get(&to, cookie.as_deref()).await;
        }
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for text in texts(&page.body) {
            let left = unescape(&outside_marks(&text));
            for part in left.split(['·', ',', ':', '\n']) {
                let part = part.trim();
                let letters = part.chars().filter(|letter| letter.is_alphabetic()).count();
                if letters > 1
                    && !data.contains(part)
                    && !is_short_name(part, &data)
                    && !known.contains(&bare(part))
                {
                    strange.insert(format!("{path}: {part}"));
                }
            }
        }
    }
    let strange: Vec<_> = strange.into_iter().collect();
    assert!(
        strange.is_empty(),
        "not from the files:\n{}",
        strange.join("\n")
    );
}

/// The words of a text without numbers, formulas and the places where a template puts numbers: what stays the same in
/// every variant of a question.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['@', '$']) {
        out.push_str(&rest[..start]);
        let close = if rest[start..].starts_with('@') {
            '}'
        } else {
            '$'
        };
        rest = rest[start + 1..]
            .split_once(close)
            .map_or("", |(_, after)| after);
        out.push(' ');
    }
    out.push_str(rest);
    let words = out.split(|letter: char| !letter.is_alphabetic());
    words
        .filter(|word| word.len() > 1)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A given name with the first letter of a family name, as class lists show it.
fn is_short_name(text: &str, data: &str) -> bool {
    text.strip_suffix('.')
        .is_some_and(|start| data.contains(start))
}
