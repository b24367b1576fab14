//! The texts that cells share.

use super::xml::{Item, Items};
use crate::error::ProviderError;
use crate::limits;
use std::sync::Arc;

pub(super) fn read(text: &str, path: &str) -> Result<Vec<Arc<str>>, ProviderError> {
    let (mut items, mut strings) = (Items::new(text, path), Vec::new());
    while let Some(item) = items.next()? {
        if matches!(&item, Item::Start(element) if element.name == "si") {
            if strings.len() == limits::MAX_CELLS {
                return Err(ProviderError::TooMany { what: "texts", limit: limits::MAX_CELLS as u64 });
            }
            strings.push(rich(&mut items, "si")?.into());
        }
    }
    Ok(strings)
}

/// A text up to the end of its element, in one piece whatever its fonts; without what is only there to pronounce it.
pub(super) fn rich(items: &mut Items<'_>, until: &str) -> Result<String, ProviderError> {
    let (mut text, mut inside, mut spoken) = (String::new(), false, false);
    while let Some(item) = items.next()? {
        match item {
            Item::Start(element) if element.name == "rPh" => spoken = true,
            Item::End(name) if name == "rPh" => spoken = false,
            Item::Start(element) if element.name == "t" => inside = true,
            Item::End(name) if name == "t" => inside = false,
            Item::End(name) if name == until => break,
            Item::Text(part) if inside && !spoken => text.push_str(&part),
            _ => {}
        }
    }
    Ok(unescape(&text))
}

/// Characters that XML cannot hold are written `_x000D_`.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_come_back() {
        assert_eq!(unescape("a_x000D_b_x_xyz1_ _x00"), "a\rb_x_xyz1_ _x00");
    }
}
