"""Actions, resources and principals."""
