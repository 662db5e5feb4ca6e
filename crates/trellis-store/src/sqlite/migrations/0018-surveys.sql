-- Ready forms that people answer without their names. Who has answered, and on which day, stands in one table; what was answered
-- stands in two others as counts, in no order of time, so that nothing joins them.
CREATE TABLE survey (
    id BLOB PRIMARY KEY,
    form TEXT NOT NULL,
    section BLOB,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    opened_by BLOB NOT NULL,
    settled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_taker (
    survey BLOB NOT NULL,
    person BLOB NOT NULL,
    form TEXT NOT NULL,
    answered_on INTEGER,
    put_off_on INTEGER,
    PRIMARY KEY (survey, person)
) STRICT, WITHOUT ROWID;

-- Of a form that is open, a part is those who are in the same classes; of one that is over, a class, or everybody, of which
-- enough have answered. All others are deleted when it is over.
CREATE TABLE survey_count (
    survey BLOB NOT NULL,
    part TEXT NOT NULL,
    statement INTEGER NOT NULL,
    step INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (survey, part, statement, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_comment (
    survey BLOB NOT NULL,
    said TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (survey, said)
) STRICT, WITHOUT ROWID;
