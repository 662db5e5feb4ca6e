//! A question between formats: what Moodle, GIFT, Perseus, Anki, Common Cartridge and QTI say in common.

mod drawn;
mod entries;
mod filled;
mod from_item;
mod into_item;
mod texts;

use trellis_core::item::{Drawing, FileKind, Number, Rubric};

pub use crate::decimal::{number_text, read_number};
pub(crate) use drawn::marks_on;
pub use from_item::from_item;
pub use into_item::{Place, into_item};

use crate::drawing::{Grid, GridGoal};
use crate::markup::Picture;
use crate::package::PackageFile;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What the learner reads: markup of items.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// What is said when it is chosen; may be empty.
    pub feedback: String,
}

/// An accepted number.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The number.
    pub value: Number,
    /// How far an answer may be away.
    pub tolerance: Number,
}

/// What is right in a blank cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number.
    Number(Accepted),
    /// A word or a short phrase.
    Text {
        /// All that are right; the first is shown as the key.
        answers: Vec<String>,
        /// Whether one slip of the pen in a long word is let pass.
        close: bool,
        /// Whether capitals matter.
        cased: bool,
    },
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "questions live for one import; a box would make each match longer"
)]
pub enum Answer {
    /// One right choice, or any one of several right ones.
    Choice {
        /// In the author's order.
        choices: Vec<Choice>,
        /// Whether the order is left to chance.
        shuffle: bool,
    },
    /// All right choices and no other.
    MultipleChoice {
        /// In the author's order.
        choices: Vec<Choice>,
        /// Whether the order is left to chance.
        shuffle: bool,
    },
    /// Words; the first is shown as the key.
    Words(Vec<String>),
    /// A number; the first is shown as the key.
    Number {
        /// What is right.
        accepted: Vec<Accepted>,
        /// Shown behind the box.
        unit: Option<String>,
    },
    /// An algebraic expression as typed.
    Expression(String),
    /// An equation or inequality as typed.
    Equation(String),
    /// Entries in the right order.
    Order(Vec<String>),
    /// What belongs together.
    Match {
        /// Left and right sides; several left may have the same right.
        pairs: Vec<(String, String)>,
        /// Right sides without a partner.
        extra: Vec<String>,
    },
    /// A menu at each gap `[[1]]` of the stem, with one right choice.
    Menus(Vec<Vec<Choice>>),
    /// A word of a bank at each gap `[[1]]` of the stem; no word stands twice.
    Bank {
        /// The right word of each gap.
        right: Vec<String>,
        /// Words without a gap.
        extra: Vec<String>,
    },
    /// A point on a line.
    NumberLine {
        /// Left end.
        from: Number,
        /// Right end.
        to: Number,
        /// Distance between marks.
        step: Number,
        /// Where the point is.
        at: Number,
    },
    /// A region of a drawing, or all right ones.
    Hotspot {
        /// What is seen; its regions have names.
        drawing: Drawing,
        /// The ids of the right regions.
        right: Vec<String>,
        /// Whether several may be chosen.
        several: bool,
    },
    /// Regions of a drawing in the right order.
    GraphicOrder {
        /// What is seen; its regions have names.
        drawing: Drawing,
        /// The ids of the regions, in order.
        right: Vec<String>,
    },
    /// Points on a grid.
    Plot {
        /// The grid.
        grid: Grid,
        /// What is right.
        goal: GridGoal,
    },
    /// A table with a blank cell at each gap `[[1]]`.
    Table {
        /// Heads of the columns: markup.
        columns: Vec<String>,
        /// Rows of cells: markup, with gaps.
        rows: Vec<Vec<String>>,
        /// What is right at each gap.
        cells: Vec<Cell>,
    },
    /// A file, which a person scores.
    Upload {
        /// What it may be.
        takes: Vec<FileKind>,
        /// How it is scored.
        rubric: Rubric,
        /// What a file that gets all points shows: markup; may be empty.
        sample: String,
    },
    /// A few sentences, which a person scores.
    Written {
        /// The most characters.
        longest: u32,
        /// How it is scored.
        rubric: Rubric,
        /// An answer that gets all points: markup; may be empty.
        sample: String,
    },
}

impl Answer {
    /// Its name for counts.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::MultipleChoice { .. } => "multiple-choice",
            Self::Words(_) => "words",
            Self::Number { .. } => "numeric",
            Self::Expression(_) => "expression",
            Self::Equation(_) => "equation",
            Self::Order(_) => "order",
            Self::Match { .. } => "match",
            Self::Menus(_) => "inline-choice",
            Self::Bank { .. } => "gap-match",
            Self::NumberLine { .. } => "number-line",
            Self::Hotspot { .. } => "hotspot",
            Self::GraphicOrder { .. } => "graphic-order",
            Self::Plot { .. } => "plot",
            Self::Table { .. } => "table-entry",
            Self::Written { .. } => "written",
            Self::Upload { .. } => "upload",
        }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its name in its file; may be anything.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// A text that stands before it; markup, may be empty.
    pub body: String,
    /// What it asks: markup.
    pub stem: String,
    /// How it is answered.
    pub answer: Answer,
    /// From a nudge to nearly done: markup.
    pub hints: Vec<String>,
    /// What is said afterwards: markup.
    pub solution: Vec<String>,
    /// The group that its file puts it in; may be empty.
    pub group: String,
    /// Its licence and author, as far as its file says.
    pub licence: String,
    /// Who wrote it.
    pub author: String,
    /// Pictures and sounds; a mark of each stands in a text.
    pub pictures: Vec<Picture>,
    /// Files that came within it, under the paths that its pictures name.
    pub files: Vec<PackageFile>,
    /// The line where it begins; 0 when there is none.
    pub line: usize,
}

impl Question {
    /// A question with only a stem and an answer.
    #[must_use]
    pub fn new(id: impl Into<String>, stem: impl Into<String>, answer: Answer) -> Self {
        Self {
            id: id.into(),
            title: String::new(),
            body: String::new(),
            stem: stem.into(),
            answer,
            hints: Vec::new(),
            solution: Vec::new(),
            group: String::new(),
            licence: String::new(),
            author: String::new(),
            pictures: Vec::new(),
            files: Vec::new(),
            line: 0,
        }
    }
}
