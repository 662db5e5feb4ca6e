//! The migrations as PostgreSQL takes them. There is one text of each for both engines; here every table gets the tenant,
//! first in each of its keys, and a policy that shows a session the rows of its own tenant and no others.

/// The tenant of the session's transaction. Without one the statement fails.
const TENANT: &str = "(SELECT current_setting('trellis.tenant')::bigint)";

/// Where each tenant stands; see `head.rs`.
pub(super) const HEAD: &str = "CREATE TABLE head (
    one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    seq INTEGER NOT NULL,
    chain BLOB NOT NULL,
    people INTEGER NOT NULL,
    content INTEGER NOT NULL
) STRICT;
";

/// A migration for PostgreSQL.
pub(super) fn translated(migration: &str) -> String {
    let mut out = String::new();
    let mut table: Option<Table> = None;
    for line in migration.lines() {
        let line = line.trim();
        if line.starts_with("--") || line.is_empty() {
            continue;
        }
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = Some(Table::new(rest.trim_end_matches([' ', '('])));
        } else if line.starts_with(')') {
            if let Some(table) = table.take() {
                out.push_str(&table.finished());
            }
        } else if let Some(table) = &mut table {
            table.take(line.trim_end_matches(','));
        } else {
            out.push_str(&outside(line));
            out.push('\n');
        }
    }
    out
}

/// A line that stands in no table: an index begins with the tenant too.
fn outside(line: &str) -> String {
    let is_index = line.starts_with("CREATE INDEX ") || line.starts_with("CREATE UNIQUE INDEX ");
    if is_index {
        return line.replacen('(', "(tenant, ", 1);
    }
    typed(line)
}

/// The types of PostgreSQL. Texts are in the order of their bytes, as everywhere in Trellis.
fn typed(column: &str) -> String {
    let words = column.split(' ').map(|word| {
        let (word, end) = match word.strip_suffix(';') {
            Some(word) => (word, ";"),
            None => (word, ""),
        };
        let word = match word {
            "INTEGER" => "bigint",
            "BLOB" => "bytea",
            "TEXT" => "text COLLATE \"C\"",
            "REAL" => "double precision",
            other => other,
        };
        format!("{word}{end}")
    });
    words.collect::<Vec<_>>().join(" ")
}

struct Table {
    name: String,
    lines: Vec<String>,
    keys: Vec<String>,
}

impl Table {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            lines: vec![format!(
                "tenant bigint NOT NULL DEFAULT {}",
                TENANT_OF_DEFAULT
            )],
            keys: Vec::new(),
        }
    }

    fn take(&mut self, line: &str) {
        if let Some(columns) = line.strip_prefix("PRIMARY KEY (") {
            self.keys.push(format!("PRIMARY KEY (tenant, {columns}"));
            return;
        }
        let name = line.split(' ').next().unwrap_or_default();
        let mut line = line.to_owned();
        for (word, instead) in [(" PRIMARY KEY", " NOT NULL"), (" UNIQUE", "")] {
            if line.contains(word) {
                line = line.replacen(word, instead, 1);
                self.keys
                    .push(format!("{} (tenant, {name})", word.trim_start()));
            }
        }
        self.lines.push(typed(&line));
    }

    fn finished(self) -> String {
        let Self { name, lines, keys } = self;
        let all: Vec<String> = lines.into_iter().chain(keys).collect();
        format!(
            "CREATE TABLE {name} (\n    {}\n);\n\
             ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;\n\
             ALTER TABLE {name} FORCE ROW LEVEL SECURITY;\n\
             CREATE POLICY own_tenant ON {name} USING (tenant = {TENANT}) WITH CHECK (tenant = {TENANT});\n",
            all.join(",\n    ")
        )
    }
}

/// The same as [`TENANT`], where no query may stand.
const TENANT_OF_DEFAULT: &str = "(current_setting('trellis.tenant')::bigint)";

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn every_key_begins_with_the_tenant_and_every_table_has_its_policy() {
        let sql = translated(
            "-- A word.\nCREATE TABLE a (\n    id BLOB PRIMARY KEY,\n    name TEXT NOT NULL UNIQUE,\n    by REAL,\n    n INTEGER NOT NULL DEFAULT 0\n) STRICT, WITHOUT ROWID;\n\
             CREATE INDEX a_by_name ON a (name, n) WHERE n IS NOT NULL;\nALTER TABLE a ADD COLUMN salt BLOB;\n\
             CREATE TABLE b (\n    x BLOB NOT NULL,\n    y TEXT NOT NULL,\n    PRIMARY KEY (x, y)\n) STRICT, WITHOUT ROWID;\n",
        );
        for part in [
            "    id bytea NOT NULL,\n    name text COLLATE \"C\" NOT NULL,\n    by double precision,\n    n bigint NOT NULL DEFAULT 0,\n    PRIMARY KEY (tenant, id),\n    UNIQUE (tenant, name)\n);",
            "CREATE INDEX a_by_name ON a (tenant, name, n) WHERE n IS NOT NULL;",
            "ALTER TABLE a ADD COLUMN salt bytea;",
            "    PRIMARY KEY (tenant, x, y)\n);",
            "ALTER TABLE a FORCE ROW LEVEL SECURITY;",
            "CREATE POLICY own_tenant ON b USING (tenant = (SELECT",
        ] {
            assert!(sql.contains(part), "{part}\nis not in\n{sql}");
        }
        assert!(!sql.contains("STRICT") && !sql.contains("--"));
    }
}
