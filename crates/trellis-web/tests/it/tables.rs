//! Tables to take along: the same people may have them, and they hold what the page shows and no more.

use std::fs;
use std::path::Path;

use axum::http::StatusCode;
use trellis_web::words::Words;

use crate::school::{School, now};
use crate::surveying::a_class_answered;

/// Templates with a table that is not given to take along, and why.
const WITHOUT: [(&str, &str); 5] = [
    (
        "author/versions.html",
        "two texts of a course beside each other, which the course's own files hold",
    ),
    (
        "decide/decide.html",
        "what a decision would do, a look before it is made",
    ),
    (
        "how/how.html",
        "versions of the program and its rules, no data",
    ),
    (
        "projects/scoring.html",
        "a rubric to score by, which is a form",
    ),
    (
        "why/why.html",
        "the parts of one decision, which belong to its sentences",
    ),
];

/// The cells of a table as it is written, without its mark.
fn lines(csv: &str) -> Vec<Vec<String>> {
    let text = csv.strip_prefix('\u{feff}').expect("the mark");
    let cells = |line: &str| {
        let inner = line
            .strip_prefix('"')
            .and_then(|line| line.strip_suffix('"'));
        let cells = inner.expect("cells in quotes").split("\",\"");
        cells.map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    text.lines().map(cells).collect()
}

/// The cells of the tables of a page, row by row, without marks of HTML; the rows in which a heading of a row stands.
fn shown(page: &str) -> Vec<Vec<String>> {
    let row = |row: &str| {
        let mut cells = Vec::new();
        for cell in row.split("<t").skip(1) {
            let inner = cell.split_once('>').map_or("", |(_, inner)| inner);
            let inner = inner.split("</t").next().unwrap_or_default();
            let pieces = inner.split('<').enumerate();
            let text = pieces.map(|(place, piece)| match place {
                0 => piece,
                _ => piece.split_once('>').map_or("", |(_, text)| text),
            });
            let text: String = text.collect();
            let text = text.replace("&#39;", "'").replace("&#34;", "\"");
            cells.push(text.replace("&#38;", "&").replace("&amp;", "&"));
        }
        cells
    };
    let rows = page.split("<tr>").skip(1);
    let rows = rows.map(|rest| rest.split("</tr>").next().unwrap_or_default());
    rows.filter(|text| text.contains("scope=\"row\""))
        .map(row)
        .collect()
}

/// The addresses of the tables that a page links to.
fn linked(page: &str) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1);
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next());
    let of_tables = hrefs.filter(|href| href.split('?').next().unwrap_or(href).ends_with(".csv"));
    of_tables
        .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

async fn take(school: &School, at: &str, who: &str) -> Vec<Vec<String>> {
    let reply = school.get(at, Some(who)).await;
    assert_eq!(reply.status, StatusCode::OK, "{at}");
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    let save = reply.header("content-disposition");
    assert!(save.starts_with("attachment; filename=\"") && save.ends_with(".csv\""));
    lines(&reply.body)
}

#[tokio::test]
async fn the_map_is_taken_along_as_it_stands() {
    let school = School::with(false, Words::english());
    let teacher = school.sign_in_as(school.teacher);
    let base = format!("/teach/{}/map", school.section);
    for at in [base.clone(), format!("{base}?unit=all&sort=need")] {
        let page = school.get(&at, Some(&teacher)).await.body;
        let [link] = &linked(&page)[..] else {
            panic!("one table: {page}")
        };
        let table = take(&school, link, &teacher).await;
        assert_eq!(table[1..], shown(&page), "{link}");
        assert!(table.len() > 5);
        assert!(table.iter().all(|row| row.len() == table[0].len()));
    }
    let other = school.sign_in_as(school.other_teacher);
    let refused = school.get(&format!("{base}.csv"), Some(&other)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn groups_and_what_happened_are_taken_along_by_their_teacher_alone() {
    let school = School::with(false, Words::english());
    let teacher = school.sign_in_as(school.teacher);
    let other = school.sign_in_as(school.other_teacher);
    let base = format!("/teach/{}/groups", school.section);
    let catalog = school.store.catalog();
    let id = catalog.courses()[0].sequence().next().unwrap();
    let form = format!("id={:032x}&competency={id}&learner={}", 1, school.learner);
    let saved = school.post(&base, Some(&teacher), &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = school.get(&base, Some(&teacher)).await.body;
    let link = format!("{base}.csv");
    assert!(linked(&page).contains(&link), "{page}");
    let table = take(&school, &link, &teacher).await;
    assert_eq!(table[1..], shown(&page));
    let learner = format!("/teach/learner/{}", school.learner);
    let page = school.get(&learner, Some(&teacher)).await.body;
    let timeline = format!("{learner}/timeline.csv");
    let has = linked(&page).contains(&timeline);
    let table = take(&school, &timeline, &teacher).await;
    assert_eq!(table.len() > 1, has);
    for line in &table[1..] {
        assert!(page.contains(&line[1].replace('\'', "&#39;")), "{line:?}");
        assert!(line[0].len() == 10 && line[0].starts_with("20"), "{line:?}");
    }
    for link in [link, timeline] {
        let refused = school.get(&link, Some(&other)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_district_is_taken_along_as_it_is_shown() {
    let school = School::with(false, Words::english());
    let leader = school.sign_in_as(school.leader);
    let page = school.get("/district", Some(&leader)).await.body;
    assert!(linked(&page).contains(&"/district/sections.csv".to_owned()));
    let table = take(&school, "/district/sections.csv", &leader).await;
    let sections = table.len() - 1;
    assert!(sections > 0);
    let mut rows = shown(&page);
    let gaps = rows.split_off(sections);
    assert_eq!(table[1..], rows);
    assert!(!gaps.is_empty(), "classes are compared: {page}");
    let gap_lines = take(&school, "/district/gaps.csv", &leader).await;
    assert_eq!(gap_lines.len() - 1, 2 * gaps.len());
    for (lines, row) in gap_lines[1..].chunks(2).zip(&gaps) {
        for (line, cell) in lines.iter().zip(&row[1..]) {
            assert_eq!(line[1], row[0]);
            for number in &line[3..8] {
                let digits = number.trim_start_matches('-');
                assert!(cell.contains(digits), "{number} in {cell}");
            }
            assert!(cell.contains(&line[8]), "{} in {cell}", line[8]);
        }
    }
}

#[tokio::test]
async fn surveys_are_taken_along_when_they_are_told() {
    let school = School::with(false, Words::english());
    assert!(a_class_answered(&school) >= 5);
    let (teacher, leader) = (
        school.sign_in_as(school.teacher),
        school.sign_in_as(school.leader),
    );
    let of_class = format!("/teach/{}/surveys", school.section);
    for counted in [false, true] {
        if counted {
            school.store.end_what_is_over(now()).unwrap();
        }
        // What stands before the statement on a line: the group, and with the leader the survey and its days.
        for (at, who, before) in [
            (of_class.as_str(), &teacher, 1),
            ("/district/surveys", &leader, 3),
        ] {
            let link = format!("{at}.csv");
            let page = school.get(at, Some(who)).await.body;
            assert_eq!(linked(&page).contains(&link), counted, "{at}");
            let table = take(&school, &link, who).await;
            assert_eq!(table.len() > 1, counted, "{at}");
            let rows: Vec<Vec<String>> = table[1..]
                .iter()
                .map(|line| line[before..].to_vec())
                .collect();
            assert_eq!(rows, shown(&page), "{at}");
        }
    }
}

#[test]
fn a_page_with_a_table_gives_it_or_says_why_not() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
    let mut without = Vec::new();
    for folder in fs::read_dir(pages).unwrap() {
        let folder = folder.unwrap().path();
        let Ok(files) = fs::read_dir(&folder) else {
            continue;
        };
        let files = files.map(|file| file.unwrap().path());
        let templates = files.filter(|file| file.extension().is_some_and(|end| end == "html"));
        let texts: Vec<_> = templates
            .map(|file| (fs::read_to_string(&file).unwrap(), file))
            .collect();
        if texts.iter().any(|(text, _)| text.contains(".csv")) {
            continue;
        }
        let bare = texts.iter().filter(|(text, _)| text.contains("<table"));
        without.extend(bare.map(|(_, file)| {
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            format!("{}/{}", name(&folder), name(file))
        }));
    }
    without.sort();
    assert_eq!(without, WITHOUT.map(|(template, _)| template));
}
