//! Content of other people, HTML with MathML, and the small markup of items: there and back.

mod html;
mod mathml;
mod read;
mod write;

pub use html::parse as parse_html;
pub use mathml::latex;
pub use read::{Loss, Picture, Reader, Special};
pub use write::{GapNode, MEDIA, TexStyle, html, nodes, nodes_with_gaps};

/// The namespace of HTML in our trees.
pub const HTML: &str = "http://www.w3.org/1999/xhtml";
/// The namespace of MathML.
pub const MATHML: &str = "http://www.w3.org/1998/Math/MathML";
