//! The small markup of texts for learners: paragraphs, lists, bold, emphasis and mathematics.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::expression::SyntaxFault;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Words(String),
    /// Words between `**`.
    Bold(String),
    /// Words between `*`.
    Emphasis(String),
    /// LaTeX between dollar signs.
    Math(String),
    /// A gap to fill, written `[[1]]`: its number, from 1.
    Gap(usize),
}

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Lines that start with `- `.
    List(Vec<Vec<Inline>>),
}

/// Reads a rendered text.
///
/// # Errors
/// A [`SyntaxFault`] with the place when a dollar sign or `**` is not closed. An emphasis star
/// that is not closed is a star.
pub fn read(text: &str) -> Result<Vec<Block>, SyntaxFault> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut begins = 0;
    let mut items: Vec<Vec<Inline>> = Vec::new();
    let mut at = 0;
    for line in text.split('\n').chain(core::iter::once("")) {
        let trimmed = line.trim();
        let item = trimmed.strip_prefix("- ");
        if (trimmed.is_empty() || item.is_some()) && !paragraph.is_empty() {
            let inlines = read_line(&paragraph).map_err(|fault| fault.moved(begins))?;
            blocks.push(Block::Paragraph(inlines));
            paragraph.clear();
        }
        if let Some(item) = item {
            items.push(read_line(item).map_err(|fault| fault.moved(at))?);
        } else if !items.is_empty() {
            blocks.push(Block::List(core::mem::take(&mut items)));
        }
        if item.is_none() && !trimmed.is_empty() {
            if paragraph.is_empty() {
                begins = at;
            } else {
                paragraph.push(' ');
            }
            paragraph.push_str(trimmed);
        }
        at += line.len() + 1;
    }
    Ok(blocks)
}

/// Reads one line: no paragraphs and no lists in it, as in an option.
///
/// # Errors
/// As [`read`].
pub fn read_line(text: &str) -> Result<Vec<Inline>, SyntaxFault> {
    let mut out = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (inline, length) = if let Some(inside) = rest.strip_prefix('$') {
            let end = close(inside, "$")
                .ok_or_else(|| SyntaxFault::new(at, "a closing $ is missing (money is \\$)"))?;
            (Some(Inline::Math(cut(inside, end))), end + 2)
        } else if let Some((number, length)) = gap(rest) {
            (Some(Inline::Gap(number)), length)
        } else if let Some(inside) = rest.strip_prefix("**") {
            let end = close(inside, "**")
                .ok_or_else(|| SyntaxFault::new(at, "a closing ** is missing"))?;
            (Some(Inline::Bold(unescaped(&cut(inside, end)))), end + 4)
        } else if let Some((inside, end)) = emphasis(rest) {
            (
                Some(Inline::Emphasis(unescaped(&cut(inside, end)))),
                end + 2,
            )
        } else {
            (None, 0)
        };
        if let Some(inline) = inline {
            if !words.is_empty() {
                out.push(Inline::Words(core::mem::take(&mut words)));
            }
            out.push(inline);
            at += length;
            continue;
        }
        let mut letters = rest.chars();
        let mut letter = letters.next().unwrap_or(' ');
        at += letter.len_utf8();
        if letter == '\\'
            && let Some(escaped @ ('$' | '*' | '\\')) = letters.next()
        {
            letter = escaped;
            at += 1;
        }
        words.push(letter);
    }
    if !words.is_empty() {
        out.push(Inline::Words(words));
    }
    Ok(out)
}

/// The numbers of all gaps of a text, in the order of the text; none when it cannot be read.
#[must_use]
pub fn gaps(text: &str) -> Vec<usize> {
    let blocks = read(text).unwrap_or_default();
    let mut lines: Vec<Vec<Inline>> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) => lines.push(line),
            Block::List(list) => lines.extend(list),
        }
    }
    let numbers = lines.into_iter().flatten().filter_map(|part| match part {
        Inline::Gap(number) => Some(number),
        _ => None,
    });
    numbers.collect()
}

/// `[[1]]` up to `[[99]]`, and how many bytes it takes.
fn gap(rest: &str) -> Option<(usize, usize)> {
    let inside = rest.strip_prefix("[[")?;
    let end = inside.find("]]").filter(|end| *end <= 2)?;
    let digits = inside.get(..end)?;
    let number: usize = digits.parse().ok().filter(|number| *number > 0)?;
    (number.to_string() == digits).then_some((number, end + 4))
}

/// A star opens emphasis only before a letter or digit, and closes only after one.
fn emphasis(rest: &str) -> Option<(&str, usize)> {
    let inside = rest.strip_prefix('*')?;
    inside.chars().next().filter(|c| c.is_alphanumeric())?;
    let end = close(inside, "*")?;
    let last = inside.get(..end)?.chars().next_back()?;
    (!last.is_whitespace()).then_some((inside, end))
}

fn cut(text: &str, end: usize) -> String {
    String::from(text.get(..end).unwrap_or(""))
}

fn close(text: &str, mark: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if text.get(at..)?.starts_with(mark) {
            return (at > 0).then_some(at);
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    text.replace("\\$", "$").replace("\\*", "*")
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn words(text: &str) -> Inline {
        Inline::Words(text.into())
    }

    #[test]
    fn text_becomes_blocks() {
        let blocks =
            read("One **bold** and *soft*\nline.\n\n- costs \\$3\n- $x < 2$\nEnd, 2 * 3 * 4.");
        assert_eq!(
            blocks.unwrap(),
            vec![
                Block::Paragraph(vec![
                    words("One "),
                    Inline::Bold("bold".into()),
                    words(" and "),
                    Inline::Emphasis("soft".into()),
                    words(" line."),
                ]),
                Block::List(vec![
                    vec![words("costs $3")],
                    vec![Inline::Math("x < 2".into())]
                ]),
                Block::Paragraph(vec![words("End, 2 * 3 * 4.")]),
            ]
        );
    }

    #[test]
    fn gaps_have_numbers() {
        assert_eq!(
            read_line("Take [[1]] in.").unwrap(),
            vec![words("Take "), Inline::Gap(1), words(" in.")]
        );
        assert_eq!(gaps("- a [[2]]\n- [[1]] b\n\n[[12]]"), [2, 1, 12]);
        assert!(gaps("[[0]] [[x]] [[01]] [[123]] [[ $[[1]]$ [[").is_empty());
    }

    #[test]
    fn what_is_open_is_said_with_its_place() {
        assert_eq!(read("a\n\nb $x").unwrap_err().at, 5);
        assert!(read("a **b").is_err());
        assert!(read("empty $$").is_err());
        assert!(read("").unwrap().is_empty());
    }
}
