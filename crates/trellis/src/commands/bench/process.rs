//! The server as a process of its own, and what the operating system says of it: processor time and memory.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::http::Browser;

/// Ticks of the processor clock in a second, as Linux counts for programs on every platform (proc(5): USER_HZ).
const TICKS_PER_SECOND: f64 = 100.0;

/// A child process of this very program that serves on a free port of this machine.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    /// Held open for as long as the server lives: it says more than its first line.
    _said: BufReader<ChildStdout>,
}

impl Server {
    /// Starts `trellis COMMAND --dir DIR --listen 127.0.0.1:0` and waits until it says where it listens.
    pub(super) fn start(command: &str, dir: &Path) -> Result<Self, Box<dyn Error>> {
        let program = std::env::current_exe()?;
        let arguments = [
            OsStr::new(command),
            OsStr::new("--dir"),
            dir.as_os_str(),
            OsStr::new("--listen"),
            OsStr::new("127.0.0.1:0"),
        ];
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().ok_or("the server has no output")?;
        let (mut said, mut line) = (BufReader::new(said), String::new());
        said.read_line(&mut line)?;
        let address = line
            .split_once("http://")
            .and_then(|(_, rest)| rest.trim_end().trim_end_matches('/').parse().ok());
        let Some(address) = address else {
            // It has said on the error output why; there is nothing to serve.
            let _ = child.kill();
            let _ = child.wait();
            return Err("the server did not start".into());
        };
        Ok(Self {
            child,
            address,
            _said: said,
        })
    }

    /// The processor time used so far by all of its threads.
    pub(super) fn cpu(&self) -> Option<Duration> {
        cpu(&self.child.id().to_string())
    }

    /// The memory that it holds now, in bytes.
    pub(super) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        kilobytes(&status, "VmRSS:").map(|kilobytes| kilobytes * 1024)
    }

    /// A connection that reads plain text.
    pub(super) fn browser(&self) -> std::io::Result<Browser> {
        Browser::open(self.address, None)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended hard: what it acknowledged is on the disk, which the next start shows.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processor time of this process, all threads.
pub(super) fn own_cpu() -> Option<Duration> {
    cpu("self")
}

fn cpu(process: &str) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    ticks(&stat).map(|ticks| Duration::from_secs_f64(ticks / TICKS_PER_SECOND))
}

/// User and system time in a line of `/proc/PID/stat`. The name in brackets may hold anything, brackets too.
#[expect(
    clippy::cast_precision_loss,
    reason = "ticks since the start of a process"
)]
fn ticks(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_ascii_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) as f64)
}

fn kilobytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

/// Runs something and says how long it took and what processor time a server used meanwhile.
pub(super) fn timed<T>(
    server: &Server,
    work: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<(T, Duration, Option<Duration>), Box<dyn Error>> {
    let (before, begun) = (server.cpu(), Instant::now());
    let result = work()?;
    let wall = begun.elapsed();
    let used = server
        .cpu()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    Ok((result, wall, used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_behind_any_name() {
        let stat = "42 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0";
        assert_eq!(ticks(stat), Some(300.0));
        assert_eq!(ticks("42 (a"), None);
        assert_eq!(ticks("42 (a) S 1 2"), None);
    }

    #[test]
    fn memory_is_found_by_its_name() {
        let status = "VmPeak:\t  900 kB\nVmRSS:\t   123 kB\n";
        assert_eq!(kilobytes(status, "VmRSS:"), Some(123));
        assert_eq!(kilobytes(status, "VmSwap:"), None);
    }
}
