//! What is declared of a table: whose its rows are, what its columns hold, what becomes of them.

use super::kinds::Kind;

/// How a column says whose a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The column holds the person's id.
    Is(&'static str),
    /// The column holds the id of who did something to a row that is another's: it stays when they are erased.
    Acts(&'static str),
    /// The column is a text in which the id stands among other things.
    Names(&'static str),
}

/// How a column is given to somebody who asks for their record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// As it stands.
    AsIs,
    /// 16 bytes, written as the 32 digits of an id.
    Id,
    /// Milliseconds since 1970.
    Moment,
    /// The learner's state, written out.
    State,
    /// A whole file, as hexadecimal digits.
    File,
    /// Not at all, though it is said that it is there: whoever had it could try to sign in.
    Withheld,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Something about a person.
    Personal(Kind, Given),
    /// What happened, whose fields are declared by the kind of the event: see [`super::events`].
    Event,
    /// Nothing about a person, and why.
    Nothing(&'static str),
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// What becomes of somebody's rows when the person is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasing {
    /// They go.
    Rows,
    /// Of the events in the person's own record a hash is left, by which the journal still proves to be whole. What the
    /// person did in the records of others stays there: the random id in it leads to nobody once the person's row is gone.
    Leaves,
    /// They stay, and why.
    Keeps(&'static str),
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns by which a row is somebody's; none where rows are nobody's.
    pub whose: &'static [Whose],
    /// What becomes of a person's rows when the person is erased.
    pub erasing: Erasing,
    /// All of its columns, in order.
    pub columns: &'static [Column],
}

/// A column with something about a person.
pub(super) const fn is(name: &'static str, kind: Kind, given: Given) -> Column {
    let holds = Holds::Personal(kind, given);
    Column { name, holds }
}

/// A column with nothing about a person.
pub(super) const fn no(name: &'static str, why: &'static str) -> Column {
    let holds = Holds::Nothing(why);
    Column { name, holds }
}

// Why a column holds nothing about a person, and why a row stays.
pub(super) const CONTENT: &str = "content, the same for everybody";
pub(super) const PLACE: &str = "a place in the journal";
pub(super) const PROOF: &str =
    "a hash, or the random salt of it, by which the journal proves to be whole";
pub(super) const OF_THE_DATABASE: &str = "about the database";
pub(super) const ID_OF_NOBODY: &str =
    "the random id of who did it leads to nobody once their own row is gone";
pub(super) const OF_A_SURVEY: &str = "which survey";
pub(super) const OF_NOBODY: &str = "counts of answers without names: nothing says whose they are";
