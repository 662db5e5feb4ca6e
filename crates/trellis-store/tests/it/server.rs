//! A PostgreSQL server of a test's own: made anew in a folder for temporary files, reached by a socket there and by nobody
//! else, and gone with the test. PostgreSQL does not run as root, so it runs as the user that its package made.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
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
    port: u16,
    /// The name of the folder of its files.
    data: String,
    // After the child: its folder goes when it has ended.
    folder: Arc<Folder>,
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

/// Adds lines to a file of a server; of two that say different things, the last one holds.
pub(crate) fn add(path: &Path, lines: &str) {
    let file = std::fs::OpenOptions::new().append(true).open(path);
    file.and_then(|mut file| file.write_all(lines.as_bytes()))
        .expect("it can be written");
}

/// Puts a file into the folder of a server that the server alone may read.
pub(crate) fn put(path: &Path, text: &str) {
    std::fs::write(path, text).expect("it can be written");
    if is_root() {
        run(Command::new("chown").arg("postgres:").arg(path));
    }
    run(Command::new("chmod").arg("600").arg(path));
}

impl Server {
    /// Makes and starts a server with the two roles and an empty database. `None`, with a word, where PostgreSQL is not
    /// installed and `TRELLIS_NEEDS_POSTGRESQL` does not say that it must be.
    pub(crate) fn start() -> Option<Self> {
        Self::start_at(5432, |_| {})
    }

    /// The same with a port, for a network too, and with files put into its folder before it begins.
    pub(crate) fn start_at(port: u16, furnish: impl FnOnce(&Path)) -> Option<Self> {
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
        add(&data.join("postgresql.conf"), "listen_addresses = ''\n");
        furnish(&data);
        let server = Self::running(bin, Arc::new(folder), "data".into(), port);
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

    fn running(bin: PathBuf, folder: Arc<Folder>, data: String, port: u16) -> Self {
        let child = Self::spawn(&bin, &folder, &data, port);
        let server = Self {
            child,
            bin,
            port,
            data,
            folder,
        };
        server.wait();
        server
    }

    /// A second server that follows this one, and that waits before it shows what it has got.
    pub(crate) fn standby(&self, data: &str, port: u16) -> Self {
        run(as_nobody_special(&self.bin.join("pg_basebackup"))
            .args(["--no-sync", "--checkpoint", "fast", "--write-recovery-conf"])
            .args([
                "--wal-method",
                "stream",
                "--username",
                SUPERUSER,
                "--pgdata",
            ])
            .arg(self.folder.path().join(data))
            .arg("--dbname")
            .arg(format!(
                "host={} port={} application_name=standby",
                self.folder.path().display(),
                self.port
            )));
        let (bin, folder) = (self.bin.clone(), Arc::clone(&self.folder));
        Self::running(bin, folder, data.to_owned(), port)
    }

    /// Waits with each commit for the standby, or for none.
    pub(crate) fn commit_on(&self, standby: &str) {
        self.psql(
            "postgres",
            &format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'"),
        );
        self.psql("postgres", "SELECT pg_reload_conf()");
        let state = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'";
        let until = Instant::now() + Duration::from_secs(PATIENCE_S);
        while self.psql("postgres", state) != "1" {
            assert!(Instant::now() < until, "the standby does not follow");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What PostgreSQL's own measurement finds, with 16 connections: transactions of four statements, and of one.
    pub(crate) fn limits(&self) -> Vec<(&'static str, f64)> {
        let pgbench = |arguments: &[&str]| {
            let mut command = Command::new(self.bin.join("pgbench"));
            command.args(["-U", SUPERUSER, "-p", &self.port.to_string(), "-h"]);
            command
                .arg(self.folder.path())
                .args(arguments)
                .arg("postgres");
            run(&mut command)
        };
        pgbench(&["-i", "-q", "-s", "4"]);
        let measure = |script: &str| {
            let said = pgbench(&["-n", "-c", "16", "-j", "2", "-T", "5", "-b", script]);
            let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
            let rate = rate.and_then(|rate| rate.split(' ').next()?.parse().ok());
            rate.expect("pgbench says a rate")
        };
        vec![
            ("simple-update, one commit each", measure("simple-update")),
            ("select-only", measure("select-only")),
        ]
    }

    /// The standby hears nothing more of the server that it follows.
    pub(crate) fn part(&self) {
        self.psql("postgres", "ALTER SYSTEM SET primary_conninfo = ''");
        self.psql("postgres", "SELECT pg_reload_conf()");
    }

    /// From now on it follows nobody and takes writes.
    pub(crate) fn promote(&self) {
        self.psql("postgres", "SELECT pg_promote()");
    }

    /// Dies at once, with all of its processes: each has a group of its own, and what is left of them would hold the memory.
    pub(crate) fn kill(&self) {
        let own = self.child.id().to_string();
        let children = Command::new("ps")
            .args(["-o", "pid=", "--ppid", &own])
            .output();
        let children = children.expect("ps can be started").stdout;
        let children = String::from_utf8_lossy(&children).into_owned();
        // One that has ended meanwhile is no failure.
        let _ = Command::new("kill")
            .args(["-KILL", &own])
            .args(children.split_whitespace())
            .stderr(Stdio::null())
            .status();
    }

    fn spawn(bin: &Path, folder: &Folder, data: &str, port: u16) -> Child {
        let log = std::fs::File::create(folder.path().join(format!("{data}.log")));
        let mut command = as_nobody_special(&bin.join("postgres"));
        command
            .arg("-D")
            .arg(folder.path().join(data))
            .arg("-k")
            .arg(folder.path())
            .args(["-c", "max_connections=200"])
            .args(["-c", "recovery_min_apply_delay=1s", "-p", &port.to_string()])
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
        ready.args(["-q", "-p", &self.port.to_string(), "-h"]);
        ready.arg(self.folder.path());
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
            .args(["-p", &self.port.to_string(), "-h"])
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
        self.kill();
        let _ = self.child.wait();
        let until = Instant::now() + Duration::from_secs(PATIENCE_S);
        self.child = Self::spawn(&self.bin, &self.folder, &self.data, self.port);
        while !self.answers() {
            assert!(Instant::now() < until, "PostgreSQL does not come back");
            // It does not begin while anything of the one before is left.
            if let Ok(Some(_)) = self.child.try_wait() {
                self.child = Self::spawn(&self.bin, &self.folder, &self.data, self.port);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn psql(&self, database: &str, sql: &str) -> String {
        run(Command::new(self.bin.join("psql"))
            .args(["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER])
            .args(["-p", &self.port.to_string(), "-h"])
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
        format!(
            "postgres://:{}/{DATABASE}?host={host}&user={role}&tenant={tenant}",
            self.port
        )
    }
}

/// A pooler in front of a server, in transaction mode, with three sessions.
#[derive(Debug)]
pub(crate) struct Pooler {
    child: Child,
}

/// Where the pooler listens.
const POOLER_PORT: u16 = 6432;

impl Server {
    /// Starts a pooler. `None`, with a word, where pgbouncer is not installed.
    pub(crate) fn pooler(&self) -> Option<Pooler> {
        let program = Path::new("/usr/sbin/pgbouncer");
        if !program.exists() {
            eprintln!("pgbouncer is not installed: nothing was tested with it");
            return None;
        }
        let folder = self.folder.path().display();
        let users = self.folder.path().join("users.txt");
        let settings = self.folder.path().join("pooler.ini");
        std::fs::write(&users, format!("\"{APP}\" \"\"\n")).expect("it can be written");
        let words = format!(
            "[databases]\n* = host={folder} port={}\n[pgbouncer]\nlisten_addr =\nlisten_port = {POOLER_PORT}\n\
             unix_socket_dir = {folder}\nauth_type = trust\nauth_file = {}\npool_mode = transaction\n\
             default_pool_size = 3\nlogfile = {folder}/pooler.log\n",
            self.port,
            users.display()
        );
        std::fs::write(&settings, words).expect("it can be written");
        let child = as_nobody_special(program)
            .arg(&settings)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it can be started");
        let socket = self.folder.path().join(format!(".s.PGSQL.{POOLER_PORT}"));
        let until = Instant::now() + Duration::from_secs(PATIENCE_S);
        while !socket.exists() {
            assert!(Instant::now() < until, "pgbouncer does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(Pooler { child })
    }
}

impl Pooler {
    /// A tenant behind it, for a role.
    pub(crate) fn url(&self, server: &Server, role: &str, tenant: u32) -> String {
        let own = format!("://:{POOLER_PORT}/");
        server
            .url(role, tenant)
            .replacen(&format!("://:{}/", server.port), &own, 1)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        // Nothing of it is needed any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing of it is needed any more.
        self.kill();
        let _ = self.child.wait();
    }
}
