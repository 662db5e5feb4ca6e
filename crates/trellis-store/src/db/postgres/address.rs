//! Where a tenant's database is: the address that `--database` takes.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The port of PostgreSQL where none is given.
const PORT: u16 = 5432;

/// How the way to the server is kept from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tls {
    /// Not: it leads over this machine alone, or the operator has said so.
    None,
    /// By TLS, and the server must show a certificate for its name.
    Verified {
        /// Whose certificates are trusted, in PEM; those of the system where no file is named.
        roots: Option<PathBuf>,
    },
}

/// A tenant in a PostgreSQL database.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// A name, a number, or the folder of a socket.
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) user: String,
    pub(crate) password: Option<String>,
    pub(crate) database: String,
    /// Which district of the database.
    pub(crate) tenant: u32,
    /// Whether the server may keep statements between transactions. A pooler that gives every transaction another
    /// connection bears none.
    pub(crate) keeps_statements: bool,
    pub(crate) tls: Tls,
}

/// Why a text is no address.
#[derive(Debug, thiserror::Error)]
pub enum BadAddress {
    /// It is not of the form.
    #[error(
        "a database is given as postgres://USER@HOST:PORT/NAME?tenant=NUMBER; in this one, {0}"
    )]
    Form(String),
    /// The file with the password cannot be read.
    #[error("{path}: {source}. Give a file that holds the password and that you may read.", path = path.display())]
    Password {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Without the password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            host,
            port,
            user,
            database,
            tenant,
            ..
        } = self;
        write!(
            f,
            "postgres://{user}@{host}:{port}/{database}?tenant={tenant}"
        )
    }
}

fn form(what: impl Into<String>) -> BadAddress {
    BadAddress::Form(what.into())
}

/// Takes `%2F` and the like for what they stand for.
fn plain(text: &str) -> Result<String, BadAddress> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit(), digit());
        let byte = high
            .zip(low)
            .and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(byte.ok_or_else(|| form("a % stands without two digits after it"))?);
    }
    String::from_utf8(bytes).map_err(|_| form("something is not plain text"))
}

/// Whether the way to a host leads over this machine alone.
fn is_here(host: &str) -> bool {
    let loopback = |address: std::net::IpAddr| address.is_loopback();
    host.starts_with('/') || host == "localhost" || host.parse().is_ok_and(loopback)
}

fn tls(host: &str, mode: Option<&str>, roots: Option<PathBuf>) -> Result<Tls, BadAddress> {
    match mode {
        Some("disable") => Ok(Tls::None),
        None if is_here(host) && roots.is_none() => Ok(Tls::None),
        None | Some("verify-full") if !host.starts_with('/') => Ok(Tls::Verified { roots }),
        None | Some("verify-full") => Err(form("a socket of this machine needs no TLS")),
        Some(other) => Err(form(format!(
            "sslmode={other} leaves open who answers; give sslmode=verify-full, or sslmode=disable where nobody else is on the way"
        ))),
    }
}

impl Address {
    /// Reads `postgres://user:password@host:port/name?tenant=1`. After the question mark may also stand `host=/folder` for
    /// a socket, `user=`, `password-file=`, `statements=each` for a pooler in transaction mode, and as with PostgreSQL's own
    /// programs `sslmode=disable` or `sslmode=verify-full`, and `sslrootcert=FILE`. Without `sslmode` it is `verify-full`
    /// where the way leads to another machine.
    ///
    /// # Errors
    /// [`BadAddress`] that says what is missing or strange.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let rest = text
            .strip_prefix("postgres://")
            .or_else(|| text.strip_prefix("postgresql://"))
            .ok_or_else(|| form("postgres:// is missing"))?;
        let (rest, asked) = rest.split_once('?').unwrap_or((rest, ""));
        let (server, database) = rest
            .split_once('/')
            .ok_or_else(|| form("the name of the database is missing"))?;
        let (who, server) = server.rsplit_once('@').unwrap_or(("", server));
        let (user, password) = match who.split_once(':') {
            Some((user, password)) => (user, Some(plain(password)?)),
            None => (who, None),
        };
        let (host, port) = match server.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                let port = port.parse().map_err(|_| form("the port is no number"))?;
                (host, port)
            }
            _ => (server, PORT),
        };
        let mut address = Self {
            host: plain(host.trim_start_matches('[').trim_end_matches(']'))?,
            port,
            user: plain(user)?,
            password,
            database: plain(database)?,
            tenant: 1,
            keeps_statements: true,
            tls: Tls::None,
        };
        let (mut mode, mut roots) = (None, None);
        let pairs = asked.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        for (name, value) in pairs.collect::<BTreeMap<_, _>>() {
            let value = plain(value)?;
            match name {
                "sslmode" => mode = Some(value),
                "sslrootcert" => roots = Some(PathBuf::from(value)),
                _ => address.set(name, value)?,
            }
        }
        for (what, value) in [
            ("the user is missing", &address.user),
            ("the host is missing", &address.host),
            ("the name of the database is missing", &address.database),
        ] {
            if value.is_empty() {
                return Err(form(what));
            }
        }
        address.tls = tls(&address.host, mode.as_deref(), roots)?;
        Ok(address)
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), BadAddress> {
        match (name, value.as_str()) {
            ("host", _) => self.host = value,
            ("user", _) => self.user = value,
            ("tenant", _) => {
                let number = value.parse().ok().filter(|number| *number > 0);
                self.tenant = number.ok_or_else(|| form("the tenant is no number from 1 on"))?;
            }
            ("statements", "each") => self.keeps_statements = false,
            ("statements", "kept") => self.keeps_statements = true,
            ("password-file", _) => {
                let path = PathBuf::from(value);
                let read = std::fs::read_to_string(&path);
                let read = read.map_err(|source| BadAddress::Password { path, source })?;
                self.password = Some(read.trim_end_matches(['\r', '\n']).to_owned());
            }
            _ => return Err(form(format!("nobody knows {name}={value}"))),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_shown_without_the_password() {
        for (text, shown, password) in [
            (
                "postgres://trellis:se%40cret@db.school:6432/district?tenant=7",
                "postgres://trellis@db.school:6432/district?tenant=7",
                Some("se@cret"),
            ),
            (
                "postgres:///district?host=/run/postgresql&user=trellis",
                "postgres://trellis@/run/postgresql:5432/district?tenant=1",
                None,
            ),
            (
                "postgresql://trellis@[::1]/district?statements=each",
                "postgres://trellis@::1:5432/district?tenant=1",
                None,
            ),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(address.password.as_deref(), password);
            assert!(!format!("{address:?}").contains("cret"));
            assert_eq!(address.keeps_statements, !text.contains("each"));
        }
    }

    #[test]
    fn a_way_to_another_machine_is_secured_unless_somebody_says_otherwise() {
        let roots = Some(PathBuf::from("/etc/ca.pem"));
        for (text, expected) in [
            ("postgres://a@db.school/c", Tls::Verified { roots: None }),
            (
                "postgres://a@db.school/c?sslrootcert=/etc/ca.pem",
                Tls::Verified {
                    roots: roots.clone(),
                },
            ),
            ("postgres://a@192.0.2.1/c", Tls::Verified { roots: None }),
            ("postgres://a@db.school/c?sslmode=disable", Tls::None),
            ("postgres://a@127.0.0.1/c", Tls::None),
            ("postgres://a@[::1]/c", Tls::None),
            ("postgres://a@localhost/c", Tls::None),
            ("postgres:///c?host=/run/postgresql&user=a", Tls::None),
            (
                "postgres://a@localhost/c?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                Tls::Verified { roots },
            ),
        ] {
            assert_eq!(Address::parse(text).unwrap().tls, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (text, why) in [
            ("mysql://a@b/c", "postgres:// is missing"),
            ("postgres://a@b", "the name of the database"),
            ("postgres://a@b/", "the name of the database"),
            ("postgres://b/c", "the user"),
            ("postgres://a@b:x/c", "the port"),
            ("postgres://a@b/c?tenant=0", "the tenant"),
            (
                "postgres://a@b/c?sslmode=require",
                "leaves open who answers",
            ),
            ("postgres://a@b/c?sslmode=prefer", "leaves open who answers"),
            ("postgres://a@/c?host=/run&sslmode=verify-full", "a socket"),
            ("postgres://a@b/c?colour=red", "colour=red"),
            ("postgres://a%4@b/c", "two digits"),
        ] {
            let error = Address::parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
