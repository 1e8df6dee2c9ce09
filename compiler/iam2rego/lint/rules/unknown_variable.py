"""IAM406: a variable whose key no service has, as far as is known (V7, V10).

What the text alone decides, such as a name without a colon or a global key that AWS lacks, is told when the policy is read.
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Final

from iam2rego.catalogue.key_prefixes import WITH_KEYS
from iam2rego.catalogue.services import Catalogue, catalogue
from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.condition import ArnValue, TextValue
from iam2rego.ir.pattern import ArnPattern, Pattern, Variable
from iam2rego.ir.policy import Policy, Statement
from iam2rego.lint.inclusion import fold_key
from iam2rego.source import Source

_ALIKE: Final = 0.8
_SERVERLESS: Final = frozenset({"cf", "env", "file", "opt", "output", "param", "self", "sls"})
_USERS_NAME: Final = re.compile("[$<]")
_TEMPLATE: Final = "the Serverless Framework writes variables like this: check the policy that is rendered, with the value filled in"


def unknown_variables(policy: Policy, source: Source) -> Iterator[Diagnostic]:
    """Look for variables of the form ``service:Key``; identity providers, whose prefix is a domain, are not judged."""
    known = catalogue()
    for statement in policy.document.statements:
        for variable in _variables(statement):
            if found := _finding(variable.key, known):
                message, hint = found
                yield Diagnostic(Code.UNKNOWN_VARIABLE, message, source, variable.span, hint, Severity.WARNING)


def _variables(statement: Statement) -> Iterator[Variable]:
    """Return the variables of a statement's resources and values."""
    entries = (entry.fields for entry in statement.resources.entries if isinstance(entry, ArnPattern))
    values = (_fields(value) for condition in statement.conditions for value in condition.values)
    segments = chain.from_iterable(chain.from_iterable(chain(entries, values)))
    return (segment for segment in segments if isinstance(segment, Variable))


def _fields(value: object) -> tuple[Pattern, ...]:
    match value:
        case TextValue(segments=segments):
            return (segments,)
        case ArnValue(fields=fields):
            return fields
    return ()


def _finding(key: str, known: Catalogue | None) -> tuple[str, str] | None:
    """Return what is wrong with a variable, and a hint; keys of another form are judged elsewhere, or not at all."""
    prefix, colon, _ = fold_key(key).partition(":")
    if not colon or prefix in ("", "aws") or {".", "/"} & set(prefix):
        return None
    if prefix in _SERVERLESS:
        return f"no service has the key of `${{{key}}}`, so it hardly ever has a value", _TEMPLATE
    services = WITH_KEYS | frozenset(known.services if known else ())
    if prefix not in services:
        return f"no service that is known has the prefix of `${{{key}}}`, so it hardly ever has a value", _other_service(
            key, prefix, services
        )
    return _finding_of_service(key, prefix, known) if known and prefix in known.services else None


def _other_service(key: str, prefix: str, services: Collection[str]) -> str:
    close = get_close_matches(prefix, sorted(services), n=1)
    name = key.partition(":")[2]
    return f"did you mean `${{{close[0]}:{name}}}`?" if close else "a variable is a condition key, such as `aws:username`"


def _finding_of_service(key: str, prefix: str, known: Catalogue) -> tuple[str, str] | None:
    """Look among the keys of a service for one of which this is a misspelling; a key without a near one may just be new."""
    keys = {fold_key(each): each for each in known.keys_of(prefix)}
    folded = fold_key(key)
    close = get_close_matches(folded, keys, n=1, cutoff=_ALIKE)
    if not close or any(_is_of(folded, each) for each in keys):
        return None
    message = f"`{prefix}` has no key of the name in `${{{key}}}`, so it hardly ever has a value"
    return message, f"did you mean `${{{keys[close[0]]}}}`? ({known.source})"


def _is_of(folded: str, key: str) -> bool:
    """Say whether a key is ``key``, whose end may stand for a name of the user's: ``s3:BucketTag/${TagKey}``."""
    head = _USERS_NAME.split(key)[0]
    return folded == key if head == key else folded.startswith(head)
