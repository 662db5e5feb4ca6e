//! pyBKT's parameter files.
#![no_main]

use trellis_interop::pybkt;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = pybkt::read(bytes, "f.csv");
});
