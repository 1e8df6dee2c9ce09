"""The rules: a folder for each family of findings, a module for each rule. `iam2rego.lint.registry` finds them."""
