"""What condition keys hold, and which actions have them: global keys by our table, keys of services by the catalogue (C25, C26)."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, TAG, Holds
from iam2rego.catalogue.services import Catalogue
from iam2rego.catalogue.unlisted import ENDED

_CACHED: Final = 4096
_LIST: Final = "ArrayOf"
_TEXT: Final = "String"
_ARN: Final = "ARN"

_TYPES: Final[Mapping[Holds, str]] = MappingProxyType(
    {
        Holds.ADDRESS: "IPAddress",
        Holds.ARN: _ARN,
        Holds.BOOLEAN: "Bool",
        Holds.DATE: "Date",
        Holds.LIST: f"{_LIST}{_TEXT}",
        Holds.NUMBER: "Numeric",
    }
)
"""The types of global keys in the words of the catalogue; all others are text."""

_OF_SESSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "codebuild:buildarn": _ARN,
        "codebuild:projectarn": _ARN,
        "ec2:roledelivery": "Numeric",
        "ec2:sourceinstancearn": _ARN,
        "glue:credentialissuingservice": _TEXT,
        "glue:roleassumedby": _TEXT,
        "identitystore:userid": _TEXT,
        "lambda:sourcefunctionarn": _ARN,
        "ssm:sourceinstancearn": _ARN,
    }
)
"""Folded keys of services that describe the caller's session, so that requests to any service may have them: same source as `HOLDS`."""

_HOLE: Final = re.compile(r"\$\{[^}]*\}|<[^>]*>|(?<=/)tag-key$|(?<=/)$")
"""The part of a key that policies fill in: ``s3:BucketTag/${TagKey}``, ``s3:ExistingObjectTag/<key>``, ``ssm:resourceTag/tag-key``."""


_HOLES: Final = frozenset({"aws-marketplace", "deadline:searchworkers", "tag"})
"""Services and actions whose keys the tables leave out.

The AWS Marketplace Buyer Guide and the Bedrock User Guide limit subscriptions by ``aws-marketplace:ProductId``, the Deadline Cloud User
Guide limits members of a fleet to its workers, and the tagging API's own policies limit it by ``aws:TagKeys``.
"""


def service_of(folded: str, known: Catalogue) -> str | None:
    """Return the service that a key belongs to; None for global keys, and those of identity providers and of sessions."""
    prefix = folded.partition(":")[0]
    return prefix if prefix in known.services and folded not in _OF_SESSIONS else None


@lru_cache(_CACHED)
def type_of(folded: str, known: Catalogue) -> str | None:
    """Return the type of a folded key in the words of the catalogue; None for a key that is not known."""
    if folded in HOLDS:
        return _TYPES.get(HOLDS[folded], _TEXT)
    if TAG.fullmatch(folded):
        return _TEXT
    if folded in _OF_SESSIONS:
        return _OF_SESSIONS[folded]
    service = service_of(folded, known)
    if not service:
        return None
    return next((of_key for key, of_key in known.keys_of(service).items() if _pattern(key).fullmatch(folded)), None)


def element_type_of(folded: str, known: Catalogue) -> str | None:
    """Return the type of the elements if the key holds a list, otherwise that of the key."""
    found = type_of(folded, known)
    return found.removeprefix(_LIST) if found else None


def holds_list(folded: str, known: Catalogue) -> bool:
    """Say whether a key holds a list."""
    return (type_of(folded, known) or "").startswith(_LIST)


def lacks(service: str, action: str, folded: str, known: Catalogue) -> bool:
    """Say whether requests for an action, in lower case, never have the key, as far as the tables of AWS tell."""
    return not (_supports(service, action, folded, known) or _is_hole(service, action) or _has_no_action(folded, known))


def _supports(service: str, action: str, folded: str, known: Catalogue) -> bool:
    return any(_pattern(key).fullmatch(folded) for key in known.keys_of_action(service, action))


def _is_hole(service: str, action: str) -> bool:
    return service in ENDED or service in _HOLES or f"{service}:{action}" in _HOLES


@cache
def _has_no_action(folded: str, known: Catalogue) -> bool:
    """Say whether a service has the key, but no action of it: then the tables do not tell which requests have it."""
    service = service_of(folded, known)
    return service is not None and not any(_supports(service, action, folded, known) for action in known.actions_of(service))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return what the spellings of a key in policies match once they are folded."""
    return re.compile(".+".join(re.escape(part.lower()) for part in _HOLE.split(key)))
