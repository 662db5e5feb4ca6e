-- A group that a teacher formed, and who is in it and why. How it went is read from the journal.
CREATE TABLE teaching_group (
    id BLOB PRIMARY KEY,
    section BLOB NOT NULL,
    competency TEXT NOT NULL,
    mix_up TEXT,
    by BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX teaching_group_by_section ON teaching_group (section, at);
CREATE TABLE group_member (
    teaching_group BLOB NOT NULL,
    learner BLOB NOT NULL,
    place INTEGER NOT NULL,
    why TEXT NOT NULL,
    mix_up TEXT,
    times INTEGER NOT NULL,
    right_alone INTEGER NOT NULL,
    PRIMARY KEY (teaching_group, learner)
) STRICT, WITHOUT ROWID;
