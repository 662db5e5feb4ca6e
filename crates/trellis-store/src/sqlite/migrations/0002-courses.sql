-- The courses that a teacher chose for a section, the main one first: a fold of the journal. A section without a row
-- takes the course of the roster.
CREATE TABLE section_course (
    section BLOB NOT NULL,
    place INTEGER NOT NULL,
    course TEXT NOT NULL,
    PRIMARY KEY (section, place)
) STRICT, WITHOUT ROWID;
