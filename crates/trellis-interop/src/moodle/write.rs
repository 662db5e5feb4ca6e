//! Writes questions as Moodle XML: reading it gives the same questions.

use crate::finding::Finding;
use crate::markup::{MEDIA, TexStyle, html};
use crate::package::{Kept, base64};
use crate::question::{Answer, Choice, Question, number_text};
use crate::xml::{self, Element, Node};

/// The bank of questions; a finding for each that Moodle's format cannot say. `media` has the
/// pictures and sounds.
#[must_use]
pub fn write(questions: &[Question], media: &Kept<'_>) -> (String, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut quiz = Element::new("quiz");
    let mut group = "";
    for question in questions {
        let Some((kind, parts)) = answer(&question.answer) else {
            let name = question.answer.name();
            let what = format!(
                "Moodle XML has no way to ask for {name} (\"{}\")",
                question.id
            );
            findings.push(Finding::warning("", question.line, "no-kind", what));
            continue;
        };
        if question.group != group {
            group = &question.group;
            let path = format!("$course$/{}", group.replace('/', " "));
            let category = Element::new("category").child(Element::new("text").text(path));
            quiz = quiz.child(
                Element::new("question")
                    .with("type", "category")
                    .child(category),
            );
        }
        let title = if question.title.is_empty() {
            &question.id
        } else {
            &question.title
        };
        let stem = [question.body.as_str(), question.stem.as_str()];
        let stem: String = stem
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| of(text, false))
            .collect();
        let solution: String = question
            .solution
            .iter()
            .map(|text| of(text, false))
            .collect();
        let element = Element::new("question")
            .with("type", kind)
            .child(Element::new("name").child(Element::new("text").text(title)))
            .child(rich("questiontext", stem))
            .child(rich("generalfeedback", solution))
            .child(Element::new("defaultgrade").text("1"))
            .child(Element::new("idnumber").text(&question.id))
            .all(parts)
            .all(
                question
                    .hints
                    .iter()
                    .map(|text| rich("hint", of(text, false))),
            );
        quiz = quiz.child(element);
    }
    with_files(&mut quiz, media);
    (xml::write(&quiz), findings)
}

/// Puts the pictures and sounds of a text beside it, as Moodle has them.
fn with_files(element: &mut Element, media: &Kept<'_>) {
    let mut names: Vec<String> = Vec::new();
    for node in &mut element.children {
        let Node::Element(child) = node else { continue };
        if child.name != "text" {
            with_files(child, media);
            continue;
        }
        for node in &mut child.children {
            let Node::Text(text) = node else { continue };
            let source = format!("src=\"{MEDIA}");
            for behind in text.split(&source).skip(1) {
                let name = behind.split('"').next().unwrap_or("").to_string();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            *text = text.replace(&source, "src=\"@@PLUGINFILE@@/");
        }
    }
    let files = names.into_iter().filter_map(|name| {
        let coded = base64::encode(&media(&name)?);
        let file = Element::new("file").with("name", name).with("path", "/");
        Some(Node::Element(file.with("encoding", "base64").text(coded)))
    });
    element.children.extend(files);
}

fn of(markup: &str, inline: bool) -> String {
    html(markup, TexStyle::Brackets, inline)
}

fn rich(name: &str, html: String) -> Element {
    Element::new(name)
        .with("format", "html")
        .child(Element::new("text").text(html))
}

fn plain(name: &str, text: &str) -> Element {
    Element::new(name).child(Element::new("text").text(text))
}

fn flag(name: &str, value: bool) -> Element {
    Element::new(name).text(value.to_string())
}

fn choice(choice: &Choice, fraction: &str) -> Element {
    rich("answer", of(&choice.text, true))
        .with("fraction", fraction)
        .child(rich("feedback", of(&choice.feedback, true)))
}

fn right(text: &str) -> Element {
    plain("answer", text)
        .with("fraction", "100")
        .with("format", "plain_text")
}

fn answer(answer: &Answer) -> Option<(&'static str, Vec<Element>)> {
    Some(match answer {
        Answer::Choice { choices, shuffle } => {
            let mut parts = vec![flag("single", true), flag("shuffleanswers", *shuffle)];
            parts.extend(
                choices
                    .iter()
                    .map(|one| choice(one, if one.right { "100" } else { "0" })),
            );
            ("multichoice", parts)
        }
        Answer::MultipleChoice { choices, shuffle } => {
            let count = choices.iter().filter(|one| one.right).count().max(1);
            let share = format!(
                "{:.5}",
                100.0 / f64::from(u32::try_from(count).unwrap_or(u32::MAX))
            );
            let mut parts = vec![flag("single", false), flag("shuffleanswers", *shuffle)];
            parts.extend(
                choices
                    .iter()
                    .map(|one| choice(one, if one.right { &share } else { "-100" })),
            );
            ("multichoice", parts)
        }
        Answer::Words(accepted) => {
            let mut parts = vec![Element::new("usecase").text("0")];
            parts.extend(accepted.iter().map(|text| right(text)));
            ("shortanswer", parts)
        }
        Answer::Expression(typed) | Answer::Equation(typed) => (
            "shortanswer",
            vec![Element::new("usecase").text("0"), right(typed)],
        ),
        Answer::Number { accepted, unit } => {
            let mut parts = Vec::new();
            for one in accepted {
                let (value, tolerance) = (number_text(&one.value), number_text(&one.tolerance));
                // Moodle reads decimals alone.
                if value.contains('/') || tolerance.contains('/') {
                    return None;
                }
                parts.push(right(&value).child(Element::new("tolerance").text(tolerance)));
            }
            if let Some(unit) = unit {
                let one = Element::new("unit")
                    .child(Element::new("multiplier").text("1"))
                    .child(Element::new("unit_name").text(unit));
                parts.push(Element::new("units").child(one));
            }
            ("numerical", parts)
        }
        Answer::Match { pairs, extra } => {
            let sub = |left: &str, right: &str| {
                rich("subquestion", of(left, true))
                    .child(Element::new("answer").child(Element::new("text").text(of(right, true))))
            };
            let mut parts = vec![flag("shuffleanswers", true)];
            parts.extend(pairs.iter().map(|(left, right)| sub(left, right)));
            parts.extend(extra.iter().map(|right| sub("", right)));
            ("matching", parts)
        }
        Answer::Order(entries) => {
            let each = entries.iter().enumerate();
            let parts = each.map(|(place, text)| {
                rich("answer", of(text, true)).with("fraction", (place + 1).to_string())
            });
            ("ordering", parts.collect())
        }
        _ => return None,
    })
}
