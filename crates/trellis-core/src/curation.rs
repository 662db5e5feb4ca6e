//! Curation: what people decided about the content, beside the content itself. A fold of events, like a learner's state.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::audit::{AuditFinding, Observed, Settlement, Subject, rank};
use crate::event::{Event, Recorded};
use crate::framework::{CompetencyId, ItemId};
use crate::id::{PersonId, Seq};
use crate::item::Item;
use crate::tag::Tag;
use crate::time::Timestamp;

/// How many reports of one item are kept; the oldest gives way.
pub const REPORTS_KEPT: usize = 8;

/// An item that is held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The item.
    pub item: ItemId,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why; may be empty.
    pub note: String,
}

/// A finding that somebody decided about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// What it is about.
    pub about: Subject,
    /// What was seen then.
    pub seen: Observed,
    /// What was decided.
    pub how: Settlement,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why; may be empty where it was looked at.
    pub note: String,
}

/// What somebody of the staff said about an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The item.
    pub item: ItemId,
    /// Who said it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What is wrong.
    pub note: String,
}

/// A revision of an item that can be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// The event.
    pub seq: Seq,
    /// The item as it was.
    pub before: Box<Item>,
    /// The item as it became.
    pub after: Box<Item>,
    /// Who revised it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why; may be empty.
    pub note: String,
}

/// An item that counts for another competency than its import says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagged {
    /// The item.
    pub item: ItemId,
    /// What it counts for.
    pub competency: CompetencyId,
    /// Who decided it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A decision about whether one competency comes before another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDecided {
    /// What comes first.
    pub first: CompetencyId,
    /// What comes after it.
    pub then: CompetencyId,
    /// Whether it does.
    pub holds: bool,
    /// Who decided it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: String,
}

/// What decisions change about how the content is given out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// Items that nobody is given for now.
    pub held: BTreeSet<ItemId>,
    /// What items count for instead of what their import says.
    pub tags: BTreeMap<ItemId, CompetencyId>,
    /// Whether the first comes before the second, oldest decision first.
    pub links: Vec<(CompetencyId, CompetencyId, bool)>,
}

/// How many revisions of all items are kept; the oldest gives way and stays for good.
pub const REVISIONS_KEPT: usize = 64;

/// Everything that people decided about the content, oldest first in each list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Curation {
    /// Items that are held back.
    pub held: Vec<Held>,
    /// Findings that are settled; of one subject and rule the last.
    pub settled: Vec<Settled>,
    /// What was said about items since a report on them was last settled.
    pub reports: Vec<Report>,
    /// Revisions of items that can be taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
    /// Items that count for other competencies; of one item the last word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tagged>,
    /// What comes before what by decision; of one pair the last word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDecided>,
}

impl Curation {
    /// Takes in one event. Those that are about no content change nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        let (by, at) = (recorded.actor.person, recorded.at);
        match &recorded.event {
            Event::ItemHeld { item, note } => {
                self.held.retain(|held| held.item != *item);
                self.held.push(Held {
                    item: item.clone(),
                    by,
                    at,
                    note: note.clone(),
                });
            }
            Event::ItemReleased { item } => self.held.retain(|held| held.item != *item),
            Event::FindingSettled {
                about,
                seen,
                how,
                note,
            } => {
                self.reopen(about, seen.rule());
                self.settled.push(Settled {
                    about: about.clone(),
                    seen: seen.clone(),
                    how: *how,
                    by,
                    at,
                    note: note.clone(),
                });
            }
            Event::FindingReopened { about, rule } => self.reopen(about, rule),
            Event::ItemReported { item, note } => self.report(Report {
                item: item.clone(),
                by,
                at,
                note: note.clone(),
            }),
            Event::ItemRevised {
                undoes: Some(undone),
                ..
            } => self.revisions.retain(|revision| revision.seq != *undone),
            Event::ItemRevised {
                before,
                after,
                note,
                ..
            } => {
                if self.revisions.len() >= REVISIONS_KEPT {
                    self.revisions.remove(0);
                }
                self.revisions.push(Revision {
                    seq: recorded.seq,
                    before: before.clone(),
                    after: after.clone(),
                    by,
                    at,
                    note: note.clone(),
                });
            }
            _ => self.sort(recorded),
        }
    }

    /// Takes in what items count for and what comes before what.
    fn sort(&mut self, recorded: &Recorded) {
        let (by, at) = (recorded.actor.person, recorded.at);
        match &recorded.event {
            Event::ItemsTagged { tags } => {
                for Tag { item, competency } in tags {
                    self.tags.retain(|tagged| tagged.item != *item);
                    self.tags
                        .extend(competency.clone().map(|competency| Tagged {
                            item: item.clone(),
                            competency,
                            by,
                            at,
                        }));
                }
            }
            Event::LinkSet {
                first,
                then,
                holds,
                note,
            } => {
                self.links
                    .retain(|link| link.first != *first || link.then != *then);
                self.links.extend(holds.map(|holds| LinkDecided {
                    first: first.clone(),
                    then: then.clone(),
                    holds,
                    by,
                    at,
                    note: note.clone(),
                }));
            }
            _ => {}
        }
    }

    /// What changes how the content is given out.
    #[must_use]
    pub fn decided(&self) -> Decided {
        let tags = self.tags.iter();
        let links = self.links.iter();
        Decided {
            held: self.held.iter().map(|held| held.item.clone()).collect(),
            tags: tags
                .map(|tagged| (tagged.item.clone(), tagged.competency.clone()))
                .collect(),
            links: links
                .map(|link| (link.first.clone(), link.then.clone(), link.holds))
                .collect(),
        }
    }

    /// The decision about a link.
    #[must_use]
    pub fn link(&self, first: &CompetencyId, then: &CompetencyId) -> Option<&LinkDecided> {
        let mut links = self.links.iter();
        links.find(|link| link.first == *first && link.then == *then)
    }

    /// The last revision of an item that can be taken back.
    #[must_use]
    pub fn last_revision(&self, item: &ItemId) -> Option<&Revision> {
        let mut revisions = self.revisions.iter().rev();
        revisions.find(|revision| revision.after.id == *item)
    }

    fn reopen(&mut self, about: &Subject, rule: &str) {
        self.settled
            .retain(|settled| settled.about != *about || settled.seen.rule() != rule);
    }

    fn report(&mut self, report: Report) {
        let of_item = self.reports.iter().filter(|old| old.item == report.item);
        if of_item.count() >= REPORTS_KEPT
            && let Some(oldest) = self.reports.iter().position(|old| old.item == report.item)
        {
            self.reports.remove(oldest);
        }
        self.reports.push(report);
    }

    /// An item that is held back.
    #[must_use]
    pub fn held(&self, item: &ItemId) -> Option<&Held> {
        self.held.iter().find(|held| held.item == *item)
    }

    /// The decision about a finding of this rule, whether or not it still stands.
    #[must_use]
    pub fn settled(&self, about: &Subject, rule: &str) -> Option<&Settled> {
        let mut settled = self.settled.iter();
        settled.find(|settled| settled.about == *about && settled.seen.rule() == rule)
    }

    /// Whether somebody has decided about a finding, and nothing has changed since.
    #[must_use]
    pub fn is_settled(&self, finding: &AuditFinding) -> bool {
        self.settled(&finding.about, finding.observed.rule())
            .is_some_and(|settled| finding.observed.is_settled_by(&settled.seen))
    }

    /// What people reported, as findings.
    #[must_use]
    pub fn reported(&self) -> Vec<AuditFinding> {
        let mut by_item: BTreeMap<&ItemId, Vec<String>> = BTreeMap::new();
        for report in &self.reports {
            let about = Subject::Item(report.item.clone());
            let notes = by_item.entry(&report.item).or_default();
            // Whoever settled a report has read all that was said up to then.
            let read = self.settled(&about, "reported");
            if read.is_none_or(|read| read.at < report.at) {
                notes.push(report.note.clone());
            }
        }
        let spoken = by_item.into_iter().filter(|(_, notes)| !notes.is_empty());
        spoken
            .map(|(item, notes)| AuditFinding {
                about: Subject::Item(item.clone()),
                observed: Observed::Reported {
                    times: u32::try_from(notes.len()).unwrap_or(u32::MAX),
                    notes,
                },
            })
            .collect()
    }

    /// The worklist: what an audit found and what people reported, without what is settled, the most harmful first.
    #[must_use]
    pub fn open(&self, found: &[AuditFinding]) -> Vec<AuditFinding> {
        let found = found.iter().filter(|finding| !self.is_settled(finding));
        let mut open: Vec<AuditFinding> = found.cloned().collect();
        open.extend(self.reported());
        rank(&mut open);
        open
    }
}

/// Names a finding in an address or a form: its rule, what it is about, and the id of that.
#[must_use]
pub fn finding_name(finding: &AuditFinding) -> String {
    let (kind, id) = match &finding.about {
        Subject::Item(id) => ("item", id.as_str()),
        Subject::Competency(id) => ("competency", id.as_str()),
        Subject::Course(id) => ("course", id.as_str()),
    };
    [finding.observed.rule(), kind, id].join("/")
}
