-- A badge that lets a learner into an open class: the name that it carries, and a hash of its secret, which nobody keeps.
CREATE TABLE badge (
    person BLOB PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
