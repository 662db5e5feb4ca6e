//! The audit worklist: what looks wrong with questions, each with its evidence, and what people decided about it.

mod act;
mod sentence;

pub(crate) use act::{execute, hold, mend, release, reopen, report, settle, unmend};
pub(crate) use sentence::{about, name_of, says};

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::response::Html;
use serde::Deserialize;
use trellis_core::audit::{AuditFinding, ItemReport, Settlement, Subject};
use trellis_core::catalog::Catalog;
use trellis_core::curation::finding_name;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::Viewer;
use trellis_store::read::{TaughtSection, Worklist};

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, said_by, section_id, section_in, shell_for};
use crate::session::SignedIn;
use crate::words::{Words, small};
use sentence::RULES;

/// Findings on one page.
const ON_A_PAGE: usize = 20;
/// Decisions that are listed, to be taken back.
const DECIDED_SHOWN: usize = 12;

/// Whose questions a page is about: a section's, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The courses that a section takes.
    Section(SectionId),
    /// All courses.
    District,
}

impl Scope {
    /// Where its pages begin.
    pub(crate) fn base(self) -> String {
        match self {
            Self::Section(section) => format!("/teach/{section}"),
            Self::District => "/district".to_owned(),
        }
    }

    /// The section, when there is one.
    pub(crate) fn section(self) -> Option<SectionId> {
        match self {
            Self::Section(section) => Some(section),
            Self::District => None,
        }
    }

    /// What a form carries so that its reply leads back here.
    pub(crate) fn field(self) -> String {
        self.section()
            .map_or_else(String::new, |section| section.to_string())
    }

    /// Reads the field of a form.
    pub(crate) fn of_field(text: &str) -> Result<Self, PageError> {
        match text {
            "" => Ok(Self::District),
            text => Ok(Self::Section(section_id(text)?)),
        }
    }
}

/// The one who looks, when they are of the staff.
pub(crate) fn staff(SignedIn(viewer): SignedIn) -> Result<Viewer, PageError> {
    match viewer.role() {
        Role::Teacher | Role::Leader | Role::Operator => Ok(viewer),
        Role::Learner | Role::Guardian => Err(Refusal::NotYours.into()),
    }
}

/// Who looks, and at what: a section's teacher under the section's address, else anybody of the staff at all courses.
pub(crate) struct At {
    pub(crate) viewer: Viewer,
    pub(crate) scope: Scope,
}

impl FromRequestParts<App> for At {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        Ok(match section_in(parts, app).await? {
            Some(section) => Self {
                viewer: signed_in.with_role(Role::Teacher)?,
                scope: Scope::Section(section),
            },
            None => Self {
                viewer: staff(signed_in)?,
                scope: Scope::District,
            },
        })
    }
}

/// One page of a long list, with the addresses of those before and after it.
pub(crate) struct Leaf {
    /// Counted from 0.
    pub(crate) at: usize,
    pub(crate) earlier: Option<String>,
    pub(crate) later: Option<String>,
}

impl Leaf {
    /// The page that was asked for, or the last one.
    pub(crate) fn of(
        asked: usize,
        count: usize,
        on_a_page: usize,
        address: impl Fn(usize) -> String,
    ) -> Self {
        let at = asked.min(count.saturating_sub(1) / on_a_page);
        Self {
            at,
            earlier: (at > 0).then(|| address(at - 1)),
            later: (count > (at + 1) * on_a_page).then(|| address(at + 1)),
        }
    }
}

/// A kind of findings to choose.
struct Kind {
    href: String,
    label: String,
    current: bool,
}

/// A finding, ready to be shown.
struct Found {
    name: String,
    rule: String,
    about: String,
    /// The address of the question, when it is about one.
    href: Option<String>,
    item: Option<String>,
    skill: String,
    says: String,
    evidence: Option<String>,
    remedy: String,
    /// Whether the item is held back already.
    held: bool,
    /// Whether it does harm while nobody looks: then holding back comes first.
    urgent: bool,
    label: String,
}

/// A decision that can be taken back.
struct Decided {
    what: String,
    line: String,
    /// The finding, or the item that is held back.
    name: String,
    href: Option<String>,
    is_hold: bool,
}

#[derive(Template)]
#[template(path = "pages/audit/audit.html")]
struct Page {
    shell: Shell,
    scope: String,
    heading: String,
    lead: String,
    /// Where its pages begin.
    base: String,
    notice: Option<String>,
    kinds: Vec<Kind>,
    found: Vec<Found>,
    decided: Vec<Decided>,
    /// Addresses of the pages before and after this one.
    earlier: Option<String>,
    later: Option<String>,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    rule: Option<String>,
    #[serde(default)]
    page: usize,
    done: Option<String>,
}

/// What a reply can say has been done.
pub(crate) const DONE: [&str; 11] = [
    "mended",
    "unmended",
    "held",
    "released",
    "checked",
    "dismissed",
    "reopened",
    "reported",
    "tagged",
    "untagged",
    "linked",
];

/// The words for what was just done.
pub(crate) fn done_words(words: &Words, done: Option<&str>) -> Option<String> {
    words.done("audit", &DONE, done)
}

/// The worklist, read on a thread of its own: the first look after a while reads every answer there is.
pub(crate) async fn worklist(
    app: &App,
    viewer: &Viewer,
    scope: Scope,
) -> Result<Worklist, PageError> {
    let (store, viewer, now) = (app.store.clone(), *viewer, app.now());
    let read = move || store.audit_worklist(&viewer, scope.section(), now);
    let list = tokio::task::spawn_blocking(read).await;
    Ok(list.map_err(|error| PageError::failed(&error))??)
}

/// The frame of a page about questions.
pub(crate) fn frame(
    app: &App,
    viewer: &Viewer,
    section: Option<&TaughtSection>,
    title: String,
) -> Result<Shell, PageError> {
    if let Some(section) = section {
        return shell_for(app, title, viewer, section, Here::Audit);
    }
    let name = app.store.own_name(viewer)?;
    let shell = Shell::of(app.words.clone(), title, viewer, "/district/audit");
    Ok(shell.named(&name.given))
}

/// `GET /teach/{section}/audit`, `GET /district/audit`
pub(crate) async fn page(
    State(app): State<App>,
    At { viewer, scope }: At,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = query?;
    let list = worklist(&app, &viewer, scope).await?;
    let desk = Desk {
        words: &app.words,
        catalog: &app.store.catalog(),
        scope,
        now: app.now(),
        list: &list,
    };
    let words = &app.words;
    let chosen = asked.rule.as_deref().filter(|rule| RULES.contains(rule));
    let of_rule =
        |finding: &&AuditFinding| chosen.is_none_or(|rule| finding.observed.rule() == rule);
    let shown: Vec<&AuditFinding> = list.open.iter().filter(of_rule).collect();
    let leaf = Leaf::of(asked.page, shown.len(), ON_A_PAGE, |page| {
        let rule = chosen.map_or_else(String::new, |rule| format!("rule={rule}&"));
        format!("{}/audit?{rule}page={page}", scope.base())
    });
    let page = Page {
        scope: scope.field(),
        base: scope.base(),
        heading: words.count("audit-heading", "count", small(list.open.len())),
        lead: words.count("audit-lead", "answers", small(list.audited.first_answers)),
        notice: done_words(words, asked.done.as_deref()),
        kinds: desk.kinds(chosen),
        found: shown
            .iter()
            .skip(leaf.at * ON_A_PAGE)
            .take(ON_A_PAGE)
            .map(|finding| desk.found(finding))
            .collect(),
        decided: desk.decided(),
        earlier: leaf.earlier,
        later: leaf.later,
        shell: frame(&app, &viewer, list.section.as_ref(), words.t("audit-title"))?,
    };
    Ok(Html(page.render()?))
}

/// The figures of an item as a line.
pub(crate) fn figures_words(words: &Words, report: &ItemReport) -> String {
    words.mixed(
        "audit-figures",
        &[
            ("answers", f64::from(report.answers)),
            ("right", (100.0 * report.share_right).round()),
        ],
        &[],
    )
}

/// What the page is written from.
struct Desk<'a> {
    words: &'a Words,
    catalog: &'a Catalog,
    scope: Scope,
    now: Timestamp,
    list: &'a Worklist,
}

impl Desk<'_> {
    fn kinds(&self, chosen: Option<&str>) -> Vec<Kind> {
        let base = format!("{}/audit", self.scope.base());
        let all = Kind {
            href: base.clone(),
            label: self
                .words
                .count("audit-all", "count", small(self.list.open.len())),
            current: chosen.is_none(),
        };
        let count = |rule: &str| {
            let open = self.list.open.iter();
            open.filter(|finding| finding.observed.rule() == rule)
                .count()
        };
        let there = RULES.into_iter().filter(|rule| count(rule) > 0);
        let kinds = there.map(|rule| Kind {
            href: format!("{base}?rule={rule}"),
            label: self.words.mixed(
                "audit-kind",
                &[("count", f64::from(small(count(rule))))],
                &[("rule", &self.words.t(&format!("audit-rule-{rule}")))],
            ),
            current: chosen == Some(rule),
        });
        std::iter::once(all).chain(kinds).collect()
    }

    fn href(&self, about: &Subject) -> Option<String> {
        match about {
            Subject::Item(id) => Some(format!("{}/items/{id}", self.scope.base())),
            Subject::Competency(_) | Subject::Course(_) => None,
        }
    }

    fn found(&self, finding: &AuditFinding) -> Found {
        let item = match &finding.about {
            Subject::Item(id) => Some(id),
            Subject::Competency(_) | Subject::Course(_) => None,
        };
        let report = item.and_then(|id| self.figures(id));
        let about = sentence::about(self.catalog, &finding.about);
        let rule = self
            .words
            .t(&format!("audit-rule-{}", finding.observed.rule()));
        Found {
            name: finding_name(finding),
            label: self
                .words
                .with("audit-label", &[("rule", &rule), ("about", &about)]),
            rule,
            about,
            href: self.href(&finding.about),
            item: item.map(ToString::to_string),
            skill: item
                .and_then(|id| self.catalog.item(id))
                .and_then(|item| self.catalog.competency(&item.competency))
                .map(|competency| competency.title.clone())
                .unwrap_or_default(),
            says: sentence::says(self.words, self.catalog, finding),
            evidence: report.map(|report| figures_words(self.words, report)),
            remedy: sentence::remedy(self.words, &finding.observed),
            held: item.is_some_and(|id| self.catalog.is_held(id)),
            urgent: item.is_some() && finding.observed.harm() > 3,
        }
    }

    fn figures(&self, id: &trellis_core::framework::ItemId) -> Option<&ItemReport> {
        let figures = &self.list.audited.figures;
        figures.iter().find(|report| report.item == *id)
    }

    /// "Ngozi O., Tuesday: the key is right."
    fn line(&self, by: PersonId, at: Timestamp, note: &str) -> String {
        let (name, when) = said_by(self.words, self.list.names.get(&by), self.now, at);
        let key = match note.is_empty() {
            true => "audit-decided",
            false => "audit-decided-why",
        };
        self.words
            .with(key, &[("name", &name), ("when", &when), ("why", note)])
    }

    fn decided(&self) -> Vec<Decided> {
        let held = self.list.held.iter().map(|held| Decided {
            what: self
                .words
                .one("audit-is-held", "about", &name_of(self.catalog, &held.item)),
            line: self.line(held.by, held.at, &held.note),
            name: held.item.to_string(),
            href: self.href(&Subject::Item(held.item.clone())),
            is_hold: true,
        });
        let settled = self.list.settled.iter().map(|settled| {
            let rule = self.words.t(&format!("audit-rule-{}", settled.seen.rule()));
            let key = match settled.how {
                Settlement::Checked => "audit-is-checked",
                Settlement::Dismissed => "audit-is-dismissed",
            };
            let about = sentence::about(self.catalog, &settled.about);
            let finding = AuditFinding {
                about: settled.about.clone(),
                observed: settled.seen.clone(),
            };
            Decided {
                what: self.words.with(key, &[("rule", &rule), ("about", &about)]),
                line: self.line(settled.by, settled.at, &settled.note),
                name: finding_name(&finding),
                href: self.href(&settled.about),
                is_hold: false,
            }
        });
        // Everything that is held back is listed: nobody should forget it there.
        held.chain(settled.take(DECIDED_SHOWN)).collect()
    }
}
