//! Sorting imported questions and deciding what comes before what: what the pages suggest, show and do.

use axum::http::StatusCode;
use trellis_core::framework::{
    Competency, CompetencyId, Course, CourseId, Framework, FrameworkId, ItemId,
};
use trellis_core::item::Item;
use trellis_store::{Import, Source};

use crate::school::COURSE;
use crate::teacher_class::{LEADER, LEARNERS, OTHER_TEACHER, SECTION, School, TEACHER};

const BANK: &str = "worksheets";

/// A bank with questions of the course under other ids, all of one skill that the import made up; gives what they were about.
fn with_bank(school: &School) -> Vec<(ItemId, CompetencyId)> {
    let catalog = school.store.catalog();
    let course = &catalog.courses()[0];
    let skill = CompetencyId::new("sheet-7").unwrap();
    let mut found = Vec::new();
    let mut items = Vec::new();
    for (place, of) in course.sequence().step_by(9).enumerate() {
        let item = catalog.items_of(of).next().unwrap();
        let id = ItemId::new(&format!("sheet-7-{place}")).unwrap();
        found.push((id.clone(), of.clone()));
        items.push(Item {
            id,
            competency: skill.clone(),
            ..item.clone()
        });
    }
    let competency = Competency {
        id: skill.clone(),
        title: "Sheet 7".to_owned(),
        can: String::new(),
        family: String::new(),
        home: String::new(),
        codes: Vec::new(),
    };
    let id = FrameworkId::new(BANK).unwrap();
    let (framework, faults) = Framework::new(id, "Worksheets".to_owned(), vec![competency], vec![]);
    assert_eq!(faults, []);
    let mut unit = course.units[0].clone();
    unit.competencies = vec![skill];
    let import = Import {
        course: Course {
            id: CourseId::new(BANK).unwrap(),
            title: "Worksheets".to_owned(),
            framework,
            units: vec![unit],
            ..course.clone()
        },
        items,
        mix_ups: Vec::new(),
    };
    let source = Source {
        format: "gift".to_owned(),
        name: BANK.to_owned(),
    };
    school.store.import(&source, vec![import]).unwrap();
    found
}

#[tokio::test]
async fn imported_questions_are_suggested_a_skill_and_a_person_decides() {
    let school = School::new();
    let sorted = with_bank(&school);
    let page = school.get("/district/tags", Some(LEADER)).await;
    assert_eq!(page.status, StatusCode::OK);
    let count = format!("{} questions to sort", sorted.len());
    assert!(page.body.contains(&count), "{count}");
    assert!(page.body.contains("Imported as “Sheet 7”."));
    assert!(
        page.body
            .contains("Words in common with the first suggestion:")
    );
    // The same words stand in the course itself, so the first suggestion is the skill that they came from.
    let (id, about) = &sorted[0];
    let form = page
        .body
        .split("<form class=\"row sorted\" method=\"post\"");
    let form = form
        .into_iter()
        .find(|form| form.contains(&format!("value=\"{id}\"")));
    let options = form.unwrap().split_once("<optgroup").unwrap().1;
    let first = options.split_once("<option value=\"").unwrap().1;
    assert!(first.starts_with(about.as_str()), "{}", &first[..60]);
    let sent = format!("scope=&from={BANK}&to={COURSE}&page=0&item={id}&competency={about}");
    let refused = school.post("/audit/tag", &sent, TEACHER).await;
    assert_eq!(
        refused.status,
        StatusCode::FORBIDDEN,
        "her class takes one of the two"
    );
    let done = school.post("/audit/tag", &sent, LEADER).await;
    assert_eq!(
        done.location,
        format!("/district/tags?from={BANK}&to={COURSE}&page=0&done=tagged")
    );
    assert_eq!(school.store.catalog().item(id).unwrap().competency, *about);
    let page = school.get(&done.location, Some(LEADER)).await;
    assert!(
        page.body
            .contains(&format!("{} questions to sort", sorted.len() - 1))
    );
    assert!(page.body.contains("Denise C., today."));
    // The rest of the skill at once, and back.
    let (other, _) = &sorted[1];
    let all = format!(
        "scope=&from={BANK}&to={COURSE}&page=0&item={other}&competency={about}&others=true"
    );
    school.post("/audit/tag", &all, LEADER).await;
    let catalog = school.store.catalog();
    assert!(
        sorted
            .iter()
            .all(|(id, _)| catalog.item(id).unwrap().competency == *about)
    );
    let page = school.get("/district/tags", Some(LEADER)).await;
    assert!(page.body.contains("Nothing is left to sort"));
    let undo = format!("scope=&from={BANK}&to={COURSE}&item={id}&competency=");
    let undone = school.post("/audit/tag", &undo, LEADER).await;
    assert!(undone.location.ends_with("done=untagged"));
    assert_eq!(
        school.store.catalog().item(id).unwrap().competency.as_str(),
        "sheet-7"
    );
    assert_eq!(school.store.verify(|_| ()).unwrap().mismatches, []);
}

#[tokio::test]
async fn links_are_listed_changed_and_never_close_a_circle() {
    let school = School::new();
    let base = format!("/teach/{SECTION}/links");
    let catalog = school.store.catalog();
    let course = &catalog.courses()[0];
    let title = |id: &CompetencyId| course.competency(id).unwrap().title.clone();
    let link = &course.framework.associations()[0];
    let (first, then) = (&link.from, &link.to);
    let page = school.get(&base, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("students can come to every skill."));
    let sent = |first: &CompetencyId, then: &CompetencyId, holds: &str| {
        format!(
            "scope={SECTION}&course={COURSE}&first={first}&then={then}&holds={holds}&note=So+we+teach"
        )
    };
    // The other way round would be a circle, and the page names it.
    let refused = school
        .post("/audit/link", &sent(then, first, "true"), TEACHER)
        .await;
    let page = school.get(&refused.location, Some(TEACHER)).await;
    let circle = format!("{} → {} → {}", title(first), title(then), title(first));
    assert!(
        page.body
            .contains(&format!("That would close a circle: {circle}.")),
        "{circle}"
    );
    assert!(school.store.curation().unwrap().links.is_empty());
    // Away, and as the course says again.
    let done = school
        .post("/audit/link", &sent(first, then, "false"), TEACHER)
        .await;
    assert_eq!(
        done.location,
        format!("{base}?course={COURSE}&done=linked#u-{then}")
    );
    assert!(!school.store.catalog().before(then).contains(first));
    let page = school.get(&base, Some(TEACHER)).await;
    assert!(page.body.contains(&format!(
        "Taken away: {} before {}.",
        title(first),
        title(then)
    )));
    assert!(page.body.contains("Ngozi O., today: So we teach"));
    school
        .post("/audit/link", &sent(first, then, ""), OTHER_TEACHER)
        .await;
    assert!(school.store.catalog().before(then).contains(first));
    for (form, person, status) in [
        (
            sent(first, then, "false"),
            LEARNERS[0],
            StatusCode::FORBIDDEN,
        ),
        (sent(first, then, "maybe"), TEACHER, StatusCode::BAD_REQUEST),
        (
            sent(first, then, "false").replace("So+we+teach", "+"),
            TEACHER,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (sent(first, first, "true"), TEACHER, StatusCode::SEE_OTHER),
        ("course=x".to_owned(), TEACHER, StatusCode::BAD_REQUEST),
    ] {
        let reply = school.post("/audit/link", &form, person).await;
        assert_eq!(reply.status, status, "{form}");
    }
    assert!(school.store.curation().unwrap().links.is_empty());
    for path in [base.as_str(), "/district/links", "/district/tags"] {
        let refused = school.get(path, Some(LEARNERS[0])).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_skill_that_nobody_comes_to_is_named_with_its_reason() {
    let school = School::new();
    let catalog = school.store.catalog();
    let course = &catalog.courses()[0];
    let shut: &CompetencyId = course.sequence().last().unwrap();
    // All of its questions are held back; what comes after it can never be begun.
    let before = course.framework.before(shut).next().unwrap().clone();
    for item in catalog.items_of(&before) {
        let form = format!("scope={SECTION}&item={}", item.id);
        school.post("/audit/hold", &form, TEACHER).await;
    }
    let page = school
        .get(&format!("/teach/{SECTION}/links"), Some(TEACHER))
        .await;
    let title = &course.competency(&before).unwrap().title;
    assert!(page.body.contains("Nobody ever comes to it."));
    assert!(
        page.body.contains(&format!("because of {title}")),
        "{title}"
    );
}
