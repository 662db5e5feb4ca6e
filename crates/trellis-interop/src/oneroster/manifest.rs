//! `manifest.csv`: which version, and which files hold everything, changes, or are absent.

use super::{Mode, Sheet, cell};
use crate::finding::Finding;
use crate::package::PackageFile;

/// What a manifest says.
pub(super) struct Manifest {
    /// Whether it is version 1.2, in which roles stand in a file of their own.
    pub(super) roles_apart: bool,
    files: Vec<(String, Option<Mode>)>,
}

impl Manifest {
    pub(super) fn read(file: &PackageFile, findings: &mut Vec<Finding>) -> Self {
        let sheet = Sheet::read(file, findings);
        let mut manifest = Self {
            roles_apart: false,
            files: Vec::new(),
        };
        let Some([name, value]) = sheet.columns(["propertyName", "value"], findings) else {
            return manifest;
        };
        let mut version = None;
        for (line, row) in &sheet.rows {
            let (name, value) = (cell(row, name), cell(row, value));
            if name == "oneroster.version" {
                version = Some(value.to_owned());
            } else if let Some(file) = name.strip_prefix("file.") {
                let mode = match value {
                    "bulk" => Some(Mode::Whole),
                    "delta" => Some(Mode::Changes),
                    "absent" => None,
                    other => {
                        let message = format!("\"{other}\" is none of bulk, delta and absent");
                        findings.push(Finding::error(&sheet.name, *line, "mode", message));
                        None
                    }
                };
                manifest.files.push((file.to_owned(), mode));
            }
        }
        match version.as_deref() {
            Some("1.1") => {}
            Some(version) if version == "1.2" || version.starts_with("1.2.") => {
                manifest.roles_apart = true;
            }
            other => {
                let found = other.unwrap_or("none");
                let message = format!("oneroster.version is {found}; 1.1 and 1.2 are read");
                findings.push(Finding::error(&sheet.name, 0, "version", message));
            }
        }
        manifest
    }

    /// How a file is there; `None` when it is absent or not named.
    pub(super) fn mode(&self, file: &str) -> Option<Mode> {
        self.files
            .iter()
            .find(|(name, _)| name == file)
            .and_then(|(_, mode)| *mode)
    }
}
