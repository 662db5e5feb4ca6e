//! `trellis simulate`: what rules do to learners whose knowledge is known; here, mastery rules.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use indicatif::ProgressBar;
use serde_json::{Value, json};
use trellis_stats::adaptive::Sprt;
use trellis_stats::tracing::bkt::Parameters;
use trellis_stats::tracing::mastery::{
    BktThreshold, BoundedMastery, Bounds, InARow, KhanLevels, LktAoa, LowerBoundMastery, MOfN,
    MasteryFigures, MasteryRule, Population, TorusNaive, simulate_mastery,
};

use super::evaluate_input::bar;
use super::simulate_cards::CardsArguments;
use super::simulate_rigor::RigorArguments;

#[derive(Debug, Args)]
pub(crate) struct SimulateArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Mastery rules of Trellis and of others on the same simulated learners.
    Mastery(MasteryArguments),
    /// The cards of a teacher's morning against what simulated learners truly need.
    Cards(CardsArguments),
    /// What wishes of students change over a term.
    Rigor(RigorArguments),
}

#[derive(Debug, Args)]
struct MasteryArguments {
    /// Learners a cell.
    #[arg(long, default_value_t = 40_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    learners: u32,
    /// Items after which a learner is let go.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Where chance comes from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print the chapter of the documentation.
    #[arg(long)]
    markdown: bool,
}

/// Kinds of items by their guess rate.
const KINDS: [(&str, f64); 3] = [
    ("open answer", 0.02),
    ("four options", 0.25),
    ("true or false", 0.5),
];
/// Items within which a pure guesser should not pass.
const GUESSER_LIMIT: u32 = 20;

/// Ways to learn, with their names.
fn populations(guess: f64) -> [(&'static str, Population); 6] {
    let forgetting = Population::Forgetting {
        prior: 0.3,
        learn: 0.12,
        forget: 0.02,
        slip: 0.08,
        guess,
    };
    [
        ("all at once", Population::table(guess)),
        ("forgetting", forgetting),
        ("attention drifts", Population::Drifting { guess }),
        (
            "gradual, 0.15 an item",
            Population::Additive { gain: 0.15, guess },
        ),
        (
            "gradual, 0.05 an item",
            Population::Additive { gain: 0.05, guess },
        ),
        ("only guessing", Population::Guessing { guess }),
    ]
}

/// One rule in all cells: populations by kinds.
struct Line {
    rule: &'static str,
    cells: Vec<[MasteryFigures; 3]>,
}

struct Run {
    learners: u32,
    limit: u32,
    seed: u64,
    bar: ProgressBar,
    lines: Vec<Line>,
}

impl Run {
    fn rule<R: MasteryRule>(&mut self, name: &'static str, rule: &R) {
        let count = populations(0.0).len();
        let cell = |population: usize, guess: f64| {
            let (_, population) = populations(guess)[population];
            let limit = match population {
                Population::Guessing { .. } => GUESSER_LIMIT,
                _ => self.limit,
            };
            simulate_mastery(rule, &population, self.seed, self.learners, limit)
        };
        let cells = (0..count)
            .map(|population| KINDS.map(|(_, guess)| cell(population, guess)))
            .collect();
        self.lines.push(Line { rule: name, cells });
        self.bar.inc(1);
    }

    fn all(&mut self) {
        let ours = Bounds::swift();
        let swift = BoundedMastery {
            bounds: ours,
            ..BoundedMastery::default()
        };
        let calibrated = BktThreshold {
            parameters: Parameters::default(),
            guess: None,
            slip: None,
            threshold: 0.95,
        };
        let ratio = Sprt {
            false_mastery: 0.01,
            missed_mastery: 0.05,
            most_questions: self.limit,
            master: None,
            non_master: None,
        };
        let kolibri = MOfN {
            needed: 5,
            window: 7,
        };
        self.rule("Trellis, as it runs", &LowerBoundMastery::running());
        self.rule("Trellis, careful", &LowerBoundMastery::careful());
        self.rule("Trellis, prompt", &LowerBoundMastery::prompt());
        self.rule("Trellis, bound alone", &BoundedMastery::default());
        self.rule("Trellis, bound alone, swift", &swift);
        self.rule("ratio test, 1 % and 5 %", &ratio);
        self.rule("ASSISTments, three in a row", &InARow(3));
        self.rule("Kolibri, five of seven", &kolibri);
        self.rule("Kolibri, ten in a row", &InARow(10));
        self.rule("OATutor as shipped", &BktThreshold::oatutor());
        self.rule("Torus, naive", &TorusNaive);
        self.rule("Torus, LKT-AOA", &LktAoa::default());
        self.rule("Khan, four questions", &KhanLevels { exercise: 4 });
        self.rule("Khan, seven questions", &KhanLevels { exercise: 7 });
        self.rule("BKT 0.95, rates known", &calibrated);
    }
}

/// How many rules [`Run::all`] runs.
const RULES: u64 = 15;

pub(crate) fn run(arguments: &SimulateArguments) -> Result<ExitCode, Box<dyn Error>> {
    match &arguments.what {
        What::Mastery(arguments) => mastery(arguments),
        What::Cards(arguments) => super::simulate_cards::run(arguments),
        What::Rigor(arguments) => super::simulate_rigor::run(arguments),
    }
}

fn mastery(arguments: &MasteryArguments) -> Result<ExitCode, Box<dyn Error>> {
    let MasteryArguments {
        learners,
        limit,
        seed,
        json,
        markdown,
    } = *arguments;
    let mut run = Run {
        learners,
        limit,
        seed,
        bar: bar(RULES, "simulating"),
        lines: Vec::new(),
    };
    run.all();
    run.bar.finish_and_clear();
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&to_json(&run))?)?;
    } else {
        table(&mut out, &run, markdown)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn cell(name: &str, figures: &MasteryFigures) -> String {
    let MasteryFigures {
        declared,
        false_mastery,
        missed,
        items_per_learner,
        fresh_right,
    } = figures;
    let percent = |share: f64| 100.0 * share;
    if name == "only guessing" {
        return format!("{:.1} % pass", percent(*declared));
    }
    let near = if name.starts_with("gradual") {
        format!(" ({fresh_right:.2})")
    } else {
        String::new()
    };
    format!(
        "{items_per_learner:.1} / {:.1} %{near} / {:.1} %",
        percent(*false_mastery),
        percent(*missed)
    )
}

fn table(out: &mut impl Write, run: &Run, markdown: bool) -> io::Result<()> {
    let heads = KINDS.map(|(kind, _)| kind);
    if markdown {
        writeln!(
            out,
            "# Mastery rules side by side\n\n\
             This table says what mastery rules do to simulated learners of whom it is known when they know. It is \
             written by\n`trellis simulate mastery --learners {} --limit {} --seed {} --markdown`.",
            run.learners, run.limit, run.seed
        )?;
    }
    writeln!(
        out,
        "\nEach cell: items a learner / false mastery / missed mastery. False: of those called masters, the share that \
         did not\nknow it then. Missed: the share that knew it after {} items and was not called. Where knowing is \
         gradual, a master is\nsomebody who answers a fresh average open item right eight times in ten; the number in \
         brackets is that chance, on\naverage, of those called. Only guessing: the share called within \
         {GUESSER_LIMIT} items.",
        run.limit
    )?;
    for (place, (population, _)) in populations(0.0).iter().enumerate() {
        if markdown {
            writeln!(
                out,
                "\n## Learners: {population}\n\n| rule | {} |\n| --- | --- | --- | --- |",
                heads.join(" | ")
            )?;
        } else {
            writeln!(out, "\n{population}")?;
            writeln!(
                out,
                "  {:<28} {:>28} {:>28} {:>28}",
                "rule", heads[0], heads[1], heads[2]
            )?;
        }
        for line in &run.lines {
            let [open, four, two] = line.cells[place].map(|figures| cell(population, &figures));
            if markdown {
                writeln!(out, "| {} | {open} | {four} | {two} |", line.rule)?;
            } else {
                writeln!(out, "  {:<28} {open:>28} {four:>28} {two:>28}", line.rule)?;
            }
        }
    }
    writeln!(out, "{CONTRADICTIONS}")
}

/// What the table cannot show: that some wishes exclude each other.
const CONTRADICTIONS: &str = "
Two wishes contradict others, whatever the rule:

- On true-or-false items alone, keeping pure guessers under 1 % within 20 items needs at least 16.2 items a learner where
  knowing comes all at once (an exact dynamic programme over all strings of 20 answers); 13.5 items and that bound cannot
  both be had.
- Four right answers in a row look alike whether knowing came all at once or grows little by little. A rule that spends
  8 open items a learner on the former calls the majority of the latter too early; Trellis, careful, spends more and is
  wrong less often. Trellis, prompt, keeps to the 8 items.";

fn to_json(run: &Run) -> Value {
    let mut cells = Vec::new();
    for line in &run.lines {
        for ((population, _), by_kind) in populations(0.0).iter().zip(&line.cells) {
            for ((kind, guess), figures) in KINDS.iter().zip(by_kind) {
                cells.push(json!({
                    "rule": line.rule,
                    "population": population,
                    "kind": kind,
                    "guess": guess,
                    "items_per_learner": figures.items_per_learner,
                    "false_mastery": figures.false_mastery,
                    "missed_mastery": figures.missed,
                    "declared": figures.declared,
                    "fresh_right_at_call": figures.fresh_right,
                }));
            }
        }
    }
    json!({
        "learners": run.learners,
        "limit": run.limit,
        "guesser_limit": GUESSER_LIMIT,
        "seed": run.seed,
        "cells": cells,
    })
}
