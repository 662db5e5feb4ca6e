//! `trellis audit items`: what looks wrong with the items of a database, from their texts and from the answers they got.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use trellis_core::audit::{
    AuditFinding, FEWEST_ANSWERS, ItemReport, Observed, Remedy, Subject, audit_answers,
    audit_content, rank,
};
use trellis_core::catalog::Catalog;
use trellis_core::framework::CompetencyId;

#[derive(Debug, Args)]
pub(crate) struct AuditArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Items: repeated, guessable, without hints, with a key that may be wrong, and the like.
    Items {
        /// The folder with the database.
        #[arg(long)]
        dir: PathBuf,
        /// Print findings and figures as JSON.
        #[arg(long)]
        json: bool,
        /// Print at most this many findings of each kind; the counts are always whole.
        #[arg(long, default_value_t = 5)]
        most: usize,
        /// Only findings of this kind, such as suspected-key.
        #[arg(long)]
        rule: Option<String>,
        /// Write the figures of all items that got answers to this file, as CSV.
        #[arg(long)]
        table: Option<PathBuf>,
    },
}

/// The whole audit, as `--json` prints it.
#[derive(Serialize)]
struct Audit {
    items: usize,
    competencies: usize,
    first_answers: usize,
    items_with_enough_answers: usize,
    counts: Vec<(String, usize)>,
    findings: Vec<AuditFinding>,
    figures: Vec<ItemReport>,
}

pub(crate) fn run(arguments: &AuditArguments) -> Result<ExitCode, Box<dyn Error>> {
    let What::Items {
        dir,
        json,
        most,
        rule,
        table,
    } = &arguments.what;
    let store = super::opened::open(dir, false)?;
    let catalog = store.catalog();
    let given = store.first_answers()?;
    let (mut findings, figures) = audit_answers(&catalog, &given);
    findings.extend(audit_content(&catalog));
    findings.extend(store.curation()?.reported());
    if let Some(rule) = rule {
        findings.retain(|finding| finding.observed.rule() == rule);
    }
    rank(&mut findings);
    if let Some(path) = table {
        write_table(path, &figures).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let enough = figures.iter().filter(|item| item.answers >= FEWEST_ANSWERS);
    let courses = catalog.courses().iter();
    let competencies: BTreeSet<&CompetencyId> = courses
        .flat_map(|course| course.framework.competencies())
        .map(|competency| &competency.id)
        .collect();
    let audit = Audit {
        items: catalog.item_count(),
        competencies: competencies.len(),
        first_answers: given.len(),
        items_with_enough_answers: enough.count(),
        counts: counts(&findings),
        findings,
        figures,
    };
    let mut out = io::stdout().lock();
    if *json {
        writeln!(out, "{}", serde_json::to_string_pretty(&audit)?)?;
    } else {
        print(&mut out, &catalog, &audit, *most)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How many findings of each rule, in their order of harm.
fn counts(findings: &[AuditFinding]) -> Vec<(String, usize)> {
    findings
        .chunk_by(|a, b| a.observed.rule() == b.observed.rule())
        .map(|same| (same[0].observed.rule().to_owned(), same.len()))
        .collect()
}

fn print(out: &mut impl Write, catalog: &Catalog, audit: &Audit, most: usize) -> io::Result<()> {
    for same in audit
        .findings
        .chunk_by(|a, b| a.observed.rule() == b.observed.rule())
    {
        writeln!(out, "{} ({})", same[0].observed.rule(), same.len())?;
        writeln!(out, "  What to do: {}", remedy(same[0].observed.remedy()))?;
        for finding in same.iter().take(most) {
            let about = subject(catalog, &finding.about);
            writeln!(out, "  {about}: {}", sentence(&finding.observed))?;
        }
        if same.len() > most {
            writeln!(out, "  and {} more", same.len() - most)?;
        }
    }
    writeln!(
        out,
        "{} items of {} competencies; {} first answers, {} items with at least {FEWEST_ANSWERS} of them",
        audit.items, audit.competencies, audit.first_answers, audit.items_with_enough_answers
    )?;
    let counts = audit.counts.iter();
    let counts: Vec<String> = counts
        .map(|(rule, count)| format!("{rule} {count}"))
        .collect();
    if counts.is_empty() {
        writeln!(out, "nothing found")
    } else {
        writeln!(
            out,
            "{} findings: {}",
            audit.findings.len(),
            counts.join(", ")
        )
    }
}

fn subject(catalog: &Catalog, about: &Subject) -> String {
    match about {
        Subject::Item(id) => format!("item {id}"),
        Subject::Competency(id) => catalog.competency(id).map_or_else(
            || format!("competency {id}"),
            |competency| format!("competency {id} ({})", competency.title),
        ),
        Subject::Course(id) => format!("course {id}"),
    }
}

fn list<T: ToString>(names: &[T]) -> String {
    let shown: Vec<String> = names.iter().take(5).map(ToString::to_string).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one sentence for each thing that can be seen"
)]
fn sentence(observed: &Observed) -> String {
    match observed {
        Observed::SuspectedKey {
            item_rest,
            preferred,
            answers,
        } => {
            let who = match preferred {
                Some(option) => format!("the answers point to \"{option}\" and not to the key"),
                None => "those who know more are wrong more often".to_owned(),
            };
            format!(
                "{who}; the key may be wrong (item-rest correlation {item_rest:.2}, {answers} answers)"
            )
        }
        Observed::AsGuessed {
            share_right,
            guess,
            answers,
        } => format!(
            "{:.0} % were right, guessing gives {:.0} % ({answers} answers)",
            100.0 * share_right,
            100.0 * guess
        ),
        Observed::TellsLittle { item_rest, answers } => format!(
            "being right here says little about the rest (item-rest correlation {item_rest:.2}, {answers} answers)"
        ),
        Observed::NearlyAllRight {
            share_right,
            answers,
        } => format!(
            "{:.0} % were right ({answers} answers)",
            100.0 * share_right
        ),
        Observed::Misfit {
            infit,
            outfit,
            answers,
        } => format!(
            "answers surprise more than they should (infit {infit:.2}, outfit {outfit:.2}, {answers} answers)"
        ),
        Observed::IdleOption {
            option,
            chosen,
            answers,
        } => format!("the answer \"{option}\" was chosen {chosen} times of {answers}"),
        Observed::Hurried {
            share,
            median_seconds,
            answers,
        } => format!(
            "{:.0} % answered in under a fifth of the usual {median_seconds:.0} seconds ({answers} answers)",
            100.0 * share
        ),
        Observed::Dependent {
            other,
            q3,
            learners,
        } => format!(
            "right and wrong go together with item {other} more than knowing explains (Q3 {q3:.2}, {learners} learners)"
        ),
        Observed::Drift { change, z, answers } => format!(
            "it became {} by {:.2} log-odds, {:.1} standard errors ({answers} answers)",
            if *change < 0.0 { "easier" } else { "harder" },
            change.abs(),
            z.abs()
        ),
        Observed::Repeated { others } => format!("the same question stands in {}", list(others)),
        Observed::RepeatedOption { text } => format!("two options say \"{text}\""),
        Observed::KeyLength { key, other } => {
            format!("the right option has {key} letters, the longest other {other}")
        }
        Observed::KeyPosition {
            options,
            counts,
            chance,
        } => format!(
            "in items with {options} options the right one stands at the places {} times; chance does so in {chance:.1e}",
            counts
                .iter()
                .map(u32::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Observed::Guessable { guess } => {
            format!("a guess is right {:.0} % of the time", 100.0 * guess)
        }
        Observed::NoHint => "it has no hint".to_owned(),
        Observed::NoSolution => "it has no worked solution".to_owned(),
        Observed::NoLicence => "no licence is named".to_owned(),
        Observed::Reported { times, notes } => {
            format!("reported {times} times: {}", notes.join(" / "))
        }
        Observed::FewItems { count } => format!("it has {count} items"),
        Observed::Unreachable { because_of } if because_of.is_empty() => {
            "no unit teaches it, or it stands in a circle".to_owned()
        }
        Observed::Unreachable { because_of } => {
            format!(
                "the path never comes to it, because of {}",
                list(because_of)
            )
        }
    }
}

fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::CheckKey => "work the item yourself and compare with the key.",
        Remedy::ReadItem => "read the item as a learner would.",
        Remedy::RetireOne => "take one of them out of use.",
        Remedy::RewriteOptions => "write options that each draw somebody, of like length.",
        Remedy::ShuffleOptions => "let the options be shuffled.",
        Remedy::LookAtAnswers => "see who answered, and when.",
        Remedy::WriteHelp => "write hints in order and a worked solution.",
        Remedy::NameLicence => "say under which licence it may be used.",
        Remedy::WriteItems => "write more items, or join it with a neighbour.",
        Remedy::MendLinks => "mend units and prerequisite links.",
    }
}

/// A number for a table; empty when there is none.
fn cell(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.4}"))
}

fn write_table(path: &Path, figures: &[ItemReport]) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(
        out,
        "item,answers,share_right,difficulty,difficulty_error,point_biserial,item_rest,infit,outfit,median_seconds"
    )?;
    for item in figures {
        writeln!(
            out,
            "{},{},{:.4},{:.4},{:.4},{},{},{},{},{}",
            item.item,
            item.answers,
            item.share_right,
            item.difficulty,
            item.difficulty_error,
            cell(item.point_biserial),
            cell(item.item_rest),
            cell(item.infit),
            cell(item.outfit),
            cell(item.median_seconds)
        )?;
    }
    out.flush()
}
