//! The public examples of QTI, where they are present: each is read or told, written back the same, and scored.

use std::collections::BTreeMap;

use trellis_interop::finding::Severity;
use trellis_interop::qti::check::{KeyFate, key_fate};
use trellis_interop::qti::{self, Document, Version};

use crate::material;

fn examples() -> Vec<(String, Vec<u8>)> {
    let path = material::find("qti-examples.tar.xz");
    let mut files = path.map(|path| material::unpack(&path)).unwrap_or_default();
    files.retain(|(name, _)| name.ends_with(".xml"));
    files
}

#[test]
fn every_example_is_read_or_told_and_written_back_the_same() {
    let mut kinds: BTreeMap<(Version, &str), usize> = BTreeMap::new();
    let mut documents: BTreeMap<(Version, &str), usize> = BTreeMap::new();
    let mut rules: BTreeMap<(Severity, String), usize> = BTreeMap::new();
    let files = examples();
    for (name, bytes) in &files {
        let (document, findings) = qti::read(name, bytes);
        for finding in &findings {
            *rules
                .entry((finding.severity, finding.rule.clone()))
                .or_default() += 1;
            assert_eq!(&finding.file, name);
            assert!(finding.line > 0 || finding.rule == "too-large", "{finding}");
            if std::env::var_os("TRELLIS_SAY").is_some() {
                println!("{finding}");
            }
        }
        let Some(document) = document else {
            assert!(
                !findings.is_empty(),
                "{name}: nothing was read and nothing was said"
            );
            continue;
        };
        let word = match &document {
            Document::Item(_) => "items",
            Document::Test(_) => "tests",
            Document::Section(..) => "sections",
            Document::Stimulus(_) => "stimuli",
            Document::Processing(..) => "templates",
        };
        *documents.entry((document.version(), word)).or_default() += 1;
        for version in Version::ALL {
            let written = qti::write(&document.clone().in_version(version));
            let (again, _) = qti::read(name, written.as_bytes());
            let again = again.map(|again| again.in_version(document.version()));
            assert_eq!(again.as_ref(), Some(&document), "{name} as {version:?}");
        }
        if let Document::Item(item) = &document {
            for interaction in item.interactions() {
                *kinds
                    .entry((item.version, interaction.kind.name()))
                    .or_default() += 1;
            }
        }
    }
    for ((version, word), count) in &documents {
        println!("QTI {} {word}: {count}", version.number());
    }
    for ((version, kind), count) in &kinds {
        println!("QTI {} {kind}: {count}", version.number());
    }
    for ((severity, rule), count) in &rules {
        println!("{severity:?} {rule}: {count}");
    }
}

#[test]
fn declared_right_answers_score_as_such() {
    let mut fates: BTreeMap<KeyFate, Vec<String>> = BTreeMap::new();
    for (name, bytes) in &examples() {
        if let (Some(Document::Item(item)), _) = qti::read(name, bytes) {
            // A template must be right whatever is drawn.
            let worst = (0..5).map(|seed| key_fate(&item, seed)).max_by_key(|fate| {
                let order = [
                    KeyFate::NoKey,
                    KeyFate::Full,
                    KeyFate::Unscored,
                    KeyFate::Part,
                    KeyFate::Nothing,
                ];
                order.iter().position(|one| one == fate)
            });
            fates.entry(worst.unwrap()).or_default().push(name.clone());
        }
    }
    for (fate, names) in &fates {
        println!("{fate:?}: {}", names.len());
        if matches!(fate, KeyFate::Part | KeyFate::Nothing | KeyFate::Unscored) {
            for name in names {
                println!("  {name}");
            }
        }
    }
    assert_eq!(fates.get(&KeyFate::Nothing), None);
    // These say that they can give 10, and give 2 for the right answer.
    let part = fates.get(&KeyFate::Part).map_or(&[][..], Vec::as_slice);
    assert!(
        part.iter()
            .all(|name| name.ends_with("feedbackBlock-solution.xml")),
        "{part:?}"
    );
}
