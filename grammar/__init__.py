"""The lark grammars of iam2rego, loaded by `iam2rego.syntax.grammars` only."""
