-- Sets of questions that teachers share with the other teachers of the district, and what these say about them.
CREATE TABLE shared_set (
    id BLOB PRIMARY KEY,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    title TEXT NOT NULL,
    word TEXT NOT NULL,
    competency TEXT NOT NULL,
    questions TEXT NOT NULL,
    withdrawn_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE shared_comment (
    shared_set BLOB NOT NULL,
    number INTEGER NOT NULL,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (shared_set, number)
) STRICT, WITHOUT ROWID;
