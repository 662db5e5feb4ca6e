//! The kinds of things that are kept about people, as a person would tell them apart.

use trellis_core::access::{self, Read, Relation};
use trellis_core::people::Role;

/// A kind of thing that is kept about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Names, the role, the school's own id.
    Name,
    /// Which class somebody is in, and who answers for whom.
    Belonging,
    /// What lets somebody in: slow hashes and the count of wrong tries.
    Secret,
    /// Who is signed in now.
    SignIn,
    /// Answers as given, with hints taken, times, and how they were judged.
    Answer,
    /// What somebody handed in: files, and words at the checkpoints of a project.
    Work,
    /// What a student made and keeps, with whom they share it, and what was said about it.
    Portfolio,
    /// Points and words of a teacher about an answer.
    Judgement,
    /// What is believed about what somebody knows.
    Estimate,
    /// What to do next, with its reasons.
    Advice,
    /// What a teacher decided for a student, and why.
    Decision,
    /// The kind of stories that somebody chose.
    Story,
    /// What a student called too easy or too hard, and how sure they said to be.
    Wish,
    /// What was done for a class: opened, courses given, cards put away, groups formed, questions held back.
    Class,
    /// The small groups that a learner was in, and why.
    Group,
    /// Goals and steps of a student's plan, talks about them, and who signed.
    Plan,
    /// What somebody asked, objected to or disagreed with, and the answer.
    Matter,
    /// What the family allows, and who said so when.
    Consent,
    /// Who did something and when: the frame of every event.
    Trace,
    /// Who of the school looked at something of a learner.
    Look,
    /// That somebody answered a survey, and on which day. What they answered is not kept with it.
    Survey,
    /// That somebody was erased, when and by whom. Who it was is not kept.
    Erasure,
}

/// Why it is allowed to keep something. A school may have others; these are the ones that the program was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// To teach is the school's task: GDPR article 6 (1) (e); FERPA, 34 CFR 99.31 (a) (1), school official.
    Teaching,
    /// To keep the records safe is the school's duty: GDPR articles 5 (1) (f) and 32; 34 CFR 99.31 (a) (1) (ii).
    Safety,
    /// The person chose to say it, and may take it back at any time: GDPR article 6 (1) (a).
    Choice,
}

/// How long the record of somebody stays after the school took them off its roster, in days: long enough for questions
/// about a year that is over, and for somebody who comes back after the summer.
pub const KEPT_AFTER_LEAVING_DAYS: u16 = 365;

/// How long it is kept who looked at something of a learner, in days: a school year with its summer.
pub const LOOKS_KEPT_DAYS: u16 = 365;

/// How long it is kept that somebody answered a survey, and what was written in comments, in days after its last day.
pub const SURVEYS_KEPT_DAYS: u16 = 365;

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lifetime {
    /// With the record of the person: a while after the school has taken the person off its roster.
    WithRecord,
    /// When it is replaced, and at the latest with the record.
    UntilReplaced,
    /// By itself, at the end of a working day or of the class session.
    EndOfDay,
    /// So many days after it was written.
    Days(u16),
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Teaching, Self::Safety, Self::Choice];

    /// The name under which the translation files keep the words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Teaching => "teaching",
            Self::Safety => "safety",
            Self::Choice => "choice",
        }
    }
}

impl Lifetime {
    /// The name under which the translation files keep the words; for days they want their number.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::WithRecord => "with-record",
            Self::UntilReplaced => "until-replaced",
            Self::EndOfDay => "end-of-day",
            Self::Days(_) => "days",
        }
    }
}

impl Kind {
    /// All kinds, in the order in which people read about them.
    pub const ALL: [Self; 22] = [
        Self::Name,
        Self::Belonging,
        Self::Secret,
        Self::SignIn,
        Self::Answer,
        Self::Work,
        Self::Portfolio,
        Self::Judgement,
        Self::Estimate,
        Self::Advice,
        Self::Decision,
        Self::Story,
        Self::Wish,
        Self::Class,
        Self::Group,
        Self::Plan,
        Self::Matter,
        Self::Consent,
        Self::Trace,
        Self::Look,
        Self::Survey,
        Self::Erasure,
    ];

    /// The name under which the translation files keep the words, and files name the kind.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Belonging => "belonging",
            Self::Secret => "secret",
            Self::SignIn => "sign-in",
            Self::Answer => "answer",
            Self::Work => "work",
            Self::Portfolio => "portfolio",
            Self::Judgement => "judgement",
            Self::Estimate => "estimate",
            Self::Advice => "advice",
            Self::Decision => "decision",
            Self::Story => "story",
            Self::Wish => "wish",
            Self::Class => "class",
            Self::Group => "group",
            Self::Plan => "plan",
            Self::Matter => "matter",
            Self::Consent => "consent",
            Self::Trace => "trace",
            Self::Look => "look",
            Self::Survey => "survey",
            Self::Erasure => "erasure",
        }
    }

    /// The read models that show something of this kind about a person. Who reads it follows from the access table, so
    /// that no page can say otherwise than it is.
    #[must_use]
    pub fn shown_in(self) -> &'static [Read] {
        match self {
            Self::Name => &[
                Read::LearnerToday,
                Read::FamilyWeek,
                Read::ClassMap,
                Read::LockedOut,
            ],
            Self::Belonging => &[Read::LearnerToday, Read::FamilyWeek, Read::TeacherToday],
            // A hash cannot be read back, and no page shows it; nor who has answered a survey.
            Self::Secret | Self::SignIn | Self::Survey | Self::Erasure => &[],
            Self::Answer => &[Read::Attempt, Read::AttemptFeedback, Read::EvidenceTimeline],
            Self::Work => &[Read::Handed, Read::LearnerWork, Read::ClassProjects],
            Self::Portfolio => &[Read::LearnerWork],
            Self::Judgement => &[Read::AttemptFeedback, Read::CheckQueue],
            Self::Estimate => &[Read::LearnerMap, Read::ClassMap, Read::FamilyWeek],
            Self::Advice => &[Read::LearnerToday, Read::Explanation],
            Self::Decision => &[Read::EvidenceTimeline, Read::FamilyWeek],
            Self::Story => &[Read::LearnerToday, Read::LearnerPlan],
            Self::Wish => &[Read::LearnerToday, Read::AttemptFeedback],
            Self::Class => &[Read::TeacherToday, Read::AuditWorklist],
            Self::Group => &[Read::Groups],
            Self::Plan => &[Read::LearnerPlan],
            Self::Matter => &[Read::Matters, Read::Support],
            Self::Consent => &[Read::Consents],
            Self::Trace => &[Read::EvidenceTimeline],
            Self::Look => &[Read::PersonRecord, Read::FamilyWeek, Read::Openings],
        }
    }

    /// Who reads it on pages, by how they stand to the person.
    #[must_use]
    pub fn readers(self) -> Vec<Relation> {
        let shows = |relation: &Relation| {
            let mut reads = self.shown_in().iter();
            reads.any(|read| access::may_read(*relation, *read))
        };
        Relation::ALL.into_iter().filter(shows).collect()
    }

    /// Whose: the roles about which there is something of this kind.
    #[must_use]
    pub fn about(self) -> &'static [Role] {
        match self {
            Self::Name | Self::Secret | Self::SignIn | Self::Trace | Self::Erasure => &Role::ALL,
            Self::Belonging | Self::Matter | Self::Survey => {
                &[Role::Learner, Role::Guardian, Role::Teacher]
            }
            Self::Class => &[Role::Teacher, Role::Leader],
            Self::Look => &[Role::Learner, Role::Teacher, Role::Leader, Role::Operator],
            Self::Answer
            | Self::Work
            | Self::Portfolio
            | Self::Judgement
            | Self::Estimate
            | Self::Advice
            | Self::Decision
            | Self::Group
            | Self::Plan
            | Self::Wish
            | Self::Consent
            | Self::Story => &[Role::Learner],
        }
    }

    /// Why it is allowed to keep it.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::Secret | Self::SignIn | Self::Trace | Self::Look | Self::Erasure => Basis::Safety,
            Self::Story | Self::Wish | Self::Portfolio | Self::Consent => Basis::Choice,
            _ => Basis::Teaching,
        }
    }

    /// When it ends.
    #[must_use]
    pub fn lifetime(self) -> Lifetime {
        match self {
            Self::Secret | Self::Story => Lifetime::UntilReplaced,
            Self::SignIn => Lifetime::EndOfDay,
            Self::Look => Lifetime::Days(LOOKS_KEPT_DAYS),
            Self::Survey => Lifetime::Days(SURVEYS_KEPT_DAYS),
            _ => Lifetime::WithRecord,
        }
    }
}
