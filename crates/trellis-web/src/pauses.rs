//! Lessons that a teacher has paused. Kept in memory alone: a pause is a matter of minutes, says nothing about anybody, and
//! ends with the class session at the latest.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use trellis_core::id::SectionId;
use trellis_core::time::Timestamp;

/// The paused sections, each with the moment at which its class session ends by itself.
#[derive(Debug, Default)]
pub(crate) struct Pauses(Mutex<BTreeMap<SectionId, Timestamp>>);

impl Pauses {
    fn held(&self) -> MutexGuard<'_, BTreeMap<SectionId, Timestamp>> {
        // A map of moments is whole whenever the lock is free.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether any section is paused.
    pub(crate) fn any(&self) -> bool {
        !self.held().is_empty()
    }

    /// Whether a section is paused now.
    pub(crate) fn is_paused(&self, section: SectionId, now: Timestamp) -> bool {
        let held = self.held();
        held.get(&section).is_some_and(|until| *until > now)
    }

    /// Pauses a section until its class session ends.
    pub(crate) fn pause(&self, section: SectionId, until: Timestamp, now: Timestamp) {
        let mut held = self.held();
        held.retain(|_, until| *until > now);
        held.insert(section, until);
    }

    /// Lets a section go on.
    pub(crate) fn go_on(&self, section: SectionId) {
        self.held().remove(&section);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_holds_its_section_until_it_goes_on_or_the_class_ends() {
        let pauses = Pauses::default();
        let (one, other) = (SectionId(1), SectionId(2));
        assert!(!pauses.any());
        pauses.pause(one, Timestamp(100), Timestamp(0));
        assert!(pauses.is_paused(one, Timestamp(99)) && pauses.any());
        assert!(!pauses.is_paused(one, Timestamp(100)));
        assert!(!pauses.is_paused(other, Timestamp(50)));
        pauses.pause(other, Timestamp(300), Timestamp(200));
        assert!(
            !pauses.is_paused(one, Timestamp(0)),
            "it had run out and is gone"
        );
        pauses.go_on(other);
        assert!(!pauses.any());
    }
}
