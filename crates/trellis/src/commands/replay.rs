//! `trellis replay --verify`: fold the whole journal again and compare, bit for bit.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use trellis_store::Mismatch;

#[derive(Debug, Args)]
pub(crate) struct ReplayArguments {
    /// The folder that holds the database.
    #[arg(long)]
    dir: PathBuf,
    /// Compare with what is stored. The only thing that a replay does today; asked for by name, so that it stays clear
    /// that nothing is written.
    #[arg(long, required = true)]
    verify: bool,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &ReplayArguments) -> Result<ExitCode, Box<dyn Error>> {
    let store = super::opened::open(&arguments.dir, false)?;
    let begun = Instant::now();
    let verified = store.verify(|_| {})?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    let words: Vec<String> = verified.mismatches.iter().map(words).collect();
    if arguments.json {
        let line = serde_json::json!({
            "events": verified.events,
            "erased": verified.erased,
            "learners": verified.learners,
            "advice": verified.advice,
            "advice_from_other_content": verified.advice_skipped,
            "estimates_of_an_older_program": verified.estimates_skipped,
            "mismatches": words,
            "seconds": seconds,
        });
        writeln!(out, "{line}")?;
    } else {
        writeln!(
            out,
            "{} events folded again for {} learners in {seconds:.2} s; {} pieces of advice given again, {} from other content or by another model.",
            verified.events, verified.learners, verified.advice, verified.advice_skipped
        )?;
        if verified.estimates_skipped > 0 {
            writeln!(
                out,
                "{} estimates are of a program from before items had a difficulty; they cannot be said again.",
                verified.estimates_skipped
            )?;
        }
        for line in &words {
            writeln!(out, "{line}")?;
        }
        let verdict = if words.is_empty() {
            "All equal, bit for bit, and the chain is whole."
        } else {
            "Not equal. Restore a backup, and keep this folder for whoever looks into it."
        };
        writeln!(out, "{verdict}")?;
    }
    Ok(if words.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

pub(super) fn words(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Chain(seq) => format!(
            "event {seq}: the chain breaks here; this event or one before it was changed or lost"
        ),
        Mismatch::Gap(seq) => format!("event {seq}: missing"),
        Mismatch::Estimate(seq) => {
            format!("event {seq}: the estimate does not follow from the events before it")
        }
        Mismatch::Advice(seq) => {
            format!("event {seq}: the advice does not follow from the state before it")
        }
        Mismatch::State(learner) => {
            format!("learner {learner}: the stored state differs from the fold of their events")
        }
        Mismatch::ClassMap(learner) => {
            format!("learner {learner}: what class maps show differs from the fold of their events")
        }
        Mismatch::Model(seq) => {
            format!("event {seq}: the learner model that runs from there on is missing or another")
        }
        Mismatch::Class(section) => {
            format!("section {section}: its class session differs from the fold of its events")
        }
        Mismatch::Erased(more) => {
            format!(
                "{more} more places are empty than erasures have written down: events were lost or taken out"
            )
        }
        Mismatch::Curation => {
            "what people decided about content differs from the fold of those events".to_owned()
        }
        Mismatch::Answer(decision) => {
            format!(
                "decision {decision}: the list of answers does not lead to it, or leads there without reason"
            )
        }
    }
}
