//! Loads the knowledge and a user's own files, or points at the bad line.

pub mod terraform;
