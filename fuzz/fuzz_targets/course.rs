//! The course format, each file of which holds the same bytes.
#![no_main]

use trellis_interop::course;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let names = ["course.toml", "items/a.toml", "mix-ups.toml"];
    let files: Vec<_> = names
        .iter()
        .map(|name| ((*name).to_owned(), bytes.to_vec()))
        .collect();
    let _ = course::read_course(&files);
});
