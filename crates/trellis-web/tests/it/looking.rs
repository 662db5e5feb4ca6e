//! Who of the school looked at a student's pages is told to the family and the student, in both languages, and to no teacher.

use axum::http::StatusCode;

use trellis_core::id::PersonId;
use trellis_core::people::{Person, Role};
use trellis_store::Roster;

use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, School, TEACHER};

#[tokio::test]
async fn a_family_reads_who_looked() {
    let school = School::new();
    let (kept, week) = (
        format!("/kept/{}", LEARNERS[0]),
        format!("/family/{}", LEARNERS[0]),
    );
    let nobody = "No one at school opened a page about";
    let page = school.get(&kept, Some(GUARDIAN)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains(nobody), "{}", page.body);
    let page = school.get(&week, Some(GUARDIAN)).await;
    assert!(
        page.body.contains("No one at school looked at a page"),
        "{}",
        page.body
    );

    let seen = school
        .get(&format!("/teach/learner/{}", LEARNERS[0]), Some(TEACHER))
        .await;
    assert_eq!(seen.status, StatusCode::OK);
    // A look by the family themselves is none of the school's.
    let page = school.get(&kept, Some(GUARDIAN)).await;
    assert!(!page.body.contains(nobody), "{}", page.body);
    let line = format!("{}, teacher: what", teacher(&school));
    assert!(page.body.contains(&line), "{line} in {}", page.body);
    assert!(!page.body.contains("looked-") && !page.body.contains("erase-role"));
    let page = school.get(&week, Some(GUARDIAN)).await;
    let line = format!("{} looked at pages about", teacher(&school));
    assert!(page.body.contains(&line), "{line} in {}", page.body);
    let own = school.get("/kept", Some(LEARNERS[0])).await;
    assert!(own.body.contains("teacher: what"), "{}", own.body);
    let refused = school.get(&kept, Some(TEACHER)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

fn teacher(school: &School) -> String {
    let people = school.store.people().unwrap();
    let found = people.iter().find(|person| person.id == TEACHER).unwrap();
    format!("{} {}", found.given_name, found.family_name)
}

#[tokio::test]
async fn a_leader_opens_a_record_with_a_reason_and_the_family_reads_it() {
    let school = School::new();
    let kept = format!("/kept/{}", LEARNERS[0]);
    for path in ["", "/record.txt", "/record.json"] {
        let page = school.get(&format!("{kept}{path}"), Some(LEADER)).await;
        assert_eq!(
            page.status,
            StatusCode::FORBIDDEN,
            "{path} without a reason"
        );
    }
    let people = school.store.people().unwrap();
    let ana = people.iter().find(|one| one.id == LEARNERS[0]).unwrap();
    let form = |why: &str| format!("person={}&reason={}", ana.sourced_id, why);
    for by in [TEACHER, GUARDIAN, LEARNERS[0]] {
        let refused = school
            .post("/district/records", &form("The+family+asked+for+it"), by)
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let short = school.post("/district/records", &form("so"), LEADER).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = "person=nobody&reason=The+family+asked+for+it";
    let nobody = school.post("/district/records", nobody, LEADER).await;
    assert_eq!(nobody.location, "/district/records?done=nobody");
    let why = "The+family+asked+for+%3Cb%3Ea+copy";
    let opened = school.post("/district/records", &form(why), LEADER).await;
    assert_eq!(opened.location, kept);
    let record = school
        .get(&format!("{kept}/record.txt"), Some(LEADER))
        .await;
    assert_eq!(record.status, StatusCode::OK);
    let list = school.get("/district/records", Some(LEADER)).await;
    assert!(list.body.contains("Go to the record of") && list.body.contains("Denise Carter"));
    for reader in [GUARDIAN, LEARNERS[0]] {
        let page = school.get(&kept, Some(reader)).await;
        let told = "Denise Carter, who leads the school, opened all that is kept about";
        assert!(page.body.contains(told), "{}", page.body);
        assert!(
            page.body
                .contains("The reason: The family asked for &#60;b&#62;a copy")
        );
    }
}

#[tokio::test]
async fn all_records_are_taken_when_another_leader_agrees() {
    let school = School::new();
    let second = PersonId(4_711);
    let other = Person {
        id: second,
        sourced_id: "leader-2".into(),
        given_name: "Sam".into(),
        family_name: "Ito".into(),
        role: Role::Leader,
    };
    let roster = Roster {
        people: vec![other],
        ..Roster::default()
    };
    school.store.add_roster(roster).unwrap();
    let why = "reason=We+move+to+another+district";
    let asked = school.post("/district/records/all", why, LEADER).await;
    assert_eq!(asked.location, "/district/records?done=asked");
    let take = "/district/records/1";
    let early = school.get(take, Some(LEADER)).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
    let alone = school
        .post("/district/records/agree", "number=1", LEADER)
        .await;
    assert_eq!(alone.status, StatusCode::FORBIDDEN);
    let agreed = school
        .post("/district/records/agree", "number=1", second)
        .await;
    assert_eq!(agreed.location, "/district/records?done=agreed");
    assert_eq!(
        school.get(take, Some(second)).await.status,
        StatusCode::FORBIDDEN
    );
    let list = school.get("/district/records", Some(LEADER)).await;
    assert!(list.body.contains("Sam Ito agreed on") && list.body.contains(take));
    let file = school.get(take, Some(LEADER)).await;
    assert_eq!(file.status, StatusCode::OK);
    let people = school.store.people().unwrap();
    let learners = people
        .iter()
        .filter(|one| one.role == Role::Learner)
        .count();
    let lines: Vec<serde_json::Value> = file
        .body
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is a record"))
        .collect();
    assert_eq!(lines.len(), learners);
    let kept = school
        .get(&format!("/kept/{}", LEARNERS[0]), Some(GUARDIAN))
        .await;
    assert!(
        kept.body
            .contains("Denise Carter, leads the school: what is kept"),
        "{}",
        kept.body
    );
}
