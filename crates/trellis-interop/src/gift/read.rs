//! Reads GIFT: blocks between empty lines, each a title, a text and an answer in braces.

use trellis_core::item::Number;

use crate::finding::Finding;
use crate::markup::Reader;
use crate::question::{Accepted, Answer, Choice, Question, read_number};

/// The largest file, in bytes.
const LARGEST_FILE: usize = 8_000_000;

/// Reads the questions of a file; what cannot be read becomes a finding with its line.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> (Vec<Question>, Vec<Finding>) {
    let mut findings = Vec::new();
    if bytes.len() > LARGEST_FILE {
        findings.push(Finding::error(
            file,
            0,
            "too-large",
            "a file of GIFT may have 8 megabytes",
        ));
        return (Vec::new(), findings);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        findings.push(Finding::error(
            file,
            0,
            "encoding",
            "this is not UTF-8 text",
        ));
        return (Vec::new(), findings);
    };
    let mut questions: Vec<Question> = Vec::new();
    let mut group = String::new();
    for (line, block) in blocks(text.trim_start_matches('\u{feff}')) {
        if let Some(category) = block.trim().strip_prefix("$CATEGORY:") {
            let path = category.trim().trim_start_matches("$course$/");
            group = path.rsplit('/').next().unwrap_or("").trim().to_string();
            continue;
        }
        let id = format!("q{}", questions.len() + 1);
        match question(&block, id) {
            Ok(mut question) => {
                question.line = line;
                question.group.clone_from(&group);
                questions.push(question);
            }
            Err((rule, what)) => findings.push(Finding::error(file, line, rule, what)),
        }
    }
    (questions, findings)
}

/// The blocks with their first lines; comments are taken out.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (place, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with("//") {
            continue;
        }
        let category = trimmed.starts_with("$CATEGORY:");
        if trimmed.is_empty() {
            open = false;
        } else if open && !category {
            if let Some((_, block)) = out.last_mut() {
                block.push('\n');
                block.push_str(line);
            }
        } else {
            out.push((place + 1, line.to_string()));
            open = !category;
        }
    }
    out
}

type Fault = (&'static str, String);

fn fault<T>(rule: &'static str, what: &str) -> Result<T, Fault> {
    Err((rule, what.to_string()))
}

/// The place of the first of some signs that no backslash stands before.
fn bare(text: &str, signs: &[char]) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if signs.contains(&c) {
            return Some(at);
        }
    }
    None
}

fn question(block: &str, id: String) -> Result<Question, Fault> {
    let mut rest = block.trim();
    let mut title = String::new();
    if let Some(inside) = rest.strip_prefix("::")
        && let Some((name, behind)) = split_double(inside)
    {
        title = unescaped(name).trim().to_string();
        rest = behind.trim_start();
    }
    let Some(open) = bare(rest, &['{']) else {
        return fault(
            "no-answer",
            "there is no answer in braces; a description asks nothing",
        );
    };
    let inside = rest.get(open + 1..).unwrap_or("");
    let Some(close) = bare(inside, &['}']) else {
        return fault("syntax", "the brace { is not closed");
    };
    let behind = inside.get(close + 1..).unwrap_or("").trim();
    let (before, answer) = (
        rest.get(..open).unwrap_or(""),
        inside.get(..close).unwrap_or(""),
    );
    if bare(behind, &['{']).is_some() {
        return fault("syntax", "a question may have one answer in braces");
    }
    let (form, before) = form(before);
    let whole = if behind.is_empty() {
        before.to_string()
    } else {
        format!("{} ____ {behind}", before.trim_end())
    };
    let mut text = Text {
        form,
        ..Text::default()
    };
    let stem = text.block(&whole);
    let (answer, general) = match answer.find("####") {
        Some(at) => (
            answer.get(..at).unwrap_or(""),
            answer.get(at + 4..).unwrap_or(""),
        ),
        None => (answer, ""),
    };
    let made = read_answer(answer.trim(), &mut text)?;
    let mut question = Question::new(id, stem, made);
    question.title = title;
    if !general.trim().is_empty() {
        question.solution.push(text.block(general));
    }
    question.pictures = text.pictures;
    Ok(question)
}

fn split_double(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let at = bare(text.get(from..)?, &[':'])? + from;
        if text.get(at + 1..)?.starts_with(':') {
            return Some((text.get(..at)?, text.get(at + 2..)?));
        }
        from = at + 1;
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Form {
    /// Plain text, with HTML in it as Moodle reads it.
    #[default]
    Moodle,
    /// HTML.
    Html,
    /// Plain text.
    Plain,
    /// Markdown, read as plain text.
    Markdown,
}

fn form(text: &str) -> (Form, &str) {
    let text = text.trim();
    for (mark, form) in [
        ("[html]", Form::Html),
        ("[moodle]", Form::Moodle),
        ("[plain]", Form::Plain),
        ("[markdown]", Form::Markdown),
    ] {
        if let Some(behind) = text.strip_prefix(mark) {
            return (form, behind.trim_start());
        }
    }
    (Form::Moodle, text)
}

#[derive(Default)]
struct Text {
    form: Form,
    pictures: Vec<crate::markup::Picture>,
}

impl Text {
    fn read(&mut self, text: &str, line: bool) -> String {
        let (form, text) = match form(text) {
            (Form::Moodle, text) => (self.form, text),
            other => other,
        };
        let text = unescaped(text);
        let mut reader = Reader {
            tex: true,
            ..Reader::default()
        };
        let nodes = match form {
            Form::Html | Form::Moodle => crate::markup::parse_html(&text),
            Form::Plain | Form::Markdown => vec![crate::xml::Node::Text(text)],
        };
        let out = reader.read_as(&nodes, line);
        self.pictures.extend(reader.pictures);
        out
    }

    fn block(&mut self, text: &str) -> String {
        self.read(text, false)
    }

    fn line(&mut self, text: &str) -> String {
        self.read(text, true)
    }
}

/// Text without the backslashes before GIFT's own signs; `\n` is a new line.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match (c, letters.peek()) {
            ('\\', Some('~' | '=' | '#' | '{' | '}' | ':' | '\\')) => out.extend(letters.next()),
            ('\\', Some('n')) => {
                letters.next();
                out.push_str("<br>");
            }
            _ => out.push(c),
        }
    }
    out
}

/// One answer as written: its sign, its weight in percent, its text and what is said of it.
struct Part<'a> {
    right: bool,
    weight: Option<f64>,
    text: &'a str,
    feedback: &'a str,
}

fn parts(text: &str) -> Result<Vec<Part<'_>>, Fault> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while let Some(sign) = rest.chars().next() {
        if !['=', '~'].contains(&sign) {
            return fault("syntax", "an answer begins with = or ~");
        }
        let inside = rest.get(1..).unwrap_or("");
        let end = bare(inside, &['=', '~']).unwrap_or(inside.len());
        // The sign of equality within "=%50%x = 2" is written with a backslash.
        let (one, behind) = inside.split_at(end);
        rest = behind;
        let (mut body, feedback) = match bare(one, &['#']) {
            Some(at) => (one.get(..at).unwrap_or(""), one.get(at + 1..).unwrap_or("")),
            None => (one, ""),
        };
        body = body.trim();
        let mut weight = None;
        if let Some(inside) = body.strip_prefix('%')
            && let Some((number, behind)) = inside.split_once('%')
        {
            weight = number.trim().parse().ok();
            if weight.is_none() {
                return fault("syntax", "a weight in percent is no number");
            }
            body = behind.trim();
        }
        out.push(Part {
            right: sign == '=',
            weight,
            text: body,
            feedback: feedback.trim(),
        });
    }
    Ok(out)
}

fn read_answer(answer: &str, text: &mut Text) -> Result<Answer, Fault> {
    if answer.is_empty() {
        return fault(
            "no-kind",
            "an essay has no key; there is no kind of item yet for it",
        );
    }
    if let Some(numeric) = answer.strip_prefix('#') {
        return number(numeric.trim());
    }
    let head = bare(answer, &['#'])
        .map_or(answer, |at| answer.get(..at).unwrap_or(""))
        .trim();
    if let Some(truth) = truth(head) {
        return Ok(truth);
    }
    let parts = parts(answer)?;
    if parts
        .iter()
        .any(|part| part.right && part.text.contains("->"))
    {
        return matched(&parts, text);
    }
    let wrong = parts.iter().any(|part| !part.right);
    if !wrong {
        let accepted = parts
            .iter()
            .filter(|part| part.weight.is_none_or(|weight| weight >= 100.0));
        let accepted: Vec<String> = accepted.map(|part| unescaped(part.text)).collect();
        return Ok(Answer::Words(accepted));
    }
    let right = parts.iter().any(|part| part.right && part.weight.is_none());
    let choices: Vec<Choice> = parts
        .iter()
        .map(|part| Choice {
            text: text.line(part.text),
            right: if right {
                part.right
            } else {
                part.weight.is_some_and(|weight| weight > 0.0)
            },
            feedback: if part.feedback.is_empty() {
                String::new()
            } else {
                text.line(part.feedback)
            },
        })
        .collect();
    if right {
        return Ok(Answer::Choice {
            choices,
            shuffle: true,
        });
    }
    Ok(Answer::MultipleChoice {
        choices,
        shuffle: true,
    })
}

fn truth(word: &str) -> Option<Answer> {
    let is = match word.to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let choice = |text: &str, right| Choice {
        text: text.to_string(),
        right,
        feedback: String::new(),
    };
    Some(Answer::Choice {
        choices: vec![choice("True", is), choice("False", !is)],
        shuffle: false,
    })
}

fn matched(parts: &[Part<'_>], text: &mut Text) -> Result<Answer, Fault> {
    let mut pairs = Vec::new();
    let mut extra = Vec::new();
    for part in parts {
        let Some((left, right)) = part.text.split_once("->") else {
            return fault("syntax", "every line of a match needs ->");
        };
        let (left, right) = (text.line(left), text.line(right));
        if left.is_empty() {
            extra.push(right);
        } else {
            pairs.push((left, right));
        }
    }
    Ok(Answer::Match { pairs, extra })
}

fn number(text: &str) -> Result<Answer, Fault> {
    let one = |text: &str| -> Result<Accepted, Fault> {
        let text = text.trim();
        let bad = || ("syntax", format!("\"{text}\" is no number"));
        if let Some((from, to)) = text.split_once("..") {
            let (from, to) = (
                read_number(from).ok_or_else(bad)?,
                read_number(to).ok_or_else(bad)?,
            );
            let two = Number::whole(2);
            let value = (&from + &to).divided_by(&two).ok_or_else(bad)?;
            let tolerance = (&to - &from).divided_by(&two).ok_or_else(bad)?.abs();
            return Ok(Accepted { value, tolerance });
        }
        let (value, tolerance) = text.split_once(':').unwrap_or((text, "0"));
        Ok(Accepted {
            value: read_number(value).ok_or_else(bad)?,
            tolerance: read_number(tolerance).ok_or_else(bad)?.abs(),
        })
    };
    let mut accepted = Vec::new();
    if text.starts_with(['=', '~']) {
        for part in parts(text)? {
            if part.right && part.weight.is_none_or(|weight| weight >= 100.0) {
                accepted.push(one(part.text)?);
            }
        }
    } else {
        let bare_text = bare(text, &['#']).map_or(text, |at| text.get(..at).unwrap_or(""));
        accepted.push(one(bare_text)?);
    }
    if accepted.is_empty() {
        return fault("no-key", "no right answer is given");
    }
    Ok(Answer::Number {
        accepted,
        unit: None,
    })
}
