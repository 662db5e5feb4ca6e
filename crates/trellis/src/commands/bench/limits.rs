//! What this machine can do at all: how often it writes through to the disk, how fast it writes and copies.

use std::fs::File;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long each limit is measured.
const A_WHILE: Duration = Duration::from_millis(700);
/// What is written through at a time, in bytes: a page of the database.
const PAGE: usize = 4096;
/// What is written or copied in one go, in bytes.
const BLOCK: usize = 1 << 20;
/// What is written to measure the rate of writing, in bytes.
const BULK: usize = 128 << 20;

/// The limits, measured in the folder of the measurement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Pages written through to the disk one after the other, in a second.
    pub(super) flushes_per_s: f64,
    /// Bytes written in one stream and then written through, in a second.
    pub(super) written_bytes_per_s: f64,
    /// Bytes copied in memory, in a second.
    pub(super) copied_bytes_per_s: f64,
}

impl Limits {
    pub(super) fn measure(dir: &Path) -> io::Result<Self> {
        let path = dir.join("limits.tmp");
        let limits = Self {
            flushes_per_s: flushes(&path)?,
            written_bytes_per_s: written(&path)?,
            copied_bytes_per_s: copied(),
        };
        std::fs::remove_file(path)?;
        Ok(limits)
    }
}

fn flushes(path: &Path) -> io::Result<f64> {
    let mut file = File::create(path)?;
    let (page, begun) = ([7; PAGE], Instant::now());
    let mut count = 0.0;
    while begun.elapsed() < A_WHILE {
        file.write_all(&page)?;
        file.sync_data()?;
        count += 1.0;
    }
    Ok(count / begun.elapsed().as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "megabytes")]
fn written(path: &Path) -> io::Result<f64> {
    let mut file = File::create(path)?;
    let (block, begun) = (vec![7; BLOCK], Instant::now());
    for _ in 0..BULK / BLOCK {
        file.write_all(&block)?;
    }
    file.sync_data()?;
    Ok(BULK as f64 / begun.elapsed().as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "gigabytes")]
fn copied() -> f64 {
    // Larger than the caches of most processors, so that memory is measured.
    let (from, mut to) = (vec![7_u8; 64 * BLOCK], vec![0_u8; 64 * BLOCK]);
    let begun = Instant::now();
    let mut bytes = 0.0;
    while begun.elapsed() < A_WHILE {
        to.copy_from_slice(black_box(&from));
        black_box(&mut to);
        bytes += from.len() as f64;
    }
    bytes / begun.elapsed().as_secs_f64()
}
