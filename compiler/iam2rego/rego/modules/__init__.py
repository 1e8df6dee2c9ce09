"""The readable layout: turns the readings of a policy's statements into a Rego module."""
