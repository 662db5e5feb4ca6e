//! `trellis certificate`: a certificate for a school's own network, where nobody else can make one.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use trellis_core::time::Timestamp;
use trellis_store::private_file;

use super::clock;

/// How long it holds: devices refuse certificates of a root that somebody added by hand for more than 825 days.
const DAYS: i64 = 820;
/// What the folder holds afterwards.
const FILES: [&str; 3] = ["root.crt", "server.crt", "server.key"];

#[derive(Debug, Args)]
pub(crate) struct CertificateArguments {
    /// The folder for the three files; made when there is none.
    #[arg(long)]
    to: PathBuf,
    /// A name or an address by which people reach the server; once for each.
    #[arg(long = "name", required = true)]
    names: Vec<String>,
}

/// The three texts in PEM.
struct Made {
    root: String,
    chain: String,
    key: String,
}

pub(crate) fn run(arguments: &CertificateArguments) -> Result<ExitCode, Box<dyn Error>> {
    let (to, names) = (&arguments.to, &arguments.names);
    if let Some(there) = FILES
        .map(|file| to.join(file))
        .iter()
        .find(|file| file.exists())
    {
        return Err(format!(
            "{}: there is one already. Give another folder with --to, or take the files away first",
            there.display()
        )
        .into());
    }
    let now = clock::now()?;
    let end = now.plus_days(DAYS);
    let made = make(names, now, end)?;
    std::fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    // The key first: without it the others are of no use, and it must not be readable for a moment.
    let [root, chain, key] = FILES.map(|file| to.join(file));
    write(&key, &made.key, true)?;
    write(&chain, &made.chain, false)?;
    write(&root, &made.root, false)?;
    let (year, month, day) = end.civil();
    writeln!(
        io::stdout().lock(),
        "A certificate for {} is in {}; it ends on {year}-{month:02}-{day:02}.\n\n\
         Next:\n  \
         certificate = {chain:?} and certificate-key = {key:?} in the settings of `trellis serve`\n  \
         {} on each device, as a root that it trusts: only then do browsers open the school without a warning\n\n\
         The key of the root was never written down, so that nobody can make another certificate with it.",
        names.join(", "),
        to.display(),
        root.display(),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str, secret: bool) -> Result<(), String> {
    let create = || {
        let mut file = if secret {
            private_file::create_new(path)?
        } else {
            std::fs::File::create_new(path)?
        };
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    create().map_err(|error| format!("{}: {error}", path.display()))
}

/// A root, and a certificate of it for these names.
fn make(names: &[String], from: Timestamp, until: Timestamp) -> Result<Made, Box<dyn Error>> {
    let day = |at: Timestamp| {
        let (year, month, day) = at.civil();
        i32::try_from(year).map(|year| date_time_ymd(year, month, day))
    };
    // A day early: clocks of devices are not all right.
    let (from, until) = (day(from.plus_days(-1))?, day(until)?);
    let mut root = CertificateParams::default();
    let title = format!("Trellis for {}", names.join(", "));
    // Of another name than the server's: else programs take the server's for one that it signed itself.
    root.distinguished_name
        .push(DnType::CommonName, format!("Root of {title}"));
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    (root.not_before, root.not_after) = (from, until);
    let root = CertifiedIssuer::self_signed(root, KeyPair::generate()?)?;

    let mut server = CertificateParams::new(names.to_vec()).map_err(|error| {
        format!("a name is one such as school.lan, or an address: {error}. Give it with --name")
    })?;
    server.distinguished_name.push(DnType::CommonName, &title);
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    (server.not_before, server.not_after) = (from, until);
    let key = KeyPair::generate()?;
    let server = server.signed_by(&key, &root)?;
    Ok(Made {
        root: root.pem(),
        chain: server.pem(),
        key: key.serialize_pem(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_trusted_through_its_root() {
        let names = ["school.lan".to_owned(), "10.0.0.7".to_owned()];
        let from = Timestamp(1_790_000_000_000);
        let made = make(&names, from, from.plus_days(DAYS)).unwrap();
        let folder = std::env::temp_dir().join(format!("trellis-root-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let [root, chain] = ["root.crt", "server.crt"].map(|file| folder.join(file));
        std::fs::write(&root, &made.root).unwrap();
        std::fs::write(&chain, &made.chain).unwrap();
        let openssl = std::process::Command::new("openssl")
            .args([
                "verify",
                "-x509_strict",
                "-verify_hostname",
                "school.lan",
                "-attime",
            ])
            .arg((from.0 / 1000).to_string())
            .args([
                std::ffi::OsStr::new("-CAfile"),
                root.as_os_str(),
                chain.as_os_str(),
            ])
            .output();
        std::fs::remove_dir_all(&folder).unwrap();
        match openssl {
            Ok(said) => assert!(said.status.success(), "{said:?}"),
            Err(error) => eprintln!("skipped: openssl is not here ({error})"),
        }
        assert!(made.key.contains("PRIVATE KEY") && !made.root.contains("PRIVATE KEY"));
    }
}
