//! What a family's page says, made from what the rules believe. It never invents a norm: where a child of this age should be
//! is said only where the district has agreed on a pace.

use std::collections::BTreeMap;

use trellis_core::about::taken_back;
use trellis_core::agreed::{Agreed, Level, Track};
use trellis_core::catalog::Catalog;
use trellis_core::consent::Use;
use trellis_core::estimate::LearnerState;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{Competency, CompetencyId, MixUpId};
use trellis_core::mastery::{self, Mastery};
use trellis_core::plan::DirectiveKind;
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_store::read::{FamilyView, Name};

use crate::day;
use crate::parts;
use crate::reasons::{self, Reader};
use crate::words::{Words, small};
use crate::{chance, markup};

/// Most steps that the path shows.
const MOST_STEPS: usize = 5;
/// Most things that a list names: the page prints on one sheet.
const MOST_NAMED: usize = 3;
/// Wrong first tries within the week from which on a step counts as hard.
const HARD_FROM: u32 = 2;

/// One step on the way.
#[derive(Debug)]
pub(super) struct Step {
    /// `d` for mastered, `n` for now, nothing for later: the classes of the style sheet.
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) note: String,
}

/// A part of the course with the steps around the current one.
#[derive(Debug)]
pub(super) struct Road {
    pub(super) about: String,
    pub(super) steps: Vec<Step>,
    /// Why the current step comes now.
    pub(super) why: Vec<String>,
    /// What moves the chance most.
    pub(super) parts: Vec<String>,
}

/// Something that is hard just now.
#[derive(Debug)]
pub(super) struct Hard {
    /// What it is, as HTML made by [`markup`].
    pub(super) text: String,
    pub(super) mix_up: Option<String>,
}

/// The page's contents. Fields that end in `_html` were made by [`markup`] and are safe.
#[derive(Debug)]
pub(super) struct Week {
    pub(super) title: String,
    pub(super) name: String,
    /// The address of the page with all that is kept about the child.
    pub(super) kept: String,
    pub(super) date: String,
    pub(super) lead: Vec<String>,
    pub(super) grades: Option<String>,
    pub(super) road: Option<Road>,
    pub(super) new_html: Vec<String>,
    pub(super) hard: Vec<Hard>,
    pub(super) home_html: Option<String>,
    pub(super) set: Vec<String>,
    /// Whether the child's answers choose what comes next.
    pub(super) choosing: Vec<String>,
    /// Who of the school looked at the child's pages.
    pub(super) looked: String,
    pub(super) talk: String,
    pub(super) first_teacher: Option<String>,
}

/// Everything that the parts of the page are made from.
struct Facts<'a> {
    state: &'a LearnerState,
    view: &'a FamilyView,
    catalog: &'a Catalog,
    words: &'a Words,
    agreed: &'a Agreed,
    now: Timestamp,
    name: &'a str,
}

impl Week {
    /// Puts a child's week into words.
    pub(super) fn of(
        view: &FamilyView,
        catalog: &Catalog,
        words: &Words,
        agreed: &Agreed,
        now: Timestamp,
    ) -> Self {
        let facts = Facts {
            state: &view.learner.state,
            view,
            catalog,
            words,
            agreed,
            now,
            name: &view.learner.name.given,
        };
        let current = facts.current();
        let subject_is_math = facts.courses_are_mathematics();
        let title = if subject_is_math {
            "family-title"
        } else {
            "family-title-other"
        };
        let first_teacher = view.teachers.first().map(full_name);
        let planned = facts.planned();
        Self {
            title: words.one(title, "name", facts.name),
            name: facts.name.to_owned(),
            kept: format!("/kept/{}", view.learner.name.id),
            date: words.one("family-week", "date", &day::in_words(now, words)),
            grades: facts.grades().filter(|_| planned.is_none()),
            lead: facts.lead(planned, first_teacher.as_deref()),
            road: current.and_then(|id| facts.road(id)),
            new_html: facts.new_this_week(),
            hard: facts.hard(),
            home_html: current
                .and_then(|id| catalog.competency(id))
                .filter(|competency| !competency.home.is_empty())
                .map(|competency| markup::line(&competency.home)),
            set: facts.set_by_teachers(),
            choosing: facts.choosing(),
            looked: facts.looked(),
            talk: facts.talk(),
            first_teacher,
        }
    }
}

impl<'a> Facts<'a> {
    fn courses_are_mathematics(&self) -> bool {
        let mut subjects = self
            .state
            .courses
            .iter()
            .filter_map(|id| self.catalog.course(id))
            .map(|course| course.subject.to_lowercase());
        subjects.all(|subject| subject.starts_with("math"))
    }

    fn is_mastered(&self, id: &CompetencyId) -> bool {
        mastery::mastery(self.state, id, self.now) != Mastery::NotYet
    }

    /// What counts as mastered now and is part of a course that the child takes.
    fn mastered(&self) -> usize {
        let courses = self.state.courses.iter();
        courses
            .filter_map(|id| self.catalog.course(id))
            .flat_map(|course| course.sequence())
            .filter(|id| self.is_mastered(id))
            .count()
    }

    /// What is new within the week.
    fn news(&self) -> Vec<&'a CompetencyId> {
        let news = news(self.state, &self.view.events, self.now).into_iter();
        news.map(|(id, _)| id).collect()
    }

    /// Questions, not tries: how many attempts had a response within the week that was judged. What waits for a person is
    /// not counted, and no score that was taken back.
    fn questions(&self) -> usize {
        let taken_back = taken_back(&self.view.events);
        let mut attempts: Vec<_> = self
            .view
            .events
            .iter()
            .filter(|recorded| match recorded.event {
                Event::Responded { .. } => true,
                Event::Scored { .. } => !taken_back.contains(&recorded.decision),
                _ => false,
            })
            .filter_map(|recorded| recorded.event.attempt())
            .collect();
        attempts.sort_unstable();
        attempts.dedup();
        attempts.len()
    }

    /// The step that the child works on: the first to learn in the last advice, else what was tried last.
    fn current(&self) -> Option<&'a CompetencyId> {
        let advised = self.state.advice.as_ref().and_then(|(_, advice)| {
            advice
                .stops
                .iter()
                .filter(|stop| stop.purpose == Purpose::Learn)
                .find_map(|stop| stop.competency.as_ref())
        });
        let latest = self
            .state
            .competencies
            .iter()
            .max_by_key(|competency| competency.last_at)
            .map(|competency| &competency.competency);
        advised.filter(|id| !self.is_mastered(id)).or(latest)
    }

    fn lead(&self, planned: Option<Vec<String>>, teacher: Option<&str>) -> Vec<String> {
        let words = self.words;
        let name = ("name", self.name);
        let is_planned = planned.is_some();
        let mut lead = match (planned, teacher) {
            (Some(planned), _) => planned,
            (None, Some(teacher)) => {
                vec![words.with("family-where-teacher", &[name, ("teacher", teacher)])]
            }
            (None, None) => vec![words.with("family-where-school", &[name])],
        };
        if self.state.competencies.is_empty() && self.mastered() == 0 {
            lead.push(words.with("family-not-begun", &[name]));
            return lead;
        }
        let (mastered, news) = (self.mastered(), self.news().len());
        // The plan has said it already.
        if !is_planned {
            lead.push(words.mixed("family-done", &[("n", count(mastered))], &[name]));
        }
        if news > 0 {
            let key = if news >= mastered {
                "family-moved-all"
            } else {
                "family-moved"
            };
            lead.push(words.count(key, "n", count(news)));
        }
        lead.push(match self.questions() {
            0 => words.with("family-quiet", &[name]),
            questions => words.mixed("family-busy", &[("n", count(questions))], &[name]),
        });
        lead
    }

    fn planned(&self) -> Option<Vec<String>> {
        planned(
            self.state,
            self.catalog,
            self.agreed,
            self.words,
            self.now,
            self.name,
        )
    }

    /// What the district calls the level of a step, where it has a name of its own.
    fn own_name(&self, id: &CompetencyId) -> Option<&str> {
        let known = self.state.competency(id);
        let level = Level::of(
            mastery::mastery(self.state, id, self.now),
            known.is_some(),
            known.and_then(|known| known.mastered_at),
            self.now,
        );
        self.agreed.name(self.words.language().tag(), level)
    }

    /// A course over several grades is not a list to finish this year.
    fn grades(&self) -> Option<String> {
        let course = self
            .state
            .courses
            .iter()
            .find_map(|id| self.catalog.course(id))?;
        let (first, last) = (course.grades.first()?, course.grades.last()?);
        (first != last).then(|| {
            self.words
                .with("family-grades", &[("first", first), ("last", last)])
        })
    }

    fn road(&self, current: &CompetencyId) -> Option<Road> {
        let course = self.catalog.course_of(current)?;
        let unit = course.unit_of(current)?;
        let place = unit.competencies.iter().position(|id| id == current)?;
        let last_start = unit.competencies.len().saturating_sub(MOST_STEPS);
        let start = place.saturating_sub(2).min(last_start);
        let news = self.news();
        let steps = unit
            .competencies
            .iter()
            .skip(start)
            .take(MOST_STEPS)
            .filter_map(|id| Some(self.step(course.competency(id)?, current, &news)))
            .collect();
        Some(Road {
            about: self.words.with(
                "family-path-about",
                &[("unit", &unit.title), ("name", self.name)],
            ),
            steps,
            why: self.why(current),
            parts: parts::lines(
                self.words,
                self.catalog,
                Reader::Family(self.name),
                self.state,
                current,
            ),
        })
    }

    fn step(
        &self,
        competency: &Competency,
        current: &CompetencyId,
        news: &[&CompetencyId],
    ) -> Step {
        let (id, words) = (&competency.id, self.words);
        let by_teacher = self
            .state
            .directives
            .iter()
            .find(|given| given.kind == DirectiveKind::CountAsMastered(id.clone()));
        let (class, note) = match mastery::mastery(self.state, id, self.now) {
            Mastery::Fading => ("d", words.t("family-step-review")),
            Mastery::Mastered => match by_teacher {
                Some(given) => {
                    let teacher = self.teacher(given.by);
                    ("d", words.one("family-step-teacher", "teacher", &teacher))
                }
                None if news.contains(&id) => ("d", words.t("family-step-this-week")),
                None => ("d", words.t("family-step-mastered")),
            },
            Mastery::NotYet if self.state.competency(id).is_some() => {
                let times = chance::times(
                    words,
                    mastery::believed(self.catalog.model(), self.state, id).next_right,
                );
                ("n", words.one("family-step-now-chance", "times", &times))
            }
            Mastery::NotYet if id == current => ("n", words.t("family-step-now")),
            Mastery::NotYet => ("", words.t("family-step-later")),
        };
        let note = match self.own_name(id) {
            Some(name) => format!("{name}: {note}"),
            None => note,
        };
        Step {
            class,
            title: competency.title.clone(),
            note,
        }
    }

    fn why(&self, current: &CompetencyId) -> Vec<String> {
        let stops = self
            .state
            .advice
            .iter()
            .flat_map(|(_, advice)| &advice.stops);
        stops
            .filter(|stop| stop.competency.as_ref() == Some(current))
            .take(1)
            .flat_map(|stop| {
                let shown = stop.reasons.len().min(MOST_NAMED);
                let reader = Reader::Family(self.name);
                reasons::lines(self.words, self.catalog, reader, &stop.reasons[..shown])
            })
            .collect()
    }

    fn new_this_week(&self) -> Vec<String> {
        self.news()
            .into_iter()
            .rev()
            .filter_map(|id| self.catalog.competency(id))
            .take(MOST_NAMED)
            .map(in_plain_words)
            .collect()
    }

    /// What went wrong at least twice within the week and is not mastered, worst first.
    fn hard(&self) -> Vec<Hard> {
        let since = self.now.plus_days(-7);
        let mut found: BTreeMap<&CompetencyId, (u32, Option<&MixUpId>)> = BTreeMap::new();
        for recent in self.state.recent.iter().filter(|recent| recent.at >= since) {
            if !recent.right_alone && !self.is_mastered(&recent.competency) {
                let (wrong, mix_up) = found.entry(&recent.competency).or_default();
                *wrong += 1;
                *mix_up = recent.mix_up.as_ref().or(*mix_up);
            }
        }
        let mut hard: Vec<_> = found
            .into_iter()
            .filter(|(_, (wrong, _))| *wrong >= HARD_FROM)
            .collect();
        hard.sort_by_key(|(_, (wrong, _))| std::cmp::Reverse(*wrong));
        hard.into_iter()
            .filter_map(|(id, (_, mix_up))| {
                let competency = self.catalog.competency(id)?;
                let mix_up = mix_up.and_then(|id| self.catalog.mix_up(id)).map(|mix_up| {
                    let title = markup::plain(&mix_up.title);
                    self.words.one("family-hard-mix-up", "mixup", &title)
                });
                Some(Hard {
                    text: in_plain_words(competency),
                    mix_up,
                })
            })
            .take(2)
            .collect()
    }

    fn set_by_teachers(&self) -> Vec<String> {
        self.state
            .directives
            .iter()
            .rev()
            .filter(|given| given.kind != DirectiveKind::FixedPath)
            .take(MOST_NAMED)
            .map(|given| {
                let about = given.kind.competency();
                let step = about
                    .and_then(|id| self.catalog.competency(id))
                    .map_or_else(String::new, |competency| competency.title.clone());
                let teacher = self.teacher(given.by);
                self.words.with(
                    &format!("family-set-{}", given.kind.name()),
                    &[("teacher", &teacher), ("step", &step)],
                )
            })
            .collect()
    }

    /// Whether the learner's answers choose what comes next, and how to ask for the other way.
    fn choosing(&self) -> Vec<String> {
        let name = ("name", self.name);
        if self.state.withholds(Use::Choosing) {
            return vec![
                self.words.with("family-choosing-no", &[name]),
                self.words.t("family-choosing-change"),
            ];
        }
        match self.state.fixed_path() {
            Some(given) => {
                let teacher = self.teacher(given.by);
                let on = [name, ("teacher", teacher.as_str())];
                vec![
                    self.words.with("family-fixed-on", &on),
                    self.words.with("family-fixed-ask-off", &[name]),
                ]
            }
            None => vec![
                self.words.with("family-fixed-off", &[name]),
                self.words.t("family-choosing-change"),
            ],
        }
    }

    fn teacher(&self, id: trellis_core::id::PersonId) -> String {
        let known = self.view.teachers.iter().find(|teacher| teacher.id == id);
        known.map_or_else(|| self.words.t("family-some-teacher"), full_name)
    }

    /// The names as people list them; `None` where there are none.
    fn listed(&self, names: &[Name]) -> Option<String> {
        let names: Vec<String> = names.iter().map(full_name).collect();
        let (last, others) = names.split_last()?;
        Some(if others.is_empty() {
            last.clone()
        } else {
            let first = others.join(", ");
            self.words
                .with("family-and", &[("first", &first), ("last", last)])
        })
    }

    /// Who of the school looked this week.
    fn looked(&self) -> String {
        match self.listed(&self.view.looked) {
            Some(who) => self
                .words
                .with("family-looked", &[("who", &who), ("name", self.name)]),
            None => self.words.one("family-looked-none", "name", self.name),
        }
    }

    fn talk(&self) -> String {
        let names = &self.view.teachers;
        let Some(all) = self.listed(names) else {
            return self.words.one("family-talk-none", "name", self.name);
        };
        self.words.mixed(
            "family-talk-teacher",
            &[("n", count(names.len()))],
            &[("teachers", &all), ("name", self.name)],
        )
    }
}

/// A count for a sentence.
/// Mastered by the rule or counted by a teacher in these events, and still so, each once; whether it was a teacher first.
pub(crate) fn news<'e>(
    state: &LearnerState,
    events: &'e [Recorded],
    now: Timestamp,
) -> Vec<(&'e CompetencyId, bool)> {
    let mut news: Vec<(&CompetencyId, bool)> = Vec::new();
    for recorded in events {
        let (id, by_a_teacher) = match &recorded.event {
            Event::Mastered { competency, .. } => (competency, false),
            Event::Directed { directive, .. } => match &directive.kind {
                DirectiveKind::CountAsMastered(id) => (id, true),
                _ => continue,
            },
            _ => continue,
        };
        let is_new = news.iter().all(|(known, _)| *known != id);
        if is_new && mastery::mastery(state, id, now) != Mastery::NotYet {
            news.push((id, by_a_teacher));
        }
    }
    news
}

/// Where the district's plan has a child of this course by now, and where this one is; `None` where there is no plan.
pub(crate) fn planned(
    state: &LearnerState,
    catalog: &Catalog,
    agreed: &Agreed,
    words: &Words,
    now: Timestamp,
    name: &str,
) -> Option<Vec<String>> {
    let courses = state.courses.iter();
    let (course, pace) = courses
        .filter_map(|id| Some((catalog.course(id)?, agreed.pace(id)?)))
        .next()?;
    let steps = course.sequence().count();
    let planned = pace.planned(steps, now);
    let is_mastered = |id: &&CompetencyId| mastery::mastery(state, id, now) != Mastery::NotYet;
    let mastered = course.sequence().filter(is_mastered).count();
    let key = match Track::of(planned, mastered, steps) {
        Track::Ahead => "family-on-ahead",
        Track::AsPlanned => "family-on-as-planned",
        Track::Behind => "family-on-behind",
    };
    let name = ("name", name);
    let numbers = [("planned", count(planned)), ("mastered", count(mastered))];
    let plan = words.mixed("family-plan", &numbers, &[name]);
    Some(vec![words.with(key, &[name]), plan])
}

fn count(number: usize) -> f64 {
    f64::from(small(number))
}

pub(crate) fn full_name(name: &Name) -> String {
    format!("{} {}", name.given, name.family).trim().to_owned()
}

/// What a competency is, for a family; its title when the course has no such words. As HTML.
pub(crate) fn in_plain_words(competency: &Competency) -> String {
    markup::line(if competency.family.is_empty() {
        &competency.title
    } else {
        &competency.family
    })
}
