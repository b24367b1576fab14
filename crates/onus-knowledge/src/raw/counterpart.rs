//! What other tools ask beside a check: `{S3.14: equal, S3.5: {looser: A sentence.}}`.

use super::{Entries, Words};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use std::fmt;

/// Ids with how our check stands to each.
#[derive(Debug)]
pub(crate) enum RawCounterparts {
    /// As it should be.
    Stated(Entries<Spanned<RawStrictness>>),
    /// Ids alone, kept for what is said about them.
    Bare(Vec<String>),
}

/// `equal`, or `{looser: A sentence.}`; anything else is kept for what is said about it.
#[derive(Debug)]
pub(crate) struct RawStrictness {
    pub(crate) word: String,
    pub(crate) difference: Option<String>,
}

/// The name of a rule, or names by the control that each implements.
#[derive(Debug)]
pub(crate) enum RawConfigRules {
    One(String),
    ByControl(Entries<Spanned<String>>),
}

impl<'de> Deserialize<'de> for RawCounterparts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counterparts;

        impl<'de> Visitor<'de> for Counterparts {
            type Value = RawCounterparts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of ids, each `equal`, `{looser: …}` or `{stricter: …}`")
            }

            fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<Self::Value, E> {
                Ok(RawCounterparts::Bare(vec![id.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, ids: A) -> Result<Self::Value, A::Error> {
                let ids = Words::deserialize(SeqAccessDeserializer::new(ids))?;
                Ok(RawCounterparts::Bare(ids.0))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Entries::deserialize(MapAccessDeserializer::new(map)).map(RawCounterparts::Stated)
            }
        }
        deserializer.deserialize_any(Counterparts)
    }
}

impl<'de> Deserialize<'de> for RawStrictness {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Strictness;

        impl<'de> Visitor<'de> for Strictness {
            type Value = RawStrictness;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`equal`, `{looser: …}` or `{stricter: …}`")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
                Ok(RawStrictness { word: word.to_owned(), difference: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let stated: Entries<String> = Entries::deserialize(MapAccessDeserializer::new(map))?;
                match <[_; 1]>::try_from(stated.0) {
                    Ok([(word, difference)]) => Ok(RawStrictness { word, difference: Some(difference) }),
                    Err(_) => Err(serde::de::Error::custom("one of `looser` and `stricter` with a sentence")),
                }
            }
        }
        deserializer.deserialize_any(Strictness)
    }
}

impl<'de> Deserialize<'de> for RawConfigRules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ConfigRules;

        impl<'de> Visitor<'de> for ConfigRules {
            type Value = RawConfigRules;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a rule, or a map of controls with the rule of each")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(RawConfigRules::One(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Entries::deserialize(MapAccessDeserializer::new(map)).map(RawConfigRules::ByControl)
            }
        }
        deserializer.deserialize_any(ConfigRules)
    }
}
