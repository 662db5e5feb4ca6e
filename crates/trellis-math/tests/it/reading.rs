//! What people type and what it is read as: text in, text out.
use trellis_math::parse::{DecimalMark, Problem, ReadOptions, latex, typed};
use trellis_math::tree::{ExprKind, Notation};
use trellis_math::{mathml, plain, speech};

fn lines(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .filter_map(|l| l.split_once("  =>  "))
}

#[test]
fn typed_answers() {
    let options = ReadOptions::default();
    for (text, want) in lines(TYPED) {
        let got = match typed(text, &options) {
            Ok(expr) => plain::from_expr(&expr),
            Err(e) => format!("{:?} at {}..{}", e.problem, e.at.start, e.at.end),
        };
        assert_eq!(got, want, "{text}");
    }
}

const TYPED: &str = "
    8/3  =>  8/3
    2 2/3  =>  2 2/3
    2½  =>  2 1/2
    2.50  =>  2.50
    250%  =>  250%
    1,000  =>  1000
    1,234,567.5  =>  1234567.5
    \\$5  =>  $5
    $1,000.50  =>  $1000.50
    −3  =>  -3
    ½  =>  1/2
    3x+1  =>  3*x + 1
    1.5e3  =>  1500
    2e  =>  2*e
    sqrt(2)/2  =>  sqrt(2)/2
    √2/2  =>  sqrt(2)/2
    x>=3  =>  x ≥ 3
    x ≤ 3  =>  x ≤ 3
    1<x<=3  =>  1 < x ≤ 3
    (2, -5)  =>  (2, -5)
    {1,2}  =>  {1, 2}
    [2,5)  =>  [2, 5)
    (-inf, 3)  =>  (-inf, 3)
    5 cm  =>  5 cm
    9.8 m/s^2  =>  9.8 m/s^2
    60 km/h  =>  60 km/h
    3 ft 2 in  =>  3 ft + 2 in
    sin^2 x + cos x  =>  sin(x)^2 + cos(x)
    sin^-1(x)  =>  arcsin(x)
    2sinx  =>  2*sin(x)
    sin x cos x  =>  sin(x)*cos(x)
    log_2(8)  =>  log(8, 2)
    2x^2y  =>  2*x^2*y
    -x^2  =>  -x^2
    2^-1  =>  2^(-1)
    2^3^2  =>  2^(3^2)
    x²  =>  x^2
    10⁻³  =>  10^(-3)
    x₁ + x_2  =>  x_1 + x_2
    |x-1|  =>  abs(x - 1)
    2|x|  =>  2*abs(x)
    x=1 or x=2  =>  x = 1 or x = 2
    x = ±2  =>  x = ±2
    0.1(6)  =>  1/6
    6!  =>  6!
    2pir  =>  2*pi*r
    30°  =>  30°
    no solution  =>  {}
    ٣+٤  =>  3 + 4
    (x+1)(x-1)  =>  (x + 1)*(x - 1)
    x(x+1)2  =>  x*(x + 1)*2
    3 × 4 ÷ 6  =>  (3*4)/6
    2 +  =>  EndedEarly at 3..3
    (1  =>  Unbalanced at 0..1
    1)  =>  Unbalanced at 1..2
    x^^2  =>  ValueExpected at 2..3
    1.2.3  =>  BadNumber at 0..4
    2 3  =>  Leftover at 2..3
    2 1/0  =>  BadNumber at 4..5
    x ? y  =>  UnknownSign at 2..3
    |x  =>  Unbalanced at 2..2
    sin()  =>  Unbalanced at 4..5
    (1,2}  =>  Unbalanced at 0..5
";

#[test]
fn latex_to_the_tree() {
    for (text, want) in lines(LATEX) {
        let got = match latex(text) {
            Ok(expr) => plain::from_expr(&expr),
            Err(e) => format!("{:?} at {}..{}", e.problem, e.at.start, e.at.end),
        };
        assert_eq!(got, want, "{text}");
    }
}

const LATEX: &str = r"
    \frac{8}{3}  =>  8/3
    2\frac{2}{3}  =>  2 2/3
    \sqrt[3]{x}  =>  root(3, x)
    \left(2,-5\right)  =>  (2, -5)
    0.\overline{3}  =>  1/3
    1{,}000  =>  1000
    5\text{ cm}  =>  5 cm
    5\mathrm{cm}  =>  5 cm
    \begin{bmatrix}1&2\\3&4\end{bmatrix}  =>  [1, 2; 3, 4]
    cos\left(6x\right)  =>  cos(6*x)
    30^\circ  =>  30°
    \log_{2}{8}  =>  log(8, 2)
    \left|x\right|  =>  abs(x)
    8\times{10}^4  =>  8*10^4
    x_{max}^2  =>  x_max^2
    \left(-\infty,3\right]\cup\left[5,\infty\right)  =>  (-inf, 3] or [5, inf)
    x\leq 3  =>  x ≤ 3
    \$5  =>  $5
    25\%  =>  25%
    \frac{1}{  =>  Unbalanced at 8..9
    \foo  =>  UnknownCommand at 0..4
    \int_0^1 x dx  =>  NotMathematics at 5..6
    x^2^3  =>  Leftover at 3..4
    \left(x  =>  Unbalanced at 0..5
";

/// The minus of a number stands close to it; a renderer sets the minus of a difference apart.
#[test]
fn a_minus_knows_what_it_belongs_to() {
    let minus = "<mo form=\"prefix\">−</mo>";
    for (text, close) in [
        (r"x=-5", 1),
        (r"(-11)", 1),
        (r"|-y|-2", 1),
        (r"3-2", 0),
        (r"|x|-2", 0),
        (r"-1\times -2", 1),
        (r"5%-2", 0),
    ] {
        let shown = mathml::from_latex(text).unwrap();
        assert_eq!(shown.matches(minus).count(), close, "{text}: {shown}");
    }
}

#[test]
fn shown_spoken_and_written() {
    let math = |inner: &str| format!("<math>{inner}</math>");
    let cases = [
        (
            r"\frac{2}{3}",
            math("<mfrac><mn>2</mn><mn>3</mn></mfrac>"),
            "2 thirds",
            "2/3",
        ),
        (
            r"x^2+1",
            math("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mn>1</mn>"),
            "x squared plus 1",
            "x^2 + 1",
        ),
        (
            r"a<b",
            math("<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
            "a is less than b",
            "a < b",
        ),
        (
            r"\boxed{5}",
            math("<mrow class=\"math-boxed\"><mn>5</mn></mrow>"),
            "5",
            "5",
        ),
        (
            r"\text{<b>&}",
            math("<mtext>&lt;b&gt;&amp;</mtext>"),
            "<b>&",
            "<b>&",
        ),
        (
            r"\operatorname{<img src=x onerror=alert(1)>}",
            math("<mi>&lt;img src=x onerror=alert(1)&gt;</mi>"),
            "<img src=x onerror=alert(1)>",
            "<img src=x onerror=alert(1)>",
        ),
        (
            r"2\frac{1}{2}",
            math("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>"),
            "2 and 1 half",
            "2 1/2",
        ),
        (
            r"\sqrt{x+1}",
            math("<msqrt><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></msqrt>"),
            "the square root of x plus 1, end root",
            "√(x + 1)",
        ),
        (r"-5", math("<mo>−</mo><mn>5</mn>"), "negative 5", "−5"),
        (
            r"\lim_{x\to 0}x",
            math(
                "<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>x</mi>",
            ),
            "the limit as x goes to 0 x",
            "lim_(x → 0)x",
        ),
    ];
    for (text, element, words, line) in cases {
        assert_eq!(
            mathml::from_latex(text).as_deref(),
            Ok(element.as_str()),
            "{text}"
        );
        assert_eq!(speech::from_latex(text).as_deref(), Ok(words), "{text}");
        assert_eq!(plain::from_latex(text).as_deref(), Ok(line), "{text}");
    }
}

#[test]
fn a_comma_can_be_the_decimal_mark() {
    let options = ReadOptions {
        decimal_mark: DecimalMark::Comma,
        ..ReadOptions::default()
    };
    for (text, want) in [
        ("2,5", "2.5"),
        ("1.000", "1000"),
        ("1.000,5", "1000.5"),
        ("2.5", "2.5"),
        ("(1,5; 2)", "(1.5, 2)"),
    ] {
        let read = typed(text, &options).map(|e| plain::from_expr(&e));
        assert_eq!(read.as_deref(), Ok(want), "{text}");
    }
}

#[test]
fn written_digits_are_kept() {
    let ExprKind::Number(n) = typed("0.0250", &ReadOptions::default())
        .expect("a number")
        .kind
    else {
        panic!()
    };
    assert_eq!(
        n.notation,
        Notation::Decimal {
            places: 4,
            figures: 3
        }
    );
}

#[test]
fn limits_are_refusals() {
    let options = ReadOptions::default();
    let deep = |open: &str, close: &str| format!("{}x{}", open.repeat(300), close.repeat(300));
    for text in [
        deep("(", ")"),
        deep("-", ""),
        deep("sqrt ", ""),
        deep("2^", ""),
        deep("|1+", "|"),
        "x/".repeat(1_000) + "x",
    ] {
        assert_eq!(
            typed(&text, &options).map_err(|e| e.problem),
            Err(Problem::TooDeep),
            "{}",
            &text[..9]
        );
    }
    assert_eq!(
        typed(&"1+".repeat(3_000), &options).map_err(|e| e.problem),
        Err(Problem::TooLong)
    );
    for text in [
        deep("{", "}"),
        deep("\\frac{1}{", "}"),
        deep("\\sqrt{", "}"),
        deep("x^{", "}"),
        deep("\\left(", "\\right)"),
    ] {
        assert_eq!(
            mathml::from_latex(&text).map_err(|e| e.problem),
            Err(Problem::TooDeep),
            "{}",
            &text[..7]
        );
    }
    assert!(typed("1+".repeat(1_500).trim_end_matches('+'), &options).is_ok());
}
