//! A short run over damaged files; `cargo run -p trellis-interop --example fuzz_importers -- 10` runs for ten minutes.

use super::{mutate, samples};

#[test]
fn damaged_files_are_never_more_than_findings() {
    for (target, bytes) in mutate::corpus() {
        mutate::feed(target, &bytes);
    }
    // A stranger's attribute with a capital in front was once written as `-daptive`, which is no name.
    for strange in ["Adaptive=\"false\"", "xml:lang=\"en\" Ab=\"c\""] {
        let item = samples::QTI_CHOICE.replace("adaptive=\"false\"", strange);
        assert_ne!(item, samples::QTI_CHOICE);
        for text in [item.replace("v3p0", "v2p1"), item] {
            mutate::feed(mutate::Target::Qti, text.as_bytes());
        }
    }
    // Braces around a number once made a variable of it, which was written without them.
    let sum = samples::QTI_TEMPLATE.replace("min=\"2\"", "min=\"{2\"");
    assert_ne!(sum, samples::QTI_TEMPLATE);
    mutate::feed(mutate::Target::Qti, sum.as_bytes());
    let count = mutate::run(20_261_122, &mut |count| count < 1_500);
    assert_eq!(count, 1_500);
}
