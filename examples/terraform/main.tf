# A bucket with reports, and who may read and write them. plan.json is what Terraform plans for it:
#   terraform plan -out plan.tfplan && terraform show -json plan.tfplan | jq . > plan.json
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "stage" {
  type    = string
  default = "test"
}

locals {
  bucket = "reports-${var.stage}-111122223333"
}

resource "aws_s3_bucket" "reports" {
  bucket = local.bucket
}

resource "aws_s3_bucket_policy" "only_encrypted" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::${local.bucket}/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_iam_policy" "read" {
  name = "read-reports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::${local.bucket}/$${aws:PrincipalTag/team}/*"
    }]
  })
}

module "reader" {
  source     = "./role"
  name       = "reader"
  principal  = { AWS = "arn:aws:iam::111122223333:root" }
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role" "writer" {
  name = "writer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "write" {
  name = "write"
  role = aws_iam_role.writer.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::${local.bucket}/*" }]
  })
}
