-- In which format the learners' states are written. Another program version may keep them otherwise: then they are folded
-- again from the journal when the database is opened.
CREATE TABLE fold_format (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
