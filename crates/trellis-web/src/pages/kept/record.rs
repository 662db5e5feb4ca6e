//! The record of one person in plain words: what the machine-readable one says, for people. Every column and every kind of
//! event of the schema has its words, so that nothing of it is left out here either.

use serde_json::{Map, Value};
use trellis_core::catalog::Catalog;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, CourseId};
use trellis_core::item::Response;
use trellis_core::time::Timestamp;
use trellis_store::kind;
use trellis_store::personal::{Given, Holds, Record, Table, tables};

use crate::words::{Words, small};

/// The record as a text.
#[must_use]
pub fn record_in_words(record: &Record, catalog: &Catalog, words: &Words) -> String {
    let teller = Teller { catalog, words };
    let name = record
        .rows("person")
        .next()
        .map_or_else(String::new, |row| {
            format!(
                "{} {}",
                plain(&row["given_name"]),
                plain(&row["family_name"])
            )
        });
    let mut out = format!(
        "{}\n{}\n\n{}\n",
        words.one("record-title", "name", name.trim()),
        words.one("record-made", "at", &moment(record.made_at.0)),
        words.t("record-about"),
    );
    for table in tables().iter().filter(|table| !table.whose.is_empty()) {
        let title = words.t(&format!("record-table-{}", key(table.name)));
        out.push_str(&format!("\n{title}\n"));
        let mut any = false;
        for row in record.rows(table.name) {
            any = true;
            out.push_str(&format!("- {}\n", teller.row(table, row)));
        }
        if !any {
            out.push_str(&format!("- {}\n", words.t("record-none")));
        }
    }
    out
}

/// A name of the schema as it stands in keys of the translation files.
fn key(name: &str) -> String {
    name.replace('_', "-")
}

fn moment(ms: i64) -> String {
    let at = Timestamp(ms);
    let (year, month, day) = at.civil();
    let minutes = ms.div_euclid(60_000).rem_euclid(24 * 60);
    let (hour, minute) = (minutes / 60, minutes % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

struct Teller<'a> {
    catalog: &'a Catalog,
    words: &'a Words,
}

impl Teller<'_> {
    /// All columns of a row, each with its name.
    fn row(&self, table: &Table, row: &Map<String, Value>) -> String {
        let mut parts = Vec::new();
        for column in table.columns {
            let Some(value) = row.get(column.name) else {
                continue;
            };
            let said = match (column.holds, value) {
                (Holds::Personal(_, Given::Moment), Value::Number(ms)) => {
                    moment(ms.as_i64().unwrap_or_default())
                }
                (Holds::Personal(_, Given::Withheld), _) => self.words.t("record-withheld"),
                (Holds::Personal(_, Given::State), _) => self.words.t("record-state"),
                (Holds::Personal(_, Given::File), value) => {
                    // Two digits are a byte.
                    let bytes = plain(value).len() / 2;
                    let bytes = small(bytes);
                    self.words.count("record-file", "bytes", bytes)
                }
                (Holds::Event, body) => self.event(body),
                (_, value) if column.name == "competency" => self.competency_named(&plain(value)),
                (_, value) => plain(value),
            };
            let name = self.words.t(&format!("record-column-{}", key(column.name)));
            parts.push(format!("{name}: {said}"));
        }
        parts.join("; ")
    }

    fn competency_named(&self, id: &str) -> String {
        CompetencyId::new(id).map_or_else(|_| id.to_owned(), |id| self.competency(&id))
    }

    fn competency(&self, id: &CompetencyId) -> String {
        self.catalog
            .competency(id)
            .map_or_else(|| id.to_string(), |competency| competency.title.clone())
    }

    fn course(&self, id: &CourseId) -> String {
        self.catalog
            .course(id)
            .map_or_else(|| id.to_string(), |course| course.title.clone())
    }

    /// What happened, in one sentence.
    fn event(&self, body: &Value) -> String {
        // In the record of another there is no body, but a sentence.
        let Ok(event) = serde_json::from_value::<Event>(body.clone()) else {
            return self.words.t("record-of-another");
        };
        let what = self.what(&event);
        self.words
            .one(&format!("record-event-{}", kind(&event)), "what", &what)
    }

    fn right(&self, right: bool) -> String {
        let key = if right {
            "record-right"
        } else {
            "record-not-right"
        };
        self.words.t(key)
    }

    /// What an event is about, where there is something to name.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each kind of event, so that the compiler shows which is missing"
    )]
    fn what(&self, event: &Event) -> String {
        match event {
            Event::CourseTaken { course, .. }
            | Event::CourseLeft { course, .. }
            | Event::PlacementBegun { course, .. }
            | Event::PlacementEnded { course, .. } => self.course(course),
            Event::ModelInstalled { version, .. } => version.clone(),
            Event::Advised { recommendation, .. } => {
                let stops = recommendation.stops.iter();
                let named = stops.filter_map(|stop| stop.competency.as_ref());
                listed(named.map(|id| self.competency(id)))
            }
            Event::HintAnswered {
                response,
                right: was,
                ..
            } => {
                format!("{}; {}", given(response), self.right(*was))
            }
            Event::Responded {
                competency,
                response,
                score,
                ..
            } => {
                format!(
                    "{}: {}; {}",
                    self.competency(competency),
                    given(response),
                    self.right(score.right)
                )
            }
            Event::HandedIn {
                competency,
                response,
                ..
            } => {
                format!("{}: {}", self.competency(competency), given(response))
            }
            Event::Scored {
                competency,
                points,
                most,
                comment,
                ..
            } => {
                let points = format!("{}/{}", sum(points), sum(most));
                format!("{}: {points}; {comment}", self.competency(competency))
            }
            Event::NotUnderstood {
                response, problem, ..
            } => {
                format!("{}; {problem}", given(response))
            }
            Event::Started { competency, .. }
            | Event::ScoreUndone { competency, .. }
            | Event::Rescored { competency, .. }
            | Event::Revealed { competency, .. }
            | Event::Mastered { competency, .. }
            | Event::Doubted { competency, .. }
            | Event::ProofBegun { competency, .. }
            | Event::ProofEnded { competency, .. } => self.competency(competency),
            Event::InterestChosen { interest, .. } => interest
                .as_ref()
                .map_or_else(|| "–".to_owned(), ToString::to_string),
            Event::Directed { directive, .. } => {
                let name = directive.kind.name();
                match directive.kind.competency() {
                    Some(id) => format!("{}: {name}; {}", self.competency(id), directive.note),
                    None => format!("{name}; {}", directive.note),
                }
            }
            Event::Felt {
                competency, felt, ..
            } => format!("{}: {}", self.competency(competency), felt.key()),
            Event::ModeSet { mode, note, .. } => format!("{}; {note}", mode.key()),
            Event::Consented {
                purpose, allowed, ..
            } => {
                let title = self.words.t(&format!("allow-{}-title", purpose.key()));
                let said = if *allowed {
                    "allow-again"
                } else {
                    "allow-stop"
                };
                format!("{title}; {}", self.words.t(said))
            }
            Event::CoursesChosen { courses, .. } => {
                listed(courses.iter().map(|id| self.course(id)))
            }
            Event::ItemHeld { item, note } | Event::ItemReported { item, note } => {
                format!("{item}; {note}")
            }
            Event::ItemReleased { item } | Event::ItemPublished { item, .. } => item.to_string(),
            Event::FindingSettled { note, .. } | Event::ItemRevised { note, .. } => note.clone(),
            Event::FindingReopened { rule, .. } => rule.clone(),
            Event::ItemsTagged { tags } => listed(tags.iter().map(|tag| tag.item.to_string())),
            Event::LinkSet {
                first, then, note, ..
            } => {
                let links = [first, then].map(|id| self.competency(id));
                format!("{}; {note}", links.join(" → "))
            }
            Event::ProjectScored {
                title,
                criteria,
                comment,
                ..
            } => {
                let criteria = criteria
                    .iter()
                    .map(|one| format!("{} {}/{}", one.title, one.points, one.most));
                format!("{title}: {}; {comment}", listed(criteria))
            }
            Event::PlanNoted { note, .. } => {
                let texts = note.texts().into_iter();
                listed(texts.filter(|text| !text.is_empty()).map(str::to_owned))
            }
            Event::HintShown { .. }
            | Event::DirectiveUndone { .. }
            | Event::ProjectScoreUndone { .. }
            | Event::PlacementSet { .. }
            | Event::ClassOpened { .. }
            | Event::ClassClosed { .. } => String::new(),
        }
    }
}

fn sum(points: &[u8]) -> u32 {
    points.iter().map(|point| u32::from(*point)).sum()
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// An answer as it was given.
fn given(response: &Response) -> String {
    let pair = |(left, right): &(String, String)| format!("({left}, {right})");
    match response {
        Response::Text(text) | Response::Choice(text) | Response::Point(text) => text.clone(),
        Response::Choices(keys) | Response::Order(keys) | Response::Gaps(keys) => keys.join(", "),
        Response::Pairs(pairs) | Response::Points(pairs) => listed(pairs.iter().map(pair)),
        Response::File { name, .. } => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;
    use trellis_store::personal::events;

    #[test]
    fn every_table_column_and_event_has_words() {
        for language in [Language::English, Language::Spanish] {
            let words = Words::of(language);
            let mut keys: Vec<String> = events()
                .iter()
                .map(|event| format!("record-event-{}", event.name))
                .collect();
            for table in tables().iter().filter(|table| !table.whose.is_empty()) {
                keys.push(format!("record-table-{}", key(table.name)));
                for column in table.columns {
                    if !matches!(column.holds, Holds::Nothing(_)) {
                        keys.push(format!("record-column-{}", key(column.name)));
                    }
                }
            }
            for key in keys {
                assert!(words.has(&key), "{language:?} {key}");
            }
        }
    }

    #[test]
    fn a_moment_is_said_to_the_minute() {
        assert_eq!(moment(1_790_000_000_000), "2026-09-21 14:13 UTC");
    }
}
