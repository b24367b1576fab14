//! From a JSON pointer to a line.

use crate::error::Place;
use crate::notation::Notation;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Where the value that a JSON pointer names stands in the file that was read. The file is gone through again, which
/// takes about as long as a search for a word; nothing is found where the file has no such value.
pub fn locate(bytes: &[u8], pointer: &str) -> Option<Place> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tokens: Vec<String> =
        pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
    let mut found = false;
    let seed = Find { tokens: &tokens, found: &mut found };
    let stopped = Notation::of(text).parse_seed(text, seed).err()?;
    found.then_some(stopped.place)
}

/// Goes down to a value, and fails there: the parser then says where it is.
struct Find<'f> {
    tokens: &'f [String],
    found: &'f mut bool,
}

impl Find<'_> {
    fn arrived<E: Error>(&mut self) -> Result<(), E> {
        if self.tokens.is_empty() {
            *self.found = true;
            return Err(E::custom("found"));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Find<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(mut self, _: bool) -> Result<(), E> {
        self.arrived()
    }

    fn visit_i64<E: Error>(mut self, _: i64) -> Result<(), E> {
        self.arrived()
    }

    fn visit_u64<E: Error>(mut self, _: u64) -> Result<(), E> {
        self.arrived()
    }

    fn visit_f64<E: Error>(mut self, _: f64) -> Result<(), E> {
        self.arrived()
    }

    fn visit_unit<E: Error>(mut self) -> Result<(), E> {
        self.arrived()
    }

    fn visit_str<E: Error>(mut self, _: &str) -> Result<(), E> {
        self.arrived()
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        self.arrived()?;
        let (token, rest) = self.tokens.split_first().expect("`arrived` left with none");
        let wanted: Option<usize> = token.parse().ok();
        for index in 0.. {
            let more = if Some(index) == wanted {
                list.next_element_seed(Find { tokens: rest, found: self.found })?.is_some()
            } else {
                list.next_element::<IgnoredAny>()?.is_some()
            };
            if !more {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.arrived()?;
        let (token, rest) = self.tokens.split_first().expect("`arrived` left with none");
        while let Some(key) = map.next_key::<String>()? {
            if key == *token {
                map.next_value_seed(Find { tokens: rest, found: self.found })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
