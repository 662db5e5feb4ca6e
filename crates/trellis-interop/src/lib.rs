//! Formats of other people, translated at the border.

pub mod anki;
pub mod bank;
pub mod cartridge;
pub mod course;
mod decimal;
pub mod drawing;
pub mod finding;
pub mod folder;
pub mod gift;
pub mod markup;
pub mod moodle;
mod name_order;
pub mod oatutor;
pub mod oneroster;
pub mod package;
pub mod perseus;
pub mod pybkt;
pub mod qti;
pub mod question;
pub mod responses;
pub mod xml;
