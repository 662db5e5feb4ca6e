//! Writing items in the course format: reading what was written gives the same template.

mod figure;
mod folder;
mod value;

use trellis_core::item::{
    CriterionText, GapText, InteractionKind, LevelText, LineText, MixUp, MixUpText, OptionText,
    TemplateText,
};

pub use folder::write_course;

use super::item::seconds_of;
use value::{bare, inline, key, list, one_line, pair, quoted, texts};

/// Lines of keys and tables.
#[derive(Debug, Default)]
struct Sheet {
    out: String,
}

impl Sheet {
    /// The head of a table, with an empty line before it.
    fn table(&mut self, head: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.line(head);
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A key with a value that is TOML already.
    fn put(&mut self, name: &str, value: &str) {
        self.line(&format!("{} = {value}", key(name)));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.put(name, &quoted(text));
    }

    fn maybe(&mut self, name: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// A list, left out when it is empty.
    fn texts(&mut self, name: &str, all: &[String]) {
        if !all.is_empty() {
            self.put(name, &texts(all));
        }
    }

    /// Points such as `points = [["1", "a"]]`, left out when there are none.
    fn points(&mut self, name: &str, points: &[(String, String)]) {
        if !points.is_empty() {
            self.put(name, &list(points.iter().map(|point| pair(point, quoted))));
        }
    }

    fn slope(&mut self, line: Option<&(String, String)>) {
        if let Some(line) = line {
            self.put("line", &pair(line, quoted));
        }
    }
}

/// Writes an item with the definitions of mix-ups that stand before it.
#[must_use]
pub fn write_item(text: &TemplateText, mix_ups: &[MixUp]) -> String {
    let mut sheet = Sheet::default();
    for mix_up in mix_ups {
        define(&mut sheet, mix_up);
    }
    item(&mut sheet, text);
    sheet.out
}

fn define(sheet: &mut Sheet, mix_up: &MixUp) {
    sheet.table("[[mixup]]");
    sheet.text("id", mix_up.id.as_str());
    sheet.text("title", &mix_up.title);
}

fn item(sheet: &mut Sheet, text: &TemplateText) {
    sheet.table("[[item]]");
    head(sheet, text);
    answer(sheet, text);
    parts(sheet, text);
    sheet.texts("hints", &text.hints);
    sheet.texts("solution", &text.solution);
    sheet.maybe("result", text.result.as_ref());
    if !text.parameters.is_empty() {
        sheet.table("[item.parameters]");
        for (name, values) in &text.parameters {
            sheet.text(name, values);
        }
    }
    if let Some(figure) = &text.figure {
        figure::write(sheet, figure);
    }
    for option in &text.options {
        sheet.table("[[item.option]]");
        write_option(sheet, option);
    }
    for (left, right) in &text.pairs {
        sheet.table("[[item.pair]]");
        sheet.text("left", left);
        sheet.text("right", right);
    }
    for gap in &text.parts.gaps {
        sheet.table("[[item.gap]]");
        write_gap(sheet, gap);
    }
    for criterion in several(&text.parts.criteria) {
        sheet.table("[[item.criterion]]");
        if !criterion.name.is_empty() {
            sheet.text("name", &criterion.name);
        }
        sheet.put("levels", &levels(&criterion.levels));
    }
    for mix_up in &text.mix_ups {
        sheet.table("[[item.mixup]]");
        write_mix_up(sheet, mix_up, text.kind);
    }
    for context in &text.contexts {
        sheet.table("[[item.context]]");
        sheet.text("interest", context.interest.as_str());
        sheet.text("stem", &context.stem);
    }
}

fn head(sheet: &mut Sheet, text: &TemplateText) {
    sheet.text("id", text.id.as_str());
    sheet.text("competency", text.competency.as_str());
    sheet.text("kind", text.kind.name());
    sheet.put("level", &text.level.to_string());
    sheet.put("minutes", &minutes(text.usual_seconds));
    if text.parts.few {
        sheet.text("variants", "few");
    }
    sheet.text("stem", &text.stem);
}

fn answer(sheet: &mut Sheet, text: &TemplateText) {
    sheet.maybe("answer", text.answer.as_ref());
    sheet.texts("answers", &text.parts.answers);
    sheet.maybe("form", text.form.as_ref());
    sheet.maybe("tolerance", text.tolerance.as_ref());
    sheet.maybe("unit", text.unit.as_ref());
    sheet.maybe("spelling", text.parts.spelling.as_ref());
    sheet.maybe("capitals", text.parts.capitals.as_ref());
    sheet.texts("sequence", &text.sequence);
    sheet.texts("sort", &text.sort);
    sheet.texts("extra", &text.extra);
    if !text.shuffle {
        sheet.put("shuffle", "false");
    }
    sheet.texts("where", &text.conditions);
}

fn parts(sheet: &mut Sheet, text: &TemplateText) {
    let parts = &text.parts;
    if let Some(line) = &text.line {
        sheet.put("line", &marks(line));
    }
    sheet.slope(parts.line.as_ref());
    if let Some(grid) = &parts.grid {
        sheet.put("grid", &marks(grid));
    }
    sheet.points("points", &parts.points);
    sheet.texts("columns", &parts.columns);
    if !parts.rows.is_empty() {
        sheet.put("rows", &list(parts.rows.iter().map(|row| texts(row))));
    }
    if let [criterion] = parts.criteria.as_slice()
        && criterion.name.is_empty()
    {
        sheet.put("rubric", &levels(&criterion.levels));
    }
    sheet.maybe("sample", parts.sample.as_ref());
    sheet.texts("takes", &parts.takes);
    if let Some(longest) = &parts.longest {
        sheet.put("longest", &bare(longest));
    }
}

/// Criteria that need tables of their own: one without a name is `rubric`.
fn several(criteria: &[CriterionText]) -> &[CriterionText] {
    match criteria {
        [criterion] if criterion.name.is_empty() => &[],
        all => all,
    }
}

fn levels(levels: &[LevelText]) -> String {
    list(levels.iter().map(|level| {
        inline(&[
            ("points", bare(&level.points)),
            ("says", one_line(&level.says)),
        ])
    }))
}

fn marks(line: &LineText) -> String {
    inline(&[
        ("from", one_line(&line.from)),
        ("to", one_line(&line.to)),
        ("step", one_line(&line.step)),
    ])
}

fn write_option(sheet: &mut Sheet, option: &OptionText) {
    sheet.text("text", &option.text);
    if let Some(right) = &option.right {
        sheet.put("right", &bare(right));
    }
    if let Some(mix_up) = &option.mix_up {
        sheet.text("mixup", mix_up.as_str());
    }
    sheet.maybe("feedback", option.feedback.as_ref());
}

fn write_gap(sheet: &mut Sheet, gap: &GapText) {
    sheet.maybe("right", gap.right.as_ref());
    sheet.maybe("answer", gap.answer.as_ref());
    sheet.texts("answers", &gap.answers);
    sheet.maybe("tolerance", gap.tolerance.as_ref());
    if !gap.wrong.is_empty() {
        sheet.put("wrong", &list(gap.wrong.iter().map(wrong)));
    }
}

/// A wrong word of a menu: a text, or a table with what it reveals.
fn wrong(option: &OptionText) -> String {
    if option.mix_up.is_none() && option.feedback.is_none() {
        return quoted(&option.text);
    }
    let mut keys = vec![("text", one_line(&option.text))];
    keys.extend(
        option
            .mix_up
            .iter()
            .map(|id| ("mixup", quoted(id.as_str()))),
    );
    keys.extend(
        option
            .feedback
            .iter()
            .map(|says| ("feedback", one_line(says))),
    );
    inline(&keys)
}

fn write_mix_up(sheet: &mut Sheet, mix_up: &MixUpText, kind: InteractionKind) {
    sheet.text("id", mix_up.id.as_str());
    let without = matches!(kind, InteractionKind::Text | InteractionKind::Plot);
    if !(without && mix_up.answer.is_empty()) {
        sheet.text("answer", &mix_up.answer);
    }
    sheet.texts("answers", &mix_up.answers);
    sheet.points("points", &mix_up.points);
    sheet.slope(mix_up.line.as_ref());
    sheet.text("feedback", &mix_up.feedback);
}

/// Minutes that read as so many seconds, with at most two decimals.
fn minutes(seconds: u32) -> String {
    let hundredths = u64::from(seconds) * 100 / 60;
    let written = |hundredths: u64| {
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let exact = written(hundredths);
    // A product that is rounded up would read as a second more.
    if seconds_of(exact.parse().unwrap_or(0.0)) == Some(seconds) {
        exact
    } else {
        written(hundredths.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_read_as_the_seconds_that_they_were() {
        for seconds in 1..=3_600 {
            let text = minutes(seconds);
            assert_eq!(seconds_of(text.parse().unwrap()), Some(seconds), "{text}");
        }
        assert_eq!(minutes(90), "1.5");
        assert_eq!(minutes(600), "10");
    }
}
