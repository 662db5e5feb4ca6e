//! Values of QTI variables: base types, cardinalities, and how each is read and written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The type of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseType {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// Text.
    String,
    /// Two whole numbers: right and down, in pixels.
    Point,
    /// Two identifiers in any order.
    Pair,
    /// Two identifiers in this order.
    DirectedPair,
    /// Seconds.
    Duration,
    /// A file.
    File,
    /// An address; never fetched.
    Uri,
    /// A name.
    Identifier,
    /// A whole number or a name.
    IntOrIdentifier,
}

impl BaseType {
    /// All, with their names in QTI.
    pub const NAMES: [(&'static str, Self); 12] = [
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("float", Self::Float),
        ("string", Self::String),
        ("point", Self::Point),
        ("pair", Self::Pair),
        ("directedPair", Self::DirectedPair),
        ("duration", Self::Duration),
        ("file", Self::File),
        ("uri", Self::Uri),
        ("identifier", Self::Identifier),
        ("intOrIdentifier", Self::IntOrIdentifier),
    ];

    /// The type of a name; the hyphenated and lower-case writings of some tools are read too.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let squeezed = name.replace('-', "").to_ascii_lowercase();
        let known = Self::NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(&squeezed));
        known.map(|(_, base)| *base)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, base)| *base == self);
        known.map_or("string", |(name, _)| name)
    }
}

/// How many values a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    /// One.
    Single,
    /// Any number, in no order.
    Multiple,
    /// Any number, in order.
    Ordered,
    /// Values with names.
    Record,
}

impl Cardinality {
    /// All, with their names in QTI.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("single", Self::Single),
        ("multiple", Self::Multiple),
        ("ordered", Self::Ordered),
        ("record", Self::Record),
    ];

    /// The cardinality of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, cardinality)| *cardinality)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, one)| *one == self);
        known.map_or("single", |(name, _)| name)
    }
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Atom {
    /// Of base type boolean.
    Boolean(bool),
    /// Of base type integer.
    Integer(i64),
    /// Of base type float.
    Float(f64),
    /// Of base type string.
    String(String),
    /// Of base type point.
    Point(f64, f64),
    /// Of base type pair; equal either way round.
    Pair(String, String),
    /// Of base type directedPair.
    DirectedPair(String, String),
    /// Of base type duration, in seconds.
    Duration(f64),
    /// Of base type file, as carried.
    File(String),
    /// Of base type uri.
    Uri(String),
    /// Of base type identifier.
    Identifier(String),
}

impl Atom {
    /// Reads a text as a value of a type; `None` when it is none.
    #[must_use]
    pub fn read(base: BaseType, text: &str) -> Option<Self> {
        let trimmed = text.trim();
        Some(match base {
            BaseType::Boolean => Self::Boolean(match trimmed {
                "true" | "1" => true,
                "false" | "0" => false,
                _ => return None,
            }),
            BaseType::Integer => Self::Integer(whole(trimmed)?),
            BaseType::Float => Self::Float(float(trimmed)?),
            BaseType::String => Self::String(text.to_string()),
            BaseType::Point => {
                let (x, y) = two(trimmed)?;
                Self::Point(float(x)?, float(y)?)
            }
            BaseType::Pair => {
                let (one, other) = two(trimmed)?;
                Self::Pair(one.to_string(), other.to_string())
            }
            BaseType::DirectedPair => {
                let (from, to) = two(trimmed)?;
                Self::DirectedPair(from.to_string(), to.to_string())
            }
            BaseType::Duration => Self::Duration(float(trimmed).filter(|seconds| *seconds >= 0.0)?),
            BaseType::File => Self::File(text.to_string()),
            BaseType::Uri => Self::Uri(trimmed.to_string()),
            BaseType::Identifier if trimmed.is_empty() || trimmed.contains(char::is_whitespace) => {
                return None;
            }
            BaseType::Identifier => Self::Identifier(trimmed.to_string()),
            BaseType::IntOrIdentifier => match whole(trimmed) {
                Some(number) => Self::Integer(number),
                None => return Self::read(BaseType::Identifier, text),
            },
        })
    }

    /// Its type.
    #[must_use]
    pub fn base(&self) -> BaseType {
        match self {
            Self::Boolean(_) => BaseType::Boolean,
            Self::Integer(_) => BaseType::Integer,
            Self::Float(_) => BaseType::Float,
            Self::String(_) => BaseType::String,
            Self::Point(..) => BaseType::Point,
            Self::Pair(..) => BaseType::Pair,
            Self::DirectedPair(..) => BaseType::DirectedPair,
            Self::Duration(_) => BaseType::Duration,
            Self::File(_) => BaseType::File,
            Self::Uri(_) => BaseType::Uri,
            Self::Identifier(_) => BaseType::Identifier,
        }
    }

    /// As QTI writes it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Float(value) | Self::Duration(value) => float_text(*value),
            Self::String(text) | Self::File(text) | Self::Uri(text) | Self::Identifier(text) => {
                text.clone()
            }
            Self::Point(x, y) => format!("{} {}", float_text(*x), float_text(*y)),
            Self::Pair(one, other) | Self::DirectedPair(one, other) => format!("{one} {other}"),
        }
    }

    /// Its number, for integers, floats and durations.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "QTI asks for a float; scores are small"
            )]
            Self::Integer(value) => Some(*value as f64),
            Self::Float(value) | Self::Duration(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether two values are the same: numbers by value, pairs either way round.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pair(a, b), Self::Pair(c, d)) => (a == c && b == d) || (a == d && b == c),
            // A pair and a directed pair meet where a declaration and an interaction disagree.
            (Self::Pair(a, b), Self::DirectedPair(c, d))
            | (Self::DirectedPair(a, b), Self::Pair(c, d)) => a == c && b == d,
            (
                Self::String(a) | Self::Identifier(a) | Self::Uri(a),
                Self::String(b) | Self::Identifier(b) | Self::Uri(b),
            ) => a == b,
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => close(a, b),
                _ => self == other,
            },
        }
    }
}

/// Equal but for the last bits, which a sum of decimals may move.
fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

fn two(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.split_whitespace();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(one), Some(other), None) => Some((one, other)),
        _ => None,
    }
}

/// A whole number with an optional sign.
fn whole(text: &str) -> Option<i64> {
    text.strip_prefix('+').unwrap_or(text).parse().ok()
}

/// A number as XML Schema writes it, with `INF` and `NaN`.
fn float(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => None,
        _ if text.contains(|c: char| c.is_alphabetic() && c != 'e' && c != 'E') => None,
        _ => text.parse().ok(),
    }
}

/// A number as XML Schema writes it.
pub(super) fn float_text(value: f64) -> String {
    if value == f64::INFINITY {
        "INF".to_string()
    } else if value == f64::NEG_INFINITY {
        "-INF".to_string()
    } else {
        let mut out = String::new();
        let written = if value != 0.0 && (value.abs() < 1e-6 || value.abs() >= 1e16) {
            write!(out, "{value:e}")
        } else {
            write!(out, "{value}")
        };
        written.map(|()| out).unwrap_or_default()
    }
}

/// What a variable holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// One value.
    Single(Atom),
    /// Values in no order; never empty.
    Multiple(Vec<Atom>),
    /// Values in order; never empty.
    Ordered(Vec<Atom>),
    /// Values with names; never empty.
    Record(BTreeMap<String, Atom>),
}

impl Value {
    /// A container of these; an empty one is nothing.
    #[must_use]
    pub fn container(cardinality: Cardinality, atoms: Vec<Atom>) -> Self {
        match cardinality {
            _ if atoms.is_empty() => Self::Null,
            Cardinality::Ordered => Self::Ordered(atoms),
            Cardinality::Multiple => Self::Multiple(atoms),
            Cardinality::Single | Cardinality::Record => {
                atoms.into_iter().next().map_or(Self::Null, Self::Single)
            }
        }
    }

    /// A truth.
    #[must_use]
    pub fn truth(value: bool) -> Self {
        Self::Single(Atom::Boolean(value))
    }

    /// A float; not a number is nothing.
    #[must_use]
    pub fn float(value: f64) -> Self {
        if value.is_nan() {
            Self::Null
        } else {
            Self::Single(Atom::Float(value))
        }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self::Single(Atom::Integer(value))
    }

    /// Whether it is nothing. An empty text is nothing too.
    #[must_use]
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Single(Atom::String(text)) => text.is_empty(),
            _ => false,
        }
    }

    /// Its values.
    #[must_use]
    pub fn atoms(&self) -> &[Atom] {
        match self {
            Self::Single(atom) => std::slice::from_ref(atom),
            Self::Multiple(atoms) | Self::Ordered(atoms) => atoms,
            Self::Null | Self::Record(_) => &[],
        }
    }

    /// Its only value, if it is single.
    #[must_use]
    pub fn single(&self) -> Option<&Atom> {
        match self {
            Self::Single(atom) => Some(atom),
            _ => None,
        }
    }

    /// Its number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        self.single().and_then(Atom::number)
    }

    /// Its truth, if it is one.
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        match self.single() {
            Some(Atom::Boolean(value)) => Some(*value),
            _ => None,
        }
    }

    /// Whether two hold the same: order counts only where both are ordered.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Record(a), Self::Record(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .all(|(name, atom)| b.get(name).is_some_and(|other| atom.same(other)))
            }
            (Self::Null | Self::Record(_), _) | (_, Self::Null | Self::Record(_)) => false,
            (Self::Ordered(a), Self::Ordered(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
            }
            _ => same_bag(self.atoms(), other.atoms()),
        }
    }
}

/// Whether two lists hold the same values in any order.
fn same_bag(a: &[Atom], b: &[Atom]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut taken = vec![false; b.len()];
    a.iter().all(|atom| {
        let found = b
            .iter()
            .zip(&mut taken)
            .find(|(other, taken)| !**taken && atom.same(other));
        found.map(|(_, taken)| *taken = true).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_written() {
        for (base, text, written) in [
            (BaseType::Boolean, " true ", "true"),
            (BaseType::Integer, "+7", "7"),
            (BaseType::Float, "2.50", "2.5"),
            (BaseType::Float, "1e-9", "1e-9"),
            (BaseType::Float, "INF", "INF"),
            (BaseType::Point, "10  20", "10 20"),
            (BaseType::DirectedPair, "A\n B", "A B"),
            (BaseType::IntOrIdentifier, "x", "x"),
            (BaseType::String, " a ", " a "),
        ] {
            let atom = Atom::read(base, text).unwrap();
            assert_eq!(atom.text(), written);
            assert_eq!(Atom::read(base, &atom.text()).unwrap(), atom);
        }
        for (base, text) in [
            (BaseType::Integer, "1.5"),
            (BaseType::Float, "inf"),
            (BaseType::Pair, "A"),
            (BaseType::Identifier, "a b"),
            (BaseType::Boolean, "yes"),
            (BaseType::Duration, "-1"),
        ] {
            assert_eq!(Atom::read(base, text), None, "{text}");
        }
    }

    #[test]
    fn sameness_follows_type_and_order() {
        let pair = |a: &str, b: &str| Atom::Pair(a.into(), b.into());
        assert!(pair("a", "b").same(&pair("b", "a")));
        assert!(
            !Atom::DirectedPair("a".into(), "b".into())
                .same(&Atom::DirectedPair("b".into(), "a".into()))
        );
        assert!(Atom::Integer(2).same(&Atom::Float(2.0)));
        let bag =
            |numbers: &[i64]| Value::Multiple(numbers.iter().map(|n| Atom::Integer(*n)).collect());
        assert!(bag(&[1, 2, 2]).same(&bag(&[2, 1, 2])));
        assert!(!bag(&[1, 1, 2]).same(&bag(&[1, 2, 2])));
        assert!(!Value::Null.same(&bag(&[1])));
    }
}
