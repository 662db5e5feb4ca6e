//! A finding in words: what was seen, about what, and what a person can do about it.

use trellis_core::audit::{AuditFinding, Observed, Remedy, Subject};
use trellis_core::catalog::Catalog;
use trellis_core::framework::ItemId;

use crate::markup;
use crate::reasons::title_of;
use crate::words::{Words, small};

/// Letters of a question that name it in a list.
const NAMED_BY: usize = 90;
/// So many names of other things are said; the rest are counted.
const NAMED: usize = 3;

/// A whole percentage.
fn percent(share: f64) -> f64 {
    (100.0 * share).round()
}

/// A figure with two places.
fn two(figure: f64) -> String {
    format!("{figure:.2}")
}

/// The first words of a question.
pub(crate) fn name_of(catalog: &Catalog, id: &ItemId) -> String {
    let variant = catalog.item(id).and_then(|item| item.variant(0, None).ok());
    let Some(variant) = variant else {
        return id.to_string();
    };
    let stem = variant.presentation.stem.replace('\n', " ");
    let plain = markup::plain(&stem);
    let mut short: String = plain.chars().take(NAMED_BY).collect();
    if short.len() < plain.len() {
        short.truncate(short.rfind(' ').unwrap_or(short.len()));
        short.push('…');
    }
    if short.trim().is_empty() {
        id.to_string()
    } else {
        short
    }
}

/// What a finding is about, in a few words.
pub(crate) fn about(catalog: &Catalog, subject: &Subject) -> String {
    match subject {
        Subject::Item(id) => name_of(catalog, id),
        Subject::Competency(id) => title_of(catalog, id),
        Subject::Course(id) => catalog
            .course(id)
            .map_or_else(|| id.to_string(), |course| course.title.clone()),
    }
}

/// Some names, and how many more there are.
fn list(words: &Words, names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join("; ");
    let more = u32::try_from(names.len().saturating_sub(NAMED)).unwrap_or(u32::MAX);
    match more {
        0 => shown,
        more => words.mixed(
            "audit-and-more",
            &[("count", f64::from(more))],
            &[("names", &shown)],
        ),
    }
}

/// What was seen, as one sentence with its figures.
pub(crate) fn says(words: &Words, catalog: &Catalog, finding: &AuditFinding) -> String {
    let observed = &finding.observed;
    let answers = f64::from(observed.answers());
    let say = |numbers: &[(&str, f64)], texts: &[(&str, &str)]| {
        let key = format!("audit-says-{}", observed.rule());
        let mut all = vec![("answers", answers)];
        all.extend_from_slice(numbers);
        words.mixed(&key, &all, texts)
    };
    match observed {
        Observed::SuspectedKey {
            item_rest,
            preferred,
            ..
        } => match preferred {
            Some(option) => words.mixed(
                "audit-says-preferred",
                &[("answers", answers)],
                &[("option", &option_words(catalog, &finding.about, option))],
            ),
            None => say(&[], &[("figure", &two(*item_rest))]),
        },
        Observed::AsGuessed {
            share_right, guess, ..
        } => say(
            &[("right", percent(*share_right)), ("guess", percent(*guess))],
            &[],
        ),
        Observed::TellsLittle { item_rest, .. } => say(&[], &[("figure", &two(*item_rest))]),
        Observed::NearlyAllRight { share_right, .. } => {
            say(&[("right", percent(*share_right))], &[])
        }
        Observed::Misfit { infit, outfit, .. } => {
            say(&[], &[("infit", &two(*infit)), ("outfit", &two(*outfit))])
        }
        Observed::IdleOption { option, chosen, .. } => say(
            &[("chosen", f64::from(*chosen))],
            &[("option", &option_words(catalog, &finding.about, option))],
        ),
        Observed::Hurried {
            share,
            median_seconds,
            ..
        } => say(
            &[
                ("share", percent(*share)),
                ("seconds", median_seconds.round()),
            ],
            &[],
        ),
        Observed::Dependent { other, q3, .. } => say(
            &[],
            &[("other", &name_of(catalog, other)), ("figure", &two(*q3))],
        ),
        Observed::Drift { change, .. } => {
            let key = match *change < 0.0 {
                true => "audit-says-easier",
                false => "audit-says-harder",
            };
            let figure = two(change.abs());
            words.mixed(key, &[("answers", answers)], &[("figure", &figure)])
        }
        other => of_text(words, catalog, other, say),
    }
}

/// The same for what the texts alone show, and what people said.
fn of_text(
    words: &Words,
    catalog: &Catalog,
    observed: &Observed,
    say: impl Fn(&[(&str, f64)], &[(&str, &str)]) -> String,
) -> String {
    let names = |ids: &[ItemId]| {
        let names: Vec<String> = ids.iter().map(|id| name_of(catalog, id)).collect();
        list(words, &names)
    };
    match observed {
        Observed::Repeated { others } => say(
            &[("count", f64::from(small(others.len())))],
            &[("others", &names(others))],
        ),
        Observed::RepeatedOption { text } => say(&[], &[("option", &markup::plain(text))]),
        Observed::KeyLength { key, other } => say(
            &[("key", f64::from(*key)), ("other", f64::from(*other))],
            &[],
        ),
        Observed::KeyPosition {
            options, counts, ..
        } => {
            let counts: Vec<String> = counts.iter().map(u32::to_string).collect();
            say(
                &[("options", f64::from(*options))],
                &[("counts", &counts.join(", "))],
            )
        }
        Observed::Guessable { guess } => say(&[("guess", percent(*guess))], &[]),
        Observed::FewItems { count } => say(&[("count", f64::from(*count))], &[]),
        Observed::Unreachable { because_of } if because_of.is_empty() => {
            words.t("audit-says-untaught")
        }
        Observed::Unreachable { because_of } => {
            let titles: Vec<String> = because_of.iter().map(|id| title_of(catalog, id)).collect();
            say(&[], &[("others", &list(words, &titles))])
        }
        Observed::Reported { times, notes } => say(
            &[("times", f64::from(*times))],
            &[("notes", &notes.join(" / "))],
        ),
        _ => say(&[], &[]),
    }
}

/// An option by what it says: findings name it by its key, or by the mix-up that it shows.
fn option_words(catalog: &Catalog, about: &Subject, option: &str) -> String {
    let Subject::Item(id) = about else {
        return option.to_owned();
    };
    let variant = catalog.item(id).and_then(|item| item.variant(0, None).ok());
    let interaction = variant
        .as_ref()
        .map(|shown| &shown.presentation.interaction);
    let text = match interaction {
        Some(
            trellis_core::item::Interaction::Choice { options }
            | trellis_core::item::Interaction::MultipleChoice { options },
        ) => options.iter().find(|entry| entry.key == option),
        _ => None,
    };
    text.map_or_else(|| option.to_owned(), |entry| markup::plain(&entry.text))
}

/// The one thing to do, in words.
pub(super) fn remedy(words: &Words, observed: &Observed) -> String {
    words.t(match observed.remedy() {
        Remedy::CheckKey => "audit-do-check-key",
        Remedy::ReadItem => "audit-do-read-item",
        Remedy::RetireOne => "audit-do-retire-one",
        Remedy::RewriteOptions => "audit-do-rewrite-options",
        Remedy::ShuffleOptions => "audit-do-shuffle-options",
        Remedy::LookAtAnswers => "audit-do-look-at-answers",
        Remedy::WriteHelp => "audit-do-write-help",
        Remedy::NameLicence => "audit-do-name-licence",
        Remedy::WriteItems => "audit-do-write-items",
        Remedy::MendLinks => "audit-do-mend-links",
    })
}

/// All rules, in the order of the list of kinds, with the words that name them.
pub(super) const RULES: [&str; 20] = [
    "reported",
    "suspected-key",
    "unreachable",
    "repeated-option",
    "as-guessed",
    "key-length",
    "misfit",
    "tells-little",
    "dependent",
    "drift",
    "key-position",
    "hurried",
    "no-hint",
    "no-solution",
    "few-items",
    "guessable",
    "nearly-all-right",
    "idle-option",
    "repeated",
    "no-licence",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_and_a_sentence() {
        let words = Words::english();
        for rule in RULES {
            let sentence = match rule {
                "drift" => "audit-says-easier".to_owned(),
                other => format!("audit-says-{other}"),
            };
            for key in [format!("audit-rule-{rule}"), sentence] {
                assert!(words.has(&key), "{key}");
            }
        }
    }
}
