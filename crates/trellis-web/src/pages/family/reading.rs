//! The family's page in varied states: its reading grade by formula, and that it tells the truth about each.

use trellis_core::catalog::Catalog;
