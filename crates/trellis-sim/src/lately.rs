//! What an invented learner lately met, looked at from outside: what a teacher could know who knew all of it.

use std::collections::BTreeSet;

use trellis_core::catalog::Catalog;
use trellis_core::framework::{CompetencyId, MixUpId};
use trellis_core::time::Timestamp;

use crate::classroom::{Met, Pupil};
use crate::history::mix_ups_of;

/// Days that count as lately, as for the cards.
pub(crate) const LATELY_DAYS: f64 = 7.0;
/// Questions of a week, not known and without a hint, that show somebody who does not ask.
const NOT_ASKED: usize = 5;
/// Questions of a week that know a mix-up and were not known, so that a mix-up that is held can show.
const OCCASIONS: usize = 2;

/// The questions that a pupil lately met.
pub(crate) fn lately(pupil: &Pupil, now: Timestamp) -> impl Iterator<Item = &Met> {
    let met = pupil.met.iter();
    met.filter(move |met| now.days_since(met.at) <= LATELY_DAYS)
}

/// Whether a pupil met many questions lately without knowing, and took no hint.
pub(crate) fn never_asks(pupil: &Pupil, now: Timestamp) -> bool {
    lately(pupil, now).filter(|met| !met.knew).count() >= NOT_ASKED
        && lately(pupil, now).all(|met| met.hints == 0)
}

/// The mix-ups that a pupil has and lately had so many occasions to show in a competency, each once.
pub(crate) fn often_open_to(
    pupil: &Pupil,
    catalog: &Catalog,
    id: &CompetencyId,
    now: Timestamp,
) -> BTreeSet<MixUpId> {
    let wrong = lately(pupil, now).filter(|met| met.competency == *id && !met.knew);
    let occasions: Vec<MixUpId> = wrong
        .filter_map(|met| catalog.item(&met.item))
        .flat_map(mix_ups_of)
        .collect();
    let often = |one: &&MixUpId| occasions.iter().filter(|other| other == one).count() >= OCCASIONS;
    let theirs = pupil.seat.mind.mix_ups();
    let open = occasions
        .iter()
        .filter(often)
        .filter(|one| theirs.contains(*one));
    open.cloned().collect()
}
