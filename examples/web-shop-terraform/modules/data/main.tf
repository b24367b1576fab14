# What the web shop stores.

variable "environment" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

variable "database_password" {
  type      = string
  sensitive = true
}

variable "minor_upgrades" {
  type = bool
}

data "aws_caller_identity" "current" {}

locals {
  images_bucket = "web-shop-images-${var.environment}"
}

resource "aws_kms_key" "data" {
  description = "Encrypts what the shop stores"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_security_group" "databases" {
  description = "Databases"
  vpc_id      = var.vpc_id
}

resource "aws_db_subnet_group" "private" {
  description = "Private subnets"
  subnet_ids  = var.private_subnets
}

resource "aws_db_instance" "orders" {
  engine                          = "postgres"
  engine_version                  = "16.4"
  instance_class                  = "db.r6g.large"
  allocated_storage               = 100
  storage_encrypted               = false
  multi_az                        = var.environment == "prod"
  backup_retention_period         = 14
  auto_minor_version_upgrade      = false
  db_subnet_group_name            = aws_db_subnet_group.private.name
  vpc_security_group_ids          = [aws_security_group.databases.id]
  username                        = "shop"
  password                        = var.database_password
  enabled_cloudwatch_logs_exports = ["postgresql"]
  deletion_protection             = true
  publicly_accessible             = false
  final_snapshot_identifier       = "orders-final"
}

resource "aws_db_instance" "reports" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 50
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.data.arn
  backup_retention_period     = 7
  auto_minor_version_upgrade  = var.minor_upgrades
  db_subnet_group_name        = aws_db_subnet_group.private.name
  vpc_security_group_ids      = [aws_security_group.databases.id]
  manage_master_user_password = true
  username                    = "reports"
  publicly_accessible         = false
  final_snapshot_identifier   = "reports-final"
}

resource "aws_elasticache_subnet_group" "private" {
  name        = "web-shop"
  description = "Private subnets"
  subnet_ids  = var.private_subnets
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "web-shop-sessions"
  description                = "Sessions of the shop"
  engine                     = "valkey"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = false
  subnet_group_name          = aws_elasticache_subnet_group.private.name
  security_group_ids         = [aws_security_group.databases.id]
}

resource "aws_s3_bucket" "images" {
  bucket = local.images_bucket
}

resource "aws_s3_bucket_server_side_encryption_configuration" "images" {
  bucket = aws_s3_bucket.images.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "images" {
  bucket                  = aws_s3_bucket.images.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "images" {
  bucket = aws_s3_bucket.images.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_logging" "images" {
  bucket        = aws_s3_bucket.images.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "images/"
}

resource "aws_s3_bucket_policy" "images" {
  bucket = aws_s3_bucket.images.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::${local.images_bucket}", "arn:aws:s3:::${local.images_bucket}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# The target of the access logs, which keeps none of its own.
resource "aws_s3_bucket" "logs" {
  bucket = "web-shop-logs-${var.environment}"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_dynamodb_table" "carts" {
  name         = "carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

output "images_bucket" {
  value = aws_s3_bucket.images.bucket
}
