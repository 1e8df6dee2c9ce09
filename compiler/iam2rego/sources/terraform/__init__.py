"""Terraform's plans and states as JSON: where policies are in them, and who has them (docs/terraform.md)."""
