//! The shipped course: every variant of a hundred seeds of every template keeps its promises.

use std::path::Path;

use trellis_core::item::{Item, Key, Template, grade, markup, response_from_text};
use trellis_interop::course::{
    CheckOptions, CourseFolder, CoursePack, check, read_course, read_folder,
};

const SEEDS: u64 = 100;

fn shipped() -> CourseFolder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses/fractions-to-equations");
    let (course, findings) = read_course(&read_folder(&folder).expect("the folder is there"));
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    course
}

#[test]
fn it_has_no_errors() {
    let (findings, summary) = check(&shipped(), Vec::new(), CheckOptions { seeds: SEEDS });
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(summary.errors, 0, "{}", shown.join("\n"));
    assert!(
        summary.competencies >= 70 && summary.templates >= 220,
        "{summary:?}"
    );
    assert_eq!(summary.kinds.len(), 9, "{:?}", summary.kinds);
}

/// Does not use the checker: it grades with its own eyes, on the seeds after those of the check.
#[test]
fn every_variant_is_graded_as_its_author_meant() {
    let course = shipped();
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
            let key = variant.key.response().expect(&place);
            assert!(
                grade(&variant, &key).is_right(),
                "{place}: {key:?} {:?}",
                grade(&variant, &key)
            );
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
    println!("{variants} variants, {mix_ups} mix-ups, {hidden} shared their answer with another");
    // Two mix-ups may meet in one answer for some numbers; it must stay rare.
    assert!(hidden * 50 < mix_ups, "{hidden} of {mix_ups}");
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
fn it_survives_its_stored_form() {
    let pack = shipped().pack;
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

#[test]
fn right_options_stand_in_every_place() {
    let course = shipped();
    let choices = course.pack.bank.items().iter().filter_map(Item::template);
    let mut places = std::collections::BTreeMap::<String, u32>::new();
    for template in choices.filter(|template: &&Template| template.source().shuffle) {
        for seed in 0..20 {
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
