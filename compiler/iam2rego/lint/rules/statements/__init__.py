"""Statements as a whole: what they add, and what they allow."""
