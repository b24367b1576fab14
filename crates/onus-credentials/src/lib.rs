//! Passwords, keys and tokens that are written out in a text: where they are, and of what kind.
//!
//! Start at [`find`], which looks through any text, and [`named`], which knows the name that a text is the value of.
//! What is looked for: tokens by how they are written (`formats.txt`), private keys, JSON web tokens, passwords in the
//! addresses of databases and the like, and what is assigned to a name such as `DB_PASSWORD` (`names`, `assigned`); all of
//! it within base64 too. A reference, a placeholder and a name of a secret are no secrets (`written`).
//!
//! A finding holds no text of the secret, and nothing here reads files. Time is linear in the text, whatever it holds.

mod assigned;
mod chars;
mod encoded;
mod formats;
mod keys;
mod names;
mod scan;
mod urls;
mod written;

pub use names::{Grade, grade};
pub use scan::{find, find_from, first, named};

use std::ops::Range;

/// The longest text in which [`find_from`] is to be asked about values: AWS takes none that is longer than 4 MiB
/// anywhere, and most are some kilobytes.
pub const MAX_VALUE: usize = 4 << 20;

/// The kind of what is known to be a secret, whatever it looks like.
pub const SECRET: &str = "secret";

/// What a reader leaves of a secret that is written out: that it is one, and nothing of it.
pub const WRITTEN_OUT: &str = "(a secret that is written out)";

/// Whether keys that are written in AWS's documentation, which nobody can use, count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Examples {
    /// They are passed over.
    #[default]
    Ignored,
    /// They are found like any other.
    Counted,
}

/// A credential in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its kind, an id of `formats.txt` or of one of the modules here: `aws-access-key`, `password`.
    pub kind: &'static str,
    /// The bytes that nobody may see; of encoded text all of it.
    pub range: Range<usize>,
}
