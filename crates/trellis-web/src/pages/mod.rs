//! One folder a page: its address, its read, its words.

pub(crate) mod audit;
pub(crate) mod author;
pub(crate) mod check;
pub(crate) mod class;
pub(crate) mod class_map;
pub(crate) mod courses;
pub(crate) mod district;
pub(crate) mod evidence;
pub(crate) mod family;
pub(crate) mod groups;
pub(crate) mod how;
pub(crate) mod item;
pub(crate) mod kept;
pub(crate) mod lessons;
pub(crate) mod links;
pub(crate) mod map;
pub(crate) mod matters;
pub(crate) mod placement;
pub(crate) mod practice;
pub(crate) mod print;
pub(crate) mod sign_in;
pub(crate) mod tags;
pub(crate) mod teacher_today;
pub(crate) mod today;
pub(crate) mod why;
