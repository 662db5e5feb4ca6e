//! Expressions as elements.

use super::{COUNTS, Expression, Operator, Rounding, Subset, Tolerance};
use crate::qti::declare::write_area;
use crate::qti::value::BaseType;
use crate::xml::Element;

/// An expression as an element.
pub(in crate::qti) fn write(expression: &Expression) -> Element {
    let named = |name: &str, identifier: &str| Element::new(name).with("identifier", identifier);
    match expression {
        Expression::Null => Element::new("null"),
        Expression::Base(atom) => Element::new("base-value")
            .with("base-type", atom.base().name())
            .text(atom.text()),
        Expression::Variable { identifier, weight } => {
            named("variable", identifier).with_some("weight-identifier", weight.as_ref())
        }
        Expression::Default(name) => named("default", name),
        Expression::Correct(name) => named("correct", name),
        Expression::MapResponse(name) => named("map-response", name),
        Expression::MapResponsePoint(name) => named("map-response-point", name),
        Expression::Constant(name) => Element::new("math-constant").with("name", name),
        Expression::RandomInteger { min, max, step } => Element::new("random-integer")
            .with("min", min.text())
            .with("max", max.text())
            .with("step", step.text()),
        Expression::RandomFloat { min, max } => Element::new("random-float")
            .with("min", min.text())
            .with("max", max.text()),
        Expression::Count(count, subset) => {
            let known = COUNTS.iter().find(|(_, one)| one == count);
            write_subset(
                Element::new(known.map_or("number-correct", |(name, _)| name)),
                subset,
            )
        }
        Expression::TestVariables {
            variable,
            base,
            weight,
            subset,
        } => write_subset(
            Element::new("test-variables")
                .with("variable-identifier", variable)
                .with_some("base-type", base.map(BaseType::name))
                .with_some("weight-identifier", weight.as_ref()),
            subset,
        ),
        Expression::Bounds {
            maximum,
            outcome,
            weight,
            subset,
        } => write_subset(
            Element::new(if *maximum {
                "outcome-maximum"
            } else {
                "outcome-minimum"
            })
            .with("outcome-identifier", outcome)
            .with_some("weight-identifier", weight.as_ref()),
            subset,
        ),
        Expression::Apply(operator, operands) => {
            write_operator(operator).all(operands.iter().map(write))
        }
    }
}

fn write_subset(element: Element, subset: &Subset) -> Element {
    let words = |words: &[String]| (!words.is_empty()).then(|| words.join(" "));
    element
        .with_some("section-identifier", subset.section.as_ref())
        .with_some("include-category", words(&subset.include))
        .with_some("exclude-category", words(&subset.exclude))
}

fn write_operator(operator: &Operator) -> Element {
    let rounded = |name: &str, mode: &Rounding, figures: &super::Parameter| {
        let mode = match mode {
            Rounding::SignificantFigures => "significantFigures",
            Rounding::DecimalPlaces => "decimalPlaces",
        };
        Element::new(name)
            .with("rounding-mode", mode)
            .with("figures", figures.text())
    };
    match operator {
        Operator::Plain(name) => Element::new(name),
        Operator::Index(n) => Element::new("index").with("n", n.text()),
        Operator::FieldValue(field) => Element::new("field-value").with("field-identifier", field),
        Operator::Substring { case_sensitive } => {
            Element::new("substring").with("case-sensitive", case_sensitive.to_string())
        }
        Operator::StringMatch {
            case_sensitive,
            substring,
        } => Element::new("string-match")
            .with("case-sensitive", case_sensitive.to_string())
            .with("substring", substring.to_string()),
        Operator::PatternMatch(pattern) => Element::new("pattern-match").with("pattern", pattern),
        Operator::AnyN { min, max } => Element::new("any-n")
            .with("min", min.text())
            .with("max", max.text()),
        Operator::Equal {
            mode,
            tolerance,
            include_lower,
            include_upper,
        } => {
            let mode = match mode {
                Tolerance::Exact => "exact",
                Tolerance::Absolute => "absolute",
                Tolerance::Relative => "relative",
            };
            let tolerance: Vec<String> = tolerance.iter().map(super::Parameter::text).collect();
            Element::new("equal")
                .with("tolerance-mode", mode)
                .with_some(
                    "tolerance",
                    (!tolerance.is_empty()).then(|| tolerance.join(" ")),
                )
                .with("include-lower-bound", include_lower.to_string())
                .with("include-upper-bound", include_upper.to_string())
        }
        Operator::EqualRounded(mode, figures) => rounded("equal-rounded", mode, figures),
        Operator::RoundTo(mode, figures) => rounded("round-to", mode, figures),
        Operator::Inside(area) => write_area(Element::new("inside"), area),
        Operator::Repeat(times) => Element::new("repeat").with("number-repeats", times.text()),
        Operator::Math(name) => Element::new("math-operator").with("name", name),
        Operator::Stats(name) => Element::new("stats-operator").with("name", name),
        Operator::Custom(attributes) => {
            let mut out = Element::new("custom-operator");
            out.attributes.clone_from(attributes);
            out
        }
    }
}
