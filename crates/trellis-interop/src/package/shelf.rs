//! The pictures and sounds of a package, cleaned, under names that say what is in them; nothing is ever fetched.

use std::collections::BTreeMap;

use super::media::{self, MediaKind};
use super::{PackageFile, base64, path};

/// A picture or sound that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// 64 hexadecimal digits and an ending, as texts name it.
    pub name: String,
    /// What it is.
    pub kind: MediaKind,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How bytes become 64 hexadecimal digits that no other bytes have.
pub type Hash = fn(&[u8]) -> String;

/// The bytes of a kept picture or sound by its name.
pub type Kept<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// What a package holds to look at and to listen to.
#[derive(Debug, Clone)]
pub struct Shelf {
    hash: Hash,
    found: BTreeMap<String, Result<Media, String>>,
}

impl Shelf {
    /// A shelf with the pictures and sounds of a package.
    #[must_use]
    pub fn new(files: &[PackageFile], hash: Hash) -> Self {
        let mut out = Self::empty(hash);
        for (path, bytes) in files.iter().filter(|(path, _)| media::is_media(path)) {
            let cleaned = cleaned(path, bytes, hash);
            out.found.insert(path.clone(), cleaned);
        }
        out
    }

    /// A shelf with nothing on it; pictures that stand within texts still come along.
    #[must_use]
    pub fn empty(hash: Hash) -> Self {
        let found = BTreeMap::new();
        Self { hash, found }
    }

    /// What an address leads to, seen from a file of the package; `own` are files that came with the text itself.
    ///
    /// # Errors
    /// A sentence: why it is not kept.
    pub fn find(&self, from: &str, address: &str, own: &[PackageFile]) -> Result<Media, String> {
        if let Some(inline) = address.strip_prefix("data:") {
            let bytes = inline
                .split_once(";base64,")
                .and_then(|(_, text)| base64::decode(text));
            let bytes = bytes.ok_or("it stands within the text and cannot be read")?;
            return cleaned(from, &bytes, self.hash);
        }
        if let Some((path, bytes)) = own.iter().find(|(path, _)| path == address) {
            return cleaned(path, bytes, self.hash);
        }
        if address.contains("://") || address.starts_with("//") {
            return Err("it is elsewhere, and nothing is fetched".to_string());
        }
        let path = match address.strip_prefix('/') {
            Some(whole) => path::beside("", whole),
            None => path::beside(path::folder(from), address),
        };
        let found = path.and_then(|path| self.found.get(&path));
        found
            .cloned()
            .unwrap_or_else(|| Err("it is not in the package".to_string()))
    }
}

fn cleaned(path: &str, bytes: &[u8], hash: Hash) -> Result<Media, String> {
    let (kind, bytes, _) = media::checked(path, bytes).map_err(|finding| finding.message)?;
    if kind == MediaKind::Film {
        return Err("film is not kept".to_string());
    }
    let name = format!("{}.{}", hash(&bytes), kind.ending());
    Ok(Media { name, kind, bytes })
}
