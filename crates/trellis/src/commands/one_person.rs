//! The one person that an argument of a command names.

use std::error::Error;

use trellis_core::id::PersonId;
use trellis_store::Store;

/// The person that an argument names.
pub(super) fn find(store: &Store, name: &str) -> Result<PersonId, Box<dyn Error>> {
    if let Some(person) = store.person_by_sourced_id(name)? {
        return Ok(person);
    }
    let id = PersonId::parse(name).ok();
    let known = |id: &PersonId| -> Result<bool, Box<dyn Error>> {
        Ok(store.people()?.iter().any(|person| person.id == *id))
    };
    match id {
        Some(id) if known(&id)? => Ok(id),
        _ => {
            Err(format!("{name}: nobody here has this id. The roster says which there are").into())
        }
    }
}
