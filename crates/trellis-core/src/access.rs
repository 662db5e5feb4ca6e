//! Who may see and do what: one function each for reading and for doing, deny by default.

use serde::{Deserialize, Serialize};

use crate::people::Role;

/// How the one who asks stands to the one, or the section, that is asked about. The store finds it in the roster at the
/// moment of asking, so a change of the roster counts at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Nobody is signed in.
    Nobody,
    /// Signed in, with no tie to what is asked about.
    Stranger,
    /// The learner themself.
    Own,
    /// A guardian of the learner.
    GuardianOf,
    /// A teacher of the section, of a section that the learner is in, or of one that takes the course that the content
    /// belongs to.
    TeacherOf,
    /// A leader of the district that the section is in.
    LeaderOf,
    /// A leader who opened this learner's record a short while ago and wrote down why; the family reads the reason.
    WithReason,
    /// The operator of the machine.
    OperatorOf,
}

impl Relation {
    /// All relations, in the order of the golden matrix.
    pub const ALL: [Self; 8] = [
        Self::Nobody,
        Self::Stranger,
        Self::Own,
        Self::GuardianOf,
        Self::TeacherOf,
        Self::LeaderOf,
        Self::WithReason,
        Self::OperatorOf,
    ];
}

/// What can be read: one entry for each read model of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// The names of an open class, to pick one's own from.
    ClassNames,
    /// A learner's stops for today.
    LearnerToday,
    /// One attempt: the item as shown, without its key.
    Attempt,
    /// The key, the worked solution and the feedback of an attempt, once there is a response.
    AttemptFeedback,
    /// A learner's map of competencies.
    LearnerMap,
    /// Why something was advised, or believed.
    Explanation,
    /// What needs a teacher today, in a section.
    TeacherToday,
    /// A section's map: learners by competencies.
    ClassMap,
    /// A learner's evidence in order of time, with what teachers decided.
    EvidenceTimeline,
    /// A family's week.
    FamilyWeek,
    /// The sections that somebody teaches or leads.
    Sections,
    /// The district in figures.
    District,
    /// Which of the staff and the families are locked out after wrong passwords.
    LockedOut,
    /// The responses of a section's learners that wait for a person, with rubric and sample.
    CheckQueue,
    /// How often what was expected came true in the whole district, in counts without people.
    Calibration,
    /// All that is kept about a person, whole.
    PersonRecord,
    /// What looks wrong with the content of courses, and what people decided about it.
    AuditWorklist,
    /// What was raised about a learner, with the answers: each sees what they raised or have to answer.
    Matters,
    /// What teachers asked help for, and how long families have waited.
    Support,
    /// Groups: who is in them and why, and how it went.
    Groups,
    /// How the learners of a section answered one item, and whose answers were judged anew.
    ItemAnswers,
    /// The questions that authors are writing for a course, with their versions.
    Authoring,
    /// A file that a learner handed in.
    Handed,
    /// A learner's plan: goals, steps, talks, signatures, with what is known of strengths and interests.
    LearnerPlan,
    /// Who opened the record of which learner and why, whose looks stand out, and who asked for all records at once.
    Openings,
    /// The surveys of the district: who is asked what, how many answered, and the counts of those that are over.
    Surveys,
    /// The counts of what a section's learners answered, where enough did.
    ClassSurveys,
    /// What a learner made: for others than the learner, what is shared with them or handed in.
    LearnerWork,
    /// The projects of a section, with what its learners handed in.
    ClassProjects,
    /// Sets of questions that the teachers of the district share, with what they say about them.
    SharedSets,
    /// What the family of a learner allows.
    Consents,
}

impl Read {
    /// All read models, in the order of the golden matrix.
    pub const ALL: [Self; 31] = [
        Self::ClassNames,
        Self::LearnerToday,
        Self::Attempt,
        Self::AttemptFeedback,
        Self::LearnerMap,
        Self::Explanation,
        Self::TeacherToday,
        Self::ClassMap,
        Self::EvidenceTimeline,
        Self::FamilyWeek,
        Self::Sections,
        Self::District,
        Self::LockedOut,
        Self::CheckQueue,
        Self::Calibration,
        Self::PersonRecord,
        Self::AuditWorklist,
        Self::Matters,
        Self::Support,
        Self::Groups,
        Self::ItemAnswers,
        Self::Authoring,
        Self::Handed,
        Self::LearnerPlan,
        Self::Openings,
        Self::Surveys,
        Self::ClassSurveys,
        Self::LearnerWork,
        Self::ClassProjects,
        Self::SharedSets,
        Self::Consents,
    ];
}

/// What can be done: one entry for each kind of command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Ask for advice, start an attempt, answer, take a hint, see the solution, choose a story, prove a competency.
    Practise,
    /// Give or undo a directive for a learner.
    Direct,
    /// Score a learner's response, or take the score back.
    Score,
    /// Open or close a class session, give the badges that let learners into it, and take them away.
    RunClass,
    /// Choose the courses of a section and give them to its learners.
    GiveCourses,
    /// Let somebody who is locked out try to sign in again.
    Release,
    /// Import content and rosters, install a learner model.
    Provision,
    /// Ask that a person is erased, or agree to it. It takes two.
    Erase,
    /// Hold an item back, settle what an audit found, say that an item is bad.
    Curate,
    /// Disagree, ask, object, or ask for help.
    Raise,
    /// Answer what somebody raised.
    Answer,
    /// Write questions for a course. Learners see nothing of them.
    Author,
    /// Give a written question to the learners of a course.
    Publish,
    /// Set goals and steps in a learner's plan, and say how they stand.
    Plan,
    /// Note a talk with a learner in the plan.
    CheckIn,
    /// Sign a learner's plan.
    SignPlan,
    /// Open the record of a learner with a reason that the family reads.
    OpenRecord,
    /// Ask for the records of all learners at once, or agree to it. It takes two.
    TakeAll,
    /// Open a survey, or take one back.
    Survey,
    /// Keep and share what one made, hand in at a checkpoint of a project, score oneself.
    KeepWork,
    /// Give a project to a section, or end it.
    GiveProject,
    /// Share questions with other teachers, and say something about what they share.
    Share,
    /// Take back what the system decides alone for a learner; never give it more.
    StandBack,
    /// Agree on what holds for the whole district: paces, what graduation asks for, what is on.
    Agree,
    /// Say what something of a learner may be used for beyond teaching.
    Consent,
}

impl Deed {
    /// All deeds, in the order of the golden matrix.
    pub const ALL: [Self; 25] = [
        Self::Practise,
        Self::Direct,
        Self::Score,
        Self::RunClass,
        Self::GiveCourses,
        Self::Release,
        Self::Provision,
        Self::Erase,
        Self::Curate,
        Self::Raise,
        Self::Answer,
        Self::Author,
        Self::Publish,
        Self::Plan,
        Self::CheckIn,
        Self::SignPlan,
        Self::OpenRecord,
        Self::TakeAll,
        Self::Survey,
        Self::KeepWork,
        Self::GiveProject,
        Self::Share,
        Self::StandBack,
        Self::Agree,
        Self::Consent,
    ];
}

/// Whether someone with this relation may read this. Whatever is not named here is refused.
#[must_use]
pub fn may_read(relation: Relation, read: Read) -> bool {
    use Relation::{GuardianOf, LeaderOf, Nobody, OperatorOf, Own, TeacherOf, WithReason};
    match read {
        // The one list that nobody has to sign in for: given names with one letter, and only while the class session is open.
        Read::ClassNames => matches!(relation, Nobody | Own | TeacherOf),
        Read::LearnerToday | Read::Attempt | Read::AttemptFeedback => {
            matches!(relation, Own | TeacherOf)
        }
        Read::LearnerMap => matches!(relation, Own | GuardianOf | TeacherOf),
        Read::Explanation => matches!(relation, Own | GuardianOf | TeacherOf | OperatorOf),
        Read::TeacherToday | Read::EvidenceTimeline => matches!(relation, TeacherOf),
        // A map names each child. Leaders get figures in which no child can be seen: `Read::District`.
        Read::ClassMap | Read::CheckQueue | Read::ItemAnswers | Read::Groups => {
            matches!(relation, TeacherOf)
        }
        Read::FamilyWeek | Read::Consents => matches!(relation, GuardianOf | TeacherOf),
        // Figures of items, in which no learner can be seen.
        Read::AuditWorklist | Read::Authoring => {
            matches!(relation, TeacherOf | LeaderOf | OperatorOf)
        }
        Read::Sections => matches!(relation, TeacherOf | LeaderOf),
        Read::Matters | Read::Handed | Read::LearnerPlan | Read::LearnerWork => {
            matches!(relation, Own | GuardianOf | TeacherOf)
        }
        Read::Support | Read::Openings | Read::Surveys => matches!(relation, LeaderOf),
        Read::ClassSurveys | Read::ClassProjects | Read::SharedSets => {
            matches!(relation, TeacherOf)
        }
        // Counts over everybody, without those in which few people stand: how the program decides is open to all.
        Read::Calibration => true,
        Read::District | Read::LockedOut => matches!(relation, LeaderOf | OperatorOf),
        // The family, and whoever must answer their request or look into something grave: with a reason, and not for long.
        Read::PersonRecord => matches!(relation, Own | GuardianOf | WithReason),
    }
}

/// Whether someone with this relation may do this. Whatever is not named here is refused.
#[must_use]
pub fn may_do(relation: Relation, deed: Deed) -> bool {
    match deed {
        Deed::Practise | Deed::KeepWork => relation == Relation::Own,
        Deed::Direct
        | Deed::Score
        | Deed::RunClass
        | Deed::CheckIn
        | Deed::GiveProject
        | Deed::Share => relation == Relation::TeacherOf,
        Deed::Plan => matches!(relation, Relation::Own | Relation::TeacherOf),
        Deed::GiveCourses => matches!(relation, Relation::TeacherOf | Relation::OperatorOf),
        // A teacher stands so to learners only; staff and families are released by those who lead the district.
        Deed::Release | Deed::Curate | Deed::Author => matches!(
            relation,
            Relation::TeacherOf | Relation::LeaderOf | Relation::OperatorOf
        ),
        Deed::Provision => relation == Relation::OperatorOf,
        // What one teacher writes, the learners of all others get too.
        Deed::Publish => matches!(relation, Relation::LeaderOf | Relation::OperatorOf),
        Deed::Survey | Deed::Agree => relation == Relation::LeaderOf,
        // The rule that stops the system acts in the night, by the one who runs the machine.
        Deed::StandBack => matches!(
            relation,
            Relation::TeacherOf | Relation::LeaderOf | Relation::OperatorOf
        ),
        Deed::Erase => matches!(relation, Relation::LeaderOf | Relation::OperatorOf),
        Deed::Raise | Deed::SignPlan => matches!(
            relation,
            Relation::Own | Relation::GuardianOf | Relation::TeacherOf
        ),
        Deed::Answer => matches!(relation, Relation::TeacherOf | Relation::LeaderOf),
        // Neither the child nor the school says it in the family's place.
        Deed::Consent => relation == Relation::GuardianOf,
        Deed::OpenRecord | Deed::TakeAll => relation == Relation::LeaderOf,
    }
}

/// The strongest relation that a role can ever have to a record that is not its own. Narrows what a relation found in
/// the roster can give: a learner enrolled as a teacher by mistake stays a learner.
#[must_use]
pub fn allowed_for(role: Role, relation: Relation) -> bool {
    match relation {
        Relation::Nobody | Relation::Stranger => true,
        Relation::Own => role == Role::Learner,
        Relation::GuardianOf => role == Role::Guardian,
        Relation::TeacherOf => role == Role::Teacher,
        Relation::LeaderOf | Relation::WithReason => role == Role::Leader,
        Relation::OperatorOf => role == Role::Operator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    fn matrix() -> String {
        let mut out = String::new();
        for read in Read::ALL {
            let row: alloc::vec::Vec<_> = Relation::ALL
                .into_iter()
                .filter(|relation| may_read(*relation, read))
                .map(|relation| format!("{relation:?}"))
                .collect();
            out.push_str(&format!("read {read:?}: {}\n", row.join(" ")));
        }
        for deed in Deed::ALL {
            let row: alloc::vec::Vec<_> = Relation::ALL
                .into_iter()
                .filter(|relation| may_do(*relation, deed))
                .map(|relation| format!("{relation:?}"))
                .collect();
            out.push_str(&format!("do {deed:?}: {}\n", row.join(" ")));
        }
        out
    }

    #[test]
    fn the_matrix_is_the_golden_one() {
        let golden = include_str!("../tests/golden/access-matrix.txt");
        assert_eq!(
            matrix(),
            golden,
            "the access table changed: read it, then update tests/golden/access-matrix.txt"
        );
    }

    #[test]
    fn a_role_never_gets_the_standing_of_another() {
        for role in Role::ALL {
            // With a reason a leader is the same leader.
            let strong = [
                Relation::Own,
                Relation::GuardianOf,
                Relation::TeacherOf,
                Relation::LeaderOf,
                Relation::OperatorOf,
            ]
            .into_iter()
            .filter(|relation| allowed_for(role, *relation))
            .count();
            assert_eq!(strong, 1, "{role:?}");
        }
    }
}
