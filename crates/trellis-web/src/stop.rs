//! The rule that takes back what the system decides alone for a class, looked at each time that the class is opened.

use trellis_core::command::Command;
use trellis_core::id::SectionId;
use trellis_core::plan::Mode;
use trellis_core::plan::trust::Trust;
use trellis_store::Viewer;
use trellis_store::read::SectionView;

use crate::app::App;
use crate::error::PageError;

/// The mode of most students of a section: all of them, unless somebody joined since.
pub(crate) fn mode_of(view: &SectionView) -> Mode {
    let count = |mode: Mode| {
        let learners = view.learners.iter();
        learners.filter(|one| one.state.mode == mode).count()
    };
    // Of equals the one that decides less.
    let least_first = Mode::ALL.into_iter().rev();
    least_first
        .max_by_key(|mode| count(*mode))
        .unwrap_or_default()
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
