//! Operators over texts.

use super::super::value::{Atom, Value};

/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 1_000;

fn text(value: &Value) -> Option<String> {
    value.single().map(Atom::text)
}

fn folded(text: String, case_sensitive: bool) -> String {
    if case_sensitive {
        text
    } else {
        text.to_lowercase()
    }
}

/// Whether the first text is in the second.
pub(super) fn substring(part: &Value, whole: &Value, case_sensitive: bool) -> Value {
    match (text(part), text(whole)) {
        (Some(part), Some(whole)) => {
            Value::truth(folded(whole, case_sensitive).contains(&folded(part, case_sensitive)))
        }
        _ => Value::Null,
    }
}

/// Whether two texts are the same, or the second is in the first.
pub(super) fn string_match(
    one: &Value,
    other: &Value,
    case_sensitive: bool,
    substring: bool,
) -> Value {
    match (text(one), text(other)) {
        (Some(one), Some(other)) => {
            let (one, other) = (folded(one, case_sensitive), folded(other, case_sensitive));
            Value::truth(if substring {
                one.contains(&other)
            } else {
                one == other
            })
        }
        _ => Value::Null,
    }
}

/// Whether a whole text fits a pattern of XML Schema.
///
/// # Errors
/// What of the pattern cannot be read.
pub(super) fn pattern_match(value: &Value, pattern: &str) -> Result<Value, String> {
    let Some(text) = text(value) else {
        return Ok(Value::Null);
    };
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("a pattern may have {LONGEST_PATTERN} letters"));
    }
    let anchored = format!("^(?:{})$", translated(pattern));
    let compiled = regex_lite::RegexBuilder::new(&anchored)
        .size_limit(1 << 20)
        .nest_limit(50)
        .build()
        .map_err(|fault| format!("the pattern \"{pattern}\" cannot be read: {fault}"))?;
    Ok(Value::truth(compiled.is_match(&text)))
}

/// XML Schema's shorthands that regular expressions elsewhere do not have; `^` and `$` are letters there.
fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut letters = pattern.chars().peekable();
    let mut class = 0_usize;
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('i') => out.push_str(if class > 0 { "A-Za-z_:" } else { "[A-Za-z_:]" }),
                Some('c') => out.push_str(if class > 0 {
                    "-A-Za-z0-9_:."
                } else {
                    "[-A-Za-z0-9_:.]"
                }),
                Some('p') => out.push_str(category(&mut letters, class > 0)),
                Some(other) => {
                    out.push('\\');
                    out.push(other);
                }
                None => out.push('\\'),
            },
            '[' => {
                class += 1;
                out.push(c);
                if letters.peek() == Some(&'^') {
                    letters.next();
                    out.push('^');
                }
            }
            ']' => {
                class = class.saturating_sub(1);
                out.push(c);
            }
            // Authors who know other dialects anchor; a pattern is always whole here.
            '^' if class == 0 && out.is_empty() => {}
            '$' if class == 0 && letters.peek().is_none() => {}
            '^' | '$' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out
}

/// The letters of a Unicode category, as far as ASCII and Latin go.
fn category(
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    in_class: bool,
) -> &'static str {
    let name: String = letters
        .by_ref()
        .take_while(|c| *c != '}')
        .filter(|c| *c != '{')
        .collect();
    match (name.as_str(), in_class) {
        ("L", true) => "A-Za-zÀ-ÖØ-öø-ÿ",
        ("L", false) => "[A-Za-zÀ-ÖØ-öø-ÿ]",
        ("Lu", true) => "A-ZÀ-ÖØ-Þ",
        ("Lu", false) => "[A-ZÀ-ÖØ-Þ]",
        ("Ll", true) => "a-zß-öø-ÿ",
        ("Ll", false) => "[a-zß-öø-ÿ]",
        ("N" | "Nd", true) => "0-9",
        ("N" | "Nd", false) => "[0-9]",
        // What cannot be said makes the pattern unreadable, which is told.
        _ => "\\p",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::Single(Atom::String(text.into()))
    }

    #[test]
    fn patterns_fit_whole_texts() {
        for (pattern, text, fits) in [
            (r"\d{3}", "123", true),
            (r"\d{3}", "1234", false),
            (r"(?:a|b)*", "abba", true),
            (r"[A-Z]\c*", "X-1", true),
            (r"^abc$", "abc", true),
            (r"a|bc", "c", false),
            (r"\p{L}+", "Zoë", true),
            (r"[^\d]+", "ab", true),
            (r"US\$5", "US$5", true),
        ] {
            assert_eq!(
                pattern_match(&value(text), pattern),
                Ok(Value::truth(fits)),
                "{pattern}"
            );
        }
        assert!(pattern_match(&value("a"), "(").is_err());
        assert!(pattern_match(&value("a"), r"\p{Greek}").is_err());
        assert!(pattern_match(&value("a"), "((((a{999}){999}){999}){999})").is_err());
        assert_eq!(pattern_match(&Value::Null, "a"), Ok(Value::Null));
    }

    #[test]
    fn texts_are_compared_with_or_without_case() {
        assert_eq!(
            substring(&value("Hog"), &value("shogun"), false),
            Value::truth(true)
        );
        assert_eq!(
            substring(&value("Hog"), &value("shogun"), true),
            Value::truth(false)
        );
        assert_eq!(
            string_match(&value("York"), &value("york"), false, false),
            Value::truth(true)
        );
        assert_eq!(
            string_match(&value("New York"), &value("York"), true, true),
            Value::truth(true)
        );
        assert_eq!(
            string_match(&Value::Null, &value("York"), true, true),
            Value::Null
        );
    }
}
