"""What a document asks, as far as it is understood."""

from dataclasses import dataclass

from iam2rego.jsontext import JsonValue


@dataclass(frozen=True, slots=True)
class Question:
    """What a document asks: a request, which is None where `errors` say why there is none; and whether only a Deny is to count."""

    request: JsonValue
    errors: tuple[str, ...] = ()
    only_denied: bool = False


def refused(why: str) -> Question:
    """Return that there is no request."""
    return Question(None, (why,))


def asked_by(principal: JsonValue, request: dict[str, JsonValue], *, only_denied: bool = False) -> Question:
    """Return the request of somebody, if it is known who that is."""
    if not isinstance(principal, str):
        return refused("nothing that is verified says who asks")
    return Question({"principal": principal, **request}, only_denied=only_denied)
