//! How the one who asks stands to what is asked about, read from the roster at the moment of asking.

use trellis_core::access::Relation;
use trellis_core::context::Actor;
use trellis_core::framework::CourseId;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;

use crate::db::{Connection, OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::blob;

fn exists(
    connection: &Connection,
    sql: &str,
    values: impl crate::db::Params,
) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(sql)?
        .query_row(values, |_| Ok(()))
        .optional()?
        .is_some())
}

/// Whether the actor still has the role that they signed in with. A person removed from the roster has none.
pub(crate) fn is_current(connection: &Connection, actor: Actor) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM person WHERE id = ?1 AND role = ?2 AND left_at IS NULL";
    exists(
        connection,
        sql,
        params![blob(actor.person.0), actor.role.name()],
    )
}

/// The actor's relation to a learner.
pub(crate) fn to_learner(
    connection: &Connection,
    actor: Actor,
    learner: PersonId,
) -> Result<Relation, StoreError> {
    if is_current(connection, actor)? {
        of_current_to_learner(connection, actor, learner)
    } else {
        Ok(Relation::Nobody)
    }
}

/// The same for an actor who is known to [still have](is_current) the role.
pub(crate) fn of_current_to_learner(
    connection: &Connection,
    actor: Actor,
    learner: PersonId,
) -> Result<Relation, StoreError> {
    let ids = params![blob(actor.person.0), blob(learner.0)];
    let related = match actor.role {
        Role::Learner => actor.person == learner,
        Role::Guardian => exists(
            connection,
            "SELECT 1 FROM guardianship WHERE guardian = ?1 AND learner = ?2",
            ids,
        )?,
        Role::Teacher => exists(
            connection,
            "SELECT 1 FROM enrollment AS teaches JOIN enrollment AS learns USING (section)
             WHERE teaches.person = ?1 AND teaches.role = 'teacher'
               AND learns.person = ?2 AND learns.role = 'learner' LIMIT 1",
            ids,
        )?,
        Role::Leader | Role::Operator => exists(
            connection,
            "SELECT 1 FROM person WHERE id = ?1 AND role = 'learner'",
            [blob(learner.0)],
        )?,
    };
    Ok(if related {
        strongest(actor.role)
    } else {
        Relation::Stranger
    })
}

/// The actor's relation to a section.
pub(crate) fn to_section(
    connection: &Connection,
    actor: Actor,
    section: SectionId,
) -> Result<Relation, StoreError> {
    if !is_current(connection, actor)? {
        return Ok(Relation::Nobody);
    }
    let related = match actor.role {
        Role::Teacher => exists(
            connection,
            "SELECT 1 FROM enrollment WHERE person = ?1 AND section = ?2 AND role = 'teacher'",
            params![blob(actor.person.0), blob(section.0)],
        )?,
        Role::Leader | Role::Operator => exists(
            connection,
            "SELECT 1 FROM section WHERE id = ?1",
            [blob(section.0)],
        )?,
        Role::Learner | Role::Guardian => false,
    };
    Ok(if related {
        strongest(actor.role)
    } else {
        Relation::Stranger
    })
}

/// The actor's relation to the district as a whole.
pub(crate) fn to_district(connection: &Connection, actor: Actor) -> Result<Relation, StoreError> {
    let current = is_current(connection, actor)?;
    Ok(match actor.role {
        _ if !current => Relation::Nobody,
        Role::Leader => Relation::LeaderOf,
        Role::Operator => Relation::OperatorOf,
        Role::Learner | Role::Guardian | Role::Teacher => Relation::Stranger,
    })
}

/// The actor's relation to content that these courses have: a teacher stands to what their own sections take.
pub(crate) fn to_courses(
    connection: &Connection,
    actor: Actor,
    courses: &[CourseId],
) -> Result<Relation, StoreError> {
    if actor.role != Role::Teacher || !is_current(connection, actor)? {
        return to_district(connection, actor);
    }
    for course in courses {
        let takes = exists(
            connection,
            "SELECT 1 FROM enrollment JOIN section ON section.id = enrollment.section
             LEFT JOIN section_course AS chosen ON chosen.section = section.id
             WHERE enrollment.person = ?1 AND enrollment.role = 'teacher'
               AND coalesce(chosen.course, section.course) = ?2 LIMIT 1",
            params![blob(actor.person.0), course.as_str()],
        )?;
        if takes {
            return Ok(Relation::TeacherOf);
        }
    }
    Ok(Relation::Stranger)
}

fn strongest(role: Role) -> Relation {
    match role {
        Role::Learner => Relation::Own,
        Role::Guardian => Relation::GuardianOf,
        Role::Teacher => Relation::TeacherOf,
        Role::Leader => Relation::LeaderOf,
        Role::Operator => Relation::OperatorOf,
    }
}
