//! Groups that teachers formed: saved with the reason for each member, changed by moving members, and looked at a week
//! later.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use trellis_core::access::{Deed, Read};
use trellis_core::estimate::{LearnerState, Level};
use trellis_core::event::Recorded;
use trellis_core::framework::{CompetencyId, MixUpId};
use trellis_core::id::{GroupId, PersonId, SectionId};
use trellis_core::mastery;
use trellis_core::plan::groups::{Group, Member, Why};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{self, Name, ReadResult, TaughtSection};
use crate::session::Viewer;
use crate::{Store, journal, relation};

/// After so many days a group is looked at again.
pub const OUTCOME_DAYS: i64 = 7;
/// Most groups of a section that are listed.
const MOST_LISTED: u32 = 40;

/// How it went for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Where they stood when the group was formed.
    pub then: Level,
    /// Where they stood a week later, or stand now when the week is not over.
    pub later: Level,
    /// First tries in between.
    pub tries: u32,
    /// Of those, right without help.
    pub right_alone: u32,
}

/// Somebody in a saved group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMember {
    /// Who.
    pub name: Name,
    /// Why.
    pub why: Why,
    /// How it went.
    pub outcome: Outcome,
}

/// A saved group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedGroup {
    /// Its id.
    pub id: GroupId,
    /// The section.
    pub section: SectionId,
    /// What it is about.
    pub competency: CompetencyId,
    /// The misconception that it is about.
    pub mix_up: Option<MixUpId>,
    /// When it was formed.
    pub at: Timestamp,
    /// Its members.
    pub members: Vec<GroupMember>,
}

fn stored_why(why: &Why) -> (Option<&str>, u32, u32) {
    match why {
        Why::MixUp { mix_up, times } => (Some(mix_up.as_str()), *times, 0),
        Why::Stuck { tries, right_alone } | Why::Begun { tries, right_alone } => {
            (None, *tries, *right_alone)
        }
        Why::Placed => (None, 0, 0),
    }
}

fn why(row: Row<'_>, place: usize) -> Result<Why, StoreError> {
    let (key, mix_up): (String, Option<String>) = (row.get(place)?, row.get(place + 1)?);
    let (tries, right_alone) = (row.get(place + 2)?, row.get(place + 3)?);
    let mix_up = mix_up.and_then(|id| MixUpId::new(&id).ok());
    Ok(match (key.as_str(), mix_up) {
        ("mix-up", Some(mix_up)) => Why::MixUp {
            mix_up,
            times: tries,
        },
        ("stuck", _) => Why::Stuck { tries, right_alone },
        ("begun", _) => Why::Begun { tries, right_alone },
        _ => Why::Placed,
    })
}

fn allow(connection: &Connection, viewer: &Viewer, section: SectionId) -> ReadResult<()> {
    let relation = relation::to_section(connection, viewer.actor(), section)?;
    read::allow(relation, viewer, Read::Groups)?;
    read::allow_deed(relation, viewer, Deed::Direct)
}

fn is_in_section(
    connection: &Connection,
    learner: PersonId,
    section: SectionId,
) -> Result<bool, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT 1 FROM enrollment WHERE person = ?1 AND section = ?2 AND role = 'learner'",
        )?
        .query_row(params![blob(learner.0), blob(section.0)], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// What happened to learners, read once for all the groups that they are in.
#[derive(Default)]
struct Histories(BTreeMap<PersonId, Vec<Recorded>>);

impl Histories {
    /// Where a learner stood at two moments, by all that had happened until then, and what they did in between.
    fn outcome(
        &mut self,
        connection: &Connection,
        learner: PersonId,
        id: &CompetencyId,
        moments: [Timestamp; 2],
    ) -> Result<Outcome, StoreError> {
        let events = match self.0.entry(learner) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(journal::of_learner(connection, learner, None)?),
        };
        let [(then, tries, right), (later, tries_later, right_later)] = moments.map(|at| {
            let state = LearnerState::refold(learner, journal::until(events, at));
            let kept = state.competency(id);
            (
                mastery::level(&state, id, at),
                kept.map_or(0, |kept| kept.first_tries),
                kept.map_or(0, |kept| kept.right_alone),
            )
        });
        Ok(Outcome {
            then,
            later,
            tries: tries_later.saturating_sub(tries),
            right_alone: right_later.saturating_sub(right),
        })
    }
}

fn section_of(connection: &Connection, id: GroupId) -> ReadResult<SectionId> {
    let found: Option<Vec<u8>> = connection
        .prepare_cached("SELECT section FROM teaching_group WHERE id = ?1")?
        .query_row([blob(id.0)], |row| row.get(0))
        .optional()?;
    let bytes = found.ok_or(Refusal::NotYours)?;
    Ok(SectionId(from_blob(&bytes)?))
}

fn members(
    connection: &Connection,
    histories: &mut Histories,
    group: GroupId,
    competency: &CompetencyId,
    moments: [Timestamp; 2],
) -> Result<Vec<GroupMember>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT person.id, given_name, family_name, why, group_member.mix_up, times, right_alone FROM group_member
         JOIN person ON person.id = group_member.learner
         WHERE teaching_group = ?1 ORDER BY place, person.id",
    )?;
    let mut rows = statement.query([blob(group.0)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let learner = PersonId(from_blob(&row.get::<Vec<u8>>(0)?)?);
        found.push(GroupMember {
            name: Name {
                id: learner,
                given: row.get(1)?,
                family: row.get(2)?,
            },
            why: why(row, 3)?,
            outcome: histories.outcome(connection, learner, competency, moments)?,
        });
    }
    Ok(found)
}

impl Store {
    /// Saves a group. Members who are not in the section are refused; the same id again changes nothing.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section.
    pub fn save_group(
        &self,
        viewer: &Viewer,
        section: SectionId,
        id: GroupId,
        group: Group,
        now: Timestamp,
    ) -> ReadResult<()> {
        self.look(|connection| {
            allow(connection, viewer, section)?;
            for member in &group.members {
                if !is_in_section(connection, member.learner, section)? {
                    return Err(Refusal::NotYours.into());
                }
            }
            Ok(())
        })?;
        let by = viewer.person();
        self.rows(move |rows| {
            let added = rows.execute(
                "INSERT INTO teaching_group (id, section, competency, mix_up, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                params![
                    blob(id.0),
                    blob(section.0),
                    group.competency.as_str(),
                    group.mix_up.as_ref().map(MixUpId::as_str),
                    blob(by.0),
                    now.0
                ],
            )?;
            if added == 0 {
                return Ok(());
            }
            for (place, Member { learner, why }) in (0u32..).zip(&group.members) {
                let (mix_up, times, right_alone) = stored_why(why);
                rows.execute(
                    "INSERT INTO group_member (teaching_group, learner, place, why, mix_up, times, right_alone)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                    params![blob(id.0), blob(learner.0), place, why.key(), mix_up, times, right_alone],
                )?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Puts a learner into a group, or takes them out of it.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or the learner is not in it.
    pub fn move_member(
        &self,
        viewer: &Viewer,
        group: GroupId,
        learner: PersonId,
        into: bool,
    ) -> ReadResult<()> {
        self.look(|connection| {
            let section = section_of(connection, group)?;
            allow(connection, viewer, section)?;
            if !is_in_section(connection, learner, section)? {
                return Err(Refusal::NotYours.into());
            }
            Ok(())
        })?;
        self.rows(move |rows| {
            let ids = params![blob(group.0), blob(learner.0)];
            if into {
                rows.execute(
                    "INSERT INTO group_member (teaching_group, learner, place, why, mix_up, times, right_alone)
                     VALUES (?1, ?2, 1000, 'placed', NULL, 0, 0) ON CONFLICT DO NOTHING",
                    ids,
                )?;
            } else {
                rows.execute(
                    "DELETE FROM group_member WHERE teaching_group = ?1 AND learner = ?2",
                    ids,
                )?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// A saved group, with how it went up to a week after it was formed.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section.
    pub fn saved_group(
        &self,
        viewer: &Viewer,
        id: GroupId,
        now: Timestamp,
    ) -> ReadResult<(SavedGroup, TaughtSection)> {
        self.look(|connection| {
            let section = section_of(connection, id)?;
            allow(connection, viewer, section)?;
            let found = listed(connection, "id = ?1", params![blob(id.0)], now)?.pop();
            let taught = crate::read::taught_section(connection, section)?;
            Ok((found.ok_or(Refusal::NotYours)?, taught))
        })
    }

    /// The groups of a section, newest first.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach it.
    pub fn groups_of(
        &self,
        viewer: &Viewer,
        section: SectionId,
        now: Timestamp,
    ) -> ReadResult<Vec<SavedGroup>> {
        self.look(|connection| {
            allow(connection, viewer, section)?;
            let which = format!("section = ?1 ORDER BY at DESC, id LIMIT {MOST_LISTED}");
            Ok(listed(connection, &which, params![blob(section.0)], now)?)
        })
    }
}

fn listed(
    connection: &Connection,
    which: &str,
    values: impl crate::db::Params,
    now: Timestamp,
) -> Result<Vec<SavedGroup>, StoreError> {
    let sql =
        format!("SELECT id, section, competency, mix_up, at FROM teaching_group WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let (mut groups, mut histories) = (Vec::new(), Histories::default());
    while let Some(row) = rows.next()? {
        let id = GroupId(from_blob(&row.get::<Vec<u8>>(0)?)?);
        let text: String = row.get(2)?;
        let competency = CompetencyId::new(&text)
            .map_err(|_| StoreError::Corrupt("a group about nothing".to_owned()))?;
        let at = Timestamp(row.get(4)?);
        let later = now.min(at.plus_days(OUTCOME_DAYS));
        groups.push(SavedGroup {
            id,
            section: SectionId(from_blob(&row.get::<Vec<u8>>(1)?)?),
            mix_up: row
                .get::<Option<String>>(3)?
                .and_then(|id| MixUpId::new(&id).ok()),
            at,
            members: members(connection, &mut histories, id, &competency, [at, later])?,
            competency,
        });
    }
    Ok(groups)
}
