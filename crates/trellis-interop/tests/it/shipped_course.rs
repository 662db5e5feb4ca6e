//! The shipped courses: every variant of a hundred seeds of every template keeps its promises.

use std::path::Path;

use trellis_core::catalog::Catalog;
use trellis_core::item::{
    Awaits, InteractionKind, Item, Key, Outcome, Template, grade, markup, response_from_text,
};
use trellis_core::suggest::try_on;
use trellis_interop::course::{
    CheckOptions, CourseFolder, CoursePack, check, read_course, read_folder, read_item,
    write_course, write_item,
};

const SEEDS: u64 = 100;

/// A course that ships, and the least that it has.
struct Shipped {
    name: &'static str,
    competencies: usize,
    templates: usize,
    kinds: usize,
}

const COURSES: [Shipped; 2] = [
    Shipped {
        name: "fractions-to-equations",
        competencies: 70,
        templates: 220,
        kinds: 9,
    },
    Shipped {
        name: "living-systems",
        competencies: 30,
        templates: 197,
        kinds: 14,
    },
];

fn shipped() -> impl Iterator<Item = CourseFolder> {
    COURSES.iter().map(|course| read(course.name))
}

fn read(name: &str) -> CourseFolder {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses");
    let folder = courses.join(name);
    let (course, findings) = read_course(&read_folder(&folder).expect("the folder is there"));
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    course
}

#[test]
fn they_have_no_errors() {
    for course in COURSES {
        let options = CheckOptions { seeds: SEEDS };
        let (findings, summary) = check(&read(course.name), Vec::new(), options);
        let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(summary.errors, 0, "{}", shown.join("\n"));
        assert!(
            summary.competencies >= course.competencies && summary.templates >= course.templates,
            "{summary:?}"
        );
        assert_eq!(summary.kinds.len(), course.kinds, "{:?}", summary.kinds);
    }
}

/// The words of a question find its skill far more often than chance, which is 1 in 73 and 1 in 30.
#[test]
fn the_words_of_an_item_suggest_its_competency() {
    for (course, [first, among_three]) in shipped().zip([[0.40, 0.65], [0.65, 0.85]]) {
        let CoursePack { course, bank } = course.pack;
        let catalog = Catalog::new(vec![course], bank.items().to_vec(), Vec::new(), 0);
        let hits = try_on(&catalog, &catalog.courses()[0]);
        println!("{hits:?}");
        let share = |of: u32| f64::from(of) / f64::from(hits.items);
        assert!(
            share(hits.first) >= first && share(hits.among_three) >= among_three,
            "{hits:?}"
        );
    }
}

/// One store may hold all of them, so no two name a thing alike.
#[test]
fn no_two_share_an_id() {
    let mut seen = std::collections::BTreeMap::<String, String>::new();
    for course in shipped() {
        let pack = &course.pack;
        let items = pack
            .bank
            .items()
            .iter()
            .map(|item| format!("item {}", item.id));
        let competencies = course
            .competencies
            .keys()
            .map(|id| format!("competency {id}"));
        let mix_ups = pack.bank.mix_ups().iter();
        let mix_ups = mix_ups.map(|mix_up| format!("mix-up {}", mix_up.id));
        for named in items.chain(competencies).chain(mix_ups) {
            let other = seen.insert(named.clone(), pack.course.id.to_string());
            assert_eq!(other, None, "{named} is in {}", pack.course.id);
        }
    }
}

/// Does not use the checker: it grades with its own eyes, on the seeds after those of the check.
#[test]
fn every_variant_is_graded_as_its_author_meant() {
    for course in shipped() {
        let [variants, mix_ups, hidden] = grade_every_variant(&course);
        println!(
            "{variants} variants, {mix_ups} mix-ups, {hidden} shared their answer with another"
        );
        // Two mix-ups may meet in one answer for some numbers; it must stay rare.
        assert!(hidden * 50 < mix_ups, "{hidden} of {mix_ups}");
    }
}

/// Gives how many variants there were, how many mix-ups, and how many of these shared their answer with another.
fn grade_every_variant(course: &CourseFolder) -> [u32; 3] {
    let mut variants = 0_u32;
    let mut hidden = 0_u32;
    let mut mix_ups = 0_u32;
    for item in course.pack.bank.items() {
        let interests: Vec<&str> = item.interests().map(|id| id.as_str()).collect();
        for seed in (SEEDS..SEEDS + 25).chain([u64::MAX]) {
            let variant = item
                .variant(seed, None)
                .unwrap_or_else(|fault| panic!("{}: {fault}", item.id));
            let place = format!("{} seed {seed}", item.id);
            variants += 1;
            let judged = item.variant_to_judge(seed).expect(&place);
            assert_eq!(
                (
                    &judged.presentation.interaction,
                    &judged.key,
                    &judged.mix_ups
                ),
                (
                    &variant.presentation.interaction,
                    &variant.key,
                    &variant.mix_ups
                ),
                "{place}: what judges an answer is not what the page shows"
            );
            assert_eq!(item.hint_count(), variant.hints.len(), "{place}");
            let key = crate::kinds::right_response(&variant).expect(&place);
            let expected = match variant.key {
                Key::Written { .. } => Outcome::Awaits(Awaits::Rubric),
                _ => Outcome::Right,
            };
            let graded = grade(&variant, &key);
            assert_eq!(graded.outcome, expected, "{place}: {key:?} {graded:?}");
            if let Some(result) = &variant.result {
                let response = response_from_text(&variant, result).expect(&place);
                assert!(
                    grade(&variant, &response).is_right(),
                    "{place}: result {result}"
                );
            }
            assert!(
                !variant.hints.is_empty() && !variant.solution.is_empty(),
                "{place}"
            );
            for hint in &variant.hints {
                shows(&hint.text, &place);
            }
            for mix_up in &variant.mix_ups {
                let response = variant.response_of(&mix_up.pattern).expect(&place);
                let graded = grade(&variant, &response);
                assert!(
                    !graded.is_right() && graded.costs_attempt(),
                    "{place}: {}",
                    mix_up.id
                );
                assert!(
                    graded.mix_up.is_some(),
                    "{place}: {} reveals nothing",
                    mix_up.id
                );
                hidden += u32::from(graded.mix_up.as_ref() != Some(&mix_up.id));
                mix_ups += 1;
                shows(&graded.feedback, &place);
            }
            // The checker has compared all stories; a few seeds show that only the stem changes.
            for interest in interests.iter().filter(|_| seed % 8 == 0) {
                let story = item.variant(seed, Some(interest)).expect(&place);
                assert_eq!(story.key, variant.key, "{place} {interest}");
                assert_eq!(
                    story.presentation.interaction,
                    variant.presentation.interaction
                );
                shows(&story.presentation.stem, &place);
            }
        }
    }
    [variants, mix_ups, hidden]
}

/// The text is markup, and all its mathematics can be drawn.
fn shows(text: &str, place: &str) {
    let blocks =
        markup::read(text).unwrap_or_else(|fault| panic!("{place}: {}: {text}", fault.what));
    for block in blocks {
        let lines = match block {
            markup::Block::Paragraph(line) => vec![line],
            markup::Block::List(lines) => lines,
        };
        for inline in lines.into_iter().flatten() {
            if let markup::Inline::Math(latex) = inline {
                let drawn = trellis_math::mathml::from_latex(&latex);
                assert!(drawn.is_ok(), "{place}: {latex}: {drawn:?}");
            }
        }
    }
}

#[test]
fn they_survive_their_stored_form() {
    for course in shipped() {
        let pack = course.pack;
        let bytes = pack.to_bytes().unwrap();
        let again = CoursePack::from_bytes(&bytes).unwrap();
        println!("{} bytes stored", bytes.len());
        assert!(again == pack);
        let first = |pack: &CoursePack| {
            let variant = pack
                .bank
                .items()
                .first()
                .and_then(|item| item.variant(3, None).ok());
            variant.expect("the first item has variants")
        };
        assert_eq!(first(&again), first(&pack));
        assert!(CoursePack::from_bytes(&bytes[..bytes.len() / 2]).is_err());
    }
}

#[test]
fn right_options_stand_in_every_place() {
    for course in shipped() {
        spread_of_right_options(&course);
    }
}

fn spread_of_right_options(course: &CourseFolder) {
    let choices = course.pack.bank.items().iter().filter_map(Item::template);
    let mut places = std::collections::BTreeMap::<String, u32>::new();
    let shuffled = |template: &&Template| {
        let source = template.source();
        source.shuffle && source.kind == InteractionKind::Choice
    };
    // Templates with as many parameters shuffle alike for the same seed: many seeds even that out.
    for template in choices.filter(shuffled) {
        for seed in 0..SEEDS {
            if let Ok(variant) = template.variant(seed, None)
                && let Key::Choice { right } = variant.key
            {
                *places.entry(right).or_default() += 1;
            }
        }
    }
    let total: u32 = places.values().sum();
    for place in ["a", "b", "c"] {
        let share = f64::from(places.get(place).copied().unwrap_or(0)) / f64::from(total);
        assert!((0.2..0.4).contains(&share), "{place}: {share}");
    }
}

#[test]
fn what_is_written_of_an_item_reads_as_the_same_item() {
    let mut written = 0;
    for course in shipped() {
        let mix_ups = course.pack.bank.mix_ups();
        for item in course.pack.bank.items() {
            let source = item.template().expect("a template").source();
            let text = write_item(source, &mix_ups[..1]);
            let (again, findings) = read_item(&text);
            assert!(findings.is_empty(), "{}: {findings:?}\n{text}", item.id);
            assert_eq!(again.source.as_ref(), Some(source), "{text}");
            assert_eq!(again.mix_ups, mix_ups[..1]);
            written += 1;
        }
    }
    assert!(written >= 415, "{written} items were written");
}

#[test]
fn what_is_written_of_a_course_reads_as_the_same_course() {
    for course in shipped() {
        let (files, without) = write_course(&course.pack.course, &course.pack.bank);
        assert!(without.is_empty(), "{without:?}");
        let (again, findings) = read_course(&files);
        assert!(findings.is_empty(), "{findings:?}");
        assert!(again.pack == course.pack, "{}", course.pack.course.id);
    }
}
