//! What pages read. One file a read model; each asks the access table first, and a refusal does not tell whether there
//! was anything to see.

mod all_records;
mod attempt;
mod calibration;
mod check_queue;
pub(crate) mod class_names;
mod consents;
mod content_desk;
mod district;
mod erasures;
mod evidence;
mod explanation;
mod family;
mod gaps;
mod item_answers;
mod learner;
mod live;
mod locked_out;
mod looks;
mod openings;
mod person;
mod plan;
mod section;
mod term;
mod worklist;

use trellis_core::access::{self, Deed, Read, Relation};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;

pub use all_records::{AllRecords, TAKEN_WITHIN_HOURS};
pub use attempt::{AttemptView, BegunView};
pub(crate) use calibration::Counted;
pub use calibration::{CalibrationBin, LEAST_ANSWERS, LEAST_LEARNERS};
pub use check_queue::{CheckQueue, ToScore, WaitingOf};
pub(crate) use class_names::learners as learners_of;
pub use class_names::{ClassNames, Name};
pub use consents::{ConsentsView, Said};
pub use content_desk::ContentDesk;
pub use district::{DistrictView, SectionFigures};
pub use erasures::ErasureRequest;
pub use evidence::EvidenceView;
pub use family::{Child, FamilyView};
pub use gaps::{CourseGaps, Gap, Measured};
pub use item_answers::{ItemAnswers, WrongAnswer};
pub use learner::LearnerView;
pub use live::{LiveLearner, LiveMark, LiveView};
pub use locked_out::LockedOut;
pub use looks::Look;
pub(crate) use openings::name_if_there;
pub use openings::{
    LONGEST_REASON, MANY_LEARNERS, ManyLooks, OPEN_MINUTES, Opening, SHORTEST_REASON,
};
pub use person::PersonView;
pub use plan::{PlanChoice, PlanView};
pub(crate) use section::one as taught_section;
pub use section::{ClassMap, EstimateCell, Judged, SectionView, Taker, TaughtSection};
pub use term::TermView;
pub use worklist::Worklist;

use crate::db::{self, Connection, Row};
use crate::error::StoreError;
use crate::journal::from_blob;
use crate::relation;
use crate::session::Viewer;

/// Why a read gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The rules say no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The world failed.
    #[error(transparent)]
    Failed(#[from] StoreError),
}

impl From<db::Error> for ReadError {
    fn from(error: db::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for ReadError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a read gives.
pub type ReadResult<T> = Result<T, ReadError>;

impl crate::Store {
    /// Reads with the errors of a page.
    pub(crate) fn look<T>(&self, work: impl FnOnce(&Connection) -> ReadResult<T>) -> ReadResult<T> {
        self.read(|connection| {
            Ok(match work(connection) {
                Err(ReadError::Failed(error)) => return Err(error),
                refused_or_found => refused_or_found,
            })
        })
        .map_err(ReadError::Failed)?
    }
}

pub(crate) fn allow(relation: Relation, viewer: &Viewer, read: Read) -> ReadResult<()> {
    if access::allowed_for(viewer.role(), relation) && access::may_read(relation, read) {
        Ok(())
    } else {
        Err(Refusal::NotYours.into())
    }
}

/// Lets a viewer who stands so do this, or refuses it.
pub(crate) fn allow_deed(relation: Relation, viewer: &Viewer, deed: Deed) -> ReadResult<()> {
    if access::allowed_for(viewer.role(), relation) && access::may_do(relation, deed) {
        Ok(())
    } else {
        Err(Refusal::NotYours.into())
    }
}

fn allow_section(
    connection: &Connection,
    viewer: &Viewer,
    section: SectionId,
    read: Read,
) -> ReadResult<()> {
    allow(
        relation::to_section(connection, viewer.actor(), section)?,
        viewer,
        read,
    )
}

fn id_at(row: Row<'_>, place: usize) -> ReadResult<u128> {
    Ok(from_blob(
        row.get_ref(place)?
            .as_blob()
            .map_err(crate::db::Error::from)?,
    )?)
}

pub(crate) fn name_of(connection: &Connection, person: PersonId) -> ReadResult<Name> {
    let mut statement = connection
        .prepare_cached("SELECT id, given_name, family_name FROM person WHERE id = ?1")?;
    let mut rows = statement.query([crate::journal::blob(person.0)])?;
    let row = rows.next()?.ok_or(Refusal::NotFound)?;
    class_names::name(row)
}
