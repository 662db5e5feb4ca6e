//! The audit worklist: what looks wrong with the content of some courses, and what people decided about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use trellis_core::access::Read;
use trellis_core::audit::{AuditFinding, Subject};
use trellis_core::curation::{Held, Revision, Settled};
use trellis_core::framework::CourseId;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::time::Timestamp;

use super::section::{TaughtSection, one};
use super::{Name, ReadResult, allow, allow_section, name_of};
use crate::audit::Audited;
use crate::db::Connection;
use crate::session::Viewer;
use crate::{Store, curation, relation};

/// What there is to look at in the courses of a section, or in all of them.
#[derive(Debug, Clone)]
pub struct Worklist {
    /// The section whose courses are meant; `None` for all courses.
    pub section: Option<TaughtSection>,
    /// What the audit saw, with the figures of items.
    pub audited: Arc<Audited>,
    /// What nobody has settled, the most harmful first.
    pub open: Vec<AuditFinding>,
    /// What was settled, newest first.
    pub settled: Vec<Settled>,
    /// What is held back, newest first.
    pub held: Vec<Held>,
    /// Revisions that can be taken back, newest first.
    pub revisions: Vec<Revision>,
    /// Who decided; those who have left the roster are missing.
    pub names: BTreeMap<PersonId, Name>,
}

impl Store {
    /// The worklist of a section's courses, or without one of all courses.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or leads nothing.
    pub fn audit_worklist(
        &self,
        viewer: &Viewer,
        section: Option<SectionId>,
        now: Timestamp,
    ) -> ReadResult<Worklist> {
        let taught = self.look(|connection| may_see(connection, viewer, section))?;
        let audited = self.audited(now)?;
        let catalog = self.catalog();
        let is_about = |about: &Subject| {
            let Some(taught) = &taught else { return true };
            let with: Vec<CourseId> = curation::courses_with(&catalog, about);
            with.iter()
                .any(|course| taught.courses.iter().any(|id| id == course.as_str()))
        };
        let mut decided = self.curation()?;
        let mut open = decided.open(&audited.findings);
        open.retain(|finding| is_about(&finding.about));
        decided.settled.retain(|settled| is_about(&settled.about));
        decided.settled.reverse();
        decided
            .held
            .retain(|held| is_about(&Subject::Item(held.item.clone())));
        decided.held.reverse();
        decided
            .revisions
            .retain(|revision| is_about(&Subject::Item(revision.after.id.clone())));
        decided.revisions.reverse();
        let by = decided.settled.iter().map(|settled| settled.by);
        let by = by.chain(decided.held.iter().map(|held| held.by));
        let by = by.chain(decided.revisions.iter().map(|revision| revision.by));
        let names = self.look(|connection| Ok(names_of(connection, by)))?;
        Ok(Worklist {
            section: taught,
            audited,
            open,
            settled: decided.settled,
            held: decided.held,
            revisions: decided.revisions,
            names,
        })
    }
}

/// The names of those who decided; those who have left the roster are missing.
pub(super) fn names_of(
    connection: &Connection,
    people: impl Iterator<Item = PersonId>,
) -> BTreeMap<PersonId, Name> {
    let named = people.filter_map(|person| Some((person, name_of(connection, person).ok()?)));
    named.collect()
}

/// The section, when the viewer teaches it; nothing for one who sees all courses.
pub(super) fn may_see(
    connection: &Connection,
    viewer: &Viewer,
    section: Option<SectionId>,
) -> ReadResult<Option<TaughtSection>> {
    match section {
        Some(section) => {
            allow_section(connection, viewer, section, Read::AuditWorklist)?;
            Ok(Some(one(connection, section)?))
        }
        None => {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::AuditWorklist)?;
            Ok(None)
        }
    }
}
