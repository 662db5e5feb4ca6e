//! Packages: folders and zip archives of items with a manifest, read without trust.

pub mod manifest;
pub mod media;
mod open;
pub mod path;
pub mod zip;

pub use manifest::Manifest;
pub use open::{OpenFault, open};
pub use zip::PackageFile;
