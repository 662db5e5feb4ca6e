//! Charts as SVG: bars and lines against an axis with round numbers.

use std::fmt::Write as _;

use trellis_core::item::{BarChart, LineChart, Number};

use super::svg::{Picture, WIDTH, dot, rect, stroke, text};
use crate::markup::plain;
use crate::words::Words;

/// The plot's edges, in units of which a figure is 640 wide.
const LEFT: f64 = 74.0;
const RIGHT: f64 = WIDTH - 14.0;
const HIGH: f64 = 250.0;
/// The width of a letter of a label.
const LETTER: f64 = 8.6;

/// Round numbers from 0 to at least `most`: their distance, how many steps, and how many decimals they need.
fn ticks(most: f64) -> (f64, u32, usize) {
    let most = if most > 0.0 { most } else { 1.0 };
    let mut unit = 1.0;
    let mut decimals = 0;
    while unit * 10.0 <= most {
        unit *= 10.0;
    }
    while unit > most {
        unit /= 10.0;
        decimals += 1;
    }
    // Between 4 and 10 steps: tenths, fifths or halves of the power of ten above.
    let (step, finer) = match most / unit {
        share if share <= 2.0 => (unit / 5.0, 1),
        share if share <= 5.0 => (unit / 2.0, 1),
        _ => (unit, 0),
    };
    let mut steps = 1;
    while f64::from(steps) * step < most - step * 1e-9 {
        steps += 1;
    }
    let decimals = if unit >= 10.0 { 0 } else { decimals + finer };
    (step, steps, decimals)
}

fn tick_text(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A number as it is said and written: a decimal where it ends, else a fraction.
fn said(number: &Number) -> String {
    number.decimal().unwrap_or_else(|| number.to_string())
}

fn most(values: &[Number]) -> f64 {
    values.iter().map(Number::to_f64).fold(0.0, f64::max)
}

/// The title above the plot; gives the top of the plot.
fn head(shapes: &mut String, title: Option<&str>, unit: Option<&str>) -> f64 {
    let mut top = 14.0;
    if let Some(title) = title {
        let _ = write!(shapes, "<g class=\"c-title\">");
        text(shapes, 8.0, top + 8.0, "start", &plain(title));
        shapes.push_str("</g>");
        top += 30.0;
    }
    if let Some(unit) = unit {
        text(shapes, 8.0, top + 6.0, "start", &plain(unit));
        top += 24.0;
    }
    top
}

/// The horizontal lines with their numbers; gives the value of the highest.
fn level_lines(shapes: &mut String, top: f64, greatest: f64) -> f64 {
    let (step, steps, decimals) = ticks(greatest);
    let foot = top + HIGH;
    for tick in 0..=steps {
        let value = f64::from(tick) * step;
        let y = foot - HIGH * f64::from(tick) / f64::from(steps);
        let class = if tick == 0 { "f-axis" } else { "f-grid" };
        stroke(shapes, [LEFT, y, RIGHT, y], class);
        text(
            shapes,
            LEFT - 10.0,
            y + 6.0,
            "end",
            &tick_text(value, decimals),
        );
    }
    step * f64::from(steps)
}

/// A bar chart: upright where the labels fit, else lying.
pub(super) fn bars(chart: &BarChart, words: &Words) -> Picture {
    let labels: Vec<String> = chart.labels.iter().map(|label| plain(label)).collect();
    let count = f64::from(u32::try_from(labels.len().max(1)).unwrap_or(1));
    let slot = (RIGHT - LEFT) / count;
    let longest = labels.iter().map(|label| label.chars().count()).max();
    let longest = f64::from(u32::try_from(longest.unwrap_or(0)).unwrap_or(0)) * LETTER;
    let (shapes, height) = if longest <= slot {
        upright(chart, &labels, slot)
    } else {
        lying(chart, &labels, longest)
    };
    let data = labels.iter().zip(&chart.values);
    let data: Vec<String> = data
        .map(|(label, value)| format!("{label}: {}", said(value)))
        .collect();
    Picture::new(
        height,
        name(
            words,
            "figure-bar-chart",
            chart.title.as_deref(),
            chart.unit.as_deref(),
            &data,
        ),
        shapes,
    )
}

fn name(
    words: &Words,
    key: &str,
    title: Option<&str>,
    unit: Option<&str>,
    data: &[String],
) -> String {
    let mut parts = vec![words.t(key)];
    parts.extend(title.map(|title| format!("{}.", plain(title))));
    parts.extend(unit.map(|unit| format!("{}.", plain(unit))));
    parts.push(format!("{}.", data.join(", ")));
    parts.join(" ")
}

fn upright(chart: &BarChart, labels: &[String], slot: f64) -> (String, f64) {
    let mut shapes = String::new();
    let top = head(&mut shapes, chart.title.as_deref(), chart.unit.as_deref());
    let high = level_lines(&mut shapes, top, most(&chart.values));
    let foot = top + HIGH;
    let mut x = LEFT;
    for (label, value) in labels.iter().zip(&chart.values) {
        let tall = value.to_f64() / high * HIGH;
        let width = (slot * 0.64).min(90.0);
        rect(
            &mut shapes,
            [x + (slot - width) / 2.0, foot - tall, width, tall],
            "f-on",
        );
        text(&mut shapes, x + slot / 2.0, foot + 24.0, "middle", label);
        x += slot;
    }
    (shapes, foot + 38.0)
}

fn lying(chart: &BarChart, labels: &[String], longest: f64) -> (String, f64) {
    const ROW: f64 = 40.0;
    let mut shapes = String::new();
    let top = head(&mut shapes, chart.title.as_deref(), chart.unit.as_deref());
    let left = (longest + 22.0).min(WIDTH * 0.55);
    let right = WIDTH - 24.0;
    let (step, steps, decimals) = ticks(most(&chart.values));
    let high = step * f64::from(steps);
    let rows = f64::from(u32::try_from(labels.len()).unwrap_or(1));
    let foot = top + rows * ROW + 6.0;
    for tick in 0..=steps {
        let x = left + (right - left) * f64::from(tick) / f64::from(steps);
        let class = if tick == 0 { "f-axis" } else { "f-grid" };
        stroke(&mut shapes, [x, top, x, foot], class);
        let value = tick_text(f64::from(tick) * step, decimals);
        text(&mut shapes, x, foot + 22.0, "middle", &value);
    }
    let mut y = top + 6.0;
    for (label, value) in labels.iter().zip(&chart.values) {
        let long = value.to_f64() / high * (right - left);
        rect(&mut shapes, [left, y, long, ROW - 12.0], "f-on");
        text(&mut shapes, left - 10.0, y + 20.0, "end", label);
        y += ROW;
    }
    (shapes, foot + 36.0)
}

/// A line through points, with the points marked.
pub(super) fn line(chart: &LineChart, words: &Words) -> Picture {
    let mut shapes = String::new();
    let top = head(
        &mut shapes,
        chart.title.as_deref(),
        chart.y_label.as_deref(),
    );
    let high = level_lines(&mut shapes, top, most(&chart.y));
    let foot = top + HIGH;
    let ends = chart.x.first().zip(chart.x.last());
    let (low, wide) = ends.map_or((0.0, 1.0), |(first, last)| {
        (
            first.to_f64(),
            (last.to_f64() - first.to_f64()).max(f64::MIN_POSITIVE),
        )
    });
    let (left, right) = (LEFT + 26.0, RIGHT - 26.0);
    let mut path = String::new();
    let mut dots = String::new();
    let mut free_from = 0.0;
    for (x, y) in chart.x.iter().zip(&chart.y) {
        let across = left + (x.to_f64() - low) / wide * (right - left);
        let up = foot - y.to_f64() / high * HIGH;
        let word = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{word}{across:.1} {up:.1}");
        dot(&mut dots, across, up);
        stroke(&mut shapes, [across, foot, across, foot + 7.0], "f-axis");
        // A number that would lie on its neighbour stays away.
        let number = said(x);
        let half = f64::from(u32::try_from(number.chars().count()).unwrap_or(1)) * LETTER / 2.0;
        if across - half >= free_from {
            text(&mut shapes, across, foot + 25.0, "middle", &number);
            free_from = across + half + 6.0;
        }
    }
    let _ = write!(shapes, "<path d=\"{path}\" class=\"f-line\"/>{dots}");
    let mut height = foot + 38.0;
    if let Some(label) = &chart.x_label {
        text(
            &mut shapes,
            (left + right) / 2.0,
            foot + 50.0,
            "middle",
            &plain(label),
        );
        height += 24.0;
    }
    let data = chart.x.iter().zip(&chart.y);
    let data: Vec<String> = data
        .map(|(x, y)| format!("{}: {}", said(x), said(y)))
        .collect();
    let axes = [&chart.x_label, &chart.y_label].into_iter().flatten();
    let axes: Vec<String> = axes.map(|axis| plain(axis)).collect();
    let axes = (!axes.is_empty()).then(|| axes.join(", "));
    let name = name(
        words,
        "figure-line-chart",
        chart.title.as_deref(),
        axes.as_deref(),
        &data,
    );
    Picture::new(height, name, shapes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_numbers() {
        for (most, told) in [
            (0.0, "0 0.2 0.4 0.6 0.8 1"),
            (1.0, "0 0.2 0.4 0.6 0.8 1"),
            (7.0, "0 1 2 3 4 5 6 7"),
            (12.0, "0 2 4 6 8 10 12"),
            (23.0, "0 5 10 15 20 25"),
            (0.35, "0 0.05 0.1 0.15 0.2 0.25 0.3 0.35"),
            (980.0, "0 100 200 300 400 500 600 700 800 900 1000"),
            (1500.0, "0 200 400 600 800 1000 1200 1400 1600"),
        ] {
            let (step, steps, decimals) = ticks(most);
            let all: Vec<String> = (0..=steps)
                .map(|tick| tick_text(f64::from(tick) * step, decimals))
                .collect();
            assert_eq!(all.join(" "), told, "{most}");
        }
    }

    #[test]
    fn bars_lie_down_when_their_labels_are_long_and_the_name_tells_the_data() {
        let chart = |labels: &[&str]| BarChart {
            title: Some("Birds".to_owned()),
            unit: Some("nests".to_owned()),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            values: vec![Number::whole(4), Number::whole(9)],
        };
        let words = Words::english();
        let short = bars(&chart(&["tit", "owl"]), &words).html();
        assert!(short.contains("tit: 4, owl: 9."), "{short}");
        assert_eq!(short.matches("f-on").count(), 2);
        let long = "a bird with a name that goes on and on and on";
        assert!(
            bars(&chart(&[long, "owl"]), &words)
                .html()
                .contains("text-anchor=\"end\">owl")
        );
    }
}
