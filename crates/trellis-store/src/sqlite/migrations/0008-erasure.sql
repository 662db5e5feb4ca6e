-- An event's leaf is a hash over a random salt and what the event says; the chain goes over the leaves. A person who is
-- erased leaves only leaves: nothing can be guessed from one without its salt, and the chain still proves to be whole.
-- Events of before have no salt; their chain goes over what they say.
ALTER TABLE event ADD COLUMN salt BLOB;
ALTER TABLE event ADD COLUMN leaf BLOB;
-- Who was erased is not written down; that somebody was, by whom and when, is.
CREATE TABLE erasure (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by BLOB,
    second BLOB,
    events INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    cleaned INTEGER NOT NULL
) STRICT;
