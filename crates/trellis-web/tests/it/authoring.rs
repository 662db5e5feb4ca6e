//! Questions written in the web app: fields and text, what the linter says, who publishes, versions, and that nobody else
//! sees any of it.

use axum::http::StatusCode;
use trellis_core::framework::ItemId;
use trellis_core::people::Role;

use crate::school::COURSE;
use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, Page, School, TEACHER};

/// A form of these fields.
fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        let bytes = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        });
        bytes.collect()
    };
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A sound question about the competency, with `changed` in place of the fields of the same name.
fn question<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let sound = [
        ("view", "fields"),
        ("id", "sum-of-parts"),
        ("kind", "fraction"),
        ("level", "2"),
        ("minutes", "2"),
        ("stem", "Work out $@{a/b} + @{c/b}$. <script>"),
        ("parameters", "b: 4..11\na: 1..b-1\nc: 1..b-1"),
        ("where", "a/b + c/b != (a+c)/(b+b)"),
        ("answer", "a/b + c/b"),
        ("hint-0", "How many parts of size one over @{b} are there?"),
        ("step-0", "There are @{a} and @{c} of them."),
        ("result", "@{a+c}/@{b}"),
        ("mixup-0-new", "adds the bottoms too"),
        ("mixup-0-answer", "(a+c)/(b+b)"),
        (
            "mixup-0-says",
            "The tops count parts. Did the parts change?",
        ),
    ];
    let mut all: Vec<_> = sound
        .into_iter()
        .filter(|(name, _)| changed.iter().all(|(other, _)| other != name))
        .collect();
    all.extend(changed);
    all
}

fn new_path(school: &School) -> String {
    let catalog = school.store.catalog();
    let competency = catalog.courses()[0].sequence().next().unwrap().clone();
    format!("/author/{COURSE}/{competency}/new")
}

/// The text in a hidden field or text area of a page, as it was before it was escaped.
fn value(page: &Page, before: &str, after: &str) -> String {
    let (_, rest) = page
        .body
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}"));
    let (value, _) = rest.split_once(after).unwrap();
    let marks = [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    marks
        .into_iter()
        .fold(value.to_owned(), |text, (mark, letter)| {
            text.replace(mark, letter)
        })
}

fn base(page: &Page) -> String {
    value(page, "name=\"base\" value=\"", "\">")
}

async fn act(
    school: &School,
    path: &str,
    who: trellis_core::id::PersonId,
    action: &str,
    base: &str,
    changed: &[(&str, &str)],
) -> Page {
    let mut fields = question(changed);
    fields.push(("base", base));
    fields.push(("action", action));
    school.post(path, &form(&fields), who).await
}

#[tokio::test]
async fn a_question_is_written_looked_at_mended_and_published() {
    let school = School::new();
    let path = new_path(&school);
    let page = school.get(&path, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK);
    let base = base(&page);
    // While it is written: the part beside the form, with the mix-up that is the key found.
    let wrong = [
        ("part", "live"),
        ("where", ""),
        ("mixup-0-answer", "(a+c)/b"),
    ];
    let live = act(&school, &path, TEACHER, "preview", &base, &wrong).await;
    assert_eq!(live.status, StatusCode::OK);
    assert!(live.body.contains("<mfrac>") && live.body.contains("&lt;script&gt;"));
    assert!(!live.body.contains("<script>") && !live.body.contains("<html"));
    assert!(live.body.contains("A mix-up leads to the right answer."));
    assert!(live.body.contains("Those who lead the district publish."));
    // Saved, and seen by no learner.
    let saved = act(&school, &path, TEACHER, "save", &base, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let draft = saved.location.split('?').next().unwrap().to_owned();
    let id = ItemId::new("sum-of-parts").unwrap();
    assert!(school.store.catalog().item(&id).is_none());
    let page = school.get(&saved.location, Some(TEACHER)).await;
    assert!(page.body.contains("Saved as a version.") && page.body.contains("Ngozi O."));
    let again = act(&school, &draft, TEACHER, "publish", &base, &[]).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    // The leader is stopped by what is wrong, and publishes what is sound.
    let stopped = act(&school, &draft, LEADER, "publish", &base, &[("hint-0", "")]).await;
    assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stopped.body.contains("This is not published yet."));
    assert!(school.store.catalog().item(&id).is_none());
    let sound = act(&school, &draft, LEADER, "publish", &base, &[]).await;
    assert_eq!(sound.status, StatusCode::SEE_OTHER, "{}", sound.body);
    assert!(school.store.catalog().item(&id).is_some());
    let list = school.get("/author", Some(TEACHER)).await;
    assert!(list.body.contains("Published") && list.body.contains("Work out"));
}

#[tokio::test]
async fn a_doubt_wants_a_tick() {
    let school = School::new();
    let path = new_path(&school);
    let page = school.get(&path, Some(LEADER)).await;
    let base = base(&page);
    let same = [
        ("answer", "(a/b + c/b) * 0 + 1/2"),
        ("result", "1/2"),
        ("where", "(a+c)/(b+b) != 1/2"),
    ];
    let stopped = act(&school, &path, LEADER, "publish", &base, &same).await;
    assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY);
    let name = value(&stopped, "name=\"seen\" value=\"", "\"");
    assert_eq!(name, "same-key@answer");
    let mut ticked = same.to_vec();
    ticked.push(("seen", "same-key@answer"));
    let done = act(&school, &path, LEADER, "publish", &base, &ticked).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn a_changed_question_gets_a_name_of_its_own_and_changed_help_does_not() {
    let school = School::new();
    let id = ItemId::new("add-unlike-sum").unwrap();
    let of = |school: &School, id: &ItemId| school.store.catalog().item(id).cloned();
    let before = of(&school, &id).unwrap();
    let path = format!("/author/item/{id}");
    let text = trellis_interop::course::write_item(before.template().unwrap().source(), &[]);
    let publish = |text: String| form(&[("view", "text"), ("text", &text), ("action", "publish")]);
    let first_hint = before.template().unwrap().source().hints[0].clone();
    let help = text.replace(&first_hint, "Are the parts of the same size?");
    assert_ne!(help, text);
    let done = school.post(&path, &publish(help), LEADER).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let after = of(&school, &id).unwrap();
    assert_eq!(
        after.template().unwrap().source().hints[0],
        "Are the parts of the same size?"
    );
    let draft = done.location.split('?').next().unwrap().to_owned();
    // Other numbers ask something else.
    let other = text.replace("m <= 40", "m <= 36");
    assert_ne!(other, text);
    let done = school.post(&draft, &publish(other.clone()), LEADER).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let new = ItemId::new("add-unlike-sum-2").unwrap();
    assert!(of(&school, &new).is_some() && school.store.catalog().is_held(&id));
    // Versions: the two published ones, compared and gone back to.
    let versions = school
        .get(&format!("{draft}/versions"), Some(TEACHER))
        .await;
    assert!(versions.body.contains("<del>") && versions.body.contains("add-unlike-sum-2"));
    let back = school
        .post(&format!("{draft}/versions"), "version=1", TEACHER)
        .await;
    assert_eq!(back.location, format!("{draft}?done=back"));
    let page = school.get(&back.location, Some(TEACHER)).await;
    assert!(page.body.contains("Version 3"));
    // The name of another question is refused.
    let catalog = school.store.catalog();
    let mut others = catalog.items();
    let item = others.find(|item| item.competency != after.competency);
    let thief = other.replace("add-unlike-sum", item.unwrap().id.as_str());
    let refused = school.post(&draft, &publish(thief), LEADER).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Another question has this name."));
}

#[tokio::test]
async fn nobody_but_staff_of_the_course_sees_what_is_written() {
    let school = School::new();
    let path = new_path(&school);
    for who in [LEARNERS[0], GUARDIAN] {
        for path in ["/author", &path, &format!("/author/{COURSE}")] {
            let page = school.get(path, Some(who)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        }
        let saved = act(&school, &path, who, "save", "", &[]).await;
        assert_eq!(saved.status, StatusCode::FORBIDDEN);
    }
    // A course that no class of hers takes.
    let second = school.second_course();
    let page = school
        .get(&format!("/author/{second}"), Some(TEACHER))
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let viewer = school.viewer(LEARNERS[0]);
    assert_eq!(viewer.role(), Role::Learner);
    assert!(school.store.drafts(&viewer).unwrap().is_empty());
}
