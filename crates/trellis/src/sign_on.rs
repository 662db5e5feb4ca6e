//! The file that names the services at which people sign on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};
use trellis_web::{ForWhom, Issuer, SignOns};

use crate::config::Config;

/// What is known of the services that schools use most, so that less has to be written.
struct Shape {
    key: &'static str,
    name: &'static str,
    /// Its address; `{tenant}` stands for the tenant's own id.
    address: &'static str,
    scope: &'static str,
    /// The claim with the school's own number, where its tokens have one.
    roster_claim: Option<&'static str>,
}

/// The shapes. Google's tokens hold no number of the school: there people link themselves.
const SHAPES: [Shape; 5] = [
    Shape {
        key: "google",
        name: "Google",
        address: "https://accounts.google.com",
        scope: "",
        roster_claim: None,
    },
    Shape {
        key: "microsoft",
        name: "Microsoft",
        address: "https://login.microsoftonline.com/{tenant}/v2.0",
        scope: "",
        roster_claim: None,
    },
    Shape {
        key: "clever",
        name: "Clever",
        address: "https://clever.com",
        scope: "",
        roster_claim: Some("sub"),
    },
    Shape {
        key: "classlink",
        name: "ClassLink",
        address: "https://launchpad.classlink.com",
        scope: "profile oneroster",
        roster_claim: Some("SourcedId"),
    },
    Shape {
        key: "other",
        name: "",
        address: "",
        scope: "",
        roster_claim: None,
    },
];

const KEYS: [&str; 11] = [
    "id",
    "shape",
    "name",
    "issuer",
    "tenant",
    "client",
    "secret-file",
    "scope",
    "roster-claim",
    "for",
    "roots",
];

/// The services of the settings; none where no file is named.
///
/// # Errors
/// A sentence that names the file and what to do.
pub(crate) fn read(settings: &Config) -> Result<Arc<SignOns>, String> {
    let Some(file) = settings.sign_on() else {
        return Ok(Arc::default());
    };
    let address = settings.address().ok_or(
        "the setting \"sign-on\" needs \"address\" too: other services send people back there",
    )?;
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{}: {error}. Give a file with \"sign-on\"", file.display()))?;
    let said = |what: String| format!("{}: {what}", file.display());
    let issuers = issuers(&text, file).map_err(said)?;
    Ok(SignOns::new(address, issuers).map_err(said)?.shared())
}

fn issuers(text: &str, file: &Path) -> Result<Vec<Issuer>, String> {
    let table = DeTable::parse(text).map_err(|error| error.message().to_owned())?;
    let table = table.get_ref();
    if let Some((odd, _)) = table.iter().find(|(key, _)| key.get_ref() != "issuer") {
        return Err(format!(
            "\"{}\" is not known: each service is a table [[issuer]]",
            odd.get_ref()
        ));
    }
    let found = table.get("issuer").map(toml::Spanned::get_ref);
    let Some(DeValue::Array(all)) = found else {
        return Err("it names no service: each is a table [[issuer]]".to_owned());
    };
    all.iter()
        .map(|one| match one.get_ref() {
            DeValue::Table(one) => issuer(one, file),
            _ => Err("each service is a table [[issuer]]".to_owned()),
        })
        .collect()
}

fn issuer(table: &DeTable<'_>, file: &Path) -> Result<Issuer, String> {
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        if !KEYS.contains(&key) {
            return Err(format!(
                "\"{key}\" is not known; there are {}",
                KEYS.join(", ")
            ));
        }
        if !matches!(value.get_ref(), DeValue::String(_)) {
            return Err(format!("\"{key}\" must be a text. Put quotes around it"));
        }
    }
    let get = |name: &str| match table.get(name).map(toml::Spanned::get_ref) {
        Some(DeValue::String(text)) if !text.is_empty() => Some(text.to_string()),
        _ => None,
    };
    let must = |name: &str| get(name).ok_or_else(|| format!("a service lacks \"{name}\""));
    let key = get("shape").unwrap_or_else(|| "other".to_owned());
    let shape = SHAPES.iter().find(|shape| shape.key == key);
    let shape = shape.ok_or_else(|| {
        let known: Vec<&str> = SHAPES.iter().map(|shape| shape.key).collect();
        format!(
            "the shape \"{key}\" is not known; there are {}",
            known.join(", ")
        )
    })?;
    let address = match get("issuer") {
        Some(address) => address,
        None if shape.address.contains("{tenant}") => {
            shape.address.replace("{tenant}", &must("tenant")?)
        }
        None if shape.address.is_empty() => must("issuer")?,
        None => shape.address.to_owned(),
    };
    let word = get("for").unwrap_or_else(|| "staff".to_owned());
    let beside = |path: String| {
        let path = PathBuf::from(path);
        match file.parent() {
            Some(folder) if path.is_relative() => folder.join(path),
            _ => path,
        }
    };
    let secret = beside(must("secret-file")?);
    let secret = std::fs::read_to_string(&secret).map_err(|error| {
        format!(
            "{}: {error}. Give it with \"secret-file\"",
            secret.display()
        )
    })?;
    Ok(Issuer {
        id: must("id")?,
        name: get("name").map_or_else(|| must_name(shape), Ok)?,
        address,
        client: must("client")?,
        secret: secret.trim().to_owned(),
        scope: get("scope").unwrap_or_else(|| shape.scope.to_owned()),
        roster_claim: get("roster-claim").or_else(|| shape.roster_claim.map(str::to_owned)),
        for_whom: ForWhom::from_key(&word)
            .ok_or_else(|| format!("\"for\" is staff, families or all, and not \"{word}\""))?,
        roots: get("roots").map(beside),
    })
}

fn must_name(shape: &Shape) -> Result<String, String> {
    match shape.name {
        "" => Err("a service lacks \"name\"".to_owned()),
        name => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Issuer>, String> {
        let secret = std::env::temp_dir().join(format!("trellis-secret-{}", std::process::id()));
        std::fs::write(&secret, "our secret\n").unwrap();
        issuers(
            &text.replace("SECRET", &secret.display().to_string()),
            Path::new("sign-on.toml"),
        )
    }

    #[test]
    fn each_shape_is_read_with_what_is_known_of_it() {
        let one = |rest: &str| {
            let text =
                format!("[[issuer]]\nid = \"x\"\nclient = \"c\"\nsecret-file = \"SECRET\"\n{rest}");
            read(&text).map(|mut all| all.remove(0))
        };
        for (rest, address, claim) in [
            ("shape = \"google\"", "https://accounts.google.com", None),
            (
                "shape = \"microsoft\"\ntenant = \"t-1\"",
                "https://login.microsoftonline.com/t-1/v2.0",
                None,
            ),
            ("shape = \"clever\"", "https://clever.com", Some("sub")),
            (
                "shape = \"classlink\"",
                "https://launchpad.classlink.com",
                Some("SourcedId"),
            ),
            (
                "name = \"School\"\nissuer = \"https://id.example\"\nroster-claim = \"number\"",
                "https://id.example",
                Some("number"),
            ),
        ] {
            let issuer = one(rest).unwrap();
            assert_eq!(issuer.address, address);
            assert_eq!(issuer.roster_claim.as_deref(), claim);
            assert_eq!(issuer.secret, "our secret");
            assert_eq!(issuer.for_whom, ForWhom::Staff);
        }
        for (rest, said) in [
            ("shape = \"microsoft\"", "\"tenant\""),
            ("shape = \"facebook\"", "classlink"),
            ("name = \"School\"", "\"issuer\""),
            (
                "shape = \"google\"\nfor = \"some\"",
                "staff, families or all",
            ),
            ("shape = \"google\"\nscop = \"x\"", "\"scop\" is not known"),
            ("shape = 7", "must be a text"),
        ] {
            let error = one(rest).unwrap_err();
            assert!(error.contains(said), "{said} is not in: {error}");
        }
        assert!(read("").unwrap_err().contains("[[issuer]]"));
        assert!(read("x = 1").unwrap_err().contains("\"x\""));
        assert!(read("[issuer]\nid = \"x\"").is_err());
        assert!(read("not toml").is_err());
    }
}
