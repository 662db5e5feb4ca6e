//! Texts of the pool as the markup of items: `$$LaTeX$$`, `\n`, bits of HTML, figures and variables.

use std::collections::BTreeMap;

/// Values of the variables of a problem, by name.
pub(super) type Values = BTreeMap<String, String>;

/// A text as markup, with what was noticed on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) markup: String,
    /// Names of figures that stood in it.
    pub(super) figures: Vec<String>,
    /// LaTeX that cannot be drawn; it stays in the markup as written.
    pub(super) undrawn: Vec<String>,
    /// Variables without a value.
    pub(super) unknown: Vec<String>,
    /// The last formula is not closed, and was taken as words.
    pub(super) open: bool,
}

/// The values of the first of the parallel lists of a `variabilization`, and how many there are.
pub(super) fn first_values(lists: &serde_json::Value, into: &mut Values) -> usize {
    let mut most = 1;
    for (name, values) in lists.as_object().into_iter().flatten() {
        let Some(values) = values.as_array() else {
            continue;
        };
        most = most.max(values.len());
        let first = match values.first() {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => continue,
        };
        into.insert(name.clone(), first);
    }
    most
}

/// Puts values in the place of `@{name}`; gives back the names that have none.
pub(super) fn substitute(text: &str, values: &Values) -> (String, Vec<String>) {
    let mut out = String::with_capacity(text.len());
    let mut unknown = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push_str("@{");
            rest = after;
            continue;
        };
        match values.get(name.trim()) {
            Some(value) => out.push_str(value),
            None => unknown.push(name.to_string()),
        }
        rest = behind;
    }
    out.push_str(rest);
    (out, unknown)
}

/// Turns a text of the pool into markup.
pub(super) fn marked(text: &str, values: &Values) -> Marked {
    let mut out = Marked::default();
    let (text, unknown) = substitute(text, values);
    out.unknown = unknown;
    let text = take_figures(&text, &mut out.figures);
    let pieces: Vec<&str> = text.split("$$").collect();
    // An odd number of marks leaves the last one open.
    out.open = pieces.len().is_multiple_of(2);
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter().enumerate() {
        if index % 2 == 1 && !(out.open && index == last) {
            math(piece, &mut out);
        } else {
            words(piece, &mut out.markup);
        }
    }
    out.markup = tidy(&out.markup);
    out
}

fn math(piece: &str, out: &mut Marked) {
    let latex = piece.replace("**", "^").replace('\n', " ");
    let latex = latex.trim();
    if latex.is_empty() {
        return;
    }
    let latex = escape_dollars(latex);
    if trellis_math::mathml::from_latex(&latex).is_err() {
        out.undrawn.push(latex.clone());
    }
    out.markup.push('$');
    out.markup.push_str(&latex);
    out.markup.push('$');
}

fn escape_dollars(latex: &str) -> String {
    let mut out = String::with_capacity(latex.len());
    let mut escaped = false;
    for c in latex.chars() {
        if c == '$' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    // A backslash at the end would swallow the closing sign.
    if escaped {
        out.push(' ');
    }
    out
}

/// Words: what means something in the markup is escaped, what means something in HTML is translated.
fn words(piece: &str, out: &mut String) {
    let piece = piece.replace("\\n", "\n").replace("\\=", "=");
    let mut rest = piece.as_str();
    while let Some(c) = rest.chars().next() {
        // Most letters begin no sign; looking at each of them in the table would cost most of an import.
        let (taken, put) = match c {
            '*' | '\n' | '<' | '&' => sign(rest),
            _ => (0, ""),
        };
        if taken > 0 {
            out.push_str(put);
            rest = rest.get(taken..).unwrap_or("");
            continue;
        }
        if matches!(c, '$' | '*' | '\\') {
            out.push('\\');
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
}

/// A sign of several letters at the start of a text: its length and what stands for it.
fn sign(text: &str) -> (usize, &'static str) {
    const SIGNS: [(&str, &str); 30] = [
        ("**", "^"),
        ("\n", "\n\n"),
        ("<br>", "\n\n"),
        ("<br/>", "\n\n"),
        ("<br />", "\n\n"),
        ("<p>", "\n\n"),
        ("</p>", "\n\n"),
        ("<li>", "\n- "),
        ("</li>", "\n"),
        ("<ul>", "\n\n"),
        ("</ul>", "\n\n"),
        ("<ol>", "\n\n"),
        ("</ol>", "\n\n"),
        ("<div>", "\n\n"),
        ("</div>", "\n\n"),
        ("<b>", ""),
        ("</b>", ""),
        ("<strong>", ""),
        ("</strong>", ""),
        ("<i>", ""),
        ("</i>", ""),
        ("<em>", ""),
        ("</em>", ""),
        ("<span>", ""),
        ("</span>", ""),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let found = SIGNS.iter().find(|(mark, _)| {
        text.get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    });
    found.map_or((0, ""), |(mark, put)| (mark.len(), put))
}

/// Takes `##figure.gif##` and `##figure.gif` out of a text.
fn take_figures(text: &str, figures: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("##") {
        out.push_str(before);
        let end = after
            .find(|c: char| c.is_whitespace() || c == '#')
            .unwrap_or(after.len());
        let (name, behind) = after.split_at(end);
        if name.contains('.') {
            figures.push(name.to_string());
            rest = behind.trim_start_matches('#');
        } else {
            out.push_str("##");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Whether a text sends its reader to a figure, in words.
pub(super) fn speaks_of_figure(text: &str) -> bool {
    const NOUNS: [&str; 4] = ["image", "figure", "diagram", "picture"];
    const BEFORE: [&str; 5] = ["see ", "see the ", "in the ", "from the ", "use the "];
    const BEHIND: [&str; 3] = [" below", " above", " shown"];
    let lower = text.to_lowercase();
    let is_named = |noun: &str| {
        BEFORE
            .iter()
            .any(|word| lower.contains(&format!("{word}{noun}")))
            || BEHIND
                .iter()
                .any(|word| lower.contains(&format!("{noun}{word}")))
    };
    NOUNS.into_iter().any(is_named)
        || lower.contains("graph below")
        || lower.contains("graph above")
        || lower.contains("graph shown")
}

/// No spaces at the ends of lines, at most one empty line in a row.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            if !empty {
                out.push('\n');
            }
            empty = true;
        } else {
            out.push_str(line);
            out.push('\n');
            empty = false;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup(text: &str) -> String {
        marked(text, &Values::new()).markup
    }

    #[test]
    fn texts_become_markup() {
        for (text, expected) in [
            (
                "Add $$\\frac{1}{2}$$ and $$3$$.",
                "Add $\\frac{1}{2}$ and $3$.",
            ),
            ("It costs $5.", "It costs \\$5."),
            ("First\\nSecond", "First\n\nSecond"),
            ("x**2 and a*b", "x^2 and a\\*b"),
            ("one<br>two &lt; three", "one\n\ntwo < three"),
            ("$$x$$$$y$$", "$x$$y$"),
            ("$$\\$5$$", "$\\$5$"),
            ("sum i\\=1", "sum i=1"),
        ] {
            assert_eq!(markup(text), expected, "{text}");
            assert!(trellis_core::item::markup::read(expected).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_shown_is_noticed() {
        let seen = marked("Look: ##fig1.gif## and ##fig2.gif", &Values::new());
        assert_eq!(seen.markup, "Look:  and");
        assert_eq!(seen.figures, ["fig1.gif", "fig2.gif"]);
        let seen = marked("open $$x", &Values::new());
        assert!(seen.open);
        assert_eq!(seen.markup, "open x");
        let mut values = Values::new();
        values.insert("n".into(), "7".into());
        let seen = marked("$$@{n}+@{m}$$", &values);
        assert_eq!(seen.unknown, ["m"]);
        assert_eq!(marked("$$\\frac{1$$", &values).undrawn.len(), 1);
    }

    #[test]
    fn a_figure_may_be_spoken_of() {
        for (text, speaks) in [
            ("What is Blank 2? See image.", true),
            ("Use the graph below.", true),
            ("At the location in the diagram.", true),
            ("In the figure 8 we see a loop.", true),
            ("Graph the line.", false),
            ("Imagine a square.", false),
        ] {
            assert_eq!(speaks_of_figure(text), speaks, "{text}");
        }
    }

    #[test]
    fn no_text_breaks_the_markup() {
        let bits = ["$$", "$", "\\", "**", "*", "##a.gif", "@{", "\\n", "a", " "];
        let mut seed = 1_u64;
        for _ in 0..5_000 {
            let mut text = String::new();
            for _ in 0..8 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(bits[usize::try_from(seed >> 40).unwrap() % bits.len()]);
            }
            let seen = marked(&text, &Values::new());
            let read = trellis_core::item::markup::read(&seen.markup);
            assert!(read.is_ok(), "{text:?} gave {:?}: {read:?}", seen.markup);
        }
    }
}
