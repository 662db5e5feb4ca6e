//! Reading the keys of words, gaps, tables and points: answers that are no formula, and those with several parts.

use toml::de::DeValue;

use trellis_core::framework::MixUpId;
use trellis_core::item::{CriterionText, GapText, LevelText, OptionText, PartsText};

use super::keys::{File, Keys, Place, Places, content_id, marks, scalar};

/// Reads what an item has of these keys.
pub(super) fn read(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> PartsText {
    PartsText {
        answers: keys.texts(file, places, "answers"),
        spelling: keys.text(file, places, "spelling"),
        capitals: keys.text(file, places, "capitals"),
        gaps: gaps(file, places, keys),
        columns: keys.texts(file, places, "columns"),
        rows: lists(file, places, keys, "rows"),
        grid: marks(file, places, keys, "grid"),
        points: points(file, places, keys),
        line: slope_and_intercept(file, places, keys),
        criteria: criteria(file, places, keys),
        sample: keys.text(file, places, "sample"),
        longest: keys.text(file, places, "longest"),
        takes: keys.texts(file, places, "takes"),
        few: few(file, places, keys),
    }
}

fn few(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> bool {
    let given = keys.text(file, places, "variants");
    if given.as_deref().is_some_and(|given| given != "few") {
        let line = keys.line_of(file, "variants");
        file.error(
            line,
            "variants",
            "variants can only be \"few\": leave it out else",
        );
    }
    given.is_some()
}

/// `rubric = [..]` is a rubric with one criterion; `[[item.criterion]]` names several.
fn criteria(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> Vec<CriterionText> {
    let mut out = Vec::new();
    if keys.value("rubric").is_some() {
        let levels = levels(file, places, keys, "rubric", "rubric");
        out.push(CriterionText {
            name: String::new(),
            levels,
        });
        if keys.value("criterion").is_some() {
            let line = keys.line_of(file, "criterion");
            file.error(
                line,
                "rubric",
                "write rubric or [[item.criterion]], not both",
            );
        }
        return out;
    }
    if keys.value("criterion").is_none() {
        return out;
    }
    for (index, (table, line)) in keys.tables(file, "criterion").into_iter().enumerate() {
        let path = format!("criterion[{index}]");
        let criterion = Keys::new(file, table, line, &path, &["name", "levels"]);
        places.insert(path.clone(), Place::at(line));
        out.push(CriterionText {
            name: criterion.text(file, places, "name").unwrap_or_default(),
            levels: levels(file, places, &criterion, "levels", &path),
        });
    }
    out
}

fn levels(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
    key: &str,
    path: &str,
) -> Vec<LevelText> {
    let line = keys.line_of(file, key);
    places.insert(path.to_string(), Place::at(line));
    let tables = keys.tables(file, key).into_iter().enumerate();
    tables
        .map(|(index, (table, line))| {
            let path = format!("{path}[{index}]");
            let level = Keys::new(file, table, line, &path, &["points", "says"]);
            LevelText {
                points: level.needed(file, places, "points"),
                says: level.needed(file, places, "says"),
            }
        })
        .collect()
}

fn gaps(file: &mut File<'_>, places: &mut Places, keys: &Keys<'_, '_>) -> Vec<GapText> {
    const GAP: [&str; 5] = ["right", "wrong", "answer", "answers", "tolerance"];
    let mut out = Vec::new();
    for (index, (table, line)) in keys.tables(file, "gap").into_iter().enumerate() {
        let path = format!("gap[{index}]");
        let gap = Keys::new(file, table, line, &path, &GAP);
        places.insert(path.clone(), Place::at(line));
        out.push(GapText {
            right: gap.text(file, places, "right"),
            wrong: wrong(file, places, &gap, &path),
            answer: gap.text(file, places, "answer"),
            answers: gap.texts(file, places, "answers"),
            tolerance: gap.text(file, places, "tolerance"),
        });
    }
    out
}

/// The wrong options of a menu: texts, or tables with a mix-up.
fn wrong(
    file: &mut File<'_>,
    places: &mut Places,
    gap: &Keys<'_, '_>,
    path: &str,
) -> Vec<OptionText> {
    let Some(value) = gap.value("wrong") else {
        return Vec::new();
    };
    let Some(list) = value.get_ref().as_array() else {
        let line = file.line(value.span().start);
        file.error(line, "wrong-type", "\"wrong\" must be a list: [\"..\"]");
        return Vec::new();
    };
    let mut out = Vec::new();
    for (place, element) in list.iter().enumerate() {
        let line = file.line(element.span().start);
        let path = format!("{path}.wrong[{place}]");
        places.insert(path.clone(), Place::at(line));
        if let DeValue::Table(table) = element.get_ref() {
            let option = Keys::new(file, table, line, &path, &["text", "mixup", "feedback"]);
            let mix_up = option.text(file, places, "mixup");
            out.push(OptionText {
                text: option.needed(file, places, "text"),
                right: None,
                mix_up: mix_up.and_then(|id| content_id(file, line, &id, MixUpId::new)),
                feedback: option.text(file, places, "feedback"),
            });
        } else if let Some(text) = scalar(element.get_ref()) {
            out.push(OptionText {
                text,
                ..OptionText::default()
            });
        } else {
            file.error(
                line,
                "wrong-type",
                "an option is a text or { text = \"..\" }",
            );
        }
    }
    out
}

/// Pairs of texts such as `points = [["1", "a"], ["2", "b"]]`.
pub(super) fn points(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for point in lists(file, places, keys, "points") {
        match <[String; 2]>::try_from(point) {
            Ok([x, y]) => out.push((x, y)),
            Err(_) => {
                let line = keys.line_of(file, "points");
                file.error(line, "wrong-type", "a point is [\"x\", \"y\"]");
            }
        }
    }
    out
}

/// `line = ["m", "b"]`; a table is the line of another kind of answer and not read here.
pub(super) fn slope_and_intercept(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
) -> Option<(String, String)> {
    let value = keys.value("line")?;
    value.get_ref().as_array()?;
    let pair = <[String; 2]>::try_from(keys.texts(file, places, "line"));
    if pair.is_err() {
        let line = file.line(value.span().start);
        file.error(line, "wrong-type", "a line is [\"slope\", \"intercept\"]");
    }
    pair.ok().map(|[slope, intercept]| (slope, intercept))
}

/// A list of lists of texts; its lines are kept.
fn lists(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
    key: &str,
) -> Vec<Vec<String>> {
    let Some(value) = keys.value(key) else {
        return Vec::new();
    };
    let line = file.line(value.span().start);
    places.insert(key.to_string(), Place::at(line));
    let rows = value.get_ref().as_array().into_iter().flatten();
    let mut out = Vec::new();
    let mut sound = value.get_ref().as_array().is_some();
    for row in rows {
        let cells = row.get_ref().as_array();
        sound &= cells.is_some();
        let cells = cells.into_iter().flatten();
        out.push(cells.filter_map(|cell| scalar(cell.get_ref())).collect());
    }
    if !sound {
        let message = format!("\"{key}\" must be lists of texts: [[\"..\", \"..\"]]");
        file.error(line, "wrong-type", message);
    }
    out
}
