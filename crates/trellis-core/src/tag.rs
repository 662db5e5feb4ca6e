//! What an item of an imported bank counts for, as people say.

use serde::{Deserialize, Serialize};

use crate::framework::{CompetencyId, ItemId};

/// What an item counts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The item.
    pub item: ItemId,
    /// The competency; nothing where the import's own word counts again.
    pub competency: Option<CompetencyId>,
}

/// How many items one decision tags at most.
pub const MOST_TAGS: usize = 200;
