//! The plan of one group: who is in it and why, ten minutes from the course's own worked solutions, cards to print, and
//! how it went a week later.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::estimate::Level;
use trellis_core::id::GroupId;
use trellis_core::people::Role;
use trellis_core::plan::groups::{Lesson, lesson};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::{GroupMember, OUTCOME_DAYS, SavedGroup};

use super::{Person, why_words};
use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, person_id, section_id, shell_for, since_words};
use crate::paper::{PaperQuestion, figure_html, key_html};
use crate::reasons::title_of;
use crate::session::SignedIn;
use crate::words::{Words, small};
use crate::{given, markup};

/// A member, with how it went and where they can be moved.
struct Row {
    person: Person,
    then: String,
    later: String,
    tried: String,
    label: String,
}

/// The ten minutes.
struct Ten {
    body: String,
    stem: String,
    figure: Option<String>,
    /// What a member's wrong turn gives, and what the course says to it.
    turn: Option<(String, String)>,
    steps: Vec<String>,
    key: String,
    cards: Vec<PaperQuestion>,
}

/// Somebody or something to choose in a menu.
struct Choice {
    value: String,
    title: String,
}

#[derive(Template)]
#[template(path = "pages/groups/plan.html")]
struct Page {
    shell: Shell,
    base: String,
    back: String,
    made: String,
    mix_up: Option<String>,
    rows: Vec<Row>,
    outcome_heading: String,
    outcome: String,
    ten: Option<Ten>,
    /// Learners of the class who are not in the group.
    others: Vec<Choice>,
    /// Other groups that a member can be moved to.
    groups: Vec<Choice>,
}

fn group_id(text: &str) -> Result<GroupId, PageError> {
    GroupId::parse(text).map_err(|_| Refusal::NotFound.into())
}

/// Whether the week of a group is over.
fn is_over(group: &SavedGroup, now: Timestamp) -> bool {
    now >= group.at.plus_days(OUTCOME_DAYS)
}

/// "A week later 3 of 4 stood higher", or what is so until then.
pub(super) fn outcome_words(words: &Words, group: &SavedGroup, now: Timestamp) -> String {
    let count = |which: &dyn Fn(&&GroupMember) -> bool| {
        let found = group.members.iter().filter(which).count();
        f64::from(small(found))
    };
    let numbers = [
        ("risen", count(&|one| one.outcome.later > one.outcome.then)),
        (
            "mastered",
            count(&|one| {
                one.outcome.later == Level::Mastered && one.outcome.then != Level::Mastered
            }),
        ),
        ("all", count(&|_| true)),
    ];
    let key = if is_over(group, now) {
        "group-outcome-week"
    } else {
        "group-outcome-so-far"
    };
    words.mixed(key, &numbers, &[])
}

fn row(words: &Words, catalog: &Catalog, member: &GroupMember) -> Row {
    let name = member.name.short();
    let level = |level: Level| words.t(&format!("teach-level-{}", level.step()));
    let numbers = [
        ("tries", f64::from(member.outcome.tries)),
        ("right", f64::from(member.outcome.right_alone)),
    ];
    Row {
        then: level(member.outcome.then),
        later: level(member.outcome.later),
        tried: words.mixed("group-tried", &numbers, &[]),
        label: words.one("group-move-label", "name", &name),
        person: Person {
            id: member.name.id.to_string(),
            why: why_words(words, catalog, &member.why),
            name,
        },
    }
}

fn ten(words: &Words, group: &SavedGroup, lesson: &Lesson) -> Ten {
    let variant = &lesson.worked.variant;
    let turn = group.mix_up.as_ref().and_then(|mix_up| {
        let found = variant.mix_ups.iter().find(|known| known.id == *mix_up)?;
        let response = variant.response_of(&found.pattern)?;
        let interaction = Some(&variant.presentation.interaction);
        let wrong = given::html(&response, interaction);
        Some((wrong, markup::html(&found.feedback)))
    });
    let cards = (1_u32..).zip(&lesson.cards);
    Ten {
        body: markup::html(&variant.presentation.body),
        stem: markup::html(&variant.presentation.stem),
        figure: figure_html(variant, words),
        turn,
        steps: variant
            .solution
            .iter()
            .map(|step| markup::html(step))
            .collect(),
        key: key_html(variant),
        cards: cards
            .map(|(number, card)| {
                let label = words.count("group-card", "number", number);
                PaperQuestion::of(label, &card.variant, words)
            })
            .collect(),
    }
}

/// `GET /teach/{section}/groups/{group}`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((section, group)): Path<(String, String)>,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Teacher)?;
    let (section, id) = (section_id(&section)?, group_id(&group)?);
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let (group, taught) = app.store.saved_group(&viewer, id, now)?;
    if group.section != section {
        return Err(Refusal::NotFound.into());
    }
    let view = app.store.teacher_today(&viewer, section, now)?;
    let is_in = |id| group.members.iter().any(|member| member.name.id == id);
    let free = view.learners.iter().filter(|one| !is_in(one.name.id));
    let others = free.map(|one| Choice {
        value: one.name.id.to_string(),
        title: one.name.short(),
    });
    let groups = app.store.groups_of(&viewer, section, now)?;
    let groups = groups.iter().filter(|other| other.id != id);
    let groups = groups.map(|other| Choice {
        value: other.id.to_string(),
        title: words.with(
            "group-move-to",
            &[
                ("skill", &title_of(&catalog, &other.competency)),
                ("when", &since_words(words, now, other.at)),
            ],
        ),
    });
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low half of the id is chance, and chance is what a seed is"
    )]
    let seed = id.0 as u64;
    let lesson = lesson(&catalog, &group.competency, group.mix_up.as_ref(), seed);
    let skill = title_of(&catalog, &group.competency);
    let page = Page {
        base: format!("/teach/{section}/groups/{id}"),
        back: format!("/teach/{section}/groups"),
        made: words.one("group-made", "when", &since_words(words, now, group.at)),
        mix_up: group
            .mix_up
            .as_ref()
            .and_then(|id| catalog.mix_up(id))
            .map(|mix_up| words.one("group-about-mix-up", "mix-up", &mix_up.title)),
        rows: group
            .members
            .iter()
            .map(|member| row(words, &catalog, member))
            .collect(),
        outcome_heading: words.t(if is_over(&group, now) {
            "group-later-week"
        } else {
            "group-later-now"
        }),
        outcome: outcome_words(words, &group, now),
        ten: lesson.as_ref().map(|lesson| ten(words, &group, lesson)),
        others: others.collect(),
        groups: groups.collect(),
        shell: shell_for(
            &app,
            words.one("group-title", "skill", &skill),
            &viewer,
            &taught,
            Here::Elsewhere,
        )?
        .with_script("print.js"),
    };
    Ok(Html(page.render()?))
}

/// Whom to move, and where.
#[derive(Debug, Deserialize)]
pub(crate) struct Move {
    learner: String,
    to: String,
}

/// `POST /teach/{section}/groups/{group}/move`
pub(crate) async fn move_member(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((section, group)): Path<(String, String)>,
    form: Result<Form<Move>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Move { learner, to }) = form?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let (section, id) = (section_id(&section)?, group_id(&group)?);
    let learner = person_id(&learner)?;
    match to.as_str() {
        "in" => app.store.move_member(&viewer, id, learner, true)?,
        "out" => app.store.move_member(&viewer, id, learner, false)?,
        other => {
            let other = group_id(other)?;
            // Into the new one first: when that is refused, nobody has left the old one.
            app.store.move_member(&viewer, other, learner, true)?;
            app.store.move_member(&viewer, id, learner, false)?;
        }
    }
    Ok(Redirect::to(&format!("/teach/{section}/groups/{id}")))
}
