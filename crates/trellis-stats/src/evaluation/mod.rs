//! Comparing learner models on recorded answers: held-out learners, figures with their doubt, and
//! tests that catch a model or a file that cheats.

use crate::tracing::additive::{Additive, FitOptions};
use crate::tracing::bkt_fitted::FittedBkt;
use crate::tracing::counting::{Counting, Form};
use crate::tracing::rating::{Mover, Rating};
use crate::tracing::{LearnerModel, Response};
use alloc::vec::Vec;

mod after_mastery;
mod bands;
mod checks;
mod folds;
mod resample;

pub use after_mastery::{AfterMastery, after_mastery};
pub use bands::{Band, SkillReport, first_on_skill, position_bands, skills};
pub use checks::{Checks, check};
pub use folds::{Split, deal, split};
pub use resample::{Doubted, Sample, resample};

/// A model that can be fitted and scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The additive model, fitted in several passes.
    Additive,
    /// The additive model after one pass, which goes on learning from each scored answer.
    AdditiveOnline,
    /// Best-LR (Gervet and others, 2020).
    BestLr,
    /// Bayesian knowledge tracing, rates by competency from EM.
    Bkt,
    /// Performance factors analysis.
    Pfa,
    /// The additive factors model.
    Afm,
    /// DAS3H.
    Das3h,
    /// OLI Torus's logistic model.
    LktAoa,
    /// Elo ratings.
    Elo,
    /// An online Rasch model.
    Rasch,
}

impl Subject {
    /// All subjects, in the order of a report.
    pub const ALL: [Self; 10] = [
        Self::Additive,
        Self::AdditiveOnline,
        Self::BestLr,
        Self::Das3h,
        Self::LktAoa,
        Self::Pfa,
        Self::Afm,
        Self::Bkt,
        Self::Elo,
        Self::Rasch,
    ];

    /// The name by which commands know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::AdditiveOnline => "additive-online",
            Self::BestLr => "best-lr",
            Self::Bkt => "bkt",
            Self::Pfa => "pfa",
            Self::Afm => "afm",
            Self::Das3h => "das3h",
            Self::LktAoa => "lkt-aoa",
            Self::Elo => "elo",
            Self::Rasch => "rasch",
        }
    }

    /// The subject with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Fits the model to answers grouped by learner, in order within each.
    #[must_use]
    pub fn fit(self, train: &[Response]) -> Fitted {
        let counting = |form| Fitted::Counting(Counting::fit(form, train, 1.0));
        match self {
            Self::Additive => {
                let bits = Additive::bits_for(train.len());
                Fitted::Additive(Additive::fit(train, bits, &FitOptions::default()))
            }
            Self::AdditiveOnline => Fitted::Online(Additive::learned(train)),
            Self::BestLr => counting(Form::BestLr),
            Self::Das3h => counting(Form::Das3h),
            Self::LktAoa => counting(Form::LktAoa),
            Self::Pfa => counting(Form::Pfa),
            Self::Afm => counting(Form::Afm),
            Self::Bkt => Fitted::Bkt(FittedBkt::fit(train)),
            Self::Elo => Fitted::Rating(Rating::fit(Mover::Elo, train)),
            Self::Rasch => Fitted::Rating(Rating::fit(Mover::Rasch, train)),
        }
    }
}

/// A fitted model of any kind.
#[derive(Clone, Debug)]
pub enum Fitted {
    /// The additive model, its weights fixed.
    Additive(Additive),
    /// The additive model, still learning.
    Online(Additive),
    /// One of the models that count.
    Counting(Counting),
    /// Elo or Rasch.
    Rating(Rating),
    /// Knowledge tracing.
    Bkt(FittedBkt),
}

impl Fitted {
    /// The predicted chance of a right answer for each row, each learner from a fresh start. Rows
    /// are grouped by learner; only answers before a row tell about it.
    pub fn score(&mut self, rows: &[Response]) -> Vec<f64> {
        match self {
            Self::Additive(model) => follow(rows, |state, r| {
                f64::from(model.follow(state, &r.opportunity, r.correct))
            }),
            Self::Online(model) => follow(rows, |state, r| {
                f64::from(model.learn(state, &r.opportunity, r.correct))
            }),
            Self::Counting(model) => trace(model, rows),
            Self::Rating(model) => trace(model, rows),
            Self::Bkt(model) => trace(model, rows),
        }
    }
}

fn follow<S: Default>(
    rows: &[Response],
    mut step: impl FnMut(&mut S, &Response) -> f64,
) -> Vec<f64> {
    let mut scored = Vec::with_capacity(rows.len());
    for learner in rows.chunk_by(|a, b| a.learner == b.learner) {
        let mut state = S::default();
        scored.extend(learner.iter().map(|row| step(&mut state, row)));
    }
    scored
}

fn trace<M: LearnerModel>(model: &M, rows: &[Response]) -> Vec<f64> {
    let mut scored = Vec::with_capacity(rows.len());
    for learner in rows.chunk_by(|a, b| a.learner == b.learner) {
        let mut state = model.start();
        for r in learner {
            scored.push(model.predict(&state, &r.opportunity).probability.get());
            model.update(&mut state, &r.opportunity, r.correct);
        }
    }
    scored
}

/// A count as a number to reckon with.
fn size(count: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of answers is far below 2^53"
    )]
    let size = count as f64;
    size
}
