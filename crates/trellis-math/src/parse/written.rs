//! What typed answers and LaTeX have in common: answers that are words, repeating digits, significant figures.

use crate::rational::parse_decimal;
use crate::tree::{Constant, Expr, ExprKind, Span};
use crate::{BigInt, Rational};
use alloc::format;
use alloc::vec::Vec;
use num_traits::Pow;

/// Answers that are words: "no solution", "all real numbers".
pub(crate) fn whole_phrase(text: &str) -> Option<Expr> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let span = Span::new(0, text.len());
    match lower.as_str() {
        "no solution" | "no solutions" | "no real solution" | "no real solutions" | "none"
        | "∅" => Some(Expr::new(ExprKind::Set(Vec::new()), span)),
        "all real numbers" | "all reals" | "all numbers" | "ℝ" | "any real number" => {
            let end = || Expr::new(ExprKind::Constant(Constant::Infinity), span);
            let low = Expr::new(ExprKind::Neg(end().into()), span);
            let (low, high) = (low.into(), end().into());
            Some(Expr::new(
                ExprKind::Interval {
                    low,
                    high,
                    low_closed: false,
                    high_closed: false,
                },
                span,
            ))
        }
        _ => None,
    }
}

/// Whether the whole text is a date, `2024-01-02` or `1/2/2024`, which as a number would mean something else.
pub(crate) fn is_date(text: &str) -> bool {
    let digits = |part: &str| {
        let part = part.trim();
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then_some(part.len())
    };
    let is_year = |part: &str| part.trim().starts_with(['1', '2']);
    ['-', '/'].iter().any(|sign| {
        let parts: Vec<&str> = text.split(*sign).collect();
        let [a, b, c] = parts.as_slice() else {
            return false;
        };
        match (digits(a), digits(b), digits(c)) {
            (Some(4), Some(2), Some(2)) => is_year(a),
            (Some(1 | 2), Some(1 | 2), Some(4)) => is_year(c) && *sign == '/',
            _ => false,
        }
    })
}

/// The value of `whole.part(repeated)`.
pub(crate) fn repeating_value(whole: &str, part: &str, repeated: &str) -> Option<Rational> {
    if part.len() + repeated.len() > 1_000 {
        return None;
    }
    let fixed = parse_decimal(&format!("{whole}.{part}0"))?;
    let period = repeated.parse::<BigInt>().ok()?;
    let ten = BigInt::from(10);
    let nines = Pow::pow(&ten, u32::try_from(repeated.len()).ok()?) - 1;
    let shift = Pow::pow(&ten, u32::try_from(part.len()).ok()?);
    Some(fixed + Rational::new(period, nines * shift))
}

/// Significant figures of a written decimal: leading zeros do not count; trailing ones count after a mark.
pub(crate) fn significant(whole: &str, part: &str) -> u32 {
    let all = format!("{whole}{part}");
    let digits = all.trim_start_matches('0');
    let digits = if part.is_empty() {
        digits.trim_end_matches('0')
    } else {
        digits
    };
    u32::try_from(digits.len().max(1)).unwrap_or(u32::MAX)
}
