-- What the district agreed on for all of its classes: each version whole, with who, when and why. The last one holds.
CREATE TABLE agreed (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by BLOB NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
