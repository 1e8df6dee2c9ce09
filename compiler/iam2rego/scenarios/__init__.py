"""Scenarios: requests with an expected decision, run on every engine."""
