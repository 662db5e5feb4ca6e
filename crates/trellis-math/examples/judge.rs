//! Judges pairs of answers from standard input, one a line, so that other tools can be asked the same questions.
//!
//! A line is `rule TAB learner TAB key`, read as typed answers, or with `latex:` before the rule as LaTeX; `comma:` reads
//! decimal commas and `units:` single letters as units. The reply
//! is `equal`, `certified`, `different`, `undecided`, `yes`, `no` or `unread`, then the microseconds, then details.
//! Rules: those of `rules::rule_named`, form:NAME (of the learner's answer alone), plain (the answer written back).
#![allow(clippy::print_stdout, reason = "a tool that prints")]

#[path = "../tests/it/rules.rs"]
mod rules;

use std::io::{BufRead, Write};
use std::time::Instant;

use rules::{Reading, form_named, rule_named};
use trellis_math::equivalence::{Proof, Verdict, compare};
use trellis_math::plain;

fn verdict(verdict: &Verdict) -> (&'static str, String) {
    match verdict {
        Verdict::Equal(Proof::Exact) => ("equal", String::new()),
        Verdict::Equal(Proof::Certified) => ("certified", String::new()),
        Verdict::Undecided => ("undecided", String::new()),
        Verdict::Different(None) => ("different", String::new()),
        Verdict::Different(Some(witness)) => {
            let at: Vec<String> = witness
                .at
                .iter()
                .map(|(name, value)| format!("{name} = {value}"))
                .collect();
            let at = at.join(", ");
            (
                "different",
                format!("at {at}: {} against {}", witness.learner, witness.key),
            )
        }
    }
}

fn judge(line: &str) -> (&'static str, String) {
    let (reading, line) = Reading::of(line);
    let mut parts = line.split('\t');
    let (Some(rule), Some(learner)) = (parts.next(), parts.next()) else {
        return ("unread", "two or three columns are needed".to_string());
    };
    let a = match reading.read(learner) {
        Ok(expr) => expr,
        Err(e) => {
            return (
                "unread",
                format!("learner {:?} at {}", e.problem, e.at.start),
            );
        }
    };
    if let Some(name) = rule.strip_prefix("form:") {
        return match form_named(name).map(|has_form| has_form(&a)) {
            Some(true) => ("yes", String::new()),
            Some(false) => ("no", String::new()),
            None => ("unread", format!("no form {name}")),
        };
    }
    if rule == "plain" {
        return ("yes", plain::from_expr(&a));
    }
    let b = match reading.read(parts.next().unwrap_or("")) {
        Ok(expr) => expr,
        Err(e) => return ("unread", format!("key {:?} at {}", e.problem, e.at.start)),
    };
    match rule_named(rule) {
        Some(rule) => verdict(&compare(&a, &b, &rule)),
        None => ("unread", format!("no rule {rule}")),
    }
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let start = Instant::now();
        let (word, details) = judge(&line);
        let spent = start.elapsed().as_micros();
        writeln!(out, "{word}\t{spent}\t{details}")?;
        out.flush()?;
    }
    Ok(())
}
