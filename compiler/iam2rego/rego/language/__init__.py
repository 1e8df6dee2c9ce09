"""The Rego language: a tree of the forms that we emit, and its printer."""
