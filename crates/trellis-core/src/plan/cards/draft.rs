//! Cards in the making: findings about learners, gathered by kind and subject, and ranked by what waiting costs.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::framework::{CompetencyId, MixUpId};
use crate::id::{MatterId, PersonId};
use crate::time::Timestamp;

/// Most cards of a day.
pub const MOST_CARDS: usize = 5;
/// Most cards of one kind, so that one trouble does not hide the others.
pub const MOST_OF_A_KIND: usize = 2;
/// Learners who must share a mix-up before it is the teacher's business.
const SHARED_BY: usize = 2;
/// Learners who must have mastered the same thing freshly.
const CHECK_TOGETHER: usize = 3;

/// Why a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardKind {
    /// Answers wait for the teacher to read them.
    ToCheck,
    /// Several learners show the same misconception.
    SharedMixUp,
    /// Many tries, low estimate, no rise.
    Stuck,
    /// Something mastered before is in doubt by the learner's own answers.
    Doubted,
    /// Wrong several times, and never a hint.
    NotAsking,
    /// No answer for a school week.
    Idle,
    /// Reviews pile up.
    Slipping,
    /// Several just mastered the same: worth a look by a person.
    ReadyToCheck,
    /// A student does not agree with a level.
    Disagrees,
    /// A student asks to show what they know.
    AsksToShow,
    /// A family asks, or says that something is wrong.
    FamilyAsks,
}

impl CardKind {
    /// All kinds, for tests that demand words for each.
    pub const ALL: [Self; 11] = [
        Self::ToCheck,
        Self::SharedMixUp,
        Self::Stuck,
        Self::Doubted,
        Self::NotAsking,
        Self::Idle,
        Self::Slipping,
        Self::ReadyToCheck,
        Self::Disagrees,
        Self::AsksToShow,
        Self::FamilyAsks,
    ];

    /// A short name for dismissals and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ToCheck => "to-check",
            Self::SharedMixUp => "shared-mix-up",
            Self::Stuck => "stuck",
            Self::Doubted => "doubted",
            Self::NotAsking => "not-asking",
            Self::Idle => "idle",
            Self::Slipping => "slipping",
            Self::ReadyToCheck => "ready-to-check",
            Self::Disagrees => "disagrees",
            Self::AsksToShow => "asks-to-show",
            Self::FamilyAsks => "family-asks",
        }
    }

    /// What one more school day of waiting costs for one learner, in tenths of a lesson that goes to waste: the share of
    /// a lesson's work that teaches nothing, or the wrong thing, until someone looks. An ordering, not a measurement.
    fn cost_each(self) -> u32 {
        match self {
            // Practice makes a mix-up stronger.
            Self::SharedMixUp => 6,
            Self::Stuck => 8,
            Self::NotAsking | Self::Doubted => 4,
            // Somebody wrote, and hears nothing.
            Self::ToCheck | Self::Disagrees | Self::AsksToShow | Self::FamilyAsks | Self::Idle => 5,
            Self::Slipping => 2,
            Self::ReadyToCheck => 1,
        }
    }
}

/// What was seen about one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The misconception of the card showed in this many attempts lately; the last time at that moment.
    MixUp {
        /// Attempts.
        times: u32,
        /// The last of them.
        last_at: Timestamp,
    },
    /// Answers that wait.
    Waiting {
        /// How many.
        answers: u32,
        /// Since when the first of them waits.
        since: Timestamp,
    },
    /// Tries without a rise.
    Stuck {
        /// First tries so far.
        tries: u32,
        /// Of those, right without a hint.
        right_alone: u32,
        /// Hints opened in the last few attempts.
        hints: u32,
        /// The chance of getting the next one right, in tenths.
        next_right_tenths: u8,
    },
    /// Mastered, and doubted this many days ago.
    Doubted {
        /// Whole days.
        days: u32,
    },
    /// Wrong attempts lately, with no hint opened.
    NotAsking {
        /// Wrong at the first try.
        wrong: u32,
        /// Attempts.
        of: u32,
    },
    /// School days since the last answer; `None` when there never was one.
    Idle {
        /// School days.
        school_days: Option<u32>,
    },
    /// Reviews that wait.
    Slipping {
        /// How many.
        reviews: u32,
    },
    /// Mastered this many days ago.
    Mastered {
        /// Whole days.
        days: u32,
    },
    /// Something was raised at this moment and waits for an answer.
    Raised {
        /// What to answer.
        matter: MatterId,
        /// Since when it waits.
        since: Timestamp,
    },
}

/// What was seen about one learner, with the name under which it can be put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The learner.
    pub learner: PersonId,
    /// The competency in which it was seen; the same for all of a card, or each their own.
    pub competency: Option<CompetencyId>,
    /// What was seen.
    pub seen: Seen,
    /// Stable while the same thing holds; of the form `kind:subject:learner`.
    pub name: String,
}

/// Something that needs a teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Why.
    pub kind: CardKind,
    /// Stable while the same thing holds; of the form `kind:subject`.
    pub name: String,
    /// The competency that it is about, where it is about one; each finding may have its own.
    pub competency: Option<CompetencyId>,
    /// The misconception that it is about.
    pub mix_up: Option<MixUpId>,
    /// Whom it is about, the most pressing first; never empty.
    pub findings: Vec<Finding>,
    /// What waiting costs a school day, in tenths of a lesson.
    pub cost: u32,
}

/// What a card is about: a competency, a misconception, or nothing in particular.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Nothing,
    Competency(CompetencyId),
    MixUp(MixUpId, CompetencyId),
}

/// Cards in the making: findings by kind and subject, with what each weighs.
pub(super) struct Drafts<'a> {
    dismissed: &'a [String],
    gathered: BTreeMap<(CardKind, Subject), Vec<(u32, Finding)>>,
}

impl<'a> Drafts<'a> {
    /// No card yet; what bears these names was put away.
    pub(super) fn new(dismissed: &'a [String]) -> Self {
        Self {
            dismissed,
            gathered: BTreeMap::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        kind: CardKind,
        subject: Subject,
        learner: PersonId,
        weight: u32,
        seen: Seen,
    ) {
        let name = format!("{}:{learner}", card_name(kind, &subject));
        if self.dismissed.contains(&name) {
            return;
        }
        let competency = match &subject {
            Subject::Nothing => None,
            Subject::Competency(id) | Subject::MixUp(_, id) => Some(id.clone()),
        };
        let finding = Finding {
            learner,
            competency,
            seen,
            name,
        };
        self.gathered
            .entry((kind, subject))
            .or_default()
            .push((weight, finding));
    }

    /// Who is alone with a trouble that others have elsewhere stands on one card with them: five troubles of five students
    /// are no five cards.
    fn gather_the_lone(&mut self) {
        for kind in [
            CardKind::Stuck,
            CardKind::Doubted,
            CardKind::Disagrees,
            CardKind::AsksToShow,
        ] {
            let lone: Vec<(CardKind, Subject)> = self
                .gathered
                .iter()
                .filter(|((of, _), found)| *of == kind && found.len() == 1)
                .map(|(key, _)| key.clone())
                .collect();
            if lone.len() > 1 {
                let found = lone.iter().filter_map(|key| self.gathered.remove(key));
                let found: Vec<_> = found.flatten().collect();
                self.gathered.insert((kind, Subject::Nothing), found);
            }
        }
    }

    pub(super) fn ranked(mut self) -> Vec<Card> {
        self.gather_the_lone();
        let mut cards: Vec<Card> = self
            .gathered
            .into_iter()
            .filter(|((kind, _), found)| found.len() >= least_learners(*kind))
            .map(|((kind, subject), found)| card(kind, &subject, found))
            .collect();
        // Equal costs keep the order of kinds, then of subjects: the same morning gives the same page.
        cards.sort_by_key(|card| Reverse(card.cost));
        let mut taken: Vec<Card> = Vec::new();
        for card in cards {
            let same = taken.iter().filter(|other| other.kind == card.kind).count();
            if same < MOST_OF_A_KIND && taken.len() < MOST_CARDS {
                taken.push(card);
            }
        }
        taken
    }
}

fn card_name(kind: CardKind, subject: &Subject) -> String {
    let subject = match subject {
        Subject::Nothing => "",
        Subject::Competency(id) => id.as_str(),
        Subject::MixUp(id, _) => id.as_str(),
    };
    format!("{}:{subject}", kind.key())
}

fn least_learners(kind: CardKind) -> usize {
    match kind {
        CardKind::SharedMixUp => SHARED_BY,
        CardKind::ReadyToCheck => CHECK_TOGETHER,
        _ => 1,
    }
}

fn card(kind: CardKind, subject: &Subject, mut found: Vec<(u32, Finding)>) -> Card {
    found.sort_by_key(|(weight, _)| Reverse(*weight));
    let learners = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let weights = found
        .iter()
        .fold(0u32, |sum, (weight, _)| sum.saturating_add(*weight));
    // Good news never hides a need.
    let cost = if kind == CardKind::ReadyToCheck {
        kind.cost_each()
    } else {
        learners
            .saturating_mul(kind.cost_each())
            .saturating_add(weights)
    };
    let (competency, mix_up) = match subject {
        Subject::Nothing => (None, None),
        Subject::Competency(id) => (Some(id.clone()), None),
        Subject::MixUp(mix_up, id) => (Some(id.clone()), Some(mix_up.clone())),
    };
    Card {
        kind,
        name: card_name(kind, subject),
        competency,
        mix_up,
        findings: found.into_iter().map(|(_, finding)| finding).collect(),
        cost,
    }
}

impl Card {
    /// The names under which all of its findings are put away.
    pub fn dismissals(&self) -> impl Iterator<Item = String> + '_ {
        self.findings.iter().map(|finding| finding.name.to_string())
    }
}
