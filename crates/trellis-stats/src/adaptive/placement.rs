//! Placement on a prerequisite graph: which competencies a learner knows, from few questions.
//!
//! A state is a set of competencies that contains the prerequisites of its members (Doignon and
//! Falmagne's knowledge spaces). States are far too many to list, so a crowd of them stands for
//! the belief; each answer reweighs the crowd, and when few carry the weight the crowd is drawn
//! again and shaken by adding or removing competencies on the fringe (Metropolis moves), so that
//! it follows the belief instead of collapsing.

use crate::probability::logistic;
use crate::random::Random;
use alloc::vec;
use alloc::vec::Vec;
use libm::log;

/// A graph of prerequisites in which every competency comes after those it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Prerequisites {
    before: Vec<Vec<u32>>,
    after: Vec<Vec<u32>>,
    depth: Vec<f64>,
}

impl Prerequisites {
    /// The graph in which competency `k` needs `before[k]`; `None` when a number is not smaller
    /// than the competency's own (which also rules out circles).
    #[must_use]
    pub fn new(before: Vec<Vec<u32>>) -> Option<Self> {
        let mut after = vec![Vec::new(); before.len()];
        let mut depth: Vec<f64> = Vec::with_capacity(before.len());
        for (own, needed) in (0_u32..).zip(&before) {
            let mut deepest: f64 = 0.0;
            for &other in needed {
                if other >= own {
                    return None;
                }
                let place = usize::try_from(other).ok()?;
                after.get_mut(place)?.push(own);
                deepest = deepest.max(depth[place] + 1.0);
            }
            depth.push(deepest);
        }
        Some(Self {
            before,
            after,
            depth,
        })
    }

    /// How many competencies there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.before.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty()
    }
}

/// How placement asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacementOptions {
    /// States that stand for the belief.
    pub crowd: usize,
    /// Chance of a wrong answer by one who knows.
    pub careless: f64,
    /// Chance of a right answer by one who does not.
    pub guess: f64,
    /// Most questions on one competency.
    pub most_each: u8,
    /// Expected share of misjudged competencies at which placement is over.
    pub enough: f64,
    /// Most questions.
    pub most_questions: usize,
}

impl Default for PlacementOptions {
    fn default() -> Self {
        Self {
            crowd: 4096,
            careless: 0.10,
            guess: 0.05,
            most_each: 2,
            enough: 0.03,
            most_questions: 20,
        }
    }
}

/// A placement under way.
#[derive(Clone, Debug)]
pub struct Placement<'a> {
    graph: &'a Prerequisites,
    options: PlacementOptions,
    /// Abilities of the crowd: the prior is that of a state given an ability.
    abilities: Vec<f64>,
    weights: Vec<f32>,
    /// 1 where a state has a competency: one row of the crowd a competency.
    known: Vec<f32>,
    chances: Vec<f64>,
    /// Log-likelihood of the answers so far if the competency is known minus if it is not.
    evidence: Vec<f64>,
    asked: Vec<u8>,
    questions: usize,
}

/// Competencies tried when the crowd is shaken.
const MOVES: usize = 16;

/// Log-odds of knowing a competency of this depth whose prerequisites are known.
fn readiness(ability: f64, depth: f64, layers: f64) -> f64 {
    2.5 + 1.2 * ability - 2.5 * depth / layers
}

impl<'a> Placement<'a> {
    /// A placement about to begin; its crowd is drawn with `random`.
    #[must_use]
    pub fn new(graph: &'a Prerequisites, options: PlacementOptions, random: &mut Random) -> Self {
        let crowd = options.crowd.max(64);
        let mut placement = Self {
            graph,
            options,
            abilities: (0..crowd).map(|_| 1.5 * random.normal()).collect(),
            weights: vec![1.0; crowd],
            known: vec![0.0; crowd * graph.len()],
            chances: vec![0.5; graph.len()],
            evidence: vec![0.0; graph.len()],
            asked: vec![0; graph.len()],
            questions: 0,
        };
        for who in 0..crowd {
            let state = draw_state(graph, placement.abilities[who], random);
            for (skill, known) in state.iter().enumerate() {
                placement.known[skill * crowd + who] = f32::from(u8::from(*known));
            }
        }
        placement.summarise();
        placement
    }

    fn crowd(&self) -> usize {
        self.weights.len()
    }

    fn summarise(&mut self) {
        let crowd = self.crowd();
        let total = lanes_sum(&self.weights, None);
        for (skill, chance) in self.chances.iter_mut().enumerate() {
            let row = &self.known[skill * crowd..(skill + 1) * crowd];
            *chance = (lanes_sum(&self.weights, Some(row)) / total).clamp(0.0, 1.0);
        }
    }

    /// The probability that each competency is known.
    #[must_use]
    pub fn chances(&self) -> &[f64] {
        &self.chances
    }

    /// Whether more questions are not worth asking.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let doubt: f64 = self.chances.iter().map(|p| p.min(1.0 - p)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a count of competencies")]
        let size = self.chances.len().max(1) as f64;
        self.questions >= self.options.most_questions || doubt / size <= self.options.enough
    }

    /// The competency whose answer tells most about the state (mutual information).
    #[must_use]
    pub fn next_question(&self) -> Option<usize> {
        self.next_question_of(|_| true)
    }

    /// As [`Placement::next_question`], among the competencies for which there is something to ask.
    #[must_use]
    pub fn next_question_of(&self, may: impl Fn(usize) -> bool) -> Option<usize> {
        let entropy = |p: f64| {
            let part = |q: f64| if q > 0.0 { -q * log(q) } else { 0.0 };
            part(p) + part(1.0 - p)
        };
        let (careless, guess) = (self.options.careless, self.options.guess);
        let (of_known, of_unknown) = (entropy(careless), entropy(guess));
        let told = |p: f64| {
            let right = p * (1.0 - careless) + (1.0 - p) * guess;
            entropy(right) - p * of_known - (1.0 - p) * of_unknown
        };
        let open =
            (0..self.chances.len()).filter(|&k| self.asked[k] < self.options.most_each && may(k));
        open.max_by(|&a, &b| told(self.chances[a]).total_cmp(&told(self.chances[b])))
    }

    /// Takes in the answer to a question on this competency.
    pub fn answer(&mut self, skill: usize, correct: bool, random: &mut Random) {
        self.answer_guessable(skill, correct, self.options.guess, random);
    }

    /// As [`Placement::answer`], to a question that has its own chance of a right answer by one who does not know.
    pub fn answer_guessable(
        &mut self,
        skill: usize,
        correct: bool,
        guess: f64,
        random: &mut Random,
    ) {
        if skill >= self.chances.len() {
            return;
        }
        let careless = self.options.careless;
        let guess = guess.clamp(0.001, 1.0 - careless);
        let (known, unknown) = if correct {
            (1.0 - careless, guess)
        } else {
            (careless, 1.0 - guess)
        };
        self.evidence[skill] += log(known / unknown);
        self.asked[skill] = self.asked[skill].saturating_add(1);
        self.questions += 1;
        let crowd = self.crowd();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "weights are single precision"
        )]
        let (known, unknown) = (known as f32, unknown as f32);
        let row = &self.known[skill * crowd..(skill + 1) * crowd];
        for (weight, has) in self.weights.iter_mut().zip(row) {
            *weight *= unknown + has * (known - unknown);
        }
        let total = lanes_sum(&self.weights, None);
        let squares = lanes_sum(&self.weights, Some(&self.weights));
        #[expect(clippy::cast_precision_loss, reason = "a few thousand states")]
        let few = total * total / squares < 0.5 * crowd as f64;
        if few {
            self.redraw(random);
        }
        self.summarise();
    }

    /// Draws the crowd again by its weights (systematic resampling) and shakes it.
    fn redraw(&mut self, random: &mut Random) {
        let crowd = self.crowd();
        let total = lanes_sum(&self.weights, None);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand states")]
        let stride = total / crowd as f64;
        let mut target = random.uniform() * stride;
        let (mut passed, mut from) = (f64::from(self.weights[0]), 0);
        let mut origins = Vec::with_capacity(crowd);
        for _ in 0..crowd {
            while passed < target && from + 1 < crowd {
                from += 1;
                passed += f64::from(self.weights[from]);
            }
            origins.push(from);
            target += stride;
        }
        for row in self.known.chunks_exact_mut(crowd) {
            let old = row.to_vec();
            for (to, &from) in row.iter_mut().zip(&origins) {
                *to = old[from];
            }
        }
        let old = self.abilities.clone();
        for (to, &from) in self.abilities.iter_mut().zip(&origins) {
            *to = old[from];
        }
        self.weights.fill(1.0);
        for _ in 0..MOVES {
            let skill = random.index(self.graph.len());
            self.shake(skill, random);
        }
    }

    /// One Metropolis move of every state of the crowd: add or remove this competency where that
    /// leaves a state.
    fn shake(&mut self, skill: usize, random: &mut Random) {
        let crowd = self.crowd();
        let (graph, layers) = (self.graph, self.layers());
        for who in 0..crowd {
            let has = |k: u32| self.known[k as usize * crowd + who] > 0.5;
            let own = self.known[skill * crowd + who] > 0.5;
            let needed = graph.before[skill].iter().all(|&k| has(k));
            let used = graph.after[skill].iter().any(|&k| has(k));
            if !needed || (own && used) {
                continue;
            }
            let ability = self.abilities[who];
            let mut gain = readiness(ability, graph.depth[skill], layers) + self.evidence[skill];
            // Adding makes each competency that waited for this one alone a chance not taken.
            for &next in &graph.after[skill] {
                let mut others = graph.before[next as usize].iter();
                if others.all(|&k| k as usize == skill || has(k)) {
                    let p = logistic(readiness(ability, graph.depth[next as usize], layers));
                    gain += libm::log1p(-p);
                }
            }
            let gain = if own { -gain } else { gain };
            if gain >= 0.0 || random.uniform() < libm::exp(gain) {
                self.known[skill * crowd + who] = if own { 0.0 } else { 1.0 };
            }
        }
    }

    fn layers(&self) -> f64 {
        layers(self.graph)
    }

    /// What the learner is ready for: not known, all prerequisites known, by the likelier side.
    #[must_use]
    pub fn outer_fringe(&self) -> Vec<usize> {
        let knows = |k: usize| self.chances[k] > 0.5;
        let ready = |k: &usize| {
            !knows(*k)
                && self.graph.before[*k]
                    .iter()
                    .all(|&other| knows(other as usize))
        };
        (0..self.graph.len()).filter(ready).collect()
    }
}

fn layers(graph: &Prerequisites) -> f64 {
    graph
        .depth
        .iter()
        .fold(1.0, |most: f64, depth| most.max(*depth))
}

/// A state of a learner of this ability: competencies in order, each where its prerequisites are.
#[must_use]
pub(super) fn draw_state(graph: &Prerequisites, ability: f64, random: &mut Random) -> Vec<bool> {
    let layers = layers(graph);
    let mut state = vec![false; graph.len()];
    for skill in 0..graph.len() {
        let ready = graph.before[skill].iter().all(|&k| state[k as usize]);
        let odds = readiness(ability, graph.depth[skill], layers);
        state[skill] = ready && random.chance(logistic(odds));
    }
    state
}

/// Sum of the products, in eight running sums that a compiler turns into vectors.
fn lanes_sum(weights: &[f32], factors: Option<&[f32]>) -> f64 {
    const LANES: usize = 8;
    let mut sums = [0.0_f32; LANES];
    let mut total = 0.0_f64;
    let (chunks, rest) = weights.as_chunks::<LANES>();
    for (place, chunk) in chunks.iter().enumerate() {
        for lane in 0..LANES {
            let factor = factors.map_or(1.0, |f| f[place * LANES + lane]);
            sums[lane] += chunk[lane] * factor;
        }
    }
    for (at, weight) in rest.iter().enumerate() {
        let factor = factors.map_or(1.0, |f| f[chunks.len() * LANES + at]);
        total += f64::from(weight * factor);
    }
    total + sums.iter().map(|&sum| f64::from(sum)).sum::<f64>()
}
