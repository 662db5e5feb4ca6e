//! What people type and what it is read as.
use trellis_math::parse::{ReadOptions, latex, typed};
use trellis_math::{mathml, plain, speech};

#[test]
fn look() {
    for text in [
        "8/3",
        "2 2/3",
        "2.5",
        "250%",
        "1,000",
        "\\$5",
        "−3",
        "½",
        "3x+1",
        "1.5e3",
        "sqrt(2)/2",
        "x>=3",
        "(2, -5)",
        "{1,2}",
        "5 cm",
        "sin^2 x + cos x",
        "2x^2y",
        "-x^2",
        "|x-1|",
        "x₁²",
        "3 ft 2 in",
        "[2,5)",
        "x=1 or x=2",
        "0.1(6)",
        "9.8 m/s^2",
        "log_2(8)",
        "1/2x",
        "2sinx",
        "2 +",
        "(1",
        "x^^2",
        "±2",
        "12 km/h",
    ] {
        match typed(text, &ReadOptions::default()) {
            Ok(e) => println!(
                "{text} => {} | {} | {}",
                plain::from_expr(&e),
                speech::from_expr(&e),
                mathml::from_expr(&e)
            ),
            Err(e) => println!("{text} => {e:?}"),
        }
    }
    for text in [
        "\\frac{8}{3}",
        "2\\frac{2}{3}",
        "\\sqrt[3]{x}",
        "x^{2}_1",
        "\\left(2,-5\\right)",
        "0.\\overline{3}",
        "5\\text{ cm}",
        "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}",
        "cos\\left(6x\\right)",
        "30^\\circ",
        "\\log_{2}{8}",
        "\\left|x\\right|",
        "8\\times{10}^4",
        "\\boxed{x}",
        "\\int_0^1 x dx",
        "a<b",
    ] {
        println!(
            "{text} => {:?} {:?} {:?} | {:?}",
            latex(text).map(|e| plain::from_expr(&e)),
            plain::from_latex(text),
            speech::from_latex(text),
            mathml::from_latex(text)
        );
    }
}
