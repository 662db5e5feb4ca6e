//! The vine: a flower for each competency mastered lately, a bud for the one that is nearest. Nothing ever wilts.

use std::fmt::Write as _;

use trellis_core::catalog::Catalog;
use trellis_core::estimate::{LearnerState, Level};
use trellis_core::mastery;
use trellis_core::time::Timestamp;

use crate::markup::escape;
use crate::words::Words;

/// Most flowers drawn; the sentence counts all.
const MOST_FLOWERS: usize = 5;
/// Where flowers stand on the vine, from left to right: x, and y of the stem's foot.
const PLACES: [(f64, f64); 6] = [
    (110.0, 92.0),
    (240.0, 124.0),
    (370.0, 70.0),
    (495.0, 92.0),
    (610.0, 78.0),
    (716.0, 40.0),
];

/// What the vine shows.
pub(super) struct Vine {
    flowers: Vec<String>,
    bud: Option<String>,
    mastered: usize,
    this_week: usize,
}

impl Vine {
    pub(super) fn of(catalog: &Catalog, state: &LearnerState, now: Timestamp) -> Self {
        let title = |id| {
            catalog
                .competency(id)
                .map(|competency| competency.title.clone())
        };
        let mut mastered: Vec<(Timestamp, String)> = Vec::new();
        let mut nearest: Option<(f64, String)> = None;
        for competency in &state.competencies {
            let id = &competency.competency;
            let Some(title) = title(id) else { continue };
            match mastery::level(state, id, now) {
                Level::Mastered => {
                    mastered.push((competency.mastered_at.unwrap_or(competency.last_at), title))
                }
                Level::NotStarted => {}
                _ => {
                    let known = mastery::known(state, id);
                    if nearest.as_ref().is_none_or(|(best, _)| known > *best) {
                        nearest = Some((known, title));
                    }
                }
            }
        }
        mastered.sort();
        let this_week = mastered
            .iter()
            .filter(|(at, _)| *at > now.plus_days(-7))
            .count();
        let begin = mastered.len().saturating_sub(MOST_FLOWERS);
        let flowers = mastered[begin..]
            .iter()
            .map(|(_, title)| title.clone())
            .collect();
        Self {
            flowers,
            bud: nearest.map(|(_, title)| title),
            mastered: mastered.len(),
            this_week,
        }
    }

    /// What has grown, as a sentence.
    pub(super) fn sentence(&self, words: &Words) -> String {
        #[expect(
            clippy::cast_precision_loss,
            reason = "at most the competencies of a course"
        )]
        let numbers = [
            ("all", self.mastered as f64),
            ("week", self.this_week as f64),
        ];
        words.mixed("vine-sentence", &numbers, &[])
    }

    /// The picture.
    pub(super) fn svg(&self, words: &Words) -> String {
        let mut out = String::from("<svg viewBox=\"0 -14 800 198\" role=\"img\" aria-label=\"");
        let bud = self.bud.as_deref().unwrap_or_default();
        let named = match (self.flowers.is_empty(), self.bud.is_some()) {
            (true, false) => words.t("vine-empty"),
            (true, true) => words.one("vine-only-bud", "bud", bud),
            (false, false) => words.one("vine-only-flowers", "flowers", &self.flowers.join(", ")),
            (false, true) => words.with(
                "vine-both",
                &[("flowers", &self.flowers.join(", ")), ("bud", bud)],
            ),
        };
        escape(&mut out, &named);
        out.push_str("\"><g class=\"v-lattice\">");
        for step in 0..12 {
            // Writing to a string cannot fail, here and below.
            let _ = write!(
                out,
                "<path d=\"M{} 4l150 172M{} 4l-150 172\"/>",
                step * 75 - 60,
                step * 75 + 90
            );
        }
        out.push_str("</g><path class=\"v-stem\" d=\"M-6 160C50 150 60 96 120 92s90 44 150 36 78-64 140-66 88 44 150 36 84-52 140-58 60 6 100 2\"/>");
        for (x, y, turn) in LEAVES {
            let _ = write!(
                out,
                "<g transform=\"translate({x} {y}) rotate({turn})\"><path class=\"v-leaf\" d=\"M0 0C6-14 24-16 34-6 28 8 10 12 0 0Z\"/></g>"
            );
        }
        let mut places = PLACES.iter();
        for (flower, (x, y)) in self.flowers.iter().zip(places.by_ref()) {
            let top = y - 46.0;
            let _ = write!(
                out,
                "<path class=\"v-stalk\" d=\"M{x} {y}c4-14 4-24 2-36\"/><g transform=\"translate({x} {top}) scale(1.45)\">"
            );
            for turn in 0..6 {
                let _ = write!(
                    out,
                    "<ellipse class=\"v-petal\" cy=\"-9\" rx=\"5.5\" ry=\"9\" transform=\"rotate({})\"/>",
                    turn * 60
                );
            }
            out.push_str("<circle class=\"v-heart\" r=\"5.5\"/></g>");
            label(&mut out, *x, y + 40.0, flower);
        }
        if let (Some(bud), Some((x, y))) = (&self.bud, places.next()) {
            let _ = write!(
                out,
                "<path class=\"v-stalk\" d=\"M{x} {y}c6 8 8 14 8 24\"/><path class=\"v-petal\" d=\"M{} {}c-11 6-12 22 0 32 12-10 11-26 0-32Z\"/>",
                x + 8.0,
                y + 22.0
            );
            label(&mut out, x + 8.0, y + 76.0, bud);
        }
        out.push_str("</svg>");
        out
    }
}

/// Leaves along the vine: where, and how they are turned.
const LEAVES: [(u32, u32, i32); 10] = [
    (40, 142, -70),
    (66, 118, 10),
    (160, 100, 40),
    (196, 112, -60),
    (284, 124, 50),
    (318, 104, -110),
    (446, 68, 50),
    (540, 98, 55),
    (590, 88, -80),
    (660, 52, 60),
];

/// A name in one line, or in two when it is long, so that it is whole and does not meet its neighbours.
fn label(out: &mut String, x: f64, y: f64, words: &str) {
    let x = x.clamp(62.0, 738.0);
    let middle = words.len() / 2;
    let cut = words
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|_| words.len() > 14)
        .min_by_key(|at| at.abs_diff(middle));
    let (first, second) = cut.map_or((words, ""), |at| words.split_at(at));
    for (below, line) in [(0.0, first), (16.0, second.trim_start())] {
        if line.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "<text class=\"v-name\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">",
            y.min(158.0) + below
        );
        escape(out, line);
        out.push_str("</text>");
    }
}
