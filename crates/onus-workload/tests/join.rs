//! A plan beside its source: the plan's values at the source's places.

#![allow(clippy::unwrap_used)]

mod common;
use common::source::{folder, messages, property, read_at, resource};
use onus_model::{Node, Span, Value, Workload};
use onus_workload::terraform::Settings;

const MAIN: &str = r#"
variable "names" { default = [] }
variable "versioned" { default = false }
resource "aws_s3_bucket" "b" {
  # onus:ignore s3-bucket-access-logs reason="they are logs"
  for_each = toset(var.names)
  bucket   = each.value
}
resource "aws_s3_bucket_versioning" "b" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
  versioning_configuration {
    status = var.versioned ? "Enabled" : "Suspended"
  }
}
resource "aws_sqs_queue" "q" {
  count         = length(data.aws_availability_zones.a.names)
  delay_seconds = 30
}
"#;

/// A plan of two buckets, of which one is versioned, and two queues.
fn plan() -> String {
    let resources = [
        ("aws_s3_bucket", "b", r#"["x"]"#, r#"{"bucket": "x", "id": "x"}"#),
        ("aws_s3_bucket", "b", r#"["y"]"#, r#"{"bucket": "y", "id": "y"}"#),
        (
            "aws_s3_bucket_versioning",
            "b",
            r#"["x"]"#,
            r#"{"bucket": "x", "versioning_configuration": [{"status": "Enabled"}]}"#,
        ),
        ("aws_sqs_queue", "q", "[0]", r#"{"delay_seconds": 30}"#),
        ("aws_sqs_queue", "q", "[1]", r#"{"delay_seconds": 30}"#),
        ("aws_sqs_queue", "gone", "", r#"{"delay_seconds": 7}"#),
    ];
    let all: Vec<String> = resources
        .iter()
        .map(|(kind, name, key, values)| {
            let address = serde_json::to_string(&format!("{kind}.{name}{key}")).unwrap();
            format!(
                r#"{{"address": {address}, "mode": "managed", "type": "{kind}", "name": "{name}", "values": {values}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"format_version": "1.2", "terraform_version": "1.11.4",
            "variables": {{"names": {{"value": ["x", "y"]}}, "versioned": {{"value": true}}}},
            "planned_values": {{"root_module": {{"resources": [{}]}}}}}}"#,
        all.join(", ")
    )
}

/// The text that a place covers.
fn at(workload: &Workload, span: Span) -> (&str, &str) {
    let file = &workload.files[span.file.0 as usize];
    (file.path.rsplit('/').next().unwrap(), &file.text[span.start as usize..span.end as usize])
}

fn place<'w>(workload: &'w Workload, node: &Node) -> (&'w str, &'w str) {
    at(workload, node.span)
}

#[test]
fn what_a_plan_holds_stands_where_the_source_writes_it() {
    let plan = plan();
    let folder = folder(&[("main.tf", MAIN), ("plan.json", &plan)]);
    for input in [folder.path().to_owned(), folder.path().join("plan.json")] {
        let workload = read_at(&input, Settings::default());
        assert_eq!(messages(&workload), [""; 0]);
        assert_eq!(workload.resources.len(), 5);

        let versioned =
            property(&workload, r#"aws_s3_bucket.b["x"]"#, "VersioningConfiguration.Status").unwrap();
        assert_eq!(versioned.as_str(), Some("Enabled"));
        assert_eq!(place(&workload, versioned), ("main.tf", "\"Enabled\""));
        let bucket = resource(&workload, r#"aws_s3_bucket.b["y"]"#);
        assert!(at(&workload, bucket.span).1.starts_with(r#"resource "aws_s3_bucket" "b""#));

        // How many there are is known to the plan alone; they stand at their block.
        for address in ["aws_sqs_queue.q[0]", "aws_sqs_queue.q[1]"] {
            let delay = property(&workload, address, "DelaySeconds").unwrap();
            assert_eq!(place(&workload, delay), ("main.tf", "30"));
        }
        let gone = property(&workload, "aws_sqs_queue.gone", "DelaySeconds").unwrap();
        assert_eq!(gone.value, Value::Int(7));
        assert_eq!(place(&workload, gone), ("plan.json", "7"));

        let mut waived: Vec<_> =
            workload.suppressions.iter().map(|waiver| waiver.resource.as_deref().unwrap()).collect();
        waived.sort_unstable();
        assert_eq!(waived, [r#"aws_s3_bucket.b["x"]"#, r#"aws_s3_bucket.b["y"]"#]);
    }
}

#[test]
fn a_plan_counts_where_its_source_cannot_be_read() {
    let plan = plan();
    let folder = folder(&[("main.tf", "resource {"), ("plan.json", &plan)]);
    let workload = read_at(folder.path(), Settings::default());
    assert_eq!(workload.resources.len(), 5);
    assert_eq!(messages(&workload).len(), 1);
    let delay = property(&workload, "aws_sqs_queue.q[0]", "DelaySeconds").unwrap();
    assert_eq!(place(&workload, delay), ("plan.json", "30"));
}
