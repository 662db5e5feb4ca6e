//! `trellis serve`: serve the school in a folder.

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use trellis_store::Store;
use trellis_web::{App, Limits};

use super::daily;

/// Files that are open beside connections: the database with its logs, a second copy, and room for a backup.
#[cfg(unix)]
const OTHER_FILES: u64 = 128;

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// The folder that holds the database.
    #[arg(long)]
    dir: PathBuf,
    /// A folder on another disk, to which every commit is copied before anybody gets a reply.
    #[arg(long)]
    second: Option<PathBuf>,
    /// Where to listen; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
}

pub(crate) fn run(arguments: &ServeArguments) -> Result<ExitCode, Box<dyn Error>> {
    let listener = listen(&arguments.listen)?;
    let store = Arc::new(match &arguments.second {
        Some(second) => Store::open_with_second(&arguments.dir, second)?,
        None => Store::open(&arguments.dir, false)?,
    });
    // Whoever waits for the address reads the other stream.
    writeln!(
        io::stderr(),
        "{}",
        super::model_install::running(store.catalog().model())
    )?;
    let mut out = io::stdout().lock();
    writeln!(out, "Trellis is open: http://{}/", listener.local_addr()?)?;
    out.flush()?;
    drop(out);
    daily::begin(&store)?;
    trellis_web::serve(App::new(store)?, listener, limits())?;
    Ok(ExitCode::SUCCESS)
}

/// As many connections as the system lets this process have, up to what one server should hold.
pub(crate) fn limits() -> Limits {
    let limits = Limits::default();
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let wanted = u64::from(limits.connections) + OTHER_FILES;
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let most = maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let raised = Rlimit {
            current: Some(most),
            maximum,
        };
        // Where it may not be raised, what there was stays.
        let files = match current {
            Some(current) if current < most && setrlimit(Resource::Nofile, raised).is_ok() => most,
            current => current.unwrap_or(wanted),
        };
        let room = files.saturating_sub(OTHER_FILES).max(1);
        Limits {
            connections: u32::try_from(room)
                .map_or(limits.connections, |room| room.min(limits.connections)),
            ..limits
        }
    }
    #[cfg(not(unix))]
    limits
}

/// Opens the address, or says in plain words why not.
pub(crate) fn listen(address: &str) -> Result<TcpListener, Box<dyn Error>> {
    TcpListener::bind(address).map_err(|error| {
        let advice = match error.kind() {
            ErrorKind::AddrInUse => "another program is using this port. Give another with --listen ADDR:PORT; port 0 picks a free one",
            ErrorKind::PermissionDenied => "this port needs more rights. Give one above 1023 with --listen ADDR:PORT",
            ErrorKind::InvalidInput => "an address looks like 127.0.0.1:8080. Give one with --listen ADDR:PORT",
            _ => "this address cannot be used. Give another with --listen ADDR:PORT",
        };
        format!("{address}: {advice} ({error})").into()
    })
}
