//! A school that exists only in memory: same seed, same story. Simulated learners answer through the same door that
//! real answers use.

mod answers;
mod history;
mod learner;
mod responses;
mod school;

pub use answers::{SimAnswer, answers};
pub use history::{History, Progress, live};
pub use learner::SimLearner;
pub use responses::{right_response, wrong_response};
pub use school::{LEADER, School, demonstration};
pub use trellis_stats::random::Random;
