//! OATutor's open content pool: problems of steps with hints and scaffolds, read into courses of lessons.
//!
//! What cannot be used is never dropped silently: every problem, step and hint of that kind becomes a [`Finding`].

mod answer;
mod archive;
mod choice;
mod figures;
mod formula;
mod names;
mod plan;
mod problem;
mod raw;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use trellis_core::framework::Course;
use trellis_core::item::Item;

pub use archive::{PoolFault, PoolFile, read_files};

use crate::finding::Finding;
use crate::package::Media;
use crate::package::shelf::Hash;
use answer::AnswerKind;
use problem::ReadProblem;

/// A course of the pool with the items that are its own.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolCourse {
    /// Scope and sequence: a unit for each lesson.
    pub course: Course,
    /// The items, lesson by lesson. An item of a lesson that two courses share belongs to one of them.
    pub items: Vec<Item>,
}

/// A content pool.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Its courses.
    pub courses: Vec<PoolCourse>,
    /// What a person should look at, by file.
    pub findings: Vec<Finding>,
    /// What was counted.
    pub report: Report,
    /// The figures of the items, each once.
    pub media: Vec<Media>,
}

/// How many files of each kind there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Problems.
    pub problems: usize,
    /// Steps: the questions.
    pub steps: usize,
    /// Hints that say something.
    pub hints: usize,
    /// Hints that ask something.
    pub scaffolds: usize,
}

/// The answers of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct KindCount {
    /// Steps with such an answer.
    pub steps: usize,
    /// Of these: keys that the grader takes as right when they are typed as given.
    pub accepted: usize,
    /// Of these: items that learners can be shown.
    pub items: usize,
}

/// What an import found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Report {
    /// What was in the pool.
    pub counts: Counts,
    /// Courses.
    pub courses: usize,
    /// Lessons, each counted once for every course that has it.
    pub lessons: usize,
    /// Skills.
    pub skills: usize,
    /// Items that learners can be shown.
    pub items: usize,
    /// Steps that are no item; a finding says why for each.
    pub held_back: usize,
    /// Keys that the grader takes as right when they are typed as given.
    pub accepted: usize,
    /// Of these: answers that should be mathematics and are compared letter by letter.
    pub as_letters: usize,
    /// Of those accepted: read as the pool declares them: "arithmetic" as mathematics, "string" as words, choices.
    pub as_declared: usize,
    /// Of those accepted: kept in the first way that was tried, not in one that was looked for until the key fitted.
    pub first_way: usize,
    /// By kind of answer.
    pub kinds: BTreeMap<String, KindCount>,
    /// Findings by rule.
    pub findings: BTreeMap<String, usize>,
    /// Items by licence; without one as "none named".
    pub licences: BTreeMap<String, usize>,
}

/// Lessons, skills and what they say about steps.
#[derive(Debug, Default)]
struct Plan {
    courses: Vec<raw::RawCourse>,
    skills: BTreeMap<String, Vec<String>>,
    /// Skills by lesson.
    objectives: BTreeMap<String, BTreeSet<String>>,
    /// Lessons whose options stay in order.
    keep_order: BTreeSet<String>,
}

/// Understands the files of a pool, sorted by path. `path` names the pool in faults; `hash` names its figures; `progress`
/// hears how many of how many problems are read, from several threads.
///
/// # Errors
/// [`PoolFault::NoPool`] when there is no content pool or no plan in it.
pub fn read_pool(
    path: &Path,
    files: &[PoolFile],
    hash: Hash,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Pool, PoolFault> {
    let missing = |missing: &str| PoolFault::NoPool {
        path: path.to_path_buf(),
        missing: missing.to_string(),
    };
    let pool = files
        .iter()
        .find_map(|(name, _)| pool_start(name))
        .ok_or_else(|| missing("folder \"content-pool\" with problems"))?;
    let (base, folder) = (pool.0.to_string(), format!("{}content-pool/", pool.0));
    let mut findings = Vec::new();
    let plan = plan::read(&base, files, &mut findings).map_err(|what| missing(&what))?;
    let problems = group(&folder, files);
    let done = AtomicUsize::new(0);
    let read_one = |(folder, files): &(&str, &[PoolFile])| {
        let read = problem::read(folder, files, &plan, hash);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(64) || done == problems.len() {
            progress(done, problems.len());
        }
        read
    };
    let mut read: Vec<ReadProblem> = problems.par_iter().map(read_one).collect();
    if read.iter().all(|problem| problem.counts.problems == 0) {
        return Err(missing("problem in \"content-pool\""));
    }
    let mut report = tally(&read);
    let mut media: BTreeMap<String, Media> = BTreeMap::new();
    for problem in &mut read {
        findings.append(&mut problem.findings);
        let shown = problem.media.drain(..);
        media.extend(shown.map(|one| (one.name.clone(), one)));
    }
    let courses = plan::courses(&plan, read, &base, &mut findings);
    report.courses = courses.len();
    report.lessons = courses.iter().map(|one| one.course.units.len()).sum();
    report.skills = plan
        .skills
        .values()
        .flatten()
        .collect::<BTreeSet<_>>()
        .len();
    report.items = courses.iter().map(|one| one.items.len()).sum();
    report.held_back = report.counts.steps - report.items;
    for item in courses.iter().flat_map(|one| &one.items) {
        let licence = plan::licence_of(item).filter(|licence| !licence.is_empty());
        let licence = licence.unwrap_or("none named");
        *report.licences.entry(licence.to_string()).or_default() += 1;
    }
    findings.sort_by(|a, b| (&a.file, a.line, &a.rule).cmp(&(&b.file, b.line, &b.rule)));
    for finding in &findings {
        *report.findings.entry(finding.rule.clone()).or_default() += 1;
    }
    Ok(Pool {
        courses,
        findings,
        report,
        media: media.into_values().collect(),
    })
}

/// What stands before `content-pool/` in a path, and what behind.
fn pool_start(path: &str) -> Option<(&str, &str)> {
    match path.strip_prefix("content-pool/") {
        Some(inside) => Some(("", inside)),
        None => path
            .find("/content-pool/")
            .map(|at| (&path[..=at], &path[at + "/content-pool/".len()..])),
    }
}

/// The problem's folder that a file is in, with a `/` at its end.
fn folder_of<'a>(pool: &str, name: &'a str) -> Option<&'a str> {
    let inside = name.strip_prefix(pool)?;
    name.get(..pool.len() + inside.find('/')? + 1)
}

/// The problems of the pool, each with its folder and files.
fn group<'a>(pool: &str, files: &'a [PoolFile]) -> Vec<(&'a str, &'a [PoolFile])> {
    let mut groups: Vec<(&str, &[PoolFile])> = Vec::new();
    for same in files.chunk_by(|a, b| folder_of(pool, &a.0) == folder_of(pool, &b.0)) {
        if let Some(folder) = same.first().and_then(|(name, _)| folder_of(pool, name)) {
            groups.push((folder, same));
        }
    }
    groups
}

fn tally(problems: &[ReadProblem]) -> Report {
    let mut report = Report::default();
    for problem in problems {
        report.counts.problems += problem.counts.problems;
        report.counts.steps += problem.counts.steps;
        report.counts.hints += problem.counts.hints;
        report.counts.scaffolds += problem.counts.scaffolds;
        for step in &problem.steps {
            let name = step.kind.map_or("no usable answer", AnswerKind::name);
            let kind = report.kinds.entry(name.to_string()).or_default();
            kind.steps += 1;
            kind.accepted += usize::from(step.accepted);
            kind.items += usize::from(step.item.is_some());
            report.accepted += usize::from(step.accepted);
            report.as_letters += usize::from(step.as_letters && step.accepted);
            report.as_declared += usize::from(step.as_declared && step.accepted);
            report.first_way += usize::from(step.first_way && step.accepted);
        }
    }
    report
}
