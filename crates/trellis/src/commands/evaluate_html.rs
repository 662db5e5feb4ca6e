//! The report of `trellis evaluate` as one HTML file: tables, and a reliability plot a model.

use std::fmt::Write as _;

use trellis_stats::metrics::Bin;

use super::evaluate_report::{Whole, text};

/// A text with what HTML keeps for itself written out.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n<title>Learner models compared</title>\n<style>\n\
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1f2a24}\n\
pre{overflow-x:auto;background:#f4f6f3;padding:1rem}\ntable{border-collapse:collapse}\n\
td,th{padding:.1rem .6rem;text-align:right;border-bottom:1px solid #d5ddd6}\n\
section{display:inline-block;vertical-align:top;margin:0 2rem 2rem 0}\n</style>\n</head>\n<body>\n";

/// The whole page.
pub(crate) fn page(whole: &Whole<'_>) -> String {
    let mut out = String::from(HEAD);
    let name = escaped(&whole.answers.name);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<h1>Learner models on {name}</h1>");
    let mut plain = Vec::new();
    let _ = text(&mut plain, whole);
    let plain = String::from_utf8_lossy(&plain).into_owned();
    let _ = writeln!(out, "<pre>{}</pre>", escaped(&plain));
    let _ = writeln!(
        out,
        "<h2>Reliability</h2>\n<p>Each dot is a bin of predictions: how high they were, and which share was right. \
         On the line they agree. The area of a dot is its number of answers.</p>"
    );
    for report in whole.reports {
        let title = report.subject.name();
        let _ = writeln!(
            out,
            "<section><h3>{title}</h3>\n{}",
            plot(title, &report.bins)
        );
        table(&mut out, &report.bins);
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Bins with answers: mean prediction, share right, count.
fn points(bins: &[Bin; 20]) -> impl Iterator<Item = (f64, f64, usize)> {
    bins.iter().filter(|bin| bin.count > 0).map(|bin| {
        #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
        let count = bin.count as f64;
        (bin.predicted / count, bin.right / count, bin.count)
    })
}

fn plot(title: &str, bins: &[Bin; 20]) -> String {
    let mut out = format!(
        "<svg viewBox=\"-30 -10 350 340\" width=\"350\" height=\"340\" role=\"img\" \
         aria-label=\"Reliability of {title}\">\n\
         <rect width=\"300\" height=\"300\" fill=\"#f4f6f3\"/>\n\
         <line x1=\"0\" y1=\"300\" x2=\"300\" y2=\"0\" stroke=\"#9aa79d\"/>\n"
    );
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1);
    for (predicted, right, count) in points(bins) {
        #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
        let radius = 2.0 + 8.0 * (count as f64 / most as f64).sqrt();
        let _ = writeln!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"#2f6f4f\" fill-opacity=\"0.75\"/>",
            300.0 * predicted,
            300.0 - 300.0 * right
        );
    }
    for tick in [0.0, 0.5, 1.0] {
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"318\" font-size=\"12\" text-anchor=\"middle\">{tick}</text>\
             <text x=\"-6\" y=\"{}\" font-size=\"12\" text-anchor=\"end\">{tick}</text>",
            300.0 * tick,
            304.0 - 300.0 * tick
        );
    }
    out.push_str("</svg>\n");
    out
}

fn table(out: &mut String, bins: &[Bin; 20]) {
    out.push_str("<table><tr><th>predicted</th><th>right</th><th>answers</th></tr>\n");
    for (predicted, right, count) in points(bins) {
        let _ = writeln!(
            out,
            "<tr><td>{predicted:.3}</td><td>{right:.3}</td><td>{count}</td></tr>"
        );
    }
    out.push_str("</table>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_file_becomes_markup() {
        assert_eq!(escaped("<b>&\"x\""), "&lt;b&gt;&amp;&quot;x&quot;");
        let mut bins = [Bin::default(); 20];
        bins[10] = Bin {
            count: 4,
            predicted: 2.1,
            right: 2.0,
        };
        let plot = plot("x", &bins);
        assert!(
            plot.contains("cx=\"157.5\" cy=\"150.0\" r=\"10.0\""),
            "{plot}"
        );
    }
}
