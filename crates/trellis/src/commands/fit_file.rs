//! The file of a fitted model: where it is from, then the model itself.
//!
//! Layout: one line that names the format and its version, one line of JSON, the model's own
//! bytes, which carry their check sum.

use std::fmt;

use serde::{Deserialize, Serialize};
use trellis_stats::tracing::additive::{Additive, BadModel};

/// The first line; the number is the version of this layout.
const FIRST_LINE: &str = "trellis model 1";

/// Where a model is from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Provenance {
    /// The file of answers.
    pub(crate) source: String,
    /// Rows of that file, and those used.
    pub(crate) rows_read: usize,
    pub(crate) rows_used: usize,
    /// Students in it.
    pub(crate) students: usize,
    /// When, in seconds since 1970.
    pub(crate) fitted_at_s: u64,
    /// The program's version.
    pub(crate) trellis: String,
    /// Options of the fit.
    pub(crate) options: String,
    /// Figures on a fifth of the students that a fit with the same options did not see.
    pub(crate) held_out_auc: Option<f64>,
    pub(crate) held_out_log_loss: Option<f64>,
    pub(crate) held_out_ece: Option<f64>,
    /// Names of items and skills in the order of the model's keys.
    pub(crate) items: Vec<String>,
    pub(crate) skills: Vec<String>,
}

/// A model and where it is from.
#[derive(Debug)]
pub(crate) struct ModelFile {
    pub(crate) provenance: Provenance,
    pub(crate) model: Additive,
}

/// Why bytes are no model file.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// The first line is another.
    NotAModel,
    /// The line of JSON is broken.
    Provenance(serde_json::Error),
    /// The model's own bytes are broken.
    Model(BadModel),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAModel => write!(
                out,
                "not a model file of Trellis, or one of another version"
            ),
            Self::Provenance(error) => {
                write!(out, "where the model is from cannot be read: {error}")
            }
            Self::Model(error) => write!(out, "{error}"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl ModelFile {
    /// The bytes of the file.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut out = format!("{FIRST_LINE}\n").into_bytes();
        out.extend(serde_json::to_vec(&self.provenance)?);
        out.push(b'\n');
        out.extend(self.model.to_bytes());
        Ok(out)
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut parts = bytes.splitn(3, |&byte| byte == b'\n');
        let (first, about, body) = (parts.next(), parts.next(), parts.next());
        if first != Some(FIRST_LINE.as_bytes()) {
            return Err(Unreadable::NotAModel);
        }
        let provenance =
            serde_json::from_slice(about.unwrap_or_default()).map_err(Unreadable::Provenance)?;
        let model = Additive::from_bytes(body.unwrap_or_default()).map_err(Unreadable::Model)?;
        Ok(Self { provenance, model })
    }
}
