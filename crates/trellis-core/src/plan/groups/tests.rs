//! Small classes, and the groups that they give.

use alloc::vec;

use super::*;
use crate::estimate::{CompetencyState, Recent};
use crate::plan::cards::tests::{NOW, answered, catalog, id, learner};

fn formed(states: &[LearnerState], about: Option<&CompetencyId>) -> Vec<Group> {
    let learners: Vec<_> = states.iter().map(|state| (state.learner, state)).collect();
    groups(&learners, &catalog(), about, NOW)
}

fn people(group: &Group) -> Vec<u128> {
    group.members.iter().map(|one| one.learner.0).collect()
}

#[test]
fn who_needs_the_same_sits_together_and_nobody_in_two_places() {
    let wrong = [false; 8];
    let mut states: Vec<LearnerState> = (1..=3)
        .map(|number| learner(number, "compare", &wrong, 1, NOW))
        .collect();
    // Two more begun lately, elsewhere; the third of them in both places.
    states.push(learner(4, "add", &[false, false], 0, NOW));
    states.push(learner(5, "add", &[false; 3], 0, NOW));
    answered(&mut states[2], "add", &[false, false], 0, NOW);
    let found = formed(&states, None);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].competency, id("compare"));
    assert_eq!(people(&found[0]), [1, 2, 3]);
    assert_eq!(found[0].members[0].why.key(), "stuck");
    assert_eq!(found[1].competency, id("add"));
    assert_eq!(people(&found[1]), [4, 5]);
    assert_eq!(
        found[1].members[0].why,
        Why::Begun {
            tries: 2,
            right_alone: 0
        }
    );
    // What is asked for comes first, also when others press more.
    let asked = formed(&states, Some(&id("add")));
    assert_eq!(asked[0].competency, id("add"));
    assert_eq!(people(&asked[0]).len(), 3);
}

#[test]
fn one_alone_is_no_group_unless_it_is_asked_for() {
    let states = [learner(1, "compare", &[false; 8], 1, NOW)];
    assert_eq!(formed(&states, None), vec![]);
    assert_eq!(formed(&states, Some(&id("compare"))).len(), 1);
    assert_eq!(formed(&states, Some(&id("add"))), vec![]);
}

#[test]
fn what_is_known_or_long_ago_needs_no_group() {
    let mut states = vec![
        learner(1, "add", &[true; 8], 0, NOW),
        learner(2, "add", &[true; 8], 0, NOW),
        learner(3, "add", &[false; 8], 0, NOW.plus_days(-9)),
        learner(4, "add", &[false; 8], 0, NOW.plus_days(-9)),
    ];
    assert_eq!(formed(&states, None), vec![]);
    states[2].competencies = vec![CompetencyState {
        first_tries: 8,
        ..CompetencyState::met(id("add"), NOW)
    }];
    states[3].competencies = states[2].competencies.clone();
    assert_eq!(formed(&states, None).len(), 1);
}

#[test]
fn a_shared_mix_up_is_named() {
    let mut states = vec![
        learner(1, "add", &[false, false], 0, NOW),
        learner(2, "add", &[false, false], 0, NOW),
    ];
    let mix_up = MixUpId::new("adds-bottoms").unwrap();
    for state in &mut states {
        for recent in &mut state.recent {
            *recent = Recent {
                mix_up: Some(mix_up.clone()),
                ..recent.clone()
            };
        }
    }
    let found = formed(&states, None);
    assert_eq!(found[0].mix_up, Some(mix_up.clone()));
    assert_eq!(found[0].members[1].why, Why::MixUp { mix_up, times: 2 });
}
