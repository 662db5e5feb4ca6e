//! A session with a PostgreSQL server. Statements go out one after the other without waiting, where nobody wants to know what
//! came of each; what fails among them is told with the next one that waits.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;

use rusqlite::types::Value;

use super::address::Address;
use super::dialect;
use super::scram::{self, Scram};
use super::value;
use super::wire::{Message, Reading, Wire, count16, strange, text};

/// How many statements go out at most before their answers are read, so that nobody waits for a full socket.
const MOST_UNREAD: usize = 512;
/// How much goes out at most before answers are read, in bytes.
const MOST_UNSENT: usize = 1 << 20;

/// What the server, or the way to it, said.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Failure {
    /// A statement failed. The code is one of
    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    #[error("{message} ({code})")]
    Said { code: String, message: String },
    /// The connection is gone, or was never there.
    #[error("the connection to the database is lost: {0}")]
    Lost(String),
    /// What only the other engine can do.
    #[error("PostgreSQL has no such thing: {0}")]
    Foreign(&'static str),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Lost(error.to_string())
    }
}

impl Failure {
    /// Whether there is no such table, or it may not be read.
    pub(crate) fn is_about_tables(&self) -> bool {
        matches!(self, Self::Said { code, .. } if code == "42P01" || code == "42501")
    }
}

type Result<T> = std::result::Result<T, Failure>;

/// Rows of a statement, and how many it changed.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) rows: Vec<Vec<Value>>,
    pub(crate) changed: usize,
    /// What the server says it did.
    tag: String,
}

/// The types of a statement's columns.
type Columns = Arc<[i32]>;

/// A statement on its way.
#[derive(Debug)]
struct Sent {
    /// Its text, when its columns are told on the way.
    sql: Option<String>,
    columns: Option<Columns>,
}

/// A statement that the server keeps.
#[derive(Debug)]
struct Kept {
    number: u64,
    /// `None` while it is on its way.
    columns: Option<Columns>,
}

#[derive(Debug)]
struct Talk {
    wire: Wire,
    /// What was sent and not answered, oldest first.
    sent: VecDeque<Sent>,
    /// Whether the server was asked to say when it is ready, and has not said so.
    asked: bool,
    /// Statements that the server keeps, by our text.
    kept: BTreeMap<String, Kept>,
    names: u64,
    /// The first failure since the last answer.
    failure: Option<Failure>,
}

/// A session.
#[derive(Debug)]
pub(crate) struct Client {
    talk: RefCell<Talk>,
    keeps: bool,
    tenant: u32,
    /// Whether a transaction was begun and not ended.
    open: Cell<bool>,
    lost: Cell<bool>,
}

impl Client {
    /// Opens a session.
    pub(crate) fn connect(address: &Address, nonce: [u8; 18]) -> Result<Self> {
        let mut wire = Wire::connect(&address.host, address.port)?;
        wire.startup(&[
            ("user", &address.user),
            ("database", &address.database),
            ("application_name", "trellis"),
            ("client_encoding", "UTF8"),
        ])?;
        sign_in(&mut wire, address.password.as_deref(), nonce)?;
        Ok(Self {
            talk: RefCell::new(Talk {
                wire,
                sent: VecDeque::new(),
                asked: false,
                kept: BTreeMap::new(),
                names: 0,
                failure: None,
            }),
            keeps: address.keeps_statements,
            tenant: address.tenant,
            open: Cell::new(false),
            lost: Cell::new(false),
        })
    }

    /// Whether nothing more can come of this session.
    pub(crate) fn is_lost(&self) -> bool {
        self.lost.get()
    }

    /// Whether a transaction is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.get()
    }

    fn noting<T>(&self, work: impl FnOnce(&mut Talk) -> Result<T>) -> Result<T> {
        if self.lost.get() {
            return Err(Failure::Lost("it failed before".into()));
        }
        let result = work(&mut self.talk.borrow_mut());
        if let Err(Failure::Lost(_)) = &result {
            self.lost.set(true);
            self.open.set(false);
        }
        result
    }

    /// Opens a transaction of the tenant; `how` says which.
    pub(crate) fn begin(&self, how: &str) -> Result<()> {
        self.noting(|talk| {
            talk.send(how, &[], self.keeps)?;
            let tenant = Value::Text(self.tenant.to_string());
            talk.send(
                "SELECT set_config('trellis.tenant', ?1, true)",
                &[tenant],
                self.keeps,
            )
        })?;
        self.open.set(true);
        Ok(())
    }

    /// Keeps the transaction and waits for it.
    pub(crate) fn commit(&self) -> Result<()> {
        let ended = self.noting(|talk| talk.run("COMMIT", &[], self.keeps));
        match ended {
            Ok(answer) if answer.tag == "COMMIT" => {
                self.open.set(false);
                Ok(())
            }
            // The server ends a transaction in which something has failed, and says so only by this word.
            Ok(_) => {
                self.open.set(false);
                Err(Failure::Said {
                    code: "25P02".into(),
                    message: "the transaction had failed before its end".into(),
                })
            }
            Err(failure) => {
                self.roll_back()?;
                Err(failure)
            }
        }
    }

    /// Ends a transaction that has changed nothing. What is wrong with it is told with the next statement.
    pub(crate) fn leave(&self) -> Result<()> {
        self.open.set(false);
        self.noting(|talk| {
            talk.send("COMMIT", &[], self.keeps)?;
            talk.sync()
        })
    }

    /// Takes the transaction back.
    pub(crate) fn roll_back(&self) -> Result<()> {
        self.open.set(false);
        self.noting(|talk| {
            // What failed before is why it is taken back.
            if let Err(Failure::Lost(why)) = talk.settle() {
                return Err(Failure::Lost(why));
            }
            talk.run("ROLLBACK", &[], self.keeps).map(|_| ())
        })
    }

    /// Runs a statement and waits for what comes of it; in a transaction of its own when none is open.
    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Result<Answer> {
        if self.open.get() {
            return self.noting(|talk| talk.run(sql, values, self.keeps));
        }
        self.begin("BEGIN")?;
        match self.run(sql, values) {
            Ok(answer) => self.commit().map(|()| answer),
            Err(failure) => {
                self.roll_back()?;
                Err(failure)
            }
        }
    }

    /// Sends a statement of the open transaction, and does not wait.
    pub(crate) fn send(&self, sql: &str, values: &[Value]) -> Result<()> {
        self.noting(|talk| talk.send(sql, values, self.keeps))
    }

    /// Waits for everything that was sent, and drops what failed of it: it is about to be taken back.
    pub(crate) fn forget_failures(&self) -> Result<()> {
        self.noting(|talk| match talk.settle() {
            Err(Failure::Lost(why)) => Err(Failure::Lost(why)),
            _ => Ok(()),
        })
    }

    /// Runs statements that stand one after the other and take no values.
    pub(crate) fn script(&self, sql: &str) -> Result<()> {
        self.noting(|talk| {
            talk.settle()?;
            talk.asked = true;
            talk.wire.put(b'Q', |out| {
                text(out, sql);
                Ok(())
            })?;
            talk.wire.flush()?;
            talk.read_to_end().map(|_| ())
        })
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let wire = &mut self.talk.get_mut().wire;
        // A server that hears nothing notices that the socket is closed.
        let _ = wire.put(b'X', |_| Ok(())).and_then(|()| wire.flush());
    }
}

impl Talk {
    fn send(&mut self, sql: &str, values: &[Value], keeps: bool) -> Result<()> {
        if self.sent.len() >= MOST_UNREAD || self.wire.unsent() >= MOST_UNSENT {
            self.settle()?;
        }
        if self.asked {
            self.read_to_end()?;
        }
        let known = self.kept.get(sql);
        let is_new = known.is_none();
        let columns = known.and_then(|kept| kept.columns.clone());
        let number = known.map_or(self.names + 1, |kept| kept.number);
        let name_text = if keeps {
            format!("t{number}")
        } else {
            String::new()
        };
        if is_new {
            let sql = dialect::statement(sql);
            self.wire.put(b'P', |out| {
                text(out, &name_text);
                text(out, &sql);
                count16(out, 0)
            })?;
            self.wire.put(b'D', |out| {
                out.push(b'S');
                text(out, &name_text);
                Ok(())
            })?;
        }
        self.wire.put(b'B', |out| {
            text(out, "");
            text(out, &name_text);
            count16(out, values.len())?;
            for value in values {
                out.extend_from_slice(&value::format(value).to_be_bytes());
            }
            count16(out, values.len())?;
            for value in values {
                value::write(out, value)?;
            }
            // All columns come as bytes.
            out.extend_from_slice(&[0, 1, 0, 1]);
            Ok(())
        })?;
        self.wire.put(b'E', |out| {
            out.extend_from_slice(&[0, 0, 0, 0, 0]);
            Ok(())
        })?;
        if is_new && keeps {
            self.names = number;
            let columns = None;
            self.kept.insert(sql.to_owned(), Kept { number, columns });
        }
        self.sent.push_back(Sent {
            sql: (keeps && columns.is_none()).then(|| sql.to_owned()),
            columns,
        });
        Ok(())
    }

    fn sync(&mut self) -> Result<()> {
        self.asked = true;
        self.wire.put(b'S', |_| Ok(()))?;
        Ok(self.wire.flush()?)
    }

    /// Waits for all that was sent, and tells the first failure.
    fn settle(&mut self) -> Result<Answer> {
        if self.asked {
            return self.read_to_end();
        }
        if self.sent.is_empty() {
            return Ok(Answer::default());
        }
        self.sync()?;
        self.read_to_end()
    }

    fn run(&mut self, sql: &str, values: &[Value], keeps: bool) -> Result<Answer> {
        self.send(sql, values, keeps)?;
        self.settle()
    }

    /// Reads up to where the server is ready again. Gives what came of the last statement.
    fn read_to_end(&mut self) -> Result<Answer> {
        let mut answer = Answer::default();
        loop {
            let message = self.wire.next()?;
            match message.tag {
                b'Z' => break,
                b'E' => {
                    let failure = failure(&message)?;
                    // The server looks at nothing more that was sent.
                    self.sent.clear();
                    self.kept.retain(|_, kept| kept.columns.is_some());
                    self.failure.get_or_insert(failure);
                }
                _ => self.take(&message, &mut answer)?,
            }
        }
        self.asked = false;
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => Ok(answer),
        }
    }

    fn take(&mut self, message: &Message, answer: &mut Answer) -> io::Result<()> {
        let mut reading = Reading(&message.body);
        match message.tag {
            b'T' => self.described(columns(&mut reading)?),
            b'n' => self.described(Vec::new()),
            b'D' => {
                // A script's rows nobody reads.
                if let Some(columns) = self.columns_of_oldest() {
                    answer.rows.push(row(&mut reading, &columns)?);
                }
            }
            b'C' | b'I' => {
                let last = self.sent.len() <= 1;
                self.sent.pop_front();
                if last {
                    let tag = reading.text().unwrap_or_default();
                    let count = tag.rsplit(' ').next().and_then(|count| count.parse().ok());
                    answer.changed = count.unwrap_or(0);
                    tag.clone_into(&mut answer.tag);
                } else {
                    *answer = Answer::default();
                }
            }
            // Understood, bound, its parameters; a notice; a setting of the server.
            b'1' | b'2' | b'3' | b't' | b'N' | b'S' | b's' => {}
            other => {
                return Err(strange(&format!(
                    "a message {:?} out of place",
                    char::from(other)
                )));
            }
        }
        Ok(())
    }

    fn columns_of_oldest(&self) -> Option<Columns> {
        let sent = self.sent.front()?;
        let of_text = |sql: &String| self.kept.get(sql)?.columns.clone();
        let columns = sent.columns.clone();
        columns.or_else(|| sent.sql.as_ref().and_then(of_text))
    }

    /// The oldest statement on its way has these columns.
    fn described(&mut self, columns: Vec<i32>) {
        let Some(sent) = self.sent.front_mut() else {
            return;
        };
        let columns: Columns = columns.into();
        sent.columns = Some(Arc::clone(&columns));
        if let Some(kept) = sent.sql.as_ref().and_then(|sql| self.kept.get_mut(sql)) {
            kept.columns = Some(columns);
        }
    }
}

fn columns(reading: &mut Reading<'_>) -> io::Result<Vec<i32>> {
    let count = reading.number16()?;
    let mut columns = Vec::with_capacity(count.into());
    for _ in 0..count {
        reading.text()?;
        // The table and the column.
        reading.bytes(6)?;
        columns.push(reading.number32()?);
        // Its length, its modifier, its format.
        reading.bytes(8)?;
    }
    Ok(columns)
}

fn row(reading: &mut Reading<'_>, columns: &[i32]) -> io::Result<Vec<Value>> {
    let count = reading.number16()?;
    if usize::from(count) != columns.len() {
        return Err(strange("a row of another width"));
    }
    columns
        .iter()
        .map(|kind| match usize::try_from(reading.number32()?) {
            Ok(length) => value::read(*kind, reading.bytes(length)?),
            Err(_) => Ok(Value::Null),
        })
        .collect()
}

fn failure(message: &Message) -> io::Result<Failure> {
    let mut reading = Reading(&message.body);
    let (mut code, mut said) = (String::new(), String::new());
    loop {
        match reading.bytes(1)? {
            [b'C'] => reading.text()?.clone_into(&mut code),
            [b'M'] => reading.text()?.clone_into(&mut said),
            [0] => break,
            _ => {
                reading.text()?;
            }
        }
    }
    // The server goes down, or has thrown us out: nothing more comes.
    if code.starts_with("57P") {
        return Ok(Failure::Lost(said));
    }
    Ok(Failure::Said {
        code,
        message: said,
    })
}

/// Says who we are, in the way that the server asks for.
fn sign_in(wire: &mut Wire, password: Option<&str>, nonce: [u8; 18]) -> Result<()> {
    let refused = |message: &str| Failure::Said {
        code: "28000".into(),
        message: message.into(),
    };
    let mut scram = None;
    loop {
        let message = wire.next()?;
        let mut reading = Reading(&message.body);
        match message.tag {
            b'E' => return Err(failure(&message)?),
            b'Z' => return Ok(()),
            b'R' => match reading.number32()? {
                0 => {}
                10 => {
                    let offered = |reading: &mut Reading<'_>| loop {
                        match reading.text() {
                            Ok(name) if name == scram::NAME => return true,
                            Ok("") | Err(_) => return false,
                            Ok(_) => {}
                        }
                    };
                    if !offered(&mut reading) {
                        return Err(refused("the server takes no password by SCRAM-SHA-256"));
                    }
                    let password = password.ok_or_else(|| {
                        refused("the server wants a password; give one with password-file=")
                    })?;
                    let begun = Scram::new(password, nonce);
                    let first = begun.first();
                    wire.put(b'p', |out| {
                        text(out, scram::NAME);
                        super::wire::counted(out, first.as_bytes())
                    })?;
                    wire.flush()?;
                    scram = Some(begun);
                }
                11 => {
                    let begun = scram.as_mut().ok_or_else(|| strange("a step too early"))?;
                    let second = begun.second(&String::from_utf8_lossy(reading.0))?;
                    wire.put(b'p', |out| {
                        out.extend_from_slice(second.as_bytes());
                        Ok(())
                    })?;
                    wire.flush()?;
                }
                12 => {
                    let begun = scram.as_ref().ok_or_else(|| strange("a step too early"))?;
                    begun.check(&String::from_utf8_lossy(reading.0))?;
                }
                _ => {
                    return Err(refused(
                        "the server asks for a password in a way that gives it away; let it ask by scram-sha-256",
                    ));
                }
            },
            // Settings, the key for cancelling, notices.
            b'S' | b'K' | b'N' | b'v' => {}
            other => Err(strange(&format!(
                "a message {:?} at the start",
                char::from(other)
            )))?,
        }
    }
}
