//! Numbers as people type them: groups of three, either decimal mark, repeating digits, powers of ten.

use super::Lexer;
use crate::parse::token::TokenKind as T;
use crate::parse::written::{repeating_value, significant};
use crate::parse::{DecimalMark, Problem, Unreadable};
use crate::rational::parse_decimal;
use crate::tree::{Notation, Number};
use alloc::format;
use alloc::string::String;

/// How many digits at the end repeat in what is written as `0.333...`: one digit three times, or two to six digits
/// twice. Other dots, as in `3.14159...`, do not say how the digits go on.
fn going_on(part: &str) -> Option<usize> {
    (1..=6_usize).find(|length| {
        let times = if *length == 1 { 3 } else { 2 };
        let block = part
            .len()
            .checked_sub(*length)
            .and_then(|at| part.get(at..));
        block.is_some_and(|block| part.ends_with(&block.repeat(times)))
    })
}

impl Lexer<'_> {
    pub(super) fn number(&mut self) -> Result<(), Unreadable> {
        let (mark, group) = match self.options.decimal_mark {
            DecimalMark::Point => ('.', ','),
            DecimalMark::Comma => (',', '.'),
        };
        let (mut whole, mut length) = self.digits(0);
        let may_group = (1..=3).contains(&whole.len()) && (self.depth == 0 || group != ',');
        loop {
            let after = self.rest().get(length..).unwrap_or("");
            let is_group =
                after.starts_with(group) || after.starts_with(['\u{a0}', '\u{202f}', '\u{2009}']);
            let separator = after.chars().next().map_or(1, char::len_utf8);
            let (next, used) = self.digits(length + separator);
            if !may_group || !is_group || next.len() != 3 {
                break;
            }
            whole.push_str(&next);
            length += separator + used;
        }
        let mut part = String::new();
        let after = self.rest().get(length..).unwrap_or("");
        // In a comma locale a point is still read when it cannot part groups.
        let point = after.starts_with(mark)
            && (mark == '.' || self.digit_at(length + 1) || self.repeating(length + 1).is_some())
            || after.starts_with('.') && self.digit_at(length + 1);
        if point {
            let (next, used) = self.digits(length + 1);
            part = next;
            length += 1 + used;
            if let Some((repeated, used)) = self.repeating(length) {
                return self.push_repeating(&whole, &part, &repeated, length + used);
            }
            let again = self.rest().get(length..).unwrap_or("");
            let dots = ["...", "…"].into_iter().find(|d| again.starts_with(d));
            if let Some(dots) = dots {
                let kept = part.len().saturating_sub(
                    going_on(&part).ok_or_else(|| self.fail(length, Problem::BadNumber))?,
                );
                let (fixed, repeated) = part.split_at(kept);
                return self.push_repeating(&whole, fixed, repeated, length + dots.len());
            }
            if again.starts_with('.') && self.digit_at(length + 1) {
                return Err(self.fail(length + 1, Problem::BadNumber));
            }
        }
        let figures = significant(&whole, &part);
        let places = u32::try_from(part.len()).unwrap_or(u32::MAX);
        let mut notation = if point {
            Notation::Decimal { places, figures }
        } else {
            Notation::Integer
        };
        let normal = whole.len() == 1 && whole != "0";
        let mut plain = if point {
            format!("{whole}.{part}")
        } else {
            whole
        };
        if let Some((exponent, used)) = self.exponent(length) {
            plain = format!("{plain}e{exponent}");
            length += used;
            notation = Notation::Scientific { figures, normal };
        }
        let value = parse_decimal(&plain).ok_or_else(|| self.fail(length, Problem::BadNumber))?;
        self.push(T::Number(Number { value, notation }), length);
        Ok(())
    }

    /// `(3)` right after the mark's digits, as in `0.1(6)`.
    fn repeating(&self, offset: usize) -> Option<(String, usize)> {
        let rest = self.rest().get(offset..)?;
        if !rest.starts_with('(') {
            return None;
        }
        let (digits, used) = self.digits(offset + 1);
        let closed = self.rest().get(offset + 1 + used..)?.starts_with(')');
        (closed && used > 0).then_some((digits, used + 2))
    }

    fn push_repeating(
        &mut self,
        whole: &str,
        part: &str,
        repeated: &str,
        length: usize,
    ) -> Result<(), Unreadable> {
        let value = repeating_value(whole, part, repeated)
            .ok_or_else(|| self.fail(length, Problem::BadNumber))?;
        self.push(
            T::Number(Number {
                value,
                notation: Notation::Repeating,
            }),
            length,
        );
        Ok(())
    }

    /// `e3`, `E-3` right after a number.
    fn exponent(&self, offset: usize) -> Option<(String, usize)> {
        let rest = self.rest().get(offset..)?;
        let mut chars = rest.chars();
        if !matches!(chars.next()?, 'e' | 'E') {
            return None;
        }
        let sign = chars.next()?;
        let (prefix, used) = match sign {
            '+' => ("", 1),
            '-' | '−' => ("-", sign.len_utf8()),
            _ => ("", 0),
        };
        let (digits, length) = self.digits(offset + 1 + used);
        (length > 0).then(|| (format!("{prefix}{digits}"), 1 + used + length))
    }
}
