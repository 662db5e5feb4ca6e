-- Who signs in at another service: the service, its own name for the person, and who that is here. Linked once by the school's own
-- number for a person, or by the person while signed in; never by an address of mail.
CREATE TABLE sign_on (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person BLOB NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX sign_on_person ON sign_on (person, issuer);
