//! A short run over damaged files; `cargo run -p trellis-interop --example fuzz_importers -- 10` runs for ten minutes.

use super::mutate;

#[test]
fn damaged_files_are_never_more_than_findings() {
    for (target, bytes) in mutate::corpus() {
        mutate::feed(target, &bytes);
    }
    let count = mutate::run(20_261_122, &mut |count| count < 1_500);
    assert_eq!(count, 1_500);
}
