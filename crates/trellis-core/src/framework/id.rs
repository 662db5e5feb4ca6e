//! Names of content: short checked strings, one type for each kind of thing, cheap to clone.

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest content id, in bytes.
pub const LONGEST_ID: usize = 120;

/// Why a string cannot be a content id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadContentId {
    /// The string as given, cut to [`LONGEST_ID`] bytes.
    pub given: String,
}

impl fmt::Display for BadContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" cannot be an id: 1 to {LONGEST_ID} letters, digits or - _ . :",
            self.given
        )
    }
}

impl core::error::Error for BadContentId {}

fn checked(text: &str) -> Result<Arc<str>, BadContentId> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if !text.is_empty() && text.len() <= LONGEST_ID && text.chars().all(allowed) {
        Ok(Arc::from(text))
    } else {
        let given = text.chars().take(LONGEST_ID).collect();
        Err(BadContentId { given })
    }
}

/// Reads an id where it stands, without a copy in between: a learner's state has hundreds.
struct Checked;

impl Visitor<'_> for Checked {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a content id")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Arc<str>, E> {
        checked(text).map_err(E::custom)
    }
}

macro_rules! content_id {
    ($(#[$what:meta])* $name:ident) => {
        $(#[$what])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and keeps an id: 1 to [`LONGEST_ID`] ASCII letters, digits, `-`, `_`, `.` or `:`.
            ///
            /// # Errors
            /// [`BadContentId`] when the text is empty, too long or has another character.
            pub fn new(text: &str) -> Result<Self, BadContentId> {
                checked(text).map(Self)
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Default for $name {
            /// The id "unnamed", for what was given none.
            fn default() -> Self {
                Self(Arc::from("unnamed"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl core::str::FromStr for $name {
            type Err = BadContentId;
            fn from_str(text: &str) -> Result<Self, BadContentId> {
                Self::new(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(Checked).map(Self)
            }
        }
    };
}

content_id!(
    /// Which competency: unique in a framework. For imported frameworks the CASE GUID.
    CompetencyId
);
content_id!(
    /// Which framework: a published set of standards.
    FrameworkId
);
content_id!(
    /// Which course: a way through a framework.
    CourseId
);
content_id!(
    /// Which unit of a course: the name of its folder.
    UnitId
);
content_id!(
    /// Which item of a bank.
    ItemId
);
content_id!(
    /// Which named misconception.
    MixUpId
);
content_id!(
    /// Which kind of story a learner may choose.
    InterestId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        assert_eq!(
            ItemId::new("add-unlike-sum").unwrap().as_str(),
            "add-unlike-sum"
        );
        for bad in ["", "a b", "ä", "a/b", "<x>", &"x".repeat(LONGEST_ID + 1)] {
            assert!(ItemId::new(bad).is_err(), "{bad}");
        }
    }
}
