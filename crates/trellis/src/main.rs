//! One binary for a school: serve, demo, import, replay, explain, bench.

mod commands;
mod config;
mod sign_on;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// Answers ask for memory on one thread and give it back on another, which the system's own allocator is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Personalized learning for a school, in one file.
#[derive(Debug, Parser)]
#[command(name = "trellis", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a demonstration school on this machine.
    Demo(commands::demo::DemoArguments),
    /// Make a new school in an empty folder.
    Create(commands::create::CreateArguments),
    /// Invite teachers and leaders to choose how they sign in.
    Invite(commands::invite::InviteArguments),
    /// Serve the school in a folder.
    Serve(commands::serve::ServeArguments),
    /// Make a certificate for a school's own network.
    Certificate(commands::certificate::CertificateArguments),
    /// Print the settings that a server would take, each with where it is from.
    Config(commands::serve::ConfigArguments),
    /// Fold the journal again and compare with what is stored.
    Replay(commands::replay::ReplayArguments),
    /// Say why: one decision in words, from stored facts alone.
    Explain(commands::explain::ExplainArguments),
    /// Compare learner models on recorded answers.
    Evaluate(commands::evaluate::EvaluateArguments),
    /// Fit a learner model to recorded answers and write it to a file.
    Fit(commands::fit::FitArguments),
    /// The learner model that runs: show one, fit one that ships.
    Model(commands::model::ModelArguments),
    /// Simulate learners, to see what rules do to them.
    Simulate(commands::simulate::SimulateArguments),
    /// Check a course folder, or show an item of it.
    Course(commands::course::CourseArguments),
    /// Measure the figures that Trellis promises, on this machine.
    Bench(commands::bench::BenchArguments),
    /// Look for what is wrong with items: in their texts, and in the answers that they got.
    Audit(commands::audit::AuditArguments),
    /// Mend the key of a published question, or take that back.
    Item(commands::item::ItemArguments),
    /// Bring courses and banks of questions into a database.
    Import(commands::import::ImportArguments),
    /// Write items in the formats of other programs.
    Export(commands::export::ExportArguments),
    /// Copy a school's database, encrypted, while it serves or while it does not.
    Backup(commands::backup::BackupArguments),
    /// Bring a school back from a backup or a second copy, checked before it takes its place.
    Restore(commands::restore::RestoreArguments),
    /// Bring a database to this version: a backup first, then on a copy.
    Upgrade(commands::upgrade::UpgradeArguments),
    /// What is kept about people: the schedule, the record of one, erasing one.
    Person(commands::person::PersonArguments),
    /// People and classes from the school's own system: OneRoster, or one sheet.
    Roster(commands::roster::RosterArguments),
    /// End what is over: the records of people who left long ago.
    Retention(commands::retention::RetentionArguments),
    /// Carry a district to another place: from a folder to a PostgreSQL server, or back.
    Move(commands::carry::MoveArguments),
    /// A PostgreSQL server, for its owner.
    Database(commands::carry::DatabaseArguments),
    /// Look at a school's folder, and say what is wrong and what to do.
    Doctor(commands::doctor::DoctorArguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo(arguments) => commands::demo::run(&arguments),
        Command::Create(arguments) => commands::create::run(&arguments),
        Command::Invite(arguments) => commands::invite::run(&arguments),
        Command::Serve(arguments) => commands::serve::run(&arguments),
        Command::Certificate(arguments) => commands::certificate::run(&arguments),
        Command::Config(arguments) => commands::serve::config(&arguments),
        Command::Replay(arguments) => commands::replay::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
        Command::Evaluate(arguments) => commands::evaluate::run(&arguments),
        Command::Fit(arguments) => commands::fit::run(&arguments),
        Command::Model(arguments) => commands::model::run(&arguments),
        Command::Simulate(arguments) => commands::simulate::run(&arguments),
        Command::Course(arguments) => commands::course::run(&arguments),
        Command::Bench(arguments) => commands::bench::run(&arguments),
        Command::Audit(arguments) => commands::audit::run(&arguments),
        Command::Item(arguments) => commands::item::run(&arguments),
        Command::Import(arguments) => commands::import::run(&arguments),
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Backup(arguments) => commands::backup::run(&arguments),
        Command::Restore(arguments) => commands::restore::run(&arguments),
        Command::Upgrade(arguments) => commands::upgrade::run(&arguments),
        Command::Person(arguments) => commands::person::run(&arguments),
        Command::Roster(arguments) => commands::roster::run(&arguments),
        Command::Retention(arguments) => commands::retention::run(&arguments),
        Command::Move(arguments) => commands::carry::run(&arguments),
        Command::Database(arguments) => commands::carry::database(&arguments),
        Command::Doctor(arguments) => commands::doctor::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("trellis: {error}");
        ExitCode::from(2)
    })
}
