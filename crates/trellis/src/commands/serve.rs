//! `trellis serve`: serve the school in a folder; `trellis config`: print the settings that it would take.

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use trellis_store::Store;
use trellis_web::{App, Certificate, Doors, Limits, Passkeys, log};

use super::daily;
use crate::config::Config;
use crate::sign_on;

/// Files that are open beside connections: the database with its logs, a second copy, and room for a backup.
#[cfg(unix)]
const OTHER_FILES: u64 = 128;

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// A file with settings; `trellis config` prints one with every setting explained.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The folder that holds the database.
    #[arg(long)]
    dir: Option<String>,
    /// The address of a PostgreSQL server instead of a folder: postgres://USER@HOST:PORT/NAME?tenant=NUMBER.
    #[arg(long)]
    database: Option<String>,
    /// A folder on another disk, to which every commit is copied before anybody gets a reply.
    #[arg(long)]
    second: Option<String>,
    /// Where to listen, 127.0.0.1:8080 without it; port 0 picks a free one.
    #[arg(long)]
    listen: Option<String>,
    /// Where figures for a monitor are served, such as 127.0.0.1:9188.
    #[arg(long)]
    metrics: Option<String>,
    /// How the log is written: text for people, json for programs.
    #[arg(long)]
    log: Option<String>,
    /// A file with this server's certificates in PEM: pages are then served over TLS alone.
    #[arg(long)]
    certificate: Option<String>,
    /// The file with the private key of the certificate, in PEM.
    #[arg(long)]
    certificate_key: Option<String>,
    /// Where those who ask without TLS are sent on, such as 0.0.0.0:80.
    #[arg(long)]
    unsecured: Option<String>,
    /// Addresses of web servers in front, parted by commas, which are believed about who asks.
    #[arg(long)]
    proxy: Option<String>,
}

impl ServeArguments {
    fn settings(&self) -> Result<Config, String> {
        let said = [
            ("dir", self.dir.as_deref()),
            ("database", self.database.as_deref()),
            ("second", self.second.as_deref()),
            ("listen", self.listen.as_deref()),
            ("metrics", self.metrics.as_deref()),
            ("log", self.log.as_deref()),
            ("certificate", self.certificate.as_deref()),
            ("certificate-key", self.certificate_key.as_deref()),
            ("unsecured", self.unsecured.as_deref()),
            ("proxy", self.proxy.as_deref()),
        ];
        let environment = |name: &str| std::env::var(name).ok();
        Config::read(self.config.as_deref(), environment, &said)
    }
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArguments {
    #[command(flatten)]
    serve: ServeArguments,
    /// Print the settings as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints the settings in effect.
pub(crate) fn config(arguments: &ConfigArguments) -> Result<ExitCode, Box<dyn Error>> {
    let settings = arguments.serve.settings()?;
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", settings.as_json())?;
    } else {
        write!(out, "{}", settings.as_file())?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn run(arguments: &ServeArguments) -> Result<ExitCode, Box<dyn Error>> {
    let settings = arguments.settings()?;
    if settings.logs_json()? {
        log::as_json();
    }
    let server = settings.server()?;
    if server.is_none() {
        settings.dir()?;
    }
    let doors = doors(&settings)?;
    let store = Arc::new(match (server, settings.second()) {
        (Some(server), _) => Store::open_at(&server, false)?,
        (None, Some(second)) => Store::open_with_second(&settings.dir()?, second)?,
        (None, None) => Store::open(&settings.dir()?, false)?,
    });
    // Whoever waits for the address reads the other stream.
    log::note(&super::model_install::running(store.catalog().model()));
    announce(&doors)?;
    daily::begin(&store)?;
    let sign_ons = sign_on::read(&settings)?;
    let passkeys = settings.address().map(Passkeys::at).transpose()?;
    let app = App::new(store)?
        .with_passkeys(passkeys.flatten())
        .with_code_for_staff(settings.staff_need_code()?)
        .with_sign_ons(sign_ons);
    trellis_web::serve(app, doors, limits())?;
    Ok(ExitCode::SUCCESS)
}

/// Opens every address that the settings name.
fn doors(settings: &Config) -> Result<Doors, Box<dyn Error>> {
    let certificate = settings.certificate()?;
    let proxies = settings.proxies()?;
    Ok(Doors {
        certificate: certificate
            .map(|(chain, key)| Certificate::read(chain, key))
            .transpose()?,
        pages: listen(settings.listen())?,
        figures: settings.metrics().map(listen).transpose()?,
        unsecured: settings.unsecured().map(listen).transpose()?,
        proxies,
    })
}

/// Says where the school is open.
fn announce(doors: &Doors) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let scheme = match doors.certificate {
        Some(_) => "https",
        None => "http",
    };
    let pages = doors.pages.local_addr()?;
    writeln!(out, "Trellis is open: {scheme}://{pages}/")?;
    if let Some(figures) = &doors.figures {
        writeln!(out, "Figures: http://{}/metrics", figures.local_addr()?)?;
    }
    if let Some(unsecured) = &doors.unsecured {
        writeln!(out, "Sent on to TLS: http://{}/", unsecured.local_addr()?)?;
    }
    out.flush()?;
    Ok(())
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
