-- What people decided about content: a fold of the journal in one row. Without a row nothing was decided.
CREATE TABLE curation (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    body TEXT NOT NULL
) STRICT;
