//! The typed tree of what a person wrote: values, operations, relations and collections, each with its place in the text.

use crate::Rational;
use crate::units::Unit;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// Deepest nesting of brackets, fractions, roots and scripts that a parser accepts.
pub const DEPTH_LIMIT: usize = 64;
/// Longest text, in bytes, that a parser accepts.
pub const LENGTH_LIMIT: usize = 4_096;
/// Greatest height of a tree: every walk over a tree may recurse this far and no further.
pub const HEIGHT_LIMIT: u16 = 192;

/// A half-open range of bytes in the text that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to and without `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// One node of the tree. Made by [`Expr::new`], which keeps the height.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
    height: u16,
}

impl Expr {
    /// A node at a place.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let below = kind.children().map(|c| c.height).max().unwrap_or(0);
        Self {
            span,
            kind,
            height: below.saturating_add(1),
        }
    }

    /// A node that no text stands behind, such as a computed key.
    #[must_use]
    pub fn made(kind: ExprKind) -> Self {
        Self::new(kind, Span::default())
    }

    /// A bare number.
    #[must_use]
    pub fn number(value: Rational) -> Self {
        let notation = if value.is_integer() {
            Notation::Integer
        } else {
            Notation::Fraction
        };
        Self::made(ExprKind::Number(Number { value, notation }))
    }

    /// A variable of this name.
    #[must_use]
    pub fn variable(name: &str) -> Self {
        Self::made(ExprKind::Variable(name.into()))
    }

    /// The number of nodes on the longest way down, at least 1.
    #[must_use]
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// The nodes directly below, in reading order.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.kind.children()
    }

    /// The names of all variables, sorted, each once.
    #[must_use]
    pub fn variables(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.gather_variables(&mut names);
        names.sort_unstable();
        names.dedup();
        names
    }

    fn gather_variables<'a>(&'a self, names: &mut Vec<&'a str>) {
        if let ExprKind::Variable(name) = &self.kind {
            names.push(name);
        }
        for child in self.children() {
            child.gather_variables(names);
        }
    }

    /// The exact value when this is a number, also behind a sign, a fraction of numbers or a unitless bracket.
    #[must_use]
    pub fn as_rational(&self) -> Option<Rational> {
        match &self.kind {
            ExprKind::Number(n) => Some(n.value.clone()),
            ExprKind::Neg(inner) => Some(-inner.as_rational()?),
            ExprKind::Div(top, bottom) => {
                let bottom = bottom.as_rational()?;
                if *bottom.numer() == num_bigint::BigInt::ZERO {
                    return None;
                }
                Some(top.as_rational()? / bottom)
            }
            _ => None,
        }
    }
}

/// A number together with the way it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The exact value; for a percentage already divided by 100.
    pub value: Rational,
    /// How it was written.
    pub notation: Notation,
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `12`, `1,000`
    Integer,
    /// `2.50`: two places, three significant figures.
    Decimal {
        /// Digits after the mark, as written.
        places: u32,
        /// Significant figures, as written.
        figures: u32,
    },
    /// `0.(3)`, `0.\overline{3}`
    Repeating,
    /// A fraction in one sign, such as `½`, or a computed one.
    Fraction,
    /// `2 2/3`
    Mixed {
        /// Whether the fraction part was proper and in lowest terms.
        simplest: bool,
    },
    /// `250%`
    Percent,
    /// `1.5e3`
    Scientific {
        /// Significant figures of the first factor.
        figures: u32,
        /// Whether one digit other than nought stands before the mark.
        normal: bool,
    },
}

/// A named constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constant {
    /// The ratio of a circle's circumference to its diameter.
    Pi,
    /// The base of the natural logarithm.
    E,
    /// The imaginary unit; read only where the options ask for it.
    I,
    /// Positive infinity, as an end of an interval.
    Infinity,
}

/// A named function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each name is the function's own")]
pub enum Function {
    Sin,
    Cos,
    Tan,
    Cot,
    Sec,
    Csc,
    Arcsin,
    Arccos,
    Arctan,
    Arccot,
    Arcsec,
    Arccsc,
    Sinh,
    Cosh,
    Tanh,
    Coth,
    Sech,
    Csch,
    Arsinh,
    Arcosh,
    Artanh,
    Exp,
    Ln,
    /// One argument: to the base of ten. Two arguments: value, then base.
    Log,
    Abs,
    Floor,
    Ceil,
    Min,
    Max,
    Gcd,
    Lcm,
    Factorial,
    Sign,
    /// `1:2:3`; of two parts only where it may also be a time of day, as `2:30`. It stands alone, never inside a value.
    Ratio,
}

/// How two values stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A written number.
    Number(Number),
    /// A letter, with its index when it has one: `x`, `x_1`, `theta`.
    Variable(String),
    /// A named constant.
    Constant(Constant),
    /// The opposite.
    Neg(Box<Expr>),
    /// A sum of two or more terms; a difference is a sum with a [`ExprKind::Neg`].
    Add(Vec<Expr>),
    /// `a ± b`, or `±b` when there is nothing on the left.
    PlusMinus(Option<Box<Expr>>, Box<Expr>),
    /// A product of two or more factors.
    Mul {
        /// The factors, in order.
        factors: Vec<Expr>,
        /// Whether any times sign was written.
        explicit: bool,
    },
    /// A quotient.
    Div(Box<Expr>, Box<Expr>),
    /// A power: base, exponent.
    Pow(Box<Expr>, Box<Expr>),
    /// A root.
    Root {
        /// 2 for a square root.
        degree: u32,
        /// What stands under the sign.
        radicand: Box<Expr>,
    },
    /// A function of its arguments.
    Call(Function, Vec<Expr>),
    /// `a < b <= c`: one more term than relations.
    Relation {
        /// The terms.
        terms: Vec<Expr>,
        /// What stands between them.
        relations: Vec<Relation>,
    },
    /// All hold: `x > 1 and x < 3`.
    And(Vec<Expr>),
    /// At least one holds: `x = 1 or x = 2`; also a union of intervals.
    Or(Vec<Expr>),
    /// `(2, -5)`; two values may also mean an open interval, which the comparison decides.
    Tuple(Vec<Expr>),
    /// `1, 2` without brackets.
    List(Vec<Expr>),
    /// `{1, 2}`; empty for "no solution".
    Set(Vec<Expr>),
    /// An interval with at least one closed end, or with an infinite one.
    Interval {
        /// Lower end; minus infinity is the opposite of [`Constant::Infinity`].
        low: Box<Expr>,
        /// Upper end.
        high: Box<Expr>,
        /// Whether the lower end belongs to it.
        low_closed: bool,
        /// Whether the upper end belongs to it.
        high_closed: bool,
    },
    /// A matrix, row by row; the number of entries is a multiple of the columns.
    Matrix {
        /// Entries in one row.
        columns: usize,
        /// All entries.
        entries: Vec<Expr>,
    },
    /// A value with a unit or a currency.
    Quantity(Box<Expr>, Box<Unit>),
}

impl ExprKind {
    /// The nodes directly below, in reading order.
    pub fn children(&self) -> impl Iterator<Item = &Expr> {
        let (one, two, many): (Option<&Expr>, Option<&Expr>, &[Expr]) = match self {
            Self::Number(_) | Self::Variable(_) | Self::Constant(_) => (None, None, &[]),
            Self::Neg(a) | Self::Root { radicand: a, .. } | Self::Quantity(a, _) => {
                (Some(a), None, &[])
            }
            Self::PlusMinus(a, b) => (a.as_deref(), Some(b), &[]),
            Self::Div(a, b) | Self::Pow(a, b) => (Some(a), Some(b), &[]),
            Self::Interval { low, high, .. } => (Some(low), Some(high), &[]),
            Self::Add(v)
            | Self::Mul { factors: v, .. }
            | Self::Call(_, v)
            | Self::Relation { terms: v, .. }
            | Self::And(v)
            | Self::Or(v)
            | Self::Tuple(v)
            | Self::List(v)
            | Self::Matrix { entries: v, .. }
            | Self::Set(v) => (None, None, v),
        };
        one.into_iter().chain(two).chain(many)
    }
}

impl Function {
    /// The name as typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Cot => "cot",
            Self::Sec => "sec",
            Self::Csc => "csc",
            Self::Arcsin => "arcsin",
            Self::Arccos => "arccos",
            Self::Arctan => "arctan",
            Self::Arccot => "arccot",
            Self::Arcsec => "arcsec",
            Self::Arccsc => "arccsc",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Coth => "coth",
            Self::Sech => "sech",
            Self::Csch => "csch",
            Self::Arsinh => "arsinh",
            Self::Arcosh => "arcosh",
            Self::Artanh => "artanh",
            Self::Exp => "exp",
            Self::Ln => "ln",
            Self::Log => "log",
            Self::Abs => "abs",
            Self::Floor => "floor",
            Self::Ceil => "ceil",
            Self::Min => "min",
            Self::Max => "max",
            Self::Gcd => "gcd",
            Self::Lcm => "lcm",
            Self::Factorial => "factorial",
            Self::Sign => "sign",
            Self::Ratio => "ratio",
        }
    }

    /// The function of this typed name, also under its other usual names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sin" => Self::Sin,
            "cos" => Self::Cos,
            "tan" => Self::Tan,
            "cot" => Self::Cot,
            "sec" => Self::Sec,
            "csc" | "cosec" => Self::Csc,
            "arcsin" | "asin" => Self::Arcsin,
            "arccos" | "acos" => Self::Arccos,
            "arctan" | "atan" => Self::Arctan,
            "arccot" | "acot" => Self::Arccot,
            "arcsec" | "asec" => Self::Arcsec,
            "arccsc" | "acsc" => Self::Arccsc,
            "sinh" => Self::Sinh,
            "cosh" => Self::Cosh,
            "tanh" => Self::Tanh,
            "coth" => Self::Coth,
            "sech" => Self::Sech,
            "csch" | "cosech" => Self::Csch,
            "arsinh" | "arcsinh" | "asinh" => Self::Arsinh,
            "arcosh" | "arccosh" | "acosh" => Self::Arcosh,
            "artanh" | "arctanh" | "atanh" => Self::Artanh,
            "exp" => Self::Exp,
            "ln" => Self::Ln,
            "log" | "lg" => Self::Log,
            "abs" => Self::Abs,
            "floor" => Self::Floor,
            "ceil" => Self::Ceil,
            "min" => Self::Min,
            "max" => Self::Max,
            "gcd" | "gcf" => Self::Gcd,
            "lcm" => Self::Lcm,
            "factorial" => Self::Factorial,
            "sign" | "sgn" => Self::Sign,
            _ => return None,
        })
    }

    /// The inverse that `f^{-1}` means, for the trigonometric and hyperbolic functions.
    #[must_use]
    pub const fn inverse(self) -> Option<Self> {
        match self {
            Self::Sin => Some(Self::Arcsin),
            Self::Cos => Some(Self::Arccos),
            Self::Tan => Some(Self::Arctan),
            Self::Cot => Some(Self::Arccot),
            Self::Sec => Some(Self::Arcsec),
            Self::Csc => Some(Self::Arccsc),
            Self::Sinh => Some(Self::Arsinh),
            Self::Cosh => Some(Self::Arcosh),
            Self::Tanh => Some(Self::Artanh),
            _ => None,
        }
    }
}

impl Relation {
    /// The sign as printed.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::Less => "<",
            Self::LessOrEqual => "≤",
            Self::Greater => ">",
            Self::GreaterOrEqual => "≥",
        }
    }

    /// The relation read from right to left.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    /// Whether it holds between a value and another, given how the first compares to the second.
    #[must_use]
    pub fn holds(self, ordering: core::cmp::Ordering) -> bool {
        use core::cmp::Ordering::{Equal, Greater, Less};
        match self {
            Self::Equal => ordering == Equal,
            Self::NotEqual => ordering != Equal,
            Self::Less => ordering == Less,
            Self::LessOrEqual => ordering != Greater,
            Self::Greater => ordering == Greater,
            Self::GreaterOrEqual => ordering != Less,
        }
    }
}
