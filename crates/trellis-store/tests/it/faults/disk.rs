//! The failing disk of the tests: `disk.c`, built by the machine's own C compiler, and put under a process that answers.

use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::OnceLock;

use crate::school::Folder;

const SOURCE: &str = include_str!("disk.c");

/// What is wrong with the disk, as `disk.c` reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Writes from one number on say that the disk is full, as many as said.
    Full(u32, u32),
    /// Writes fail.
    Write(u32, u32),
    /// Reads fail.
    Read(u32, u32),
    /// Flushes fail.
    Flush(u32, u32),
    /// Every flush takes this many milliseconds longer.
    Slow(u32),
    /// The process is killed before this write.
    DieBefore(u32),
    /// The process is killed after this flush: what it committed is on the disk, and nobody was told.
    DieAfterFlush(u32),
    /// The process is killed when half of this write is done.
    Torn(u32),
}

impl Fault {
    fn text(self) -> String {
        match self {
            Self::Full(from, count) => format!("full:{from}:{count}"),
            Self::Write(from, count) => format!("write:{from}:{count}"),
            Self::Read(from, count) => format!("read:{from}:{count}"),
            Self::Flush(from, count) => format!("sync:{from}:{count}"),
            Self::Slow(ms) => format!("slow:1:1000000000:{ms}"),
            Self::DieBefore(at) => format!("die:{at}:1"),
            Self::DieAfterFlush(at) => format!("dieafter:{at}:1"),
            Self::Torn(at) => format!("torn:{at}:1"),
        }
    }
}

/// The library, built once for each run of the tests.
fn library() -> &'static Path {
    static BUILT: OnceLock<(Folder, PathBuf)> = OnceLock::new();
    let (_, library) = BUILT.get_or_init(|| {
        let folder = Folder::new("failing-disk");
        let (source, library) = (folder.path().join("disk.c"), folder.path().join("disk.so"));
        std::fs::write(&source, SOURCE).expect("written");
        let built = Process::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .args(["-ldl", "-lpthread"])
            .output()
            .expect("the C compiler that SQLite is built with is there");
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
        (folder, library)
    });
    library
}

/// Puts the failing disk under a process that has not been started yet.
pub(crate) fn under(process: &mut Process, dir: &Path, fault: Option<Fault>, trace: Option<&Path>) {
    process
        .env("LD_PRELOAD", library())
        .env("TRELLIS_DISK_DIR", dir);
    if let Some(fault) = fault {
        process.env("TRELLIS_DISK_FAULT", fault.text());
    }
    if let Some(trace) = trace {
        process.env("TRELLIS_DISK_TRACE", trace);
    }
}
