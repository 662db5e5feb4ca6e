//! What happened to one student, in words, with the answers as they were given.

use std::collections::BTreeMap;

use trellis_core::catalog::Catalog;
use trellis_core::estimate::Believed;
use trellis_core::event::{Event, Evidence, Recorded};
use trellis_core::framework::CompetencyId;
use trellis_core::id::{AnswerId, AttemptId};
use trellis_core::item::{Interaction, Outcome, Variant, grade};
use trellis_core::placement::{Asked, Placed};
use trellis_core::plan::DirectiveKind;
use trellis_core::project::ScoredCriterion;
use trellis_core::time::Timestamp;

use crate::pages::practice::points_words;
use crate::words::{Words, small};
use crate::{chance, given, markup, reasons};

/// The longest stem that the timeline shows whole, in characters of its markup.
const LONGEST_STEM: usize = 600;

/// A question as it was asked.
pub(crate) struct Question {
    variant: Variant,
}

impl Question {
    /// The question of an attempt, when its beginning is among the events and it still stands in the content.
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
        let interest = interest.as_ref().map(|interest| interest.as_str());
        let variant = catalog.item(item)?.variant(seed, interest).ok()?;
        // Other content may have another question under this name: then the answers would be judged otherwise.
        let same = content == catalog.content() || judged_alike(attempt, events, &variant);
        same.then_some(Self { variant })
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

    pub(crate) fn interaction(&self) -> &Interaction {
        &self.variant.presentation.interaction
    }
}

/// Whether the answers of an attempt, of which there must be one, get the same judgement from this variant again.
fn judged_alike(attempt: AttemptId, events: &[Recorded], variant: &Variant) -> bool {
    let mut answered = false;
    // Of answers that were judged anew the last word counts; the newest event comes first.
    let anew = |id: &AnswerId| {
        let mut rescored = events.iter().filter_map(|recorded| match &recorded.event {
            Event::Rescored { answers, .. } => answers.iter().find(|of| of.answer == *id),
            _ => None,
        });
        rescored.next().map(|of| of.score.right)
    };
    let alike = events.iter().all(|recorded| match &recorded.event {
        Event::Responded {
            attempt: of,
            answer,
            response,
            score,
            ..
        } if *of == attempt => {
            answered = true;
            grade(variant, response).is_right() == anew(answer).unwrap_or(score.right)
        }
        Event::HandedIn {
            attempt: of,
            response,
            awaits,
            ..
        } if *of == attempt => {
            answered = true;
            grade(variant, response).outcome == Outcome::Awaits(*awaits)
        }
        _ => true,
    });
    answered && alike
}

/// One thing that happened.
pub(crate) struct Happening {
    pub(crate) icon: &'static str,
    pub(crate) tint: &'static str,
    pub(crate) at: Timestamp,
    pub(crate) when: String,
    pub(crate) headline: String,
    pub(crate) skill: String,
    pub(crate) stem: Option<String>,
    pub(crate) answer: Option<String>,
    pub(crate) details: Vec<String>,
    /// The page of the question, where an answer is shown.
    pub(crate) look: Option<String>,
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
            .filter(|recorded| about.is_none_or(|about| self.is_about(&recorded.event, about)))
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
        reasons::title_of(self.catalog, id)
    }

    /// Whether an event says something about a competency.
    fn is_about(&self, event: &Event, about: &CompetencyId) -> bool {
        match event {
            Event::ProjectScored { criteria, .. } => {
                let mut says = criteria.iter().filter_map(|one| one.says.as_ref());
                says.any(|says| says.competency == *about)
            }
            event => self.subject(event).as_ref() == Some(about),
        }
    }

    /// The competency that an event is about.
    fn subject(&self, event: &Event) -> Option<CompetencyId> {
        match event {
            Event::Responded { competency, .. }
            | Event::HandedIn { competency, .. }
            | Event::Scored { competency, .. }
            | Event::ScoreUndone { competency, .. }
            | Event::Rescored { competency, .. }
            | Event::Revealed { competency, .. }
            | Event::Mastered { competency, .. }
            | Event::Doubted { competency, .. }
            | Event::ProofBegun { competency, .. }
            | Event::ProofEnded { competency, .. } => Some(competency.clone()),
            Event::Directed { directive, .. } => directive.kind.competency().cloned(),
            Event::DirectiveUndone { directive, .. } => {
                self.directive(*directive)?.competency().cloned()
            }
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
            at: recorded.at,
            when: when(words, self.now, recorded.at),
            headline,
            skill: self
                .subject(&recorded.event)
                .map(|id| self.title(&id))
                .unwrap_or_default(),
            stem: None,
            answer: None,
            details: Vec::new(),
            look: match &recorded.event {
                Event::Responded { item, .. } | Event::Rescored { item, .. } => {
                    Some(format!("/teach/items/{item}"))
                }
                _ => None,
            },
        };
        let told = |kind: &str| words.t(&format!("teach-event-{kind}"));
        Some(match &recorded.event {
            Event::Responded { .. } => self.response(&recorded.event, question, plain)?,
            Event::HandedIn { .. }
            | Event::Scored { .. }
            | Event::ScoreUndone { .. }
            | Event::ProjectScored { .. }
            | Event::ProjectScoreUndone { .. } => {
                self.by_a_person(&recorded.event, question, plain)?
            }
            Event::Rescored { .. } => self.rescored(&recorded.event, plain)?,
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
            Event::ProofEnded { .. } | Event::PlacementEnded { .. } => {
                self.found_out(&recorded.event, plain)?
            }
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

    /// What came of it when answers were judged anew.
    fn rescored(
        &self,
        event: &Event,
        plain: impl Fn(&'static str, &'static str, String) -> Happening,
    ) -> Option<Happening> {
        let Event::Rescored {
            better,
            worse,
            before,
            after,
            ..
        } = event
        else {
            return None;
        };
        let words = self.words;
        let counted = [("better", *better), ("worse", *worse)].into_iter();
        let counted = counted.filter(|(_, count)| *count > 0);
        let mut details: Vec<String> = counted
            .map(|(which, count)| {
                words.count(&format!("teach-event-rescored-{which}"), "count", count)
            })
            .collect();
        details.push(self.moved(before, after));
        Some(Happening {
            details,
            ..plain("refresh-cw", "sky", words.t("teach-event-rescored"))
        })
    }

    /// What a proof or a placement found out.
    fn found_out(
        &self,
        event: &Event,
        plain: impl Fn(&'static str, &'static str, String) -> Happening,
    ) -> Option<Happening> {
        let words = self.words;
        Some(match event {
            Event::ProofEnded {
                right,
                done,
                mastered,
                ..
            } => {
                let numbers = [("right", f64::from(*right)), ("done", f64::from(*done))];
                let key = if *mastered {
                    "teach-event-proof-held"
                } else {
                    "teach-event-proof-not-yet"
                };
                Happening {
                    details: vec![words.mixed("teach-proof-right", &numbers, &[])],
                    ..plain("target", "sky", words.t(key))
                }
            }
            Event::PlacementEnded {
                why, asked, known, ..
            } => {
                let told = words.t(&format!("teach-placement-{}", why.name()));
                Happening {
                    details: self.placement(asked, known),
                    ..plain("compass", "sky", told)
                }
            }
            _ => return None,
        })
    }

    /// What a placement asked and what it takes as known.
    fn placement(&self, asked: &[Asked], known: &[Placed]) -> Vec<String> {
        if asked.is_empty() {
            return Vec::new();
        }
        let count = |number: usize| f64::from(small(number));
        let right = asked.iter().filter(|asked| asked.right).count();
        let numbers = [
            ("asked", count(asked.len())),
            ("right", count(right)),
            ("known", count(known.len())),
        ];
        vec![self.words.mixed("teach-placement-found", &numbers, &[])]
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
            answer: Some(given::html(response, question.map(Question::interaction))),
            details,
            ..plain(icon, tint, self.words.t(key))
        })
    }

    /// A response that a person judges: handed in, scored, or waiting again.
    fn by_a_person(
        &self,
        event: &Event,
        question: Option<&Question>,
        plain: impl Fn(&'static str, &'static str, String) -> Happening,
    ) -> Option<Happening> {
        let words = self.words;
        Some(match event {
            Event::HandedIn { response, .. } => Happening {
                stem: question.map(Question::stem_html),
                answer: Some(given::html(response, question.map(Question::interaction))),
                ..plain("pencil", "sky", words.t("teach-event-handed-in"))
            },
            Event::Scored {
                points,
                most,
                comment,
                before,
                after,
                ..
            } => {
                let sum = |points: &[u8]| points.iter().map(|points| u32::from(*points)).sum();
                let points = points_words(words, sum(points), sum(most));
                let mut details = note(words, comment);
                details.push(self.moved(before, after));
                let headline = words.one("teach-event-scored", "points", &points);
                Happening {
                    details,
                    ..plain("user-check", "leaf", headline)
                }
            }
            Event::ScoreUndone { before, after, .. } => Happening {
                details: vec![self.moved(before, after)],
                ..plain("undo-2", "plum", words.t("teach-event-score-undone"))
            },
            Event::ProjectScored {
                title,
                criteria,
                comment,
                ..
            } => Happening {
                details: self.of_project(criteria, comment),
                ..plain(
                    "user-check",
                    "leaf",
                    words.one("teach-event-project-scored", "title", title),
                )
            },
            Event::ProjectScoreUndone { .. } => {
                plain("undo-2", "plum", words.t("teach-event-project-undone"))
            }
            _ => return None,
        })
    }

    /// The points of a project, each with what it moved.
    fn of_project(&self, criteria: &[ScoredCriterion], comment: &str) -> Vec<String> {
        let mut details = Vec::new();
        for one in criteria {
            let numbers = [
                ("points", f64::from(one.points) + 1.0),
                ("most", f64::from(one.most) + 1.0),
            ];
            details.push(self.words.mixed(
                "teach-project-line",
                &numbers,
                &[("criterion", &one.title)],
            ));
            if let Some(says) = &one.says {
                let moved = self.moved(&says.before, &says.after);
                details.push(format!("{}. {moved}", self.title(&says.competency)));
            }
        }
        details.extend(note(self.words, comment));
        details
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
        let from = chance::figure(self.words, before.next_right);
        let to = chance::figure(self.words, after.next_right);
        let key = if from == to {
            "teach-event-same"
        } else {
            "teach-event-moved"
        };
        self.words.with(key, &[("before", &from), ("after", &to)])
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
