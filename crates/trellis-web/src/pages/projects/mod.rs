//! Projects: a student hands in at checkpoints and scores themself; a teacher gives them to a class and scores them.

mod class;
mod new;
mod own;

pub(crate) use class::{end, one as of_class, score, undo};
pub(crate) use new::{all, give};
pub(crate) use own::{hand_in, keep, page as own, score_self};

use trellis_core::id::ProjectId;
use trellis_core::project::ProjectCriterion;
use trellis_core::refusal::Refusal;
use trellis_store::{HandedIn, ProjectScore};

use crate::day;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::pages::work::FileView;
use crate::words::{Words, small};

fn project_id(text: &str) -> Result<ProjectId, PageError> {
    ProjectId::parse(text).map_err(|_| Refusal::NotFound.into())
}

/// What was handed in at a checkpoint.
struct Handed {
    when: String,
    said: Vec<String>,
    file: Option<FileView>,
}

impl Handed {
    fn of(words: &Words, handed: &HandedIn) -> Self {
        Self {
            when: words.one(
                "project-handed-when",
                "day",
                &day::in_words(handed.at, words),
            ),
            said: handed.said.lines().map(str::to_owned).collect(),
            file: handed.file.as_ref().map(FileView::of),
        }
    }
}

/// A level to choose.
struct Level {
    points: String,
    /// Which step of how many.
    step: String,
    says: String,
    chosen: bool,
}

/// A criterion in a form that scores.
struct Criterion {
    field: String,
    title: String,
    levels: Vec<Level>,
    /// Which skill the criterion speaks for, in words.
    speaks: Option<String>,
    /// What the student chose themself, in words.
    own: Option<String>,
}

fn level_words(words: &Words, criterion: &ProjectCriterion, points: u8) -> String {
    let says = criterion.levels.get(usize::from(points));
    let says = says.map_or("", String::as_str);
    let numbers = [
        ("level", f64::from(points) + 1.0),
        ("most", f64::from(criterion.most()) + 1.0),
    ];
    words.mixed("project-level", &numbers, &[("says", says)])
}

/// The criteria of a form, with what is chosen already.
fn criteria(
    words: &Words,
    of: &[ProjectCriterion],
    chosen: Option<&[u8]>,
    own: Option<&[u8]>,
    speaks: impl Fn(&ProjectCriterion) -> Option<String>,
) -> Vec<Criterion> {
    let one = |(place, criterion): (usize, &ProjectCriterion)| {
        let points = chosen.and_then(|points| points.get(place)).copied();
        let own = own.and_then(|points| points.get(place)).copied();
        let levels = criterion.levels.iter().enumerate().map(|(at, says)| Level {
            points: at.to_string(),
            step: words.count("project-step", "step", small(at + 1)),
            says: says.clone(),
            chosen: points.is_some_and(|points| usize::from(points) == at),
        });
        Criterion {
            field: format!("c{place}"),
            title: criterion.title.clone(),
            levels: levels.collect(),
            speaks: speaks(criterion),
            own: own.map(|points| level_words(words, criterion, points)),
        }
    };
    of.iter().enumerate().map(one).collect()
}

/// The points that a form gives, one for each criterion.
fn points(fields: &Fields, count: usize) -> Result<Vec<u8>, PageError> {
    let one = |place: usize| {
        let text = field(fields, &format!("c{place}"));
        let points = text.and_then(|text| text.parse().ok());
        points.ok_or(PageError::Refused(Refusal::NotInRubric))
    };
    (0..count).map(one).collect()
}

/// A score in words.
struct ScoreView {
    when: String,
    lines: Vec<(String, String)>,
    comment: Vec<String>,
}

impl ScoreView {
    fn of(words: &Words, criteria: &[ProjectCriterion], score: &ProjectScore) -> Self {
        let line = |scored: &trellis_core::project::ScoredCriterion| {
            let known = criteria.iter().find(|one| one.title == scored.title);
            let says = known.map_or_else(String::new, |known| {
                level_words(words, known, scored.points)
            });
            (scored.title.clone(), says)
        };
        Self {
            when: day::in_words(score.at, words),
            lines: score.criteria.iter().map(line).collect(),
            comment: score.comment.lines().map(str::to_owned).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use trellis_core::project::{MOST_LEVELS, SKILLS};

    use crate::words::Words;

    #[test]
    fn the_ready_rubric_has_words() {
        let words = Words::english();
        for skill in SKILLS {
            assert!(words.has(&format!("project-skill-{skill}")), "{skill}");
        }
        for level in 1..=MOST_LEVELS {
            assert!(words.has(&format!("project-step-{level}")), "{level}");
        }
    }
}
