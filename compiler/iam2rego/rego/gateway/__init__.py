"""Compiles a gateway: its routes to Rego, and its settings to data."""
