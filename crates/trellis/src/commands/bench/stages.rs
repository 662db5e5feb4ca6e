//! The stages of a measurement, in the order in which they run; each adds its figures.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use trellis_sim::Random;
use trellis_store::Store;

use super::super::clock::now;
use super::super::demo::{COURSE, shipped};
use super::crowd::{crowd, quantile};
use super::http::Browser;
use super::inside;
use super::limits::Limits;
use super::page::assets;
use super::practice::{Answered, SignedIn, answer_all, begin_all, check_over, fill_in, sign_in};
use super::process::{Server, timed};
use super::school::{BenchSchool, SECTION_SIZE, provision};
use super::storm::{come_in, print_badges};
use super::table::{Better, Figure, number};

/// What a browser of today asks for.
const BROWSER_ENCODINGS: &str = "gzip, deflate, br, zstd";
/// Requests for nothing, to know what a request costs before any work.
const EMPTY_REQUESTS: usize = 10_000;
/// Class maps that are read.
const MAPS: usize = 300;

/// A measurement under way.
#[derive(Debug)]
pub(super) struct Bench {
    dir: PathBuf,
    limits: Limits,
    learners: usize,
    connections: usize,
    random: Random,
    school: Option<BenchSchool>,
    signed_in: Vec<SignedIn>,
    figures: Vec<Figure>,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts and sizes far below 2^53"
)]
fn real(count: usize) -> f64 {
    count as f64
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The processor time that one of many took, in milliseconds.
fn each_ms(cpu: Option<Duration>, count: usize) -> Option<f64> {
    cpu.map(|cpu| ms(cpu) / real(count.max(1)))
}

fn file_size(dir: &Path) -> Result<f64, Box<dyn Error>> {
    Ok(real(usize::try_from(
        std::fs::metadata(dir.join("trellis.db"))?.len(),
    )?))
}

impl Bench {
    pub(super) fn new(dir: &Path, limits: Limits, learners: usize, connections: usize) -> Self {
        Self {
            dir: dir.to_path_buf(),
            limits,
            learners,
            connections,
            random: Random::new(1),
            school: None,
            signed_in: Vec::new(),
            figures: Vec::new(),
        }
    }

    pub(super) fn into_figures(self) -> Vec<Figure> {
        self.figures
    }

    fn add(
        &mut self,
        key: &'static str,
        what: impl Into<String>,
        measured: impl Into<Option<f64>>,
        unit: &'static str,
        target: Option<(Better, f64)>,
        beside: String,
    ) {
        self.figures.push(Figure {
            key,
            what: what.into(),
            measured: measured.into(),
            unit,
            target,
            beside,
        });
    }

    fn school_dir(&self) -> PathBuf {
        self.dir.join("school")
    }

    fn school(&self) -> Result<&BenchSchool, Box<dyn Error>> {
        Ok(self.school.as_ref().ok_or("there is no school yet")?)
    }

    /// From the start of the program with an empty folder to the first page.
    pub(super) fn demo(&mut self) -> Result<(), Box<dyn Error>> {
        let dir = self.dir.join("demo");
        let begun = Instant::now();
        let server = Server::start("demo", &dir)?;
        let page = server.browser()?.get("/sign-in", "")?;
        let wall = begun.elapsed();
        let cpu = server.cpu();
        let memory = server.memory();
        if page.status != 200 {
            return Err(format!("the first page: status {}", page.status).into());
        }
        drop(server);
        let size = file_size(&dir)?;
        let writing = size / self.limits.written_bytes_per_s;
        self.add(
            "demo_first_page",
            "demo: empty folder to first page",
            wall.as_secs_f64(),
            "s",
            Some((Better::Less, 1.0)),
            format!(
                "writing its {} MB: {} s",
                number(size / 1e6),
                number(writing)
            ),
        );
        self.add(
            "demo_cpu",
            "demo: processor time of that",
            cpu.map(|cpu| cpu.as_secs_f64()),
            "s",
            None,
            String::new(),
        );
        let beside = memory.map_or(String::new(), |bytes| {
            format!("the demo after its start: {} MB", number(bytes_mb(bytes)))
        });
        let server = Server::start("serve", &dir)?;
        server.browser()?.get("/sign-in", "")?;
        self.add(
            "memory_at_rest",
            "memory at rest",
            server.memory().map(bytes_mb),
            "MB",
            Some((Better::Less, 40.0)),
            beside,
        );
        Ok(())
    }

    /// Makes the school of the measurement.
    pub(super) fn provision(&mut self) -> Result<(), Box<dyn Error>> {
        let store = Store::open(&self.school_dir(), true)?;
        self.school = Some(provision(
            &store,
            shipped()?,
            COURSE,
            self.learners,
            now()?,
        )?);
        Ok(())
    }

    /// What pages cost: an empty request, the class map, a student's page on the wire.
    pub(super) fn pages(&mut self) -> Result<(), Box<dyn Error>> {
        let server = Server::start("serve", &self.school_dir())?;
        let (teacher, section) = (self.school()?.teacher, self.school()?.lived);
        let (connections, fresh) = (self.connections, self.school()?.fresh.clone());
        let nothing = vec![(); EMPTY_REQUESTS];
        let (_, _, empty) = timed(&server, || {
            crowd(server.address, connections, &nothing, |browser, ()| {
                Ok(browser.get("/health", "")?)
            })
        })?;
        let empty = each_ms(empty, EMPTY_REQUESTS);
        let empty_words = empty.map_or(String::new(), |ms| {
            format!("an empty request: {} ms", number(ms))
        });
        let teacher = sign_in(&mut server.browser()?, teacher)?;
        let path = format!("/teach/{section}/map?unit=all");
        let map = server.browser()?.get(&path, &teacher.cookie)?;
        let cells = map.text().matches("<td").count();
        let maps = vec![(); MAPS];
        let (_, _, cpu) = timed(&server, || {
            crowd(server.address, 2, &maps, |browser, ()| {
                Ok(browser.get(&path, &teacher.cookie)?.status)
            })
        })?;
        self.add(
            "class_map_cpu",
            format!(
                "class map, {SECTION_SIZE} students x {} skills: CPU",
                cells / SECTION_SIZE
            ),
            each_ms(cpu, MAPS),
            "ms",
            Some((Better::Less, 2.0)),
            format!(
                "{empty_words}; copying its {} kB: {} ms",
                number(real(map.body.len()) / 1e3),
                number(real(map.body.len()) / self.limits.copied_bytes_per_s * 1e3)
            ),
        );
        let begun = Instant::now();
        self.signed_in = crowd(server.address, connections, &fresh, |browser, person| {
            sign_in(browser, *person)
        })?;
        let rate = real(fresh.len()) / begun.elapsed().as_secs_f64();
        self.add(
            "sign_ins",
            "sign-ins a second, without the slow hash",
            rate,
            "/s",
            None,
            String::new(),
        );
        self.wire(&server)
    }

    /// What the day of a student weighs on the wire, first and later.
    fn wire(&mut self, server: &Server) -> Result<(), Box<dyn Error>> {
        let learner = self.signed_in.first().ok_or("nobody is signed in")?.clone();
        let mut plain = server.browser()?;
        let mut packed = Browser::open(server.address, Some(BROWSER_ENCODINGS))?;
        let page = plain.get("/today", &learner.cookie)?;
        let warm = packed.get("/today", &learner.cookie)?.wire;
        let mut cold = warm;
        let mut wanted = assets(&page.text());
        for sheet in wanted.clone().iter().filter(|path| path.ends_with(".css")) {
            wanted.extend(assets(&plain.get(sheet, "")?.text()));
        }
        for path in &wanted {
            let reply = packed.get(path, "")?;
            if reply.status != 200 {
                return Err(format!("{path}: status {}", reply.status).into());
            }
            cold += reply.wire;
        }
        self.add(
            "page_cold",
            "student's day on the wire, first time",
            real(cold) / 1e3,
            "kB",
            Some((Better::Less, 125.0)),
            format!(
                "page and {} files; as plain text the page has {} kB",
                wanted.len(),
                number(real(page.wire) / 1e3)
            ),
        );
        self.add(
            "page_warm",
            "student's day on the wire, later",
            real(warm) / 1e3,
            "kB",
            Some((Better::Less, 15.0)),
            String::new(),
        );
        Ok(())
    }

    /// A morning on which everybody comes in by a badge within seconds.
    pub(super) fn storm(&mut self, badges: usize) -> Result<(), Box<dyn Error>> {
        let dir = self.dir.join("storm");
        let store = Store::open(&dir, true)?;
        // The first class, which has lived, comes too.
        let learners = badges.saturating_sub(SECTION_SIZE);
        let school = provision(&store, shipped()?, COURSE, learners, now()?)?;
        drop(store);
        let server = Server::start("serve", &dir)?;
        let badges = print_badges(server.address, school.teacher, &school.sections)?;
        let (storm, _, cpu) = timed(&server, || {
            come_in(server.address, self.connections, &badges)
        })?;
        let count = real(badges.len());
        let each = each_ms(cpu, badges.len()).map_or(String::new(), |ms| {
            format!(", {} ms of processor time each", number(ms))
        });
        self.add(
            "badge_storm",
            format!("{} badges scanned, pressed, the day read", number(count)),
            storm.wall.as_secs_f64() / count * 5_000.0,
            "s for 5,000",
            Some((Better::Less, 10.0)),
            format!(
                "the disk: {} flushes/s{each}",
                number(self.limits.flushes_per_s)
            ),
        );
        self.add(
            "badge_p99",
            "p99 from the scan to the day in that",
            quantile(&storm.waits, 0.99).map(ms),
            "ms",
            None,
            format!("{} connections", self.connections),
        );
        Ok(())
    }

    /// Rounds of practice over HTTP: begin, look the keys up while no server runs, answer.
    pub(super) fn practise(&mut self, rounds: usize) -> Result<(), Box<dyn Error>> {
        let dir = self.school_dir();
        let mut total = Practised::default();
        for _ in 0..rounds {
            let opened = {
                let server = Server::start("serve", &dir)?;
                let (opened, _, cpu) = timed(&server, || {
                    begin_all(server.address, self.connections, &self.signed_in)
                })?;
                total.requests += opened.requests;
                total.pages_cpu = total.pages_cpu.zip(cpu).map(|(sum, used)| sum + used);
                opened
            };
            let store = Store::open(&dir, false)?;
            let sheets = fill_in(&store, &opened, now()?, &mut self.random)?;
            drop(store);
            let before = file_size(&dir)?;
            let server = Server::start("serve", &dir)?;
            // Those who answer have looked at their day.
            crowd(
                server.address,
                self.connections,
                &self.signed_in,
                |browser, learner| Ok(browser.get("/today", &learner.cookie)?.status),
            )?;
            let (answered, _, cpu) = timed(&server, || {
                answer_all(server.address, self.connections, &sheets)
            })?;
            total.cpu = total.cpu.zip(cpu).map(|(sum, used)| sum + used);
            total.memory = server.memory();
            drop(server);
            let store = Store::open(&dir, false)?;
            check_over(&store, &sheets)?;
            drop(store);
            total.bytes += file_size(&dir)? - before;
            total.answered.wall += answered.wall;
            total.answered.latencies.extend(answered.latencies);
        }
        total.answered.latencies.sort_unstable();
        self.practised(&total);
        Ok(())
    }

    fn practised(&mut self, total: &Practised) {
        let answers = total.answered.latencies.len();
        let wall = total.answered.wall.as_secs_f64();
        let flushes = format!("the disk: {} flushes/s", number(self.limits.flushes_per_s));
        self.add(
            "answer_cpu",
            "CPU per answer, HTTP included",
            each_ms(total.cpu, answers),
            "ms",
            Some((Better::Less, 0.3)),
            format!("{} answers", number(real(answers))),
        );
        self.add(
            "page_cpu",
            "CPU per student request: day, begin, question",
            each_ms(
                total.pages_cpu,
                usize::try_from(total.requests).unwrap_or(usize::MAX),
            ),
            "ms",
            None,
            format!("{} requests", number(f64::from(total.requests))),
        );
        self.add(
            "answers_per_s",
            "durable answers a second over HTTP",
            real(answers) / wall,
            "/s",
            Some((Better::More, 5_000.0)),
            flushes.clone(),
        );
        for (key, what, share, target) in [
            ("answer_p50", "p50 of a reply under that load", 0.50, None),
            (
                "answer_p99",
                "p99 of a reply under that load",
                0.99,
                Some((Better::Less, 50.0)),
            ),
        ] {
            let at = quantile(&total.answered.latencies, share).map(ms);
            let one = format!("one flush: {} ms", number(1e3 / self.limits.flushes_per_s));
            self.add(key, what, at, "ms", target, one);
        }
        self.add(
            "memory_after_load",
            "memory after that load",
            total.memory.map(bytes_mb),
            "MB",
            Some((Better::Less, 120.0)),
            String::new(),
        );
        self.add(
            "bytes_per_answer",
            "bytes on the disk per answer, with what follows",
            total.bytes / real(answers.max(1)),
            "B",
            None,
            format!(
                "the disk: {} MB/s",
                number(self.limits.written_bytes_per_s / 1e6)
            ),
        );
    }

    /// The same inside the store.
    pub(super) fn inside(&mut self, rounds: usize) -> Result<(), Box<dyn Error>> {
        let fresh = self.school()?.fresh.clone();
        let store = Store::open(&self.school_dir(), false)?;
        let done = inside::answer(&store, &fresh, rounds, now()?, &mut self.random)?;
        let answers = usize::try_from(done.answers)?;
        self.add(
            "store_answers_per_s",
            "durable answers a second inside the store",
            real(answers) / done.wall.as_secs_f64(),
            "/s",
            None,
            format!("the disk: {} flushes/s", number(self.limits.flushes_per_s)),
        );
        self.add(
            "store_answer_cpu",
            "CPU per answer inside the store",
            each_ms(done.cpu, answers),
            "ms",
            None,
            format!("{} answers", number(real(answers))),
        );
        Ok(())
    }

    /// The whole journal folded again.
    pub(super) fn replay(&mut self) -> Result<(), Box<dyn Error>> {
        let store = Store::open(&self.school_dir(), false)?;
        let begun = Instant::now();
        let verified = store.verify(|_| {})?;
        let seconds = begun.elapsed().as_secs_f64();
        if !verified.mismatches.is_empty() {
            return Err(format!("the replay differs: {:?}", verified.mismatches[0]).into());
        }
        let events = real(usize::try_from(verified.events)?);
        self.add(
            "replay",
            "replay --verify: events a second",
            events / seconds,
            "/s",
            None,
            format!("{} events, all equal bit for bit", number(events)),
        );
        Ok(())
    }

    /// OATutor's content pool into an empty folder, by the command itself.
    pub(super) fn import(&mut self, pool: &Path) -> Result<(), Box<dyn Error>> {
        let begun = Instant::now();
        let done = Command::new(std::env::current_exe()?)
            .args(["import", "oatutor"])
            .arg(pool)
            .arg("--dir")
            .arg(self.dir.join("import"))
            .arg("--json")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        let seconds = begun.elapsed().as_secs_f64();
        if !done.success() {
            return Err(format!("the import of {} failed", pool.display()).into());
        }
        let size = file_size(&self.dir.join("import"))?;
        self.add(
            "import_oatutor",
            "import of OATutor's content pool",
            seconds,
            "s",
            Some((Better::Less, 5.0)),
            format!(
                "writing its {} MB: {} s",
                number(size / 1e6),
                number(size / self.limits.written_bytes_per_s)
            ),
        );
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "bytes of one process")]
fn bytes_mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Sums over all rounds.
#[derive(Debug)]
struct Practised {
    answered: Answered,
    cpu: Option<Duration>,
    pages_cpu: Option<Duration>,
    requests: u32,
    memory: Option<u64>,
    bytes: f64,
}

impl Default for Practised {
    fn default() -> Self {
        Self {
            answered: Answered::default(),
            cpu: Some(Duration::ZERO),
            pages_cpu: Some(Duration::ZERO),
            requests: 0,
            memory: None,
            bytes: 0.0,
        }
    }
}
