//! One folder a page: its address, its read, its words.
