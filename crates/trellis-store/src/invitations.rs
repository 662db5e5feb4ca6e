//! Invitations on paper, by which staff and families choose how they sign in. Of the secret a hash alone is kept; a newer
//! invitation makes the one of before worthless, and one that was used is gone.

use std::sync::mpsc;

use trellis_core::access::{Deed, Read};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::badges::{Kept, hash_of, kept};
use crate::db::{Connection, OptionalExtension, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{Name, ReadResult, allow, allow_deed, learners_of};
use crate::session::Viewer;
use crate::{Store, reader, relation};
use crate::{passkeys, second_factor};

/// An invitation as it is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Whom it is for: no learner.
    pub person: PersonId,
    /// What it is found by. No two have the same.
    pub handle: String,
    /// The secret, with at least 128 bits of chance: it is hashed at once, and quickly, since it cannot be guessed.
    pub secret: String,
}

/// Whom somebody may invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// The families of a section's learners, by its teachers.
    Families(SectionId),
    /// Teachers and leaders, by who leads the district or runs its machine.
    Staff,
}

/// Somebody who can be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitable {
    /// Who.
    pub name: Name,
    /// What they are to the school.
    pub role: Role,
    /// The given names of their children in the section.
    pub children: Vec<String>,
    /// Whether they have chosen how they sign in.
    pub signs_in: bool,
    /// Until when their newest invitation can be used.
    pub until: Option<Timestamp>,
}

/// Whose an invitation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub name: Name,
    /// What they are to the school.
    pub role: Role,
}

/// What came of using an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// The person signs in with what they chose, and whoever was signed in as them is not any more.
    Done(PersonId),
    /// Somebody else has this login name. The invitation still holds.
    LoginTaken,
    /// It was used, is over, or never was.
    Over,
}

fn someone(row: crate::db::Row<'_>, children: Vec<String>) -> Result<Invitable, StoreError> {
    let role = reader::role(row.get_ref(3)?.as_str().map_err(crate::db::Error::from)?)?;
    Ok(Invitable {
        name: Name {
            id: PersonId(from_blob(&row.get::<Vec<u8>>(0)?)?),
            given: row.get(1)?,
            family: row.get(2)?,
        },
        role,
        children,
        signs_in: row.get(4)?,
        until: row.get::<Option<i64>>(5)?.map(Timestamp),
    })
}

const COLUMNS: &str = "person.id, person.given_name, person.family_name, person.role,
    EXISTS (SELECT 1 FROM credential WHERE credential.person = person.id),
    (SELECT until FROM invitation WHERE invitation.person = person.id)";

fn staff(connection: &Connection) -> Result<Vec<Invitable>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE role IN ('teacher', 'leader') AND left_at IS NULL
         ORDER BY given_name, family_name, id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(someone(row, Vec::new())?);
    }
    Ok(found)
}

fn families(connection: &Connection, section: SectionId) -> ReadResult<Vec<Invitable>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM guardianship JOIN person ON person.id = guardianship.guardian
         WHERE guardianship.learner = ?1 AND person.left_at IS NULL ORDER BY given_name, family_name, person.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found: Vec<Invitable> = Vec::new();
    for child in learners_of(connection, section)? {
        let mut rows = statement.query([blob(child.id.0)])?;
        while let Some(row) = rows.next()? {
            let one = someone(row, vec![child.given.clone()])?;
            match found.iter_mut().find(|known| known.name.id == one.name.id) {
                Some(known) => known.children.push(child.given.clone()),
                None => found.push(one),
            }
        }
    }
    Ok(found)
}

/// Everybody whom the viewer may invite there.
fn invitable(connection: &Connection, viewer: &Viewer, whom: Whom) -> ReadResult<Vec<Invitable>> {
    match whom {
        Whom::Families(section) => {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow(relation, viewer, Read::ClassMap)?;
            families(connection, section)
        }
        Whom::Staff => {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::LockedOut)?;
            Ok(staff(connection)?)
        }
    }
}

/// Writes invitations; whoever had one before has the new one only.
fn keep(rows: &Savepoint<'_>, all: &[Kept], until: Timestamp) -> Result<(), StoreError> {
    let mut insert = rows.prepare(
        "INSERT INTO invitation (person, handle, hash, until) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (person) DO UPDATE SET handle = excluded.handle, hash = excluded.hash, until = excluded.until",
    )?;
    for (person, handle, hash) in all {
        insert.execute(params![person, handle, hash, until.0])?;
    }
    Ok(())
}

fn hashed(invitations: &[NewInvitation]) -> Vec<Kept> {
    let one = |new: &NewInvitation| kept(new.person, &new.handle, &new.secret);
    invitations.iter().map(one).collect()
}

/// The row that this text opens now.
fn found_by(
    connection: &Connection,
    handle: &str,
    secret: &str,
    now: Timestamp,
) -> Result<Option<(PersonId, Invited)>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT person.id, given_name, family_name, role, hash FROM invitation
             JOIN person ON person.id = invitation.person
             WHERE handle = ?1 AND until > ?2 AND left_at IS NULL",
        )?
        .query_row(params![handle, now.0], |row| {
            Ok((
                row.get::<Vec<u8>>(0)?,
                row.get::<String>(1)?,
                row.get::<String>(2)?,
                row.get::<String>(3)?,
                row.get::<[u8; 32]>(4)?,
            ))
        })
        .optional()?;
    let Some((id, given, family, role, hash)) = row else {
        return Ok(None);
    };
    // Compared in a time that does not depend on where the two differ.
    if hash_of(handle, secret) != blake3::Hash::from_bytes(hash) {
        return Ok(None);
    }
    let id = PersonId(from_blob(&id)?);
    let role = reader::role(&role)?;
    let name = Name { id, given, family };
    Ok(Some((id, Invited { name, role })))
}

impl Store {
    /// Everybody whom the viewer may invite: families of a section, or the staff.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn invitable(&self, viewer: &Viewer, whom: Whom) -> ReadResult<Vec<Invitable>> {
        self.look(|connection| invitable(connection, viewer, whom))
    }

    /// Invites people, all or none. Whatever invitation one of them had before opens nothing from now on; how they sign in
    /// stays until the new one is used.
    ///
    /// # Errors
    /// A refusal when the viewer may not invite one of them; a failure when a row cannot be written.
    pub fn invite(
        &self,
        viewer: &Viewer,
        whom: Whom,
        invitations: &[NewInvitation],
        until: Timestamp,
    ) -> ReadResult<()> {
        self.look(|connection| {
            let (relation, deed) = match whom {
                Whom::Families(section) => (
                    relation::to_section(connection, viewer.actor(), section)?,
                    Deed::RunClass,
                ),
                Whom::Staff => (
                    relation::to_district(connection, viewer.actor())?,
                    Deed::Release,
                ),
            };
            allow_deed(relation, viewer, deed)?;
            let known = invitable(connection, viewer, whom)?;
            let all = invitations
                .iter()
                .all(|new| known.iter().any(|one| one.name.id == new.person));
            if all {
                Ok(())
            } else {
                Err(Refusal::NotFound.into())
            }
        })?;
        let all = hashed(invitations);
        self.rows(move |rows| keep(rows, &all, until))?;
        Ok(())
    }

    /// Invites adults on behalf of whoever has the machine, all or none.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn invite_from_machine(
        &self,
        invitations: &[NewInvitation],
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let all = hashed(invitations);
        self.rows(move |rows| keep(rows, &all, until))
    }

    /// Every adult of the school, with whether they sign in: for whoever has the machine.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn adults(&self) -> Result<Vec<Invitable>, StoreError> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM person WHERE role <> 'learner' AND left_at IS NULL
                 ORDER BY role, given_name, family_name, id"
            );
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(someone(row, Vec::new())?);
            }
            Ok(found)
        })
    }

    /// Whose an invitation is; `None` where it does not fit, was used, or is over: whoever tries is not told which.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn invited(
        &self,
        handle: &str,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<Invited>, StoreError> {
        self.read(|connection| Ok(found_by(connection, handle, secret, now)?.map(|found| found.1)))
    }

    /// Uses an invitation: from now on the person signs in with this login name and the password of this slow hash. Every
    /// sign-in of theirs ends.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn accept_invitation(
        &self,
        (handle, secret): (&str, &str),
        login: &str,
        slow_hash: &str,
        now: Timestamp,
    ) -> Result<Accepted, StoreError> {
        let (handle, secret) = (handle.to_owned(), secret.to_owned());
        let (login, slow_hash) = (login.to_owned(), slow_hash.to_owned());
        let (tell, told) = mpsc::channel();
        // Looked up where it is used, so that two who send the same at once do not both get in.
        self.rows(move |rows| {
            let outcome = accept(rows, (&handle, &secret), &login, &slow_hash, now)?;
            // Nobody listens any more when the caller is gone.
            let _ = tell.send(outcome);
            Ok(())
        })?;
        Ok(told.recv().unwrap_or(Accepted::Over))
    }
}

fn accept(
    rows: &Savepoint<'_>,
    (handle, secret): (&str, &str),
    login: &str,
    slow_hash: &str,
    now: Timestamp,
) -> Result<Accepted, StoreError> {
    let Some((person, _)) = found_by(rows, handle, secret, now)? else {
        return Ok(Accepted::Over);
    };
    let id = blob(person.0);
    let taken = rows
        .prepare_cached("SELECT 1 FROM credential WHERE login = ?1 AND person <> ?2")?
        .exists(params![login, id])?;
    if taken {
        return Ok(Accepted::LoginTaken);
    }
    rows.execute(
        "INSERT INTO credential (person, kind, login, hash, failures) VALUES (?1, 'password', ?2, ?3, 0)
         ON CONFLICT (person) DO UPDATE SET kind = excluded.kind, login = excluded.login,
           hash = excluded.hash, failures = 0",
        params![id, login, slow_hash],
    )?;
    // Whoever lost the telephone and the paper is let in again by an invitation.
    second_factor::forget(rows, person)?;
    passkeys::forget(rows, person)?;
    for sql in [
        "DELETE FROM invitation WHERE person = ?1",
        "DELETE FROM session WHERE person = ?1",
    ] {
        rows.execute(sql, [id])?;
    }
    Ok(Accepted::Done(person))
}
