//! The layout tree of LaTeX as school texts use it: what stands where, before anyone asks what it means.

mod arguments;
mod commands;
mod reader;

pub use reader::read;

use crate::tree::Span;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// One piece of layout with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a piece of layout is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// A letter or a letter-like sign: `x`, `π`, `∞`.
    Letter(char),
    /// A name of several letters: `sin`, `lim`.
    Name(String),
    /// Digits with their marks, as written: `1,000.5`.
    Digits(String),
    /// An operator, relation, bracket or punctuation mark.
    Sign(char),
    /// A sum, product, integral or another large operator, whose limits may stand above and below.
    Large(char),
    /// Words.
    Text(String),
    /// Space, in hundredths of an em; may be negative.
    Space(i16),
    /// Pieces in a row.
    Row(Vec<Node>),
    /// One above the other.
    Fraction {
        /// Above.
        top: Box<Node>,
        /// Below.
        bottom: Box<Node>,
        /// Whether a line is drawn between.
        bar: bool,
    },
    /// A root sign.
    Root {
        /// The small number at the sign, if any.
        degree: Option<Box<Node>>,
        /// What stands under it.
        radicand: Box<Node>,
    },
    /// Pieces lower and higher than a base.
    Scripts {
        /// What they belong to; an empty row when nothing stands before.
        base: Box<Node>,
        /// The lower one.
        below: Option<Box<Node>>,
        /// The upper one.
        above: Option<Box<Node>>,
        /// Whether they stand straight under and over the base.
        limits: bool,
    },
    /// Brackets that grow with their content; `None` for an invisible one.
    Fenced {
        /// On the left.
        open: Option<char>,
        /// Between.
        body: Vec<Node>,
        /// On the right.
        close: Option<char>,
    },
    /// Rows and columns.
    Table {
        /// What kind of table.
        style: TableStyle,
        /// Rows of cells, each a row of pieces.
        rows: Vec<Vec<Vec<Node>>>,
    },
    /// A mark over or under a base.
    Accent {
        /// Which mark.
        mark: Mark,
        /// What it belongs to.
        base: Box<Node>,
    },
    /// A piece drawn in a special way.
    Styled {
        /// Which way.
        style: Style,
        /// The piece.
        body: Box<Node>,
    },
}

/// Kinds of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableStyle {
    /// Without brackets.
    Plain,
    /// Columns aligned at relations, in turn right and left.
    Aligned,
    /// A brace on the left, cells aligned left.
    Cases,
    /// A matrix with these brackets.
    Matrix(char, char),
}

/// Marks over or under a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says the mark")]
pub enum Mark {
    Hat,
    Bar,
    Tilde,
    Arrow,
    Dot,
    DoubleDot,
    Underline,
    Overbrace,
    Underbrace,
}

/// Special ways to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says the way")]
pub enum Style {
    Boxed,
    Cancelled,
    Bold,
    Upright,
    Script,
    Phantom,
}
