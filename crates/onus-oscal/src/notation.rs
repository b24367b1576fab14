//! JSON or YAML, by content; and how each is parsed.

use crate::error::Place;
use crate::limits;
use serde::Deserialize;
use serde::de::DeserializeSeed;

/// How a document is written down. XML is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

/// What a parser has to say, and where.
pub(crate) struct ParseError {
    pub(crate) place: Place,
    pub(crate) message: String,
}

impl Notation {
    /// JSON begins with a brace, or a bracket where it is no document. YAML may begin so as well; what is valid of
    /// that is JSON but for a few freedoms, which are not worth a guess.
    pub(crate) fn of(text: &str) -> Self {
        if text.trim_start().starts_with(['{', '[']) { Self::Json } else { Self::Yaml }
    }

    /// Parses a text that has passed [`crate::scan`].
    pub(crate) fn parse<'de, T: Deserialize<'de>>(self, text: &'de str) -> Result<T, ParseError> {
        self.parse_seed(text, std::marker::PhantomData)
    }

    pub(crate) fn parse_seed<'de, S: DeserializeSeed<'de>>(
        self,
        text: &'de str,
        seed: S,
    ) -> Result<S::Value, ParseError> {
        match self {
            Self::Json => {
                let mut json = serde_json::Deserializer::from_str(text);
                let value = seed.deserialize(&mut json)?;
                json.end()?;
                Ok(value)
            }
            Self::Yaml => {
                let parse = |yaml: serde_saphyr::Deserializer<'de, '_>| seed.deserialize(yaml);
                Ok(serde_saphyr::with_deserializer_from_str_with_options(text, options(), parse)?)
            }
        }
    }
}

/// YAML as NIST's own files use it: a way to write down JSON.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 4 * limits::MAX_VALUES,
            max_nodes: limits::MAX_VALUES + 1,
            max_depth: limits::MAX_DEPTH + 1,
            max_total_scalar_bytes: limits::MAX_BYTES,
            max_documents: 1,
        },
        // Duplicates are found by the scan, which knows their names.
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_saphyr::MergeKeyPolicy::Error,
        // `yes` and `0123` are words, as they are where a schema asks for text.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        // What is encoded stays so: the standard has a field for that, and a tag is not JSON.
        ignore_binary_tag_for_string: true,
        with_snippet: false,
    }
}

impl From<serde_json::Error> for ParseError {
    fn from(error: serde_json::Error) -> Self {
        let place = Place { line: error.line() as u32, column: error.column().max(1) as u32 };
        let message = error.to_string();
        // The place is said by whoever shows the error.
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(before, _)| before);
        Self { place, message: lower(message) }
    }
}

impl From<serde_saphyr::Error> for ParseError {
    fn from(error: serde_saphyr::Error) -> Self {
        let location = error.location().unwrap_or(serde_saphyr::Location::UNKNOWN);
        let place = Place { line: location.line().max(1) as u32, column: location.column().max(1) as u32 };
        let message = error.without_snippet().to_string();
        let message = message.lines().next().unwrap_or_default();
        let message = message.rsplit_once(" at line ").map_or(message, |(before, _)| before);
        Self { place, message: lower(message) }
    }
}

/// The parsers differ in how they begin; only a first letter that stands alone is changed, not `EOF`.
fn lower(message: &str) -> String {
    let mut chars = message.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => message.to_owned(),
    }
}
