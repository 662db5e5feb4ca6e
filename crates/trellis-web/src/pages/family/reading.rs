//! The family's page in varied states: its reading grade by formula, and that it tells the truth about each.

use std::path::Path;

use askama::Template as _;
use trellis_core::agreed::{Agreed, Level, Pace};
use trellis_core::catalog::Catalog;
use trellis_core::consent::Use;
use trellis_core::estimate::{CompetencyState, LearnerState, Recent};
use trellis_core::event::Evidence;
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::id::{DirectiveId, PersonId, Seq};
use trellis_core::mastery;
use trellis_core::plan::{Assignment, Directive, DirectiveKind};
use trellis_core::policy::POLICY_VERSION;
use trellis_core::recommendation::{Purpose, Reason, Recommendation, Stop, Versions};
use trellis_core::time::Timestamp;
use trellis_interop::course::{read_course, read_folder};
use trellis_store::read::{FamilyView, LearnerView, Name};

use super::view::Week;
use super::{FamilyPage, Ways, alone};
use crate::layout::Shell;
use crate::reasons::{self, Reader};
use crate::words::{Language, Words};

/// The highest grade, by the formula of Flesch and Kincaid, that a family's page may have.
pub(crate) const HIGHEST_GRADE: f64 = 5.0;
/// The least ease, by the formula of Fernández Huerta, that a family's page in Spanish may have.
pub(crate) const LEAST_EASE: f64 = 80.0;
pub(crate) const TEACHER: PersonId = PersonId(9);

pub(crate) fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses/fractions-to-equations");
    let (folder, _) = read_course(&read_folder(&folder).unwrap());
    let bank = folder.pack.bank;
    let (items, mix_ups) = (bank.items().to_vec(), bank.mix_ups().to_vec());
    Catalog::new(vec![folder.pack.course], items, mix_ups, 1)
}

pub(crate) fn now() -> Timestamp {
    Timestamp(0).plus_days(20_779)
}

pub(crate) fn name(id: u128, given: &str, family: &str) -> Name {
    Name {
        id: PersonId(id),
        given: given.to_owned(),
        family: family.to_owned(),
    }
}

fn child(catalog: &Catalog) -> FamilyView {
    let mut state = LearnerState::new(PersonId(1));
    state.courses = vec![catalog.courses()[0].id.clone()];
    FamilyView {
        learner: LearnerView {
            name: name(1, "Maya", "Haddad"),
            state,
        },
        events: Vec::new(),
        teachers: vec![name(9, "Ngozi", "Okafor")],
        looked: vec![name(9, "Ngozi", "Okafor"), name(8, "Tomas", "Lindqvist")],
    }
}

fn tried(id: &CompetencyId, mastered: bool) -> CompetencyState {
    CompetencyState {
        first_tries: 4,
        right_alone: 2,
        items: 3,
        run: 1,
        mastered_at: mastered.then(|| now().plus_days(-20)),
        ..CompetencyState::met(id.clone(), now().plus_days(-1))
    }
}

fn advise(view: &mut FamilyView, id: &CompetencyId, reasons: Vec<Reason>) {
    let stop = Stop {
        purpose: Purpose::Learn,
        competency: Some(id.clone()),
        choices: Vec::new(),
        minutes: 8,
        reasons,
    };
    let advice = Recommendation {
        stops: vec![stop],
        considered: Vec::new(),
        state: Seq(1),
        versions: Versions {
            policy: POLICY_VERSION.to_owned(),
            model: "additive-1".to_owned(),
            content: 1,
        },
        propensity: 1.0,
    };
    view.learner.state.advice = Some((now(), advice));
}

fn every_reason() -> Vec<Reason> {
    let directive = DirectiveId(4);
    vec![
        Reason::Ready { after: Vec::new() },
        Reason::ReviewDue {
            days: 12,
            recall_tenths: 8,
        },
        Reason::Close { right_needed: 2 },
        Reason::Begun { tries: 3 },
        Reason::Opens { count: 2 },
        Reason::TeacherAsked { directive },
        Reason::TeacherOpened { directive },
        Reason::CourseOrder,
        Reason::FixedPath { directive },
        Reason::FamilysPath,
        Reason::YouPick,
        Reason::YouProve,
    ]
}

fn page(view: &FamilyView, catalog: &Catalog) -> String {
    page_in(Words::english(), view, catalog)
}

fn page_in(words: Words, view: &FamilyView, catalog: &Catalog) -> String {
    page_with(&Agreed::default(), words, view, catalog)
}

/// What a district can agree on that shows here: a course that has just begun, one that is half through, one that is over.
pub(crate) fn agreements(catalog: &Catalog) -> Vec<Agreed> {
    let of = |(gone, left): (i64, i64)| Agreed {
        paces: catalog
            .courses()
            .iter()
            .map(|course| Pace {
                course: course.id.clone(),
                first: now().plus_days(-gone),
                last: now().plus_days(left),
            })
            .collect(),
        ..Agreed::default()
    };
    [(1, 200), (5, 120), (100, 100), (200, -1)].map(of).into()
}

fn page_with(agreed: &Agreed, words: Words, view: &FamilyView, catalog: &Catalog) -> String {
    let week = Week::of(view, catalog, &words, agreed, now());
    let ways = Ways {
        ask: "/family/1/ask".to_owned(),
        plan: "/family/1/plan".to_owned(),
        work: "/family/1/portfolio".to_owned(),
        sheet: "/family/1/conference".to_owned(),
        allow: "/family/1/allow".to_owned(),
        term: "/family/1/term".to_owned(),
    };
    let letter = alone(&words, &week, true, Some(ways)).unwrap();
    let mut shell = Shell::plain(words, "nav-family");
    shell.title.clone_from(&week.title);
    let page = FamilyPage {
        shell,
        asked: Vec::new(),
        letter,
    };
    let html = page.render().unwrap();
    let (_, main) = html.split_once("<main").unwrap();
    main.split_once("</main>").unwrap().0.to_owned()
}

/// The blocks of a page that are read as sentences: paragraphs and list entries. Headings and the labels of the path
/// are left out, since such scraps would make the page look easier than it is.
fn prose(html: &str) -> Vec<String> {
    let mut html = html.to_owned();
    for (open, close) in [
        ("<h1", "</h1>"),
        ("<h2", "</h2>"),
        ("<h3", "</h3>"),
        ("<ol", "</ol>"),
    ] {
        while let Some(start) = html.find(open) {
            let end = html[start..].find(close).unwrap() + start + close.len();
            html.replace_range(start..end, "");
        }
    }
    blocks(&html)
}

/// The readable blocks of a page, with each heading, paragraph and list entry on its own line.
fn blocks(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        let blocks = ["</p", "</h1", "</h2", "</h3", "</li", "<br"];
        text.push(if blocks.iter().any(|block| tag.starts_with(block)) {
            '\n'
        } else {
            ' '
        });
        rest = &rest[end..];
        if tag.starts_with("<math") {
            rest = rest.split_once("</math>").map_or("", |(_, after)| after);
        }
    }
    text.lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Vowel groups, less a silent e at the end: the usual count by machine.
fn syllables(word: &str) -> u32 {
    let word = word.to_lowercase();
    let (mut count, mut in_vowel) = (0, false);
    for letter in word.chars() {
        let vowel = "aeiouy".contains(letter);
        count += u32::from(vowel && !in_vowel);
        in_vowel = vowel;
    }
    if word.ends_with('e') && !word.ends_with("le") && count > 1 {
        count -= 1;
    }
    count.max(1)
}

/// Syllables of a Spanish word: groups of vowels, where two strong vowels, or a weak one with an accent, stand apart.
fn syllables_spanish(word: &str) -> u32 {
    let (mut count, mut before) = (0, None);
    for letter in word.to_lowercase().chars() {
        let strong = "aeoáéó".contains(letter);
        let alone = "íú".contains(letter);
        let weak = "iuü".contains(letter) || letter == 'y';
        let vowel = strong || alone || weak;
        count += u32::from(match before {
            _ if !vowel => false,
            None => true,
            Some((was_strong, was_alone)) => alone || was_alone || (strong && was_strong),
        });
        before = vowel.then_some((strong, alone));
    }
    count.max(1)
}

/// What is read of a page: words, sentences, and syllables by the count that is given. Formulas and bare numbers are no
/// words.
fn counted(html: &str, syllables: fn(&str) -> u32) -> (f64, f64, f64) {
    let (mut words, mut sentences, mut spoken) = (0_u32, 0_u32, 0_u32);
    for block in prose(html) {
        for sentence in block.split(['.', '?', '!', ':']) {
            let found: Vec<&str> = sentence
                .split(|letter: char| !letter.is_alphabetic() && letter != '\'')
                .filter(|word| !word.is_empty())
                .collect();
            if !found.is_empty() {
                sentences += 1;
                words += u32::try_from(found.len()).unwrap();
                spoken += found.iter().map(|word| syllables(word)).sum::<u32>();
            }
        }
    }
    (f64::from(words), f64::from(sentences), f64::from(spoken))
}

/// How easily Spanish reads, by Fernández Huerta (1959): 206.84 - 0.60 syllables in a hundred words - 1.02 words a
/// sentence. From 80 on it is what the fifth grade reads with ease.
pub(crate) fn ease_spanish(html: &str) -> f64 {
    let (words, sentences, spoken) = counted(html, syllables_spanish);
    206.84 - 60.0 * spoken / words - 1.02 * words / sentences
}

/// The grade of Kincaid, Fishburne, Rogers and Chissom (1975):
/// 0.39 words a sentence + 11.8 syllables a word - 15.59; with it the number of words.
pub(crate) fn grade(html: &str) -> (f64, f64) {
    let (words, sentences, spoken) = counted(html, syllables);
    let grade = 0.39 * words / sentences + 11.8 * spoken / words - 15.59;
    (grade, words)
}

#[test]
fn the_formula_agrees_with_sentences_counted_by_hand() {
    // 6 words, 6 syllables, 1 sentence: 0.39 * 6 + 11.8 - 15.59 = -1.45.
    let (easy, words) = grade("<p>The cat sat on the mat.</p>");
    assert!((words - 6.0).abs() < 1e-9, "{words}");
    assert!((easy - -1.45).abs() < 1e-9, "{easy}");
    // 5 words, 20 syllables (3 + 7 + 5 + 4 + 1), 1 sentence: 0.39 * 5 + 11.8 * 4 - 15.59 = 33.56.
    let (hard, _) = grade("<p>Educational responsibility necessitates considerable thought.</p>");
    assert!(hard > 20.0, "{hard}");
}

/// The states that pages are read in: each competency of the course once as the one worked on, in one of several weeks.
pub(crate) fn states(catalog: &Catalog) -> Vec<(String, FamilyView)> {
    let mut states = vec![("nothing yet".to_owned(), child(catalog))];
    let sequence: Vec<CompetencyId> = catalog.courses()[0].sequence().cloned().collect();
    for (place, id) in sequence.iter().enumerate() {
        let mut view = child(catalog);
        let state = &mut view.learner.state;
        for before in &sequence[..place] {
            state.competencies.push(tried(before, true));
        }
        if place % 2 == 0 {
            state.competencies.push(tried(id, false));
            let item = catalog.items_of(id).next().unwrap();
            let mix_up = item
                .template()
                .and_then(|template| Some(template.source().mix_ups.first()?.id.clone()));
            for number in 0..3 {
                let evidence = Evidence {
                    guess: 0.02,
                    slip: 0.08,
                    difficulty: Some(0.0),
                    hints: 0,
                    earlier: 0,
                    gap_s: None,
                    right: number == place % 3,
                };
                mastery::revise(state, id, &item.id, &evidence);
                state.recent.push(Recent {
                    item: ItemId::new(item.id.as_str()).unwrap(),
                    competency: id.clone(),
                    at: now().plus_days(-1),
                    right_alone: false,
                    hints: 0,
                    mix_up: mix_up.clone(),
                });
            }
        }
        if place % 3 == 0 {
            for kind in [
                DirectiveKind::CountAsMastered(sequence[(place + 1) % sequence.len()].clone()),
                DirectiveKind::DoNext(id.clone()),
                DirectiveKind::Close(sequence[(place + 2) % sequence.len()].clone()),
            ] {
                state.directives.push(Directive {
                    id: DirectiveId(1),
                    kind,
                    by: TEACHER,
                    at: now(),
                    note: String::new(),
                });
            }
        }
        let mut reasons = every_reason();
        reasons.rotate_left(place % 12);
        if place % 5 == 0 {
            state.directives.push(Directive {
                id: DirectiveId(2),
                kind: DirectiveKind::FixedPath,
                by: TEACHER,
                at: now(),
                note: String::new(),
            });
        }
        if place % 7 == 0 {
            view.learner.state.withheld = vec![Use::Choosing];
        }
        advise(&mut view, id, reasons);
        states.push((id.as_str().to_owned(), view));
    }
    states
}

#[test]
fn what_moves_the_chance_is_told_where_something_was_tried() {
    let catalog = catalog();
    for (place, (name, view)) in states(&catalog).iter().enumerate() {
        let told = page(view, &catalog).contains("What we go by");
        // The first state is that of nothing yet; then every second one has answers on what comes next.
        assert_eq!(told, place % 2 == 1, "{name}");
    }
}

#[test]
fn every_page_reads_at_grade_five_or_lower() {
    let catalog = catalog();
    let states = states(&catalog);
    assert!(states.len() > 60, "{}", states.len());
    let mut worst = (String::new(), f64::MIN);
    let mut sum = 0.0;
    let mut too_hard = Vec::new();
    let mut agreed = agreements(&catalog);
    agreed.push(Agreed::default());
    for ((name, view), agreed) in states
        .iter()
        .flat_map(|state| agreed.iter().map(move |agreed| (state, agreed)))
    {
        let html = page_with(agreed, Words::english(), view, &catalog);
        let (grade, words) = grade(&html);
        assert!(words > 100.0, "{name}: {words} words");
        sum += grade;
        if grade > worst.1 {
            worst = (name.clone(), grade);
        }
        if grade > HIGHEST_GRADE {
            too_hard.push(format!("{name} {grade:.2}"));
        }
    }
    let pages = states.len() * agreed.len();
    let mean = sum / f64::from(u32::try_from(pages).unwrap());
    println!("{pages} pages, mean grade {mean:.2}, hardest {worst:?}");
    assert!(too_hard.is_empty(), "too hard to read: {too_hard:?}");
}

#[test]
fn spanish_syllables_are_those_of_a_speaker() {
    for (word, count) in [
        ("casa", 2),
        ("maestro", 3),
        ("día", 2),
        ("escuela", 3),
        ("todavía", 4),
        ("leer", 2),
        ("ciudad", 2),
        ("y", 1),
        ("respuesta", 3),
    ] {
        assert_eq!(syllables_spanish(word), count, "{word}");
    }
    // 5 words, 8 syllables, 1 sentence: 206.84 - 0.60 * 160 - 1.02 * 5 = 105.74.
    let easy = ease_spanish("<p>El gato come en casa.</p>");
    assert!((easy - 105.74).abs() < 1e-9, "{easy}");
}

#[test]
fn every_page_in_spanish_is_easy_to_read() {
    let catalog = catalog();
    let (mut worst, mut sum) = ((String::new(), f64::MAX), 0.0);
    let states = states(&catalog);
    for (name, view) in &states {
        let ease = ease_spanish(&page_in(Words::of(Language::Spanish), view, &catalog));
        sum += ease;
        if ease < worst.1 {
            worst = (name.clone(), ease);
        }
    }
    let mean = sum / f64::from(u32::try_from(states.len()).unwrap());
    println!("mean {mean:.1}, hardest {worst:?}");
    assert!(worst.1 >= LEAST_EASE, "too hard to read: {worst:?}");
}

#[test]
fn every_reason_and_directive_has_words_for_a_family() {
    let words = Words::english();
    let catalog = catalog();
    for said in reasons::lines(&words, &catalog, Reader::Family("Maya"), &every_reason()) {
        assert!(said.ends_with('.') && !said.contains('{'), "{said}");
    }
    let id = CompetencyId::new("compare").unwrap();
    for kind in [
        DirectiveKind::CountAsMastered(id.clone()),
        DirectiveKind::NotYet(id.clone()),
        DirectiveKind::DoNext(id.clone()),
        DirectiveKind::Open(id.clone()),
        DirectiveKind::Close(id.clone()),
        DirectiveKind::Skip(id.clone()),
        DirectiveKind::UpTo(id.clone()),
        DirectiveKind::InOrder(id.clone()),
        DirectiveKind::Assigned(Assignment {
            set: trellis_core::id::AssignmentId(1),
            competency: id,
            questions: Vec::new(),
            adaptive: false,
            due: None,
        }),
    ] {
        let key = format!("family-set-{}", kind.name());
        assert!(words.has(&key), "{key}");
    }
}

#[test]
fn the_page_invents_no_norm_and_names_the_teacher() {
    let catalog = catalog();
    let view = child(&catalog);
    let html = page(&view, &catalog);
    let text = blocks(&html).join("\n");
    assert!(
        text.contains("Is Maya on track for the grade? Trellis can not say"),
        "{text}"
    );
    assert!(text.contains("Ask Ngozi Okafor."), "{text}");
    assert!(text.contains("Maya has not begun"), "{text}");
    assert!(text.contains("from grade 4 to grade 8"), "{text}");
}

#[test]
fn where_the_district_has_a_pace_the_page_says_where_the_child_is() {
    let catalog = catalog();
    let view = child(&catalog);
    for (agreed, said) in agreements(&catalog).iter().zip([
        "Maya is where the plan says. The course has just begun",
        "Maya is where the plan says. By now the plan is to know 2 steps",
        "Maya is behind the plan.",
        "Maya is behind the plan.",
    ]) {
        let html = page_with(agreed, Words::english(), &view, &catalog);
        let text = blocks(&html).join(" ");
        assert!(text.contains(said), "{said}: {text}");
        assert!(!text.contains("can not say"), "{text}");
    }
    let mut named = Agreed::default();
    let own = [(Level::NotBegun, "Beginning".to_owned())].into();
    named.names.insert("en".to_owned(), own);
    let mut view = child(&catalog);
    let first = catalog.courses()[0].sequence().next().unwrap();
    advise(&mut view, first, every_reason());
    let html = page_with(&named, Words::english(), &view, &catalog);
    assert!(html.contains("Beginning: later"), "{html}");
    let html = page_with(&named, Words::of(Language::Spanish), &view, &catalog);
    assert!(!html.contains("Beginning"), "{html}");
}

#[test]
fn an_override_stands_on_the_page_until_it_is_taken_back() {
    let catalog = catalog();
    let first = catalog.courses()[0].sequence().next().unwrap().clone();
    let mut view = child(&catalog);
    advise(&mut view, &first, every_reason());
    let title = catalog.competency(&first).unwrap().title.clone();
    let sentence = format!("Ngozi Okafor counted “{title}” as mastered.");
    assert!(!page(&view, &catalog).contains(&sentence));
    view.learner.state.directives.push(Directive {
        id: DirectiveId(1),
        kind: DirectiveKind::CountAsMastered(first),
        by: TEACHER,
        at: now(),
        note: String::new(),
    });
    let html = page(&view, &catalog);
    assert!(html.contains(&sentence), "{html}");
    assert!(
        blocks(&html)
            .join(" ")
            .contains("Maya has mastered 1 step.")
    );
    view.learner.state.directives.clear();
    assert!(!page(&view, &catalog).contains(&sentence));
}
