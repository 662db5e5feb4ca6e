//! Values of TOML as a person would write them: plain quotes where they do, literal quotes where there is LaTeX, one line an entry
//! where an entry is long.

use std::fmt::Write as _;

/// So many characters of a list fit on one line.
const WIDE: usize = 100;

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_control() || c == '\t';
    let lines = text.contains('\n');
    let literal = if lines {
        // An end in a quote could not be told from the closing ones.
        text.chars().all(|c| plain(c) || c == '\n')
            && !text.contains("'''")
            && !text.ends_with('\'')
    } else {
        text.chars().all(plain) && !text.contains('\'')
    };
    match (lines, literal && text.contains(['\\', '"'])) {
        (true, true) => format!("'''\n{text}'''"),
        (true, false) => format!("\"\"\"\n{}\"\"\"", escaped(text, true)),
        (false, true) => format!("'{text}'"),
        (false, false) => format!("\"{}\"", escaped(text, false)),
    }
}

fn escaped(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' if lines => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                // Nothing that is written to a string can fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// A text, without quotes where it is a whole number or a truth value and reads the same.
pub(super) fn bare(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let number = (1..=9).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (!digits.starts_with('0') || text == "0");
    if number || text == "true" || text == "false" {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Values between brackets: on one line where they fit.
pub(super) fn list(values: impl IntoIterator<Item = String>) -> String {
    let values: Vec<String> = values.into_iter().collect();
    let wide = values
        .iter()
        .map(|value| value.chars().count() + 2)
        .sum::<usize>()
        > WIDE;
    if wide || values.iter().any(|value| value.contains('\n')) {
        let lines = values.iter().map(|value| format!("  {value},\n"));
        format!("[\n{}]", lines.collect::<String>())
    } else {
        format!("[{}]", values.join(", "))
    }
}

/// Texts between brackets.
pub(super) fn texts(texts: &[String]) -> String {
    list(texts.iter().map(|text| quoted(text)))
}

/// Two values that belong together.
pub(super) fn pair((one, other): &(String, String), value: fn(&str) -> String) -> String {
    format!("[{}, {}]", value(one), value(other))
}

/// Keys with values between braces, on one line.
pub(super) fn inline(keys: &[(&str, String)]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{{ {} }}", keys.join(", "))
}

/// A key as it may stand before "=".
pub(super) fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(bare) {
        name.to_owned()
    } else {
        format!("\"{}\"", escaped(name, false))
    }
}

/// A text within an inline table: it must stay on one line.
pub(super) fn one_line(text: &str) -> String {
    if text.contains('\n') {
        format!("\"{}\"", escaped(text, false))
    } else {
        quoted(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::keys::scalar;
    use super::*;
    use proptest::prelude::*;

    fn read(value: &str) -> String {
        let text = format!("x = {value}");
        let table = toml::de::DeTable::parse(&text).unwrap();
        let value = table.get_ref().get("x").unwrap();
        scalar(value.get_ref()).unwrap()
    }

    #[test]
    fn texts_are_written_as_people_do() {
        for (text, written) in [
            ("2..9", "\"2..9\""),
            (r"$\frac{1}{2}$", r"'$\frac{1}{2}$'"),
            (r"it's \x", r#""it's \\x""#),
            ("two\nlines", "\"\"\"\ntwo\nlines\"\"\""),
            ("a \\ b\nc", "'''\na \\ b\nc'''"),
        ] {
            assert_eq!(quoted(text), written);
        }
        for (text, written) in [
            ("12", "12"),
            ("012", "\"012\""),
            ("-3", "-3"),
            ("-0", "\"-0\""),
        ] {
            assert_eq!(bare(text), written);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_the_same(text in "[a-z'\"\\\\\n\t\r\u{0}\u{7f}é$ 0-9]{0,24}") {
            prop_assert_eq!(read(&quoted(&text)), text.clone());
            prop_assert_eq!(read(&bare(&text)), text.clone());
            prop_assert_eq!(read(&one_line(&text)), text);
        }
    }
}
