//! What there is to choose from in a form: single things, and the skills of courses, unit by unit.

use trellis_core::framework::{CompetencyId, Course};

use crate::words::Words;

/// Something to choose.
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) chosen: bool,
}

/// The skills of a unit; `units.html` shows them.
pub(crate) struct Unit {
    pub(crate) title: String,
    pub(crate) skills: Vec<Choice>,
}

/// The skills of courses that fit, in their order. Units without any are left out.
pub(crate) fn units<'a>(
    courses: impl IntoIterator<Item = &'a Course>,
    chosen: Option<&CompetencyId>,
    fits: impl Fn(&CompetencyId) -> bool,
) -> Vec<Unit> {
    let mut found = Vec::new();
    for course in courses {
        for unit in &course.units {
            let fit = unit.competencies.iter().filter(|id| fits(id));
            let skills = fit.filter_map(|id| {
                Some(Choice {
                    id: id.to_string(),
                    title: course.competency(id)?.title.clone(),
                    chosen: chosen == Some(id),
                })
            });
            let skills: Vec<Choice> = skills.collect();
            if !skills.is_empty() {
                let title = unit.title.clone();
                found.push(Unit { title, skills });
            }
        }
    }
    found
}

/// Things to choose by name, with words under `{prefix}-{name}`.
pub(crate) fn named(words: &Words, prefix: &str, names: &[&str], chosen: &str) -> Vec<Choice> {
    let choice = |name: &&str| Choice {
        id: (*name).to_owned(),
        title: words.t(&format!("{prefix}-{name}")),
        chosen: *name == chosen,
    };
    names.iter().map(choice).collect()
}

/// How many questions, of what is offered.
pub(crate) fn counts(words: &Words, offered: &[u32], chosen: u32) -> Vec<Choice> {
    let choice = |count: &u32| Choice {
        id: count.to_string(),
        title: words.count("paper-count", "count", *count),
        chosen: *count == chosen,
    };
    offered.iter().map(choice).collect()
}
