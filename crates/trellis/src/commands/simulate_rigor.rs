//! `trellis simulate rigor`: what wishes change over a term, and the bounds that a test holds them to.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use trellis_core::framework::CourseId;
use trellis_sim::{
    LEVEL_BOUND, MASTERED_BOUND, TermFigures, TermPlan, Wishes, random_wishes, term,
};

use super::demo::COURSE;
use super::evaluate_input::bar;
use super::simulate_cards::shipped_catalog;

#[derive(Debug, Args)]
pub(crate) struct RigorArguments {
    /// Plans of random wishes.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    plans: u32,
    /// Students of a plan; the same for each.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    students: u32,
    /// Weeks of a term.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=60))]
    weeks: u32,
    /// Where chance comes from.
    #[arg(long, default_value_t = 11)]
    seed: u64,
}

pub(crate) fn run(arguments: &RigorArguments) -> Result<ExitCode, Box<dyn Error>> {
    let catalog = shipped_catalog()?;
    let course = CourseId::new(COURSE)?;
    let plan = TermPlan {
        seed: arguments.seed,
        learners: arguments.students as usize,
        weeks: arguments.weeks,
        attempts_a_day: 6,
    };
    let progress = bar(u64::from(arguments.plans) + 1, "living");
    let usual = term(&catalog, &course, &plan, None);
    let mut wished = Vec::new();
    for number in 0..arguments.plans {
        progress.inc(1);
        let wishes = random_wishes(u64::from(number));
        wished.push((wishes, term(&catalog, &course, &plan, Some(wishes))));
    }
    progress.finish_and_clear();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} students, {} weeks. Bounds: mastered {:.0} %, levels {:.0} points.\n",
        arguments.students,
        arguments.weeks,
        100.0 * MASTERED_BOUND,
        100.0 * LEVEL_BOUND
    )?;
    writeln!(
        out,
        "  {:<40} {:>8} {:>9} {:>18} {:>9} {:>7}",
        "wishes: hard, easy, story, other stop",
        "presses",
        "mastered",
        "levels 1 2 3",
        "mastered",
        "levels"
    )?;
    line(&mut out, None, &usual, &usual)?;
    let mut held = true;
    for (wishes, figures) in &wished {
        line(&mut out, Some(wishes), figures, &usual)?;
        held &= figures.mastered_apart(&usual) <= MASTERED_BOUND
            && figures.levels_apart(&usual) <= LEVEL_BOUND;
    }
    writeln!(
        out,
        "\n{}",
        if held {
            "Within the bounds."
        } else {
            "Out of bounds."
        }
    )?;
    Ok(ExitCode::from(u8::from(!held)))
}

fn line(
    out: &mut impl Write,
    wishes: Option<&Wishes>,
    figures: &TermFigures,
    usual: &TermFigures,
) -> io::Result<()> {
    let name = wishes.map_or_else(
        || "none".to_owned(),
        |wishes| {
            let Wishes {
                too_hard,
                too_easy,
                story,
                strays,
            } = wishes;
            format!("{too_hard:.2} {too_easy:.2} {story:.2} {strays:.2}")
        },
    );
    let [first, second, third] = figures.levels.map(|share| 100.0 * share);
    writeln!(
        out,
        "  {name:<40} {:>8.1} {:>9.2} {:>18} {:>8.1}% {:>7.1}",
        figures.presses,
        figures.mastered,
        format!("{first:.1} {second:.1} {third:.1}"),
        100.0 * figures.mastered_apart(usual),
        100.0 * figures.levels_apart(usual)
    )
}
