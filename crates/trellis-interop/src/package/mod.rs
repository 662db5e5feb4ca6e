//! Packages: folders and zip archives of items with a manifest, read without trust.

pub mod zip;

pub use zip::PackageFile;
