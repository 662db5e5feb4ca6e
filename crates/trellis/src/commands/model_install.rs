//! Letting a learner model run, and saying which one does.

use std::error::Error;

use trellis_core::model::{RunningModel, Tracing};
use trellis_store::Store;

use super::clock::now;

/// What runs, in a line for the start of a server. A program whose own model cannot be read says so: then each competency
/// is believed by itself, and no question has a difficulty.
pub(super) fn running(model: &RunningModel) -> String {
    let kind = match model.tracing() {
        Tracing::Additive(_) => "the additive model",
        Tracing::Knowledge => "knowledge tracing",
    };
    let version = model.version();
    match RunningModel::shipped() {
        Ok(_) => format!("Learner model: {version}, {kind}."),
        Err(why) => format!(
            "Learner model: {version}, {kind}. The model that ships with this program cannot be read ({why}): get the \
             program anew."
        ),
    }
}

/// Lets a model run from now on; gives the sentence that says from which event.
pub(super) fn install(store: &Store, model: &RunningModel) -> Result<String, Box<dyn Error>> {
    let operator = store
        .operator()?
        .ok_or("nobody in the roster runs the machine, so nobody can install a model")?;
    let (before, version) = (store.catalog(), model.version());
    match store.install_model(model, operator, now()?)? {
        Ok(seq) => Ok(format!(
            "{version} runs from event {seq} on; before it ran {}.",
            before.model().version()
        )),
        Err(_) => Err(format!(
            "a model called {version} runs or was kept before; another needs another name"
        )
        .into()),
    }
}
