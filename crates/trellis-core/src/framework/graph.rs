//! The graph of competencies: lookups, order, circles and what cannot be reached.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{CompetencyId, FrameworkId};

/// Something a learner can do: one node of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competency {
    /// Unique in its framework.
    pub id: CompetencyId,
    /// A short name, at most 40 characters in shipped courses.
    pub title: String,
    /// To a student: "I can ...".
    pub can: String,
    /// To a family, in plain words.
    pub family: String,
    /// Five minutes that a family can do at home.
    pub home: String,
    /// Codes of the published standards, such as "4.NF.A.1".
    pub codes: Vec<String>,
}

/// How two competencies are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AssociationKind {
    /// `from` comes before `to`: a prerequisite.
    ComesBefore,
    /// `from` is a part of `to`.
    PartOf,
    /// Both name the same ability in different frameworks.
    SameAs,
}

/// A typed link between two competencies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Association {
    /// Where the link starts.
    pub from: CompetencyId,
    /// Where it ends.
    pub to: CompetencyId,
    /// What it says.
    pub kind: AssociationKind,
}

/// What is wrong with a graph of competencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphFault {
    /// Two competencies share an id.
    Duplicate(CompetencyId),
    /// A link names a competency that does not exist.
    Unknown {
        /// The competency that has the link.
        of: CompetencyId,
        /// The id that is unknown.
        unknown: CompetencyId,
    },
    /// Competencies that come before each other, in order; the last comes before the first.
    Circle(Vec<CompetencyId>),
    /// A competency that a learner can never start: something before it is in a circle or unknown.
    Unreachable(CompetencyId),
}

/// A published set of competencies with their links; sorted by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Its id.
    pub id: FrameworkId,
    /// Its name.
    pub title: String,
    competencies: Vec<Competency>,
    associations: Vec<Association>,
}

impl Framework {
    /// Sorts and keeps competencies and links. Of two competencies with one id the first stays.
    /// Links to unknown competencies are kept out of the graph. Returns what was wrong.
    #[must_use]
    pub fn new(
        id: FrameworkId,
        title: String,
        competencies: Vec<Competency>,
        associations: Vec<Association>,
    ) -> (Self, Vec<GraphFault>) {
        let mut faults = Vec::new();
        let mut by_id: BTreeMap<CompetencyId, Competency> = BTreeMap::new();
        for competency in competencies {
            if by_id.contains_key(&competency.id) {
                faults.push(GraphFault::Duplicate(competency.id));
            } else {
                by_id.insert(competency.id.clone(), competency);
            }
        }
        let mut kept = BTreeSet::new();
        let mut broken = BTreeSet::new();
        for link in associations {
            match (by_id.contains_key(&link.from), by_id.contains_key(&link.to)) {
                (true, true) => {
                    kept.insert(link);
                }
                (false, _) => {
                    if link.kind == AssociationKind::ComesBefore {
                        broken.insert(link.to.clone());
                    }
                    faults.push(GraphFault::Unknown {
                        of: link.to,
                        unknown: link.from,
                    });
                }
                (true, false) => faults.push(GraphFault::Unknown {
                    of: link.from,
                    unknown: link.to,
                }),
            }
        }
        let framework = Self {
            id,
            title,
            competencies: by_id.into_values().collect(),
            associations: kept.into_iter().collect(),
        };
        faults.extend(framework.order_faults(&broken));
        (framework, faults)
    }

    /// All competencies, sorted by id.
    #[must_use]
    pub fn competencies(&self) -> &[Competency] {
        &self.competencies
    }

    /// All links, sorted.
    #[must_use]
    pub fn associations(&self) -> &[Association] {
        &self.associations
    }

    /// A competency by id.
    #[must_use]
    pub fn competency(&self, id: &CompetencyId) -> Option<&Competency> {
        let found = self.competencies.binary_search_by(|c| c.id.cmp(id)).ok()?;
        self.competencies.get(found)
    }

    /// The competencies that come directly before this one.
    pub fn before<'a>(&'a self, id: &'a CompetencyId) -> impl Iterator<Item = &'a CompetencyId> {
        self.associations
            .iter()
            .filter(move |a| a.kind == AssociationKind::ComesBefore && a.to == *id)
            .map(|a| &a.from)
    }

    /// The competencies that come directly after this one.
    pub fn after<'a>(&'a self, id: &'a CompetencyId) -> impl Iterator<Item = &'a CompetencyId> {
        self.associations
            .iter()
            .filter(move |a| a.kind == AssociationKind::ComesBefore && a.from == *id)
            .map(|a| &a.to)
    }

    /// Everything that must come before this competency, near or far.
    #[must_use]
    pub fn all_before(&self, id: &CompetencyId) -> BTreeSet<CompetencyId> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&CompetencyId> = self.before(id).collect();
        while let Some(next) = open.pop() {
            if seen.insert(next.clone()) {
                open.extend(self.before(next));
            }
        }
        seen
    }

    /// All competencies so that each follows what comes before it; ties by id.
    /// Those in or behind a circle are left out.
    #[must_use]
    pub fn topological_order(&self) -> Vec<CompetencyId> {
        let mut waiting: BTreeMap<&CompetencyId, usize> =
            self.competencies.iter().map(|c| (&c.id, 0)).collect();
        for link in &self.associations {
            if link.kind == AssociationKind::ComesBefore {
                *waiting.entry(&link.to).or_default() += 1;
            }
        }
        let mut ready: BTreeSet<&CompetencyId> = waiting
            .iter()
            .filter(|(_, count)| **count == 0)
            .map(|(id, _)| *id)
            .collect();
        let mut order = Vec::with_capacity(self.competencies.len());
        while let Some(next) = ready.pop_first() {
            order.push(next.clone());
            for follower in self.after(next) {
                if let Some(count) = waiting.get_mut(follower) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        ready.insert(follower);
                    }
                }
            }
        }
        order
    }

    /// Circles of prerequisites: each is one way round, starting at its smallest id.
    #[must_use]
    pub fn circles(&self) -> Vec<Vec<CompetencyId>> {
        let mut found: BTreeSet<Vec<CompetencyId>> = BTreeSet::new();
        let mut done: BTreeSet<CompetencyId> = self.topological_order().into_iter().collect();
        for competency in &self.competencies {
            if done.contains(&competency.id) {
                continue;
            }
            // Walk back along unfinished prerequisites until a competency repeats: that is a circle.
            let mut path: Vec<CompetencyId> = alloc::vec![competency.id.clone()];
            while let Some(here) = path.last().cloned() {
                let Some(back) = self.before(&here).find(|id| !done.contains(*id)) else {
                    break;
                };
                if let Some(start) = path.iter().position(|id| id == back) {
                    let mut circle: Vec<CompetencyId> = path.split_off(start);
                    circle.reverse();
                    let smallest = circle
                        .iter()
                        .enumerate()
                        .min_by_key(|(_, id)| (*id).clone())
                        .map_or(0, |(at, _)| at);
                    circle.rotate_left(smallest);
                    found.insert(circle);
                    break;
                }
                path.push(back.clone());
            }
            done.insert(competency.id.clone());
        }
        found.into_iter().collect()
    }

    /// The circle that a prerequisite would close, in order and beginning with `then`; `None` where it closes none.
    #[must_use]
    pub fn circle_closed_by(
        &self,
        first: &CompetencyId,
        then: &CompetencyId,
    ) -> Option<Vec<CompetencyId>> {
        let mut came_from: BTreeMap<&CompetencyId, &CompetencyId> = BTreeMap::new();
        let mut open = alloc::vec![then];
        while let Some(here) = open.pop() {
            if here == first {
                let mut circle = alloc::vec![here.clone()];
                let mut at = here;
                while let Some(earlier) = came_from.get(at) {
                    circle.push((*earlier).clone());
                    at = earlier;
                }
                circle.reverse();
                return Some(circle);
            }
            let follows = self.associations.iter();
            let follows = follows
                .filter(|link| link.kind == AssociationKind::ComesBefore && link.from == *here);
            for link in follows {
                if link.to != *then && !came_from.contains_key(&link.to) {
                    came_from.insert(&link.to, here);
                    open.push(&link.to);
                }
            }
        }
        None
    }

    /// Whether one competency comes directly before another.
    #[must_use]
    pub fn comes_before(&self, first: &CompetencyId, then: &CompetencyId) -> bool {
        self.before(then).any(|before| before == first)
    }

    /// Adds or takes away a prerequisite. One that names a competency of another framework, or that would close a circle,
    /// is left out.
    pub fn set_before(&mut self, first: &CompetencyId, then: &CompetencyId, holds: bool) {
        let link = Association {
            from: first.clone(),
            to: then.clone(),
            kind: AssociationKind::ComesBefore,
        };
        match (self.associations.binary_search(&link), holds) {
            (Ok(place), false) => {
                self.associations.remove(place);
            }
            (Err(place), true) => {
                let known = self.competency(first).is_some() && self.competency(then).is_some();
                if known && self.circle_closed_by(first, then).is_none() {
                    self.associations.insert(place, link);
                }
            }
            _ => {}
        }
    }

    fn order_faults(&self, broken: &BTreeSet<CompetencyId>) -> Vec<GraphFault> {
        let circles = self.circles();
        let in_circle: BTreeSet<&CompetencyId> = circles.iter().flatten().collect();
        let order: BTreeSet<CompetencyId> = self.topological_order().into_iter().collect();
        let mut faults = Vec::new();
        for competency in &self.competencies {
            let id = &competency.id;
            let blocked = !order.contains(id)
                || self
                    .all_before(id)
                    .iter()
                    .any(|earlier| broken.contains(earlier));
            if blocked && !in_circle.contains(id) {
                faults.push(GraphFault::Unreachable(id.clone()));
            }
        }
        faults.extend(circles.into_iter().map(GraphFault::Circle));
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec;

    fn id(text: &str) -> CompetencyId {
        CompetencyId::new(text).unwrap()
    }

    fn graph(names: &[&str], links: &[(&str, &str)]) -> (Framework, Vec<GraphFault>) {
        let competencies = names
            .iter()
            .map(|name| Competency {
                id: id(name),
                title: name.to_string(),
                can: String::new(),
                family: String::new(),
                home: String::new(),
                codes: vec![],
            })
            .collect();
        let links = links
            .iter()
            .map(|(from, to)| Association {
                from: id(from),
                to: id(to),
                kind: AssociationKind::ComesBefore,
            })
            .collect();
        Framework::new(
            FrameworkId::new("f").unwrap(),
            "F".into(),
            competencies,
            links,
        )
    }

    fn words(ids: &[CompetencyId]) -> Vec<&str> {
        ids.iter().map(CompetencyId::as_str).collect()
    }

    #[test]
    fn order_follows_prerequisites_and_ties_go_by_id() {
        let (f, faults) = graph(&["c", "a", "b", "d"], &[("c", "a"), ("a", "d"), ("b", "d")]);
        assert!(faults.is_empty());
        assert_eq!(words(&f.topological_order()), ["b", "c", "a", "d"]);
        assert_eq!(f.all_before(&id("d")).len(), 3);
        assert_eq!(
            words(&f.after(&id("c")).cloned().collect::<Vec<_>>()),
            ["a"]
        );
        assert!(f.competency(&id("b")).is_some());
        assert!(f.competency(&id("x")).is_none());
    }

    #[test]
    fn a_link_that_would_close_a_circle_is_left_out_and_the_circle_is_named() {
        let (mut all, faults) = graph(&["a", "b", "c", "d"], &[("a", "b"), ("b", "c"), ("a", "d")]);
        assert_eq!(faults, []);
        let named = |circle: Option<Vec<CompetencyId>>| {
            let circle = circle.unwrap_or_default();
            let names: Vec<&str> = circle.iter().map(CompetencyId::as_str).collect();
            names.join(" ")
        };
        for (first, then, circle) in [
            ("c", "a", "a b c"),
            ("b", "a", "a b"),
            ("a", "a", "a"),
            ("a", "c", ""),
            ("d", "c", ""),
        ] {
            assert_eq!(named(all.circle_closed_by(&id(first), &id(then))), circle);
            let mut with = all.clone();
            with.set_before(&id(first), &id(then), true);
            assert_eq!(with.comes_before(&id(first), &id(then)), circle.is_empty());
            assert_eq!(with.circles(), Vec::<Vec<CompetencyId>>::new());
            with.set_before(&id(first), &id(then), false);
            assert_eq!(with, all, "and taken away again");
        }
        all.set_before(&id("a"), &id("x"), true);
        assert_eq!(all.associations().len(), 3, "of another framework");
        all.set_before(&id("a"), &id("b"), false);
        assert!(all.circle_closed_by(&id("c"), &id("a")).is_none());
    }

    #[test]
    fn a_circle_is_named_in_order_and_what_waits_for_it_is_unreachable() {
        let (_, faults) = graph(
            &["a", "b", "c", "d"],
            &[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")],
        );
        assert_eq!(
            faults,
            [
                GraphFault::Unreachable(id("d")),
                GraphFault::Circle(vec![id("a"), id("b"), id("c")])
            ]
        );
    }

    #[test]
    fn what_waits_for_an_unknown_competency_is_reported() {
        let (_, faults) = graph(&["a", "b"], &[("ghost", "a"), ("a", "b")]);
        assert_eq!(
            faults,
            [
                GraphFault::Unknown {
                    of: id("a"),
                    unknown: id("ghost")
                },
                GraphFault::Unreachable(id("b"))
            ]
        );
    }

    #[test]
    fn the_first_of_two_with_one_id_stays() {
        let (f, faults) = graph(&["a", "a"], &[("a", "a")]);
        assert_eq!(f.competencies().len(), 1);
        assert_eq!(
            faults,
            [
                GraphFault::Duplicate(id("a")),
                GraphFault::Circle(vec![id("a")])
            ]
        );
    }
}
