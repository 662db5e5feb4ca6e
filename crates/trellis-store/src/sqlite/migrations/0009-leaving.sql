-- When the school took somebody off its roster: from then on they are nobody here, and their record waits for its end.
ALTER TABLE person ADD COLUMN left_at INTEGER;
-- Somebody asked that a person is erased; it is done when a second one agrees.
CREATE TABLE erasure_request (
    person BLOB PRIMARY KEY,
    asked_by BLOB NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
