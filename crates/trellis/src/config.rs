//! The settings of a server: what the program takes when nobody says anything, over it a file, over it the environment, over
//! all of it the command line.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};
use trellis_store::Address;
use trellis_web::Proxies;

/// A setting: its name in the file, what is taken without it, and what it means.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) usual: &'static str,
    pub(crate) says: &'static str,
}

/// Every setting there is. The file, the environment, `trellis config` and the chapter for operators are made of this list.
pub(crate) const KEYS: [Key; 13] = [
    Key {
        name: "dir",
        usual: "",
        says: "The folder that holds the database. There is no usual one.",
    },
    Key {
        name: "database",
        usual: "",
        says: "The address of a PostgreSQL server instead of a folder, such as postgres://trellis@db:5432/school?tenant=1. Several machines may serve the same one.",
    },
    Key {
        name: "listen",
        usual: "127.0.0.1:8080",
        says: "Where pages are served; port 0 picks a free one.",
    },
    Key {
        name: "second",
        usual: "",
        says: "A folder on another disk, to which every commit is copied before anybody gets a reply. Empty: none.",
    },
    Key {
        name: "metrics",
        usual: "",
        says: "Where figures for a monitor are served, such as 127.0.0.1:9188; no person is in them. Empty: nowhere.",
    },
    Key {
        name: "log",
        usual: "text",
        says: "How the log on standard error is written: `text` for people, `json` for programs.",
    },
    Key {
        name: "certificate",
        usual: "",
        says: "A file with the certificates of this server in PEM, its own first: with it pages are served over TLS alone. Empty: plain HTTP.",
    },
    Key {
        name: "certificate-key",
        usual: "",
        says: "The file with the private key of the certificate, in PEM. Both files are read again within a minute when they change.",
    },
    Key {
        name: "unsecured",
        usual: "",
        says: "Where those who ask without TLS are sent on, such as 0.0.0.0:80; only together with a certificate. Empty: nowhere.",
    },
    Key {
        name: "proxy",
        usual: "",
        says: "Addresses of web servers in front, parted by commas: from them alone it is believed who asks and whether over TLS. Empty: nobody.",
    },
    Key {
        name: "address",
        usual: "",
        says: "The address under which browsers find this server, such as https://trellis.example; needed for passkeys, and where people sign on at another service.",
    },
    Key {
        name: "sign-on",
        usual: "",
        says: "A file that names the services at which people sign on (OpenID Connect), such as sign-on.toml. Empty: none, and nothing leaves the machine.",
    },
    Key {
        name: "second-factor",
        usual: "offered",
        says: "Whether staff who sign in with a password need a code beside it: `offered` to who wants it, or `staff`, and then they set it up at their next sign-in.",
    },
];

/// Where a setting is from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Usual,
    File { file: String, line: usize },
    Environment(String),
    Said(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => write!(out, "what is usual"),
            Self::File { file, line } => write!(out, "{file}, line {line}"),
            Self::Environment(variable) => write!(out, "the environment, {variable}"),
            Self::Said(name) => write!(out, "the command line, --{name}"),
        }
    }
}

/// The settings in effect, each with where it is from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Config {
    values: BTreeMap<&'static str, (String, Origin)>,
}

/// The name of a setting in the environment.
fn variable(name: &str) -> String {
    format!("TRELLIS_{}", name.to_uppercase().replace('-', "_"))
}

impl Config {
    /// Reads the settings. `said` is what the command line says, by name.
    ///
    /// # Errors
    /// A sentence that names the file, the line and the setting, and says what to do.
    pub(crate) fn read(
        file: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
        said: &[(&'static str, Option<&str>)],
    ) -> Result<Self, String> {
        let usual = |key: &Key| (key.name, (key.usual.to_owned(), Origin::Usual));
        let mut values: BTreeMap<_, _> = KEYS.iter().map(usual).collect();
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).map_err(|error| {
                format!("{}: {error}. Give a file with --config.", file.display())
            })?;
            values.extend(from_file(&file.display().to_string(), &text)?);
        }
        for Key { name, .. } in &KEYS {
            let variable = variable(name);
            if let Some(value) = environment(&variable) {
                values.insert(name, (value, Origin::Environment(variable)));
            }
        }
        for (name, value) in said {
            if let Some(value) = value {
                values.insert(name, ((*value).to_owned(), Origin::Said(name)));
            }
        }
        let config = Self { values };
        config.logs_json()?;
        config.staff_need_code()?;
        Ok(config)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let (value, _) = self.values.get(name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// The folder that holds the database.
    ///
    /// # Errors
    /// When nobody has said which.
    pub(crate) fn dir(&self) -> Result<PathBuf, String> {
        self.get("dir").map(PathBuf::from).ok_or_else(|| {
            "which folder holds the database? Give it with --dir, as `dir` in the file of --config, or as TRELLIS_DIR"
                .to_owned()
        })
    }

    /// The server that holds the database, if one does.
    ///
    /// # Errors
    /// When the address makes no sense, or a folder or a second copy is named beside it.
    pub(crate) fn server(&self) -> Result<Option<Address>, String> {
        let Some(text) = self.get("database") else {
            return Ok(None);
        };
        for other in ["dir", "second"] {
            if self.get(other).is_some() {
                return Err(format!(
                    "the settings \"database\" and \"{other}\" do not go together: a server keeps its own files and copies. Take one out."
                ));
            }
        }
        Address::parse(text)
            .map(Some)
            .map_err(|error| error.to_string())
    }

    /// Where pages are served.
    pub(crate) fn listen(&self) -> &str {
        self.get("listen").unwrap_or(KEYS[2].usual)
    }

    /// The folder of the second copy.
    pub(crate) fn second(&self) -> Option<&Path> {
        self.get("second").map(Path::new)
    }

    /// Where figures are served.
    pub(crate) fn metrics(&self) -> Option<&str> {
        self.get("metrics")
    }

    /// The files of the certificate and of its key.
    ///
    /// # Errors
    /// When only one of the two is named, or somebody is to be sent on to TLS that is not spoken.
    pub(crate) fn certificate(&self) -> Result<Option<(&Path, &Path)>, String> {
        let file = |name| self.get(name).map(Path::new);
        match (file("certificate"), file("certificate-key")) {
            (Some(chain), Some(key)) => Ok(Some((chain, key))),
            (None, None) if self.unsecured().is_none() => Ok(None),
            (None, None) => Err(
                "the setting \"unsecured\" sends people on to TLS. Give a certificate with \"certificate\" and \"certificate-key\", or take it out"
                    .to_owned(),
            ),
            (Some(_), None) => Err(missing("certificate", "certificate-key")),
            (None, Some(_)) => Err(missing("certificate-key", "certificate")),
        }
    }

    /// Where those who ask without TLS are sent on.
    pub(crate) fn unsecured(&self) -> Option<&str> {
        self.get("unsecured")
    }

    /// Web servers in front.
    ///
    /// # Errors
    /// When one of them is no address.
    pub(crate) fn proxies(&self) -> Result<Proxies, String> {
        Proxies::read(self.get("proxy").unwrap_or_default()).map_err(|part| {
            format!("the setting \"proxy\" holds addresses such as 127.0.0.1, and \"{part}\" is none. Change it there")
        })
    }

    /// Whether the log is written for programs.
    ///
    /// # Errors
    /// When the setting is neither `text` nor `json`.
    pub(crate) fn logs_json(&self) -> Result<bool, String> {
        self.one_of("log", "text", "json")
    }

    /// Whether staff who sign in with a password need a code beside it.
    ///
    /// # Errors
    /// When the setting is neither `offered` nor `staff`.
    pub(crate) fn staff_need_code(&self) -> Result<bool, String> {
        self.one_of("second-factor", "offered", "staff")
    }

    /// Whether a setting of two words is the second of them.
    fn one_of(&self, name: &str, usual: &str, other: &str) -> Result<bool, String> {
        match self.values.get(name) {
            Some((value, _)) if value == other => Ok(true),
            Some((value, origin)) if value != usual && !value.is_empty() => Err(format!(
                "{origin}: the setting \"{name}\" is {usual} or {other}, and not \"{value}\". Change it there."
            )),
            _ => Ok(false),
        }
    }

    /// The address under which browsers find this server.
    pub(crate) fn address(&self) -> Option<&str> {
        self.get("address")
    }

    /// The file that names the services at which people sign on.
    pub(crate) fn sign_on(&self) -> Option<&Path> {
        self.get("sign-on").map(Path::new)
    }

    /// The settings in effect, as a file with every setting explained and where it is from.
    pub(crate) fn as_file(&self) -> String {
        let parts: Vec<String> = KEYS
            .iter()
            .filter_map(|Key { name, usual, says }| {
                let (value, origin) = self.values.get(name)?;
                let usual = if usual.is_empty() { "nothing" } else { usual };
                // A text in JSON is one in TOML too.
                let value = serde_json::Value::from(value.as_str());
                Some(format!(
                    "# {says}\n# Without it: {usual}. In the environment: {}. This value is from: {origin}.\n{name} = {value}\n",
                    variable(name),
                ))
            })
            .collect();
        parts.join("\n")
    }

    /// The settings in effect, for a program.
    pub(crate) fn as_json(&self) -> serde_json::Value {
        let one = |(name, (value, origin)): (&&str, &(String, Origin))| {
            let said = serde_json::json!({ "value": value, "from": origin.to_string() });
            ((*name).to_owned(), said)
        };
        serde_json::Value::Object(self.values.iter().map(one).collect())
    }
}

fn missing(there: &str, not: &str) -> String {
    format!(
        "the setting \"{there}\" needs \"{not}\" too: a certificate and its key belong together"
    )
}

/// The line of a place in a text, from 1.
fn line_of(text: &str, place: usize) -> usize {
    let before = text.as_bytes().get(..place).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn from_file(file: &str, text: &str) -> Result<BTreeMap<&'static str, (String, Origin)>, String> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = line_of(text, error.span().map_or(0, |span| span.start));
        let says = error.message();
        format!(
            "{file}, line {line}: {says}. A setting is a line such as: listen = \"127.0.0.1:8080\""
        )
    })?;
    let mut values = BTreeMap::new();
    for (found, value) in table.get_ref() {
        let line = line_of(text, found.span().start);
        let found = found.get_ref();
        let key = KEYS.iter().find(|key| key.name == found).ok_or_else(|| {
            let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
            format!(
                "{file}, line {line}: there is no setting \"{found}\"; there are {}. Take the line out, or mend its name.",
                known.join(", ")
            )
        })?;
        let DeValue::String(value) = value.get_ref() else {
            return Err(format!(
                "{file}, line {line}: the setting \"{found}\" must be a text. Put quotes around it."
            ));
        };
        let origin = Origin::File {
            file: file.to_owned(),
            line,
        };
        values.insert(key.name, (value.to_string(), origin));
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_goes_over_the_environment_over_the_file_over_what_is_usual() {
        let file = std::env::temp_dir().join(format!("trellis-config-{}.toml", std::process::id()));
        std::fs::write(&file, "dir = \"f\"\nlisten = \"f\"\nsecond = \"f\"\n").unwrap();
        let environment = |name: &str| match name {
            "TRELLIS_LISTEN" | "TRELLIS_SECOND" => Some("environment".to_owned()),
            _ => None,
        };
        let said = [("second", Some("said")), ("dir", None)];
        let config = Config::read(Some(&file), environment, &said).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(config.dir().unwrap(), Path::new("f"));
        assert_eq!(config.listen(), "environment");
        assert_eq!(config.second().unwrap(), Path::new("said"));
        assert_eq!(config.metrics(), None);
        let json = config.as_json();
        assert_eq!(json["dir"]["from"], format!("{}, line 1", file.display()));
        assert_eq!(json["listen"]["from"], "the environment, TRELLIS_LISTEN");
        assert_eq!(json["second"]["from"], "the command line, --second");
        assert_eq!(json["log"]["from"], "what is usual");
        let usual = Config::read(None, |_| None, &[]).unwrap();
        assert_eq!(usual.listen(), "127.0.0.1:8080");
        assert!(usual.dir().unwrap_err().contains("TRELLIS_DIR"));
        let half = Config::read(None, |_| None, &[("certificate", Some("a.crt"))]).unwrap();
        assert!(half.certificate().unwrap_err().contains("certificate-key"));
        let nowhere = Config::read(None, |_| None, &[("unsecured", Some(":80"))]).unwrap();
        assert!(nowhere.certificate().unwrap_err().contains("unsecured"));
        let odd = Config::read(None, |_| None, &[("proxy", Some("127.0.0.1, near"))]).unwrap();
        assert!(odd.proxies().unwrap_err().contains("\"near\""));
        let key = |name: &str| (name == "TRELLIS_CERTIFICATE_KEY").then(|| "k".to_owned());
        let whole = Config::read(None, key, &[("certificate", Some("c"))]).unwrap();
        assert_eq!(
            whole.certificate(),
            Ok(Some((Path::new("c"), Path::new("k"))))
        );
        let wrong = Config::read(None, |_| None, &[("log", Some("xml"))]);
        assert!(wrong.unwrap_err().contains("--log"));
        let staff = |value| Config::read(None, |_| None, &[("second-factor", Some(value))]);
        assert_eq!(staff("staff").unwrap().staff_need_code(), Ok(true));
        assert_eq!(staff("offered").unwrap().staff_need_code(), Ok(false));
        assert!(staff("all").unwrap_err().contains("offered or staff"));
    }

    #[test]
    fn what_is_printed_is_a_file_that_says_the_same() {
        let said = [("dir", Some("a \"quoted\"\\path")), ("log", Some("json"))];
        let config = Config::read(None, |_| None, &said).unwrap();
        let printed = config.as_file();
        let read = from_file("x.toml", &printed).unwrap();
        for Key { name, says, .. } in &KEYS {
            assert!(printed.contains(says));
            assert_eq!(read[name].0, config.values[name].0, "{name}");
        }
    }

    #[test]
    fn a_wrong_file_is_said_by_its_name_and_line() {
        for (text, words) in [
            ("\nlisen = \"x\"", ["line 2", "no setting \"lisen\""]),
            ("# a\n\nlisten = 8080", ["line 3", "Put quotes"]),
            ("dir = \"x\"\nlisten = ", ["line 2", "A setting is a line"]),
            (
                "dir = \"x\"\ndir = \"y\"",
                ["line 2", "A setting is a line"],
            ),
        ] {
            let error = from_file("t.toml", text).unwrap_err();
            for word in words.iter().chain(&["t.toml"]) {
                assert!(error.contains(word), "{word} is not in: {error}");
            }
        }
        assert!(Config::read(Some(Path::new("nowhere/x.toml")), |_| None, &[]).is_err());
    }

    #[test]
    fn the_chapter_for_operators_lists_every_setting() {
        let chapter = include_str!("../../../docs/src/operators.md");
        for Key { name, says, .. } in &KEYS {
            let row = format!("| `{name}` | `{}` | {says} |", variable(name));
            assert!(chapter.contains(&row), "the chapter lacks: {row}");
        }
    }
}
