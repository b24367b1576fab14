//! Parts as the plan that `terraform show -json` prints.

use super::{Kind, Part, TEAMS};
use serde_json::{Value, json};
use std::io::{Result, Write};

/// A resource of a plan.
struct Planned {
    kind: &'static str,
    name: String,
    /// The values that are known before the plan is applied.
    values: Value,
    /// The attributes that are known only afterwards.
    unknown: &'static [&'static str],
    /// What the author wrote as references: attribute, and what it refers to.
    references: Vec<(&'static str, String)>,
}

impl Planned {
    fn address(&self) -> String {
        format!("{}.{}", self.kind, self.name)
    }
}

/// Writes a plan of `count` resources: values, changes and configuration, as Terraform orders them.
pub(crate) fn plan(out: &mut impl Write, count: usize) -> Result<()> {
    write!(
        out,
        r#"{{"format_version":"1.2","terraform_version":"1.9.8","planned_values":{{"root_module":{{"resources":["#
    )?;
    each(out, count, planned_value)?;
    write!(out, r#"]}}}},"resource_changes":["#)?;
    each(out, count, change)?;
    let region = json!({"constant_value": "eu-central-1"});
    let provider = json!({"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": {"region": region}});
    write!(
        out,
        r#"],"configuration":{{"provider_config":{{"aws":{provider}}},"root_module":{{"resources":["#
    )?;
    each(out, count, configuration)?;
    write!(out, "]}}}}}}")
}

/// Writes every resource in one form. They are drawn anew each time, so that no list of them is kept.
fn each(out: &mut impl Write, count: usize, form: fn(&Planned) -> Value) -> Result<()> {
    let all = (0..).flat_map(|number| resources(&mut Part::new(number))).take(count);
    for (at, planned) in all.enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}{}", form(&planned))?;
    }
    Ok(())
}

fn planned_value(planned: &Planned) -> Value {
    json!({
        "address": planned.address(),
        "mode": "managed",
        "type": planned.kind,
        "name": planned.name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "schema_version": 0,
        "values": planned.values,
        "sensitive_values": {"tags": {}, "tags_all": {}},
    })
}

fn change(planned: &Planned) -> Value {
    let unknown: serde_json::Map<String, Value> =
        planned.unknown.iter().map(|name| ((*name).to_owned(), Value::Bool(true))).collect();
    json!({
        "address": planned.address(),
        "mode": "managed",
        "type": planned.kind,
        "name": planned.name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {
            "actions": ["create"],
            "before": null,
            "after": planned.values,
            "after_unknown": unknown,
            "before_sensitive": false,
            "after_sensitive": {"tags": {}, "tags_all": {}},
        },
    })
}

fn configuration(planned: &Planned) -> Value {
    let references = planned.references.iter().map(|(name, target)| {
        let resource = target.rsplit_once('.').map_or(target.as_str(), |(resource, _)| resource);
        ((*name).to_owned(), json!({"references": [target, resource]}))
    });
    let mut expressions: serde_json::Map<String, Value> = references.collect();
    for (name, value) in planned
        .values
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_object() && !value.is_null())
    {
        expressions.entry(name.clone()).or_insert_with(|| json!({"constant_value": value}));
    }
    json!({
        "address": planned.address(),
        "mode": "managed",
        "type": planned.kind,
        "name": planned.name,
        "provider_config_key": "aws",
        "expressions": expressions,
        "schema_version": 0,
    })
}

fn resources(part: &mut Part) -> Vec<Planned> {
    let tags = json!({"team": part.one_of(&TEAMS), "environment": "production"});
    let mut planned = match part.kind {
        Kind::Bucket => return bucket(part, &tags),
        Kind::Instance => instance(part),
        Kind::SecurityGroup => security_group(part),
        Kind::Database => database(part),
        Kind::Role => role(part),
        Kind::Function => function(part),
        Kind::Queue => queue(part),
        Kind::Topic => topic(part),
        Kind::Key => key(part),
        Kind::Table => table(part),
    };
    planned.values["tags"] = tags.clone();
    planned.values["tags_all"] = tags;
    vec![planned]
}

fn simple(part: &Part, kind: &'static str, values: Value, unknown: &'static [&'static str]) -> Planned {
    Planned { kind, name: format!("part{}", part.number), values, unknown, references: Vec::new() }
}

/// A bucket and the resources that configure it, each of them optional.
fn bucket(part: &mut Part, tags: &Value) -> Vec<Planned> {
    let number = part.number;
    let name = format!("data-{}", number);
    let values = json!({
        "bucket": name, "bucket_prefix": null, "force_destroy": false, "timeouts": null, "tags": tags, "tags_all": tags,
    });
    let unknown = &[
        "arn",
        "bucket_domain_name",
        "hosted_zone_id",
        "id",
        "region",
        "versioning",
        "server_side_encryption_configuration",
    ];
    let mut all = vec![simple(part, "aws_s3_bucket", values, unknown)];
    let algorithm = part.one_of(&["AES256", "aws:kms"]);
    let encryption = json!({
        "expected_bucket_owner": null,
        "rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": "", "sse_algorithm": algorithm}], "bucket_key_enabled": true}],
    });
    all.push(simple(
        part,
        "aws_s3_bucket_server_side_encryption_configuration",
        encryption,
        &["id", "bucket"],
    ));
    if part.in_order() {
        let values = json!({"expected_bucket_owner": null, "mfa": null, "versioning_configuration": [{"status": "Enabled"}]});
        all.push(simple(part, "aws_s3_bucket_versioning", values, &["id", "bucket"]));
    }
    if part.in_order() {
        let values = json!({
            "block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true,
        });
        all.push(simple(part, "aws_s3_bucket_public_access_block", values, &["id", "bucket"]));
    }
    for satellite in all.iter_mut().skip(1) {
        satellite.references.push(("bucket", format!("aws_s3_bucket.part{}.id", number)));
    }
    all
}

fn instance(part: &mut Part) -> Planned {
    let values = json!({
        "ami": "ami-0123456789abcdef0",
        "credit_specification": [],
        "ebs_block_device": [],
        "ebs_optimized": true,
        "get_password_data": false,
        "hibernation": null,
        "iam_instance_profile": null,
        "instance_type": part.one_of(&["m7g.large", "t3.medium", "c7i.xlarge"]),
        "launch_template": [],
        "metadata_options": [{"http_endpoint": "enabled", "http_tokens": if part.in_order() { "required" } else { "optional" }, "instance_metadata_tags": "disabled"}],
        "monitoring": part.in_order(),
        "root_block_device": [{
            "delete_on_termination": true, "encrypted": part.in_order(), "volume_size": 20 + part.draw(200), "volume_type": "gp3",
        }],
        "source_dest_check": true,
        "subnet_id": "subnet-0a1b2c3d4e5f60718",
        "timeouts": null,
        "user_data": "#!/bin/bash\nsystemctl restart app\n",
        "user_data_replace_on_change": false,
        "volume_tags": null,
    });
    let unknown = &[
        "arn",
        "associate_public_ip_address",
        "availability_zone",
        "cpu_core_count",
        "id",
        "private_ip",
        "public_ip",
        "vpc_security_group_ids",
    ];
    simple(part, "aws_instance", values, unknown)
}

fn security_group(part: &mut Part) -> Planned {
    let number = part.number;
    let rule = |port: u64, cidr: &str| {
        json!({
            "cidr_blocks": [cidr], "description": format!("port {port}"), "from_port": port, "to_port": port,
            "ipv6_cidr_blocks": [], "prefix_list_ids": [], "protocol": "tcp", "security_groups": [], "self": false,
        })
    };
    let rules: Vec<Value> = [443, 8080, 22]
        .map(|port| rule(port, if part.in_order() { "10.0.0.0/8" } else { "0.0.0.0/0" }))
        .into();
    let values = json!({
        "description": format!("Traffic of service {}", number),
        "egress": [{"cidr_blocks": ["0.0.0.0/0"], "description": "", "from_port": 0, "to_port": 0, "ipv6_cidr_blocks": [], "prefix_list_ids": [], "protocol": "-1", "security_groups": [], "self": false}],
        "ingress": rules,
        "name": format!("service-{}", number),
        "revoke_rules_on_delete": false,
        "timeouts": null,
        "vpc_id": "vpc-0a1b2c3d4e5f60718",
    });
    simple(part, "aws_security_group", values, &["arn", "id", "name_prefix", "owner_id"])
}

fn database(part: &mut Part) -> Planned {
    let number = part.number;
    let values = json!({
        "allocated_storage": 100,
        "allow_major_version_upgrade": null,
        "auto_minor_version_upgrade": part.in_order(),
        "backup_retention_period": part.draw(15),
        "copy_tags_to_snapshot": true,
        "customer_owned_ip_enabled": null,
        "deletion_protection": part.in_order(),
        "enabled_cloudwatch_logs_exports": ["error"],
        "engine": part.one_of(&["postgres", "mysql"]),
        "iam_database_authentication_enabled": part.in_order(),
        "identifier": format!("orders-{}", number),
        "instance_class": "db.m7g.large",
        "manage_master_user_password": true,
        "multi_az": part.in_order(),
        "password": null,
        "publicly_accessible": !part.in_order(),
        "skip_final_snapshot": false,
        "storage_encrypted": part.in_order(),
        "storage_type": "gp3",
        "username": "owner",
    });
    simple(
        part,
        "aws_db_instance",
        values,
        &["address", "arn", "endpoint", "id", "kms_key_id", "vpc_security_group_ids"],
    )
}

fn role(part: &mut Part) -> Planned {
    let number = part.number;
    let service = part.one_of(&["lambda.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]);
    let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]});
    let (action, resource) =
        if part.in_order() { ("s3:GetObject", "arn:aws:s3:::production-data/*") } else { ("*", "*") };
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Logs", "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "arn:aws:logs:*:*:log-group:*"},
        {"Sid": "Work", "Effect": "Allow", "Action": action, "Resource": resource},
    ]});
    let values = json!({
        "assume_role_policy": trust.to_string(),
        "description": null,
        "force_detach_policies": false,
        "inline_policy": [{"name": "work", "policy": policy.to_string()}],
        "max_session_duration": 3600,
        "name": format!("service-{}", number),
        "path": "/",
        "permissions_boundary": null,
    });
    simple(
        part,
        "aws_iam_role",
        values,
        &["arn", "create_date", "id", "managed_policy_arns", "name_prefix", "unique_id"],
    )
}

fn function(part: &mut Part) -> Planned {
    let number = part.number;
    let values = json!({
        "architectures": ["arm64"],
        "dead_letter_config": [],
        "environment": [{"variables": {"STAGE": "production", "LOG_LEVEL": "info"}}],
        "function_name": format!("handler-{}", number),
        "handler": "index.handler",
        "image_uri": null,
        "kms_key_arn": null,
        "layers": null,
        "memory_size": 512,
        "package_type": "Zip",
        "publish": false,
        "reserved_concurrent_executions": -1,
        "role": "arn:aws:iam::123456789012:role/handler",
        "runtime": part.one_of(&["nodejs22.x", "python3.13", "python3.8", "java21"]),
        "s3_bucket": "artefacts",
        "s3_key": format!("handler-{}.zip", number),
        "timeout": 30,
        "tracing_config": if part.in_order() { json!([{"mode": "Active"}]) } else { json!([]) },
        "vpc_config": [],
    });
    simple(
        part,
        "aws_lambda_function",
        values,
        &["arn", "id", "invoke_arn", "last_modified", "qualified_arn", "version"],
    )
}

fn queue(part: &mut Part) -> Planned {
    let number = part.number;
    let encrypted = part.in_order();
    let values = json!({
        "content_based_deduplication": false,
        "delay_seconds": 0,
        "fifo_queue": false,
        "kms_master_key_id": if encrypted { Some("alias/aws/sqs") } else { None },
        "max_message_size": 262_144,
        "message_retention_seconds": 345_600,
        "name": format!("jobs-{}", number),
        "receive_wait_time_seconds": 0,
        "sqs_managed_sse_enabled": if encrypted { None } else { Some(false) },
        "visibility_timeout_seconds": 60,
    });
    simple(part, "aws_sqs_queue", values, &["arn", "id", "policy", "redrive_policy", "url"])
}

fn topic(part: &mut Part) -> Planned {
    let number = part.number;
    let values = json!({
        "content_based_deduplication": false,
        "display_name": null,
        "fifo_topic": false,
        "kms_master_key_id": if part.in_order() { Some("alias/aws/sns") } else { None },
        "name": format!("events-{}", number),
    });
    simple(part, "aws_sns_topic", values, &["arn", "id", "owner", "policy"])
}

fn key(part: &mut Part) -> Planned {
    let number = part.number;
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
    ]});
    let values = json!({
        "bypass_policy_lockout_safety_check": false,
        "customer_master_key_spec": "SYMMETRIC_DEFAULT",
        "deletion_window_in_days": 30,
        "description": format!("Data of service {}", number),
        "enable_key_rotation": part.in_order(),
        "is_enabled": true,
        "key_usage": "ENCRYPT_DECRYPT",
        "policy": policy.to_string(),
    });
    simple(part, "aws_kms_key", values, &["arn", "id", "key_id", "multi_region"])
}

fn table(part: &mut Part) -> Planned {
    let number = part.number;
    let values = json!({
        "attribute": [{"name": "id", "type": "S"}],
        "billing_mode": "PAY_PER_REQUEST",
        "deletion_protection_enabled": part.in_order(),
        "global_secondary_index": [],
        "hash_key": "id",
        "name": format!("items-{}", number),
        "point_in_time_recovery": [{"enabled": part.in_order()}],
        "range_key": null,
        "replica": [],
        "server_side_encryption": [{"enabled": part.in_order()}],
        "stream_enabled": null,
        "table_class": null,
        "timeouts": null,
        "ttl": [],
    });
    simple(
        part,
        "aws_dynamodb_table",
        values,
        &["arn", "id", "read_capacity", "stream_arn", "write_capacity"],
    )
}
