//! How far an answer may be from its key by the rules of an item.

use trellis_core::item::Number;

use super::evaluate::whole;
use super::expression::{Expression, Operator, Parameter, Rounding, Tolerance};
use super::item::AssessmentItem;
use super::rules;
use super::session::rules_of;
use crate::question::read_number;

/// How far an answer may be from a key by the item's own rules: those that compare the response with its right answer.
pub(super) fn tolerance(item: &AssessmentItem, response: &str, key: &Number) -> Number {
    let mut found = None;
    let rules = rules_of(item);
    rules::visit(&rules, &mut |expression| {
        let Expression::Apply(operator, operands) = expression else {
            return;
        };
        let about = operands.iter().any(
            |one| matches!(one, Expression::Variable { identifier, .. } if identifier == response),
        );
        if !about {
            return;
        }
        let number = |parameter: &Parameter| match parameter {
            Parameter::Number(number) => read_number(&number.to_string()),
            Parameter::Variable(_) => None,
        };
        match operator {
            Operator::Equal {
                mode, tolerance, ..
            } => {
                let width = tolerance.first().and_then(number);
                found = found.clone().or(match mode {
                    Tolerance::Exact => None,
                    Tolerance::Absolute => width,
                    Tolerance::Relative => width
                        .and_then(|width| (&width * &key.abs()).divided_by(&Number::whole(100))),
                });
            }
            Operator::EqualRounded(Rounding::DecimalPlaces, Parameter::Number(places)) => {
                let places = whole(*places).unwrap_or(0).clamp(0, 15);
                let unit = Number::whole(10).power(&Number::whole(-places));
                found = found
                    .clone()
                    .or(unit.and_then(|unit| unit.divided_by(&Number::whole(2))));
            }
            _ => {}
        }
    });
    found.map_or_else(|| Number::whole(0), |width| width.abs())
}
