//! Items of QTI to questions: what the learner sees for a seed, and the key that the item's own rules take as right.

mod drawn;
mod filled;
mod gaps;
mod pairs;

use std::collections::BTreeMap;

use trellis_core::item::Number;

use super::check::{KeyFate, key_fate};
use super::declare::Declaration;
use super::interaction::{Choice as QtiChoice, Interaction, InteractionKind};
use super::item::AssessmentItem;
use super::session::Session;
use super::value::{Atom, BaseType, Cardinality, Value};
use crate::markup::{Picture, Reader};
use crate::question::{Accepted, Answer, Choice, Question, read_number};
use crate::xml::{Element, Node};

/// Why an item, or a part of it, is no question of ours: a rule and a sentence.
pub type Refusal = (&'static str, String);

/// The gap that a learner fills, and the gaps that stay.
const GAP: &str = "____";
const OTHER_GAP: &str = "…";

/// What a path of the package leads to, as seen from the item.
pub type Beside<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// The questions of an item for a seed: one for each place where a short answer is given. `shared` is the markup of a
/// text that stands before it, `beside` what else is in its package.
///
/// # Errors
/// Why there is none.
pub fn questions(
    item: &AssessmentItem,
    shared: &str,
    seed: u64,
    beside: &Beside<'_>,
) -> Result<Vec<Question>, Refusal> {
    let Some(body) = &item.body else {
        return Err(("no-question", "the item has no body".to_string()));
    };
    let all = item.interactions();
    let quiet = |kind| matches!(kind, InteractionKind::Media | InteractionKind::EndAttempt);
    let asking: Vec<&Interaction<'_>> = all.iter().filter(|one| !quiet(one.kind)).collect();
    if item.adaptive && asking.len() > 1 {
        return Err((
            "adaptive",
            "the item goes on over several answers".to_string(),
        ));
    }
    if asking.is_empty() {
        return Err(("no-interaction", "the item asks for no answer".to_string()));
    }
    let inline = |kind| {
        matches!(
            kind,
            InteractionKind::TextEntry | InteractionKind::InlineChoice
        )
    };
    if asking.len() > 1 && !asking.iter().all(|one| inline(one.kind)) {
        return Err((
            "several-interactions",
            format!("the item asks for {} answers at once", asking.len()),
        ));
    }
    match key_fate(item, seed) {
        KeyFate::Full | KeyFate::Unscored | KeyFate::NoKey => {}
        KeyFate::Part | KeyFate::Nothing => {
            return Err((
                "key-refused",
                "the declared right answer does not get the full score".to_string(),
            ));
        }
    }
    let session = Session::begin(item, seed);
    let mut out = Vec::new();
    let menus = Asked::are_menus(&asking);
    let table = filled::table_of(body, &asking);
    // All menus of a text are one question, and all cells of a table; other places are one each.
    let each = match asking.split_at_checked(1) {
        Some((first, _)) if menus || table.is_some() => first,
        _ => &asking[..],
    };
    for (place, interaction) in each.iter().enumerate() {
        let mut asked = Asked {
            item,
            session: &session,
            interaction,
            seed,
            pictures: Vec::new(),
            menus: Vec::new(),
            bank: false,
            beside,
            apart: None,
        };
        let answer = if menus || table.is_some() {
            asked.menus = asking.iter().map(|one| one.response.to_string()).collect();
            match table {
                Some(table) => asked.table(table, &asking)?,
                None => asked.menus(&asking)?,
            }
        } else {
            asked.answer()?
        };
        let stem = asked.text(&body.children);
        let id = if each.len() > 1 {
            format!("{}.{}", item.identifier, place + 1)
        } else {
            item.identifier.clone()
        };
        let mut question = Question::new(id, stem, answer);
        question.title.clone_from(&item.title);
        question.body = shared.to_string();
        question.solution = asked.said_after(body);
        question.pictures = asked.pictures;
        question.line = interaction.element.line.0;
        out.push(question);
    }
    Ok(out)
}

/// The markup of a stimulus.
#[must_use]
pub fn shared_text(body: &Element) -> (String, Vec<Picture>) {
    let mut reader = Reader::default();
    let text = reader.read(&body.children);
    (text, reader.pictures)
}

/// One question while it is made of an item.
struct Asked<'a> {
    item: &'a AssessmentItem,
    session: &'a Session<'a>,
    interaction: &'a Interaction<'a>,
    seed: u64,
    pictures: Vec<Picture>,
    /// The responses of the menus of the text, in order.
    menus: Vec<String>,
    /// Whether the gaps of the text take words of a bank.
    bank: bool,
    /// What else is in the package.
    beside: &'a Beside<'a>,
    /// The table or picture of the body that is part of the answer and not of the text.
    apart: Option<&'a Element>,
}

/// Whether a variable holds the identifier of an element, which shows or hides it.
fn is_shown(element: &Element, variable: &str, session: &Session<'_>) -> bool {
    let name = element.get(variable).unwrap_or("");
    let identifier = element.get("identifier").unwrap_or("");
    let holds = session
        .value(name)
        .atoms()
        .iter()
        .any(|atom| atom.text() == identifier);
    holds == (element.get("show-hide") != Some("hide"))
}

/// A value as text in a sentence.
fn printed(value: &Value) -> String {
    let texts: Vec<String> = value.atoms().iter().map(Atom::text).collect();
    texts.join(", ")
}

/// A right number as its author meant it: `0.333…` to the last digit that a computer keeps is 1/3.
fn read_key(text: &str) -> Option<Number> {
    let value = read_number(text)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits < 16 {
        return Some(value);
    }
    let near = value.to_f64();
    let fraction = (2..=1000).find_map(|bottom| {
        let bottom = Number::whole(bottom);
        let half = Number::ratio(1, 2)?;
        let top = (&(&value * &bottom) + &half).floor();
        let fraction = top.divided_by(&bottom)?;
        (fraction.to_f64().to_bits() == near.to_bits()).then_some(fraction)
    });
    Some(fraction.unwrap_or(value))
}

impl<'a> Asked<'a> {
    /// What stands for QTI's own elements, as seen in a session.
    fn special(&self, element: &Element, session: &Session<'_>) -> Option<Vec<Node>> {
        if self
            .apart
            .is_some_and(|apart| std::ptr::eq(apart, element) || apart == element)
        {
            return Some(Vec::new());
        }
        if !element.space.is_empty() {
            return None;
        }
        let shown = |variable| {
            let shows = is_shown(element, variable, session);
            Some(if shows {
                element.children.clone()
            } else {
                Vec::new()
            })
        };
        let text = |text: &str| Some(vec![Node::Text(text.to_string())]);
        match element.name.as_str() {
            "printed-variable" => text(&printed(
                &session.value(element.get("identifier").unwrap_or("")),
            )),
            "feedback-block" | "feedback-inline" => shown("outcome-identifier"),
            "template-block" | "template-inline" => shown("template-identifier"),
            "rubric-block" => {
                let view = element.get("view").unwrap_or("candidate");
                let reads = view
                    .split_whitespace()
                    .any(|who| who == "candidate" || who == "all");
                Some(if reads {
                    element.children.clone()
                } else {
                    Vec::new()
                })
            }
            "gap" => {
                let place = self.gap_place(element.get("identifier").unwrap_or(""));
                if let (true, Some(place)) = (self.bank, place) {
                    return text(&Self::mark(place));
                }
                text(&place.map_or(GAP.to_string(), |place| format!("({}) {GAP}", place + 1)))
            }
            "gap-text"
            | "gap-img"
            | "simple-match-set"
            | "simple-choice"
            | "simple-associable-choice"
            | "hotspot-choice"
            | "associable-hotspot"
            | "inline-choice"
            | "interaction-markup"
            | "interaction-modules"
            | "catalog-info" => Some(Vec::new()),
            "text-entry-interaction" | "inline-choice-interaction" => {
                if let Some(place) = self.menu_place(element) {
                    return text(&Self::mark(place));
                }
                let own = std::ptr::eq(element, self.interaction.element)
                    || element.get("response-identifier") == Some(self.interaction.response);
                text(if own { GAP } else { OTHER_GAP })
            }
            "end-attempt-interaction" => Some(Vec::new()),
            "hottext" => Some(element.children.clone()),
            name if name.ends_with("-interaction") || name == "prompt" => {
                let mut block = Element::new("div");
                block.space = crate::markup::HTML.to_string();
                block.children.clone_from(&element.children);
                Some(vec![Node::Element(block)])
            }
            _ => None,
        }
    }

    fn gap_place(&self, identifier: &str) -> Option<usize> {
        let choices = self.interaction.choices();
        let mut gaps = choices.iter().filter(|one| one.element.name == "gap");
        gaps.position(|one| one.identifier == identifier)
    }

    fn read(&mut self, nodes: &[Node], session: &Session<'_>, line: bool) -> String {
        let (text, pictures) = {
            let special = |element: &Element| self.special(element, session);
            let held = |name: &str| {
                let declaration = self.item.declaration(name)?;
                let math = declaration.attribute("math-variable") == Some("true");
                math.then(|| printed(&session.value(name)))
            };
            let mut reader = Reader {
                special: &special,
                held: &held,
                ..Reader::default()
            };
            let text = if line {
                reader.read_line(nodes)
            } else {
                reader.read(nodes)
            };
            (text, reader.pictures)
        };
        self.pictures.extend(pictures);
        text
    }

    fn text(&mut self, nodes: &[Node]) -> String {
        let session = self.session;
        self.read(nodes, session, false)
    }

    fn line(&mut self, nodes: &[Node]) -> String {
        let session = self.session;
        self.read(nodes, session, true)
    }

    /// What the item says once the right answer is given, and did not say before.
    fn said_after(&mut self, body: &Element) -> Vec<String> {
        let Some(key) = self.session.key() else {
            return Vec::new();
        };
        // The same seed draws the same numbers.
        let mut after = Session::begin(self.item, self.seed);
        after.respond(&key);
        let mut out = Vec::new();
        let item = self.item;
        for feedback in &item.feedback {
            let holds = after
                .value(&feedback.outcome)
                .atoms()
                .iter()
                .any(|atom| atom.text() == feedback.identifier);
            if holds == feedback.show {
                out.push(self.read(&feedback.content, &after, false));
            }
        }
        let mut blocks = Vec::new();
        body.visit(&mut |element| {
            let block = element.space.is_empty() && element.name == "feedback-block";
            let new = !is_shown(element, "outcome-identifier", self.session)
                && is_shown(element, "outcome-identifier", &after);
            if block && new {
                blocks.push(element);
            }
        });
        for block in blocks {
            out.push(self.read(&block.children, &after, false));
        }
        out.retain(|text| !text.is_empty());
        out
    }

    fn answer(&mut self) -> Result<Answer, Refusal> {
        let interaction = *self.interaction;
        let Some(declaration) = self.item.declaration(interaction.response) else {
            return Err(("no-key", "the response is not declared".to_string()));
        };
        match interaction.kind {
            InteractionKind::Choice | InteractionKind::Hottext | InteractionKind::InlineChoice => {
                self.choice(&interaction, declaration)
            }
            InteractionKind::TextEntry => self.typed(declaration),
            InteractionKind::Order => self.order(&interaction),
            InteractionKind::Match => self.matched(&interaction),
            InteractionKind::Associate => self.associated(&interaction),
            InteractionKind::GapMatch => self.gaps(&interaction),
            InteractionKind::Slider => self.slider(&interaction),
            InteractionKind::Hotspot | InteractionKind::GraphicOrder => self.regions(&interaction),
            InteractionKind::SelectPoint => self.points(&interaction, declaration),
            InteractionKind::ExtendedText => self.written(&interaction),
            InteractionKind::Upload => self.upload(&interaction),
            other => {
                let what = format!("there is no kind of item yet for {}", other.name());
                Err(("no-kind", what))
            }
        }
    }

    fn key(&self) -> Result<Value, Refusal> {
        let key = self.session.correct(self.interaction.response);
        if key.is_null() {
            Err(("no-key", "no right answer is declared".to_string()))
        } else {
            Ok(key)
        }
    }

    fn choices(&mut self, choices: &[QtiChoice<'_>]) -> Result<BTreeMap<String, String>, Refusal> {
        let mut out = BTreeMap::new();
        for choice in choices {
            let kept: Vec<Node> = choice
                .element
                .children
                .iter()
                .filter(|node| !matches!(node, Node::Element(one) if one.name == "feedback-inline" && one.space.is_empty()))
                .cloned()
                .collect();
            let text = self.line(&kept);
            if text.is_empty() {
                return Err((
                    "empty-choice",
                    format!("the choice \"{}\" has no text", choice.identifier),
                ));
            }
            out.insert(choice.identifier.to_string(), text);
        }
        Ok(out)
    }

    fn choice(
        &mut self,
        interaction: &Interaction<'_>,
        declaration: &Declaration,
    ) -> Result<Answer, Refusal> {
        let choices = interaction.choices();
        let texts = self.choices(&choices)?;
        let key = self.key()?;
        let mut out = Vec::new();
        for choice in &choices {
            let inline = choice
                .element
                .elements()
                .find(|one| one.name == "feedback-inline");
            let feedback = inline
                .map(|one| self.line(&one.children))
                .unwrap_or_default();
            out.push(Choice {
                text: texts.get(choice.identifier).cloned().unwrap_or_default(),
                right: key
                    .atoms()
                    .iter()
                    .any(|atom| atom.text() == choice.identifier),
                feedback,
            });
        }
        let shuffle = interaction.flag("shuffle");
        Ok(if declaration.cardinality == Cardinality::Single {
            Answer::Choice {
                choices: out,
                shuffle,
            }
        } else {
            Answer::MultipleChoice {
                choices: out,
                shuffle,
            }
        })
    }

    /// The declared right answers as texts.
    fn right_texts(&self, declaration: &Declaration) -> Vec<String> {
        let key = self.session.correct(&declaration.identifier);
        key.atoms().iter().map(Atom::text).collect()
    }

    fn typed(&self, declaration: &Declaration) -> Result<Answer, Refusal> {
        let mut texts = self.right_texts(declaration);
        if let Some(map) = &declaration.mapping {
            let best = map
                .entries
                .iter()
                .map(|entry| entry.score)
                .fold(0.0, f64::max);
            for entry in map
                .entries
                .iter()
                .filter(|entry| best > 0.0 && entry.score >= best)
            {
                let text = entry.key.text();
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        texts.retain(|text| !text.trim().is_empty());
        if texts.is_empty() {
            return Err(("no-key", "no right answer is declared".to_string()));
        }
        let numeric = matches!(declaration.base, Some(BaseType::Integer | BaseType::Float));
        // A code such as 007 is no number.
        let is_number = |text: &String| {
            let digits = text.trim().trim_start_matches('-');
            read_number(text).is_some()
                && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."))
        };
        if numeric || texts.iter().all(is_number) {
            let mut accepted = Vec::new();
            for text in &texts {
                let Some(value) = read_key(text) else {
                    return Err(("no-key", format!("\"{text}\" is no number")));
                };
                let tolerance =
                    super::tolerance::tolerance(self.item, &declaration.identifier, &value);
                accepted.push(Accepted { value, tolerance });
            }
            return Ok(Answer::Number {
                accepted,
                unit: None,
            });
        }
        Ok(Answer::Words(texts))
    }

    fn order(&mut self, interaction: &Interaction<'_>) -> Result<Answer, Refusal> {
        let choices = interaction.choices();
        let texts = self.choices(&choices)?;
        let key = self.key()?;
        let entries: Option<Vec<String>> = key
            .atoms()
            .iter()
            .map(|atom| texts.get(&atom.text()).cloned())
            .collect();
        match entries {
            Some(entries) if entries.len() == choices.len() => Ok(Answer::Order(entries)),
            _ => Err((
                "order-shape",
                "only some of the entries are put in order".to_string(),
            )),
        }
    }

    fn slider(&self, interaction: &Interaction<'_>) -> Result<Answer, Refusal> {
        let number = |name: &str| interaction.element.get(name).and_then(read_number);
        let missing = || ("number-line", "the slider has no bounds".to_string());
        let from = number("lower-bound").ok_or_else(missing)?;
        let to = number("upper-bound").ok_or_else(missing)?;
        let key = self.key()?;
        let at = key.single().and_then(|atom| read_number(&atom.text()));
        let at = at.ok_or_else(|| ("no-key", "no right answer is declared".to_string()))?;
        let step = number("step").unwrap_or_else(|| Number::whole(1));
        Ok(Answer::NumberLine { from, to, step, at })
    }
}
