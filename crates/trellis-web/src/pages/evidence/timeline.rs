//! What happened to one student, in words, with the answers as they were given.

use std::collections::BTreeMap;

use trellis_core::catalog::Catalog;
use trellis_core::estimate::Believed;
use trellis_core::event::{Event, Evidence, Recorded};
use trellis_core::framework::CompetencyId;
use trellis_core::id::AttemptId;
use trellis_core::item::{Entry, Interaction, Response, Variant};
use trellis_core::plan::DirectiveKind;
use trellis_core::time::Timestamp;
use trellis_math::parse::{ReadOptions, typed};

use crate::markup;
use crate::words::Words;

/// The longest stem that the timeline shows whole, in characters of its markup.
const LONGEST_STEM: usize = 600;

/// A question as it was asked.
pub(crate) struct Question {
    variant: Variant,
}

impl Question {
    /// The question of an attempt, when its beginning is among the events and the content is still the same.
    pub(crate) fn of(attempt: AttemptId, events: &[Recorded], catalog: &Catalog) -> Option<Self> {
        let started = events.iter().find_map(|recorded| match &recorded.event {
            Event::Started {
                attempt: begun,
                item,
                seed,
                interest,
                content,
                ..
            } if *begun == attempt => Some((item, *seed, interest, *content)),
            _ => None,
        });
        let (item, seed, interest, content) = started?;
        if content != catalog.content() {
            return None;
        }
        let interest = interest.as_ref().map(|interest| interest.as_str());
        let variant = catalog.item(item)?.variant(seed, interest).ok()?;
        Some(Self { variant })
    }

    /// The stem as HTML.
    pub(crate) fn stem_html(&self) -> String {
        let stem = &self.variant.presentation.stem;
        if stem.chars().count() > LONGEST_STEM {
            let cut: String = stem.chars().take(LONGEST_STEM).collect();
            return markup::html(&(cut + "…"));
        }
        markup::html(stem)
    }

    fn interaction(&self) -> &Interaction {
        &self.variant.presentation.interaction
    }
}

fn entry_html(entries: &[&[Entry]], key: &str) -> String {
    entries
        .iter()
        .copied()
        .flatten()
        .find(|entry| entry.key == key)
        .map_or_else(|| escaped(key), |entry| markup::line(&entry.text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    markup::escape(&mut out, text);
    out
}

/// Several parts of one answer, each kept together.
fn listed(parts: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for (place, part) in parts.enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        out.push_str(&format!("{comma}<span class=\"part\">{part}</span>"));
    }
    out
}

/// Something typed: as mathematics where it reads as such, else as the words that it is.
fn typed_html(text: &str, is_words: bool) -> String {
    let looks_like_words = !text.chars().any(|letter| letter.is_ascii_digit())
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 2;
    if is_words || looks_like_words {
        return escaped(text);
    }
    match typed(text, &ReadOptions::default()) {
        Ok(expression) => trellis_math::mathml::from_expr(&expression),
        Err(_) => escaped(text),
    }
}

/// An answer as it was given, as HTML that is safe to show.
pub(crate) fn answer_html(response: &Response, question: Option<&Question>) -> String {
    let interaction = question.map(Question::interaction);
    let entries: Vec<&[Entry]> = match interaction {
        Some(Interaction::Choice { options } | Interaction::MultipleChoice { options }) => {
            vec![options]
        }
        Some(Interaction::Order { entries }) => vec![entries],
        Some(Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions }) => {
            vec![regions]
        }
        Some(Interaction::Match { left, right }) => vec![left, right],
        _ => Vec::new(),
    };
    let join = |keys: &[String]| {
        let parts = keys.iter().map(|key| entry_html(&entries, key));
        listed(parts)
    };
    match response {
        Response::Text(text) => {
            let words = matches!(interaction, Some(Interaction::Words | Interaction::Text));
            typed_html(text, words)
        }
        Response::Point(text) => typed_html(text, false),
        Response::Choice(key) => entry_html(&entries, key),
        Response::Choices(keys) | Response::Order(keys) => join(keys),
        Response::Pairs(pairs) => {
            let parts = pairs.iter().map(|(left, right)| {
                let (left, right) = (entry_html(&entries, left), entry_html(&entries, right));
                format!("{left} → {right}")
            });
            listed(parts)
        }
        Response::Gaps(gaps) => {
            let parts = gaps.iter().enumerate().map(|(gap, given)| {
                let options: Vec<&[Entry]> = match interaction {
                    Some(Interaction::InlineChoice { gaps }) => {
                        gaps.get(gap).map(Vec::as_slice).into_iter().collect()
                    }
                    Some(Interaction::GapMatch { bank, .. }) => vec![bank],
                    _ => Vec::new(),
                };
                entry_html(&options, given)
            });
            listed(parts)
        }
        Response::Points(points) => {
            let parts = points.iter().map(|(x, y)| escaped(&format!("({x}, {y})")));
            listed(parts)
        }
    }
}

/// One thing that happened.
pub(crate) struct Happening {
    pub(crate) icon: &'static str,
    pub(crate) tint: &'static str,
    pub(crate) when: String,
    pub(crate) headline: String,
    pub(crate) skill: String,
    pub(crate) stem: Option<String>,
    pub(crate) answer: Option<String>,
    pub(crate) details: Vec<String>,
}

/// A chance in tenths.
pub(crate) fn tenths(chance: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a probability in tenths is 0 to 10"
    )]
    let tenths = (chance * 10.0).round().clamp(0.0, 10.0) as u8;
    tenths
}

/// "today", "yesterday", "3 days ago".
pub(crate) fn when(words: &Words, now: Timestamp, at: Timestamp) -> String {
    let days = u32::try_from(now.day().saturating_sub(at.day()).max(0)).unwrap_or(u32::MAX);
    words.count("teach-days-ago", "days", days)
}

/// What the timeline is written from.
pub(crate) struct Teller<'a> {
    pub(crate) words: &'a Words,
    pub(crate) catalog: &'a Catalog,
    pub(crate) events: &'a [Recorded],
    pub(crate) now: Timestamp,
}

impl Teller<'_> {
    /// The events in words, newest first: those about one competency, or all of them.
    pub(crate) fn entries(&self, about: Option<&CompetencyId>, most: usize) -> Vec<Happening> {
        let mut questions: BTreeMap<AttemptId, Option<Question>> = BTreeMap::new();
        self.events
            .iter()
            .filter(|recorded| {
                let subject = self.subject(&recorded.event);
                about.is_none_or(|about| subject.as_ref() == Some(about))
            })
            .filter_map(|recorded| {
                let question = recorded.event.attempt().and_then(|attempt| {
                    questions
                        .entry(attempt)
                        .or_insert_with(|| Question::of(attempt, self.events, self.catalog))
                        .as_ref()
                });
                self.entry(recorded, question)
            })
            .take(most)
            .collect()
    }

    fn title(&self, id: &CompetencyId) -> String {
        self.catalog
            .competency(id)
            .map_or_else(|| id.as_str().to_owned(), |found| found.title.clone())
    }

    /// The competency that an event is about.
    fn subject(&self, event: &Event) -> Option<CompetencyId> {
        match event {
            Event::Responded { competency, .. }
            | Event::Revealed { competency, .. }
            | Event::Mastered { competency, .. }
            | Event::Doubted { competency, .. }
            | Event::ProofBegun { competency, .. }
            | Event::ProofEnded { competency, .. } => Some(competency.clone()),
            Event::Directed { directive, .. } => Some(directive.kind.competency().clone()),
            Event::DirectiveUndone { directive, .. } => self
                .directive(*directive)
                .map(|kind| kind.competency().clone()),
            _ => None,
        }
    }

    /// What a directive said, when it is among the events.
    fn directive(&self, id: trellis_core::id::DirectiveId) -> Option<&DirectiveKind> {
        self.events
            .iter()
            .find_map(|recorded| match &recorded.event {
                Event::Directed { directive, .. } if directive.id == id => Some(&directive.kind),
                _ => None,
            })
    }

    fn entry(&self, recorded: &Recorded, question: Option<&Question>) -> Option<Happening> {
        let words = self.words;
        let plain = |icon, tint, headline| Happening {
            icon,
            tint,
            when: when(words, self.now, recorded.at),
            headline,
            skill: self
                .subject(&recorded.event)
                .map(|id| self.title(&id))
                .unwrap_or_default(),
            stem: None,
            answer: None,
            details: Vec::new(),
        };
        let told = |kind: &str| words.t(&format!("teach-event-{kind}"));
        Some(match &recorded.event {
            Event::Responded { .. } => self.response(&recorded.event, question, plain)?,
            // After a response the question and the estimate stand there already.
            Event::Revealed { evidence: None, .. } => plain("eye", "sky", told("revealed")),
            Event::Revealed { before, after, .. } => Happening {
                stem: question.map(Question::stem_html),
                details: vec![self.moved(before, after)],
                ..plain("eye", "sky", told("revealed"))
            },
            Event::Mastered { opens, .. } => Happening {
                details: self.opens(opens).into_iter().collect(),
                ..plain("badge-check", "leaf", told("mastered"))
            },
            Event::Doubted { .. } => plain("circle-help", "plum", told("doubted")),
            Event::ProofBegun { .. } => plain("target", "sky", told("proof-begun")),
            Event::ProofEnded {
                right, mastered, ..
            } => Happening {
                details: vec![words.count("teach-proof-right", "right", *right)],
                ..plain(
                    "target",
                    "sky",
                    told(if *mastered {
                        "proof-held"
                    } else {
                        "proof-not-yet"
                    }),
                )
            },
            Event::Directed { directive, .. } => Happening {
                details: note(words, &directive.note),
                ..plain(
                    "sliders-horizontal",
                    "plum",
                    words.t(&format!("teach-directed-{}", directive.kind.name())),
                )
            },
            Event::DirectiveUndone { directive, .. } => {
                let kind = self
                    .directive(*directive)
                    .map_or("other", DirectiveKind::name);
                let what = words.t(&format!("teach-directed-{kind}"));
                plain(
                    "undo-2",
                    "plum",
                    words.one("teach-event-undone", "what", &what),
                )
            }
            _ => return None,
        })
    }

    /// A response with its question, its help and what it moved.
    fn response(
        &self,
        event: &Event,
        question: Option<&Question>,
        plain: impl Fn(&'static str, &'static str, String) -> Happening,
    ) -> Option<Happening> {
        let Event::Responded {
            response,
            score,
            evidence,
            before,
            after,
            ..
        } = event
        else {
            return None;
        };
        let (icon, tint, key) = if score.right {
            ("check", "leaf", "teach-event-right")
        } else {
            ("footprints", "sun", "teach-event-not-yet")
        };
        let mut details = self.help(evidence);
        if let Some(mix_up) = score.mix_up.as_ref().and_then(|id| self.catalog.mix_up(id)) {
            details.push(
                self.words
                    .one("teach-event-mix-up", "mix-up", &mix_up.title),
            );
        }
        details.push(self.moved(before, after));
        Some(Happening {
            stem: question.map(Question::stem_html),
            answer: Some(answer_html(response, question)),
            details,
            ..plain(icon, tint, self.words.t(key))
        })
    }

    fn help(&self, evidence: &Evidence) -> Vec<String> {
        let mut details = Vec::new();
        if evidence.hints > 0 {
            details.push(
                self.words
                    .count("teach-event-hints", "count", evidence.hints),
            );
        }
        if evidence.earlier > 0 {
            let number = u32::from(evidence.earlier) + 1;
            details.push(self.words.count("teach-event-try", "number", number));
        }
        details
    }

    fn opens(&self, opens: &[CompetencyId]) -> Option<String> {
        let titles: Vec<String> = opens.iter().map(|id| self.title(id)).collect();
        (!titles.is_empty()).then(|| {
            self.words
                .one("teach-event-opens", "skills", &titles.join(", "))
        })
    }

    /// "Expected right: 6 → 7 of 10."
    fn moved(&self, before: &Believed, after: &Believed) -> String {
        let (before, after) = (tenths(before.next_right), tenths(after.next_right));
        let numbers = [("before", f64::from(before)), ("after", f64::from(after))];
        let key = if before == after {
            "teach-event-same"
        } else {
            "teach-event-moved"
        };
        self.words.mixed(key, &numbers, &[])
    }
}

/// A teacher's note as a detail; none when it is empty.
pub(super) fn note(words: &Words, note: &str) -> Vec<String> {
    if note.is_empty() {
        Vec::new()
    } else {
        vec![words.one("teach-note-said", "note", note)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_answers_are_mathematics_or_escaped_words() {
        assert!(typed_html("2/5", false).contains("<mfrac>"));
        assert_eq!(typed_html("I don't know", false), "I don&#39;t know");
        assert_eq!(typed_html("2/5", true), "2/5");
        assert_eq!(
            typed_html("<img src=x onerror=1>", false),
            "&lt;img src=x onerror=1&gt;"
        );
        assert_eq!(
            answer_html(&Response::Choice("<b>".into()), None),
            "&lt;b&gt;"
        );
    }

    #[test]
    fn a_chance_is_told_in_tenths() {
        for (chance, told) in [(0.0, 0), (0.449, 4), (0.45, 5), (0.999, 10), (f64::NAN, 0)] {
            assert_eq!(tenths(chance), told, "{chance}");
        }
    }
}
