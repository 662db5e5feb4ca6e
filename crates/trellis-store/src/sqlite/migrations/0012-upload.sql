-- Files that learners hand in, under the hash of what is in them and an ending. The journal holds the name and the length.
CREATE TABLE upload (
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_by_name ON upload (name);
