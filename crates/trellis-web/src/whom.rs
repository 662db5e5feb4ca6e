//! Whom something is for: a class, one of its groups or one student, as forms and addresses say it.

use trellis_core::catalog::Catalog;
use trellis_core::id::{GroupId, PersonId};
use trellis_core::refusal::Refusal;
use trellis_store::SavedGroup;
use trellis_store::read::Name;

use crate::choice::Choice;
use crate::error::PageError;
use crate::pages::teacher_today::person_id;
use crate::reasons::title_of;
use crate::words::Words;

/// Somebody of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whom {
    Everybody,
    Group(GroupId),
    One(PersonId),
}

impl Whom {
    /// Reads what [`Whom::value`] writes; the class, where nothing is said.
    pub(crate) fn of(text: Option<&str>) -> Result<Self, PageError> {
        let text = text.unwrap_or("class");
        match text.split_once(':') {
            Some(("group", id)) => GroupId::parse(id)
                .map(Self::Group)
                .map_err(|_| Refusal::NotFound.into()),
            Some(("student", id)) => Ok(Self::One(person_id(id)?)),
            _ if text == "class" => Ok(Self::Everybody),
            _ => Err(Refusal::NotFound.into()),
        }
    }

    /// The value in a form.
    pub(crate) fn value(self) -> String {
        match self {
            Self::Everybody => "class".to_owned(),
            Self::Group(id) => format!("group:{id}"),
            Self::One(id) => format!("student:{id}"),
        }
    }

    /// The people, of those in the class.
    pub(crate) fn people<'a>(
        self,
        class: &[&'a Name],
        groups: &[SavedGroup],
    ) -> Result<Vec<&'a Name>, PageError> {
        let mut here = class.iter().copied();
        Ok(match self {
            Self::Everybody => here.collect(),
            Self::Group(id) => {
                let group = groups.iter().find(|group| group.id == id);
                let group = group.ok_or(Refusal::NotFound)?;
                let is_in = |name: &&Name| group.members.iter().any(|one| one.name.id == name.id);
                here.filter(is_in).collect()
            }
            Self::One(id) => {
                let found = here.find(|name| name.id == id);
                vec![found.ok_or(Refusal::NotFound)?]
            }
        })
    }
}

/// The class, its groups, its students.
pub(crate) fn choices(
    words: &Words,
    catalog: &Catalog,
    class: &[&Name],
    groups: &[SavedGroup],
    chosen: Option<Whom>,
) -> Vec<Choice> {
    let chosen = chosen.unwrap_or(Whom::Everybody).value();
    let everybody = ("class".to_owned(), words.t("paper-who-class"));
    let groups = groups.iter().map(|group| {
        let names: Vec<String> = group.members.iter().map(|one| one.name.short()).collect();
        let texts = [
            ("skill", &*title_of(catalog, &group.competency)),
            ("names", &*names.join(", ")),
        ];
        (
            format!("group:{}", group.id),
            words.with("paper-who-group", &texts),
        )
    });
    let students = class
        .iter()
        .map(|name| (format!("student:{}", name.id), name.short()));
    let all = std::iter::once(everybody).chain(groups).chain(students);
    all.map(|(value, title)| Choice {
        chosen: value == chosen,
        id: value,
        title,
    })
    .collect()
}
