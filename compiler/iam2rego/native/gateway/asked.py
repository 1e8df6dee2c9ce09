"""What a document asks, as far as it is understood."""

from dataclasses import dataclass

from iam2rego.jsontext import JsonValue


@dataclass(frozen=True, slots=True)
class Question:
    """What a document asks.

    Attributes:
        request: the request of IAM; None where `errors` say why there is none.
        errors: why there is no request.
        only_denied: whether only a Deny is to count.
        route: the index of the route that the document takes; None where it takes none, or the gateway has none.
    """

    request: JsonValue
    errors: tuple[str, ...] = ()
    only_denied: bool = False
    route: int | None = None


def refused(why: str, route: int | None = None) -> Question:
    """Return that there is no request."""
    return Question(None, (why,), route=route)


def asked_by(principal: JsonValue, request: dict[str, JsonValue], *, only_denied: bool = False, route: int | None = None) -> Question:
    """Return the request of somebody, if it is known who that is."""
    if not isinstance(principal, str):
        return refused("nothing that is verified says who asks", route)
    return Question({"principal": principal, **request}, only_denied=only_denied, route=route)
