//! The roster: people, sections, who belongs where. Rows, not events, so that names can be erased.

use trellis_core::id::{PersonId, SectionId, time_ordered};
use trellis_core::people::{Enrollment, Guardianship, Person, Role, Section};
use trellis_core::time::Timestamp;

use crate::db::{OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::{Store, chance, reader};

/// Puts somebody into a section; the last word about their role counts.
pub(crate) const ENROL: &str = "INSERT INTO enrollment (section, person, role) VALUES (?1, ?2, ?3)
     ON CONFLICT (section, person) DO UPDATE SET role = excluded.role";
/// Says who looks after whom; once is enough.
pub(crate) const GUARD: &str =
    "INSERT INTO guardianship (guardian, learner) VALUES (?1, ?2) ON CONFLICT DO NOTHING";

/// People and places to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// People.
    pub people: Vec<Person>,
    /// Sections.
    pub sections: Vec<Section>,
    /// Who belongs to which section.
    pub enrollments: Vec<Enrollment>,
    /// Who answers for whom.
    pub guardianships: Vec<Guardianship>,
}

/// The tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Its name.
    pub name: String,
    /// Whether it is a demonstration, in which anyone at the machine may sign in as anyone.
    pub demo: bool,
}

impl Store {
    /// Somebody in the roster who runs the machine, for what is done at its keyboard.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn operator(&self) -> Result<Option<PersonId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id FROM person WHERE role = 'operator' ORDER BY id LIMIT 1";
            let found: Option<Vec<u8>> =
                connection.query_row(sql, [], |row| row.get(0)).optional()?;
            found.map(|id| Ok(PersonId(from_blob(&id)?))).transpose()
        })
    }

    /// Names the tenant.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn set_district(&self, district: District) -> Result<(), StoreError> {
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO district (one, name, demo) VALUES (1, ?1, ?2)
                 ON CONFLICT (one) DO UPDATE SET name = excluded.name, demo = excluded.demo",
                params![district.name, district.demo],
            )?;
            Ok(())
        })
    }

    /// The tenant; `None` before it was named.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn district(&self) -> Result<Option<District>, StoreError> {
        self.read(|connection| {
            let found = connection
                .query_row("SELECT name, demo FROM district", [], |row| {
                    Ok(District {
                        name: row.get(0)?,
                        demo: row.get(1)?,
                    })
                })
                .optional()?;
            Ok(found)
        })
    }

    /// Adds people and places, all or none; what has the same id is replaced.
    ///
    /// # Errors
    /// When a row cannot be written, for example because two people have one sourcedId; then nothing has changed.
    pub fn add_roster(&self, roster: Roster) -> Result<(), StoreError> {
        self.rows(move |rows| {
            for Person { id, sourced_id, given_name, family_name, role } in &roster.people {
                rows.prepare_cached(
                    "INSERT INTO person (id, sourced_id, given_name, family_name, role) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (id) DO UPDATE SET sourced_id = excluded.sourced_id,
                       given_name = excluded.given_name, family_name = excluded.family_name, role = excluded.role",
                )?
                .execute(params![blob(id.0), sourced_id, given_name, family_name, role.name()])?;
            }
            for Section { id, sourced_id, title, course, class_code } in &roster.sections {
                rows.prepare_cached(
                    "INSERT INTO section (id, sourced_id, title, course, class_code) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (id) DO UPDATE SET sourced_id = excluded.sourced_id, title = excluded.title,
                       course = excluded.course, class_code = excluded.class_code",
                )?
                .execute(params![blob(id.0), sourced_id, title, course, class_code])?;
            }
            for Enrollment { section, person, role } in &roster.enrollments {
                rows.prepare_cached(ENROL)?
                    .execute(params![blob(section.0), blob(person.0), role.name()])?;
            }
            for Guardianship { guardian, learner } in &roster.guardianships {
                rows.prepare_cached(GUARD)?
                    .execute(params![blob(guardian.0), blob(learner.0)])?;
            }
            Ok(())
        })
    }

    /// Everybody, for the operator's commands and the demonstration's list of people.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare("SELECT id, sourced_id, given_name, family_name, role FROM person WHERE left_at IS NULL ORDER BY given_name, family_name, id")?;
            let mut rows = statement.query([])?;
            let mut people = Vec::new();
            while let Some(row) = rows.next()? {
                people.push(Person {
                    id: PersonId(from_blob(&row.get::<Vec<u8>>(0)?)?),
                    sourced_id: row.get(1)?,
                    given_name: row.get(2)?,
                    family_name: row.get(3)?,
                    role: reader::role(&row.get::<String>(4)?)?,
                });
            }
            Ok(people)
        })
    }

    /// Makes the one who runs the machine, for a school whose roster came from a file: no file can.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn add_operator(&self, now: Timestamp) -> Result<PersonId, StoreError> {
        let mut chance = [0; 16];
        chance::fill(&mut chance)?;
        let id = PersonId(time_ordered(now.0, u128::from_be_bytes(chance)));
        self.add_roster(Roster {
            people: vec![Person {
                id,
                sourced_id: "trellis-operator".to_owned(),
                given_name: "Trellis".to_owned(),
                family_name: "Operator".to_owned(),
                role: Role::Operator,
            }],
            ..Roster::default()
        })?;
        Ok(id)
    }

    /// The courses of a section: those that its teacher chose, or else the one of the roster.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn courses_of(&self, section: SectionId) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            if let Some(chosen) = crate::fold::chosen_courses(connection)?.remove(&section) {
                return Ok(chosen);
            }
            let found: Option<String> = connection
                .prepare_cached("SELECT course FROM section WHERE id = ?1")?
                .query_row([blob(section.0)], |row| row.get(0))
                .optional()?;
            Ok(found.into_iter().collect())
        })
    }

    /// The sections, by title.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sections(&self) -> Result<Vec<Section>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT id, sourced_id, title, course, class_code FROM section ORDER BY title, id",
            )?;
            let mut rows = statement.query([])?;
            let mut sections = Vec::new();
            while let Some(row) = rows.next()? {
                sections.push(Section {
                    id: SectionId(from_blob(&row.get::<Vec<u8>>(0)?)?),
                    sourced_id: row.get(1)?,
                    title: row.get(2)?,
                    course: row.get(3)?,
                    class_code: row.get(4)?,
                });
            }
            Ok(sections)
        })
    }

    /// Who belongs to which section, for the operator's commands and the demonstration's list of people.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn enrollments(&self) -> Result<Vec<Enrollment>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare("SELECT section, person, role FROM enrollment ORDER BY section, person")?;
            let mut rows = statement.query([])?;
            let mut enrollments = Vec::new();
            while let Some(row) = rows.next()? {
                enrollments.push(Enrollment {
                    section: SectionId(from_blob(&row.get::<Vec<u8>>(0)?)?),
                    person: PersonId(from_blob(&row.get::<Vec<u8>>(1)?)?),
                    role: reader::role(&row.get::<String>(2)?)?,
                });
            }
            Ok(enrollments)
        })
    }

    /// Who answers for whom, for the operator's commands and the demonstration's list of people.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn guardianships(&self) -> Result<Vec<Guardianship>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare("SELECT guardian, learner FROM guardianship ORDER BY guardian, learner")?;
            let mut rows = statement.query([])?;
            let mut guardianships = Vec::new();
            while let Some(row) = rows.next()? {
                guardianships.push(Guardianship {
                    guardian: PersonId(from_blob(&row.get::<Vec<u8>>(0)?)?),
                    learner: PersonId(from_blob(&row.get::<Vec<u8>>(1)?)?),
                });
            }
            Ok(guardianships)
        })
    }
}
