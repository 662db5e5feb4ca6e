//! `trellis demo`: a whole school on this machine, with five weeks of invented history, in one command.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use trellis_core::id::PersonId;
use trellis_core::people::{Person, Role};
use trellis_interop::course::read_course;
use trellis_interop::finding::Severity;
use trellis_sim::{History, School, demonstration, live};
use trellis_store::{District, Import, Source, Store};
use trellis_web::{App, hash_secret};

use super::clock::now;
use super::serve::{limits, listen};

/// The id of a course in the binary, and its files.
type ShippedCourse = (&'static str, &'static [(&'static str, &'static [u8])]);

include!(concat!(env!("OUT_DIR"), "/courses.rs"));

/// The course that the demonstration's learners take.
pub(crate) const COURSE: &str = "fractions-to-equations";
/// What everyone in the demonstration picks to sign in, in this order.
const PICTURES: &str = "cat sun boat";
/// The password of the demonstration's staff and families.
const PASSWORD: &str = "trellis-demo";

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// The folder for the demonstration school; a new temporary one without it.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Where to listen; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// What the invented school is drawn from.
    #[arg(long, default_value_t = 5)]
    seed: u64,
    /// Make the school and leave, without serving.
    #[arg(long)]
    provision_only: bool,
    /// Print what was made as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &DemoArguments) -> Result<ExitCode, Box<dyn Error>> {
    // Taken first: nothing is made when the port is not free.
    let listener = if arguments.provision_only {
        None
    } else {
        Some(listen(&arguments.listen)?)
    };
    let temporary = arguments.dir.is_none();
    let dir = match &arguments.dir {
        Some(dir) => dir.clone(),
        None => std::env::temp_dir().join(format!("trellis-demo-{}", std::process::id())),
    };
    let store = Arc::new(Store::open(&dir, true)?);
    match store.district()? {
        None => provision(&store, arguments.seed)?,
        Some(district) if district.demo => {}
        Some(_) => {
            return Err(format!(
                "{}: this folder holds a real school; give another with --dir",
                dir.display()
            )
            .into());
        }
    }
    let mut out = io::stdout().lock();
    let address = listener
        .as_ref()
        .map(std::net::TcpListener::local_addr)
        .transpose()?;
    if arguments.json {
        let line = serde_json::json!({
            "address": address.map(|address| format!("http://{address}/")),
            "dir": dir.display().to_string(),
            "pictures": PICTURES,
            "password": PASSWORD,
        });
        writeln!(out, "{line}")?;
    } else {
        announce(&mut out, &store, address)?;
    }
    out.flush()?;
    drop(out);
    if let Some(listener) = listener {
        trellis_web::serve(App::new(Arc::clone(&store))?, listener, limits())?;
    }
    drop(store);
    if temporary {
        std::fs::remove_dir_all(&dir)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn announce(
    out: &mut impl Write,
    store: &Store,
    address: Option<std::net::SocketAddr>,
) -> Result<(), Box<dyn Error>> {
    if let Some(address) = address {
        writeln!(out, "Willow Creek is open: http://{address}/")?;
    }
    writeln!(
        out,
        "Press \"Look around\" there and pick anybody: a student, a teacher, a parent, the district's leader."
    )?;
    writeln!(out, "Or sign in as a school would:")?;
    let people = store.people()?;
    let login = |role: Role| {
        people
            .iter()
            .find(|person| person.role == role)
            .map(login_name)
            .unwrap_or_default()
    };
    for (who, role) in [
        ("teacher", Role::Teacher),
        ("family", Role::Guardian),
        ("leader", Role::Leader),
    ] {
        writeln!(out, "  {who:<8} {:<24} password {PASSWORD}", login(role))?;
    }
    let codes: Vec<String> = store
        .sections()?
        .into_iter()
        .map(|section| section.class_code)
        .collect();
    writeln!(
        out,
        "  student  class code {} once its teacher has opened the class; pictures {PICTURES}",
        codes.join(", ")
    )?;
    let dir = store.dir().unwrap_or(Path::new(""));
    writeln!(out, "Everything is in {}. Stop with Ctrl-C.", dir.display())?;
    Ok(())
}

/// The name that a member of staff or a family types: `given.family`.
fn login_name(person: &Person) -> String {
    format!("{}.{}", person.given_name, person.family_name).to_lowercase()
}

fn provision(store: &Store, seed: u64) -> Result<(), Box<dyn Error>> {
    let imports = shipped()?;
    store.import(
        &Source {
            format: "course".to_owned(),
            name: "shipped".to_owned(),
        },
        imports,
    )?;
    let school = demonstration(seed, COURSE);
    let history = History {
        seed,
        now: now()?,
        weeks: 5,
        attempts_a_day: 4,
        days_a_week: 3,
    };
    // Slow on purpose, so it goes on while weeks are lived through.
    let secrets = std::thread::spawn(|| (hash_secret(PICTURES), hash_secret(PASSWORD)));
    // All of it or nothing: a start that was broken off begins anew instead of serving half a school.
    store.provision(|| -> Result<(), Box<dyn Error>> {
        store.add_roster(school.roster.clone())?;
        live(store, &school, &history)?;
        let (pictures, password) = secrets.join().map_err(|_| "hashing a secret failed")?;
        store.set_credentials(credentials(&school, &pictures?, &password?))?;
        store.set_district(District {
            name: school.name.clone(),
            demo: true,
        })?;
        Ok(())
    })
}

/// The courses in the binary, each read on a thread of its own.
pub(crate) fn shipped() -> Result<Vec<Import>, Box<dyn Error>> {
    std::thread::scope(|scope| {
        let parts: Vec<_> = COURSES
            .iter()
            .map(|(id, files)| scope.spawn(move || one_shipped(id, files)))
            .collect();
        let mut imports = Vec::new();
        for part in parts {
            imports.push(
                part.join()
                    .map_err(|_| "reading a shipped course failed")??,
            );
        }
        Ok(imports)
    })
}

fn one_shipped(id: &str, files: &[(&str, &[u8])]) -> Result<Import, String> {
    let files: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
        .collect();
    let (folder, findings) = read_course(&files);
    if let Some(error) = findings
        .iter()
        .find(|finding| finding.severity == Severity::Error)
    {
        return Err(format!("the shipped course {id} is broken: {error}"));
    }
    Ok(Import {
        items: in_course_order(&folder.pack),
        mix_ups: folder.pack.bank.mix_ups().to_vec(),
        course: folder.pack.course,
    })
}

/// The items as the course gives them: by competency in order of teaching, then by level.
pub(crate) fn in_course_order(
    pack: &trellis_interop::course::CoursePack,
) -> Vec<trellis_core::item::Item> {
    let mut items = Vec::new();
    for competency in pack.course.sequence() {
        let mut of: Vec<_> = pack.bank.of(competency).cloned().collect();
        of.sort_by_key(|item| item.level);
        items.append(&mut of);
    }
    items
}

/// One secret for all learners and one for all adults: a slow hash each, which is enough for invented people.
fn credentials(
    school: &School,
    pictures: &str,
    password: &str,
) -> Vec<(PersonId, &'static str, Option<String>, String)> {
    let of = |person: &Person| match person.role {
        Role::Learner => (person.id, "pictures", None, pictures.to_owned()),
        _ => {
            let login = Some(login_name(person));
            (person.id, "password", login, password.to_owned())
        }
    };
    school.roster.people.iter().map(of).collect()
}
