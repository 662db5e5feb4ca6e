//! The store that is shipped, as the contract sees it: in a folder of its own, or on a server.

use trellis_core::context::Actor;
use trellis_core::estimate::LearnerState;
use trellis_core::event::Recorded;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::ReadError;
use trellis_store::{Address, Asked, Import, Mismatch, Outcome, Roster, Store};

use crate::contract::{Engine, Map};
use crate::school::{self, Folder};

/// The store that is shipped.
#[derive(Debug)]
pub(crate) struct Shipped {
    // Before the folder, so that the file is closed before it goes.
    store: Option<Store>,
    place: Place,
}

/// Where it keeps what happened.
#[derive(Debug)]
enum Place {
    Folder(Folder),
    Server(Address),
}

impl Place {
    fn open(&self, create: bool) -> Store {
        match self {
            Self::Folder(folder) => school::open(folder, create),
            Self::Server(address) => Store::open_at(address, create).expect("the server answers"),
        }
    }
}

impl Shipped {
    /// In a folder of its own.
    pub(crate) fn new() -> Self {
        Self::in_place(Place::Folder(Folder::new("contract")))
    }

    /// On a server.
    pub(crate) fn at(address: Address) -> Self {
        Self::in_place(Place::Server(address))
    }

    fn in_place(place: Place) -> Self {
        let store = Some(place.open(true));
        Self { store, place }
    }

    pub(crate) fn store(&self) -> &Store {
        self.store.as_ref().expect("it is open")
    }
}

impl Engine for Shipped {
    fn reopen(&mut self) {
        self.store = None;
        self.store = Some(self.place.open(false));
    }

    fn import(&mut self, import: Import) {
        self.store()
            .import(&school::source(), vec![import])
            .expect("the course is kept");
    }

    fn add_roster(&mut self, roster: Roster) -> bool {
        self.store().add_roster(roster).is_ok()
    }

    fn execute(&mut self, asked: Asked) -> Result<Outcome, Refusal> {
        self.store().execute(asked).expect("the disk works")
    }

    fn sign_in(
        &mut self,
        token: &[u8],
        who: PersonId,
        section: Option<SectionId>,
        now: Timestamp,
        until: Timestamp,
    ) {
        self.store()
            .sign_in(token, who, section, now, until)
            .expect("the disk works");
    }

    fn sign_out(&mut self, token: &[u8]) {
        self.store().sign_out(token).expect("the disk works");
    }

    fn viewer(&mut self, token: &[u8], now: Timestamp) -> Option<(Actor, Option<SectionId>)> {
        let viewer = self.store().viewer(token, now).expect("the disk works");
        viewer.map(|viewer| (viewer.actor(), viewer.section()))
    }

    fn class_map(
        &mut self,
        token: &[u8],
        section: SectionId,
        now: Timestamp,
    ) -> Result<Map, Refusal> {
        let viewer = self.store().viewer(token, now).expect("the disk works");
        let map = match self
            .store()
            .class_map(&viewer.ok_or(Refusal::SignInFirst)?, section)
        {
            Ok(map) => map,
            Err(ReadError::Refused(refusal)) => return Err(refusal),
            Err(ReadError::Failed(error)) => panic!("{error}"),
        };
        let mut cells = map.cells;
        cells
            .iter_mut()
            .for_each(|row| row.sort_by(|a, b| a.0.cmp(&b.0)));
        Ok(map.learners.iter().map(|name| name.id).zip(cells).collect())
    }

    fn state(&mut self, learner: PersonId) -> LearnerState {
        self.store().learner_state(learner).expect("the disk works")
    }

    fn journal(&mut self) -> Vec<Recorded> {
        let last = self.store().last_seq().expect("the disk works").0;
        let mut events: Vec<Recorded> = Vec::new();
        while let next = events.len() as u64 + 1
            && next <= last
        {
            let decision = self
                .store()
                .decision(trellis_core::id::Seq(next))
                .expect("the disk works");
            assert!(!decision.is_empty(), "event {next} is missing");
            events.extend(decision);
        }
        events
    }

    fn verify(&mut self) -> Vec<Mismatch> {
        self.store()
            .verify(|_| {})
            .expect("it can be read")
            .mismatches
    }
}
