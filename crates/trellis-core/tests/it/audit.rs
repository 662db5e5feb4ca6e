//! The audit on a bank with known faults: each is found, and nothing is found where nothing is wrong.

use trellis_core::audit::{
    AuditFinding, GivenAnswer, Observed, Subject, audit_answers, audit_content, rank,
};
use trellis_core::catalog::Catalog;
use trellis_core::framework::{
    Association, AssociationKind, Competency, CompetencyId, Course, CourseId, Framework,
    FrameworkId, ItemId, Unit, UnitId,
};
use trellis_core::id::PersonId;
use trellis_core::item::{
    Entry, Fixed, Hint, Interaction, Item, ItemBody, Key, Presentation, Source,
};
use trellis_core::time::Timestamp;
use trellis_stats::probability::logistic;
use trellis_stats::random::Random;

fn competency(name: &str) -> CompetencyId {
    CompetencyId::new(name).expect("an id")
}

fn item_id(name: &str) -> ItemId {
    ItemId::new(name).expect("an id")
}

/// A sound item with four options, of which the first is right.
fn sound(name: &str, about: &str) -> Item {
    let options = ["one", "two", "three", "four"].into_iter().zip(0..);
    let fixed = Fixed {
        presentation: Presentation {
            body: String::new(),
            stem: format!("What is {name}?"),
            figure: None,
            interaction: Interaction::Choice {
                options: options
                    .map(|(text, place)| Entry {
                        key: format!("o{place}"),
                        text: text.to_owned(),
                    })
                    .collect(),
            },
        },
        key: Key::Choice {
            right: "o0".to_owned(),
        },
        hints: vec![Hint {
            text: "Count.".to_owned(),
            needs: Vec::new(),
            scaffold: None,
        }],
        solution: vec!["One.".to_owned()],
        mix_ups: Vec::new(),
        source: Some(Source {
            licence: "CC-BY-4.0".to_owned(),
            ..Source::default()
        }),
    };
    Item {
        id: item_id(name),
        competency: competency(about),
        level: 2,
        usual_seconds: 60,
        body: ItemBody::Fixed(Box::new(fixed)),
    }
}

fn change(item: &mut Item, with: impl FnOnce(&mut Fixed)) {
    if let ItemBody::Fixed(fixed) = &mut item.body {
        with(fixed);
    }
}

fn course(names: &[&str], links: &[(&str, &str)]) -> Course {
    let competencies = names.iter().map(|name| Competency {
        id: competency(name),
        title: (*name).to_owned(),
        can: String::new(),
        family: String::new(),
        home: String::new(),
        codes: Vec::new(),
    });
    let links = links.iter().map(|(from, to)| Association {
        from: competency(from),
        to: competency(to),
        kind: AssociationKind::ComesBefore,
    });
    let (framework, _) = Framework::new(
        FrameworkId::new("audited").expect("an id"),
        "Audited".to_owned(),
        competencies.collect(),
        links.collect(),
    );
    Course {
        id: CourseId::new("audited").expect("an id"),
        title: "Audited".to_owned(),
        grades: Vec::new(),
        subject: "any".to_owned(),
        language: "en".to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        authors: Vec::new(),
        framework,
        interests: Vec::new(),
        units: vec![Unit {
            id: UnitId::new("all").expect("an id"),
            title: "All".to_owned(),
            summary: String::new(),
            competencies: names.iter().map(|name| competency(name)).collect(),
            items: Vec::new(),
        }],
    }
}

/// Twelve sound items of one competency; their right options stand first, as their options are not shuffled.
fn bank() -> Vec<Item> {
    (0..12).map(|n| sound(&format!("i{n}"), "a")).collect()
}

fn about(findings: &[AuditFinding], rule: &str) -> Vec<Subject> {
    findings
        .iter()
        .filter(|finding| finding.observed.rule() == rule)
        .map(|finding| finding.about.clone())
        .collect()
}

#[test]
fn a_sound_bank_has_no_findings() {
    let catalog = Catalog::new(vec![course(&["a"], &[])], bank(), Vec::new(), 1);
    assert_eq!(audit_content(&catalog), Vec::new());
}

#[test]
fn faults_of_texts_are_found_where_they_are() {
    let mut items = bank();
    change(&mut items[0], |fixed| fixed.hints.clear());
    change(&mut items[1], |fixed| fixed.solution.clear());
    change(&mut items[2], |fixed| {
        fixed.source = Some(Source::default())
    });
    let set_option = |item: &mut Item, place: usize, text: &str| {
        change(item, |fixed| {
            if let Interaction::Choice { options } = &mut fixed.presentation.interaction {
                text.clone_into(&mut options[place].text);
            }
        });
    };
    set_option(&mut items[3], 2, "two ");
    set_option(&mut items[4], 0, "the one that everybody can see is right");
    change(&mut items[5], |fixed| {
        fixed.presentation.stem = "  what IS  i6?".to_owned();
    });
    change(&mut items[7], |fixed| {
        if let Interaction::Choice { options } = &mut fixed.presentation.interaction {
            options.truncate(2);
        }
    });
    let catalog = Catalog::new(vec![course(&["a"], &[])], items, Vec::new(), 1);
    let mut findings = audit_content(&catalog);
    rank(&mut findings);
    for (rule, item) in [
        ("no-hint", "i0"),
        ("no-solution", "i1"),
        ("no-licence", "i2"),
        ("repeated-option", "i3"),
        ("key-length", "i4"),
        ("repeated", "i5"),
        ("guessable", "i7"),
    ] {
        assert_eq!(
            about(&findings, rule),
            [Subject::Item(item_id(item))],
            "{rule}"
        );
    }
    assert_eq!(findings.len(), 7);
    assert!(findings[0].observed.harm() >= findings[6].observed.harm());
}

#[test]
fn the_right_option_at_one_place_shows_only_with_many_items() {
    let items: Vec<Item> = (0..40).map(|n| sound(&format!("i{n}"), "a")).collect();
    let catalog = Catalog::new(vec![course(&["a"], &[])], items, Vec::new(), 1);
    let findings = audit_content(&catalog);
    let Observed::KeyPosition { counts, chance, .. } = &findings[0].observed else {
        panic!("{findings:?}");
    };
    assert_eq!(counts, &[40, 0, 0, 0]);
    assert!(*chance < 1e-9);
}

#[test]
fn what_the_path_never_comes_to_is_found_with_what_shuts_it() {
    let names = ["a", "b", "c", "d"];
    let links = [("a", "b"), ("b", "c")];
    let mut items = bank();
    items.extend((20..26).map(|n| sound(&format!("i{n}"), "c")));
    items.extend((30..33).map(|n| sound(&format!("i{n}"), "d")));
    let catalog = Catalog::new(vec![course(&names, &links)], items, Vec::new(), 1);
    let findings = audit_content(&catalog);
    let shut: Vec<&AuditFinding> = findings
        .iter()
        .filter(|finding| finding.observed.rule() == "unreachable")
        .collect();
    assert_eq!(shut.len(), 1);
    assert_eq!(shut[0].about, Subject::Competency(competency("c")));
    assert_eq!(
        shut[0].observed,
        Observed::Unreachable {
            because_of: vec![competency("b")]
        }
    );
    assert_eq!(
        about(&findings, "few-items"),
        [competency("b"), competency("d")].map(Subject::Competency)
    );
}

/// Answers of 400 learners to 10 of the 12 items each.
fn answers(seed: u64) -> Vec<GivenAnswer> {
    let mut random = Random::new(seed);
    let mut given = Vec::new();
    for learner in 0..400_u32 {
        let ability = random.normal();
        for turn in 0..10 {
            let item = (learner + turn * 5) % 12;
            let knows = logistic(1.2 * (ability + 0.6 - f64::from(item) * 0.1));
            let right = random.uniform() < 0.25 + 0.75 * knows;
            let wrong = 1 + random.below(3);
            given.push(GivenAnswer {
                learner: PersonId(u128::from(learner)),
                item: item_id(&format!("i{item}")),
                right,
                chosen: Some(if right {
                    "o0".to_owned()
                } else {
                    format!("o{wrong}")
                }),
                elapsed_ms: 20_000 + u32::try_from(random.below(20_000)).expect("small"),
                at: Timestamp(i64::from(learner * 100 + turn)),
            });
        }
    }
    given
}

#[test]
fn a_key_that_is_wrong_is_suspected_and_nothing_else_is() {
    let catalog = Catalog::new(vec![course(&["a"], &[])], bank(), Vec::new(), 1);
    for seed in 0..10 {
        let mut given = answers(seed);
        let (findings, reports) = audit_answers(&catalog, &given);
        assert_eq!(findings, Vec::new(), "seed {seed}");
        assert_eq!(reports.len(), 12);
        for answer in given
            .iter_mut()
            .filter(|answer| answer.item == item_id("i4"))
        {
            answer.right = answer.chosen.as_deref() == Some("o2");
        }
        let (findings, _) = audit_answers(&catalog, &given);
        assert_eq!(
            about(&findings, "suspected-key"),
            [Subject::Item(item_id("i4"))],
            "seed {seed}: {findings:?}"
        );
        assert_eq!(findings.len(), 1, "seed {seed}: {findings:?}");
    }
}

#[test]
fn few_answers_say_nothing() {
    let catalog = Catalog::new(vec![course(&["a"], &[])], bank(), Vec::new(), 1);
    let given: Vec<GivenAnswer> = answers(1)
        .into_iter()
        .take(200)
        .map(|mut answer| {
            answer.right = false;
            answer
        })
        .collect();
    assert!(audit_answers(&catalog, &given).0.is_empty());
    assert_eq!(audit_answers(&catalog, &[]), (Vec::new(), Vec::new()));
}

#[test]
fn answering_the_same_item_again_is_no_dependence() {
    let catalog = Catalog::new(vec![course(&["a"], &[])], bank(), Vec::new(), 1);
    let mut given = answers(3);
    let again: Vec<GivenAnswer> = given
        .iter()
        .map(|answer| GivenAnswer {
            at: Timestamp(answer.at.0 + 1_000_000),
            ..answer.clone()
        })
        .collect();
    given.extend(again);
    assert_eq!(audit_answers(&catalog, &given).0, Vec::new());
}
