//! The expression language of QTI as a tree, read from and written to its elements.

mod write;

use super::declare::{Area, area};
use super::reader::Reader;
use super::value::{Atom, BaseType, float_text};
use crate::xml::{Attribute, Element};
pub(super) use write::write;

/// A number that is written, or that a variable holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    /// Written.
    Number(f64),
    /// Held by the variable of this name.
    Variable(String),
}

impl Parameter {
    fn read(text: &str) -> Option<Self> {
        // Braces around a variable are taken off; around a number they say nothing.
        let text = text.trim().trim_matches(['{', '}']).trim();
        match Atom::read(BaseType::Float, text) {
            Some(atom) => atom.number().map(Self::Number),
            None => {
                let atom = Atom::read(BaseType::Identifier, text)?;
                Some(Self::Variable(atom.text()))
            }
        }
    }

    /// As QTI writes it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => float_text(*number),
            Self::Variable(name) => name.clone(),
        }
    }
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// Not at all apart.
    Exact,
    /// So far apart.
    Absolute,
    /// So many percent apart.
    Relative,
}

/// How figures are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// From the first that is not 0.
    SignificantFigures,
    /// Behind the point.
    DecimalPlaces,
}

/// Which items of a test are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subset {
    /// Only of this section.
    pub section: Option<String>,
    /// Only with one of these words.
    pub include: Vec<String>,
    /// Only with none of these words.
    pub exclude: Vec<String>,
}

/// Counts of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Items that were right.
    Correct,
    /// Items that were tried and not right.
    Incorrect,
    /// Items that were shown.
    Presented,
    /// Items that were tried.
    Responded,
    /// Items that were chosen for the learner.
    Selected,
}

/// What is done with operands.
#[derive(Debug, Clone, PartialEq)]
pub enum Operator {
    /// Those without an attribute, by their element's name.
    Plain(&'static str),
    /// The value at a place, counted from 1.
    Index(Parameter),
    /// A field of a record.
    FieldValue(String),
    /// Whether one text is in another.
    Substring {
        /// Whether upper and lower case differ.
        case_sensitive: bool,
    },
    /// Whether two texts are the same.
    StringMatch {
        /// Whether upper and lower case differ.
        case_sensitive: bool,
        /// Whether it is enough that one is in the other.
        substring: bool,
    },
    /// Whether a text fits a pattern.
    PatternMatch(String),
    /// Whether the number of true operands is in a range.
    AnyN {
        /// At least.
        min: Parameter,
        /// At most.
        max: Parameter,
    },
    /// Whether two numbers are equal.
    Equal {
        /// How.
        mode: Tolerance,
        /// Below and above.
        tolerance: Vec<Parameter>,
        /// Whether the lower bound counts.
        include_lower: bool,
        /// Whether the upper bound counts.
        include_upper: bool,
    },
    /// Whether two numbers are equal when rounded.
    EqualRounded(Rounding, Parameter),
    /// A number, rounded.
    RoundTo(Rounding, Parameter),
    /// Whether a point is in a region.
    Inside(Area),
    /// Operands again and again.
    Repeat(Parameter),
    /// A function such as sin.
    Math(String),
    /// A function such as mean.
    Stats(String),
    /// A tool's own; carried, never run.
    Custom(Vec<Attribute>),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// Nothing.
    Null,
    /// A value.
    Base(Atom),
    /// What a variable holds, for an item of a test times its weight.
    Variable {
        /// Its name.
        identifier: String,
        /// The name of the weight.
        weight: Option<String>,
    },
    /// What a variable holds at first.
    Default(String),
    /// A right answer.
    Correct(String),
    /// The score of an answer by its mapping.
    MapResponse(String),
    /// The score of points by their areas.
    MapResponsePoint(String),
    /// pi or e.
    Constant(String),
    /// A whole number by chance.
    RandomInteger {
        /// Least.
        min: Parameter,
        /// Most.
        max: Parameter,
        /// From one to the next.
        step: Parameter,
    },
    /// A number by chance.
    RandomFloat {
        /// Least.
        min: Parameter,
        /// Most.
        max: Parameter,
    },
    /// A count of a test.
    Count(Count, Subset),
    /// The values of a variable in all items of a test.
    TestVariables {
        /// The variable.
        variable: String,
        /// Their type.
        base: Option<BaseType>,
        /// The name of the weight.
        weight: Option<String>,
        /// Of which items.
        subset: Subset,
    },
    /// The declared bounds of an outcome in all items of a test.
    Bounds {
        /// Whether the highest is meant.
        maximum: bool,
        /// The outcome.
        outcome: String,
        /// The name of the weight.
        weight: Option<String>,
        /// Of which items.
        subset: Subset,
    },
    /// Something done with operands.
    Apply(Operator, Vec<Self>),
}

/// Operators without attributes: name, least and most operands.
const PLAIN: [(&str, usize, usize); 32] = [
    ("multiple", 0, usize::MAX),
    ("ordered", 0, usize::MAX),
    ("container-size", 1, 1),
    ("is-null", 1, 1),
    ("random", 1, 1),
    ("member", 2, 2),
    ("delete", 2, 2),
    ("contains", 2, 2),
    ("not", 1, 1),
    ("and", 1, usize::MAX),
    ("or", 1, usize::MAX),
    ("match", 2, 2),
    ("lt", 2, 2),
    ("gt", 2, 2),
    ("lte", 2, 2),
    ("gte", 2, 2),
    ("duration-lt", 2, 2),
    ("duration-gte", 2, 2),
    ("sum", 1, usize::MAX),
    ("product", 1, usize::MAX),
    ("subtract", 2, 2),
    ("divide", 2, 2),
    ("power", 2, 2),
    ("integer-divide", 2, 2),
    ("integer-modulus", 2, 2),
    ("truncate", 1, 1),
    ("round", 1, 1),
    ("integer-to-float", 1, 1),
    ("max", 1, usize::MAX),
    ("min", 1, usize::MAX),
    ("gcd", 1, usize::MAX),
    ("lcm", 1, usize::MAX),
];

pub(super) const COUNTS: [(&str, Count); 5] = [
    ("number-correct", Count::Correct),
    ("number-incorrect", Count::Incorrect),
    ("number-presented", Count::Presented),
    ("number-responded", Count::Responded),
    ("number-selected", Count::Selected),
];

/// Functions of `math-operator`.
pub(super) const MATH: [&str; 28] = [
    "sech",
    "csch",
    "coth",
    "toRadians",
    "sin",
    "cos",
    "tan",
    "sec",
    "csc",
    "cot",
    "asin",
    "acos",
    "atan",
    "atan2",
    "asec",
    "acsc",
    "acot",
    "sinh",
    "cosh",
    "tanh",
    "log",
    "ln",
    "exp",
    "abs",
    "signum",
    "floor",
    "ceil",
    "toDegrees",
];

/// Reads an expression; a finding and nothing when it is none.
pub(super) fn read(reader: &mut Reader, element: &Element) -> Expression {
    if let Some(leaf) = leaf(reader, element) {
        return leaf;
    }
    let Some((operator, least, most)) = operator(reader, element) else {
        let what = "this is no expression; it is taken as null";
        reader.error(element, "", "expression", what);
        return Expression::Null;
    };
    let operands: Vec<Expression> = element
        .elements()
        .map(|child| read(reader, child))
        .collect();
    if operands.len() < least || operands.len() > most {
        let what = format!("{} operands are not what this takes", operands.len());
        reader.error(element, "", "operands", what);
    }
    Expression::Apply(operator, operands)
}

fn leaf(reader: &mut Reader, element: &Element) -> Option<Expression> {
    let weight = || element.get("weight-identifier").map(str::to_string);
    Some(match element.name.as_str() {
        "null" => Expression::Null,
        "base-value" => {
            let base = reader.base(element).unwrap_or(BaseType::String);
            match reader.atom(element, base, &element.whole_text()) {
                Some(atom) => Expression::Base(atom),
                None => Expression::Null,
            }
        }
        "variable" => Expression::Variable {
            identifier: reader.needed(element, "identifier"),
            weight: weight(),
        },
        "default" => Expression::Default(reader.needed(element, "identifier")),
        "correct" => Expression::Correct(reader.needed(element, "identifier")),
        "map-response" => Expression::MapResponse(reader.needed(element, "identifier")),
        "map-response-point" => Expression::MapResponsePoint(reader.needed(element, "identifier")),
        "math-constant" => {
            let name = reader.needed(element, "name");
            if !["pi", "e"].contains(&name.as_str()) {
                reader.error(
                    element,
                    "name",
                    "attribute-value",
                    "only pi and e are constants",
                );
            }
            Expression::Constant(name)
        }
        "random-integer" => Expression::RandomInteger {
            min: parameter(reader, element, "min", Some(0.0)),
            max: parameter(reader, element, "max", None),
            step: parameter(reader, element, "step", Some(1.0)),
        },
        "random-float" => Expression::RandomFloat {
            min: parameter(reader, element, "min", Some(0.0)),
            max: parameter(reader, element, "max", None),
        },
        "test-variables" => Expression::TestVariables {
            variable: reader.needed(element, "variable-identifier"),
            base: reader.base(element),
            weight: weight(),
            subset: subset(element),
        },
        "outcome-maximum" | "outcome-minimum" => Expression::Bounds {
            maximum: element.name == "outcome-maximum",
            outcome: reader.needed(element, "outcome-identifier"),
            weight: weight(),
            subset: subset(element),
        },
        name => {
            let (_, count) = COUNTS.iter().find(|(known, _)| *known == name)?;
            Expression::Count(*count, subset(element))
        }
    })
}

fn subset(element: &Element) -> Subset {
    let words = |name: &str| {
        let words = element.get(name).unwrap_or("").split_whitespace();
        words.map(str::to_string).collect()
    };
    Subset {
        section: element.get("section-identifier").map(str::to_string),
        include: words("include-category"),
        exclude: words("exclude-category"),
    }
}

fn parameter(reader: &mut Reader, element: &Element, name: &str, usual: Option<f64>) -> Parameter {
    if element.get(name).is_none() {
        if usual.is_none() {
            reader.needed(element, name);
        }
        return Parameter::Number(usual.unwrap_or(0.0));
    }
    let read = reader.read(
        element,
        name,
        "a number or the name of a variable",
        Parameter::read,
    );
    read.unwrap_or(Parameter::Number(usual.unwrap_or(0.0)))
}

fn rounding(reader: &mut Reader, element: &Element) -> Rounding {
    match element.get("rounding-mode") {
        Some("decimalPlaces") => Rounding::DecimalPlaces,
        None | Some("significantFigures") => Rounding::SignificantFigures,
        Some(_) => {
            let what = "only significantFigures and decimalPlaces are known";
            reader.error(element, "rounding-mode", "attribute-value", what);
            Rounding::SignificantFigures
        }
    }
}

/// The operator of an element, with the least and most operands.
fn operator(reader: &mut Reader, element: &Element) -> Option<(Operator, usize, usize)> {
    if let Some((name, least, most)) = PLAIN.iter().find(|(name, ..)| *name == element.name) {
        return Some((Operator::Plain(name), *least, *most));
    }
    Some(match element.name.as_str() {
        "index" => (Operator::Index(parameter(reader, element, "n", None)), 1, 1),
        "field-value" => (
            Operator::FieldValue(reader.needed(element, "field-identifier")),
            1,
            1,
        ),
        "substring" => {
            let case_sensitive = reader.flag(element, "case-sensitive", true);
            (Operator::Substring { case_sensitive }, 2, 2)
        }
        "string-match" => {
            let case_sensitive = reader.flag(element, "case-sensitive", true);
            let substring = reader.flag(element, "substring", false);
            let operator = Operator::StringMatch {
                case_sensitive,
                substring,
            };
            (operator, 2, 2)
        }
        "pattern-match" => (
            Operator::PatternMatch(reader.needed(element, "pattern")),
            1,
            1,
        ),
        "any-n" => {
            let min = parameter(reader, element, "min", None);
            let max = parameter(reader, element, "max", None);
            (Operator::AnyN { min, max }, 1, usize::MAX)
        }
        "equal" => (equal(reader, element), 2, 2),
        "equal-rounded" => {
            let mode = rounding(reader, element);
            let figures = parameter(reader, element, "figures", None);
            (Operator::EqualRounded(mode, figures), 2, 2)
        }
        "round-to" => {
            let mode = rounding(reader, element);
            (
                Operator::RoundTo(mode, parameter(reader, element, "figures", None)),
                1,
                1,
            )
        }
        "inside" => (Operator::Inside(area(reader, element)), 1, 1),
        "repeat" => {
            let times = parameter(reader, element, "number-repeats", None);
            (Operator::Repeat(times), 1, usize::MAX)
        }
        "math-operator" => {
            let name = reader.needed(element, "name");
            if !MATH.contains(&name.as_str()) {
                let what = format!("the function \"{name}\" is not known");
                reader.error(element, "name", "attribute-value", what);
            }
            (Operator::Math(name), 1, 2)
        }
        "stats-operator" => {
            let name = reader.needed(element, "name");
            let known = ["mean", "sampleVariance", "sampleSD", "popVariance", "popSD"];
            if !known.contains(&name.as_str()) {
                let what = format!("the statistic \"{name}\" is not known");
                reader.error(element, "name", "attribute-value", what);
            }
            (Operator::Stats(name), 1, 1)
        }
        "custom-operator" => {
            let what = "an operator of another program is carried and not run; it gives null";
            reader.warn(element, "", "custom-operator", what);
            (Operator::Custom(element.attributes.clone()), 0, usize::MAX)
        }
        _ => return None,
    })
}

fn equal(reader: &mut Reader, element: &Element) -> Operator {
    let mode = match element.get("tolerance-mode") {
        None | Some("exact") => Tolerance::Exact,
        Some("absolute") => Tolerance::Absolute,
        Some("relative") => Tolerance::Relative,
        Some(_) => {
            let what = "only exact, absolute and relative are known";
            reader.error(element, "tolerance-mode", "attribute-value", what);
            Tolerance::Exact
        }
    };
    let text = element.get("tolerance").unwrap_or("");
    let tolerance: Vec<Parameter> = text
        .split_whitespace()
        .filter_map(Parameter::read)
        .collect();
    if mode != Tolerance::Exact && (tolerance.is_empty() || tolerance.len() > 2) {
        reader.error(
            element,
            "tolerance",
            "attribute-value",
            "one or two numbers are needed",
        );
    }
    Operator::Equal {
        mode,
        tolerance,
        include_lower: reader.flag(element, "include-lower-bound", true),
        include_upper: reader.flag(element, "include-upper-bound", true),
    }
}
