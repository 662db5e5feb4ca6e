//! The sheets that an address asks for, and their keys.

use trellis_core::catalog::Catalog;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::paper::{self, Wanted};
use trellis_store::Viewer;
use trellis_store::read::{LearnerView, Name};

use super::choices::{Asked, Part};
use crate::app::App;
use crate::error::PageError;
use crate::paper::PaperQuestion;
use crate::reasons::title_of;
use crate::words::Words;

/// One sheet. What it shows of its questions holds no key.
pub(super) struct Sheet {
    /// Whose it is; `None` leaves a line to write on.
    pub(super) name: Option<String>,
    pub(super) title: String,
    pub(super) cards: Vec<PaperQuestion>,
}

/// The key of one sheet: labels with answers, as safe HTML.
pub(super) struct Key {
    pub(super) name: Option<String>,
    pub(super) answers: Vec<(String, String)>,
}

/// What is printed.
#[derive(Default)]
pub(super) struct Made {
    pub(super) sheets: Vec<Sheet>,
    pub(super) keys: Vec<Key>,
}

/// One sheet with its seed: the questions with their keys.
fn sheet(
    words: &Words,
    catalog: &Catalog,
    name: Option<String>,
    wanted: &[Wanted],
    asked: &Asked,
    seed: u64,
) -> Sheet {
    let count = usize::try_from(asked.count).unwrap_or(0);
    let questions = paper::sheet(catalog, wanted, count, seed);
    let numbered = (1_u32..).zip(&questions);
    Sheet {
        name,
        title: match asked.skill() {
            Some(id) => title_of(catalog, id),
            None => words.t("paper-next-title"),
        },
        cards: numbered
            .map(|(number, question)| {
                let label = words.count("paper-question", "number", number);
                PaperQuestion::of(label, &question.variant, words)
            })
            .collect(),
    }
}

/// Makes the sheets with their keys.
pub(super) fn make(
    app: &App,
    viewer: &Viewer,
    section: SectionId,
    people: &[&Name],
    asked: &Asked,
) -> Result<Made, PageError> {
    let (words, catalog) = (&app.words, app.store.catalog());
    let seed = u64::from(asked.seed);
    let of_skill = asked.skill().map(|id| Wanted {
        competency: id.clone(),
        level: None,
    });
    let sheets = match of_skill {
        Some(wanted) if asked.same => {
            let name = match people {
                [only] => Some(only.short()),
                _ => None,
            };
            vec![sheet(words, &catalog, name, &[wanted], asked, seed)]
        }
        Some(wanted) => {
            let one = |name: &&Name| {
                let seed = paper::seed_of(seed, name.id);
                let wanted = std::slice::from_ref(&wanted);
                sheet(words, &catalog, Some(name.short()), wanted, asked, seed)
            };
            people.iter().map(one).collect()
        }
        None => {
            let who: Vec<PersonId> = people.iter().map(|name| name.id).collect();
            let then = app.store.section_as_of(viewer, section, &who, asked.at)?;
            let one = |LearnerView { name, state }: &LearnerView| {
                let wanted = paper::next(state, &catalog, asked.at);
                let seed = paper::seed_of(seed, name.id);
                sheet(words, &catalog, Some(name.short()), &wanted, asked, seed)
            };
            then.iter().map(one).collect()
        }
    };
    Ok(parted(sheets, asked.part))
}

/// Takes the keys out of the sheets, and leaves what is to be printed.
fn parted(sheets: Vec<Sheet>, part: Part) -> Made {
    let keys = sheets.iter().filter(|sheet| !sheet.cards.is_empty());
    let keys = keys.map(|sheet| Key {
        name: sheet.name.clone(),
        answers: sheet
            .cards
            .iter()
            .map(|card| (card.label.clone(), card.key.clone()))
            .collect(),
    });
    Made {
        keys: match part {
            Part::Sheets => Vec::new(),
            Part::Both | Part::Keys => keys.collect(),
        },
        sheets: match part {
            Part::Keys => Vec::new(),
            Part::Both | Part::Sheets => sheets,
        },
    }
}
