//! Templates: no inline style, script or handler, and every word comes from the words of a language.

use super::Finding;
use crate::source;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "templates";

/// Attributes whose text a person reads or hears.
const SPOKEN: &[&str] = &[
    "alt",
    "title",
    "placeholder",
    "label",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
];

/// Words that are the same in every language.
const NAMES: &[&str] = &["Trellis"];

/// A piece of markup with the offset where it starts.
enum Piece<'a> {
    /// From `<` to `>`, both included.
    Tag(usize, &'a str),
    /// Between two tags.
    Text(usize, &'a str),
    /// What stands inside of a script or style element.
    Raw(usize, &'a str),
}

/// Findings for every template of `trellis-web`.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| {
            file.path.starts_with("crates/trellis-web/src/") && file.extension() == "html"
        })
        .flat_map(template)
        .collect()
}

fn template(file: &File) -> Vec<Finding> {
    let plain = without_expressions(&file.text);
    let mut found = Vec::new();
    let mut tell = |at: usize, why: String| {
        found.push(Finding::new(
            &file.path,
            source::line_at(&plain, at),
            NAME,
            why,
        ));
    };
    for piece in pieces(&plain) {
        match piece {
            Piece::Tag(at, tag) => {
                for why in faults_of_tag(tag) {
                    tell(at, why);
                }
            }
            Piece::Text(at, text) => {
                if let Some(words) = english(text) {
                    let blank = text.len() - text.trim_start().len();
                    tell(
                        at + blank,
                        format!(
                            "\"{words}\" is written here: take it from the words of the page's language"
                        ),
                    );
                }
            }
            Piece::Raw(at, text) => {
                if !text.trim().is_empty() {
                    tell(
                        at,
                        "a script or style with content: the page's policy forbids it, link a file"
                            .to_owned(),
                    );
                }
            }
        }
    }
    found
}

/// The template with `{{ }}`, `{% %}` and `{# #}` blanked, lines kept.
fn without_expressions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let close = match rest.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                out.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
                continue;
            }
        };
        out.push_str(&rest[..start]);
        let end = rest[start..]
            .find(close)
            .map_or(rest.len(), |length| start + length + close.len());
        out.extend(
            rest[start..end]
                .chars()
                .map(|letter| if letter == '\n' { '\n' } else { ' ' }),
        );
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |length| length + 3);
        } else if starts_tag(rest) {
            let length = tag_length(rest);
            let tag = &rest[..length];
            all.push(Piece::Tag(at, tag));
            at += length;
            let name = tag[1..]
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            if matches!(name, "script" | "style") && !tag.ends_with("/>") {
                let close = format!("</{name}");
                let end = text[at..].find(&close).unwrap_or(text.len() - at);
                all.push(Piece::Raw(at, &text[at..at + end]));
                at += end;
            }
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..]
                .match_indices('<')
                .map(|(step, _)| first + step)
                .find(|step| starts_tag(&rest[*step..]) || rest[*step..].starts_with("<!--"))
                .unwrap_or(rest.len());
            all.push(Piece::Text(at, &rest[..end]));
            at += end;
        }
    }
    all
}

fn starts_tag(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next() == Some('<')
        && letters
            .next()
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!'))
}

/// The length of the tag at the start, quotes respected.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn faults_of_tag(tag: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, value) in attributes(tag) {
        let lower = name.to_ascii_lowercase();
        if lower == "style" {
            faults.push("an inline style: write a class".to_owned());
        } else if lower.len() > 2
            && lower.starts_with("on")
            && lower.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            faults.push(format!("{name}: handlers live in modules, not in pages"));
        } else if SPOKEN.contains(&lower.as_str())
            && let Some(words) = english(value)
        {
            faults.push(format!(
                "{name}=\"{words}\" is written here: take it from the words of the page's language"
            ));
        }
    }
    faults
}

/// The attributes of a tag with their values; a bare attribute has an empty value.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let name_end = tag
        .find(|letter: char| letter.is_whitespace())
        .unwrap_or(tag.len());
    let mut rest = tag[name_end..].trim_end_matches(['>', '/']);
    loop {
        rest = rest.trim_start();
        let end = rest
            .find(|letter: char| letter.is_whitespace() || letter == '=')
            .unwrap_or(rest.len());
        if end == 0 {
            if rest.is_empty() {
                return all;
            }
            // A stray equals sign: step over it.
            rest = &rest[1..];
            continue;
        }
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            all.push((name, ""));
            continue;
        };
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        all.push((name, value));
        rest = next;
    }
}

/// The words of a text that a person would read in one language only; none when there are none.
fn english(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let entity = rest[at..].find(';').filter(|length| *length < 12);
        rest = &rest[at + entity.map_or(1, |length| length + 1)..];
    }
    plain.push_str(rest);
    let words: Vec<&str> = plain
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .filter(|word| !NAMES.contains(&word.trim_matches(|letter: char| !letter.is_alphabetic())))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        check(&[File::new(
            "crates/trellis-web/src/pages/today/view.html",
            text,
        )])
        .iter()
        .map(ToString::to_string)
        .collect()
    }

    #[test]
    fn a_clean_template_is_quiet() {
        let found = of(
            "<!doctype html>\n{# words here #}<html lang=\"{{ lang }}\"><head><title>{{ t.title }} · Trellis</title>\n<script type=\"module\" src=\"{{ asset }}\"></script></head>\n{% if a > 3 %}<p class=\"note\">{{ t.hello }}&nbsp;3 / 4</p>{% endif %}<!-- a note --><input name=\"answer\" value=\"go\" aria-label=\"{{ t.answer }}\" required></html>",
        );
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn hard_written_words_fire_with_their_line() {
        let found = of("<p>\n  Hello {{ name }}</p>\n<img alt=\"A cat\" src=\"a.png\">");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].starts_with(
                "crates/trellis-web/src/pages/today/view.html:2: templates: \"Hello\""
            ),
            "{found:?}"
        );
        assert!(
            found[1].contains(":3:") && found[1].contains("A cat"),
            "{found:?}"
        );
    }

    #[test]
    fn inline_style_script_and_handlers_fire() {
        assert_eq!(of("<p style=\"color: red\"></p>").len(), 1);
        assert_eq!(of("<script>alert(1)</script>").len(), 1);
        assert_eq!(of("<style>p { }</style>").len(), 1);
        assert_eq!(of("<button onclick=\"go()\"></button>").len(), 1);
        assert_eq!(of("<button data-on=\"go\" class='a>b'></button>").len(), 0);
    }

    #[test]
    fn files_of_other_rooms_are_not_templates() {
        assert!(check(&[File::new("docs/a.html", "<p>Hello</p>")]).is_empty());
    }
}
