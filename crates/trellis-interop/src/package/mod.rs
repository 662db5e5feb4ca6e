//! Packages: folders and zip archives of items with a manifest, read without trust.

pub mod manifest;
mod open;
pub mod zip;

pub use manifest::Manifest;
pub use open::{OpenFault, open};
pub use zip::PackageFile;
