//! Functions that make text and lists: `Fn::Sub`, `Fn::Join`, `Fn::Split`, `Fn::Select` and their kin.

use super::evaluate::{finished, finished_pieces};
use super::foreach::Loops;
use super::lists::Trim;
use super::run::OVER_LIMIT;
use super::stack::{Stack, shorten};
use super::tree::Syntax;
use super::{encode, scalar, unknown};
use onus_model::{Node, Span, TextBuilder, Unknown, Value};

impl<'t> Stack<'t> {
    /// A value that a function with wrong arguments has.
    fn senseless(&self, node: Syntax<'t>, function: &str, takes: &str) -> Value {
        self.run.invalid(node.span(), format!("`Fn::{function}` takes {takes}"));
        Value::unknown(format!("`Fn::{function}` makes no sense here"))
    }

    fn value_of(&self, node: Syntax<'t>, loops: &Loops) -> Value {
        self.evaluate(node, loops).map_or(Value::Null, |node| node.value)
    }

    /// `Fn::Sub`, with or without variables of its own.
    pub(crate) fn substitute(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        let (template, variables) = match argument.untagged_scalar() {
            Some(text) => (Some(text), None),
            None => (argument.item(0).and_then(Syntax::scalar), argument.item(1)),
        };
        let Some(template) = template else {
            return self.senseless(node, "Sub", "a text, or a text and a map");
        };
        let mut out = TextBuilder::default();
        let mut rest = template;
        while let Some(start) = rest.find("${") {
            out.known(&rest[..start]);
            rest = &rest[start + 2..];
            let Some(end) = rest.find('}') else {
                out.known("${");
                break;
            };
            let name = &rest[..end];
            rest = &rest[end + 1..];
            if let Some(literal) = name.strip_prefix('!') {
                out.known(&format!("${{{literal}}}"));
                continue;
            }
            let value = self.variable(name.trim(), variables, node.span(), loops);
            if !self.append(&value, &mut out) {
                out.open(&Unknown::present("a list or map stands where `Fn::Sub` takes text"));
            }
            if !self.afford(&out, node.span()) {
                return Value::unknown(OVER_LIMIT);
            }
        }
        out.known(rest);
        finished_pieces(out)
    }

    /// Adds a value to a text; false where it is none.
    fn append(&self, value: &Value, out: &mut TextBuilder) -> bool {
        match (scalar::text(value), value) {
            (Some(text), _) => out.known(&text),
            (None, Value::Unknown(unknown)) => out.open(unknown),
            (None, _) => return false,
        }
        true
    }

    /// Pays for a text so far; false where a limit is reached.
    fn afford(&self, text: &TextBuilder, at: Span) -> bool {
        let (length, pieces) = text.size();
        self.run.spend_text(length, at) && self.run.spend(pieces as u64 / 4, at)
    }

    fn variable(&self, name: &str, variables: Option<Syntax<'t>>, at: Span, loops: &Loops) -> Value {
        if let Some(own) = variables.and_then(|variables| self.look_into(variables, name)) {
            return self.value_of(own, loops);
        }
        if loops.get(name).is_none()
            && let Some((resource, attribute)) = name.split_once('.')
        {
            return self.named_attribute(resource, attribute, at);
        }
        self.named(name, at, loops).map_or(Value::string(""), |node| node.value)
    }

    /// `Fn::Join`
    pub(crate) fn join(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        let (Some(delimiter), Some(list)) = (argument.item(0), argument.item(1)) else {
            return self.senseless(node, "Join", "a delimiter and a list");
        };
        let (delimiter, list) = (self.value_of(delimiter, loops), self.value_of(list, loops));
        let (Some(delimiter), Value::List(items)) = (scalar::text(&delimiter), &list) else {
            return unknown::blend([&delimiter, &list].into_iter(), true)
                .unwrap_or_else(|| self.senseless(node, "Join", "a delimiter and a list"));
        };
        let mut out = TextBuilder::default();
        let length = items.iter().map(|item| super::lookup::text_length(&item.value) + delimiter.len()).sum();
        if !self.run.spend_text(length, node.span()) {
            return Value::unknown(OVER_LIMIT);
        }
        let mut doubtful = false;
        for (at, item) in items.iter().enumerate() {
            // An element that may be taken out takes a delimiter with it.
            let may_be_nothing = matches!(&item.value, Value::Unknown(unknown) if !unknown.present);
            if at > 0 && (doubtful || may_be_nothing) {
                out.open(&Unknown::present("a part of it may be left out"));
            } else if at > 0 {
                out.known(&delimiter);
            }
            doubtful = may_be_nothing;
            if !self.append(&item.value, &mut out) {
                return unknown::blend(std::iter::once(&list), true)
                    .unwrap_or_else(|| self.senseless(node, "Join", "a list of texts"));
            }
        }
        finished_pieces(out)
    }

    /// `Fn::Split`
    pub(crate) fn split(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        self.split_open(node, argument, loops).0
    }

    /// `Fn::Split`; where the list is not known, also the elements that it is certain to begin with.
    fn split_open(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> (Value, Vec<Node>) {
        let (Some(delimiter), Some(source)) = (argument.item(0), argument.item(1)) else {
            return (self.senseless(node, "Split", "a delimiter and a text"), Vec::new());
        };
        let (delimiter, source) = (self.value_of(delimiter, loops), self.value_of(source, loops));
        if let (Some(delimiter), Value::Unknown(open)) = (scalar::text(&delimiter), &source) {
            let whole =
                (delimiter == ",").then(|| super::lists::split(open, Trim::No, node.span())).flatten();
            if let Some(items) = whole {
                return (Value::List(items), Vec::new());
            }
            let prefix = open.text.as_ref().filter(|_| open.present).map_or("", |text| text.prefix());
            let mut head: Vec<Node> = Vec::new();
            if !delimiter.is_empty() && self.run.spend_text(prefix.len(), node.span()) {
                head.extend(
                    prefix.split(&*delimiter).map(|part| Node::new(Value::string(part), node.span())),
                );
                // The last one may go on.
                head.pop();
            }
            let value = unknown::blend(std::iter::once(&source), true);
            return (value.unwrap_or(Value::Null), head);
        }
        (self.split_known(node, &delimiter, &source), Vec::new())
    }

    fn split_known(&self, node: Syntax<'t>, delimiter: &Value, source: &Value) -> Value {
        if let Some(value) = unknown::blend([delimiter, source].into_iter(), true) {
            return value;
        }
        match (scalar::text(delimiter), scalar::text(source)) {
            (Some(delimiter), Some(source)) if !delimiter.is_empty() => {
                if !self.run.spend(source.matches(&*delimiter).count() as u64, node.span()) {
                    return Value::unknown(OVER_LIMIT);
                }
                let parts = source.split(&*delimiter);
                Value::List(parts.map(|part| Node::new(Value::string(part), node.span())).collect())
            }
            _ => self.senseless(node, "Split", "a delimiter and a text"),
        }
    }

    /// `Fn::Select`
    pub(crate) fn select(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Option<Node> {
        let (Some(index), Some(list)) = (argument.item(0), argument.item(1)) else {
            return Some(Node::new(self.senseless(node, "Select", "an index and a list"), node.span()));
        };
        let index = self.value_of(index, loops);
        let chosen = scalar::text(&index).and_then(|text| text.trim().parse::<usize>().ok());
        let (list, mut head) = match list.call() {
            Some(("Split", parts)) => self.split_open(list, parts, loops),
            _ => (self.value_of(list, loops), Vec::new()),
        };
        let value = match (chosen, list) {
            (Some(chosen), Value::Unknown(_)) if chosen < head.len() => {
                return Some(head.swap_remove(chosen));
            }
            (Some(chosen), Value::List(mut items)) => {
                if chosen < items.len() {
                    return Some(super::lookup::moved(items.swap_remove(chosen), node.span()));
                }
                let message = format!("the list has no element {chosen}, only {}", items.len());
                self.run.invalid_if_deployed(node.span(), message);
                Value::unknown(format!("the list has no element {chosen}"))
            }
            (_, list) => unknown::blend([&index, &list].into_iter(), true)
                .unwrap_or_else(|| self.senseless(node, "Select", "an index and a list")),
        };
        Some(Node::new(value, node.span()))
    }

    /// `Fn::Length`
    pub(crate) fn length(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        match self.value_of(argument, loops) {
            Value::List(items) => Value::Int(items.len() as i64),
            value => unknown::blend(std::iter::once(&value), true)
                .unwrap_or_else(|| self.senseless(node, "Length", "a list")),
        }
    }

    /// `Fn::ToJsonString`
    pub(crate) fn to_json_string(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        let value = self.value_of(argument, loops);
        if let Some(value) = unknown::blend(std::iter::once(&value), true) {
            return value;
        }
        let text = scalar::json(&value);
        if self.run.spend_text(text.len(), node.span()) { finished(text) } else { Value::unknown(OVER_LIMIT) }
    }

    /// `Fn::Base64`
    pub(crate) fn base64(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        let value = self.value_of(argument, loops);
        match scalar::text(&value) {
            Some(text) if self.run.spend_text(text.len(), node.span()) => {
                Value::string(encode::base64(text.as_bytes()))
            }
            Some(_) => Value::unknown(OVER_LIMIT),
            // Of what is known in part it is not known where its letters come to stand. It stays as it was written,
            // which is what is asked about user data.
            None if matches!(&value, Value::Unknown(unknown) if unknown.text.is_some() || unknown.is_deferred()) => {
                value
            }
            None => unknown::blend(std::iter::once(&value), true)
                .unwrap_or_else(|| self.senseless(node, "Base64", "a text")),
        }
    }

    /// `Fn::Cidr`
    pub(crate) fn cidr(&self, node: Syntax<'t>, argument: Syntax<'t>, loops: &Loops) -> Value {
        let value = |at| argument.item(at).map_or(Value::Null, |part| self.value_of(part, loops));
        let parts = [value(0), value(1), value(2)];
        if let Some(value) = unknown::blend(parts.iter(), true) {
            return value;
        }
        let [block, count, bits] = parts.each_ref().map(scalar::text);
        let count = count.and_then(|count| count.parse::<u32>().ok());
        let bits = bits.map_or(Some(None), |bits| bits.parse::<u32>().ok().map(Some));
        let (Some(block), Some(count), Some(bits)) = (block, count, bits) else {
            return self.senseless(node, "Cidr", "a block, a count and a number of bits");
        };
        match super::cidr::subdivide(&block, count, bits) {
            Ok(blocks) => Value::List(
                blocks.into_iter().map(|block| Node::new(Value::string(block), node.span())).collect(),
            ),
            Err(error) => {
                let message = format!("`Fn::Cidr` cannot divide `{}`: {error}", shorten(&block));
                self.run.invalid(node.span(), message.clone());
                Value::unknown(message)
            }
        }
    }
}
