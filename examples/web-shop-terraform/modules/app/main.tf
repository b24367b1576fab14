# What runs the web shop.

variable "certificate_arn" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "public_subnets" {
  type = list(string)
}

variable "private_subnets" {
  type = list(string)
}

variable "images_bucket" {
  type = string
}

locals {
  trusts_tasks = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_security_group" "load_balancer" {
  description = "The public entry"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "entry" {
  for_each          = { https = 443, http = 80 }
  security_group_id = aws_security_group.load_balancer.id
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "shop" {
  internal                   = false
  load_balancer_type         = "application"
  subnets                    = var.public_subnets
  security_groups            = [aws_security_group.load_balancer.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_target_group" "shop" {
  vpc_id      = var.vpc_id
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"
}

resource "aws_security_group" "app" {
  description = "The shop's own systems"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "app" {
  security_group_id            = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
  referenced_security_group_id = aws_security_group.load_balancer.id
}

resource "aws_ecr_repository" "shop" {
  name                 = "shop"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecs_cluster" "this" {
  name = "web-shop"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]
}

resource "aws_ecs_task_definition" "shop" {
  family                   = "shop"
  cpu                      = "512"
  memory                   = "1024"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.shop.arn
  container_definitions = jsonencode([{
    name                   = "shop"
    image                  = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:v42"
    readonlyRootFilesystem = true
    user                   = "1000"
    portMappings           = [{ containerPort = 8443 }]
    environment            = [{ name = "IMAGES", value = var.images_bucket }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = "/web-shop/shop"
        awslogs-region        = "eu-central-1"
        awslogs-stream-prefix = "shop"
      }
    }
  }])
}

resource "aws_ecs_service" "shop" {
  name             = "shop"
  cluster          = aws_ecs_cluster.this.id
  launch_type      = "FARGATE"
  platform_version = "LATEST"
  task_definition  = aws_ecs_task_definition.shop.arn
  desired_count    = 3

  network_configuration {
    subnets          = var.private_subnets
    security_groups  = [aws_security_group.app.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = "shop"
    container_port   = 8443
    target_group_arn = aws_lb_target_group.shop.arn
  }

  depends_on = [aws_lb_listener.https]
}

resource "aws_cloudwatch_log_group" "shop" {
  name              = "/web-shop/shop"
  retention_in_days = 30
}

resource "aws_iam_role" "execution" {
  assume_role_policy = local.trusts_tasks
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "shop" {
  assume_role_policy = local.trusts_tasks
}

resource "aws_iam_role_policy" "images" {
  name = "images"
  role = aws_iam_role.shop.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "arn:aws:s3:::${var.images_bucket}/*"
    }]
  })
}

# The search engine came from the data centre and still runs on machines of its own.
resource "aws_launch_template" "search" {
  image_id               = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
  instance_type          = "m7g.large"
  vpc_security_group_ids = [aws_security_group.app.id]

  metadata_options {
    http_tokens = "optional"
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 60
      encrypted   = true
    }
  }
}

resource "aws_autoscaling_group" "search" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = var.private_subnets
  health_check_type   = "EC2"

  launch_template {
    id      = aws_launch_template.search.id
    version = aws_launch_template.search.latest_version
  }
}

resource "aws_lambda_function" "resize_images" {
  function_name = "resize-images"
  runtime       = "python3.12"
  handler       = "resize.handler"
  role          = aws_iam_role.resize.arn
  s3_bucket     = var.images_bucket
  s3_key        = "code/resize.zip"
}

resource "aws_iam_role" "resize" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "everything" {
  name = "everything"
  role = aws_iam_role.resize.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}
