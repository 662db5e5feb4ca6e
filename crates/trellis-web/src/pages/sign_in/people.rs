//! The people of a demonstration, by role and section, to pick one from.

use std::collections::BTreeMap;

use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::{Person, Role};

use crate::app::App;
use crate::error::PageError;
use crate::words::{Words, small};

/// Somebody to sign in as.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    pub(super) id: PersonId,
    pub(super) name: String,
    /// What tells people of one role apart: the sections that a teacher teaches, the children of a guardian.
    pub(super) about: String,
}

/// People who are listed together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) title: String,
    /// How many there are, in words.
    pub(super) count: String,
    pub(super) picks: Vec<Pick>,
    /// Whether the list is long enough to be folded at first.
    pub(super) folded: bool,
}

/// Everybody in the demonstration.
#[derive(Debug)]
pub(super) struct People {
    pub(super) groups: Vec<Group>,
}

impl People {
    /// Reads them all.
    pub(super) fn read(app: &App) -> Result<Self, PageError> {
        let people = app.store.people()?;
        let names: BTreeMap<PersonId, String> = people
            .iter()
            .map(|person| (person.id, full_name(person)))
            .collect();
        let mut sections_of: BTreeMap<PersonId, Vec<SectionId>> = BTreeMap::new();
        for enrollment in app.store.enrollments()? {
            let sections = sections_of.entry(enrollment.person).or_default();
            sections.push(enrollment.section);
        }
        let mut children: BTreeMap<PersonId, Vec<&str>> = BTreeMap::new();
        for tie in app.store.guardianships()? {
            if let Some(name) = names.get(&tie.learner) {
                children.entry(tie.guardian).or_default().push(name);
            }
        }
        let sections = app.store.sections()?;
        let title_of = |id: &SectionId| {
            sections
                .iter()
                .find(|section| section.id == *id)
                .map(|section| section.title.as_str())
        };
        let pick = |person: &Person| Pick {
            id: person.id,
            name: full_name(person),
            about: match person.role {
                Role::Teacher => sections_of
                    .get(&person.id)
                    .map(|ids| {
                        ids.iter()
                            .filter_map(title_of)
                            .collect::<Vec<_>>()
                            .join(", ")
                    })
                    .unwrap_or_default(),
                Role::Guardian => children
                    .get(&person.id)
                    .map(|names| names.join(", "))
                    .unwrap_or_default(),
                _ => String::new(),
            },
        };
        let of_role = |role: Role| people.iter().filter(move |person| person.role == role);
        let words = &app.words;
        let mut groups = vec![group(
            words,
            words.t("demo-teachers"),
            of_role(Role::Teacher).map(pick),
        )];
        for section in &sections {
            let learners = of_role(Role::Learner).filter(|person| {
                sections_of
                    .get(&person.id)
                    .is_some_and(|ids| ids.contains(&section.id))
            });
            groups.push(group(
                words,
                words.one("demo-students-of", "section", &section.title),
                learners.map(pick),
            ));
        }
        groups.push(group(
            words,
            words.t("demo-families"),
            of_role(Role::Guardian).map(pick),
        ));
        let leads = people
            .iter()
            .filter(|person| matches!(person.role, Role::Leader | Role::Operator));
        groups.push(group(words, words.t("demo-leaders"), leads.map(pick)));
        groups.retain(|group| !group.picks.is_empty());
        Ok(Self { groups })
    }
}

/// Longer lists than this are folded at first.
const MOST_UNFOLDED: usize = 6;

fn group(words: &Words, title: String, picks: impl Iterator<Item = Pick>) -> Group {
    let picks: Vec<Pick> = picks.collect();
    let count = small(picks.len());
    Group {
        title,
        count: words.count("demo-count", "n", count),
        folded: picks.len() > MOST_UNFOLDED,
        picks,
    }
}

fn full_name(person: &Person) -> String {
    format!("{} {}", person.given_name, person.family_name)
        .trim()
        .to_owned()
}
