"""Access that is wider than it looks."""
