//! The markup of items.
#![no_main]

use trellis_core::item::markup;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let _ = markup::read(text);
});
