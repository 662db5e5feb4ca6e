//! Identifiers: 128-bit, time-ordered, one type for each kind of thing so that they cannot be mixed up.

use alloc::string::String;
use core::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an identifier is 32 hexadecimal digits")
    }
}

/// Builds a time-ordered identifier in the layout of UUID version 7 (RFC 9562, section 5.7): 48 bits of
/// milliseconds since 1970, then 74 bits from `chance`.
#[must_use]
pub fn time_ordered(unix_ms: i64, chance: u128) -> u128 {
    let ms = u128::from(unix_ms.max(0).unsigned_abs()) & 0xffff_ffff_ffff;
    let random_a = (chance >> 64) & 0xfff;
    let random_b = chance & 0x3fff_ffff_ffff_ffff;
    (ms << 80) | (0x7 << 76) | (random_a << 64) | (0b10 << 62) | random_b
}

fn parse_hex(text: &str) -> Result<u128, NotAnId> {
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(NotAnId);
    }
    u128::from_str_radix(text, 16).map_err(|_| NotAnId)
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl $name {
            /// Reads 32 hexadecimal digits, as [`Display`](fmt::Display) writes them.
            ///
            /// # Errors
            /// [`NotAnId`] for any other text.
            pub fn parse(text: &str) -> Result<Self, NotAnId> {
                parse_hex(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({:032x})"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(D::Error::custom)
            }
        }
    };
}

id!(
    /// A person of any role.
    PersonId
);
id!(
    /// A section: one class of learners with its teachers (OneRoster `class`).
    SectionId
);
id!(
    /// One sitting with one item.
    AttemptId
);
id!(
    /// One answer as given. The client makes it and keeps it until the reply has come.
    AnswerId
);
id!(
    /// What a teacher decided.
    DirectiveId
);
id!(
    /// Questions that a teacher gave to learners together.
    AssignmentId
);
id!(
    /// Something that somebody raised and a person answers.
    MatterId
);
id!(
    /// Longer work with checkpoints that a teacher gives to a class.
    ProjectId
);
id!(
    /// Something that a learner made and keeps.
    ArtifactId
);
id!(
    /// A goal in a learner's plan.
    GoalId
);
id!(
    /// A small step towards a goal.
    StepId
);
id!(
    /// A talk of a teacher with a learner about the plan.
    CheckInId
);
id!(
    /// Learners whom a teacher brings together.
    GroupId
);
id!(
    /// A question that an author is writing, with all its versions.
    DraftId
);
id!(
    /// A ready form that people are asked to answer, without their names.
    SurveyId
);

/// The place of an event in its tenant's journal: 1, 2, 3, ... without gaps. Also the name of a decision, which is
/// called by its first event.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn the_layout_is_uuid_version_7() {
        // RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F.
        let id = time_ordered(0x017f_22e2_79b0, (0xcc3 << 64) | 0x18c4_dc0c_0c07_398f);
        assert_eq!(id, 0x017f22e2_79b0_7cc3_98c4_dc0c0c07398f);
    }

    #[test]
    fn text_round_trips_and_strangers_are_refused() {
        let id = PersonId(0x0123_4567);
        assert_eq!(PersonId::parse(&id.to_string()), Ok(id));
        for wrong in [
            "",
            "12",
            "zz000000000000000000000000000000",
            "+1234567890123456789012345678901",
        ] {
            assert_eq!(PersonId::parse(wrong), Err(NotAnId));
        }
    }
}
