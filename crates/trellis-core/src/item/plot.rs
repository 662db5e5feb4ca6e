//! Points on a grid as answers: how they are understood, written and judged.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use trellis_math::parse::{ReadOptions, typed};

use super::compiler::Compiler;
use super::expression::Expression;
use super::figure::check_line;
use super::interaction::Interaction;
use super::judgement::Graded;
use super::number::Number;
use super::source::TemplateText;
use super::variant::{Key, VariantFault};
use super::writer::Writer;

/// The most marks along one axis.
const MOST_MARKS: i64 = 40;
/// The most points to plot.
const MOST_POINTS: usize = 12;

/// A point, to the right and up.
pub(super) type Point<N = Number> = (N, N);

/// Points to plot, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plot {
    from: Expression,
    to: Expression,
    step: Expression,
    goal: Goal,
}

/// What is to be plotted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Goal {
    /// These points.
    Points(Vec<Point<Expression>>),
    /// A line by its slope and intercept.
    Line(Expression, Expression),
}

/// What is to be plotted in one draw.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plotted {
    /// These points.
    Points(Vec<Point>),
    /// Slope and intercept.
    Line(Number, Number),
}

/// Understands `plot`.
pub(super) fn compile(c: &mut Compiler, source: &TemplateText) -> Option<Plot> {
    let parts = &source.parts;
    let Some(grid) = &parts.grid else {
        c.fault(
            "kind",
            "plot needs grid = { from = .., to = .., step = .. }",
        );
        return None;
    };
    if parts.points.len() > MOST_POINTS {
        c.fault(
            "points",
            format!("at most {MOST_POINTS} points can be plotted"),
        );
    }
    let goal = goal(c, "", &parts.points, parts.line.as_ref())?;
    Some(Plot {
        from: c.expression("grid.from", &grid.from)?,
        to: c.expression("grid.to", &grid.to)?,
        step: c.expression("grid.step", &grid.step)?,
        goal,
    })
}

/// Understands `points` or `line` of an item, or of a mix-up whose name in the file is `prefix`.
pub(super) fn goal(
    c: &mut Compiler,
    prefix: &str,
    points: &[(String, String)],
    line: Option<&(String, String)>,
) -> Option<Goal> {
    match (points, line) {
        ([_, ..], None) => {
            let mut out = Vec::with_capacity(points.len());
            for (x, y) in points {
                let field = format!("{prefix}points");
                out.push((c.expression(&field, x)?, c.expression(&field, y)?));
            }
            Some(Goal::Points(out))
        }
        ([], Some((slope, intercept))) => {
            let field = format!("{prefix}line");
            Some(Goal::Line(
                c.expression(&field, slope)?,
                c.expression(&field, intercept)?,
            ))
        }
        _ => {
            let field = if prefix.is_empty() {
                "kind"
            } else {
                prefix.trim_end_matches('.')
            };
            c.fault(
                field,
                "write points = [[\"x\", \"y\"], ..] or line = [\"m\", \"b\"]",
            );
            None
        }
    }
}

impl Goal {
    /// The points or the line of a draw.
    pub(super) fn write(&self, writer: &Writer<'_>, field: &str) -> Result<Plotted, VariantFault> {
        Ok(match self {
            Self::Points(points) => {
                let mut out: Vec<Point> = Vec::with_capacity(points.len());
                for (x, y) in points {
                    let point = (writer.number(field, x)?, writer.number(field, y)?);
                    if out.contains(&point) {
                        let what = format!("the point ({}, {}) is there twice", point.0, point.1);
                        return Err(writer.fault(field, what));
                    }
                    out.push(point);
                }
                Plotted::Points(out)
            }
            Self::Line(slope, intercept) => Plotted::Line(
                writer.number(field, slope)?,
                writer.number(field, intercept)?,
            ),
        })
    }
}

impl Plot {
    /// Writes the grid and the key. Every point of the key is on a mark: a learner can point at nothing else.
    pub(super) fn write(&self, writer: &Writer<'_>) -> Result<(Interaction, Key), VariantFault> {
        let from = writer.number("grid.from", &self.from)?;
        let to = writer.number("grid.to", &self.to)?;
        let step = writer.number("grid.step", &self.step)?;
        check_line(&from, &to, &step).map_err(|what| writer.fault("grid", what))?;
        let steps = (&to - &from).divided_by(&step);
        if steps.is_none_or(|steps| !steps.is_whole() || steps > Number::whole(MOST_MARKS)) {
            let what = format!("{from} to {to} by {step} must be at most {MOST_MARKS} whole steps");
            return Err(writer.fault("grid", what));
        }
        let (points, line, key) = match self.goal.write(writer, "points")? {
            Plotted::Points(points) => {
                for (x, y) in &points {
                    if !on_mark(x, &from, &to, &step) || !on_mark(y, &from, &to, &step) {
                        let what = format!("the point ({x}, {y}) is on no mark of the grid");
                        return Err(writer.fault("points", what));
                    }
                }
                (points.len(), false, Key::Plot { points })
            }
            Plotted::Line(slope, intercept) => {
                if marks_on(&slope, &intercept, [&from, &to, &step]).len() < 2 {
                    let what = "the line meets fewer than two marks of the grid".to_string();
                    return Err(writer.fault("line", what));
                }
                (2, true, Key::Line { slope, intercept })
            }
        };
        let interaction = Interaction::Plot {
            from,
            to,
            step,
            points,
            line,
        };
        Ok((interaction, key))
    }
}

fn on_mark(at: &Number, from: &Number, to: &Number, step: &Number) -> bool {
    let steps = (at - from).divided_by(step);
    at >= from && at <= to && steps.is_some_and(|steps| steps.is_whole())
}

/// All marks of a grid that are on a line, from left to right.
pub(super) fn marks_on(
    slope: &Number,
    intercept: &Number,
    [from, to, step]: [&Number; 3],
) -> Vec<Point> {
    let mut out = Vec::new();
    let mut x = from.clone();
    for _ in 0..=MOST_MARKS {
        if x > *to {
            break;
        }
        let y = &(slope * &x) + intercept;
        if on_mark(&y, from, to, step) {
            out.push((x.clone(), y));
        }
        x = &x + step;
    }
    out
}

/// Reads points as given: each on a mark, and no two the same.
///
/// # Errors
/// What is in the way, as a plain sentence.
pub(super) fn read(
    interaction: &Interaction,
    given: &[(String, String)],
) -> Result<Vec<Point>, &'static str> {
    let Interaction::Plot {
        from,
        to,
        step,
        points,
        ..
    } = interaction
    else {
        return Err("This question has no grid.");
    };
    if given.len() != *points
        || given
            .iter()
            .any(|(x, y)| x.trim().is_empty() || y.trim().is_empty())
    {
        return Err("Set all points.");
    }
    let number = |text: &str| {
        let read = typed(text.trim(), &ReadOptions::default()).ok()?;
        let number = Number::from(read.as_rational()?);
        on_mark(&number, from, to, step).then_some(number)
    };
    let mut out: Vec<Point> = Vec::with_capacity(given.len());
    for (x, y) in given {
        let point = number(x).zip(number(y));
        let point = point.ok_or("A point is not on a mark of the grid.")?;
        if out.contains(&point) {
            return Err("Two of the points are the same.");
        }
        out.push(point);
    }
    Ok(out)
}

/// Judges points against those of the key, in any order.
pub(super) fn judge_points(right: &[Point], given: &[Point]) -> Graded {
    let hits = given.iter().filter(|point| right.contains(point)).count();
    Graded::of_parts(hits, right.len())
}

/// Judges points against a line: all must be on it.
pub(super) fn judge_line(slope: &Number, intercept: &Number, given: &[Point]) -> Graded {
    let hits = given
        .iter()
        .filter(|point| is_on(slope, intercept, point))
        .count();
    Graded::of_parts(hits, given.len())
}

/// Whether a point is on a line.
pub(super) fn is_on(slope: &Number, intercept: &Number, (x, y): &Point) -> bool {
    &(slope * x) + intercept == *y
}
