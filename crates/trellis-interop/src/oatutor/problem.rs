//! One problem with its steps and hints: from its files to items.

use serde::de::DeserializeOwned;

use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::item::{Fixed, Hint, Item, ItemBody, Presentation, Scaffold, Source};

use super::answer::{self, Answer, AnswerKind, Asked};
use super::archive::is_figure;
use super::choice::{self, ChoiceFault};
use super::figures::Figures;
use super::names;
use super::raw::{RawHint, RawProblem, RawStep};
use super::text::{Marked, Values, first_values, marked, speaks_of_figure};
use super::{Counts, Plan, PoolFile};
use crate::finding::Finding;
use crate::package::Media;
use crate::package::shelf::Hash;

/// A step that was read; `item` is `None` when it cannot be shown, and then a finding says why.
#[derive(Debug)]
pub(super) struct ReadStep {
    pub(super) kind: Option<AnswerKind>,
    pub(super) accepted: bool,
    pub(super) as_letters: bool,
    pub(super) as_declared: bool,
    pub(super) first_way: bool,
    pub(super) item: Option<Item>,
}

/// A problem that was read.
#[derive(Debug, Default)]
pub(super) struct ReadProblem {
    pub(super) id: String,
    pub(super) lesson: String,
    pub(super) course: String,
    pub(super) steps: Vec<ReadStep>,
    pub(super) findings: Vec<Finding>,
    pub(super) counts: Counts,
    /// The figures that its items show.
    pub(super) media: Vec<Media>,
}

/// Parses one file; what cannot be parsed becomes a finding with its line.
pub(super) fn parse<T: DeserializeOwned>(
    file: &PoolFile,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let (name, bytes) = file;
    let read = serde_json::from_slice(bytes).or_else(|error| {
        let Some(without) = without_nan(bytes) else {
            return Err(error);
        };
        let value = serde_json::from_slice(&without)?;
        let what = "a value is NaN, which is no JSON; it is taken as nothing";
        findings.push(Finding::warning(name, error.line(), "nan", what));
        Ok(value)
    });
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            let what = format!("this cannot be read: {error}");
            findings.push(Finding::error(name, error.line(), "syntax", what));
            None
        }
    }
}

/// The same JSON with `null` for each bare `NaN`, which Python writes; `None` when there is none.
fn without_nan(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 16);
    let (mut quoted, mut escaped, mut found) = (false, false, false);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if !quoted && bytes.get(at..at + 3) == Some(b"NaN") {
            out.extend_from_slice(b"null");
            found = true;
            at += 3;
            continue;
        }
        if *byte == b'"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && *byte == b'\\' && !escaped;
        out.push(*byte);
        at += 1;
    }
    found.then_some(out)
}

/// Reads the files of one problem. `folder` is the problem's folder with a `/` at its end.
pub(super) fn read(folder: &str, files: &[PoolFile], plan: &Plan, hash: Hash) -> ReadProblem {
    let mut out = ReadProblem::default();
    let name = folder
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or("");
    let main = format!("{folder}{name}.json");
    let problem = files.iter().find(|(path, _)| *path == main);
    let Some(problem) = problem else {
        let what = "the problem has no file of its own";
        out.findings
            .push(Finding::error(&main, 0, "missing-file", what));
        return out;
    };
    out.counts.problems = 1;
    let Some(problem) = parse::<RawProblem>(problem, &mut out.findings) else {
        return out;
    };
    out.id.clone_from(&problem.id);
    out.lesson.clone_from(&problem.lesson_id);
    out.course.clone_from(&problem.course_name);
    let mut reader = Reader {
        out,
        plan,
        values: Values::new(),
        figures: Figures::new(&main, files, hash),
        file: main,
    };
    let sets = first_values(&problem.variabilization, &mut reader.values);
    if sets > 1 {
        let what = format!("the first of {sets} sets of numbers is used");
        reader.warn("first-of-several", what);
    }
    let shared = reader.problem_text(&problem);
    let steps = format!("{folder}steps/");
    let mut step_files: Vec<&PoolFile> = Vec::new();
    for file in files {
        let Some(inside) = file.0.strip_prefix(&steps) else {
            if file.0 != reader.file && !is_figure(&file.0) {
                let what = "this file has no meaning here";
                let finding = Finding::warning(&file.0, 0, "unknown-file", what);
                reader.out.findings.push(finding);
            }
            continue;
        };
        if inside
            .split_once('/')
            .is_some_and(|(step, rest)| rest == format!("{step}.json"))
        {
            step_files.push(file);
        }
    }
    step_files.sort_by_key(|file| crate::name_order::natural(&file.0));
    if step_files.is_empty() {
        reader.error("no-steps", "the problem has no step");
    }
    for file in step_files {
        reader.step(&problem, &shared, file, files);
    }
    let Reader {
        mut out, figures, ..
    } = reader;
    out.media.extend(figures.into_shown());
    out
}

/// The text that the steps of a problem share.
struct Shared {
    body: String,
    /// The first figure of it that cannot be shown, and why.
    lost_figure: Option<String>,
    /// A number of it is missing.
    has_gap: bool,
    source: Source,
}

struct Reader<'a> {
    out: ReadProblem,
    plan: &'a Plan,
    values: Values,
    figures: Figures,
    file: String,
}

impl Reader<'_> {
    fn warn(&mut self, rule: &str, what: impl Into<String>) {
        let finding = Finding::warning(&self.file, 0, rule, what);
        self.out.findings.push(finding);
    }

    fn error(&mut self, rule: &str, what: impl Into<String>) {
        let finding = Finding::error(&self.file, 0, rule, what);
        self.out.findings.push(finding);
    }

    /// A text as markup with its figures; what cannot be drawn, shown or filled in becomes a finding. Whether it can do
    /// without is left to the caller.
    fn text(&mut self, text: &str) -> Marked {
        let mut marked = marked(text, &self.values);
        self.figures.put(&mut marked);
        if let Some(latex) = marked.undrawn.first() {
            let what = format!("this formula cannot be drawn and is shown as written: {latex}");
            self.warn("latex", what);
        }
        if let Some(name) = marked.unknown.first() {
            self.warn(
                "unknown-variable",
                format!("the variable @{{{name}}} has no value"),
            );
        }
        if marked.open {
            self.warn(
                "open-formula",
                "a formula is not closed with $$; it is shown as words",
            );
        }
        marked
    }

    fn problem_text(&mut self, problem: &RawProblem) -> Shared {
        let title = self.text(&problem.title);
        let body = self.text(&problem.body);
        let (url, author) = names::address_and_name(&problem.oer);
        let licence = names::licence(&problem.license);
        if licence.is_empty() {
            let what = "the problem names no licence; the pool as a whole declares CC BY 4.0";
            self.warn("no-licence", what);
        }
        let has_gap = !title.unknown.is_empty() || !body.unknown.is_empty();
        Shared {
            body: under_title(&title.markup, &body.markup),
            lost_figure: title.figures.into_iter().chain(body.figures).next(),
            has_gap,
            source: Source {
                url,
                licence,
                author,
            },
        }
    }

    fn step(&mut self, problem: &RawProblem, shared: &Shared, file: &PoolFile, files: &[PoolFile]) {
        self.file.clone_from(&file.0);
        self.out.counts.steps += 1;
        let Some(step) = parse::<RawStep>(file, &mut self.out.findings) else {
            return;
        };
        first_values(&step.variabilization, &mut self.values);
        let title = self.text(&step.step_title);
        let body = self.text(&step.step_body);
        let stem = join(&title.markup, &body.markup);
        let context = format!("{}\n{stem}", shared.body);
        let answer = self.answer(&step, &problem.lesson_id, &context);
        let hints = self.hints(&step, file, files, &context);
        self.file.clone_from(&file.0);
        let mut read = ReadStep {
            kind: answer.as_ref().map(|answer| answer.kind),
            accepted: answer.as_ref().is_some_and(|answer| answer.accepted),
            as_letters: answer
                .as_ref()
                .is_some_and(|answer| answer.as_letters.is_some()),
            as_declared: answer.as_ref().is_some_and(|answer| answer.as_declared),
            first_way: answer.as_ref().is_some_and(|answer| answer.first_way),
            item: None,
        };
        let mut lost = shared.lost_figure.iter();
        let lost = lost
            .next()
            .or(title.figures.first())
            .or(body.figures.first());
        if let Some(figure) = lost {
            let what = format!("the question needs a figure that cannot be shown, {figure}");
            self.error("figure", what);
        } else if answer.as_ref().is_some_and(|answer| answer.needs_figure) {
            self.error("figure", "an option is a figure that cannot be shown");
        } else if shared.has_gap || !title.unknown.is_empty() || !body.unknown.is_empty() {
            self.error("gap", "a number of the question is missing");
        } else if stem.is_empty() && shared.body.is_empty() {
            self.error(
                "no-question",
                "neither the problem nor the step asks anything",
            );
        } else if let (Some(answer), Some(competency)) = (answer, self.competency(&step, problem)) {
            if Figures::stand_in(&context) {
                let what = "nobody says what the figure shows, so that who cannot see it cannot answer; describe it";
                self.warn("no-alternative", what);
            } else if speaks_of_figure(&context) {
                let what = "the question speaks of a figure and names none; look whether it can be answered without";
                self.warn("figure-in-words", what);
            }
            read.item = self.item(&step, shared, stem, answer, competency, hints);
        }
        self.out.steps.push(read);
    }

    fn item(
        &mut self,
        step: &RawStep,
        shared: &Shared,
        stem: String,
        answer: Answer,
        competency: CompetencyId,
        hints: Vec<Hint>,
    ) -> Option<Item> {
        let Ok(id) = ItemId::new(&names::id(&step.id)) else {
            self.error("id", format!("\"{}\" cannot be an id", step.id));
            return None;
        };
        let fixed = Fixed {
            presentation: Presentation {
                body: shared.body.clone(),
                stem,
                figure: None,
                interaction: answer.interaction,
            },
            key: answer.key,
            hints,
            solution: vec![format!("The answer: {}", answer.shown)],
            mix_ups: Vec::new(),
            source: Some(shared.source.clone()),
        };
        Some(Item {
            id,
            competency,
            level: 2,
            usual_seconds: answer.kind.usual_seconds(),
            body: ItemBody::Fixed(Box::new(fixed)),
        })
    }

    /// The skill that the step shows: the first that its lesson is about.
    fn competency(&mut self, step: &RawStep, problem: &RawProblem) -> Option<CompetencyId> {
        let skills = self
            .plan
            .skills
            .get(&step.id)
            .map_or(&[][..], Vec::as_slice);
        let aims = self.plan.objectives.get(&problem.lesson_id);
        let aimed = skills
            .iter()
            .find(|skill| aims.is_some_and(|aims| aims.contains(*skill)));
        let Some(skill) = aimed.or_else(|| skills.first()) else {
            self.error("no-skill", "skillModel.json names no skill for this step");
            return None;
        };
        if skills.len() > 1 {
            let what = format!(
                "the step has {} skills and counts for one: {}",
                skills.len(),
                names::skill_title(skill)
            );
            self.warn("more-skills", what);
        }
        CompetencyId::new(&names::id(skill)).ok()
    }

    fn answer(&mut self, step: &RawStep, lesson: &str, context: &str) -> Option<Answer> {
        let question = Question {
            id: &step.id,
            problem_type: &step.problem_type,
            answer_type: &step.answer_type,
            answers: &step.step_answer,
            choices: &step.choices,
        };
        let keep_order = self.plan.keep_order.contains(lesson);
        let answer = self.read_answer(&question, keep_order, context)?;
        if answer.repeated > 0 {
            let what = format!("{} repeated options are left out", answer.repeated);
            self.warn("repeated-option", what);
        }
        if let Some(why) = answer.as_letters {
            let what = format!("the answer is compared letter by letter, as no formula: {why}");
            self.warn("key-as-letters", what);
        }
        if !answer.accepted {
            self.warn(
                "key-not-accepted",
                "the grader does not take the key as right",
            );
        }
        Some(answer)
    }

    fn read_answer(
        &mut self,
        question: &Question<'_>,
        keep_order: bool,
        context: &str,
    ) -> Option<Answer> {
        match question.problem_type {
            "MultipleChoice" => {
                let Question {
                    id,
                    answers,
                    choices,
                    ..
                } = question;
                match choice::choice(
                    id,
                    answers,
                    choices,
                    keep_order,
                    (&self.values, &self.figures),
                ) {
                    Ok(answer) => Some(answer),
                    Err(ChoiceFault::OneOption) => {
                        let what = "there is only one option, so the answer is typed";
                        self.warn("one-option", format!("{what} ({id})"));
                        let asked = Asked {
                            stem: context,
                            algebraic: false,
                        };
                        answer::open(answers, asked, &self.values)
                    }
                    Err(ChoiceFault::KeyMissing) => {
                        let what = "the answer is not among the options";
                        self.error("no-key", format!("{what} ({id})"));
                        None
                    }
                }
            }
            "TextBox" => {
                let asked = Asked {
                    stem: context,
                    algebraic: question.answer_type != "string",
                };
                let answer = answer::open(question.answers, asked, &self.values);
                if answer.is_none() {
                    self.error("no-key", format!("there is no answer ({})", question.id));
                }
                answer
            }
            other => {
                let what = format!(
                    "Trellis does not know the kind of answer \"{other}\" ({})",
                    question.id
                );
                self.error("unknown-kind", what);
                None
            }
        }
    }

    /// The hints of a step, with those below them behind their own.
    fn hints(
        &mut self,
        step: &RawStep,
        file: &PoolFile,
        files: &[PoolFile],
        context: &str,
    ) -> Vec<Hint> {
        let folder = file.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = format!("{folder}/tutoring/");
        let usual = format!("{folder}{}DefaultPathway.json", step.id);
        let mut hints = Vec::new();
        for pathway in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
            self.file.clone_from(&pathway.0);
            if pathway.0 != usual {
                self.warn("other-pathway", "only the default pathway of hints is used");
                continue;
            }
            let Some(raw) = parse::<Vec<RawHint>>(pathway, &mut self.out.findings) else {
                continue;
            };
            let mut places: Vec<(String, usize)> = Vec::new();
            for hint in &raw {
                let parent = self.hint(hint, None, &mut places, &mut hints, context);
                for below in &hint.sub_hints {
                    self.hint(below, parent, &mut places, &mut hints, context);
                }
            }
        }
        hints
    }

    /// Reads one hint; gives its place.
    fn hint(
        &mut self,
        raw: &RawHint,
        parent: Option<usize>,
        places: &mut Vec<(String, usize)>,
        hints: &mut Vec<Hint>,
        context: &str,
    ) -> Option<usize> {
        first_values(&raw.variabilization, &mut self.values);
        let scaffold = match raw.kind.as_str() {
            "scaffold" => {
                self.out.counts.scaffolds += 1;
                self.scaffold(raw, context)
            }
            "hint" => {
                self.out.counts.hints += 1;
                None
            }
            other => {
                self.error(
                    "unknown-hint",
                    format!(
                        "Trellis does not know hints of kind \"{other}\" ({})",
                        raw.id
                    ),
                );
                return None;
            }
        };
        let title = self.text(&raw.title);
        let text = self.text(&raw.text);
        if let Some(figure) = title.figures.iter().chain(&text.figures).next() {
            let what = format!("the hint {} is shown without its figure, {figure}", raw.id);
            self.warn("hint-figure", what);
        }
        let text = under_title(&title.markup, &text.markup);
        if text.is_empty() {
            self.error("empty-hint", format!("the hint {} says nothing", raw.id));
            return None;
        }
        let needs = self.needs(raw, parent, places);
        if places.iter().any(|(id, _)| *id == raw.id) {
            self.warn(
                "repeated-hint",
                format!("the hint id {} is there twice", raw.id),
            );
        }
        let licence = names::licence(&raw.license);
        if !licence.is_empty() && licence != "CC-BY-4.0" {
            self.warn(
                "hint-licence",
                format!("the hint {} has a licence of its own: {licence}", raw.id),
            );
        }
        let place = hints.len();
        places.push((raw.id.clone(), place));
        hints.push(Hint {
            text,
            needs,
            scaffold,
        });
        Some(place)
    }

    fn needs(
        &mut self,
        raw: &RawHint,
        parent: Option<usize>,
        places: &[(String, usize)],
    ) -> Vec<usize> {
        let mut needs: Vec<usize> = parent.into_iter().collect();
        for wanted in &raw.dependencies {
            match places.iter().find(|(id, _)| id == wanted) {
                Some((_, place)) if !needs.contains(place) => needs.push(*place),
                Some(_) => {}
                None => {
                    let what = format!(
                        "the hint {} waits for {wanted}, which does not come before it",
                        raw.id
                    );
                    self.warn("unknown-dependency", what);
                }
            }
        }
        needs.sort_unstable();
        needs
    }

    fn scaffold(&mut self, raw: &RawHint, context: &str) -> Option<Scaffold> {
        let asked = format!("{context}\n{}\n{}", raw.title, raw.text);
        let question = Question {
            id: &raw.id,
            problem_type: &raw.problem_type,
            answer_type: &raw.answer_type,
            answers: &raw.hint_answer,
            choices: &raw.choices,
        };
        let before = self.out.findings.len();
        let answer = self.read_answer(&question, false, &asked);
        // Without its question a scaffold still says what a hint says.
        for finding in self.out.findings.iter_mut().skip(before) {
            finding.severity = crate::finding::Severity::Warning;
            finding.rule = format!("scaffold-{}", finding.rule);
        }
        // What could not be shown, or never be answered right, is not asked.
        let can_be_asked = |answer: &Answer| answer.accepted && !answer.needs_figure;
        if answer.as_ref().is_some_and(|answer| !can_be_asked(answer)) {
            let what = format!("the smaller question of {} cannot be asked", raw.id);
            self.warn("scaffold-not-asked", what);
        }
        answer.filter(can_be_asked).map(|answer| Scaffold {
            interaction: answer.interaction,
            key: answer.key,
        })
    }
}

/// What steps and scaffolds have in common.
struct Question<'a> {
    id: &'a str,
    problem_type: &'a str,
    answer_type: &'a str,
    answers: &'a [String],
    choices: &'a [String],
}

/// Two texts as paragraphs.
fn join(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.to_string(),
        (_, true) => first.to_string(),
        _ => format!("{first}\n\n{second}"),
    }
}

/// A title in bold above its text, unless it has formulas, which cannot be bold, or says the same.
fn under_title(title: &str, text: &str) -> String {
    if title == text {
        return text.to_string();
    }
    if title.is_empty() || title.contains(['$', '*', '\\', '\n']) {
        return join(title, text);
    }
    join(&format!("**{title}**"), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_nothing_outside_of_texts() {
        let file = |text: &str| ("f.json".to_string(), text.as_bytes().to_vec());
        let mut findings = Vec::new();
        let read: Option<Vec<Option<String>>> =
            parse(&file(r#"[NaN, "NaN \" NaN"]"#), &mut findings);
        assert_eq!(read, Some(vec![None, Some("NaN \" NaN".to_string())]));
        assert_eq!(findings.len(), 1);
        assert_eq!(parse::<Vec<f64>>(&file("[1,\n2"), &mut findings), None);
        assert_eq!(
            findings.last().map(|f| (f.line, f.rule.as_str())),
            Some((2, "syntax"))
        );
    }

    #[test]
    fn titles_stand_above_their_text() {
        assert_eq!(under_title("Adding", "Add $1$."), "**Adding**\n\nAdd $1$.");
        assert_eq!(under_title("Add $1$", "now"), "Add $1$\n\nnow");
        assert_eq!(under_title("same", "same"), "same");
        assert_eq!(under_title("", "text"), "text");
    }
}
