//! LaTeX of items: shown, spoken and read as mathematics, or refused.
#![no_main]

use trellis_math::parse::latex;
use trellis_math::{mathml, plain, speech};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let _ = (
        mathml::from_latex(text),
        plain::from_latex(text),
        speech::from_latex(text),
        latex(text),
    );
});
