"""A request that is well formed."""

from iam2rego.jsontext import JsonValue

USER = "arn:aws:iam::111111111111:user/u"


def request(**members: JsonValue) -> dict[str, JsonValue]:
    return {"principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}, **members}
