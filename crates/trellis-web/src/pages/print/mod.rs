//! The print centre of a section: worksheets with their keys on pages apart, the plans of groups, and the week of every
//! family in one print.

mod badges;
mod choices;
mod families;
mod sheets;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Html;

use trellis_store::read::Name;

use crate::app::App;
use crate::choice::{Choice, Unit};
use crate::error::PageError;
use crate::fields::Fields;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, shell_for, since_words};
use crate::reasons::title_of;
use crate::whom;
use crate::words::Language;
use choices::Asked;
use sheets::{Key, Sheet, make};

pub(crate) use badges::{act as give_badges, origin, page as badges};
pub(crate) use choices::{fresh_seed, number, skill_of};
pub(crate) use families::page as families;

/// A plan that a group has already.
struct Plan {
    href: String,
    title: String,
    about: String,
}

/// A language to print the families' pages in.
struct Tongue {
    href: String,
    language: Language,
}

#[derive(Template)]
#[template(path = "pages/print/print.html")]
struct Page {
    shell: Shell,
    base: String,
    /// Where badges are made.
    badges: String,
    /// Where families are invited.
    invitations: String,
    who: Vec<Choice>,
    own_next: bool,
    units: Vec<Unit>,
    numbers: Vec<Choice>,
    counts: Vec<Choice>,
    parts: Vec<Choice>,
    /// What draws the sheets that the form asks for.
    seed: u32,
    at: i64,
    plans: Vec<Plan>,
    tongues: Vec<Tongue>,
    sheets: Vec<Sheet>,
    keys: Vec<Key>,
    made: Option<String>,
    /// The same sheets with other numbers.
    again: String,
}

/// `GET /teach/{section}/print`. With nothing asked for, what there is to print; else the sheets, which the address alone
/// decides: it can be kept, and prints the same again.
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Fields>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(fields) = asked?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let map = app.store.class_map(&viewer, section)?;
    let groups = app.store.groups_of(&viewer, section, now)?;
    let class: Vec<&Name> = map.learners.iter().collect();
    let asked = Asked::of(&fields, &catalog, now)?;
    let fresh = choices::fresh_seed()?;
    let made = match &asked {
        Some(asked) => {
            let people = asked.who.people(&class, &groups)?;
            make(&app, &viewer, section, &people, asked)?
        }
        None => sheets::Made::default(),
    };
    let base = format!("/teach/{section}/print");
    let plans = groups.iter().map(|group| Plan {
        href: format!("/teach/{section}/groups/{}", group.id),
        title: title_of(&catalog, &group.competency),
        about: words.one("group-made", "when", &since_words(words, now, group.at)),
    });
    let tongues = Language::OFFERED.into_iter().map(|language| Tongue {
        href: format!("{base}/families?language={}", language.tag()),
        language,
    });
    let page = Page {
        who: whom::choices(
            words,
            &catalog,
            &class,
            &groups,
            asked.as_ref().map(|asked| asked.who),
        ),
        own_next: asked.as_ref().is_none_or(|asked| asked.skill().is_none()),
        units: choices::skills(&catalog, &map.section, asked.as_ref()),
        numbers: choices::numbers(words, asked.as_ref()),
        counts: choices::counts(words, asked.as_ref()),
        parts: choices::parts(words, asked.as_ref()),
        seed: asked.as_ref().map_or(fresh, |asked| asked.seed),
        at: now.0,
        plans: plans.collect(),
        tongues: tongues.collect(),
        again: asked
            .as_ref()
            .map(|asked| format!("{base}?{}", asked.address(fresh, now)))
            .unwrap_or_default(),
        made: asked
            .as_ref()
            .map(|asked| words.one("paper-code", "code", &asked.code())),
        sheets: made.sheets,
        keys: made.keys,
        shell: shell_for(
            &app,
            words.one("paper-title", "section", &map.section.title),
            &viewer,
            &map.section,
            Here::Print,
        )?
        .with_script("print.js"),
        badges: format!("/teach/{section}/badges"),
        invitations: format!("/teach/{section}/invitations"),
        base,
    };
    Ok(Html(page.render()?))
}
