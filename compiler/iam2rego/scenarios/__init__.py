"""Scenarios: requests with the decision that is expected, run on every engine."""
