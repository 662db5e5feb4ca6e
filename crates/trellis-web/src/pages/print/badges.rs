//! Badges of a class: who has one, a printed sheet of new ones, and taking them away. What a badge says stands on the sheet
//! alone: nobody can make the same again.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;
use trellis_store::read::{Name, TaughtSection};
use trellis_store::{BadgeHolder, NewBadge, Viewer};

use crate::app::App;
use crate::badge::{BadgeText, qr_svg};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::class::PICTURES;
use crate::pages::teacher_today::{Here, InClass, chosen_learners, shell_for, since_words};
use crate::tries::slow_hashes;

/// A learner in the list.
struct Row {
    id: String,
    name: String,
    since: String,
    has: bool,
}

/// A badge on the sheet. Its code is safe SVG.
struct Card {
    name: String,
    code: String,
    letters: String,
}

/// Three pictures on the sheet, by their drawings and names.
struct Pictures {
    name: String,
    three: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "pages/print/badges.html")]
struct Page {
    shell: Shell,
    base: String,
    section: String,
    done: Option<String>,
    rows: Vec<Row>,
    cards: Vec<Card>,
    pictures: Vec<Pictures>,
    class_code: String,
    /// Where the letters, or the class code, can be typed.
    typed_at: String,
}

/// What was done just before.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    done: Option<String>,
}

/// `GET /teach/{section}/badges`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(before) = before?;
    let holders = app.store.badge_holders(&viewer, section)?;
    let taught = app.store.class_map(&viewer, section)?.section;
    let done = app
        .words
        .done("badges", &["withdrawn", "none"], before.done.as_deref());
    let shell = shell_of(&app, &viewer, &taught)?;
    let now = app.now();
    let rows = holders.iter().map(|holder| Row {
        id: holder.name.id.to_string(),
        name: holder.name.short(),
        since: match holder.made_at {
            Some(at) => since_words(&app.words, now, at),
            None => app.words.t("badges-has-none"),
        },
        has: holder.made_at.is_some(),
    });
    let page = Page {
        rows: rows.collect(),
        base: format!("/teach/{section}"),
        section: taught.title,
        class_code: taught.class_code,
        done,
        cards: Vec::new(),
        pictures: Vec::new(),
        typed_at: String::new(),
        shell,
    };
    Ok(Html(page.render()?))
}

fn shell_of(app: &App, viewer: &Viewer, section: &TaughtSection) -> Result<Shell, PageError> {
    let title = app.words.one("badges-title", "section", &section.title);
    Ok(shell_for(app, title, viewer, section, Here::Print)?.with_script("print.js"))
}

/// Where this server is reached, as the teacher's browser says it: badges lead there too.
pub(crate) fn origin(headers: &HeaderMap) -> Result<String, PageError> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.filter(|host| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        !host.is_empty() && host.len() <= 255 && host.bytes().all(known)
    });
    let host = host.ok_or(PageError::BadRequest)?;
    // A sign-in needs a connection that nobody listens to, except on this machine itself.
    let local = ["localhost", "127.0.0.1", "[::1]"];
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let scheme = if local.contains(&name) {
        "http"
    } else {
        "https"
    };
    Ok(format!("{scheme}://{host}"))
}

/// `POST /teach/{section}/badges`: new badges for those who are chosen, as a sheet, or their badges taken away.
pub(crate) async fn act(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(fields) = form?;
    let base = format!("/teach/{section}");
    let chosen = chosen_learners(&fields)?;
    if chosen.is_empty() {
        // Asked first, so that a stranger is not told that the class is theirs.
        app.store.badge_holders(&viewer, section)?;
        return Ok(Redirect::to(&format!("{base}/badges?done=none")).into_response());
    }
    match field(&fields, "do") {
        Some("print") => {}
        Some("pictures") => return give_pictures(&app, &viewer, section, &headers, &chosen).await,
        Some("withdraw") => {
            app.store.withdraw_badges(&viewer, section, &chosen)?;
            return Ok(Redirect::to(&format!("{base}/badges?done=withdrawn")).into_response());
        }
        _ => return Err(PageError::BadRequest),
    }
    let origin = origin(&headers)?;
    let holders = app.store.badge_holders(&viewer, section)?;
    let (mut badges, mut cards) = (Vec::new(), Vec::new());
    for BadgeHolder { name, .. } in &holders {
        if chosen.contains(&name.id) {
            let text = BadgeText::draw()?;
            let address = format!("{origin}/badge/{}", text.whole());
            let what = app.words.one("badges-code", "name", &name.short());
            cards.push(Card {
                name: name.short(),
                code: qr_svg(&address, &what)?,
                letters: text.grouped(),
            });
            badges.push(NewBadge {
                learner: name.id,
                handle: text.handle().to_owned(),
                secret: text.secret().to_owned(),
            });
        }
    }
    if badges.len() != chosen.len() {
        return Err(Refusal::NotFound.into());
    }
    app.store
        .give_badges(&viewer, section, &badges, app.now())?;
    let taught = app.store.class_map(&viewer, section)?.section;
    let page = Page {
        shell: shell_of(&app, &viewer, &taught)?,
        base,
        section: taught.title,
        class_code: taught.class_code,
        done: None,
        rows: Vec::new(),
        cards,
        pictures: Vec::new(),
        typed_at: format!("{origin}/badge"),
    };
    Ok(Html(page.render()?).into_response())
}

/// Three pictures, by the system's chance.
fn three() -> Result<[&'static str; 3], PageError> {
    let chance = App::chance()?;
    // Far more chance than choices, so that none is likelier than another by more than a breath.
    let count = PICTURES.len() as u128;
    let pick = |place: u32| {
        let number = chance / count.pow(place) % count;
        usize::try_from(number).map_or(PICTURES[0], |at| PICTURES[at])
    };
    Ok([pick(0), pick(1), pick(2)])
}

/// New pictures for the learners who are chosen, as cards to print. Those of before open nothing from now on.
async fn give_pictures(
    app: &App,
    viewer: &Viewer,
    section: SectionId,
    headers: &HeaderMap,
    chosen: &[PersonId],
) -> Result<Response, PageError> {
    let origin = origin(headers)?;
    let holders = app.store.badge_holders(viewer, section)?;
    let names: Vec<_> = holders
        .iter()
        .map(|holder| &holder.name)
        .filter(|name| chosen.contains(&name.id))
        .collect();
    if names.len() != chosen.len() {
        return Err(Refusal::NotFound.into());
    }
    let threes = names
        .iter()
        .map(|_| three())
        .collect::<Result<Vec<_>, _>>()?;
    let secrets = threes.iter().map(|three| three.join(" ")).collect();
    let hashes = slow_hashes(secrets).await?;
    let given = names.iter().map(|name| name.id).zip(hashes).collect();
    app.store.give_pictures(viewer, section, given)?;
    let card = |(name, three): (&&Name, &[&'static str; 3])| Pictures {
        name: name.short(),
        three: three
            .iter()
            .map(|id| (*id, app.words.t(&format!("picture-{id}"))))
            .collect(),
    };
    let taught = app.store.class_map(viewer, section)?.section;
    let page = Page {
        shell: shell_of(app, viewer, &taught)?,
        base: format!("/teach/{section}"),
        section: taught.title,
        class_code: taught.class_code,
        done: None,
        rows: Vec::new(),
        cards: Vec::new(),
        pictures: names.iter().zip(&threes).map(card).collect(),
        typed_at: format!("{origin}/sign-in"),
    };
    Ok(Html(page.render()?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_badge_leads_to_where_the_teacher_is() {
        let mut headers = HeaderMap::new();
        assert!(origin(&headers).is_err());
        for (host, found) in [
            (
                "trellis.school.example",
                Some("https://trellis.school.example"),
            ),
            (
                "trellis.school.example:8443",
                Some("https://trellis.school.example:8443"),
            ),
            ("127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("localhost", Some("http://localhost")),
            ("[::1]:8080", Some("http://[::1]:8080")),
            ("school.example/evil", None),
            ("a\"b", None),
            ("", None),
        ] {
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(origin(&headers).ok().as_deref(), found, "{host}");
        }
    }
}
