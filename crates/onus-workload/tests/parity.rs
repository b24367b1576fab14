//! The same resource as source and in a plan, for every mapped type, with arguments made from the provider's schema.
//!
//! The schema is fetched by `cargo xtask provider`; where it is not there, the test says so.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod common;
use common::schema::schema;
use common::source::{MAPPINGS, folder, read_at};
use onus_model::{Becomes, Field, Literal, ProblemKind, Shape, TypeMapping};
use onus_workload::terraform::Settings;
use serde_json::{Map, Value as Json, json};
use std::fmt::Write as _;

/// How often each type is made, with other arguments each time.
const ROUNDS: u64 = 4;

/// Blocks within blocks are made this deep.
const MAX_DEPTH: usize = 5;

#[test]
fn source_and_plan_of_every_mapped_type_are_the_same_resource() {
    let Some(schema) = schema() else { return };
    let mut compared = 0;
    for round in 0..ROUNDS {
        for mapping in MAPPINGS.iter().filter(|mapping| mapping.becomes != Becomes::NoCounterpart) {
            let Some(own) = schema["types"].get(&mapping.terraform_type) else { continue };
            let mut made = Made { round, ..Made::default() };
            made.resource(mapping, own);
            compared += made.compare();
        }
    }
    assert!(compared > 1_000, "{compared} resources were compared");
}

/// Resources, in both forms.
#[derive(Default)]
struct Made {
    round: u64,
    source: String,
    values: Vec<Json>,
    changes: Vec<Json>,
    configuration: Vec<Json>,
}

/// What a block holds, in both forms.
#[derive(Default)]
struct Body {
    source: String,
    values: Map<String, Json>,
    unknown: Map<String, Json>,
    expressions: Map<String, Json>,
}

impl Made {
    fn resource(&mut self, mapping: &TypeMapping, schema: &Json) {
        let mut body = Body::default();
        if let Becomes::Part(part) = &mapping.becomes {
            let target = &part.of[0];
            self.add(target, "target", Body::default());
            let attribute = MAPPINGS.get(target).map_or("id", |of| of.identity[0].as_str());
            refer(&mut body, &part.by, &format!("{target}.target"), attribute);
        }
        self.body(&mut body, schema, &mapping.fields, 0, &mapping.terraform_type);
        self.add(&mapping.terraform_type, "made", body);
    }

    fn add(&mut self, kind: &str, name: &str, body: Body) {
        let address = format!("{kind}.{name}");
        writeln!(self.source, "resource \"{kind}\" \"{name}\" {{\n{}}}", body.source).unwrap();
        self.values.push(json!({
            "address": address, "mode": "managed", "type": kind, "name": name, "values": body.values
        }));
        self.changes.push(json!({"address": address, "change": {"after_unknown": body.unknown}}));
        self.configuration.push(json!({
            "address": address, "mode": "managed", "type": kind, "name": name, "expressions": body.expressions
        }));
    }

    /// Whether something is made in this round: two of three are.
    fn takes(&self, path: &str) -> bool {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ self.round;
        for byte in path.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        !(hash >> 32).is_multiple_of(3)
    }

    fn body(&self, body: &mut Body, schema: &Json, fields: &[Field], depth: usize, path: &str) {
        for (name, own) in schema.as_object().unwrap() {
            let path = format!("{path}.{name}");
            if body.values.contains_key(name) || body.unknown.contains_key(name) {
                continue;
            }
            // A plan says of what is not written that it is not set, or that it is known only after apply.
            if own["computed"] == true {
                body.unknown.insert(name.clone(), true.into());
                continue;
            }
            if name == "timeouts" || !self.takes(&path) || (own["of"].is_object() && depth >= MAX_DEPTH) {
                let empty = if own["block"] == true { json!([]) } else { Json::Null };
                body.values.insert(name.clone(), empty);
                continue;
            }
            let field = fields.iter().find(|field| field.attribute == *name);
            if own["of"].is_object() {
                self.blocks(body, name, own, field, depth, &path);
            } else if depth == 0
                && own["type"] == "string"
                && self.takes(&format!("{path} unknown"))
                && !self.takes(&format!("{path} known"))
            {
                refer(body, name, "aws_sns_topic.other", "arn");
            } else if let Some((written, value)) = self.argument(own, field, &path) {
                writeln!(body.source, "{name} = {written}").unwrap();
                let constant = json!({"constant_value": value});
                body.values.insert(name.clone(), value);
                body.expressions.insert(name.clone(), constant);
            }
        }
    }

    fn blocks(
        &self,
        body: &mut Body,
        name: &str,
        own: &Json,
        field: Option<&Field>,
        depth: usize,
        path: &str,
    ) {
        let fields = match field.map(|field| &field.shape) {
            Some(Shape::One(fields) | Shape::Many(fields) | Shape::KeyedBlocks(_, fields)) => {
                fields.as_slice()
            }
            _ => &[],
        };
        let number = if own["many"] == true && self.takes(&format!("{path} twice")) { 2 } else { 1 };
        let (mut values, mut expressions, mut unknown, mut written) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for at in 0..number {
            let mut inner = Body::default();
            self.body(&mut inner, &own["of"], fields, depth + 1, &format!("{path}[{at}]"));
            values.push(Json::Object(inner.values));
            expressions.push(Json::Object(inner.expressions));
            unknown.push(Json::Object(inner.unknown));
            written.push(inner.source);
        }
        if own["block"] == true {
            written.iter().for_each(|inner| writeln!(body.source, "{name} {{\n{inner}}}").unwrap());
        } else {
            let all: Vec<_> = written.iter().map(|inner| format!("{{\n{inner}}}")).collect();
            writeln!(body.source, "{name} = [{}]", all.join(", ")).unwrap();
        }
        body.values.insert(name.to_owned(), values.into());
        body.expressions.insert(name.to_owned(), expressions.into());
        body.unknown.insert(name.to_owned(), unknown.into());
    }

    /// An argument as it may be written, and as the plan has it.
    fn argument(&self, own: &Json, field: Option<&Field>, path: &str) -> Option<(String, Json)> {
        let quoted = self.takes(&format!("{path} quoted"));
        let text = |value: &str| (format!("{value:?}"), Json::from(value));
        Some(match own["type"].as_str()? {
            "string" => match field {
                Some(Field { shape: Shape::Json | Shape::Pascal, .. }) => (
                    r#"jsonencode({ version = "1", items = [{ name = "a", count = 2 }] })"#.to_owned(),
                    r#"{"items":[{"count":2,"name":"a"}],"version":"1"}"#.into(),
                ),
                Some(Field { values, .. }) => match values.first() {
                    Some((Literal::String(value), _)) => text(value),
                    _ if quoted => text("a-text"),
                    _ => ("4096".to_owned(), "4096".into()),
                },
                None => text("a-text"),
            },
            "number" if quoted => ("\"7\"".to_owned(), 7.into()),
            "number" => ("7".to_owned(), 7.into()),
            "bool" if quoted => ("\"false\"".to_owned(), false.into()),
            "bool" => ("true".to_owned(), true.into()),
            "list" => (r#"["a", "b"]"#.to_owned(), json!(["a", "b"])),
            "numbers" => ("[1, \"2\"]".to_owned(), json!([1, 2])),
            "map" => (r#"{ a = "b", c = 3 }"#.to_owned(), json!({"a": "b", "c": "3"})),
            "number-map" => ("{ a = 1 }".to_owned(), json!({"a": 1})),
            "bool-map" => ("{ a = true }".to_owned(), json!({"a": true})),
            _ => return None,
        })
    }

    /// Reads both, and holds one to the other; how many resources there were.
    fn compare(mut self) -> usize {
        self.add("aws_sns_topic", "other", Body::default());
        let plan = json!({
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "planned_values": {"root_module": {"resources": self.values}},
            "resource_changes": self.changes,
            "configuration": {"root_module": {"resources": self.configuration}},
        });
        let plan = plan.to_string();
        let (source, planned) = (folder(&[("main.tf", &self.source)]), folder(&[("plan.json", &plan)]));
        let source = read_at(source.path(), Settings::default());
        let planned = read_at(planned.path(), Settings::default());
        let shown = |workload: &onus_model::Workload| {
            let mut all: Vec<String> = workload
                .resources
                .iter()
                .map(|resource| {
                    let mut line = format!("{} {} ", resource.address, resource.resource_type);
                    common::node(&resource.properties, &mut line);
                    // Source tells that a secret is written out; a plan holds all of them, and marks them.
                    let line = line.replace("'(a secret that is written out)'", "<sensitive>");
                    // Source tells how an ARN begins; a plan does not say what an expression does with what it refers to.
                    line.replace("('arn:aws'…'')", "")
                })
                .collect();
            all.sort_unstable();
            // Nothing of a plan is quoted, so that only source is searched for credentials.
            let problems = workload.problems.iter().filter(|problem| problem.kind != ProblemKind::Credential);
            (all, problems.map(|problem| problem.message.clone()).collect::<Vec<_>>())
        };
        assert_eq!(shown(&source), shown(&planned), "{}", self.source);
        source.resources.len()
    }
}

/// An argument that refers to what is known only after apply.
fn refer(body: &mut Body, name: &str, address: &str, attribute: &str) {
    writeln!(body.source, "{name} = {address}.{attribute}").unwrap();
    body.unknown.insert(name.to_owned(), true.into());
    let references = json!({"references": [format!("{address}.{attribute}"), address]});
    body.expressions.insert(name.to_owned(), references);
}
