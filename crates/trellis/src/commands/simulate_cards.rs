//! `trellis simulate cards`: how often the cards of a teacher's morning are right, and what they miss.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use trellis_core::catalog::Catalog;
use trellis_core::framework::CourseId;
use trellis_sim::{CardFigures, ClassPlan, Told, judge_cards};

use super::demo::{COURSE, shipped};
use super::evaluate_input::bar;

#[derive(Debug, Args)]
pub(crate) struct CardsArguments {
    /// Classes to live through.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    classes: u32,
    /// Students of a class.
    #[arg(long, default_value_t = 26, value_parser = clap::value_parser!(u32).range(1..=200))]
    students: u32,
    /// Weeks of five school days.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(2..=60))]
    weeks: u32,
    /// Questions that a student begins on a day.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=100))]
    questions: u32,
    /// Where chance comes from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &CardsArguments) -> Result<ExitCode, Box<dyn Error>> {
    let catalog = shipped_catalog()?;
    let course = CourseId::new(COURSE)?;
    let progress = bar(u64::from(arguments.classes), "living");
    let mut figures = CardFigures::default();
    for class in 0..arguments.classes {
        let plan = ClassPlan {
            seed: arguments
                .seed
                .wrapping_mul(1_000_003)
                .wrapping_add(u64::from(class)),
            learners: arguments.students as usize,
            weeks: arguments.weeks,
            attempts_a_day: arguments.questions,
        };
        figures.add(&judge_cards(&catalog, &course, &plan));
        progress.inc(1);
    }
    progress.finish_and_clear();
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&to_json(&figures))?)?;
    } else {
        table(&mut out, arguments, &figures)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The courses in the binary, as the rules look at them.
pub(crate) fn shipped_catalog() -> Result<Catalog, Box<dyn Error>> {
    let (mut courses, mut items, mut mix_ups) = (Vec::new(), Vec::new(), Vec::new());
    for import in shipped()? {
        courses.push(import.course);
        items.extend(import.items);
        mix_ups.extend(import.mix_ups);
    }
    Ok(Catalog::new(courses, items, mix_ups, 1))
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", 100.0 * share))
}

fn line(out: &mut impl Write, name: &str, told: &Told) -> io::Result<()> {
    writeln!(
        out,
        "  {name:<34} {:>6} {:>10} {:>7} {:>8}",
        told.shown,
        percent(told.precision()),
        told.needs,
        percent(told.recall())
    )
}

fn table(
    out: &mut impl Write,
    arguments: &CardsArguments,
    figures: &CardFigures,
) -> io::Result<()> {
    writeln!(
        out,
        "{} classes of {} students, {} weeks, {} mornings. A finding counts when it is shown, once a week; right when it\n\
         is truly so. A need counts when it lasts three school days; found when a card says so meanwhile.\n",
        arguments.classes, arguments.students, arguments.weeks, figures.mornings
    )?;
    writeln!(
        out,
        "  {:<34} {:>6} {:>10} {:>7} {:>8}",
        "card", "shown", "precision", "needs", "recall"
    )?;
    for (kind, told) in &figures.kinds {
        line(out, kind.key(), told)?;
    }
    line(out, "all cards, five a morning at most", &figures.all())?;
    writeln!(out, "\nWho is stuck, and where:")?;
    line(out, "Trellis, five cards at most", &figures.stuck)?;
    line(out, "Kolibri, four wrong, no limit", &figures.four_wrong)
}

fn told(told: &Told) -> Value {
    json!({
        "shown": told.shown,
        "right": told.right,
        "needs": told.needs,
        "found": told.found,
        "precision": told.precision(),
        "recall": told.recall(),
    })
}

fn to_json(figures: &CardFigures) -> Value {
    let kinds: serde_json::Map<String, Value> = figures
        .kinds
        .iter()
        .map(|(kind, figures)| (kind.key().to_owned(), told(figures)))
        .collect();
    json!({
        "mornings": figures.mornings,
        "kinds": kinds,
        "all": told(&figures.all()),
        "stuck": told(&figures.stuck),
        "four_wrong": told(&figures.four_wrong),
    })
}
