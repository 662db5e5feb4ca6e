//! Adaptive testing: which item to ask next, when to stop, and how sure the answer is.

mod placement;
mod sprt;
mod test;

pub use placement::{Placement, PlacementOptions, Prerequisites};
pub use sprt::{DecisionRates, Sprt, Streak, WindowRule, exact_rates};
pub use test::{
    Bank, BankItem, Narrowing, Selection, Sitting, StopReason, StopRule, exposure_controls,
};
