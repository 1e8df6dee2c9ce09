"""Rego itself: a tree of the forms that we emit, and the printer that gives it its text."""
