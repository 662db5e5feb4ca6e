//! The fields of the editor and the text behind them: an item in the course format becomes fields, and fields a text. What
//! has no field of its own stays as the text had it.

use trellis_core::framework::{CompetencyId, InterestId, ItemId, MixUpId};
use trellis_core::item::{
    ContextText, InteractionKind, MixUp, MixUpText, OptionText, TemplateText,
};
use trellis_interop::course::{read_item, write_item};

use crate::fields::{Fields, field};

/// The kinds of answer whose fields the editor has; the others are written as text.
pub(crate) const WITH_FIELDS: [InteractionKind; 9] = [
    InteractionKind::Numeric,
    InteractionKind::Fraction,
    InteractionKind::Expression,
    InteractionKind::Equation,
    InteractionKind::Text,
    InteractionKind::Choice,
    InteractionKind::MultipleChoice,
    InteractionKind::Order,
    InteractionKind::Match,
];

/// Rows of hints and steps that are read; more are written as text.
const MOST_ROWS: usize = 24;

/// An item with nothing in it yet.
pub(crate) fn empty(id: ItemId, competency: CompetencyId) -> TemplateText {
    TemplateText::empty(id, competency, InteractionKind::Fraction)
}

/// A name made of what somebody wrote: small letters, digits and hyphens.
fn slug(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = parts
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let joined = words.join("-");
    joined
        .get(..60)
        .unwrap_or(&joined)
        .trim_matches('-')
        .to_owned()
}

/// What was typed in a field, with the line ends of the course format.
fn typed(fields: &Fields, name: &str) -> Option<String> {
    let text = field(fields, name)?.replace("\r\n", "\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The lines of a field.
fn lines(fields: &Fields, name: &str) -> Vec<String> {
    let text = typed(fields, name).unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(ToOwned::to_owned).collect()
}

/// Fields that come in rows: `hint-0`, `hint-1`, ... without the empty ones.
fn rows(fields: &Fields, name: &str) -> Vec<String> {
    let all = (0..MOST_ROWS).filter_map(|row| typed(fields, &format!("{name}-{row}")));
    all.collect()
}

/// Reads lines such as `a: 2..9`.
fn parameters(lines: Vec<String>) -> Vec<(String, String)> {
    let pairs = lines.into_iter().map(|line| match line.split_once(':') {
        Some((name, values)) => (name.trim().to_owned(), values.trim().to_owned()),
        // Without a colon it has no values, which is said at its place.
        None => (line, String::new()),
    });
    pairs.collect()
}

/// The text of an item as the fields give it. `base` is the text that they were made from.
pub(crate) fn text_of(fields: &Fields, base: &str, competency: &CompetencyId) -> String {
    let (read, _) = read_item(base);
    let id = typed(fields, "id").map(|id| slug(&id)).unwrap_or_default();
    let id = ItemId::new(&id).ok();
    let old = read.source.as_ref().map(|source| source.id.clone());
    let Some(id) = id.or(old) else {
        return base.to_owned();
    };
    let mut text = read
        .source
        .unwrap_or_else(|| empty(id.clone(), competency.clone()));
    let before = text.kind;
    text.id = id;
    read_head(fields, &mut text);
    // Fields of another kind were not on the page: what they would hold stays.
    if before == text.kind {
        read_answer(fields, &mut text);
    }
    let mut defined = read.mix_ups;
    if before == text.kind {
        read_options(fields, &mut text, &mut defined);
    }
    read_help(fields, &mut text, &mut defined);
    let named = |mix_up: &MixUp| text.mix_up_ids().any(|id| *id == mix_up.id);
    defined.retain(named);
    write_item(&text, &defined)
}

fn read_head(fields: &Fields, text: &mut TemplateText) {
    let kind = field(fields, "kind").unwrap_or_default();
    let known = InteractionKind::NAMES.iter();
    if let Some((_, kind)) = known.into_iter().find(|(name, _)| *name == kind) {
        text.kind = *kind;
    }
    if let Some(level) = field(fields, "level").and_then(|level| level.parse().ok()) {
        text.level = level;
    }
    if let Some(minutes) = field(fields, "minutes").and_then(|text| text.trim().parse::<f64>().ok())
    {
        let seconds = (1_u32..=3_600).find(|seconds| f64::from(*seconds) >= minutes * 60.0);
        text.usual_seconds = seconds.unwrap_or(text.usual_seconds);
    }
    text.parts.few = field(fields, "few").is_some();
    text.stem = typed(fields, "stem").unwrap_or_default();
    text.parameters = parameters(lines(fields, "parameters"));
    text.conditions = lines(fields, "where");
}

fn read_answer(fields: &Fields, text: &mut TemplateText) {
    use InteractionKind as Kind;
    match text.kind {
        Kind::Numeric | Kind::Fraction | Kind::Expression | Kind::Equation => {
            text.answer = typed(fields, "answer");
            text.form = typed(fields, "form");
            text.tolerance = typed(fields, "tolerance");
            text.unit = typed(fields, "unit");
        }
        Kind::Text => {
            text.parts.answers = lines(fields, "answers");
            let close = field(fields, "spelling") == Some("close");
            text.parts.spelling = close.then(|| "close".to_owned());
        }
        Kind::Order => {
            let sorts = field(fields, "by") == Some("value");
            let entries = lines(fields, "entries");
            (text.sequence, text.sort) = match sorts {
                true => (Vec::new(), entries),
                false => (entries, Vec::new()),
            };
        }
        Kind::Match => {
            let pairs =
                lines(fields, "pairs")
                    .into_iter()
                    .map(|line| match line.split_once("->") {
                        Some((left, right)) => (left.trim().to_owned(), right.trim().to_owned()),
                        None => (line, String::new()),
                    });
            text.pairs = pairs.collect();
            text.extra = lines(fields, "extra");
        }
        _ => {}
    }
}

/// A mix-up of a row: one that there is, or a new one that is named by what students do.
fn mix_up(fields: &Fields, row: &str, defined: &mut Vec<MixUp>) -> Option<MixUpId> {
    if let Some(title) = typed(fields, &format!("{row}-new")) {
        let id = MixUpId::new(&slug(&title)).ok()?;
        if !defined.iter().any(|known| known.id == id) {
            defined.push(MixUp {
                id: id.clone(),
                title,
            });
        }
        return Some(id);
    }
    let id = typed(fields, &format!("{row}-id"))?;
    MixUpId::new(&id).ok()
}

fn read_options(fields: &Fields, text: &mut TemplateText, defined: &mut Vec<MixUp>) {
    let several = text.kind == InteractionKind::MultipleChoice;
    if text.kind != InteractionKind::Choice && !several {
        return;
    }
    let right_one = field(fields, "right");
    text.options.clear();
    for row in 0..MOST_ROWS {
        let name = format!("option-{row}");
        let Some(words) = typed(fields, &name) else {
            continue;
        };
        let ticked = match several {
            true => field(fields, &format!("{name}-right")).is_some(),
            false => right_one == Some(&row.to_string()),
        };
        // An expression says more than a tick: it is right in some variants only.
        let when = typed(fields, &format!("{name}-when"));
        let right = when.or_else(|| ticked.then(|| "true".to_owned()));
        let mix_up = mix_up(fields, &name, defined);
        text.options.push(OptionText {
            text: words,
            right,
            feedback: mix_up
                .as_ref()
                .and_then(|_| typed(fields, &format!("{name}-says"))),
            mix_up,
        });
    }
}

fn read_help(fields: &Fields, text: &mut TemplateText, defined: &mut Vec<MixUp>) {
    text.hints = rows(fields, "hint");
    text.solution = rows(fields, "step");
    text.result = typed(fields, "result");
    let old = std::mem::take(&mut text.mix_ups);
    for row in 0..MOST_ROWS {
        let name = format!("mixup-{row}");
        let Some(id) = mix_up(fields, &name, defined) else {
            continue;
        };
        let answer = typed(fields, &format!("{name}-answer")).unwrap_or_default();
        let feedback = typed(fields, &format!("{name}-says")).unwrap_or_default();
        let several = text.kind == InteractionKind::Text && answer.contains('\n');
        // What has no field (points of a plot) stays with the mix-up of the same place.
        let kept = old.get(row).filter(|kept| kept.id == id);
        text.mix_ups.push(MixUpText {
            id,
            answers: if several {
                answer.lines().map(|line| line.trim().to_owned()).collect()
            } else {
                Vec::new()
            },
            answer: if several { String::new() } else { answer },
            feedback,
            points: kept.map(|kept| kept.points.clone()).unwrap_or_default(),
            line: kept.and_then(|kept| kept.line.clone()),
        });
    }
    text.contexts.clear();
    for row in 0..MOST_ROWS {
        let interest = field(fields, &format!("context-{row}-interest")).unwrap_or_default();
        let stem = typed(fields, &format!("context-{row}"));
        if let (Ok(interest), Some(stem)) = (InterestId::new(interest), stem) {
            text.contexts.push(ContextText { interest, stem });
        }
    }
}

/// A row of a mix-up or of an option with one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct MixRow {
    /// The number of the row in its fields' names.
    pub(crate) row: usize,
    /// The text of the option; empty for a mix-up of its own.
    pub(crate) text: String,
    /// Whether the option is right.
    pub(crate) right: bool,
    /// When it is right, where that depends on the variant.
    pub(crate) when: String,
    /// The mix-up; empty for none.
    pub(crate) id: String,
    /// The answer that it leads to.
    pub(crate) answer: String,
    /// What is said to it.
    pub(crate) says: String,
}

/// Rows of mix-ups with one more to fill in.
pub(crate) fn mix_rows(text: &TemplateText) -> Vec<MixRow> {
    let rows = text.mix_ups.iter().enumerate();
    let mut rows: Vec<MixRow> = rows
        .map(|(row, mix_up)| MixRow {
            row,
            id: mix_up.id.to_string(),
            answer: match mix_up.answers.is_empty() {
                true => mix_up.answer.clone(),
                false => mix_up.answers.join("\n"),
            },
            says: mix_up.feedback.clone(),
            ..MixRow::default()
        })
        .collect();
    rows.push(MixRow {
        row: rows.len(),
        ..MixRow::default()
    });
    rows
}

/// Rows of options: at least four, and one more than there are.
pub(crate) fn option_rows(text: &TemplateText) -> Vec<MixRow> {
    let count = (text.options.len() + 1).max(4);
    let rows = (0..count).map(|row| match text.options.get(row) {
        None => MixRow {
            row,
            ..MixRow::default()
        },
        Some(option) => {
            let right = option.right.as_deref().unwrap_or("false");
            MixRow {
                row,
                text: option.text.clone(),
                right: right == "true",
                when: match right {
                    "true" | "false" => String::new(),
                    when => when.to_owned(),
                },
                id: option
                    .mix_up
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                says: option.feedback.clone().unwrap_or_default(),
                ..MixRow::default()
            }
        }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Fields {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn fields_become_the_text_of_an_item() {
        let competency = CompetencyId::new("add-unlike").unwrap();
        let empty = empty(ItemId::new("add-unlike-9").unwrap(), competency.clone());
        let base = write_item(&empty, &[]);
        let fields = sent(&[
            ("id", "Add: two cups"),
            ("kind", "fraction"),
            ("level", "3"),
            ("minutes", "1.5"),
            ("stem", "Work out\r\n$@{a/b}$."),
            ("parameters", "a: 1..4\r\n b : 5..9 "),
            ("where", "gcd(a, b) == 1"),
            ("answer", "a/b"),
            ("hint-0", "Look."),
            ("hint-2", "Look again."),
            ("step-0", "It is."),
            ("result", "@{a}/@{b}"),
            ("mixup-0-new", "turns it over"),
            ("mixup-0-answer", "b/a"),
            ("mixup-0-says", "Which is the top?"),
            ("context-0-interest", "cooking"),
            ("context-0", "A cup of $@{a/b}$."),
        ]);
        let text = text_of(&fields, &base, &competency);
        let (read, findings) = read_item(&text);
        assert!(findings.is_empty(), "{findings:?}\n{text}");
        let source = read.source.unwrap();
        assert_eq!(source.id.as_str(), "add-two-cups");
        assert_eq!((source.level, source.usual_seconds), (3, 90));
        assert_eq!(source.stem, "Work out\n$@{a/b}$.");
        assert_eq!(source.parameters[1], ("b".to_owned(), "5..9".to_owned()));
        assert_eq!(source.hints, ["Look.", "Look again."]);
        assert_eq!(source.mix_ups[0].id.as_str(), "turns-it-over");
        assert_eq!(read.mix_ups[0].title, "turns it over");
        assert_eq!(source.contexts.len(), 1);
    }

    #[test]
    fn what_has_no_field_stays() {
        let base = r#"
[[item]]
id = "x"
competency = "c"
kind = "choice"
level = 1
minutes = 1
stem = "?"
[item.figure]
kind = "bars"
bars = ["1/2"]
[[item.option]]
text = "one"
right = "1 < 2"
[[item.option]]
text = "two"
mixup = "m"
feedback = "No."
"#;
        let competency = CompetencyId::new("c").unwrap();
        let (read, _) = read_item(base);
        let source = read.source.unwrap();
        let rows = option_rows(&source);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0].when, "1 < 2");
        let fields = sent(&[
            ("kind", "choice"),
            ("stem", "?"),
            ("option-0", "one"),
            ("option-0-when", "1 < 2"),
            ("option-1", "two"),
            ("option-1-id", "m"),
            ("option-1-says", "No."),
        ]);
        let text = text_of(&fields, base, &competency);
        let (again, _) = read_item(&text);
        assert_eq!(again.source.unwrap(), source);
    }
}
