//! `trellis explain DECISION`: one decision in words, from stored facts alone.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trellis_core::catalog::Catalog;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::CompetencyId;
use trellis_core::id::Seq;
use trellis_core::recommendation::{Reason, Recommendation};
use trellis_store::kind;

use super::explain_parts;

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The number of the decision, or of any event in it.
    decision: u64,
    /// The folder that holds the database.
    #[arg(long)]
    dir: PathBuf,
    /// Print the stored events as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<ExitCode, Box<dyn Error>> {
    let store = super::opened::open(&arguments.dir, false)?;
    let events = store.decision(Seq(arguments.decision))?;
    if events.is_empty() {
        let last = store.last_seq()?;
        return Err(format!(
            "there is no decision {}; the journal has events 1 to {last}",
            arguments.decision
        )
        .into());
    }
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&events)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let catalog = store.catalog();
    for recorded in &events {
        explain(&mut out, &catalog, recorded)?;
        explain_parts::write(&mut out, &store, recorded)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn title(catalog: &Catalog, id: &CompetencyId) -> String {
    catalog.competency(id).map_or_else(
        || id.to_string(),
        |competency| format!("\"{}\"", competency.title),
    )
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm for each kind of event, each a line or two of words"
)]
fn explain(out: &mut impl Write, catalog: &Catalog, recorded: &Recorded) -> io::Result<()> {
    let Recorded {
        seq,
        decision,
        at,
        actor,
        event,
    } = recorded;
    writeln!(
        out,
        "event {seq} of decision {decision}: {} ({} {}, {} ms since 1970)",
        kind(event),
        actor.role.name(),
        actor.person,
        at.0
    )?;
    match event {
        Event::Started {
            item,
            competency,
            purpose,
            seed,
            among,
            ..
        } => {
            writeln!(
                out,
                "  {purpose:?} on {}: item {item}, variant {seed}, one of {among} that were equally fit",
                title(catalog, competency)
            )
        }
        Event::Responded {
            competency,
            response,
            score,
            evidence,
            before,
            after,
            ..
        } => {
            writeln!(
                out,
                "  answered {response:?} on {}: {}",
                title(catalog, competency),
                if score.right { "right" } else { "not yet" }
            )?;
            if let Some(mix_up) = &score.mix_up {
                let words = catalog
                    .mix_up(mix_up)
                    .map_or(mix_up.as_str(), |known| known.title.as_str());
                writeln!(out, "  the answer shows a mix-up: {words}")?;
            }
            writeln!(
                out,
                "  a guess would be right {:.2} of the time, a slip wrong {:.2}; {} hints, {} earlier tries{}",
                evidence.guess,
                evidence.slip,
                evidence.hints,
                evidence.earlier,
                evidence
                    .difficulty
                    .map_or_else(String::new, |log_odds| format!(
                        "; an average learner is right {:.2} of the time",
                        1.0 / (1.0 + (-log_odds).exp())
                    ))
            )?;
            writeln!(
                out,
                "  probability of knowing {:.4} -> {:.4}; chance to be right next {:.4} -> {:.4} (80 % interval {:.2} to {:.2})",
                before.known,
                after.known,
                before.next_right,
                after.next_right,
                after.low,
                after.high
            )
        }
        Event::HandedIn {
            competency,
            response,
            awaits,
            ..
        } => {
            writeln!(
                out,
                "  handed in {response:?} on {}; a person has to judge it ({awaits:?}), and until then it changes nothing",
                title(catalog, competency)
            )
        }
        Event::Scored {
            competency,
            points,
            most,
            comment,
            evidence,
            before,
            after,
            ..
        } => {
            writeln!(
                out,
                "  {points:?} of {most:?} points on {}: counts as {}, with the chance of a lucky guess {:.2} and of a slip {:.2}",
                title(catalog, competency),
                if evidence.right {
                    "right"
                } else {
                    "not yet right"
                },
                evidence.guess,
                evidence.slip
            )?;
            if !comment.is_empty() {
                writeln!(out, "  said to the learner: {comment}")?;
            }
            writeln!(
                out,
                "  probability of knowing {:.4} -> {:.4} (80 % interval {:.2} to {:.2})",
                before.known, after.known, after.low, after.high
            )
        }
        Event::ScoreUndone {
            competency,
            decision,
            before,
            after,
            ..
        } => {
            writeln!(
                out,
                "  the score of decision {decision} on {} was taken back; probability of knowing {:.4} -> {:.4}",
                title(catalog, competency),
                before.known,
                after.known
            )
        }
        Event::Rescored {
            competency,
            item,
            better,
            worse,
            before,
            after,
            ..
        } => {
            writeln!(
                out,
                "  item {item} on {} was revised: {better} answers are right now and were not, {worse} the other way round; probability of knowing {:.4} -> {:.4}",
                title(catalog, competency),
                before.known,
                after.known
            )
        }
        Event::HintAnswered {
            index,
            response,
            right,
            problem,
            ..
        } => {
            let verdict = match problem {
                None if *right => "right",
                None => "not yet",
                Some(problem) => problem,
            };
            writeln!(
                out,
                "  answered {response:?} to the smaller question of hint {}: {verdict}",
                index + 1
            )
        }
        Event::Revealed {
            competency,
            before,
            after,
            ..
        } => {
            writeln!(
                out,
                "  the worked solution was shown on {}; probability of knowing {:.4} -> {:.4}",
                title(catalog, competency),
                before.known,
                after.known
            )
        }
        Event::Mastered {
            competency,
            bound,
            opens,
            ..
        } => {
            writeln!(
                out,
                "  {} is mastered: the probability of not knowing is at most {bound}",
                title(catalog, competency)
            )?;
            opens
                .iter()
                .try_for_each(|id| writeln!(out, "  this opens {}", title(catalog, id)))
        }
        Event::Directed { directive, .. } => {
            let about = directive.kind.competency();
            let about = about.map_or_else(|| "all courses".to_owned(), |id| title(catalog, id));
            writeln!(
                out,
                "  {} for {about}. {}",
                directive.kind.name(),
                directive.note
            )
        }
        Event::PlacementEnded {
            course,
            why,
            asked,
            known,
            ..
        } => {
            writeln!(out, "  where to start in {course}: {}", why.name())?;
            for asked in asked {
                writeln!(
                    out,
                    "    asked about {}: {}, a guess would be right {:.2} of the time",
                    title(catalog, &asked.competency),
                    if asked.right { "right" } else { "not yet" },
                    asked.guess
                )?;
            }
            known.iter().try_for_each(|placed| {
                writeln!(
                    out,
                    "  taken as known until an answer says otherwise: {}, chance {:.3}",
                    title(catalog, &placed.competency),
                    placed.chance
                )
            })
        }
        Event::Advised { recommendation, .. } => advice(out, catalog, recommendation),
        _ => Ok(()),
    }
}

fn advice(out: &mut impl Write, catalog: &Catalog, advice: &Recommendation) -> io::Result<()> {
    for (number, stop) in (1..).zip(&advice.stops) {
        let what = match &stop.competency {
            Some(id) => title(catalog, id),
            None => format!(
                "one of {}",
                stop.choices
                    .iter()
                    .map(|id| title(catalog, id))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        writeln!(
            out,
            "  stop {number}: {:?} {what}, about {} minutes",
            stop.purpose, stop.minutes
        )?;
        for reason in &stop.reasons {
            writeln!(out, "    because {}", because(catalog, reason))?;
        }
    }
    writeln!(out, "  weighed, best first:")?;
    for considered in &advice.considered {
        let terms: Vec<String> = considered
            .terms
            .iter()
            .map(|term| format!("{term:?}"))
            .collect();
        writeln!(
            out,
            "    {:.4} {:?} {} = {}",
            considered.score,
            considered.purpose,
            title(catalog, &considered.competency),
            terms.join(" + ")
        )?;
    }
    let versions = &advice.versions;
    writeln!(
        out,
        "  policy {}, model {}, content {:016x}, from the state after event {}; propensity {}",
        versions.policy, versions.model, versions.content, advice.state, advice.propensity
    )
}

fn because(catalog: &Catalog, reason: &Reason) -> String {
    match reason {
        Reason::Ready { after } if after.is_empty() => {
            "it is a beginning: nothing comes before it".to_owned()
        }
        Reason::Ready { after } => {
            format!(
                "what comes before is mastered: {}",
                after
                    .iter()
                    .map(|id| title(catalog, id))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
        Reason::ReviewDue {
            days,
            recall_tenths,
        } => {
            format!(
                "it was mastered and {days} days went by; the chance of remembering is about {recall_tenths} of 10"
            )
        }
        Reason::Close { right_needed } => {
            format!("{right_needed} right answers more would master it")
        }
        Reason::Begun { tries } => format!("it was begun: {tries} first tries so far"),
        Reason::Opens { count } => format!("{count} others wait for it"),
        Reason::TeacherAsked { directive } => {
            format!("the teacher asked for it (directive {directive})")
        }
        Reason::TeacherOpened { directive } => {
            format!("the teacher opened it early (directive {directive})")
        }
        Reason::FixedPath { directive } => {
            format!("the path is fixed, and it comes next in the course (directive {directive})")
        }
        Reason::FamilysPath => {
            "the family does not want answers to choose, and it comes next in the course".to_owned()
        }
        Reason::CourseOrder => "it comes next in the course".to_owned(),
        Reason::YouPick => "the learner picks".to_owned(),
        Reason::YouProve => "the learner wants to prove it".to_owned(),
    }
}
