//! Figures of items as data: one shape for the author's text, the compiled template and the drawn variant.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::chart::{BarChart, LineChart};
use super::drawing::Drawing;
use super::number::Number;

/// The most parts, rows, columns or steps that a figure may have, so that it can be drawn.
const MOST_PARTS: i64 = 144;

/// One bar of a bar figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bar<N = Number, T = String> {
    /// Into how many equal parts one whole is cut: a whole number, at least 1.
    pub parts: N,
    /// How many parts are shaded; more than `parts` needs more than one whole.
    pub shaded: N,
    /// What stands beside it.
    pub label: Option<T>,
}

/// A point on a number line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinePoint<N = Number, T = String> {
    /// Where it is.
    pub at: N,
    /// What stands at it.
    pub label: Option<T>,
}

/// A point on a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GridPoint<N = Number, T = String> {
    /// To the right.
    pub x: N,
    /// Up.
    pub y: N,
    /// What stands at it.
    pub label: Option<T>,
}

/// A row of a tape diagram.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TapeRow<N = Number, T = String> {
    /// What the row is.
    pub label: T,
    /// How many equal boxes: a whole number, at least 1.
    pub parts: N,
}

/// A figure. `N` is a number or the expression of one, `T` a text or its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Figure<N = Number, T = String> {
    /// Bars cut into equal parts, some shaded.
    Bars {
        /// From top to bottom.
        bars: Vec<Bar<N, T>>,
    },
    /// A number line with marks.
    NumberLine {
        /// Left end.
        from: N,
        /// Right end, greater than `from`.
        to: N,
        /// Distance between marks, greater than 0.
        step: N,
        /// Points shown on it.
        points: Vec<LinePoint<N, T>>,
    },
    /// A unit square cut into rows and columns.
    Area {
        /// Rows: a whole number, at least 1.
        rows: N,
        /// Columns: a whole number, at least 1.
        columns: N,
        /// Rows that are shaded.
        shaded_rows: N,
        /// Columns that are shaded.
        shaded_columns: N,
    },
    /// A coordinate plane from `-size` to `size`.
    Grid {
        /// A whole number, at least 1.
        size: N,
        /// Points shown on it.
        points: Vec<GridPoint<N, T>>,
        /// Slope and intercept of a line, if one is drawn.
        line: Option<(N, N)>,
    },
    /// An equation as a scale in balance.
    Balance {
        /// On the left pan.
        left: T,
        /// On the right pan.
        right: T,
    },
    /// A ratio as rows of equal boxes.
    Tape {
        /// From top to bottom.
        rows: Vec<TapeRow<N, T>>,
        /// What one box stands for.
        part_label: Option<T>,
    },
    /// A table.
    Table {
        /// Heads of the columns.
        columns: Vec<T>,
        /// Rows, each with one text per column.
        rows: Vec<Vec<T>>,
    },
    /// Simple shapes with named regions.
    Drawing(Drawing<N, T>),
    /// Bars side by side.
    BarChart(BarChart<N, T>),
    /// A line through points.
    LineChart(LineChart<N, T>),
}

impl<N, T> Figure<N, T> {
    /// The same figure with other numbers and texts; stops at the first that cannot be made.
    ///
    /// # Errors
    /// The first error of `number` or `text`.
    pub fn try_map<M, U, E>(
        &self,
        mut number: impl FnMut(&N) -> Result<M, E>,
        mut text: impl FnMut(&T) -> Result<U, E>,
    ) -> Result<Figure<M, U>, E> {
        let (n, t) = (&mut number, &mut text);
        Ok(match self {
            Self::Bars { bars } => Figure::Bars {
                bars: bars
                    .iter()
                    .map(|bar| bar.try_map(n, t))
                    .collect::<Result<_, _>>()?,
            },
            Self::NumberLine {
                from,
                to,
                step,
                points,
            } => Figure::NumberLine {
                from: n(from)?,
                to: n(to)?,
                step: n(step)?,
                points: points
                    .iter()
                    .map(|point| point.try_map(n, t))
                    .collect::<Result<_, _>>()?,
            },
            Self::Area {
                rows,
                columns,
                shaded_rows,
                shaded_columns,
            } => Figure::Area {
                rows: n(rows)?,
                columns: n(columns)?,
                shaded_rows: n(shaded_rows)?,
                shaded_columns: n(shaded_columns)?,
            },
            Self::Grid { size, points, line } => Figure::Grid {
                size: n(size)?,
                points: points
                    .iter()
                    .map(|point| point.try_map(n, t))
                    .collect::<Result<_, _>>()?,
                line: match line {
                    Some((slope, intercept)) => Some((n(slope)?, n(intercept)?)),
                    None => None,
                },
            },
            Self::Balance { left, right } => Figure::Balance {
                left: t(left)?,
                right: t(right)?,
            },
            Self::Tape { rows, part_label } => Figure::Tape {
                rows: rows
                    .iter()
                    .map(|row| {
                        Ok(TapeRow {
                            label: t(&row.label)?,
                            parts: n(&row.parts)?,
                        })
                    })
                    .collect::<Result<_, _>>()?,
                part_label: part_label.as_ref().map(t).transpose()?,
            },
            Self::Table { columns, rows } => Figure::Table {
                columns: columns.iter().map(&mut *t).collect::<Result<_, _>>()?,
                rows: rows
                    .iter()
                    .map(|row| row.iter().map(&mut *t).collect::<Result<_, _>>())
                    .collect::<Result<_, _>>()?,
            },
            Self::Drawing(drawing) => Figure::Drawing(drawing.try_map(n, t)?),
            Self::BarChart(chart) => Figure::BarChart(chart.try_map(n, t)?),
            Self::LineChart(chart) => Figure::LineChart(chart.try_map(n, t)?),
        })
    }
}

impl<N, T> Bar<N, T> {
    fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<Bar<M, U>, E> {
        let label = self.label.as_ref().map(text).transpose()?;
        Ok(Bar {
            parts: number(&self.parts)?,
            shaded: number(&self.shaded)?,
            label,
        })
    }
}

impl<N, T> LinePoint<N, T> {
    fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<LinePoint<M, U>, E> {
        let label = self.label.as_ref().map(text).transpose()?;
        Ok(LinePoint {
            at: number(&self.at)?,
            label,
        })
    }
}

impl<N, T> GridPoint<N, T> {
    fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<GridPoint<M, U>, E> {
        let label = self.label.as_ref().map(text).transpose()?;
        Ok(GridPoint {
            x: number(&self.x)?,
            y: number(&self.y)?,
            label,
        })
    }
}

impl Figure {
    /// Says why this figure cannot be drawn, if it cannot.
    ///
    /// # Errors
    /// A sentence for an author.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Bars { bars } => {
                for bar in bars {
                    let parts = whole("parts", &bar.parts, 1)?;
                    let shaded = whole("shaded", &bar.shaded, 0)?;
                    if shaded > parts * 10 {
                        return Err(format!("{shaded}/{parts} needs more than 10 bars"));
                    }
                }
                Ok(())
            }
            Self::NumberLine {
                from,
                to,
                step,
                points,
            } => {
                check_line(from, to, step)?;
                for point in points {
                    if point.at < *from || point.at > *to {
                        return Err(format!(
                            "the point {} is not between {from} and {to}",
                            point.at
                        ));
                    }
                }
                Ok(())
            }
            Self::Area {
                rows,
                columns,
                shaded_rows,
                shaded_columns,
            } => {
                for (all, shaded) in [(rows, shaded_rows), (columns, shaded_columns)] {
                    let all = whole("rows and columns", all, 1)?;
                    if whole("shaded rows and columns", shaded, 0)? > all {
                        return Err(format!("{shaded} of {all} cannot be shaded"));
                    }
                }
                Ok(())
            }
            Self::Grid { size, points, .. } => {
                whole("size", size, 1)?;
                for point in points {
                    if point.x.abs() > *size || point.y.abs() > *size {
                        let (x, y) = (&point.x, &point.y);
                        return Err(format!(
                            "the point ({x}, {y}) is outside a grid of size {size}"
                        ));
                    }
                }
                Ok(())
            }
            Self::Balance { .. } => Ok(()),
            Self::Tape { rows, .. } => rows
                .iter()
                .try_for_each(|row| whole("parts", &row.parts, 1).map(|_| ())),
            Self::Table { columns, rows } => {
                match rows.iter().find(|row| row.len() != columns.len()) {
                    Some(row) => Err(format!(
                        "a row has {} cells for {} columns",
                        row.len(),
                        columns.len()
                    )),
                    None => Ok(()),
                }
            }
            Self::Drawing(drawing) => drawing.check(),
            Self::BarChart(chart) => chart.check(),
            Self::LineChart(chart) => chart.check(),
        }
    }

    /// All texts in the figure, for checks of their markup.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        match self {
            Self::Bars { bars } => {
                out.extend(bars.iter().filter_map(|b| b.label.as_deref()));
            }
            Self::NumberLine { points, .. } => {
                out.extend(points.iter().filter_map(|p| p.label.as_deref()));
            }
            Self::Grid { points, .. } => {
                out.extend(points.iter().filter_map(|p| p.label.as_deref()));
            }
            Self::Area { .. } => {}
            Self::Balance { left, right } => out.extend([left.as_str(), right.as_str()]),
            Self::Tape { rows, part_label } => {
                out.extend(rows.iter().map(|row| row.label.as_str()));
                out.extend(part_label.as_deref());
            }
            Self::Table { columns, rows } => {
                out.extend(
                    columns
                        .iter()
                        .chain(rows.iter().flatten())
                        .map(String::as_str),
                );
            }
            Self::Drawing(drawing) => out.extend(drawing.texts()),
            Self::BarChart(chart) => out.extend(chart.texts()),
            Self::LineChart(chart) => out.extend(chart.texts()),
        }
        out
    }
}

/// Says why a number line cannot be drawn, if it cannot.
pub(crate) fn check_line(from: &Number, to: &Number, step: &Number) -> Result<(), String> {
    if from >= to {
        return Err(format!("a number line cannot go from {from} to {to}"));
    }
    if step.is_zero() || step.is_negative() {
        return Err(format!("the step {step} must be greater than 0"));
    }
    let steps = (to - from).divided_by(step);
    if steps.is_none_or(|steps| steps > Number::whole(MOST_PARTS)) {
        return Err(format!(
            "from {from} to {to} by {step} are more than {MOST_PARTS} steps"
        ));
    }
    Ok(())
}

fn whole(what: &str, number: &Number, least: i64) -> Result<i64, String> {
    number
        .to_i64()
        .filter(|value| (least..=MOST_PARTS).contains(value))
        .ok_or_else(|| {
            format!("{what} must be a whole number from {least} to {MOST_PARTS}, not {number}")
        })
}
