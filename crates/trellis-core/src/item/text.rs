//! Text of a template: words with `@{expression|format}` in them, and how values are written.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::evaluate::{Trouble, Value};
use super::expression::{Expression, SyntaxFault, parse};
use super::number::Number;

/// The longest text, in bytes.
pub const LONGEST_TEXT: usize = 6_000;

/// How a value is written.
#[derive(Debug, Clone, PartialEq)]
enum Format {
    Plain,
    Mixed,
    Decimal,
    Signed,
    Paren,
    Money,
    Word,
    Coefficient,
    Plus,
    PlusCoefficient,
    Plural(String, String),
}

const FORMATS: [(&str, Format); 9] = [
    ("mixed", Format::Mixed),
    ("decimal", Format::Decimal),
    ("signed", Format::Signed),
    ("paren", Format::Paren),
    ("money", Format::Money),
    ("word", Format::Word),
    ("coef", Format::Coefficient),
    ("plus", Format::Plus),
    ("pluscoef", Format::PlusCoefficient),
];

/// For whom a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// For reading: words and LaTeX between dollar signs.
    Markup,
    /// As a learner would type it into a box.
    Typed,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Words(String),
    Put {
        expression: Expression,
        format: Format,
        in_math: bool,
        source: String,
    },
}

/// A text of a template, ready to be filled with values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pieces: Vec<Piece>,
}

impl Text {
    pub(crate) fn parse(text: &str, names: &[Arc<str>]) -> Result<Self, SyntaxFault> {
        if text.len() > LONGEST_TEXT {
            return Err(SyntaxFault::new(LONGEST_TEXT, "this text is too long"));
        }
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut in_math = false;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(inside) = rest.strip_prefix("@{") {
                let (put, length) =
                    parse_put(inside, names, in_math).map_err(|fault| fault.moved(at + 2))?;
                if !words.is_empty() {
                    pieces.push(Piece::Words(core::mem::take(&mut words)));
                }
                pieces.push(put);
                at += 2 + length;
                continue;
            }
            let mut letters = rest.chars();
            let letter = letters.next().unwrap_or(' ');
            words.push(letter);
            at += letter.len_utf8();
            if letter == '\\' {
                // An escaped sign, such as \$ for money, is never the start of something.
                if let Some(escaped) = letters.next() {
                    words.push(escaped);
                    at += escaped.len_utf8();
                }
            } else if letter == '$' {
                in_math = !in_math;
            }
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        Ok(Self { pieces })
    }

    /// Writes the text with these values.
    pub(crate) fn render(&self, values: &[Value], style: Style) -> Result<String, Trouble> {
        let mut out = String::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Put {
                    expression,
                    format,
                    in_math,
                    source,
                } => {
                    let named = |trouble| format!("@{{{source}}}: {trouble}");
                    let value = expression.value(values).map_err(named)?;
                    let latex = *in_math && style == Style::Markup;
                    let written = write(&value, format, latex).map_err(named)?;
                    let plain = matches!(format, Format::Plain | Format::Coefficient);
                    let next = self.pieces.get(index + 1);
                    if style == Style::Typed && plain && needs_brackets(&written, &out, next) {
                        out.push('(');
                        out.push_str(&written);
                        out.push(')');
                    } else {
                        out.push_str(&written);
                    }
                }
            }
        }
        Ok(out)
    }
}

/// Typed mathematics has no invisible brackets: `x - @{a}` with -3 must read `x - (-3)`.
fn needs_brackets(written: &str, before: &str, next: Option<&Piece>) -> bool {
    let negative = written.starts_with('-') && written.len() > 1;
    let fraction = written.contains('/');
    let before = before.chars().rev().find(|c| !c.is_whitespace());
    let after = match next {
        Some(Piece::Words(words)) => words.chars().next(),
        Some(Piece::Put { .. }) | None => None,
    };
    let joined_before = before.is_some_and(|c| !matches!(c, '(' | '=' | '<' | '>' | ',' | ';'));
    let tight_before = matches!(before, Some('*' | '/' | '^' | ')'));
    let joined_after = after.is_some_and(|c| c.is_alphabetic() || matches!(c, '^' | '/' | '('));
    (negative && (joined_before || after == Some('^')))
        || (fraction && (tight_before || joined_after))
}

/// Reads `expression|format}`; gives the piece and how many bytes it took, with the brace.
fn parse_put(
    inside: &str,
    names: &[Arc<str>],
    in_math: bool,
) -> Result<(Piece, usize), SyntaxFault> {
    let mut quote = None;
    let mut end = None;
    for (at, c) in inside.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '}' || c == '|' => {
                end = Some((at, c));
                break;
            }
            None => {}
        }
    }
    let (at, mark) =
        end.ok_or_else(|| SyntaxFault::new(0, "the closing } of @{...} is missing"))?;
    let source = inside.get(..at).unwrap_or("");
    let expression = parse(source, names)?;
    let (format, length) = if mark == '|' {
        let after = inside.get(at + 1..).unwrap_or("");
        let length = after
            .find('}')
            .ok_or_else(|| SyntaxFault::new(at, "the closing } of @{...} is missing"))?;
        let name = after.get(..length).unwrap_or("");
        let format = parse_format(name).map_err(|fault| fault.moved(at + 1))?;
        (format, at + 1 + length + 1)
    } else {
        (Format::Plain, at + 1)
    };
    let source = inside.get(..length - 1).unwrap_or("").to_string();
    Ok((
        Piece::Put {
            expression,
            format,
            in_math,
            source,
        },
        length,
    ))
}

fn parse_format(name: &str) -> Result<Format, SyntaxFault> {
    let name = name.trim();
    if let Some(forms) = name.strip_prefix("plural:") {
        let Some((one, many)) = forms.split_once(':') else {
            return Err(SyntaxFault::new(0, "write plural:cup:cups"));
        };
        return Ok(Format::Plural(one.to_string(), many.to_string()));
    }
    let known = FORMATS.iter().find(|(known, _)| *known == name);
    known.map(|(_, format)| format.clone()).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        let all = names.join(", ");
        SyntaxFault::new(
            0,
            format!("there is no format \"{name}\"; there are {all}, plural:one:many"),
        )
    })
}

/// An expression with an optional format, such as `a/10|decimal`, as one part of a list.
pub(crate) fn parse_value(
    text: &str,
    names: &[Arc<str>],
) -> Result<(Expression, Text), SyntaxFault> {
    let (expression, format) = match text.rsplit_once('|') {
        Some((expression, format)) => {
            let format = parse_format(format).map_err(|fault| fault.moved(expression.len() + 1))?;
            (expression, format)
        }
        None => (text, Format::Plain),
    };
    let source = expression.to_string();
    let expression = parse(&source, names)?;
    let put = Piece::Put {
        expression: expression.clone(),
        format,
        in_math: true,
        source,
    };
    let dollar = || Piece::Words("$".to_string());
    Ok((
        expression,
        Text {
            pieces: alloc::vec![dollar(), put, dollar()],
        },
    ))
}

fn write(value: &Value, format: &Format, latex: bool) -> Result<String, Trouble> {
    let number = match value {
        Value::Number(number) => number,
        Value::Word(word) if *format == Format::Plain => return Ok(word.to_string()),
        Value::Word(_) => return Err(format!("\"{value}\" is not a number")),
        Value::Truth(_) => return Err(format!("\"{value}\" is not something to show")),
    };
    Ok(match format {
        Format::Plain => plain(number, latex),
        Format::Mixed => mixed(number, latex),
        Format::Decimal => number
            .decimal()
            .ok_or_else(|| format!("the decimal of {number} does not end"))?,
        Format::Signed if number.is_negative() => plain(number, latex),
        Format::Signed => format!("+{}", plain(number, latex)),
        Format::Paren if number.is_negative() => format!("({})", plain(number, latex)),
        Format::Paren => plain(number, latex),
        Format::Money => number
            .money()
            .ok_or_else(|| format!("{number} has more than two decimals"))?,
        Format::Word => word(number),
        Format::Coefficient => coefficient(number, latex),
        Format::Plus => joined(number, plain(&number.abs(), latex)),
        Format::PlusCoefficient => joined(number, coefficient(&number.abs(), latex)),
        Format::Plural(one, many) => {
            let chosen = if number.is_one() { one } else { many };
            chosen.clone()
        }
    })
}

fn plain(number: &Number, latex: bool) -> String {
    if !latex || number.is_whole() {
        return number.to_string();
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let size = number.abs();
    format!("{sign}\\frac{{{}}}{{{}}}", size.num(), size.den())
}

fn mixed(number: &Number, latex: bool) -> String {
    let size = number.abs();
    let whole = size.floor();
    let rest = &size - &whole;
    if whole.is_zero() || rest.is_zero() {
        return plain(number, latex);
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let gap = if latex { "" } else { " " };
    format!("{sign}{whole}{gap}{}", plain(&rest, latex))
}

fn coefficient(number: &Number, latex: bool) -> String {
    if number.is_one() {
        String::new()
    } else if (-number).is_one() {
        "-".to_string()
    } else {
        plain(number, latex)
    }
}

fn joined(number: &Number, size: String) -> String {
    let sign = if number.is_negative() { '-' } else { '+' };
    format!(" {sign} {size}")
}

/// Number words that children read; index is the number.
pub(crate) const NUMBER_WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

fn word(number: &Number) -> String {
    let index = number.to_i64().and_then(|i| usize::try_from(i).ok());
    let word = index.and_then(|i| NUMBER_WORDS.get(i));
    word.map_or_else(|| number.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str, style: Style) -> Result<String, String> {
        let names = [Arc::from("a"), Arc::from("b"), Arc::from("w")];
        let values = [
            Value::Number(Number::ratio(-8, 3).unwrap()),
            Value::Number(Number::whole(1)),
            Value::Word("red".into()),
        ];
        Text::parse(text, &names)
            .map_err(|fault| format!("{}: {}", fault.at, fault.what))?
            .render(&values, style)
    }

    #[test]
    fn values_are_written_as_the_format_page_says() {
        for (text, expected) in [
            ("@{a} and $@{a}$", "-8/3 and $-\\frac{8}{3}$"),
            (
                "@{-a|mixed}, $@{a|mixed}$, @{4|mixed}",
                "2 2/3, $-2\\frac{2}{3}$, 4",
            ),
            ("@{3/4|decimal} @{-7|decimal}", "0.75 -7"),
            ("@{3|signed} @{-3|signed}", "+3 -3"),
            ("2 - @{-3|paren} - @{3|paren}", "2 - (-3) - 3"),
            ("\\$@{7/2|money} and $@{b}$", "\\$3.50 and $1$"),
            ("@{12|word} @{13|word} @{b|word}", "twelve 13 one"),
            ("$@{b|coef}x@{-b|coef}y@{3|coef}z$", "$x-y3z$"),
            ("$x@{-3|plus}@{1/2|plus}$", "$x - 3 + \\frac{1}{2}$"),
            ("$y@{-b|pluscoef}x@{4|pluscoef}z$", "$y - x + 4z$"),
            (
                "@{b} @{b|plural:cup:cups}, 2 @{2|plural:cup:cups}",
                "1 cup, 2 cups",
            ),
            (
                "a @{w} @{if(w == \"red\", \"}|\", 'x')} ball @ home",
                "a red }| ball @ home",
            ),
            ("$\\frac{@{b}}{@{b+1}}$", "$\\frac{1}{2}$"),
        ] {
            assert_eq!(
                render(text, Style::Markup).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn typed_text_keeps_its_meaning() {
        for (text, expected) in [
            ("@{a}*x + @{-b}", "-8/3*x + (-1)"),
            ("@{-a}x", "(8/3)x"),
            ("y = @{-b}", "y = -1"),
            ("@{b}/@{-a}", "1/(8/3)"),
            ("@{-b|coef}x@{-3|plus}", "-x - 3"),
            ("x^@{b}", "x^1"),
        ] {
            assert_eq!(
                render(text, Style::Typed).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn faults_say_where() {
        for (text, expected) in [
            ("x @{a", "4: the closing } of @{...} is missing"),
            ("x @{q}", "4: there is no parameter \"q\" here"),
            ("x @{a|plurl}", "6: there is no format"),
            ("@{a == b}", "@{a == b}: \"false\" is not something to show"),
            (
                "@{1/3|decimal}",
                "@{1/3|decimal}: the decimal of 1/3 does not end",
            ),
            (
                "@{1/3|money}",
                "@{1/3|money}: 1/3 has more than two decimals",
            ),
        ] {
            let fault = render(text, Style::Markup).unwrap_err();
            assert!(fault.starts_with(expected), "{text}: {fault}");
        }
    }
}
