//! Formats of other people, translated at the border.
