-- Who of the school looked at something of a learner: once for each reader, kind of page and day, so that it stays small.
CREATE TABLE look (
    learner BLOB NOT NULL,
    day INTEGER NOT NULL,
    reader BLOB NOT NULL,
    page TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (learner, day, reader, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX look_by_day ON look (day);
