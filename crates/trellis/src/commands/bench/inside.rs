//! The same answers without HTTP: begun and given through the store's one door.

use std::error::Error;
use std::time::{Duration, Instant};

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::framework::InterestId;
use trellis_core::id::{AnswerId, AttemptId, PersonId, time_ordered};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_sim::{Random, right_response};
use trellis_store::Store;

use super::process::own_cpu;
use super::school::together;

/// What the store did.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) answers: u64,
    pub(super) wall: Duration,
    pub(super) cpu: Option<Duration>,
}

fn own(person: PersonId) -> Actor {
    Actor {
        person,
        role: Role::Learner,
    }
}

/// Each learner begins the first stop of the day, then all answer at once; only the answering is measured.
pub(super) fn answer(
    store: &Store,
    learners: &[PersonId],
    rounds: usize,
    now: Timestamp,
    random: &mut Random,
) -> Result<Inside, Box<dyn Error>> {
    let mut total = Inside {
        answers: 0,
        wall: Duration::ZERO,
        cpu: Some(Duration::ZERO),
    };
    for _ in 0..rounds {
        let mut id = || {
            time_ordered(
                now.0,
                u128::from(random.next_u64()) << 64 | u128::from(random.next_u64()),
            )
        };
        let begin = learners.iter().map(|learner| {
            let command = Command::Start {
                learner: *learner,
                attempt: AttemptId(id()),
                competency: None,
                purpose: Purpose::Learn,
                item: None,
            };
            (own(*learner), command)
        });
        together(store, now, begin)?;
        let mut answers = Vec::with_capacity(learners.len());
        for learner in learners {
            answers.push((own(*learner), right_answer(store, *learner, id())?));
        }
        let (cpu, begun) = (own_cpu(), Instant::now());
        total.answers += together(store, now, answers.into_iter())?;
        total.wall += begun.elapsed();
        let used = own_cpu().zip(cpu).map(|(after, before)| after - before);
        total.cpu = total.cpu.zip(used).map(|(sum, used)| sum + used);
    }
    Ok(total)
}

/// The right answer to the attempt that a learner began last.
fn right_answer(store: &Store, learner: PersonId, id: u128) -> Result<Command, Box<dyn Error>> {
    let state = store.learner_state(learner)?;
    let open = state.open.last().ok_or("nothing was begun")?;
    let catalog = store.catalog();
    let interest = open.interest.as_ref().map(InterestId::as_str);
    let variant = catalog
        .item(&open.item)
        .ok_or("an item was lost")?
        .variant(open.seed, interest)
        .map_err(|fault| fault.to_string())?;
    Ok(Command::Respond {
        learner,
        attempt: open.id,
        answer: AnswerId(id),
        response: right_response(&variant),
        elapsed_ms: 30_000,
        said_at: None,
    })
}
