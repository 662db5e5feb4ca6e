//! Which column of a header is what: the names that ASSISTments, DataShop, pyKT and others use.

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who answered.
    Student,
    /// What was answered.
    Item,
    /// What the item is about.
    Skill,
    /// Whether the answer was right.
    Correct,
    /// When.
    Time,
    /// The place in the order of all answers, where that is not a time.
    Order,
    /// Train, test or a fold.
    Part,
    /// Marks a row that gives the answer before again for another skill.
    Repeat,
}

impl Role {
    /// The role in a word.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Item => "item",
            Self::Skill => "skill",
            Self::Correct => "correct",
            Self::Time => "time",
            Self::Order => "order",
            Self::Part => "part",
            Self::Repeat => "repeat",
        }
    }
}

/// Names of a role, lower case with underscores, the likeliest first.
pub(super) const fn spellings(role: Role) -> &'static [&'static str] {
    match role {
        Role::Student => &[
            "student",
            "student_id",
            "user_id",
            "learner",
            "learner_id",
            "uid",
            "anon_student_id",
            "user",
            "studentid",
            "userid",
            "sid",
        ],
        Role::Item => &[
            "item",
            "item_id",
            "problem_id",
            "question_id",
            "problemid",
            "question",
            "questions",
            "qid",
            "pid",
            "exercise_id",
            "exercise",
            "problem",
            "assessment_item_id",
        ],
        Role::Skill => &[
            "skill",
            "skill_id",
            "skill_name",
            "skills",
            "concept",
            "concepts",
            "concept_id",
            "competency",
            "kc",
            "knowledge_component",
            "skillid",
            "list_skill_ids",
            "sequence_id",
        ],
        Role::Correct => &[
            "correct",
            "is_correct",
            "correct_first_attempt",
            "answered_correctly",
            "responses",
            "first_attempt",
            "outcome",
            "right",
            "response",
            "answer",
            "score",
            "discrete_score",
            "label",
        ],
        Role::Time => &[
            "time",
            "timestamp",
            "timestamps",
            "time_s",
            "first_transaction_time",
            "step_start_time",
            "start_time",
            "starttime",
            "submit_time",
            "created_at",
        ],
        Role::Order => &["order_id", "row", "order", "log_id"],
        Role::Part => &["part", "split", "fold", "set", "subset"],
        Role::Repeat => &["is_repeat"],
    }
}

/// Which column was taken for what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The header, as written.
    pub header: Vec<String>,
    /// Role and column, in the order of roles. DataShop's problem and step are one item.
    pub found: Vec<(Role, usize)>,
    /// DataShop's step, which makes an item together with its problem.
    pub(super) step: Option<usize>,
}

/// Lower case, and one underscore for whatever is no letter or digit and between the words of a `camelCase`; brackets after
/// a name end it.
fn plain(cell: &str) -> String {
    let mut out = String::new();
    let mut after_small = false;
    for letter in cell.trim().trim_start_matches('\u{feff}').chars() {
        if letter.is_uppercase() && after_small {
            out.push('_');
        }
        after_small = letter.is_lowercase();
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else if letter == '(' {
            break;
        } else if !out.ends_with('_') && !out.is_empty() {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_owned()
}

impl Columns {
    /// Finds the roles of a header.
    pub(super) fn of(header: Vec<String>) -> Self {
        let names: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
        let place = |wanted: &str| names.iter().position(|name| name == wanted);
        let roles = [
            Role::Student,
            Role::Item,
            Role::Skill,
            Role::Correct,
            Role::Time,
            Role::Order,
            Role::Part,
            Role::Repeat,
        ];
        let mut found: Vec<(Role, usize)> = roles
            .iter()
            .filter_map(|&role| {
                let column = spellings(role).iter().find_map(|name| place(name))?;
                Some((role, column))
            })
            .collect();
        let mut step = None;
        let problem = place("problem_name");
        if let (Some(problem), false) = (problem, found.iter().any(|one| one.0 == Role::Item)) {
            found.push((Role::Item, problem));
            found.sort_unstable();
            step = place("step_name");
        }
        Self {
            header,
            found,
            step,
        }
    }

    /// The column of a role.
    #[must_use]
    pub fn of_role(&self, role: Role) -> Option<usize> {
        self.found.iter().find(|one| one.0 == role).map(|one| one.1)
    }

    /// Roles without a column that nothing can stand for. Of item and skill one is enough.
    pub(super) fn missing(&self) -> Vec<Role> {
        let mut missing: Vec<Role> = [Role::Student, Role::Correct]
            .into_iter()
            .filter(|role| self.of_role(*role).is_none())
            .collect();
        if self.of_role(Role::Item).is_none() && self.of_role(Role::Skill).is_none() {
            missing.push(Role::Item);
            missing.push(Role::Skill);
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(header: &str) -> String {
        let columns = Columns::of(header.split(',').map(str::to_owned).collect());
        let cell = |(role, at): &(Role, usize)| format!("{}={}", role.words(), columns.header[*at]);
        columns.found.iter().map(cell).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn headers_of_the_common_files() {
        let table = [
            (
                "user_id,item_id,timestamp,correct,skill_id,part",
                "student=user_id item=item_id skill=skill_id correct=correct time=timestamp part=part",
            ),
            (
                "order_id,assignment_id,user_id,problem_id,original,correct,attempt_count,skill_id,skill_name",
                "student=user_id item=problem_id skill=skill_id correct=correct order=order_id",
            ),
            (
                "Row,Anon Student Id,Problem Name,Step Name,Step Start Time,Correct First Attempt,KC(Default),Hints",
                "student=Anon Student Id item=Problem Name skill=KC(Default) correct=Correct First Attempt \
                 time=Step Start Time order=Row",
            ),
            (
                "fold,uid,questions,concepts,responses,timestamps,selectmasks,is_repeat",
                "student=uid item=questions skill=concepts correct=responses time=timestamps part=fold repeat=is_repeat",
            ),
            (
                "studentId,problemId,skill,correct,startTime",
                "student=studentId item=problemId skill=skill correct=correct time=startTime",
            ),
            (
                "user_id,log_id,sequence_id,correct",
                "student=user_id skill=sequence_id correct=correct order=log_id",
            ),
            (
                "QuestionId,UserId,AnswerId,IsCorrect,CorrectAnswer,AnswerValue",
                "student=UserId item=QuestionId correct=IsCorrect",
            ),
        ];
        for (header, expected) in table {
            assert_eq!(roles(header), expected, "{header}");
        }
        let odd = Columns::of(vec!["name".into(), "mark".into()]);
        assert_eq!(
            odd.missing(),
            [Role::Student, Role::Correct, Role::Item, Role::Skill]
        );
    }
}
