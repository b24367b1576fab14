//! The OSCAL documents of the examples: valid by NIST's schema, without a problem in what they refer to, the same
//! when read again, and the same bytes each time.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod documents;
mod kit;
mod schema;
