//! Files of recorded answers.
#![no_main]

use trellis_interop::responses;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = responses::read(bytes, "f.csv", &mut |_| {});
});
