//! Typed answers: read, shown in every way and compared, or refused with a place in the text.
#![no_main]

use trellis_math::equivalence::{Comparison, compare};
use trellis_math::parse::{DecimalMark, ReadOptions, typed};
use trellis_math::{mathml, plain, speech};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for decimal_mark in [DecimalMark::Point, DecimalMark::Comma] {
        let options = ReadOptions {
            decimal_mark,
            ..ReadOptions::default()
        };
        if let Ok(read) = typed(text, &options) {
            let _ = (
                plain::from_expr(&read),
                speech::from_expr(&read),
                mathml::from_expr(&read),
            );
            let _ = compare(&read, &read, &Comparison::EqualValue);
        }
    }
});
