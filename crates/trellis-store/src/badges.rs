//! Badges that let learners into an open class: of the secret a hash alone is kept, so a badge is printed once, and
//! printing again makes the one of before worthless.

use trellis_core::access::{Deed, Read};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::db::{Connection, OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{Name, ReadResult, allow, allow_deed, learners_of};
use crate::session::{MOST_FAILURES, Viewer};
use crate::{Store, relation};

/// A badge as it is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBadge {
    /// Whose it is.
    pub learner: PersonId,
    /// What it is found by. No two badges have the same.
    pub handle: String,
    /// The secret, with at least 128 bits of chance: it is hashed at once, and quickly, since it cannot be guessed.
    pub secret: String,
}

/// A learner of a section, and since when they have a badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeHolder {
    /// Who.
    pub name: Name,
    /// When it was made.
    pub made_at: Option<Timestamp>,
}

/// What a badge opens now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadgeFits {
    /// The learner.
    pub learner: PersonId,
    /// The open class that the learner is in.
    pub section: SectionId,
    /// When that class closes.
    pub until: Timestamp,
}

/// Lets the viewer do this in the section with these learners, who must all be in it.
fn allowed(
    connection: &Connection,
    viewer: &Viewer,
    section: SectionId,
    who: impl Iterator<Item = PersonId>,
) -> ReadResult<()> {
    let relation = relation::to_section(connection, viewer.actor(), section)?;
    allow_deed(relation, viewer, Deed::RunClass)?;
    let here = learners_of(connection, section)?;
    for learner in who {
        if !here.iter().any(|name| name.id == learner) {
            return Err(Refusal::NotFound.into());
        }
    }
    Ok(())
}

/// What is kept of a secret on paper: whose it is, what it is found by, its hash.
pub(crate) type Kept = ([u8; 16], String, [u8; 32]);

/// What is kept of this secret.
pub(crate) fn kept(person: PersonId, handle: &str, secret: &str) -> Kept {
    let hash = *hash_of(handle, secret).as_bytes();
    (blob(person.0), handle.to_owned(), hash)
}

/// The hash of a secret, bound to what the badge or the invitation is found by.
pub(crate) fn hash_of(handle: &str, secret: &str) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(handle.as_bytes());
    hasher.update(b"/");
    hasher.update(secret.as_bytes());
    hasher.finalize()
}

impl Store {
    /// Gives badges to learners of a section, all or none. Whatever badge one of them had before opens nothing from now on.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or somebody is not a learner of it; a failure when a row
    /// cannot be written.
    pub fn give_badges(
        &self,
        viewer: &Viewer,
        section: SectionId,
        badges: &[NewBadge],
        now: Timestamp,
    ) -> ReadResult<()> {
        let who = badges.iter().map(|badge| badge.learner);
        self.look(|connection| allowed(connection, viewer, section, who))?;
        let kept: Vec<_> = badges
            .iter()
            .map(|badge| kept(badge.learner, &badge.handle, &badge.secret))
            .collect();
        self.rows(move |rows| {
            let mut insert = rows.prepare(
                "INSERT INTO badge (person, handle, hash, made_at, failures) VALUES (?1, ?2, ?3, ?4, 0)
                 ON CONFLICT (person) DO UPDATE SET handle = excluded.handle, hash = excluded.hash,
                   made_at = excluded.made_at, failures = 0",
            )?;
            for (person, handle, hash) in &kept {
                insert.execute(params![person, handle, hash, now.0])?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Sets the pictures of learners of a section by slow hashes, all or none. Those of before open nothing from now on.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or somebody is not a learner of it; a failure when a row
    /// cannot be written.
    pub fn give_pictures(
        &self,
        viewer: &Viewer,
        section: SectionId,
        given: Vec<(PersonId, String)>,
    ) -> ReadResult<()> {
        let who = given.iter().map(|one| one.0);
        self.look(|connection| allowed(connection, viewer, section, who))?;
        let one = |(person, hash)| (person, "pictures", None, hash);
        self.set_credentials(given.into_iter().map(one).collect())?;
        Ok(())
    }

    /// Takes the badges of learners of a section away, all or none, and ends the learners' sign-ins: a badge that somebody
    /// found may be in use.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or somebody is not a learner of it; a failure when the rows
    /// cannot be written.
    pub fn withdraw_badges(
        &self,
        viewer: &Viewer,
        section: SectionId,
        learners: &[PersonId],
    ) -> ReadResult<()> {
        let who = learners.iter().copied();
        self.look(|connection| allowed(connection, viewer, section, who))?;
        let gone: Vec<_> = learners.iter().map(|learner| blob(learner.0)).collect();
        self.rows(move |rows| {
            for person in &gone {
                rows.execute("DELETE FROM badge WHERE person = ?1", [person])?;
                rows.execute("DELETE FROM session WHERE person = ?1", [person])?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The learners of a section, and since when each has a badge.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn badge_holders(
        &self,
        viewer: &Viewer,
        section: SectionId,
    ) -> ReadResult<Vec<BadgeHolder>> {
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow(relation, viewer, Read::ClassMap)?;
            let mut statement =
                connection.prepare_cached("SELECT made_at FROM badge WHERE person = ?1")?;
            let mut holders = Vec::new();
            for name in learners_of(connection, section)? {
                let made_at: Option<i64> = statement
                    .query_row([blob(name.id.0)], |row| row.get(0))
                    .optional()?;
                holders.push(BadgeHolder {
                    name,
                    made_at: made_at.map(Timestamp),
                });
            }
            Ok(holders)
        })
    }

    /// Tries a badge. `None` where it does not fit, where no class of the learner is open, and where too many tries went
    /// wrong before: whoever tries is not told which. A wrong secret is counted, but only while a class is open.
    ///
    /// # Errors
    /// When the database cannot be read, or the count cannot be written.
    pub fn try_badge(
        &self,
        handle: &str,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<BadgeFits>, StoreError> {
        let found = self.read(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT badge.person, badge.hash, class_session.section, class_session.until FROM badge
                     JOIN enrollment ON enrollment.person = badge.person AND enrollment.role = 'learner'
                     JOIN class_session ON class_session.section = enrollment.section
                     WHERE badge.handle = ?1 AND class_session.until > ?2 AND badge.failures < ?3
                     ORDER BY class_session.until DESC LIMIT 1",
                )?
                .query_row(params![handle, now.0, MOST_FAILURES], |row| {
                    Ok((
                        row.get::<Vec<u8>>(0)?,
                        row.get::<[u8; 32]>(1)?,
                        row.get::<Vec<u8>>(2)?,
                        row.get::<i64>(3)?,
                    ))
                })
                .optional()?;
            Ok(found)
        })?;
        let Some((person, hash, section, until)) = found else {
            return Ok(None);
        };
        // Compared in a time that does not depend on where the two differ.
        if hash_of(handle, secret) == blake3::Hash::from_bytes(hash) {
            return Ok(Some(BadgeFits {
                learner: PersonId(from_blob(&person)?),
                section: SectionId(from_blob(&section)?),
                until: Timestamp(until),
            }));
        }
        self.rows(move |rows| {
            rows.execute(
                "UPDATE badge SET failures = failures + 1 WHERE person = ?1",
                [person],
            )?;
            Ok(())
        })?;
        Ok(None)
    }

    /// Whether too many tries at somebody's pictures, password or badge went wrong.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_locked_out(&self, person: PersonId) -> Result<bool, StoreError> {
        self.read(|connection| {
            let locked = connection
                .prepare_cached(
                    "SELECT 1 FROM credential WHERE person = ?1 AND failures >= ?2
                     UNION ALL SELECT 1 FROM badge WHERE person = ?1 AND failures >= ?2",
                )?
                .exists(params![blob(person.0), MOST_FAILURES])?;
            Ok(locked)
        })
    }
}
