//! Feeds damaged files to every importer for some minutes: `cargo run --release -p trellis-interop --example fuzz_importers -- 10`.
//!
//! A second number is the seed. A crash prints where; the same seed finds it again. `write FOLDER` writes the files that damage
//! begins with instead, for the targets in `fuzz/`.

#[path = "../tests/it/exchange/mutate.rs"]
mod mutate;
#[path = "../tests/it/exchange/samples.rs"]
mod samples;

use std::time::{Duration, Instant};

#[allow(clippy::print_stdout, reason = "a command for people")]
fn main() {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "write").is_some() {
        let folder = arguments.next().unwrap_or_else(|| "fuzz/corpus".to_owned());
        let count = write(std::path::Path::new(&folder)).expect("the folder can be written");
        println!("{count} files in {folder}");
        return;
    }
    let minutes: f64 = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1.0);
    let seed: u64 = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let end = Instant::now() + Duration::from_secs_f64(60.0 * minutes.clamp(0.0, 100_000.0));
    let count = mutate::run(seed, &mut |_| Instant::now() < end);
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = memory
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM: unknown");
    println!("{count} damaged files in {minutes} minutes, seed {seed}: no crash; {peak}");
}

/// Writes the files that damage begins with, a folder for each reader.
fn write(folder: &std::path::Path) -> std::io::Result<usize> {
    let corpus = mutate::corpus();
    for (place, (target, bytes)) in corpus.iter().enumerate() {
        let folder = folder.join(format!("{target:?}").to_lowercase());
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("sample-{place}")), bytes)?;
    }
    Ok(corpus.len())
}
