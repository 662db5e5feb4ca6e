-- What learners make: artifacts that they keep and share by their own choice, and the projects that a teacher gives to a class.
-- How a project was scored stands in the journal.
CREATE TABLE artifact (
    id BLOB PRIMARY KEY,
    learner BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    said TEXT NOT NULL,
    reflection TEXT NOT NULL,
    competencies TEXT NOT NULL,
    file BLOB,
    with_school INTEGER NOT NULL,
    with_family INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX artifact_of ON artifact (learner);

-- What a teacher says about a shared artifact.
CREATE TABLE artifact_word (
    artifact BLOB NOT NULL,
    number INTEGER NOT NULL,
    learner BLOB NOT NULL,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (artifact, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
    id BLOB PRIMARY KEY,
    section BLOB NOT NULL,
    by BLOB NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    ended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX project_of ON project (section);

CREATE TABLE checkpoint_work (
    project BLOB NOT NULL,
    learner BLOB NOT NULL,
    checkpoint INTEGER NOT NULL,
    at INTEGER NOT NULL,
    said TEXT NOT NULL,
    file BLOB,
    PRIMARY KEY (project, learner, checkpoint)
) STRICT, WITHOUT ROWID;

-- How a learner scores their own project. It moves no estimate.
CREATE TABLE self_score (
    project BLOB NOT NULL,
    learner BLOB NOT NULL,
    at INTEGER NOT NULL,
    points TEXT NOT NULL,
    PRIMARY KEY (project, learner)
) STRICT, WITHOUT ROWID;

-- The files of both. Who may see one follows from where it stands.
CREATE TABLE work_file (
    id BLOB PRIMARY KEY,
    learner BLOB NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
