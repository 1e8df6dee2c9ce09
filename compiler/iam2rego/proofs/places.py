"""The resources that a caller can ask for: never those of another partition (E9)."""

from collections.abc import Iterable
from typing import Final

from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.atoms import InLanguage
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.formula import TRUE, Formula, Literal, conjunction
from iam2rego.proofs.globs import language
from iam2rego.proofs.symbols import READABLE_ARN, Symbol

_REST: Final = READABLE_ARN[5:]
_STAR: Final = ("*",)


def resources_of(by: Representative) -> Formula:
    """Return which resources are in the caller's partition; one without an account is in none, and can ask for any."""
    if by.caller.partition is None:
        return TRUE
    if by.partitions is None:
        return _in(by.caller.partition)
    elsewhere = language([(*"arn:", *each, *_REST) for each in sorted(by.partitions)])
    return conjunction([_in((Wildcard.ONE_IN_FIELD, Wildcard.RUN_IN_FIELD)), Literal(InLanguage(elsewhere), holds=False)])


def _in(partition: Iterable[Symbol]) -> Literal:
    return Literal(InLanguage(language([(*"arn:", *partition, *_REST), _STAR])))
