//! The expression language of templates: its tree and its parser.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use alloc::{format, vec};

use super::number::Number;

/// The longest expression, in bytes.
pub const LONGEST_EXPRESSION: usize = 1_000;
/// The deepest nesting of an expression.
pub const DEEPEST_EXPRESSION: usize = 40;

/// What is wrong with a text of the template language, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Bytes from the start of the text.
    pub at: usize,
    /// What is wrong, for an author.
    pub what: String,
}

impl SyntaxFault {
    pub(crate) fn new(at: usize, what: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
        }
    }

    /// The same fault in a text in which this one starts `by` bytes later.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        self.at += by;
        self
    }
}

/// Operators of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Equal,
    Different,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

/// Functions by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Gcd,
    Lcm,
    Abs,
    Min,
    Max,
    Floor,
    Ceil,
    Round,
    Num,
    Den,
    IsWhole,
    Digits,
    Mod,
    If,
    FactorCount,
    Pick,
}

impl Function {
    /// Name, function, fewest and most arguments.
    const ALL: [(&'static str, Self, usize, usize); 16] = [
        ("gcd", Self::Gcd, 2, 8),
        ("lcm", Self::Lcm, 2, 8),
        ("abs", Self::Abs, 1, 1),
        ("min", Self::Min, 1, 16),
        ("max", Self::Max, 1, 16),
        ("floor", Self::Floor, 1, 1),
        ("ceil", Self::Ceil, 1, 1),
        ("round", Self::Round, 1, 2),
        ("num", Self::Num, 1, 1),
        ("den", Self::Den, 1, 1),
        ("is_whole", Self::IsWhole, 1, 1),
        ("digits", Self::Digits, 1, 1),
        ("mod", Self::Mod, 2, 2),
        ("if", Self::If, 3, 3),
        ("factor_count", Self::FactorCount, 1, 1),
        ("pick", Self::Pick, 2, 65),
    ];
}

/// The tree of an expression. Names are numbered by the template's parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Number(Number),
    Word(Arc<str>),
    Truth(bool),
    Parameter(usize),
    Negative(Box<Self>),
    Not(Box<Self>),
    Two(Operator, Box<Self>, Box<Self>),
    Call(Function, Vec<Self>),
}

impl Expression {
    /// True when the expression uses none of the parameters from `first` on.
    pub(crate) fn uses_only_below(&self, first: usize) -> bool {
        match self {
            Self::Number(_) | Self::Word(_) | Self::Truth(_) => true,
            Self::Parameter(index) => *index < first,
            Self::Negative(inner) | Self::Not(inner) => inner.uses_only_below(first),
            Self::Two(_, left, right) => {
                left.uses_only_below(first) && right.uses_only_below(first)
            }
            Self::Call(_, arguments) => arguments.iter().all(|a| a.uses_only_below(first)),
        }
    }
}

/// Reads a whole text as one expression. `names` are the parameters that may be used.
pub(crate) fn parse(text: &str, names: &[Arc<str>]) -> Result<Expression, SyntaxFault> {
    let mut parser = Parser::new(text, names)?;
    let expression = parser.expression()?;
    parser.end()?;
    Ok(expression)
}

/// A reader of expressions that can stop early, for lists and ranges.
#[derive(Debug)]
pub(crate) struct Parser<'a> {
    text: &'a str,
    names: &'a [Arc<str>],
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str, names: &'a [Arc<str>]) -> Result<Self, SyntaxFault> {
        if text.len() > LONGEST_EXPRESSION {
            let what = format!("longer than {LONGEST_EXPRESSION} characters");
            return Err(SyntaxFault::new(LONGEST_EXPRESSION, what));
        }
        Ok(Self {
            text,
            names,
            at: 0,
            depth: 0,
        })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes a mark if it comes next.
    pub(crate) fn take(&mut self, mark: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        found
    }

    /// Takes a whole word if it comes next.
    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let rest = self.rest();
        let follows = rest.get(word.len()..).and_then(|r| r.chars().next());
        let found = rest.starts_with(word) && !follows.is_some_and(is_name_part);
        if found {
            self.at += word.len();
        }
        found
    }

    pub(crate) fn fault(&self, what: impl Into<String>) -> SyntaxFault {
        SyntaxFault::new(self.at, what)
    }

    /// Fails unless the whole text was read.
    pub(crate) fn end(&mut self) -> Result<(), SyntaxFault> {
        self.skip_space();
        match self.rest().chars().next() {
            None => Ok(()),
            Some(c) => Err(self.fault(format!("\"{c}\" was not expected here"))),
        }
    }

    fn enter(&mut self) -> Result<(), SyntaxFault> {
        self.depth += 1;
        if self.depth > DEEPEST_EXPRESSION {
            return Err(self.fault("nested too deeply"));
        }
        Ok(())
    }

    /// Reads one expression of any kind.
    pub(crate) fn expression(&mut self) -> Result<Expression, SyntaxFault> {
        self.enter()?;
        let mut left = self.conjunction()?;
        while self.take_word("or") {
            left = two(Operator::Or, left, self.conjunction()?);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self) -> Result<Expression, SyntaxFault> {
        let mut left = self.negation()?;
        while self.take_word("and") {
            left = two(Operator::And, left, self.negation()?);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Expression, SyntaxFault> {
        if self.take_word("not") {
            self.enter()?;
            let inner = self.negation()?;
            self.depth -= 1;
            return Ok(Expression::Not(Box::new(inner)));
        }
        self.comparison()
    }

    /// Comparisons may be chained: `1 < a < b` means both.
    fn comparison(&mut self) -> Result<Expression, SyntaxFault> {
        const MARKS: [(&str, Operator); 6] = [
            ("==", Operator::Equal),
            ("!=", Operator::Different),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        let mut left = self.sum()?;
        let mut whole: Option<Expression> = None;
        while let Some((_, operator)) = MARKS.iter().find(|(mark, _)| self.take(mark)) {
            let right = self.sum()?;
            let step = two(*operator, left, right.clone());
            whole = Some(match whole {
                None => step,
                Some(earlier) => two(Operator::And, earlier, step),
            });
            left = right;
        }
        if self.rest().starts_with('=') {
            return Err(self.fault("one \"=\" does not compare: write \"==\""));
        }
        Ok(whole.unwrap_or(left))
    }

    fn sum(&mut self) -> Result<Expression, SyntaxFault> {
        let mut left = self.product()?;
        loop {
            left = if self.take("+") {
                two(Operator::Add, left, self.product()?)
            } else if self.take("-") {
                two(Operator::Subtract, left, self.product()?)
            } else {
                return Ok(left);
            };
        }
    }

    fn product(&mut self) -> Result<Expression, SyntaxFault> {
        let mut left = self.signed()?;
        loop {
            left = if self.take("*") {
                two(Operator::Multiply, left, self.signed()?)
            } else if self.take("/") {
                two(Operator::Divide, left, self.signed()?)
            } else {
                return Ok(left);
            };
        }
    }

    fn signed(&mut self) -> Result<Expression, SyntaxFault> {
        if self.take("-") {
            self.enter()?;
            let inner = self.signed()?;
            self.depth -= 1;
            return Ok(Expression::Negative(Box::new(inner)));
        }
        let base = self.atom()?;
        if self.take("^") {
            self.enter()?;
            let exponent = self.signed()?;
            self.depth -= 1;
            return Ok(two(Operator::Power, base, exponent));
        }
        Ok(base)
    }

    fn atom(&mut self) -> Result<Expression, SyntaxFault> {
        if self.take("(") {
            let inner = self.expression()?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err(self.fault("a closing bracket is missing"))
            };
        }
        self.skip_space();
        match self.rest().chars().next() {
            None => Err(self.fault("something is missing here")),
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(quote @ ('"' | '\'')) => self.word(quote),
            Some(c) if c.is_ascii_alphabetic() => self.name(),
            Some(c) => Err(self.fault(format!("\"{c}\" was not expected here"))),
        }
    }

    fn number(&mut self) -> Result<Expression, SyntaxFault> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| {
            bytes
                .iter()
                .skip(from)
                .take_while(|b| b.is_ascii_digit())
                .count()
        };
        let mut length = digits(0);
        // "2..9" is a range, not a decimal: a point belongs to the number only before a digit.
        let part = digits(length + 1);
        if bytes.get(length) == Some(&b'.') && part > 0 {
            length += 1 + part;
        }
        let text = self.rest().get(..length).unwrap_or("");
        let number = Number::read(text).filter(Number::is_small_enough);
        let number = number.ok_or_else(|| self.fault("this number is too long"))?;
        self.at += length;
        Ok(Expression::Number(number))
    }

    fn word(&mut self, quote: char) -> Result<Expression, SyntaxFault> {
        let inside = self.rest().get(1..).unwrap_or("");
        let Some(end) = inside.find(quote) else {
            return Err(self.fault("a closing quotation mark is missing"));
        };
        let word = inside.get(..end).unwrap_or("");
        self.at += end + 2;
        Ok(Expression::Word(Arc::from(word)))
    }

    fn name(&mut self) -> Result<Expression, SyntaxFault> {
        let start = self.at;
        let rest = self.rest();
        let length = rest.find(|c: char| !is_name_part(c)).unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or("");
        self.at += length;
        if self.rest().trim_start().starts_with('(') {
            return self.call(start, name);
        }
        match name {
            "true" => return Ok(Expression::Truth(true)),
            "false" => return Ok(Expression::Truth(false)),
            _ => {}
        }
        match self.names.iter().position(|known| &**known == name) {
            Some(index) => Ok(Expression::Parameter(index)),
            None => Err(SyntaxFault::new(
                start,
                format!("there is no parameter \"{name}\" here"),
            )),
        }
    }

    fn call(&mut self, start: usize, name: &str) -> Result<Expression, SyntaxFault> {
        let known = Function::ALL.iter().find(|(known, ..)| *known == name);
        let Some((_, function, fewest, most)) = known else {
            return Err(SyntaxFault::new(
                start,
                format!("there is no function \"{name}\""),
            ));
        };
        self.take("(");
        let mut arguments = vec![self.expression()?];
        while self.take(",") {
            arguments.push(self.expression()?);
        }
        if !self.take(")") {
            return Err(self.fault(format!("a closing bracket of {name}(...) is missing")));
        }
        if !(*fewest..=*most).contains(&arguments.len()) {
            let count = arguments.len();
            let wants = if fewest == most {
                fewest.to_string()
            } else {
                format!("{fewest} to {most}")
            };
            return Err(SyntaxFault::new(
                start,
                format!("{name} takes {wants} values, not {count}"),
            ));
        }
        Ok(Expression::Call(*function, arguments))
    }
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn two(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Two(operator, Box::new(left), Box::new(right))
}
