//! Properties that hold for every text: no panic, well-formed output, nothing unescaped, no style.
use proptest::prelude::*;
use trellis_math::equivalence::{Comparison, compare};
use trellis_math::parse::{ReadOptions, latex, typed};
use trellis_math::tree::{DEPTH_LIMIT, HEIGHT_LIMIT};
use trellis_math::{mathml, plain, speech};

/// Tags that are closed in order, with the attributes that this crate may write and nothing else.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        assert_text(&rest[..start], xml);
        let end = rest[start..]
            .find('>')
            .unwrap_or_else(|| panic!("unclosed tag in {xml}"))
            + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{xml}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            name.starts_with('m') && name.bytes().all(|b| b.is_ascii_lowercase()),
            "{xml}"
        );
        for attribute in attributes.split_whitespace() {
            let (key, value) = attribute.split_once('=').unwrap_or_else(|| panic!("{xml}"));
            let known = [
                "class",
                "fence",
                "form",
                "stretchy",
                "accent",
                "accentunder",
                "linethickness",
                "width",
                "mathvariant",
                "display",
            ];
            assert!(known.contains(&key), "{key} in {xml}");
            let inner = value.trim_matches('"');
            assert!(
                value.len() >= 2
                    && inner
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)),
                "{xml}"
            );
        }
        open.push(name);
    }
    assert_text(rest, xml);
    assert!(open.is_empty(), "{xml}");
}

fn assert_text(text: &str, xml: &str) {
    assert!(!text.contains(['>', '"', '\'']), "{xml}");
    for (i, _) in text.match_indices('&') {
        let known = ["&lt;", "&gt;", "&amp;", "&quot;", "&#39;"];
        assert!(known.iter().any(|e| text[i..].starts_with(e)), "{xml}");
    }
    assert!(!text.chars().any(|c| c.is_control()), "control in {xml}");
}

fn latex_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\\frac",
        "{",
        "}",
        "\\sqrt",
        "[3]",
        "^",
        "_",
        "\\left(",
        "\\right)",
        "\\left|",
        "\\right.",
        "x",
        "12",
        "+",
        "-",
        "=",
        "\\text{<a>}",
        "\\operatorname{\"'&<script>}",
        "\\begin{bmatrix}",
        "\\end{bmatrix}",
        "&",
        "\\\\",
        "\\begin{cases}",
        "\\end{cases}",
        "\\overline",
        "\\hat",
        "<",
        ">",
        "\\alpha",
        "\\boxed",
        "\\cancel",
        "\\,",
        "'",
        "\\%",
        "\\mathrm",
        "\\mathbb{R}",
        "\\int",
        "\\not=",
        "\\color{red}",
        "|",
        "\\middle|",
        "\\binom",
        " ",
        "é",
        "\u{202e}",
        "\u{0}",
        "😀",
        "\\begin{array}{cc}",
        "\\end{array}",
        "\\xrightarrow",
        "\\pmod",
        "~",
        "\\log",
        "\\circ",
        "e",
        ".5",
        "1,000",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|v| v.concat())
}

fn answer_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "x", "y", "2", "3", "0", "1/2", "+", "-", "*", "/", "^", "(", ")", "sqrt(", "sin", "ln(",
        "e", "pi", "=", "<", ">=", ",", "{", "}", "[", "|", "!", "%", "$", " cm", " m/s", "°", "±",
        " or ", " and ", ".5", "10", "²", "½", "_1", "log_2", " ", "inf", "e5", "(3)", "floor(",
        "max(", "U", "abs", "root(", "99999999",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = latex(&text);
        if let Ok(xml) = mathml::from_latex(&text) { assert_well_formed(&xml); }
        if let Err(e) = typed(&text, &ReadOptions::default()) {
            prop_assert!(e.at.start <= e.at.end && e.at.end <= text.len().max(e.at.start));
        }
    }

    #[test]
    fn latex_becomes_well_formed_markup(text in latex_like()) {
        if let Ok(xml) = mathml::from_latex(&text) { assert_well_formed(&xml); }
        let _ = (speech::from_latex(&text), plain::from_latex(&text));
        match latex(&text) {
            Ok(expr) => {
                prop_assert!(expr.height() <= HEIGHT_LIMIT);
                assert_well_formed(&mathml::from_expr(&expr));
            }
            Err(e) => prop_assert!(text.get(e.at.start..e.at.end).is_some(), "{:?} in {}", e, text),
        }
    }

    #[test]
    fn answers_are_shown_and_compared_without_panic(a in answer_like(), b in answer_like()) {
        let options = ReadOptions::default();
        for text in [&a, &b] {
            match typed(text, &options) {
                Ok(expr) => {
                    assert_well_formed(&mathml::from_expr(&expr));
                    let _ = speech::from_expr(&expr);
                }
                Err(e) => prop_assert!(text.get(e.at.start..e.at.end).is_some(), "{:?} in {}", e, text),
            }
        }
        if let (Ok(x), Ok(y)) = (typed(&a, &options), typed(&b, &options)) {
            for rule in [Comparison::EqualValue, Comparison::SameSolutions, Comparison::Set, Comparison::OrderedTuple, Comparison::SignificantFigures(3),
                Comparison::Quantity { unit_required: false, tolerance: None }] {
                let _ = compare(&x, &y, &rule);
                prop_assert!(!compare(&x, &x, &rule).is_different() || matches!(rule, Comparison::SameSolutions | Comparison::SignificantFigures(_)), "{a} differs from itself by {rule:?}");
            }
        }
    }

    #[test]
    fn plain_text_reads_back_to_the_same_value(a in answer_like()) {
        let options = ReadOptions::default();
        if let Ok(expr) = typed(&a, &options) {
            let text = plain::from_expr(&expr);
            let again = typed(&text, &ReadOptions { letter_units: true, ..options });
            if !a.contains(['m', '$', '°', 'c', 'e', ',', '|']) {
                let again = again.unwrap_or_else(|e| panic!("{a} -> {text}: {e:?}"));
                prop_assert!(!compare(&again, &expr, &Comparison::EqualValue).is_different(), "{a} -> {text}");
            }
        }
    }
}

#[test]
fn the_deepest_accepted_text_is_dropped_and_shown() {
    let n = DEPTH_LIMIT - 2;
    let text = format!("{}x{}", "(1+".repeat(n), ")".repeat(n));
    let expr = typed(&text, &ReadOptions::default()).expect("within the limit");
    assert_well_formed(&mathml::from_expr(&expr));
    assert!(compare(&expr, &expr, &Comparison::EqualValue).is_equal());
}

#[test]
fn many_roots_inside_each_other_are_compared_without_panic() {
    let options = ReadOptions::default();
    for n in 1..DEPTH_LIMIT - 1 {
        for inner in ["2+1", "3x", "2^(99999)", "5^(1/3)"] {
            let text = format!("{}({inner})", "√".repeat(n));
            let Ok(expr) = typed(&text, &options) else {
                continue;
            };
            let twice = typed(&format!("({text})^2"), &options);
            if let Ok(twice) = twice {
                assert!(
                    !compare(&twice, &expr, &Comparison::EqualValue).is_equal(),
                    "{text}"
                );
            }
            let key = typed("1", &options).expect("a number");
            assert!(
                !compare(&expr, &key, &Comparison::EqualValue).is_equal(),
                "{text}"
            );
        }
    }
}
