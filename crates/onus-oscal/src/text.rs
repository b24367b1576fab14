//! What the text of controls refers to: parameters that it inserts, and links.

/// The ids of the parameters that a text inserts: `{{ insert: param, ac-1_prm_1 }}`.
pub(crate) fn inserts(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|after| {
        let (directive, _) = after.split_once("}}")?;
        let (kind, id) = directive.trim().strip_prefix("insert:")?.split_once(',')?;
        (kind.trim() == "param").then(|| id.trim())
    })
}

/// What a text links to within its document: `[the law](#uuid)` gives the part after `#`.
pub(crate) fn fragments(text: &str) -> impl Iterator<Item = &str> {
    text.split("](#").skip(1).filter_map(|after| after.split([')', ' ', '"']).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_texts_refer_to() {
        let text = "See {{ insert: param, a_1 }} and {{insert:param,b}}, [x](#u-1), [y](#u-2 \"t\"). {{ insert: control, c }} {{ insert: param, d";
        assert_eq!(inserts(text).collect::<Vec<_>>(), ["a_1", "b"]);
        assert_eq!(fragments(text).collect::<Vec<_>>(), ["u-1", "u-2"]);
        assert_eq!(fragments("](#").collect::<Vec<_>>(), [""]);
    }
}
