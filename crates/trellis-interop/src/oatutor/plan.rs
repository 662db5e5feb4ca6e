//! Courses, lessons and skills: `coursePlans.json`, `skillModel.json` and `bkt-params`, made into courses of units.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::framework::{
    Competency, CompetencyId, Course, CourseId, Framework, FrameworkId, Unit, UnitId,
};
use trellis_core::item::{Item, ItemBody};

use super::problem::{ReadProblem, parse};
use super::raw::{RawBkt, RawCourse, RawLesson};
use super::{Plan, PoolCourse, PoolFile, names};
use crate::finding::Finding;
use crate::name_order::natural;

/// The folder with the pool's own learner-model numbers.
const PARAMETER_FILES: &str = "bkt-params/";

/// Reads the plan beside the pool.
///
/// # Errors
/// What is missing, in words.
pub(super) fn read(
    base: &str,
    files: &[PoolFile],
    findings: &mut Vec<Finding>,
) -> Result<Plan, String> {
    let file = |name: &str| {
        let path = format!("{base}{name}");
        let found = files.binary_search_by(|(other, _)| other.as_str().cmp(&path));
        found.ok().and_then(|at| files.get(at))
    };
    let courses: Vec<RawCourse> = needed("coursePlans.json", file("coursePlans.json"), findings)?;
    let skills: BTreeMap<String, Vec<String>> =
        needed("skillModel.json", file("skillModel.json"), findings)?;
    let mut plan = Plan {
        courses,
        skills,
        ..Plan::default()
    };
    for lesson in plan.courses.iter().flat_map(|course| &course.lessons) {
        let aims = plan.objectives.entry(lesson.id.clone()).or_default();
        aims.extend(lesson.learning_objectives.keys().cloned());
        if lesson.keep_order {
            plan.keep_order.insert(lesson.id.clone());
        }
    }
    odd_skills(&format!("{base}skillModel.json"), &plan, findings);
    let parameters = format!("{base}{PARAMETER_FILES}");
    for file in files
        .iter()
        .filter(|(name, _)| name.starts_with(&parameters))
    {
        bkt_parameters(file, findings);
    }
    Ok(plan)
}

/// A file without which there is no plan; the error says what is missing or where it is broken.
fn needed<T: serde::de::DeserializeOwned>(
    name: &str,
    file: Option<&PoolFile>,
    findings: &mut Vec<Finding>,
) -> Result<T, String> {
    let file = file.ok_or_else(|| format!("file {name}"))?;
    parse(file, findings).ok_or_else(|| {
        let last = findings.last();
        let (line, why) = last.map_or((0, ""), |found| (found.line, found.message.as_str()));
        format!("{name} that can be read (line {line}: {why})")
    })
}

/// Skill names that were cut at a comma, or are empty.
fn odd_skills(file: &str, plan: &Plan, findings: &mut Vec<Finding>) {
    let skills: BTreeSet<&String> = plan.skills.values().flatten().collect();
    for skill in skills {
        let opened = skill.matches(['(', '[']).count();
        let closed = skill.matches([')', ']']).count();
        if skill.is_empty() || opened != closed {
            let what = format!("the skill name \"{skill}\" looks like a part of another");
            findings.push(Finding::warning(file, 0, "skill-name", what));
        }
    }
}

/// The pool's own learner-model numbers. They are not used: Trellis fits its own and says how sure it is.
fn bkt_parameters(file: &PoolFile, findings: &mut Vec<Finding>) {
    let Some(skills) = parse::<BTreeMap<String, RawBkt>>(file, findings) else {
        return;
    };
    let mut sets: Vec<(RawBkt, usize)> = Vec::new();
    for numbers in skills.values() {
        match sets.iter_mut().find(|(known, _)| known == numbers) {
            Some((_, count)) => *count += 1,
            None => sets.push((*numbers, 1)),
        }
    }
    for (numbers, count) in sets.iter().take(20) {
        let what = format!(
            "{count} skills have the numbers: known {}, learned {}, slip {}, guess {}; they are not used",
            numbers.prob_mastery, numbers.prob_transit, numbers.prob_slip, numbers.prob_guess
        );
        findings.push(Finding::warning(&file.0, 0, "learner-model", what));
    }
}

/// The licence of an imported item.
pub(super) fn licence_of(item: &Item) -> Option<&str> {
    match &item.body {
        ItemBody::Fixed(fixed) => fixed.source.as_ref().map(|source| source.licence.as_str()),
        ItemBody::Template(_) => None,
    }
}

/// The items of one problem, ready for its lesson.
type Problem = (Vec<(String, u64)>, String, Vec<Item>);

/// Makes the courses: a unit for each lesson, with its items in the order of their problems' names.
pub(super) fn courses(
    plan: &Plan,
    problems: Vec<ReadProblem>,
    base: &str,
    findings: &mut Vec<Finding>,
) -> Vec<PoolCourse> {
    let mut lessons: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for problem in problems {
        let mut items: Vec<Item> = problem
            .steps
            .into_iter()
            .filter_map(|step| step.item)
            .collect();
        let file = format!("{base}content-pool/{0}/{0}.json", problem.id);
        items.retain(|item| {
            let new = seen.insert(item.id.clone());
            if !new {
                let what = format!("the step \"{}\" is there twice; the first stays", item.id);
                findings.push(Finding::error(&file, 0, "repeated-step", what));
            }
            new
        });
        if items.is_empty() {
            continue;
        }
        if !plan.objectives.contains_key(&problem.lesson) {
            for item in &items {
                let what = format!(
                    "no course has the lesson \"{}\" of the step \"{}\"",
                    problem.lesson, item.id
                );
                findings.push(Finding::error(&file, 0, "no-lesson", what));
            }
            continue;
        }
        let entry = lessons.entry(problem.lesson).or_default();
        entry.push((natural(&problem.id), problem.course, items));
    }
    for lesson in lessons.values_mut() {
        lesson.sort_by(|a, b| a.0.cmp(&b.0));
    }
    let owners = owners(plan, &lessons);
    let file = format!("{base}coursePlans.json");
    let made: Vec<Option<Course>> = plan
        .courses
        .iter()
        .map(|raw| course(raw, &lessons, &file, findings))
        .collect();
    let mut out = Vec::new();
    for (place, (raw, course)) in plan.courses.iter().zip(made).enumerate() {
        let Some(course) = course else { continue };
        let own = raw
            .lessons
            .iter()
            .filter(|lesson| owners.get(&lesson.id) == Some(&place));
        let items = own
            .filter_map(|lesson| lessons.remove(&lesson.id))
            .flatten()
            .flat_map(|problem| problem.2);
        let items = items.collect();
        out.push(PoolCourse { course, items });
    }
    out
}

/// Which course keeps the items of a lesson: the one that its problems name, else the first that has it.
fn owners(plan: &Plan, lessons: &BTreeMap<String, Vec<Problem>>) -> BTreeMap<String, usize> {
    let mut owners = BTreeMap::new();
    for (place, course) in plan.courses.iter().enumerate() {
        for lesson in &course.lessons {
            let named = lessons
                .get(&lesson.id)
                .and_then(|problems| problems.first())
                .is_some_and(|problem| problem.1 == course.course_name);
            if named {
                owners.insert(lesson.id.clone(), place);
            } else {
                owners.entry(lesson.id.clone()).or_insert(place);
            }
        }
    }
    owners
}

fn course(
    raw: &RawCourse,
    lessons: &BTreeMap<String, Vec<Problem>>,
    file: &str,
    findings: &mut Vec<Finding>,
) -> Option<Course> {
    let name = &raw.course_name;
    let Ok(id) = CourseId::new(&format!("oatutor.{}", names::slug(name))) else {
        let what = format!("the course \"{name}\" has a name that cannot be an id");
        findings.push(Finding::error(file, 0, "id", what));
        return None;
    };
    // Skills by the id of their competency, to name the competencies afterwards.
    let mut skills: BTreeMap<CompetencyId, String> = BTreeMap::new();
    let mut units = Vec::new();
    for lesson in &raw.lessons {
        let problems = lessons.get(&lesson.id).map_or(&[][..], Vec::as_slice);
        if let Some(unit) = unit(lesson, problems, &mut skills) {
            units.push(unit);
        }
        if problems.is_empty() {
            let what = format!(
                "the lesson \"{} {}\" of \"{name}\" has no item",
                lesson.name, lesson.topics
            );
            findings.push(Finding::warning(file, 0, "empty-lesson", what));
        }
    }
    let competencies = skills.into_iter().map(|(id, skill)| competency(id, &skill));
    let framework = FrameworkId::new("oatutor").unwrap_or_default();
    let (framework, _) = Framework::new(
        framework,
        "OATutor skills".to_string(),
        competencies.collect(),
        Vec::new(),
    );
    let (_, book) = names::address_and_name(&raw.course_oer);
    let author = if book.is_empty() {
        "OATutor".to_string()
    } else {
        format!("{book}, OATutor")
    };
    Some(Course {
        id,
        title: name.clone(),
        grades: Vec::new(),
        subject: names::subject(name).to_string(),
        language: language(raw, file, findings),
        licence: names::licence(&raw.course_license),
        authors: vec![author],
        framework,
        interests: Vec::new(),
        units,
    })
}

/// "se" is Northern Sami; the pool means Swedish by it.
fn language(raw: &RawCourse, file: &str, findings: &mut Vec<Finding>) -> String {
    match raw.language.as_str() {
        "" => "en".to_string(),
        "se" => {
            let what = format!(
                "the language \"se\" of \"{}\" is taken as Swedish, \"sv\"",
                raw.course_name
            );
            findings.push(Finding::warning(file, 0, "language", what));
            "sv".to_string()
        }
        other => other.to_string(),
    }
}

fn unit(
    lesson: &RawLesson,
    problems: &[Problem],
    skills: &mut BTreeMap<CompetencyId, String>,
) -> Option<Unit> {
    let items: Vec<&Item> = problems.iter().flat_map(|problem| &problem.2).collect();
    let mut competencies: Vec<CompetencyId> = Vec::new();
    for skill in lesson.learning_objectives.keys() {
        if let Ok(id) = CompetencyId::new(&names::id(skill)) {
            skills.entry(id.clone()).or_insert_with(|| skill.clone());
            competencies.push(id);
        }
    }
    for item in &items {
        if !competencies.contains(&item.competency) {
            let id = item.competency.clone();
            let bare = id.as_str().trim_start_matches("oatutor.").to_string();
            skills.entry(id.clone()).or_insert(bare);
            competencies.push(id);
        }
    }
    let title = [lesson.name.trim(), lesson.topics.trim()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(": ");
    Some(Unit {
        id: UnitId::new(&names::id(&lesson.id)).ok()?,
        title,
        summary: String::new(),
        competencies,
        items: items.into_iter().map(|item| item.id.clone()).collect(),
    })
}

fn competency(id: CompetencyId, skill: &str) -> Competency {
    let title = names::skill_title(skill);
    Competency {
        id,
        can: names::can(skill),
        family: format!("Your child practises this: {title}."),
        home: "Ask your child to show you one question of this kind and to explain each step."
            .to_string(),
        title,
        codes: Vec::new(),
    }
}
