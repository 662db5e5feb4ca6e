//! Before a tenant is served from a server: its tables are of this version, and the role that serves can read past no policy.

use crate::db::Connection;
use crate::db::postgres::Address;
use crate::error::StoreError;
use crate::sqlite;

use super::prepare::version;

/// Refuses a database that is not prepared, and a role that could see more than its tenant.
pub(crate) fn check(connection: &Connection, address: &Address) -> Result<(), StoreError> {
    // The role comes first: what follows is about tables, and a strong role may own them.
    let (superuser, bypasses): (bool, bool) = connection.query_row(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let unfenced = |may| StoreError::Unfenced {
        address: address.to_string(),
        may,
    };
    if superuser {
        return Err(unfenced("is a superuser"));
    }
    if bypasses {
        return Err(unfenced("has BYPASSRLS"));
    }
    let newest = sqlite::newest_version();
    match version(connection)? {
        Some(found) if found == newest => {}
        Some(found) if found > newest => {
            return Err(StoreError::Newer {
                path: address.to_string().into(),
                found,
                known: newest,
            });
        }
        _ => {
            return Err(StoreError::Unprepared {
                address: address.to_string(),
            });
        }
    }
    let (owned, open): (i64, i64) = connection.query_row(
        "SELECT count(CASE WHEN pg_has_role(class.relowner, 'MEMBER') THEN 1 END),
           count(CASE WHEN NOT (class.relrowsecurity AND class.relforcerowsecurity)
                   AND class.relname <> 'trellis_schema' THEN 1 END)
         FROM pg_class AS class JOIN pg_namespace AS space ON space.oid = class.relnamespace
         WHERE class.relkind = 'r' AND space.nspname = 'public'",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if owned > 0 {
        return Err(unfenced("owns the tables"));
    }
    if open > 0 {
        return Err(StoreError::Unprepared {
            address: address.to_string(),
        });
    }
    Ok(())
}
