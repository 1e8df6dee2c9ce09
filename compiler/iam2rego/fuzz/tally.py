"""Counts requests that special rules decide: a run with hardly any of these has not tested the rule."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, Holds
from iam2rego.ir.condition import Operator, Qualifier
from iam2rego.ir.policy import Kind, PolicySet, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.questions.context import statement_variables
from iam2rego.questions.fill import fold
from iam2rego.sources.scenario import resource_kind

_MULTIVALUED: Final = frozenset(key for key, holds in HOLDS.items() if holds is Holds.LIST)
"""The multivalued keys of C26."""

_AUTHENTICATING: Final = ("sts:getcalleridentity", "sts:getsessiontoken")
_OF_DIGITS: Final = re.compile(r"arn:[0-9]+:")
_KEY: Final = re.compile(r"arn:[^:]*:kms:[^:]*:[^:]*:key/", re.DOTALL)
_LONG: Final = 200
_DEEP: Final = 5
_WIDE: Final = 50


class Tally:
    """How many requests of a run are of each kind, by the name of the kind."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def note(self, policies: PolicySet, request: JsonValue) -> None:
        """Count a request for ``policies``."""
        if isinstance(request, dict):
            self._counts.update(name for name, holds in _KINDS.items() if holds(policies, request))

    def counts(self) -> Mapping[str, int]:
        """Return the count of every kind, including those that were not drawn."""
        return {name: self._counts[name] for name in _KINDS}


_Request = dict[str, JsonValue]


def _reads_null_dataset(policies: PolicySet, request: _Request) -> bool:
    """Return whether a condition reads a value that only some operators treat as absent (C5)."""
    for statement in _statements(policies):
        for condition in statement.conditions:
            for_all = condition.qualifier is Qualifier.FOR_ALL_VALUES
            if for_all or condition.operator is Operator.NULL:
                match _value(request, condition.key):
                    case "":
                        if for_all or fold(condition.key) in _MULTIVALUED:
                            return True
                    case [_, *_] as values if all(each == "" for each in values):
                        return True
    return False


def _is_root_session(policies: PolicySet, request: _Request) -> bool:
    return policies.attachments.session is not None and _arn(request).endswith(":root")


def _is_service_linked(_: PolicySet, request: _Request) -> bool:
    """Return whether the caller is a service-linked role, or a service that asks for one (E11, E12)."""
    match request.get("principal"):
        case {"service_linked_role": True}:
            return True
        case {"Service": _}:
            return _action(request) == "sts:assumerole" and ":role/aws-service-role/" in _text(request, "resource")
    return False


def _lacks_trust_policy(policies: PolicySet, request: _Request) -> bool:
    return resource_kind(request) is Kind.TRUST and policies.attachments.resource is None


def _lacks_key_policy(policies: PolicySet, request: _Request) -> bool:
    of_key = _action(request).startswith("kms:") and _KEY.match(_text(request, "resource")) is not None
    return of_key and policies.attachments.resource is None


def _authenticates(_: PolicySet, request: _Request) -> bool:
    return _action(request) in _AUTHENTICATING


def _lacks_variable_of_not_resource(policies: PolicySet, request: _Request) -> bool:
    excluding = (each.model_copy(update={"conditions": ()}) for each in _statements(policies) if each.resources.negated)
    variables = (each for statement in excluding for each in statement_variables(statement) if each.default is None)
    return any(_value(request, each.key) in (None, "") or isinstance(_value(request, each.key), list) for each in variables)


def _has_organization_paths(_: PolicySet, request: _Request) -> bool:
    return any(fold(key).endswith("orgpaths") for key in _context(request))


def _has_partition_of_digits(_: PolicySet, request: _Request) -> bool:
    return any(_OF_DIGITS.match(each) for each in (_arn(request), _text(request, "resource")))


def _is_large(_: PolicySet, request: _Request) -> bool:
    return any(_is_large_value(each, 0) for each in request.values())


def _is_large_value(value: JsonValue, depth: int) -> bool:
    match value:
        case str():
            return len(value) >= _LONG
        case list() | dict():
            inner = value.values() if isinstance(value, dict) else value
            return len(value) >= _WIDE or depth >= _DEEP or any(_is_large_value(each, depth + 1) for each in inner)
    return False


_KINDS: Final[Mapping[str, Callable[[PolicySet, _Request], bool]]] = MappingProxyType(
    {
        "null datasets": _reads_null_dataset,
        "root sessions": _is_root_session,
        "service-linked roles": _is_service_linked,
        "roles without trust policy": _lacks_trust_policy,
        "keys without key policy": _lacks_key_policy,
        "authentications": _authenticates,
        "NotResource without value": _lacks_variable_of_not_resource,
        "organization paths": _has_organization_paths,
        "partitions of digits": _has_partition_of_digits,
        "long or deep values": _is_large,
    }
)


def _statements(policies: PolicySet) -> Iterator[Statement]:
    return (statement for policy in policies.policies for statement in policy.document.statements)


def _context(request: _Request) -> _Request:
    context = request.get("context")
    return context if isinstance(context, dict) else {}


def _value(request: _Request, key: str) -> JsonValue:
    return next((value for name, value in _context(request).items() if fold(name) == fold(key)), None)


def _text(request: _Request, member: str) -> str:
    value = request.get(member)
    return value if isinstance(value, str) else ""


def _action(request: _Request) -> str:
    return _text(request, "action").lower()


def _arn(request: _Request) -> str:
    principal = request.get("principal")
    return _text(principal, "arn") if isinstance(principal, dict) else _text(request, "principal")
