//! Carrying a tenant from one place to another, also from one engine to the other: every row of every table, in one
//! transaction. Then everything is folded again there and compared, and the journal must end with the same chain.

use rusqlite::ToSql;
use rusqlite::types::Value;

use crate::Store;
use crate::db::{Connection, Row};
use crate::error::StoreError;
use crate::head::{self, Head};
use crate::journal;
use crate::personal::{Table, tables};
use crate::place::{self, Place};
use crate::replay::Verified;
use crate::{postgres, private_file, sqlite};

/// How many rows a server gives at a time.
const AT_A_TIME: usize = 2_000;

/// What was carried.
#[derive(Debug)]
pub struct Carried {
    /// The rows of all tables.
    pub rows: u64,
    /// What folding everything again found there.
    pub verified: Verified,
}

/// Carries a tenant. The place that it comes from stays as it is; nobody may be served from it meanwhile, and nobody after, or
/// what they do is missing in the other.
///
/// # Errors
/// [`StoreError::NotEmpty`] when somebody is there already, [`StoreError::InUse`] when a folder is served from; or a place
/// cannot be read or written. Then nothing is there.
pub fn carry(from: &Place, to: &Place) -> Result<Carried, StoreError> {
    // Brings it to this version first.
    drop(Store::open_in(from, false)?);
    let _nobody_serves = match from {
        Place::Folder(dir) => Some(sqlite::lock(dir)?),
        Place::Server(_) => None,
    };
    let source = from.reader()?;
    source.begin_reading()?;
    let tip = journal::follow_chain(&source)?;
    let rows = put(&source, to)?;
    source.end_reading()?;
    let store = Store::open_in(to, false)?;
    let verified = store.verify(|_| {})?;
    if store.read(journal::tip)? != tip {
        return Err(StoreError::Corrupt(format!(
            "the journal in {to} does not end where that of {from} does"
        )));
    }
    Ok(Carried { rows, verified })
}

/// Puts every row into a place in which nothing is.
fn put(source: &Connection, to: &Place) -> Result<u64, StoreError> {
    let (_lock, mut target) = match to {
        Place::Folder(dir) => {
            private_file::make_folder(dir).map_err(|source| StoreError::File {
                path: dir.clone(),
                source,
            })?;
            (Some(sqlite::lock(dir)?), sqlite::open_writer(dir, true)?)
        }
        Place::Server(address) => {
            let connection = place::connect(address)?;
            postgres::check(&connection, address)?;
            head::begin(&connection)?;
            (None, connection)
        }
    };
    let transaction = target.transaction()?;
    let before = match transaction.is_shared() {
        true => Some(head::take(&transaction)?),
        false => None,
    };
    for table in tables() {
        let sql = format!("SELECT 1 FROM {} LIMIT 1", table.name);
        if transaction.prepare(&sql)?.exists([])? {
            return Err(StoreError::NotEmpty {
                place: to.to_string(),
            });
        }
    }
    let mut rows = 0;
    for table in tables() {
        rows += copy(source, &transaction, table)?;
    }
    if let Some(before) = before {
        let after = Head {
            tip: journal::tip(&transaction)?,
            people: before.people + 1,
            content: before.content + 1,
        };
        head::write(&transaction, &after)?;
    }
    transaction.commit()?;
    Ok(rows)
}

/// Copies a table.
fn copy(source: &Connection, target: &Connection, table: &Table) -> Result<u64, StoreError> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let places: Vec<String> = (1..=names.len()).map(|place| format!("?{place}")).collect();
    let columns = names.join(", ");
    let mut insert = target.prepare(&format!(
        "INSERT INTO {} ({columns}) VALUES ({})",
        table.name,
        places.join(", ")
    ))?;
    let mut take = |row: Row<'_>| -> Result<(), StoreError> {
        let values = (0..names.len()).map(|place| Ok(row.get_ref(place)?.try_into()?));
        let values = values.collect::<Result<Vec<Value>, crate::db::Error>>()?;
        let values: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
        Ok(insert.write(values.as_slice())?)
    };
    let select = format!("SELECT {columns} FROM {}", table.name);
    if !source.is_shared() {
        return each(source, &select, &mut take);
    }
    // A server would send the whole table at once.
    let cursor = format!("carried_{}", table.name);
    source.execute(
        &format!("DECLARE {cursor} NO SCROLL CURSOR FOR {select}"),
        [],
    )?;
    let mut rows = 0;
    loop {
        let some = each(
            source,
            &format!("FETCH {AT_A_TIME} FROM {cursor}"),
            &mut take,
        )?;
        if some == 0 {
            break;
        }
        rows += some;
    }
    source.execute(&format!("CLOSE {cursor}"), [])?;
    Ok(rows)
}

/// Takes every row of a statement, and counts them.
fn each(
    source: &Connection,
    sql: &str,
    take: &mut impl FnMut(Row<'_>) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let mut statement = source.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        take(row)?;
        count += 1;
    }
    Ok(count)
}
