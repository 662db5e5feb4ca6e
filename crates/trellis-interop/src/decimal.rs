//! Numbers as people and programs write them: decimals where they end, fractions elsewhere.

use trellis_core::item::Number;

/// A number as a decimal where it ends, else as a fraction.
#[must_use]
pub fn number_text(number: &Number) -> String {
    number.decimal().unwrap_or_else(|| number.to_string())
}

/// A number as people and programs write it: `12`, `-3.5`, `1e-3`, `2/3`.
#[must_use]
pub fn read_number(text: &str) -> Option<Number> {
    let text = text.trim().replace('\u{2212}', "-");
    let text = text.strip_prefix('+').unwrap_or(&text);
    if let Some(number) = Number::read(text) {
        return Some(number);
    }
    let (digits, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i64 = exponent.trim_start_matches('+').parse().ok()?;
    if exponent.abs() > 100 {
        return None;
    }
    let scale = Number::whole(10).power(&Number::whole(exponent))?;
    Some(&Number::read(digits)? * &scale)
}
