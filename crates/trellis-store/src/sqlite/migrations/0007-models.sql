-- Learner models, each once under the hash of its file, and from which event on which one runs. The second table is a fold
-- of the journal.
CREATE TABLE model (
    hash TEXT PRIMARY KEY,
    version TEXT NOT NULL UNIQUE,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE model_installed (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL
) STRICT;
