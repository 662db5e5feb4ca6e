//! The only crate that knows SQL, and the one door for writing.
