"""Policy sets: documents of every type, as scenarios and policy-set files hold them."""

from functools import lru_cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from iam2rego.ir.policy import Kind
from iam2rego.jsontext import JsonValue
from iam2rego.strategies.documents import policies
from iam2rego.strategies.statements import JsonObject

_STATEMENT: Final[JsonObject] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_EVERYTHING: Final[JsonObject] = {"Version": "2012-10-17", "Statement": _STATEMENT}
"""Allows everything, as most limiting policies do; otherwise hardly any request would be allowed."""

_TO_EVERYBODY: Final[JsonObject] = {"Version": "2012-10-17", "Statement": {**_STATEMENT, "Principal": "*"}}
_MOST: Final = 2


@st.composite
def policy_sets(draw: DrawFn, *, lenient: bool = False) -> JsonObject:
    """Draw the ``policies`` of a scenario: identity-based policies, and any of the other types beside them.

    The ``resource`` is a resource-based policy or a trust policy. A scenario reads the one or the other depending on the action of
    its request; `requests` takes care of that.

    Args:
        draw: given by Hypothesis.
        lenient: whether the policies may contain what AWS refuses and `--lenient` accepts.
    """
    return draw(_sets(lenient=lenient))


@lru_cache
def _sets(*, lenient: bool) -> SearchStrategy[JsonObject]:
    some = st.lists(policies(lenient=lenient), min_size=1, max_size=_MOST)
    opened = some.map(lambda drawn: [_EVERYTHING, *drawn])
    identity: SearchStrategy[JsonValue] = st.one_of(some, some, opened, opened, st.just([]))
    return st.one_of(
        st.fixed_dictionaries({"identity": identity}),
        st.fixed_dictionaries({"identity": identity, "resource": _of_resource(lenient=lenient)}),
        st.fixed_dictionaries({"identity": identity}, optional=_others(lenient=lenient)),
        st.fixed_dictionaries({"identity": identity}, optional=_others(lenient=lenient)),
    )


def _others(*, lenient: bool) -> dict[str, SearchStrategy[JsonValue]]:
    return {
        "resource": _of_resource(lenient=lenient),
        "permissions_boundary": _limiting(Kind.PERMISSIONS_BOUNDARY, lenient=lenient),
        "session": _limiting(Kind.SESSION, lenient=lenient),
        "service_control": _levels(_limiting(Kind.SERVICE_CONTROL, lenient=lenient)),
        "resource_control": _levels(_documents(Kind.RESOURCE_CONTROL, lenient=lenient)),
        "vpc_endpoint": _limiting(Kind.VPC_ENDPOINT, lenient=lenient),
    }


def _of_resource(*, lenient: bool) -> SearchStrategy[JsonValue]:
    ordinary = policies(Kind.RESOURCE, lenient=lenient)
    return st.one_of(ordinary, ordinary, policies(Kind.TRUST, lenient=lenient))


def _documents(kind: Kind, *, lenient: bool) -> SearchStrategy[JsonValue]:
    return st.lists(policies(kind, lenient=lenient), max_size=_MOST)


def _limiting(kind: Kind, *, lenient: bool) -> SearchStrategy[JsonValue]:
    """Draw documents of which the first usually allows everything."""
    everything = _TO_EVERYBODY if kind is Kind.VPC_ENDPOINT else _EVERYTHING
    some = st.lists(policies(kind, lenient=lenient), max_size=_MOST)
    opened = some.map(lambda drawn: [everything, *drawn])
    return st.one_of(opened, opened, opened, some)


def _levels(each: SearchStrategy[JsonValue]) -> SearchStrategy[JsonValue]:
    return st.lists(each, max_size=_MOST)
