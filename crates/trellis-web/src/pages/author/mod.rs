//! Writing questions in the web app: the list of courses and drafts, the editor with its preview and findings, versions, and
//! publishing.

mod desk;
mod difference;
mod edit;
mod fields;
mod findings;
mod list;
mod preview;
mod publish;
mod versions;

pub(crate) use edit::{act_draft, act_item, act_new, draft, item, new};
pub(crate) use list::{course, courses};
pub(crate) use versions::{back, versions};
