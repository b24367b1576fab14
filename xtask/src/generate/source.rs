//! Parts as Terraform source: variables, locals and resources that use them, as a team would write them.

use super::{Kind, Part, TEAMS};
use std::io::{Result, Write};

/// The variables and locals that the resources of a folder use.
pub(crate) const COMMON: &str = r#"variable "environment" {
  type    = string
  default = "production"
}

variable "internal" {
  type    = list(string)
  default = ["10.0.0.0/8"]
}

variable "backup" {
  type = object({
    days  = optional(number, 14)
    delay = optional(bool, false)
  })
  default = {}
}

locals {
  prefix = "${var.environment}-data"
  tags = {
    environment = var.environment
    managed-by  = "terraform"
  }
}
"#;

/// Writes resource blocks, `count` of them, from the parts with these numbers on; the number of the next part.
pub(crate) fn source(out: &mut impl Write, from: u64, count: usize) -> Result<u64> {
    let (mut number, mut written) = (from, 0);
    while written < count {
        for block in blocks(&mut Part::new(number)).into_iter().take(count - written) {
            writeln!(out, "{block}\n")?;
            written += 1;
        }
        number += 1;
    }
    Ok(number)
}

fn blocks(part: &mut Part) -> Vec<String> {
    let team = part.one_of(&TEAMS);
    let tags = format!("  tags = merge(local.tags, {{ team = \"{team}\" }})");
    match part.kind {
        Kind::Bucket => bucket(part, &tags),
        Kind::Instance => vec![instance(part, &tags)],
        Kind::SecurityGroup => vec![security_group(part, &tags)],
        Kind::Database => vec![database(part, &tags)],
        Kind::Role => vec![role(part, &tags)],
        Kind::Function => vec![function(part, &tags)],
        Kind::Queue => vec![queue(part, &tags)],
        Kind::Topic => vec![topic(part, &tags)],
        Kind::Key => vec![key(part, &tags)],
        Kind::Table => vec![table(part, &tags)],
    }
}

fn block(kind: &str, number: u64, body: &str) -> String {
    format!("resource \"{kind}\" \"part{number}\" {{\n{body}\n}}")
}

fn bucket(part: &mut Part, tags: &str) -> Vec<String> {
    let number = part.number;
    let of = format!("  bucket = aws_s3_bucket.part{number}.id");
    let mut all =
        vec![block("aws_s3_bucket", number, &format!("  bucket = \"${{local.prefix}}-{number}\"\n{tags}"))];
    let algorithm = part.one_of(&["AES256", "aws:kms"]);
    all.push(block(
        "aws_s3_bucket_server_side_encryption_configuration",
        number,
        &format!(
            "{of}\n  rule {{\n    bucket_key_enabled = true\n    apply_server_side_encryption_by_default {{\n      \
             sse_algorithm = \"{algorithm}\"\n    }}\n  }}"
        ),
    ));
    if part.in_order() {
        let body = format!("{of}\n  versioning_configuration {{\n    status = \"Enabled\"\n  }}");
        all.push(block("aws_s3_bucket_versioning", number, &body));
    }
    if part.in_order() {
        let names =
            ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
        let all_on = names.map(|name| format!("  {name} = true")).join("\n");
        all.push(block("aws_s3_bucket_public_access_block", number, &format!("{of}\n{all_on}")));
    }
    all
}

fn instance(part: &mut Part, tags: &str) -> String {
    let kind = part.one_of(&["m7g.large", "t3.medium", "c7i.xlarge"]);
    let tokens = if part.in_order() { "required" } else { "optional" };
    let (monitoring, encrypted, size) = (part.in_order(), part.in_order(), 20 + part.draw(200));
    let body = format!(
        "  ami           = \"ami-0123456789abcdef0\"\n  instance_type = \"{kind}\"\n  ebs_optimized = true\n  \
         monitoring    = {monitoring}\n  subnet_id     = \"subnet-0a1b2c3d4e5f60718\"\n\n  metadata_options {{\n    \
         http_tokens = \"{tokens}\"\n  }}\n\n  root_block_device {{\n    encrypted   = {encrypted}\n    \
         volume_size = {size}\n    volume_type = \"gp3\"\n  }}\n\n  user_data = <<-EOT\n    #!/bin/bash\n    \
         systemctl restart app-${{var.environment}}\n  EOT\n{tags}"
    );
    block("aws_instance", part.number, &body)
}

fn security_group(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let rules = [443, 8080, 22].map(|port| {
        let from = if part.in_order() { "var.internal" } else { "[\"0.0.0.0/0\"]" };
        format!("    {{ port = {port}, from = {from} }},\n")
    });
    let body = format!(
        "  name        = \"service-{number}\"\n  description = \"Traffic of service {number}\"\n  \
         vpc_id      = \"vpc-0a1b2c3d4e5f60718\"\n\n  dynamic \"ingress\" {{\n    for_each = [\n{}    ]\n    \
         content {{\n      description = \"port ${{ingress.value.port}}\"\n      from_port   = ingress.value.port\n      \
         to_port     = ingress.value.port\n      protocol    = \"tcp\"\n      cidr_blocks = ingress.value.from\n    }}\n  \
         }}\n{tags}",
        rules.concat()
    );
    block("aws_security_group", number, &body)
}

fn database(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let engine = part.one_of(&["postgres", "mysql"]);
    let settings = ["auto_minor_version_upgrade", "deletion_protection", "multi_az", "storage_encrypted"]
        .map(|name| format!("  {name} = {}\n", part.in_order()));
    let body = format!(
        "  identifier = \"orders-{number}\"\n  engine = \"{engine}\"\n  instance_class = \"db.m7g.large\"\n  \
         allocated_storage = 100\n  username = \"owner\"\n  manage_master_user_password = true\n  \
         backup_retention_period = var.backup.days\n{}{tags}",
        settings.concat()
    );
    block("aws_db_instance", number, &body)
}

fn role(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let service = part.one_of(&["lambda.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]);
    let (action, resource) =
        if part.in_order() { ("s3:GetObject", "arn:aws:s3:::${local.prefix}/*") } else { ("*", "*") };
    let body = format!(
        "  name = \"service-{number}\"\n  assume_role_policy = jsonencode({{\n    Version   = \"2012-10-17\"\n    \
         Statement = [{{ Effect = \"Allow\", Principal = {{ Service = \"{service}\" }}, Action = \"sts:AssumeRole\" }}]\n  \
         }})\n\n  inline_policy {{\n    name = \"work\"\n    policy = jsonencode({{\n      Version = \"2012-10-17\"\n      \
         Statement = [{{ Effect = \"Allow\", Action = \"{action}\", Resource = \"{resource}\" }}]\n    }})\n  }}\n{tags}"
    );
    block("aws_iam_role", number, &body)
}

fn function(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let runtime = part.one_of(&["nodejs22.x", "python3.13", "python3.8", "java21"]);
    let tracing = if part.in_order() { "\n  tracing_config {\n    mode = \"Active\"\n  }\n" } else { "" };
    let body = format!(
        "  function_name = \"handler-{number}\"\n  handler = \"index.handler\"\n  runtime = \"{runtime}\"\n  \
         role = \"arn:aws:iam::123456789012:role/handler\"\n  s3_bucket = \"artefacts\"\n  \
         s3_key = \"handler-{number}.zip\"\n  timeout = 30\n\n  environment {{\n    variables = {{\n      \
         STAGE = upper(var.environment)\n    }}\n  }}\n{tracing}{tags}"
    );
    block("aws_lambda_function", number, &body)
}

fn queue(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let key = if part.in_order() { "\"alias/aws/sqs\"" } else { "null" };
    let body = format!(
        "  name = \"jobs-{number}\"\n  kms_master_key_id = {key}\n  visibility_timeout_seconds = 60\n{tags}"
    );
    block("aws_sqs_queue", number, &body)
}

fn topic(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let key = if part.in_order() { "\"alias/aws/sns\"" } else { "null" };
    block(
        "aws_sns_topic",
        number,
        &format!("  name = \"events-{number}\"\n  kms_master_key_id = {key}\n{tags}"),
    )
}

fn key(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let rotates = part.in_order();
    let body = format!(
        "  description = \"Data of service {number}\"\n  enable_key_rotation = {rotates}\n  \
         deletion_window_in_days = 30\n{tags}"
    );
    block("aws_kms_key", number, &body)
}

fn table(part: &mut Part, tags: &str) -> String {
    let number = part.number;
    let (protected, recovery) = (part.in_order(), part.in_order());
    let body = format!(
        "  name = \"items-{number}\"\n  billing_mode = \"PAY_PER_REQUEST\"\n  hash_key = \"id\"\n  \
         deletion_protection_enabled = {protected}\n\n  attribute {{\n    name = \"id\"\n    type = \"S\"\n  }}\n\n  \
         point_in_time_recovery {{\n    enabled = {recovery}\n  }}\n{tags}"
    );
    block("aws_dynamodb_table", number, &body)
}
