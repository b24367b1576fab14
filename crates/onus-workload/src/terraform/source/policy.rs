//! The data source `aws_iam_policy_document`: blocks to a policy, without asking AWS.

use onus_hcl::{Budget, Data, Piece, Unknown, Val, from_json, to_open_json};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document is read and made up to this size. AWS takes policies of up to 20 KiB.
const MAX_DOCUMENT: usize = 4 * 1024 * 1024;

/// A document has at most this many statements: the shortest that there are fill a document with so many.
const MAX_STATEMENTS: usize = 100_000;

/// So many bytes of a document count as a step of evaluation: each is parsed into values and written again.
const BYTES_PER_STEP: usize = 8;

/// The document that a data source's arguments come to. Where anything in it is unknown it is so as a whole, as in a plan,
/// but with the pieces that are known.
///
/// # Errors
/// Says which limit was reached.
pub(super) fn document(attributes: &BTreeMap<Arc<str>, Val>, budget: &Budget) -> Result<Val, &'static str> {
    let version = attributes.get("version").cloned().unwrap_or(Val::string("2012-10-17"));
    let mut entries = BTreeMap::from([
        ("Statement".into(), Val::tuple(statements(attributes, budget)?)),
        ("Version".into(), version),
    ]);
    if let Some(id) = attributes.get("policy_id").filter(|id| !id.is_null()) {
        entries.insert("Id".into(), id.clone());
    }
    let made = to_open_json(&Val::object(entries)).unwrap_or_else(|why| Val::unknown(Unknown::present(why)));
    charge(length(&made), budget)?;
    Ok(made)
}

/// The length of what is known of a text.
fn length(text: &Val) -> usize {
    let pieces = text.as_unknown().and_then(|unknown| unknown.pieces.as_deref()).unwrap_or_default();
    let known = |piece: &Piece| if let Piece::Known(text) = piece { text.len() } else { 0 };
    text.as_str().map_or_else(|| pieces.iter().map(known).sum(), str::len)
}

/// Charges for a text that is parsed or written.
fn charge(length: usize, budget: &Budget) -> Result<(), &'static str> {
    if length > MAX_DOCUMENT {
        return Err("the policy document is larger than 4 MiB");
    }
    let is_granted = budget.take((length / BYTES_PER_STEP) as u64);
    is_granted.then_some(()).ok_or("the configuration takes too long to evaluate")
}

/// Statements in order, of which those with a Sid can be replaced.
#[derive(Default)]
struct Statements {
    all: Vec<Val>,
    by_sid: FxHashMap<Arc<str>, usize>,
}

impl Statements {
    fn add(&mut self, statement: Val, replaces: bool) -> Result<(), &'static str> {
        let sid = match statement.get("Sid").map(|sid| &sid.data) {
            Some(Data::String(sid)) if !sid.is_empty() => Some(sid.clone()),
            _ => None,
        };
        if let Some(at) = sid.as_ref().filter(|_| replaces).and_then(|sid| self.by_sid.get(sid)) {
            self.all[*at] = statement;
            return Ok(());
        }
        if let Some(sid) = sid {
            self.by_sid.entry(sid).or_insert(self.all.len());
        }
        self.all.push(statement);
        let is_bounded = self.all.len() <= MAX_STATEMENTS;
        is_bounded.then_some(()).ok_or("the policy document has more than 100,000 statements")
    }
}

/// The statements: those of source documents, the data source's own, and over these those of overriding documents.
fn statements(attributes: &BTreeMap<Arc<str>, Val>, budget: &Budget) -> Result<Vec<Val>, &'static str> {
    let mut made = Statements::default();
    for (name, replaces) in
        [("source_policy_documents", false), ("", false), ("override_policy_documents", true)]
    {
        let argument = if name.is_empty() { "statement" } else { name };
        let own = attributes.get(argument).filter(|value| !value.is_null()).map(elements).unwrap_or_default();
        for one in &own {
            if name.is_empty() {
                made.add(statement(one), replaces)?;
                continue;
            }
            charge(length(one), budget)?;
            for statement in of_document(one) {
                made.add(statement, replaces)?;
            }
        }
    }
    Ok(made.all)
}

/// The elements; of a list that is not known one that is not.
fn elements(value: &Val) -> Vec<Val> {
    match value.as_unknown() {
        Some(_) => vec![value.clone()],
        None => value.elements().unwrap_or_default().to_vec(),
    }
}

/// The statements of a document in JSON.
fn of_document(document: &Val) -> Vec<Val> {
    if document.as_unknown().is_some() {
        return vec![document.clone()];
    }
    let Some(text) = document.as_str().filter(|text| !text.is_empty()) else { return Vec::new() };
    let parsed = match from_json(text) {
        Ok(parsed) => parsed,
        Err(why) => return vec![Val::unknown(Unknown::present(format!("a policy document is {why}")))],
    };
    match parsed.get("Statement") {
        Some(Val { data: Data::Tuple(all), .. }) => all.to_vec(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    }
}

fn statement(block: &Val) -> Val {
    if block.as_unknown().is_some() {
        return block.clone();
    }
    let argument = |name: &str| block.get(name).filter(|value| !value.is_null());
    let mut made: BTreeMap<Arc<str>, Val> = BTreeMap::new();
    if let Some(sid) = argument("sid").filter(|sid| sid.as_str() != Some("")) {
        made.insert("Sid".into(), sid.clone());
    }
    made.insert("Effect".into(), argument("effect").cloned().unwrap_or(Val::string("Allow")));
    for (name, key) in [
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ] {
        let all = argument(name).map(elements).unwrap_or_default();
        if !all.is_empty() {
            made.insert(key.into(), texts(&all));
        }
    }
    for (name, key) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        let blocks = argument(name).map(elements).unwrap_or_default();
        if !blocks.is_empty() {
            made.insert(key.into(), principals(&blocks));
        }
    }
    let conditions = argument("condition").map(elements).unwrap_or_default();
    if !conditions.is_empty() {
        made.insert("Condition".into(), condition(&conditions));
    }
    Val::object(made)
}

/// One text alone, several as a list; `&{…}` is how the data source writes IAM's own `${…}`.
fn texts(all: &[Val]) -> Val {
    let text = |value: &Val| match value.as_str() {
        Some(text) if text.contains("&{") => {
            Val::string(text.replace("&{", "${")).at(value.span).marked(value.sensitive)
        }
        _ => value.clone(),
    };
    match all {
        [one] => text(one),
        all => Val::tuple(all.iter().map(text).collect()),
    }
}

/// What is not known of a block: all of it, or an argument that its place depends on.
fn open<'v>(block: &'v Val, names: &[&str]) -> Option<&'v Val> {
    let own = names.iter().filter_map(|name| block.get(name));
    std::iter::once(block).chain(own).find(|value| value.as_unknown().is_some())
}

fn principals(blocks: &[Val]) -> Val {
    let mut by_type: BTreeMap<Arc<str>, Vec<Val>> = BTreeMap::new();
    for block in blocks {
        if let Some(open) = open(block, &["type"]) {
            return open.clone();
        }
        let kind = block.get("type").and_then(Val::as_str).unwrap_or_default();
        let own = block.get("identifiers").map(elements).unwrap_or_default();
        if kind == "*" {
            return Val::string("*");
        }
        by_type.entry(kind.into()).or_default().extend(own.iter().cloned());
    }
    Val::object(by_type.into_iter().map(|(kind, all)| (kind, texts(&all))).collect())
}

fn condition(blocks: &[Val]) -> Val {
    let mut by_test: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Vec<Val>>> = BTreeMap::new();
    for block in blocks {
        if let Some(open) = open(block, &["test", "variable"]) {
            return open.clone();
        }
        let text = |name: &str| block.get(name).and_then(Val::as_str).unwrap_or_default();
        let values = block.get("values").map(elements).unwrap_or_default();
        let own = by_test.entry(text("test").into()).or_default().entry(text("variable").into()).or_default();
        own.extend(values.iter().cloned());
    }
    let of_test = |variables: BTreeMap<Arc<str>, Vec<Val>>| {
        Val::object(variables.into_iter().map(|(name, values)| (name, texts(&values))).collect())
    };
    Val::object(by_test.into_iter().map(|(test, variables)| (test, of_test(variables))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statements(count: usize, action: &str, has_sid: bool) -> Val {
        let one = |at: usize| {
            let sid = if has_sid { format!("\"Sid\":\"s{at}\",") } else { String::new() };
            format!("{{{sid}\"Action\":\"{action}\"}}")
        };
        let all: Vec<String> = (0..count).map(one).collect();
        Val::string(format!("{{\"Statement\":[{}]}}", all.join(",")))
    }

    fn of(source: Val, overriding: Val) -> Result<Val, &'static str> {
        let attributes = BTreeMap::from([
            ("source_policy_documents".into(), Val::tuple(vec![source])),
            ("override_policy_documents".into(), Val::tuple(vec![overriding])),
        ]);
        document(&attributes, &Budget::default())
    }

    #[test]
    fn a_statement_replaces_that_of_its_sid_and_no_other() {
        let made = of(statements(2, "a", true), statements(1, "b", true)).unwrap();
        let text = made.as_str().unwrap().to_owned();
        assert!(text.contains(r#"{"Action":"b","Sid":"s0"},{"Action":"a","Sid":"s1"}"#), "{text}");
        let made = of(statements(1, "a", false), statements(1, "b", false)).unwrap();
        assert!(made.as_str().unwrap().contains(r#"{"Action":"a"},{"Action":"b"}"#));
    }

    #[test]
    fn many_statements_are_not_each_compared_with_all() {
        for has_sid in [true, false] {
            let made = of(statements(30_000, "a", has_sid), statements(30_000, "b", has_sid)).unwrap();
            assert_eq!(made.as_str().unwrap().contains("\"a\""), !has_sid);
        }
    }

    #[test]
    fn what_takes_the_one_before_twice_ends() {
        let (mut made, budget) = (Ok(statements(1_000, "a", false)), Budget::default());
        for _ in 0..20 {
            let Ok(before) = made else { break };
            let twice = Val::tuple(vec![before.clone(), before]);
            made = document(&BTreeMap::from([("source_policy_documents".into(), twice)]), &budget);
        }
        assert_eq!(made.map(|_| ()), Err("the policy document has more than 100,000 statements"));
        let spent = Budget::default().left() - budget.left();
        assert!((100_000..5_000_000).contains(&spent), "{spent} steps");
        let empty = document(&BTreeMap::new(), &Budget::of(0));
        assert_eq!(empty.map(|_| ()), Err("the configuration takes too long to evaluate"));
    }
}
