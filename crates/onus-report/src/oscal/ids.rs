//! Identifiers: uuids that follow from names, and ids that OSCAL takes.

use onus_oscal::Model;
use uuid::Uuid;

/// The namespace of all uuids here: that of `urn:onus:oscal` among URLs, by version 5.
const NAMESPACE: Uuid = Uuid::from_u128(0xd56f_252f_39dc_52e7_9006_97b2_fedc_3b6f);

/// The uuid (version 5) of something by its name. The parts are kept apart, so that `a`, `bc` is not `ab`, `c`.
pub(super) fn uuid(parts: &[&str]) -> String {
    Uuid::new_v5(&NAMESPACE, parts.join("\u{1f}").as_bytes()).to_string()
}

/// Gives a document the uuid that follows from its content, as the standard asks for another when the content changes.
pub(super) fn sealed(model: impl Into<onus_oscal::Document>) -> onus_oscal::Document {
    let mut document = model.into();
    let text = onus_oscal::write_json(&document);
    let seal = uuid(&["document", &text]);
    match &mut document.model {
        Model::Catalog(model) => model.uuid = seal,
        Model::Profile(model) => model.uuid = seal,
        Model::MappingCollection(model) => model.uuid = seal,
        Model::ComponentDefinition(model) => model.uuid = seal,
        Model::SystemSecurityPlan(model) => model.uuid = seal,
        Model::AssessmentPlan(model) => model.uuid = seal,
        Model::AssessmentResults(model) => model.uuid = seal,
        Model::PlanOfActionAndMilestones(model) => model.uuid = seal,
    }
    document
}

/// An id as a token of OSCAL (an XML name without a colon). A character that may not stand where it does becomes
/// `_xHHHH_` with its number, as XML schemas escape names; so does the `_` of a text that looks like that already.
/// `164.308(a)(1)` becomes `_x0031_64.308_x0028_a_x0029__x0028_1_x0029_`, and NIST's ids stay as they are.
pub fn token(id: &str) -> String {
    let mut token = String::with_capacity(id.len());
    for (at, char) in id.char_indices() {
        let plain = char.is_alphabetic()
            || (char == '_' && escape_at(&id[at..]).is_none())
            || (at > 0 && (char.is_numeric() || matches!(char, '.' | '-')));
        if plain {
            token.push(char);
        } else {
            token.push_str(&format!("_x{:04X}_", u32::from(char)));
        }
    }
    if token.is_empty() { "_".to_owned() } else { token }
}

/// The id that a token stands for: undoes [`token`].
pub fn untoken(token: &str) -> String {
    let mut id = String::with_capacity(token.len());
    let mut rest = token;
    while let Some(char) = rest.chars().next() {
        let (char, length) = escape_at(rest).unwrap_or((char, char.len_utf8()));
        id.push(char);
        rest = &rest[length..];
    }
    id
}

/// The character that an escape at the beginning of a text stands for, and the length of the escape.
fn escape_at(text: &str) -> Option<(char, usize)> {
    let (digits, _) = text.strip_prefix("_x")?.split_once('_')?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte));
    if !(4..=6).contains(&digits.len()) || !hex {
        return None;
    }
    let char = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((char, digits.len() + 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_become_tokens() {
        assert_eq!(token("ac-2_smt.a"), "ac-2_smt.a");
        assert_eq!(token("164.308(a)(1)"), "_x0031_64.308_x0028_a_x0029__x0028_1_x0029_");
        assert_eq!(token("a_x0031_b"), "a_x005F_x0031_b");
        assert_eq!(token("9 a"), "_x0039__x0020_a");
    }

    proptest! {
        #[test]
        fn a_token_leads_back_to_its_id(id in "[a-z0-9_xA-F(). §-]{1,20}") {
            let token = token(&id);
            prop_assert!(token.starts_with(|char: char| char.is_alphabetic() || char == '_'), "{token}");
            prop_assert!(token.chars().all(|c| c.is_alphanumeric() || "._-".contains(c)), "{token}");
            prop_assert_eq!(untoken(&token), id);
        }
    }

    #[test]
    fn uuids_are_of_version_5_and_keep_parts_apart() {
        assert_eq!(uuid(&["a", "bc"]), uuid(&["a", "bc"]));
        assert_ne!(uuid(&["a", "bc"]), uuid(&["ab", "c"]));
        assert_eq!(uuid(&["a"]).as_bytes()[14], b'5');
    }
}
