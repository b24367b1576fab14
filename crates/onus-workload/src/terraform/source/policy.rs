//! The data source `aws_iam_policy_document`: blocks to a policy, without asking AWS.

use onus_hcl::{Data, Unknown, Val, from_json, to_json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The document that a data source's arguments come to; unknown where anything in it is, as in a plan.
pub(super) fn document(attributes: &BTreeMap<Arc<str>, Val>) -> Val {
    match statements(attributes) {
        Ok(statements) => {
            let version = attributes.get("version").cloned().unwrap_or(Val::string("2012-10-17"));
            let mut entries =
                BTreeMap::from([("Statement".into(), Val::tuple(statements)), ("Version".into(), version)]);
            if let Some(id) = attributes.get("policy_id").filter(|id| !id.is_null()) {
                entries.insert("Id".into(), id.clone());
            }
            let whole = Val::object(entries);
            let sensitive = whole.has_sensitive();
            match (whole.first_unknown().cloned(), to_json(&whole)) {
                (Some(unknown), _) => {
                    Val::unknown(Unknown { present: true, name: false, prefix: None, ..unknown })
                        .marked(sensitive)
                }
                (None, Ok(text)) => Val::string(text).marked(sensitive),
                (None, Err(why)) => Val::unknown(Unknown::present(why)),
            }
        }
        Err(unknown) => Val::unknown(Unknown { present: true, name: false, prefix: None, ..unknown }),
    }
}

/// The statements: those of source documents, the data source's own, and over these those of overriding documents.
fn statements(attributes: &BTreeMap<Arc<str>, Val>) -> Result<Vec<Val>, Unknown> {
    let mut all = Vec::new();
    for (name, replaces) in
        [("source_policy_documents", false), ("", false), ("override_policy_documents", true)]
    {
        let own = if name.is_empty() {
            let blocks = attributes.get("statement").map(known_elements).transpose()?.unwrap_or_default();
            blocks.iter().map(statement).collect::<Result<Vec<_>, _>>()?
        } else {
            let documents = attributes.get(name).filter(|value| !value.is_null());
            let mut own = Vec::new();
            for document in documents.map(known_elements).transpose()?.unwrap_or_default() {
                own.extend(of_document(&document)?);
            }
            own
        };
        for statement in own {
            let sid = statement.get("Sid").and_then(Val::as_str).unwrap_or_default();
            let same = |other: &&mut Val| other.get("Sid").and_then(Val::as_str) == Some(sid);
            match all.iter_mut().find(same).filter(|_| replaces && !sid.is_empty()) {
                Some(place) => *place = statement,
                None => all.push(statement),
            }
        }
    }
    Ok(all)
}

fn known_elements(value: &Val) -> Result<Vec<Val>, Unknown> {
    match value.as_unknown() {
        Some(unknown) => Err(unknown.clone()),
        None => Ok(value.elements().unwrap_or_default().to_vec()),
    }
}

/// The statements of a document in JSON.
fn of_document(document: &Val) -> Result<Vec<Val>, Unknown> {
    if let Some(unknown) = document.as_unknown() {
        return Err(unknown.clone());
    }
    let Some(text) = document.as_str().filter(|text| !text.is_empty()) else { return Ok(Vec::new()) };
    let parsed = from_json(text).map_err(|why| Unknown::present(format!("a policy document is {why}")))?;
    Ok(match parsed.get("Statement") {
        Some(Val { data: Data::Tuple(all), .. }) => all.to_vec(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    })
}

fn statement(block: &Val) -> Result<Val, Unknown> {
    if let Some(unknown) = block.first_unknown() {
        return Err(unknown.clone());
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
        if let Some(all) = argument(name).and_then(Val::elements).filter(|all| !all.is_empty()) {
            made.insert(key.into(), texts(all));
        }
    }
    for (name, key) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        let blocks = argument(name).and_then(Val::elements).unwrap_or_default();
        if !blocks.is_empty() {
            made.insert(key.into(), principals(blocks));
        }
    }
    let conditions = argument("condition").and_then(Val::elements).unwrap_or_default();
    if !conditions.is_empty() {
        made.insert("Condition".into(), condition(conditions));
    }
    Ok(Val::object(made))
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

fn principals(blocks: &[Val]) -> Val {
    let mut by_type: BTreeMap<Arc<str>, Vec<Val>> = BTreeMap::new();
    for block in blocks {
        let kind = block.get("type").and_then(Val::as_str).unwrap_or_default();
        let own = block.get("identifiers").and_then(Val::elements).unwrap_or_default();
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
        let text = |name: &str| block.get(name).and_then(Val::as_str).unwrap_or_default();
        let values = block.get("values").and_then(Val::elements).unwrap_or_default();
        let own = by_test.entry(text("test").into()).or_default().entry(text("variable").into()).or_default();
        own.extend(values.iter().cloned());
    }
    let of_test = |variables: BTreeMap<Arc<str>, Vec<Val>>| {
        Val::object(variables.into_iter().map(|(name, values)| (name, texts(&values))).collect())
    };
    Val::object(by_test.into_iter().map(|(test, variables)| (test, of_test(variables))).collect())
}
