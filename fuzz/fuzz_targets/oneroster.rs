//! Rosters in OneRoster, each file of which holds the same bytes.
#![no_main]

use trellis_interop::oneroster;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let names = [
        "manifest.csv",
        "users.csv",
        "orgs.csv",
        "classes.csv",
        "enrollments.csv",
        "courses.csv",
    ];
    let files: Vec<_> = names
        .iter()
        .map(|name| ((*name).to_owned(), bytes.to_vec()))
        .collect();
    let _ = oneroster::read(&files);
});
