//! Choosing an item for a competency: by what the learner needs, never by the story that they like.

use alloc::vec::Vec;

use trellis_stats::irt::{self, Curve};
use trellis_stats::probability::logit;

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::event::Event;
use crate::framework::{CompetencyId, ItemId};
use crate::id::AttemptId;
use crate::item::Item;
use crate::mastery;
use crate::model;
use crate::plan::{QUESTIONS_AS_USUAL, Wish};
use crate::recommendation::Purpose;
use crate::time::Timestamp;

/// From so many answers on that wait for a person, no more are asked for.
const MOST_WAITING: usize = 3;

/// An item that was chosen, and among how many that were equally fit.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// The item.
    pub item: &'a Item,
    /// How many were equally fit; chance chose among them, so the propensity is one over this.
    pub among: u32,
}

/// Chooses an item: the level that fits what is believed, or in a proof what tells most about mastery; then the one begun least often and not just now; chance
/// among equals. On a fixed path the items come in their set order instead. The learner's interest is not looked at: a story may change, the item may not.
#[must_use]
pub fn choose_item<'a>(
    state: &LearnerState,
    catalog: &'a Catalog,
    id: &CompetencyId,
    purpose: Purpose,
    seed: u64,
) -> Option<Choice<'a>> {
    let wanted = wanted_level(state, id, purpose);
    let last = state
        .recent
        .iter()
        .rev()
        .find(|recent| recent.competency == *id)
        .map(|recent| &recent.item);
    let weigh = |item: &Item| {
        let just_now = u32::from(last == Some(&item.id));
        let begun = state.times_begun(&item.id);
        // A question that is always the same is worn out by one look; it waits while others are fresh.
        let worn = if item.has_few_variants() {
            begun + u32::from(state.recent.iter().any(|recent| recent.item == item.id))
        } else {
            begun / 2
        };
        let unfit = if purpose == Purpose::Proof {
            untold(catalog, item)
        } else {
            u32::from(item.level.abs_diff(wanted))
        };
        (just_now, worn, unfit, begun)
    };
    let is_fixed = state.is_fixed() && purpose != Purpose::Proof;
    let judged_now: Vec<&Item> = catalog
        .items_of(id)
        .filter(|item| !item.kind().waits_for_person())
        .collect();
    let asked: Vec<&Item> = if may_wait(state, id, purpose) || judged_now.is_empty() {
        catalog.items_of(id).collect()
    } else {
        judged_now
    };
    if is_fixed {
        // The items in their set order, from the easiest level on, and round again; no answer moves it.
        let next = |item: &&Item| (state.times_begun(&item.id), item.level);
        let item = asked.into_iter().min_by_key(next)?;
        return Some(Choice { item, among: 1 });
    }
    let best = asked.iter().map(|item| weigh(item)).min()?;
    let fit: Vec<&Item> = asked
        .into_iter()
        .filter(|item| weigh(item) == best)
        .collect();
    let among = u32::try_from(fit.len()).unwrap_or(u32::MAX).max(1);
    let place = usize::try_from(seed % u64::from(among)).unwrap_or(0);
    fit.get(place).map(|item| Choice { item, among })
}

/// Whether an answer may be asked for that a person has to read first: not where the next step depends on it, and not
/// while others of this learner wait.
fn may_wait(state: &LearnerState, id: &CompetencyId, purpose: Purpose) -> bool {
    !matches!(
        purpose,
        Purpose::Proof | Purpose::Review | Purpose::Placement
    ) && state.waiting.len() < MOST_WAITING
        && state
            .waiting
            .iter()
            .all(|waiting| waiting.competency != *id)
}

/// The level of items, 1 to 3, that fits what is believed.
pub(crate) fn wanted_level(state: &LearnerState, id: &CompetencyId, purpose: Purpose) -> u8 {
    match purpose {
        Purpose::Review => return 3,
        // An item in the middle tells the two apart, knowing and not knowing, best.
        Purpose::Placement => return 2,
        _ if state.is_fixed() => return 2,
        _ => {}
    }
    let usual: u8 = match mastery::known(state, id) {
        known if known < 0.40 => 1,
        known if known < 0.80 => 2,
        // The questions that decide mastery are the same for everybody, whatever anybody wishes.
        _ => return 3,
    };
    usual
        .saturating_add_signed(state.wished_shift(id))
        .clamp(1, 3)
}

/// The items that the next questions on a competency would come from, each with its seed, if the learner wished this
/// shift; chance is drawn from `seed`. Nothing is changed: it is the same choice as ever, put to a copy.
#[must_use]
pub fn next_items(
    state: &LearnerState,
    catalog: &Catalog,
    id: &CompetencyId,
    shift: i8,
    seed: u64,
    count: u8,
) -> Vec<(ItemId, u64)> {
    let mut ahead = state.clone();
    ahead.wishes.retain(|wish| wish.competency != *id);
    if shift != 0 {
        ahead.wishes.push(Wish {
            competency: id.clone(),
            shift,
            as_usual: QUESTIONS_AS_USUAL,
        });
    }
    let now = ahead.recent.last().map_or(Timestamp(0), |recent| recent.at);
    let mut found = Vec::new();
    for place in 0..u64::from(count) {
        let seed = seed.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let Some(choice) = choose_item(&ahead, catalog, id, Purpose::Learn, seed) else {
            break;
        };
        let item = choice.item.id.clone();
        let attempt = AttemptId(u128::from(place));
        let begun = Event::Started {
            learner: ahead.learner,
            attempt,
            item: item.clone(),
            competency: id.clone(),
            purpose: Purpose::Learn,
            seed,
            interest: None,
            among: choice.among,
            content: catalog.content(),
        };
        ahead.apply_event(&begun, now);
        found.push((item, seed));
    }
    found
}

/// Options of an item that offers some, before it is drawn.
const USUAL_OPTIONS: usize = 4;
/// Items whose information about the cut differs by less than this part of the most there can be are equally fit: then
/// chance chooses, and the most telling item is not everybody's.
const EQUALLY_TELLING: f64 = 0.02;

/// How far an item is from telling as much as an item can about whether a learner is on this or that side of mastery, in
/// steps of [`EQUALLY_TELLING`]: Fisher's information at the ability at which mastery is decided, the item's own
/// difficulty and chance of a lucky guess taken into account.
fn untold(catalog: &Catalog, item: &Item) -> u32 {
    let model = catalog.model();
    let key = model::item_key(&item.id);
    let guess = model.guess(key, item.kind().guess_rate(USUAL_OPTIONS));
    let competency = model::competency_key(&item.competency);
    let lifted = model
        .difficulty(key, competency, item.level, guess)
        .log_odds;
    // The curve has the lucky guesses for itself.
    let alone = model::without_guessing(lifted, guess);
    let [_, middle, _] = model.levels();
    let cut = logit(mastery::FRESH_RIGHT) - f64::from(middle);
    let curve = Curve::ThreeParameter {
        item: irt::Item {
            slope: 1.0,
            intercept: logit(alone.clamp(0.01, 0.99)),
        },
        guess,
    };
    let missing = (MOST_INFORMATION - curve.information(cut)).max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 50"
    )]
    let steps = (missing / MOST_INFORMATION / EQUALLY_TELLING) as u32;
    steps
}

/// The information of an item whose chance is even, at slope 1.
const MOST_INFORMATION: f64 = 0.25;
