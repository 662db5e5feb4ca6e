-- Pictures and sounds that items show and play, under the hash of what is in them and an ending.
CREATE TABLE media (
    name TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
