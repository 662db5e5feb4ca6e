//! The columns of public keys by which people sign in.

use super::kinds::Kind;
use super::table::{Erasing, Given, Table, Whose, is};

pub(super) const PASSKEY: Table = Table {
    name: "passkey",
    whose: &[Whose::Is("person")],
    erasing: Erasing::Rows,
    columns: &[
        is("credential", Kind::Secret, Given::Withheld),
        is("person", Kind::Secret, Given::Id),
        is("name", Kind::Secret, Given::AsIs),
        is("algorithm", Kind::Secret, Given::AsIs),
        is("public_key", Kind::Secret, Given::Withheld),
        is("counter", Kind::Secret, Given::AsIs),
        is("since", Kind::Secret, Given::Moment),
        is("used", Kind::Secret, Given::Moment),
    ],
};

pub(super) const PASSKEY_QUESTION: Table = Table {
    name: "passkey_question",
    whose: &[Whose::Is("person")],
    erasing: Erasing::Rows,
    columns: &[
        is("challenge_hash", Kind::SignIn, Given::Withheld),
        is("person", Kind::SignIn, Given::Id),
        is("until", Kind::SignIn, Given::Moment),
    ],
};
