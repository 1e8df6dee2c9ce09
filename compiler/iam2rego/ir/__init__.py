"""The intermediate representation: what a policy says, with the place of every part. Data without behaviour.

Two back ends read it and share nothing else: `iam2rego.native` interprets it, `iam2rego.rego` compiles it. So it holds what
is written, not what that means: a short ARN keeps its few fields, a date its text.
"""
