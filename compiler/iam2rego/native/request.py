"""The form of a request (N3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.diagnostics import printable
from iam2rego.jsontext import JsonValue, Number
from iam2rego.native.case import fold
from iam2rego.native.decimals import MOST_DIGITS, canonical
from iam2rego.native.principal import ACCOUNT, ANONYMOUS, Caller, read_caller

ContextValue: TypeAlias = str | tuple[str, ...]
Context: TypeAlias = Mapping[str, ContextValue]
"""Folded keys (C2) to their values as text (C14). A key whose value is an empty list is left out (C5)."""

_REQUIRED: Final = ("principal", "action", "resource", "context")
_MEMBERS: Final = frozenset({*_REQUIRED, "resource_account", "resource_in_management_account"})
_ACTION: Final = re.compile(r"[A-Za-z0-9.-]+:[A-Za-z0-9._-]+")
_LONGEST_TEXT: Final = 64 * 1024
"""Bytes of UTF-8."""


@dataclass(frozen=True, slots=True)
class Request:
    """A well-formed request; `resource_account` is None if the owner of the resource is unknown."""

    caller: Caller
    action: str
    resource: str
    resource_account: str | None
    context: Context
    resource_in_management_account: bool


class RequestError(ValueError):
    """The request is refused (N3); `errors` says in words what is wrong with each member, ready to be shown."""

    def __init__(self, *errors: str) -> None:
        self.errors = tuple(map(printable, errors))
        super().__init__("; ".join(self.errors))


def read_request(document: JsonValue) -> Request:
    """Read a request document; raise `RequestError` with everything that is wrong with it."""
    if not isinstance(document, dict):
        raise RequestError("the request is not an object")
    errors = [f"the request has an unknown member `{name}`" for name in sorted(document.keys() - _MEMBERS)]
    errors += [f"the request is missing the required member `{name}`" for name in _REQUIRED if name not in document]
    errors += _text_errors(document)
    request = _read_members(document, errors)
    if errors:
        raise RequestError(*errors)
    return request


def _read_members(document: dict[str, JsonValue], errors: list[str]) -> Request:
    """Read every member that is present. If this adds to ``errors``, the returned request is meaningless."""
    caller = read_caller(document["principal"], errors) if "principal" in document else ANONYMOUS
    action = _read_action(document["action"], errors) if "action" in document else ""
    resource = _read_resource(document["resource"], errors) if "resource" in document else "*"
    account = _read_account(document["resource_account"], errors) if "resource_account" in document else _owner(resource, caller)
    context = _read_context(document["context"], errors) if "context" in document else {}
    in_management = _read_truth(document, "resource_in_management_account", errors)
    return Request(caller, action, resource, account, context, in_management)


def _read_truth(document: dict[str, JsonValue], name: str, errors: list[str]) -> bool:
    truth = document.get(name, False)
    if not isinstance(truth, bool):
        errors.append(f"`{name}` is neither true nor false")
    return truth is True


def _read_action(action: JsonValue, errors: list[str]) -> str:
    if isinstance(action, str) and _ACTION.fullmatch(action):
        return action
    errors.append("`action` is not of the form `service:Name`")
    return ""


def _read_resource(resource: JsonValue, errors: list[str]) -> str:
    if isinstance(resource, str) and (resource == "*" or _is_arn(resource)):
        return resource
    errors.append("`resource` is neither `*` nor an ARN of six fields")
    return "*"


def _is_arn(resource: str) -> bool:
    return resource.startswith("arn:") and resource.count(":") >= 5


def _read_account(account: JsonValue, errors: list[str]) -> str | None:
    if isinstance(account, str) and ACCOUNT.fullmatch(account):
        return account
    errors.append("`resource_account` is not twelve digits")
    return None


def _owner(resource: str, caller: Caller) -> str | None:
    """Return the owner of a resource for a request that names none (E4)."""
    account = "" if resource == "*" else resource.split(":", 5)[4]
    return account if ACCOUNT.fullmatch(account) else caller.account


def _read_context(context: JsonValue, errors: list[str]) -> Context:
    if not isinstance(context, dict):
        errors.append("`context` is not an object")
        return {}
    _check_keys(context, errors)
    values = {fold(key): _read_value(key, value, errors) for key, value in context.items()}
    return {key: value for key, value in values.items() if value != ()}


def _check_keys(context: dict[str, JsonValue], errors: list[str]) -> None:
    """Refuse an empty key, and two keys that differ only in case (C2)."""
    first: dict[str, str] = {}
    for key in context:
        twin = first.setdefault(fold(key), key)
        if twin != key:
            errors.append(f"`context` has the key `{key}` twice, differing only in case from `{twin}`")
    if "" in context:
        errors.append("`context` has an empty key")


def _read_value(key: str, value: JsonValue, errors: list[str]) -> ContextValue:
    """Return a value as text (N2, C14). A problem is reported once, however many values in a list have it."""
    values, problems = value if isinstance(value, list) else [value], set[str]()
    texts = tuple(_read_scalar(each, problems) for each in values)
    errors += [f"`context` gives `{key}` {problem}" for problem in sorted(problems)]
    return texts if isinstance(value, list) else texts[0]


def _read_scalar(value: JsonValue, problems: set[str]) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Number(text=text):
            return _read_number(text, problems)
    problems.add("something other than a string, a number, a boolean or a list of these")
    return ""


def _read_number(text: str, problems: set[str]) -> str:
    number = canonical(text)
    if number is None:
        problems.add(f"a number with more than {MOST_DIGITS} digits on a side of its point")
    return number or ""


def _text_errors(document: JsonValue) -> Iterator[str]:
    texts = set(_texts(document))
    if not all(map(_is_unicode, texts)):
        yield "the request contains a lone surrogate, or U+FFFD, with which some JSON readers replace it"
    if any(len(text.encode(errors="surrogatepass")) > _LONGEST_TEXT for text in texts):
        yield f"the request contains a string of more than {_LONGEST_TEXT} bytes of UTF-8"


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" or character == "\ufffd" for character in text)


def _texts(document: JsonValue) -> Iterator[str]:
    """Return every string of the document, member names included."""
    values = [document]
    while values:
        match values.pop():
            case str(text):
                yield text
            case list(items):
                values += items
            case dict(members):
                yield from members
                values += members.values()
