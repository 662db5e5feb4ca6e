//! The names that tools and tests give to comparisons, to forms and to ways of reading.

use trellis_math::equivalence::{Comparison, Tolerance};
use trellis_math::form;
use trellis_math::parse::{DecimalMark, ReadOptions, Unreadable, latex, typed};
use trellis_math::rational::parse_decimal;
use trellis_math::tree::Expr;

/// The comparison of this name, or `None`: value, expression, solutions, set, tuple, quantity, unit, within:SIZE,
/// part:SHARE, figures:N, slope:LETTER.
pub(crate) fn rule_named(name: &str) -> Option<Comparison> {
    let (head, argument) = name.split_once(':').unwrap_or((name, ""));
    Some(match head {
        "value" => Comparison::EqualValue,
        "expression" => Comparison::EquivalentExpression,
        "solutions" => Comparison::SameSolutions,
        "set" => Comparison::Set,
        "tuple" => Comparison::OrderedTuple,
        "quantity" | "unit" => Comparison::Quantity {
            unit_required: head == "unit",
            tolerance: parse_decimal(argument).map(Tolerance::Absolute),
        },
        "within" => Comparison::Within(Tolerance::Absolute(parse_decimal(argument)?)),
        "part" => Comparison::Within(Tolerance::Relative(parse_decimal(argument)?)),
        "slope" => Comparison::SameDerivative(argument.to_string()),
        "figures" => Comparison::SignificantFigures(argument.parse().ok()?),
        _ => return None,
    })
}

/// The form of this name, or `None`.
pub(crate) fn form_named(name: &str) -> Option<fn(&Expr) -> bool> {
    Some(match name {
        "simplest" => form::is_simplest_fraction,
        "mixed" => form::is_mixed_number,
        "expanded" => form::is_expanded,
        "factored" => form::is_factored,
        "single" => form::is_single_fraction,
        "scientific" => form::is_scientific,
        "square" => form::is_completed_square,
        "partial" => form::is_partial_fractions,
        "logarithm" => form::is_single_logarithm,
        "radical" => form::is_simplest_radical,
        _ => return None,
    })
}

/// How the answers of a line are read.
#[derive(Default)]
pub(crate) struct Reading {
    options: ReadOptions,
    is_latex: bool,
}

impl Reading {
    /// What stands before the rule of a line, and the rest: `latex:` for LaTeX in place of typed answers, `comma:` for
    /// decimal commas, `units:` for single letters as units.
    pub(crate) fn of(line: &str) -> (Self, &str) {
        let (mut reading, mut line) = (Self::default(), line);
        loop {
            if let Some(rest) = line.strip_prefix("latex:") {
                (reading.is_latex, line) = (true, rest);
            } else if let Some(rest) = line.strip_prefix("comma:") {
                (reading.options.decimal_mark, line) = (DecimalMark::Comma, rest);
            } else if let Some(rest) = line.strip_prefix("units:") {
                (reading.options.letter_units, line) = (true, rest);
            } else {
                return (reading, line);
            }
        }
    }

    /// Reads an answer.
    pub(crate) fn read(&self, text: &str) -> Result<Expr, Unreadable> {
        if self.is_latex {
            latex(text)
        } else {
            typed(text, &self.options)
        }
    }
}
