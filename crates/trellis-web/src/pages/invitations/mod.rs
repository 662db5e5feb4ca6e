//! Invitations on paper: teachers print them for the families of their class, who leads the school for the staff. What an
//! invitation says stands on the sheet alone.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::refusal::Refusal;
use trellis_store::{Invitable, NewInvitation, Viewer, Whom};

use crate::app::App;
use crate::badge::{BadgeText, qr_svg};
use crate::day::in_words;
use crate::error::PageError;
use crate::fields::Fields;
use crate::layout::Shell;
use crate::pages::print::origin;
use crate::pages::teacher_today::{Here, InClass, person_id, shell_for};
use crate::session::SignedIn;
use crate::words::Words;

/// How long an invitation can be used: papers wait in bags.
pub const DAYS: i64 = 30;

/// An invitation for somebody, and its letters as they are printed, from the system's chance.
///
/// # Errors
/// When the system has no randomness to give.
pub fn draw(person: PersonId) -> Result<(NewInvitation, String), String> {
    let (invitation, text) = new(person).map_err(|_| "the system has no randomness to give")?;
    Ok((invitation, text.grouped()))
}

fn new(person: PersonId) -> Result<(NewInvitation, BadgeText), PageError> {
    let text = BadgeText::draw()?;
    let invitation = NewInvitation {
        person,
        handle: text.handle().to_owned(),
        secret: text.secret().to_owned(),
    };
    Ok((invitation, text))
}

/// Somebody in the list.
struct Row {
    id: String,
    name: String,
    about: String,
    state: String,
    /// Whether the box is ticked from the start.
    waits: bool,
}

/// An invitation on the sheet. Its code is safe SVG.
struct Paper {
    hello: String,
    about: String,
    code: String,
    letters: String,
}

#[derive(Template)]
#[template(path = "pages/invitations/invitations.html")]
struct Page {
    shell: Shell,
    /// The address of this page, and of the one that led here.
    here: String,
    back: String,
    lead: String,
    done: Option<String>,
    rows: Vec<Row>,
    papers: Vec<Paper>,
    typed_at: String,
    until: String,
}

/// What was done just before.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    done: Option<String>,
}

/// Where a page of invitations stands: in a class, or for the staff.
struct Place {
    viewer: Viewer,
    whom: Whom,
    here: String,
    back: String,
}

impl Place {
    fn of_class(InClass { viewer, section }: InClass) -> Self {
        Self {
            viewer,
            whom: Whom::Families(section),
            here: format!("/teach/{section}/invitations"),
            back: format!("/teach/{section}/print"),
        }
    }

    fn of_staff(SignedIn(viewer): SignedIn) -> Self {
        Self {
            viewer,
            whom: Whom::Staff,
            here: "/district/invitations".to_owned(),
            back: "/district".to_owned(),
        }
    }

    fn shell(&self, app: &App) -> Result<Shell, PageError> {
        let shell = match self.whom {
            Whom::Families(section) => {
                let taught = app.store.class_map(&self.viewer, section)?.section;
                let title = app.words.one("invite-title", "section", &taught.title);
                shell_for(app, title, &self.viewer, &taught, Here::Print)?
            }
            Whom::Staff => {
                let title = app.words.t("invite-staff-title");
                Shell::of(
                    app.words.clone(),
                    title,
                    &self.viewer,
                    "/district/invitations",
                )
                .named(&app.store.own_name(&self.viewer)?.given)
            }
        };
        Ok(shell.with_script("print.js"))
    }

    fn page(&self, app: &App) -> Result<Page, PageError> {
        let lead = match self.whom {
            Whom::Families(_) => "invite-lead",
            Whom::Staff => "invite-staff-lead",
        };
        Ok(Page {
            shell: self.shell(app)?,
            here: self.here.clone(),
            back: self.back.clone(),
            lead: app.words.t(lead),
            done: None,
            rows: Vec::new(),
            papers: Vec::new(),
            typed_at: String::new(),
            until: String::new(),
        })
    }
}

/// What somebody is, in words: whose family, or which staff.
fn about(words: &Words, one: &Invitable) -> String {
    if one.children.is_empty() {
        words.t(&format!("invite-{}", one.role.name()))
    } else {
        words.one("invite-of", "children", &one.children.join(", "))
    }
}

fn row(app: &App, one: &Invitable) -> Row {
    let words = &app.words;
    let state = if one.signs_in {
        words.t("invite-signs-in")
    } else {
        match one.until.filter(|until| *until > app.now()) {
            Some(until) => words.one("invite-until", "day", &in_words(until, words)),
            None => words.t("invite-none"),
        }
    };
    Row {
        id: one.name.id.to_string(),
        name: format!("{} {}", one.name.given, one.name.family),
        about: about(words, one),
        state,
        waits: !one.signs_in && one.until.is_none(),
    }
}

fn list(app: &App, place: &Place, done: Option<&str>) -> Result<Html<String>, PageError> {
    let everybody = app.store.invitable(&place.viewer, place.whom)?;
    let page = Page {
        done: app.words.done("invite", &["none"], done),
        rows: everybody.iter().map(|one| row(app, one)).collect(),
        ..place.page(app)?
    };
    Ok(Html(page.render()?))
}

/// `GET /teach/{section}/invitations`
pub(crate) async fn families(
    State(app): State<App>,
    class: InClass,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(before) = before?;
    list(&app, &Place::of_class(class), before.done.as_deref())
}

/// `GET /district/invitations`
pub(crate) async fn staff(
    State(app): State<App>,
    signed_in: SignedIn,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(before) = before?;
    list(&app, &Place::of_staff(signed_in), before.done.as_deref())
}

/// `POST /teach/{section}/invitations`
pub(crate) async fn invite_families(
    State(app): State<App>,
    class: InClass,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(fields) = form?;
    invite(&app, &Place::of_class(class), &headers, &fields)
}

/// `POST /district/invitations`
pub(crate) async fn invite_staff(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(fields) = form?;
    invite(&app, &Place::of_staff(signed_in), &headers, &fields)
}

/// New invitations for those who are chosen, as sheets.
fn invite(
    app: &App,
    place: &Place,
    headers: &HeaderMap,
    fields: &Fields,
) -> Result<Response, PageError> {
    let everybody = app.store.invitable(&place.viewer, place.whom)?;
    let chosen = fields.iter().filter(|(key, _)| key == "person");
    let chosen: Vec<PersonId> = chosen
        .map(|(_, id)| person_id(id))
        .collect::<Result<_, _>>()?;
    if chosen.is_empty() {
        return Ok(Redirect::to(&format!("{}?done=none", place.here)).into_response());
    }
    let known = |id: &PersonId| everybody.iter().any(|one| one.name.id == *id);
    if !chosen.iter().all(known) {
        return Err(Refusal::NotFound.into());
    }
    let origin = origin(headers)?;
    let until = app.now().plus_days(DAYS);
    let (mut invitations, mut papers) = (Vec::new(), Vec::new());
    for one in everybody.iter().filter(|one| chosen.contains(&one.name.id)) {
        let (invitation, text) = new(one.name.id)?;
        let name = format!("{} {}", one.name.given, one.name.family);
        let address = format!("{origin}/join/{}", text.whole());
        papers.push(Paper {
            code: qr_svg(&address, &app.words.one("invite-code", "name", &name))?,
            hello: app.words.one("invite-hello", "name", &name),
            about: about(&app.words, one),
            letters: text.grouped(),
        });
        invitations.push(invitation);
    }
    app.store
        .invite(&place.viewer, place.whom, &invitations, until)?;
    let page = Page {
        papers,
        typed_at: format!("{origin}/join"),
        until: in_words(until, &app.words),
        ..place.page(app)?
    };
    Ok(Html(page.render()?).into_response())
}
