//! Dialect: statements of the store are written so that SQLite and PostgreSQL take them, and so that what speaks PostgreSQL
//! over many machines (Citus, YugabyteDB, CockroachDB) could.

use super::Finding;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "dialect";

/// Where statements stand.
const STORE: &str = "crates/trellis-store/src/";

/// What must not stand there, and what to do instead.
const WORDS: &[(&str, &str)] = &[
    ("INSERT OR ", "say ON CONFLICT, which both engines know"),
    ("REPLACE INTO", "say ON CONFLICT, which both engines know"),
    ("group_concat(", "say string_agg(, which both engines know"),
    ("json_extract(", "read the JSON in Rust"),
    ("zeroblob(", "give the bytes as a parameter"),
    ("AUTOINCREMENT", "count in the statement"),
    ("SERIAL", "count in the statement"),
    ("GENERATED ", "write the column like any other"),
    ("LISTEN ", "read the row of `head`: not every server tells"),
    ("NOTIFY ", "read the row of `head`: not every server tells"),
    ("pg_advisory", "take a row with FOR UPDATE"),
    ("LOCK TABLE", "take a row with FOR UPDATE"),
    ("DEFERRABLE", "write in an order that holds at every step"),
    ("EXCLUDE USING", "a unique key, or a look before the write"),
    ("INHERITS", "tables stand alone"),
    ("CREATE TRIGGER", "the rules are in trellis-core"),
    ("CREATE FUNCTION", "the rules are in trellis-core"),
    ("plpgsql", "the rules are in trellis-core"),
];

/// Findings for words of one dialect.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with(STORE)) {
        for (index, line) in file.text.lines().enumerate() {
            let line = line.trim_start();
            if line.starts_with("//") || line.starts_with("--") {
                continue;
            }
            for (word, instead) in WORDS.iter().filter(|(word, _)| line.contains(word)) {
                let word = word.trim_end();
                let message = format!("{word} is of one dialect: {instead}");
                found.push(Finding::new(&file.path, index + 1, NAME, message));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&[File::new(path, text)]).len()
    }

    #[test]
    fn words_of_one_dialect_fire_in_the_store_alone() {
        let sql =
            "let sql = \"INSERT OR IGNORE INTO a (b) VALUES (?1)\";\nSELECT pg_advisory_lock(1)\n";
        assert_eq!(count("crates/trellis-store/src/a.rs", sql), 2);
        assert_eq!(
            count("crates/trellis-store/src/sqlite/migrations/1.sql", sql),
            2
        );
        assert_eq!(count("crates/trellis-interop/src/a.rs", sql), 0);
    }

    #[test]
    fn what_both_know_and_comments_are_quiet() {
        let sql = "// INSERT OR IGNORE\n-- LISTEN to\n\"INSERT INTO a (b) VALUES (?1) ON CONFLICT DO NOTHING\"\n";
        assert_eq!(count("crates/trellis-store/src/a.rs", sql), 0);
    }
}
