"""Reads a gateway's file: TOML that says how a question of HTTP becomes an IAM request (docs/gateway.md)."""

from iam2rego.sources.gateway.file import gateway_of, read_gateway

__all__ = ["gateway_of", "read_gateway"]
