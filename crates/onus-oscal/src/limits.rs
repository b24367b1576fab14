//! How much is read and resolved, and why no more.

/// The largest file that is read. NIST's catalog of 800-53 with all its enhancements has ten megabytes, and the plans
/// of large systems twenty; as types, a file takes up to ten times its size.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// How deep objects and lists may lie within each other. NIST's catalogs come to 18. Reading recurses, and this is
/// less than a small stack holds, and less than the 128 where `serde_json` stops with a message of its own.
pub const MAX_DEPTH: usize = 100;

/// How many values a file may have. An empty object takes three bytes in a file and a hundred times as many in
/// memory, so that the size alone bounds nothing. NIST's resolved HIGH baseline has 83,000.
pub const MAX_VALUES: usize = 3_000_000;

/// How many profiles may stand between the one that is resolved and a catalog. Real chains have four: NIST's
/// baseline, the programme's, the organization's, the system's.
pub const MAX_IMPORT_DEPTH: usize = 10;

/// How many bytes of controls and resources are copied while a profile is resolved. Each import multiplies what it
/// imports, and so do groups that take the same controls; ten profiles could make anything out of a little.
pub const MAX_COPIED_BYTES: usize = 256 * 1024 * 1024;

/// How many comparisons are made while a profile is resolved: patterns with the ids of all controls, additions with all
/// parts. A hundred patterns over NIST's catalog take twelve million.
pub const MAX_STEPS: usize = 50_000_000;

/// The longest pattern that is matched against ids, in characters. Ids have about ten.
pub const MAX_PATTERN: usize = 200;

/// How deep parts and enhancements of a resolved control may lie within each other, since profiles may add parts to
/// parts of parts.
pub const MAX_PART_DEPTH: usize = 50;
