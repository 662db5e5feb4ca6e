//! What can be learned and in which order: frameworks, competencies, their links, and courses through them.

mod course;
mod graph;
mod id;

pub use course::{Course, Interest, InterestKind, Unit};
pub use graph::{Association, AssociationKind, Competency, Framework, GraphFault};
pub use id::{
    BadContentId, CompetencyId, CourseId, FrameworkId, InterestId, ItemId, LONGEST_ID, MixUpId,
    UnitId,
};
