//! `trellis doctor`: looks at a school's folder and says in plain words what is wrong and what to do. Changes nothing.

mod database;
mod surroundings;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::clock::now;

#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    /// The folder that holds the database. It may be in use.
    #[arg(long)]
    dir: PathBuf,
    /// The folder of the backups, to see whether the newest is young enough and whole.
    #[arg(long)]
    backups: Option<PathBuf>,
    /// The file with the key of the backups; with it the newest is read to its end.
    #[arg(long, requires = "backups")]
    key: Option<PathBuf>,
    /// The folder to which every commit is copied.
    #[arg(long)]
    second: Option<PathBuf>,
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Fine,
    /// Not wrong yet, but somebody should do something.
    Attention,
    /// Wrong.
    Broken,
}

/// What was looked at, and what came of it.
#[derive(Debug, Serialize)]
struct Check {
    check: &'static str,
    state: State,
    says: String,
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

impl Check {
    fn fine(check: &'static str, says: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Fine,
            says: says.into(),
            remedy: None,
        }
    }

    fn attention(check: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::Attention,
            remedy: Some(remedy.into()),
            ..Self::fine(check, says)
        }
    }

    fn broken(check: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::Broken,
            remedy: Some(remedy.into()),
            ..Self::fine(check, says)
        }
    }
}

pub(crate) fn run(arguments: &DoctorArguments) -> Result<ExitCode, Box<dyn Error>> {
    let now = now()?;
    let mut checks = surroundings::folder(&arguments.dir);
    checks.extend(database::checks(&arguments.dir, now));
    if let Some(backups) = &arguments.backups {
        checks.push(surroundings::backups(
            &arguments.dir,
            backups,
            arguments.key.as_deref(),
            now,
        ));
    }
    if let Some(second) = &arguments.second {
        checks.push(database::second(&arguments.dir, second));
    }
    let worst = checks.iter().map(|check| check.state).max();
    let mut out = io::stdout().lock();
    if arguments.json {
        let line = serde_json::json!({
            "dir": arguments.dir.display().to_string(),
            "version": env!("CARGO_PKG_VERSION"),
            "verdict": worst,
            "checks": checks,
        });
        writeln!(out, "{line}")?;
    } else {
        for check in &checks {
            let mark = match check.state {
                State::Fine => "fine     ",
                State::Attention => "attention",
                State::Broken => "BROKEN   ",
            };
            writeln!(out, "{mark}  {}: {}", check.check, check.says)?;
            if let Some(remedy) = &check.remedy {
                writeln!(out, "           What to do: {remedy}")?;
            }
        }
        let verdict = match worst {
            Some(State::Fine) | None => "All is well.",
            Some(State::Attention) => "Nothing is broken, but there is something to do.",
            Some(State::Broken) => {
                "Something is broken. Keep this folder as it is for whoever looks into it."
            }
        };
        writeln!(out, "{verdict}")?;
    }
    Ok(match worst {
        Some(State::Fine) | None => ExitCode::SUCCESS,
        Some(State::Attention | State::Broken) => ExitCode::FAILURE,
    })
}
