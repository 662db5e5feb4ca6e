//! Packages: folders and zip archives of items with a manifest, read without trust.

pub mod base64;
pub mod manifest;
pub mod media;
mod open;
pub mod path;
pub mod shelf;
mod strip;
pub mod zip;

pub use manifest::Manifest;
pub use open::{OpenFault, open};
pub use shelf::{Kept, Media, Shelf};
pub use zip::PackageFile;
