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
    /// A picture to look at or a sound to listen to, written `![what it shows](file)`.
    Media {
        /// The name of a kept file: [`is_media`].
        file: String,
        /// What it shows, to be read aloud; empty for what only decorates.
        says: String,
    },
}

/// Endings of names of kept pictures.
const PICTURES: [&str; 5] = ["png", "jpg", "gif", "webp", "svg"];
/// Endings of names of kept sounds.
const SOUNDS: [&str; 4] = ["mp3", "ogg", "wav", "m4a"];

/// Whether a name is that of a kept picture or sound: 64 hexadecimal digits, which say what is in it, and an ending.
#[must_use]
pub fn is_media(file: &str) -> bool {
    let Some((hash, ending)) = file.split_once('.') else {
        return false;
    };
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    hash.len() == 64
        && hash.chars().all(hexadecimal)
        && (PICTURES.contains(&ending) || SOUNDS.contains(&ending))
}

/// Whether a kept file is a sound.
#[must_use]
pub fn is_sound(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, ending)| SOUNDS.contains(&ending))
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
        } else if let Some((file, says, length)) = media(rest) {
            let (file, says) = (String::from(file), String::from(says));
            (Some(Inline::Media { file, says }), length)
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

/// `![what it shows](file)`: the file, what it shows, and how many bytes it takes.
fn media(rest: &str) -> Option<(&str, &str, usize)> {
    let inside = rest.strip_prefix("![")?;
    let (says, behind) = inside.split_once("](")?;
    let (file, _) = behind.split_once(')')?;
    is_media(file).then_some((file, says, says.len() + file.len() + 5))
}

/// The names of all kept files that a text shows or plays, in the order of the text.
#[must_use]
pub fn media_names(text: &str) -> Vec<&str> {
    let starts = text.match_indices("![");
    let found = starts.filter_map(|(at, _)| media(text.get(at..)?));
    found.map(|(file, _, _)| file).collect()
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
    fn pictures_have_names_by_their_content() {
        let file = alloc::format!("{}.png", "0a".repeat(32));
        let text = alloc::format!("See ![a $5 cat](b) ![a *cat* [x]]({file}) here");
        let line = read_line(&text).unwrap_err();
        assert_eq!(line.what, "a closing $ is missing (money is \\$)");
        let text = alloc::format!("See ![a $5 *cat* [x]]({file}) here");
        assert_eq!(
            read_line(&text).unwrap(),
            vec![
                words("See "),
                Inline::Media {
                    file: file.clone(),
                    says: "a $5 *cat* [x]".into()
                },
                words(" here")
            ]
        );
        assert_eq!(media_names(&text), [file.as_str()]);
        for name in ["a.png", "../x.png", "", "http://x/y.png"] {
            assert!(!is_media(name));
            let text = alloc::format!("![a]({name})");
            assert_eq!(read_line(&text).unwrap(), vec![words(&text)]);
        }
        assert!(is_media(&file.replace("png", "mp3")) && is_sound(&file.replace("png", "mp3")));
        assert!(!is_sound(&file) && !is_media(&file.replace("png", "exe")));
        assert!(!is_media(&file.to_uppercase()));
    }

    #[test]
    fn what_is_open_is_said_with_its_place() {
        assert_eq!(read("a\n\nb $x").unwrap_err().at, 5);
        assert!(read("a **b").is_err());
        assert!(read("empty $$").is_err());
        assert!(read("").unwrap().is_empty());
    }
}
