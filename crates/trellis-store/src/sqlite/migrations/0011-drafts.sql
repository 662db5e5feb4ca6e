-- Questions that authors write. A draft keeps all its versions; what was published stands among the items, and here with where
-- it came from, so that a course that is imported again does not take it away.
CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    course TEXT NOT NULL,
    competency TEXT NOT NULL,
    changes TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE draft_version (
    draft BLOB NOT NULL,
    number INTEGER NOT NULL,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE authored_item (
    item TEXT PRIMARY KEY,
    course TEXT NOT NULL,
    draft BLOB NOT NULL,
    version INTEGER NOT NULL,
    mix_ups TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX authored_item_by_draft ON authored_item (draft);
