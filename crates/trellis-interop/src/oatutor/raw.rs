//! OATutor's files as they are written: only what is read of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text; a number stands for its digits, and nothing for an empty text.
fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    })
}

/// A problem: a text that its steps share.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RawProblem {
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) title: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) body: String,
    #[serde(default)]
    pub(super) variabilization: Value,
    #[serde(default, deserialize_with = "text")]
    pub(super) oer: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) license: String,
    #[serde(default, rename = "lessonId")]
    pub(super) lesson_id: String,
    #[serde(default, rename = "courseName")]
    pub(super) course_name: String,
}

/// A step: one question.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawStep {
    pub(super) id: String,
    pub(super) step_answer: Vec<String>,
    pub(super) problem_type: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) step_title: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) step_body: String,
    #[serde(default)]
    pub(super) answer_type: String,
    #[serde(default)]
    pub(super) variabilization: Value,
    #[serde(default)]
    pub(super) choices: Vec<String>,
}

/// A hint, or a scaffold: a smaller question on the way.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawHint {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) dependencies: Vec<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) title: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) text: String,
    #[serde(default)]
    pub(super) problem_type: String,
    #[serde(default)]
    pub(super) answer_type: String,
    #[serde(default)]
    pub(super) hint_answer: Vec<String>,
    #[serde(default)]
    pub(super) choices: Vec<String>,
    #[serde(default)]
    pub(super) sub_hints: Vec<Self>,
    #[serde(default)]
    pub(super) variabilization: Value,
    #[serde(default, deserialize_with = "text")]
    pub(super) license: String,
}

/// A course of the course plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawCourse {
    pub(super) course_name: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) language: String,
    #[serde(default, rename = "courseOER", deserialize_with = "text")]
    pub(super) course_oer: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) course_license: String,
    #[serde(default)]
    pub(super) lessons: Vec<RawLesson>,
}

/// A lesson of a course.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawLesson {
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) topics: String,
    #[serde(default)]
    pub(super) learning_objectives: BTreeMap<String, f64>,
    #[serde(default, rename = "keepMCOrder")]
    pub(super) keep_order: bool,
}

/// The four numbers of a skill in `bkt-params`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawBkt {
    pub(super) prob_mastery: f64,
    pub(super) prob_transit: f64,
    pub(super) prob_slip: f64,
    pub(super) prob_guess: f64,
}
