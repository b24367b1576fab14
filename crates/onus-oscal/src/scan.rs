//! A first pass over a file that builds nothing: it finds what would be lost or would not fit, before the second pass
//! makes types of it.

use crate::limits;
use crate::notation::{Notation, ParseError};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// What the pass saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The root keys; `None` where the root is no object.
    pub(crate) roots: Option<Vec<String>>,
    /// The version of OSCAL that the metadata states.
    pub(crate) version: Option<String>,
    values: usize,
    fault: Option<Fault>,
}

/// Why the pass ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    DuplicateKey(String),
    TooDeep,
    TooMany,
    /// The parser says it.
    Syntax,
}

/// Goes through a text.
pub(crate) fn scan(notation: Notation, text: &str) -> Result<Seen, (Fault, ParseError)> {
    let mut seen = Seen::default();
    let result = notation.parse_seed(text, Scan { seen: &mut seen, depth: 0, at: At::Root });
    match result {
        Ok(()) => Ok(seen),
        Err(error) => Err((seen.fault.unwrap_or(Fault::Syntax), error)),
    }
}

/// Where the pass is, as far as that matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Root,
    Model,
    Metadata,
    Version,
    Elsewhere,
}

impl At {
    fn below(self, key: &str) -> Self {
        match (self, key) {
            (Self::Root, _) => Self::Model,
            (Self::Model, "metadata") => Self::Metadata,
            (Self::Metadata, "oscal-version") => Self::Version,
            _ => Self::Elsewhere,
        }
    }
}

/// Visits one value and all below it.
struct Scan<'s> {
    seen: &'s mut Seen,
    depth: usize,
    at: At,
}

impl Scan<'_> {
    fn fail<E: Error>(&mut self, fault: Fault) -> E {
        self.seen.fault = Some(fault);
        E::custom("the scan ends here")
    }

    fn count<E: Error>(&mut self) -> Result<(), E> {
        self.seen.values += 1;
        if self.seen.values > limits::MAX_VALUES { Err(self.fail(Fault::TooMany)) } else { Ok(()) }
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        self.count()?;
        if self.depth >= limits::MAX_DEPTH { Err(self.fail(Fault::TooDeep)) } else { Ok(()) }
    }

    fn below(&mut self, at: At) -> Scan<'_> {
        Scan { seen: self.seen, depth: self.depth + 1, at }
    }
}

impl<'de> DeserializeSeed<'de> for Scan<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.at {
            // A version such as `1.0` would be a number to YAML.
            At::Version => deserializer.deserialize_str(self),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Scan<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.at == At::Version { "a version" } else { "any value" })
    }

    fn visit_bool<E: Error>(mut self, _: bool) -> Result<(), E> {
        self.count()
    }

    fn visit_i64<E: Error>(mut self, _: i64) -> Result<(), E> {
        self.count()
    }

    fn visit_u64<E: Error>(mut self, _: u64) -> Result<(), E> {
        self.count()
    }

    fn visit_f64<E: Error>(mut self, _: f64) -> Result<(), E> {
        self.count()
    }

    fn visit_unit<E: Error>(mut self) -> Result<(), E> {
        self.count()
    }

    fn visit_none<E: Error>(mut self) -> Result<(), E> {
        self.count()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<(), E> {
        if self.at == At::Version {
            self.seen.version = Some(text.to_owned());
        }
        self.count()
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        self.enter()?;
        while list.next_element_seed(self.below(At::Elsewhere))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.enter()?;
        let mut keys = HashSet::new();
        if self.at == At::Root {
            self.seen.roots = Some(Vec::new());
        }
        while let Some(at) = map.next_key_seed(Key { scan: &mut self, keys: &mut keys })? {
            map.next_value_seed(self.below(at))?;
        }
        Ok(())
    }
}

/// Visits one key. It fails at the key itself, so that the parser says where that is.
struct Key<'k, 's> {
    scan: &'k mut Scan<'s>,
    keys: &'k mut HashSet<String>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = At;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<At, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = At;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<At, E> {
        if let (At::Root, Some(roots)) = (self.scan.at, &mut self.scan.seen.roots) {
            roots.push(key.to_owned());
        }
        if !self.keys.insert(key.to_owned()) {
            return Err(self.scan.fail(Fault::DuplicateKey(key.to_owned())));
        }
        Ok(self.scan.at.below(key))
    }
}
