//! Reading `[[item]]`: from a table of texts to a compiled template, with the line of every key.

use toml::de::DeTable;

use trellis_core::framework::{CompetencyId, InterestId, ItemId, MixUpId};
use trellis_core::item::{
    ContextText, InteractionKind, MixUpText, OptionText, PartsText, Template, TemplateText,
};

use super::keys::{File, Keys, Place, Places, content_id, marks, nearest, scalar};
use super::parts;

const KEYS: [&str; 39] = [
    "id",
    "competency",
    "kind",
    "level",
    "minutes",
    "stem",
    "answer",
    "form",
    "tolerance",
    "unit",
    "where",
    "hints",
    "solution",
    "result",
    "shuffle",
    "sequence",
    "sort",
    "extra",
    "line",
    "parameters",
    "figure",
    "option",
    "pair",
    "mixup",
    "context",
    "answers",
    "spelling",
    "capitals",
    "gap",
    "columns",
    "rows",
    "grid",
    "points",
    "variants",
    "rubric",
    "criterion",
    "sample",
    "longest",
    "takes",
];

/// An item of a course with the places of its keys.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedItem {
    /// The file, relative to the course folder.
    pub file: String,
    /// The line of `[[item]]`.
    pub line: usize,
    /// Where its keys stand.
    pub places: Places,
}

impl PlacedItem {
    /// The line of a key such as `hints[1]`, or of the nearest key above it, or of the item.
    #[must_use]
    pub fn line_of(&self, field: &str) -> usize {
        if let Some(id) = field.strip_prefix("mixup:") {
            let same = self.places.iter().find(|(name, place)| {
                place.text == id && (name.ends_with(".id") || name.ends_with(".mixup"))
            });
            return same.map_or(self.line, |(_, place)| place.line);
        }
        let mut name = field;
        loop {
            if let Some(place) = self.places.get(name) {
                return place.line;
            }
            match name.rfind(['.', '[']) {
                Some(cut) => name = name.get(..cut).unwrap_or(""),
                None => return self.line,
            }
        }
    }

    /// The line of a fault so many bytes into the text of a key.
    #[must_use]
    pub fn line_at(&self, field: &str, at: usize) -> usize {
        let breaks = self.places.get(field).map_or(0, |place| {
            place
                .text
                .bytes()
                .take(at)
                .filter(|byte| *byte == b'\n')
                .count()
        });
        self.line_of(field) + breaks
    }
}

/// One item as far as it was understood; the findings say what was not.
#[derive(Debug)]
pub(super) struct ReadItem {
    /// The texts, when the keys that everything hangs on could be read.
    pub(super) source: Option<TemplateText>,
    /// Understood, when it has no fault.
    pub(super) template: Option<Template>,
    /// Where everything stands.
    pub(super) placed: PlacedItem,
}

/// Reads one item.
pub(super) fn read(file: &mut File<'_>, table: &DeTable<'_>, line: usize) -> ReadItem {
    let mut places = Places::new();
    let before = file.findings.len();
    let source = read_source(file, &mut places, table, line);
    let whole = file.findings.len() == before;
    let placed = PlacedItem {
        file: file.name.to_string(),
        line,
        places,
    };
    let template = source
        .clone()
        .and_then(|source| compile(file, &placed, source, whole));
    ReadItem {
        source,
        template,
        placed,
    }
}

/// Understands the texts of an item; `whole` says that all of its keys could be read.
fn compile(
    file: &mut File<'_>,
    placed: &PlacedItem,
    source: TemplateText,
    whole: bool,
) -> Option<Template> {
    match Template::compile(source) {
        Ok(template) => Some(template),
        Err(faults) => {
            for fault in faults {
                // What a key that could not be read leads to is not worth a second finding.
                if whole || fault.field != "kind" {
                    let line = placed.line_at(&fault.field, fault.at);
                    file.error(line, "template", fault.to_string());
                }
            }
            None
        }
    }
}

fn read_source(
    file: &mut File<'_>,
    places: &mut Places,
    table: &DeTable<'_>,
    line: usize,
) -> Option<TemplateText> {
    let keys = Keys::new(file, table, line, "", &KEYS);
    let id = keys.needed(file, places, "id");
    let competency = keys.needed(file, places, "competency");
    let kind = kind(file, places, &keys);
    let level = level(file, places, &keys);
    let usual_seconds = seconds(file, places, &keys);
    let mut text = TemplateText {
        id: content_id(file, line, &id, ItemId::new)?,
        competency: content_id(file, line, &competency, CompetencyId::new)?,
        kind: kind?,
        level,
        usual_seconds,
        stem: keys.needed(file, places, "stem"),
        answer: keys.text(file, places, "answer"),
        form: keys.text(file, places, "form"),
        tolerance: keys.text(file, places, "tolerance"),
        unit: keys.text(file, places, "unit"),
        conditions: keys.texts(file, places, "where"),
        parameters: Vec::new(),
        hints: keys.texts(file, places, "hints"),
        solution: keys.texts(file, places, "solution"),
        result: keys.text(file, places, "result"),
        options: Vec::new(),
        shuffle: keys.text(file, places, "shuffle").as_deref() != Some("false"),
        sequence: keys.texts(file, places, "sequence"),
        sort: keys.texts(file, places, "sort"),
        pairs: Vec::new(),
        extra: keys.texts(file, places, "extra"),
        line: None,
        mix_ups: Vec::new(),
        contexts: Vec::new(),
        figure: None,
        parts: PartsText::default(),
    };
    read_parameters(file, places, &keys, &mut text);
    read_answers(file, places, &keys, &mut text);
    text.parts = parts::read(file, places, &keys);
    for (index, (table, line)) in keys.tables(file, "context").into_iter().enumerate() {
        let path = format!("context[{index}]");
        let keys = Keys::new(file, table, line, &path, &["interest", "stem"]);
        places.insert(path, Place::at(line));
        let interest = keys.needed(file, places, "interest");
        let stem = keys.needed(file, places, "stem");
        let interest = content_id(file, line, &interest, InterestId::new);
        text.contexts
            .extend(interest.map(|interest| ContextText { interest, stem }));
    }
    if let Some((table, line)) = keys.table(file, "figure") {
        places.insert("figure".to_string(), Place::at(line));
        text.figure = super::figure::read(file, places, table, line);
    }
    Some(text)
}

fn kind(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> Option<InteractionKind> {
    let kind = keys.needed(file, places, "kind");
    let known = InteractionKind::NAMES
        .iter()
        .find(|(name, _)| *name == kind);
    if known.is_none() && !kind.is_empty() {
        let names = InteractionKind::NAMES.map(|(name, _)| name);
        let near = nearest(&kind, &names).map(|near| format!(" (did you mean \"{near}\"?)"));
        let near = near.unwrap_or_default();
        let message = format!(
            "there is no kind \"{kind}\"{near}; there are {}",
            names.join(", ")
        );
        file.error(keys.line_of(file, "kind"), "kind", message);
    }
    known.map(|(_, kind)| *kind)
}

fn level(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> u8 {
    let level = keys.needed(file, places, "level").parse().unwrap_or(0);
    if keys.value("level").is_some() && !(1..=3).contains(&level) {
        file.error(
            keys.line_of(file, "level"),
            "level",
            "level must be 1, 2 or 3",
        );
    }
    level.clamp(1, 3)
}

fn seconds(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> u32 {
    let minutes: f64 = keys.needed(file, places, "minutes").parse().unwrap_or(0.0);
    let seconds = seconds_of(minutes);
    if keys.value("minutes").is_some() && (minutes <= 0.0 || seconds.is_none()) {
        file.error(
            keys.line_of(file, "minutes"),
            "minutes",
            "minutes must be more than 0, up to 60",
        );
    }
    seconds.unwrap_or(120)
}

/// How many seconds a text of minutes means, up to an hour.
pub(super) fn seconds_of(minutes: f64) -> Option<u32> {
    (1_u32..=3_600).find(|seconds| f64::from(*seconds) >= minutes * 60.0)
}

fn read_parameters(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
    text: &mut TemplateText,
) {
    let Some((table, line)) = keys.table(file, "parameters") else {
        return;
    };
    let names: Vec<&str> = table
        .iter()
        .map(|(key, _)| key.get_ref().as_ref())
        .collect();
    let parameters = Keys::new(file, table, line, "parameters", &names);
    for (name, value) in parameters.in_order() {
        let line = file.line(value.span().start);
        let is_item_key = KEYS.contains(&name);
        match scalar(value.get_ref()) {
            Some(source)
                if !is_item_key || source.contains("..") || source.starts_with(['=', '{']) =>
            {
                places.insert(
                    format!("parameters.{name}"),
                    Place {
                        line,
                        text: source.clone(),
                    },
                );
                text.parameters.push((name.to_string(), source));
            }
            _ => {
                let message = if is_item_key {
                    format!(
                        "\"{name}\" stands under [item.parameters]: put it above, among the item's own keys"
                    )
                } else {
                    format!("the parameter \"{name}\" must be a text such as \"2..9\"")
                };
                file.error(line, "parameters", message);
            }
        }
    }
}

fn read_answers(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
    text: &mut TemplateText,
) {
    const OPTION: [&str; 4] = ["text", "right", "mixup", "feedback"];
    for (index, (table, line)) in keys.tables(file, "option").into_iter().enumerate() {
        let path = format!("option[{index}]");
        let option = Keys::new(file, table, line, &path, &OPTION);
        places.insert(path, Place::at(line));
        let mix_up = option.text(file, places, "mixup");
        text.options.push(OptionText {
            text: option.needed(file, places, "text"),
            right: option.text(file, places, "right"),
            mix_up: mix_up.and_then(|id| content_id(file, line, &id, MixUpId::new)),
            feedback: option.text(file, places, "feedback"),
        });
    }
    for (index, (table, line)) in keys.tables(file, "pair").into_iter().enumerate() {
        let path = format!("pair[{index}]");
        let pair = Keys::new(file, table, line, &path, &["left", "right"]);
        places.insert(path, Place::at(line));
        text.pairs.push((
            pair.needed(file, places, "left"),
            pair.needed(file, places, "right"),
        ));
    }
    // A plot has the slope and the intercept of a line instead.
    if text.kind != InteractionKind::Plot {
        text.line = marks(file, places, keys, "line");
    }
    for (index, (table, line)) in keys.tables(file, "mixup").into_iter().enumerate() {
        let path = format!("mixup[{index}]");
        let mix_up = Keys::new(file, table, line, &path, known_in_mix_up(text.kind));
        places.insert(path, Place::at(line));
        let id = mix_up.needed(file, places, "id");
        let answer = match text.kind {
            InteractionKind::Text | InteractionKind::Plot => mix_up.text(file, places, "answer"),
            _ => Some(mix_up.needed(file, places, "answer")),
        };
        let feedback = mix_up.needed(file, places, "feedback");
        let answers = mix_up.texts(file, places, "answers");
        let points = parts::points(file, places, &mix_up);
        let line_of = parts::slope_and_intercept(file, places, &mix_up);
        let id = content_id(file, line, &id, MixUpId::new);
        text.mix_ups.extend(id.map(|id| MixUpText {
            id,
            answer: answer.unwrap_or_default(),
            feedback,
            answers,
            points,
            line: line_of,
        }));
    }
}

/// The keys of `[[item.mixup]]` for a kind of answer.
fn known_in_mix_up(kind: InteractionKind) -> &'static [&'static str] {
    match kind {
        InteractionKind::Text => &["id", "answer", "answers", "feedback"],
        InteractionKind::Plot => &["id", "points", "line", "feedback"],
        _ => &["id", "answer", "feedback"],
    }
}
