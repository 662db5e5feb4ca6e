//! `cargo xtask package`: the Debian package of a program that is built already, with units for systemd and a first file of
//! settings; made and looked through by the tools of Debian.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::program::said;

/// What goes where: a file of the project, its place in the package, and its rights.
const FILES: [(&str, &str, u32); 6] = [
    (
        "packaging/trellis.service",
        "usr/lib/systemd/system/trellis.service",
        0o644,
    ),
    (
        "packaging/trellis-backup.service",
        "usr/lib/systemd/system/trellis-backup.service",
        0o644,
    ),
    (
        "packaging/trellis-backup.timer",
        "usr/lib/systemd/system/trellis-backup.timer",
        0o644,
    ),
    (
        "LICENSE-APACHE",
        "usr/share/doc/trellis/LICENSE-APACHE",
        0o644,
    ),
    ("LICENSE-MIT", "usr/share/doc/trellis/LICENSE-MIT", 0o644),
    (
        "docs/src/operators.md",
        "usr/share/doc/trellis/operators.md",
        0o644,
    ),
];
/// Where the program goes.
const PROGRAM: &str = "usr/bin/trellis";
/// Where the bill of materials goes.
const BILL: &str = "usr/share/doc/trellis/trellis.cdx.json";
/// Where the settings go; what an operator writes there stays at an upgrade.
const SETTINGS: &str = "etc/trellis/trellis.toml";
/// What is done after unpacking: an account of its own, which owns nothing but its school. Nothing is started.
const POSTINST: &str = "#!/bin/sh\nset -e\nif [ \"$1\" = configure ]; then\n  \
    getent passwd trellis >/dev/null || adduser --system --group --home /var/lib/trellis --no-create-home trellis\n  \
    install -d -m 0700 -o trellis -g trellis /var/lib/trellis /var/backups/trellis\nfi\n";

/// Makes `trellis_VERSION_ARCH.deb` from `--bin PROGRAM` in the folder `--to FOLDER`.
pub(crate) fn run(words: &[String], out: &mut dyn Write) -> io::Result<ExitCode> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ["--bin", program, "--to", folder] = words.as_slice() else {
        writeln!(out, "cargo xtask package --bin PROGRAM --to FOLDER")?;
        return Ok(ExitCode::from(2));
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let made = make(&root, Path::new(program), Path::new(folder))?;
    writeln!(out, "{}", made.display())?;
    write!(
        out,
        "{}",
        said(Command::new("dpkg-deb").arg("--contents").arg(&made))?
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Puts bytes into the package's tree.
fn put(tree: &Path, place: &str, bytes: &[u8], rights: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = tree.join(place);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, bytes)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(rights))
}

/// Makes the package and gives its path.
fn make(root: &Path, program: &Path, folder: &Path) -> io::Result<PathBuf> {
    let version = said(Command::new(program).arg("--version"))?;
    let version = version.trim().rsplit(' ').next().unwrap_or_default();
    let architecture = said(Command::new("dpkg").arg("--print-architecture"))?;
    let architecture = architecture.trim();
    fs::create_dir_all(folder)?;
    let name = format!("trellis_{version}_{architecture}");
    let tree = folder.join(format!("{name}.tree"));
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
    }
    put(&tree, PROGRAM, &fs::read(program)?, 0o755)?;
    for (from, place, rights) in FILES {
        put(&tree, place, &fs::read(root.join(from))?, rights)?;
    }
    put(&tree, BILL, crate::sbom::text(root)?.as_bytes(), 0o644)?;
    // The program's own words, so that the file cannot tell of settings that are not there.
    let mut settings = Command::new(program);
    settings
        .args(["config", "--dir", "/var/lib/trellis"])
        .env_clear();
    put(&tree, SETTINGS, said(&mut settings)?.as_bytes(), 0o644)?;
    put(
        &tree,
        "DEBIAN/conffiles",
        format!("/{SETTINGS}\n").as_bytes(),
        0o644,
    )?;
    put(&tree, "DEBIAN/postinst", POSTINST.as_bytes(), 0o755)?;
    let kilobytes = fs::metadata(program)?.len() / 1024 + 1;
    let control = format!(
        "Package: trellis\nVersion: {version}\nArchitecture: {architecture}\n\
         Maintainer: The maintainers of Trellis <maintainers@localhost>\n\
         Depends: adduser, libc6\nInstalled-Size: {kilobytes}\nSection: education\nPriority: optional\n\
         Description: personalized learning for a school, in one program\n \
         Serves a school's pages and keeps its data in one file on this machine.\n"
    );
    put(&tree, "DEBIAN/control", control.as_bytes(), 0o644)?;
    let made = folder.join(format!("{name}.deb"));
    said(
        Command::new("dpkg-deb")
            .args(["--root-owner-group", "--build"])
            .args([&tree, &made]),
    )?;
    fs::remove_dir_all(&tree)?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(made: &Path, what: &str) -> String {
        said(Command::new("dpkg-deb").arg(what).arg(made)).unwrap()
    }

    #[test]
    fn a_package_holds_program_units_and_settings() {
        if Command::new("dpkg-deb").arg("--version").output().is_err() {
            println!("skipped: this machine has no dpkg-deb");
            return;
        }
        let folder = std::env::temp_dir().join(format!("trellis-package-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // The tool asks the program for its version and its settings, and packs whatever says them.
        let program = "#!/bin/sh\ncase $1 in --version) echo trellis 9.8.7;; config) echo \"dir = '$3'\";; esac\n";
        put(&folder, "program", program.as_bytes(), 0o755).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let made = make(&root, &folder.join("program"), &folder).unwrap();
        let contents = read(&made, "--contents");
        for (_, place, _) in FILES {
            assert!(contents.contains(place), "{place} is not in:\n{contents}");
        }
        let row = |place: &str| contents.lines().find(|line| line.ends_with(place));
        assert!(row(PROGRAM).unwrap().starts_with("-rwxr-xr-x root/root"));
        assert!(row(BILL).unwrap().starts_with("-rw-r--r-- root/root"));
        assert!(row(SETTINGS).unwrap().starts_with("-rw-r--r-- root/root"));
        let fields = read(&made, "--field");
        assert!(
            fields.contains("Package: trellis\nVersion: 9.8.7\n"),
            "{fields}"
        );
        let out = folder.join("out");
        said(Command::new("dpkg-deb").arg("-R").args([&made, &out])).unwrap();
        let text = |place: &str| fs::read_to_string(out.join(place)).unwrap();
        assert!(text(BILL).contains("\"specVersion\": \"1.6\""));
        assert_eq!(text(SETTINGS), "dir = '/var/lib/trellis'\n");
        assert_eq!(text("DEBIAN/conffiles"), "/etc/trellis/trellis.toml\n");
        assert_eq!(text(PROGRAM), program);
        said(
            Command::new("sh")
                .arg("-n")
                .arg(out.join("DEBIAN/postinst")),
        )
        .unwrap();
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn wrong_words_are_told_how_it_goes() {
        let mut out = Vec::new();
        run(&["--to".to_owned()], &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("--bin PROGRAM"));
    }
}
