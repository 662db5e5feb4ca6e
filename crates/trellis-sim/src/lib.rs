//! A school that exists only in memory: same seed, same story. Simulated learners answer through the same door that
//! real answers use.

mod answers;
mod cards;
mod classroom;
mod history;
mod learner;
mod responses;
mod rigor;
mod school;
mod seat;

pub use answers::{SimAnswer, answers};
pub use cards::{CardFigures, ClassPlan, Told, judge_cards};
pub use classroom::Wishes;
pub use history::{History, live};
pub use learner::SimLearner;
pub use responses::{right_response, wrong_response};
pub use rigor::{LEVEL_BOUND, MASTERED_BOUND, TermFigures, TermPlan, random_wishes, term};
pub use school::{LEADER, School, demonstration};
pub use seat::Progress;
pub use trellis_stats::random::Random;
