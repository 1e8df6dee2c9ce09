"""Findings about risks and best practices, which are off unless selected."""
