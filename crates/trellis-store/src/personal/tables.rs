//! Every column of the database: what it holds about a person, or why it holds nothing.

use super::keys::{PASSKEY, PASSKEY_QUESTION};
use super::kinds::Kind;
use super::made::{
    AGREED, ARTIFACT, ARTIFACT_WORD, CHECKPOINT_WORK, PROJECT, SELF_SCORE, SHARED_COMMENT,
    SHARED_SET, WORK_FILE,
};
use super::table::{
    CONTENT, Column, Erasing, Given, Holds, ID_OF_NOBODY, OF_A_SURVEY, OF_NOBODY, OF_THE_DATABASE,
    PLACE, PROOF, Table, Whose, is, no,
};

const TABLES: &[Table] = &[
    Table {
        name: "event",
        whose: &[Whose::Is("learner"), Whose::Is("actor")],
        erasing: Erasing::Leaves,
        columns: &[
            no("seq", PLACE),
            no("decision", PLACE),
            is("at", Kind::Trace, Given::Moment),
            is("actor", Kind::Trace, Given::Id),
            is("role", Kind::Trace, Given::AsIs),
            is("learner", Kind::Trace, Given::Id),
            is("attempt", Kind::Answer, Given::Id),
            is("kind", Kind::Trace, Given::AsIs),
            Column {
                name: "body",
                holds: Holds::Event,
            },
            no("chain", PROOF),
            no("salt", PROOF),
            no("leaf", PROOF),
        ],
    },
    Table {
        name: "answer",
        whose: &[Whose::Is("learner")],
        erasing: Erasing::Rows,
        columns: &[
            is("learner", Kind::Answer, Given::Id),
            is("answer", Kind::Answer, Given::Id),
            is("decision", Kind::Answer, Given::AsIs),
        ],
    },
    Table {
        name: "learner_state",
        whose: &[Whose::Is("learner")],
        erasing: Erasing::Rows,
        columns: &[
            is("learner", Kind::Estimate, Given::Id),
            is("seq", Kind::Estimate, Given::AsIs),
            is("body", Kind::Estimate, Given::State),
        ],
    },
    Table {
        name: "estimate",
        whose: &[Whose::Is("learner")],
        erasing: Erasing::Rows,
        columns: &[
            is("learner", Kind::Estimate, Given::Id),
            is("competency", Kind::Estimate, Given::AsIs),
            is("level", Kind::Estimate, Given::AsIs),
            is("known", Kind::Estimate, Given::AsIs),
            is("first_tries", Kind::Estimate, Given::AsIs),
            is("last_at", Kind::Estimate, Given::Moment),
            is("mastered_at", Kind::Estimate, Given::Moment),
            is("due_at", Kind::Estimate, Given::Moment),
        ],
    },
    Table {
        name: "class_session",
        whose: &[Whose::Is("opened_by")],
        erasing: Erasing::Keeps(ID_OF_NOBODY),
        columns: &[
            is("section", Kind::Class, Given::Id),
            is("until", Kind::Class, Given::Moment),
            is("opened_by", Kind::Class, Given::Id),
        ],
    },
    Table {
        name: "district",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("one", OF_THE_DATABASE),
            no("name", "the name of the school or district"),
            no("demo", OF_THE_DATABASE),
        ],
    },
    Table {
        name: "person",
        whose: &[Whose::Is("id")],
        erasing: Erasing::Rows,
        columns: &[
            is("id", Kind::Name, Given::Id),
            is("sourced_id", Kind::Name, Given::AsIs),
            is("given_name", Kind::Name, Given::AsIs),
            is("family_name", Kind::Name, Given::AsIs),
            is("role", Kind::Name, Given::AsIs),
            is("left_at", Kind::Name, Given::Moment),
        ],
    },
    Table {
        name: "section",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("id", "a class"),
            no("sourced_id", "the school's id of a class"),
            no("title", "the name of a class"),
            no("course", CONTENT),
            no("class_code", "the code of a class"),
        ],
    },
    Table {
        name: "enrollment",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("section", Kind::Belonging, Given::Id),
            is("person", Kind::Belonging, Given::Id),
            is("role", Kind::Belonging, Given::AsIs),
        ],
    },
    Table {
        name: "guardianship",
        whose: &[Whose::Is("guardian"), Whose::Is("learner")],
        erasing: Erasing::Rows,
        columns: &[
            is("guardian", Kind::Belonging, Given::Id),
            is("learner", Kind::Belonging, Given::Id),
        ],
    },
    Table {
        name: "credential",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Secret, Given::Id),
            is("kind", Kind::Secret, Given::AsIs),
            is("login", Kind::Secret, Given::AsIs),
            is("hash", Kind::Secret, Given::Withheld),
            is("failures", Kind::Secret, Given::AsIs),
        ],
    },
    Table {
        name: "second_factor",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Secret, Given::Id),
            is("secret", Kind::Secret, Given::Withheld),
            is("since", Kind::Secret, Given::Moment),
            is("last_step", Kind::Secret, Given::AsIs),
        ],
    },
    Table {
        name: "recovery_code",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Secret, Given::Id),
            is("hash", Kind::Secret, Given::Withheld),
        ],
    },
    Table {
        name: "half_sign_in",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("token_hash", Kind::SignIn, Given::Withheld),
            is("person", Kind::SignIn, Given::Id),
            is("until", Kind::SignIn, Given::Moment),
        ],
    },
    Table {
        name: "badge",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Secret, Given::Id),
            is("handle", Kind::Secret, Given::AsIs),
            is("hash", Kind::Secret, Given::Withheld),
            is("made_at", Kind::Secret, Given::Moment),
            is("failures", Kind::Secret, Given::AsIs),
        ],
    },
    Table {
        name: "invitation",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Secret, Given::Id),
            is("handle", Kind::Secret, Given::AsIs),
            is("hash", Kind::Secret, Given::Withheld),
            is("until", Kind::Secret, Given::Moment),
        ],
    },
    Table {
        name: "look",
        whose: &[Whose::Is("learner"), Whose::Acts("reader")],
        erasing: Erasing::Rows,
        columns: &[
            is("learner", Kind::Look, Given::Id),
            is("day", Kind::Look, Given::Moment),
            is("reader", Kind::Look, Given::Id),
            is("page", Kind::Look, Given::AsIs),
            is("role", Kind::Look, Given::AsIs),
        ],
    },
    Table {
        name: "record_opening",
        whose: &[Whose::Is("learner"), Whose::Acts("reader")],
        erasing: Erasing::Rows,
        columns: &[
            is("learner", Kind::Look, Given::Id),
            is("opened_at", Kind::Look, Given::Moment),
            is("reader", Kind::Look, Given::Id),
            is("until", Kind::Look, Given::Moment),
            is("reason", Kind::Look, Given::AsIs),
        ],
    },
    Table {
        name: "all_records",
        whose: &[Whose::Is("asked_by"), Whose::Acts("agreed_by")],
        erasing: Erasing::Rows,
        columns: &[
            no("number", "the order of requests"),
            is("asked_by", Kind::Look, Given::Id),
            is("asked_at", Kind::Look, Given::Moment),
            is("reason", Kind::Look, Given::AsIs),
            is("agreed_by", Kind::Look, Given::Id),
            is("agreed_at", Kind::Look, Given::Moment),
        ],
    },
    AGREED,
    PASSKEY,
    PASSKEY_QUESTION,
    SHARED_SET,
    SHARED_COMMENT,
    Table {
        name: "sign_on",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("issuer", Kind::Secret, Given::AsIs),
            is("subject", Kind::Secret, Given::AsIs),
            is("person", Kind::Secret, Given::Id),
            is("since", Kind::Secret, Given::Moment),
        ],
    },
    Table {
        name: "session",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("token_hash", Kind::SignIn, Given::Withheld),
            is("person", Kind::SignIn, Given::Id),
            is("section", Kind::SignIn, Given::Id),
            is("expires_at", Kind::SignIn, Given::Moment),
            is("since", Kind::SignIn, Given::Moment),
            is("seen", Kind::SignIn, Given::Moment),
            is("by_passkey", Kind::SignIn, Given::AsIs),
        ],
    },
    Table {
        name: "course",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("id", CONTENT),
            no("source", CONTENT),
            no("body", CONTENT),
        ],
    },
    Table {
        name: "item",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("id", CONTENT),
            no("course", CONTENT),
            no("place", CONTENT),
            no("body", CONTENT),
        ],
    },
    Table {
        name: "media",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[no("name", CONTENT), no("bytes", CONTENT)],
    },
    Table {
        name: "upload",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Work, Given::Id),
            is("name", Kind::Work, Given::AsIs),
            is("at", Kind::Work, Given::Moment),
            is("bytes", Kind::Work, Given::File),
        ],
    },
    ARTIFACT,
    ARTIFACT_WORD,
    PROJECT,
    CHECKPOINT_WORK,
    SELF_SCORE,
    WORK_FILE,
    Table {
        name: "card_dismissal",
        whose: &[Whose::Is("by"), Whose::Names("card")],
        erasing: Erasing::Rows,
        columns: &[
            is("section", Kind::Class, Given::Id),
            is("card", Kind::Class, Given::AsIs),
            is("by", Kind::Class, Given::Id),
            is("at", Kind::Class, Given::Moment),
            is("reason", Kind::Class, Given::AsIs),
        ],
    },
    Table {
        name: "section_course",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("section", "a class"),
            no("place", CONTENT),
            no("course", CONTENT),
        ],
    },
    Table {
        name: "model",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("hash", OF_THE_DATABASE),
            no("version", OF_THE_DATABASE),
            no("body", "weights and difficulties, no person"),
        ],
    },
    Table {
        name: "model_installed",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[no("seq", OF_THE_DATABASE), no("hash", OF_THE_DATABASE)],
    },
    Table {
        name: "fold_format",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[no("one", OF_THE_DATABASE), no("version", OF_THE_DATABASE)],
    },
    Table {
        name: "curation",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("one", OF_THE_DATABASE),
            no(
                "body",
                "decisions about content, worked out from the journal",
            ),
        ],
    },
    Table {
        name: "matter",
        whose: &[
            Whose::Is("learner"),
            Whose::Is("by"),
            Whose::Acts("answered_by"),
        ],
        erasing: Erasing::Rows,
        columns: &[
            is("id", Kind::Matter, Given::Id),
            is("kind", Kind::Matter, Given::AsIs),
            is("learner", Kind::Matter, Given::Id),
            is("section", Kind::Matter, Given::Id),
            is("competency", Kind::Matter, Given::AsIs),
            is("by", Kind::Matter, Given::Id),
            is("at", Kind::Matter, Given::Moment),
            is("said", Kind::Matter, Given::AsIs),
            is("answered_by", Kind::Matter, Given::Id),
            is("answered_at", Kind::Matter, Given::Moment),
            is("answer", Kind::Matter, Given::AsIs),
        ],
    },
    Table {
        name: "survey",
        whose: &[Whose::Is("opened_by")],
        erasing: Erasing::Keeps(ID_OF_NOBODY),
        columns: &[
            is("id", Kind::Class, Given::Id),
            is("form", Kind::Class, Given::AsIs),
            is("section", Kind::Class, Given::Id),
            is("first_day", Kind::Class, Given::Moment),
            is("last_day", Kind::Class, Given::Moment),
            is("opened_by", Kind::Class, Given::Id),
            no("settled", OF_THE_DATABASE),
        ],
    },
    Table {
        name: "survey_taker",
        whose: &[Whose::Is("person")],
        erasing: Erasing::Rows,
        columns: &[
            is("survey", Kind::Survey, Given::Id),
            is("person", Kind::Survey, Given::Id),
            is("form", Kind::Survey, Given::AsIs),
            is("answered_on", Kind::Survey, Given::Moment),
            is("put_off_on", Kind::Survey, Given::Moment),
        ],
    },
    Table {
        name: "survey_count",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("survey", OF_A_SURVEY),
            no("part", "a class, or classes that some people share"),
            no("statement", OF_NOBODY),
            no("step", OF_NOBODY),
            no("times", OF_NOBODY),
        ],
    },
    Table {
        name: "survey_comment",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("survey", OF_A_SURVEY),
            no("said", "a comment without a name: nothing says whose it is"),
            no("times", OF_NOBODY),
        ],
    },
    Table {
        name: "teaching_group",
        whose: &[Whose::Is("by")],
        erasing: Erasing::Keeps(ID_OF_NOBODY),
        columns: &[
            is("id", Kind::Class, Given::Id),
            is("section", Kind::Class, Given::Id),
            is("competency", Kind::Class, Given::AsIs),
            is("mix_up", Kind::Class, Given::AsIs),
            is("by", Kind::Class, Given::Id),
            is("at", Kind::Class, Given::Moment),
        ],
    },
    Table {
        name: "group_member",
        whose: &[Whose::Is("learner")],
        erasing: Erasing::Rows,
        columns: &[
            is("teaching_group", Kind::Group, Given::Id),
            is("learner", Kind::Group, Given::Id),
            is("place", Kind::Group, Given::AsIs),
            is("why", Kind::Group, Given::AsIs),
            is("mix_up", Kind::Group, Given::AsIs),
            is("times", Kind::Group, Given::AsIs),
            is("right_alone", Kind::Group, Given::AsIs),
        ],
    },
    Table {
        name: "draft",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("id", CONTENT),
            no("course", CONTENT),
            no("competency", CONTENT),
            no("changes", CONTENT),
        ],
    },
    Table {
        name: "draft_version",
        whose: &[Whose::Is("by")],
        erasing: Erasing::Keeps(ID_OF_NOBODY),
        columns: &[
            is("draft", Kind::Class, Given::Id),
            is("number", Kind::Class, Given::AsIs),
            is("by", Kind::Class, Given::Id),
            is("at", Kind::Class, Given::Moment),
            no("text", CONTENT),
        ],
    },
    Table {
        name: "authored_item",
        whose: &[],
        erasing: Erasing::Rows,
        columns: &[
            no("item", CONTENT),
            no("course", CONTENT),
            no("draft", CONTENT),
            no("version", CONTENT),
            no("mix_ups", CONTENT),
        ],
    },
    Table {
        name: "erasure",
        whose: &[Whose::Is("by"), Whose::Is("second")],
        erasing: Erasing::Keeps(ID_OF_NOBODY),
        columns: &[
            no("number", OF_THE_DATABASE),
            is("at", Kind::Erasure, Given::Moment),
            is("by", Kind::Erasure, Given::Id),
            is("second", Kind::Erasure, Given::Id),
            no("events", "how many events were erased"),
            no("rows", "how many rows were erased"),
            no("cleaned", OF_THE_DATABASE),
        ],
    },
    Table {
        name: "erasure_request",
        whose: &[Whose::Is("person"), Whose::Is("asked_by")],
        erasing: Erasing::Rows,
        columns: &[
            is("person", Kind::Erasure, Given::Id),
            is("asked_by", Kind::Erasure, Given::Id),
            is("asked_at", Kind::Erasure, Given::Moment),
        ],
    },
];

/// All tables of the database.
#[must_use]
pub fn tables() -> &'static [Table] {
    TABLES
}

/// The table of this name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
