//! Tables to fill and answers in writing from QTI.

use super::{Asked, Refusal, read_key};
use crate::markup::HTML;
use crate::qti::interaction::{Interaction, InteractionKind};
use crate::qti::value::{Atom, BaseType};
use crate::question::{Accepted, Answer, Cell};
use crate::xml::{Element, Node};
use trellis_core::item::{
    Criterion, FileKind, LONGEST_WRITTEN, Rubric, RubricLevel, USUAL_WRITTEN,
};

/// The table that holds all places where something is asked, when its first row are heads and each other row has a cell
/// for each of them.
pub(super) fn table_of<'a>(body: &'a Element, asking: &[&Interaction<'_>]) -> Option<&'a Element> {
    let typed = |one: &&&Interaction<'_>| one.kind == InteractionKind::TextEntry;
    if asking.is_empty() || asking.iter().filter(typed).count() != asking.len() {
        return None;
    }
    let mut tables = Vec::new();
    body.visit(&mut |element| {
        if element.space == HTML && element.name == "table" {
            tables.push(element);
        }
    });
    let [table] = tables.as_slice() else {
        return None;
    };
    let mut held = 0;
    table.visit(&mut |element| held += usize::from(Interaction::of(element).is_some()));
    let rows = rows(table);
    let (heads, lines) = rows.split_first()?;
    let headed = heads.elements().all(|cell| cell.name == "th");
    let count = heads.elements().count();
    let even = lines.iter().all(|row| row.elements().count() == count);
    (held == asking.len() && headed && even && count > 0 && !lines.is_empty()).then_some(*table)
}

fn rows(table: &Element) -> Vec<&Element> {
    let mut out = Vec::new();
    table.visit(&mut |element| {
        if element.name == "tr" {
            out.push(element);
        }
    });
    out
}

impl<'a> Asked<'a> {
    /// A table with its blank cells.
    pub(super) fn table(
        &mut self,
        table: &'a Element,
        asking: &[&Interaction<'_>],
    ) -> Result<Answer, Refusal> {
        let mut lines = Vec::new();
        for row in rows(table) {
            let mut line = Vec::new();
            for cell in row.elements() {
                line.push(self.line(&cell.children));
            }
            lines.push(line);
        }
        let columns = lines.remove(0);
        let mut cells = Vec::new();
        for one in asking {
            cells.push(self.cell(one)?);
        }
        self.apart = Some(table);
        Ok(Answer::Table {
            columns,
            rows: lines,
            cells,
        })
    }

    /// What is right in a cell.
    fn cell(&self, interaction: &Interaction<'_>) -> Result<Cell, Refusal> {
        let Some(declaration) = self.item.declaration(interaction.response) else {
            return Err(("no-key", "the response is not declared".to_string()));
        };
        let numeric = matches!(declaration.base, Some(BaseType::Integer | BaseType::Float));
        let entries = declaration.mapping.as_ref().map(|map| &map.entries);
        let cased = entries.is_some_and(|all| all.iter().any(|entry| entry.case_sensitive));
        match self.typed(declaration)? {
            Answer::Number { accepted, .. } if numeric => {
                let first = accepted.into_iter().next();
                first
                    .map(Cell::Number)
                    .ok_or_else(|| ("no-key", "a cell has no right answer".to_string()))
            }
            Answer::Number { .. } | Answer::Words(_) => {
                let mut answers = self.right_texts(declaration);
                for entry in entries.into_iter().flatten().filter(|one| one.score > 0.0) {
                    let text = entry.key.text();
                    if !answers.contains(&text) {
                        answers.push(text);
                    }
                }
                // A number that is compared as a text would not take another writing of it.
                if let ([one], false) = (answers.as_slice(), cased)
                    && let Some(value) = read_key(one)
                {
                    let tolerance = crate::qti::tolerance::tolerance(
                        self.item,
                        &declaration.identifier,
                        &value,
                    );
                    return Ok(Cell::Number(Accepted { value, tolerance }));
                }
                let close = interaction.element.get("data-spelling") == Some("close");
                Ok(Cell::Text {
                    answers,
                    close,
                    cased,
                })
            }
            _ => Err(("no-kind", "a cell asks for more than a word".to_string())),
        }
    }

    /// A few sentences, with what the item says to those who score them.
    pub(super) fn written(&mut self, interaction: &Interaction<'a>) -> Result<Answer, Refusal> {
        let (rubric, sample) = self.rubric(interaction)?;
        let longest = interaction
            .number("expected-length")
            .and_then(|n| u32::try_from(n).ok());
        Ok(Answer::Written {
            longest: longest
                .filter(|longest| (80..=LONGEST_WRITTEN).contains(longest))
                .unwrap_or(USUAL_WRITTEN),
            rubric,
            sample,
        })
    }

    /// A file to hand in. An item that says nothing of its kind takes all kinds.
    pub(super) fn upload(&mut self, interaction: &Interaction<'a>) -> Result<Answer, Refusal> {
        let (rubric, sample) = self.rubric(interaction)?;
        let own = interaction.element.get("data-takes").unwrap_or("");
        let kind = interaction.element.get("type").unwrap_or("");
        let known = FileKind::NAMES.iter().filter(|(name, file)| {
            let named = own.split_whitespace().any(|one| one == *name);
            let fits = match file {
                FileKind::Picture => kind.starts_with("image/"),
                FileKind::Pdf => kind == "application/pdf",
                FileKind::Text => kind == "text/plain",
                FileKind::Sound => kind.starts_with("audio/"),
            };
            named || (own.is_empty() && (fits || kind.is_empty()))
        });
        let takes: Vec<FileKind> = known.map(|(_, file)| *file).collect();
        if takes.is_empty() {
            let what = format!("files of the type \"{kind}\" are not taken");
            return Err(("no-kind", what));
        }
        Ok(Answer::Upload {
            takes,
            rubric,
            sample,
        })
    }

    /// How the item says that an answer is scored, and what a good one is.
    fn rubric(&mut self, interaction: &Interaction<'a>) -> Result<(Rubric, String), Refusal> {
        let mut blocks: Vec<&'a Element> = Vec::new();
        if let Some(body) = &self.item.body {
            body.visit(&mut |element| {
                let scorer = element.get("view").is_some_and(|view| {
                    view.split_whitespace()
                        .any(|who| who == "scorer" || who == "tutor")
                });
                if element.space.is_empty() && element.name == "rubric-block" && scorer {
                    blocks.push(element);
                }
            });
        }
        let (mut criteria, mut sample, mut said) = (Vec::new(), String::new(), Vec::new());
        for block in blocks {
            let parts: Vec<&Element> = block
                .elements()
                .filter(|one| one.get("data-part").is_some())
                .collect();
            if parts.is_empty() {
                said.push(self.line(&block.children));
            }
            for part in parts {
                match part.get("data-part") {
                    Some("criterion") => criteria.push(self.criterion(part)),
                    _ => sample = self.text(&part.children),
                }
            }
        }
        let key = self.session.correct(interaction.response);
        if let (true, Some(text)) = (sample.is_empty(), key.single().map(Atom::text)) {
            sample = self.text(&[Node::Text(text)]);
        }
        said.retain(|text| !text.is_empty());
        if criteria.is_empty() && sample.is_empty() && said.is_empty() {
            let what = "it says neither how it is scored nor what a good answer is";
            return Err(("no-rubric", what.to_string()));
        }
        let rubric = if criteria.is_empty() {
            let mut rubric = Rubric::right_or_not();
            if let Some(only) = rubric.criteria.first_mut() {
                only.name = said.join(" ");
            }
            rubric
        } else {
            Rubric { criteria }
        };
        Ok((rubric, sample))
    }

    fn criterion(&mut self, part: &Element) -> Criterion {
        let name = part.first("p").map(|one| self.line(&one.children));
        let mut levels = Vec::new();
        for level in part.first("ul").into_iter().flat_map(Element::elements) {
            let points = level.get("data-points").and_then(|text| text.parse().ok());
            levels.push(RubricLevel {
                points: points.unwrap_or(0),
                says: self.line(&level.children),
            });
        }
        Criterion {
            name: name.unwrap_or_default(),
            levels,
        }
    }
}
