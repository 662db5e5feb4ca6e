//! One binary for a school: serve, demo, import, replay, explain.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Personalized learning for a school, in one file.
#[derive(Debug, Parser)]
#[command(name = "trellis", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a course folder, or show an item of it.
    Course(commands::course::CourseArguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Course(arguments) => commands::course::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("trellis: {error}");
        ExitCode::from(2)
    })
}
