//! LaTeX to MathML beside other typesetters: math-core, pulldown-latex and latex2mathml from Rust, KaTeX from Node.
//! Trees are compared without what differs by taste: spacing, rows, attributes, lookalike signs.
#![allow(
    clippy::print_stdout,
    reason = "a test says what it measured or why it skipped"
)]

use crate::oracles::{asked, is_there, script};
use crate::{corpus, oracles};
use std::collections::BTreeSet;
use std::process::Command;
use trellis_math::mathml;

/// Fragments to compare when the pool is not there.
const FRAGMENTS: &[&str] = &[
    r"\frac{-\sqrt{15}}{4}",
    r"\left(8a+5\right)\left(a-1\right)",
    r"x^{\frac{4}{3}}",
    r"\sqrt[3]{x^2+y_1}",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
    r"\sum_{i=1}^{n} i^2",
    r"\int_0^1 x\,dx",
    r"y=\frac{1}{2}\left(x+2\right)^2-3",
    r"a\leq b",
    r"\alpha+\beta",
    r"\hat{p}",
    r"\text{if } x>0",
];

enum Piece<'t> {
    Open(&'t str),
    Close(&'t str),
    Text(&'t str),
}

fn pieces(xml: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        out.push(Piece::Text(&rest[..start]));
        let end = rest[start..].find('>').map_or(rest.len(), |e| start + e);
        let tag = &rest[start + 1..end];
        rest = rest.get(end + 1..).unwrap_or("");
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n'])
            .next()
            .unwrap_or("");
        if tag.starts_with('/') {
            out.push(Piece::Close(name));
        } else {
            out.push(Piece::Open(name));
            if tag.ends_with('/') {
                out.push(Piece::Close(name));
            }
        }
    }
    out.push(Piece::Text(rest));
    out
}

/// The tree as a line: scripts, fractions, roots and tables with their parts in braces, all else as its text.
fn normal(xml: &str) -> String {
    let mut stack: Vec<(String, Vec<String>)> = vec![(String::new(), Vec::new())];
    let mut hidden = 0_usize;
    for piece in pieces(xml) {
        match piece {
            Piece::Open("annotation") => hidden += 1,
            Piece::Close("annotation") => hidden -= 1,
            _ if hidden > 0 => {}
            Piece::Open(name) => stack.push((name.to_string(), Vec::new())),
            Piece::Text(text) => {
                if let Some((_, parts)) = stack.last_mut() {
                    let text = plain_text(text);
                    if !text.is_empty() {
                        parts.push(text);
                    }
                }
            }
            Piece::Close(_) => {
                let Some((name, parts)) = stack.pop() else {
                    continue;
                };
                let written = closed(&name, &parts);
                if let Some((_, above)) = stack.last_mut() {
                    above.push(written);
                }
            }
        }
    }
    stack
        .pop()
        .map_or_else(String::new, |(_, parts)| parts.concat())
}

fn closed(name: &str, parts: &[String]) -> String {
    let braced = |word: &str| {
        format!(
            "{word}{}",
            parts.iter().map(|p| format!("{{{p}}}")).collect::<String>()
        )
    };
    match name {
        "mspace" | "mphantom" => String::new(),
        "mfrac" => braced("frac"),
        // A root's radicand is one row, however many pieces it has.
        "msqrt" => format!("sqrt{{{}}}", parts.concat()),
        "mroot" => braced("root"),
        "msub" | "munder" => braced("_"),
        "msup" | "mover" => braced("^"),
        "msubsup" | "munderover" => braced("_^"),
        "mtable" => braced("table"),
        "mtr" | "mlabeledtr" => braced("row"),
        _ => parts.concat(),
    }
}

/// Text with entities read, lookalikes joined and spaces dropped.
fn plain_text(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '&'
            && let Some(end) = rest.find(';')
        {
            let name = &rest[1..end];
            let number = name
                .strip_prefix('#')
                .and_then(|n| match n.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => n.parse().ok(),
                });
            let sign = number.and_then(char::from_u32).or(match name {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                "nbsp" => Some(' '),
                _ => None,
            });
            out.extend(sign.map(lookalike).unwrap_or_default());
            rest = &rest[end + 1..];
            continue;
        }
        out.extend(lookalike(c));
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn lookalike(c: char) -> Option<char> {
    Some(match c {
        c if c.is_whitespace() => return None,
        '\u{200b}'..='\u{200f}'
        | '\u{2061}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => return None,
        '-' => '−',
        '*' | '∗' => '∗',
        '′' | '\'' | '’' => '′',
        '·' | '⋅' => '⋅',
        '∣' => '|',
        '⟨' | '〈' => '⟨',
        '⟩' | '〉' => '⟩',
        '‾' | '¯' | 'ˉ' | '―' | '_' => '¯',
        '^' | 'ˆ' => '^',
        '→' | '⃗' => '→',
        '˜' | '~' => '~',
        'ϵ' | 'ε' => 'ε',
        'ϕ' | 'φ' => 'φ',
        '∅' | '⌀' => '∅',
        '\u{2044}' => '/',
        '△' | '▵' => '△',
        '…' | '⋯' => '…',
        '∘' | '°' | '˚' => '∘',
        c => styled(c).unwrap_or(c),
    })
}

/// The plain letter of a mathematical bold, italic or upright one.
fn styled(c: char) -> Option<char> {
    let code = u32::from(c);
    let place = code.checked_sub(0x1D400).filter(|p| *p < 0x2A4)?;
    let letter = place % 52;
    let base = if letter < 26 {
        u32::from('A') + letter
    } else {
        u32::from('a') + letter - 26
    };
    char::from_u32(base)
}

struct Beside {
    name: &'static str,
    alike: usize,
    refused: usize,
    apart: Vec<String>,
}

impl Beside {
    fn of(
        name: &'static str,
        fragments: &[&str],
        theirs: impl Fn(usize, &str) -> Option<String>,
    ) -> Self {
        let mut out = Self {
            name,
            alike: 0,
            refused: 0,
            apart: Vec::new(),
        };
        for (i, text) in fragments.iter().enumerate() {
            let Ok(ours) = mathml::from_latex(text) else {
                continue;
            };
            let Some(other) = theirs(i, text) else {
                out.refused += 1;
                continue;
            };
            let (a, b) = (normal(&ours), normal(&other));
            if a == b {
                out.alike += 1;
            } else {
                out.apart
                    .push(format!("{text}\n    ours   {a}\n    theirs {b}"));
            }
        }
        out
    }

    /// Prints the shares; of a whole pool, at least this many of a thousand must be alike.
    fn held(&self, least: usize) {
        let both = self.alike + self.apart.len();
        let least = if both < 1_000 { 700 } else { least };
        println!(
            "{}: {} of {both} trees alike, {} refused by it",
            self.name, self.alike, self.refused
        );
        let show = crate::rewriting::from_env("TRELLIS_SHOW", 2);
        for story in self.apart.iter().take(usize::try_from(show).unwrap_or(2)) {
            println!("  {story}");
        }
        assert!(
            self.alike * 1_000 >= both * least,
            "{}: {} of {both}",
            self.name,
            self.alike
        );
    }
}

/// The pool's fragments, every eighth unless `TRELLIS_STEP` says otherwise, or the few above.
fn fragments() -> Vec<String> {
    let (texts, _) = corpus::fragments_and_keys().unwrap_or_else(|| {
        let few = FRAGMENTS.iter().map(ToString::to_string).collect();
        (few, BTreeSet::new())
    });
    let step = if texts.len() > 1_000 {
        oracles::step()
    } else {
        1
    };
    texts
        .into_iter()
        .filter(|t| !t.contains('\n'))
        .step_by(step)
        .collect()
}

#[test]
fn math_core_draws_the_same() {
    let texts = fragments();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let converter =
        math_core::LatexToMathML::new(math_core::MathCoreConfig::default()).expect("a converter");
    let beside = Beside::of("math-core", &texts, |_, text| {
        let result = converter.convert_with_local_state(text, math_core::MathDisplay::Inline);
        result.ok().map(|r| r.mathml)
    });
    beside.held(995);
}

#[test]
fn pulldown_latex_draws_the_same() {
    let texts = fragments();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let beside = Beside::of("pulldown-latex", &texts, |_, text| {
        let storage = pulldown_latex::Storage::new();
        let events: Result<Vec<_>, _> = pulldown_latex::Parser::new(text, &storage).collect();
        let mut out = String::new();
        let events = events
            .ok()?
            .into_iter()
            .map(Ok::<_, pulldown_latex::ParserError>);
        pulldown_latex::push_mathml(&mut out, events, pulldown_latex::RenderConfig::default())
            .ok()?;
        Some(out)
    });
    beside.held(970);
}

#[test]
fn latex2mathml_draws_the_same() {
    let texts = fragments();
    // It recurses without a limit: long texts would end the test.
    let texts: Vec<&str> = texts
        .iter()
        .map(String::as_str)
        .filter(|t| t.len() < 400)
        .collect();
    let beside = Beside::of("latex2mathml", &texts, |_, text| {
        let xml = latex2mathml::latex_to_mathml(text, latex2mathml::DisplayStyle::Inline).ok()?;
        // An unknown command becomes a text instead of a refusal.
        (!xml.contains("PARSE ERROR")).then_some(xml)
    });
    beside.held(980);
}

#[test]
fn katex_draws_the_same() {
    if !script("node_modules/katex").exists() || !is_there("node", &["--version"]) {
        println!("skipped: KaTeX is not installed; `npm ci` in tests/oracles does it");
        return;
    }
    let texts = fragments();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let lines: String = texts
        .iter()
        .map(|t| format!("{}\n", serde_json::json!(t)))
        .collect();
    let answers = asked(Command::new("node").arg(script("katex.mjs")), lines);
    let answers: Vec<Option<String>> = answers
        .lines()
        .map(|l| serde_json::from_str(l).expect("a JSON text"))
        .collect();
    assert_eq!(answers.len(), texts.len(), "KaTeX answers each fragment");
    let beside = Beside::of("KaTeX", &texts, |i, _| answers[i].clone());
    beside.held(990);
}
