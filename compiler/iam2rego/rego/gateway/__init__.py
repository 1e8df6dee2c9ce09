"""A gateway: its routes as Rego, and its settings as data."""
