//! `credential(value)`: the kind of a credential that is written in a value.

use crate::eval::Ctx;
use crate::value::{Could, Data, Place, V, Why};
use onus_credentials::{Examples, MAX_VALUE, named};
use onus_model::{Names, PartialText, Unknown};
use std::borrow::Cow;

const TOO_LONG: &str = "the text is longer than what is looked through for credentials";

/// Keys of an entry's name, in lists of names and values.
const NAMES: [&str; 5] = ["Name", "Key", "ParameterKey", "OptionName", "name"];
/// Keys of its value.
const VALUES: [&str; 3] = ["Value", "value", "ParameterValue"];
/// Types of a variable whose value names a secret that is kept elsewhere, in CodeBuild.
const LOOKED_UP: [&str; 2] = ["PARAMETER_STORE", "SECRETS_MANAGER"];

/// How much text one step of an evaluation looks through.
const TEXT_OF_STEP: usize = 1024;

/// The kind of the first credential in a value, at its place; null where there is none.
pub(crate) fn credential<'a>(ctx: &Ctx<'a>, value: &V<'a>, examples: Examples) -> V<'a> {
    let mut walk = Walk { ctx, examples, found: None, open: None };
    walk.value(value, "", 0);
    match (walk.found, walk.open) {
        (Some((kind, place)), None) => V::new(Data::Str(kind), place),
        // What else is there may come before it.
        (Some((_, place)), Some((why, _))) => V::unknown(why, Could::OTHER, place),
        (None, Some((why, place))) => V::unknown(why, Could::OTHER.and(Could::NULL), place),
        (None, None) => V::null(value.place),
    }
}

/// Values are nested less deep than this; a policy has ten levels.
const MAX_DEPTH: usize = 64;

struct Walk<'c, 'a> {
    ctx: &'c Ctx<'a>,
    examples: Examples,
    found: Option<(&'static str, Place<'a>)>,
    /// What is not known, and may hold one.
    open: Option<(Why<'a>, Place<'a>)>,
}

impl<'a> Walk<'_, 'a> {
    /// Looks at the value of a name.
    fn value(&mut self, value: &V<'a>, name: &str, depth: usize) {
        if self.found.is_some() && self.open.is_some() {
            return;
        }
        if depth > MAX_DEPTH || !self.ctx.spend(1) {
            self.leave_open(self.ctx.exhausted(), value.place);
            return;
        }
        match &value.data {
            Data::Null => {}
            Data::Unknown(unknown) => match value.source() {
                Some(source) => self.unknown(source, value, name),
                None => self.leave_open(unknown.why.derived(), value.place),
            },
            Data::List(_) | Data::Items(_) => {
                for item in value.elements().into_iter().flatten() {
                    if let Some(doubt) = &item.doubt
                        && !matches!(item.value.data, Data::Unknown(_))
                    {
                        self.leave_open(doubt.derived(), item.value.place);
                        continue;
                    }
                    self.value(&item.value, name, depth + 1);
                }
            }
            Data::Map(map) => {
                let entries = map.iter().map(|(key, node)| (Cow::Borrowed(key), V::node(node)));
                self.entries(value, entries, depth);
            }
            Data::Entries(entries) => self.entries(value, entries.iter().cloned(), depth),
            _ => {
                if let Some(text) = value.text() {
                    self.text(&text, name, value.place);
                }
            }
        }
    }

    /// Looks at the entries of a map, of which one may be the name of another's value.
    fn entries(&mut self, map: &V<'a>, entries: impl Iterator<Item = (Cow<'a, str>, V<'a>)>, depth: usize) {
        let text = |keys: &[&str]| {
            keys.iter().map(|key| map.select(key)).find_map(|value| value.text().map(Cow::into_owned))
        };
        let named = text(&NAMES);
        let looked_up = text(&["Type"]).is_some_and(|kind| LOOKED_UP.contains(&kind.as_str()));
        for (key, value) in entries {
            let is_value = VALUES.contains(&&*key);
            if is_value && looked_up {
                continue;
            }
            let name = named.as_deref().filter(|_| is_value).unwrap_or(&key);
            self.value(&value, name, depth + 1);
        }
    }

    fn text(&mut self, text: &str, name: &str, place: Place<'a>) {
        if text.len() > MAX_VALUE || !self.ctx.spend(text.len() / TEXT_OF_STEP) {
            self.leave_open(Why::Text(TOO_LONG), place);
        } else if let Some(kind) = named(name, text, self.examples)
            && self.found.is_none()
        {
            self.found = Some((kind, place));
        }
    }

    /// The name of something that AWS runs is no credential, and what is known of a text is looked through.
    fn unknown(&mut self, unknown: &'a Unknown, value: &V<'a>, name: &str) {
        if let Some(text) = &unknown.text {
            let before = self.found.is_some();
            self.text(&text.written(), name, value.place);
            if !before && self.found.is_some() && value.may_be_null() {
                self.found = None;
                self.leave_open(Why::Source(unknown).derived(), value.place);
            }
        }
        if unknown.names == Names::Written || unknown.text.as_ref().is_some_and(PartialText::holds_secret) {
            let secret = Some((onus_credentials::SECRET, value.place));
            self.found = self.found.take().or(secret);
            return;
        }
        let left = !unknown.text.as_ref().map_or(unknown.is_deferred(), PartialText::is_deferred);
        if left {
            self.leave_open(Why::Source(unknown).derived(), value.place);
        }
    }

    fn leave_open(&mut self, why: Why<'a>, place: Place<'a>) {
        if self.open.is_none() {
            self.open = Some((why, place));
        }
    }
}
