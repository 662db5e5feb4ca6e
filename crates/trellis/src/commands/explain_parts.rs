//! What a stored chance is made of: the signed parts of the model's sum, said again from the events before it.

use std::error::Error;
use std::io::Write;

use trellis_core::event::{Event, Recorded};
use trellis_core::id::Seq;
use trellis_core::mastery;
use trellis_core::model::{Prediction, TermKind};
use trellis_store::Store;

/// Right answers that the look ahead imagines.
const MORE_RIGHT: u8 = 2;

/// Writes the parts of the chances before and after an event that states them.
pub(super) fn write(
    out: &mut impl Write,
    store: &Store,
    recorded: &Recorded,
) -> Result<(), Box<dyn Error>> {
    let (Event::Responded {
        learner,
        competency,
        before,
        after,
        ..
    }
    | Event::Scored {
        learner,
        competency,
        before,
        after,
        ..
    }
    | Event::ScoreUndone {
        learner,
        competency,
        before,
        after,
        ..
    }
    | Event::Revealed {
        learner,
        competency,
        before,
        after,
        ..
    }) = &recorded.event
    else {
        return Ok(());
    };
    let model = &store.model_as_of(recorded.seq)?;
    let earlier = store.learner_as_of(*learner, Seq(recorded.decision.0.saturating_sub(1)))?;
    let later = store.learner_as_of(*learner, recorded.seq)?;
    let said = [&earlier, &later].map(|state| mastery::explained(model, state, competency));
    let stored = [before.next_right, after.next_right];
    let same = said
        .iter()
        .zip(stored)
        .all(|(said, stored)| said.probability.get().to_bits() == stored.to_bits());
    if !same {
        writeln!(
            out,
            "  the model of then, {}, was of another program; the parts of these chances cannot be said again",
            model.version()
        )?;
        return Ok(());
    }
    writeln!(
        out,
        "  the chance to be right next as a sum, in log-odds, before -> after:"
    )?;
    for kind in TermKind::ALL {
        let [before, after] = said.each_ref().map(|said| part(said, kind));
        if before != 0.0 || after != 0.0 {
            let name = name(kind);
            writeln!(out, "    {name:<44} {before:+.4} -> {after:+.4}")?;
        }
    }
    let [before, after] = said.each_ref().map(|said| {
        let sum: f64 = said.terms.iter().map(|term| term.log_odds).sum();
        sum
    });
    writeln!(
        out,
        "    {:<44} {before:+.4} -> {after:+.4}: {:.4} -> {:.4}",
        "sum", stored[0], stored[1]
    )?;
    writeln!(
        out,
        "  after {MORE_RIGHT} more right answers it would be {:.4}",
        mastery::after_right(model, &later, competency, MORE_RIGHT)
    )?;
    Ok(())
}

fn part(prediction: &Prediction, kind: TermKind) -> f64 {
    let found = prediction.terms.iter().find(|term| term.kind == kind);
    found.map_or(0.0, |term| term.log_odds)
}

fn name(kind: TermKind) -> &'static str {
    match kind {
        TermKind::Base => "where everybody starts",
        TermKind::Item => "how hard such an item is, and lucky guesses",
        TermKind::Competency => "how hard the competency is",
        TermKind::Ability => "the learner's answers on everything",
        TermKind::Practice => "the learner's answers on this competency",
        TermKind::Recent => "the last few answers",
        TermKind::Forgetting => "time and other work since the last practice",
        TermKind::SameItem => "earlier answers to such an item",
        TermKind::Sequence => "what came just before",
        TermKind::Hints => "hints seen",
    }
}
