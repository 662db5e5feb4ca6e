//! What is assigned in a class: who has done which question, and how it ended.

use trellis_core::catalog::Catalog;
use trellis_core::estimate::LearnerState;
use trellis_core::id::AssignmentId;
use trellis_core::plan::{Assignment, Directive};
use trellis_core::time::Timestamp;
use trellis_store::read::{LearnerView, SectionView};

use crate::day;
use crate::pages::teacher_today::since_words;
use crate::pages::today::done_words;
use crate::reasons::title_of;
use crate::words::{Words, small};

/// One question of one student.
pub(super) struct MarkView {
    pub(super) number: usize,
    pub(super) class: &'static str,
    pub(super) words: String,
    /// Where the answer can be looked at, once there is one.
    pub(super) href: Option<String>,
}

/// How far one student is.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) done: String,
    pub(super) marks: Vec<MarkView>,
}

/// Questions that were given together.
pub(super) struct Given {
    pub(super) set: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) done: String,
    pub(super) label: String,
    pub(super) rows: Vec<Row>,
}

fn mark(words: &Words, state: &LearnerState, given: &Directive, place: usize) -> MarkView {
    let over = state.over_at(given.id, place);
    let ended = over.map(|over| over.ended.key());
    let class = match ended {
        Some("alone") => "leaf",
        Some("helped") => "sun",
        Some("not-yet") => "plum",
        Some(_) => "sky",
        None => "",
    };
    MarkView {
        number: place + 1,
        class,
        href: over.map(|over| format!("/practice/{}", over.attempt)),
        words: words.t(&format!("assign-ended-{}", ended.unwrap_or("open"))),
    }
}

fn row(words: &Words, learner: &LearnerView, (given, it): (&Directive, &Assignment)) -> Row {
    let state = &learner.state;
    Row {
        name: learner.name.short(),
        href: format!(
            "/teach/learner/{}?competency={}",
            learner.name.id, it.competency
        ),
        done: done_words(words, state, (given, it)),
        marks: (0..it.questions.len())
            .map(|place| mark(words, state, given, place))
            .collect(),
    }
}

/// Until when it should be done.
fn due_words(words: &Words, due: Option<Timestamp>, now: Timestamp) -> String {
    match due {
        None => words.t("assign-due-none"),
        Some(due) => {
            let past = due.day() < now.day();
            let key = if past {
                "assign-due-past"
            } else {
                "assigned-due"
            };
            words.one(key, "date", &day::in_words(due, words))
        }
    }
}

/// All that is assigned to students of a class, the newest first.
pub(super) fn given(
    words: &Words,
    catalog: &Catalog,
    view: &SectionView,
    now: Timestamp,
) -> Vec<Given> {
    let all = view.learners.iter().flat_map(|learner| {
        let given = learner.state.assignments();
        given.map(move |one| (learner, one))
    });
    let all: Vec<(&LearnerView, (&Directive, &Assignment))> = all.collect();
    let mut sets: Vec<(Timestamp, AssignmentId)> = Vec::new();
    for (_, (directive, it)) in &all {
        if sets.iter().all(|(_, set)| *set != it.set) {
            sets.push((directive.at, it.set));
        }
    }
    sets.sort_by(|a, b| b.cmp(a));
    let of_set = |(at, set): (Timestamp, AssignmentId)| {
        let here = all.iter().filter(|(_, (_, it))| it.set == set);
        let mut titles: Vec<String> = Vec::new();
        let (mut rows, mut finished, mut due) = (Vec::new(), 0, None);
        for (learner, one) in here {
            let title = title_of(catalog, &one.1.competency);
            if !titles.contains(&title) {
                titles.push(title);
            }
            due = one.1.due;
            let over = learner.state.over_of(one.0, one.1);
            finished += usize::from(over == one.1.questions.len());
            rows.push(row(words, learner, *one));
        }
        let title = match titles.as_slice() {
            [only] => only.clone(),
            _ => words.t("assign-next-title"),
        };
        let numbers = [
            ("done", f64::from(small(finished))),
            ("of", f64::from(small(rows.len()))),
        ];
        let when = since_words(words, now, at);
        Given {
            set: set.to_string(),
            about: words.with(
                "assign-about",
                &[("when", &when), ("due", &due_words(words, due, now))],
            ),
            done: words.mixed("assign-finished", &numbers, &[]),
            label: words.one("assign-undo-label", "what", &title),
            title,
            rows,
        }
    };
    sets.into_iter().map(of_set).collect()
}
