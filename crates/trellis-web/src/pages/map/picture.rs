//! The map as a picture: a row for each unit, a disc for each competency, a line where one comes before another. The
//! list beside it says the same in words, so the picture has a name and no stops of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use trellis_core::catalog::Catalog;
use trellis_core::estimate::{LearnerState, Level};
use trellis_core::framework::{AssociationKind, CompetencyId, Course};
use trellis_core::mastery;
use trellis_core::policy;
use trellis_core::time::Timestamp;

use crate::markup::escape;
use crate::pages::today::level_key;
use crate::words::{Words, small};

/// Units of the drawing: as wide as a small phone shows it, so that its letters stay readable there.
const WIDTH: f64 = 344.0;
/// Discs in one line; a unit with more goes on below.
const IN_LINE: usize = 12;
/// From one disc to the next.
const STEP: f64 = 28.0;
/// From one line of discs to the next.
const LINE: f64 = 34.0;
/// Room for the title of a unit.
const TITLE: f64 = 24.0;
const RADIUS: f64 = 9.0;
/// Characters of a unit's title that fit.
const LONGEST_TITLE: usize = 46;

struct Disc<'a> {
    x: f64,
    y: f64,
    title: &'a str,
    level: Level,
    open: bool,
}

/// Draws a course for a learner; nothing for a course whose competencies have no order.
pub(super) fn draw(
    words: &Words,
    catalog: &Catalog,
    course: &Course,
    state: &LearnerState,
    now: Timestamp,
) -> Option<String> {
    if course.framework.associations().is_empty() {
        return None;
    }
    let mut discs: BTreeMap<&CompetencyId, Disc<'_>> = BTreeMap::new();
    let mut titles = String::new();
    let mut y = 0.0;
    for (number, unit) in (1..).zip(&course.units) {
        title(&mut titles, number, &unit.title, y + 14.0);
        y += TITLE;
        for line in unit.competencies.chunks(IN_LINE) {
            let mut x = RADIUS + 5.0;
            for id in line {
                let level = mastery::level(state, id, now);
                let open = level != Level::Mastered && policy::is_open(state, catalog, id, now);
                let title = course
                    .competency(id)
                    .map_or(id.as_str(), |found| found.title.as_str());
                let y = y + LINE / 2.0;
                // A competency that comes back later stands where it comes first.
                discs.entry(id).or_insert(Disc {
                    x,
                    y,
                    title,
                    level,
                    open,
                });
                x += STEP;
            }
            y += LINE;
        }
        y += 6.0;
    }
    let mastered = discs.values().filter(|disc| disc.level == Level::Mastered);
    let open = discs.values().filter(|disc| disc.open);
    let numbers = [
        ("mastered", count(mastered.count())),
        ("open", count(open.count())),
        ("all", count(discs.len())),
    ];
    let name = words.mixed("map-picture", &numbers, &[("course", &course.title)]);
    let mut out = String::with_capacity(16 * 1024);
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        "<svg class=\"mapfig\" viewBox=\"0 0 {WIDTH:.0} {y:.0}\" role=\"img\" aria-label=\""
    );
    escape(&mut out, &name);
    out.push_str("\">");
    links(&mut out, course, &discs);
    out.push_str(&titles);
    for disc in discs.values() {
        draw_disc(&mut out, words, disc);
    }
    out.push_str("</svg>");
    Some(out)
}

fn count(number: usize) -> f64 {
    f64::from(small(number))
}

fn title(out: &mut String, number: usize, title: &str, y: f64) {
    let mut short: String = title.chars().take(LONGEST_TITLE).collect();
    if short.len() < title.len() {
        short.push('…');
    }
    let _ = write!(out, "<text x=\"2\" y=\"{y:.0}\">{number}  ");
    escape(out, &short);
    out.push_str("</text>");
}

/// Lines from what comes before to what waits for it: first the faint ones, then those that lead to what is open now.
fn links(out: &mut String, course: &Course, discs: &BTreeMap<&CompetencyId, Disc<'_>>) {
    for strong in [false, true] {
        let class = if strong { "ways now" } else { "ways" };
        let _ = write!(out, "<g class=\"{class}\">");
        for link in course.framework.associations() {
            let ends = (discs.get(&link.from), discs.get(&link.to));
            let (AssociationKind::ComesBefore, (Some(from), Some(to))) = (link.kind, ends) else {
                continue;
            };
            if to.open == strong {
                way(out, from, to);
            }
        }
        out.push_str("</g>");
    }
}

fn way(out: &mut String, from: &Disc<'_>, to: &Disc<'_>) {
    let (x1, y1, x2, y2) = (from.x, from.y, to.x, to.y);
    let _ = if (y1 - y2).abs() < 1.0 {
        // Along one line a bow, flat for neighbours and higher the further it goes.
        let bow = y1 - RADIUS - ((x2 - x1).abs() / STEP).min(6.0) * 2.2;
        write!(
            out,
            "<path d=\"M{x1:.0} {y1:.0}Q{:.0} {bow:.0} {x2:.0} {y2:.0}\"/>",
            (x1 + x2) / 2.0
        )
    } else {
        let middle = (y1 + y2) / 2.0;
        write!(
            out,
            "<path d=\"M{x1:.0} {y1:.0}C{x1:.0} {middle:.0} {x2:.0} {middle:.0} {x2:.0} {y2:.0}\"/>"
        )
    };
}

fn draw_disc(out: &mut String, words: &Words, disc: &Disc<'_>) {
    let (x, y, step) = (disc.x, disc.y, disc.level.step());
    let _ = write!(out, "<g transform=\"translate({x:.0} {y:.0})\"><title>");
    let level = words.t(level_key(disc.level));
    escape(
        out,
        &words.with("map-disc", &[("title", disc.title), ("level", &level)]),
    );
    out.push_str("</title>");
    if disc.open {
        let _ = write!(out, "<circle class=\"ring\" r=\"{:.1}\"/>", RADIUS + 2.5);
    }
    let _ = write!(out, "<circle class=\"m{step}\" r=\"{RADIUS:.1}\"/>");
    // Each level has its own filling, not only its own colour.
    out.push_str(match step {
        1 => "<path class=\"part\" d=\"M0 0V-6A6 6 0 0 1 6 0Z\"/>",
        2 => "<path class=\"part\" d=\"M0-6A6 6 0 0 1 0 6Z\"/>",
        3 => "<path class=\"part\" d=\"M0 0V-6A6 6 0 1 1-6 0Z\"/>",
        4 => "<path class=\"tick\" d=\"M-4.2 0l3 3.4L4.2-3.4\"/>",
        _ => "",
    });
    out.push_str("</g>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_and_escaped() {
        let mut out = String::new();
        title(&mut out, 3, &"<a&b ".repeat(20), 10.0);
        assert!(out.contains('…') && out.contains("&lt;a&amp;b"), "{out}");
        assert!(out.chars().count() < 200, "{out}");
    }
}
