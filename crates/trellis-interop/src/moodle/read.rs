//! Reads Moodle XML: multiple choice, true or false, short answer, numerical, matching, ordering and gaps by words.

use crate::finding::Finding;
use crate::markup::{Picture, Reader};
use crate::package::{PackageFile, base64};
use crate::question::{Accepted, Answer, Choice, Question, read_number};
use crate::xml::{self, Element};

/// Reads the questions of a file; what cannot be read becomes a finding with its line.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> (Vec<Question>, Vec<Finding>) {
    let root = match xml::parse_bytes(bytes) {
        Ok(root) => root,
        Err(fault) => {
            return (
                Vec::new(),
                vec![Finding::error(file, fault.line, fault.rule, fault.what)],
            );
        }
    };
    if root.name != "quiz" {
        let what = format!("quiz: this is <{}>, not a bank of Moodle", root.name);
        return (
            Vec::new(),
            vec![Finding::error(file, root.line.0, "other-document", what)],
        );
    }
    let mut findings = Vec::new();
    let mut questions: Vec<Question> = Vec::new();
    let mut group = String::new();
    for element in root.elements().filter(|one| one.name == "question") {
        let kind = element.get("type").unwrap_or("");
        if kind == "category" {
            let path = element.first("category").map(text_in).unwrap_or_default();
            group = path.rsplit('/').next().unwrap_or("").trim().to_string();
            continue;
        }
        let id = match element.first("idnumber").map(Element::whole_text) {
            Some(id) if !id.trim().is_empty() => id.trim().to_string(),
            _ => format!("q{}", questions.len() + 1),
        };
        match question(element, kind, id) {
            Ok(mut question) => {
                question.group.clone_from(&group);
                questions.push(question);
            }
            Err((rule, what)) => {
                let what = format!("question[@type=\"{kind}\"]: {what}");
                findings.push(Finding::error(file, element.line.0, rule, what));
            }
        }
    }
    (questions, findings)
}

/// The text of `<x><text>..</text></x>`, or of `<x>..</x>`.
fn text_in(element: &Element) -> String {
    let inside = element.first("text").unwrap_or(element);
    inside.whole_text()
}

#[derive(Default)]
struct Texts {
    pictures: Vec<Picture>,
    files: Vec<PackageFile>,
}

/// How Moodle names a file that stands beside a text, in Base64.
const BESIDE: &str = "@@PLUGINFILE@@/";

/// The files beside a text, under paths that the same name beside another text does not have.
fn files_beside(element: &Element) -> Vec<PackageFile> {
    let files = element.elements().filter(|one| one.name == "file");
    let each = files.filter_map(|file| {
        let name = file.get("name")?;
        let folder = file.get("path").unwrap_or("/").trim_matches('/');
        let bytes = base64::decode(&file.whole_text())?;
        let slash = if folder.is_empty() { "" } else { "/" };
        Some((format!("{}{folder}{slash}{name}", beside(element)), bytes))
    });
    each.collect()
}

fn beside(element: &Element) -> String {
    format!("line-{}/", element.line.0)
}

impl Texts {
    fn read(&mut self, element: &Element, line: bool) -> String {
        let text = text_in(element);
        let mut reader = Reader {
            tex: true,
            ..Reader::default()
        };
        let html = matches!(
            element.get("format"),
            None | Some("html" | "moodle_auto_format")
        );
        let files = files_beside(element);
        let text = if files.is_empty() {
            text
        } else {
            text.replace(BESIDE, &beside(element)).replace("%20", " ")
        };
        self.files.extend(files);
        let nodes = if html {
            crate::markup::parse_html(&text)
        } else {
            vec![xml::Node::Text(text)]
        };
        let out = reader.read_as(&nodes, line);
        self.pictures.extend(reader.pictures);
        out
    }

    fn of(&mut self, element: &Element, name: &str, line: bool) -> String {
        element
            .first(name)
            .map(|one| self.read(one, line))
            .unwrap_or_default()
    }
}

type Fault = (&'static str, String);

fn question(element: &Element, kind: &str, id: String) -> Result<Question, Fault> {
    let mut texts = Texts::default();
    let mut stem = texts.of(element, "questiontext", false);
    let answer = match kind {
        "multichoice" => multichoice(element, &mut texts)?,
        "truefalse" => truefalse(element, &mut texts),
        "shortanswer" => shortanswer(element)?,
        "numerical" => numerical(element)?,
        "matching" | "match" => matching(element, &mut texts),
        "ordering" => ordering(element, &mut texts),
        "gapselect" | "ddwtos" => gaps(element, &mut stem)?,
        other => {
            return Err((
                "no-kind",
                format!("there is no kind of item yet for \"{other}\""),
            ));
        }
    };
    let mut out = Question::new(id, stem, answer);
    out.title = element
        .first("name")
        .map(text_in)
        .unwrap_or_default()
        .trim()
        .to_string();
    for hint in element.elements().filter(|one| one.name == "hint") {
        out.hints.push(texts.read(hint, false));
    }
    out.hints.retain(|text| !text.is_empty());
    out.solution
        .push(texts.of(element, "generalfeedback", false));
    out.solution.retain(|text| !text.is_empty());
    out.pictures = texts.pictures;
    out.files = texts.files;
    out.line = element.line.0;
    Ok(out)
}

fn fraction(answer: &Element) -> f64 {
    answer
        .get("fraction")
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0.0)
}

fn answers(element: &Element) -> impl Iterator<Item = &Element> {
    element.elements().filter(|one| one.name == "answer")
}

fn is_true(element: &Element, name: &str) -> bool {
    let text = element
        .first(name)
        .map(Element::whole_text)
        .unwrap_or_default();
    matches!(text.trim(), "true" | "1" | "")
}

fn multichoice(element: &Element, texts: &mut Texts) -> Result<Answer, Fault> {
    let single = element.first("single").is_none() || is_true(element, "single");
    let shuffle = element.first("shuffleanswers").is_none() || is_true(element, "shuffleanswers");
    let best = answers(element).map(fraction).fold(0.0, f64::max);
    if best <= 0.0 {
        return Err(("no-key", "no answer has a fraction above 0".to_string()));
    }
    let choices = answers(element)
        .map(|answer| Choice {
            text: texts.read(answer, true),
            right: if single {
                fraction(answer) >= best
            } else {
                fraction(answer) > 0.0
            },
            feedback: texts.of(answer, "feedback", true),
        })
        .collect();
    Ok(if single {
        Answer::Choice { choices, shuffle }
    } else {
        Answer::MultipleChoice { choices, shuffle }
    })
}

fn truefalse(element: &Element, texts: &mut Texts) -> Answer {
    let choices = answers(element).map(|answer| {
        let text = text_in(answer).trim().to_ascii_lowercase();
        Choice {
            text: if text == "true" { "True" } else { "False" }.to_string(),
            right: fraction(answer) >= 100.0,
            feedback: texts.of(answer, "feedback", true),
        }
    });
    Answer::Choice {
        choices: choices.collect(),
        shuffle: false,
    }
}

fn shortanswer(element: &Element) -> Result<Answer, Fault> {
    let full = answers(element).filter(|answer| fraction(answer) >= 100.0);
    let accepted: Vec<String> = full
        .map(|answer| text_in(answer).trim().to_string())
        .collect();
    if let Some(pattern) = accepted.iter().find(|text| text.contains('*')) {
        return Err((
            "wildcard",
            format!("the answer \"{pattern}\" stands for many; list them one by one"),
        ));
    }
    if accepted.is_empty() {
        return Err(("no-key", "no answer has the full fraction".to_string()));
    }
    Ok(Answer::Words(accepted))
}

fn numerical(element: &Element) -> Result<Answer, Fault> {
    let mut accepted = Vec::new();
    for answer in answers(element).filter(|answer| fraction(answer) >= 100.0) {
        let text = text_in(answer);
        let Some(value) = read_number(&text) else {
            return Err(("no-key", format!("\"{}\" is no number", text.trim())));
        };
        let tolerance = answer
            .first("tolerance")
            .map(Element::whole_text)
            .unwrap_or_default();
        let tolerance = if tolerance.trim().is_empty() {
            "0"
        } else {
            tolerance.trim()
        };
        let Some(tolerance) = read_number(tolerance) else {
            return Err((
                "no-key",
                format!("the tolerance \"{tolerance}\" is no number"),
            ));
        };
        accepted.push(Accepted {
            value,
            tolerance: tolerance.abs(),
        });
    }
    if accepted.is_empty() {
        return Err(("no-key", "no answer has the full fraction".to_string()));
    }
    let mut units = element
        .first("units")
        .into_iter()
        .flat_map(Element::elements);
    let unit = units.find(|unit| {
        let factor = unit
            .first("multiplier")
            .map(Element::whole_text)
            .unwrap_or_default();
        factor.trim().parse::<f64>().ok() == Some(1.0)
    });
    let unit = unit
        .and_then(|unit| unit.first("unit_name"))
        .map(Element::whole_text);
    Ok(Answer::Number { accepted, unit })
}

fn matching(element: &Element, texts: &mut Texts) -> Answer {
    let mut pairs = Vec::new();
    let mut extra = Vec::new();
    for part in element.elements().filter(|one| one.name == "subquestion") {
        let left = texts.read(part, true);
        let right = texts.of(part, "answer", true);
        if left.is_empty() {
            extra.push(right);
        } else {
            pairs.push((left, right));
        }
    }
    Answer::Match { pairs, extra }
}

fn ordering(element: &Element, texts: &mut Texts) -> Answer {
    Answer::Order(
        answers(element)
            .map(|answer| texts.read(answer, true))
            .collect(),
    )
}

/// Gaps `[[1]]` that words fill: a word for each gap.
fn gaps(element: &Element, stem: &mut String) -> Result<Answer, Fault> {
    let options = element
        .elements()
        .filter(|one| matches!(one.name.as_str(), "selectoption" | "dragbox"));
    let options: Vec<String> = options.map(|one| text_in(one).trim().to_string()).collect();
    let mut pairs = Vec::new();
    let mut out = String::new();
    let mut rest = stem.as_str();
    while let Some((before, behind)) = rest.split_once("[[") {
        let Some((inside, after)) = behind.split_once("]]") else {
            break;
        };
        let place: Option<usize> = inside.trim().parse().ok();
        let word = place.and_then(|place| options.get(place.checked_sub(1)?));
        let Some(word) = word else {
            return Err(("no-key", format!("the gap [[{inside}]] has no word")));
        };
        let name = format!("({})", pairs.len() + 1);
        out.push_str(before);
        out.push_str(&format!("{name} ____"));
        pairs.push((name, word.clone()));
        rest = after;
    }
    out.push_str(rest);
    *stem = out;
    let extra = options
        .iter()
        .filter(|word| !pairs.iter().any(|(_, right)| right == *word));
    Ok(Answer::Match {
        extra: extra.cloned().collect(),
        pairs,
    })
}
