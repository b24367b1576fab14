//! What makes many things of a few lines ends, and takes no more memory than is allowed. No test looks at a clock: each of
//! these took minutes or gigabytes where every instance was made anew.

#![allow(clippy::unwrap_used)]

mod common;
use common::source::{messages, read_files, text};

/// Instances that are referred to: were all made for each reference, there would be millions.
const MANY: usize = 1_000;

#[test]
fn all_instances_of_a_module_share_a_list() {
    let module = "variable \"all\" { type = list(string) }\n\
        resource \"aws_sqs_queue\" \"q\" { name = var.all[0] }\n";
    let root = "locals { all = [for one in range(500) : \"name-${one}\"] }\n\
        module \"m\" {\n  source = \"./m\"\n  count  = 1000\n  all    = [for each in [local.big] : each][0]\n}\n\
        locals { big = concat(local.all, local.all, local.all, local.all, local.all, local.all, local.all, local.all) }\n";
    let workload = read_files(&[("main.tf", root), ("m/main.tf", module)]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(workload.resources.len(), 1_000);
    assert_eq!(text(&workload, "module.m[999].aws_sqs_queue.q", "QueueName"), "name-0");
}

#[test]
fn what_each_instance_keeps_of_all_others_has_a_bound() {
    let source = "resource \"aws_sqs_queue\" \"q\" { count = 2000 }\n\
        resource \"aws_sns_topic\" \"t\" {\n  count = 2000\n  name = aws_sqs_queue.q[*].id[count.index]\n}\n\
        locals { kept = aws_sns_topic.t }\noutput \"o\" { value = local.kept }\n";
    let workload = read_files(&[("main.tf", source)]);
    let said = messages(&workload);
    assert!(
        said.iter().any(|message| message.contains("than is allowed") || message.contains("too long")),
        "{said:?}"
    );
}

#[test]
fn instances_that_others_refer_to_are_made_once() {
    let source = format!(
        "resource \"aws_s3_bucket\" \"b\" {{\n  count  = {MANY}\n  bucket = \"b-${{count.index}}\"\n  tags = {{ a = 1, b = 2, c = 3 }}\n}}\n\
         resource \"aws_sqs_queue\" \"q\" {{\n  count = {MANY}\n  name = aws_s3_bucket.b[count.index].bucket\n}}\n"
    );
    let workload = read_files(&[("main.tf", &source)]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_sqs_queue.q[999]", "QueueName"), "b-999");
}

#[test]
fn modules_that_others_refer_to_are_read_once() {
    let module = "variable \"name\" {}\noutput \"name\" { value = var.name }\noutput \"upper\" { value = upper(var.name) }\n";
    let root = format!(
        "module \"m\" {{\n  source = \"./m\"\n  count  = {MANY}\n  name   = \"m-${{count.index}}\"\n}}\n\
         module \"one\" {{\n  source = \"./m\"\n  name   = \"one\"\n}}\n\
         resource \"aws_sqs_queue\" \"q\" {{\n  count = {MANY}\n  name = \"${{module.m[count.index].name}}-${{length(module.one)}}\"\n}}\n"
    );
    let workload = read_files(&[("main.tf", &root), ("m/main.tf", module)]);
    assert_eq!(messages(&workload), [""; 0]);
    assert_eq!(text(&workload, "aws_sqs_queue.q[999]", "QueueName"), "m-999-2");
}
