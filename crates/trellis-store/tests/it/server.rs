//! A PostgreSQL server of a test's own: made anew in a folder for temporary files, reached by a socket there and by nobody
//! else, and gone with the test. PostgreSQL does not run as root, so it runs as the user that its package made.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use trellis_store::Address;

use crate::school::Folder;

/// The role that owns the tables.
pub(crate) const OWNER: &str = "owner";
/// The role that serves.
pub(crate) const APP: &str = "app";
/// The role that may do everything.
pub(crate) const SUPERUSER: &str = "postgres";
/// The database.
const DATABASE: &str = "school";
/// How long it may take until the server answers, in seconds.
const PATIENCE_S: u64 = 60;

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    bin: PathBuf,
    // After the child: its folder goes when it has ended.
    folder: Folder,
}

/// Where the programs of PostgreSQL are; Debian keeps them out of the way.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout == b"0\n")
}

/// A command that does not run as root, and ends when the test does.
fn as_nobody_special(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    if is_root() {
        command.args([
            "--reuid",
            "postgres",
            "--regid",
            "postgres",
            "--clear-groups",
        ]);
    }
    command.arg("--").arg(program);
    // A place that everybody may stand in.
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("it can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

impl Server {
    /// Makes and starts a server with the two roles and an empty database. `None`, with a word, where PostgreSQL is not
    /// installed and `TRELLIS_NEEDS_POSTGRESQL` does not say that it must be.
    pub(crate) fn start() -> Option<Self> {
        let Some(bin) = programs() else {
            assert!(
                std::env::var_os("TRELLIS_NEEDS_POSTGRESQL").is_none(),
                "PostgreSQL is not installed"
            );
            eprintln!("PostgreSQL is not installed: nothing was tested with it");
            return None;
        };
        let folder = Folder::new("postgresql");
        if is_root() {
            run(Command::new("chown").arg("postgres:").arg(folder.path()));
        }
        let data = folder.path().join("data");
        run(as_nobody_special(&bin.join("initdb"))
            .args(["--no-sync", "--auth", "trust", "--encoding", "UTF8"])
            .args(["--locale", "C.UTF-8", "--username", SUPERUSER, "--pgdata"])
            .arg(&data));
        let child = Self::spawn(&bin, &folder, "data", &[]);
        let server = Self { child, bin, folder };
        server.wait();
        for sql in [
            format!("CREATE ROLE {OWNER} LOGIN"),
            format!("CREATE ROLE {APP} LOGIN"),
            format!("CREATE DATABASE {DATABASE} OWNER {OWNER}"),
        ] {
            server.psql("postgres", &sql);
        }
        Some(server)
    }

    /// The same, with the tables and the rights of the role that serves.
    pub(crate) fn prepared() -> Option<Self> {
        let server = Self::start()?;
        trellis_store::prepare(&server.address(OWNER, 1), APP).expect("the owner may");
        Some(server)
    }

    fn spawn(bin: &Path, folder: &Folder, data: &str, settings: &[&str]) -> Child {
        let log = std::fs::File::create(folder.path().join(format!("{data}.log")));
        let mut command = as_nobody_special(&bin.join("postgres"));
        command
            .arg("-D")
            .arg(folder.path().join(data))
            .arg("-k")
            .arg(folder.path())
            .args(["-c", "listen_addresses=", "-c", "max_connections=200"]);
        for setting in settings {
            command.args(["-c", setting]);
        }
        command
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(log.expect("the folder can be written"))
            .spawn()
            .expect("it can be started")
    }

    fn wait(&self) {
        let until = Instant::now() + Duration::from_secs(PATIENCE_S);
        while !self.answers() {
            assert!(Instant::now() < until, "PostgreSQL does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn answers(&self) -> bool {
        let mut ready = Command::new(self.bin.join("pg_isready"));
        ready.arg("-q").arg("-h").arg(self.folder.path());
        ready.status().is_ok_and(|status| status.success())
    }

    /// What a statement of the superuser gives, as text.
    pub(crate) fn ask(&self, sql: &str) -> String {
        self.psql(DATABASE, sql)
    }

    /// What a script of a role gives, or why it fails.
    pub(crate) fn try_as(&self, role: &str, sql: &str) -> Result<String, String> {
        let output = Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", role])
            .arg("-h")
            .arg(self.folder.path())
            .args(["-d", DATABASE, "-c", sql])
            .output()
            .expect("it can be started");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        match output.status.success() {
            true => Ok(text(&output.stdout)),
            false => Err(text(&output.stderr)),
        }
    }

    /// The server dies at once, and starts again.
    pub(crate) fn kill_and_start(&mut self) {
        // All of it: what is left of a server would hold its memory.
        let group = format!("-{}", self.child.id());
        run(Command::new("kill").args(["-KILL", "--", &group]));
        let _ = self.child.wait();
        self.child = Self::spawn(&self.bin, &self.folder, "data", &[]);
        self.wait();
    }

    fn psql(&self, database: &str, sql: &str) -> String {
        run(Command::new(self.bin.join("psql"))
            .args(["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER])
            .arg("-h")
            .arg(self.folder.path())
            .args(["-d", database, "-c", sql]))
    }

    /// A tenant, for a role.
    pub(crate) fn address(&self, role: &str, tenant: u32) -> Address {
        Address::parse(&self.url(role, tenant)).expect("an address")
    }

    /// The same, as it is given to a command.
    pub(crate) fn url(&self, role: &str, tenant: u32) -> String {
        let host = self.folder.path().display();
        format!("postgres:///{DATABASE}?host={host}&user={role}&tenant={tenant}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing of it is needed any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
