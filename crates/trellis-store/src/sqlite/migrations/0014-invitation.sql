-- An invitation on paper, by which an adult chooses a login name and a password: the name that it carries, and a hash of its
-- secret, which nobody keeps. It is gone once it was used.
CREATE TABLE invitation (
    person BLOB PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
