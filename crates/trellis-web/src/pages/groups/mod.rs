//! Groups by need: suggested with the reason for each member, saved by one press, and looked at again a week later.

mod plan;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect, Response};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{GroupId, PersonId, SectionId};
use trellis_core::plan::groups::{Group, Member, Why, groups};
use trellis_core::refusal::Refusal;
use trellis_store::SavedGroup;
use trellis_store::read::SectionView;

pub(crate) use plan::{move_member, page as plan};

use crate::app::App;
use crate::csv::Csv;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, chosen_learners, shell_for, since_words};
use crate::reasons::title_of;
use crate::words::Words;

/// Somebody in a group, in words.
struct Person {
    id: String,
    name: String,
    why: String,
}

/// A group that is suggested.
struct Suggestion {
    id: String,
    competency: String,
    title: String,
    about: String,
    people: Vec<Person>,
    label: String,
}

/// A group that was saved.
struct Saved {
    href: String,
    title: String,
    when: String,
    names: String,
    outcome: String,
}

#[derive(Template)]
#[template(path = "pages/groups/groups.html")]
struct Page {
    shell: Shell,
    suggestions: Vec<Suggestion>,
    saved: Vec<Saved>,
    /// The address of the page; its table is beside it.
    base: String,
}

fn saved_row(app: &App, section: SectionId, group: &SavedGroup) -> Saved {
    let (words, now) = (&app.words, app.now());
    Saved {
        href: format!("/teach/{section}/groups/{}", group.id),
        title: title_of(&app.store.catalog(), &group.competency),
        when: since_words(words, now, group.at),
        names: names(group),
        outcome: plan::outcome_words(words, group, now),
    }
}

/// `GET /teach/{section}/groups.csv`: the groups that were saved, with what came of them.
pub(crate) async fn csv(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
) -> Result<Response, PageError> {
    let words = &app.words;
    let keys = ["teach-skill", "group-since", "group-who", "group-outcome"];
    let mut table = Csv::new(&words.all(&keys));
    for group in app.store.groups_of(&viewer, section, app.now())? {
        let row = saved_row(&app, section, &group);
        table.row(&[row.title, row.when, row.names, row.outcome]);
    }
    Ok(table.saved_as("groups"))
}

/// What the groups should be about.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    about: Option<String>,
}

/// Why somebody is in a group, in words.
fn why_words(words: &Words, catalog: &Catalog, why: &Why) -> String {
    match why {
        Why::MixUp { mix_up, times } => {
            let title = catalog
                .mix_up(mix_up)
                .map_or_else(|| words.t("teach-mix-up-unnamed"), |it| it.title.clone());
            let numbers = [("times", f64::from(*times))];
            words.mixed("group-why-mix-up", &numbers, &[("mix-up", &title)])
        }
        Why::Stuck { tries, right_alone } | Why::Begun { tries, right_alone } => {
            let numbers = [
                ("tries", f64::from(*tries)),
                ("right", f64::from(*right_alone)),
            ];
            words.mixed(&format!("group-why-{}", why.key()), &numbers, &[])
        }
        Why::Placed => words.t("group-why-placed"),
    }
}

fn suggested(
    view: &SectionView,
    catalog: &Catalog,
    about: Option<&CompetencyId>,
    app: &App,
) -> Vec<Group> {
    let learners: Vec<_> = view
        .learners
        .iter()
        .map(|learner| (learner.name.id, &learner.state))
        .collect();
    groups(&learners, catalog, about, app.now())
}

/// `GET /teach/{section}/groups`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Asked { about }) = asked?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let view = app.store.teacher_today(&viewer, section, now)?;
    let about = about.and_then(|id| CompetencyId::new(&id).ok());
    let name = |id: PersonId| {
        let mut learners = view.learners.iter();
        let found = learners.find(|learner| learner.name.id == id);
        found.map_or_else(String::new, |learner| learner.name.short())
    };
    let mut suggestions = Vec::new();
    for group in suggested(&view, &catalog, about.as_ref(), &app) {
        let title = title_of(&catalog, &group.competency);
        let people = group.members.iter().map(|member| Person {
            id: member.learner.to_string(),
            name: name(member.learner),
            why: why_words(words, &catalog, &member.why),
        });
        suggestions.push(Suggestion {
            id: GroupId(app.new_id()?).to_string(),
            competency: group.competency.to_string(),
            about: about_words(words, &catalog, &group),
            people: people.collect(),
            label: words.one("group-save-label", "skill", &title),
            title,
        });
    }
    let saved = app.store.groups_of(&viewer, section, now)?;
    let title = words.one("groups-title", "section", &view.section.title);
    let page = Page {
        suggestions,
        saved: saved
            .iter()
            .map(|group| saved_row(&app, section, group))
            .collect(),
        base: format!("/teach/{section}/groups"),
        shell: shell_for(&app, title, &viewer, &view.section, Here::Groups)?,
    };
    Ok(Html(page.render()?))
}

fn names(group: &SavedGroup) -> String {
    let names: Vec<String> = group
        .members
        .iter()
        .map(|member| member.name.short())
        .collect();
    names.join(", ")
}

/// What the group has in common.
fn about_words(words: &Words, catalog: &Catalog, group: &Group) -> String {
    match group.mix_up.as_ref().and_then(|id| catalog.mix_up(id)) {
        Some(mix_up) => words.one("group-about-mix-up", "mix-up", &mix_up.title),
        None => words.t("group-about-skill"),
    }
}

/// `POST /teach/{section}/groups`
pub(crate) async fn save(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let id = field(&fields, "id").and_then(|id| GroupId::parse(id).ok());
    let competency = field(&fields, "competency").and_then(|id| CompetencyId::new(id).ok());
    let (Some(id), Some(competency)) = (id, competency) else {
        return Err(PageError::BadRequest);
    };
    let (catalog, now) = (app.store.catalog(), app.now());
    if catalog.competency(&competency).is_none() {
        return Err(Refusal::NotFound.into());
    }
    let chosen = chosen_learners(&fields)?;
    if chosen.is_empty() {
        return Err(Refusal::NothingSaid.into());
    }
    let view = app.store.teacher_today(&viewer, section, now)?;
    // The reasons are looked up again: a form tells who, and never why.
    let found = suggested(&view, &catalog, Some(&competency), &app);
    let suggested = found.iter().find(|group| group.competency == competency);
    let members = chosen.into_iter().map(|learner| {
        let known = suggested.map_or(&[][..], |group| &group.members).iter();
        let known = known.clone().find(|member| member.learner == learner);
        known.cloned().unwrap_or(Member {
            learner,
            why: Why::Placed,
        })
    });
    let group = Group {
        members: members.collect(),
        mix_up: suggested.and_then(|group| group.mix_up.clone()),
        competency,
    };
    app.store.save_group(&viewer, section, id, group, now)?;
    Ok(Redirect::to(&format!("/teach/{section}/groups/{id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_to_be_in_a_group_has_words() {
        for key in Why::KEYS {
            assert!(Words::english().has(&format!("group-why-{key}")), "{key}");
        }
    }
}
