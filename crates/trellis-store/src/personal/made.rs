//! The columns of what people made: work of learners, projects, and what teachers share.

use super::kinds::Kind;
use super::table::{CONTENT, Erasing, Given, ID_OF_NOBODY, PLACE, Table, Whose, is, no};

pub(super) const ARTIFACT: Table = Table {
    name: "artifact",
    whose: &[Whose::Is("learner")],
    erasing: Erasing::Rows,
    columns: &[
        is("id", Kind::Portfolio, Given::Id),
        is("learner", Kind::Portfolio, Given::Id),
        is("made_at", Kind::Portfolio, Given::Moment),
        is("changed_at", Kind::Portfolio, Given::Moment),
        is("title", Kind::Portfolio, Given::AsIs),
        is("said", Kind::Portfolio, Given::AsIs),
        is("reflection", Kind::Portfolio, Given::AsIs),
        is("competencies", Kind::Portfolio, Given::AsIs),
        is("file", Kind::Portfolio, Given::Id),
        is("with_school", Kind::Portfolio, Given::AsIs),
        is("with_family", Kind::Portfolio, Given::AsIs),
    ],
};

pub(super) const ARTIFACT_WORD: Table = Table {
    name: "artifact_word",
    whose: &[Whose::Is("learner"), Whose::Acts("by")],
    erasing: Erasing::Rows,
    columns: &[
        is("artifact", Kind::Portfolio, Given::Id),
        is("number", Kind::Portfolio, Given::AsIs),
        is("learner", Kind::Portfolio, Given::Id),
        is("by", Kind::Portfolio, Given::Id),
        is("at", Kind::Portfolio, Given::Moment),
        is("said", Kind::Portfolio, Given::AsIs),
    ],
};

pub(super) const PROJECT: Table = Table {
    name: "project",
    whose: &[Whose::Is("by")],
    erasing: Erasing::Keeps(ID_OF_NOBODY),
    columns: &[
        is("id", Kind::Class, Given::Id),
        is("section", Kind::Class, Given::Id),
        is("by", Kind::Class, Given::Id),
        is("at", Kind::Class, Given::Moment),
        no("body", CONTENT),
        is("ended_at", Kind::Class, Given::Moment),
    ],
};

pub(super) const CHECKPOINT_WORK: Table = Table {
    name: "checkpoint_work",
    whose: &[Whose::Is("learner")],
    erasing: Erasing::Rows,
    columns: &[
        is("project", Kind::Work, Given::Id),
        is("learner", Kind::Work, Given::Id),
        is("checkpoint", Kind::Work, Given::AsIs),
        is("at", Kind::Work, Given::Moment),
        is("said", Kind::Work, Given::AsIs),
        is("file", Kind::Work, Given::Id),
    ],
};

pub(super) const SELF_SCORE: Table = Table {
    name: "self_score",
    whose: &[Whose::Is("learner")],
    erasing: Erasing::Rows,
    columns: &[
        is("project", Kind::Work, Given::Id),
        is("learner", Kind::Work, Given::Id),
        is("at", Kind::Work, Given::Moment),
        is("points", Kind::Work, Given::AsIs),
    ],
};

pub(super) const WORK_FILE: Table = Table {
    name: "work_file",
    whose: &[Whose::Is("learner")],
    erasing: Erasing::Rows,
    columns: &[
        is("id", Kind::Work, Given::Id),
        is("learner", Kind::Work, Given::Id),
        is("at", Kind::Work, Given::Moment),
        is("name", Kind::Work, Given::AsIs),
        is("bytes", Kind::Work, Given::File),
    ],
};

pub(super) const SHARED_SET: Table = Table {
    name: "shared_set",
    whose: &[Whose::Is("by")],
    erasing: Erasing::Keeps(ID_OF_NOBODY),
    columns: &[
        is("id", Kind::Class, Given::Id),
        is("by", Kind::Class, Given::Id),
        is("at", Kind::Class, Given::Moment),
        no("title", CONTENT),
        no("word", CONTENT),
        no("competency", CONTENT),
        no("questions", CONTENT),
        is("withdrawn_at", Kind::Class, Given::Moment),
    ],
};

pub(super) const SHARED_COMMENT: Table = Table {
    name: "shared_comment",
    whose: &[Whose::Is("by")],
    erasing: Erasing::Rows,
    columns: &[
        is("shared_set", Kind::Class, Given::Id),
        is("number", Kind::Class, Given::AsIs),
        is("by", Kind::Class, Given::Id),
        is("at", Kind::Class, Given::Moment),
        is("said", Kind::Class, Given::AsIs),
    ],
};

pub(super) const AGREED: Table = Table {
    name: "agreed",
    whose: &[Whose::Is("by")],
    erasing: Erasing::Keeps(ID_OF_NOBODY),
    columns: &[
        no("number", PLACE),
        is("at", Kind::Class, Given::Moment),
        is("by", Kind::Class, Given::Id),
        no("reason", CONTENT),
        no("body", CONTENT),
    ],
};
