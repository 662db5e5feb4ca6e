//! Addresses: one line a page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::pace::{self, Pace};
use crate::pages::{
    account, agreed, allow, assign, audit, author, badge, check, class, class_map, courses, decide,
    district, evidence, family, groups, how, invitations, item, join, kept, lessons, links, live,
    machine, map, matters, passkeys, placement, plan, practice, print, projects, second, shared,
    sign_in, sign_on, surveys, tags, teacher_today, term, today, what_if, why, work,
};
use crate::{assets, error_page, language, media, metrics, monitor, security};

/// The application: all addresses, each in every language.
pub fn router(app: App) -> Router {
    language::in_each(app, |app| guarded(app.clone(), addresses().with_state(app)))
}

/// The application for a network: nobody may ask for too much at once, and no request may take longer than this.
pub(crate) fn served(app: App, longest: Duration) -> Router {
    let pace = Arc::new(Pace::default());
    language::in_each(app, move |app| {
        let addresses = addresses()
            .with_state(app.clone())
            .layer(middleware::from_fn_with_state(longest, security::in_time))
            .layer(middleware::from_fn_with_state(
                Arc::clone(&pace),
                pace::keep,
            ));
        guarded(app, addresses)
    })
}

/// What goes around every reply: the pause of a lesson, the headers that guard it, and the page of an error in the words of the application.
fn guarded(app: App, addresses: Router) -> Router {
    let metrics = Arc::clone(&app.metrics);
    addresses
        .layer(middleware::from_fn_with_state(app.clone(), live::hold))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            agreed::hold_what_is_off,
        ))
        .layer(middleware::from_fn(security::guard))
        .layer(middleware::from_fn_with_state(app, error_page::in_words))
        .layer(middleware::from_fn_with_state(metrics, metrics::count))
}

fn addresses() -> Router<App> {
    shared()
        .merge(of_learners())
        .merge(of_teachers())
        .merge(of_leaders())
        .merge(of_authors())
        .method_not_allowed_fallback(|| async { PageError::WrongMethod })
        .fallback(|| async { PageError::Refused(Refusal::NotFound) })
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(DefaultBodyLimit::max(security::MOST_BYTES))
}

/// What anybody may ask for, and pages of families.
fn shared() -> Router<App> {
    Router::new()
        .route("/assets/{name}", get(assets::serve))
        .route("/account", get(account::page).post(account::change))
        .route("/account/end", post(account::end))
        .route("/account/second", get(second::page).post(second::act))
        .route("/account/passkeys", post(passkeys::add))
        .route("/account/passkeys/begin", post(passkeys::begin))
        .route("/account/passkeys/cut", post(passkeys::cut))
        .route("/sign-in/passkey", post(passkeys::enter))
        .route("/sign-in/passkey/begin", post(passkeys::ask))
        .route("/sign-in/code", get(second::ask).post(second::enter))
        .route("/health", get(|| async { "ok" }))
        .route("/ready", get(monitor::ready))
        .route("/", get(sign_in::home))
        .route("/sign-in", get(sign_in::page))
        .route("/sign-in/demo", post(sign_in::as_person))
        .route("/sign-in/class", post(class::find))
        .route("/sign-in/staff", post(sign_in::with_password))
        .route("/sign-on/{issuer}", get(sign_on::begin))
        .route("/sign-on/{issuer}/link", get(sign_on::link))
        .route("/sign-on/{issuer}/back", get(sign_on::back))
        .route("/account/sign-on", post(sign_on::cut))
        .route("/sign-out", post(sign_in::out))
        .route("/language", post(language::choose))
        .route("/class/{code}", get(class::names))
        .route(
            "/class/{code}/{person}",
            get(class::pictures).post(class::enter),
        )
        .route("/badge", get(badge::ask).post(badge::enter))
        .route("/badge/{badge}", get(badge::scanned))
        .route("/join", get(join::ask).post(join::enter))
        .route("/join/{code}", get(join::open))
        .route("/family", get(family::children))
        .route("/family/{learner}", get(family::week))
        .route("/family/{learner}/conference", get(family::conference))
        .route(
            "/family/{learner}/ask",
            get(matters::child).post(matters::ask),
        )
        .route(
            "/family/{learner}/plan",
            get(plan::of_one).post(plan::note_of_one),
        )
        .route("/family/{learner}/term", get(term::page))
        .route("/family/{learner}/allow", get(allow::page).post(allow::say))
        .route("/family/{learner}/portfolio", get(work::of_one))
        .route("/survey/{survey}", get(surveys::page).post(surveys::answer))
        .route("/survey/{survey}/later", post(surveys::later))
        .route("/how", get(how::page))
        .route("/kept", get(kept::own))
        .route("/kept/{person}", get(kept::of))
        .route("/kept/{person}/record.json", get(kept::json))
        .route("/kept/{person}/record.txt", get(kept::text))
        .route("/media/{file}", get(media::serve))
        .route("/handed/{upload}", get(practice::file))
}

/// A learner's pages.
fn of_learners() -> Router<App> {
    Router::new()
        .route("/today", get(today::page))
        .route("/interest", post(today::interest))
        .route("/practice", post(practice::start))
        .route(
            "/practice/{attempt}",
            get(practice::page).post(practice::respond),
        )
        .route(
            "/practice/{attempt}/file",
            post(practice::hand_in).layer(DefaultBodyLimit::max(practice::MOST_UPLOAD)),
        )
        .route("/practice/{attempt}/hint", post(practice::hint))
        .route(
            "/practice/{attempt}/hint/{place}",
            post(practice::answer_hint),
        )
        .route("/practice/{attempt}/solution", post(practice::solution))
        .route("/prove", post(practice::prove))
        .route("/placement/{course}", post(placement::begin))
        .route("/placement/{course}/end", post(placement::end))
        .route("/preview", get(practice::preview))
        .route("/paused.json", get(live::is_on))
        .route("/map", get(map::page))
        .route(
            "/map/{competency}/say",
            get(matters::skill).post(matters::disagree),
        )
        .route(
            "/what-if/{competency}",
            get(what_if::page).post(what_if::agree),
        )
        .route("/why/{decision}", get(why::page))
        .route("/plan", get(plan::own).post(plan::note_own))
        .merge(of_work())
        .route("/lessons", get(lessons::courses))
        .route("/lessons/{course}", get(lessons::page))
}

/// What learners make, and their projects.
fn of_work() -> Router<App> {
    let with_file = DefaultBodyLimit::max(practice::MOST_UPLOAD);
    Router::new()
        .route("/portfolio", get(work::own))
        .route("/portfolio", post(work::keep).layer(with_file))
        .route("/portfolio/file/{file}", get(work::read))
        .route("/portfolio/{artifact}", get(work::one))
        .route("/portfolio/{artifact}/drop", post(work::drop_one))
        .route("/projects/{project}", get(projects::own))
        .route(
            "/projects/{project}/hand-in",
            post(projects::hand_in).layer(with_file),
        )
        .route("/projects/{project}/score", post(projects::score_self))
        .route("/projects/{project}/keep", post(projects::keep))
        .route(
            "/teach/learner/{learner}/portfolio",
            get(work::of_one).post(work::say),
        )
        .route(
            "/teach/{section}/shared",
            get(shared::page).post(shared::share),
        )
        .route("/teach/{section}/shared/say", post(shared::say))
        .route("/teach/{section}/shared/withdraw", post(shared::withdraw))
        .route(
            "/teach/{section}/projects",
            get(projects::all).post(projects::give),
        )
        .route(
            "/teach/{section}/projects/{project}",
            get(projects::of_class).post(projects::score),
        )
        .route(
            "/teach/{section}/projects/{project}/undo",
            post(projects::undo),
        )
        .route(
            "/teach/{section}/projects/{project}/end",
            post(projects::end),
        )
}

/// A teacher's pages, and what staff decide about content.
fn of_teachers() -> Router<App> {
    Router::new()
        .merge(of_questions())
        .route("/teach", get(teacher_today::sections))
        .route("/teach/{section}", get(teacher_today::page))
        .route(
            "/teach/{section}/check",
            get(check::page).post(check::score),
        )
        .route("/teach/{section}/check/undo", post(check::undo))
        .route("/teach/{section}/map", get(class_map::page))
        .route("/teach/{section}/map.csv", get(class_map::csv))
        .route(
            "/teach/{section}/courses",
            get(courses::page).post(courses::choose),
        )
        .route(
            "/teach/{section}/matters",
            get(matters::section).post(matters::answer),
        )
        .route("/teach/{section}/support", post(matters::ask_support))
        .route(
            "/teach/{section}/groups",
            get(groups::page).post(groups::save),
        )
        .route("/teach/{section}/groups.csv", get(groups::csv))
        .route("/teach/{section}/groups/{group}", get(groups::plan))
        .route(
            "/teach/{section}/groups/{group}/move",
            post(groups::move_member),
        )
        .route(
            "/teach/{section}/decide",
            get(decide::page).post(decide::decide),
        )
        .route("/teach/{section}/decide/undo", post(decide::undo))
        .route(
            "/teach/{section}/assign",
            get(assign::page).post(assign::give),
        )
        .route("/teach/{section}/assign/undo", post(assign::withdraw))
        .route("/teach/{section}/mode", post(decide::set_mode))
        .route("/teach/{section}/dismiss", post(teacher_today::dismiss))
        .route("/teach/{section}/open", post(teacher_today::open))
        .route("/teach/{section}/close", post(teacher_today::close))
        .route("/teach/{section}/release", post(teacher_today::release))
        .route("/teach/learner/{learner}", get(evidence::page))
        .route("/teach/learner/{learner}/timeline.csv", get(evidence::csv))
        .route("/teach/learner/{learner}/direct", post(evidence::direct))
        .route("/teach/learner/{learner}/undo", post(evidence::undo))
        .route(
            "/teach/learner/{learner}/plan",
            get(plan::of_one).post(plan::note_of_one),
        )
        .route("/teach/{section}/surveys", get(surveys::of_class))
        .route("/teach/{section}/surveys.csv", get(surveys::class_csv))
        .route("/teach/{section}/audit", get(audit::page))
        .route("/teach/{section}/tags", get(tags::page))
        .route("/teach/{section}/links", get(links::page))
        .route("/teach/{section}/live", get(live::page).post(live::set))
        .route("/teach/{section}/live/events", get(live::events))
        .route("/teach/{section}/print", get(print::page))
        .route("/teach/{section}/print/families", get(print::families))
        .route(
            "/teach/{section}/badges",
            get(print::badges).post(print::give_badges),
        )
        .route(
            "/teach/{section}/invitations",
            get(invitations::families).post(invitations::invite_families),
        )
}

/// What staff see of a question, and decide about it.
fn of_questions() -> Router<App> {
    Router::new()
        .route("/teach/{section}/items/{item}", get(item::page))
        .route("/audit/hold", post(audit::hold))
        .route("/audit/release", post(audit::release))
        .route("/audit/report", post(audit::report))
        .route("/audit/settle", post(audit::settle))
        .route("/audit/reopen", post(audit::reopen))
        .route("/audit/mend", post(audit::mend))
        .route("/audit/unmend", post(audit::unmend))
        .route("/teach/items/{item}", get(item::find))
        .route("/teach/{section}/items/{item}/answers.csv", get(item::csv))
        .route("/audit/tag", post(tags::tag))
        .route("/audit/link", post(links::link))
}

/// Pages of those who write questions.
fn of_authors() -> Router<App> {
    Router::new()
        .route("/author", get(author::courses))
        .route("/author/{course}", get(author::course))
        .route(
            "/author/{course}/{competency}/new",
            get(author::new).post(author::act_new),
        )
        .route(
            "/author/item/{item}",
            get(author::item).post(author::act_item),
        )
        .route(
            "/author/draft/{draft}",
            get(author::draft).post(author::act_draft),
        )
        .route(
            "/author/draft/{draft}/versions",
            get(author::versions).post(author::back),
        )
}

/// Pages of those who lead a district.
fn of_leaders() -> Router<App> {
    Router::new()
        .route("/district", get(district::page))
        .route("/district/sections.csv", get(district::sections))
        .route("/district/gaps.csv", get(district::gaps_csv))
        .route("/district/release", post(district::release))
        .route("/district/end-sign-ins", post(district::end_sign_ins))
        .route(
            "/district/invitations",
            get(invitations::staff).post(invitations::invite_staff),
        )
        .route("/district/surveys", get(surveys::all).post(surveys::open))
        .route("/district/surveys.csv", get(surveys::csv))
        .route("/district/agreed", get(agreed::page).post(agreed::agree))
        .route("/district/surveys/withdraw", post(surveys::withdraw))
        .route(
            "/district/erase",
            get(district::erase::page).post(district::erase::ask),
        )
        .route(
            "/district/records",
            get(district::records::page).post(district::records::open),
        )
        .route("/district/records/all", post(district::records::ask_all))
        .route("/district/records/agree", post(district::records::agree))
        .route("/district/records/{number}", get(district::records::take))
        .route("/district/erase/agree", post(district::erase::agree))
        .route("/district/erase/keep", post(district::erase::keep))
        .route(
            "/district/support",
            get(matters::support).post(matters::answer_support),
        )
        .route("/district/audit", get(audit::page))
        .route("/district/machine", get(machine::page))
        .route("/district/items/{item}", get(item::page))
        .route("/district/tags", get(tags::page))
        .route("/district/links", get(links::page))
}
