//! Items that are always the same, as imported ones are: several right answers, hints that ask, nothing drawn.

use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::item::{
    Awaits, CellKind, Entry, ExpressionForm, Fixed, Hint, Interaction, Item, ItemBody, Key,
    MissedForm, Number, NumberForm, Outcome, Presentation, Response, Scaffold, Variant, grade,
};

fn item(interaction: Interaction, key: Key, hints: Vec<Hint>) -> Item {
    let fixed = Fixed {
        presentation: Presentation {
            body: "A story.".to_owned(),
            stem: "How much?".to_owned(),
            figure: None,
            interaction,
        },
        key,
        hints,
        solution: vec!["So much.".to_owned()],
        mix_ups: Vec::new(),
        source: None,
    };
    Item {
        id: ItemId::new("item").expect("an id"),
        competency: CompetencyId::new("competency").expect("an id"),
        level: 2,
        usual_seconds: 60,
        body: ItemBody::Fixed(Box::new(fixed)),
    }
}

fn variant(interaction: Interaction, key: Key) -> Variant {
    let item = item(interaction, key, Vec::new());
    item.variant(0, None).expect("there is only this one")
}

fn number(value: i64) -> Key {
    Key::Number {
        value: Number::whole(value),
        tolerance: Number::whole(0),
        form: NumberForm::Any,
    }
}

fn equation(text: &str) -> Key {
    Key::Equation {
        typed: text.to_owned(),
    }
}

fn words(text: &str) -> Key {
    Key::Words {
        typed: text.to_owned(),
    }
}

fn outcome(variant: &Variant, text: &str) -> Outcome {
    grade(variant, &Response::Text(text.to_owned())).outcome
}

fn is_unreadable(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Unreadable { .. })
}

#[test]
fn every_seed_and_every_story_gives_the_one_variant() {
    let item = item(Interaction::Words, words("a trellis"), Vec::new());
    let first = item.variant(0, None).expect("there is one");
    for seed in [1, 7, u64::MAX] {
        let other = item.variant(seed, Some("cooking")).expect("there is one");
        assert_eq!(other.presentation, first.presentation);
        assert_eq!(
            (other.key, other.hints),
            (first.key.clone(), first.hints.clone())
        );
    }
    let stored = serde_json::to_string(&item).expect("it can be written");
    let read: Item = serde_json::from_str(&stored).expect("and read");
    assert_eq!(read, item);
}

#[test]
fn any_of_several_keys_is_right() {
    let both = variant(
        Interaction::Equation,
        Key::Any(vec![number(3), equation("x = 3")]),
    );
    for (text, expected) in [
        ("3", Outcome::Right),
        ("x = 3", Outcome::Right),
        ("3 = x", Outcome::Right),
        ("x = 4", Outcome::Wrong),
        ("4", Outcome::Wrong),
    ] {
        assert_eq!(outcome(&both, text), expected, "{text}");
    }
    assert!(is_unreadable(&outcome(&both, "x = (")));
    let one_of = variant(
        Interaction::Numeric { unit: None },
        Key::Any(vec![number(2), number(-2), number(2)]),
    );
    for (text, expected) in [
        ("2", Outcome::Right),
        ("-2", Outcome::Right),
        ("0", Outcome::Wrong),
    ] {
        assert_eq!(outcome(&one_of, text), expected, "{text}");
    }
    let options = ["a", "b", "c"].map(|key| Entry {
        key: key.to_owned(),
        text: key.to_owned(),
    });
    let right = |key: &str| Key::Choice {
        right: key.to_owned(),
    };
    let choice = variant(
        Interaction::Choice {
            options: options.to_vec(),
        },
        Key::Any(vec![right("a"), right("c")]),
    );
    for (key, expected) in [
        ("a", Outcome::Right),
        ("c", Outcome::Right),
        ("b", Outcome::Wrong),
    ] {
        let graded = grade(&choice, &Response::Choice(key.to_owned()));
        assert_eq!(graded.outcome, expected, "{key}");
    }
    let gone = grade(&choice, &Response::Choice("d".to_owned()));
    assert!(is_unreadable(&gone.outcome));
}

#[test]
fn the_first_of_several_keys_says_what_can_be_read() {
    // The form on the page is the first key's. Where it asks for mathematics a slip of the pen costs nothing, and where it
    // asks for a word every word is an answer.
    let form = ExpressionForm::Any;
    let union = Key::Expression {
        typed: "(-inf,-5) ∪ (-1,inf)".to_owned(),
        form,
    };
    let mathematics = variant(
        Interaction::Expression { form },
        Key::Any(vec![union, words("(-inf,-5)&(-1,inf)")]),
    );
    assert_eq!(
        outcome(&mathematics, "(-inf, -5) or (-1, inf)"),
        Outcome::Right
    );
    assert_eq!(outcome(&mathematics, "(-inf,-5)&(-1,inf)"), Outcome::Right);
    assert_eq!(outcome(&mathematics, "(-inf,-5)"), Outcome::Wrong);
    assert!(is_unreadable(&outcome(&mathematics, "(-inf,-5&")));
    let word = variant(Interaction::Words, Key::Any(vec![words("none"), number(0)]));
    for (text, expected) in [
        (" None ", Outcome::Right),
        ("0", Outcome::Right),
        ("many", Outcome::Wrong),
        ("(", Outcome::Wrong),
    ] {
        assert_eq!(outcome(&word, text), expected, "{text}");
    }
    assert!(is_unreadable(&outcome(&word, "  ")));
}

#[test]
fn part_of_the_credit_is_the_best_of_all_keys() {
    let keys = Key::Any(vec![number(5), number(3)]);
    let numeric = variant(Interaction::Numeric { unit: None }, keys);
    let graded = grade(&numeric, &Response::Text("6/2".to_owned()));
    assert_eq!(graded.outcome, Outcome::Wrong);
    assert_eq!(graded.missed_form, Some(MissedForm::Unfinished));
    assert!((graded.score - 0.5).abs() < 1e-12);
}

#[test]
fn a_key_without_any_answer_blames_nobody() {
    let none = variant(Interaction::Words, Key::Any(Vec::new()));
    let graded = grade(&none, &Response::Text("7".to_owned()));
    assert!(is_unreadable(&graded.outcome) && !graded.costs_attempt());
    // A key that was broken on its way here is no learner's fault either.
    let broken = variant(Interaction::Equation, equation("x = (3"));
    assert!(is_unreadable(&outcome(&broken, "x = 3")));
}

#[test]
fn a_unit_behind_the_box_may_be_typed_or_not() {
    let unit = Some("°".to_owned());
    let angle = variant(Interaction::Numeric { unit }, number(72));
    for (text, expected) in [
        ("72", Outcome::Right),
        ("72°", Outcome::Right),
        ("72 °", Outcome::Right),
        ("18°", Outcome::Wrong),
    ] {
        assert_eq!(outcome(&angle, text), expected, "{text}");
    }
}

#[test]
fn a_smaller_question_is_graded_by_its_own_key() {
    let hint = |scaffold| Hint {
        text: "How many halves are 2?".to_owned(),
        needs: Vec::new(),
        scaffold,
    };
    let asks = Scaffold {
        interaction: Interaction::Numeric { unit: None },
        key: number(4),
    };
    let item = item(
        Interaction::Numeric { unit: None },
        number(7),
        vec![hint(None), hint(Some(asks))],
    );
    let variant = item.variant(0, None).expect("there is only this one");
    assert_eq!(variant.scaffold(0), None);
    assert_eq!(variant.scaffold(2), None);
    let question = variant.scaffold(1).expect("it asks");
    assert_eq!(question.presentation.stem, "How many halves are 2?");
    for (text, expected) in [("4", Outcome::Right), ("7", Outcome::Wrong)] {
        assert_eq!(outcome(&question, text), expected, "{text}");
    }
    assert!(is_unreadable(&outcome(&question, "((")));
    assert!(question.hints.is_empty() && question.solution.is_empty());
}

#[test]
fn what_cannot_be_proved_either_way_is_for_a_person() {
    let undecided = "1/(sqrt(3+2sqrt(2))-1-sqrt(2))";
    let asked = variant(Interaction::Numeric { unit: None }, number(1));
    let waits = Outcome::Awaits(Awaits::Comparison);
    assert_eq!(outcome(&asked, undecided), waits);
    // One of several keys that it does not equal changes nothing; one that it equals decides.
    let several = |keys| variant(Interaction::Equation, Key::Any(keys));
    let asked = several(vec![number(7), number(1)]);
    assert_eq!(outcome(&asked, undecided), waits);
    assert_eq!(outcome(&asked, "1"), Outcome::Right);
    assert_eq!(outcome(&asked, "2"), Outcome::Wrong);
    // A unit where none is asked for is nothing that a person has to look at.
    let asked = variant(Interaction::Numeric { unit: None }, number(5));
    assert!(is_unreadable(&outcome(&asked, "5 cm")));
}

#[test]
fn one_undecided_cell_makes_the_whole_wait_unless_another_is_wrong() {
    let undecided = "1/(sqrt(3+2sqrt(2))-1-sqrt(2))";
    let cells = Interaction::TableEntry {
        columns: vec!["a".to_owned(), "b".to_owned()],
        rows: vec![vec!["[[1]]".to_owned(), "[[2]]".to_owned()]],
        cells: vec![CellKind::Number; 2],
    };
    let asked = variant(
        cells,
        Key::Cells {
            right: vec![number(1), number(2)],
        },
    );
    for (given, expected) in [
        ([undecided, "2"], Outcome::Awaits(Awaits::Comparison)),
        ([undecided, "3"], Outcome::Wrong),
        (["1", "2"], Outcome::Right),
    ] {
        let given = Response::Gaps(given.map(str::to_owned).to_vec());
        assert_eq!(grade(&asked, &given).outcome, expected, "{given:?}");
    }
}

#[test]
fn capitals_matter_in_a_cell_and_in_its_mix_ups() {
    let letters = |text: &str| Key::Text {
        answers: vec![text.to_owned()],
        close: false,
        cased: true,
    };
    let cells = Interaction::TableEntry {
        columns: vec!["A".to_owned(), "a".to_owned()],
        rows: vec![vec!["[[1]]".to_owned(), "[[2]]".to_owned()]],
        cells: vec![CellKind::Text; 2],
    };
    let mut asked = variant(
        cells,
        Key::Cells {
            right: vec![letters("AA"), letters("Aa")],
        },
    );
    let id = trellis_core::framework::MixUpId::new("one-parent").expect("an id");
    asked.mix_ups.push(trellis_core::item::VariantMixUp {
        id: id.clone(),
        pattern: trellis_core::item::MixPattern::Gap(1, "aa".to_owned()),
        feedback: String::new(),
    });
    for (given, right, shows) in [
        (["AA", "Aa"], true, false),
        (["AA", "AA"], false, false),
        (["AA", "aa"], false, true),
        (["aa", "Aa"], false, false),
    ] {
        let given = Response::Gaps(given.map(str::to_owned).to_vec());
        let graded = grade(&asked, &given);
        assert_eq!(graded.is_right(), right, "{given:?}");
        assert_eq!(graded.mix_up == Some(id.clone()), shows, "{given:?}");
    }
}
