//! What a decision is told about the world: when, who asks, and with what chance.

use serde::{Deserialize, Serialize};

use crate::access::Relation;
use crate::id::PersonId;
use crate::people::Role;
use crate::time::Timestamp;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person signed in.
    pub person: PersonId,
    /// Their role.
    pub role: Role,
}

/// The world at the moment of a decision. The caller fills it; the rules read nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The server's time.
    pub now: Timestamp,
    /// Chance for ties and for drawing a variant. Stored with what it decided, so that a replay draws the same.
    pub seed: u64,
    /// Who asks.
    pub actor: Actor,
    /// How the actor stands to the learner or section that the command is about, found in the roster just now.
    pub relation: Relation,
}
