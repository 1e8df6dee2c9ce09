"""Conditions: operators and keys."""
