//! Replay: fold the whole journal again and compare every learner's state with what is stored, bit for bit; check the
//! hash chain and the read models; give each advice again and compare it with what was stored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trellis_core::catalog::Catalog;
use trellis_core::curation::Curation;
use trellis_core::estimate::{Believed, LearnerState};
use trellis_core::event::{Event, Recorded};
use trellis_core::id::{AnswerId, PersonId, SectionId, Seq};
use trellis_core::model::RunningModel;
use trellis_core::project::Says;
use trellis_core::time::Timestamp;
use trellis_core::{mastery, policy};

use crate::Store;
use crate::curation;
use crate::db::{Connection, Row};
use crate::error::StoreError;
use crate::fold;
use crate::journal::{self, Tip};
use crate::models;
use crate::refold;

/// Something that a replay found otherwise than stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The chain breaks at this event: it, or one before it, was lost or changed.
    Chain(Seq),
    /// There is no event at this place.
    Gap(Seq),
    /// The estimate that the event states does not follow from the events before it.
    Estimate(Seq),
    /// The advice does not follow from the state before it.
    Advice(Seq),
    /// The stored state of this learner differs from the fold of their events.
    State(PersonId),
    /// What class maps show of this learner differs from the fold of their events.
    ClassMap(PersonId),
    /// The learner model of this event is missing, damaged, or not the one that the store runs from there on.
    Model(Seq),
    /// This section's class session, or its courses, differ from the fold of its events.
    Class(SectionId),
    /// What people decided about content differs from the fold of those events.
    Curation,
    /// The list of answers does not lead to this decision, or leads here without reason: a repetition would not be
    /// known.
    Answer(Seq),
    /// There are this many empty places more, or fewer, than persons were erased from.
    Erased(i64),
}

/// What a replay looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Events folded.
    pub events: u64,
    /// Places of which only the hash is left, since somebody was erased.
    pub erased: u64,
    /// Learners compared.
    pub learners: u64,
    /// Advice given again and compared. Advice from other content cannot be, and is counted below.
    pub advice: u64,
    /// Advice from content that has changed since, or by another model.
    pub advice_skipped: u64,
    /// Estimates of a program from before items had a difficulty: what it believed cannot be said again.
    pub estimates_skipped: u64,
    /// What differs; empty when all is well. At most 100 are kept.
    pub mismatches: Vec<Mismatch>,
}

/// Most mismatches kept: one is enough to know, a hundred enough to see where.
const MOST_KEPT: usize = 100;

impl Verified {
    fn note(&mut self, mismatch: Mismatch) {
        if self.mismatches.len() < MOST_KEPT {
            self.mismatches.push(mismatch);
        }
    }
}

impl Store {
    /// Folds everything again and compares. `progress` is told the number of events done now and then.
    ///
    /// # Errors
    /// When the database cannot be read; a difference is no error but a [`Mismatch`].
    pub fn verify(&self, progress: impl FnMut(u64)) -> Result<Verified, StoreError> {
        let catalog = self.catalog();
        self.read(|connection| verify(connection, &catalog, progress))
    }

    /// The events of the decision that an event belongs to; empty when there is no such event.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decision(&self, seq: Seq) -> Result<Vec<Recorded>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT decision FROM event WHERE seq = ?1 AND body <> ''";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([journal::int(seq.0)])?;
            match rows.next()? {
                Some(row) => journal::decision(connection, Seq(row.get(0)?)),
                None => Ok(Vec::new()),
            }
        })
    }

    /// A learner's state folded from the events up to and with this place of the journal.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn learner_as_of(&self, learner: PersonId, until: Seq) -> Result<LearnerState, StoreError> {
        self.read(|connection| refold::from_journal(connection, learner, Some(until)))
    }

    /// The last event's place; 0 for an empty journal.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_seq(&self) -> Result<Seq, StoreError> {
        self.read(|connection| Ok(Seq(journal::tip(connection)?.seq)))
    }
}

pub(crate) fn verify(
    connection: &Connection,
    catalog: &Catalog,
    mut progress: impl FnMut(u64),
) -> Result<Verified, StoreError> {
    let mut verified = Verified::default();
    let mut states: BTreeMap<PersonId, LearnerState> = BTreeMap::new();
    let mut classes: BTreeMap<SectionId, Timestamp> = BTreeMap::new();
    let mut chosen: BTreeMap<SectionId, Vec<String>> = BTreeMap::new();
    let mut running = Running {
        model: Arc::new(RunningModel::default()),
        installed: Vec::new(),
    };
    let mut curated = Curation::default();
    // The content as it was given out at each place of the journal.
    let mut given = catalog.with_decided(curated.decided());
    let mut answers = 0;
    let mut tip = journal::BEGINNING;
    let columns = journal::chained_columns(connection)?;
    let mut statement = connection.prepare(&format!("SELECT {columns} FROM event ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Some(recorded) = check_chain(row, &mut tip, &mut verified)? else {
            verified.erased += 1;
            continue;
        };
        check_answer(connection, &recorded, &mut verified)?;
        match &recorded.event {
            Event::ClassOpened { section, until } => {
                classes.insert(*section, *until);
            }
            Event::ClassClosed { section } => {
                classes.remove(section);
            }
            Event::CoursesChosen { section, courses } => {
                let courses = courses.iter().map(ToString::to_string).collect();
                chosen.insert(*section, courses);
            }
            Event::ModelInstalled { version, hash } => {
                running.install(connection, recorded.seq, version, hash, &mut verified);
            }
            event if event.is_curation() => {
                curated.apply(&recorded);
                let decided = curated.decided();
                if decided != *given.decided() {
                    given = given.with_decided(decided);
                }
            }
            event => answers += u64::from(event.answer().is_some()),
        }
        if let Some(learner) = recorded.event.learner() {
            let state = states
                .entry(learner)
                .or_insert_with(|| LearnerState::new(learner));
            check_advice(state, &recorded, &given, &running.model, &mut verified);
            if recorded.event.rewrites() {
                *state = refold::from_journal(connection, learner, Some(recorded.seq))?;
            } else {
                state.apply(&recorded);
            }
            check_estimate(state, &recorded, &running.model, &mut verified);
        }
        verified.events += 1;
        if verified.events.is_multiple_of(4096) {
            progress(verified.events);
        }
    }
    progress(verified.events);
    check_states(connection, &mut states, &mut verified)?;
    let stored = curation::row(connection)?;
    let nothing = stored.is_none() && curated == Curation::default();
    if !nothing && stored != Some(curation::text(&curated)?) {
        verified.note(Mismatch::Curation);
    }
    check_same(&classes, &fold::class_sessions(connection)?, &mut verified);
    check_same(&chosen, &fold::chosen_courses(connection)?, &mut verified);
    check_no_more_answers(connection, answers, &mut verified)?;
    if models::installed(connection)? != running.installed {
        let last = running.installed.last().map_or(Seq(0), |(seq, _)| *seq);
        verified.note(Mismatch::Model(last));
    }
    check_erased(connection, &mut verified)?;
    Ok(verified)
}

/// The model that runs at a place of the journal, and those before it.
struct Running {
    model: Arc<RunningModel>,
    installed: Vec<(Seq, String)>,
}

impl Running {
    fn install(
        &mut self,
        connection: &Connection,
        seq: Seq,
        version: &str,
        hash: &str,
        verified: &mut Verified,
    ) {
        match models::by_hash(connection, hash) {
            Ok(model) if model.version() == version => self.model = model,
            _ => verified.note(Mismatch::Model(seq)),
        }
        self.installed.push((seq, hash.to_owned()));
    }
}

/// Compares the states and the class maps' rows of everybody who has events, a state or rows.
fn check_states(
    connection: &Connection,
    states: &mut BTreeMap<PersonId, LearnerState>,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare("SELECT learner FROM learner_state UNION SELECT learner FROM estimate")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_blob().map_err(crate::db::Error::from)?;
        let learner = PersonId(journal::from_blob(bytes)?);
        // Someone without events: their fold is the beginning, and nothing should be stored.
        states
            .entry(learner)
            .or_insert_with(|| LearnerState::new(learner));
    }
    for (learner, state) in states {
        let same = match fold::load(connection, *learner)? {
            Some(stored) => state.seq != Seq(0) && fold::bytes(&stored)? == fold::bytes(state)?,
            None => state.seq == Seq(0),
        };
        if !same {
            verified.note(Mismatch::State(*learner));
        } else if fold::stored_estimates(connection, *learner)? != fold::estimates(state) {
            verified.note(Mismatch::ClassMap(*learner));
        }
        verified.learners += 1;
    }
    Ok(())
}

/// Compares what is folded of sections with what is stored.
fn check_same<T: PartialEq>(
    folded: &BTreeMap<SectionId, T>,
    stored: &BTreeMap<SectionId, T>,
    verified: &mut Verified,
) {
    let all: BTreeSet<&SectionId> = folded.keys().chain(stored.keys()).collect();
    for section in all {
        if folded.get(section) != stored.get(section) {
            verified.note(Mismatch::Class(*section));
        }
    }
}

/// Each response must be found by its id, or a repetition would count twice.
fn check_answer(
    connection: &Connection,
    recorded: &Recorded,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    if let (Some(learner), Some(answer)) = (recorded.event.learner(), recorded.event.answer())
        && journal::decision_of_answer(connection, learner, answer)? != Some(recorded.decision)
    {
        verified.note(Mismatch::Answer(recorded.decision));
    }
    Ok(())
}

/// Looks for answers that no event speaks of, when there are more rows than responses.
fn check_no_more_answers(
    connection: &Connection,
    responses: u64,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    let rows: u64 = connection.query_row("SELECT count(*) FROM answer", [], |row| row.get(0))?;
    if rows <= responses {
        return Ok(());
    }
    let mut statement = connection.prepare("SELECT learner, answer, decision FROM answer")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let learner: [u8; 16] = row.get(0)?;
        let answer: [u8; 16] = row.get(1)?;
        let decision = Seq(row.get(2)?);
        let id = (
            PersonId(u128::from_be_bytes(learner)),
            AnswerId(u128::from_be_bytes(answer)),
        );
        let events = journal::decision(connection, decision)?;
        let spoken = |recorded: &Recorded| {
            recorded.event.learner() == Some(id.0) && recorded.event.answer() == Some(id.1)
        };
        if !events.iter().any(spoken) {
            verified.note(Mismatch::Answer(decision));
        }
    }
    Ok(())
}

/// Each place of which only the hash is left must be one that an erasure wrote down.
fn check_erased(connection: &Connection, verified: &mut Verified) -> Result<(), StoreError> {
    let sql = "SELECT CAST(coalesce(sum(events), 0) AS BIGINT) FROM erasure";
    let written: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let more = journal::int(verified.erased) - written;
    if more != 0 {
        verified.note(Mismatch::Erased(more));
    }
    Ok(())
}

/// Looks at the chain, and gives the event; `None` where somebody was erased.
fn check_chain(
    row: Row<'_>,
    tip: &mut Tip,
    verified: &mut Verified,
) -> Result<Option<Recorded>, StoreError> {
    let step = journal::step(tip, row)?;
    if step.gap {
        verified.note(Mismatch::Gap(Seq(tip.seq + 1)));
    }
    if step.broken {
        verified.note(Mismatch::Chain(Seq(step.tip.seq)));
    }
    *tip = step.tip;
    Ok(step.event)
}

/// Advice is the last thing in its decision, so the state before it is the state that it was made from.
fn check_advice(
    state: &LearnerState,
    recorded: &Recorded,
    catalog: &Catalog,
    model: &RunningModel,
    verified: &mut Verified,
) {
    let Event::Advised { recommendation, .. } = &recorded.event else {
        return;
    };
    let versions = &recommendation.versions;
    if versions.content != catalog.content() || versions.model != model.version() {
        verified.advice_skipped += 1;
        return;
    }
    let mut again = policy::recommend(state, catalog, recorded.at);
    again.state = recommendation.state;
    // The policy weighs beliefs, not the model's file; of that it names the version only.
    again.versions.model.clone_from(&versions.model);
    verified.advice += 1;
    if again != *recommendation {
        verified.note(Mismatch::Advice(recorded.seq));
    }
}

fn bits(believed: &Believed) -> [u64; 4] {
    [
        believed.known.to_bits(),
        believed.low.to_bits(),
        believed.high.to_bits(),
        believed.next_right.to_bits(),
    ]
}

fn check_estimate(
    state: &LearnerState,
    recorded: &Recorded,
    model: &RunningModel,
    verified: &mut Verified,
) {
    if let Event::ProjectScored { criteria, .. } = &recorded.event {
        let says = criteria.iter().filter_map(|scored| scored.says.as_ref());
        let differs = |says: &Says| {
            bits(&mastery::believed(model, state, &says.competency)) != bits(&says.after)
        };
        if says.into_iter().any(differs) {
            verified.note(Mismatch::Estimate(recorded.seq));
        }
        return;
    }
    let (competency, evidence, after) = match &recorded.event {
        Event::Responded {
            competency,
            evidence,
            after,
            ..
        }
        | Event::Scored {
            competency,
            evidence,
            after,
            ..
        } => (competency, Some(evidence), after),
        Event::ScoreUndone {
            competency, after, ..
        }
        | Event::Rescored {
            competency, after, ..
        } => (competency, None, after),
        // One that is no evidence moved nothing: what it repeats was compared with the answer before it.
        Event::Revealed {
            competency,
            evidence: Some(evidence),
            after,
            ..
        } => (competency, Some(evidence), after),
        _ => return,
    };
    if evidence.is_some_and(|evidence| evidence.difficulty.is_none()) {
        verified.estimates_skipped += 1;
        return;
    }
    let believed = mastery::believed(model, state, competency);
    if bits(&believed) != bits(after) {
        verified.note(Mismatch::Estimate(recorded.seq));
    }
}
