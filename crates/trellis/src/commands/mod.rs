//! The commands of the binary, one file each.

pub(crate) mod audit;
pub(crate) mod bench;
pub(crate) mod course;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod import;
pub(crate) mod replay;
pub(crate) mod serve;
