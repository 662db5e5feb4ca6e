-- The journal: append-only, the stored truth. `chain` is BLAKE3 over the chain before it and this row.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    decision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor BLOB NOT NULL,
    role TEXT NOT NULL,
    learner BLOB,
    attempt BLOB,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    chain BLOB NOT NULL
) STRICT;
CREATE INDEX event_by_learner ON event (learner, seq) WHERE learner IS NOT NULL;
CREATE INDEX event_by_attempt ON event (attempt, seq) WHERE attempt IS NOT NULL;

-- One row for each response that was ever acknowledged: the same id again gets the first reply again.
CREATE TABLE answer (
    learner BLOB NOT NULL,
    answer BLOB NOT NULL,
    decision INTEGER NOT NULL,
    PRIMARY KEY (learner, answer)
) STRICT, WITHOUT ROWID;

-- Folds of the journal, written in the same transaction, rebuilt and compared by `trellis replay --verify`.
CREATE TABLE learner_state (
    learner BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE estimate (
    learner BLOB NOT NULL,
    competency TEXT NOT NULL,
    level INTEGER NOT NULL,
    known REAL NOT NULL,
    first_tries INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    mastered_at INTEGER,
    due_at INTEGER,
    PRIMARY KEY (learner, competency)
) STRICT, WITHOUT ROWID;
CREATE TABLE class_session (
    section BLOB PRIMARY KEY,
    until INTEGER NOT NULL,
    opened_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The roster. Names stand here and nowhere else.
CREATE TABLE district (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    demo INTEGER NOT NULL
) STRICT;
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    sourced_id TEXT NOT NULL UNIQUE,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    role TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE section (
    id BLOB PRIMARY KEY,
    sourced_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    course TEXT NOT NULL,
    class_code TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE TABLE enrollment (
    section BLOB NOT NULL,
    person BLOB NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (section, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrollment_by_person ON enrollment (person, role);
CREATE TABLE guardianship (
    guardian BLOB NOT NULL,
    learner BLOB NOT NULL,
    PRIMARY KEY (guardian, learner)
) STRICT, WITHOUT ROWID;

-- What lets somebody in: a slow hash of pictures or of a password.
CREATE TABLE credential (
    person BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    login TEXT UNIQUE,
    hash TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- A sign-in: only a hash of the token is kept.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    section BLOB,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Content: courses and items as they were read, by source.
CREATE TABLE course (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE item (
    id TEXT PRIMARY KEY,
    course TEXT NOT NULL,
    place INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_course ON item (course, place);

-- A teacher put a card away, and why.
CREATE TABLE card_dismissal (
    section BLOB NOT NULL,
    card TEXT NOT NULL,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (section, card)
) STRICT, WITHOUT ROWID;
