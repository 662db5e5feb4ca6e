//! How a statement of this crate reads in PostgreSQL. Statements are written so that both engines take them; what
//! remains: the names of parameters, that every key begins with the tenant, the name of bytes, and lists of texts in JSON.

/// A statement for PostgreSQL.
pub(super) fn statement(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut quoted = false;
    for letter in sql.chars() {
        quoted ^= letter == '\'';
        out.push(if letter == '?' && !quoted {
            '$'
        } else {
            letter
        });
    }
    let out = out
        .replace("ON CONFLICT (", "ON CONFLICT (tenant, ")
        .replace(" AS BLOB)", " AS bytea)");
    with_lists(&out)
}

/// `json_each($2)` gives one row a text.
fn with_lists(sql: &str) -> String {
    let mut parts = sql.split("json_each(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (value, rest) = part.split_once(')').unwrap_or((part, ""));
        out.push_str("json_array_elements_text(CAST(");
        out.push_str(value);
        out.push_str(" AS json)) AS each (value)");
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::statement;

    #[test]
    fn statements_read_as_postgresql_wants_them() {
        for (ours, theirs) in [
            (
                "SELECT 1 FROM person WHERE id = ?1 AND role <> 'what?'",
                "SELECT 1 FROM person WHERE id = $1 AND role <> 'what?'",
            ),
            (
                "INSERT INTO a (b) VALUES (?12) ON CONFLICT (b) DO UPDATE SET c = excluded.c",
                "INSERT INTO a (b) VALUES ($12) ON CONFLICT (tenant, b) DO UPDATE SET c = excluded.c",
            ),
            (
                "INSERT INTO a (b) VALUES (?1) ON CONFLICT DO NOTHING",
                "INSERT INTO a (b) VALUES ($1) ON CONFLICT DO NOTHING",
            ),
            (
                "CAST(?1 AS BLOB) IS NOT NULL",
                "CAST($1 AS bytea) IS NOT NULL",
            ),
            (
                "x IN (SELECT value FROM json_each(?2)) AND y",
                "x IN (SELECT value FROM json_array_elements_text(CAST($2 AS json)) AS each (value)) AND y",
            ),
        ] {
            assert_eq!(statement(ours), theirs);
        }
    }
}
