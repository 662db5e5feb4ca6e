//! `trellis roster`: people and classes from the school's own system, looked at before anything changes.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use trellis_core::fnv;

use clap::{Args, Subcommand};
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::framework::CourseId;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_interop::finding::{Finding, Severity};
use trellis_interop::oneroster::{self, Mode, RosterFiles};
use trellis_interop::package;
use trellis_store::{Asked, Difference, Incoming, IncomingPerson, Store, Unchanged};

use super::clock::now;

/// Up to so many people may leave without being asked for by number.
const FEW: usize = 5;

#[derive(Debug, Args)]
pub(crate) struct RosterArguments {
    #[command(subcommand)]
    command: RosterCommand,
}

#[derive(Debug, Subcommand)]
enum RosterCommand {
    /// Bring in OneRoster 1.1 or 1.2 CSV files, or one sheet of a class.
    Import(ImportArguments),
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// A folder or zip archive of OneRoster CSV files, or one CSV file with the columns id, first name, last name, class.
    path: PathBuf,
    /// The folder that holds the database. Nobody may serve from it meanwhile.
    #[arg(long)]
    dir: PathBuf,
    /// Only say what would change.
    #[arg(long)]
    dry_run: bool,
    /// Do it only if it is what a dry run has shown: the word that it has printed at its end.
    #[arg(long)]
    approve: Option<String>,
    /// How many people leave, when they are more than a tenth of all: so that half a file empties no school.
    #[arg(long)]
    leaving: Option<usize>,
    /// The course of new classes; the first one that is here when not given.
    #[arg(long)]
    course: Option<String>,
    /// Print what changes as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &RosterArguments) -> Result<ExitCode, Box<dyn Error>> {
    let RosterCommand::Import(arguments) = &arguments.command;
    let (files, mut findings) = package::open(&arguments.path)?;
    let (roster, found) = oneroster::read(&files);
    findings.extend(found);
    let store = super::opened::open(&arguments.dir, false)?;
    let incoming = incoming(roster);
    let difference = store.roster_difference(&incoming)?;
    let word = word(&difference);
    let mut out = io::stdout().lock();
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if arguments.json {
        let line = json(&difference, &findings, &word);
        writeln!(out, "{line}")?;
    } else {
        say(&mut out, &difference, &findings)?;
    }
    if errors > 0 {
        return Err(format!(
            "{errors} errors in the files: nothing was changed. Put them right and try again"
        )
        .into());
    }
    if arguments.dry_run {
        if !arguments.json {
            writeln!(
                out,
                "Nothing was changed. To do just this, leave out --dry-run and say --approve {word}"
            )?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if arguments
        .approve
        .as_ref()
        .is_some_and(|given| *given != word)
    {
        return Err("this is not what was approved: the files or the school have changed since. Nothing was changed; look at a dry run again".into());
    }
    few_leave(&store, &difference, arguments)?;
    let course = course(&store, arguments.course.as_deref())?;
    let changed = store.change_roster(incoming, difference.clone(), course, now()?)?;
    if let Err(Unchanged::LookAgain(_)) = changed {
        return Err("the school has changed meanwhile. Nothing was changed; try again".into());
    }
    let taken = take_courses(&store, &difference)?;
    if !arguments.json {
        writeln!(
            out,
            "Done, in one step. {taken} courses were given to students."
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A file that has lost its second half must not empty the school.
fn few_leave(
    store: &Store,
    difference: &Difference,
    arguments: &ImportArguments,
) -> Result<(), Box<dyn Error>> {
    let leaving = difference.leaving.len();
    let most = FEW.max(store.people()?.len() / 10);
    if leaving > most && arguments.leaving != Some(leaving) && arguments.approve.is_none() {
        return Err(format!(
            "{leaving} people would leave. Is the file whole? If so, say --leaving {leaving}. Nothing was changed"
        )
        .into());
    }
    Ok(())
}

/// A roster as the store wants it.
fn incoming(roster: RosterFiles) -> Incoming {
    let mut incoming = Incoming {
        all_people: roster.people_mode == Mode::Whole,
        all_enrollments: roster.enrollments_mode == Mode::Whole,
        ..Incoming::default()
    };
    for person in roster.people {
        if person.leaves {
            incoming.left.insert(person.sourced_id);
        } else {
            incoming.people.push(IncomingPerson {
                sourced_id: person.sourced_id,
                given_name: person.given_name,
                family_name: person.family_name,
                role: person.role,
            });
        }
    }
    incoming.people.sort();
    let mut ended_sections = BTreeSet::new();
    for section in roster.sections {
        if section.leaves {
            ended_sections.insert(section.sourced_id);
        } else {
            incoming.sections.insert(section.sourced_id, section.title);
        }
    }
    for enrollment in roster.enrollments {
        let gone = incoming.left.contains(&enrollment.person);
        if enrollment.leaves || ended_sections.contains(&enrollment.section) {
            incoming
                .ended
                .insert((enrollment.section, enrollment.person));
        } else if !gone {
            let belongs = (enrollment.section, enrollment.person, enrollment.role);
            incoming.enrollments.insert(belongs);
        }
    }
    for pair in roster.guardianships {
        let gone = |id: &String| incoming.left.contains(id);
        if !gone(&pair.guardian) && !gone(&pair.learner) {
            incoming.guardianships.insert((pair.guardian, pair.learner));
        }
    }
    incoming
}

/// A short word that stands for a difference: another one for any other.
fn word(difference: &Difference) -> String {
    // Over what is shown: it keeps a person from approving what they have not seen, and no secret.
    let hash = fnv::hash(format!("{difference:?}").as_bytes());
    format!("{hash:016x}")
}

fn full(person: &IncomingPerson) -> String {
    let IncomingPerson {
        sourced_id,
        given_name,
        family_name,
        role,
    } = person;
    format!("{given_name} {family_name} ({sourced_id}, {})", role.name())
}

fn say(out: &mut impl Write, difference: &Difference, findings: &[Finding]) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    let mut part = |title: &str, lines: Vec<String>| -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(out, "{title}: {}", lines.len())?;
        for line in lines {
            writeln!(out, "  {line}")?;
        }
        Ok(())
    };
    part(
        "People who come",
        difference.coming.iter().map(full).collect(),
    )?;
    let changes = difference.changing.iter();
    let changes = changes.map(|(before, after)| format!("{} → {}", full(before), full(after)));
    part("People who change", changes.collect())?;
    part(
        "People who leave",
        difference.leaving.iter().map(full).collect(),
    )?;
    let pair = |(id, title): &(String, String)| format!("{title} ({id})");
    part(
        "New classes",
        difference.sections.iter().map(pair).collect(),
    )?;
    let titles = difference.retitled.iter();
    let titles = titles.map(|(id, before, after)| format!("{before} → {after} ({id})"));
    part("Classes with a new title", titles.collect())?;
    let comes = difference.enrolling.iter();
    let comes = comes.map(|(class, who, role)| format!("{who} into {class}, as {}", role.name()));
    part("Into classes", comes.collect())?;
    let goes = difference.unenrolling.iter();
    part(
        "Out of classes",
        goes.map(|(class, who)| format!("{who} out of {class}"))
            .collect(),
    )?;
    let both = |(adult, child): &(String, String)| format!("{adult} for {child}");
    part(
        "Adults who come to answer for a child",
        difference.guarding.iter().map(both).collect(),
    )?;
    part(
        "Adults who do so no longer",
        difference.unguarding.iter().map(both).collect(),
    )?;
    part("Left out", difference.unknown.clone())?;
    if difference.is_empty() {
        writeln!(out, "Nothing changes.")?;
    }
    Ok(())
}

fn json(difference: &Difference, findings: &[Finding], word: &str) -> serde_json::Value {
    serde_json::json!({
        "coming": difference.coming.iter().map(full).collect::<Vec<_>>(),
        "changing": difference.changing.len(),
        "leaving": difference.leaving.iter().map(full).collect::<Vec<_>>(),
        "new_classes": difference.sections.len(),
        "retitled": difference.retitled.len(),
        "enrolling": difference.enrolling.len(),
        "unenrolling": difference.unenrolling.len(),
        "guarding": difference.guarding.len(),
        "unguarding": difference.unguarding.len(),
        "left_out": difference.unknown,
        "findings": findings,
        "approve": word,
    })
}

fn course(store: &Store, given: Option<&str>) -> Result<String, Box<dyn Error>> {
    let catalog = store.catalog();
    match given {
        Some(id) => match catalog.course(&CourseId::new(id)?) {
            Some(course) => Ok(course.id.to_string()),
            None => Err(format!(
                "{id}: there is no such course here. `trellis import` brings one in"
            )
            .into()),
        },
        None => match catalog.courses().first() {
            Some(course) => Ok(course.id.to_string()),
            None => Err(
                "there is no course here yet. Bring one in with `trellis import`, then the roster"
                    .into(),
            ),
        },
    }
}

/// Gives the courses of classes to the students who came into them.
fn take_courses(store: &Store, difference: &Difference) -> Result<usize, Box<dyn Error>> {
    let operator = operator(store)?;
    let people = store.people()?;
    let ids: BTreeMap<&str, PersonId> = people
        .iter()
        .map(|person| (person.sourced_id.as_str(), person.id))
        .collect();
    let sections = store.sections()?;
    let mut commands = Vec::new();
    for (class, who, _) in difference
        .enrolling
        .iter()
        .filter(|(.., role)| *role == Role::Learner)
    {
        let section = sections.iter().find(|section| section.sourced_id == *class);
        let (Some(section), Some(learner)) = (section, ids.get(who.as_str())) else {
            continue;
        };
        for course in store.courses_of(section.id)? {
            commands.push(Asked {
                command: Command::TakeCourse {
                    learner: *learner,
                    course: CourseId::new(&course)?,
                },
                actor: Actor {
                    person: operator,
                    role: Role::Operator,
                },
                now: now()?,
                seed: 0,
            });
        }
    }
    let mut taken = 0;
    for reply in store.execute_together(commands)? {
        // Refused when they take it already.
        taken += usize::from(reply?.is_ok_and(|outcome| !outcome.events.is_empty()));
    }
    Ok(taken)
}

/// The one who runs the machine; made when there is none.
fn operator(store: &Store) -> Result<PersonId, Box<dyn Error>> {
    match store.operator()? {
        Some(known) => Ok(known),
        None => Ok(store.add_operator(now()?)?),
    }
}
