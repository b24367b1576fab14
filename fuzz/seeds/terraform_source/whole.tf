variable "names" {
  type    = map(object({ size = optional(number, 3), tags = optional(map(string)) }))
  default = { a = { size = 1 }, "b" = {} }
}
variable "secret" {
  sensitive = true
  default   = "s"
}
locals {
  doubled = { for k, v in var.names : upper(k) => v.size * 2 if v.size > 0 }
  text    = <<-EOT
    %{ for k in keys(var.names) ~}
    ${k}: ${try(var.names[k].size, "none")}
    %{ endfor ~}
  EOT
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "*" }] })
}
provider "aws" {
  region = "eu-west-1"
  default_tags { tags = { team = "x" } }
}
# onus:ignore s3-bucket-versioning reason="of the seed"
resource "aws_s3_bucket" "b" {
  for_each = var.names
  bucket   = "x-${each.key}-${length(local.doubled)}"
  tags     = merge({ a = "b" }, each.value.tags == null ? {} : each.value.tags)
}
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b["a"].id
  versioning_configuration { status = true ? "Enabled" : "Suspended" }
}
resource "aws_security_group" "g" {
  count = 2
  dynamic "ingress" {
    for_each = [22, 443]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [cidrsubnet("10.0.0.0/8", 8, count.index)]
    }
  }
  egress = [for g in aws_s3_bucket.b : { description = g.arn }][*]
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = aws_security_group.g[*].arn
  }
}
resource "aws_iam_policy" "i" { policy = data.aws_iam_policy_document.p.json }
resource "aws_db_instance" "d" { password = var.secret }
