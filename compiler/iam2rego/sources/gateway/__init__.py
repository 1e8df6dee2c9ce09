"""Reads a gateway's file: TOML that says how a question of HTTP becomes an IAM request (docs/gateway.md)."""

from iam2rego.sources.gateway.file import read_gateway

__all__ = ["read_gateway"]
