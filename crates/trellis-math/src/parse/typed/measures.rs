//! Units as people write them after a number: rates, squares and cubes in words, hours before minutes, degrees.

use super::Lexer;
use crate::parse::Unreadable;
use crate::parse::token::TokenKind as T;
use crate::tree::Span;
use crate::units::Unit;

impl Lexer<'_> {
    pub(super) fn after_unit_operator(&self) -> bool {
        let mut last = self.tokens.iter().rev().map(|t| &t.kind);
        matches!(last.next(), Some(T::Slash | T::Times))
            && matches!(last.next(), Some(T::Unit(_) | T::Number(_) | T::Money(_)))
            && self
                .tokens
                .iter()
                .any(|t| matches!(t.kind, T::Unit(_) | T::Money(_)))
    }

    /// `m/s` after a space: a letter over a unit is a rate, as in "9.8 m/s^2".
    pub(super) fn rate_follows(&self, length: usize) -> bool {
        let spaced = self.text[..self.at].ends_with(' ');
        let below = self
            .rest()
            .get(length..)
            .and_then(|r| r.strip_prefix('/'))
            .unwrap_or("");
        let end = below
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(below.len());
        spaced && Unit::named(&below[..end]).is_some()
    }

    /// `2 h 15 min`: a letter before another number with a unit of the same kind.
    pub(super) fn smaller_follows(&self, word: &str) -> bool {
        let after = self.rest().get(word.len()..).unwrap_or("").trim_start();
        let name = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if name.len() == after.len() {
            return false;
        }
        let name = name.trim_start();
        let end = name
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(name.len());
        match (Unit::named(word), Unit::named(&name[..end])) {
            (Some(unit), Some(smaller)) => unit.converts_to(&smaller),
            _ => false,
        }
    }

    /// `5 square cm`, `12 sq. ft`, `5 cubic meters`, `5 cm squared`; whether the words were taken.
    pub(super) fn spoken_power(&mut self, word: &str) -> Option<()> {
        let exponent = match word {
            "square" | "sq" | "squared" => 2,
            "cubic" | "cu" | "cubed" => 3,
            _ => return None,
        };
        if word.ends_with("ed") {
            let Some(T::Unit(unit)) = self.tokens.last().map(|t| &t.kind) else {
                return None;
            };
            let raised = unit.power(exponent)?;
            let at = self.at;
            self.at += word.len();
            let last = self.tokens.last_mut()?;
            last.kind = T::Unit(raised);
            last.span = last.span.to(Span::new(at, at + word.len()));
            return Some(());
        }
        let rest = self.rest().get(word.len()..)?;
        let name = rest.strip_prefix('.').unwrap_or(rest).trim_start();
        let before = self.rest().len() - name.len();
        let end = name
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(name.len());
        let unit = Unit::named(&name[..end])?.power(exponent)?;
        self.after_value()
            .then(|| self.push(T::Unit(unit), before + end))
    }

    pub(super) fn degree(&mut self, c: char) -> Result<(), Unreadable> {
        let after = self.rest().get(c.len_utf8()..).unwrap_or("").chars().next();
        match after {
            Some(scale @ ('C' | 'F')) => {
                self.push(T::Unit(Unit::temperature(scale == 'F')), c.len_utf8() + 1);
            }
            _ => self.push(T::Unit(Unit::degree()), c.len_utf8()),
        }
        Ok(())
    }
}
