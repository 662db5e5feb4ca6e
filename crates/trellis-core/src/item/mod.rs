//! Items: questions with seeded variants, how they are written down, drawn, shown and graded.

mod answers;
mod bank;
mod draw;
mod evaluate;
mod expression;
mod figure;
mod grade;
mod interaction;
pub mod markup;
mod number;
mod source;
mod template;
mod text;
mod variant;
mod write;

pub use bank::{Fixed, Item, ItemBank, ItemBody, MixUp, Source};
pub use draw::VariantCount;
pub use evaluate::Value;
pub use expression::{DEEPEST_EXPRESSION, LONGEST_EXPRESSION, SyntaxFault};
pub use figure::{Bar, Figure, GridPoint, LinePoint, TapeRow};
pub use grade::{Graded, MissedForm, Outcome, Response, grade, response_from_text};
pub use interaction::{
    Entry, ExpressionForm, Interaction, InteractionKind, NumberForm, Presentation,
};
pub use number::Number;
pub use source::{ContextText, LineText, MixUpText, OptionText, TemplateText};
pub use template::{Template, TemplateFault};
pub use text::LONGEST_TEXT;
pub use variant::{Hint, Key, MixPattern, Scaffold, Variant, VariantFault, VariantMixUp};
pub use write::Drawn;
