//! The journal: writing events with their hash chain, and reading them back.

use trellis_core::context::Actor;
use trellis_core::event::{Event, Recorded};
use trellis_core::id::{AnswerId, AttemptId, PersonId, Seq};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use crate::chance;
use crate::db::{Column, Connection, Many, OptionalExtension, Row, Transaction, params};
use crate::error::StoreError;

/// The end of the journal: the last place and the chain up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tip {
    pub(crate) seq: u64,
    pub(crate) chain: [u8; 32],
}

/// An id as it stands in a column: 16 bytes, so that time order is byte order.
pub(crate) fn blob(id: u128) -> [u8; 16] {
    id.to_be_bytes()
}

/// Reads an id from a column.
pub(crate) fn from_blob(bytes: &[u8]) -> Result<u128, StoreError> {
    let bytes = <[u8; 16]>::try_from(bytes)
        .map_err(|_| StoreError::Corrupt("an id that is not 16 bytes".into()))?;
    Ok(u128::from_be_bytes(bytes))
}

/// Integers in SQLite have a sign; places in the journal do not.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn tip(connection: &Connection) -> Result<Tip, StoreError> {
    let last = connection
        .query_row(
            "SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1",
            [],
            |row| Ok((row.get::<u64>(0)?, row.get::<[u8; 32]>(1)?)),
        )
        .optional()?;
    Ok(last.map_or(BEGINNING, |(seq, chain)| Tip { seq, chain }))
}

/// The beginning of every journal.
pub(crate) const BEGINNING: Tip = Tip {
    seq: 0,
    chain: [0; 32],
};

/// One step along the chain: where a row, read with [`chained_columns`], leads.
pub(crate) struct Step {
    pub(crate) tip: Tip,
    /// The row stands at another place than the next.
    pub(crate) gap: bool,
    /// The row's chain is not what follows from the chain before and the row.
    pub(crate) broken: bool,
    /// What happened; `None` where somebody was erased.
    pub(crate) event: Option<Recorded>,
}

pub(crate) fn step(before: &Tip, row: Row<'_>) -> Result<Step, StoreError> {
    let seq: u64 = row.get(0)?;
    let body = row.get_ref(5)?.as_str().map_err(crate::db::Error::from)?;
    let chain: [u8; 32] = row.get(6)?;
    let salt: Option<[u8; 16]> = row.get(7)?;
    let leaf: Option<[u8; 32]> = row.get(8)?;
    let event = match body {
        "" => None,
        _ => Some(read_row(row)?),
    };
    let follows = match (&event, salt, leaf) {
        (Some(event), Some(salt), _) => {
            link(&before.chain, Seq(seq), &leaf_of(&salt, event, body)) == chain
        }
        (Some(event), None, _) => link_without_salt(&before.chain, event, body) == chain,
        (None, _, Some(leaf)) => link(&before.chain, Seq(seq), &leaf) == chain,
        // Erased, and of before events had salts: what the chain went over is gone, so it is taken as it stands. That
        // nobody empties rows unseen is looked after by the number of erased events, which is written down.
        (None, _, None) => true,
    };
    Ok(Step {
        gap: seq != before.seq + 1,
        broken: !follows,
        tip: Tip { seq, chain },
        event,
    })
}

/// The columns that [`step`] wants. A database that was not brought up to date yet has no salts.
pub(crate) fn chained_columns(connection: &Connection) -> Result<String, StoreError> {
    if connection.is_shared() {
        return Ok(format!("{COLUMNS}, chain, salt, leaf"));
    }
    let sql = "SELECT count(*) FROM pragma_table_info('event') WHERE name IN ('salt', 'leaf')";
    let salted: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let rest = if salted == 2 {
        "salt, leaf"
    } else {
        "NULL, NULL"
    };
    Ok(format!("{COLUMNS}, chain, {rest}"))
}

/// Follows the chain over the whole journal and gives its end.
///
/// # Errors
/// [`StoreError::Corrupt`] with the first event at which it breaks, or that cannot be read.
pub(crate) fn follow_chain(connection: &Connection) -> Result<Tip, StoreError> {
    let mut tip = BEGINNING;
    let columns = chained_columns(connection)?;
    let mut statement = connection.prepare(&format!("SELECT {columns} FROM event ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let step = step(&tip, row)?;
        if step.gap || step.broken {
            let at = tip.seq + 1;
            return Err(StoreError::Corrupt(format!(
                "the chain of the journal breaks at event {at}"
            )));
        }
        tip = step.tip;
    }
    Ok(tip)
}

/// Whether the journal holds this event with this chain. Before the first event there is nothing to differ in.
pub(crate) fn goes_through(
    connection: &Connection,
    seq: Seq,
    chain: &[u8; 32],
) -> Result<bool, StoreError> {
    if seq.0 == 0 {
        return Ok(true);
    }
    let found: Option<[u8; 32]> = connection
        .prepare_cached("SELECT chain FROM event WHERE seq = ?1")?
        .query_row([int(seq.0)], |row| row.get(0))
        .optional()?;
    Ok(found.as_ref() == Some(chain))
}

/// The hash that stands for an event in the chain. Without the salt nobody can try what it may have said.
pub(crate) fn leaf_of(salt: &[u8; 16], recorded: &Recorded, body: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt);
    hasher.update(&recorded.decision.0.to_be_bytes());
    hasher.update(&recorded.at.0.to_be_bytes());
    hasher.update(&blob(recorded.actor.person.0));
    hasher.update(recorded.actor.role.name().as_bytes());
    hasher.update(body.as_bytes());
    *hasher.finalize().as_bytes()
}

/// The chain after one more row.
pub(crate) fn link(before: &[u8; 32], seq: Seq, leaf: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before);
    hasher.update(&seq.0.to_be_bytes());
    hasher.update(leaf);
    *hasher.finalize().as_bytes()
}

/// The chain after one more row, as it was made before events had salts.
fn link_without_salt(before: &[u8; 32], recorded: &Recorded, body: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before);
    hasher.update(&recorded.seq.0.to_be_bytes());
    hasher.update(&recorded.decision.0.to_be_bytes());
    hasher.update(&recorded.at.0.to_be_bytes());
    hasher.update(&blob(recorded.actor.person.0));
    hasher.update(recorded.actor.role.name().as_bytes());
    hasher.update(body.as_bytes());
    *hasher.finalize().as_bytes()
}

/// Random salts for this many events.
fn salts(count: usize) -> Result<Vec<[u8; 16]>, StoreError> {
    let mut salts = vec![[0; 16]; count];
    chance::fill(salts.as_flattened_mut())?;
    Ok(salts)
}

/// An event as it stands in the journal.
pub(crate) fn body(event: &Event) -> Result<String, StoreError> {
    Ok(serde_json::to_string(event)?)
}

/// The events up to a moment: up to the last of that time, since a clock may have gone backwards since.
pub(crate) fn until(events: &[Recorded], at: Timestamp) -> &[Recorded] {
    let last = events.iter().rposition(|recorded| recorded.at <= at);
    &events[..last.map_or(0, |last| last + 1)]
}

const EVENT: [Column; 11] = [
    ("seq", "bigint"),
    ("decision", "bigint"),
    ("at", "bigint"),
    ("actor", "bytea"),
    ("role", "text"),
    ("learner", "bytea"),
    ("attempt", "bytea"),
    ("kind", "text"),
    ("body", "text"),
    ("chain", "bytea"),
    ("salt", "bytea"),
];
const ANSWER: [Column; 3] = [
    ("learner", "bytea"),
    ("answer", "bytea"),
    ("decision", "bigint"),
];

/// Events that were appended and wait to be sent to a server together. Nobody may read the journal before they are.
#[derive(Debug)]
pub(crate) struct Unwritten {
    events: Many,
    answers: Many,
}

impl Unwritten {
    pub(crate) fn new() -> Self {
        Self {
            events: Many::new("event", &EVENT, ""),
            answers: Many::new("answer", &ANSWER, ""),
        }
    }

    /// Sends them.
    pub(crate) fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.events.write(connection)?;
        Ok(self.answers.write(connection)?)
    }
}

/// Appends the events of one decision, each with its [`body`], and remembers the answer that caused it. They go to
/// `unwritten` where there is one.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    tip: &mut Tip,
    events: Vec<(Event, String)>,
    (at, actor): (Timestamp, Actor),
    mut unwritten: Option<&mut Unwritten>,
) -> Result<Vec<Recorded>, StoreError> {
    let decision = Seq(tip.seq + 1);
    let mut insert = transaction.prepare_cached(
        "INSERT INTO event (seq, decision, at, actor, role, learner, attempt, kind, body, chain, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let mut recorded = Vec::with_capacity(events.len());
    let salts = salts(events.len())?;
    for ((event, body), salt) in events.into_iter().zip(salts) {
        let row = Recorded {
            seq: Seq(tip.seq + 1),
            decision,
            at,
            actor,
            event,
        };
        let chain = link(&tip.chain, row.seq, &leaf_of(&salt, &row, &body));
        let learner = row.event.learner().map(|id| blob(id.0));
        let attempt = row.event.attempt().map(|id| blob(id.0));
        let columns = params![
            int(row.seq.0),
            int(decision.0),
            at.0,
            blob(actor.person.0),
            actor.role.name(),
            learner,
            attempt,
            kind(&row.event),
            body,
            chain,
            salt,
        ];
        match &mut unwritten {
            Some(unwritten) => unwritten.events.add(columns)?,
            None => insert.write(columns)?,
        }
        if let (Some(learner), Some(answer)) = (row.event.learner(), row.event.answer()) {
            let columns = params![blob(learner.0), blob(answer.0), int(decision.0)];
            let sql = "INSERT INTO answer (learner, answer, decision) VALUES (?1, ?2, ?3)";
            match &mut unwritten {
                Some(unwritten) => unwritten.answers.add(columns)?,
                None => transaction.prepare_cached(sql)?.write(columns)?,
            }
        }
        *tip = Tip {
            seq: row.seq.0,
            chain,
        };
        recorded.push(row);
    }
    Ok(recorded)
}

/// The kind of an event, as the journal's column has it.
#[must_use]
pub fn kind(event: &Event) -> &'static str {
    match event {
        Event::CourseTaken { .. } => "course-taken",
        Event::CourseLeft { .. } => "course-left",
        Event::Advised { .. } => "advised",
        Event::Started { .. } => "started",
        Event::HintShown { .. } => "hint-shown",
        Event::HintAnswered { .. } => "hint-answered",
        Event::Responded { .. } => "responded",
        Event::HandedIn { .. } => "handed-in",
        Event::Scored { .. } => "scored",
        Event::ScoreUndone { .. } => "score-undone",
        Event::NotUnderstood { .. } => "not-understood",
        Event::Revealed { .. } => "revealed",
        Event::Mastered { .. } => "mastered",
        Event::Doubted { .. } => "doubted",
        Event::ProofBegun { .. } => "proof-begun",
        Event::ProofEnded { .. } => "proof-ended",
        Event::InterestChosen { .. } => "interest-chosen",
        Event::ModelInstalled { .. } => "model-installed",
        Event::PlacementBegun { .. } => "placement-begun",
        Event::PlacementEnded { .. } => "placement-ended",
        Event::Consented { .. } => "consented",
        Event::PlacementSet { .. } => "placement-set",
        Event::Felt { .. } => "felt",
        Event::ModeSet { .. } => "mode-set",
        Event::Directed { .. } => "directed",
        Event::DirectiveUndone { .. } => "directive-undone",
        Event::ClassOpened { .. } => "class-opened",
        Event::ClassClosed { .. } => "class-closed",
        Event::CoursesChosen { .. } => "courses-chosen",
        Event::ItemHeld { .. } => "item-held",
        Event::ItemReleased { .. } => "item-released",
        Event::FindingSettled { .. } => "finding-settled",
        Event::FindingReopened { .. } => "finding-reopened",
        Event::ItemReported { .. } => "item-reported",
        Event::ItemRevised { .. } => "item-revised",
        Event::Rescored { .. } => "rescored",
        Event::ItemsTagged { .. } => "items-tagged",
        Event::LinkSet { .. } => "link-set",
        Event::ItemPublished { .. } => "item-published",
        Event::PlanNoted { .. } => "plan-noted",
        Event::ProjectScored { .. } => "project-scored",
        Event::ProjectScoreUndone { .. } => "project-score-undone",
    }
}

/// The columns that [`read_row`] wants, in its order.
pub(crate) const COLUMNS: &str = "seq, decision, at, actor, role, body";

/// Reads one event. The row is read apart from its JSON, so that a broken body names its place.
pub(crate) fn read_row(row: Row<'_>) -> Result<Recorded, StoreError> {
    let seq: u64 = row.get(0)?;
    let role: String = row.get(4)?;
    let body: String = row.get(5)?;
    let event = serde_json::from_str(&body)
        .map_err(|error| StoreError::Corrupt(format!("event {seq}: {error}")))?;
    let role = Role::from_name(&role)
        .ok_or_else(|| StoreError::Corrupt(format!("event {seq}: role {role}")))?;
    let actor = Actor {
        person: PersonId(from_blob(
            row.get_ref(3)?.as_blob().map_err(crate::db::Error::from)?,
        )?),
        role,
    };
    Ok(Recorded {
        seq: Seq(seq),
        decision: Seq(row.get(1)?),
        at: Timestamp(row.get(2)?),
        actor,
        event,
    })
}

fn query(
    connection: &Connection,
    tail: &str,
    values: impl crate::db::Params,
) -> Result<Vec<Recorded>, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM event {tail}"))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_row(row)?);
    }
    Ok(found)
}

/// The events of one decision, in order. They stand together; the bound keeps the look from running to the end of the
/// journal.
pub(crate) fn decision(
    connection: &Connection,
    decision: Seq,
) -> Result<Vec<Recorded>, StoreError> {
    query(
        connection,
        "WHERE seq >= ?1 AND seq < ?1 + 64 AND decision = ?1 AND body <> '' ORDER BY seq",
        [int(decision.0)],
    )
}

/// The events of one attempt of its learner, in order. The learner is the one who began it: should the journal be of a
/// time when an id could be used again, nobody reads what another did under it.
pub(crate) fn attempt(connection: &Connection, id: AttemptId) -> Result<Vec<Recorded>, StoreError> {
    let mut events = query(connection, "WHERE attempt = ?1 ORDER BY seq", [blob(id.0)])?;
    let owner = events.first().and_then(|first| first.event.learner());
    events.retain(|recorded| recorded.event.learner() == owner);
    Ok(events)
}

/// All events of a learner, oldest first, or those up to one.
pub(crate) fn of_learner(
    connection: &Connection,
    learner: PersonId,
    until: Option<Seq>,
) -> Result<Vec<Recorded>, StoreError> {
    let last = until.map_or(i64::MAX, |until| int(until.0));
    let tail = "WHERE learner = ?1 AND seq <= ?2 ORDER BY seq";
    query(connection, tail, params![blob(learner.0), last])
}

/// All events of a kind after a place, oldest first.
pub(crate) fn of_kind(
    connection: &Connection,
    kind: &str,
    after: Seq,
) -> Result<Vec<Recorded>, StoreError> {
    let tail = "WHERE kind = ?1 AND seq > ?2 ORDER BY seq";
    query(connection, tail, params![kind, int(after.0)])
}

/// Whether an attempt was ever begun, by anyone.
pub(crate) fn has_attempt(connection: &Connection, id: AttemptId) -> Result<bool, StoreError> {
    let found = connection
        .prepare_cached("SELECT 1 FROM event WHERE attempt = ?1 LIMIT 1")?
        .query_row([blob(id.0)], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// The first event of an attempt: its beginning.
pub(crate) fn attempt_begin(
    connection: &Connection,
    id: AttemptId,
) -> Result<Option<Recorded>, StoreError> {
    let tail = "WHERE attempt = ?1 ORDER BY seq LIMIT 1";
    Ok(query(connection, tail, [blob(id.0)])?.pop())
}

/// The decision that an answer got when it came for the first time.
pub(crate) fn decision_of_answer(
    connection: &Connection,
    learner: PersonId,
    answer: AnswerId,
) -> Result<Option<Seq>, StoreError> {
    let found = connection
        .prepare_cached("SELECT decision FROM answer WHERE learner = ?1 AND answer = ?2")?
        .query_row(params![blob(learner.0), blob(answer.0)], |row| row.get(0))
        .optional()?;
    Ok(found.map(Seq))
}
