//! Texts of items as HTML: paragraphs, lists, emphasis and mathematics. Escaped by construction: words go through one
//! function, and mathematics comes as MathML from a tree.

use std::fmt::Write as _;

use trellis_core::item::markup::{self, Block, Inline};

/// How a gap looks where nothing fills it.
const BLANK: &str = "_____";

/// Markup as HTML, safe to put into a template with `|safe`.
pub(crate) fn html(text: &str) -> String {
    filled(text, &[])
}

/// The same with each gap filled with the HTML at its number; a gap without one stays blank.
pub(crate) fn filled(text: &str, gaps: &[String]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let Ok(blocks) = markup::read(text) else {
        // A text that cannot be read as markup is shown as the words that it is.
        paragraph(&mut out, |out| escape(out, text));
        return out;
    };
    for block in &blocks {
        match block {
            Block::Paragraph(line) => paragraph(&mut out, |out| inlines(out, line, gaps)),
            Block::List(lines) => {
                out.push_str("<ul class=\"dots\">");
                for line in lines {
                    out.push_str("<li>");
                    inlines(&mut out, line, gaps);
                    out.push_str("</li>");
                }
                out.push_str("</ul>");
            }
        }
    }
    out
}

/// One line of markup as HTML, without a paragraph around it.
pub(crate) fn line(text: &str) -> String {
    filled_line(text, &[])
}

/// The same with each gap filled.
pub(crate) fn filled_line(text: &str, gaps: &[String]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    match markup::read_line(text) {
        Ok(line) => inlines(&mut out, &line, gaps),
        Err(_) => escape(&mut out, text),
    }
    out
}

/// The same line as a screen reader or a plain text would have it.
pub(crate) fn plain(text: &str) -> String {
    let Ok(line) = markup::read_line(text) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    for part in line {
        match part {
            Inline::Words(words) | Inline::Bold(words) | Inline::Emphasis(words) => {
                out.push_str(&words)
            }
            Inline::Math(latex) => {
                out.push_str(&trellis_math::plain::from_latex(&latex).unwrap_or(latex))
            }
            Inline::Gap(_) => out.push_str(BLANK),
            Inline::Media { says, .. } => out.push_str(&says),
        }
    }
    out
}

fn paragraph(out: &mut String, inner: impl FnOnce(&mut String)) {
    out.push_str("<p>");
    inner(out);
    out.push_str("</p>");
}

fn inlines(out: &mut String, line: &[Inline], gaps: &[String]) {
    for part in line {
        match part {
            Inline::Words(words) => escape(out, words),
            Inline::Bold(words) => wrapped(out, "strong", words),
            Inline::Emphasis(words) => wrapped(out, "em", words),
            Inline::Math(latex) => match trellis_math::mathml::from_latex(latex) {
                Ok(mathml) => out.push_str(&mathml),
                Err(_) => wrapped(out, "code", latex),
            },
            Inline::Gap(number) => {
                let place = number.checked_sub(1).and_then(|place| gaps.get(place));
                out.push_str(place.map_or(BLANK, String::as_str));
            }
            Inline::Media { file, says } => media(out, file, says),
        }
    }
}

/// A picture to look at or a sound to listen to. A name that is none is refused before: it is hexadecimal digits.
fn media(out: &mut String, file: &str, says: &str) {
    let (begin, label, end) = if markup::is_sound(file) {
        (
            "<audio class=\"sound\" controls preload=\"none\"",
            " aria-label",
            "></audio>",
        )
    } else {
        ("<img class=\"shown\" loading=\"lazy\"", " alt", ">")
    };
    out.push_str(begin);
    // A sound without words keeps the name that the browser gives it.
    if !(says.is_empty() && markup::is_sound(file)) {
        let _ = write!(out, "{label}=\"");
        escape(out, says);
        out.push('"');
    }
    let _ = write!(out, " src=\"/media/{file}\"{end}");
}

fn wrapped(out: &mut String, tag: &str, words: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "<{tag}>");
    escape(out, words);
    let _ = write!(out, "</{tag}>");
}

/// Escapes text for HTML, in content and in quoted attributes alike.
pub(crate) fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_mathematics_is_mathml() {
        let html = html("Half of $\\frac{1}{2}$ <img src=x onerror=alert(1)> **now**");
        assert!(html.contains("<mfrac>"), "{html}");
        assert!(html.contains("&lt;img"), "{html}");
        assert!(html.contains("<strong>now</strong>"), "{html}");
        assert!(!html.contains("<img"), "{html}");
    }

    #[test]
    fn pictures_and_sounds_come_from_here() {
        let file = format!("{}.png", "ab".repeat(32));
        assert_eq!(
            line(&format!("![a \"cat\" <b>]({file})")),
            format!(
                "<img class=\"shown\" loading=\"lazy\" alt=\"a &quot;cat&quot; &lt;b&gt;\" src=\"/media/{file}\">"
            )
        );
        let sound = file.replace("png", "mp3");
        assert_eq!(
            line(&format!("![]({sound})")),
            format!(
                "<audio class=\"sound\" controls preload=\"none\" src=\"/media/{sound}\"></audio>"
            )
        );
        assert_eq!(plain(&format!("See ![a cat]({file})")), "See a cat");
        assert!(!html("![x](http://elsewhere/y.png)").contains("<img"));
    }

    #[test]
    fn a_gap_is_filled_or_blank() {
        let select = ["<select></select>".to_owned()];
        assert_eq!(
            filled("Take [[1]] & [[2]].", &select),
            "<p>Take <select></select> &amp; _____.</p>"
        );
        assert_eq!(plain("Take [[1]]."), "Take _____.");
    }

    #[test]
    fn what_cannot_be_read_is_shown_as_words() {
        assert_eq!(html("5 $ and <b>"), "<p>5 $ and &lt;b&gt;</p>");
    }
}
