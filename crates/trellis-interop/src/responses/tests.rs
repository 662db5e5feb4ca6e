//! Files of answers, good and odd, as text in and text out.

use super::*;

fn read_text(text: &str) -> Result<Responses, Unusable> {
    read(text.as_bytes(), "answers.csv", &mut |_| {})
}

/// Student, item, skill, right or wrong, time of each row, a line each.
fn show(found: &Responses) -> String {
    let line = |row: &Row| {
        let name = |list: &[String], at: u32| list[at as usize].clone();
        let time = row.time_s.map_or("-".into(), |time| time.to_string());
        format!(
            "{} {} {} {} {time}",
            name(&found.students, row.student),
            name(&found.items, row.item),
            name(&found.skills, row.skill),
            if row.correct { "right" } else { "wrong" },
        )
    };
    found.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn rules(found: &Responses) -> Vec<&str> {
    found.findings.iter().map(|one| one.rule.as_str()).collect()
}

#[test]
fn a_plain_file_is_put_in_order() {
    let found = read_text(
        "user_id,item_id,timestamp,correct,skill_id,part\n\
         b,i1,20,1,s,train\na,i1,5,0,s,test\nb,i2,10,0,t,train\na,i2,9,1,s,test\n",
    )
    .unwrap();
    assert_eq!(
        show(&found),
        "b i2 t wrong 10\nb i1 s right 20\na i1 s wrong 5\na i2 s right 9"
    );
    assert!(found.has_split());
    assert_eq!(rules(&found), ["time-backwards", "one-class-skills"]);
}

#[test]
fn items_are_numbered_as_people_count() {
    let found = read_text("student,item,skill,correct\na,q10,s,1\na,q9,s,0\nb,q2,s,1\nb,q10,s,0\n");
    let found = found.unwrap();
    assert_eq!(found.items, ["q2", "q9", "q10"]);
    assert_eq!(
        show(&found),
        "a q10 s right -\na q9 s wrong -\nb q2 s right -\nb q10 s wrong -"
    );
}

#[test]
fn nothing_is_dropped_in_silence() {
    let found = read_text(
        "student,item,skill,correct,time\n\
         a,i,s,1,1\na,i,s,1,1\na,j,s,perhaps,2\na,j,s,0.5,3\n,j,s,1,4\na,,,1,5\na,k,s,,6\na\nb,k,s,0,soon\n",
    )
    .unwrap();
    assert_eq!(found.read, 9);
    let left: usize = found.left_out.values().sum();
    assert_eq!(found.rows.len() + left, found.read);
    let expected = [
        LeftOut::Short,
        LeftOut::NoStudent,
        LeftOut::NoItem,
        LeftOut::NoAnswer,
        LeftOut::UnreadableAnswer,
        LeftOut::PartialCredit,
        LeftOut::Duplicate,
    ];
    assert!(found.left_out.keys().copied().eq(expected), "{found:?}");
    assert!(rules(&found).contains(&"time-unreadable"));
    assert!(found.findings[0].to_string().starts_with("answers.csv:9:"));
}

/// ASSISTments gives an answer once for each of its skills: the second would tell the first.
#[test]
fn one_answer_with_two_skills_is_one_row() {
    let found = read_text(
        "order_id,user_id,problem_id,correct,skill_id,hint_count\n\
         2,a,p,1,y,0\n2,a,p,1,x,0\n3,a,p,1,x,0\n1,a,q,0,x,3\n",
    )
    .unwrap();
    assert_eq!(
        show(&found),
        "a q x wrong -\na p x~~y right -\na p x right -"
    );
    assert_eq!(found.left_out[&LeftOut::SameAnswerOtherSkill], 1);
}

#[test]
fn sequences_of_pykt_are_taken_apart() {
    let found = read_text(
        "fold,uid,questions,concepts,responses,timestamps,selectmasks,is_repeat\n\
         0,7,\"1,1,2,-1\",\"5,6,5,-1\",\"1,1,0,-1\",\"1250000000000,1250000000000,1250000060000,-1\",\"1,1,1,-1\",\"0,1,0,-1\"\n\
         1,8,NA,\"5,5\",\"0,1\",NA,\"1,1\",NA\n",
    )
    .unwrap();
    assert_eq!(
        show(&found),
        "7 1 5~~6 right 1250000000\n7 2 5 wrong 1250000060\n8 5 5 wrong -\n8 5 5 right -"
    );
    assert_eq!(found.read, 5);
    assert!(found.has_split());
}

#[test]
fn datashop_steps_are_items_and_a_hint_is_not_right() {
    let found = read_text(
        "Row\tAnon Student Id\tProblem Name\tStep Name\tFirst Transaction Time\tFirst Attempt\tKC (Default)\n\
         1\tst\tP1\tS1\t2006-03-01 12:00:00.0\tcorrect\tadd\n\
         2\tst\tP1\tS2\t2006-03-01 12:00:30.0\thint\tadd~~carry\n",
    )
    .unwrap();
    let first = show(&found);
    assert!(first.starts_with("st P1 / S1 add right 1141214400\nst P1 / S2 add~~carry wrong"));
}

#[test]
fn what_cannot_be_used_says_why() {
    let words = |text: &str| read_text(text).unwrap_err().to_string();
    assert!(words("").contains("empty"));
    assert!(words("a\0b").contains("no text"));
    let missing = words("name,mark\nx,1\n");
    assert!(missing.contains("student: looked for student, student_id"));
    assert!(missing.contains("the header has: name, mark"));
    let none = words("student,item,correct\na,i,maybe\n");
    assert!(
        none.contains("none of 1 rows can be used") && none.contains("neither right nor wrong")
    );
}

#[test]
fn latin_letters_and_signs_between_cells_are_found() {
    let bytes = b"student;item;correct\nJos\xe9;i;1\nJos\xe9;j;0\n";
    let found = read(&bytes[..], "answers.csv", &mut |_| {}).unwrap();
    assert_eq!(found.students, ["José"]);
    assert!(rules(&found).contains(&"single-student"));
    assert!(rules(&found).contains(&"no-skill"));
}

#[test]
fn a_student_on_both_sides_takes_the_split_away() {
    let found = read_text("student,item,correct,part\na,i,1,train\na,i,0,test\nb,i,1,train\n");
    let found = found.unwrap();
    assert!(!found.has_split() && rules(&found).contains(&"split-students"));
}

/// Relative clocks begin at 0; on a calendar's clock that is no moment.
#[test]
fn nought_is_a_moment_where_the_clock_began_with_the_file() {
    let relative = "student,item,skill,correct,time\na,i,s,1,0\na,j,s,0,60\n";
    let found = read_text(relative).unwrap();
    assert_eq!(show(&found), "a i s right 0\na j s wrong 60");
    let calendar = "student,item,skill,correct,time\na,i,s,1,0\na,j,s,0,1250000000\n";
    let found = read_text(calendar).unwrap();
    assert_eq!(show(&found), "a i s right -\na j s wrong 1250000000");
    let unknown = "student,item,skill,correct,time\na,i,s,1,0\na,j,s,0,0\n";
    let found = read_text(unknown).unwrap();
    assert_eq!(show(&found), "a i s right -\na j s wrong -");
}
