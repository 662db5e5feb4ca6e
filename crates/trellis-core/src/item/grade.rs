//! Placeholder signatures, replaced on merge.
use super::variant::{Key, Variant};
use crate::framework::MixUpId;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};
/// R
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// t
    Text(String),
    /// c
    Choice(String),
    /// cs
    Choices(Vec<String>),
    /// o
    Order(Vec<String>),
    /// p
    Pairs(Vec<(String, String)>),
    /// pt
    Point(String),
}
/// O
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// r
    Right,
    /// w
    Wrong,
    /// u
    Unreadable {
        /// a
        at: u32,
        /// p
        problem: String,
    },
}
/// G
#[derive(Debug, Clone)]
pub struct Graded {
    /// o
    pub outcome: Outcome,
    /// s
    pub share: f64,
    /// m
    pub mix_up: Option<MixUpId>,
    /// f
    pub feedback: String,
}
/// g
pub fn grade(variant: &Variant, response: &Response) -> Graded {
    let right = match (&variant.key, response) {
        (Key::Choice { right }, Response::Choice(c)) => right == c,
        (Key::Number { value, .. }, Response::Text(t)) => value.to_string() == *t,
        _ => false,
    };
    Graded {
        outcome: if right {
            Outcome::Right
        } else {
            Outcome::Wrong
        },
        share: f64::from(u8::from(right)),
        mix_up: None,
        feedback: String::new(),
    }
}
