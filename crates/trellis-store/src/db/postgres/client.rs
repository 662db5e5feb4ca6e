//! A session with a PostgreSQL server. Statements go out one after the other without waiting, where nobody wants to know what
//! came of each; what fails among them is told with the next one that waits.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;

use bytes::BytesMut;
use fallible_iterator::FallibleIterator as _;
use postgres_protocol::authentication::sasl::{ChannelBinding, SCRAM_SHA_256, ScramSha256};
use postgres_protocol::message::backend::{
    DataRowBody, ErrorResponseBody, Message, RowDescriptionBody,
};
use postgres_protocol::message::frontend::{self, BindError};
use rusqlite::types::Value;

use super::address::Address;
use super::dialect;
use super::value;
use super::wire::{Wire, strange};

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
type Columns = Arc<[u32]>;

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
    pub(crate) fn connect(address: &Address) -> Result<Self> {
        let mut wire = Wire::connect(address)?;
        let parameters = [
            ("user", address.user.as_str()),
            ("database", &address.database),
            ("application_name", "trellis"),
            ("client_encoding", "UTF8"),
        ];
        frontend::startup_message(parameters, &mut wire.out)?;
        wire.flush()?;
        sign_in(&mut wire, address.password.as_deref())?;
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
            talk.put(|out| Ok(frontend::query(sql, out)?))?;
            talk.wire.flush()?;
            talk.read_to_end().map(|_| ())
        })
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let wire = &mut self.talk.get_mut().wire;
        // A server that hears nothing notices that the socket is closed.
        frontend::terminate(&mut wire.out);
        let _ = wire.flush();
    }
}

/// Binds values to a statement. All columns come as bytes.
fn bind(name: &str, values: &[Value], out: &mut BytesMut) -> Result<()> {
    let formats = values.iter().map(value::format);
    let bound = frontend::bind("", name, formats, values, value::write, [1], out);
    bound.map_err(|error| match error {
        BindError::Conversion(error) => Failure::Lost(error.to_string()),
        BindError::Serialization(error) => error.into(),
    })
}

impl Talk {
    /// Adds messages to what is to be sent. A failure leaves nothing of them.
    fn put(&mut self, write: impl FnOnce(&mut BytesMut) -> Result<()>) -> Result<()> {
        let start = self.wire.out.len();
        let written = write(&mut self.wire.out);
        if written.is_err() {
            self.wire.out.truncate(start);
        }
        written
    }

    fn send(&mut self, sql: &str, values: &[Value], keeps: bool) -> Result<()> {
        if self.sent.len() >= MOST_UNREAD || self.wire.out.len() >= MOST_UNSENT {
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
            self.put(|out| {
                frontend::parse(&name_text, &sql, [], out)?;
                Ok(frontend::describe(b'S', &name_text, out)?)
            })?;
        }
        self.put(|out| {
            bind(&name_text, values, out)?;
            Ok(frontend::execute("", 0, out)?)
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
        frontend::sync(&mut self.wire.out);
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
            match self.wire.next()? {
                Message::ReadyForQuery(_) => break,
                Message::ErrorResponse(said) => {
                    let failure = failure(&said)?;
                    // The server looks at nothing more that was sent.
                    self.sent.clear();
                    self.kept.retain(|_, kept| kept.columns.is_some());
                    self.failure.get_or_insert(failure);
                }
                message => self.take(message, &mut answer)?,
            }
        }
        self.asked = false;
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => Ok(answer),
        }
    }

    fn take(&mut self, message: Message, answer: &mut Answer) -> io::Result<()> {
        match message {
            Message::RowDescription(said) => self.described(columns(&said)?),
            Message::NoData => self.described(Vec::new()),
            Message::DataRow(said) => {
                // A script's rows nobody reads.
                if let Some(columns) = self.columns_of_oldest() {
                    answer.rows.push(row(&said, &columns)?);
                }
            }
            Message::CommandComplete(said) => self.completed(said.tag()?, answer),
            Message::EmptyQueryResponse => self.completed("", answer),
            Message::ParseComplete
            | Message::BindComplete
            | Message::CloseComplete
            | Message::ParameterDescription(_)
            | Message::NoticeResponse(_)
            | Message::ParameterStatus(_)
            | Message::PortalSuspended => {}
            _ => return Err(strange("a message out of place")),
        }
        Ok(())
    }

    /// The oldest statement on its way is done. Only what came of the last one is wanted.
    fn completed(&mut self, tag: &str, answer: &mut Answer) {
        let last = self.sent.len() <= 1;
        self.sent.pop_front();
        if last {
            let count = tag.rsplit(' ').next().and_then(|count| count.parse().ok());
            answer.changed = count.unwrap_or(0);
            tag.clone_into(&mut answer.tag);
        } else {
            *answer = Answer::default();
        }
    }

    fn columns_of_oldest(&self) -> Option<Columns> {
        let sent = self.sent.front()?;
        let of_text = |sql: &String| self.kept.get(sql)?.columns.clone();
        let columns = sent.columns.clone();
        columns.or_else(|| sent.sql.as_ref().and_then(of_text))
    }

    /// The oldest statement on its way has these columns.
    fn described(&mut self, columns: Vec<u32>) {
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

fn columns(said: &RowDescriptionBody) -> io::Result<Vec<u32>> {
    said.fields().map(|field| Ok(field.type_oid())).collect()
}

fn row(said: &DataRowBody, columns: &[u32]) -> io::Result<Vec<Value>> {
    let mut ranges = said.ranges();
    let mut row = Vec::with_capacity(columns.len());
    while let Some(range) = ranges.next()? {
        let kind = columns.get(row.len());
        let kind = kind.ok_or_else(|| strange("a row of another width"))?;
        row.push(match range {
            Some(range) => {
                let bytes = said.buffer().get(range);
                value::read(*kind, bytes.ok_or_else(|| strange("a row too short"))?)?
            }
            None => Value::Null,
        });
    }
    if row.len() != columns.len() {
        return Err(strange("a row of another width"));
    }
    Ok(row)
}

fn failure(said: &ErrorResponseBody) -> io::Result<Failure> {
    let (mut code, mut message) = (String::new(), String::new());
    let mut fields = said.fields();
    while let Some(field) = fields.next()? {
        let text = String::from_utf8_lossy(field.value_bytes());
        match field.type_() {
            b'C' => code = text.into_owned(),
            b'M' => message = text.into_owned(),
            _ => {}
        }
    }
    // The server goes down, or has thrown us out: nothing more comes.
    if code.starts_with("57P") {
        return Ok(Failure::Lost(message));
    }
    Ok(Failure::Said { code, message })
}

fn refused(message: &str) -> Failure {
    Failure::Said {
        code: "28000".into(),
        message: message.into(),
    }
}

/// Says who we are, in the way that the server asks for.
fn sign_in(wire: &mut Wire, password: Option<&str>) -> Result<()> {
    let mut scram: Option<ScramSha256> = None;
    let early = || strange("a step too early");
    loop {
        match wire.next()? {
            Message::ErrorResponse(said) => return Err(failure(&said)?),
            Message::ReadyForQuery(_) => return Ok(()),
            Message::AuthenticationOk
            | Message::ParameterStatus(_)
            | Message::BackendKeyData(_)
            | Message::NoticeResponse(_) => {}
            Message::AuthenticationSasl(said) => {
                let offered = said.mechanisms().any(|name| Ok(name == SCRAM_SHA_256))?;
                if !offered {
                    return Err(refused("the server takes no password by SCRAM-SHA-256"));
                }
                let password = password.ok_or_else(|| {
                    refused("the server wants a password; give one with password-file=")
                })?;
                // Under TLS the certificate has shown already who answers.
                let begun = ScramSha256::new(password.as_bytes(), ChannelBinding::unsupported());
                frontend::sasl_initial_response(SCRAM_SHA_256, begun.message(), &mut wire.out)?;
                wire.flush()?;
                scram = Some(begun);
            }
            Message::AuthenticationSaslContinue(said) => {
                let begun = scram.as_mut().ok_or_else(early)?;
                begun.update(said.data())?;
                frontend::sasl_response(begun.message(), &mut wire.out)?;
                wire.flush()?;
            }
            Message::AuthenticationSaslFinal(said) => {
                let mut begun = scram.take().ok_or_else(early)?;
                begun.finish(said.data())?;
            }
            Message::AuthenticationCleartextPassword
            | Message::AuthenticationMd5Password(_)
            | Message::AuthenticationGss
            | Message::AuthenticationSspi
            | Message::AuthenticationKerberosV5
            | Message::AuthenticationScmCredential => {
                return Err(refused(
                    "the server asks for a password in a way that gives it away; let it ask by scram-sha-256",
                ));
            }
            _ => Err(strange("a message out of place at the start"))?,
        }
    }
}
