//! A term put into words.

use std::collections::BTreeSet;

use trellis_core::about::taken_back;
use trellis_core::agreed::Agreed;
use trellis_core::catalog::Catalog;
use trellis_core::event::Event;
use trellis_core::framework::CompetencyId;
use trellis_core::goals::Standing;
use trellis_core::id::PersonId;
use trellis_core::mastery::{self, Mastery};
use trellis_core::time::Timestamp;
use trellis_store::WorkView;
use trellis_store::read::{PlanView, TermView};

use crate::day;
use crate::pages::family::{full_name, in_plain_words, news, planned};
use crate::words::Words;

/// What a report is made from.
pub(super) struct Sources<'a> {
    pub(super) term: &'a TermView,
    pub(super) plan: &'a PlanView,
    /// As far as the reader may see it.
    pub(super) work: &'a WorkView,
    pub(super) catalog: &'a Catalog,
    pub(super) agreed: &'a Agreed,
    pub(super) words: &'a Words,
    /// The first day and the last, both in it.
    pub(super) days: (Timestamp, Timestamp),
    pub(super) now: Timestamp,
}

/// Steps of a part of a course, each as safe HTML.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) title: String,
    pub(super) lines_html: Vec<String>,
}

/// Something that was said or made, with whose it is.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) who: String,
    pub(super) lines: Vec<String>,
}

/// The page's contents. Fields that end in `_html` were made by [`crate::markup`] and are safe.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) name: String,
    pub(super) dates: String,
    pub(super) lead: Vec<String>,
    pub(super) can: Vec<Unit>,
    pub(super) doubt_html: Vec<String>,
    pub(super) now_html: Vec<String>,
    pub(super) goals: Vec<String>,
    pub(super) said: Vec<Said>,
    pub(super) work: Vec<Said>,
}

impl Report {
    pub(super) fn of(from: &Sources<'_>) -> Self {
        let name = from.term.learner.name.given.clone();
        let (first, last) = from.days;
        let dates = [
            ("from", day::in_words(first, from.words)),
            ("to", day::in_words(last, from.words)),
        ];
        let dates = dates.each_ref().map(|(name, day)| (*name, day.as_str()));
        let numbers = [
            ("questions", f64::from(from.term.questions)),
            ("days", f64::from(from.term.days)),
        ];
        let texts = [("name", name.as_str())];
        let mut lead = vec![from.words.mixed("term-busy", &numbers, &texts)];
        let state = &from.term.learner.state;
        lead.extend(
            planned(
                state,
                from.catalog,
                from.agreed,
                from.words,
                from.now,
                &name,
            )
            .into_iter()
            .flatten(),
        );
        let doubted = from.doubted();
        Self {
            dates: from.words.with("term-dates", &dates),
            lead,
            can: from.can(),
            now_html: from.lines(&from.begun(&doubted)),
            doubt_html: from.lines(&doubted),
            goals: from.goals(),
            said: from.said(),
            work: from.shared(&name),
            name,
        }
    }
}

impl Sources<'_> {
    fn is_mastered(&self, id: &CompetencyId) -> bool {
        mastery::mastery(&self.term.learner.state, id, self.now) != Mastery::NotYet
    }

    fn is_within(&self, at: Timestamp) -> bool {
        (self.days.0.day()..=self.days.1.day()).contains(&at.day())
    }

    /// In the order of the courses, under the part that they belong to.
    fn can(&self) -> Vec<Unit> {
        let news = news(&self.term.learner.state, &self.term.events, self.now);
        let mut units = Vec::new();
        let courses = self.catalog.courses().iter();
        for (course, unit) in courses.flat_map(|course| {
            let units = course.units.iter();
            units.map(move |unit| (course, unit))
        }) {
            let of_unit = unit.competencies.iter().filter_map(|id| {
                let (_, by_a_teacher) = news.iter().find(|(new, _)| *new == id)?;
                let line = in_plain_words(course.competency(id)?);
                Some(match by_a_teacher {
                    true => format!("{line} {}", self.words.t("term-by-teacher")),
                    false => line,
                })
            });
            let lines_html: Vec<String> = of_unit.collect();
            if !lines_html.is_empty() {
                units.push(Unit {
                    title: unit.title.clone(),
                    lines_html,
                });
            }
        }
        units
    }

    /// What was doubted in this time and is not mastered today.
    fn doubted(&self) -> BTreeSet<&CompetencyId> {
        let events = self.term.events.iter();
        let doubted = events.filter_map(|recorded| match &recorded.event {
            Event::Doubted { competency, .. } => Some(competency),
            _ => None,
        });
        doubted.filter(|id| !self.is_mastered(id)).collect()
    }

    /// What was answered last in this time, is not mastered today and is not among what was doubted.
    fn begun(&self, doubted: &BTreeSet<&CompetencyId>) -> BTreeSet<&CompetencyId> {
        let known = self.term.learner.state.competencies.iter();
        known
            .filter(|known| self.is_within(known.last_at))
            .map(|known| &known.competency)
            .filter(|id| !self.is_mastered(id) && !doubted.contains(*id))
            .collect()
    }

    /// What competencies are, in plain words; those of no course are left out.
    fn lines(&self, ids: &BTreeSet<&CompetencyId>) -> Vec<String> {
        let known = ids.iter().filter_map(|id| self.catalog.competency(id));
        known.map(in_plain_words).collect()
    }

    fn goals(&self) -> Vec<String> {
        let goals = self.plan.plan.goals.iter();
        let line = |goal: &trellis_core::goals::Goal| match goal.standing {
            Standing::Reached if self.is_within(goal.since) => {
                Some(self.words.one("term-goal-done", "goal", &goal.text))
            }
            Standing::Open => {
                let day = day::in_words(goal.due, self.words);
                let texts = [("goal", goal.text.as_str()), ("day", day.as_str())];
                Some(self.words.with("term-goal-open", &texts))
            }
            _ => None,
        };
        goals.filter_map(line).collect()
    }

    fn who(&self, id: PersonId, at: Timestamp) -> String {
        let teachers = self.term.teachers.iter();
        let known = teachers.chain(self.plan.names.values());
        let found = known.into_iter().find(|name| name.id == id);
        let by = found.map_or_else(|| self.words.t("family-some-teacher"), full_name);
        let day = day::in_words(at, self.words);
        let texts = [("by", by.as_str()), ("day", day.as_str())];
        self.words.with("term-words-by", &texts)
    }

    /// Notes of talks, and what was said with scores that were not taken back; oldest first.
    fn said(&self) -> Vec<Said> {
        let mut said: Vec<(Timestamp, Said)> = Vec::new();
        for talk in &self.plan.plan.check_ins {
            if self.is_within(talk.at) {
                let mut lines = vec![talk.said.clone()];
                if !talk.next.is_empty() {
                    lines.push(self.words.one("term-words-next", "next", &talk.next));
                }
                let who = self.who(talk.by, talk.at);
                said.push((talk.at, Said { who, lines }));
            }
        }
        let taken_back = taken_back(&self.term.events);
        for recorded in &self.term.events {
            let (Event::Scored { comment, .. } | Event::ProjectScored { comment, .. }) =
                &recorded.event
            else {
                continue;
            };
            if !comment.is_empty() && !taken_back.contains(&recorded.decision) {
                let who = self.who(recorded.actor.person, recorded.at);
                let lines = vec![comment.clone()];
                said.push((recorded.at, Said { who, lines }));
            }
        }
        said.sort_by_key(|(at, _)| *at);
        said.into_iter().map(|(_, said)| said).collect()
    }

    fn shared(&self, name: &str) -> Vec<Said> {
        let pieces = self.work.artifacts.iter();
        let within = pieces.filter(|piece| self.is_within(piece.made_at));
        // A teacher who looks at the report sees of these what the student shares with teachers too.
        let shared = within.filter(|piece| piece.text.shared.family);
        let one = |piece: &trellis_store::Artifact| {
            let mut lines = Vec::new();
            if !piece.text.said.is_empty() {
                lines.push(piece.text.said.clone());
            }
            if !piece.text.reflection.is_empty() {
                let texts = [("name", name), ("text", piece.text.reflection.as_str())];
                lines.push(self.words.with("term-work-thinks", &texts));
            }
            Said {
                who: piece.text.title.clone(),
                lines,
            }
        };
        shared.map(one).collect()
    }
}
