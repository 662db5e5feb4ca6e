//! The commands of the binary, one file each.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod bench;
mod clock;
pub(crate) mod course;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod evaluate;
mod evaluate_explain;
mod evaluate_html;
mod evaluate_input;
mod evaluate_report;
mod evaluate_run;
pub(crate) mod explain;
pub(crate) mod export;
mod findings;
pub(crate) mod fit;
mod fit_file;
pub(crate) mod import;
pub(crate) mod import_bank;
pub(crate) mod model;
mod model_priors;
pub(crate) mod replay;
pub(crate) mod restore;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod simulate_cards;
