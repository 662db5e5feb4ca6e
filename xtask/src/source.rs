//! Rust text made plain for rules: comments, strings and test modules blanked, lines kept in place.

/// The text with comments and the contents of string and character literals replaced by spaces.
/// Line breaks stay, so a line number in the result is a line number in the file.
pub(crate) fn code(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => block_comment_end(bytes, at),
            b'"' => string_end(bytes, at),
            b'r' if !is_word_before(bytes, at) => match raw_string_end(bytes, at) {
                Some(end) => end,
                None => at,
            },
            b'\'' => char_end(bytes, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            at += 1;
            continue;
        }
        blank(&mut out[at..end]);
        at = end;
    }
    // Only whole literals and comments were blanked, byte by byte to ASCII spaces.
    String::from_utf8(out).unwrap_or_default()
}

/// Like [`code`], and items under `#[cfg(test)]` blanked too.
pub(crate) fn shipped_code(text: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let plain = code(text);
    let mut out = plain.clone().into_bytes();
    let mut from = 0;
    while let Some(found) = plain[from..].find(MARK) {
        let start = from + found;
        let end = item_end(plain.as_bytes(), start + MARK.len());
        blank(&mut out[start..end]);
        from = end;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// True for files that hold only tests: integration tests, benches, examples and `tests.rs` files.
pub(crate) fn is_test_file(path: &str) -> bool {
    path.split('/')
        .any(|part| matches!(part, "tests" | "benches" | "examples" | "tests.rs"))
}

/// The line, counted from 1, of a byte offset.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// Offsets where `word` stands alone: no letter, digit or underscore on its open ends.
pub(crate) fn whole_words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            let bytes = text.as_bytes();
            let clear = |inside: u8, outside: Option<&u8>| {
                !is_word(inside) || outside.is_none_or(|byte| !is_word(*byte))
            };
            let end = at + word.len();
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            clear(bytes[*at], before) && clear(bytes[end - 1], bytes.get(end))
        })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn is_word_before(bytes: &[u8], at: usize) -> bool {
    // `br"` and `cr"` start at their r as well: their first letter is not blanked, which harms nobody.
    at > 0 && is_word(bytes[at - 1]) && !matches!(bytes[at - 1], b'b' | b'c')
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |length| at + length)
}

fn block_comment_end(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut here = at;
    while here + 1 < bytes.len() {
        match &bytes[here..here + 2] {
            b"/*" => {
                depth += 1;
                here += 2;
            }
            b"*/" => {
                depth -= 1;
                here += 2;
                if depth == 0 {
                    return here;
                }
            }
            _ => here += 1,
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut here = at + 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\\' => here += 2,
            b'"' => return here + 1,
            _ => here += 1,
        }
    }
    bytes.len()
}

fn raw_string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let hashes = bytes[at + 1..]
        .iter()
        .take_while(|byte| **byte == b'#')
        .count();
    if bytes.get(at + 1 + hashes) != Some(&b'"') {
        return None;
    }
    let mut close = vec![b'"'];
    close.resize(1 + hashes, b'#');
    let body = at + 2 + hashes;
    let end = bytes[body..]
        .windows(close.len())
        .position(|window| window == close)
        .map_or(bytes.len(), |length| body + length + close.len());
    Some(end)
}

/// The end of a character literal; none for a lifetime.
fn char_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at + 1..];
    if rest.first() == Some(&b'\\') {
        // Past the escaped character, which may itself be a quote.
        let close = rest.iter().skip(2).position(|byte| *byte == b'\'')?;
        return Some(at + 1 + 2 + close + 1);
    }
    // One character of up to four bytes, then the closing quote.
    let close = rest.iter().take(5).position(|byte| *byte == b'\'')?;
    let one = std::str::from_utf8(&rest[..close]).is_ok_and(|text| text.chars().count() == 1);
    one.then_some(at + 1 + close + 1)
}

/// The end of the item that follows an attribute: its closing brace or its semicolon.
fn item_end(code: &[u8], from: usize) -> usize {
    let mut depth = 0_usize;
    for (step, byte) in code[from..].iter().enumerate() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => {
                if depth == 0 {
                    return from + step;
                }
                depth -= 1;
                if depth == 0 && *byte == b'}' {
                    return from + step + 1;
                }
            }
            b';' | b',' if depth == 0 => return from + step + 1,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blanked() {
        let text = "let a = \"std::x\"; // std::y\n/* std /* z */ */ let b = r#\"std\"#; 'q'; '\\''; fn f<'a>() {}";
        let plain = code(text);
        assert_eq!(plain.len(), text.len());
        assert!(!plain.contains("std"), "{plain}");
        assert!(!plain.contains('q'), "{plain}");
        assert!(plain.contains("fn f<'a>() {}"), "{plain}");
        assert!(plain.contains("let b ="), "{plain}");
    }

    #[test]
    fn test_items_are_not_shipped() {
        let text = "fn a() { std() }\n#[cfg(test)]\nmod tests { fn x() { HashMap } }\nfn c() { keep() }\n#[cfg(test)]\nuse std::y;\nfn d() {}";
        let shipped = shipped_code(text);
        assert!(
            !shipped.contains("HashMap") && !shipped.contains("std::y"),
            "{shipped}"
        );
        assert!(
            shipped.contains("keep()") && shipped.contains("fn d()"),
            "{shipped}"
        );
    }

    #[test]
    fn whole_words_stand_alone() {
        let found: Vec<usize> = whole_words("std::a no_std::b x.std::", "std::").collect();
        assert_eq!(found, [0, 19]);
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!((line_at("a\nb", 0), line_at("a\nb", 2)), (1, 2));
    }
}
