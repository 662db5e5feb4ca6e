//! Single characters and what they stand for, with their lookalikes.

use super::token::{Bracket, TokenKind as T};
use crate::tree::{Constant, Relation};

/// An ordinary digit for a digit of any script that pupils type.
pub(super) fn plain_digit(c: char) -> Option<char> {
    let base = match c {
        '0'..='9' => return Some(c),
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(base), 10)
}

pub(super) fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        'ⁿ' => 'n',
        _ => return None,
    })
}

pub(super) fn subscript(c: char) -> Option<char> {
    let digit = u32::from(c).checked_sub(0x2080).filter(|d| *d < 10)?;
    char::from_digit(digit, 10)
}

pub(super) fn fraction_sign(c: char) -> Option<(i32, i32)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}

/// Signs of one character, with their lookalikes.
pub(super) fn single_sign(c: char) -> Option<T> {
    Some(match c {
        '+' | '＋' => T::Plus,
        '-' | '−' | '–' | '—' | '‐' | '‑' | '‒' | '﹣' | '－' => T::Minus,
        '±' => T::PlusMinus,
        '*' | '×' | '·' | '⋅' | '∙' | '•' | '∗' | '✕' | '＊' => T::Times,
        '/' | '÷' | '∕' | '⁄' | '／' => T::Slash,
        ':' | '∶' => T::Colon,
        '^' | 'ˆ' | '＾' => T::Caret,
        '!' => T::Bang,
        '%' | '％' | '٪' => T::Percent,
        '=' | '＝' | '≈' | '≅' | '≃' => T::Relation(Relation::Equal),
        '≠' => T::Relation(Relation::NotEqual),
        '<' | '＜' => T::Relation(Relation::Less),
        '>' | '＞' => T::Relation(Relation::Greater),
        '≤' | '⩽' | '≦' => T::Relation(Relation::LessOrEqual),
        '≥' | '⩾' | '≧' => T::Relation(Relation::GreaterOrEqual),
        '∈' => T::Member,
        ',' | ';' | '，' | '；' | '،' | '؛' => T::Comma,
        '(' | '（' => T::Open(Bracket::Round),
        ')' | '）' => T::Close(Bracket::Round),
        '[' | '［' => T::Open(Bracket::Square),
        ']' | '］' => T::Close(Bracket::Square),
        '{' | '｛' => T::Open(Bracket::Curly),
        '}' | '｝' => T::Close(Bracket::Curly),
        '⌊' => T::Open(Bracket::Floor),
        '⌋' => T::Close(Bracket::Floor),
        '⌈' => T::Open(Bracket::Ceil),
        '⌉' => T::Close(Bracket::Ceil),
        '|' | '∣' | '｜' => T::Bar,
        '√' => T::Root(2),
        '∛' => T::Root(3),
        '∜' => T::Root(4),
        '∞' => T::Constant(Constant::Infinity),
        '∪' | '∨' => T::Or,
        '∩' | '∧' => T::And,
        _ => return None,
    })
}
