"""The intermediate representation: the content of policies with the place of every part. Data without behaviour.

Two back ends share only the IR: `iam2rego.native` interprets it, `iam2rego.rego` compiles it. So it keeps policies as written and
leaves their meaning to the back ends: a short ARN keeps its few fields, a date its text.
"""
