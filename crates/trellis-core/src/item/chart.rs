//! Charts to read data from: bars side by side, and a line through points.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::number::Number;

/// The most bars or points of a chart.
const MOST_VALUES: usize = 24;

/// Bars side by side, each with its label below.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarChart<N = Number, T = String> {
    /// What it shows.
    pub title: Option<T>,
    /// What the values count or measure.
    pub unit: Option<T>,
    /// Below the bars.
    pub labels: Vec<T>,
    /// As many as labels; 0 or more.
    pub values: Vec<N>,
}

/// A line through points from left to right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineChart<N = Number, T = String> {
    /// What it shows.
    pub title: Option<T>,
    /// What is along the horizontal axis.
    pub x_label: Option<T>,
    /// What is along the vertical axis.
    pub y_label: Option<T>,
    /// Along the horizontal axis, each greater than the one before.
    pub x: Vec<N>,
    /// As many; 0 or more.
    pub y: Vec<N>,
}

impl<N, T> BarChart<N, T> {
    /// The same chart with other numbers and texts; stops at the first that cannot be made.
    ///
    /// # Errors
    /// The first error of `number` or `text`.
    pub fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<BarChart<M, U>, E> {
        Ok(BarChart {
            title: self.title.as_ref().map(&mut *text).transpose()?,
            unit: self.unit.as_ref().map(&mut *text).transpose()?,
            labels: self
                .labels
                .iter()
                .map(&mut *text)
                .collect::<Result<_, _>>()?,
            values: self.values.iter().map(number).collect::<Result<_, _>>()?,
        })
    }
}

impl<N, T> LineChart<N, T> {
    /// The same chart with other numbers and texts; stops at the first that cannot be made.
    ///
    /// # Errors
    /// The first error of `number` or `text`.
    pub fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<LineChart<M, U>, E> {
        Ok(LineChart {
            title: self.title.as_ref().map(&mut *text).transpose()?,
            x_label: self.x_label.as_ref().map(&mut *text).transpose()?,
            y_label: self.y_label.as_ref().map(text).transpose()?,
            x: self.x.iter().map(&mut *number).collect::<Result<_, _>>()?,
            y: self.y.iter().map(number).collect::<Result<_, _>>()?,
        })
    }
}

fn check_values(values: &[Number], beside: usize, least: usize) -> Result<(), String> {
    if values.len() != beside || !(least..=MOST_VALUES).contains(&values.len()) {
        let count = values.len();
        return Err(format!(
            "{beside} places and {count} values: a chart has {least} to {MOST_VALUES}, as many of one as of the other"
        ));
    }
    match values.iter().find(|value| value.is_negative()) {
        Some(value) => Err(format!("a chart cannot show {value}: values are 0 or more")),
        None => Ok(()),
    }
}

impl BarChart {
    /// Says why this chart cannot be drawn, if it cannot.
    ///
    /// # Errors
    /// A sentence for an author.
    pub fn check(&self) -> Result<(), String> {
        check_values(&self.values, self.labels.len(), 1)
    }

    /// All texts in the chart.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let heads = self.title.iter().chain(&self.unit);
        heads.chain(&self.labels).map(String::as_str).collect()
    }
}

impl LineChart {
    /// Says why this chart cannot be drawn, if it cannot.
    ///
    /// # Errors
    /// A sentence for an author.
    pub fn check(&self) -> Result<(), String> {
        check_values(&self.y, self.x.len(), 2)?;
        let falls = self.x.windows(2).any(|two| matches!(two, [a, b] if a >= b));
        if falls {
            return Err(String::from("the values of x must rise from left to right"));
        }
        Ok(())
    }

    /// All texts in the chart.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let heads = self.title.iter().chain(&self.x_label);
        heads.chain(&self.y_label).map(String::as_str).collect()
    }
}
