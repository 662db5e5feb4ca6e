-- Something that a student, a family or a teacher raised and that a person answers. Rows and not events: what people write
-- of their own accord can be erased.
CREATE TABLE matter (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    learner BLOB,
    section BLOB,
    competency TEXT,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    said TEXT NOT NULL,
    answered_by BLOB,
    answered_at INTEGER,
    answer TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_by_learner ON matter (learner, at);
CREATE INDEX matter_by_section ON matter (section, at);
