//! Choices of the pool: options in an order of their own, and the key among them.

use trellis_core::item::{Entry, Interaction, Key};

use super::answer::{Answer, AnswerKind};
use super::figures::Figures;
use super::text::{Marked, Values, marked};

/// Why a choice cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ChoiceFault {
    OneOption,
    KeyMissing,
}

/// Reads a choice. Options are shuffled by the id, always in the same way, because authors tend to put the key first;
/// `keep_order` and options that speak of their place keep it.
pub(super) fn choice(
    id: &str,
    raws: &[String],
    choices: &[String],
    keep_order: bool,
    (values, figures): (&Values, &Figures),
) -> Result<Answer, ChoiceFault> {
    let mut options: Vec<Marked> = Vec::new();
    let mut needs_figure = false;
    for text in choices {
        let mut option = marked(text, values);
        figures.put(&mut option);
        // An address alone is a picture somewhere else, which is never fetched.
        needs_figure |= !option.figures.is_empty() || is_address(&option.markup);
        if !options.iter().any(|other| other.markup == option.markup) {
            options.push(option);
        }
    }
    let repeated = choices.len() - options.len();
    if options.len() < 2 {
        return Err(ChoiceFault::OneOption);
    }
    let rights: Vec<usize> = raws
        .iter()
        .map(|raw| {
            let mut right = marked(raw, values);
            figures.put(&mut right);
            right.markup
        })
        .filter_map(|right| options.iter().position(|option| option.markup == right))
        .collect();
    let first = *rights.first().ok_or(ChoiceFault::KeyMissing)?;
    let shown = options
        .get(first)
        .map(|option| option.markup.clone())
        .unwrap_or_default();
    let order = order(id, &options, keep_order);
    let mut entries = Vec::with_capacity(options.len());
    let mut right_keys = Vec::new();
    for (place, original) in order.iter().enumerate() {
        let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or(0));
        let key = match place / 26 {
            0 => letter.to_string(),
            round => format!("{letter}{round}"),
        };
        if rights.contains(original) {
            right_keys.push(Key::Choice { right: key.clone() });
        }
        let text = options.get(*original).map(|option| option.markup.clone());
        entries.push(Entry {
            key,
            text: text.unwrap_or_default(),
        });
    }
    let key = if right_keys.len() > 1 {
        Key::Any(right_keys)
    } else {
        right_keys.pop().ok_or(ChoiceFault::KeyMissing)?
    };
    Ok(Answer {
        kind: AnswerKind::Choice,
        interaction: Interaction::Choice { options: entries },
        key,
        accepted: true,
        shown,
        as_letters: None,
        as_declared: true,
        first_way: true,
        repeated,
        needs_figure,
    })
}

fn is_address(text: &str) -> bool {
    let address = text.starts_with("https://") || text.starts_with("http://");
    address && !text.contains(char::is_whitespace)
}

fn order(id: &str, options: &[Marked], keep_order: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..options.len()).collect();
    let speaks_of_place = options.iter().any(|option| {
        let lower = option.markup.to_lowercase();
        ["above", "both ", "none of", "all of", "neither"]
            .iter()
            .any(|word| lower.contains(word))
    });
    if keep_order || speaks_of_place {
        return order;
    }
    let mut state = trellis_core::fnv::hash(id.as_bytes());
    for last in (1..order.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let span = u64::try_from(last + 1).unwrap_or(1);
        let other = usize::try_from((state >> 33) % span).unwrap_or(0);
        order.swap(last, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Figures {
        Figures::new("p/p.json", &[], |_| String::new())
    }

    #[test]
    fn an_option_that_is_an_address_is_a_figure_elsewhere() {
        let texts = ["https://example.org/a.png", "https://example.org/b"].map(String::from);
        let needs_figure = |texts: &[String]| {
            let read = choice("s", &texts[..1], texts, false, (&Values::new(), &none()));
            read.expect("a choice").needs_figure
        };
        assert!(needs_figure(&texts));
        assert!(!needs_figure(
            &["see https://example.org", "no"].map(String::from)
        ));
        assert!(needs_figure(&["##a.gif##", "one"].map(String::from)));
    }

    #[test]
    fn options_are_shuffled_once_and_for_all_and_the_key_goes_along() {
        let texts: Vec<String> = ["four", "five", "six", "five"].map(String::from).to_vec();
        let mut places = std::collections::BTreeSet::new();
        for n in 0..30 {
            let id = format!("step{n}");
            let right = ["four".to_string()];
            let answer =
                choice(&id, &right, &texts, false, (&Values::new(), &none())).expect("a choice");
            assert_eq!(answer.repeated, 1);
            let Interaction::Choice { options } = &answer.interaction else {
                panic!("{:?}", answer.interaction);
            };
            let Key::Choice { right } = &answer.key else {
                panic!("{:?}", answer.key);
            };
            let entry = options.iter().find(|entry| entry.key == *right);
            assert_eq!(entry.expect("the key is there").text, "four");
            places.insert(right.clone());
        }
        assert_eq!(places.len(), 3, "the key comes at every place");
        let one = ["x".to_string(), "x".to_string()];
        assert_eq!(
            choice("s", &one[..1], &one, false, (&Values::new(), &none())).unwrap_err(),
            ChoiceFault::OneOption
        );
        assert_eq!(
            choice("s", &one[..1], &texts, false, (&Values::new(), &none())).unwrap_err(),
            ChoiceFault::KeyMissing
        );
    }
}
