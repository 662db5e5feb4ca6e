//! The class map as rows and columns, built once and rendered without formatting words for each cell.

use std::collections::BTreeMap;

use trellis_core::framework::{Course, Unit};
use trellis_core::id::SectionId;
use trellis_core::time::Timestamp;
use trellis_store::read::ClassMap;

use crate::words::Words;

/// In which order the students stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// By name.
    Name,
    /// Those who need most in the shown columns first.
    Need,
}

impl Sort {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Need => "need",
        }
    }

    pub(crate) fn from_key(key: Option<&str>) -> Self {
        match key {
            Some("need") => Self::Need,
            _ => Self::Name,
        }
    }
}

/// One cell: where a student stands with a skill.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) class: &'static str,
    pub(crate) words: &'a str,
    pub(crate) competency: &'a str,
}

/// A student's row.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) cells: Vec<Cell<'a>>,
    need: u32,
}

/// A skill's column.
#[derive(Debug, Clone)]
pub(crate) struct Column<'a> {
    pub(crate) title: &'a str,
    pub(crate) count: String,
}

/// A piece of a unit's bar: how many cells stand at a level.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) class: &'static str,
    pub(crate) from: u32,
    pub(crate) width: u32,
}

/// A unit, to look at or to go to.
#[derive(Debug, Clone)]
pub(crate) struct UnitTab {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) current: bool,
    pub(crate) summary: String,
    pub(crate) bar: Vec<Piece>,
}

/// One entry of the legend.
#[derive(Debug, Clone)]
pub(crate) struct Legend {
    pub(crate) class: &'static str,
    pub(crate) words: String,
}

/// The words of levels: without and with a review that is due.
#[derive(Debug, Clone)]
pub(crate) struct LevelWords {
    plain: [String; 5],
    due: [String; 5],
}

const LEVEL_KEYS: [&str; 5] = [
    "teach-level-0",
    "teach-level-1",
    "teach-level-2",
    "teach-level-3",
    "teach-level-4",
];
const PLAIN: [&str; 5] = ["l0", "l1", "l2", "l3", "l4"];
const DUE: [&str; 5] = ["l0 due", "l1 due", "l2 due", "l3 due", "l4 due"];
/// Units of a bar's drawing.
const BAR_WIDTH: u32 = 100;

impl LevelWords {
    pub(crate) fn new(words: &Words) -> Self {
        let plain = LEVEL_KEYS.map(|key| words.t(key));
        let due = LEVEL_KEYS.map(|key| words.one("teach-level-due", "level", &words.t(key)));
        Self { plain, due }
    }
}

/// The map of a section, ready to be rendered.
#[derive(Debug, Clone)]
pub(crate) struct MapView<'a> {
    pub(crate) units: Vec<UnitTab>,
    pub(crate) groups: Vec<(&'a str, usize)>,
    pub(crate) columns: Vec<Column<'a>>,
    pub(crate) rows: Vec<Row<'a>>,
    pub(crate) legend: Vec<Legend>,
    pub(crate) sort: Sort,
    pub(crate) by_name: String,
    pub(crate) by_need: String,
    /// Where the table is to take along, as it stands here.
    pub(crate) csv: String,
}

/// What of the map is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// A unit's id, `all`, or nothing for the unit with most going on.
    pub(crate) unit: Option<&'a str>,
    pub(crate) sort: Sort,
    pub(crate) now: Timestamp,
}

/// A student's levels by the place of the competency in the course: the level and whether a review is due.
type Standing = Vec<(u8, bool)>;

/// Builds the view.
pub(crate) fn build<'a>(
    map: &'a ClassMap,
    course: &'a Course,
    levels: &'a LevelWords,
    words: &Words,
    asked: Asked<'_>,
) -> MapView<'a> {
    let places: BTreeMap<&str, usize> = course
        .sequence()
        .enumerate()
        .map(|(place, id)| (id.as_str(), place))
        .collect();
    let standings: Vec<Standing> = map
        .cells
        .iter()
        .map(|cells| {
            let mut standing = vec![(0, false); places.len()];
            for (id, cell) in cells {
                if let Some(place) = places.get(id.as_str()) {
                    let due = cell.level == 4 && cell.due_at.is_some_and(|due| due <= asked.now);
                    standing[*place] = (cell.level.min(4), due);
                }
            }
            standing
        })
        .collect();
    let spans = spans(course);
    let chosen = chosen(&spans, &standings, asked.unit);
    let shown: Vec<&(&Unit, usize)> = spans
        .iter()
        .filter(|(unit, _)| chosen.is_none_or(|id| unit.id.as_str() == id))
        .collect();
    let at = |page: &str, unit: &str, sort: Sort| {
        let section: SectionId = map.section.id;
        let course = &course.id;
        format!(
            "/teach/{section}/{page}?course={course}&unit={unit}&sort={}",
            sort.key()
        )
    };
    let address = |unit: &str, sort: Sort| at("map", unit, sort);
    let here = chosen.unwrap_or("all");
    MapView {
        units: tabs(&spans, &standings, chosen, words, |unit| {
            address(unit, asked.sort)
        }),
        groups: shown
            .iter()
            .map(|(unit, _)| (unit.title.as_str(), unit.competencies.len()))
            .collect(),
        columns: columns(course, &shown, &standings, words),
        rows: rows(map, &shown, &standings, levels, asked.sort),
        legend: legend(levels, words),
        sort: asked.sort,
        by_name: address(here, Sort::Name),
        by_need: address(here, Sort::Need),
        csv: at("map.csv", here, asked.sort),
    }
}

/// The units with the place of their first competency.
fn spans(course: &Course) -> Vec<(&Unit, usize)> {
    let mut first = 0;
    let mut spans = Vec::with_capacity(course.units.len());
    for unit in &course.units {
        spans.push((unit, first));
        first += unit.competencies.len();
    }
    spans
}

fn part<'s>(standing: &'s Standing, span: &(&Unit, usize)) -> &'s [(u8, bool)] {
    standing
        .get(span.1..span.1 + span.0.competencies.len())
        .unwrap_or_default()
}

/// The unit to show: the one asked for; without one, where most is in progress or due; `None` for all.
fn chosen<'a>(
    spans: &[(&'a Unit, usize)],
    standings: &[Standing],
    asked: Option<&str>,
) -> Option<&'a str> {
    if asked == Some("all") {
        return None;
    }
    if let Some((unit, _)) = spans
        .iter()
        .find(|(unit, _)| asked == Some(unit.id.as_str()))
    {
        return Some(unit.id.as_str());
    }
    let activity = |span: &(&Unit, usize)| {
        let cells = standings.iter().flat_map(|standing| part(standing, span));
        cells
            .filter(|(level, due)| *due || (1..=3).contains(level))
            .count()
    };
    // Of equals the earlier unit: `max_by_key` gives the last, so look from behind.
    spans
        .iter()
        .rev()
        .max_by_key(|span| activity(span))
        .map(|(unit, _)| unit.id.as_str())
}

fn tabs(
    spans: &[(&Unit, usize)],
    standings: &[Standing],
    chosen: Option<&str>,
    words: &Words,
    address: impl Fn(&str) -> String,
) -> Vec<UnitTab> {
    let mut tabs: Vec<UnitTab> = spans
        .iter()
        .map(|span| {
            let mut counts = [0u32; 5];
            for (level, _) in standings.iter().flat_map(|standing| part(standing, span)) {
                counts[usize::from(*level).min(4)] += 1;
            }
            let all: u32 = counts.iter().sum();
            let numbers = [("mastered", f64::from(counts[4])), ("all", f64::from(all))];
            UnitTab {
                title: span.0.title.clone(),
                href: address(span.0.id.as_str()),
                current: chosen == Some(span.0.id.as_str()),
                summary: words.mixed("teach-unit-summary", &numbers, &[]),
                bar: bar(counts, all),
            }
        })
        .collect();
    tabs.push(UnitTab {
        title: words.t("teach-unit-all"),
        href: address("all"),
        current: chosen.is_none(),
        summary: String::new(),
        bar: Vec::new(),
    });
    tabs
}

/// The pieces of a bar, from mastered to not started, as wide as their share.
fn bar(counts: [u32; 5], all: u32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut seen, mut from) = (0u32, 0u32);
    for level in (0..5).rev() {
        seen += counts[level];
        let to = seen * BAR_WIDTH / all.max(1);
        if to > from {
            pieces.push(Piece {
                class: PLAIN[level],
                from,
                width: to - from,
            });
        }
        from = to;
    }
    pieces
}

fn columns<'a>(
    course: &'a Course,
    shown: &[&(&'a Unit, usize)],
    standings: &[Standing],
    words: &Words,
) -> Vec<Column<'a>> {
    let mut columns = Vec::new();
    for (unit, first) in shown {
        for (place, id) in (*first..).zip(&unit.competencies) {
            let strong = standings
                .iter()
                .filter(|standing| standing.get(place).is_some_and(|(level, _)| *level >= 3))
                .count();
            let count = words.with(
                "teach-count-of",
                &[
                    ("count", &strong.to_string()),
                    ("all", &standings.len().to_string()),
                ],
            );
            let title = course
                .competency(id)
                .map_or(id.as_str(), |competency| competency.title.as_str());
            columns.push(Column { title, count });
        }
    }
    columns
}

fn rows<'a>(
    map: &'a ClassMap,
    shown: &[&(&'a Unit, usize)],
    standings: &[Standing],
    levels: &'a LevelWords,
    sort: Sort,
) -> Vec<Row<'a>> {
    let width = shown.iter().map(|(unit, _)| unit.competencies.len()).sum();
    let mut rows = Vec::with_capacity(map.learners.len());
    for (name, standing) in map.learners.iter().zip(standings) {
        let mut cells = Vec::with_capacity(width);
        let mut need = 0;
        for (unit, first) in shown {
            for (place, id) in (*first..).zip(&unit.competencies) {
                let (level, due) = standing.get(place).copied().unwrap_or((0, false));
                let step = usize::from(level);
                need += [0, 3, 2, 0, 0][step] + u32::from(due);
                let (classes, texts) = if due {
                    (&DUE, &levels.due)
                } else {
                    (&PLAIN, &levels.plain)
                };
                cells.push(Cell {
                    class: classes[step],
                    words: &texts[step],
                    competency: id.as_str(),
                });
            }
        }
        rows.push(Row {
            name: name.short(),
            href: format!("/teach/learner/{}", name.id),
            cells,
            need,
        });
    }
    if sort == Sort::Need {
        rows.sort_by_key(|row| std::cmp::Reverse(row.need));
    }
    rows
}

fn legend(levels: &LevelWords, words: &Words) -> Vec<Legend> {
    let mut legend: Vec<Legend> = PLAIN
        .into_iter()
        .zip(&levels.plain)
        .map(|(class, text)| Legend {
            class,
            words: text.clone(),
        })
        .collect();
    legend.push(Legend {
        class: DUE[4],
        words: words.t("teach-review-due"),
    });
    legend
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_wide_as_its_parts() {
        let pieces = bar([10, 0, 5, 5, 20], 40);
        let widths: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.class, piece.width))
            .collect();
        assert_eq!(widths, [("l4", 50), ("l3", 12), ("l2", 13), ("l0", 25)]);
        assert_eq!(pieces.iter().map(|piece| piece.width).sum::<u32>(), 100);
        assert!(bar([0; 5], 0).is_empty());
    }
}
