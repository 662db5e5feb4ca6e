//! A computerised adaptive test: items chosen by information within content and exposure limits,
//! ability as a posterior on a grid.

use crate::irt::Item;
use crate::random::Random;
use alloc::vec;
use alloc::vec::Vec;
use libm::{exp, sqrt};

const POINTS: usize = 61;
/// Items that a choice counts one by one.
const MOST_COUNTED: usize = 32;
const EDGE: f64 = 4.0;

fn point(at: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most 60")]
    let at = at as f64;
    -EDGE + 2.0 * EDGE * at / (POINTS - 1) as f64
}

fn nearest(ability: f64) -> usize {
    let place = (ability + EDGE) / (2.0 * EDGE) * (POINTS - 1) as f64 + 0.5;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the grid"
    )]
    let place = place.clamp(0.0, (POINTS - 1) as f64) as usize;
    place
}

/// An item of a bank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BankItem {
    /// How it behaves.
    pub item: Item,
    /// Content area, a small number from 0.
    pub area: u16,
    /// Chance that it is given when chosen, 0 to 1: below 1 it is asked less often than it would
    /// be.
    pub control: f64,
}

/// Items with their order of information at every grid point, made once.
#[derive(Clone, Debug)]
pub struct Bank {
    items: Vec<BankItem>,
    /// For each grid point the items, most informative first.
    orders: Vec<u32>,
    /// Chance of a right answer by item and grid point.
    chances: Vec<f64>,
}

impl Bank {
    /// A bank of these items.
    #[must_use]
    pub fn new(items: Vec<BankItem>) -> Self {
        let mut orders = Vec::with_capacity(items.len() * POINTS);
        for at in 0..POINTS {
            let ability = point(at);
            let mut ranked: Vec<(f64, u32)> = (0..)
                .zip(&items)
                .map(|(place, own)| (own.item.information(ability), place))
                .collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            orders.extend(ranked.iter().map(|entry| entry.1));
        }
        let chances = items
            .iter()
            .flat_map(|own| (0..POINTS).map(|at| own.item.chance(point(at))))
            .collect();
        Self {
            items,
            orders,
            chances,
        }
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether the bank is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// An item, when there is one in this place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&BankItem> {
        self.items.get(place)
    }

    fn ranked(&self, ability: f64) -> &[u32] {
        let at = nearest(ability) * self.items.len();
        &self.orders[at..at + self.items.len()]
    }
}

/// How the next item is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// One of this many of the most informative items, each equally likely; 1 is the best.
    pub among: usize,
    /// How the choice narrows to that: a test begins among more items, when little is known of the person and little is
    /// lost, so that every item of a bank is asked now and then. `None` begins as narrow as it ends.
    pub narrowing: Option<Narrowing>,
    /// Most items from one area; empty for no limit.
    pub most_by_area: Vec<u16>,
}

/// A choice that narrows from question to question, by equal factors, after the idea of the progressive method (Revuelta and
/// Ponsoda, 1998).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Narrowing {
    /// How many of the most informative items the first question is one of.
    pub first_among: usize,
    /// After how many questions the choice is as narrow as [`Selection::among`] has it.
    pub questions: usize,
}

impl Selection {
    /// How many of the most informative items the next question is one of, after so many.
    fn window(&self, asked: usize) -> usize {
        let last = self.among.max(1);
        let Some(narrowing) = self
            .narrowing
            .filter(|n| asked < n.questions && n.first_among > last)
        else {
            return last;
        };
        #[expect(clippy::cast_precision_loss, reason = "counts of items and questions")]
        let (first, left) = (
            narrowing.first_among as f64 / last as f64,
            1.0 - asked as f64 / narrowing.questions as f64,
        );
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two counts"
        )]
        let factor = (libm::pow(first, left) * 1024.0) as usize;
        (last * factor / 1024).max(last)
    }
}

/// When a test is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopRule {
    /// Standard error at which it is precise enough.
    pub standard_error: f64,
    /// A cut and the probability of being on one side of it that decides.
    pub decision: Option<(f64, f64)>,
    /// Most items.
    pub most_items: usize,
}

/// Why a test is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The standard error is small enough.
    Precise,
    /// Ability is above (or not) the cut with the wanted probability.
    Decided {
        /// Whether above.
        above: bool,
    },
    /// The most items were asked.
    Length,
    /// No item is left that the limits allow.
    NothingLeft,
}

/// One person's test.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    posterior: [f64; POINTS],
    used: Vec<u64>,
    by_area: Vec<u16>,
    asked: usize,
    /// Mean of the posterior.
    pub ability: f64,
    /// Its standard deviation.
    pub standard_error: f64,
}

impl Sitting {
    /// A test about to begin; the prior is normal with this mean and deviation (at least 0.1).
    #[must_use]
    pub fn new(bank: &Bank, mean: f64, deviation: f64) -> Self {
        let deviation = deviation.max(0.1);
        let weight = |at: usize| {
            let z = (point(at) - mean) / deviation;
            exp(-0.5 * z * z)
        };
        let mut sitting = Self {
            posterior: core::array::from_fn(weight),
            used: vec![0; bank.len().div_ceil(64)],
            by_area: Vec::new(),
            asked: 0,
            ability: mean,
            standard_error: deviation,
        };
        sitting.summarise();
        sitting
    }

    fn summarise(&mut self) {
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        for (at, weight) in self.posterior.iter().enumerate() {
            let x = point(at);
            total += weight;
            first += weight * x;
            second += weight * x * x;
        }
        if total > 0.0 {
            self.ability = first / total;
            self.standard_error = sqrt((second / total - self.ability * self.ability).max(0.0));
            self.posterior
                .iter_mut()
                .for_each(|weight| *weight /= total);
        }
    }

    fn is_open(&self, bank: &Bank, place: usize, selection: &Selection) -> bool {
        if self.used[place / 64] >> (place % 64) & 1 == 1 {
            return false;
        }
        let area = usize::from(bank.items[place].area);
        let most = selection
            .most_by_area
            .get(area)
            .copied()
            .unwrap_or(u16::MAX);
        self.by_area.get(area).copied().unwrap_or(0) < most
    }

    fn use_up(&mut self, place: usize) {
        self.used[place / 64] |= 1 << (place % 64);
    }

    /// The next item's place; `None` when the limits leave none.
    ///
    /// An item that exposure control turns down is out for the whole sitting, as Sympson and
    /// Hetter (1985) have it; when control has turned down every item left, the best of those
    /// that it turned down in this choice is given, so that a test never ends for that.
    pub fn choose(
        &mut self,
        bank: &Bank,
        selection: &Selection,
        random: &mut Random,
    ) -> Option<usize> {
        let window = selection.window(self.asked);
        let ranked = bank.ranked(self.ability);
        let mut turned_down = None;
        loop {
            let place = self.one_of(window, ranked, bank, selection, random);
            let Some(place) = place else {
                return turned_down;
            };
            if random.chance(bank.items[place].control) {
                return Some(place);
            }
            self.use_up(place);
            turned_down = turned_down.or(Some(place));
        }
    }

    /// One of the first `window` items of `ranked` that are still open, each equally likely.
    fn one_of(
        &self,
        window: usize,
        ranked: &[u32],
        bank: &Bank,
        selection: &Selection,
        random: &mut Random,
    ) -> Option<usize> {
        let open_from = |from: usize| {
            let places = ranked.iter().skip(from).map(|&place| place as usize);
            places.filter(|&place| self.is_open(bank, place, selection))
        };
        if window > MOST_COUNTED {
            // So wide a choice goes by places in the order: walking from one drawn there to the next that is open is as
            // good as counting, and takes no time.
            let from = random.index(window.min(ranked.len()).max(1));
            return open_from(from).next().or_else(|| open_from(0).next());
        }
        let mut candidates = [0_usize; MOST_COUNTED];
        let mut found = 0;
        for (slot, place) in candidates.iter_mut().zip(open_from(0).take(window)) {
            *slot = place;
            found += 1;
        }
        (found > 0).then(|| candidates[random.index(found)])
    }

    /// Takes in the answer to the item in this place; a place that is not in the bank is ignored.
    pub fn answer(&mut self, bank: &Bank, place: usize, correct: bool) {
        let Some(own) = bank.get(place) else { return };
        let chances = &bank.chances[place * POINTS..(place + 1) * POINTS];
        for (weight, p) in self.posterior.iter_mut().zip(chances) {
            *weight *= if correct { *p } else { 1.0 - p };
        }
        self.use_up(place);
        let area = usize::from(own.area);
        if self.by_area.len() <= area {
            self.by_area.resize(area + 1, 0);
        }
        self.by_area[area] += 1;
        self.asked += 1;
        self.summarise();
    }

    /// Whether the test is over, and why.
    #[must_use]
    pub fn is_over(&self, rule: &StopRule) -> Option<StopReason> {
        if self.standard_error <= rule.standard_error {
            return Some(StopReason::Precise);
        }
        if let Some((cut, wanted)) = rule.decision {
            let above = self.chance_above(cut);
            if above >= wanted || 1.0 - above >= wanted {
                return Some(StopReason::Decided {
                    above: above >= wanted,
                });
            }
        }
        (self.asked >= rule.most_items).then_some(StopReason::Length)
    }

    /// The posterior probability of an ability over `cut`.
    #[must_use]
    pub fn chance_above(&self, cut: f64) -> f64 {
        let above = self
            .posterior
            .iter()
            .enumerate()
            .filter(|(at, _)| point(*at) > cut);
        above.map(|(_, weight)| weight).sum()
    }

    /// How many items were asked.
    #[must_use]
    pub const fn asked(&self) -> usize {
        self.asked
    }

    /// Runs a whole test against an answering function.
    pub fn run(
        &mut self,
        bank: &Bank,
        selection: &Selection,
        rule: &StopRule,
        random: &mut Random,
        mut ask: impl FnMut(usize, &mut Random) -> bool,
    ) -> StopReason {
        loop {
            if let Some(reason) = self.is_over(rule) {
                return reason;
            }
            let Some(place) = self.choose(bank, selection, random) else {
                return StopReason::NothingLeft;
            };
            let correct = ask(place, random);
            self.answer(bank, place, correct);
        }
    }
}

/// Exposure controls by which no item is asked in more than a share `most` of tests, by Sympson
/// and Hetter's iteration on a simulated standard normal population.
#[must_use]
pub fn exposure_controls(
    bank: &Bank,
    selection: &Selection,
    rule: &StopRule,
    most: f64,
    persons: u32,
    seed: u64,
) -> Bank {
    let mut bank = bank.clone();
    let (mut best, mut least) = (bank.clone(), f64::INFINITY);
    for round in 0..20_u64 {
        let mut random = Random::labelled(seed.wrapping_add(round), "exposure");
        let mut asked = vec![0_u32; bank.len()];
        for _ in 0..persons {
            let truth = random.normal();
            let mut sitting = Sitting::new(&bank, 0.0, 1.0);
            sitting.run(&bank, selection, rule, &mut random, |place, random| {
                asked[place] += 1;
                random.chance(bank.items[place].item.chance(truth))
            });
        }
        let share = |count: u32| f64::from(count) / f64::from(persons.max(1));
        let highest = share(asked.iter().max().copied().unwrap_or(0));
        if highest < least {
            (best, least) = (bank.clone(), highest);
        }
        for (own, count) in bank.items.iter_mut().zip(asked) {
            // How often it was chosen, whether or not control let it through.
            let chosen = share(count) / own.control.max(1e-6);
            let wanted = if chosen > most {
                0.97 * most / chosen
            } else {
                1.0
            };
            // Half the way, on the scale of logarithms: the full way makes items take turns.
            own.control = sqrt(own.control * wanted);
        }
    }
    best
}
