"""The rules, each in a file of its own; `iam2rego.lint.registry` lists them."""
