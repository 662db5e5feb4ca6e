//! Figures of items as SVG with a text alternative.
