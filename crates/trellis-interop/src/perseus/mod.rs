//! Perseus JSON, the questions of Khan Academy and Kolibri: read for the widgets that have a counterpart of ours.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;
use trellis_core::item::Number;

use crate::finding::Finding;
use crate::markup::Picture;
use crate::question::{Accepted, Answer, Choice, Question, read_number};

/// The largest file, in bytes.
const LARGEST_FILE: usize = 8_000_000;

/// Markdown with widgets in it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Content {
    content: String,
    widgets: BTreeMap<String, Widget>,
}

/// A widget.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Widget {
    r#type: String,
    options: Json,
}

/// An item.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Exercise {
    question: Content,
    hints: Vec<Content>,
}

/// Reads an item, or a list of items; what cannot be read becomes a finding.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> (Vec<Question>, Vec<Finding>) {
    if bytes.len() > LARGEST_FILE {
        let what = "a file of Perseus may have 8 megabytes";
        return (Vec::new(), vec![Finding::error(file, 0, "too-large", what)]);
    }
    let mut findings = Vec::new();
    let parsed: Result<Json, _> = serde_json::from_slice(bytes);
    let list = match parsed {
        Ok(Json::Array(list)) => list,
        Ok(one) => vec![one],
        Err(fault) => {
            let what = format!("this is no JSON: {fault}");
            findings.push(Finding::error(file, fault.line(), "syntax", what));
            return (Vec::new(), findings);
        }
    };
    let stem = file
        .rsplit('/')
        .next()
        .unwrap_or(file)
        .trim_end_matches(".json")
        .to_string();
    let several = list.len() > 1;
    let mut questions = Vec::new();
    for (place, one) in list.into_iter().enumerate() {
        let id = if several {
            format!("{stem}-{}", place + 1)
        } else {
            stem.clone()
        };
        match exercise(one, id) {
            Ok(question) => questions.push(question),
            Err((rule, what)) => {
                let what = format!("item {}: {what}", place + 1);
                findings.push(Finding::error(file, 1, rule, what));
            }
        }
    }
    (questions, findings)
}

type Fault = (&'static str, String);

fn exercise(json: Json, id: String) -> Result<Question, Fault> {
    // Some exports wrap the item in a text.
    let json = match json.get("itemData") {
        Some(Json::String(text)) => {
            serde_json::from_str(text).map_err(|fault| ("syntax", fault.to_string()))?
        }
        Some(other) => other.clone(),
        None => json,
    };
    if json.get("question").is_none() {
        return Err(("other-document", "there is no question in it".to_string()));
    }
    let exercise: Exercise =
        serde_json::from_value(json).map_err(|fault| ("syntax", fault.to_string()))?;
    let mut pictures = Vec::new();
    let quiet = ["image", "explanation", "passage", "definition"];
    let asking: Vec<(&String, &Widget)> = exercise
        .question
        .widgets
        .iter()
        .filter(|(name, widget)| {
            !quiet.contains(&widget.r#type.as_str())
                && exercise.question.content.contains(&format!("[[☃ {name}]]"))
        })
        .collect();
    let answer = match asking.as_slice() {
        [(_, widget)] => answer(widget, &mut pictures)?,
        [] => return Err(("no-interaction", "it asks for no answer".to_string())),
        all => {
            return Err((
                "several-interactions",
                format!("it asks for {} answers at once", all.len()),
            ));
        }
    };
    let stem = markup(&exercise.question, &mut pictures);
    let mut out = Question::new(id, stem, answer);
    out.hints = exercise
        .hints
        .iter()
        .map(|hint| markup(hint, &mut pictures))
        .collect();
    out.hints.retain(|hint| !hint.is_empty());
    out.pictures = pictures;
    out.line = 1;
    Ok(out)
}

/// Where programs that carry exercises keep their pictures: `${☣ LOCALPATH}/images/a.png` lies beside the exercise.
fn local(path: &str) -> &str {
    path.split_once("LOCALPATH}/")
        .map_or(path, |(_, path)| path)
}

/// `![what it shows](path)` in Markdown, as a picture whose file is yet to be found.
fn shown(text: &str, pictures: &mut Vec<Picture>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("![") {
        let Some((alt, (path, after))) = behind
            .split_once("](")
            .and_then(|(alt, behind)| Some((alt, behind.split_once(')')?)))
        else {
            break;
        };
        out.push_str(before);
        let said = Some(alt).filter(|alt| !alt.trim().is_empty());
        let picture = Picture::new(local(path), said);
        out.push_str(&picture.mark());
        pictures.push(picture);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The picture of a widget.
fn picture(widget: &Widget) -> Option<Picture> {
    let path = widget
        .options
        .pointer("/backgroundImage/url")
        .and_then(Json::as_str)
        .filter(|path| !path.is_empty())?;
    let alt = widget.options.get("alt").and_then(Json::as_str);
    Some(Picture::new(
        local(path),
        alt.filter(|alt| !alt.trim().is_empty()),
    ))
}

/// Markdown as markup: mathematics, bold and emphasis are the same; headings are not.
fn markup(content: &Content, pictures: &mut Vec<Picture>) -> String {
    let mut out = String::new();
    let text = shown(&content.content, pictures);
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once("[[☃ ") {
        out.push_str(before);
        let (name, after) = behind.split_once("]]").unwrap_or((behind, ""));
        let inline = ["numeric-input", "input-number", "expression", "dropdown"];
        let widget = content.widgets.get(name);
        let kind = widget.map_or("", |widget| widget.r#type.as_str());
        if inline.contains(&kind) {
            out.push_str("____");
        }
        if let Some(picture) = widget.filter(|_| kind == "image").and_then(picture) {
            out.push_str(&picture.mark());
            pictures.push(picture);
        }
        rest = after;
    }
    out.push_str(rest);
    tidy(&out)
}

/// Lines without the marks that our markup does not have; every text can be shown.
fn tidy(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let bare = line.trim_start_matches('#').trim();
        let line = if line.starts_with('#') && !bare.is_empty() {
            format!("**{}**", bare.replace("**", ""))
        } else {
            line.to_string()
        };
        let line = match line.strip_prefix("* ") {
            Some(item) => format!("- {item}"),
            None => line,
        };
        out.push(line.replace("__", "**").replace("****", "____"));
    }
    let text = out.join("\n");
    let text = text.trim().to_string();
    if trellis_core::item::markup::read(&text).is_ok() {
        text
    } else {
        text.replace('\\', "\\\\")
            .replace('$', "\\$")
            .replace('*', "\\*")
    }
}

fn answer(widget: &Widget, pictures: &mut Vec<Picture>) -> Result<Answer, Fault> {
    let options = &widget.options;
    match widget.r#type.as_str() {
        "radio" => radio(options, pictures),
        "dropdown" => dropdown(options),
        "numeric-input" => numeric(options),
        "input-number" => input_number(options),
        "expression" => expression(options),
        "orderer" | "sorter" => order(widget),
        "matcher" => matcher(options),
        other => Err((
            "no-kind",
            format!("there is no kind of item yet for the widget \"{other}\""),
        )),
    }
}

fn text(json: &Json, name: &str) -> String {
    json.get(name)
        .and_then(Json::as_str)
        .unwrap_or("")
        .to_string()
}

fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name)
        .and_then(Json::as_array)
        .map_or(&[], Vec::as_slice)
}

fn is(json: &Json, name: &str) -> bool {
    json.get(name).and_then(Json::as_bool).unwrap_or(false)
}

fn one_line(text: &str) -> String {
    tidy(text)
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn radio(options: &Json, pictures: &mut Vec<Picture>) -> Result<Answer, Fault> {
    let mut choices = Vec::new();
    for choice in list(options, "choices") {
        let content = shown(&text(choice, "content"), pictures);
        let none = is(choice, "isNoneOfTheAbove") && content.is_empty();
        let feedback = [text(choice, "rationale"), text(choice, "clue")].concat();
        choices.push(Choice {
            text: if none {
                "None of the above".to_string()
            } else {
                one_line(&content)
            },
            right: is(choice, "correct"),
            feedback: one_line(&feedback),
        });
    }
    let shuffle = is(options, "randomize");
    let several = is(options, "multipleSelect");
    if several {
        Ok(Answer::MultipleChoice { choices, shuffle })
    } else {
        Ok(Answer::Choice { choices, shuffle })
    }
}

fn dropdown(options: &Json) -> Result<Answer, Fault> {
    let choices = list(options, "choices").iter().map(|choice| Choice {
        text: one_line(&text(choice, "content")),
        right: is(choice, "correct"),
        feedback: String::new(),
    });
    Ok(Answer::Choice {
        choices: choices.collect(),
        shuffle: false,
    })
}

/// A number of JSON as it is written there: no float stands between.
fn exact(json: Option<&Json>) -> Option<Number> {
    match json? {
        Json::Number(number) => read_number(&number.to_string()),
        Json::String(text) => read_number(text),
        _ => None,
    }
}

fn numeric(options: &Json) -> Result<Answer, Fault> {
    let mut accepted = Vec::new();
    for one in list(options, "answers") {
        if one.get("status").and_then(Json::as_str) != Some("correct") {
            continue;
        }
        let Some(value) = exact(one.get("value")) else {
            return Err(("no-key", "a right answer is no number".to_string()));
        };
        let tolerance = exact(one.get("maxError")).unwrap_or_else(|| Number::whole(0));
        accepted.push(Accepted {
            value,
            tolerance: tolerance.abs(),
        });
    }
    number(accepted)
}

fn input_number(options: &Json) -> Result<Answer, Fault> {
    let value = exact(options.get("value"))
        .ok_or_else(|| ("no-key", "the right answer is no number".to_string()))?;
    let inexact = is(options, "inexact");
    let width = exact(options.get("maxError")).filter(|_| inexact);
    number(vec![Accepted {
        value,
        tolerance: width.unwrap_or_else(|| Number::whole(0)).abs(),
    }])
}

fn number(accepted: Vec<Accepted>) -> Result<Answer, Fault> {
    if accepted.is_empty() {
        return Err(("no-key", "no right answer is given".to_string()));
    }
    Ok(Answer::Number {
        accepted,
        unit: None,
    })
}

fn expression(options: &Json) -> Result<Answer, Fault> {
    let forms = list(options, "answerForms");
    let right = forms
        .iter()
        .find(|form| form.get("considered").and_then(Json::as_str) == Some("correct"));
    let typed = right.map(|form| text(form, "value")).unwrap_or_default();
    let signs = [
        ("\\cdot", "*"),
        ("\\times", "*"),
        ("\\left", ""),
        ("\\right", ""),
        ("\\ ", " "),
    ];
    let typed = signs
        .iter()
        .fold(typed, |text, (from, to)| text.replace(from, to));
    if typed.trim().is_empty() {
        return Err(("no-key", "no right answer is given".to_string()));
    }
    if typed.contains('\\') {
        let read = trellis_math::parse::latex(&typed);
        let read = read.map_err(|fault| {
            (
                "no-key",
                format!("\"{typed}\" cannot be read: {}", fault.problem.sentence()),
            )
        })?;
        return Ok(by_shape(trellis_math::plain::from_expr(&read)));
    }
    Ok(by_shape(typed))
}

fn by_shape(typed: String) -> Answer {
    if typed.contains(['=', '<', '>']) {
        Answer::Equation(typed)
    } else {
        Answer::Expression(typed)
    }
}

fn order(widget: &Widget) -> Result<Answer, Fault> {
    let name = if widget.r#type == "sorter" {
        "correct"
    } else {
        "correctOptions"
    };
    let entries = list(&widget.options, name).iter().map(|entry| match entry {
        Json::String(text) => one_line(text),
        other => one_line(&text(other, "content")),
    });
    Ok(Answer::Order(entries.collect()))
}

fn matcher(options: &Json) -> Result<Answer, Fault> {
    let side = |name: &str| -> Vec<String> {
        let texts = list(options, name).iter().filter_map(Json::as_str);
        texts.map(one_line).collect()
    };
    let (left, right) = (side("left"), side("right"));
    if left.len() != right.len() {
        return Err((
            "match-shape",
            "the sides have not the same length".to_string(),
        ));
    }
    Ok(Answer::Match {
        pairs: left.into_iter().zip(right).collect(),
        extra: Vec::new(),
    })
}
