//! Faults, each a test by its name: after every one of them what was acknowledged is there once, nothing is there twice, the
//! journal folds to the same bits, and SQLite's check of the file is clean.
//!
//! Counts are small here; `cargo xtask faults --long` asks for large ones with the variable `TRELLIS_FAULTS`.

mod crowd;
mod disk;
mod failing;
pub(crate) mod load;
mod migration;
mod power;
mod rot;
mod second;
mod time;
mod trace;
mod upgrade;

/// How many times more than usual: 1, or as `TRELLIS_FAULTS` says.
pub(crate) fn scale(usual: u32, longest: u32) -> u32 {
    let factor = std::env::var("TRELLIS_FAULTS").map_or(1, |factor| {
        factor.parse().expect("TRELLIS_FAULTS is a number")
    });
    usual.saturating_mul(factor).min(usual.max(longest))
}

/// SplitMix64: the same seed gives the same faults.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        crate::kill::next(&mut self.0)
    }
}
