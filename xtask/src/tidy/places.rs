//! Places: no file names a package registry's host or a folder of somebody's machine.

use super::Finding;
use crate::source;
use crate::tree::File;

/// The rule's name.
pub(crate) const NAME: &str = "places";

// Written in two halves, so that this file does not find itself.
const HOSTS: &[&str] = &[
    concat!("crates", ".io"),
    concat!("registry", ".npmjs"),
    concat!("npmjs", ".org"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb", ".debian.org"),
    concat!("proxy", ".golang.org"),
];
const FOLDERS: &[&str] = &[
    concat!("/wo", "rk"),
    concat!("/ro", "ot"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
];

/// Findings for hosts and machine paths in any file.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            // Cargo itself writes the index into its lock file.
            let host = HOSTS.iter().find(|host| line.contains(**host));
            if let Some(host) = host.filter(|_| file.path != "Cargo.lock") {
                found.push(Finding::new(
                    &file.path,
                    index + 1,
                    NAME,
                    format!("a registry's host: {host}"),
                ));
            }
            if let Some(folder) = FOLDERS.iter().find(|folder| names_folder(line, folder)) {
                found.push(Finding::new(
                    &file.path,
                    index + 1,
                    NAME,
                    format!("a path of a machine: {folder}"),
                ));
            }
        }
    }
    found
}

/// True when the folder stands at the beginning of a path, not inside a longer one.
fn names_folder(line: &str, folder: &str) -> bool {
    source::whole_words(line, folder).any(|at| {
        !line[..at].ends_with(|letter: char| {
            letter.is_alphanumeric()
                || matches!(letter, '.' | '_' | '-' | '/' | '}' | ')' | '<' | '~')
        }) && !line[at + folder.len()..].starts_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&[File::new(path, text)]).len()
    }

    #[test]
    fn relative_paths_and_words_are_quiet() {
        assert_eq!(
            count(
                "a.md",
                "See docs/work/a, `../root/x`, homework and https://example.org/a/home/b."
            ),
            0
        );
        assert_eq!(
            count(
                "Cargo.lock",
                concat!(
                    "source = \"registry+https://github.com/rust-lang/crates",
                    ".io-index\""
                )
            ),
            0
        );
    }

    #[test]
    fn hosts_and_machine_paths_fire() {
        assert_eq!(count("a.md", concat!("from crates", ".io")), 1);
        assert_eq!(
            count(
                "package-lock.json",
                concat!("\"resolved\": \"https://registry", ".npm", "js.org/a\"")
            ),
            1
        );
        assert_eq!(count("a.rs", concat!("let p = \"/wo", "rk/x\";")), 1);
        assert_eq!(count("a.sh", concat!("cd /ho", "me/ada")), 1);
        assert_eq!(count("a.sh", concat!("cd /ro", "ot")), 1);
    }
}
