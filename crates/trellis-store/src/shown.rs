//! Courses and items as everybody sees them now. Another machine on the same database may have changed them: each change has
//! a number, and only a later one takes the place of what is shown.

use std::sync::{Arc, PoisonError, RwLock};

use trellis_core::catalog::Catalog;

/// What is shown, with the number of its last change.
#[derive(Debug)]
pub(crate) struct Shown(RwLock<(u64, Arc<Catalog>)>);

impl Shown {
    pub(crate) fn new(catalog: Catalog, change: u64) -> Self {
        Self(RwLock::new((change, Arc::new(catalog))))
    }

    /// As it is now.
    pub(crate) fn now(&self) -> Arc<Catalog> {
        let shown = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shown.1)
    }

    /// The number of the last change.
    pub(crate) fn change(&self) -> u64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).0
    }

    /// From now on everybody sees this content, unless a later change is shown already.
    pub(crate) fn publish(&self, catalog: Arc<Catalog>, change: u64) {
        let mut shown = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if change >= shown.0 {
            *shown = (change, catalog);
        }
    }
}
