"""Documents that OPA may get as ``input`` and that are no requests (N3): wrong at every depth, in every way, alone and several together."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final

from iam2rego.jsontext import JsonValue, Number

_SESSION: Final = "arn:aws:sts::111111111111:assumed-role/r/s"
_ROLE: Final = "arn:aws:iam::111111111111:role/p/r"
_FEDERATED: Final = "arn:aws:sts::111111111111:federated-user/f"
_USER: Final = "arn:aws:iam::111111111111:user/u"

_COMMON: Final[Mapping[str, JsonValue]] = {
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k",
    "resource_account": "111111111111",
    "resource_in_management_account": False,
    "context": {"k:a": "x", "k:n": Number("10"), "k:b": True, "k:l": ["x", Number("1e1"), False]},
}
WELL_FORMED: Final[Sequence[dict[str, JsonValue]]] = [
    {"principal": principal, **_COMMON}
    for principal in (
        _USER,
        {"arn": _SESSION, "role_arn": _ROLE, "unique_id": "AROA1", "canonical_user": "7", "service_linked_role": False},
        {"arn": _FEDERATED, "user_arn": _USER, "management_account": False},
        {"Service": "s.amazonaws.com", "service_names": ["s.amazonaws.com", "t.amazonaws.com"]},
        {"Federated": "f.example"},
    )
] + [
    {"principal": principal, "action": "s3:GetObject", "resource": resource, "context": {"k:a": "x", "k:B": "y"}}
    for principal, resource in ((_USER, "arn:aws:s3:::b/k"), (_SESSION, "*"))
]
"""Requests that differ in their callers, and usual ones; each malformed document is one step away from one of them."""

_OPTIONAL: Final = {
    ("resource_account",),
    ("resource_in_management_account",),
    *(
        ("principal", name)
        for name in ("role_arn", "user_arn", "unique_id", "canonical_user", "service_linked_role", "management_account", "service_names")
    ),
}
_LONG: Final = "x" * (64 * 1024 + 1)
_WIDE: Final = "\u00e9" * (32 * 1024) + "x"
_TEXTS: Final = (_LONG, _WIDE, "\ud800", "a\udfffb", "\udc00\ud800", "\ufffd")
"""Texts that no member may hold: too long in characters, too long in bytes, with lone surrogates, and what some readers make of them."""

_NO_CONTEXT_VALUES: Final[Sequence[JsonValue]] = (
    None,
    {},
    {"a": "x"},
    [[]],
    [["x"]],
    [None],
    [{}],
    ["x", ["y"]],
    ["x", None],
    [["x"], "y"],
    Number("1e40"),
    Number("-1e40"),
    Number("1e-41"),
    Number("9" * 41),
    [Number("1e400")],
    *_TEXTS,
    *([text] for text in _TEXTS),
)
_WRONG: Final[Mapping[str, Sequence[JsonValue]]] = {
    "text": (None, True, Number("7"), [], {}, ["x"], {"x": "y"}, *_TEXTS),
    "form": ("", " ", "*:*", "x", "ARN:AWS:S3:::B", "arn:aws:s3::b", "s3:Get Object\n", "\u0000"),
    "truth": (None, "true", "", Number("0"), [], {}, [True]),
    "texts": (None, True, Number("7"), {}, "x", [None], [Number("7")], [[]], ["x", {}], *([text] for text in _TEXTS)),
    "object": (None, True, Number("7"), [], "x", "", [{}]),
}
_KINDS: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {
    ("principal",): (),
    ("action",): ("text", "form"),
    ("resource",): ("text", "form"),
    ("resource_account",): ("text", "form"),
    ("resource_in_management_account",): ("truth",),
    ("context",): ("object",),
    ("principal", "arn"): ("text", "form"),
    ("principal", "role_arn"): ("text", "form"),
    ("principal", "user_arn"): ("text", "form"),
    ("principal", "unique_id"): ("text",),
    ("principal", "canonical_user"): ("text",),
    ("principal", "service_linked_role"): ("truth",),
    ("principal", "management_account"): ("truth",),
    ("principal", "Service"): ("text",),
    ("principal", "service_names"): ("texts",),
    ("principal", "Federated"): ("text",),
}
"""For each member how it can be wrong; the values of every kind of wrongness are in `_WRONG`."""

_PRINCIPALS: Final[Sequence[JsonValue]] = (
    None,
    True,
    Number("7"),
    [],
    [_USER],
    {},
    "",
    "**",
    "111111111111",
    _USER.upper(),
    "arn:aws:iam::111111111111:group/g",
    "arn:aws:iam::111111111111:user/",
    "arn:aws:iam::1111:user/u",
    "arn::iam::111111111111:user/u",
    "arn:aws:iam:r:111111111111:user/u",
    "arn:aws:sts::111111111111:user/u",
    "arn:aws:iam::111111111111:assumed-role/r/s",
    "arn:aws:sts::111111111111:assumed-role/r",
    "arn:aws:sts::111111111111:assumed-role/r/s/t",
    "arn:aws:iam::111111111111:root\n",
    {"arn": "*"},
    {"AWS": _USER},
    {"arn": _USER, "Service": "s.amazonaws.com"},
    {"Service": "s.amazonaws.com", "Federated": "f"},
    {"Federated": "f", "service_names": []},
    {"arn": _SESSION, "role_arn": _USER},
    {"arn": _FEDERATED, "user_arn": _ROLE},
    {"service_names": ["s.amazonaws.com"]},
    {"role_arn": _ROLE},
    *_TEXTS,
)
_KEYS: Final[Sequence[Mapping[str, JsonValue]]] = (
    {"": "x"},
    {"K:A": "x"},
    {"K:A": "y"},
    {"k:A": []},
    {"k:\u212a": "x", "k:k": "x"},
    {"k:\u0130": "x", "k:i": "x"},
    {"k:\u03a3": "x", "k:\u03c3": "x"},
    {"\ud800": "x"},
    {"k:\ufffd": "x"},
    {_LONG: "x"},
)
"""Context members that no request may have beside those of `WELL_FORMED`: no name, names that fold together, unusable text."""

_WHOLE: Final[Sequence[JsonValue]] = (None, True, False, Number("0"), Number("1e400"), "", "*", _USER, [], [{}], {}, {"input": {}}, *_TEXTS)


def documents(together: int, seed: int) -> Iterator[JsonValue]:
    """Yield every document with one thing wrong, and ``together`` with several, drawn with the seed."""
    yield from _WHOLE
    wrong = [(request, list(_wrong(request))) for request in WELL_FORMED]
    for _, variants in wrong:
        yield from variants
    random = Random(seed)
    for _ in range(together):
        request, variants = random.choice(wrong)
        yield _merged(request, random.sample(variants, 2), random)


def _wrong(request: dict[str, JsonValue]) -> Iterator[dict[str, JsonValue]]:
    yield from ({**request, "principal": principal} for principal in _PRINCIPALS)
    yield from ({**request, name: "x"} for name in ("Principal", "policies", "", "Action", *_TEXTS))
    for path, kinds in _KINDS.items():
        yield from _at(request, path, [value for kind in kinds for value in _WRONG[kind]])
    yield from ({**request, "context": {**_context(request), **keys}} for keys in _KEYS)
    yield from ({**request, "context": {**_context(request), "k:a": value}} for value in _NO_CONTEXT_VALUES)
    yield from ({**request, "context": {"k:z": value}} for value in _NO_CONTEXT_VALUES)
    principal = request["principal"]
    if isinstance(principal, dict):
        yield from ({**request, "principal": {**principal, name: "x"}} for name in ("", "Arn", "alias", *_TEXTS))


def _at(request: dict[str, JsonValue], path: tuple[str, ...], values: Sequence[JsonValue]) -> Iterator[dict[str, JsonValue]]:
    """Yield the request with a member that it has wrong, or missing unless it may be."""
    name, *inner = path
    if inner:
        principal = request[name]
        if isinstance(principal, dict) and inner[0] in principal:
            yield from ({**request, name: {**principal, inner[0]: value}} for value in values)
            if path not in _OPTIONAL:
                yield {**request, name: {key: value for key, value in principal.items() if key != inner[0]}}
        return
    yield from ({**request, name: value} for value in values)
    if path not in _OPTIONAL:
        yield {key: value for key, value in request.items() if key != name}


def _context(request: dict[str, JsonValue]) -> dict[str, JsonValue]:
    context = request["context"]
    assert isinstance(context, dict)
    return context


def _merged(request: dict[str, JsonValue], two: Sequence[dict[str, JsonValue]], random: Random) -> JsonValue:
    """Return the first variant of ``request`` with what is wrong in the second, unless the first has something wrong there itself."""
    first, second = ({name: value for name, value in each.items() if name not in request or value != request[name]} for each in two)
    members = [*{**two[0], **second, **first}.items()]
    random.shuffle(members)
    return dict(members)
