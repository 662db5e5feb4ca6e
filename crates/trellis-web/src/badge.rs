//! What stands on a badge: a text that can be typed, an address, and that address as a QR code.

use qrcode::{Color, EcLevel, QrCode};

use crate::error::PageError;

/// Digits and letters that nobody takes for each other (Crockford's base 32): no I, L, O or U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many letters a badge is found by: with 50 bits, no two of a state's badges have the same.
const HANDLE: usize = 10;
/// How many letters a badge has: those, and 26 of the secret, with 130 bits of chance.
const LENGTH: usize = 36;
/// Letters that are printed together.
const GROUP: usize = 4;
/// The light edge that a reader needs around a code, in squares (ISO/IEC 18004).
const EDGE: usize = 4;

/// The text of a badge.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BadgeText(String);

impl BadgeText {
    /// A new one, from the system's chance.
    pub(crate) fn draw() -> Result<Self, PageError> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(|error| PageError::failed(&error))?;
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
        Ok(Self(letters.iter().collect()))
    }

    /// Reads what somebody typed or an address says: in either case, with spaces and hyphens or without, and with the
    /// letters that are easily taken for digits.
    pub(crate) fn read(typed: &str) -> Option<Self> {
        let mut text = String::with_capacity(LENGTH);
        for letter in typed.chars() {
            let letter = match letter.to_ascii_uppercase() {
                ' ' | '-' => continue,
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let known = u8::try_from(letter).is_ok_and(|letter| LETTERS.contains(&letter));
            if !known || text.len() == LENGTH {
                return None;
            }
            text.push(letter);
        }
        (text.len() == LENGTH).then_some(Self(text))
    }

    /// What the badge is found by.
    pub(crate) fn handle(&self) -> &str {
        &self.0[..HANDLE]
    }

    /// The secret.
    pub(crate) fn secret(&self) -> &str {
        &self.0[HANDLE..]
    }

    /// As an address carries it.
    pub(crate) fn whole(&self) -> &str {
        &self.0
    }

    /// In groups, as it is printed and typed.
    pub(crate) fn grouped(&self) -> String {
        let letters = self.0.as_bytes().chunks(GROUP);
        let groups: Vec<_> = letters.map(String::from_utf8_lossy).collect();
        groups.join(" ")
    }
}

/// A text as a QR code, as SVG: one path of dark squares on white. `name` says what it is to those who do not see it.
pub(crate) fn qr_svg(text: &str, name: &str) -> Result<String, PageError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| PageError::failed(&error))?;
    let width = code.width();
    let squares = code.to_colors();
    let mut path = String::new();
    for (row, line) in squares.chunks(width).enumerate() {
        for (column, color) in line.iter().enumerate() {
            if *color == Color::Dark {
                path.push_str(&format!("M{} {}h1v1h-1z", column + EDGE, row + EDGE));
            }
        }
    }
    let side = width + 2 * EDGE;
    let mut out =
        format!("<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"");
    crate::markup::escape(&mut out, name);
    out.push_str(&format!("\"><path d=\"{path}\"/></svg>"));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_is_read_however_it_is_typed() {
        let badge = BadgeText::read("ABCD EFGH JKMN PQRS TVWX YZ01 2345 6789 WXYZ").unwrap();
        assert_eq!(badge.handle(), "ABCDEFGHJK");
        assert_eq!(badge.secret().len(), 26);
        for typed in [
            "abcd-efgh-jkmn-pqrs-tvwx-yzoi-2345-6789-wxyz",
            "ABCDEFGHJKMNPQRSTVWXYZOL23456789WXYZ",
            badge.grouped().as_str(),
        ] {
            assert!(BadgeText::read(typed) == Some(badge.clone()), "{typed}");
        }
        for wrong in [
            "",
            "ABCD",
            "ABCDEFGHJKMNPQRSTVWXYZ0123456789WXY",
            "ABCDEFGHJKMNPQRSTVWXYZ0123456789WXYZ0",
            "UBCDEFGHJKMNPQRSTVWXYZ0123456789WXYZ",
            "éBCDEFGHJKMNPQRSTVWXYZ0123456789WXYZ",
            "../DEFGHJKMNPQRSTVWXYZ0123456789WXYZ",
        ] {
            assert!(BadgeText::read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn two_badges_are_never_alike() {
        let (one, other) = (BadgeText::draw().unwrap(), BadgeText::draw().unwrap());
        assert_ne!(one.secret(), other.secret());
        assert!(BadgeText::read(one.whole()) == Some(one));
    }

    #[test]
    fn the_squares_that_mark_the_corners_are_there() {
        let svg = qr_svg("https://school.example/badge/ABC", "a <badge>").unwrap();
        assert!(svg.contains("a &lt;badge&gt;"), "{svg}");
        let side: usize = svg
            .split(' ')
            .nth(4)
            .unwrap()
            .trim_end_matches('"')
            .parse()
            .unwrap();
        // The 7 squares at each of three corners, of which the fourth has none.
        for (row, column) in [
            (EDGE, EDGE),
            (EDGE, side - EDGE - 7),
            (side - EDGE - 7, EDGE),
        ] {
            for step in 0..7 {
                let square = format!("M{} {row}h1", column + step);
                assert!(svg.contains(&square), "{square}");
            }
        }
        let beyond = format!("M{} ", side - EDGE);
        assert!(!svg.contains(&beyond), "the edge is light");
    }
}
