//! What can be wrong with the text of an expression, as designed text.

use std::fmt;
use std::ops::Range;

/// A mistake in the text of an expression: where it is, what it is, and what to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The bytes of the expression's text that are meant; empty at its end.
    pub at: Range<usize>,
    /// What is wrong.
    pub cause: Cause,
}

impl ParseError {
    pub(crate) const fn new(at: Range<usize>, cause: Cause) -> Self {
        Self { at, cause }
    }

    /// What to try, as a phrase.
    pub fn help(&self) -> Option<String> {
        self.cause.help()
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

impl std::error::Error for ParseError {}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// There is nothing but white space.
    #[error("the expression is empty")]
    Empty,
    /// The text is longer than the limit.
    #[error("the expression has {length} bytes, more than the {limit} allowed")]
    TooLong {
        /// Its length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// The tree is deeper than the limit.
    #[error("the expression is nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The text ends in the middle.
    #[error("the expression ends too early")]
    UnexpectedEnd,
    /// A token that cannot stand where it stands.
    #[error("`{found}` is not expected here")]
    Unexpected {
        /// The token.
        found: String,
    },
    /// A quotation mark that nothing closes.
    #[error("the text is not closed")]
    UnclosedText,
    /// A literal that is out of range or badly escaped.
    #[error("`{literal}` is not a valid literal")]
    InvalidLiteral {
        /// The literal as written.
        literal: String,
    },
    /// A word that CEL keeps for itself.
    #[error("`{word}` is a reserved word")]
    Reserved {
        /// The word.
        word: String,
    },
    /// A part of CEL that is left out.
    #[error("{what} are not supported")]
    NotSupported {
        /// What, in the plural.
        what: &'static str,
    },
    /// A name that nothing defines.
    #[error("unknown name `{name}`")]
    UnknownName {
        /// The name.
        name: String,
        /// A defined name that looks like it.
        suggestion: Option<String>,
    },
    /// A function that does not exist.
    #[error("unknown function `{name}`")]
    UnknownFunction {
        /// The name.
        name: String,
        /// A function that looks like it.
        suggestion: Option<String>,
    },
    /// A method called as a function, or the reverse.
    #[error("`{name}` is called the wrong way")]
    WrongStyle {
        /// The name.
        name: String,
        /// How it is called.
        usage: &'static str,
    },
    /// Too few or too many arguments.
    #[error("`{name}` takes {expected}, not {found}")]
    WrongArity {
        /// The name.
        name: String,
        /// The number expected, in words.
        expected: &'static str,
        /// The number found.
        found: usize,
        /// How it is called.
        usage: &'static str,
    },
    /// An argument that must be a literal text is none.
    #[error("the {which} argument of `{name}` has to be a text in quotation marks")]
    NotLiteral {
        /// The function.
        name: String,
        /// Which argument, as an ordinal.
        which: &'static str,
    },
    /// The argument of `has` is no field.
    #[error("`has` takes a field of something")]
    NotField,
    /// The first argument of a macro is no plain name.
    #[error("the first argument of `{name}` has to be a name for the element")]
    NotVariable {
        /// The macro.
        name: String,
    },
    /// A macro's variable hides a name of the language.
    #[error("`{name}` has a meaning of its own and cannot name an element")]
    Shadows {
        /// The name.
        name: String,
    },
    /// A regular expression that does not compile.
    #[error("`{pattern}` is not a valid regular expression: {reason}")]
    InvalidPattern {
        /// The pattern.
        pattern: String,
        /// Why.
        reason: String,
    },
    /// The parser failed in a way that it should not.
    #[error("the expression could not be read")]
    Unreadable,
}

impl Cause {
    fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnknownName { suggestion: Some(name), .. }
            | Self::UnknownFunction { suggestion: Some(name), .. } => format!("did you mean `{name}`?"),
            Self::UnknownName { suggestion: None, .. } => {
                "properties are reached from `resource`, as in `resource.BucketName`".to_owned()
            }
            Self::WrongStyle { usage, .. } | Self::WrongArity { usage, .. } => format!("write `{usage}`"),
            Self::NotField => "write `has(resource.Field)`".to_owned(),
            Self::TooLong { .. } | Self::TooDeep { .. } => "split the check in two".to_owned(),
            Self::Unexpected { found } => match found.as_str() {
                "=" => "`==` compares".to_owned(),
                "and" | "&" => "write `&&`".to_owned(),
                "or" | "|" => "write `||`".to_owned(),
                "not" => "write `!`".to_owned(),
                _ => return None,
            },
            _ => return None,
        })
    }
}
