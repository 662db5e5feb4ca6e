//! Anki's notes: questions out of text notes, and notes out of questions. The tables themselves are read and written by the
//! store, which is the only crate that knows SQL; here are their contents.

mod card;

use std::collections::BTreeMap;

pub use card::{card, cards};
use serde::Deserialize;

use crate::finding::Finding;
use crate::markup::{Picture, Reader, parse_html};
use crate::package::PackageFile;
use crate::question::{Accepted, Answer, Question, read_number};
use crate::xml::Node;
use trellis_core::item::Number;

/// The longest answer that a learner is asked to type, in characters.
const LONGEST_ANSWER: usize = 80;

/// A note as Anki keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub id: i64,
    /// The number of its note type.
    pub model: i64,
    /// Its words, with spaces between.
    pub tags: String,
    /// Its fields, HTML each.
    pub fields: Vec<String>,
}

/// A note to write: front and back as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// A name that stays the same when the note is written again.
    pub name: String,
    /// The question.
    pub front: String,
    /// The answer.
    pub back: String,
    /// A word to find it by.
    pub tag: String,
    /// The names of the kept pictures and sounds that it shows and plays.
    pub media: Vec<String>,
}

/// What a learner has practised and means to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Studied {
    /// The question.
    pub question: Question,
    /// The day of the next review, as `2026-11-30`; empty when none is planned.
    pub due: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Model {
    name: String,
    r#type: i64,
}

/// The questions of notes. `models` is the JSON of the note types; `file` names the collection in findings.
#[must_use]
pub fn questions(file: &str, models: &str, notes: &[Note]) -> (Vec<Question>, Vec<Finding>) {
    let mut findings = Vec::new();
    let models: BTreeMap<String, Model> = serde_json::from_str(models).unwrap_or_default();
    let mut out = Vec::new();
    for note in notes {
        let model = models.get(&note.model.to_string());
        let read = if model.is_some_and(|model| model.r#type == 1) {
            clozes(note)
        } else {
            front_and_back(note).map(|question| vec![question])
        };
        match read {
            Ok(questions) => out.extend(questions.into_iter().map(|mut question| {
                question.group = note
                    .tags
                    .split_whitespace()
                    .next()
                    .unwrap_or("")
                    .replace("::", " ");
                question
            })),
            Err((rule, what)) => {
                let name = model.map_or("", |model| model.name.as_str());
                let what = format!("note {} of the type \"{name}\": {what}", note.id);
                findings.push(Finding::error(file, 0, rule, what));
            }
        }
    }
    (out, findings)
}

type Fault = (&'static str, String);

/// The media of a package under their own names: the archive numbers them, and `media` is the table.
#[must_use]
pub fn media(files: &[PackageFile]) -> Vec<PackageFile> {
    let table = files.iter().find(|(path, _)| path == "media");
    let table: BTreeMap<String, String> = table
        .and_then(|(_, bytes)| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let each = files.iter().filter_map(|(path, bytes)| {
        let name = table.get(path)?;
        Some((name.clone(), bytes.clone()))
    });
    each.collect()
}

/// HTML as markup, and the pictures and sounds in it.
fn text(html: &str) -> (String, Vec<Picture>) {
    let mut reader = Reader {
        tex: true,
        ..Reader::default()
    };
    let text = reader.read_html(&with_sound(html, |name| {
        let name = crate::xml::escape(name).replace('"', "&quot;");
        format!("<audio src=\"{name}\"></audio>")
    }));
    (text, reader.pictures)
}

/// HTML with something in the place of sounds, which Anki writes in brackets.
fn with_sound(html: &str, instead: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once("[sound:") {
        out.push_str(before);
        let (name, after) = behind.split_once(']').unwrap_or((behind, ""));
        out.push_str(&instead(name));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// HTML as plain words.
fn words(html: &str) -> String {
    fn gather(nodes: &[Node], out: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => {
                    out.push(' ');
                    gather(&element.children, out);
                    out.push(' ');
                }
            }
        }
    }
    let mut out = String::new();
    gather(&parse_html(&with_sound(html, |_| String::new())), &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn typed(back: &str) -> Result<Answer, Fault> {
    let back = words(back);
    if back.is_empty() {
        return Err(("no-key", "the back is empty".to_string()));
    }
    if back.chars().count() > LONGEST_ANSWER {
        return Err((
            "long-answer",
            "the back is too long to be typed and compared".to_string(),
        ));
    }
    Ok(match read_number(&back) {
        Some(value) => Answer::Number {
            accepted: vec![Accepted {
                value,
                tolerance: Number::whole(0),
            }],
            unit: None,
        },
        None => Answer::Words(vec![back]),
    })
}

fn front_and_back(note: &Note) -> Result<Question, Fault> {
    let [front, back, ..] = note.fields.as_slice() else {
        return Err(("no-key", "the note has only one field".to_string()));
    };
    let (stem, pictures) = text(front);
    let mut question = Question::new(format!("n{}", note.id), stem, typed(back)?);
    question.pictures = pictures;
    Ok(question)
}

/// One part of a cloze text: plain, or the number and text of a gap.
enum Piece<'a> {
    Plain(&'a str),
    Gap(u32, &'a str),
}

fn pieces(field: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = field;
    while let Some((before, behind)) = rest.split_once("{{c") {
        let Some((inside, after)) = behind.split_once("}}") else {
            break;
        };
        let gap = inside.split_once("::").and_then(|(number, text)| {
            let text = text.split_once("::").map_or(text, |(text, _)| text);
            Some(Piece::Gap(number.parse().ok()?, text))
        });
        out.push(Piece::Plain(before));
        out.push(gap.unwrap_or(Piece::Plain(inside)));
        rest = after;
    }
    out.push(Piece::Plain(rest));
    out
}

/// A question for each number of a cloze note that hides one text.
fn clozes(note: &Note) -> Result<Vec<Question>, Fault> {
    let field = note.fields.first().map_or("", String::as_str);
    let pieces = pieces(field);
    let mut gaps: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for piece in &pieces {
        if let Piece::Gap(number, text) = piece {
            gaps.entry(*number).or_default().push(text);
        }
    }
    if gaps.is_empty() {
        return Err(("no-key", "nothing is hidden in it".to_string()));
    }
    let mut out = Vec::new();
    for (number, hidden) in &gaps {
        let [hidden] = hidden.as_slice() else {
            return Err((
                "several-interactions",
                format!("gap {number} hides several texts at once"),
            ));
        };
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Plain(text) => *text,
            Piece::Gap(own, _) if own == number => "____",
            Piece::Gap(_, text) => *text,
        });
        let (stem, pictures) = text(&shown.collect::<String>());
        let mut question = Question::new(format!("n{}-c{number}", note.id), stem, typed(hidden)?);
        question.pictures = pictures;
        out.push(question);
    }
    Ok(out)
}

/// A learner's own cards as a text file that Anki imports ("Notes in plain text", Anki manual, "Importing text files"):
/// a name, front, back and tags in columns, with the name as the note's identity, so that a later file renews the cards
/// and doubles none. The day of the next review goes along as a tag.
#[must_use]
pub fn own_cards(deck: &str, studied: &[Studied]) -> String {
    let mut out = String::from("#separator:Tab\n#html:true\n#notetype:Basic\n");
    out.push_str(&format!("#deck:{}\n", column(deck)));
    out.push_str("#guid column:1\n#tags column:4\n");
    for studied in studied {
        let Some(card) = card(&studied.question) else {
            continue;
        };
        let due = studied.due.replace(char::is_whitespace, "_");
        let due = if due.is_empty() {
            String::new()
        } else {
            format!(" due::{due}")
        };
        let tags = format!("{}{due}", card.tag);
        let columns = [&card.name, &card.front, &card.back, &tags].map(|text| column(text));
        out.push_str(&columns.join("\t"));
        out.push('\n');
    }
    out
}

/// A text without what parts columns and lines; quoted where it would be read as a comment or a quotation.
fn column(text: &str) -> String {
    let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.starts_with('#') || plain.contains('"') {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(id: i64, model: i64, fields: &[&str]) -> Note {
        Note {
            id,
            model,
            tags: " cells::parts old ".into(),
            fields: fields.iter().map(|text| (*text).to_string()).collect(),
        }
    }

    #[test]
    fn own_cards_are_lines_of_columns() {
        let mut question = Question::new(
            "cell-1",
            "What does a \"cell\" need?",
            Answer::Words(vec!["water and light".into()]),
        );
        question.group = "life cells".into();
        let studied = [
            Studied {
                question,
                due: "2026-11-30".into(),
            },
            Studied {
                question: Question::new("#2", "$1+1$", Answer::Words(vec!["two".into()])),
                due: String::new(),
            },
        ];
        let file = own_cards("My words", &studied);
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines[3], "#deck:My words");
        assert_eq!(
            lines[6],
            "cell-1\t<p>What does a &quot;cell&quot; need?</p>\twater and light\tlife_cells due::2026-11-30"
        );
        assert_eq!(lines[7], "\"#2\"\t<p>\\(1+1\\)</p>\ttwo\t");
        assert_eq!(lines.len(), 8);
    }

    #[test]
    fn notes_become_questions() {
        let models = r#"{"1": {"name": "Basic", "type": 0}, "2": {"name": "Cloze", "type": 1}}"#;
        let notes = [
            note(
                10,
                1,
                &[
                    "Powerhouse of the <b>cell</b>?[sound:a.mp3]",
                    "<div>mitochondrion</div>",
                ],
            ),
            note(11, 1, &["\\(2+2\\)", "4"]),
            note(12, 2, &["{{c1::Plants::who}} make {{c2::sugar}}.", ""]),
            note(13, 1, &["Why?", &"long ".repeat(40)]),
            note(14, 1, &["alone"]),
            note(15, 2, &["nothing hidden {{c"]),
        ];
        let (questions, findings) = questions("collection", models, &notes);
        let sound = questions[0].pictures[0].mark();
        let powerhouse = format!("Powerhouse of the **cell**? {sound}");
        let said: Vec<(&str, &str)> = questions
            .iter()
            .map(|one| (one.id.as_str(), one.stem.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("n10", powerhouse.as_str()),
                ("n11", "$2+2$"),
                ("n12-c1", "____ make sugar."),
                ("n12-c2", "Plants make ____."),
            ]
        );
        assert_eq!(
            questions[0].answer,
            Answer::Words(vec!["mitochondrion".into()])
        );
        assert_eq!(questions[1].answer.name(), "numeric");
        assert_eq!(questions[0].group, "cells parts");
        let rules: Vec<&str> = findings.iter().map(|one| one.rule.as_str()).collect();
        assert_eq!(rules, ["long-answer", "no-key", "no-key"]);
        let (cards, _) = cards(&questions);
        assert_eq!(cards[1].front, "<p>\\(2+2\\)</p>");
        assert_eq!(cards[2].back, "Plants");
    }
}
