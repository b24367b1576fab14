# A web shop: the root module; the parts are modules beside it.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { system = "web-shop" }
  }
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "environment" {
  type    = string
  default = "prod"
  validation {
    condition     = contains(["prod", "test"], var.environment)
    error_message = "The environment is prod or test."
  }
}

variable "certificate_arn" {
  type        = string
  description = "The certificate of the shop's host name."
}

variable "database_password" {
  type      = string
  sensitive = true
}

variable "minor_upgrades" {
  type        = bool
  description = "Whether the reports database takes minor versions by itself. Differs by stage."
}

module "audit" {
  source      = "./modules/audit"
  environment = var.environment
}

module "network" {
  source = "./modules/network"
}

module "data" {
  source            = "./modules/data"
  environment       = var.environment
  vpc_id            = module.network.vpc_id
  private_subnets   = module.network.private_subnets
  database_password = var.database_password
  minor_upgrades    = var.minor_upgrades
}

module "app" {
  source          = "./modules/app"
  certificate_arn = var.certificate_arn
  vpc_id          = module.network.vpc_id
  public_subnets  = module.network.public_subnets
  private_subnets = module.network.private_subnets
  images_bucket   = module.data.images_bucket
}
