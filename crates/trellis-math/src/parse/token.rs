//! The signs between text and tree, the same for typed answers and LaTeX.

use crate::tree::{Constant, Expr, Function, Number, Relation, Span};
use crate::units::Unit;
use alloc::string::String;

/// One sign with its place.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
    /// Whether space stood before it.
    pub(crate) spaced: bool,
}

/// Which bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bracket {
    Round,
    Square,
    Curly,
    Floor,
    Ceil,
}

/// What a sign is.
#[derive(Debug, Clone)]
pub(crate) enum TokenKind {
    Number(Number),
    Variable(String),
    Constant(Constant),
    Function(Function),
    /// `log_2`: a logarithm with its base.
    LogBase(Expr),
    /// A root sign that takes what follows; 0 when the degree is the first of two arguments.
    Root(u32),
    /// Something already read, such as a root in LaTeX.
    Atom(Expr),
    /// A fraction already read; after a whole number it makes a mixed number.
    Fraction(Expr),
    Unit(Unit),
    Money(Unit),
    Plus,
    Minus,
    PlusMinus,
    Times,
    Slash,
    /// Divides; between bare numbers alone it also makes ratios of several parts and times.
    Colon,
    Caret,
    Bang,
    Percent,
    Relation(Relation),
    Member,
    Comma,
    And,
    Or,
    Open(Bracket),
    Close(Bracket),
    Bar,
}

/// Greek letters: sign, name. Lower case, then those capitals that have their own shape.
pub(crate) const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Υ', "Upsilon"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

/// The name of a Greek letter.
pub(crate) fn greek_name(letter: char) -> Option<&'static str> {
    GREEK
        .iter()
        .find(|(c, _)| *c == letter)
        .map(|(_, name)| *name)
}

/// The name itself, when it is one of a Greek letter.
pub(crate) fn greek_word(name: &str) -> Option<&'static str> {
    GREEK.iter().find(|(_, n)| *n == name).map(|(_, n)| *n)
}

/// The letter of a Greek name.
pub(crate) fn greek_letter(name: &str) -> Option<char> {
    GREEK.iter().find(|(_, n)| *n == name).map(|(c, _)| *c)
}
