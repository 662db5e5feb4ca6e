//! A school that exists only in memory: same seed, same story.
