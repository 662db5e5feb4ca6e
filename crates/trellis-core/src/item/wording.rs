//! Words as people write them: what does not matter is set aside, and one slip of the pen is known from another word.

use alloc::string::String;
use alloc::vec::Vec;

use super::judgement::Graded;

/// The fewest letters of a word in which a slip is let pass.
const LONG_WORD: usize = 5;
/// Longer answers are compared as they are: nobody slips only once in so many letters.
const MOST_LETTERS: usize = 80;

/// How strictly words are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Strictness {
    /// Whether one slip of the pen in a long word is let pass.
    pub(super) close: bool,
    /// Whether capitals matter.
    pub(super) cased: bool,
}

/// Judges words against all right ones. `close` lets one slip pass, unless the slip makes one of `other`: a word that
/// a mix-up leads to is never a slip.
pub(super) fn judge(answers: &[String], how: Strictness, other: &[&String], given: &str) -> Graded {
    let Strictness { close, cased } = how;
    let words = words_of(given, cased);
    if words.is_empty() {
        return Graded::unreadable(0, "Nothing is written yet.");
    }
    if answers.iter().any(|answer| same(answer, given, cased)) {
        return Graded::right();
    }
    let slip = answers
        .iter()
        .find(|answer| close && is_slip(&words_of(answer, cased), &words));
    match slip {
        Some(answer) if !other.iter().any(|other| same(other, given, cased)) => Graded {
            spelled: Some(answer.clone()),
            ..Graded::right()
        },
        _ => Graded::wrong(0.0),
    }
}

/// Whether two texts are the same words: accents, spaces, punctuation and an article in front do not matter, and
/// capitals only where they are said to.
pub(super) fn same(one: &str, other: &str, cased: bool) -> bool {
    let (one, other) = (words_of(one, cased), words_of(other, cased));
    !one.is_empty() && one.concat() == other.concat()
}

/// The words of a text in plain letters, small ones unless capitals matter, without an article in front.
fn words_of(text: &str, cased: bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let digit = |letter: Option<&char>| letter.is_some_and(char::is_ascii_digit);
        match letter {
            // The point of "3.5" and the sign of "-3" carry meaning; other punctuation does not.
            '.' | ',' if digit(before) && digit(after) => word.push('.'),
            '-' | '\u{2212}' if digit(after) && before.is_none_or(|c| c.is_whitespace()) => {
                word.push('-');
            }
            '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{b4}' => {}
            '\u{300}'..='\u{36f}' => {}
            letter if letter.is_alphanumeric() => {
                let begin = word.len();
                plain(*letter, &mut word);
                if cased && letter.is_uppercase() {
                    let capital = word.split_off(begin).to_uppercase();
                    word.push_str(&capital);
                }
            }
            letter if is_punctuation(*letter) => close_word(&mut words, &mut word),
            letter => word.push(*letter),
        }
    }
    close_word(&mut words, &mut word);
    if words.len() > 1 && matches!(words.first().map(String::as_str), Some("a" | "an" | "the")) {
        words.remove(0);
    }
    words
}

fn close_word(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(core::mem::take(word));
    }
}

fn is_punctuation(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '(' | ')' | '[' | ']' | '{' | '}'
        )
        || matches!(
            letter,
            '-' | '_' | '/' | '\\' | '*' | '|' | '&' | '\u{ad}' | '\u{bf}' | '\u{a1}' | '\u{b7}'
        )
        || matches!(
            letter,
            '\u{ab}' | '\u{bb}' | '\u{2010}'..='\u{201f}' | '\u{2026}' | '\u{200b}'
        )
}

/// A letter without its accent, small.
fn plain(letter: char, out: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => out.push('c'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ì'..='ï' | 'ī' | 'ĭ' | 'į' | 'ı' => out.push('i'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => out.push('o'),
            'ù'..='ü' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ď' | 'đ' => out.push('d'),
            'ł' | 'ľ' => out.push('l'),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' => out.push('s'),
            'ť' | 'ţ' => out.push('t'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
}

/// Whether the words are those of the answer but for one slip in one long word.
fn is_slip(answer: &[String], given: &[String]) -> bool {
    if answer.len() != given.len() {
        return false;
    }
    let mut different = answer.iter().zip(given).filter(|(a, b)| a != b);
    match (different.next(), different.next()) {
        (Some((answer, given)), None) => {
            let answer: Vec<char> = answer.chars().collect();
            let given: Vec<char> = given.chars().collect();
            (LONG_WORD..=MOST_LETTERS).contains(&answer.len()) && one_apart(&answer, &given)
        }
        _ => false,
    }
}

/// One letter too many, one too few, one other, or two neighbours exchanged.
fn one_apart(one: &[char], other: &[char]) -> bool {
    let begin = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (
        one.get(begin..).unwrap_or(&[]),
        other.get(begin..).unwrap_or(&[]),
    );
    match (one, other) {
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([a, b, one @ ..], [c, d, other @ ..]) if a == d && b == c && one == other => true,
        ([_, one @ ..], other) if one == other => true,
        (one, [_, other @ ..]) if one == other => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec;
    use proptest::prelude::*;

    fn spelled(close: bool) -> Strictness {
        Strictness {
            close,
            cased: false,
        }
    }

    #[test]
    fn what_does_not_matter_is_set_aside() {
        for (one, other, are_same) in [
            ("mitochondrion", " Mitochondrion. ", true),
            ("food web", "the Food-Web", true),
            ("food web", "foodweb", true),
            ("Darwin's finch", "darwins finch", true),
            ("São Tomé", "sao tome", true),
            ("coeur", "cœur", true),
            ("e\u{301}tat", "état", true),
            ("a", "A", true),
            ("the", "an", false),
            ("3.5", "3,5", true),
            ("3.5", "35", false),
            ("-3", "3", false),
            ("light-dependent", "light dependent", true),
            ("H2O", "h2o", true),
            ("Aa", "AA", true),
            ("cell", "cells", false),
            ("", "", false),
            ("?!", "", false),
        ] {
            assert_eq!(same(one, other, false), are_same, "{one} | {other}");
        }
    }

    #[test]
    fn capitals_matter_where_they_are_said_to() {
        for (one, other, are_same) in [
            ("Aa", "Aa", true),
            ("Aa", "AA", false),
            ("Aa", "aa", false),
            ("Aa", " Aa. ", true),
            ("\u{c9}t\u{e9}", "Ete", true),
            ("\u{c9}t\u{e9}", "ete", false),
            ("the Nile", "Nile", true),
            ("the Nile", "nile", false),
        ] {
            assert_eq!(same(one, other, true), are_same, "{one} | {other}");
        }
    }

    #[test]
    fn one_slip_in_a_long_word_is_let_pass_and_no_more() {
        let answers = vec!["mitochondrion".to_string(), "food web".to_string()];
        let mix_up = "mitochondrian".to_string();
        for (given, close, outcome) in [
            ("mitochondrion", true, "right"),
            ("mitocondrion", true, "slip"),
            ("mitochhondrion", true, "slip"),
            ("mitochondroin", true, "slip"),
            ("mitochundrion", true, "slip"),
            ("mitochondrio", true, "slip"),
            ("mitochondrian", true, "wrong"),
            ("mitocondrio", true, "wrong"),
            ("mitocondrion", false, "wrong"),
            ("foot web", true, "wrong"),
            ("food", true, "wrong"),
            (" ", true, "unreadable"),
            ("...", true, "unreadable"),
        ] {
            let graded = judge(&answers, spelled(close), &[&mix_up], given);
            let said = match (graded.is_right(), &graded.spelled, graded.costs_attempt()) {
                (true, None, _) => "right",
                (true, Some(_), _) => "slip",
                (_, _, true) => "wrong",
                _ => "unreadable",
            };
            assert_eq!(said, outcome, "{given} {close}");
        }
    }

    proptest! {
        #[test]
        fn a_word_is_the_same_as_itself_in_any_dress(word in "[a-zé]{1,12}", close: bool) {
            let answers = vec![word.clone()];
            for dressed in [word.to_uppercase(), format!(" the  {word}!"), format!("{word}.")] {
                prop_assert!(judge(&answers, spelled(close), &[], &dressed).is_right(), "{dressed}");
            }
        }

        #[test]
        fn exchanging_two_letters_is_one_slip(word in "[a-z]{5,20}", at in 0usize..18) {
            let mut letters: Vec<char> = word.chars().collect();
            prop_assume!(at + 1 < letters.len());
            letters.swap(at, at + 1);
            let given: String = letters.into_iter().collect();
            prop_assert!(judge(&[word], spelled(true), &[], &given).is_right());
        }

        #[test]
        fn no_text_panics(answer in "\\PC{0,30}", given in "\\PC{0,30}", close: bool) {
            let graded = judge(&[answer], spelled(close), &[], &given);
            prop_assert!(graded.score == 0.0 || graded.is_right());
        }
    }
}
