//! Typed answers: characters of a text box to signs.

mod measures;
mod numbers;

use super::signs::{fraction_sign, plain_digit, single_sign, subscript, superscript};
use super::token::{Token, TokenKind as T};
use super::written::{is_date, whole_phrase};
use super::{Problem, ReadOptions, Unreadable, grammar};
use crate::Rational;
use crate::rational::parse_decimal;
use crate::tree::{
    Constant, Expr, ExprKind, Function, LENGTH_LIMIT, Notation, Number, Relation, Span,
};
use crate::units::Unit;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Reads a typed answer: `8/3`, `2 2/3`, `3x+1`, `x >= 3`, `(2, -5)`, `{1,2}`, `5 cm`, `$5`, `250%`.
///
/// # Errors
/// The place and the reason when the text has no reading.
pub fn typed(text: &str, options: &ReadOptions) -> Result<Expr, Unreadable> {
    if text.len() > LENGTH_LIMIT {
        return Err(Unreadable {
            at: Span::new(LENGTH_LIMIT, text.len()),
            problem: Problem::TooLong,
        });
    }
    let mut lexer = Lexer {
        text,
        at: 0,
        depth: 0,
        options: *options,
        tokens: Vec::new(),
    };
    if let Some(expr) = whole_phrase(text) {
        return Ok(expr);
    }
    if is_date(text) {
        return Err(Unreadable {
            at: Span::new(0, text.len()),
            problem: Problem::NotMathematics,
        });
    }
    let read = lexer
        .run()
        .and_then(|()| grammar::statement(&lexer.tokens, text.len(), 0));
    // Some paste LaTeX into the box; its backslashes mean nothing else.
    match read {
        Err(refused) if text.contains('\\') => super::latex(text).map_err(|_| refused),
        read => read,
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    options: ReadOptions,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn push(&mut self, kind: T, length: usize) {
        let spaced = self.text[..self.at].ends_with(|c: char| c.is_whitespace());
        let span = Span::new(self.at, self.at + length);
        self.tokens.push(Token { kind, span, spaced });
        self.at += length;
    }

    fn fail(&self, length: usize, problem: Problem) -> Unreadable {
        Unreadable {
            at: Span::new(self.at, self.at + length),
            problem,
        }
    }

    fn run(&mut self) -> Result<(), Unreadable> {
        while let Some(c) = self.rest().chars().next() {
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2061}'..='\u{2064}' | '\u{feff}') {
                self.at += c.len_utf8();
            } else if plain_digit(c).is_some() || (c == '.' && self.digit_at(1)) {
                self.number()?;
            } else if c.is_alphabetic() && single_sign(c).is_none() && superscript(c).is_none() {
                self.word()?;
            } else {
                self.sign(c)?;
            }
        }
        Ok(())
    }

    fn digit_at(&self, offset: usize) -> bool {
        self.rest()
            .get(offset..)
            .and_then(|r| r.chars().next())
            .is_some_and(|c| plain_digit(c).is_some())
    }

    /// The digits from an offset: their plain text and their length in bytes.
    fn digits(&self, offset: usize) -> (String, usize) {
        let rest = self.rest().get(offset..).unwrap_or("");
        let mut plain = String::new();
        let mut length = 0;
        for c in rest.chars() {
            let Some(d) = plain_digit(c) else { break };
            plain.push(d);
            length += c.len_utf8();
        }
        (plain, length)
    }

    fn after_value(&self) -> bool {
        matches!(
            self.tokens.last().map(|t| &t.kind),
            Some(T::Number(_) | T::Fraction(_) | T::Close(_) | T::Percent | T::Unit(_))
        )
    }

    /// The letter x between bare numbers is a times sign: `1.5 x 10^3`, `3x10^4`; without spaces only before a power of ten.
    fn cross(&self, word: &str) -> Option<usize> {
        let number = matches!(self.tokens.last().map(|t| &t.kind), Some(T::Number(_)));
        if !number || !matches!(word, "x" | "X") {
            return None;
        }
        let after = self.rest().get(1..)?;
        let spaced = after.starts_with(' ') && self.text[..self.at].ends_with(' ');
        let next = after.trim_start();
        let power = next.strip_prefix("10")?;
        let power = power.starts_with('^')
            || power.starts_with("**")
            || power.chars().next().and_then(superscript).is_some();
        (power && (spaced || !after.starts_with(' '))).then_some(1)
    }

    fn word(&mut self) -> Result<(), Unreadable> {
        let rest = self.rest();
        let length = rest
            .char_indices()
            .find(|(_, c)| !c.is_alphabetic() || superscript(*c).is_some())
            .map_or(rest.len(), |(i, _)| i);
        let word = String::from(&rest[..length]);
        // "U" joins intervals only; elsewhere it is a letter.
        let joins = word != "U"
            || matches!(self.tokens.last().map(|t| &t.kind), Some(T::Close(_)))
                && rest[length..].trim_start().starts_with(['(', '[', '{']);
        if let Some(kind) = connective(&word).filter(|_| joins) {
            self.push(kind, length);
            return Ok(());
        }
        if let Some(length) = self.cross(&word) {
            self.push(T::Times, length);
            return Ok(());
        }
        let letters = word.chars().count();
        // "tan(x) sec(x)" is a product, not seconds.
        let applied =
            Function::named(&word).is_some() && rest[length..].trim_start().starts_with(['(', '^']);
        if self.spoken_power(&word).is_some() {
            return Ok(());
        }
        if !applied && (self.after_value() || self.after_unit_operator()) {
            let allowed = letters > 1
                || self.options.letter_units
                || self.after_unit_operator()
                || self.rate_follows(length)
                || self.smaller_follows(&word);
            if let Some(money) = Unit::money(&word) {
                self.push(T::Money(money), length);
                return Ok(());
            }
            if let (true, Some(unit)) = (allowed, Unit::named(&word)) {
                self.push(T::Unit(unit), length);
                return Ok(());
            }
        }
        // The longest known name first, letter by letter otherwise: `xsinx`, `2pir`.
        let mut taken = letters;
        while taken > 1 {
            let end = word
                .char_indices()
                .nth(taken)
                .map_or(word.len(), |(i, _)| i);
            if let Some(kind) = known_name(&word[..end]) {
                self.named(kind, end)?;
                return Ok(());
            }
            taken -= 1;
        }
        let first = word.chars().next().unwrap_or('x');
        self.letter(first)
    }

    fn named(&mut self, kind: T, length: usize) -> Result<(), Unreadable> {
        let is_log = matches!(kind, T::Function(Function::Log));
        if let T::Variable(name) = kind {
            return self.indexed(&name, length);
        }
        self.push(kind, length);
        if !is_log {
            return Ok(());
        }
        let lowered: String = self.rest().chars().map_while(subscript).collect();
        if let Some(value) = parse_decimal(&lowered) {
            self.log_base(Expr::number(value).kind, lowered.len() * '₀'.len_utf8());
            return Ok(());
        }
        let marked = self.rest().starts_with('_');
        let offset = usize::from(marked);
        let braced = marked
            && self
                .rest()
                .get(1..)
                .is_some_and(|r| r.starts_with(['{', '(']));
        let (digits, used) = self.digits(offset + usize::from(braced));
        let letter = self
            .rest()
            .get(offset + usize::from(braced)..)
            .and_then(|r| r.chars().next());
        let (base, used) = if used > 0 {
            let value =
                parse_decimal(&digits).ok_or_else(|| self.fail(used, Problem::BadNumber))?;
            (Expr::number(value).kind, used)
        } else if let (true, Some(c)) = (marked, letter.filter(|c| c.is_alphabetic())) {
            let kind = if c == 'e' {
                ExprKind::Constant(Constant::E)
            } else {
                Expr::variable(&String::from(c)).kind
            };
            (kind, c.len_utf8())
        } else {
            return Ok(());
        };
        let total = offset + 2 * usize::from(braced) + used;
        if self.rest().len() < total || !self.text.is_char_boundary(self.at + total) {
            return Err(self.fail(self.rest().len(), Problem::Unbalanced));
        }
        self.log_base(base, total);
        Ok(())
    }

    /// Gives the logarithm just read its base, which takes the next bytes.
    fn log_base(&mut self, base: ExprKind, length: usize) {
        let span = Span::new(self.at, self.at + length);
        if let Some(last) = self.tokens.last_mut() {
            last.kind = T::LogBase(Expr::new(base, span));
            last.span = last.span.to(span);
        }
        self.at += length;
    }

    fn letter(&mut self, first: char) -> Result<(), Unreadable> {
        let length = first.len_utf8();
        match first {
            'e' | 'ℯ' => self.push(T::Constant(Constant::E), length),
            'π' | '𝜋' => self.push(T::Constant(Constant::Pi), length),
            'i' if self.options.imaginary => self.push(T::Constant(Constant::I), length),
            'µ' | 'μ' => return self.indexed("mu", length),
            c => {
                let name =
                    super::token::greek_name(c).map_or_else(|| String::from(c), String::from);
                return self.indexed(&name, length);
            }
        }
        Ok(())
    }

    /// A variable with its index: `x_1`, `x_{max}`, `x1`, `x₁`.
    fn indexed(&mut self, name: &str, length: usize) -> Result<(), Unreadable> {
        let rest = self.rest().get(length..).unwrap_or("");
        let mut index = String::new();
        let mut used = 0;
        if let Some(inner) = rest.strip_prefix("_{") {
            let Some(end) = inner.find('}') else {
                return Err(self.fail(length + 2, Problem::Unbalanced));
            };
            index.extend(inner[..end].chars().filter(|c| c.is_alphanumeric()));
            used = end + 3;
        } else {
            let start = usize::from(rest.starts_with('_'));
            for c in rest[start..].chars() {
                match (plain_digit(c), subscript(c)) {
                    (Some(d), _) | (None, Some(d)) => index.push(d),
                    _ if start == 1 && c.is_alphabetic() && index.is_empty() => {
                        index.push(c);
                        used += c.len_utf8();
                        break;
                    }
                    _ => break,
                }
                used += c.len_utf8();
            }
            used += start;
            if index.is_empty() {
                used = 0;
            }
        }
        if !index.is_empty() && used == 0 {
            used = index.len();
        }
        let full = if index.is_empty() {
            String::from(name)
        } else {
            format!("{name}_{index}")
        };
        self.push(T::Variable(full), length + used);
        Ok(())
    }

    fn sign(&mut self, c: char) -> Result<(), Unreadable> {
        let rest = self.rest();
        for (text, relation) in [
            ("<=", Relation::LessOrEqual),
            ("=<", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("=>", Relation::GreaterOrEqual),
            ("!=", Relation::NotEqual),
            ("<>", Relation::NotEqual),
            ("==", Relation::Equal),
        ] {
            if rest.starts_with(text) {
                self.push(T::Relation(relation), 2);
                return Ok(());
            }
        }
        if rest.starts_with("||") && self.in_bars() {
            self.push(T::Bar, 1);
            return Ok(());
        }
        let two = [
            ("||", T::Or),
            ("**", T::Caret),
            ("+-", T::PlusMinus),
            ("+/-", T::PlusMinus),
            ("&&", T::And),
            ("&", T::And),
            ("~=", T::Relation(Relation::Equal)),
        ];
        for (text, kind) in two {
            // "3+-2" is a sum with a negative number; only a lone "+-" at the start means both signs.
            if rest.starts_with(text)
                && (text != "+-" || !self.after_value() && !self.after_letter())
            {
                self.push(kind, text.len());
                return Ok(());
            }
        }
        if c == '.' && rest.trim_end() == "." && !self.tokens.is_empty() {
            // A full stop ends the sentence.
            self.at = self.text.len();
            return Ok(());
        }
        if matches!(c, '\'' | '′' | '’' | '"' | '″' | '”') {
            return self.prime(c);
        }
        if rest.starts_with("\\$") {
            self.at += 1;
            return Ok(());
        }
        if let Some(name) = fraction_sign(c) {
            let value = Rational::new(name.0.into(), name.1.into());
            self.push(
                T::Number(Number {
                    value,
                    notation: Notation::Fraction,
                }),
                c.len_utf8(),
            );
            return Ok(());
        }
        if superscript(c).is_some() {
            return self.raised();
        }
        if matches!(c, '°' | 'º' | '˚') {
            return self.degree(c);
        }
        if let Some(unit) = rest.get(..c.len_utf8()).and_then(Unit::money) {
            self.push(T::Money(unit), c.len_utf8());
            return Ok(());
        }
        let Some(kind) = single_sign(c) else {
            return Err(self.fail(c.len_utf8(), Problem::UnknownSign));
        };
        match kind {
            T::Open(_) => self.depth += 1,
            T::Close(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.push(kind, c.len_utf8());
        Ok(())
    }

    /// Whether a bar here closes or opens an absolute value: one is open, or no value stands before it.
    fn in_bars(&self) -> bool {
        let mut open = 0_usize;
        let mut after_value = false;
        for token in &self.tokens {
            if matches!(token.kind, T::Bar) {
                after_value = after_value && open > 0;
                open = if after_value { open - 1 } else { open + 1 };
                continue;
            }
            after_value = matches!(
                token.kind,
                T::Number(_)
                    | T::Fraction(_)
                    | T::Close(_)
                    | T::Percent
                    | T::Unit(_)
                    | T::Variable(_)
                    | T::Constant(_)
                    | T::Atom(_)
                    | T::Bang
            );
        }
        open > 0 || !after_value
    }

    /// `f'`, a name of its own.
    fn prime(&mut self, c: char) -> Result<(), Unreadable> {
        let length = c.len_utf8();
        let end = self.at + length;
        let double = matches!(c, '"' | '″' | '”');
        if let Some(T::Number(_)) = self.tokens.last().map(|t| &t.kind) {
            let degrees = self
                .tokens
                .iter()
                .any(|t| matches!(&t.kind, T::Unit(u) if u.is_degree()));
            if let Some(unit) = Unit::primed(double, degrees) {
                self.push(T::Unit(unit), length);
                return Ok(());
            }
        }
        match self.tokens.last_mut() {
            Some(Token {
                kind: T::Variable(name),
                span,
                ..
            }) if span.end == self.at && !double => {
                name.push_str(if name.ends_with("prime") {
                    "prime"
                } else {
                    "_prime"
                });
                span.end = end;
                self.at = end;
                Ok(())
            }
            _ => Err(self.fail(length, Problem::UnknownSign)),
        }
    }

    fn after_letter(&self) -> bool {
        matches!(
            self.tokens.last().map(|t| &t.kind),
            Some(T::Variable(_) | T::Constant(_) | T::Atom(_) | T::Bar)
        )
    }

    /// Raised digits: `x²`, `10⁻³`.
    fn raised(&mut self) -> Result<(), Unreadable> {
        let mut plain = String::new();
        let mut length = 0;
        for c in self.rest().chars() {
            let Some(d) = superscript(c) else { break };
            plain.push(d);
            length += c.len_utf8();
        }
        let start = self.at;
        let span = Span::new(start, start + length);
        let kind = if plain == "n" {
            ExprKind::Variable("n".into())
        } else {
            let value =
                parse_decimal(&plain).ok_or_else(|| self.fail(length, Problem::BadNumber))?;
            let negative = plain.starts_with('-');
            let number = Expr::new(
                Expr::number(if negative { -value } else { value }).kind,
                span,
            );
            if negative {
                ExprKind::Neg(number.into())
            } else {
                number.kind
            }
        };
        self.push(T::Caret, 0);
        self.push(T::Atom(Expr::new(kind, span)), length);
        Ok(())
    }
}

fn connective(word: &str) -> Option<T> {
    Some(match word {
        "or" | "OR" | "Or" => T::Or,
        "and" | "AND" | "And" => T::And,
        "U" | "union" => T::Or,
        "per" => T::Slash,
        "percent" => T::Percent,
        _ => return None,
    })
}

fn known_name(name: &str) -> Option<T> {
    if let Some(function) = Function::named(name) {
        return Some(T::Function(function));
    }
    Some(match name {
        "pi" | "Pi" | "PI" => T::Constant(Constant::Pi),
        "inf" | "infinity" | "Infinity" | "infty" | "oo" => T::Constant(Constant::Infinity),
        "sqrt" => T::Root(2),
        "cbrt" => T::Root(3),
        "root" | "nthroot" => T::Root(0),
        _ => T::Variable(String::from(super::token::greek_word(name)?)),
    })
}
