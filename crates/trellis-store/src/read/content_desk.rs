//! What people decided about where items and competencies belong, for those who sort the content of some courses.

use std::collections::BTreeMap;

use trellis_core::curation::{LinkDecided, Tagged};
use trellis_core::id::{PersonId, SectionId};

use super::section::TaughtSection;
use super::worklist::{may_see, names_of};
use super::{Name, ReadResult};
use crate::Store;
use crate::session::Viewer;

/// The decisions about the order of content.
#[derive(Debug, Clone)]
pub struct ContentDesk {
    /// The section whose courses are meant; `None` for all courses.
    pub section: Option<TaughtSection>,
    /// Items that count for other competencies than their import says, newest first.
    pub tags: Vec<Tagged>,
    /// Links that were added or taken away, newest first.
    pub links: Vec<LinkDecided>,
    /// Who decided; those who have left the roster are missing.
    pub names: BTreeMap<PersonId, Name>,
}

impl Store {
    /// The decisions about the order of content, for a section's teacher or without one for those who see all courses.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or leads nothing.
    pub fn content_desk(
        &self,
        viewer: &Viewer,
        section: Option<SectionId>,
    ) -> ReadResult<ContentDesk> {
        let mut decided = self.curation()?;
        decided.tags.reverse();
        decided.links.reverse();
        self.look(|connection| {
            let section = may_see(connection, viewer, section)?;
            let by = decided.tags.iter().map(|tagged| tagged.by);
            let by = by.chain(decided.links.iter().map(|link| link.by));
            Ok(ContentDesk {
                section,
                names: names_of(connection, by),
                tags: decided.tags,
                links: decided.links,
            })
        })
    }
}
