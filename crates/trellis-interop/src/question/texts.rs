//! All texts of a question, to be read or to be changed.

use super::{Answer, Question};

impl Question {
    /// Every text that a learner or a teacher reads, in markup; of drawings none.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        let mut all = vec![&mut self.body, &mut self.stem];
        all.extend(&mut self.hints);
        all.extend(&mut self.solution);
        match &mut self.answer {
            Answer::Choice { choices, .. } | Answer::MultipleChoice { choices, .. } => {
                for choice in choices {
                    all.extend([&mut choice.text, &mut choice.feedback]);
                }
            }
            Answer::Order(entries) => all.extend(entries),
            Answer::Match { pairs, extra } => {
                for (left, right) in pairs {
                    all.extend([left, right]);
                }
                all.extend(extra);
            }
            Answer::Menus(menus) => {
                for choice in menus.iter_mut().flatten() {
                    all.extend([&mut choice.text, &mut choice.feedback]);
                }
            }
            Answer::Bank { right, extra } => {
                all.extend(right);
                all.extend(extra);
            }
            Answer::Table { columns, rows, .. } => {
                all.extend(columns);
                all.extend(rows.iter_mut().flatten());
            }
            Answer::Written { rubric, sample, .. } | Answer::Upload { rubric, sample, .. } => {
                all.push(sample);
                for criterion in &mut rubric.criteria {
                    all.push(&mut criterion.name);
                    all.extend(criterion.levels.iter_mut().map(|level| &mut level.says));
                }
            }
            Answer::Words(_)
            | Answer::Number { .. }
            | Answer::Expression(_)
            | Answer::Equation(_)
            | Answer::NumberLine { .. }
            | Answer::Hotspot { .. }
            | Answer::GraphicOrder { .. }
            | Answer::Plot { .. } => {}
        }
        all
    }

    /// The names of the kept pictures and sounds in its texts, each once.
    #[must_use]
    pub fn media_names(&self) -> Vec<String> {
        let mut copy = self.clone();
        let mut out: Vec<String> = Vec::new();
        for text in copy.texts_mut() {
            for name in trellis_core::item::markup::media_names(text) {
                if !out.iter().any(|known| known == name) {
                    out.push(name.to_string());
                }
            }
        }
        out
    }
}
