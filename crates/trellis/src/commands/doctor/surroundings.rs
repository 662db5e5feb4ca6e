//! What stands around a database: its folder, the room on the disk, and the backups.

use std::fs::{self, Metadata};
use std::path::Path;

use trellis_core::time::Timestamp;
use trellis_store::backup::{BackupKey, backups as finished, is_continued_by, read_manifest};

use super::Check;

/// A backup older than this many days is too old.
const OLD_DAYS: f64 = 2.0;
/// Less room than this is too little, in bytes.
const LEAST_ROOM: u64 = 512 * 1024 * 1024;
/// Nothing can be written with less than this, in bytes.
const NO_ROOM: u64 = 16 * 1024 * 1024;

/// A number of bytes in words.
pub(super) fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes / (unit / 10);
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// The folder and the disk under it.
pub(super) fn folder(dir: &Path) -> Vec<Check> {
    let metadata = match fs::metadata(dir) {
        Ok(metadata) if metadata.is_dir() => metadata,
        Ok(_) => {
            return vec![Check::broken(
                "folder",
                format!("{} is a file.", dir.display()),
                "give the folder that holds the database with --dir",
            )];
        }
        Err(error) => {
            return vec![Check::broken(
                "folder",
                format!("{} cannot be used: {error}.", dir.display()),
                "give the folder that holds the database with --dir, and check who owns it",
            )];
        }
    };
    let mut checks = vec![rights(dir, &metadata)];
    checks.push(room(dir));
    checks
}

#[cfg(unix)]
fn rights(dir: &Path, metadata: &Metadata) -> Check {
    use std::os::unix::fs::PermissionsExt as _;
    if rustix::fs::access(dir, rustix::fs::Access::WRITE_OK).is_err() {
        return Check::broken(
            "rights",
            "you may not write to the folder.",
            format!(
                "run this as the user that Trellis runs as, or give the folder to that user: chown -R USER {}",
                dir.display()
            ),
        );
    }
    let file = fs::metadata(dir.join("trellis.db")).ok();
    let open_to = |metadata: &Metadata| metadata.permissions().mode() & 0o007;
    // A closed folder closes what is in it.
    if open_to(metadata) != 0 && file.as_ref().is_none_or(|file| open_to(file) != 0) {
        return Check::attention(
            "rights",
            "everybody on this machine can read the folder, and it holds children's data.",
            format!("chmod 700 {}", dir.display()),
        );
    }
    Check::fine(
        "rights",
        "the folder is closed to others, and can be written to.",
    )
}

#[cfg(not(unix))]
fn rights(_dir: &Path, metadata: &Metadata) -> Check {
    if metadata.permissions().readonly() {
        Check::broken(
            "rights",
            "you may not write to the folder.",
            "run this as the user that Trellis runs as",
        )
    } else {
        Check::fine("rights", "the folder can be written to.")
    }
}

#[cfg(unix)]
fn room(dir: &Path) -> Check {
    let stat = match rustix::fs::statvfs(dir) {
        Ok(stat) => stat,
        Err(error) => {
            return Check::attention(
                "room",
                format!("the disk does not say how much room it has: {error}."),
                "look yourself",
            );
        }
    };
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let database = fs::metadata(dir.join("trellis.db")).map_or(0, |metadata| metadata.len());
    let remedy = "make room on this disk, or move the folder to a larger one while Trellis is stopped. Answers stay on the \
                  devices as long as nothing can be written";
    if stat.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY) {
        return Check::broken(
            "room",
            "the disk can only be read.",
            "mount it for writing; when the system has made it read-only by itself the disk is failing: restore a backup on \
             another one",
        );
    }
    if free < NO_ROOM {
        Check::broken(
            "room",
            format!("the disk is full: {} are free.", size(free)),
            remedy,
        )
    } else if free < LEAST_ROOM.max(database.saturating_mul(2)) {
        let says = format!(
            "{} are free. A backup needs room for a copy of the database, which has {}, and a school grows.",
            size(free),
            size(database)
        );
        Check::attention("room", says, remedy)
    } else {
        Check::fine("room", format!("{} are free.", size(free)))
    }
}

#[cfg(not(unix))]
fn room(_dir: &Path) -> Check {
    Check::attention(
        "room",
        "on this system Trellis cannot ask how much room the disk has.",
        "look yourself",
    )
}

/// The newest backup: its age, and with a key whether all of it can be read.
/// And whether the database goes on from it.
pub(super) fn backups(dir: &Path, folder: &Path, key: Option<&Path>, now: Timestamp) -> Check {
    let newest = match finished(folder) {
        Ok(mut found) => found.pop(),
        Err(error) => return Check::broken("backups", error.to_string(), "check the folder"),
    };
    let every_night = "run `trellis backup` every night";
    let Some(newest) = newest else {
        return Check::attention("backups", "there is none.", every_night);
    };
    let name = newest.display().to_string();
    let Some(key) = key else {
        let age = fs::metadata(&newest)
            .and_then(|metadata| metadata.modified())
            .ok()
            .and_then(|at| at.elapsed().ok());
        let days = age.map_or(0.0, |age| age.as_secs_f64() / 86_400.0);
        return aged(
            days,
            format!("the newest is {name}. Give its key with --key to have it read"),
        );
    };
    let manifest = BackupKey::read(key).and_then(|key| read_manifest(&newest, &key));
    match manifest {
        Ok(manifest) if is_continued_by(&manifest, dir).is_ok_and(|continued| !continued) => {
            let says = format!(
                "{name} holds {} events, and the database in the folder does not go on from there: something that was \
                 acknowledged is missing or was changed.",
                manifest.events
            );
            Check::broken(
                "backups",
                says,
                "restore this backup into a new folder, and keep both folders for whoever looks into it",
            )
        }
        Ok(manifest) => aged(
            now.days_since(manifest.made_at),
            format!(
                "the newest is {name} with {} events, and can be read to its end",
                manifest.events
            ),
        ),
        Err(error) => Check::broken(
            "backups",
            error.to_string(),
            "make a new one now with `trellis backup`, and try it with `trellis restore --check`",
        ),
    }
}

fn aged(days: f64, says: String) -> Check {
    let says = format!("{says}; it is {days:.1} days old.");
    if days > OLD_DAYS {
        Check::attention("backups", says, "run `trellis backup` every night")
    } else {
        Check::fine("backups", says)
    }
}
