//! `trellis bench`: the figures that Trellis promises, measured on this machine, each beside what the machine can do at
//! all.

mod crowd;
mod http;
mod inside;
mod limits;
mod page;
mod practice;
mod process;
mod school;
mod stages;
mod storm;
mod table;

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use limits::Limits;
use stages::Bench;
use table::{Figure, number, table};

#[derive(Debug, Args)]
pub(crate) struct BenchArguments {
    /// Where to make the folder of the measurement, which is removed at the end; the system's temporary folder without
    /// it. Give a folder on the disk that is meant to be measured.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Learners who practise.
    #[arg(long, default_value_t = 1000)]
    learners: usize,
    /// Connections that stay open, each with one request under way.
    #[arg(long, default_value_t = 96)]
    connections: usize,
    /// How often all learners begin what their day offers, and answer it.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Learners who come in by their badges, all at once.
    #[arg(long, default_value_t = 5000)]
    badges: usize,
    /// OATutor's content pool, to measure its import: a .tar.xz archive or a folder.
    #[arg(long)]
    oatutor: Option<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &BenchArguments) -> Result<ExitCode, Box<dyn Error>> {
    let counts = [
        arguments.learners,
        arguments.connections,
        arguments.rounds,
        arguments.badges,
    ];
    if counts.contains(&0) {
        return Err("--learners, --connections, --rounds and --badges must be at least 1".into());
    }
    let parent = arguments.dir.clone().unwrap_or_else(std::env::temp_dir);
    let dir = parent.join(format!("trellis-bench-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let measured = measure(arguments, &dir);
    // Removed in any case; the measurement's own failure is the one to tell.
    let removed = std::fs::remove_dir_all(&dir);
    let (limits, figures) = measured?;
    removed?;
    let mut out = io::stdout().lock();
    if arguments.json {
        let figures: Vec<_> = figures.iter().map(Figure::json).collect();
        let line = serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"),
            "learners": arguments.learners,
            "connections": arguments.connections,
            "rounds": arguments.rounds,
            "badges": arguments.badges,
            "cores": cores(),
            "limits": {
                "flushes_per_s": limits.flushes_per_s,
                "written_bytes_per_s": limits.written_bytes_per_s,
                "copied_bytes_per_s": limits.copied_bytes_per_s,
            },
            "figures": figures,
        });
        writeln!(out, "{line}")?;
    } else {
        writeln!(
            out,
            "{} learners on {} connections, {} cores. The disk takes {} flushes and {} MB a second; memory copies {} GB a second.\n",
            number_of(arguments.learners),
            arguments.connections,
            cores(),
            number(limits.flushes_per_s),
            number(limits.written_bytes_per_s / 1e6),
            number(limits.copied_bytes_per_s / 1e9),
        )?;
        write!(out, "{}", table(&figures))?;
    }
    // A figure that is missed is told in the table; the measurement itself has worked.
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::cast_precision_loss, reason = "some thousands at most")]
fn number_of(count: usize) -> String {
    number(count as f64).trim_end_matches(".00").to_owned()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn measure(
    arguments: &BenchArguments,
    dir: &Path,
) -> Result<(Limits, Vec<Figure>), Box<dyn Error>> {
    let say = |what: &str| {
        if !arguments.json {
            eprintln!("{what} ...");
        }
    };
    say("measuring the machine");
    let limits = Limits::measure(dir)?;
    let mut bench = Bench::new(dir, limits, arguments.learners, arguments.connections);
    say("starting a demonstration school from nothing");
    bench.demo()?;
    say("making a school");
    bench.provision()?;
    say("reading pages");
    bench.pages()?;
    say("letting everybody in by their badges");
    bench.storm(arguments.badges)?;
    say("practising over HTTP");
    bench.practise(arguments.rounds)?;
    say("practising inside the store");
    bench.inside(arguments.rounds)?;
    say("folding the journal again");
    bench.replay()?;
    if let Some(pool) = &arguments.oatutor {
        say("importing OATutor's content pool");
        bench.import(pool)?;
    }
    Ok((limits, bench.into_figures()))
}
