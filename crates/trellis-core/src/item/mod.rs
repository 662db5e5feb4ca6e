//! Items: questions with seeded variants, how they are written down, drawn, shown and graded.

mod answers;
mod bank;
mod cells;
mod chart;
mod compiler;
mod draw;
mod drawing;
mod evaluate;
mod expression;
mod figure;
mod gaps;
mod grade;
mod interaction;
mod judgement;
pub mod markup;
mod number;
mod plot;
mod reading;
mod regions;
mod rekey;
mod rubric;
mod source;
mod template;
mod text;
mod upload;
mod variant;
mod wording;
mod write;
mod writer;
mod written;

pub use bank::{Fixed, Item, ItemBank, ItemBody, MixUp, Source};
pub use chart::{BarChart, LineChart};
pub use compiler::TemplateFault;
pub use draw::VariantCount;
pub use drawing::{Drawing, Fill, Form, Region, Shape};
pub use evaluate::Value;
pub use expression::{DEEPEST_EXPRESSION, LONGEST_EXPRESSION, SyntaxFault};
pub use figure::{Bar, Figure, GridPoint, LinePoint, TapeRow};
pub use grade::grade;
pub use interaction::{
    CellKind, Entry, ExpressionForm, Interaction, InteractionKind, NumberForm, Presentation,
};
pub use judgement::{Awaits, Graded, MissedForm, Outcome, Response};
pub use number::Number;
pub use reading::response_from_text;
pub use rekey::KeyFault;
pub use rubric::{Criterion, Rubric, RubricLevel};
pub use source::{
    ContextText, CriterionText, GapText, LevelText, LineText, MixUpText, OptionText, PartsText,
    TemplateText,
};
pub use template::Template;
pub use text::LONGEST_TEXT;
pub use upload::{FileKind, LARGEST_UPLOAD, upload_kind};
pub use variant::{Hint, Key, MixPattern, Scaffold, Variant, VariantFault, VariantMixUp};
pub use write::Drawn;
pub use written::{LONGEST_WRITTEN, MOST_CRITERIA, MOST_LEVELS, USUAL_WRITTEN};
