//! The rule that takes back what the system decides alone for a class, looked at each time that the class is opened.

use trellis_core::command::Command;
use trellis_core::id::SectionId;
use trellis_core::people::Role;
use trellis_core::plan::Mode;
use trellis_core::plan::trust::Trust;
use trellis_store::Viewer;
use trellis_store::read::SectionView;

use crate::app::App;
use crate::day;
use crate::error::PageError;

/// The mode of most students of a section: all of them, unless somebody joined since.
pub(crate) fn mode_of(view: &SectionView) -> Mode {
    Mode::of_most(view.learners.iter().map(|one| one.state.mode))
}

/// Sets it for everybody of a section.
pub(crate) async fn set_for_all(
    app: &App,
    viewer: &Viewer,
    view: &SectionView,
    mode: Mode,
    note: &str,
) -> Result<(), PageError> {
    for learner in &view.learners {
        let command = Command::SetMode {
            learner: learner.name.id,
            mode,
            note: note.to_owned(),
        };
        PageError::unless_already_so(app.execute(viewer.actor(), command).await)?;
    }
    Ok(())
}

/// Takes back what the system decided alone when its own calls were too often doubted; says whether it happened.
pub(crate) async fn stop_if_lost(
    app: &App,
    viewer: &Viewer,
    section: SectionId,
) -> Result<bool, PageError> {
    let now = app.now();
    let view = app.store.teacher_today(viewer, section, now)?;
    let trust = Trust::of(view.learners.iter().map(|one| &one.state), now);
    let lost = trust.is_lost() && mode_of(&view) == Mode::Assist;
    if lost {
        let note = app.words.t("mode-stopped-note");
        set_for_all(app, viewer, &view, Mode::Suggest, &note).await?;
    }
    Ok(lost)
}

/// That the class stands back by somebody else's word than the teacher's, in words; nothing where it does not.
pub(crate) fn stood_back(
    app: &App,
    viewer: &Viewer,
    view: &SectionView,
) -> Result<Option<String>, PageError> {
    let mode = mode_of(view);
    let mut learners = view.learners.iter();
    let one = learners.find(|one| one.state.mode == mode && mode != Mode::Assist);
    let Some(one) = one else {
        return Ok(None);
    };
    let found = app.store.stood_back(viewer, one.name.id)?;
    Ok(found.map(|found| {
        let key = match found.by {
            Role::Leader => "mode-stood-back-district",
            _ => "mode-stood-back-rule",
        };
        let day = day::in_words(found.at, &app.words);
        app.words.with(key, &[("day", &day), ("note", &found.note)])
    }))
}
