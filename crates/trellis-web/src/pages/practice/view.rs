//! What the practice page shows, made from the attempt, the variant and what the last response led to.

use trellis_core::catalog::Catalog;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{Course, Unit};
use trellis_core::id::AnswerId;
use trellis_core::item::{Graded, Item, MissedForm, Outcome, Response, Variant, grade};
use trellis_core::mastery::{self, Mastery};
use trellis_core::placement;
use trellis_core::plan::assignment::Question;
use trellis_core::policy::{self, MOST_PROOF_ITEMS, assigned};
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_store::read::AttemptView;

use super::checked;
use super::feedback::{Feedback, changed};
use super::form::AnswerForm;
use super::hints::{self, HintView};
use super::{parts, sure};
use crate::error::PageError;
use crate::pages::lessons::items_of as lesson_items;
use crate::reasons::{self, Reader, title_of};
use crate::words::{Words, small};
use crate::{chance, figure, markup};

/// A competency that was just mastered.
pub(super) struct Celebration {
    pub(super) title: String,
    pub(super) opens: Vec<String>,
}

/// Where to go from here.
pub(super) struct Next {
    pub(super) competency: String,
    pub(super) purpose: &'static str,
    /// The item that follows in a lesson.
    pub(super) item: Option<String>,
    /// Whether the stop is done, so that going back to today comes first.
    pub(super) done: bool,
}

/// The page.
pub(super) struct PracticeView {
    pub(super) title: String,
    pub(super) attempt: String,
    pub(super) answer_id: String,
    pub(super) competency_title: String,
    pub(super) competency: String,
    pub(super) story: Option<String>,
    pub(super) pips: Vec<&'static str>,
    pub(super) pips_label: String,
    pub(super) proof: Option<String>,
    pub(super) body: String,
    pub(super) stem: String,
    pub(super) figure: Option<String>,
    /// The key as it stands in a table or on a grid, once the attempt is over.
    pub(super) filled: Option<String>,
    /// The key in a line, once the attempt is over.
    pub(super) answer_line: Option<String>,
    pub(super) form_html: String,
    /// Whether the form sends a file.
    pub(super) takes_file: bool,
    pub(super) hints: Vec<HintView>,
    pub(super) seen: u32,
    pub(super) has_hints: bool,
    pub(super) hint_button: String,
    pub(super) feedback: Option<Feedback>,
    pub(super) over: bool,
    pub(super) solution: Vec<String>,
    pub(super) celebration: Option<Celebration>,
    /// How a proof ended.
    pub(super) proof_result: Option<String>,
    pub(super) next: Next,
    /// The lesson to go back to: its address and its title.
    pub(super) back: Option<(String, String)>,
    /// Whether the course has stories to choose from.
    pub(super) stories: bool,
    pub(super) why: Vec<String>,
    pub(super) tenths_words: String,
    /// Ten blocks, as many filled as times out of ten.
    pub(super) blocks: Vec<bool>,
    pub(super) opens_next: Option<String>,
    pub(super) can_prove: bool,
    /// How sure one can say to be, before the first answer.
    pub(super) sure: Vec<(&'static str, String)>,
    /// How sure somebody was.
    pub(super) sure_said: Option<String>,
    pub(super) own: bool,
    /// Whether other questions can be looked at before they are agreed to.
    pub(super) what_if: bool,
}

/// What was answered last, read or not.
fn last_given(attempt: &AttemptView) -> Option<&Response> {
    match &attempt.last_response()?.event {
        Event::Responded { response, .. }
        | Event::HandedIn { response, .. }
        | Event::NotUnderstood { response, .. } => Some(response),
        _ => None,
    }
}

impl PracticeView {
    #[expect(
        clippy::too_many_arguments,
        reason = "a page is made of all that it shows"
    )]
    pub(super) fn of(
        words: &Words,
        catalog: &Catalog,
        attempt: &AttemptView,
        variant: &Variant,
        follow: &[Recorded],
        mut new_id: impl FnMut() -> Result<AnswerId, PageError>,
        own: bool,
        now: Timestamp,
    ) -> Result<Self, PageError> {
        let state = &attempt.learner.state;
        let id = &attempt.competency;
        let over = attempt.is_over();
        let believed = mastery::believed(catalog.model(), state, id).next_right;
        let competency_title = title_of(catalog, id);
        let response = last_given(attempt);
        let seen = attempt.hints();
        let shown = usize::try_from(seen).unwrap_or(usize::MAX);
        let hints_left = if attempt.purpose.asks_once() {
            0
        } else {
            variant.hints.len().saturating_sub(shown)
        };
        let mastered = mastery::mastery(state, id, now) != Mastery::NotYet;
        let (pips, pips_label) = pips(words, attempt, now);
        let lesson = (attempt.purpose == Purpose::Lesson)
            .then(|| lesson(catalog, attempt))
            .flatten();
        let form = AnswerForm::of(&variant.presentation.interaction, response, words);
        let asked = Asked::of(variant, response, over, own, words);
        Ok(Self {
            title: competency_title.clone(),
            attempt: attempt.id.to_string(),
            answer_id: new_id()?.to_string(),
            competency: id.to_string(),
            story: story(words, catalog, attempt, variant),
            pips,
            pips_label,
            proof: proof_words(words, attempt),
            body: markup::html(&body(variant)),
            stem: asked.stem,
            figure: asked.figure,
            filled: asked.filled,
            answer_line: asked.answer_line,
            form_html: form.html(words, "a")?,
            takes_file: matches!(form, AnswerForm::File { .. }),
            // The worked steps below say all of it again.
            hints: if over && variant.solution.len() < 2 {
                Vec::new()
            } else {
                hints::shown(words, attempt, variant, own, &mut new_id)?
            },
            seen,
            has_hints: hints_left > 0,
            hint_button: words.count("item-hint", "left", u32::try_from(hints_left).unwrap_or(0)),
            feedback: feedback(words, attempt, variant, response, over),
            over,
            solution: if over {
                hints::worked(words, attempt, variant)
            } else {
                Vec::new()
            },
            celebration: celebration(catalog, follow),
            next: next(catalog, attempt, lesson, mastered, now),
            back: lesson.map(|(course, unit, _)| {
                let address = format!("/lessons/{}?unit={}", course.id, unit.id);
                (address, unit.title.clone())
            }),
            stories: catalog
                .course_of(id)
                .is_some_and(|course| !course.interests.is_empty()),
            proof_result: proof_result(words, follow),
            why: why(words, catalog, attempt, over),
            tenths_words: chance_words(words, believed),
            blocks: chance::blocks(believed),
            opens_next: catalog
                .after(id)
                .first()
                .map(|after| title_of(catalog, after))
                .filter(|_| !mastered),
            sure: sure::ways(words, attempt, own),
            sure_said: sure::said(words, attempt, over),
            can_prove: own && !mastered && state.proof.is_none(),
            own,
            what_if: own,
            competency_title,
        })
    }
}

/// The question with what stands in it: controls while it is asked, the key once it is over, blanks for others.
struct Asked {
    stem: String,
    figure: Option<String>,
    filled: Option<String>,
    answer_line: Option<String>,
}

impl Asked {
    fn of(
        variant: &Variant,
        response: Option<&Response>,
        over: bool,
        own: bool,
        words: &Words,
    ) -> Self {
        let interaction = &variant.presentation.interaction;
        let gaps = match (over, own) {
            (true, _) => parts::right_gaps(variant, response),
            (false, true) => parts::controls(interaction, response, words),
            (false, false) => Vec::new(),
        };
        let marked = if over {
            parts::right_regions(variant)
        } else {
            Vec::new()
        };
        let figure = variant.presentation.figure.as_ref();
        let key = || variant.key.response();
        Self {
            stem: markup::filled(&variant.presentation.stem, &gaps),
            figure: figure.map(|figure| figure::html(figure, &marked, words)),
            filled: match (over, own) {
                (true, _) => parts::table(interaction, &gaps)
                    .or_else(|| parts::grid(interaction, key().as_ref(), words)),
                (false, true) => None,
                (false, false) => parts::table(interaction, &gaps),
            },
            answer_line: parts::answer_line(variant).filter(|_| over),
        }
    }
}

/// Whose story the question tells.
fn story(
    words: &Words,
    catalog: &Catalog,
    attempt: &AttemptView,
    variant: &Variant,
) -> Option<String> {
    let course = catalog.course_of(&attempt.competency)?;
    let interest = course.interest(variant.interest.as_ref()?)?;
    Some(words.one("item-story", "story", &interest.title))
}

/// What several questions share; nothing when the question says it again.
pub(super) fn body(variant: &Variant) -> String {
    let shown = &variant.presentation;
    let (heading, rest) = shown.body.split_once("\n\n").unwrap_or(("", &shown.body));
    if !rest.trim().is_empty() && shown.stem.starts_with(rest.trim()) {
        return heading.to_owned();
    }
    shown.body.clone()
}

/// "We think you will get one like this about 8 times out of 10."
fn chance_words(words: &Words, believed: f64) -> String {
    let key = match chance::tenths(believed) {
        0 | 10 => "why-tenths-end",
        _ => "why-tenths",
    };
    words.one(key, "times", &chance::times(words, believed))
}

/// One mark for each recent ended attempt at this competency, and one for the current.
fn pips(words: &Words, attempt: &AttemptView, now: Timestamp) -> (Vec<&'static str>, String) {
    let today = attempt.learner.state.recent.iter();
    let today: Vec<bool> = today
        .filter(|recent| recent.competency == attempt.competency && recent.at.day() == now.day())
        .map(|recent| recent.right_alone)
        .collect();
    let begin = today.len().saturating_sub(7);
    let right = today.iter().filter(|right| **right).count();
    let mut pips: Vec<&'static str> = today[begin..]
        .iter()
        .map(|right| if *right { "ok" } else { "try" })
        .collect();
    if !attempt.is_over() {
        pips.push("at");
    }
    #[expect(clippy::cast_precision_loss, reason = "at most a few dozen")]
    let numbers = [("done", today.len() as f64), ("right", right as f64)];
    (pips, words.mixed("item-pips", &numbers, &[]))
}

/// "Show what you know: question 2, at most 6", or the same of a placement.
fn proof_words(words: &Words, attempt: &AttemptView) -> Option<String> {
    let state = &attempt.learner.state;
    let (key, done, most) = match attempt.purpose {
        Purpose::Proof => {
            let proof = state.proof.as_ref()?;
            ("item-proof", usize::from(proof.done), MOST_PROOF_ITEMS)
        }
        Purpose::Placement => {
            let placing = state.placing.as_ref()?;
            let most = placement::MOST_QUESTIONS;
            ("placement-question", placing.asked.len(), most)
        }
        Purpose::Assigned => {
            let (number, of) = assigned_place(attempt)?;
            let numbers = [("number", f64::from(number)), ("of", f64::from(of))];
            return Some(words.mixed("assigned-question", &numbers, &[]));
        }
        _ => return None,
    };
    let number = u8::try_from(done).ok()? + u8::from(!attempt.is_over());
    let numbers = [
        ("number", f64::from(number.min(most))),
        ("of", f64::from(most)),
    ];
    Some(words.mixed(key, &numbers, &[]))
}

/// Which question of an assignment is shown, counted from 1, and of how many.
fn assigned_place(attempt: &AttemptView) -> Option<(u32, u32)> {
    let state = &attempt.learner.state;
    state.assignments().find_map(|(_, given)| {
        let mut questions = given.questions.iter();
        let is_it = |it: &Question| it.item == attempt.item && it.seed == attempt.seed;
        let place = questions.position(is_it)?;
        Some((small(place + 1), small(given.questions.len())))
    })
}

fn feedback(
    words: &Words,
    attempt: &AttemptView,
    variant: &Variant,
    response: Option<&Response>,
    over: bool,
) -> Option<Feedback> {
    let revealed = attempt
        .events
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event, Event::Revealed { .. }));
    if let Some(recorded) = revealed {
        return Some(Feedback {
            kind: "shown",
            title: words.t("feedback-shown-title"),
            html: format!("<p>{}</p>", words.t("feedback-shown-text")),
            marked: None,
            changed: changed(words, &recorded.event),
            decision: recorded.decision.0,
        });
    }
    let recorded = attempt.last_response()?;
    if let Some(told) = checked::feedback(words, attempt, variant, recorded) {
        return Some(told);
    }
    let response = response?;
    let graded = grade(variant, response);
    let (kind, title, html) = match (&recorded.event, &graded.outcome) {
        (Event::NotUnderstood { .. }, Outcome::Unreadable { what, .. }) => {
            let mut html = String::from("<p>");
            markup::escape(&mut html, what);
            html.push_str("</p><p>");
            markup::escape(&mut html, &words.t("feedback-unread-text"));
            html.push_str("</p>");
            ("unread", words.t("feedback-unread-title"), html)
        }
        (Event::Responded { score, .. }, _) if score.right => (
            "right",
            words.t("feedback-right-title"),
            spelled(words, &graded) + &markup::html(&graded.feedback),
        ),
        _ => {
            let close = score_share(&recorded.event) > 0.0 || !graded.feedback.is_empty();
            let title = words.t(if close {
                "feedback-close-title"
            } else {
                "feedback-not-yet-title"
            });
            let mut html = parts_right(words, &graded)
                + &match graded.missed_form {
                    Some(form) => format!("<p>{}</p>", words.t(form_key(form))),
                    None if graded.feedback.is_empty() => {
                        let key = if over {
                            "feedback-look-at-steps"
                        } else {
                            "feedback-try-again"
                        };
                        format!("<p>{}</p>", words.t(key))
                    }
                    None => String::new(),
                };
            html.push_str(&markup::html(&graded.feedback));
            ("not-yet", title, html)
        }
    };
    let marked = match (response, &graded.outcome) {
        (Response::Text(text), Outcome::Unreadable { at, .. }) if !text.is_empty() => {
            let at = (0..=(*at).min(text.len()))
                .rev()
                .find(|place| text.is_char_boundary(*place))
                .unwrap_or(0);
            Some((text[..at].to_owned(), text[at..].to_owned()))
        }
        _ => None,
    };
    let changed = changed(words, &recorded.event);
    Some(Feedback {
        kind,
        title,
        html,
        marked,
        changed,
        decision: recorded.decision.0,
    })
}

/// The right spelling after a slip of the pen; empty when there was none.
fn spelled(words: &Words, graded: &Graded) -> String {
    let Some(spelling) = &graded.spelled else {
        return String::new();
    };
    let mut html = String::from("<p>");
    markup::escape(&mut html, &words.one("feedback-spelled", "word", spelling));
    html.push_str("</p>");
    html
}

/// How many parts are right, where some are; empty for an answer without parts.
fn parts_right(words: &Words, graded: &Graded) -> String {
    let Some((right, all)) = graded.parts.filter(|(right, all)| *right > 0 && *all > 1) else {
        return String::new();
    };
    let count = |parts: usize| f64::from(small(parts));
    let numbers = [("right", count(right)), ("all", count(all))];
    format!("<p>{}</p>", words.mixed("feedback-parts", &numbers, &[]))
}

fn score_share(event: &Event) -> f64 {
    match event {
        Event::Responded { score, .. } => score.share,
        _ => 0.0,
    }
}

fn form_key(form: MissedForm) -> &'static str {
    match form {
        MissedForm::NotSimplest => "feedback-not-simplest",
        MissedForm::NotMixed => "feedback-not-mixed",
        MissedForm::Unfinished => "feedback-unfinished",
        MissedForm::NotExpanded => "feedback-not-expanded",
        MissedForm::NotFactored => "feedback-not-factored",
        MissedForm::NotSolved => "feedback-not-solved",
    }
}

fn celebration(catalog: &Catalog, follow: &[Recorded]) -> Option<Celebration> {
    follow.iter().find_map(|recorded| match &recorded.event {
        Event::Mastered {
            competency, opens, ..
        } => Some(Celebration {
            title: title_of(catalog, competency),
            opens: opens.iter().map(|id| title_of(catalog, id)).collect(),
        }),
        _ => None,
    })
}

fn proof_result(words: &Words, follow: &[Recorded]) -> Option<String> {
    follow.iter().find_map(|recorded| match &recorded.event {
        Event::ProofEnded {
            right,
            done,
            mastered,
            ..
        } => {
            let key = if *mastered {
                "proof-held"
            } else {
                "proof-not-yet"
            };
            let numbers = [("right", f64::from(*right)), ("done", f64::from(*done))];
            Some(words.mixed(key, &numbers, &[]))
        }
        Event::PlacementEnded { known, .. } => {
            let known = small(known.len());
            Some(words.count("placement-done", "known", known))
        }
        _ => None,
    })
}

/// The lesson that an attempt belongs to: its course, its unit and the item after it, in the lesson's own order.
fn lesson<'a>(
    catalog: &'a Catalog,
    attempt: &AttemptView,
) -> Option<(&'a Course, &'a Unit, Option<&'a Item>)> {
    let taken = attempt.learner.state.courses.iter();
    let courses = taken.filter_map(|id| catalog.course(id));
    let mut units = courses.flat_map(|course| course.units.iter().map(move |unit| (course, unit)));
    units.find_map(|(course, unit)| {
        let mut items = lesson_items(catalog, unit);
        items.find(|item| item.id == attempt.item)?;
        Some((course, unit, items.next()))
    })
}

fn next(
    catalog: &Catalog,
    attempt: &AttemptView,
    lesson_of: Option<(&Course, &Unit, Option<&Item>)>,
    mastered: bool,
    now: Timestamp,
) -> Next {
    let state = &attempt.learner.state;
    let proving = state
        .proof
        .as_ref()
        .is_some_and(|proof| proof.competency == attempt.competency);
    let enough = policy::is_done_today(state, &attempt.competency, now);
    let more = assigned::next(state, catalog, &attempt.competency).is_some();
    let following = lesson_of.and_then(|(_, _, item)| item);
    let item = following.map(|item| item.id.to_string());
    let purpose = match attempt.purpose {
        Purpose::Lesson if item.is_some() => "lesson",
        Purpose::Placement => "placement",
        _ if proving => "proof",
        Purpose::Assigned if more => "assigned",
        Purpose::Review => "review",
        Purpose::Choice => "choice",
        Purpose::Learn | Purpose::Proof | Purpose::Lesson | Purpose::Assigned => "learn",
    };
    let done = match attempt.purpose {
        Purpose::Lesson => item.is_none(),
        Purpose::Proof => !proving,
        Purpose::Placement => state.placing.is_none(),
        Purpose::Assigned => !more,
        _ => !proving && (mastered || enough),
    };
    Next {
        competency: following
            .map_or(&attempt.competency, |item| &item.competency)
            .to_string(),
        purpose,
        item,
        done,
    }
}

fn why(words: &Words, catalog: &Catalog, attempt: &AttemptView, over: bool) -> Vec<String> {
    if over {
        return Vec::new();
    }
    let advice = attempt.learner.state.advice.as_ref();
    let stop = advice.and_then(|(_, advice)| {
        advice
            .stops
            .iter()
            .find(|stop| stop.competency.as_ref() == Some(&attempt.competency))
    });
    match (attempt.purpose, stop) {
        (Purpose::Proof, _) => vec![words.t("reason-student-you-prove")],
        (Purpose::Placement, _) => vec![words.t("placement-why")],
        (Purpose::Assigned, _) => vec![words.t("reason-student-teacher-asked")],
        (_, Some(stop)) => reasons::lines(words, catalog, Reader::Student, &stop.reasons),
        (Purpose::Lesson, None) => vec![words.t("why-lesson")],
        (_, None) => vec![words.t("reason-student-you-pick")],
    }
}
