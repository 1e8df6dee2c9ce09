"""The question in a document, once it is read."""

from dataclasses import dataclass

from iam2rego.jsontext import JsonValue


@dataclass(frozen=True, slots=True)
class Question:
    """The question in a document.

    Attributes:
        request: the IAM request; None if `errors` says why there is none.
        errors: why there is no request.
        only_denied: whether only a Deny counts.
        route: the index of the route that matches; None if no route does, or the gateway has none.
    """

    request: JsonValue
    errors: tuple[str, ...] = ()
    only_denied: bool = False
    route: int | None = None


def refused(why: str, route: int | None = None) -> Question:
    """Return a question without a request."""
    return Question(None, (why,), route=route)


def asked_by(principal: JsonValue, request: dict[str, JsonValue], *, only_denied: bool = False, route: int | None = None) -> Question:
    """Return the request of a principal; refuse it if the principal is unknown."""
    if not isinstance(principal, str):
        return refused("nothing that is verified says who asks", route)
    return Question({"principal": principal, **request}, only_denied=only_denied, route=route)
