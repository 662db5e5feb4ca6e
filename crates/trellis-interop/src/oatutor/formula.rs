//! Formulas of the pool as their authors meant them: LaTeX that shows the right thing to the eye and says another to a
//! reader of LaTeX.
//!
//! The pool was made from spreadsheets by a program. It writes `{xy}^3` for what is shown as x y³, `ln(x)` and `cos^2`
//! without the backslash, `72**{\circ}` for degrees, and breaks one formula into several.

use trellis_math::parse::latex;
use trellis_math::tree::Expr;

/// Names that the pool writes without a backslash, the longer before those that they begin with.
const FUNCTIONS: [&str; 12] = [
    "arcsin", "arccos", "arctan", "sin", "cos", "tan", "sec", "csc", "cot", "ln", "log", "exp",
];
/// Letters and constants that the pool writes in words.
const WORDS: [&str; 6] = ["theta", "alpha", "beta", "gamma", "lambda", "pi"];

/// A key as one formula; `None` when it is none that can be read. Marks of formulas within it fall away: what the pool
/// broke into pieces is one answer all the same.
pub(super) fn whole(raw: &str) -> Option<Expr> {
    let joined = raw.replace("$$", " ");
    let joined = joined.trim();
    // A line without LaTeX is typed text already, and read as such.
    if !raw.contains("$$") && !joined.contains('\\') {
        return None;
    }
    latex(&mended(joined)).ok()
}

/// The degree sign at the end of an angle, as the pool writes it; gives the angle without it.
pub(super) fn without_degrees(raw: &str) -> Option<&str> {
    const SIGNS: [&str; 6] = [
        "**{\\circ}",
        "**\\circ",
        "^{\\circ}",
        "^\\circ",
        "\\degree",
        "°",
    ];
    let bare = unwrapped(raw);
    let angle = SIGNS.iter().find_map(|sign| bare.strip_suffix(sign))?;
    let number = angle.trim_start_matches(['-', '−']);
    (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.')).then_some(angle)
}

/// Without the marks of one formula around all of it, and without stray dollar signs on both ends.
pub(super) fn unwrapped(raw: &str) -> &str {
    let mut text = raw.trim();
    for mark in ["$$", "\\$", "$"] {
        let inside = text
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark));
        match inside {
            Some(inside) if !inside.contains(mark) => text = inside.trim(),
            _ => {}
        }
    }
    text
}

/// LaTeX that says what it shows.
fn mended(latex: &str) -> String {
    let text = latex.replace("**", "^").replace("\\approx", "=");
    cube_roots(&named(&unbraced(&text)))
}

/// `{xy}^3` shows x y³: braces are not seen, and the power is that of the last factor. Braces that hold an argument of a
/// command stay, and so do sums, where the power would move.
fn unbraced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = from;
        let Some(end) = closing(from, '{', '}') else {
            break;
        };
        let (group, behind) = from.split_at(end + 1);
        let inside = unbraced(&group[1..end]);
        let is_power = behind.trim_start().starts_with('^');
        if is_power && !is_argument(&out) && is_product(&inside) {
            out.push_str(&inside);
        } else {
            out.push('{');
            out.push_str(&inside);
            out.push('}');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Where the bracket that opens a text is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Whether what comes next belongs to a command, an index or a power.
fn is_argument(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(['^', '_', '}', ']']) {
        return true;
    }
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    name.len() < before.len() && name.ends_with('\\')
}

/// Whether there are factors side by side and no sum outside of brackets.
fn is_product(text: &str) -> bool {
    if text.starts_with("\\frac") || text.starts_with("\\sqrt") {
        return false;
    }
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '+' | '-' | '−' | '=' if depth == 0 => return false,
            _ => {}
        }
    }
    !text.is_empty() && depth == 0
}

/// Gives functions and Greek letters their backslash.
fn named(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '\\' => {
                let name = rest[1..].find(|c: char| !c.is_ascii_alphabetic());
                // A command, or a backslash with one sign.
                match name {
                    Some(0) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                    Some(length) => 1 + length,
                    None => rest.len(),
                }
            }
            c if c.is_ascii_alphabetic() => rest
                .find(|c: char| !c.is_ascii_alphabetic())
                .unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (piece, behind) = rest.split_at(end);
        // "log13(142)" has its base behind the name.
        let base = behind
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(behind.len());
        let (digits, argument) = behind.split_at(base);
        let is_log = first.is_ascii_alphabetic() && base > 0 && argument.starts_with('(');
        if let Some(before) = piece.strip_suffix("log").filter(|_| is_log) {
            letters(before, "", &mut out);
            out.push_str("\\log_{");
            out.push_str(digits);
            out.push('}');
            rest = argument;
            continue;
        }
        if first.is_ascii_alphabetic() {
            letters(piece, behind, &mut out);
        } else {
            out.push_str(piece);
        }
        rest = behind;
    }
    out
}

/// One run of letters, with what stands behind it.
fn letters(run: &str, behind: &str, out: &mut String) {
    let mut at = 0;
    while let Some(rest) = run.get(at..).filter(|rest| !rest.is_empty()) {
        let is_called = behind.trim_start().starts_with(['(', '^', '\\', '{', '[']);
        // "sin(", "sin x" and "sinx"; a longer rest is another word.
        let function = FUNCTIONS.iter().find(|name| {
            rest.strip_prefix(**name)
                .is_some_and(|arg| (arg.is_empty() && is_called) || (arg.len() == 1 && arg != "h"))
        });
        let word = WORDS.iter().find(|name| rest.starts_with(**name));
        let Some(name) = function.or(word) else {
            out.push_str(&rest[..1]);
            at += 1;
            continue;
        };
        out.push('\\');
        if *name == "log" && rest.len() == 4 && is_called {
            // "logb(x)" has its base behind the name.
            out.push_str("log_");
        } else {
            out.push_str(name);
            out.push(' ');
        }
        at += name.len();
    }
}

/// `cbrt(x)` is no LaTeX.
fn cube_roots(text: &str) -> String {
    let Some((before, behind)) = text.split_once("cbrt(") else {
        return text.to_string();
    };
    let bracket = &text[before.len() + "cbrt".len()..];
    match closing(bracket, '(', ')') {
        Some(end) => format!(
            "{before}\\sqrt[3]{{{}}}{}",
            cube_roots(&bracket[1..end]),
            cube_roots(&bracket[end + 1..])
        ),
        None => format!("{before}cbrt({behind}"),
    }
}

#[cfg(test)]
mod tests {
    use trellis_math::plain;

    use super::*;

    #[test]
    fn formulas_are_read_as_they_look() {
        for (raw, meant) in [
            ("$$216{xy}^3$$", "216*x*y^3"),
            ("$$\\left({ef}^2\\right)^2$$", "(e*f^2)^2"),
            ("$$4{y\\left(5x-2\\right)}^2$$", "4*y*(5*x - 2)^2"),
            ("$$\\frac{2}{{9\\left(x+1\\right)}^2}$$", "2/(9*(x + 1)^2)"),
            ("$${x+1}^2$$", "x + 1^2"),
            ("$$\\sqrt{xy}^2$$", "sqrt(x*y)^2"),
            ("$$-kln(4)$$", "-k*ln(4)"),
            ("$$2cos^2\\left(3x\\right)-1$$", "2*cos(3*x)^2 - 1"),
            ("$$cos(theta)$$", "cos(theta)"),
            ("$$2sin\\left(2pix\\right)$$", "2*sin(2*pi*x)"),
            ("$$cbrt(4-x)$$", "root(3, 4 - x)"),
            ("$$log13(142)=a$$", "log(142, 13) = a"),
            ("$$h$$ $$\\approx$$ $$3.88$$", "h = 3.88"),
            (
                "$$y$$ $$=$$ $$-24\\cos(\\frac{\\pi}{6$$} $$x)$$ + $$54$$",
                "y = -24*cos(pi/6*x) + 54",
            ),
            ("$$x^{2}$$", "x^2"),
        ] {
            let expr =
                whole(raw).unwrap_or_else(|| panic!("{raw} cannot be read: {}", mended(raw)));
            assert_eq!(plain::from_expr(&expr), meant, "{raw} as {}", mended(raw));
        }
    }

    #[test]
    fn what_is_typed_text_or_no_formula_is_left() {
        for raw in ["x**2", "up", "3/4", "$$\\frac{1$$", ""] {
            assert_eq!(whole(raw), None, "{raw}");
        }
    }

    #[test]
    fn angles_lose_their_sign() {
        for (raw, angle) in [
            ("72**{\\circ}", Some("72")),
            ("$122**\\circ$", Some("122")),
            ("$$-61.2^{\\circ}$$", Some("-61.2")),
            ("84°", Some("84")),
            ("x**{\\circ}", None),
            ("72", None),
        ] {
            assert_eq!(without_degrees(raw), angle, "{raw}");
        }
        assert_eq!(unwrapped("$$\\$13.7\\$$$"), "13.7");
        assert_eq!(unwrapped("$$x$$ $$y$$"), "$$x$$ $$y$$");
    }

    #[test]
    fn no_text_breaks_the_mending() {
        let bits = [
            "{", "}", "^", "log", "7", "(", ")", "cbrt(", "\\", "pi", "é", "sin", "$$", "x",
        ];
        let mut seed = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::from("\\");
            for _ in 0..9 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(bits[usize::try_from(seed >> 40).unwrap() % bits.len()]);
            }
            // Whatever comes out: it comes out.
            let _ = (whole(&text), without_degrees(&text), unwrapped(&text));
        }
    }
}
