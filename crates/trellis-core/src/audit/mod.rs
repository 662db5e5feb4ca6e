//! Audit: tests are not taken as valid. What looks wrong with items, from their text and from the answers they got.
//!
//! A finding is data: what was seen, with its figures. Pages and commands turn it into words. Nothing is changed by an
//! audit; a person decides.

mod answers;
mod content;

pub use answers::{FEWEST_ANSWERS, GivenAnswer, ItemReport, audit_answers};
pub use content::{FEWEST_ITEMS, GUESSABLE, audit_content, key_length, shut_out};

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::framework::{CompetencyId, CourseId, ItemId};

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// One item.
    Item(ItemId),
    /// One competency.
    Competency(CompetencyId),
    /// A whole course.
    Course(CourseId),
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Observed {
    /// Those who know more are wrong more often or prefer another option, or fewer are right than guessing gives: the key
    /// may be wrong.
    SuspectedKey {
        /// Correlation of right with the rest.
        item_rest: f64,
        /// The option that the answers point to, when there is one.
        preferred: Option<String>,
        /// First answers.
        answers: u32,
    },
    /// Right no more often than guessing would be.
    AsGuessed {
        /// The share of right first answers.
        share_right: f64,
        /// What guessing gives.
        guess: f64,
        /// First answers.
        answers: u32,
    },
    /// Right or wrong says next to nothing about the rest.
    TellsLittle {
        /// Correlation of right with the rest.
        item_rest: f64,
        /// First answers.
        answers: u32,
    },
    /// Nearly everybody is right.
    NearlyAllRight {
        /// The share of right first answers.
        share_right: f64,
        /// First answers.
        answers: u32,
    },
    /// Answers are more surprising than abilities and difficulty let expect.
    Misfit {
        /// Information-weighted mean square; 1 is as expected.
        infit: f64,
        /// Plain mean square; 1 is as expected.
        outfit: f64,
        /// First answers.
        answers: u32,
    },
    /// An option that next to nobody chooses.
    IdleOption {
        /// The option.
        option: String,
        /// Who chose it.
        chosen: u32,
        /// First answers.
        answers: u32,
    },
    /// Many answers came too quickly to have read the question.
    Hurried {
        /// Their share.
        share: f64,
        /// The usual time in seconds.
        median_seconds: f64,
        /// First answers.
        answers: u32,
    },
    /// Somebody of the staff said that it is bad, after it was last looked at.
    Reported {
        /// How often.
        times: u32,
        /// What they said, the newest last.
        notes: Vec<String>,
    },
    /// Two items hang together more than what they measure explains.
    Dependent {
        /// The other item.
        other: ItemId,
        /// Yen's Q3.
        q3: f64,
        /// Learners who answered both.
        learners: u32,
    },
    /// The item became easier or harder.
    Drift {
        /// Change of difficulty in log-odds; below 0 it became easier.
        change: f64,
        /// The change over its standard error.
        z: f64,
        /// First answers.
        answers: u32,
    },
    /// The same question stands in the bank more than once.
    Repeated {
        /// The other items.
        others: Vec<ItemId>,
    },
    /// Two options say the same.
    RepeatedOption {
        /// What they say.
        text: String,
    },
    /// The right option is much longer than all others.
    KeyLength {
        /// Its letters.
        key: u32,
        /// Letters of the longest of the others.
        other: u32,
    },
    /// In items of one course with this many options, the right one stands at some places far more often than at others.
    KeyPosition {
        /// How many options the items have.
        options: u32,
        /// How often the right option stands at each place.
        counts: Vec<u32>,
        /// How likely such a difference is by chance.
        chance: f64,
    },
    /// Guessing is right this often.
    Guessable {
        /// The share.
        guess: f64,
    },
    /// No hint.
    NoHint,
    /// No worked solution.
    NoSolution,
    /// No licence is named.
    NoLicence,
    /// Too few items to practise without meeting the same again.
    FewItems {
        /// How many there are.
        count: u32,
    },
    /// The path never comes to it.
    Unreachable {
        /// What stands before it and cannot be mastered; empty when no unit teaches it.
        because_of: Vec<CompetencyId>,
    },
}

impl Observed {
    /// The name of the rule.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::SuspectedKey { .. } => "suspected-key",
            Self::AsGuessed { .. } => "as-guessed",
            Self::TellsLittle { .. } => "tells-little",
            Self::NearlyAllRight { .. } => "nearly-all-right",
            Self::Misfit { .. } => "misfit",
            Self::IdleOption { .. } => "idle-option",
            Self::Hurried { .. } => "hurried",
            Self::Dependent { .. } => "dependent",
            Self::Drift { .. } => "drift",
            Self::Repeated { .. } => "repeated",
            Self::RepeatedOption { .. } => "repeated-option",
            Self::KeyLength { .. } => "key-length",
            Self::KeyPosition { .. } => "key-position",
            Self::Guessable { .. } => "guessable",
            Self::NoHint => "no-hint",
            Self::NoSolution => "no-solution",
            Self::NoLicence => "no-licence",
            Self::FewItems { .. } => "few-items",
            Self::Unreachable { .. } => "unreachable",
            Self::Reported { .. } => "reported",
        }
    }

    /// How much harm it does while nobody looks, 1 to 5: 5 marks learners wrong or shuts them out, 4 gives the answer
    /// away, 3 misleads estimates, 2 wastes a learner's time, 1 is housekeeping.
    #[must_use]
    pub fn harm(&self) -> u8 {
        match self {
            Self::SuspectedKey { .. } | Self::Unreachable { .. } | Self::Reported { .. } => 5,
            Self::RepeatedOption { .. } | Self::AsGuessed { .. } | Self::KeyLength { .. } => 4,
            Self::Misfit { .. }
            | Self::TellsLittle { .. }
            | Self::Dependent { .. }
            | Self::Drift { .. }
            | Self::KeyPosition { .. } => 3,
            Self::Hurried { .. }
            | Self::NoHint
            | Self::NoSolution
            | Self::FewItems { .. }
            | Self::Guessable { .. } => 2,
            Self::NearlyAllRight { .. }
            | Self::IdleOption { .. }
            | Self::Repeated { .. }
            | Self::NoLicence => 1,
        }
    }

    /// The one thing to do about it.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::SuspectedKey { .. } => Remedy::CheckKey,
            Self::AsGuessed { .. }
            | Self::TellsLittle { .. }
            | Self::Misfit { .. }
            | Self::Reported { .. } => Remedy::ReadItem,
            Self::Repeated { .. } | Self::Dependent { .. } | Self::NearlyAllRight { .. } => {
                Remedy::RetireOne
            }
            Self::IdleOption { .. }
            | Self::RepeatedOption { .. }
            | Self::KeyLength { .. }
            | Self::Guessable { .. } => Remedy::RewriteOptions,
            Self::KeyPosition { .. } => Remedy::ShuffleOptions,
            Self::Hurried { .. } | Self::Drift { .. } => Remedy::LookAtAnswers,
            Self::NoHint | Self::NoSolution => Remedy::WriteHelp,
            Self::NoLicence => Remedy::NameLicence,
            Self::FewItems { .. } => Remedy::WriteItems,
            Self::Unreachable { .. } => Remedy::MendLinks,
        }
    }
}

impl Observed {
    /// How many first answers it stands on; 0 for what the text alone shows.
    #[must_use]
    pub fn answers(&self) -> u32 {
        match self {
            Self::SuspectedKey { answers, .. }
            | Self::AsGuessed { answers, .. }
            | Self::TellsLittle { answers, .. }
            | Self::NearlyAllRight { answers, .. }
            | Self::Misfit { answers, .. }
            | Self::IdleOption { answers, .. }
            | Self::Hurried { answers, .. }
            | Self::Drift { answers, .. } => *answers,
            Self::Dependent { learners, .. } => *learners,
            _ => 0,
        }
    }

    /// Whether somebody who has settled `seen` has settled this too. What answers show is the same until there are twice
    /// as many, or they point elsewhere; what a text shows, until the text is another.
    #[must_use]
    pub fn is_settled_by(&self, seen: &Self) -> bool {
        if self.rule() != seen.rule() {
            return false;
        }
        match (self, seen) {
            (
                Self::SuspectedKey { preferred: now, .. },
                Self::SuspectedKey { preferred: was, .. },
            ) if now != was => false,
            (Self::IdleOption { option: now, .. }, Self::IdleOption { option: was, .. })
                if now != was =>
            {
                false
            }
            (Self::Dependent { other: now, .. }, Self::Dependent { other: was, .. })
                if now != was =>
            {
                false
            }
            _ if seen.answers() > 0 => self.answers() < seen.answers().saturating_mul(2),
            _ => self == seen,
        }
    }
}

/// What somebody decides about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settlement {
    /// Looked at, and in order.
    Checked,
    /// Put away for a reason.
    Dismissed,
}

/// What a person can do about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Work the item and compare with the key.
    CheckKey,
    /// Read the item as a learner would.
    ReadItem,
    /// Take one of several out of use.
    RetireOne,
    /// Write better options.
    RewriteOptions,
    /// Let the options be shuffled.
    ShuffleOptions,
    /// See who answered what, and when.
    LookAtAnswers,
    /// Write hints or the worked solution.
    WriteHelp,
    /// Say under which licence it is.
    NameLicence,
    /// Write more items.
    WriteItems,
    /// Mend units and prerequisite links.
    MendLinks,
}

/// One thing for a person to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditFinding {
    /// What it is about.
    pub about: Subject,
    /// What was seen.
    pub observed: Observed,
}

/// Sorts: the most harmful first, then by rule and subject, so that the same bank gives the same list.
pub fn rank(findings: &mut [AuditFinding]) {
    findings.sort_by(|a, b| {
        let harm = b.observed.harm().cmp(&a.observed.harm());
        harm.then_with(|| a.observed.rule().cmp(b.observed.rule()))
            .then_with(|| a.about.cmp(&b.about))
    });
}
