//! MathML to LaTeX, as far as school mathematics goes.

use super::MATHML;
use crate::xml::{Element, Node};

/// Signs that LaTeX writes with a name.
const SIGNS: [(&str, &str); 38] = [
    ("×", "\\times "),
    ("÷", "\\div "),
    ("⋅", "\\cdot "),
    ("·", "\\cdot "),
    ("−", "-"),
    ("±", "\\pm "),
    ("≤", "\\le "),
    ("≥", "\\ge "),
    ("≠", "\\ne "),
    ("≈", "\\approx "),
    ("∞", "\\infty "),
    ("π", "\\pi "),
    ("α", "\\alpha "),
    ("β", "\\beta "),
    ("γ", "\\gamma "),
    ("θ", "\\theta "),
    ("λ", "\\lambda "),
    ("μ", "\\mu "),
    ("σ", "\\sigma "),
    ("φ", "\\phi "),
    ("ω", "\\omega "),
    ("Δ", "\\Delta "),
    ("Σ", "\\Sigma "),
    ("Ω", "\\Omega "),
    ("→", "\\to "),
    ("∑", "\\sum "),
    ("∫", "\\int "),
    ("∏", "\\prod "),
    ("∈", "\\in "),
    ("∪", "\\cup "),
    ("∩", "\\cap "),
    ("°", "^{\\circ}"),
    ("{", "\\{"),
    ("}", "\\}"),
    ("%", "\\%"),
    ("$", "\\$"),
    ("&", "\\&"),
    ("#", "\\#"),
];
/// Functions that LaTeX writes with a name.
const FUNCTIONS: [&str; 11] = [
    "sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min", "gcd", "sec",
];

/// The LaTeX of a `math` element. `held` gives what stands for a name that a template draws. A LaTeX annotation wins.
#[must_use]
pub fn latex(math: &Element, held: &dyn Fn(&str) -> Option<String>) -> String {
    let mut annotation = None;
    math.visit(&mut |element| {
        let encoding = element.get("encoding").unwrap_or("").to_ascii_lowercase();
        if element.name == "annotation" && encoding == "application/x-tex" {
            annotation = Some(element.whole_text());
        }
    });
    if let Some(annotation) = annotation.filter(|text| !text.trim().is_empty()) {
        return annotation.trim().to_string();
    }
    let mut out = String::new();
    row(&mut out, math, held);
    out.trim().to_string()
}

fn row(out: &mut String, element: &Element, held: &dyn Fn(&str) -> Option<String>) {
    for node in &element.children {
        match node {
            Node::Element(child) => one(out, child, held),
            Node::Text(text) => {
                if element.space != MATHML {
                    signs(out, text.trim());
                }
            }
        }
    }
}

fn group(element: Option<&Element>, held: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    if let Some(element) = element {
        one(&mut out, element, held);
    }
    format!("{{{}}}", out.trim())
}

fn one(out: &mut String, element: &Element, held: &dyn Fn(&str) -> Option<String>) {
    let parts: Vec<&Element> = element.elements().collect();
    let part = |place: usize| group(parts.get(place).copied(), held);
    match element.name.as_str() {
        "mi" | "mn" | "mo" => {
            let text = element.whole_text();
            let text = text.trim();
            match held(text).filter(|_| element.name == "mi") {
                Some(value) => out.push_str(&value),
                None if FUNCTIONS.contains(&text) => {
                    out.push('\\');
                    out.push_str(text);
                    out.push(' ');
                }
                None if element.name == "mi" && text.chars().count() > 1 && text.is_ascii() => {
                    out.push_str("\\mathrm{");
                    signs(out, text);
                    out.push('}');
                }
                None => signs(out, text),
            }
        }
        "mtext" | "ms" => {
            out.push_str("\\text{");
            signs(out, element.whole_text().trim_matches('\n'));
            out.push('}');
        }
        "mfrac" => out.push_str(&format!("\\frac{}{}", part(0), part(1))),
        "msqrt" => {
            let mut inside = String::new();
            row(&mut inside, element, held);
            out.push_str(&format!("\\sqrt{{{}}}", inside.trim()));
        }
        "mroot" => {
            let index = part(1);
            let index = index.trim_start_matches('{').trim_end_matches('}');
            out.push_str(&format!("\\sqrt[{index}]{}", part(0)));
        }
        "msup" | "mover" => out.push_str(&format!("{}^{}", part(0), part(1))),
        "msub" | "munder" => out.push_str(&format!("{}_{}", part(0), part(1))),
        "msubsup" | "munderover" => out.push_str(&format!("{}_{}^{}", part(0), part(1), part(2))),
        "mfenced" => {
            let fence = |name: &str, usual: &str| element.get(name).unwrap_or(usual).to_string();
            let inside: Vec<String> = parts
                .iter()
                .map(|child| {
                    let mut text = String::new();
                    one(&mut text, child, held);
                    text
                })
                .collect();
            signs(out, &fence("open", "("));
            out.push_str(&inside.join(","));
            signs(out, &fence("close", ")"));
        }
        "mtable" => table(out, &parts, held),
        "mspace" => out.push(' '),
        "annotation" | "annotation-xml" | "mphantom" => {}
        _ => row(out, element, held),
    }
}

fn table(out: &mut String, rows: &[&Element], held: &dyn Fn(&str) -> Option<String>) {
    out.push_str("\\begin{aligned}");
    for (place, line) in rows.iter().enumerate() {
        if place > 0 {
            out.push_str(" \\\\ ");
        }
        for (place, cell) in line.elements().enumerate() {
            if place > 0 {
                out.push_str(" & ");
            }
            row(out, cell, held);
        }
    }
    out.push_str("\\end{aligned}");
}

fn signs(out: &mut String, text: &str) {
    for c in text.chars() {
        let mut buffer = [0; 4];
        let letter: &str = c.encode_utf8(&mut buffer);
        match SIGNS.iter().find(|(sign, _)| *sign == letter) {
            Some((_, name)) => out.push_str(name),
            None if c == '\\' => out.push_str("\\backslash "),
            // Signs that say "times" or "applied to" without a mark.
            None if ('\u{2061}'..='\u{2064}').contains(&c) => {}
            None if c.is_control() => out.push(' '),
            None => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::parse;

    #[test]
    fn school_mathematics_becomes_latex() {
        for (inside, expected) in [
            (
                "<mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mn>2</mn></mrow></mfrac>",
                "\\frac{1}{x+2}",
            ),
            (
                "<msup><mi>e</mi><mn>2</mn></msup><mo>×</mo><msqrt><mn>3</mn></msqrt>",
                "{e}^{2}\\times \\sqrt{3}",
            ),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>", "\\sqrt[3]{x}"),
            ("<mi>sin</mi><mfenced><mi>a</mi></mfenced>", "\\sin (7)"),
            ("<mtext>if &amp; only</mtext>", "\\text{if \\& only}"),
            (
                "<semantics><mi>y</mi><annotation encoding='application/x-tex'>y_1</annotation></semantics>",
                "y_1",
            ),
        ] {
            let math = parse(&format!("<math xmlns='{MATHML}'>{inside}</math>")).unwrap();
            let held = |name: &str| (name == "a").then(|| "7".to_string());
            assert_eq!(latex(&math, &held), expected);
        }
    }
}
