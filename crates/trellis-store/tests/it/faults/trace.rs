//! Power cuts: everything that a process wrote, flushed, cut and removed is recorded, and the disk is laid out as a cut at
//! any moment could have left it.
//!
//! What a flush of a file has confirmed is on the disk. What came after it may be there or not, by one of three models.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The smallest part that a disk writes whole, in bytes.
const SECTOR: usize = 512;

/// One of the two files of a database: the file itself, or its log.
pub(super) type Which = u8;
/// Their names.
const NAMES: [(Which, &str); 2] = [(1, "trellis.db"), (2, "trellis.db-wal")];

/// Something that happened.
#[derive(Debug)]
pub(super) enum Happened {
    /// A file was opened so that it is there afterwards.
    Made(Which),
    Wrote(Which, usize, Vec<u8>),
    Cut(Which, usize),
    Flushed(Which),
    Removed(Which),
    /// The process said this, so somebody may rely on it.
    Said(String),
}

/// Reads what the failing disk wrote down.
pub(super) fn read(path: &Path) -> Vec<Happened> {
    let bytes = fs::read(path).expect("there is a trace");
    let mut rest = &bytes[..];
    let mut found = Vec::new();
    while let Some((head, after)) = rest.split_first_chunk::<14>() {
        let file = head[1];
        let place = u64::from_le_bytes(head[2..10].try_into().expect("8 bytes"));
        let place = usize::try_from(place).expect("a file of a test is small");
        let length = u32::from_le_bytes(head[10..14].try_into().expect("4 bytes"));
        let (body, after) = after.split_at(length as usize);
        rest = after;
        found.push(match head[0] {
            b'C' => Happened::Made(file),
            b'W' => Happened::Wrote(file, place, body.to_vec()),
            b'T' => Happened::Cut(file, place),
            b'S' => Happened::Flushed(file),
            b'U' => Happened::Removed(file),
            b'K' => Happened::Said(String::from_utf8_lossy(body).into_owned()),
            other => panic!("unknown entry {other}"),
        });
    }
    assert!(rest.is_empty(), "the trace is whole");
    found
}

/// What a cut leaves of what was not flushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// Everything up to some moment, in the order in which it happened.
    Prefix,
    /// Any of the sectors, whatever their order.
    Sectors,
    /// Of each file everything up to some moment, and of each another moment.
    Files,
}

/// The disk while a trace is played back.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// What is on it for certain.
    certain: BTreeMap<Which, Vec<u8>>,
    /// Places in the trace of what is not, in order.
    uncertain: Vec<(Which, usize)>,
    /// Whether a flush does what it says.
    pub(super) lies: bool,
}

fn apply(
    files: &mut BTreeMap<Which, Vec<u8>>,
    happened: &Happened,
    keep: &mut dyn FnMut() -> bool,
) {
    match happened {
        Happened::Made(file) => {
            if keep() {
                files.entry(*file).or_default();
            }
        }
        Happened::Wrote(file, place, bytes) => {
            for (number, sector) in bytes.chunks(SECTOR).enumerate() {
                if keep() {
                    let bytes = files.entry(*file).or_default();
                    let from = place + number * SECTOR;
                    if bytes.len() < from + sector.len() {
                        bytes.resize(from + sector.len(), 0);
                    }
                    bytes[from..from + sector.len()].copy_from_slice(sector);
                }
            }
        }
        Happened::Cut(file, length) => {
            if keep() {
                files.entry(*file).or_default().resize(*length, 0);
            }
        }
        Happened::Removed(file) => {
            if keep() {
                files.remove(file);
            }
        }
        Happened::Flushed(_) | Happened::Said(_) => {}
    }
}

impl Disk {
    /// A disk on which a closed database stands.
    pub(super) fn with(database: &Path) -> Self {
        let bytes = fs::read(database).expect("there is a database");
        Self {
            certain: BTreeMap::from([(1, bytes)]),
            ..Self::default()
        }
    }

    /// Plays the next entry of a trace. Gives whether a cut after it may leave something else than a cut before.
    pub(super) fn play(&mut self, trace: &[Happened], at: usize) -> bool {
        match &trace[at] {
            Happened::Made(file)
            | Happened::Wrote(file, ..)
            | Happened::Cut(file, _)
            | Happened::Removed(file) => {
                self.uncertain.push((*file, at));
                true
            }
            Happened::Flushed(_) if self.lies => false,
            Happened::Flushed(flushed) => {
                let certain = &mut self.certain;
                self.uncertain.retain(|(file, at)| {
                    if file == flushed {
                        apply(certain, &trace[*at], &mut || true);
                    }
                    file != flushed
                });
                true
            }
            Happened::Said(_) => false,
        }
    }

    /// What a cut now leaves, by a model.
    pub(super) fn cut(
        &self,
        trace: &[Happened],
        model: Model,
        chance: &mut dyn FnMut() -> u64,
    ) -> BTreeMap<Which, Vec<u8>> {
        let mut files = self.certain.clone();
        let count = self.uncertain.len() as u64 + 1;
        let mut until = || usize::try_from(chance() % count).expect("small");
        match model {
            Model::Prefix => {
                for (_, at) in &self.uncertain[..until()] {
                    apply(&mut files, &trace[*at], &mut || true);
                }
            }
            Model::Sectors => {
                for (_, at) in &self.uncertain {
                    apply(&mut files, &trace[*at], &mut || chance().is_multiple_of(2));
                }
            }
            Model::Files => {
                for (which, _) in NAMES {
                    for (file, at) in &self.uncertain[..until()] {
                        if *file == which {
                            apply(&mut files, &trace[*at], &mut || true);
                        }
                    }
                }
            }
        }
        files
    }
}

/// Lays files out in a folder as a cut left them.
pub(super) fn lay_out(files: &BTreeMap<Which, Vec<u8>>, dir: &Path) {
    let names = NAMES.map(|(_, name)| name);
    for name in names.into_iter().chain(["trellis.db-shm"]) {
        let _ = fs::remove_file(dir.join(name));
    }
    for (which, name) in NAMES {
        if let Some(bytes) = files.get(&which) {
            fs::write(dir.join(name), bytes).expect("written");
        }
    }
}
