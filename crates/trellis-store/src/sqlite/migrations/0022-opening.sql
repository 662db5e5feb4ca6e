-- That a leader opened the record of a learner for a while, and why. The family reads it.
CREATE TABLE record_opening (
    learner BLOB NOT NULL,
    opened_at INTEGER NOT NULL,
    reader BLOB NOT NULL,
    until INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (learner, opened_at, reader)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_opening_by_time ON record_opening (opened_at);

-- That a leader asked for the records of all learners at once, why, and who agreed.
CREATE TABLE all_records (
    number INTEGER PRIMARY KEY,
    asked_by BLOB NOT NULL,
    asked_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    agreed_by BLOB,
    agreed_at INTEGER
) STRICT;
