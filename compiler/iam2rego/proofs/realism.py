"""What requests that AWS makes look like: known actions, ARNs that they work on, and keys that describe the caller."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from iam2rego.catalogue.resources import ArnFormat, read_formats
from iam2rego.catalogue.services import Catalogue, catalogue
from iam2rego.ir.pattern import ActionPattern, Text
from iam2rego.ir.policy import Actions
from iam2rego.native.case import fold
from iam2rego.native.principal import Caller, CallerKind
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.actions import Classes, Owners
from iam2rego.proofs.globs import Language, language
from iam2rego.proofs.symbols import TEXT, Sequence, Symbol

_PARTITION: Final = "aws"
_EXAMPLES: Final = ("us-east-1", "123456789012", "example")
"""A region, an account and a name."""

_TYPES: Final[Mapping[CallerKind, str]] = {
    CallerKind.USER: "User",
    CallerKind.SESSION: "AssumedRole",
    CallerKind.ROOT: "Account",
    CallerKind.FEDERATED_USER: "FederatedUser",
}
"""What `aws:PrincipalType` says."""

_FIELD: Final[Sequence] = (Wildcard.ONE_IN_FIELD, Wildcard.RUN_IN_FIELD)


def known_actions(classes: Classes, elements: Mapping[Actions, int], named: Owners) -> list[str]:
    """Return the actions of a class that services are known to have, as they are spelled."""
    known = catalogue()
    return [
        f"{service}:{name}"
        for service in sorted(_services(known, elements, named))
        for lower, name in sorted(known.actions_of(service).items())
        if classes.of(f"{service}:{lower}") == named
    ]


def _services(known: Catalogue, elements: Mapping[Actions, int], named: Owners) -> Collection[str]:
    """Return the services whose actions can be in a class: those of the entries of an element that names the class."""
    found: Collection[str] = known.services
    for element, number in elements.items():
        if number in named and not element.negated:
            prefixes = [_service(entry) for entry in element.entries if isinstance(entry, ActionPattern)]
            some = {prefix for prefix in prefixes if prefix is not None and prefix in known.services}
            if None not in prefixes and len(some) < len(found):
                found = some
    return found


def _service(entry: ActionPattern) -> str | None:
    """Return the service of an entry; None if it has wildcards before the colon."""
    first = entry.segments[0] if entry.segments else None
    service, colon, _ = first.text.partition(":") if isinstance(first, Text) else ("", "", "")
    return fold(service) if colon else None


def keys_of_caller(caller: Caller) -> dict[str, str | None]:
    """Return what folded keys that describe the caller hold in requests that AWS makes; None for keys that are missing (C28)."""
    name = (caller.arn or "").rpartition("/")[2]
    return {
        "aws:principalarn": caller.role_arn or caller.arn,
        "aws:principalaccount": caller.account,
        "aws:principaltype": _TYPES.get(caller.kind),
        "aws:principalisawsservice": str(caller.kind is CallerKind.SERVICE).lower(),
        "aws:username": name if caller.kind is CallerKind.USER else None,
    }


def realistic_resources(action: str) -> Iterator[Language]:
    """Yield languages of resources for which an action is known to ask, the plainest first; none if the action is not known."""
    known = catalogue()
    service, _, name = fold(action).partition(":")
    if service not in known.services or name not in known.actions_of(service):
        return
    access = known.access_of(service, name)
    formats = tuple(read_formats(service, (each.arn for each in access.types) if access is not None else (), missing=False))
    if not formats:
        yield language([("*",)])
        return
    region, account, text = _EXAMPLES
    yield language(_arns(formats, region, account, text))
    yield language(_arns(formats, region, account, _FIELD))
    yield language(_arns(formats, _FIELD, _FIELD, TEXT))


def _arns(formats: Iterable[ArnFormat], region: Iterable[Symbol], account: Iterable[Symbol], text: Iterable[Symbol]) -> Iterator[Sequence]:
    """Yield the ARNs of some formats, with these for what varies."""
    for each in formats:
        fields = (_PARTITION, each.service, _filled(each.region, region), _filled(each.account, account))
        yield (*"arn:", *(symbol for field in fields for symbol in (*field, ":")), *_filled_name(each.name, text))


def _filled(field: str, filling: Iterable[Symbol]) -> Iterable[Symbol]:
    return filling if field in ("{}", "*") else field


def _filled_name(name: str, filling: Iterable[Symbol]) -> Iterator[Symbol]:
    for character in name:
        yield from filling if character == "*" else character
