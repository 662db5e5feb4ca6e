//! Cards of today in words: what was seen, about whom, and the one thing to press.

use trellis_core::catalog::Catalog;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, MixUpId};
use trellis_core::id::PersonId;
use trellis_core::plan::cards::{Card, CardKind, Finding, Seen};
use trellis_core::time::Timestamp;
use trellis_store::Viewer;
use trellis_store::read::{self, LearnerView, SectionView};

use crate::app::App;
use crate::error::PageError;
use crate::given;
use crate::pages::evidence::Question;
use crate::words::{Words, small};

/// Names that a card shows before it says how many more there are.
const NAMES_SHOWN: usize = 6;
/// Events of a learner in which the example of a mix-up is looked for.
const EXAMPLE_EVENTS: u32 = 80;

/// A student on a card.
pub(super) struct Name {
    pub(super) name: String,
    pub(super) href: String,
    /// The skill, where each student of the card has another.
    pub(super) skill: Option<String>,
    pub(super) seen: String,
}

/// One answer that shows the mix-up.
pub(super) struct Example {
    pub(super) stem: String,
    pub(super) answer: String,
}

/// A card, ready to be shown.
pub(super) struct CardView {
    pub(super) name: String,
    pub(super) tint: &'static str,
    pub(super) icon: &'static str,
    pub(super) kind: String,
    pub(super) heading: String,
    pub(super) evidence: String,
    pub(super) example: Option<Example>,
    pub(super) names: Vec<Name>,
    pub(super) more: Option<String>,
    pub(super) action: String,
    pub(super) href: String,
    pub(super) dismiss_label: String,
}

struct Desk<'a> {
    app: &'a App,
    viewer: &'a Viewer,
    view: &'a SectionView,
    catalog: &'a Catalog,
    now: Timestamp,
}

pub(super) fn views(
    app: &App,
    viewer: &Viewer,
    view: &SectionView,
    catalog: &Catalog,
    cards: &[Card],
    now: Timestamp,
) -> Result<Vec<CardView>, PageError> {
    let desk = Desk {
        app,
        viewer,
        view,
        catalog,
        now,
    };
    cards.iter().map(|card| desk.card(card)).collect()
}

/// How many answers wait on a card, and since when the oldest does; nothing for a card about something else.
fn waiting(card: &Card) -> Option<(u32, Timestamp)> {
    card.findings
        .iter()
        .filter_map(|finding| match finding.seen {
            Seen::Waiting { answers, since } => Some((answers, since)),
            _ => None,
        })
        .reduce(|(sum, first), (answers, since)| (sum.saturating_add(answers), first.min(since)))
}

/// "today", "Tuesday", "12 days ago": a moment that somebody has waited since.
pub(crate) fn since_words(words: &Words, now: Timestamp, at: Timestamp) -> String {
    let days = now.day().saturating_sub(at.day()).max(0);
    // 1970-01-01 was a Thursday: day 0 has weekday 3, counted from Monday.
    match days {
        2..=6 => words.t(&format!("teach-weekday-{}", (at.day() + 3).rem_euclid(7))),
        _ => words.count(
            "teach-days-ago",
            "days",
            u32::try_from(days).unwrap_or(u32::MAX),
        ),
    }
}

/// Who did something, and when; somebody, where they have left the roster.
pub(crate) fn said_by(
    words: &Words,
    name: Option<&read::Name>,
    now: Timestamp,
    at: Timestamp,
) -> (String, String) {
    let name = name.map_or_else(|| words.t("audit-somebody"), read::Name::short);
    (name, since_words(words, now, at))
}

/// The student's page, at the skill that the finding is about.
fn student_page(finding: &Finding) -> String {
    let query = finding
        .competency
        .as_ref()
        .map(|id| format!("?competency={}", id.as_str()))
        .unwrap_or_default();
    format!("/teach/learner/{}{query}", finding.learner)
}

fn look(kind: CardKind) -> (&'static str, &'static str) {
    match kind {
        CardKind::ToCheck => ("leaf", "pencil"),
        CardKind::SharedMixUp => ("clay", "users"),
        CardKind::Stuck => ("sun", "hand"),
        CardKind::Doubted => ("plum", "circle-help"),
        CardKind::NotAsking => ("plum", "message-circle"),
        CardKind::Idle => ("sky", "calendar"),
        CardKind::Slipping => ("sun", "refresh-cw"),
        CardKind::ReadyToCheck => ("sky", "user-check"),
        CardKind::Disagrees => ("leaf", "message-circle"),
        CardKind::AsksToShow => ("leaf", "user-check"),
        CardKind::FamilyAsks => ("clay", "home"),
    }
}

impl Desk<'_> {
    fn words(&self) -> &Words {
        &self.app.words
    }

    fn learner(&self, id: PersonId) -> Option<&LearnerView> {
        self.view
            .learners
            .iter()
            .find(|learner| learner.name.id == id)
    }

    fn short(&self, id: PersonId) -> String {
        self.learner(id)
            .map(|learner| learner.name.short())
            .unwrap_or_default()
    }

    fn title(&self, id: Option<&CompetencyId>) -> String {
        id.and_then(|id| self.catalog.competency(id))
            .map(|competency| competency.title.clone())
            .unwrap_or_default()
    }

    fn card(&self, card: &Card) -> Result<CardView, PageError> {
        let words = self.words();
        let key = card.kind.key();
        // Somebody may stand on a card twice, each time with another skill.
        let mut people: Vec<PersonId> = card.findings.iter().map(|one| one.learner).collect();
        people.sort_unstable();
        people.dedup();
        let count = small(people.len());
        let first = self.short(card.findings[0].learner);
        let skill = self.title(card.competency.as_ref());
        // Several students, each with the same trouble somewhere else.
        let each_own = card.competency.is_none() && card.findings[0].competency.is_some();
        let heading = match waiting(card) {
            Some((answers, since)) => words.mixed(
                "teach-card-to-check",
                &[("count", f64::from(answers))],
                &[("since", &since_words(words, self.now, since))],
            ),
            None => words.mixed(
                &if each_own {
                    format!("teach-card-{key}-each")
                } else {
                    format!("teach-card-{key}")
                },
                &[("count", f64::from(count))],
                &[("name", &first), ("skill", &skill)],
            ),
        };
        let (tint, icon) = look(card.kind);
        let names: Vec<Name> = card
            .findings
            .iter()
            .take(NAMES_SHOWN)
            .map(|finding| Name {
                name: self.short(finding.learner),
                href: student_page(finding),
                skill: each_own.then(|| self.title(finding.competency.as_ref())),
                seen: self.seen(&finding.seen),
            })
            .collect();
        let more = card.findings.len() - names.len();
        let (action, href) = self.action(card);
        Ok(CardView {
            name: card.name.clone(),
            tint,
            icon,
            kind: words.t(&format!("teach-kind-{key}")),
            dismiss_label: words.one("teach-dismiss-label", "card", &heading),
            heading,
            evidence: self.evidence(card),
            example: match &card.mix_up {
                Some(mix_up) => self.example(card.findings[0].learner, mix_up)?,
                None => None,
            },
            names,
            more: (more > 0).then(|| words.count("teach-more-names", "count", small(more))),
            action,
            href,
        })
    }

    /// What was seen of one student, in a few words.
    fn seen(&self, seen: &Seen) -> String {
        let words = self.words();
        match seen {
            Seen::Waiting { answers, .. } => words.count("teach-seen-to-check", "count", *answers),
            Seen::MixUp { times, .. } => words.count("teach-seen-mix-up", "times", *times),
            Seen::Stuck {
                tries,
                right_alone,
                hints,
                ..
            } => words.mixed(
                "teach-seen-stuck",
                &[
                    ("tries", f64::from(*tries)),
                    ("right", f64::from(*right_alone)),
                    ("hints", f64::from(*hints)),
                ],
                &[],
            ),
            Seen::Doubted { days } => words.count("teach-seen-doubted", "days", *days),
            Seen::NotAsking { wrong, of } => words.mixed(
                "teach-seen-not-asking",
                &[("wrong", f64::from(*wrong)), ("all", f64::from(*of))],
                &[],
            ),
            Seen::Idle {
                school_days: Some(days),
            } => words.count("teach-seen-idle", "days", *days),
            Seen::Idle { school_days: None } => words.t("teach-seen-never"),
            Seen::Slipping { reviews } => words.count("teach-seen-slipping", "count", *reviews),
            Seen::Mastered { days } => words.count("teach-seen-mastered", "days", *days),
            Seen::Raised { since, .. } => words.one(
                "teach-seen-raised",
                "since",
                &since_words(words, self.now, *since),
            ),
        }
    }

    /// The sentence under the heading.
    fn evidence(&self, card: &Card) -> String {
        let words = self.words();
        let key = format!("teach-evidence-{}", card.kind.key());
        match card.kind {
            CardKind::SharedMixUp => {
                let times: u32 = card
                    .findings
                    .iter()
                    .map(|finding| match finding.seen {
                        Seen::MixUp { times, .. } => times,
                        _ => 0,
                    })
                    .sum();
                let mix_up = card
                    .mix_up
                    .as_ref()
                    .and_then(|id| self.catalog.mix_up(id))
                    .map_or_else(|| words.t("teach-mix-up-unnamed"), |it| it.title.clone());
                words.mixed(&key, &[("times", f64::from(times))], &[("mix-up", &mix_up)])
            }
            _ => words.count(&key, "count", small(card.findings.len())),
        }
    }

    /// The one thing to press: the student when there is one, a group for those who share a trouble, else the map of the
    /// unit, needs first.
    fn action(&self, card: &Card) -> (String, String) {
        let words = self.words();
        if card.kind == CardKind::ToCheck {
            let section = self.view.section.id;
            return (
                words.t("teach-act-check"),
                format!("/teach/{section}/check"),
            );
        }
        if matches!(
            card.kind,
            CardKind::Disagrees | CardKind::AsksToShow | CardKind::FamilyAsks
        ) {
            let section = self.view.section.id;
            return (
                words.t("teach-act-answer"),
                format!("/teach/{section}/matters"),
            );
        }
        if let [only] = card.findings.as_slice() {
            let name = self.short(only.learner);
            return (
                words.one("teach-act-student", "name", &name),
                student_page(only),
            );
        }
        if matches!(card.kind, CardKind::SharedMixUp | CardKind::Stuck)
            && let Some(id) = &card.competency
        {
            return (
                words.t("teach-act-group"),
                format!("/teach/{}/groups?about={id}", self.view.section.id),
            );
        }
        let unit = card.competency.as_ref().and_then(|id| {
            let course = self.catalog.course_of(id)?;
            Some(course.unit_of(id)?.id.as_str().to_owned())
        });
        let unit = unit.map_or_else(String::new, |unit| format!("unit={unit}&"));
        (
            words.t("teach-act-map"),
            format!("/teach/{}/map?{unit}sort=need", self.view.section.id),
        )
    }

    /// The last answer of a student that shows a mix-up, beside its question.
    fn example(&self, learner: PersonId, mix_up: &MixUpId) -> Result<Option<Example>, PageError> {
        let seen = self
            .app
            .store
            .evidence(self.viewer, learner, EXAMPLE_EVENTS)?;
        let found = seen
            .events
            .iter()
            .find_map(|recorded| match &recorded.event {
                Event::Responded {
                    attempt,
                    response,
                    score,
                    ..
                } if score.mix_up.as_ref() == Some(mix_up) => Some((*attempt, response)),
                _ => None,
            });
        let Some((attempt, response)) = found else {
            return Ok(None);
        };
        let question = Question::of(attempt, &seen.events, self.catalog);
        Ok(question.map(|question| Example {
            stem: question.stem_html(),
            answer: given::html(response, Some(question.interaction())),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_card_has_words_and_an_icon() {
        let words = Words::english();
        let icons = include_str!("../../../assets/icons.svg");
        for kind in CardKind::ALL {
            for part in ["kind", "card", "evidence"] {
                let key = format!("teach-{part}-{}", kind.key());
                assert!(words.has(&key), "{key}");
            }
            let (_, icon) = look(kind);
            assert!(icons.contains(&format!("id=\"{icon}\"")), "{icon}");
        }
        for kind in ["stuck", "doubted", "disagrees", "asks-to-show"] {
            assert!(words.has(&format!("teach-card-{kind}-each")), "{kind}");
        }
        for reason in super::super::DISMISS_REASONS {
            assert!(words.has(&format!("teach-dismiss-{reason}")), "{reason}");
        }
        for done in super::super::DONE {
            assert!(words.has(&format!("teach-done-{done}")), "{done}");
        }
    }
}
