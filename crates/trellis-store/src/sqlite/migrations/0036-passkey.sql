-- Public keys by which people sign in with a device of theirs (Web Authentication), the questions that wait for an answer, and
-- which sign-ins came of one: there the device itself has asked who sits before it.
CREATE TABLE passkey (
    credential BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    algorithm INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    since INTEGER NOT NULL,
    used INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_person ON passkey (person, since);

CREATE TABLE passkey_question (
    challenge_hash BLOB PRIMARY KEY,
    person BLOB,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE session ADD COLUMN by_passkey INTEGER;
