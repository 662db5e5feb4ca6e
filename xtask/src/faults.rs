//! `cargo xtask faults`: the tests that break disks, processes, clocks and networks, with their counts printed.

use std::io::{self, Write};
use std::process::{Command, ExitCode};

/// How many times more than usual a long run breaks things.
const LONG_TIMES: u32 = 1_000;
/// How often the server of a database dies at most: each takes some seconds.
const MOST_FAILOVERS: u32 = 100;
/// How many times a long run kills the process at random.
const LONG_KILLS: u32 = 10_000;

/// Runs the fault tests of the store; `--long` with large counts, `--times N` with counts N times as large as usual.
pub(crate) fn run(words: &[String], out: &mut dyn Write) -> io::Result<ExitCode> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (times, kills) = match words.as_slice() {
        [] => (1, None),
        ["--long"] => (LONG_TIMES, Some(LONG_KILLS)),
        ["--times", times] => match times.parse::<u32>() {
            Ok(times) if times > 0 => (times, Some(times.saturating_mul(200))),
            _ => return usage(out),
        },
        _ => return usage(out),
    };
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args([
            "nextest",
            "run",
            "-p",
            "trellis-store",
            "--profile",
            "faults",
        ])
        .args(["-E", "test(/^(faults|kill|failover)::/)", "--no-fail-fast"])
        .args(["--success-output", "final", "--status-level", "slow"])
        .env("TRELLIS_FAULTS", times.to_string())
        .env(
            "TRELLIS_FAILOVERS",
            times.saturating_mul(2).min(MOST_FAILOVERS).to_string(),
        );
    if let Some(kills) = kills {
        command.env("TRELLIS_KILLS", kills.to_string());
    }
    Ok(if command.status()?.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn usage(out: &mut dyn Write) -> io::Result<ExitCode> {
    writeln!(out, "cargo xtask faults [--long | --times N], N at least 1")?;
    Ok(ExitCode::from(2))
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn wrong_words_are_told_how_it_goes() {
        for words in [
            &["--short"][..],
            &["--times"],
            &["--times", "0"],
            &["--times", "x"],
        ] {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            let mut out = Vec::new();
            run(&words, &mut out).unwrap();
            assert!(String::from_utf8(out).unwrap().contains("--long"));
        }
    }
}
