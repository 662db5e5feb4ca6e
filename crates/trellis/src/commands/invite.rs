//! `trellis invite`: invitations for adults of the school, printed once, from whoever has the machine. The first ones of a
//! school come from here; families are invited by their teachers, and the staff by who leads the school.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trellis_core::people::Role;
use trellis_store::{Invitable, Store};
use trellis_web::{INVITATION_DAYS, draw_invitation};

use super::clock::now;
use super::one_person::find;

#[derive(Debug, Args)]
pub(crate) struct InviteArguments {
    /// The folder that holds the database. Nobody may serve from it meanwhile.
    #[arg(long)]
    dir: PathBuf,
    /// Only this person, also when they have a password: the school's own id. May be given more than once. Without it,
    /// every teacher and leader who has none.
    #[arg(long)]
    person: Vec<String>,
    /// Print them as JSON.
    #[arg(long)]
    json: bool,
}

/// Those whom the arguments name.
fn chosen(store: &Store, names: &[String]) -> Result<Vec<Invitable>, Box<dyn Error>> {
    let adults = store.adults()?;
    if names.is_empty() {
        let waits =
            |one: &Invitable| matches!(one.role, Role::Teacher | Role::Leader) && !one.signs_in;
        return Ok(adults.into_iter().filter(waits).collect());
    }
    let mut found: Vec<Invitable> = Vec::new();
    for name in names {
        let id = find(store, name)?;
        let Some(adult) = adults.iter().find(|one| one.name.id == id) else {
            return Err(format!(
                "{name}: students come in with badges or pictures, which their teachers print. Name an adult with --person"
            )
            .into());
        };
        if !found.contains(adult) {
            found.push(adult.clone());
        }
    }
    Ok(found)
}

pub(crate) fn run(arguments: &InviteArguments) -> Result<ExitCode, Box<dyn Error>> {
    let store = super::opened::open(&arguments.dir, false)?;
    let people = chosen(&store, &arguments.person)?;
    if people.is_empty() {
        return Err(
            "there is nobody to invite: every teacher and leader of the roster has a password, or the roster names none. \
             `trellis roster import` brings people in; --person ID invites somebody anew"
                .into(),
        );
    }
    let (mut invitations, mut letters) = (Vec::new(), Vec::new());
    for one in &people {
        let (invitation, text) = draw_invitation(one.name.id)?;
        invitations.push(invitation);
        letters.push(text);
    }
    let until = now()?.plus_days(INVITATION_DAYS);
    store.invite_from_machine(&invitations, until)?;
    let mut out = io::stdout().lock();
    if arguments.json {
        let one = |(person, letters): (&Invitable, &String)| {
            serde_json::json!({
                "given_name": person.name.given,
                "family_name": person.name.family,
                "role": person.role.name(),
                "letters": letters,
                "path": format!("/join/{}", letters.replace(' ', "")),
            })
        };
        let list: Vec<_> = people.iter().zip(&letters).map(one).collect();
        writeln!(
            out,
            "{}",
            serde_json::json!({ "until_ms": until.0, "invitations": list })
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    for (person, letters) in people.iter().zip(&letters) {
        let (given, family) = (&person.name.given, &person.name.family);
        writeln!(out, "{given} {family}, {}\n  {letters}", person.role.name())?;
    }
    writeln!(
        out,
        "\nEach opens the page /join of the school once, within {INVITATION_DAYS} days, and is kept nowhere else: hand it over \
         on paper.\nThere the person chooses a name and a password."
    )?;
    Ok(ExitCode::SUCCESS)
}
