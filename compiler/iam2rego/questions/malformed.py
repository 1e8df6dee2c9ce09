"""Callers of every kind, and requests just outside the form of rule N3."""

from collections.abc import Iterator, Mapping
from typing import Final

from iam2rego.jsontext import JsonValue, Number
from iam2rego.questions.aim import ACCOUNT, Aim

_IAM: Final = f"arn:aws:iam::{ACCOUNT}"
_STS: Final = f"arn:aws:sts::{ACCOUNT}"
_OTHER_ACCOUNT: Final = "999999999999"
_CHINESE: Final = "arn:aws-cn:iam::123456789012:user/richard-roe"
_PROBE: Final = f"arn:aws:probe:us-east-1:{ACCOUNT}:probe/unlike"

_DEEP: Final = 40
_LONG: Final = 200
"""How deep and how long values are: enough to be unusual, and still quick to decide."""


def _nested(depth: int) -> JsonValue:
    value: JsonValue = "x"
    for _ in range(depth):
        value = [value]
    return value


_PRINCIPALS: Final[tuple[JsonValue, ...]] = (
    f"{_IAM}:user/division/richard-roe",
    f"{_IAM}:role/service/probe",
    f"{_STS}:assumed-role/probe/session",
    f"{_STS}:federated-user/probe",
    f"{_IAM}:root",
    _CHINESE,
    f"arn:aws:iam::{_OTHER_ACCOUNT}:user/richard-roe",
    f"arn:aws:iam::{_OTHER_ACCOUNT}:root",
    "*",
    {"Service": "ecs-tasks.amazonaws.com"},
    {"Service": "ecs-tasks.amazonaws.com", "service_names": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"]},
    {"Federated": f"{_IAM}:saml-provider/probe"},
    {"arn": f"{_STS}:assumed-role/probe/session", "role_arn": f"{_IAM}:role/path/probe", "unique_id": "AROAEXAMPLE"},
    {"arn": f"{_STS}:federated-user/probe", "user_arn": f"{_IAM}:user/probe", "management_account": True},
    {"arn": f"{_STS}:assumed-role/probe/session", "service_linked_role": True, "canonical_user": "79a59d"},
)

_REFUSED_PRINCIPALS: Final[tuple[JsonValue, ...]] = (
    None,
    "",
    ACCOUNT,
    f"{_IAM.upper()}:USER/RICHARD-ROE",
    f"{_IAM}:group/probe",
    f"{_IAM}:user/",
    "arn:aws:iam::12345:user/richard-roe",
    [_IAM],
    {},
    {"Service": ""},
    {"Service": "ecs-tasks.amazonaws.com", "arn": f"{_IAM}:root"},
    {"AWS": f"{_IAM}:root"},
    {"arn": f"{_IAM}:root", "alias": "probe"},
    {"arn": f"{_IAM}:root", "management_account": "true"},
    _nested(_DEEP),
    {"arn": _nested(_DEEP)},
    {"Service": "ecs-tasks.amazonaws.com", "service_names": _nested(_DEEP)},
)

_ACTIONS: Final[tuple[JsonValue, ...]] = (
    "",
    "s3",
    "s3:",
    ":Get",
    "s3:*",
    "s3:Get?",
    "s3:Get Object",
    "s3:a:b",
    "s3:G\u00e9t",
    "s3:Get\n",
    None,
    Number("7"),
)
_RESOURCES: Final[tuple[JsonValue, ...]] = ("", "**", "arn:aws:s3", "arn:aws:s3::b", "ARN:aws:s3:::b", " arn:aws:s3:::b", ["*"], None)
_CONTEXTS: Final[tuple[JsonValue, ...]] = (
    None,
    [],
    {"": "x"},
    {"k:a": None},
    {"k:a": {}},
    {"k:a": ["x", ["y"]]},
    {"k:a": ["x", None]},
    {"k:a": _nested(_DEEP)},
    {"k:a": {"k:b": _nested(_DEEP)}},
    {"k:a": ["x"] * _LONG},
    {f"k:{number}": "x" for number in range(_LONG)},
    {"k:a": "*" * _LONG},
    {"k:a": "x", "K:A": "x"},
    {"k:a": "x", "K:A": "y"},
    {"k:a": [], "K:A": "y"},
    {"k:\u212a": "x", "k:k": "x"},
    {"k:a": "x" * 65537},
    {"k:a": Number("1e41")},
    {"k:a": Number("9" * 41)},
    {"k:a": Number("-0.0")},
    {"k:a": Number("1e-40")},
)
_EXTRAS: Final[tuple[Mapping[str, JsonValue], ...]] = (
    {"Principal": "*"},
    {"policies": []},
    {"resource_account": "1234"},
    {"resource_account": Number("123456789012")},
    {"resource_account": None},
    {"resource_in_management_account": "true"},
)
_SOUND_EXTRAS: Final[tuple[Mapping[str, JsonValue], ...]] = (
    {"principal": _CHINESE, "resource": _PROBE},
    {"principal": _CHINESE, "resource": _PROBE.replace("arn:aws:", "arn:aws-cn:")},
    {"resource": _PROBE.replace(ACCOUNT, _OTHER_ACCOUNT)},
    {"resource_account": _OTHER_ACCOUNT},
    {"resource_in_management_account": True},
)
_REQUIRED: Final = ("principal", "action", "resource", "context")


def callers(aim: Aim) -> Iterator[JsonValue]:
    """Yield the request by callers of every kind, in the same and in another account, and in other letter case."""
    request = aim.request()
    unowned = {name: value for name, value in request.items() if name != "resource_account"}
    yield from (unowned, {**unowned, "resource": _PROBE.replace(ACCOUNT, _OTHER_ACCOUNT)}, {**unowned, "resource": _PROBE})
    yield from ({**request, "principal": principal} for principal in _PRINCIPALS)
    yield from ({**request, **extra} for extra in _SOUND_EXTRAS)


def refused(aim: Aim) -> Iterator[JsonValue]:
    """Yield requests that N3 refuses, or only just accepts: members missing, unknown or malformed; keys that differ only in case."""
    request = aim.request()
    yield from ({name: value for name, value in request.items() if name != missing} for missing in _REQUIRED)
    yield from ({**request, "principal": principal} for principal in _REFUSED_PRINCIPALS)
    yield from ({**request, "action": action} for action in _ACTIONS)
    yield from ({**request, "resource": resource} for resource in _RESOURCES)
    yield from ({**request, "context": context} for context in _CONTEXTS)
    yield from ({**request, **extra} for extra in _EXTRAS)
    for key in list(aim.context)[:1]:
        yield from ({**request, "context": {**aim.context, key.swapcase(): value}} for value in (aim.context[key], "other"))
