-- A second factor beside a password: codes of an app, with a new one every half minute (RFC 6238), and codes on paper for the day
-- on which the telephone is lost. `last_step` is the newest half minute whose code was used, so that none is used twice.
CREATE TABLE second_factor (
    person BLOB PRIMARY KEY,
    secret BLOB NOT NULL,
    since INTEGER,
    last_step INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
    person BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;

-- Whose password was right, and whose code is still asked for.
CREATE TABLE half_sign_in (
    token_hash BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
