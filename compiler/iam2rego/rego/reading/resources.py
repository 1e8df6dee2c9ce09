"""Reads a statement's test of the resource (R1 to R11)."""

from dataclasses import dataclass
from itertools import chain

from iam2rego.ir.pattern import AnyResource, ArnPattern, Variable
from iam2rego.ir.policy import Effect, PolicyType, Resources, Statement
from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.patterns import text_test
from iam2rego.rego.reading.pieces import Pieces, of_resource
from iam2rego.rego.reading.texts import TextTest


@dataclass(frozen=True, slots=True)
class ResourceTest:
    """One of the entries matches the resource, or, if `negated`, none does.

    Attributes:
        test: the entries; None if any resource matches.
        negated: whether the entries are in ``NotResource``.
        needed: the keys of variables that must have values (R10), in lower case and without duplicates.
    """

    test: TextTest | None = None
    negated: bool = False
    needed: tuple[str, ...] = ()


def read_resources(statement: Statement, policy_type: PolicyType) -> ResourceTest | None:
    """Return the test of the resource; None if no resource matches."""
    resources = statement.resources
    if any(isinstance(entry, AnyResource) for entry in resources.entries):
        return None if resources.negated else ResourceTest()
    patterns = _patterns(resources, policy_type)
    if not patterns and not resources.negated:
        return None
    return ResourceTest(text_test(patterns) if patterns else None, resources.negated, _needed(statement))


def _patterns(resources: Resources, policy_type: PolicyType) -> list[Pieces]:
    entries = [of_resource(entry.fields, policy_type) for entry in resources.entries if isinstance(entry, ArnPattern)]
    return [each for each in entries if each is not None]


def _needed(statement: Statement) -> tuple[str, ...]:
    """Return the variables without which an Allow with NotResource does not apply (R10)."""
    if statement.effect is Effect.DENY or not statement.resources.negated:
        return ()
    fields = chain.from_iterable(entry.fields for entry in statement.resources.entries if isinstance(entry, ArnPattern))
    variables = (segment for field in fields for segment in field if isinstance(segment, Variable))
    return tuple(dict.fromkeys(fold(each.key) for each in variables if each.default is None))
